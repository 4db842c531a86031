"""``limiter_for``: one gate for all connections of the process to one host."""

from __future__ import annotations

from okx_sync.transport import connect_limiter
from okx_sync.transport.connect_limiter import limiter_for
from tests.clocks import HandClock


def test_clients_share_the_gate_of_a_host() -> None:
    """The exchange counts attempts per address: two clients, and all paths of one host, share one budget."""
    clock = HandClock()
    public = limiter_for("wss://gate-a.test/ws/v5/public", 3, clock)
    private = limiter_for("wss://gate-a.test/ws/v5/private", 3, clock)
    assert [public.book()[1], private.book()[1], public.book()[1]] == [0, 0, 0]
    assert private.book()[1] == 1.25, "a second, and some for attempts that arrive late"


def test_hosts_do_not_wait_for_each_other() -> None:
    """Another host or port is another gate."""
    clock = HandClock()
    gates = [
        limiter_for(url, 1, clock) for url in ("wss://gate-b.test/", "wss://gate-b.test:8443/", "wss://gate-c.test/")
    ]
    assert [gate.book()[1] for gate in gates] == [0, 0, 0]


def test_a_forked_child_begins_with_gates_of_its_own() -> None:
    """A thread of the parent may hold a gate's lock for ever, as the child sees it."""
    gate = limiter_for("wss://gate-d.test/", 1, HandClock())
    assert gate.book()[1] == 0
    connect_limiter._renew()  # what a child does first
    assert limiter_for("wss://gate-d.test/", 1, HandClock()).book()[1] == 0
    assert gate.book()[1] > 1
