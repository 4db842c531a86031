"""Rows of spread trading that no stream pushes: fills with their fees, spreads."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.models.spread import SpreadFill
from okx_sync.exchanges.okx.models.words import Side
from okx_sync.models import Row, model


@model
class SpreadLeg(Row):
    """One of the two instruments of a spread."""

    instId: str | None = None
    # Side of this leg when the spread is bought.
    side: Side | None = None


@model
class SpreadInstrument(Row):
    """A spread and its sizes. Times are epoch ms."""

    sprdId: str | None = None
    sprdType: Literal["linear", "inverse", "hybrid"] | str | None = None
    state: Literal["live", "suspend", "expired"] | str | None = None
    baseCcy: str | None = None
    szCcy: str | None = None
    quoteCcy: str | None = None
    # Step of the price; least size and step of the size, in szCcy.
    tickSz: Decimal | None = None
    minSz: Decimal | None = None
    lotSz: Decimal | None = None
    listTime: int | None = None
    # None for spreads that do not expire.
    expTime: int | None = None
    uTime: int | None = None
    legs: tuple[SpreadLeg, ...] = ()


@model
class SpreadFillRecord(SpreadFill):
    """A fill of the account's order on a spread, with the fee of all legs together (``sprd/trades``)."""

    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    feeCcy: str | None = None
