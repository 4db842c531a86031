"""``OrderManager``: placing, canceling and amending; what is sent, and what the handle tells then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import ConfigError, OkxApiError, OrderHandle, OrderManager, OrderStatusUnknown
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.types import FillUpdate
from tests.clocks import HandClock
from tests.state.order_histories import BTC, D, fill, update
from tests.state.orders.sender import Sender


def fails(error: BaseException) -> Callable[[], str | None]:
    """An answer that raises."""

    def answer() -> str | None:
        raise error

    return answer


def lost(client_order_id: str) -> OrderStatusUnknown:
    """No answer came."""
    return OrderStatusUnknown("no answer within 5 s", clOrdId=client_order_id)


@pytest.fixture
def sender() -> Sender:
    """Who sends."""
    return Sender()


@pytest.fixture
def orders(sender: Sender) -> OrderManager:
    """A manager that can send."""
    return OrderManager(actions=sender, clock=HandClock())


def test_place_sends_and_gives_the_handle(orders: OrderManager, sender: Sender) -> None:
    """Pending until the exchange tells of the order; the receipt's id is known at once."""
    sender.answer = lambda: "77"
    order = orders.place(BTC, "buy", "10", 100, td_mode="cash", expires_at=5)
    assert sender.asked == [
        PreparedOrder(
            inst_id=BTC, side="buy", size=D(10), price=D(100), order_type="limit", client_order_id="id0",
            expires_at=5, options={"td_mode": "cash"},
        )
    ]  # fmt: skip
    assert (order.status, order.order_id, order.client_order_id) == ("pending", "77", "id0")
    orders.apply(update("live", order_id="77", client_order_id="id0"))
    assert order.status == "live"
    assert orders.place(BTC, "sell", 1).order_type == "market"


def test_an_order_filled_before_its_reply_is_the_handle_that_place_gives(orders: OrderManager, sender: Sender) -> None:
    """The push overtakes the reply: nothing is lost, nothing goes back, and listeners hear of the fill."""

    def answer() -> str:
        orders.apply(update("filled", 5, "10", client_order_id="id0", average_price=D(100), fill=fill(1, "10")))
        return "1"

    sender.answer = answer
    order = orders.place(BTC, "buy", 10, 100)
    assert order.wait_filled(0)
    assert [step.status for step in order.history] == ["pending", "filled"]
    heard: list[FillUpdate] = []
    order.on_fill(heard.append)
    assert heard == [fill(1, "10")]


def test_a_refused_order_is_rejected_and_the_refusal_raised(orders: OrderManager, sender: Sender) -> None:
    """The reason is kept with the order."""
    sender.answer = fails(OkxApiError("Insufficient balance", code="51008"))
    with pytest.raises(OkxApiError, match="Insufficient"):
        orders.place(BTC, "buy", 10, 100)
    order = orders["id0"]
    assert (order.status, order.reason, order.wait_filled(0)) == ("rejected", "[51008] Insufficient balance", False)
    assert sender.settled == []


@pytest.mark.parametrize("error", [lost("id0"), KeyboardInterrupt()])
def test_a_lost_answer_leaves_the_order_unknown_until_it_is_settled(
    orders: OrderManager, sender: Sender, error: BaseException
) -> None:
    """Raised to the caller, and looked up; the same handle then tells what became of it."""
    sender.answer = fails(error)
    with pytest.raises(type(error)):
        orders.place(BTC, "buy", 10, 100)
    order = orders["id0"]
    assert (order.status, order.is_open, sender.settled) == ("unknown", True, [order])
    orders.apply(update("live", 9, client_order_id="id0"))
    assert (order.status, order.order_id, order.reason) == ("live", "1", None)


def test_cancel_says_whether_there_was_anything_to_cancel(orders: OrderManager, sender: Sender) -> None:
    """A fill that was faster is no error, but looked up; of an order that is over nothing is sent."""
    orders.apply(update("live"))
    order = orders["1"]
    assert order.cancel()
    sender.has_cancel = False
    assert not order.cancel()
    assert sender.settled == [order]
    orders.apply(update("filled", 5, "10"))
    assert not order.cancel()
    assert sender.asked == [("cancel", "1")] * 2


def test_a_cancel_without_answer_is_looked_up(orders: OrderManager, sender: Sender) -> None:
    """So is an amend; the caller is told."""
    orders.apply(update("live"))
    order = orders["1"]
    sender.answer = fails(lost(""))
    with pytest.raises(OrderStatusUnknown):
        order.cancel()
    with pytest.raises(OrderStatusUnknown):
        order.amend(price="99")
    assert sender.settled == [order, order]


