"""``LinkOptions``: the defaults obey the exchange's documented limits."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from okx_sync.errors import ConfigError
from okx_sync.transport.options import LinkOptions


def test_a_ping_and_its_answer_fit_into_the_exchanges_patience() -> None:
    """The exchange drops a socket on which nothing moved for 30 s."""
    options = LinkOptions()
    assert options.ping_s + options.pong_s < 30


def test_rates_stay_under_the_limits() -> None:
    """480 control requests an hour and socket, 3 connection attempts a second."""
    options = LinkOptions()
    assert options.control_per_hour < 480
    assert options.connects_per_s <= 3
    assert options.backoff_s <= options.backoff_cap_s <= 60


def test_options_are_named_and_fixed() -> None:
    """A timeout is never given by position, and never changes under a running link."""
    with pytest.raises(TypeError):
        LinkOptions(5.0)  # type: ignore[call-arg]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        LinkOptions().ping_s = 1.0  # type: ignore[misc]


def test_a_pace_that_cannot_be_is_refused() -> None:
    """A socket that may say nothing would never be of use."""
    with pytest.raises(ConfigError, match="control_per_s cannot be 0"):
        LinkOptions(control_per_s=0)


@pytest.mark.parametrize("seconds", ["5", -1, True, float("nan")])
def test_a_time_that_cannot_be_is_refused(seconds: Any) -> None:
    """Where it is given, not on the link's thread."""
    with pytest.raises(ConfigError, match="ping_s must be a number of seconds"):
        LinkOptions(ping_s=seconds)


def test_every_option_is_explained() -> None:
    """In the docstring, by name."""
    assert all(f"``{field.name}``" in (LinkOptions.__doc__ or "") for field in attrs.fields(LinkOptions))
