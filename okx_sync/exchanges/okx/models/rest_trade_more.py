"""Rows of rarer trading calls: small balances, repayment of debts, checks, rate limits."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType, PosSide, Side
from okx_sync.models import Row, model


@model
class AccountRateLimit(Row):
    """How many orders the account may send (``trade/account-rate-limit``)."""

    # Of the sub-account and of the whole account, last 7 days; None below VIP5.
    fillRatio: Decimal | None = None
    mainFillRatio: Decimal | None = None
    # New and amended orders per 2 s, now and from the next day on.
    accRateLimit: int | None = None
    nextAccRateLimit: int | None = None
    # Epoch ms.
    ts: int | None = None


@model
class ClosedPosition(Row):
    """Receipt for closing a position at market (``trade/close-position``)."""

    instId: str | None = None
    posSide: PosSide | None = None
    clOrdId: str | None = None
    tag: str | None = None


@model
class EasyConvert(Row):
    """Conversion of a small balance (``trade/easy-convert``, ``trade/easy-convert-history``)."""

    fromCcy: str | None = None
    toCcy: str | None = None
    # In fromCcy and toCcy.
    fillFromSz: Decimal | None = None
    fillToSz: Decimal | None = None
    # Account of the result: "18" trading.
    acct: str | None = None
    # "running", "filled", "failed".
    status: str | None = None
    # Epoch ms of the last change.
    uTime: int | None = None


@model
class EasyConvertSource(Row):
    """A small balance."""

    fromCcy: str | None = None
    # In fromCcy.
    fromAmt: Decimal | None = None


@model
class EasyConvertList(Row):
    """Small balances and what they can be turned into (``trade/easy-convert-currency-list``)."""

    fromData: tuple[EasyConvertSource, ...] = ()
    toCcy: tuple[str, ...] = ()


@model
class RepayDebt(Row):
    """A debt."""

    debtCcy: str | None = None
    # In debtCcy.
    debtAmt: Decimal | None = None


@model
class RepaySource(Row):
    """A balance that can repay a debt."""

    repayCcy: str | None = None
    # In repayCcy.
    repayAmt: Decimal | None = None


@model
class RepayList(Row):
    """Debts and what can repay them (``trade/one-click-repay-currency-list``, ``...-v2``)."""

    debtData: tuple[RepayDebt, ...] = ()
    # "cross" or "isolated".
    debtType: str | None = None
    repayData: tuple[RepaySource, ...] = ()


@model
class Repayment(Row):
    """A repayment, old version (``trade/one-click-repay``, ``trade/one-click-repay-history``)."""

    debtCcy: str | None = None
    repayCcy: str | None = None
    # In debtCcy and repayCcy.
    fillDebtSz: Decimal | None = None
    fillRepaySz: Decimal | None = None
    # "running", "filled", "failed".
    status: str | None = None
    # Epoch ms of the last change.
    uTime: int | None = None


@model
class RepayOrder(Row):
    """An order that a repayment placed."""

    ordId: str | None = None
    instId: str | None = None
    ordType: str | None = None
    side: Side | None = None
    px: Decimal | None = None
    fillPx: Decimal | None = None
    fillSz: Decimal | None = None
    # Epoch ms of creation.
    cTime: int | None = None
    instType: InstType | None = None
    state: str | None = None
    # Sizes in base currency.
    sz: Decimal | None = None


@model
class RepaymentV2(Row):
    """A repayment (``trade/one-click-repay-v2``, ``trade/one-click-repay-history-v2``)."""

    debtCcy: str | None = None
    # What it was repaid in, of repayCcyList.
    repayCcy: str | None = None
    repayCcyList: tuple[str, ...] = ()
    # In debtCcy and repayCcy.
    fillDebtSz: Decimal | None = None
    fillRepaySz: Decimal | None = None
    # "running", "filled", "failed".
    status: str | None = None
    ordIdInfo: tuple[RepayOrder, ...] = ()
    # Epoch ms of the last change.
    uTime: int | None = None
    # Epoch ms.
    ts: int | None = None


@model
class OrderCheck(Row):
    """What an order would do to the account (``trade/order-precheck``). USD; ``...Chg`` is the change."""

    adjEq: Decimal | None = None
    adjEqChg: Decimal | None = None
    # Initial margin.
    imr: Decimal | None = None
    imrChg: Decimal | None = None
    # Maintenance margin.
    mmr: Decimal | None = None
    mmrChg: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    mgnRatioChg: Decimal | None = None
    # Of the currency the order is paid in, as is liab.
    availBal: Decimal | None = None
    availBalChg: Decimal | None = None
    # Liquidation price, how far it is from the mark price, and that as a ratio.
    liqPx: Decimal | None = None
    liqPxDiff: Decimal | None = None
    liqPxDiffRatio: Decimal | None = None
    # MARGIN: in coins.
    posBal: Decimal | None = None
    posBalChg: Decimal | None = None
    liab: Decimal | None = None
    liabChg: Decimal | None = None
    liabChgCcy: str | None = None
    type: str | None = None
