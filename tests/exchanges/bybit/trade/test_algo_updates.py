"""What Bybit's order rows tell of algo orders: stops, conditional orders, and what is attached to an order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.models import Order

PLAIN = {
    "category": "linear", "symbol": "BTCUSDT", "orderId": "p-1", "orderLinkId": "mine", "side": "Buy", "qty": "0.02",
    "orderStatus": "New", "price": "60000", "orderType": "Limit", "timeInForce": "GTC", "cumExecQty": "0",
    "stopOrderType": "UNKNOWN", "positionIdx": 0, "takeProfit": "", "stopLoss": "", "reduceOnly": False,
    "cancelType": "UNKNOWN", "rejectReason": "EC_NoError", "createdTime": "5", "updatedTime": "7",
}  # fmt: skip
BRACKET = PLAIN | {
    "takeProfit": "66000", "stopLoss": "58000", "tpTriggerBy": "LastPrice", "slTriggerBy": "MarkPrice",
    "tpLimitPrice": "", "slLimitPrice": "57900", "tpslMode": "Partial",
}  # fmt: skip
STOP = PLAIN | {
    "orderId": "s-1", "orderLinkId": "", "side": "Sell", "orderType": "Market", "price": "0", "qty": "0.01",
    "orderStatus": "Untriggered", "stopOrderType": "PartialStopLoss", "createType": "CreateByPartialStopLoss",
    "triggerPrice": "58000", "triggerBy": "MarkPrice", "parentOrderLinkId": "mine", "reduceOnly": True,
}  # fmt: skip


def told(row: dict[str, Any], **fields: Any) -> list[AlgoUpdate]:
    """What a row with some other fields tells."""
    return Order.from_wire(row | fields).to_algo_updates()


def one(row: dict[str, Any], **fields: Any) -> AlgoUpdate:
    """The only thing that it tells."""
    (update,) = told(row, **fields)
    return update


def test_what_is_attached_to_an_open_order() -> None:
    """One for each leg, without ids of their own; they go the other way than the order, which is their parent."""
    profit, loss = told(BRACKET)
    assert profit == AlgoUpdate(
        inst_id="BTCUSDT", status="attached", kind="conditional", leg="take_profit", side="sell", position_side="net",
        take_profit=TriggerPrice("66000"), parent_order_id="p-1", parent_client_order_id="mine", product="linear",
        updated_at=7,
    )  # fmt: skip
    assert loss.stop_loss == TriggerPrice("58000", by="mark", limit="57900")
    assert (loss.leg, loss.take_profit) == ("stop_loss", None)
    waiting = told(BRACKET, orderStatus="Untriggered", stopOrderType="Stop", triggerPrice="61000")
    assert [(update.kind, update.status) for update in waiting] == [
        ("trigger", "armed"), ("conditional", "attached"), ("conditional", "attached"),
    ]  # fmt: skip
    assert (waiting[0].trigger, waiting[0].take_profit) == (TriggerPrice(61000, limit=60000), TriggerPrice(66000))


def test_an_order_that_has_no_leg_any_more() -> None:
    """An open order's row is whole: what it lacks, it has not (any more)."""
    profit, loss = told(BRACKET, takeProfit="0")
    assert (profit.status, profit.reason, loss.status) == ("canceled", "its order has no takeProfit", "attached")
    assert one(BRACKET, takeProfit="", orderStatus="PartiallyFilled", cumExecQty="0.01").status == "canceled"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"orderStatus": "Rejected", "rejectReason": "EC_Others"}, "its order ended without a fill; EC_Others"),
        ({"orderStatus": "Cancelled", "cancelType": "CancelByUser"}, "its order ended without a fill; CancelByUser"),
        ({"orderStatus": "PartiallyFilled", "cumExecQty": "0.01"}, None),
        ({"orderStatus": "Cancelled", "cumExecQty": "0.01"}, None),
        ({"orderStatus": "Filled", "cumExecQty": "0.02"}, None),
    ],
)
def test_the_end_of_an_order_ends_what_is_attached(fields: dict[str, Any], reason: str | None) -> None:
    """With the reason; once some of it is filled there are orders of their own, whose rows tell."""
    assert [(update.status, update.reason) for update in told(BRACKET, **fields)] == [("canceled", reason)] * (
        2 if reason else 0
    )
    assert [update.reason for update in told(PLAIN, **fields)] == (
        ["its order has no takeProfit", "its order has no stopLoss"]
        if fields["orderStatus"] == "PartiallyFilled"
        else []
    )


def test_a_stop_that_waits() -> None:
    """It has its own id from the start, its trigger as the leg, and its parent by that one's own id."""
    assert one(STOP) == AlgoUpdate(
        inst_id="BTCUSDT", status="armed", algo_id="s-1", kind="conditional", leg="stop_loss", side="sell",
        position_side="net", size=Decimal("0.01"), stop_loss=TriggerPrice("58000", by="mark"),
        parent_client_order_id="mine", reduce_only=True, product="linear", created_at=5, updated_at=7,
    )  # fmt: skip
    limit = one(STOP, stopOrderType="PartialTakeProfit", orderType="Limit", price="66010", triggerPrice="66000")
    assert (limit.leg, limit.take_profit) == ("take_profit", TriggerPrice("66000", by="mark", limit="66010"))


