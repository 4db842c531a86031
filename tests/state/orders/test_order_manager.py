"""The order manager and its handles, fed by hand: reads, waiting, listeners, and threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import ConfigError, DecodeError, OrderManager, StreamClosed, fork
from okx_sync.state.orders.order_state import OrderChange, OrderState, StatusStep
from okx_sync.timing import Clock
from okx_sync.types import FillUpdate, OrderUpdate
from tests.clocks import HandClock
from tests.state.order_histories import BTC, D, fill, update
from tests.state.orders.sender import Sender

WAIT_S = 10.0


@pytest.fixture
def orders() -> OrderManager:
    """A manager on a clock that stands still: what waits on it is ended by a change only."""
    return OrderManager(clock=HandClock())


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
    standing = f"<OrderHandle {BTC} buy limit 10 @ 100: partially_filled, 4 filled at 99, id 1"
    assert repr(order) == f"{standing}; may have changed since: the open orders have not been read yet>"
    orders.mark_synced(True)
    assert repr(order) == f"{standing}>"


def test_fee_and_profit_of_some_fills_are_not_those_of_all(orders: OrderManager) -> None:
    """An answer that tells of more fills, and of neither, leaves both unknown; one of as many fills changes nothing."""
    orders.apply(update("partially_filled", 2, "3", fee=D(-1), pnl=D(5)))
    orders.apply(update("partially_filled", 3, "3"))
    state = orders["1"].snapshot()
    assert (state.fee, state.pnl) == (D(-1), D(5))
    orders.apply(update("partially_filled", 4, "7", fee=D(-2)))
    state = orders["1"].snapshot()
    assert (state.fee, state.pnl) == (D(-2), None)
    orders.apply(update("filled", 5, "10"))
    state = orders["1"].snapshot()
    assert (state.fee, state.pnl) == (None, None)


def test_open_finished_and_of_an_instrument(orders: OrderManager) -> None:
    """Finished ones stand in the order of their end; a snapshot has all of one moment."""
    for number, inst in (("1", BTC), ("2", "ETH-USDT"), ("3", BTC)):
        orders.apply(update("live", order_id=number, client_order_id=None, inst_id=inst))
    orders.apply(update("canceled", 2, order_id="3", client_order_id=None))
    orders.apply(update("filled", 2, "10", order_id="1", client_order_id=None, fill=fill(1, "10")))
    assert [order.order_id for order in orders.open] == ["2"]
    assert [order.order_id for order in orders.finished] == ["3", "1"]
    assert [order.order_id for order in orders.of(BTC)] == ["3", "1"]
    for name in ("", None, 5):  # an empty variable is not told that nothing is open
        with pytest.raises(ConfigError, match="inst_id cannot be"):
            orders.of(name)  # type: ignore[arg-type]
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


def test_waits_end_when_the_manager_is_closed() -> None:
    """Nothing more will come: StreamClosed says so."""
    orders = OrderManager()
    orders.apply(update("live"))
    later(lambda: orders.close("the client was closed"))
    with pytest.raises(StreamClosed, match="the client was closed"):
        orders["1"].wait_done(WAIT_S)


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


# -- threads -------------------------------------------------------------------------------------------------------


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


# -- fed by rows ----------------------------------------------------------------------------------------------------


class Row:
    """A row of some exchange, which says what it means."""

    def __init__(self, found: object) -> None:
        self.found = found

    def to_update(self) -> object:
        """What it means, if it can be read."""
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


def test_rows_and_fills_are_taken_as_they_come(orders: OrderManager) -> None:
    """``apply`` alone is enough for every stream of orders and fills; a row that is no fill changes nothing."""
    orders.apply(Row(update("partially_filled", 1, "1")))
    orders.apply(Row(fill(1)))
    orders.apply(fill(2))
    orders.apply(Row(None))
    assert orders["1"].status == "partially_filled"
    assert orders.fills == (fill(1), fill(2))


def test_what_tells_of_no_order_is_refused(orders: OrderManager) -> None:
    """A row of another stream, or no row at all."""
    for wrong in (Row("a position"), {"ordId": "1"}, "1"):
        with pytest.raises(ConfigError, match="is about no order"):
            orders.apply(wrong)  # type: ignore[arg-type]


def test_a_row_that_cannot_be_read_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever feeds says so; it is reported, nothing is synced any more, and whoever acts looks again."""
    told, sender = list[Exception](), Sender()
    orders = OrderManager(actions=sender, report=told.append)
    orders.mark_synced(True)
    orders.apply(Row(update("live")))
    assert orders.synced
    error = DecodeError("no id", text="{}")
    with pytest.raises(DecodeError, match="no id"):
        orders.apply(Row(error))
    orders.row_lost(error)
    assert (told, orders.synced, sender.asked) == ([error], False, [("row_lost", "a row could not be read")])
    assert "no id" in str(orders.unsynced_reason)
    monkeypatch.setattr(fork, "is_from_parent", lambda thing: thing is orders)
    orders.close()  # in a forked child: it is the parent's
    assert (orders.is_closed, sender.is_closed) == (False, False)


