"""``Strand``: who is slow is kept away from the threads that read, and who was once interrupted is not."""

from __future__ import annotations

from functools import partial
from typing import Any

from okx_sync.delivery.strand import MEMORY, QUICK_S, Strand, name_of


class Judged:
    """A strand, and the time at which its last callbacks ended."""

    def __init__(self) -> None:
        self.strand = Strand(lambda _most: [], lambda: 0, lambda _item: None, "bot.on_tick")
        self.now = 1000.0

    def takes(self, took_s: float, items: int = 1) -> bool:
        """Note that so many callbacks took so long; True when they are kept away from now on."""
        self.now += took_s
        self.strand.calls += items
        self.strand.judge(took_s, items, self.now)
        return self.strand.at_once_from > self.now


def test_quick_callbacks_are_never_kept_away() -> None:
    """However many, and however many at a time."""
    one = Judged()
    assert not any(one.takes(QUICK_S / 2) for _ in range(3 * MEMORY))
    assert not one.takes(99 * QUICK_S, 100)


def test_one_call_that_takes_long_is_enough() -> None:
    """It would keep a socket from being read for as long each time."""
    one = Judged()
    assert not any(one.takes(QUICK_S / 2) for _ in range(MEMORY // 2))
    assert one.takes(0.02)


def test_a_call_that_was_interrupted_is_forgiven_and_slow_ones_are_not() -> None:
    """Other programs interrupt a quick callback now and then; a slow one is slow again and again."""
    one = Judged()
    assert not one.takes(0.005)
    assert [one.takes(0.005) for _ in range(2)][-1]
    quick = Judged()
    assert not any(quick.takes(0.005 if number % 20 == 0 else 0.0) for number in range(2 * MEMORY))


def test_what_was_long_ago_is_forgotten() -> None:
    """A long good time does not make up for slow calls: those of a second or so are enough."""
    one = Judged()
    assert not any(one.takes(0.0) for _ in range(100 * MEMORY))
    assert any(one.takes(0.005) for _ in range(MEMORY // 3))


def test_who_is_soon_slow_again_is_kept_away_for_longer() -> None:
    """Twice as long each time, a minute or so at most; who was good for a while begins anew."""
    one = Judged()
    pauses: list[Any] = []
    for _ in range(8):
        assert one.takes(0.03)
        pauses.append(round(one.strand.at_once_from - one.now, 6))
        one.now = one.strand.at_once_from + 0.1
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 64.0]
    one.now += 1000.0
    assert one.takes(0.03)
    assert round(one.strand.at_once_from - one.now, 6) == 1.0


def test_functions_have_names() -> None:
    """As log lines show them."""
    assert name_of(test_functions_have_names) == f"{__name__}.test_functions_have_names"


class Alert:
    """Something that can be called, and holds what nobody else may see."""

    def __call__(self, _tick: object, token: str = "") -> None:
        """Send it."""

    def __repr__(self) -> str:
        return "<Alert SENTINEL-token-71c0>"


def test_a_name_tells_nothing_of_what_is_held() -> None:
    """Names are in logs, errors, metrics and bug reports; arguments of a partial and reprs may hold a token."""
    own = f"{__name__}.Alert"
    assert (
        name_of(partial(partial(name_of, Alert()), token="SENTINEL-token-71c0")) == "okx_sync.delivery.strand.name_of"
    )
    assert name_of(Alert()) == own
    assert name_of(partial(Alert(), token="SENTINEL-token-71c0")) == own
    assert name_of(Alert().__call__) == f"{own}.__call__"
    assert name_of(print) == "builtins.print"
