"""The order server by itself: what it takes, what it leaves, and what it answers when things fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync import ConfigError, OkxTimeoutError, OrderStatusUnknown
from okx_sync.fanout import order_server
from okx_sync.fanout.order_codec import decode, encode
from okx_sync.fanout.order_scripts import ASK, SERVE
from okx_sync.fanout.order_server import OrderServer
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.serving_rules import ServingRules
from okx_sync.fanout.stream_keys import OrderKeys
from okx_sync.timing import Clock
from tests.fanout.conftest import Broker

KEYS = OrderKeys("test:served-orders")


class Calls:
    """Carries out nothing, and remembers what it was asked for; a call "bad" fails as no call should."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Any, float]] = []

    def run(self, call: str, args: Any, left_s: float) -> str:
        """Take a call."""
        if args == ["bad"]:
            raise ValueError(call)
        self.done.append((call, args, left_s))
        return "done"


class JumpingClock(Clock):
    """Each look at it is ``step`` seconds later."""

    step = 0.0
    _ahead = 0.0

    def monotonic(self) -> float:
        """Return the time."""
        self._ahead += self.step
        return Clock.monotonic() + self._ahead


@pytest.fixture
def server(broker: Broker) -> Iterator[OrderServer]:
    """A server that holds the lease for a minute, and whose reading thread has ended: the test hands it the entries."""
    made = OrderServer(
        BrokerAddress(broker.url), KEYS, Calls(), ServingRules.of("all"), "first", 60.0, JumpingClock()  # type: ignore[arg-type]
    )  # fmt: skip
    assert made.stats.is_active
    assert made._worker.stop(10)
    yield made
    made._pool.close(1.0)


def asked(broker: Broker, request_id: str, *request: Any, left_ms: int = 60_000) -> tuple[bytes, dict[bytes, bytes]]:
    """Write a request, and return its entry."""
    text = encode([request[0], list(request[1:])])
    assert ASK.run(broker.client, (KEYS.lease, KEYS.facts, KEYS.requests), request_id, text, left_ms)[0] == 1
    entry: tuple[bytes, dict[bytes, bytes]] = broker.client.xrevrange(KEYS.requests, count=1)[0]
    return entry


def answers(broker: Broker, request_id: str) -> list[Any]:
    """Return the answers to a request."""
    return [decode(fields[b"d"]) for _, fields in broker.client.xrange(KEYS.answer(request_id))]


def calls_of(server: OrderServer) -> list[tuple[str, Any, float]]:
    """Return what was carried out."""
    done: list[tuple[str, Any, float]] = server._calls.done  # type: ignore[attr-defined]
    return done


def test_a_request_is_carried_out_and_answered(broker: Broker, server: OrderServer) -> None:
    """Within the time that is left; it is not in the stream any more."""
    server._carry_out(*asked(broker, "a", "cancel", "it", left_ms=5_000))
    ((call, args, left_s),) = calls_of(server)
    assert (call, args) == ("cancel", ["it"])
    assert 0 < left_s <= 5
    assert answers(broker, "a") == [{"ok": "done"}]
    assert broker.client.xlen(KEYS.requests) == 0
    assert broker.client.pttl(KEYS.answer("a")) > 0
    assert (server.stats.taken, server.stats.late) == (1, 0)


def test_a_request_is_taken_once(broker: Broker, server: OrderServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where Redis has forgotten it, as far as this process remembers."""
    entry = asked(broker, "a", "place")
    server._carry_out(*entry)
    server._carry_out(*entry)
    broker.client.delete(KEYS.taken("a"))
    server._carry_out(*entry)
    assert len(calls_of(server)) == 1
    monkeypatch.setattr(order_server, "_REMEMBERED", 1)
    server._carry_out(*asked(broker, "b", "place"))
    assert server._ids == {"b"}


def test_a_request_whose_time_is_over_is_not_carried_out(broker: Broker, server: OrderServer) -> None:
    """By Redis's clock when it is taken; and by this one's where the process hung behind that, which is answered."""
    server._carry_out(*asked(broker, "a", "place", left_ms=0))
    assert answers(broker, "a") == []
    server._clock.step = 100.0  # type: ignore[attr-defined]
    server._carry_out(*asked(broker, "b", "place"))
    (told,) = answers(broker, "b")
    assert type(told["error"]) is OkxTimeoutError
    assert "nothing was sent" in str(told["error"])
    assert calls_of(server) == []
    assert (server.stats.taken, server.stats.late) == (0, 1)


def test_nothing_is_taken_without_the_lease(broker: Broker, server: OrderServer) -> None:
    """The request stays for whoever has it."""
    entry = asked(broker, "a", "place")
    broker.client.set(KEYS.lease, "another one's")
    server._carry_out(*entry)
    assert calls_of(server) == []
    assert broker.client.xlen(KEYS.requests) == 1
    assert not server.stats.is_active


def test_a_lease_of_another_program_is_written_over(broker: Broker, server: OrderServer) -> None:
    """It would keep everybody from serving; that of another publisher is its own until it runs out."""
    broker.client.set(KEYS.lease, "somebody's")
    assert server._lease()
    assert broker.client.pttl(KEYS.lease) > 0
    broker.client.delete(KEYS.lease)
    assert SERVE.run(broker.client, (KEYS.lease, KEYS.facts), "other", 60_000, "second", "place") == 1
    assert not server._lease()
    broker.client.delete(KEYS.lease)
    assert server._lease()


def test_a_call_that_fails_as_none_should(broker: Broker, server: OrderServer) -> None:
    """What may have changed something is in doubt; a question is an error."""
    server._carry_out(*asked(broker, "a", "place", "bad"))
    server._carry_out(*asked(broker, "b", "look_up", "bad"))
    assert type(answers(broker, "a")[0]["error"]) is OrderStatusUnknown
    assert type(answers(broker, "b")[0]["error"]) is ConfigError


@pytest.mark.parametrize("fields", [{"foo": "bar"}, {"id": "a", "until": "soon", "d": "x"}, {"id": "a", "until": "1"}])
def test_what_is_no_request_is_taken_away(broker: Broker, server: OrderServer, fields: Any) -> None:
    """Another program has written it: nothing is carried out, and it is in nobody's way."""
    broker.client.xadd(KEYS.requests, fields)
    ((entry_id, told),) = broker.client.xrange(KEYS.requests)
    server._carry_out(entry_id, told)
    assert (calls_of(server), broker.client.xlen(KEYS.requests)) == ([], 0)
    broker.kill()
    server._carry_out(entry_id, told)
    broker.start()


def test_redis_is_lost_meanwhile(broker: Broker, server: OrderServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may have been taken is not carried out; an answer that cannot be written is counted; the end is quiet."""
    entry = asked(broker, "a", "place")
    broker.kill()
    server._carry_out(*entry)
    assert calls_of(server) == []
    monkeypatch.setattr(order_server, "_ANSWER_S", 0.0)
    server._answer("b", {"ok": None})
    assert server.stats.unanswered == 1
    broker.start()


def test_the_end_of_a_server_whose_redis_is_gone(broker: Broker) -> None:
    """The lease is left to run out."""
    made = OrderServer(
        BrokerAddress(broker.url), KEYS, Calls(), ServingRules.of("all"), "first", 60.0, Clock()  # type: ignore[arg-type]
    )  # fmt: skip
    broker.kill()
    made.stop()
    made.stop()
    assert made.is_stopped
    broker.start()
