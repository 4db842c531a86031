"""The server of the limits enforces them, and what goes wrong is a figure."""

from __future__ import annotations

import pytest

from tests.benchmarks import limits
from tests.benchmarks.load.bare import BareLoop
from tests.benchmarks.load.payloads import topics_of
from tests.benchmarks.load.processes import serve
from tests.benchmarks.load.venue import Plan, Venue


def test_one_request_too_many_is_counted_and_ends_the_connection() -> None:
    """Three may be asked; the fourth is not answered."""
    with serve(Plan("okx", held=True, most_requests=3)) as server:
        loop = BareLoop(server.port, lambda _moment: None, within_s=5)
        loop.connect()
        for topic in topics_of("tickers", 3):
            loop.subscribe([topic])
        assert server.tell()["rejected"] == 0
        loop.subscribe([("tickers", "ONE-MORE")])  # on the next connection, with all four
        state = server.tell()
        loop.close()
    assert (state["rejected"], state["opened"], state["requests"]) == (1, 2, 5)


class Here:
    """A connection that only counts."""

    def __init__(self) -> None:
        self.topics: dict[str, tuple[str, str]] = {}
        self.requests = 0

    def hang_up(self) -> None:
        """Nothing to do."""


@pytest.mark.parametrize(
    ("plan", "fits", "breaks"),
    [
        (Plan("bitget", most_topics=2), [{"instId": "A"}, {"instId": "B"}], [{"instId": "C"}]),
        (Plan("bybit", most_characters=18), ["tickers.A", "tickers.B"], ["tickers.C"]),
    ],
)
def test_what_a_connection_may_hold(plan: Plan, fits: list[object], breaks: list[object]) -> None:
    """Channels on Bitget, characters on Bybit; what was left makes room."""

    def request(op: str, args: list[object]) -> dict[str, object]:
        return {"op": op, "args": [{"channel": "ticker", **arg} if isinstance(arg, dict) else arg for arg in args]}

    venue, here = Venue(plan), Here()
    assert venue.enter(here)
    assert venue.ask(here, request("subscribe", fits))
    assert venue.ask(here, request("unsubscribe", fits[:1]))
    assert venue.ask(here, request("subscribe", breaks))
    assert not venue.ask(here, request("subscribe", fits[:1]))


def test_connections_come_no_faster_than_allowed() -> None:
    """The fourth within a second is turned away."""
    venue = Venue(Plan("okx", most_connects=3))
    assert [venue.enter(Here()) for _ in range(4)] == [True, True, True, False]
    assert venue.command("")["rejected"] == 1


def test_each_exchange_is_measured() -> None:
    """Few topics are no trouble anywhere."""
    figures = limits.run(many=60, alone=4, rounds=2)
    assert len(figures) == 2 * len(limits.EXCHANGES)
    for one in figures.values():
        assert one["topics"] == one["asked"], figures
        assert one["rejected"] == 0, figures
        assert "error" not in one, figures
    assert "bybit at once" in limits.table(figures)
