"""Recovery of ``order`` (V3) and ``orders`` (V2): each order that changed, as it is now, once."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from okx_sync.errors import OkxApiError
from okx_sync.exchanges.bitget.models import Order, V3Order
from okx_sync.exchanges.bitget.recovery import recovery_for
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import FetchedPage, RecoverySource
from tests.exchanges.bitget.recovery.rest import DAY, NOW, SINCE, Rest, source

BEFORE = SINCE - 1000


def v3(order_id: str, status: str, at: int, **more: Any) -> dict[str, Any]:
    """An order of V3 as REST lists it."""
    words = {"category": "USDT-FUTURES", "symbol": "BTCUSDT", "orderId": order_id, "orderStatus": status, "side": "buy"}
    sizes = {"price": "100", "qty": "3", "cumExecQty": "0"}
    return words | sizes | {"createdTime": str(at), "updatedTime": str(at)} | more


def v2(order_id: str, status: str, at: int, **more: Any) -> dict[str, Any]:
    """An order of V2 as REST lists it."""
    words = {"symbol": "BTCUSDT", "orderId": order_id, "status": status, "side": "buy", "marginCoin": "USDT"}
    sizes = {"price": "100", "size": "3", "baseVolume": "0"}
    return words | sizes | {"cTime": str(at), "uTime": str(at)} | more


def _found(memory: RecoverySource, rest: Rest, since: int = SINCE) -> list[tuple[str, str]]:
    return [(row["orderId"], row.get("orderStatus") or row["status"]) for row in memory.missed(since, rest, NOW).rows]


def test_every_list_of_v3_is_asked() -> None:
    """The history of each category, all pages of it, then what is open; an old order is no news."""
    history = [v3(str(number), "filled", NOW - number) for number in (1, 2, 3)]
    rest = Rest({"history-orders": history, "unfilled-orders": [v3("4", "new", NOW), v3("5", "live", BEFORE)]})
    assert _found(source("order"), rest) == [("3", "filled"), ("2", "filled"), ("1", "filled"), ("4", "new")]
    categories = [params["category"] for path, params in rest.asked if path.endswith("history-orders")]
    assert set(categories) == {"USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "SPOT", "MARGIN"}
    assert [path for path, _ in rest.asked].index("/api/v3/trade/unfilled-orders") > categories.count("USDT-FUTURES")


def test_every_list_of_v2_is_asked() -> None:
    """The history, then what is open, with and without fills; all of the topic's product type and contract."""
    rest = Rest({"orders-history": [v2("1", "canceled", NOW - 1)], "orders-pending": [v2("2", "live", NOW)]})
    memory = source("orders", "v2", instId="BTCUSDT")
    assert _found(memory, rest) == [("1", "canceled"), ("2", "live")]
    asked = [params for _, params in rest.asked]
    assert all(params["productType"] == "USDT-FUTURES" and params["symbol"] == "BTCUSDT" for params in asked)
    assert [params["status"] for params in asked if "status" in params] == ["live", "partially_filled"]
    assert "symbol" not in _asked(source("orders", "v2", instId="default"))[0][1]


def _asked(memory: RecoverySource) -> list[tuple[str, dict[str, Any]]]:
    rest = Rest()
    memory.missed(SINCE, rest, NOW)
    return rest.asked


