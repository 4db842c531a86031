"""The load generator and the measures made with it work: that figures are sane, not what they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.benchmarks import latency, throughput
from tests.benchmarks.figures import medians
from tests.benchmarks.load.child import CLIENTS, find
from tests.benchmarks.load.payloads import BODIES, CYCLE, STREAMS, bodies_of
from tests.benchmarks.load.processes import MeasureError, certificates, play
from tests.benchmarks.targets import TARGETS, table

SHORT: dict[str, Any] = {"warm_s": 0.02, "window_s": 0.1}


@pytest.mark.parametrize(
    ("client", "stream"),
    [
        ("okx_sync callback", "tickers"),
        ("okx_sync inline", "orders"),
        pytest.param("okx_sync iteration", "books", marks=pytest.mark.slow),
        pytest.param("okx_sync callback, fields read", "trades", marks=pytest.mark.slow),
    ],
)
def test_our_ways_of_delivery_are_measured(client: str, stream: str) -> None:
    """Each gets messages, and CPU was used for them."""
    figures = play(client, stream, **SHORT)
    assert figures["per_s"] > 100
    assert 0 < figures["cpu_us"] < 10_000


def test_over_tls_with_the_time_under_way() -> None:
    """Messages carry the moment of their sending; none has come before it was sent."""
    with certificates() as made:
        figures = play("okx_sync inline", "trades", made, timed=True, per_second=500, burst=5, **SHORT)
        floor = play("floor: recv + split + orjson", "trades", made, timed=True, per_second=500, **SHORT)
    for one in (figures, floor):
        assert 0 < one["p50"] <= one["p99"] <= one["p99.9"]


def test_memory_is_looked_at_by_quarters() -> None:
    """At the start and after each."""
    sizes = play("okx_sync callback", "tickers", messages=4000, warm_s=0.02)["rss_mib"]
    assert len(sizes) == 5
    assert min(sizes) > 5


def test_what_cannot_be_measured_says_why() -> None:
    """The end of what the client's process said."""
    with pytest.raises(MeasureError, match="KeyError"):
        play("no such client", "tickers")


def test_clients_can_be_found() -> None:
    """All of ours, and those that need nothing else; a library that is not installed is an ImportError."""
    for name in CLIENTS:
        try:
            assert callable(find(name))
        except ImportError:
            assert not name.startswith(("okx_sync", "floor", "websocket-client"))


@pytest.mark.parametrize("exchange", BODIES)
@pytest.mark.parametrize("stream", STREAMS)
def test_a_body_has_room_for_one_time(exchange: str, stream: str) -> None:
    """Thirteen digits between its halves make a message; all of a cycle differ."""
    bodies = bodies_of(exchange, stream)
    messages = {before + b"1234567890123" + behind for before, behind in bodies}
    assert len(messages) == CYCLE
    assert all(isinstance(json.loads(message), dict) for message in messages)


def test_medians_and_tables() -> None:
    """The tables hold what was found, and the reason for what was not."""
    one = medians([{"per_s": 1.0, "cpu_us": 5.0}, {"per_s": 3.0, "cpu_us": 1.0}, {"per_s": 2.0, "cpu_us": 2.0}])
    assert one == {"per_s": 2.0, "cpu_us": 2.0}
    text = throughput.table({"ws tickers": {"floor: recv + split + orjson": one, "pybit": {"reason": "not installed"}}})
    assert "not installed" in text
    assert "1.00" in text
    delays = {"p50": 1, "p99": 2, "p99.9": 3, "best_p99": 2, "cpu_us": 4}
    assert "p99.9" in latency.table({"ws 1,000/s": {"pybit": delays}})


def test_targets_say_what_was_missed() -> None:
    """A figure that will not do is marked; one that is missing is no figure."""
    growth: dict[str, Any] = {"endurance": {"memory": {"okx_sync callback": [1.0, 1.0, 1.0, 1.0, 3.5]}}}
    lines = {line[:52].strip(): line for line in table(growth).splitlines()}
    assert lines["memory in the last quarter, MiB"].split()[-2:] == ["2.50", "MISSED"]
    assert len(lines) == len(TARGETS) + 2
    assert lines["ws, inline / floor"].endswith("-")
