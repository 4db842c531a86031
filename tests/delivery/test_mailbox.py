"""``Mailbox``: bounded, with a named policy for when it is full; nothing is lost without being counted."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.delivery.mailbox import POLICIES, Mailbox, Policy
from okx_sync.errors import ConfigError, MailboxOverflow, OkxTimeoutError, StreamClosed
from okx_sync.timing import Clock
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S, until

CLOCK = Clock()


def mailbox(policy: Policy, maxsize: int = 4, **more: Any) -> Mailbox[Any]:
    return Mailbox(CLOCK, maxsize=maxsize, policy=policy, **more)


# -- in general ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", POLICIES)
def test_items_come_out_in_the_order_in_which_they_went_in(policy: Policy) -> None:
    """As long as there is room, policies do not differ."""
    box = mailbox(policy, key=lambda item: item)
    box.put_many([1, 2])
    box.put_many([3])
    assert [box.get(0), *box.take(5)] == [1, 2, 3]
    assert (box.delivered, box.dropped, box.coalesced, len(box)) == (3, 0, 0, 0)


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_arrives_in_time(policy: Policy) -> None:
    """``get`` says how long it waited; ``take`` never waits."""
    box = mailbox(policy)
    assert box.take(5) == []
    with pytest.raises(OkxTimeoutError, match=r"0\.01 s"):
        box.get(0.01)


def test_the_deadline_is_the_clocks() -> None:
    """A clock that has passed it ends the wait, however little real time has gone by."""
    clock = HandClock()
    box: Mailbox[int] = Mailbox(clock)
    raised = threading.Event()

    def wait() -> None:
        with pytest.raises(OkxTimeoutError):
            box.get(3600)
        raised.set()

    reader = threading.Thread(target=wait)
    reader.start()
    clock.forward(3600)
    assert raised.wait(PATIENCE_S)
    reader.join(PATIENCE_S)


@pytest.mark.parametrize("policy", POLICIES)
def test_after_the_end_the_rest_may_be_read_and_then_the_reason_comes(policy: Policy) -> None:
    """What was inside is not lost; what is put in later is ignored; every further read gives the reason."""
    box = mailbox(policy)
    box.put_many(["kept"])
    box.close()
    box.put_many(["late"])
    assert box.is_closed
    assert box.get(0) == "kept"
    for _ in range(2):
        with pytest.raises(StreamClosed):
            box.get(0)


def test_the_first_reason_counts_and_discard_empties() -> None:
    """A refusal is not hidden by the close that follows it."""
    box = mailbox("drop_oldest")
    box.put_many([1])
    box.close(ValueError("first"))
    box.close(StreamClosed("second"), discard=True)
    assert len(box) == 0
    with pytest.raises(ValueError, match="first"):
        box.get(0)


def test_closing_wakes_every_reader() -> None:
    """Nobody is left waiting."""
    box, ended = mailbox("drop_oldest"), threading.Semaphore(0)

    def read() -> None:
        with pytest.raises(StreamClosed):
            box.get()
        ended.release()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    box.close()
    assert all(ended.acquire(timeout=PATIENCE_S) for _ in readers)


@pytest.mark.parametrize(("policy", "maxsize"), [("drop", 5), ("block", 0), ("fail", -1)])
def test_settings_that_cannot_be_right(policy: Any, maxsize: int) -> None:
    """Said at once, in words."""
    with pytest.raises(ConfigError):
        mailbox(policy, maxsize)


# -- drop_oldest ---------------------------------------------------------------------------------------------------


def test_drop_oldest_keeps_the_newest_and_counts() -> None:
    """Also when more comes at once than fits at all."""
    told: list[int] = []
    box = mailbox("drop_oldest", 3, on_overflow=told.append)
    box.put_many([1, 2])
    box.put_many([3, 4])
    assert box.dropped == 1
    box.put_many([5, 6, 7, 8, 9])
    assert box.take(9) == [7, 8, 9]
    assert (box.dropped, told) == (6, [1, 5])


# -- latest --------------------------------------------------------------------------------------------------------


def test_latest_keeps_one_item_per_key() -> None:
    """The newer replaces the older, at the older one's place in the order; replacements are counted."""
    box = mailbox("latest", key=lambda item: item[0])
    box.put_many([("a", 1), ("b", 1), ("a", 2)])
    box.put_many([("a", 3)])
    assert box.take(9) == [("a", 3), ("b", 1)]
    assert (box.coalesced, box.dropped, box.delivered) == (2, 0, 2)


def test_latest_without_a_key_keeps_the_newest_of_each_class() -> None:
    """A stream of one kind of row has one newest row."""
    box = mailbox("latest")
    box.put_many([1, "x", 2])
    assert box.take(9) == [2, "x"]


