"""The HTML of pictures: escaped, without secrets, and unknown is said to be unknown."""

from __future__ import annotations

from decimal import Decimal

from okx_sync import logs
from okx_sync.notebook.markup import NOT_KNOWN, bar, card, colored, moment, number, pairs, signed, table, text


def test_text_is_escaped() -> None:
    """What an exchange sends is no markup, wherever it stands."""
    evil = '<img src=x onerror="alert(1)">'
    drawn = card(evil, table([evil], [[text(evil)]]), pairs([(evil, colored(evil, "up"), evil)]))
    assert "<img" not in drawn
    assert 'onerror="' not in drawn
    assert drawn.count("&lt;img") == 6


def test_secrets_are_hidden() -> None:
    """A text that is known as a secret is in no picture, also in the form that HTML gives it."""
    logs.hide("S3cret<&>for-pictures")
    assert "S3cret" not in text("key S3cret<&>for-pictures")
    assert "pass-word" not in text("ws://user:pass-word@host/ws")


def test_numbers_keep_their_digits() -> None:
    """Numbers are exact, None is not known and never 0, a profit has its sign."""
    assert number(Decimal("1E-8")) == "0.00000001"
    assert number(None) == signed(None) == moment(None) == NOT_KNOWN
    assert "+1.50" in signed(Decimal("1.50"))
    assert ">-2<" in signed(Decimal(-2))
    assert ">0<" in signed(Decimal("0E-8"))


def test_times_are_utc() -> None:
    """To the millisecond; a number that is no time stays a number."""
    assert moment(1_597_026_383_085) == "2020-08-10 02:26:23.085"
    assert moment(10**20) == text(10**20)


def test_bars_stay_in_their_cell() -> None:
    """A share is cut to what a cell has."""
    assert "width:100%" in bar(7.0, "up", text("x"))
    assert "width:1%" in bar(0.0, "down", text("x"), right=False)
