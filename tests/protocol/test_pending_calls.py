"""``PendingCalls`` and ``RequestIds``: requests that wait for a reply."""

from __future__ import annotations

import threading

import pytest

from okx_sync.protocol.pending import PendingCalls, RequestIds


def test_ids_are_short_plain_and_unique_between_threads() -> None:
    """Exchanges accept at most 32 letters and digits, and an id answers for one request only."""
    ids, taken = RequestIds("order"), list[str]()
    threads = [threading.Thread(target=lambda: taken.extend(ids.next() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert len(set(taken)) == 2000
    assert all(one.isalnum() and len(one) <= 32 for one in taken)


def test_a_reply_takes_its_call_once() -> None:
    """A second reply with the same id, a foreign id and no id at all find nobody."""
    calls: PendingCalls[str] = PendingCalls()
    calls.start("r1", "token", 10.0)
    assert calls.resolve("r2") is None
    assert calls.resolve(None) is None
    assert calls.resolve("r1") == "token"
    assert calls.resolve("r1") is None


def test_an_id_in_flight_cannot_be_used_again() -> None:
    """Two calls under one id could not be told apart."""
    calls: PendingCalls[str] = PendingCalls()
    calls.start("r1", "one", 10.0)
    with pytest.raises(ValueError, match="r1"):
        calls.start("r1", "two", 10.0)
    assert calls.resolve("r1") == "one"


def test_calls_expire_at_their_deadline() -> None:
    """Those that are late are taken out, the others wait on."""
    calls: PendingCalls[str] = PendingCalls()
    calls.start("r1", "early", 5.0)
    calls.start("r2", "late", 6.0)
    assert calls.expire(4.9) == []
    assert calls.expire(5.0) == ["early"]
    assert len(calls) == 1
    assert calls.resolve("r1") is None


def test_a_lost_socket_takes_every_call() -> None:
    """No reply can come any more."""
    calls: PendingCalls[str] = PendingCalls()
    calls.start("r1", "one", 5.0)
    calls.start("r2", "two", 6.0)
    assert calls.drain() == ["one", "two"]
    assert len(calls) == 0
    assert calls.drain() == []


def test_calls_are_counted_by_the_socket_that_they_went_out_on() -> None:
    """A hand-over waits for those of the old one."""
    calls: PendingCalls[str] = PendingCalls()
    for number, epoch in enumerate((1, 1, 2)):
        calls.start(f"r{number}", "token", 10.0, epoch)
    assert [calls.waiting_on(epoch) for epoch in (1, 2, 3)] == [2, 1, 0]
