"""Notes to lead traders and to those who copy them."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType, PosSide, Side
from okx_sync.models import Row, envelope, model


@model
class LeadNotification(Row):
    """A lead trade failed (channel ``copytrading-lead-notification``)."""

    uid: str | None = envelope("arg", "uid")
    instType: InstType | None = None
    # Why: "1" position limit, "2" number of lead trades of the day, "3" too little equity.
    infoType: str | None = None
    # The lead position.
    subPosId: str | None = None
    # The lead trader.
    uniqueCode: str | None = None
    instId: str | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    # Lead trades allowed in a day.
    maxLeadTraderNum: int | None = None
    # Least equity of a lead trader, USDT.
    minLeadEq: Decimal | None = None


@model
class CopyNotification(LeadNotification):
    """A note to a copy trader (channel ``copytrading-notification``).

    OKX no longer documents the channel. These fields are what older clients read; whatever else comes is in
    ``extra``.
    """

    # Factor.
    lever: Decimal | None = None
    avgPx: Decimal | None = None
    # Currency of the amounts.
    ccy: str | None = None
    # Bounds of the copy setting: total stop-loss, removal threshold, least notional value, total amount.
    slTotalAmt: Decimal | None = None
    rmThold: Decimal | None = None
    minNotional: Decimal | None = None
    copyTotalAmt: Decimal | None = None
    # Ratio.
    slippageRatio: Decimal | None = None
