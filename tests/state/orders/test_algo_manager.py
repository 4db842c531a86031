"""The algo manager beside the order manager: placing, brackets, lost answers, listeners, and one lock for both."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.algo_types import AlgoUpdate, TriggerPrice
from okx_sync.errors import ConfigError, DecodeError, OkxApiError, OrderStatusUnknown, StreamClosed
from okx_sync.state.orders.algo_manager import AlgoManager
from okx_sync.state.orders.algo_state import AlgoChange
from okx_sync.state.orders.order_manager import OrderManager
from tests.state.orders.algos import BTC, Bench, algo, price
from tests.state.orders.sender import Sender

WAIT_S = 30


@pytest.fixture
def bench() -> Bench:
    return Bench()


def bracket(bench: Bench) -> Any:
    return bench.orders.place(BTC, "buy", 1, 100, take_profit=110, stop_loss=TriggerPrice(90, by="mark", limit=89))


# -- brackets ----------------------------------------------------------------------------------------------------


def test_a_bracket_is_known_before_its_order_is_sent(bench: Bench) -> None:
    """One algo order for both sides, with an id of ours and the order as its parent."""
    seen: list[Any] = []
    bench.sender.answer = lambda: seen.append(bench.algos.open) or "7"  # type: ignore[func-returns-value]
    order = bracket(bench)
    (child,) = order.children
    assert seen == [(child,)]
    assert order.take_profit is order.stop_loss is child
    assert (child.status, child.kind, child.side, child.parent) == ("pending", "oco", "sell", order)
    assert (child.take_profit, child.stop_loss) == (price(110), price(90, by="mark", limit=89))
    assert bench.sender.asked[0].attached[0].client_order_id == child.client_order_id


def test_each_side_apart(bench: Bench) -> None:
    """Where the exchange makes one of each side, without ids of ours: its rows are told apart by order and side."""
    bench = Bench("apart")
    order = bracket(bench)
    gain, loss = order.children
    assert (order.take_profit, order.stop_loss) == (gain, loss)
    bench.tell("attached", parent_client_order_id=order.client_order_id, leg="stop_loss", stop_loss=price(91))
    assert (gain.status, loss.status, loss.stop_loss) == ("pending", "attached", price(91))
    bench.order("live", "7", client_order_id=order.client_order_id)
    told = bench.tell("armed", algo_id="a2", parent_order_id="7", kind="conditional", leg="take_profit")
    assert told is gain
    assert (gain.status, gain.algo_id, loss.status, len(bench.algos)) == ("armed", "a2", "attached", 2)


def test_the_end_of_what_has_no_id() -> None:
    """Those that have one tell of their end themselves; of one that nobody knew it is no news."""
    bench = Bench("apart")
    order = bracket(bench)
    gain, loss = order.children
    parent = {"parent_client_order_id": order.client_order_id, "kind": "conditional"}
    bench.tell("armed", algo_id="a1", **parent, leg="take_profit")
    ended = [algo("canceled", **parent, leg=leg, reason="taken away") for leg in ("take_profit", "stop_loss")]
    strange = algo("canceled", parent_order_id="8", kind="conditional", leg="stop_loss")
    assert [bench.algos.apply(update) for update in (*ended, strange)] == [(), (loss,), ()]
    assert (gain.status, loss.status, loss.reason) == ("armed", "canceled", "taken away")
    assert [*bench.algos.open, *bench.algos.finished] == [gain, loss]
    again = {**parent, "leg": "stop_loss", "stop_loss": price(91)}
    taken = bench.tell("canceled", **parent, leg="stop_loss", updated_at=5)
    assert (bench.tell("attached", **again, updated_at=5), taken) == (loss, loss)  # it is late
    given = bench.tell("attached", **again, updated_at=6)
    bench.algos.apply(algo("canceled", **parent, leg="stop_loss", updated_at=5))  # so is this
    assert (order.stop_loss, given.status, loss.status) == (given, "attached", "canceled")


def test_what_has_the_facts_of_two_is_neither() -> None:
    """An algo order that was found by its facts alone is of an order only where it can be of no other one."""
    bench = Bench("apart")
    first, second = bracket(bench), bracket(bench)
    first_loss, second_loss = first.children[1], second.children[1]
    for number, order in ("7", first), ("8", second):
        facts = {"client_order_id": order.client_order_id, "filled": Decimal(1), "updated_at": 1_000 * int(number)}
        bench.order("filled", number, **facts)

    def found(algo_id: str, parent: str, made_at: int) -> AlgoUpdate:
        facts: Any = {"algo_id": algo_id, "parent_order_id": parent, "created_at": made_at, "is_inferred": True}
        return algo("armed", kind="conditional", leg="stop_loss", **facts)

    bench.algos.apply_to(first_loss, found("a9", "7", 8_500))
    assert (first_loss.status, first_loss.algo_id) == ("unknown", None)
    assert first_loss.reason == "a9 has its facts, and those of what came with order 8"
    bench.algos.apply_to(first_loss, found("a1", "7", 7_500))  # made before the other order was filled
    assert (first_loss.status, first_loss.algo_id) == ("armed", "a1")
    bench.algos.apply_to(second_loss, found("a1", "8", 8_500))
    assert (second_loss.status, second_loss.reason) == (
        "unknown",
        "a1 has its facts, and those of what came with order 7",
    )
    bench.algos.apply_to(second_loss, found("a9", "8", 8_500))
    assert (second_loss.status, second_loss.parent) == ("armed", second)


def test_what_the_child_sends_is_an_order(bench: Bench) -> None:
    """The orders of a child are handles of the order manager, as far as it knows them."""
    order = bracket(bench)
    (child,) = order.children
    fired = {"client_order_id": child.client_order_id, "algo_id": "a1", "fired_leg": "take_profit"}
    bench.tell("fired", **fired, order_ids=("8", "9"), updated_at=5)
    assert (child.status, child.fired_leg, child.orders) == ("fired", "take_profit", ())
    bench.order("live", "9")
    assert child.orders == (bench.orders["9"],)
    assert bench.over == [child.snapshot()]


@pytest.mark.parametrize("error", [OkxApiError("no money", code="51008"), OrderStatusUnknown("lost", clOrdId="x")])
def test_children_share_the_fate_of_their_order(bench: Bench, error: Exception) -> None:
    """A parent that is refused has its children rejected; one in doubt has them unknown until it is settled."""

    def fail() -> None:
        raise error

    bench.sender.answer = fail
    with pytest.raises(type(error)):
        bracket(bench)
    (order,) = bench.orders.finished or bench.orders.open
    (child,) = order.children
    assert child.status == order.status == ("unknown" if isinstance(error, OrderStatusUnknown) else "rejected")
    assert str(order.reason) in str(child.reason)
    if child.is_open:
        assert bench.side.settled == []
        bench.order("live", "7", client_order_id=order.client_order_id)
        assert bench.side.settled == [child]


def test_the_end_of_its_order_has_a_waiting_child_looked_up(bench: Bench) -> None:
    """Only the exchange's rule says what becomes of it."""
    order = bracket(bench)
    bench.order("live", "7", client_order_id=order.client_order_id)
    assert bench.side.settled == []
    bench.order("canceled", "7", client_order_id=order.client_order_id)
    assert bench.side.settled == list(order.children)


