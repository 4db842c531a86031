"""Bitget's plan orders, strategy orders, and what orders bring with them, in neutral words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.mix.order_models import MixOrder
from okx_sync.exchanges.bitget.mix.plan_models import MixPlanOrder
from okx_sync.exchanges.bitget.models import AlgoOrder, Order, V3Order, V3StrategyOrder
from okx_sync.exchanges.bitget.spot.plan_models import SpotPlanOrder
from okx_sync.exchanges.bitget.uta.order_models import UtaOrder, UtaStrategyOrder
from tests.each_case import each_case
from tests.exchanges.bitget.rows import V2, V3

PROFIT = {"presetStopSurplusPrice": "2800", "presetStopSurplusExecutePrice": "2799.5"}
LOSS = {"presetStopLossPrice": "2600", "presetStopLossExecutePrice": ""}
FRESH = {"status": "live", "accBaseVolume": "0"}


def plan(**changes: Any) -> AlgoUpdate:
    (update,) = AlgoOrder.from_wire({**V2["orders-algo"], **changes}).to_algo_updates()
    return update


def listed(**changes: Any) -> AlgoUpdate:
    row = {
        "planType": "normal_plan", "symbol": "ETHUSDT", "size": "0.2", "orderId": "4001", "clientOid": "plan-1",
        "planStatus": "live", "price": "2610", "executePrice": "2610", "triggerPrice": "2600.5",
        "triggerType": "fill_price", "side": "buy", "posSide": "net", "tradeSide": "buy_single", "orderType": "limit",
        "executeOrderId": "", "cTime": "1763733334000", "uTime": "1763733335000", **changes,
    }  # fmt: skip
    (update,) = MixPlanOrder.from_wire(row).to_algo_updates()
    return update


def strategy(kind: type[V3StrategyOrder] | type[UtaStrategyOrder] = V3StrategyOrder, **changes: Any) -> AlgoUpdate:
    row = {name: value for name, value in {**V3["strategy-order"], **changes}.items() if value is not None}
    (update,) = kind.from_wire(row).to_algo_updates()
    return update


def brought(**changes: Any) -> list[AlgoUpdate]:
    return Order.from_wire({**V2["orders"], **PROFIT, **LOSS, **FRESH, **changes}).to_algo_updates()


def test_a_stop_of_a_position_on_the_stream_of_v2() -> None:
    """Kind and side by the plan type, no size for the whole position, a market order where the price is 0."""
    assert plan() == AlgoUpdate(
        inst_id="ETHUSDT", status="armed", algo_id="4001", client_order_id="plan-1", kind="conditional",
        leg="stop_loss", side="sell", position_side="long", size=None,
        stop_loss=TriggerPrice(Decimal("2600.5"), by="mark"), created_at=1763733334000, updated_at=1763733334000,
    )  # fmt: skip


@each_case(
    ("word", "kind", "leg", "has_size"),
    [
        ("pl", "trigger", None, True),
        ("tp", "conditional", "take_profit", True),
        ("sl", "conditional", "stop_loss", True),
        ("ptp", "conditional", "take_profit", False),
        ("track", "trailing_stop", None, True),
        ("mtpsl", "trailing_stop", None, True),
        ("new_one", None, None, True),
    ],
)
def test_kinds_of_v2(word: str, kind: str | None, leg: str | None, has_size: bool) -> None:
    """Each of the stream's words has its neutral kind; one that is new has none, and is an algo order all the same."""
    update = plan(planType=word)
    assert (update.kind, update.leg, update.size) == (kind, leg, Decimal("0.2") if has_size else None)


@each_case(
    ("word", "status"),
    [
        ("live", "armed"), ("executing", "running"), ("executed", "fired"), ("fail_execute", "failed"),
        ("cancelled", "canceled"),
    ],
)  # fmt: skip
def test_states_of_v2(word: str, status: str) -> None:
    """Stream and REST have the same words."""
    assert plan(status=word).status == status
    assert listed(planStatus=word).status == status


def test_an_unknown_state_is_told() -> None:
    """Nothing is made up of a word that nobody knows."""
    with pytest.raises(DecodeError, match="paused"):
        plan(status="paused")


