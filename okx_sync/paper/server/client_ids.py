"""Client order ids of wires that allow more than OKX does: the venue knows them by a short name of its own."""

from __future__ import annotations

import hashlib
import re

KEPT = 50_000
_PLAIN = re.compile(r"[A-Za-z0-9]{0,32}\Z")


class ClientIds:
    """Two ways of writing one id. What OKX's wire can express stays as it is."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def known_as(self, given: str) -> str:
        """Return the id by which the venue knows a client's id; the same for the same text."""
        if _PLAIN.match(given):
            return given
        short = "x" + hashlib.sha256(given.encode()).hexdigest()[:31]
        self._given[short] = given
        if len(self._given) > KEPT:
            del self._given[next(iter(self._given))]
        return short

    def given(self, known: str) -> str:
        """Return the id as the client gave it."""
        return self._given.get(known, known)