def test_children_of_an_order_of_others(bench: Bench) -> None:
    """They are its children whichever of both is told first."""
    child = bench.tell("attached", attached_id="t1", parent_order_id="7", kind="oco")
    parents = [child.parent]
    bench.order("live", "7")
    order = bench.orders["7"]
    assert [*parents, child.parent] == [None, order]
    assert list(order.children) == [child]
    other = bench.tell("armed", algo_id="a1", parent_order_id="7", kind="conditional", leg="take_profit")
    assert list(order.children) == [child, other]
    assert (order.take_profit, order.stop_loss) == (other, None)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_child_told_by_the_id_of_its_order_alone(is_first: bool) -> None:
    """It is the expected one, whether the order's own news came before or comes later."""
    bench = Bench("apart")
    order = bracket(bench)
    for number in (0, 1) if is_first else (1, 0):
        if number:
            bench.tell("armed", algo_id="a2", parent_order_id="7", kind="conditional", leg="take_profit")
        else:
            bench.order("live", "7", client_order_id=order.client_order_id)
    gain, loss = order.children
    assert (gain.status, gain.algo_id, loss.status, len(bench.algos)) == ("armed", "a2", "pending", 2)
    assert gain.snapshot().parent_client_order_id == order.client_order_id


def test_two_names_of_one(bench: Bench) -> None:
    """A handle that was given out under another name is the same algo order from then on."""
    order = bracket(bench)
    (child,) = order.children
    early = bench.tell("armed", algo_id="a1", updated_at=3)
    heard: list[AlgoChange] = []
    early.on_change(heard.append)
    bench.tell("armed", algo_id="a1", client_order_id=child.client_order_id, updated_at=3)
    assert (child.algo_id, early.snapshot(), bench.algos.open) == ("a1", child.snapshot(), (child,))
    bench.tell("fired", algo_id="a1", updated_at=4)
    assert [one.algo.status for one in heard] == ["armed", "armed", "fired"]


