"""The order manager and its handles, fed by hand: reads, waiting, listeners, placing, and threads."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import ConfigError, OkxApiError, OrderHandle, OrderManager, OrderStatusUnknown, StreamClosed
from okx_sync.models.neutral import FillUpdate
from okx_sync.state.order_state import NewOrder, OrderChange, OrderState
from tests.clocks import HandClock
from tests.state.lives import BTC, D, fill, update

WAIT_S = 10.0


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


# -- reading -------------------------------------------------------------------------------------------------------


def test_orders_are_found_by_either_id_and_are_one_handle(orders: OrderManager) -> None:
    """The same order is the same object however it is reached; an id that is not known is a KeyError."""
    orders.apply(update("live"))
    order = orders["1"]
    assert order is orders["mine"] is orders.get("1") is orders.get(client_order_id="mine") is orders.open[0]
    assert "1" in orders
    assert orders.get("2") is None
    with pytest.raises(KeyError, match="no order '2'"):
        orders["2"]


def test_a_handle_reads_the_newest_state(orders: OrderManager) -> None:
    """Nothing is to be refreshed; a snapshot does not change."""
    orders.apply(update("live", fee=D(0)))
    order = orders["1"]
    then = order.snapshot()
    orders.apply(update("partially_filled", 2, "4", average_price=D(99), fill=fill(1, "4", "99"), fee=D(-1)))
    assert order.status == "partially_filled"
    assert (order.filled, order.remaining, order.average_price) == (D(4), D(6), D(99))
    assert (order.inst_id, order.side, order.order_type) == (BTC, "buy", "limit")
    assert (order.price, order.size, order.fee) == (D(100), D(10), D(-1))
    assert order.fills == (fill(1, "4", "99"),)
    assert (order.is_merged, order.is_open, order.is_done, order.is_filled) == (False, True, False, False)
    assert (then.status, then.filled, then.fee) == ("live", D(0), D(0))
    assert repr(order) == f"<OrderHandle {BTC} buy limit 10 @ 100: partially_filled, 4 filled at 99, id 1>"


def test_open_finished_and_of_an_instrument(orders: OrderManager) -> None:
    """Finished ones stand in the order of their end; a snapshot has all of one moment."""
    for number, inst in (("1", BTC), ("2", "ETH-USDT"), ("3", BTC)):
        orders.apply(update("live", order_id=number, client_order_id=None, inst_id=inst))
    orders.apply(update("canceled", 2, order_id="3", client_order_id=None))
    orders.apply(update("filled", 2, "10", order_id="1", client_order_id=None, fill=fill(1, "10")))
    assert [order.order_id for order in orders.open] == ["2"]
    assert [order.order_id for order in orders.finished] == ["3", "1"]
    assert [order.order_id for order in orders.of(BTC)] == ["3", "1"]
    now = orders.snapshot()
    assert (len(now.open), len(now.finished), now.fills, now.synced) == (1, 2, (fill(1, "10"),), False)
    assert orders.fills == now.fills
    assert repr(orders) == "<OrderManager: 1 open, 2 finished, 1 fills, not synced>"


# -- waiting -------------------------------------------------------------------------------------------------------


def later(do: Callable[[], object]) -> threading.Timer:
    """Do it in a moment, on another thread."""
    timer = threading.Timer(0.05, do)
    timer.start()
    return timer


def test_wait_filled_is_true_when_filled_and_false_at_once_when_it_cannot_be_any_more() -> None:
    """The end of an order in another way does not wait for the timeout."""
    orders = OrderManager()
    orders.apply(update("live"))
    later(lambda: orders.apply(update("filled", 2, "10")))
    assert orders["1"].wait_filled(WAIT_S)
    orders.apply(update("live", order_id="2", client_order_id=None))
    later(lambda: orders.apply(update("canceled", 3, order_id="2", client_order_id=None)))
    began = time.monotonic()
    assert not orders["2"].wait_filled(WAIT_S)
    assert time.monotonic() - began < WAIT_S / 2
    assert orders["2"].wait_done(0)


def test_waits_end_with_their_timeout(orders: OrderManager) -> None:
    """False, not an exception; nothing has changed."""
    orders.apply(update("live"))
    assert not orders["1"].wait_filled(0)
    assert not orders["1"].wait_done(0)
    assert not orders.wait_synced(0)


def test_waits_end_when_the_manager_is_closed(desk: Desk) -> None:
    """Nothing more will come: StreamClosed says so, and whoever sends is told."""
    orders = OrderManager(actions=desk)
    orders.apply(update("live"))
    later(lambda: orders.close("the client was closed"))
    with pytest.raises(StreamClosed, match="the client was closed"):
        orders["1"].wait_done(WAIT_S)
    assert desk.is_closed


def test_wait_until_sees_each_change(orders: OrderManager) -> None:
    """The clock of this manager stands still, so that only a change can end the wait."""
    orders.apply(update("live"))
    later(lambda: orders.mark_synced(True))
    assert orders.wait_synced(WAIT_S)
    later(lambda: orders.apply(update("live", 2, price=D(7))))
    assert orders["1"].wait_until(lambda order: order.price == 7, WAIT_S)


# -- listeners -----------------------------------------------------------------------------------------------------


def test_each_fill_is_told_once_whoever_tells_it() -> None:
    """By the order's push, by itself, from REST, and all of it again after a reconnect."""
    orders, told = OrderManager(), list[FillUpdate]()
    orders.on_fill(told.append)
    orders.apply_fill(fill(1))
    orders.apply(update("partially_filled", 1, "1", fill=fill(1)))
    orders.apply(update("partially_filled", 2, "2", fill=fill(2)))
    for number in (1, 2):
        orders.apply_fill(fill(number, recovered=True))
    orders.apply(update("partially_filled", 2, "2", fill=fill(2)))
    assert told == [fill(1), fill(2)]


