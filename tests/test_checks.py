"""Checks of what users give, and hints at what they may have meant."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, cast

import attrs
import pytest

from okx_sync import BitgetConfig, BybitConfig, Config, LinkOptions
from okx_sync.checks import check_callback, check_options, did_you_mean, near
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
    lambda tick: None,
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


@check_options
@attrs.frozen
class Options:
    """Something with options."""

    ping_s: float = 1.0
    simulated: bool = False


@pytest.mark.parametrize(
    ("option", "hint"), [("simulatd", "did you mean simulated?"), ("zzz", "it takes ping_s, simulated")]
)
def test_an_option_that_is_not_there_gets_a_hint(option: str, hint: str) -> None:
    """Bad input like any other, and a TypeError as Python has it."""
    with pytest.raises(ConfigError, match=f"Options takes no '{option}'") as caught:
        cast("Any", Options)(**{option: 1})
    assert caught.value.hint == hint
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("cls", [Config, BybitConfig, BitgetConfig, LinkOptions])
def test_all_settings_hint_at_their_options(cls: type[Any]) -> None:
    """A copy with changes is checked as well, and the signature stays as it was."""
    name = attrs.fields(cls)[-1].name
    with pytest.raises(ConfigError, match=name):
        cls(**{f"{name}_": 1})
    with pytest.raises(ConfigError, match=name):
        attrs.evolve(cls(), **{f"{name}_": 1})
    assert name in inspect.signature(cls).parameters