def test_a_bracket_where_algo_orders_are_not_followed() -> None:
    """It is refused before anything is sent, and no order is known."""

    def none() -> AlgoManager:
        raise ConfigError("not here")

    for algos in none, None:
        bench = Bench()
        bench.orders._make_algos = algos
        with pytest.raises(ConfigError):
            bracket(bench)
        assert (bench.sender.asked, len(bench.orders)) == ([], 0)


# -- placing -----------------------------------------------------------------------------------------------------


def test_an_algo_order_is_placed(bench: Bench) -> None:
    """It is pending until the exchange tells of it, by the id that the answer named."""
    bench.side.answer = lambda: "a1"
    placed = bench.orders.place_algo("trigger", BTC, "buy", 2, 99, trigger=100, client_order_id="mine")
    assert (placed.status, placed.algo_id, placed.trigger) == ("pending", "a1", price(100, limit=99))
    assert bench.algos["a1"] is bench.algos["mine"] is placed
    assert placed in bench.algos
    assert "other" not in bench.algos
    bench.tell("armed", algo_id="a1", updated_at=5)
    assert [step.status for step in placed.history] == ["pending", "armed"]
    assert placed.wait_armed(0)
    with pytest.raises(ConfigError, match="in use"):
        bench.orders.place_algo("trigger", BTC, "buy", 2, client_order_id="mine")
    assert bench.side.settled == []
    bench.side.answer = lambda: None  # no id was told: it has to be found
    assert bench.side.settled == [nameless := bench.orders.place_algo("trigger", BTC, "buy", 2)]
    assert (nameless.status, nameless.snapshot().reason) == (
        "unknown",
        "the exchange has taken it, and told no id of it",
    )
    with pytest.raises(ConfigError, match="chase"):
        bench.orders.place_algo("chase", BTC, "buy", 2)
    assert len(bench.algos) == 2


@pytest.mark.parametrize("error", [OrderStatusUnknown("lost", clOrdId="x"), KeyboardInterrupt()])
def test_a_lost_answer_of_an_algo_order(bench: Bench, error: BaseException) -> None:
    """It is unknown and looked up; what the exchange tells of it then is known."""

    def fail() -> None:
        raise error

    bench.side.answer = fail
    with pytest.raises(type(error)):
        bench.orders.place_algo("trigger", BTC, "buy", 2, trigger=100, client_order_id="mine")
    (placed,) = bench.algos
    assert (placed.status, bench.side.settled) == ("unknown", [placed])
    bench.algos.apply_to(placed, algo("armed", algo_id="a1"))
    assert (placed.status, placed.algo_id) == ("armed", "a1")

    def tell_and_fail() -> None:
        bench.tell("armed", algo_id="a2", client_order_id="told")
        raise error

    bench.side.answer = tell_and_fail
    with pytest.raises(type(error)):
        bench.orders.place_algo("trigger", BTC, "buy", 2, trigger=100, client_order_id="told")
    assert [step.status for step in bench.algos["told"].history] == ["pending", "armed"]


def test_a_refused_algo_order(bench: Bench) -> None:
    """It is rejected with the exchange's reason; nothing is looked up."""

    def fail() -> None:
        raise OkxApiError("too far", code="1")

    bench.side.answer = fail
    with pytest.raises(OkxApiError):
        bench.orders.place_algo("trigger", BTC, "buy", 2, trigger=100)
    (placed,) = bench.algos.finished
    assert (placed.status, placed.reason, bench.side.settled) == ("rejected", "[1] too far", [])
    assert not placed.wait_armed(1)


# -- canceling and amending --------------------------------------------------------------------------------------


def test_cancel(bench: Bench) -> None:
    """The exchange's word counts; what is gone already, or in doubt, is looked up."""
    armed = bench.tell("armed", algo_id="a1")
    assert armed.cancel()
    bench.side.has_cancel = False
    assert not armed.cancel()
    assert bench.side.settled == [armed]
    bench.tell("canceled", algo_id="a1", reason="by the user")
    assert not armed.cancel()
    assert (armed.reason, bench.side.asked) == ("by the user", [("cancel", "a1")] * 2)