def test_a_time_to_come_orders_nothing() -> None:
    """An order that was changed in a year, as a push says: what comes next is newer all the same."""
    orders = OrderManager()
    now = int(Clock().server_time() * 1000)
    orders.apply(update("live", now + 365 * 86_400_000, price=D(1)))
    orders.apply(update("live", now, price=D(2)))
    assert orders["1"].price == 2


def test_it_says_why_it_is_not_synced() -> None:
    """In its reads and for people; a loss that nobody can make up for is for good."""
    orders = OrderManager()
    assert orders.unsynced_reason == orders.snapshot().unsynced_reason == "the open orders have not been read yet"
    assert repr(orders) == "<OrderManager: what is open is not known, 0 finished, 0 fills, not synced>"
    orders.mark_synced(True)
    assert orders.wait_synced()
    assert not orders.snapshot().unsynced_reason
    orders.mark_synced(False, "the link was lost", for_good=True)
    assert "not synced (the link was lost)" in repr(orders)
    with pytest.raises(ConfigError, match="the link was lost"):
        orders.wait_synced()


@pytest.mark.parametrize("amount", ["size", "price", "filled", "fee"])
@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), 0.1])
def test_what_is_no_exact_number_is_not_taken(amount: str, value: Any) -> None:
    """Not by hand either: one NaN poisons every sum, and a float is no amount of money."""
    manager = OrderManager()
    good = OrderUpdate(inst_id="A-B", order_id="1", status="live", size=Decimal(1))
    with pytest.raises(DecodeError, match=amount):
        manager.apply(attrs.evolve(good, **{amount: value}))
    assert not manager.open
    fill = FillUpdate(inst_id="A-B", trade_id="1", order_id="1", side="buy", price=Decimal(1), size=Decimal("NaN"))
    for feed in (manager.apply, manager.apply_fill):
        with pytest.raises(DecodeError, match="size"):
            feed(fill)
    assert not manager.fills


def test_what_something_may_be_missing_of_is_looked_into() -> None:
    """Changes that tell of more than their fills, and recovered ones, in the thread that feeds; no others."""
    looked: list[OrderChange] = []
    told: list[OrderChange] = []
    orders = OrderManager(clock=HandClock(), look_into=looked.append)
    orders.on_order(told.append)
    orders.apply(update("live"))
    orders.apply(update("partially_filled", 2, "4", fill=fill(1, "4")))
    assert (len(told), looked) == (2, [])
    orders.apply(update("partially_filled", 3, "6"))
    assert looked == told[2:]
    assert looked[0].order.is_merged
    orders.apply_fill(fill(2, "2"))
    orders.apply(update("partially_filled", 4, "7", fill=fill(3, "1"), recovered=True))
    assert looked == [told[2], told[4]]
    assert looked[1].recovered


# -- orders of an earlier run ------------------------------------------------------------------------------------------


def _from_before(**facts: Any) -> OrderState:
    return OrderState(
        inst_id=BTC, status="unknown", client_order_id="mine", history=(StatusStep("pending", 5),), **facts
    )


def test_an_order_of_an_earlier_run() -> None:
    """It is one like others: listeners hear of it, and news of it is taken in; one that is known already is left."""
    over: list[OrderState] = []
    orders = OrderManager(over=over.append)
    heard: list[OrderChange] = []
    orders.on_order(heard.append)
    order = orders.adopt(_from_before())
    assert (order.status, order.snapshot().sent_at, order.is_open) == ("unknown", 5, True)
    assert [change.order.status for change in heard] == ["unknown"]
    assert orders.adopt(_from_before(order_id="9")) is order
    assert order.order_id is None
    assert len(heard) == 1
    orders.apply(update("live"))
    assert order.snapshot().order_id == "1"
    orders.apply(update("canceled", 9))
    assert [state.status for state in over] == ["canceled"]
    assert over[0].client_order_id == "mine"


def test_an_order_that_ended_in_an_earlier_run() -> None:
    """It is known, and that is all: nobody hears of it, and nothing is asked or noted for it."""
    heard: list[Any] = []
    orders = OrderManager(over=heard.append, look_into=heard.append)
    orders.on_order(heard.append)
    order = orders.adopt(attrs.evolve(_from_before(), status="filled", filled=Decimal(1), missing=Decimal(1)))
    assert (order.status, orders.finished) == ("filled", (order,))
    assert heard == []


def test_an_end_is_told_once() -> None:
    """What is told of an order behind its end is no end of another one of its id."""
    over: list[OrderState] = []
    orders = OrderManager(over=over.append)
    orders.apply(update("canceled", 9))
    orders.apply(attrs.evolve(update("canceled", 10), fee=Decimal(1)))
    assert orders["1"].fee == 1
    assert [state.status for state in over] == ["canceled"]


def test_an_order_is_forgotten() -> None:
    """In doubt or over, it is as if it had never been; one that is open stays."""
    over: list[OrderState] = []
    orders = OrderManager(over=over.append)
    orders.adopt(_from_before())
    orders.forget("mine")
    assert "mine" not in orders
    assert len(orders) == 0
    assert [state.status for state in over] == ["unknown"]
    orders.apply(update("live"))
    with pytest.raises(ConfigError, match="not to be forgotten"):
        orders.forget("1")
    orders.apply(update("canceled", 9))
    orders.forget("1")
    assert orders.finished == ()
    with pytest.raises(KeyError):
        orders.forget("1")
