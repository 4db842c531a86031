"""Rows of block trading that no stream pushes: counterparties, receipts, settings."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.models import Row, model


@model
class Counterparty(Row):
    """A trader who may be asked for quotes."""

    traderName: str | None = None
    traderCode: str | None = None
    # "LP" for a liquidity provider.
    type: str | None = None


@model
class RfqResult(Row):
    """Verdict on one RFQ."""

    rfqId: str | None = None
    clRfqId: str | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class QuoteResult(Row):
    """Verdict on one quote."""

    quoteId: str | None = None
    clQuoteId: str | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None
    rfqId: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class MakerInstrument(Row):
    """Bounds for one instrument or family."""

    instFamily: str | None = None
    instId: str | None = None
    # Contracts; base currency for SPOT.
    maxBlockSz: Decimal | None = None
    # Ticks that a quote may be off the mark.
    makerPxBand: Decimal | None = None
    uly: str | None = None


@model
class MakerSetting(Row):
    """What a maker is asked for, of one type of instrument."""

    instType: InstType | None = None
    includeAll: bool | None = None
    data: tuple[MakerInstrument, ...] = ()
    # Whether all instruments of the type. OKX writes it in both ways.
    includeALL: bool | None = None


@model
class BlockMmpConfig(Row):
    """Market-maker protection of block trading."""

    # Window and freeze in ms; 0 freezes until reset.
    timeInterval: int | None = None
    frozenInterval: int | None = None
    # Executed quotes in the window that start a freeze.
    countLimit: int | None = None
    mmpFrozen: bool | None = None
    mmpFrozenUntil: int | None = None