def test_amend(bench: Bench) -> None:
    """Amounts are checked whole before anything is sent; 0 takes a side away."""
    armed = bench.tell("armed", algo_id="a1", take_profit=price(110), stop_loss=price(90))
    for words in {}, {"size": 0}, {"trigger": 0}, {"take_profit": -1}, {"wait": True}:
        with pytest.raises(ConfigError):
            armed.amend(**words)
    assert bench.side.asked == []
    assert armed.amend(take_profit=0, stop_loss="91", size=3) is armed
    changes = {"size": Decimal(3), "take_profit": Decimal(0), "stop_loss": price(91)}
    assert bench.side.asked == [("amend", "a1", changes)]
    heard: list[AlgoChange] = []
    bench.algos.on_algo(heard.append)
    bench.tell("armed", algo_id="a1", stop_loss=price(91), updated_at=9)
    assert (armed.take_profit, armed.stop_loss) == (None, price(91))
    assert [one.previous.stop_loss for one in heard if one.previous] == [price(90)]
    bench.tell("armed", algo_id="a1", is_amend_failed=True, reason="too late", updated_at=10)
    assert (armed.amend_error, armed.reason) == ("too late", None)


def test_a_price_alone_changes_nothing_else(bench: Bench) -> None:
    """It is compared with what the present one is; where a limit order is sent, nobody knows at what price."""
    bench.tell("armed", algo_id="a1", take_profit=price(110, limit=109), stop_loss=price(90, by="mark"))
    bench.algos["a1"].amend(stop_loss="91")
    assert bench.side.asked == [("amend", "a1", {"stop_loss": price(91, by="mark")})]
    with pytest.raises(ConfigError, match="a limit order at 109"):
        bench.algos["a1"].amend(take_profit=111)
    bench.algos["a1"].amend(take_profit=price(111))
    assert bench.side.asked[1:] == [("amend", "a1", {"take_profit": price(111)})]


def test_one_record_whatever_sides_it_has(bench: Bench) -> None:
    """A change may take a side away, or add one; its ids say which algo order it is."""
    both = bench.tell("armed", algo_id="a1", kind="oco", take_profit=price(110), stop_loss=price(90))
    loss = {"kind": "conditional", "leg": "stop_loss", "stop_loss": price(90)}
    assert bench.tell("armed", algo_id="a1", **loss, updated_at=1) is both
    assert (both.kind, both.leg, both.take_profit) == ("conditional", "stop_loss", None)
    again = bench.tell("armed", algo_id="a1", kind="oco", take_profit=price(110), stop_loss=price(90), updated_at=2)
    assert (again, both.kind, both.leg, len(bench.algos)) == (both, "oco", None, 1)


def test_the_child_of_an_order_that_is_over_is_looked_up(bench: Bench) -> None:
    """Also where others placed that order: what came with it is armed by now, or over."""
    bench.order("live", "7")
    child = bench.tell("attached", attached_id="t1", parent_order_id="7")
    assert bench.side.settled == []
    bench.order("filled", "7")
    assert bench.side.settled == [child]
    assert bench.tell("attached", attached_id="t1", parent_order_id="7") is child
    assert bench.side.settled == [child] * 2
    bench.tell("armed", algo_id="a1", attached_id="t1")
    bench.tell("attached", attached_id="t1", parent_order_id="7")
    assert bench.side.settled == [child] * 2


def test_what_has_sent_an_order_is_looked_up(bench: Bench) -> None:
    """Unless it is one that goes on: the exchange's word that it has fired may have been missed."""
    stop = bench.tell("running", algo_id="a1", order_ids=("8",))
    assert bench.side.settled == [stop]
    bench.tell("running", algo_id="a2", kind="twap", order_ids=("9",))
    bench.tell("fired", algo_id="a1")
    assert bench.side.settled == [stop]


