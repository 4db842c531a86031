"""Decisions after a failure, for reading and for writing calls."""

from __future__ import annotations

import pytest

from okx_sync.errors import OkxError, OkxRateLimitError
from okx_sync.rest.dialect import Again
from okx_sync.rest.retry import CallFailure, RetryPolicy, Step


@pytest.mark.parametrize(
    ("again", "reading", "writing"),
    [
        ("no", "raise", "raise"),
        ("read", "repeat", "raise"),
        ("any", "repeat", "repeat"),
        ("clock", "clock", "clock"),
        ("unknown", "repeat", "unknown"),
        ("late", "raise", "unknown"),
    ],
)
def test_the_table(again: Again, reading: Step, writing: Step) -> None:
    """Reading calls are repeated freely, writing calls only when they certainly did nothing."""
    failure = CallFailure(OkxError("x"), again)
    assert RetryPolicy(reading=True).next(failure) == reading
    assert RetryPolicy(reading=False).next(failure) == writing


def test_there_is_an_end() -> None:
    """After the last try the error is raised."""
    plan = RetryPolicy(reading=True, tries=3)
    steps = []
    for _ in range(3):
        steps.append(plan.next(CallFailure(OkxError("x"), "any")))
        plan = plan.after_repeat()
    assert steps == ["repeat", "repeat", "raise"]


def test_the_clock_is_set_once() -> None:
    """A second refusal because of the clock is raised, and setting it does not cost a try."""
    plan = RetryPolicy(reading=False).after_clock()
    assert plan.attempt == 1
    assert plan.next(CallFailure(OkxError("x"), "clock")) == "raise"


def test_long_waits_are_the_callers_business() -> None:
    """A server that asks for an hour gets an error to the caller, not a sleeping thread."""
    error = OkxRateLimitError("x", retry_after=3600.0)
    assert RetryPolicy(reading=True).next(CallFailure(error, "any")) == "raise"
    assert RetryPolicy(reading=True).next(CallFailure(OkxRateLimitError("x", retry_after=5.0), "any")) == "repeat"
