"""``StateEvent``, which a user's ``on_state`` handler is given, and how neutral objects are made in less time."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from typing import Any, get_args

import attrs
import pytest

from okx_sync import ConfigError
from okx_sync.types import FillUpdate, LateRaw, StateEvent, StateKind

AT = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def test_a_line_of_log_says_all_that_is_known() -> None:
    """Path, socket number and kind always; details only where there are any."""
    assert str(StateEvent(kind="connected", path="public", epoch=3, at=AT)) == "public#3 connected"
    again = StateEvent(kind="reconnecting", path="public", epoch=3, at=AT, reason="gone", attempt=2, delay_s=0.5)
    assert str(again) == "public#3 reconnecting (reason=gone, attempt=2, delay=0.50 s)"


def test_events_are_facts_and_cannot_be_changed() -> None:
    """Several handlers see the same object."""
    event = StateEvent(kind="lost", path="public", epoch=1, at=AT)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.reason = "other"  # type: ignore[misc]


def test_link_is_the_former_name_of_path() -> None:
    """``event.link`` and ``StateEvent(link=...)`` mean ``path``, with a warning at the user's line; not both."""
    event = StateEvent(kind="lost", path="public", epoch=1, at=AT)
    with pytest.warns(DeprecationWarning, match=r"link is called path now, and goes in version 0\.3\.0") as read:
        assert event.link == "public"
    former: dict[str, Any] = {"kind": "lost", "link": "public", "epoch": 1, "at": AT}
    with pytest.warns(DeprecationWarning, match="link is called path now") as made:
        assert StateEvent(**former) == event
    assert {one.filename for one in (*read, *made)} == {__file__}
    with pytest.raises(ConfigError, match="path= and link= are one field"):
        StateEvent(path="public", **former)


def test_events_are_copied_by_their_path() -> None:
    """Changed, copied and pickled events keep their path, and nothing warns."""
    event = StateEvent(kind="lost", path="public", epoch=1, at=AT)
    assert attrs.evolve(event, reason="gone").path == copy.copy(event).path == "public"
    assert pickle.loads(pickle.dumps(event)) == event


class Late(LateRaw):
    """A row that is made when it is read, and how often it was."""

    def __init__(self) -> None:
        self.made = 0

    def row(self) -> str:
        self.made += 1
        return "the row"


def test_a_row_that_is_kept_is_made_when_it_is_read() -> None:
    """Once; neither comparing nor showing its owner reads it, and it cannot be set."""
    late = Late()
    fill = FillUpdate(inst_id="A", trade_id="1", order_id="2", side="buy", price=Decimal(1), size=Decimal(2), raw=late)
    assert fill == attrs.evolve(fill, raw=None)
    assert "row" not in repr(fill)
    late.made = 0
    vars(fill)["raw"] = late
    assert (fill.raw, fill.raw, late.made) == ("the row", "the row", 1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        fill.raw = None  # type: ignore[misc]
    with pytest.raises(NotImplementedError):
        LateRaw().row()


def test_every_kind_is_explained() -> None:
    """The table in the docstring is the user's manual."""
    rows = [line.split()[:1] for line in (StateEvent.__doc__ or "").splitlines()]
    assert [kind for kind in get_args(StateKind) if [kind] not in rows] == []
