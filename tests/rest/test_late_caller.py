"""The HTTP side of a client is made by its first call, once, and never by one that comes after the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from okx_sync.errors import ConfigError, OkxError
from okx_sync.rest.dialect import Call, Reply
from okx_sync.rest.late_caller import LateCaller
from okx_sync.rest.retry import CallFailure
from okx_sync.rest.route import Route
from okx_sync.timing import Clock
from tests.rest.peers import Peer, answering, http, peer
from tests.rest.toy_dialect import ToyDialect

READ = Call("GET", "/quote", signed=True)


@pytest.fixture
def server() -> Iterator[Peer]:
    """A server that answers everything."""
    with peer(answering(http())) as made:
        yield made


def make(url: str, **route: Any) -> LateCaller:
    dialect = ToyDialect()
    dialect.base_url = url
    return LateCaller(dialect, Route(**{"timeout_s": 5.0, **route}), Clock())


def test_the_first_call_makes_it(server: Peer) -> None:
    """Nothing is there before; then calls are answered, and over one connection."""
    caller = make(server.url)
    assert caller._caller is None
    before = caller.was_used
    for _ in range(2):
        assert isinstance(caller.attempt(READ), Reply)
    assert (before, caller.was_used) == (False, True)
    assert server.connections == 1
    caller.close()


def test_threads_that_call_first_together_share_it(server: Peer) -> None:
    """Each gets its own answer, from one and the same session."""
    caller = make(server.url)
    together = threading.Barrier(8)
    found: list[tuple[Reply | CallFailure, int]] = []

    def call() -> None:
        together.wait(10)
        found.append((caller.attempt(READ), id(caller._caller)))

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    caller.close()
    assert all(isinstance(reply, Reply) for reply, _ in found)
    assert len(found) == 8
    assert len({one for _, one in found}) == 1


def test_nothing_is_made_after_the_end(server: Peer) -> None:
    """Whether it was closed, or is only to let nothing new begin; used before or not. Closing is idempotent."""
    used = make(server.url)
    used.attempt(READ)
    for caller in (make(server.url), used):
        caller.refuse()
        with pytest.raises(OkxError, match="this client is closed"):
            caller.attempt(READ)
        caller.close()
        caller.close()
        with pytest.raises(OkxError, match="this client is closed"):
            caller.attempt(READ)
        assert caller.closed
    assert len(server.requests) == 1


def test_a_certificate_file_that_is_none_is_refused_at_once(tmp_path: Path) -> None:
    """When the client is made, and not by its first call."""
    file = tmp_path / "none.pem"
    file.write_text("no certificate")
    with pytest.raises(ConfigError, match="ca_file"):
        make("https://127.0.0.1:9", ca_file=str(file))
