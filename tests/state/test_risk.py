"""Limits: one event on crossing, one on recovery, and nothing in between."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync import ConfigError
from okx_sync.state.risk import Limit, RiskEvent, Watch

D = Decimal
VALUES = st.lists(st.none() | st.decimals(-3, 3, places=1), max_size=60)


def run(watch: Watch, values: list[Any], subject: str = "x") -> list[bool]:
    """What these values make of a limit: True for each breach, False for each recovery."""
    events = [watch.look(subject, None if one is None else D(one), at=0) for one in values]
    return [event.is_breach for event in events if event is not None]


@given(VALUES, st.sampled_from(["above", "below"]), st.decimals(-1, 1, places=1), st.decimals(0, 1, places=1))
def test_breach_and_recovery_always_alternate(
    values: list[Decimal | None], side: str, line: Decimal, room: Decimal
) -> None:
    """Whatever the values do: never twice the same, a breach first, and the last event tells the state.

    A value that is missing neither triggers nor recovers, and between the limit and ``recover_at`` nothing happens.
    """
    sign = -1 if side == "above" else 1
    watch = Watch(Limit.of("m", **{side: line}, recover_at=line + sign * room))
    is_breached = False
    for value in values:
        event = watch.look("x", value, at=1)
        beyond = value is not None and (value - line) * sign < 0
        back = value is not None and (value - line) * sign >= room
        if not is_breached and beyond:
            assert event is not None
            assert event.is_breach
        elif is_breached and back:
            assert event is not None
            assert not event.is_breach
        else:
            assert event is None
        if event is not None:
            is_breached = event.is_breach
            assert event.value == value
        assert watch.breached == (("x",) if is_breached else ())


def test_the_margin_is_five_percent_on_the_safe_side() -> None:
    """Unless the user names another."""
    assert Limit.of("m", above="0.8").recover_at == D("0.76")
    assert Limit.of("m", below=-1000).recover_at == -950
    assert Limit.of("m", below=100).recover_at == 105
    assert Limit.of("m", below="0.05", recover_at="0.08").recover_at == D("0.08")
    assert Limit.of("m", below=0).recover_at == 0


def test_the_limit_itself_is_allowed() -> None:
    """Beyond means beyond, and ``recover_at`` itself is back."""
    watch = Watch(Limit.of("m", above=10, recover_at=9))
    assert run(watch, [10, "10.1", 10, "9.1", 9]) == [True, False]


def test_subjects_are_watched_side_by_side() -> None:
    """A second position that crosses the limit is news, however many did before."""
    watch = Watch(Limit.of("m", above=1))
    assert watch.look("a", D(2), at=5) == RiskEvent(
        kind="m", limit=watch.limit, value=D(2), subject="a", at=5, is_breach=True
    )
    assert run(watch, [2, 3], "b") == [True]
    assert watch.breached == ("a", "b")
    assert run(watch, [0], "a") == [False]
    assert list(watch.breached) == ["b"]


def test_what_is_gone_has_recovered() -> None:
    """Once, with no value; what was not breached goes in silence, and may cross anew when it is back."""
    watch = Watch(Limit.of("m", above=1))
    assert watch.gone("a", at=1) is None
    assert run(watch, [2], "a") == [True]
    event = watch.gone("a", at=9)
    assert event is not None
    assert (event.is_breach, event.value, event.at) == (False, None, 9)
    assert watch.gone("a", at=10) is None
    assert run(watch, [2], "a") == [True]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "above"),
        ({"above": 1, "below": 2}, "above"),
        ({"above": 0.8}, "above"),
        ({"below": True}, "below"),
        ({"above": "much"}, "above"),
        ({"above": "NaN"}, "above"),
        ({"above": "1", "recover_at": "1.1"}, "recover_at"),
        ({"below": "1", "recover_at": "0.9"}, "recover_at"),
        ({"below": "1", "recover_at": 2.0}, "recover_at"),
    ],
)
def test_what_cannot_be_a_limit_is_refused(given: dict[str, Any], named: str) -> None:
    """The parameter is named, and there is a hint."""
    with pytest.raises(ConfigError, match=named) as caught:
        Limit.of("m", **given)
    assert caught.value.hint


def test_events_read_well() -> None:
    """One line that says what happened to whom."""
    watch = Watch(Limit.of("margin_ratio", above="0.8"))
    assert str(watch.look("BTC", D("0.9"), at=1)) == "BTC: margin_ratio 0.9 BREACH (margin_ratio above 0.8)"
    assert str(watch.gone("BTC", at=2)) == "BTC: margin_ratio gone recovered (margin_ratio above 0.8)"
