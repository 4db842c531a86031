"""Words and numbers that the users of a paper exchange may say."""

from __future__ import annotations

import math
from collections.abc import Iterable

from okx_sync.errors import ConfigError


def wrong(message: str) -> ConfigError:
    """Return the error of what a caller says that cannot be."""
    return ConfigError(message)


def check_word(what: str, word: object, known: Iterable[str]) -> None:
    """Raise ``ConfigError``, with the words there are, for another one."""
    words = tuple(known)
    if word not in words:
        raise ConfigError(f"no such {what} {word!r}; one of {', '.join(words)}")


def check_whole(what: str, value: object, least: int = 0, most: float = math.inf) -> None:
    """Raise ``ConfigError`` for what is no whole number of this range; None is left to the caller's default."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        upper = "" if most == math.inf else f", at most {most}"
        raise ConfigError(f"{what} cannot be {value!r}", hint=f"a whole number, at least {least}{upper}")


def check_seconds(what: str, value: object) -> None:
    """Raise ``ConfigError`` for what is no time in seconds; None is left to the caller's default."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ConfigError(f"{what} cannot be {value!r}", hint="seconds, as a number of at least 0")


def check_code(what: str, value: object) -> None:
    """Raise ``ConfigError`` for what is no code of an exchange: digits, as text."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        raise ConfigError(f"{what} cannot be {value!r}", hint="digits as text, like '51000'")
