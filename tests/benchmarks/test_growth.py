"""More topics do not make a topic, a change or a message dearer: CPU and delays of one run, many against few.

The factors leave room for a machine that others use, and for caches: what grew with the number of topics would be
ten times as much.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks import growth
from tests.benchmarks.load.growing import Growth

FEW, MANY = 100, 1000
ROOM = 4.0


@pytest.fixture(scope="module")
def figures() -> dict[int, dict[str, Any]]:
    """Few topics and many, each on a client and a server of its own."""
    return {count: growth.measure(Growth("okx_sync", count, changes=4, window_s=0.1)) for count in (FEW, MANY)}


@pytest.mark.parametrize("what", ["active_cpu_us", "change_cpu_us", "message_cpu_us", "leave_cpu_us"])
def test_the_cpu_of_one_does_not_grow_with_their_number(figures: dict[int, dict[str, Any]], what: str) -> None:
    """Of subscribing and its ack, of one more subscribe and unsubscribe, of a message, of leaving all."""
    assert figures[MANY][what] < ROOM * figures[FEW][what], figures


@pytest.mark.parametrize("change", ["subscribe_ms", "unsubscribe_ms"])
def test_a_change_holds_up_no_messages(figures: dict[int, dict[str, Any]], change: str) -> None:
    """The least of the worst delays around it: that of few topics, or what the machine has without any change."""
    few, many = (figures[count] for count in (FEW, MANY))
    usual = max(few[f"worst_{change}"], few["worst_base_ms"], many["worst_base_ms"])
    assert many[f"least_{change}"] < ROOM * usual, figures


def test_many_topics_need_few_requests(figures: dict[int, dict[str, Any]]) -> None:
    """Many in each; what was lost with a socket is asked again."""
    assert figures[MANY]["requests"] <= MANY / 40, figures
    assert figures[MANY]["reconnect_s"] > 0, figures


def test_the_bare_loop_is_measured_the_same_way() -> None:
    """All figures are there, and none of them is nothing."""
    bare = growth.measure(Growth("bare", 50, changes=1, window_s=0.1))
    assert set(growth.COLUMNS) <= set(bare)
    assert min(bare[name] for name in growth.COLUMNS if name != "kib") > 0, bare
    alone = growth.measure(Growth("bare", 50, alone=True))
    assert alone["requests"] == 50
    text = growth.table({"many": {"50": {"bare": bare}}, "alone": {"50": {"bare": {**alone, "error": "topic 9"}}}})
    assert "topic 9" in text
