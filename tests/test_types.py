"""``StateEvent``: what a user's ``on_state`` handler is given."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import attrs
import pytest

from okx_sync.types import StateEvent, StateKind

AT = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def test_a_line_of_log_says_all_that_is_known() -> None:
    """Link, socket number and kind always; details only where there are any."""
    assert str(StateEvent(kind="connected", link="public", epoch=3, at=AT)) == "public#3 connected"
    again = StateEvent(kind="reconnecting", link="public", epoch=3, at=AT, reason="gone", attempt=2, delay_s=0.5)
    assert str(again) == "public#3 reconnecting (reason=gone, attempt=2, delay=0.50 s)"


def test_events_are_facts_and_cannot_be_changed() -> None:
    """Several handlers see the same object."""
    event = StateEvent(kind="lost", link="public", epoch=1, at=AT)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.reason = "other"  # type: ignore[misc]


def test_every_kind_is_explained() -> None:
    """The table in the docstring is the user's manual."""
    assert all(f"    {kind}" in (StateEvent.__doc__ or "") for kind in get_args(StateKind))