def test_rows_say_what_the_stream_says() -> None:
    """By its names: in V2 another field has what is filled, and in hedge mode a close of a long position sells."""
    memory = source("order")
    row = v3("1", "cancelled", NOW, cumExecQty="1", avgPrice="99", posSide="long", tradeSide="close")
    row["feeDetail"] = [{"feeCoin": "USDT", "fee": "0.5"}]
    (told,) = memory.missed(SINCE, Rest({"history-orders": [row]}), NOW).rows
    update = V3Order.from_wire(told).to_update()
    assert (update.status, update.filled, update.position_side) == ("canceled", Decimal(1), "long")
    assert (update.fee, told["category"]) == (Decimal("-0.5"), "usdt-futures")

    past = v2("1", "filled", NOW, baseVolume="3", priceAvg="99", fee="-0.5", posSide="long", tradeSide="close")
    (told,) = source("orders", "v2").missed(SINCE, Rest({"orders-history": [past]}), NOW).rows
    update = Order.from_wire(told).to_update()
    assert (update.inst_id, update.side, update.filled, update.fill) == ("BTCUSDT", "sell", Decimal(3), None)
    assert (update.fee, update.fee_currency) == (Decimal("-0.5"), "USDT")


def test_what_was_told_is_not_told_again() -> None:
    """Only what says more than the stream did; a change of the same millisecond is one."""
    memory = source("order")
    for row in (v3("1", "live", NOW - 10), v3("2", "filled", NOW - 9), v3("3", "live", NOW - 8)):
        assert memory.note(row) is row
        assert memory.note(dict(row)) is None
    listed = [v3("3", "new", NOW - 8, price="100.0"), v3("1", "new", NOW - 10, price="101")]
    rest = Rest({"history-orders": [v3("2", "filled", NOW - 9)], "unfilled-orders": listed})
    assert [(row["orderId"], row["price"]) for row in memory.missed(SINCE, rest, NOW).rows] == [("1", "101")]


@pytest.mark.parametrize(("protocol", "channel"), [("v3", "order"), ("v2", "orders")])
def test_an_order_that_the_lists_leave_out_is_looked_up(protocol: Any, channel: str) -> None:
    """One that the stream told, and one of which only a fill tells; the history may go by when an order was placed."""
    memory = source(channel, protocol)
    make, named, fill_id = (v3, "order-info", "execId") if protocol == "v3" else (v2, "detail", "tradeId")
    told = make("1", "live", BEFORE)
    memory.note({**told, "instId": "BTCUSDT"})
    ended = [make("1", "canceled", NOW - 5), make("9", "filled", NOW - 4)]
    fill = {fill_id: "a", "orderId": "9", "symbol": "BTCUSDT", "createdTime": str(NOW - 4)}
    assert _found(memory, Rest({named: ended, "fills": [fill]})) == [("1", "canceled"), ("9", "filled")]


@pytest.mark.parametrize(
    ("protocol", "channel", "past"), [("v3", "order", "history-orders"), ("v2", "orders", "orders-history")]
)
def test_an_order_of_before_the_stream(protocol: Any, channel: str, past: str) -> None:
    """It was never pushed, and ended in the first outage: the newest of the history are looked through, once."""
    make = v3 if protocol == "v3" else v2
    changed = {"updatedTime": str(NOW - 5)} if protocol == "v3" else {"uTime": str(NOW - 5)}
    memory = source(channel, protocol)
    rest = Rest({past: [make("2", "filled", SINCE - 9), {**make("1", "canceled", BEFORE), **changed}]})
    assert _found(memory, rest) == [("1", "canceled")]
    asked = len(rest.times(past))
    assert _found(memory, Rest()) == []
    rest.asked.clear()
    memory.missed(SINCE, rest, NOW)
    assert len(rest.times(past)) < asked


def test_many_orders_of_before_that_ended() -> None:
    """They are found in the newest of the history, not asked for one by one."""
    memory = source("order")
    memory.missed(SINCE, Rest(), NOW)
    for number in range(30):
        memory.note(v3(str(number), "live", BEFORE))
    ended = [{**v3(str(number), "cancelled", BEFORE), "updatedTime": str(NOW)} for number in range(9)]
    left = [v3(str(number), "live", BEFORE) for number in range(9, 30)]
    rest = Rest({"history-orders": ended, "unfilled-orders": left})
    assert len(_found(memory, rest)) == 9
    assert not [path for path, _ in rest.asked if path.endswith("order-info")]


