"""Recurring buys of the account."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.models import Row, envelope, model


@model
class RecurringPart(Row):
    """One currency of a recurring buy."""

    ccy: str | None = None
    # Share of the amount, 0.2 is 20 %.
    ratio: Decimal | None = None
    # It is bought within this range of prices only.
    minPx: Decimal | None = None
    maxPx: Decimal | None = None
    # Bought so far, the profit of it in the investment currency, average and present price.
    totalAmt: Decimal | None = None
    profit: Decimal | None = None
    avgPx: Decimal | None = None
    px: Decimal | None = None


@model
class RecurringBuy(Row):
    """A recurring buy as it is now (channel ``algo-recurring-buy``). Ratios: 0.01 is one percent."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
    # "recurring"
    algoOrdType: str | None = None
    state: Literal["running", "stopping", "stopped", "pause"] | str | None = None
    # Name that the user gave it.
    stgyName: str | None = None
    recurringList: tuple[RecurringPart, ...] = ()
    period: Literal["monthly", "weekly", "daily", "hourly"] | str | None = None
    # Day of the month or of the week.
    recurringDay: int | None = None
    # Hours between two buys of an hourly one.
    recurringHour: int | None = None
    # Hour of the day.
    recurringTime: int | None = None
    recurringTimeType: str | None = None
    # Minute of the hour.
    recurringTimeMinutes: int | None = None
    # Hours from UTC.
    timeZone: Decimal | None = None
    # Of one buy, in investmentCcy; and of all so far.
    amt: Decimal | None = None
    investmentAmt: Decimal | None = None
    investmentCcy: str | None = None
    # Epoch ms.
    nextInvestTime: int | None = None
    totalPnl: Decimal | None = None
    totalAnnRate: Decimal | None = None
    pnlRatio: Decimal | None = None
    # Value of what was bought, in investmentCcy.
    mktCap: Decimal | None = None
    # Buys so far.
    cycles: int | None = None
    tag: str | None = None
    # Epoch ms of the push.
    pTime: int | None = None
    tradeQuoteCcy: str | None = None
    # Where the money comes from, as numbers in text.
    source: tuple[str, ...] = ()
