"""Rows of dual investment. Yields: 0.01 is one percent."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.models import Row, model


@model
class DualPair(Row):
    """A pair on offer."""

    baseCcy: str | None = None
    quoteCcy: str | None = None
    # "C" sell high, "P" buy low.
    optType: str | None = None
    uly: str | None = None


@model
class DualProduct(Row):
    """A product on offer. Times are epoch ms."""

    absYield: Decimal | None = None
    annualizedYield: Decimal | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    expTime: int | None = None
    interestAccrualTime: int | None = None
    listTime: int | None = None
    maxSize: Decimal | None = None
    minSize: Decimal | None = None
    notionalCcy: str | None = None
    # "C" sell high, "P" buy low.
    optType: str | None = None
    productId: str | None = None
    quoteTime: int | None = None
    redeemEndTime: int | None = None
    redeemStartTime: int | None = None
    stepSz: Decimal | None = None
    tradeEndTime: int | None = None
    strike: Decimal | None = None
    uly: str | None = None


@model
class DualQuote(Row):
    """Terms that can be taken until ``validUntil``."""

    absYield: Decimal | None = None
    annualizedYield: Decimal | None = None
    interestAccrualTime: int | None = None
    notionalSz: Decimal | None = None
    notionalCcy: str | None = None
    productId: str | None = None
    quoteId: str | None = None
    validUntil: int | None = None
    idxPx: Decimal | None = None


@model
class DualReceipt(Row):
    """State of an order."""

    quoteId: str | None = None
    ordId: str | None = None
    # In words: "live", ...
    state: str | None = None


@model
class DualRedeemQuote(Row):
    """What redeeming early would bring. ``validUntil``: epoch ms."""

    ordId: str | None = None
    quoteId: str | None = None
    redeemCcy: str | None = None
    redeemSz: Decimal | None = None
    # Yield if redeemed now, per year.
    termRate: Decimal | None = None
    validUntil: int | None = None


@model
class DualOrder(Row):
    """An order. Times are epoch ms."""

    ordId: str | None = None
    quoteId: str | None = None
    # As in ``DualReceipt``.
    state: str | None = None
    productId: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    uly: str | None = None
    strike: Decimal | None = None
    notionalSz: Decimal | None = None
    notionalCcy: str | None = None
    absYield: Decimal | None = None
    annualizedYield: Decimal | None = None
    # What it brings, what was paid out, and at which price of the index.
    yieldSz: Decimal | None = None
    yieldCcy: str | None = None
    settleSz: Decimal | None = None
    settleCcy: str | None = None
    settlePx: Decimal | None = None
    settleTime: int | None = None
    expTime: int | None = None
    redeemStartTime: int | None = None
    redeemEndTime: int | None = None
    cTime: int | None = None
    uTime: int | None = None
