"""Rows of Convert: pairs, quotes, conversions."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.models.words import Side
from okx_sync.models import Row, model


@model
class ConvertCurrency(Row):
    """A currency that can be converted."""

    ccy: str | None = None
    min: Decimal | None = None
    max: Decimal | None = None


@model
class ConvertPair(Row):
    """Least and most of a conversion, in both currencies."""

    instId: str | None = None
    baseCcy: str | None = None
    baseCcyMax: Decimal | None = None
    baseCcyMin: Decimal | None = None
    quoteCcy: str | None = None
    quoteCcyMax: Decimal | None = None
    quoteCcyMin: Decimal | None = None


@model
class ConvertQuote(Row):
    """A price that can be taken until ``quoteTime`` + ``ttlMs``. ``quoteTime``: epoch ms."""

    quoteTime: int | None = None
    ttlMs: int | None = None
    # Id that the user gave.
    clQReqId: str | None = None
    quoteId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    side: Side | None = None
    # As asked for, and as it would be.
    origRfqSz: Decimal | None = None
    rfqSz: Decimal | None = None
    rfqSzCcy: str | None = None
    # Price in quote currency.
    cnvtPx: Decimal | None = None
    baseSz: Decimal | None = None
    quoteSz: Decimal | None = None


@model
class ConvertTrade(Row):
    """A conversion. ``ts``: epoch ms."""

    tradeId: str | None = None
    quoteId: str | None = None
    # Id that the user gave.
    clTReqId: str | None = None
    state: Literal["fullyFilled", "rejected"] | str | None = None
    instId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    side: Side | None = None
    fillPx: Decimal | None = None
    fillBaseSz: Decimal | None = None
    fillQuoteSz: Decimal | None = None
    ts: int | None = None