def test_a_listener_of_an_order_hears_what_was_before_it() -> None:
    """An order may be filled before anybody can listen: each fill still comes, once, and so does the present state."""
    orders, fills, changes = OrderManager(), list[FillUpdate](), list[OrderChange]()
    orders.apply(update("partially_filled", 1, "1", fill=fill(1)))
    orders["1"].on_fill(fills.append)
    orders["1"].on_change(changes.append)
    orders.apply(update("partially_filled", 2, "2", fill=fill(2)))
    orders.apply(update("live", order_id="2", client_order_id="other"))
    assert fills == [fill(1), fill(2)]
    assert [change.order.filled for change in changes] == [1, 2]
    assert [change.newly_filled for change in changes] == [1, 1]


def test_changes_say_what_was_before(orders: OrderManager) -> None:
    """The first has no order before it; repeated news is no change."""
    told: list[OrderChange] = []
    orders.on_order(told.append)
    for news in (update("live"), update("live"), update("live", 2, price=D(9)), update("canceled", 3)):
        orders.apply(news)
    assert [change.previous and change.previous.status for change in told] == [None, "live", "live"]
    assert [change.status_changed for change in told] == [True, False, True]
    assert str(told[-1]) == str(orders["1"].snapshot())


def test_a_listener_may_feed_and_read() -> None:
    """What a listener sets off is told after what it was told of, not in the middle."""
    orders, told = OrderManager(), list[str]()

    def react(change: OrderChange) -> None:
        told.append(change.order.status)
        if change.order.status == "live":
            orders.apply(update("canceled", 2))
            told.append("end of the first call")

    orders.on_order(react)
    orders.apply(update("live"))
    assert told == ["live", "end of the first call", "canceled"]


def test_a_listener_that_raises_does_not_silence_the_others() -> None:
    """Fed by hand, the feeder gets the exception; what comes after it is told all the same."""
    orders, told = OrderManager(), list[FillUpdate]()

    def broken(_change: OrderChange) -> None:
        raise RuntimeError

    orders.on_order(broken)
    orders.on_fill(told.append)
    for number in (1, 2):
        with pytest.raises(RuntimeError):
            orders.apply(update("partially_filled", number, str(number), fill=fill(number)))
    assert told == [fill(1), fill(2)]


# -- acting --------------------------------------------------------------------------------------------------------


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


# -- threads -------------------------------------------------------------------------------------------------------


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns so often that whatever is not guarded is seen half done."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_no_read_is_torn_under_eight_threads() -> None:
    """Whoever reads sees whole changes: filled, average, fills and the lists of a snapshot agree with each other."""
    orders = OrderManager()
    orders.apply(update("live", size=D(10_000)))
    is_over = threading.Event()

    def read() -> int:
        reads = 0
        while not is_over.is_set():
            now = orders.snapshot()
            for state in (*now.open, *now.finished):
                assert state.missing == 0
                assert state.filled == len(state.fills)
                assert state.average_price in (None, 100)
            assert len(now.fills) == sum(len(state.fills) for state in (*now.open, *now.finished))
            state = orders["1"].snapshot()
            assert state.filled == len(state.fills)
            assert (state.status == "filled") == (state.filled == 1000)
            reads += 1
        return reads

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        for number in range(1, 1001):
            status: Any = "filled" if number == 1000 else "partially_filled"
            facts = {"size": D(10_000), "average_price": D(100), "fill": fill(number)}
            orders.apply(update(status, number + 1, str(number), **facts))
            if number % 50 == 0:
                time.sleep(0.001)  # the readers' turn
        is_over.set()
        assert all(reader.result(WAIT_S) > 0 for reader in readers)


@pytest.mark.usefixtures("restless")
def test_news_of_two_threads_is_told_in_the_order_in_which_it_was_taken_in() -> None:
    """Eight threads feed the same life: no listener hears of an older state after a newer one, and none is left out."""
    orders, told, fills = OrderManager(), list[OrderChange](), list[FillUpdate]()
    orders.on_order(told.append)
    orders.on_fill(fills.append)
    life = [update("partially_filled", n, str(n), size=D(1000), fill=fill(n)) for n in range(1, 301)]

    def feed() -> None:
        for news in life:
            orders.apply(news)

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(feed) for _ in range(8)]:
            done.result(WAIT_S)
    assert [change.order.filled for change in told] == sorted(change.order.filled for change in told)
    assert told[-1].order == orders["1"].snapshot()
    assert sorted(one.trade_id for one in fills) == sorted(f"t{n}" for n in range(1, 301))
    before = [change.previous for change in told]
    assert before[1:] == [change.order for change in told[:-1]]
