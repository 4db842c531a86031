"""Placing, canceling and amending through the order manager: what is sent, and what the handle tells then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import ConfigError, OkxApiError, OkxError, OrderHandle, OrderManager, OrderStatusUnknown
from okx_sync.state.orders.new_order import new_order
from okx_sync.state.orders.order_state import OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate
from tests.clocks import HandClock
from tests.state.lives import BTC, D, fill, update


class Desk:
    """Sends for a manager: does what the test says, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.settled: list[OrderHandle] = []
        self.answer: Callable[[], str | None] = lambda: None
        self.has_cancel = True
        self.listed: list[OrderUpdate] = []
        self.verdicts: list[tuple[Any, OkxError | None]] = []
        self.is_closed = False

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        return new_order(words, lambda: f"id{len(self.asked)}")

    def list_open(self, inst_id: str | None) -> list[OrderUpdate]:
        self.asked.append(("list", inst_id))
        return self.listed

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[Any, OkxError | None]]:
        self.asked.append(("cancel_many", [order.order_id for order in orders]))
        return self.verdicts

    def place(self, new: PreparedOrder) -> str | None:
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

    def row_lost(self, reason: str) -> None:
        self.asked.append(("row_lost", reason))

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
        PreparedOrder(
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


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ({"side": "long"}, "side cannot be 'long'.*buy, sell"),
        ({"side": ""}, "side cannot be ''"),
        ({"side": None}, "side"),
        ({"size": 0}, "size must be above 0"),
        ({"price": "-1"}, "price must be above 0"),
        ({"order_type": "limt"}, "order_type cannot be 'limt'"),
        ({"order_type": "market"}, "price is not for a market order"),
        ({"price": None, "order_type": "limit"}, "price is missing"),
        ({"expires_at": "soon"}, "expires_at"),
        ({"client_order_id": 7}, "client_order_id"),
        ({"inst_id": ""}, "inst_id"),
    ],
)
def test_a_word_that_cannot_be_right_leaves_no_order(
    orders: OrderManager, desk: Desk, words: dict[str, Any], named: str
) -> None:
    """It is named, nothing is sent, and there is no order of it."""
    right: dict[str, Any] = {"inst_id": BTC, "side": "buy", "size": 1, "price": 100}
    with pytest.raises(ConfigError, match=named):
        orders.place(**right | words)
    assert desk.asked == []
    assert orders.open == orders.finished == ()


def test_a_side_is_read_without_regard_to_case(orders: OrderManager) -> None:
    """ "Buy" buys, "SELL" sells, and the order says so in neutral words."""
    assert [orders.place(BTC, side, 1).side for side in ("Buy", "SELL")] == ["buy", "sell"]  # type: ignore[arg-type]


def test_orders_are_counted_and_gone_through(orders: OrderManager) -> None:
    """The open ones only, oldest first; a manager without any is still true."""
    assert (len(orders), list(orders), bool(orders)) == (0, [], True)
    for number in ("1", "2", "3"):
        orders.apply(update("live", order_id=number, client_order_id=f"c{number}"))
    orders.apply(update("canceled", 5, order_id="2", client_order_id="c2"))
    assert (len(orders), [order.order_id for order in orders]) == (2, ["1", "3"])
    assert orders["1"] in orders
    assert "2" in orders


def test_cancel_all_tells_of_each_order_that_the_exchange_lists(orders: OrderManager, desk: Desk) -> None:
    """Orders that nobody here knew are among them; what may go on is looked up, and the whole is not ok."""
    refused = OkxApiError("no", code="51000")
    desk.listed = [update("live", order_id=number, client_order_id=f"c{number}") for number in "1234"]
    desk.verdicts = [("accepted", None), ("gone", None), ("refused", refused), ("unknown", lost("c4"))]
    result = orders.cancel_all(BTC)
    assert desk.asked == [("list", BTC), ("cancel_many", ["1", "2", "3", "4"])]
    assert [one.order.order_id for one in result] == ["1", "2", "3", "4"]
    assert [one.verdict for one in result.failed] == ["refused", "unknown"]
    assert (result.ok, bool(result), len(result), result.failed[0].error) == (False, False, 4, refused)
    assert [order.order_id for order in desk.settled] == ["2", "4"]
    desk.listed, desk.verdicts = [], []
    assert orders.cancel_all().ok


def test_cancel_all_is_of_one_instrument_or_of_none(orders: OrderManager, desk: Desk) -> None:
    """A name that is empty by mistake does not mean all; what the list has besides is left alone, and nothing twice."""
    wrong: tuple[Any, ...] = ("", " ", [], [BTC], 0, False, True)
    for inst_id in wrong:
        with pytest.raises(ConfigError, match="inst_id"):
            orders.cancel_all(inst_id)
    assert desk.asked == []
    desk.listed = [update("live"), update("live", order_id="2", inst_id="ETH-USDT"), update("live")]
    desk.verdicts = [("accepted", None)]
    assert len(orders.cancel_all(BTC)) == 1
    assert desk.asked == [("list", BTC), ("cancel_many", ["1"])]


def test_an_amendment_is_checked_before_it_is_sent(orders: OrderManager, desk: Desk) -> None:
    """Sizes and prices are above 0, something must change, and the order must be one of this manager's."""
    orders.apply(update("live"))
    handle = orders["1"]
    for wrong in ({"size": 0}, {"size": "-1"}, {"price": 0}, {"price": "-1"}, {"timeout": 1}, {"new_sz": None}):
        with pytest.raises(ConfigError):
            handle.amend(**wrong)
    others: tuple[Any, ...] = ("1", None, OrderHandle(OrderManager(), handle._record))
    for other in others:
        with pytest.raises(ConfigError, match="no order of this manager"):
            orders.amend(other, size=1)
        with pytest.raises(ConfigError, match="no order of this manager"):
            orders.cancel(other)
    assert desk.asked == []
