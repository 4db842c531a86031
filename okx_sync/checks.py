"""Checks of user input, and hints at what may have been meant. For every room."""

from __future__ import annotations

import functools
import inspect
import sys
import warnings
from collections.abc import Callable, Iterable
from types import FunctionType
from typing import Any, TypeVar

import attrs

from okx_sync.errors import ConfigError, WrongCallError

__all__ = [
    "callback_hint",
    "check_callback",
    "check_config",
    "check_flag",
    "check_inst_id",
    "check_options",
    "check_word",
    "did_you_mean",
    "near",
    "no_predicate",
    "warn_user",
]

_C = TypeVar("_C", bound=type[Any])


def near(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """Find at most ``n`` known words that look like ``word``, best first; upper and lower case count as equal.

    One that differs in dashes and underscores alone (``BTCUSDT``, ``BTC-USDT``) is meant, and no other.
    """
    by_fold: dict[str, str] = {}
    for one in known:
        by_fold.setdefault(one.casefold(), one)
    if same := [one for one in by_fold.values() if _shape(one) == _shape(word)]:
        return same[:n]
    import difflib  # for what is misspelt only

    return [by_fold[fold] for fold in difflib.get_close_matches(word.casefold(), by_fold, n=n, cutoff=cutoff)]


def _shape(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "")


def did_you_mean(word: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> str | None:
    """Make a hint of the known words that look like ``word``: ``"did you mean a or b?"``; None without any."""
    found = near(word, known, n, cutoff)
    return f"did you mean {' or '.join(found)}?" if found else None


def check_word(what: str, value: object, known: Iterable[str]) -> None:
    """Raise ``ConfigError`` for a word that is none of the known ones; the hint names near ones."""
    words = tuple(known)
    if value not in words:
        hint = did_you_mean(value, words) if isinstance(value, str) else None
        raise ConfigError(f"{what} must be one of {', '.join(words)}, not {value!r}", hint=hint)


def check_flag(name: str, value: object) -> None:
    """Raise ``ConfigError`` unless ``value`` is True or False."""
    if not isinstance(value, bool):
        raise ConfigError(f"{name} must be True or False, not {value!r}")


def check_inst_id(value: object) -> None:
    """Raise ``ConfigError`` for what cannot be the name of an instrument."""
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"inst_id cannot be {value!r}", hint="the instrument's name as text")


def no_predicate(value: object) -> ConfigError:
    """Return the error for what is no function to be waited for."""
    return ConfigError(f"the predicate must be a function, not {value!r}", hint="wait_until(lambda it: ..., timeout)")


def check_options(cls: _C) -> _C:
    """Make an attrs class raise ``WrongCallError``, with a hint, for an option that it does not have."""
    init, known = cls.__init__, [field.name for field in attrs.fields(cls) if field.init]

    @functools.wraps(init)
    def checked(self: Any, *args: Any, **options: Any) -> None:
        for name in options:
            if name not in known:
                hint = did_you_mean(name, known) or f"it takes {', '.join(known)}"
                raise WrongCallError(f"{cls.__name__} takes no {name!r}", hint=hint)
        init(self, *args, **options)

    cls.__init__ = checked
    return cls


def check_config(config: object, kind: type, client: object) -> None:
    """Raise ``ConfigError`` when a client is given something else than the configuration of its exchange."""
    if not isinstance(config, kind):
        raise ConfigError(
            f"{type(client).__name__} takes a {kind.__name__}, not {type(config).__name__}",
            hint="each exchange has a configuration of its own: Config, BitgetConfig, BybitConfig",
        )


def check_callback(fn: Any, what: str = "callback") -> None:
    """Refuse a callback that cannot be called with one argument, before anything depends on it.

    Args:
        fn: what the user gave. Callables that do not tell what they take are believed.
        what: what it is for, for the error.

    Raises:
        ConfigError: it cannot be called, is a coroutine function, or takes another number of arguments.
    """
    if isinstance(fn, FunctionType) and not vars(fn):  # what it says of itself is all there is to know
        code = fn.__code__
        if code.co_argcount == 1 and not code.co_kwonlyargcount and not code.co_flags & inspect.CO_COROUTINE:
            return  # as most are: to ask for a signature takes longer than all other checks of a subscribe
    if not callable(fn) or inspect.iscoroutinefunction(fn):
        raise ConfigError(f"{what} must be a plain function, not {fn!r}", hint=_plain_hint(fn))
    try:
        signature = inspect.signature(fn)
    except (TypeError, ValueError):  # builtins may not tell
        return
    try:
        signature.bind(None)
    except TypeError as error:
        name = getattr(fn, "__qualname__", None) or repr(fn)
        raise ConfigError(
            f"{what} {name}{signature} cannot be called with one argument: {error}",
            hint=f"it is called as {getattr(fn, '__name__', 'fn')}(event)",
        ) from None


def _plain_hint(fn: Any) -> str:
    if inspect.iscoroutinefunction(fn):
        return "there is no event loop here: use def, not async def"
    return "give the function itself, without calling it"


def callback_hint(value: Callable[..., Any]) -> str:
    """Make a hint for somebody who gave a function where a text belongs."""
    return f"name the callback: callback={getattr(value, '__name__', 'fn')}"


def warn_user(message: str) -> None:
    """Warn with ``DeprecationWarning`` at the line outside of this package from which it was called."""
    level, frame = 2, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "okx_sync":
        level, frame = level + 1, frame.f_back
    warnings.warn(message, DeprecationWarning, stacklevel=level)
