"""Placing, canceling and amending through the order manager: what is sent, and what the handle tells then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import ConfigError, OkxApiError, OrderHandle, OrderManager, OrderStatusUnknown
from okx_sync.models.neutral import FillUpdate
from okx_sync.state.order_state import NewOrder, OrderState
from tests.clocks import HandClock
from tests.state.lives import BTC, D, fill, update


class Desk:
    """Sends for a manager: does what the test says, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.settled: list[OrderHandle] = []
        self.answer: Callable[[], str | None] = lambda: None
        self.has_cancel = True
        self.is_closed = False

    def new_id(self) -> str:
        return f"id{len(self.asked)}"

    def place(self, new: NewOrder) -> str | None:
        self.asked.append(new)
        return self.answer()

    def cancel(self, order: OrderState) -> bool:
        self.asked.append(("cancel", order.order_id))
        self.answer()
        return self.has_cancel

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        self.asked.append(("amend", size, price, dict(options)))
        self.answer()

    def settle(self, order: OrderHandle) -> None:
        self.settled.append(order)

    def close(self) -> None:
        self.is_closed = True


def fails(error: BaseException) -> Callable[[], str | None]:
    """An answer that raises."""

    def answer() -> str | None:
        raise error

    return answer


def lost(client_order_id: str) -> OrderStatusUnknown:
    """No answer came."""
    return OrderStatusUnknown("no answer within 5 s", clOrdId=client_order_id)


@pytest.fixture
def desk() -> Desk:
    """Who sends."""
    return Desk()


@pytest.fixture
def orders(desk: Desk) -> OrderManager:
    """A manager that can send."""
    return OrderManager(actions=desk, clock=HandClock())


def test_place_sends_and_gives_the_handle(orders: OrderManager, desk: Desk) -> None:
    """Pending until the exchange tells of the order; the receipt's id is known at once."""
    desk.answer = lambda: "77"
    order = orders.place(BTC, "buy", "10", 100, td_mode="cash", expires_at=5)
    assert desk.asked == [
        NewOrder(
            inst_id=BTC, side="buy", size=D(10), price=D(100), order_type="limit", client_order_id="id0",
            expires_at=5, options={"td_mode": "cash"},
        )
    ]  # fmt: skip
    assert (order.status, order.order_id, order.client_order_id) == ("pending", "77", "id0")
    orders.apply(update("live", order_id="77", client_order_id="id0"))
    assert order.status == "live"
    assert orders.place(BTC, "sell", 1).order_type == "market"


def test_an_order_filled_before_its_reply_is_the_handle_that_place_gives(orders: OrderManager, desk: Desk) -> None:
    """The push overtakes the reply: nothing is lost, nothing goes back, and listeners hear of the fill."""

    def answer() -> str:
        orders.apply(update("filled", 5, "10", client_order_id="id0", average_price=D(100), fill=fill(1, "10")))
        return "1"

    desk.answer = answer
    order = orders.place(BTC, "buy", 10, 100)
    assert order.wait_filled(0)
    assert [step.status for step in order.history] == ["pending", "filled"]
    heard: list[FillUpdate] = []
    order.on_fill(heard.append)
    assert heard == [fill(1, "10")]


def test_a_refused_order_is_rejected_and_the_refusal_raised(orders: OrderManager, desk: Desk) -> None:
    """The reason is kept with the order."""
    desk.answer = fails(OkxApiError("Insufficient balance", code="51008"))
    with pytest.raises(OkxApiError, match="Insufficient"):
        orders.place(BTC, "buy", 10, 100)
    order = orders["id0"]
    assert (order.status, order.reason, order.wait_filled(0)) == ("rejected", "[51008] Insufficient balance", False)
    assert desk.settled == []


@pytest.mark.parametrize("error", [lost("id0"), KeyboardInterrupt()])
def test_a_lost_answer_leaves_the_order_unknown_until_it_is_settled(
    orders: OrderManager, desk: Desk, error: BaseException
) -> None:
    """Raised to the caller, and looked up; the same handle then tells what became of it."""
    desk.answer = fails(error)
    with pytest.raises(type(error)):
        orders.place(BTC, "buy", 10, 100)
    order = orders["id0"]
    assert (order.status, order.is_open, desk.settled) == ("unknown", True, [order])
    orders.apply(update("live", 9, client_order_id="id0"))
    assert (order.status, order.order_id, order.reason) == ("live", "1", None)


def test_cancel_says_whether_there_was_anything_to_cancel(orders: OrderManager, desk: Desk) -> None:
    """A fill that was faster is no error, but looked up; of an order that is over nothing is sent."""
    orders.apply(update("live"))
    order = orders["1"]
    assert order.cancel()
    desk.has_cancel = False
    assert not order.cancel()
    assert desk.settled == [order]
    orders.apply(update("filled", 5, "10"))
    assert not order.cancel()
    assert desk.asked == [("cancel", "1")] * 2


def test_a_cancel_without_answer_is_looked_up(orders: OrderManager, desk: Desk) -> None:
    """So is an amend; the caller is told."""
    orders.apply(update("live"))
    order = orders["1"]
    desk.answer = fails(lost(""))
    with pytest.raises(OrderStatusUnknown):
        order.cancel()
    with pytest.raises(OrderStatusUnknown):
        order.amend(price="99")
    assert desk.settled == [order, order]


def test_amend_sends_what_is_to_change(orders: OrderManager, desk: Desk) -> None:
    """Nothing to change, and an order that is over, are the caller's mistakes."""
    orders.apply(update("live"))
    order = orders["1"]
    order.amend("12", price=D(99), cxl_on_fail=True)
    assert desk.asked == [("amend", D(12), D(99), {"cxl_on_fail": True})]
    with pytest.raises(ConfigError, match="something to change"):
        order.amend()
    orders.apply(update("canceled", 5))
    with pytest.raises(ConfigError, match="is over"):
        order.amend(price=98)
    orders.apply(update("live", 9, order_id="2", client_order_id=None, is_amend_failed=True, reason="no money"))
    assert orders["2"].amend_error == "no money"


@pytest.mark.parametrize("wrong", [0.1, True, "much", "NaN", None])
def test_sizes_that_are_not_exact_are_refused_before_anything_is_sent(
    orders: OrderManager, desk: Desk, wrong: Any
) -> None:
    """A float, a word: the error names the parameter, and no order is left behind."""
    with pytest.raises(ConfigError, match="size"):
        orders.place(BTC, "buy", wrong, 100)
    assert desk.asked == []
    assert orders.open == orders.finished == ()


def test_a_manager_that_only_listens_says_so() -> None:
    """The hint names the one that can send."""
    with pytest.raises(ConfigError, match=r"ws\.orders"):
        OrderManager().place(BTC, "buy", 1, 100)


def test_closing_the_manager_closes_whoever_sends(orders: OrderManager, desk: Desk) -> None:
    """However often it is closed."""
    orders.close()
    orders.close()
    assert desk.is_closed
