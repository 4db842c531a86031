"""Live objects that are fed by hand take the rows of every wire as they come."""

from __future__ import annotations

from okx_sync import OrderManager
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, cancel, place
from tests.conformance.wire_protocols import Wire
from tests.loopback.conftest import until


def test_apply_takes_the_rows_of_a_stream(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """``apply`` of an order manager of one's own is the callback of a subscription of one's own."""
    watched, orders = connect(), OrderManager()
    watched.subscribe(wire.orders, orders.apply)
    order_id = place(paper)
    until(lambda: len(orders.open) == 1, what="the order")
    cancel(paper, order_id)
    until(lambda: not orders.open, what="the end of the order")
    assert [order.status for order in orders.finished] == ["canceled"]
    assert list(watched.errors) == []