def test_a_trigger_order_of_v2_as_rest_lists_it() -> None:
    """Its trigger with the limit price of its order, what that brings, and the order once it has sent it."""
    update = listed(
        stopSurplusTriggerPrice="2800", stopSurplusTriggerType="mark_price", stopLossTriggerPrice="2500",
        stopLossExecutePrice="2499", planStatus="executed", executeOrderId="901",
    )  # fmt: skip
    assert (update.kind, update.status, update.order_ids) == ("trigger", "fired", ("901",))
    assert update.trigger == TriggerPrice(Decimal("2600.5"), limit=Decimal(2610))
    assert update.take_profit == TriggerPrice(2800, by="mark")
    assert update.stop_loss == TriggerPrice(2500, limit=2499)
    assert (update.side, update.size) == ("buy", Decimal("0.2"))


def test_a_trailing_stop_has_a_price_from_which_it_trails() -> None:
    """Its callback stays in the row; percentages of what it brings are no prices."""
    update = listed(planType="track_plan", callbackRatio="2", stopLossTriggerPrice="5", orderType="market")
    assert update.trigger == TriggerPrice(Decimal("2600.5"))
    assert update.stop_loss is None


def test_the_side_in_hedge_mode() -> None:
    """Rows that name the side of the position, and rows that name the order's, say the same."""
    for told in "buy", "sell":
        assert listed(planType="pos_loss", side=told, tradeSide="close", posSide="long").side == "sell"


def test_what_an_order_of_v2_brings() -> None:
    """A take-profit and a stop-loss, each by itself, without an id, on the other side of their order."""
    profit, loss = brought()
    assert profit == AlgoUpdate(
        inst_id="ETHUSDT", status="attached", kind="conditional", leg="take_profit", side="sell",
        position_side="long", take_profit=TriggerPrice(2800, limit=Decimal("2799.5")),
        parent_order_id="900", parent_client_order_id="mine-1", updated_at=1763733333701,
    )  # fmt: skip
    assert (loss.leg, loss.stop_loss) == ("stop_loss", TriggerPrice(2600))
    assert brought(presetStopSurplusType="mark_price")[0].take_profit == TriggerPrice(2800, by="mark", limit="2799.5")


def test_what_an_open_order_does_not_bring() -> None:
    """It may have brought it: where the row says that it does not, that is over; a row that is silent says nothing."""
    assert [(one.leg, one.status) for one in brought(presetStopLossPrice="0")] == [
        ("take_profit", "attached"), ("stop_loss", "canceled"),
    ]  # fmt: skip
    assert brought(status="filled", presetStopSurplusPrice="", presetStopLossPrice="") == []
    silent = {name: value for name, value in V2["orders"].items() if not name.startswith("preset")}
    assert Order.from_wire({**silent, **FRESH}).to_algo_updates() == []
    row = {**V3["order"], "takeprofit": "", "stoploss": "2600"}
    told = [(one.kind, one.leg, one.status) for one in V3Order.from_wire(row).to_algo_updates()]
    assert told == [
        ("conditional", "stop_loss", "attached"), ("oco", None, "replaced"), ("conditional", "take_profit", "replaced"),
    ]  # fmt: skip
    ended = V3Order.from_wire({**row, "stoploss": ""}).to_algo_updates()
    assert {one.status for one in ended} == {"canceled"}
    del row["takeprofit"], row["stoploss"]
    assert V3Order.from_wire(row).to_algo_updates() == []


def test_what_an_order_brings_ends_with_it() -> None:
    """Only where nothing of it was filled: what a filled order brought is not told by its row."""
    assert {one.status for one in brought(status="canceled", cancelReason="normal_cancel")} == {"canceled"}
    assert {one.reason for one in brought(status="canceled")} == {"its order ended without a fill"}
    assert {one.status for one in brought(status="canceled", cancelReason="modify_limit_order")} == {"replaced"}
    assert {one.status for one in brought(status="canceled", accBaseVolume="0.1")} == {"attached"}
    assert {one.status for one in brought(status="filled", accBaseVolume="0.5")} == {"attached"}


def test_rest_tells_which_price_fires() -> None:
    """Details of an order have the kind of price, by either of its names; the stream takes it for the last one."""
    row = {
        "symbol": "ETHUSDT", "orderId": "900", "state": "live", "baseVolume": "", "side": "sell", "posSide": "net",
        "presetStopSurplusPrice": "2500", "presetStopSurplusTriggerType": "mark_price", "presetStopLossPrice": "2800",
        "presetStopLossType": "fill_price",
    }  # fmt: skip
    profit, loss = MixOrder.from_wire(row).to_algo_updates()
    assert profit.take_profit == TriggerPrice(2500, by="mark")
    assert loss.stop_loss == TriggerPrice(2800)
    assert {profit.side, loss.side} == {"buy"}