def test_what_the_row_of_its_order_does_not_tell_of_is_looked_up(bench: Bench) -> None:
    """Another program may have taken it from its order, which then tells of the others alone."""

    class Row:
        """A row of the order, which brings these."""

        def __init__(self, *ids: str) -> None:
            self.ids = ids

        def to_algo_updates(self) -> list[AlgoUpdate]:
            if not self.ids:
                raise DecodeError("torn", text="")
            return [algo("attached", attached_id=one, parent_order_id="7") for one in self.ids]

    bench.order("live", "7", raw=Row("t1", "t2"))
    profit, loss = bench.algos.apply(Row("t1", "t2"))
    for number, (ids, settled) in enumerate([(("t1", "t2"), []), (("t2",), [profit]), ((), [profit])]):
        bench.order("live", "7", raw=Row(*ids), updated_at=number + 1)
        assert bench.side.settled == settled
    bench.tell("canceled", attached_id="t1", parent_order_id="7")
    bench.order("live", "7", raw=Row("t2"), updated_at=9)
    assert (bench.side.settled, loss.status) == ([profit], "attached")


def test_a_change_of_what_belongs_to_an_order_is_looked_up(bench: Bench) -> None:
    """The order's rows tell of what it still brings, and of nothing else."""
    attached = bench.tell("attached", attached_id="t1", client_order_id="c", parent_order_id="7")
    attached.amend(size=2)
    assert attached.cancel()
    assert bench.side.settled == [attached] * 2
    bench.side.listed = [algo("attached", attached_id="t1")]
    assert bench.algos.cancel_all().ok
    assert bench.side.settled == [attached] * 3


def test_cancel_all(bench: Bench) -> None:
    """Those that the exchange lists, each with its outcome; an empty name is no name."""
    with pytest.raises(ConfigError):
        bench.algos.cancel_all(" ")
    bench.side.listed = [algo("armed", algo_id="a1"), algo("armed", algo_id="a2"), algo("armed", algo_id="a1")]
    answers = iter([None, OrderStatusUnknown("lost", clOrdId="")])

    def answer() -> None:
        if (error := next(answers)) is not None:
            raise error

    bench.side.answer = answer
    result = bench.algos.cancel_all(BTC)
    assert [(one.algo.algo_id, one.verdict, one.ok) for one in result] == [
        ("a1", "accepted", True),
        ("a2", "unknown", False),
    ]
    assert (bool(result), len(result), bench.side.settled) == (False, 2, [bench.algos["a2"]])


def test_what_is_of_another_manager(bench: Bench) -> None:
    """It is refused by name, as is acting with a manager that only listens."""
    other = Bench().tell("armed", algo_id="a1")
    with pytest.raises(ConfigError, match="none of this manager"):
        bench.algos.cancel(other)
    by_hand = OrderManager()
    (armed,) = by_hand.algos.apply(algo("armed", algo_id="a1"))
    with pytest.raises(ConfigError, match="only listens"):
        armed.cancel()
    with pytest.raises(ConfigError, match="no algo order"):
        by_hand.algos.apply(object())  # type: ignore[arg-type]
    assert by_hand.algos is by_hand.algos


# -- hearing and waiting -----------------------------------------------------------------------------------------


def test_who_hears_of_a_child(bench: Bench) -> None:
    """The listeners of its order, its own, and those of all algo orders; each change once."""
    order = bracket(bench)
    (child,) = order.children
    heard: dict[str, list[str]] = {"order": [], "own": [], "all": []}
    order.on_child(lambda one: heard["order"].append(one.algo.status))
    child.on_change(lambda one: heard["own"].append(one.algo.status))
    bench.algos.on_algo(lambda one: heard["all"].append(one.algo.status))
    for _ in range(2):
        bench.tell("armed", client_order_id=child.client_order_id, updated_at=5)
    assert heard == {"order": ["pending", "armed"], "own": ["pending", "armed"], "all": ["armed"]}


def test_nobody_is_told_under_the_lock(bench: Bench) -> None:
    """A listener may wait for another thread that reads: when a bracket is placed, and when it is forgotten."""
    reads: list[int] = []

    def listen(_: object) -> None:
        reader = threading.Thread(target=lambda: reads.append(len(bench.orders) + len(bench.algos)))
        reader.start()
        reader.join(WAIT_S)

    bench.algos.on_algo(listen)
    bench.algos._over = listen
    order = bracket(bench)
    assert reads == [2]
    bench.orders.conclude(order, "unknown", "lost")
    bench.orders.forget(str(order.client_order_id))
    assert reads == [2, 2, 0]


def test_one_wait_for_both(bench: Bench) -> None:
    """A wait on an order wakes with its children, and one on a child with its order."""
    order = bracket(bench)
    (child,) = order.children
    met: list[bool] = []
    waits = [
        threading.Thread(target=lambda: met.append(order.wait_until(lambda one: one.stop_loss.status == "armed", 30))),
        threading.Thread(target=lambda: met.append(child.wait_until(lambda one: one.parent.status == "live", 30))),
    ]
    for one in waits:
        one.start()
    bench.order("live", "7", client_order_id=order.client_order_id)
    bench.tell("armed", client_order_id=child.client_order_id)
    for one in waits:
        one.join(30)
    assert met == [True, True]


