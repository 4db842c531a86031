"""Rows about OKUSD."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.models import Row, model


@model
class OkusdAccount(Row):
    """OKUSD held, and its yield so far. ``ts``: epoch ms."""

    ccy: str | None = None
    amt: Decimal | None = None
    totalEarnAccrual: Decimal | None = None
    ts: int | None = None


@model
class OkusdLimit(Row):
    """Quotas of one kind, of the account and of everybody, per day."""

    # Subscriptions only.
    maxSubAmt: Decimal | None = None
    personalDailyLimit: Decimal | None = None
    personalUsedAmt: Decimal | None = None
    platformDailyLimit: Decimal | None = None
    platformUsedAmt: Decimal | None = None
    # Ratio; redemptions only.
    feeRate: Decimal | None = None


@model
class OkusdLimits(Row):
    """What may be subscribed and redeemed, in OKUSD. ``ts``: epoch ms."""

    subLimit: OkusdLimit | None = None
    fastRedeemLimit: OkusdLimit | None = None
    stdRedeemLimit: OkusdLimit | None = None
    ts: int | None = None


@model
class OkusdRate(Row):
    """Yearly rate of a day, 0.01 is one percent. ``ts``: epoch ms."""

    apr: Decimal | None = None
    ts: int | None = None


@model
class OkusdSubscription(Row):
    """Receipt for turning USDT into OKUSD. ``ts``: epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    # USDT paid, OKUSD received.
    amt: Decimal | None = None
    okusdAmt: Decimal | None = None
    state: str | None = None
    ts: int | None = None


@model
class OkusdRedemption(Row):
    """Receipt for turning OKUSD into USDT. Times are epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    # OKUSD given, fee in USDT, USDT received.
    amt: Decimal | None = None
    fee: Decimal | None = None
    usdtAmt: Decimal | None = None
    redeemType: str | None = None
    state: str | None = None
    estSettlementTime: int | None = None
    ts: int | None = None


@model
class OkusdSubscriptionRecord(Row):
    """A subscription. ``ts``: epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    settleCcy: str | None = None
    settleCcyAmt: Decimal | None = None
    status: str | None = None
    ts: int | None = None


@model
class OkusdRedemptionRecord(Row):
    """A redemption. Times are epoch ms."""

    ordId: str | None = None
    clOrdId: str | None = None
    ccy: str | None = None
    amt: Decimal | None = None
    fee: Decimal | None = None
    settleCcy: str | None = None
    settleCcyAmt: Decimal | None = None
    type: str | None = None
    status: str | None = None
    estSettlementTime: int | None = None
    ts: int | None = None


@model
class OkusdReward(Row):
    """Yield of one day. ``ts``: epoch ms."""

    ccy: str | None = None
    earnAmt: Decimal | None = None
    amt: Decimal | None = None
    apr: Decimal | None = None
    ts: int | None = None
