"""A call of REST that places or changes an algo order, and the words that it is made of, each of which is used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from okx_sync.errors import ConfigError

__all__ = ["AlgoCall", "AlgoOptions", "needed"]


class AlgoCall(NamedTuple):
    """An endpoint by name, and its arguments; those that are None are left out."""

    name: str
    arguments: dict[str, Any]


class AlgoOptions:
    """The options of an algo order, or of a change of one, of which no word may be left over."""

    def __init__(self, kind: str | None, words: Mapping[str, Any]) -> None:
        self._kind = kind
        self._left = {word: value for word, value in words.items() if value is not None}

    def pop(self, word: str) -> Any:
        """Take a word; None where it was not given."""
        return self._left.pop(word, None)

    def peek(self, word: str) -> Any:
        """Return a word without taking it."""
        return self._left.get(word)

    def one_of(self, word: str, known: Collection[str], usual: str | None) -> str | None:
        """Take a word of a list. Raises ``ConfigError`` for another one."""
        value = self._left.pop(word, usual)
        if value is not None and value not in known:
            raise ConfigError(f"{word} cannot be {value!r}", hint=" or ".join(known))
        found: str | None = value
        return found

    def check_all_used(self) -> None:
        """Raise ``ConfigError`` for a word that was not taken: it would be dropped."""
        if self._left:
            raise ConfigError(f"{', '.join(self._left)} is not for a {self._kind} order here", hint="leave it out")


def needed(name: str, value: Any) -> Any:
    """Return what must be known. Raises ``ConfigError`` where it is not."""
    if value is None:
        raise ConfigError(f"{name} is missing", hint="the exchange has not told it yet: say it, or wait for its row")
    return value
