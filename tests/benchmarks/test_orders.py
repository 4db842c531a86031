"""The measure of orders runs, and what it feeds them is whole lives of orders."""

from __future__ import annotations

import orjson
import pytest

from okx_sync import OrderManager
from okx_sync.exchanges.okx.models import Order
from tests.benchmarks import orders

MOST = 5.0


def test_every_order_is_told_from_its_beginning_to_its_end() -> None:
    """Four pushes each, three fills, each once; all of them over in the end, and nothing missing."""
    manager = OrderManager()
    for frame in orders.frames(20):
        message = orjson.loads(frame)
        manager.apply(Order.from_wire(message["data"][0], message))
    assert not manager.open
    assert len(manager.finished) == 20
    for order in manager.finished:
        assert [step.status for step in order.history] == ["live", "partially_filled", "filled"]
        assert (len(order.fills), order.is_merged, order.filled) == (3, False, order.size)


def test_figures_are_sane() -> None:
    """With tiny counts: all figures there; each way does what the one before does, and more."""
    figures = orders.run(rounds=2, orders=30)
    us = figures["us"]
    assert list(us) == list(orders.WAYS)
    assert 0 < us["json"] < us["fields"] < us["manager"]
    assert figures["ratio"] > 1
    assert len(orders.table(figures)) == 4


@pytest.mark.slow
def test_an_update_costs_a_few_times_its_fields() -> None:
    """What the manager does beside reading the row stays in proportion; CPU time, in one run."""
    assert orders.run(rounds=7, orders=200)["ratio"] < MOST
