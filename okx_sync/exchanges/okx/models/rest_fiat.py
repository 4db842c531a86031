"""Rows about fiat money: ways to pay, orders, buying and selling."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import Side
from okx_sync.models import Row, model


@model
class FiatLimits(Row):
    """Bounds of one way to pay."""

    dailyLimit: Decimal | None = None
    dailyLimitRemaining: Decimal | None = None
    weeklyLimit: Decimal | None = None
    weeklyLimitRemaining: Decimal | None = None
    monthlyLimit: Decimal | None = None
    monthlyLimitRemaining: Decimal | None = None
    maxAmt: Decimal | None = None
    minAmt: Decimal | None = None
    lifetimeLimit: Decimal | None = None


@model
class FiatAccount(Row):
    """A bank account."""

    paymentAcctId: str | None = None
    acctNum: str | None = None
    recipientName: str | None = None
    bankName: str | None = None
    bankCode: str | None = None
    state: str | None = None


@model
class FiatPaymentMethod(Row):
    """A way to pay, its bounds and accounts."""

    ccy: str | None = None
    paymentMethod: str | None = None
    # Ratio.
    feeRate: Decimal | None = None
    minFee: Decimal | None = None
    limits: FiatLimits | None = None
    accounts: tuple[FiatAccount, ...] = ()


@model
class FiatOrder(Row):
    """A deposit or withdrawal of fiat money. Times are epoch ms."""

    ordId: str | None = None
    # Id that the user gave.
    clientId: str | None = None
    amt: Decimal | None = None
    ccy: str | None = None
    fee: Decimal | None = None
    paymentAcctId: str | None = None
    paymentMethod: str | None = None
    # "completed", "failed", "pending", "canceled", "inqueue", "processing", ...
    state: str | None = None
    cTime: int | None = None
    uTime: int | None = None


@model
class FiatCcy(Row):
    """A currency."""

    ccy: str | None = None


@model
class FiatCurrencies(Row):
    """Currencies that can be bought and sold."""

    fiatCcyList: tuple[FiatCcy, ...] = ()
    cryptoCcyList: tuple[FiatCcy, ...] = ()


@model
class FiatPair(Row):
    """Bounds of buying or selling."""

    side: Side | None = None
    fromCcy: str | None = None
    toCcy: str | None = None
    # Of one trade.
    singleTradeMax: Decimal | None = None
    singleTradeMin: Decimal | None = None
    # At a quoted price: left today, allowed in a day.
    fixedPxRemainingDailyQuota: Decimal | None = None
    fixedPxDailyLimit: Decimal | None = None
    paymentMethods: tuple[str, ...] = ()


@model
class FiatQuote(Row):
    """A price that can be taken until ``quoteTime`` + ``ttlMs``. ``quoteTime``: epoch ms."""

    quoteId: str | None = None
    side: Side | None = None
    fromCcy: str | None = None
    toCcy: str | None = None
    rfqAmt: Decimal | None = None
    rfqCcy: str | None = None
    quotePx: Decimal | None = None
    quoteCcy: str | None = None
    quoteFromAmt: Decimal | None = None
    quoteToAmt: Decimal | None = None
    quoteTime: int | None = None
    ttlMs: int | None = None


@model
class FiatTrade(Row):
    """A purchase or sale. Times are epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    quoteId: str | None = None
    # "processing", "completed", "failed".
    state: str | None = None
    side: Side | None = None
    fromCcy: str | None = None
    toCcy: str | None = None
    rfqAmt: Decimal | None = None
    rfqCcy: str | None = None
    fillPx: Decimal | None = None
    fillQuoteCcy: str | None = None
    fillFromAmt: Decimal | None = None
    fillToAmt: Decimal | None = None
    cTime: int | None = None
    uTime: int | None = None
