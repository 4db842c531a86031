"""``OrderWays``: from the call of ``place()`` until the order is accepted, stands, and has its first fill."""

from __future__ import annotations

import pytest

from okx_sync import OkxApiError, OrderManager
from okx_sync.durations import Durations
from okx_sync.state.orders.order_ways import OrderWays
from tests.clocks import HandClock
from tests.state.order_histories import BTC, fill, update
from tests.state.orders.sender import Sender


@pytest.fixture
def sender() -> Sender:
    """Who sends."""
    return Sender()


@pytest.fixture
def clock() -> HandClock:
    """The time."""
    return HandClock()


@pytest.fixture
def orders(sender: Sender, clock: HandClock) -> OrderManager:
    """A manager that can send."""
    return OrderManager(actions=sender, clock=clock)


def us(ways: Durations, clock: HandClock) -> list[int]:
    found = ways.percentiles(clock.monotonic())
    return [] if found is None else [found.count, found.max_us]


def test_each_step_of_an_order(orders: OrderManager, sender: Sender, clock: HandClock) -> None:
    """Each from the call on, once, however often the same is told."""

    def answer() -> str:
        clock.forward(0.25)
        return "7"

    sender.answer = answer
    orders.place(BTC, "buy", 10, 100)
    clock.forward(0.25)
    for _ in range(2):
        orders.apply(update("live", order_id="7", client_order_id="id0"))
    clock.forward(0.5)
    orders.apply(update("partially_filled", 2, "4", order_id="7", client_order_id="id0", fill=fill(1, "4")))
    clock.forward(5.0)
    orders.apply(update("filled", 3, "10", order_id="7", client_order_id="id0", fill=fill(2, "6")))
    ways = orders.ways
    assert us(ways.intent_to_accepted, clock) == [1, 250_000]
    assert us(ways.intent_to_live, clock) == [1, 500_000]
    assert us(ways.intent_to_fill, clock) == [1, 1_000_000]
    assert not ways.are_watched


def test_a_fill_that_comes_first(orders: OrderManager, sender: Sender, clock: HandClock) -> None:
    """An order that is filled at once stood, too."""
    sender.answer = lambda: "7"
    orders.place(BTC, "buy", 10)
    clock.forward(0.5)
    orders.apply(update("filled", 3, "10", order_id="7", client_order_id="id0", fill=fill(2, "10")))
    assert us(orders.ways.intent_to_live, clock) == us(orders.ways.intent_to_fill, clock) == [1, 500_000]


def test_an_order_that_never_stood(orders: OrderManager, sender: Sender, clock: HandClock) -> None:
    """A refusal has no way, and is watched no longer; one that is canceled has stood, and has no fill."""

    def refuse() -> str | None:
        raise OkxApiError("no", code="51000")

    sender.answer = refuse
    with pytest.raises(OkxApiError):
        orders.place(BTC, "buy", 10, 100)
    ways = orders.ways
    assert not ways.are_watched
    assert us(ways.intent_to_accepted, clock) == us(ways.intent_to_live, clock) == []
    sender.answer = lambda: "8"
    orders.place(BTC, "buy", 10, 100)
    orders.apply(update("canceled", 2, order_id="8", client_order_id="id1"))
    assert us(ways.intent_to_live, clock) == [1, 0]
    assert us(ways.intent_to_fill, clock) == []
    assert not ways.are_watched


def test_orders_of_others_have_no_way(orders: OrderManager, sender: Sender, clock: HandClock) -> None:
    """Nobody here knows when they were wanted."""
    sender.answer = lambda: "7"
    orders.place(BTC, "buy", 10, 100)
    orders.apply(update("live", order_id="3"))
    orders.apply(update("live", order_id="4", client_order_id="other"))
    assert us(orders.ways.intent_to_live, clock) == []


def test_no_more_than_ten_thousand_are_watched() -> None:
    """Orders that nobody ever tells the end of cost no more memory than that."""
    ways = OrderWays()
    for number in range(10_005):
        ways.begin(f"id{number}", 0.0)
    assert len(ways._under_way) == 10_000
