"""Algo orders of OKX by themselves: each kind through its life, and whole again after every fault."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import ConfigError, OkxApiError, OkxClient, OrderManager, OrderStatusUnknown
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.okx.rest import AlgoOrderId, AttachedAlgo
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.order_handle import AlgoHandle
from tests.loopback.conftest import PATIENCE_S, Connect, Heard, Watched, until
from tests.loopback.still_exchange import SWAP, still_paper

__all__ = ["still_paper"]

D = Decimal
TWAP: dict[str, Any] = {"px_var": "0.001", "sz_limit": 1, "px_limit": 90000, "time_interval": 30}
ICEBERG: dict[str, Any] = {"sz_limit": 1, "lmt_order_number": 3, "aggressiveness": "mid"}


@pytest.fixture
def paper(still_paper: PaperExchange) -> PaperExchange:
    """An exchange on which nothing moves by itself; the last price is 65000."""
    return still_paper


@pytest.fixture
def watched(paper: PaperExchange, connect: Connect) -> Watched:
    """A client that knows all algo orders."""
    made = connect(paper.config)
    assert made.ws.orders.algos.wait_synced(PATIENCE_S)
    return made


@pytest.fixture
def orders(watched: Watched) -> OrderManager:
    """Its orders."""
    return watched.ws.orders


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[OkxClient]:
    """Another program of the same account, by REST."""
    with OkxClient(paper.config) as client:
        yield client


def place(orders: OrderManager, kind: Any, side: Any = "sell", size: Any = 1, **words: Any) -> AlgoHandle:
    """An algo order that the exchange has told of."""
    algo = orders.place_algo(kind, SWAP, side, size, td_mode="cross", **words)
    return comes_to(algo, "armed") if kind not in ("twap", "iceberg", "chase") else comes_to(algo, "running")


def comes_to(algo: AlgoHandle, status: str) -> AlgoHandle:
    """Wait for a status."""
    assert algo.wait_until(lambda one: one.status == status, PATIENCE_S), algo
    return algo


def statuses(algo: AlgoHandle) -> list[str]:
    """Its history without times and reasons."""
    return [step.status for step in algo.history]


# -- kinds ---------------------------------------------------------------------------------------------------------


def test_stops_by_themselves(paper: PaperExchange, orders: OrderManager) -> None:
    """One that fires and one that is refused then, both sides of which one fires, and one that is canceled."""
    both = place(orders, "oco", take_profit=66000, stop_loss=TriggerPrice(64000, by="index"))
    lone = place(orders, "conditional", "sell", 2, stop_loss=TriggerPrice(60000, limit=59900), client_order_id="lone")
    nothing = place(orders, "conditional", "buy", take_profit=64900, reduce_only=True)
    assert (lone.leg, lone.size, lone.stop_loss) == ("stop_loss", D(2), TriggerPrice(60000, limit=59900))
    lone.amend(size=3, stop_loss=TriggerPrice(61000, limit=60900))
    assert lone.wait_until(lambda one: one.stop_loss == TriggerPrice(61000, limit=60900), PATIENCE_S)
    assert lone.size == D(3)
    with pytest.raises(ConfigError, match="nothing would be left"):
        lone.amend(stop_loss=0)
    paper.trade_at(SWAP, "64900")
    assert comes_to(nothing, "failed").reason == "[51169] no such position, or larger than the position"
    paper.trade_at(SWAP, "66000")
    assert comes_to(both, "fired").fired_leg == "take_profit"
    assert [one for one in statuses(both) if one != "running"] == ["pending", "armed", "fired"]
    assert both.wait_until(lambda one: one.orders, PATIENCE_S)
    assert lone.cancel()
    comes_to(lone, "canceled")
    assert not lone.cancel()
    assert [one.client_order_id for one in orders.algos.finished].count("lone") == 1
    with pytest.raises(OkxApiError, match="SL trigger price"):
        place(orders, "conditional", stop_loss=90000, client_order_id="wrong")
    assert orders.algos["wrong"].status == "rejected"


def test_a_trigger_whose_order_brings_others(paper: PaperExchange, orders: OrderManager) -> None:
    """Its prices are changed together; the order that it sends has children of its own."""
    trigger = place(orders, "trigger", "buy", trigger=66000, price=66100, take_profit=68000, stop_loss=60000)
    assert trigger.trigger == TriggerPrice(66000, limit=66100)
    trigger.amend(trigger=TriggerPrice(65500, by="last", limit=65600), stop_loss=61000)
    assert trigger.wait_until(lambda one: one.stop_loss == TriggerPrice(61000), PATIENCE_S)
    assert (trigger.trigger, trigger.take_profit) == (TriggerPrice(65500, limit=65600), TriggerPrice(68000))
    paper.trade_at(SWAP, "65500")
    comes_to(trigger, "fired")
    assert trigger.wait_until(lambda one: one.orders and one.orders[0].is_filled, PATIENCE_S)
    (order,) = trigger.orders
    assert order.wait_until(lambda one: one.stop_loss and one.stop_loss.status == "armed", PATIENCE_S)
    assert (order.take_profit, len(order.children)) == (order.stop_loss, 1)
    paper.trade_at(SWAP, "61000")
    assert comes_to(order.children[0], "fired").fired_leg == "stop_loss"


def test_a_trailing_stop_tells_what_it_waits_for(paper: PaperExchange, orders: OrderManager) -> None:
    """The price from which it follows, then where it would fire now; OKX changes none, and ends it."""
    trail = place(orders, "trailing_stop", callback_ratio="0.01", activation_price=66000)
    assert trail.trigger == TriggerPrice(66000)
    for at, fires in ("67000", TriggerPrice("66330")), ("68000", TriggerPrice("67320")):
        paper.trade_at(SWAP, at)
        until(lambda now=fires: trail.trigger == now, what=f"a trigger at {fires}")  # type: ignore[misc]
    with pytest.raises(ConfigError, match="changes no trailing_stop"):
        trail.amend(size=2)
    paper.trade_at(SWAP, "67300")
    comes_to(trail, "fired")
    assert trail.wait_until(lambda one: one.orders and one.orders[0].side == "sell", PATIENCE_S)
    other = place(orders, "trailing_stop", callback_spread=100)
    assert other.cancel()
    comes_to(other, "canceled")


def test_what_works_on_with_the_orders_that_it_sends(paper: PaperExchange, orders: OrderManager) -> None:
    """TWAP, iceberg and chase are running; their orders are in the book, and go with them."""
    twap, iceberg = place(orders, "twap", "buy", 3, **TWAP), place(orders, "iceberg", "buy", 3, **ICEBERG)
    chase = place(orders, "chase", "buy", chase_val=5)
    for one in twap, iceberg, chase:
        assert one.wait_until(lambda algo: algo.orders, PATIENCE_S)
        with pytest.raises(ConfigError, match=f"changes no {one.kind}"):
            one.amend(size=1)
    assert [one.orders[0].order_type for one in (twap, iceberg, chase)] == ["ioc", "limit", "post_only"]
    assert twap.orders[0].wait_filled(PATIENCE_S)
    paper.fill(ordId=str(chase.orders[0].order_id))
    comes_to(chase, "fired")
    result = orders.algos.cancel_all(SWAP)
    assert [one.verdict for one in result] == ["accepted"] * 2
    for one in twap, iceberg:
        comes_to(one, "canceled")
    assert orders.wait_until(lambda known: not known.open, PATIENCE_S)


# -- faults --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [None, "private", "business"])
def test_what_happens_while_a_socket_is_away_is_told_once(
    paper: PaperExchange, watched: Watched, orders: OrderManager, path: str | None
) -> None:
    """Armed during one outage, fired during the next: REST tells, each change comes once, fills count once."""
    order = orders.place(SWAP, "buy", 1, 60000, td_mode="cross", take_profit=66000, stop_loss=58000)
    assert order.wait_until(lambda one: one.children[0].status == "attached", PATIENCE_S)
    heard, fills = Heard(), Heard()
    order.on_child(heard)
    orders.on_fill(fills)

    def outage(happens: Any) -> None:
        paper.faults.refuse_handshake(times=None, path=path)
        paper.faults.drop(path=path)
        assert orders.algos.wait_until(lambda known: not known.synced, PATIENCE_S)
        happens()
        paper.faults.clear()
        assert orders.algos.wait_synced(PATIENCE_S)
        assert orders.wait_synced(PATIENCE_S)

    outage(lambda: paper.fill(ordId=str(order.order_id)))
    (child,) = order.children
    comes_to(child, "armed")
    outage(lambda: paper.trade_at(SWAP, "66000"))
    comes_to(child, "fired")
    assert child.wait_until(lambda one: one.orders and one.orders[0].is_filled, PATIENCE_S)
    assert (child.fired_leg, len(orders.algos.finished)) == ("take_profit", 1)
    until(lambda: list(heard)[-1].algo.status == "fired" and len(fills) == 2, what="the last change and fill")
    told = [one.algo.status for one in heard if one.status_changed]
    assert [status for status in told if status != "running"] == ["attached", "armed", "fired"]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("arrives", [True, False])
def test_a_lost_answer_is_looked_up_and_nothing_is_sent_twice(
    paper: PaperExchange, orders: OrderManager, arrives: bool
) -> None:
    """It is unknown until the exchange tells of it; what never arrived stays so, and can be forgotten."""
    lose = paper.faults.lose_reply if arrives else paper.faults.lose_request
    lose("/api/v5/trade/order-algo")
    with pytest.raises(OrderStatusUnknown):
        place(orders, "conditional", stop_loss=60000, client_order_id="lost")
    algo = orders.algos["lost"]
    if arrives:
        comes_to(algo, "armed")
        assert [status for status in statuses(algo) if status != "unknown"] == ["pending", "armed"]
        assert algo.cancel()
        comes_to(algo, "canceled")
    else:
        until(lambda: _asked(paper, "/api/v5/trade/order-algo") >= 2, what="a look at the exchange")
        assert algo.status == "unknown"
        orders.algos.forget("lost")
    assert (_asked(paper, "/api/v5/trade/order-algo", "POST"), len(orders.algos)) == (int(arrives), 0)


def _asked(paper: PaperExchange, path: str, method: str = "GET") -> int:
    """How often the exchange was asked."""
    return sum(one.path == path and one.method == method for one in paper.requests)


@pytest.mark.parametrize("arrives", [True, False])
def test_the_lost_answer_of_an_order_with_a_stop(paper: PaperExchange, orders: OrderManager, arrives: bool) -> None:
    """Both are unknown, and become what they are together."""
    lose = paper.faults.lose_reply if arrives else paper.faults.lose_request
    lose("/api/v5/trade/order")
    with pytest.raises(OrderStatusUnknown):
        orders.place(SWAP, "buy", 1, 60000, td_mode="cross", stop_loss=58000, client_order_id="lost")
    order = orders["lost"]
    (child,) = order.children
    if arrives:
        comes_to(child, "attached")
        assert order.wait_until(lambda one: one.status == "live", PATIENCE_S)
        paper.fill(ordId=str(order.order_id))
        comes_to(child, "armed")
    else:
        until(lambda: _asked(paper, "/api/v5/trade/order") >= 2, what="a look at the exchange")
        assert (order.status, child.status) == ("unknown", "unknown")


# -- others --------------------------------------------------------------------------------------------------------


def test_a_client_that_starts_knows_what_is_open(paper: PaperExchange, rest: OkxClient, connect: Connect) -> None:
    """Each kind, with its orders, and what is attached; not what is over. What others do next is followed."""
    algo = rest.algo.place_algo_order
    stop: dict[str, Any] = {"sl_trigger_px": "60000", "sl_ord_px": -1}
    ids = [
        algo(SWAP, "cross", "sell", "conditional", 1, "stop", **stop),
        algo(SWAP, "cross", "buy", "trigger", 1, "trigger", trigger_px="66000", order_px=-1),
        algo(SWAP, "cross", "sell", "move_order_stop", 1, "trail", callback_spread=100),
        algo(SWAP, "cross", "buy", "twap", 3, "twap", **TWAP),
        algo(SWAP, "cross", "buy", "smart_iceberg", 3, "iceberg", **ICEBERG),
        algo(SWAP, "cross", "buy", "chase", 1, "chase", chase_val=5),
    ]
    over = algo(SWAP, "cross", "sell", "conditional", 1, "over", **stop)
    rest.algo.cancel_algo_orders([AlgoOrderId(SWAP, over.algoId)])
    attached = AttachedAlgo(attach_algo_cl_ord_id="attached", **stop | {"sl_trigger_px": "58000"})
    rest.trade.place_order(SWAP, "cross", "buy", "limit", 1, 60000, attach_algo_ords=[attached])
    orders = connect(paper.config).ws.orders
    assert orders.algos.wait_synced(PATIENCE_S)
    known = {one.client_order_id: one for one in orders.algos}
    names = ["stop", "trigger", "trail", "twap", "iceberg", "chase", "attached"]
    assert known.keys() == {*names}
    assert [known[name].status for name in names] == ["armed"] * 3 + ["running"] * 3 + ["attached"]
    assert [known[name].algo_id for name in names[:-1]] == [one.algoId for one in ids]
    for name in "twap", "iceberg", "chase":
        assert known[name].snapshot().order_ids
    assert known["attached"].parent in orders.open
    twin = connect(paper.config).ws.orders
    assert twin.algos.wait_synced(PATIENCE_S)
    assert twin.algos["trail"].cancel()
    for one in orders, twin:
        assert comes_to(one.algos["trail"], "canceled").reason is None
