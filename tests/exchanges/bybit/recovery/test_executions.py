"""Recovery of ``execution`` and ``execution.fast``: each execution once, whichever way told of it first."""

from __future__ import annotations

from okx_sync.protocol.recovery_source import RecoverySource
from tests.exchanges.bybit.recovery.rest import HOUR, NOW, SINCE, Rest, execution, source

DAY = 24 * HOUR


def _ids(memory: RecoverySource, rest: Rest, since: int = SINCE) -> list[str]:
    return [row["execId"] for row in memory.missed(since, rest, NOW).rows]


def test_what_was_missed_of_every_category() -> None:
    """All pages of all categories, oldest first, each row with its category; nothing that was delivered."""
    fills = [execution(name, NOW - at) for name, at in (("d", 1000), ("c", 2000), ("b", 3000), ("a", 4000))]
    rest = Rest(linear={"fills": fills}, spot={"fills": [execution("s", NOW - 2500, orderId="2")]})
    memory = source("execution")
    assert memory.note(execution("a", NOW - 4000)) is not None
    missed = memory.missed(SINCE, rest, NOW)
    assert [(row["execId"], row["category"]) for row in missed.rows] == [
        ("b", "linear"),
        ("s", "spot"),
        ("c", "linear"),
        ("d", "linear"),
    ]
    assert missed.lacks == ()
    assert {params["category"] for _, params in rest.asked} == {"linear", "inverse", "spot", "option"}


def test_one_delivered_twice_is_no_news() -> None:
    """A push of what was recovered, or the other way round, is left out; what has no id goes on to its decoder."""
    memory = source("execution")
    row = execution("a", NOW)
    assert memory.note(row) is row
    assert memory.note(dict(row)) is None
    assert memory.note({"symbol": "BTCUSDT"}) == {"symbol": "BTCUSDT"}
    assert memory.note(1) == 1


def test_a_topic_of_one_category_asks_for_no_other() -> None:
    """``execution.linear``."""
    rest = Rest()
    assert _ids(source("execution", category="spot"), rest) == []
    assert [params["category"] for _, params in rest.asked] == ["spot"]


def test_fills_of_one_moment_are_told_in_their_order() -> None:
    """Of one order the fill that leaves less of it is the later one."""
    fills = [execution(str(left), NOW, leavesQty=str(left)) for left in (0, 2, 1)]
    assert _ids(source("execution", category="linear"), Rest(linear={"fills": fills})) == ["2", "1", "0"]


def test_a_long_outage_is_asked_for_in_windows() -> None:
    """At most seven days in one call, none left out; what is older than two years is named."""
    fills = [execution(str(days), NOW - days * DAY) for days in range(1, 30)]
    rest = Rest(linear={"fills": fills})
    memory = source("execution", category="linear")
    assert _ids(memory, rest, NOW - 30 * DAY) == [str(days) for days in range(29, 0, -1)]
    missed = memory.missed(NOW - 800 * DAY, rest, NOW)
    assert len(missed.rows) == 29
    assert [lack.what for lack in missed.lacks] == [
        "executions before 2025-01-15 09:00:00+00:00: Bybit lists them for 2 years"
    ]


def test_funding_is_recovered_where_the_stream_tells_it() -> None:
    """The fast channel has fills only, with the fields that it has."""
    rest = Rest(linear={"fills": [execution("f", NOW, execType="Funding"), execution("a", NOW - 1, execFee="1")]})
    assert _ids(source("execution"), rest) == ["a", "f"]
    (row,) = source("execution.fast").missed(SINCE, rest, NOW).rows
    assert row["execId"] == "a"
    assert row["category"] == "linear"
    assert "execFee" not in row
