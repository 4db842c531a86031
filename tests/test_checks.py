"""Checks of what users give, and hints at what they may have meant."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync.checks import check_callback, did_you_mean, near
from okx_sync.errors import ConfigError


class Bot:
    """Something with methods for callbacks."""

    def on_tick(self, tick: object) -> None: ...

    def on_two(self, one: object, two: object) -> None: ...

    def __call__(self, tick: object, extra: int = 0) -> None: ...


async def later(tick: object) -> None: ...


TAKEN: list[Callable[..., Any]] = [
    print,
    [].append,
    Bot().on_tick,
    Bot(),
    lambda tick, n=1: None,
    lambda *ticks: None,
    functools.partial(print, "tick"),
    int,
]
REFUSED: list[Any] = [
    lambda: None,
    lambda one, two: None,
    Bot().on_two,
    lambda tick, *, key: None,
    functools.partial(Bot().on_tick, 1),
    later,
    None,
    5,
    "print",
]


@pytest.mark.parametrize("fn", TAKEN)
def test_what_can_be_called_with_an_event_is_taken(fn: Callable[..., Any]) -> None:
    """Builtins, methods, objects, defaults and partials included."""
    check_callback(fn)


@pytest.mark.parametrize("fn", REFUSED)
def test_what_cannot_be_called_with_an_event_is_refused(fn: Any) -> None:
    """At once, with a hint; not when the first event comes."""
    with pytest.raises(ConfigError) as caught:
        check_callback(fn)
    assert caught.value.hint


def test_near_words_are_found_whatever_their_case() -> None:
    """The best first, as the exchange spells them; none where nothing is like it."""
    assert near("btcusdt", ["ETH-USDT", "BTC-USDT", "BTC-USDT-SWAP"])[0] == "BTC-USDT"
    assert did_you_mean("polcy", ["policy", "queue"]) == "did you mean policy?"
    assert did_you_mean("zzz", ["policy", "queue"]) is None