def test_an_order_that_was_open_before_the_stream() -> None:
    """Known since the first outage, it is looked up in the second."""
    memory = source("order")
    assert _found(memory, Rest({"unfilled-orders": [v3("1", "new", BEFORE)]})) == []
    assert _found(memory, Rest({"order-info": [v3("1", "cancelled", NOW)]})) == [("1", "cancelled")]


def test_an_order_that_nobody_knows() -> None:
    """The gap says so; another refusal is not taken for that."""
    memory = source("order")
    memory.note(v3("1", "live", BEFORE))
    missed = memory.missed(SINCE, Rest(), NOW)
    assert missed.rows == []
    assert [lack.what for lack in missed.lacks] == ["what became of order 1: Bitget lists it nowhere"]

    def refuse(path: str, _params: Any) -> FetchedPage:
        if path.endswith("order-info"):
            raise OkxApiError("the exchange is under repair", code="40725")
        return FetchedPage()

    with pytest.raises(OkxApiError, match="repair"):
        memory.missed(SINCE, refuse, NOW)


def test_a_category_that_is_refused() -> None:
    """It is named by the gap, and costs no other its orders; what may work in a moment is raised."""
    rest = Rest({"history-orders": [v3("1", "filled", NOW)]})

    def refuse_margin(path: str, params: Any) -> FetchedPage:
        if params.get("category") == "MARGIN":
            raise OkxApiError("no margin here", code="25013")
        return rest(path, params)

    missed = source("order").missed(SINCE, refuse_margin, NOW)
    assert [row["orderId"] for row in missed.rows] == ["1"]
    assert [lack.what for lack in missed.lacks] == ["orders of MARGIN that ended: no margin here"]

    def refuse_soon(path: str, params: Any) -> FetchedPage:
        raise OkxApiError("in a moment", code="25113", retryable=True)

    with pytest.raises(OkxApiError, match="moment"):
        source("order").missed(SINCE, refuse_soon, NOW)


def test_long_outages_in_windows() -> None:
    """V3 lists 30 days at once, V2 nearly 90; what is older the gap names. The last window has no end."""
    for channel, protocol, path, most in (
        ("order", "v3", "history-orders", 30),
        ("orders", "v2", "orders-history", 88),
    ):
        rest = Rest()
        missed = source(channel, protocol).missed(NOW - 100 * DAY, rest, NOW)  # type: ignore[arg-type]
        times = sorted(set(rest.times(path)))
        assert times[0][0] > NOW - 90 * DAY
        assert times[-1][1] is None
        for (start, end), (following, _) in pairwise(times):
            assert end == following
            assert end - start < most * DAY
        assert NOW - times[-1][0] <= most * DAY
        (lack,) = missed.lacks
        assert lack.before_ms == times[0][0]
        assert "90 days" in lack.what


def test_a_row_that_cannot_be_read_is_handed_on() -> None:
    """It is reported by its decoder, and keeps nothing else from being recovered."""
    odd = v3("1", "new", NOW, cumExecQty="many")
    rows = source("order").missed(SINCE, Rest({"unfilled-orders": [odd, v3("2", "new", NOW)]}), NOW).rows
    assert [row["orderId"] for row in rows] == ["2", "1"]
    assert source("order").note(None) is None


def test_what_has_no_source() -> None:
    """Spot on V2 has other listings, trigger orders have none, and the REST of the older protocols is gone."""
    find = recovery_for("v2")
    assert find(Topic("orders", (("instType", "SPOT"), ("instId", "default"))), False) is None
    assert find(Topic("orders-algo", (("instType", "USDT-FUTURES"),)), False) is None
    assert recovery_for("v3")(Topic("strategy-order", (("instType", "UTA"),)), False) is None
    assert recovery_for("v1")(Topic("orders", ()), True) is None
    assert recovery_for("seed")(Topic("orders", ()), True) is None
