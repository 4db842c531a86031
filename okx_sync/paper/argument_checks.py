"""Words that the users of a paper exchange may say."""

from __future__ import annotations

from collections.abc import Iterable


def check_word(what: str, word: object, known: Iterable[str]) -> None:
    """Raise ValueError, with the words there are, for another one."""
    words = tuple(known)
    if word not in words:
        raise ValueError(f"no such {what} {word!r}; one of {', '.join(words)}")