def test_an_item_whose_key_cannot_be_read_does_not_cost_its_neighbours() -> None:
    """Rows are decoded lazily, so a bad field shows when the key is read; the reader meets it, not the link."""

    def key(item: int) -> int:
        if item < 0:
            raise ValueError("a bad row")
        return item

    box = mailbox("latest", key=key)
    box.put_many([1, -1, 2, -2])
    assert box.take(9) == [1, -2, 2]


# -- block ---------------------------------------------------------------------------------------------------------


def test_block_waits_for_room_and_loses_nothing() -> None:
    """The producer goes on exactly when the consumer has made room."""
    box, done = mailbox("block", 2), threading.Event()

    def produce() -> None:
        box.put_many(range(10))
        done.set()

    producer = threading.Thread(target=produce)
    producer.start()
    until(lambda: len(box) == 2)
    assert not done.is_set()
    assert [box.get(PATIENCE_S) for _ in range(10)] == list(range(10))
    assert done.wait(PATIENCE_S)
    producer.join(PATIENCE_S)


@pytest.mark.parametrize("discard", [True, False])
def test_block_lets_the_producer_go_at_the_end(discard: bool) -> None:
    """A link thread must never hang on a subscription that is over."""
    box = mailbox("block", 1)
    producer = threading.Thread(target=box.put_many, args=([1, 2, 3],))
    producer.start()
    until(lambda: len(box) == 1)
    box.close(discard=discard)
    producer.join(PATIENCE_S)
    assert not producer.is_alive()


# -- fail ----------------------------------------------------------------------------------------------------------


def test_fail_marks_the_place_where_items_are_missing() -> None:
    """The reader gets what came before, then the overflow with the number, then what came after."""
    told: list[int] = []
    box = mailbox("fail", 4, on_overflow=told.append)
    box.put_many([1, 2, 3])
    box.put_many([4, 5, 6])
    box.put_many([7])
    assert [box.get(0) for _ in range(4)] == [1, 2, 3, 4]
    with pytest.raises(MailboxOverflow, match="3 items were lost"):
        box.get(0)
    box.put_many([8])
    assert box.get(0) == 8
    assert (box.dropped, box.delivered, told) == (3, 5, [2, 1])


def test_fail_takes_items_again_once_half_is_read() -> None:
    """Not before: one hole of many items is better than many holes of one."""
    box = mailbox("fail", 4)
    box.put_many([1, 2, 3, 4, 5])
    box.get(0)
    box.put_many([6])
    assert box.dropped == 2
    box.get(0)
    box.get(0)
    box.put_many([7, 8])
    rest = box.take(9)
    assert [type(item).__name__ if isinstance(item, MailboxOverflow) else item for item in rest] == [
        4,
        "MailboxOverflow",
        7,
        8,
    ]


def test_fail_keeps_its_bound_with_several_holes() -> None:
    """However often it overflows, it holds no more than its size and one mark."""
    box = mailbox("fail", 2)
    for start in range(0, 50, 5):
        box.put_many(range(start, start + 5))
        assert len(box) <= 3
        box.take(2)


@given(
    policy=st.sampled_from(["drop_oldest", "fail"]),
    maxsize=st.integers(1, 6),
    steps=st.lists(st.one_of(st.integers(1, 9), st.integers(-9, -1)), max_size=40),
)
def test_counters_add_up(policy: Policy, maxsize: int, steps: list[int]) -> None:
    """Whatever is put in (positive steps) and taken out (negative ones): each item is delivered or counted as lost,
    in order, and an overflow stands wherever some are missing under ``fail``.
    """
    box = mailbox(policy, maxsize)
    sent, got, said = 0, list[int](), 0
    for step in [*steps, -1000]:
        if step > 0:
            box.put_many(range(sent, sent + step))
            sent += step
            continue
        for item in box.take(-step):
            if isinstance(item, MailboxOverflow):
                said += int(str(item).split()[0])
            else:
                assert policy != "fail" or item == len(got) + said
                got.append(item)
    assert got == sorted(set(got))
    assert len(got) == box.delivered
    assert sent == box.delivered + box.dropped
    assert policy != "fail" or said == box.dropped


# -- threads -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", POLICIES)
def test_counters_hold_between_threads(policy: Policy) -> None:
    """Two producers and two consumers at full speed: what went in was delivered, dropped or coalesced, once each."""
    box = mailbox(policy, 50, key=lambda item: item % 7)
    got: list[Any] = []

    def produce(first: int) -> None:
        for start in range(first, first + 4000, 10):
            box.put_many(range(start, start + 10))

    def consume() -> None:
        while True:
            try:
                got.append(box.get(PATIENCE_S))
            except MailboxOverflow:
                continue
            except StreamClosed:
                return

    consumers = [threading.Thread(target=consume) for _ in range(2)]
    producers = [threading.Thread(target=produce, args=(first,)) for first in (0, 100_000)]
    for thread in consumers + producers:
        thread.start()
    for thread in producers:
        thread.join(PATIENCE_S)
    box.close()
    for thread in consumers:
        thread.join(PATIENCE_S)
    assert len(got) == len(set(got)) == box.delivered
    assert box.delivered + box.dropped + box.coalesced == 8000
    assert policy != "block" or len(got) == 8000


