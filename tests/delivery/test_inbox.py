"""``Inbox``: one place to read all mailboxes of a client from. Its subscriptions are real, and fed by hand."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from okx_sync.delivery.inbox import Inbox
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import MailboxOverflow, OkxTimeoutError, StreamClosed
from okx_sync.timing import Clock
from tests.delivery.owner import PATIENCE_S, RecordingOwner, give, recording_owner
from tests.protocol.toy_dialect import A, B


def two(owner: RecordingOwner) -> tuple[Subscription[Any], Subscription[Any]]:
    """Two subscriptions that are read from the inbox."""
    return Subscription(owner, A), Subscription(owner, B)


def test_events_of_all_subscriptions_come_from_one_place() -> None:
    """Taken in turns, so that a busy one cannot keep a quiet one waiting."""
    with recording_owner() as owner:
        busy, quiet = two(owner)
        give(busy, 1, 2, 3)
        give(quiet, 10)
        assert [owner.inbox.recv(0) for _ in range(4)] == [1, 10, 2, 3]


def test_a_reader_wakes_up_with_the_next_event() -> None:
    """It waits without polling for it."""
    with recording_owner() as owner:
        sub, _ = two(owner)
        got: list[int] = []
        reader = threading.Thread(target=lambda: got.append(owner.inbox.recv(PATIENCE_S)))
        reader.start()
        give(sub, 7)
        reader.join(PATIENCE_S)
        assert got == [7]


def test_nothing_in_time_is_a_timeout() -> None:
    """Which names the time that was given."""
    with pytest.raises(OkxTimeoutError, match=r"within 0\.0 s"):
        Inbox(Clock()).recv(0.0)


def test_a_mailbox_that_was_emptied_meanwhile_is_passed_over() -> None:
    """By whoever read the subscription itself; the reader goes on waiting for its own event."""
    with recording_owner() as owner:
        first, second = two(owner)
        give(first, 1)
        give(second, 2)
        assert first.get(0) == 1
        assert owner.inbox.recv(0) == 2
        with pytest.raises(OkxTimeoutError):
            owner.inbox.recv(0)


def test_what_is_left_is_forgotten() -> None:
    """Its mailbox is not kept until somebody reads."""
    with recording_owner() as owner:
        sub, _ = two(owner)
        give(sub, 1)
        owner.inbox.forget(sub)
        with pytest.raises(OkxTimeoutError):
            owner.inbox.recv(0)


def test_an_overflow_is_raised_where_it_happened() -> None:
    """Policy ``fail``: behind the events that came before it."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, policy="fail", maxsize=2)
        give(sub, 1, 2, 3)
        assert [owner.inbox.recv(0), owner.inbox.recv(0)] == [1, 2]
        with pytest.raises(MailboxOverflow):
            owner.inbox.recv(0)


def test_a_link_that_is_gone_for_good_is_told_once() -> None:
    """Behind what can still be read; the other links go on."""
    with recording_owner() as owner:
        sub, _ = two(owner)
        give(sub, 1)
        owner.inbox.fail(StreamClosed("the link is gone"))
        assert owner.inbox.recv(0) == 1
        with pytest.raises(StreamClosed, match="gone"):
            owner.inbox.recv(0)
        give(sub, 2)
        assert owner.inbox.recv(0) == 2


def test_closing_wakes_every_reader() -> None:
    """Each with the same error, and whoever comes later."""
    inbox = Inbox(Clock())
    told: list[str] = []

    def read() -> None:
        with pytest.raises(StreamClosed) as caught:
            inbox.recv(None)
        told.append(caught.value.message)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    inbox.close(StreamClosed("closed"))
    for reader in readers:
        reader.join(PATIENCE_S)
    read()
    assert told == ["closed"] * 3