@pytest.mark.parametrize(
    ("word", "kind", "leg", "size"),
    [
        ("TakeProfit", "conditional", "take_profit", None),
        ("StopLoss", "conditional", "stop_loss", None),
        ("TrailingStop", "trailing_stop", None, None),
        ("Stop", "trigger", None, Decimal("0.01")),
        ("MmRateClose", None, None, None),
        ("SomethingNew", None, None, Decimal("0.01")),
    ],
)
def test_kinds(word: str, kind: str | None, leg: str | None, size: Decimal | None) -> None:
    """Those for a whole position have no size: it is the position's when they fire."""
    update = told(STOP, stopOrderType=word)[0]
    assert (update.kind, update.leg, update.size) == (kind, leg, size)
    assert (update.trigger is None) == (leg is not None)


@pytest.mark.parametrize(
    ("fields", "leg"),
    [
        ({"side": "Sell", "lastPriceOnCreated": "57000"}, "take_profit"),
        ({"side": "Sell", "lastPriceOnCreated": "59000"}, "stop_loss"),
        ({"side": "Buy", "lastPriceOnCreated": "57000"}, "stop_loss"),
        ({"side": "Buy", "lastPriceOnCreated": ""}, None),
        ({"side": "Sell", "lastPriceOnCreated": "59000", "triggerDirection": 1}, "take_profit"),
        ({"side": "Buy", "lastPriceOnCreated": "57000", "triggerDirection": 2}, "take_profit"),
    ],
)
def test_stops_of_pairs(fields: dict[str, Any], leg: str | None) -> None:
    """Their rows do not name the side: the way that the price must go does, or the price when they were placed."""
    update = told(STOP, stopOrderType="tpslOrder", category="spot", triggerBy="", **fields)[0]
    assert (update.kind, update.leg) == ("conditional", leg)
    assert TriggerPrice("58000") in (update.trigger, update.take_profit, update.stop_loss)


def test_both_sides_in_one_order_of_a_pair() -> None:
    """It has two triggers, says which of them fired, and has taken the place of what its order brought with it."""
    both = STOP | {"stopOrderType": "OcoOrder", "takeProfit": "66000", "stopLoss": "58000", "category": "spot"}
    profit, loss, update = told(both, orderStatus="New", ocoTriggerBy="OcoTriggerBySl")
    assert (update.kind, update.take_profit, update.stop_loss) == ("oco", TriggerPrice("66000"), TriggerPrice("58000"))
    assert (update.fired_leg, update.order_ids, update.status) == ("stop_loss", ("s-1",), "fired")
    assert [(one.status, one.leg, one.kind, one.algo_id, one.order_ids) for one in (profit, loss)] == [
        ("replaced", "take_profit", "conditional", None, ()), ("replaced", "stop_loss", "conditional", None, ()),
    ]  # fmt: skip
    assert (profit.take_profit, profit.stop_loss, profit.parent_client_order_id) == (TriggerPrice(66000), None, "mine")
    assert str(profit.reason).endswith("became one order: s-1")
    assert one(both, parentOrderLinkId="").kind == "oco"


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        ({"orderStatus": "Triggered"}, "armed", None),
        ({"orderStatus": "New"}, "fired", None),
        ({"orderStatus": "PartiallyFilled", "cumExecQty": "0.001"}, "fired", None),
        ({"orderStatus": "Filled", "cumExecQty": "0.01"}, "fired", None),
        ({"orderStatus": "Cancelled", "cumExecQty": "0.001", "cancelType": "CancelByUser"}, "fired", None),
        ({"orderStatus": "Cancelled", "rejectReason": "EC_NoImmediateQtyToFill"}, "fired", None),
        (
            {"orderStatus": "Cancelled", "cancelType": "CancelByOCOSlCanceledByTpTriggered"},
            "canceled", "CancelByOCOSlCanceledByTpTriggered",
        ),
        ({"orderStatus": "Deactivated", "cancelType": "CancelByUser"}, "canceled", "CancelByUser"),
        ({"orderStatus": "Rejected", "rejectReason": "EC_Others"}, "failed", "EC_Others"),
        ({"orderStatus": "Rejected", "rejectReason": "EC_Others", "updatedTime": "5"}, "rejected", "EC_Others"),
    ],
)  # fmt: skip
def test_statuses(fields: dict[str, Any], status: str, reason: str | None) -> None:
    """One that lives as an order has fired, and is that order; one that never lived as such has not."""
    update = one(STOP, **fields)
    assert (update.status, update.reason) == (status, reason)
    assert update.order_ids == (("s-1",) if status == "fired" else ())
    assert update.fired_leg == ("stop_loss" if status == "fired" else None)


def test_what_cannot_be_read() -> None:
    """An optional field is left out and named; without its state, or its kind, the row tells nothing."""
    update = one(STOP, triggerPrice="high", qty="much")
    assert (update.stop_loss, update.size, update.status) == (None, None, "armed")
    assert {error.field for error in update.unreadable} == {"Order.triggerPrice", "Order.qty"}
    assert one(STOP, triggerBy="MoonPrice").stop_loss is None
    for fields in ({"orderStatus": "Dreaming"}, {"stopOrderType": ["Stop"]}, {"orderId": ""}):
        with pytest.raises(DecodeError):
            told(STOP, **fields)
    with pytest.raises(DecodeError):
        told(BRACKET, takeProfit="high")