@pytest.mark.parametrize("policy", ["drop_oldest", "fail"])
def test_the_budget_of_bytes_is_kept_by_the_policy(policy: Policy) -> None:
    """Large messages behind a stuck consumer cost bounded memory, and what is lost is counted."""
    lost: list[int] = []
    box: Mailbox[bytes] = Mailbox(Clock(), policy=policy, max_bytes=1000, on_overflow=lost.append)
    box.put_many([bytes([number]) * 300 for number in range(5)])
    assert (box.bytes, box.dropped, sum(lost)) == (900, 2, 2)
    first = box.take(1)[0]
    assert isinstance(first, bytes)
    assert first[0] == (2 if policy == "drop_oldest" else 0)
    box.take(10)
    assert box.bytes == 0
    box.put_many([b"x" * 5000])  # larger than all of it: better than nothing
    assert box.get(0) == b"x" * 5000
    assert box.bytes == 0


def test_block_waits_for_bytes() -> None:
    """The producer goes on when the consumer has made room."""
    box: Mailbox[bytes] = Mailbox(Clock(), policy="block", max_bytes=1000)
    producer = threading.Thread(target=box.put_many, args=([b"a" * 600, b"b" * 600],), daemon=True)
    producer.start()
    assert [box.get(10)[:1], box.get(10)[:1]] == [b"a", b"b"]
    producer.join(10)
    assert (box.bytes, box.dropped) == (0, 0)


@pytest.mark.parametrize("policy", ["drop_oldest", "fail", "block"])
def test_what_was_parsed_counts_by_its_messages(policy: Policy) -> None:
    """Rows have no length of their own: they are told the bytes of the messages that they came in."""
    box: Mailbox[str] = Mailbox(Clock(), policy=policy, max_bytes=1000)
    box.put_many(["a", "b"], 600)
    assert box.bytes == 600
    if policy == "block":
        producer = threading.Thread(target=box.put_many, args=(["c", "d"], 800), daemon=True)
        producer.start()
        got = [box.get(10) for _ in range(4)]
        producer.join(10)
    else:
        box.put_many(["c", "d"], 800)
        assert (box.bytes, box.dropped) == ((800, 2) if policy == "drop_oldest" else (1000, 1))
        got = [one for one in box.take(10) if isinstance(one, str)]
    assert got == {"block": ["a", "b", "c", "d"], "drop_oldest": ["c", "d"], "fail": ["a", "b", "c"]}[policy]
    assert box.bytes == 0


def test_rows_and_messages_between_each_other() -> None:
    """Whatever is taken of them and put back, and in what steps, nothing of the count is left behind."""
    box: Mailbox[object] = Mailbox(Clock(), max_bytes=10_000)
    for number in range(20):
        box.put_many([b"x" * 40, object(), b"y" * number], 30)
    assert box.bytes == 20 * 70 + sum(range(20))
    taken = [box.get(0) for _ in range(7)] + box.take(8)
    assert 0 < box.bytes < 20 * 70 + sum(range(20))
    box.put_back(taken[-2:], 50)
    before = box.bytes
    box.put_many(["more"], 11)
    assert box.bytes == before + 11
    while box.take(3):
        assert box.bytes >= 0
    assert box.bytes == 0


def test_latest_has_a_budget_too() -> None:
    """Thousands of keys: those that came first make room, and are counted; a newer one replaces without growing."""
    lost: list[int] = []
    box: Mailbox[tuple[int, int]] = Mailbox(
        Clock(), policy="latest", key=lambda item: item[0], max_bytes=10_000, on_overflow=lost.append
    )
    for number in range(5000):
        box.put_many([(number, 0)], 100)
    assert (box.bytes, len(box), box.dropped, sum(lost)) == (10_000, 100, 4900, 4900)
    box.put_many([(4999, 1)], 60)
    assert (box.bytes, box.coalesced) == (9_960, 1)
    assert box.get(0) == (4900, 0)
    assert len(box.take(1000) + box.take(1000)) > 0
    while box.take(1000):
        pass
    assert (box.bytes, box.delivered) == (0, 100)


def test_of_large_messages_few_are_taken_at_a_time() -> None:
    """What a stuck callback was handed is outside of the mailbox, and must not be another budget."""
    box: Mailbox[bytes] = Mailbox(Clock(), max_bytes=64_000)
    box.put_many([b"x" * 500 for _ in range(100)])
    assert len(box.take(256, 1000)) == 2
    assert len(box.take(256, 100)) == 1
    assert len(box.take(20, 1_000_000)) == 20


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "64 MiB"])
def test_a_budget_is_a_whole_number(value: Any) -> None:
    """Anything else is refused."""
    with pytest.raises(ConfigError, match="max_bytes must be a whole number"):
        Mailbox(Clock(), max_bytes=value)
