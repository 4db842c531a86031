"""Rows that several families share: receipts, rates, rows of any shape, rows that hold secrets."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import attrs

from okx_sync.rows import Row, model
from okx_sync.rows.to_wire import describe_row, show


@model
class Timestamp(Row):
    """The time at which a request was carried out."""

    ts: int | None = None
    """Epoch ms."""


@model
class ApyRecord(Row):
    """Yearly rate on one day."""

    rate: Decimal | None = None
    """Per year, a ratio: 0.01 is one percent."""
    ts: int | None = None
    """Epoch ms."""


@model
class AnyRow(Row):
    """A row of any shape that is an object: all of it is in ``extra`` and ``to_wire()``, by wire name."""


class SecretRow(Row):
    """Base of rows with secrets: the fields named in ``_hidden`` stay out of ``repr``."""

    __slots__ = ()

    _hidden: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        names = [field.name for field in attrs.fields(type(self))]
        return describe_row(self, [(name, "<hidden>" if name in self._hidden else show(self, name)) for name in names])


@model
class Done(Row):
    """Whether a request was carried out."""

    result: bool | None = None


@model
class BotResult(Row):
    """Verdict on one request to a bot."""

    algoId: str | None = None
    ordId: str | None = None
    """Order that closes a position, where there is one."""
    algoClOrdId: str | None = None
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of the error."""
    tag: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class BotId(Row):
    """The bot that was changed."""

    algoId: str | None = None
    algoClOrdId: str | None = None
