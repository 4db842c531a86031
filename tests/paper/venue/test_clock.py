"""The paper clock: two readings of one time line."""

from __future__ import annotations

import time

import pytest

from okx_sync.paper.venue.clock import PaperClock


def test_advance_moves_both_readings() -> None:
    """A jump forward moves the date and the paper seconds by exactly as much."""
    clock = PaperClock(1_700_000_000.0, frozen=True)
    clock.advance(90.5)
    assert clock.monotonic() == 90.5
    assert clock.now() == 1_700_000_090.5
    assert clock.now_ms() == 1_700_000_090_500


def test_skew_moves_the_date_only() -> None:
    """A wrong date does not move what idle drops and limits are measured on, and can be put right."""
    clock = PaperClock(1_700_000_000.0, frozen=True)
    clock.skew(-30)
    assert clock.now() == 1_699_999_970.0
    assert clock.monotonic() == 0.0
    assert clock.at_ms(10.0) == 1_699_999_980_000
    clock.skew(0)
    assert clock.now() == 1_700_000_000.0


def test_freeze_and_resume_follow_real_time_in_between() -> None:
    """Real seconds count only while the clock runs; freezing twice or resuming twice is harmless."""
    real = [100.0]
    clock = PaperClock(0.0, real=lambda: real[0])
    real[0] += 5
    clock.freeze()
    clock.freeze()
    real[0] += 50
    assert clock.monotonic() == 5.0
    assert clock.is_frozen
    clock.advance(1)
    clock.resume()
    clock.resume()
    real[0] += 2
    assert clock.monotonic() == 8.0
    assert not clock.is_frozen


def test_default_is_the_computers_own_time() -> None:
    """Untouched, the clock tells the date of the computer."""
    assert abs(PaperClock().now() - time.time()) < 1.0


def test_time_never_goes_back() -> None:
    """A negative advance is refused."""
    with pytest.raises(ValueError, match="forward"):
        PaperClock().advance(-1)
