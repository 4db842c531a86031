"""Take profits, stop losses and other algo orders: none is lost in an outage, told twice, or taken for known."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync import AuditMismatch, OrderHandle, OrderManager, OrderStatusUnknown
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect
from tests.conformance.wire_protocols import SWAP, Wire
from tests.loopback.conftest import PATIENCE_S, Heard, until


def _words(wire: Wire) -> dict[str, Any]:
    assert wire.placed is not None
    return {"inst_id": wire.symbol, "side": "buy", "size": "1", **wire.placed[1]}


def _come_to(order: OrderHandle, status: str) -> None:
    """All children of an order come to a status."""
    is_there = lambda one: one.children and all(child.status == status for child in one.children)  # noqa: E731
    assert order.wait_until(is_there, PATIENCE_S), order.children


def _exits(orders: OrderManager) -> list[OrderHandle]:
    """The orders that ended a position."""
    return [one for one in orders.finished if one.side == "sell" and one.is_filled]


def _trigger(orders: OrderManager, wire: Wire, **more: Any) -> Any:
    return orders.place_algo("trigger", trigger=70_000, **_words(wire), **more)


def test_a_bracket_through_outages(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A lost socket takes no child from its order; what fires in an outage is told once, and its fills once."""
    watched = connect()
    orders = watched.ws.orders
    assert orders.algos.wait_synced(PATIENCE_S)
    order = orders.place(price=60_000, take_profit=66_000, stop_loss=58_000, **_words(wire))
    _come_to(order, "attached")
    children = order.children
    paper.faults.drop()
    watched.states.until("restored", path="private")
    assert orders.algos.wait_synced(PATIENCE_S)
    assert [(child.status, child.parent) for child in order.children] == [("attached", order)] * len(children)
    paper.fill(order.client_order_id or "")
    _come_to(order, "armed")
    heard = Heard()
    orders.algos.on_algo(heard)
    paper.faults.refuse_connect()
    paper.faults.drop()
    until(lambda: not orders.algos.synced, what="the loss")
    paper.trade_at(SWAP, "66000")
    paper.faults.accept_connect()
    child = order.take_profit
    assert child is not None
    assert child.wait_until(lambda one: one.status == "fired", PATIENCE_S), child
    assert orders.wait_until(_exits, PATIENCE_S)
    (exit_order,) = _exits(orders)
    assert child.orders == ((exit_order,) if wire.names_exits else ())
    assert orders.algos.wait_synced(PATIENCE_S)
    assert set(order.children) == set(children)
    until(lambda: len(orders.algos) == 0, what="the end of the other side")
    until(lambda: any(one.algo.status == "fired" for one in heard), what="the news of it")
    fired = [one for one in heard if one.algo.status == "fired" and one.status_changed]
    assert [one.algo.algo_id for one in fired] == [child.algo_id]
    assert exit_order.wait_until(lambda one: one.fills and not one.is_merged, PATIENCE_S), exit_order
    for one in order, exit_order:
        assert sum(fill.size for fill in one.fills) == one.filled == order.size
    fills = [(fill.side, fill.trade_id) for fill in orders.fills]
    assert len(fills) == len(set(fills)) == len(order.fills) + len(exit_order.fills)


def test_an_algo_order_whose_answer_is_lost(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Unknown until it is looked up, whether it arrived or not; it is sent once."""
    orders = connect().ws.orders
    _trigger(orders, wire)
    paper.faults.lose_reply(wire.algos[0])
    soon = {} if wire.algos[0].startswith("/") else {"timeout": 0.3}  # by REST the loss is noticed at once
    with pytest.raises(OrderStatusUnknown):
        _trigger(orders, wire, client_order_id="lost", **soon)
    lost = orders.algos["lost"]
    assert lost.wait_until(lambda one: one.status == "armed", PATIENCE_S), lost
    assert [step.status for step in lost.history] in (["pending", "unknown", "armed"], ["pending", "armed"])
    assert orders.algos.wait_synced(PATIENCE_S)
    assert len(orders.algos) == 2


def test_a_start_with_open_algo_orders(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """They are known, or algo orders are not synced and say why: until REST has told."""
    placed = _trigger(connect().ws.orders, wire)
    assert placed.wait_armed(PATIENCE_S)
    orders = connect().ws.orders
    assert orders.wait_synced(PATIENCE_S)
    paper.faults.rest_status(503, path=wire.algos[1], times=None)
    algos = orders.algos
    until(lambda: "could not be read" in str(algos.unsynced_reason), what="the refusal of the list")
    assert not algos.synced
    assert "not synced" in repr(algos)
    paper.faults.clear()
    assert algos.wait_synced(PATIENCE_S)
    assert [one.algo_id for one in algos] == [placed.algo_id]


def test_an_audit_of_algo_orders(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """It is silent while all is well, and takes over the end of one of which the push was lost."""
    watched, other = connect(), connect()
    algos = watched.ws.orders.algos
    first, second = (_trigger(watched.ws.orders, wire) for _ in range(2))
    order = watched.ws.orders.place(price=60_000, take_profit=66_000, stop_loss=58_000, **_words(wire))
    assert first.wait_armed(PATIENCE_S)
    assert second.wait_armed(PATIENCE_S)
    assert algos.wait_synced(PATIENCE_S)
    audit = watched.ws.audit(3600, of=["algos"], recheck_s=0.01)
    assert audit.run_now() == []
    assert other.ws.orders.algos.wait_synced(PATIENCE_S)
    paper.faults.lose_push(times=None)
    assert other.ws.orders.algos[first.algo_id].cancel()
    found: list[AuditMismatch] = []
    while not found:  # what a late push has just moved is left out
        found += audit.run_now()
    assert [(one.kind, one.key, one.repaired) for one in found] == [("algo", first.algo_id, True)]
    assert first.status == "canceled"
    assert audit.run_now() == []
    assert {child.status for child in order.children} == {"attached"}
