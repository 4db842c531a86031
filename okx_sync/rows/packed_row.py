"""Rows that are kept for long: as a text, which is one object for dozens and takes a quarter of the memory."""

from __future__ import annotations

from typing import Any

import orjson

from okx_sync.rows.row import Row
from okx_sync.types import LateRaw

__all__ = ["PackedRow"]


class PackedRow(LateRaw):
    """A row off the wire and the facts around it, as a text."""

    __slots__ = ("_model", "_text")

    def __init__(self, model: type[Row], text: str) -> None:
        self._model = model
        self._text = text

    @classmethod
    def of(cls, raw: Any) -> Any:
        """Pack a row off the wire; anything else, and what is no plain JSON, is returned as it is."""
        if not isinstance(raw, Row) or raw.raw is None:
            return raw
        try:
            text = orjson.dumps(raw.__reduce__()[1]).decode()  # the bytes would hold several times the room they need
        except TypeError:
            return raw
        return cls(type(raw), text)

    def row(self) -> Row:
        """Make the row again, with nothing of it converted yet."""
        return self._model.from_wire(*orjson.loads(self._text))