def test_what_an_order_of_v3_brings() -> None:
    """Both sides are one algo order, one side alone is one; stream and REST spell it differently."""
    both = {
        "tpTriggerBy": "mark",
        "tpOrderType": "limit",
        "tpLimitPrice": "2799",
        "slTriggerBy": "",
        "slOrderType": "market",
    }
    pushed, *_ = V3Order.from_wire({**V3["order"], **both, "takeprofit": "2800", "stoploss": "2600"}).to_algo_updates()
    fetched, *_ = UtaOrder.from_wire(
        {**V3["order"], **both, "takeProfit": "2800", "stopLoss": "2600"}
    ).to_algo_updates()
    for update in pushed, fetched:
        assert (update.kind, update.leg, update.status) == ("oco", None, "attached")
        assert update.take_profit == TriggerPrice(2800, by="mark", limit=2799)
        assert update.stop_loss == TriggerPrice(2600)
        assert update.product == "USDT-FUTURES"
    alone, *_ = V3Order.from_wire({**V3["order"], "takeprofit": "", "stoploss": "2600"}).to_algo_updates()
    assert (alone.kind, alone.leg, alone.take_profit) == ("conditional", "stop_loss", None)


@each_case(
    ("word", "status"),
    [
        ("pending", "armed"), ("submitting", "running"), ("success", "fired"), ("failed", "failed"),
        ("cancelled", "canceled"),
    ],
)  # fmt: skip
def test_states_of_v3(word: str, status: str) -> None:
    """All five words of strategy orders."""
    assert strategy(status=word).status == status


def test_strategy_orders() -> None:
    """Take-profit and stop-loss are one order; that which fired is told; listings may lack type and side."""
    both = strategy(UtaStrategyOrder, type=None, side=None, takeProfit="2800", stopLoss="2600", tpTriggerBy="market")
    assert (both.kind, both.leg, both.side) == ("oco", None, "sell")
    assert both.take_profit == TriggerPrice(2800)
    fired = strategy(status="success", takeProfit="2800", triggerType="takeProfit")
    assert (fired.status, fired.fired_leg) == ("fired", "take_profit")
    assert strategy(takeProfit="2800", triggerType="takeProfit").fired_leg is None
    assert (strategy().leg, strategy().size, strategy(qty="0").size) == ("stop_loss", Decimal("0.2"), None)
    trigger = strategy(
        type="trigger", stopLoss="", triggerPrice="2650", triggerBy="mark", triggerOrderType="limit",
        triggerOrderPrice="2651", side="buy", posSide="",
    )  # fmt: skip
    assert (trigger.kind, trigger.leg, trigger.side) == ("trigger", None, "buy")
    assert trigger.trigger == TriggerPrice(2650, by="mark", limit=2651)


def test_a_trigger_order_of_spot() -> None:
    """Its size is coins unless it is an amount of money."""
    row = {
        "orderId": "7", "clientOid": "c", "symbol": "ETHUSDT", "triggerPrice": "2600", "orderType": "market",
        "executePrice": "", "planType": "amount", "size": "1.5", "status": "live", "side": "buy",
        "triggerType": "fill_price", "cTime": "1763733334000", "uTime": "1763733334000",
    }  # fmt: skip
    (update,) = SpotPlanOrder.from_wire(row).to_algo_updates()
    assert (update.kind, update.product, update.size) == ("trigger", "SPOT", Decimal("1.5"))
    (over_money,) = SpotPlanOrder.from_wire({**row, "planType": "total"}).to_algo_updates()
    assert over_money.size is None


def test_an_unreadable_field_costs_that_field() -> None:
    """What is made of it is not known, and named; without its trigger's price nothing is said of what an order brings.

    An order that brings something whose price cannot be read must be looked at again.
    """
    update = plan(triggerPrice="soon")
    assert (update.status, update.stop_loss, len(update.unreadable)) == ("armed", None, 1)
    with pytest.raises(DecodeError):
        brought(presetStopLossPrice="soon")
    profit, _ = brought(presetStopSurplusExecutePrice="soon")
    assert (profit.take_profit, len(profit.unreadable)) == (None, 1)