def test_amend_sends_what_is_to_change(orders: OrderManager, sender: Sender) -> None:
    """Nothing to change, and an order that is over, are the caller's mistakes."""
    orders.apply(update("live"))
    order = orders["1"]
    order.amend("12", price=D(99), cxl_on_fail=True)
    assert sender.asked == [("amend", D(12), D(99), {"cxl_on_fail": True})]
    with pytest.raises(ConfigError, match="something to change"):
        order.amend()
    orders.apply(update("canceled", 5))
    with pytest.raises(ConfigError, match="is over"):
        order.amend(price=98)
    orders.apply(update("live", 9, order_id="2", client_order_id=None, is_amend_failed=True, reason="no money"))
    assert orders["2"].amend_error == "no money"


@pytest.mark.parametrize("wrong", [0.1, True, "much", "NaN", None])
def test_sizes_that_are_not_exact_are_refused_before_anything_is_sent(
    orders: OrderManager, sender: Sender, wrong: Any
) -> None:
    """A float, a word: the error names the parameter, and no order is left behind."""
    with pytest.raises(ConfigError, match="size"):
        orders.place(BTC, "buy", wrong, 100)
    assert sender.asked == []
    assert orders.open == orders.finished == ()


def test_a_manager_that_only_listens_says_so() -> None:
    """The hint names the one that can send."""
    with pytest.raises(ConfigError, match=r"ws\.orders"):
        OrderManager().place(BTC, "buy", 1, 100)


def test_closing_the_manager_closes_whoever_sends(orders: OrderManager, sender: Sender) -> None:
    """However often it is closed."""
    orders.close()
    orders.close()
    assert sender.is_closed


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
    orders: OrderManager, sender: Sender, words: dict[str, Any], named: str
) -> None:
    """It is named, nothing is sent, and there is no order of it."""
    right: dict[str, Any] = {"inst_id": BTC, "side": "buy", "size": 1, "price": 100}
    with pytest.raises(ConfigError, match=named):
        orders.place(**right | words)
    assert sender.asked == []
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


def test_cancel_all_tells_of_each_order_that_the_exchange_lists(orders: OrderManager, sender: Sender) -> None:
    """Orders that nobody here knew are among them; what may go on is looked up, and the whole is not ok."""
    refused = OkxApiError("no", code="51000")
    sender.listed = [update("live", order_id=number, client_order_id=f"c{number}") for number in "1234"]
    sender.verdicts = [("accepted", None), ("gone", None), ("refused", refused), ("unknown", lost("c4"))]
    result = orders.cancel_all(BTC)
    assert sender.asked == [("list", BTC), ("cancel_many", ["1", "2", "3", "4"])]
    assert [one.order.order_id for one in result] == ["1", "2", "3", "4"]
    assert [one.verdict for one in result.failed] == ["refused", "unknown"]
    assert (result.ok, bool(result), len(result), result.failed[0].error) == (False, False, 4, refused)
    assert [order.order_id for order in sender.settled] == ["2", "4"]
    sender.listed, sender.verdicts = [], []
    assert orders.cancel_all().ok


def test_cancel_all_is_of_one_instrument_or_of_none(orders: OrderManager, sender: Sender) -> None:
    """A name that is empty by mistake does not mean all; what the list has besides is left alone, and nothing twice."""
    wrong: tuple[Any, ...] = ("", " ", [], [BTC], 0, False, True)
    for inst_id in wrong:
        with pytest.raises(ConfigError, match="inst_id"):
            orders.cancel_all(inst_id)
    assert sender.asked == []
    sender.listed = [update("live"), update("live", order_id="2", inst_id="ETH-USDT"), update("live")]
    sender.verdicts = [("accepted", None)]
    assert len(orders.cancel_all(BTC)) == 1
    assert sender.asked == [("list", BTC), ("cancel_many", ["1"])]


def test_an_amendment_is_checked_before_it_is_sent(orders: OrderManager, sender: Sender) -> None:
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
    assert sender.asked == []


def test_an_amendment_waits_for_its_answer(orders: OrderManager, sender: Sender) -> None:
    """There is no future of it: the option is refused."""
    orders.apply(update("live"))
    with pytest.raises(ConfigError, match="takes no wait="):
        orders["1"].amend(price=99, wait=False)
    assert sender.asked == []
