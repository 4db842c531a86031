"""What ``BitgetWsClient`` asks of REST about algo orders, and which of them is what an order brought."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest
import responses

from okx_sync import BitgetClient
from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.exchanges.bitget.algo_queries import ClassicAlgoQueries, UnifiedAlgoQueries
from okx_sync.exchanges.bitget.mix.order_models import MixOrder
from okx_sync.exchanges.bitget.mix.plan_models import MixPlanOrder
from okx_sync.state.orders.algo_state import AlgoState, AlgoStep
from tests.exchanges.bitget.rest_server import HOST, client, ok, refusal, sent
from tests.rest.toy_dialect import TurnedClock

MIX, UTA = f"{HOST}/api/v2/mix/order", f"{HOST}/api/v3/trade"
AT = 1_700_000_000_000
CHILD = AlgoState(
    inst_id="BTCUSDT", status="attached", kind="conditional", leg="stop_loss", side="sell", product="USDT-FUTURES",
    stop_loss=TriggerPrice(58000), parent_order_id="9", parent_client_order_id="mine",
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def rest() -> Iterator[BitgetClient]:
    """A client of it."""
    with client() as made:
        yield made


@pytest.fixture
def classic(rest: BitgetClient) -> ClassicAlgoQueries:
    """Of a classic account."""
    return ClassicAlgoQueries(lambda: rest, ["USDT-FUTURES"])


@pytest.fixture
def unified(rest: BitgetClient) -> UnifiedAlgoQueries:
    """Of a unified account."""
    return UnifiedAlgoQueries(lambda: rest)


def order(state: str, filled: str = "0", **more: str) -> dict[str, Any]:
    """Its details; it brings a stop-loss."""
    return {
        "symbol": "BTCUSDT", "orderId": "9", "clientOid": "mine", "state": state, "side": "buy", "posSide": "net",
        "tradeSide": "buy_single", "baseVolume": filled, "presetStopLossPrice": "58000", "presetStopSurplusPrice": "",
        "cTime": str(AT - 5), "uTime": str(AT), **more,
    }  # fmt: skip


def plan(number: str, **more: str) -> dict[str, Any]:
    """A stop-loss for all of the position."""
    return {
        "planType": "pos_loss", "symbol": "BTCUSDT", "size": "", "orderId": number, "planStatus": "live",
        "triggerPrice": "58000", "triggerType": "mark_price", "executePrice": "0", "side": "sell", "posSide": "net",
        "orderType": "market", "cTime": str(AT), "uTime": str(AT), **more,
    }  # fmt: skip


def plans(server: responses.RequestsMock, pending: list[Any], history: list[Any]) -> None:
    """Have the server list these."""
    for name, rows in ("pending", pending), ("history", history):
        server.upsert("GET", f"{MIX}/orders-plan-{name}", json=ok({"entrustedList": rows, "endId": None}))


def told(queries: Any, algo: AlgoState = CHILD) -> AlgoUpdate:
    found = queries.look_up_algo(algo)
    assert found is not None
    return found  # type: ignore[no-any-return]


def test_what_is_open(server: responses.RequestsMock, classic: ClassicAlgoQueries) -> None:
    """All kinds of plan orders, and what open orders bring; what is on other contracts is left out."""
    plans(server, [plan("1"), plan("2", symbol="ETHUSDT"), plan("3", planStatus="paused")], [])
    rows = [order("live", status="live")]
    server.get(f"{MIX}/orders-pending", json=ok({"entrustedList": rows, "endId": None}))
    found, lost = classic.open_algos("BTCUSDT")
    assert [(one.status, one.algo_id, one.parent_order_id, one.recovered) for one in found] == [
        ("attached", None, "9", True), ("armed", "1", None, True),
    ]  # fmt: skip
    assert {one.product for one in found} == {"USDT-FUTURES"}
    assert len(lost) == 3  # the unreadable row is in each of the three lists
    asked = [call.request.params for call in server.calls if "plan" in str(call.request.url)]  # type: ignore[attr-defined]
    assert [one["planType"] for one in asked] == ["normal_plan", "track_plan", "profit_loss"]


def test_what_an_open_order_brings(server: responses.RequestsMock, classic: ClassicAlgoQueries) -> None:
    """It is attached as long as the order shows it; what the answer says nothing of is not gone."""
    server.get(f"{MIX}/detail", json=ok(order("live")))
    assert (told(classic).status, told(classic).stop_loss) == ("attached", TriggerPrice(58000))
    assert classic.brought_by(CHILD) == {"stop_loss": TriggerPrice(58000)}
    server.upsert("GET", f"{MIX}/detail", json=ok(order("live", presetStopLossPrice="")))
    assert (told(classic).status, told(classic).reason) == ("canceled", "its order does not bring it any more")
    row = order("live")
    del row["presetStopLossPrice"]
    server.upsert("GET", f"{MIX}/detail", json=ok(row))
    assert told(classic).status == "attached"
    server.upsert("GET", f"{MIX}/detail", json=ok(order("canceled")))
    assert told(classic).status == "canceled"
    server.upsert("GET", f"{MIX}/detail", json=refusal("40109"), status=400)
    assert classic.look_up_algo(CHILD) is None
    assert classic.brought_by(CHILD) is None


def test_what_a_filled_order_brought(server: responses.RequestsMock, classic: ClassicAlgoQueries) -> None:
    """The one plan order with its facts, open or over; its order is named, and what it has sent."""
    server.get(f"{MIX}/detail", json=ok(order("filled", "0.5")))
    others = [
        plan("2", triggerPrice="57000"), plan("3", symbol="ETHUSDT"), plan("4", side="buy"), plan("5", cTime="1"),
        plan("6", planType="pos_profit"), plan("7", planType="loss_plan", size="0.4"), plan("8", orderType="limit",
        executePrice="5"),
    ]  # fmt: skip
    plans(server, [*others, plan("1")], [])
    found = told(classic)
    assert (found.status, found.algo_id, found.parent_order_id, found.size) == ("armed", "1", "9", None)
    assert found.stop_loss == TriggerPrice(58000, by="mark")
    assert sent(server)["startTime"] == str(AT)
    over = plan("1", planType="loss_plan", size="0.5", planStatus="executed", executeOrderId="901")
    plans(server, others, [over])
    found = told(classic)
    assert (found.status, found.size, found.order_ids) == ("fired", Decimal("0.5"), ("901",))


def test_one_list_answers_for_many_orders(
    server: responses.RequestsMock, rest: BitgetClient, classic: ClassicAlgoQueries
) -> None:
    """What came of orders that were filled a while ago is listed once for all of them, and anew after each list of what
    is open, after a while, and for fills that are earlier than those listed, or new.
    """
    history, now = f"{MIX}/orders-plan-history", round(rest.clock.server_time() * 1000)
    plans(server, [plan("1", cTime=str(now - 60_000))], [])

    def listed(filled_ms_ago: int) -> int:
        """How often the lists were read for it."""
        before = count(server, history)
        server.upsert("GET", f"{MIX}/detail", json=ok(order("filled", "0.5", uTime=str(now - filled_ms_ago))))
        assert told(classic).algo_id == ("1" if filled_ms_ago > 9_000 else None)
        return count(server, history) - before

    assert [listed(ms) for ms in (60_000, 60_001, 60_000, 62_000, 60_001)] == [1, 1, 0, 1, 0]
    assert [listed(ms) for ms in (9_000, 500, 500, 60_001)] == [0, 1, 1, 0]
    server.get(f"{MIX}/orders-pending", json=ok({"entrustedList": [], "endId": None}))
    classic.open_algos()
    assert [listed(ms) for ms in (60_001, 60_000)] == [1, 0]
    assert isinstance(rest.clock, TurnedClock)
    rest.clock.sleep(10)
    assert listed(60_000) == 1


def count(server: responses.RequestsMock, url: str) -> int:
    """How often something was asked for."""
    return sum(str(call.request.url).startswith(url) for call in server.calls)


def test_nothing_is_guessed(server: responses.RequestsMock, rest: BitgetClient, classic: ClassicAlgoQueries) -> None:
    """Of several that it may be, or none, nothing is said but where to look."""
    server.get(f"{MIX}/detail", json=ok(order("filled", "0.5")))
    plans(server, [plan("1")], [plan("2", planStatus="cancelled")])
    found = told(classic)
    assert (found.status, found.algo_id) == ("unknown", None)
    assert "2 algo orders have its facts (1, 2); see ws.orders.algos.of('BTCUSDT')" in str(found.reason)
    assert found.is_inferred  # a later list has these two as well
    plans(server, [], [])
    found = told(classic)
    assert ("none has its facts" in str(found.reason), found.is_inferred) == (True, False)  # it may be listed soon
    plans(server, [plan("1"), plan("2", planStatus="paused")], [])  # one that cannot be read may be it
    assert (told(classic).status, told(classic).is_inferred) == ("unknown", False)
    assert isinstance(rest.clock, TurnedClock)
    rest.clock.sleep(60)
    assert (told(classic).status, told(classic).is_inferred) == ("unknown", False)
    rest.clock.sleep(60)
    plans(server, [], [])
    assert (told(classic).status, told(classic).is_inferred) == ("unknown", True)
    rest.clock.sleep(60)
    server.upsert("GET", f"{MIX}/detail", json=ok(order("canceled", "0.2")))
    plans(server, [plan("1", planType="loss_plan", size="0.2")], [])
    assert told(classic).algo_id == "1"  # what is filled of an order may be protected, too


def fills(server: responses.RequestsMock, *orders: str) -> None:
    """Have the server list a fill of each of these orders."""
    rows = [{"tradeId": one, "symbol": "BTCUSDT", "orderId": one, "cTime": str(AT)} for one in orders]
    server.upsert("GET", f"{MIX}/fills", json=ok({"fillList": rows, "endId": None}))


def test_which_orders_may_have_brought_one(server: responses.RequestsMock, classic: ClassicAlgoQueries) -> None:
    """All that were filled shortly before and bring its facts, whoever knows of them; others are asked for."""
    (made,) = MixPlanOrder.from_wire(plan("1", triggerType="fill_price")).to_algo_updates()
    rows = {"9": order("filled", "0.5"), "8": order("filled", "0.5", orderId="8", presetStopLossPrice="57000")}
    found = {number: MixOrder.from_wire(row) for number, row in rows.items()}

    def known(number: str, trades: set[str]) -> MixOrder | None:
        """The rows of two of them, with all their trades."""
        return found.get(number) if trades <= {number} else None

    fills(server, "9", "8")
    assert classic.makers_of(made, "9", known) == {"9"}
    assert sent(server)["startTime"] == str(AT - 10_000)
    fills(server, "9", "8", "7")
    server.get(f"{MIX}/detail", json=ok(order("filled", "0.5", orderId="7")))
    assert classic.makers_of(made, "9", known) == {"9", "7"}
    server.upsert("GET", f"{MIX}/detail", json=ok(order("partially_filled", "0.2", orderId="7")))
    assert classic.makers_of(made, "9", known) == {"9"}
    server.upsert("GET", f"{MIX}/detail", json=refusal("40109"), status=400)
    assert classic.makers_of(made, "9", known) == {"9", "7"}  # nobody says what it brought
    fills(server, "8")
    assert classic.makers_of(made, "9", known) == set()  # its own fill is not told, so others may lack, too
    changed = made.evolved(updated_at=AT + 5)
    fills(server, "9", "8")
    assert classic.makers_of(changed, "9", known) == {"9", "8"}  # it may have had another price before


def test_an_algo_order_of_ours(server: responses.RequestsMock, classic: ClassicAlgoQueries) -> None:
    """By its ids in the lists of its kind; one that was made before it was sent is an older namesake."""
    sent_at = AlgoStep("pending", AT)
    algo = attrs.evolve(CHILD, client_order_id="c", parent_order_id=None, parent_client_order_id=None)
    algo = attrs.evolve(algo, history=(sent_at,))
    plans(server, [], [plan("1", clientOid="c", planStatus="fail_execute")])
    assert (told(classic, algo).algo_id, told(classic, algo).status) == ("1", "failed")
    assert sent(server)["planType"] == "profit_loss"
    plans(server, [plan("1", clientOid="c", cTime=str(AT - 600_000))], [])
    assert classic.look_up_algo(algo) is None


def test_many_that_have_ended(server: responses.RequestsMock, classic: ClassicAlgoQueries) -> None:
    """Those that are looked up at once are found in one list of the newest; others by themselves."""
    plans(server, [], [plan(str(number), planStatus="cancelled") for number in range(10)])
    history = f"{MIX}/orders-plan-history"
    named = [attrs.evolve(CHILD, algo_id=str(number), parent_order_id=None) for number in range(11)]
    assert {told(classic, one).status for one in named[:3]} == {"canceled"}
    before = count(server, history)
    assert [(told(classic, one).algo_id, told(classic, one).status) for one in named[3:10]] == [
        (str(number), "canceled") for number in range(3, 10)
    ]
    assert count(server, history) == before + 1
    plans(server, [plan("10")], [])
    assert told(classic, named[10]).status == "armed"


def strategy(number: str, **more: str) -> dict[str, Any]:
    """A stop-loss of a long position, as the listings have it, which do not tell its type and side."""
    return {
        "orderId": number, "clientOid": "", "category": "USDT-FUTURES", "symbol": "BTCUSDT", "qty": "", "status":
        "pending", "posSide": "long", "stopLoss": "58000", "slTriggerBy": "market", "slOrderType": "market",
        "createdTime": str(AT), "updatedTime": str(AT), **more,
    }  # fmt: skip


def test_a_unified_account(server: responses.RequestsMock, unified: UnifiedAlgoQueries) -> None:
    """Strategy orders are asked for in each category; both legs are one, and which price fires must fit."""
    server.get(f"{UTA}/unfilled-orders", json=ok({"list": [], "cursor": None}))
    lists = f"{UTA}/unfilled-strategy-orders"
    server.get(lists, json=ok([strategy("1")]))
    found, lost = unified.open_algos()
    assert ([(one.algo_id, one.side, one.kind) for one in found], lost) == ([("1", "sell", "conditional")], [])
    categories = [call.request.params.get("category") for call in server.calls]  # type: ignore[attr-defined]
    assert len(set(categories)) == 6
    row = {
        "orderId": "9", "clientOid": "mine", "category": "USDT-FUTURES", "symbol": "BTCUSDT", "orderStatus": "filled",
        "side": "buy", "cumExecQty": "0.5", "stopLoss": "58000", "takeProfit": "66000", "slTriggerBy": "mark",
        "createdTime": str(AT), "updatedTime": str(AT),
    }  # fmt: skip
    server.get(f"{UTA}/order-info", json=ok(row))
    server.get(f"{UTA}/history-strategy-orders", json=ok({"list": [], "cursor": None}))
    both = attrs.evolve(CHILD, kind="oco", leg=None, take_profit=TriggerPrice(66000))
    server.upsert("GET", lists, json=ok([strategy("1"), strategy("2", takeProfit="66000")]))
    assert told(unified, both).status == "unknown"
    server.upsert("GET", lists, json=ok([strategy("1"), strategy("2", takeProfit="66000", slTriggerBy="mark")]))
    found_one = told(unified, both)
    assert (found_one.algo_id, found_one.kind, found_one.parent_client_order_id) == ("2", "oco", "mine")
    server.upsert("GET", f"{UTA}/order-info", json=ok({**row, "orderStatus": "live", "takeProfit": ""}))
    assert told(unified, both).status == "replaced"