def test_synced_is_of_its_own(bench: Bench) -> None:
    """That the orders are known says nothing of algo orders; a row that cannot be read ends it."""
    bench.orders.mark_synced(True)
    assert not bench.algos.synced
    assert bench.algos.unsynced_reason == "the open algo orders have not been read yet"
    bench.algos.mark_synced(True)
    assert bench.algos.wait_synced(0)
    bench.algos.row_lost()
    assert not bench.algos.synced
    assert bench.side.asked == [("row_lost", "a row could not be read")]
    assert "not synced" in repr(bench.algos)


def test_news_that_comes_while_a_lost_answer_is_noted(bench: Bench) -> None:
    """What the stream has told a moment before stays: an armed one is not called unknown, nor is a child."""

    class Late(OrderStatusUnknown):
        """Its text takes as long as the stream needs."""

        def __getattribute__(self, name: str) -> Any:
            if name == "message":
                bench.tell("armed", algo_id="a1", client_order_id="mine")
            return super().__getattribute__(name)

    def fail() -> None:
        raise Late("no answer came", clOrdId="mine")

    bench.side.answer = fail
    with pytest.raises(OrderStatusUnknown):
        bench.orders.place_algo("trigger", BTC, "buy", 2, trigger=100, client_order_id="mine")
    one = bench.algos["mine"]
    assert [step.status for step in one.history] == ["pending", "armed"]
    bench.algos.conclude(one, "rejected", "its order was", standing=["pending", "attached"])
    assert one.status == "armed"


def test_forget(bench: Bench) -> None:
    """What nobody knows can be forgotten, what is open cannot."""
    armed = bench.tell("armed", algo_id="a1")
    with pytest.raises(ConfigError):
        bench.algos.forget("a1")
    bench.algos.conclude(armed, "unknown", "not listed")
    bench.algos.forget("a1")
    assert ("a1" in bench.algos, len(bench.algos), bench.over[-1].status) == (False, 0, "unknown")
    with pytest.raises(KeyError):
        bench.algos.forget("a1")


def test_the_end(bench: Bench) -> None:
    """Both end together, and whoever waits is told; algo orders alone can end, and are made anew."""
    first = bench.algos
    first.close()
    assert bench.side.is_closed
    assert bench.algos is not first
    second = bench.algos
    bench.orders.close()
    assert second.is_closed
    with pytest.raises(StreamClosed):
        second.wait_synced(1)
    never_asked = OrderManager(actions=Sender())
    never_asked.close()
    with pytest.raises(StreamClosed):
        _ = never_asked.algos


@pytest.mark.usefixtures("restless")
def test_threads_feed_orders_and_children(bench: Bench) -> None:
    """Reads are whole, each change follows on the one before, and whoever waits for both sides sees the end."""
    order = bracket(bench)
    (child,) = order.children
    told: list[AlgoChange] = []
    order.on_child(told.append)
    own, is_over = {"client_order_id": child.client_order_id}, threading.Event()

    def feed() -> None:
        for at in range(1, 151):
            status = "attached" if at < 50 else "armed" if at < 150 else "fired"
            bench.tell(status, algo_id="a1", take_profit=price(at), size=Decimal(at), updated_at=at, **own)
            bench.order("live" if at < 150 else "filled", "7", client_order_id=order.client_order_id, updated_at=at)

    def read() -> int:
        reads = 0
        while not is_over.is_set():
            now = child.snapshot()
            assert now.take_profit is None or now.size is None or now.take_profit.price == now.size == now.updated_at
            assert order.children == (child,)
            assert child.parent is order
            reads += 1
        return reads

    with ThreadPoolExecutor(10) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        waiter = pool.submit(child.wait_until, lambda one: one.is_done and one.parent.is_done, WAIT_S)
        for done in [pool.submit(feed) for _ in range(6)]:
            done.result(WAIT_S)
        is_over.set()
        assert waiter.result(WAIT_S)
        assert all(reader.result(WAIT_S) > 0 for reader in readers)
    assert [change.previous for change in told[1:]] == [change.algo for change in told[:-1]]
    assert [step.status for step in child.history] == ["pending", "attached", "armed", "fired"]
