"""Rows of the account's own orders and fills, and of trading calls.

Sizes are contracts for derivatives, base currency for SPOT and MARGIN.
Page: OKX's API guide, "Order Book Trading", "WS / Order channel", "WS / Fills channel"; the REST answers "Get order",
"Get order list" and "Get transaction details" have the same rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.words import ExecType, InstType, OrdState, OrdType, PosSide, PxType, Side, TdMode, TgtCcy
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FINAL, FillUpdate, OrderStatus, OrderUpdate, PositionSide
from okx_sync.types import Side as NeutralSide

_STATES: Final[dict[str | None, OrderStatus]] = {
    "live": "live",
    "partially_filled": "partially_filled",
    "filled": "filled",
    "canceled": "canceled",
    "mmp_canceled": "canceled",
}
FINAL_STATES: Final = frozenset(state for state, status in _STATES.items() if status in FINAL)
"""OKX's words for an order that is over."""

_CANCEL_SOURCES: Final = {
    "0": "canceled by the exchange",
    "1": "canceled by the user",
    "13": "fill-or-kill: it could not be filled at once",
    "14": "immediate-or-cancel: the rest could not be filled at once",
    "20": "canceled by cancel-all-after",
    "23": "reduce-only: there is no position left to reduce",
    "31": "post-only: it would have been filled at once",
    "32": "self-trade prevention",
}
_AMEND_FAILED: Final = "-1"
_NO_ID: Final = "0"
_NEEDED_OF_FILLS: Final = ("instId", "ordId", "tradeId", "side", "fillPx", "fillSz", "count")


@model
class AttachedAlgoOrder(Row):
    """Take-profit or stop-loss that comes with an order. An order price of -1 means at market."""

    attachAlgoId: str | None = None
    attachAlgoClOrdId: str | None = None
    # "condition" or "limit".
    tpOrdKind: str | None = None
    tpTriggerPx: Decimal | None = None
    tpTriggerRatio: Decimal | None = None
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    slTriggerRatio: Decimal | None = None
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    # Only for split take-profits.
    sz: Decimal | None = None
    # Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes.
    amendPxOnTriggerType: str | None = None
    # REST only: why it could not be placed.
    failCode: str | None = None
    failReason: str | None = None
    # Trailing stop: distance as a ratio or as a price difference, and the price that starts it.
    callbackRatio: Decimal | None = None
    callbackSpread: Decimal | None = None
    activePx: Decimal | None = None


@model
class LinkedAlgoOrder(Row):
    """The algo order that made an order."""

    algoId: str | None = None


@model
class Order(Row):
    """An order as it is now, after each change (channel ``orders``).

    ``side``, ``state`` and so on are as of ``uTime``. Several fills may come merged in one push: trust
    ``accFillSz``; a fill is named by ``instId`` and ``tradeId``. A final state never goes back.
    """

    uid: str | None = envelope("arg", "uid")
    instType: InstType | None = None
    instId: str | None = None
    # SPOT market orders: what sz counts.
    tgtCcy: TgtCcy | None = None
    # Margin currency.
    ccy: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    # Price in the unit that pxType names: coins or quote (px), USD (pxUsd), volatility (pxVol; 1 is 100 %).
    px: Decimal | None = None
    pxUsd: Decimal | None = None
    pxVol: Decimal | None = None
    pxType: str | None = None
    sz: Decimal | None = None
    notionalUsd: Decimal | None = None
    ordType: OrdType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: TdMode | None = None
    # The fill that caused this push, if one did (then tradeId is set).
    fillPx: Decimal | None = None
    tradeId: str | None = None
    fillSz: Decimal | None = None
    fillPnl: Decimal | None = None
    # Epoch ms.
    fillTime: int | None = None
    # Negative is paid, positive is a rebate.
    fillFee: Decimal | None = None
    fillFeeCcy: str | None = None
    # Options: the fill in volatility and USD; mark volatility, forward, mark and index price at the fill.
    fillPxVol: Decimal | None = None
    fillPxUsd: Decimal | None = None
    fillMarkVol: Decimal | None = None
    fillFwdPx: Decimal | None = None
    fillMarkPx: Decimal | None = None
    fillIdxPx: Decimal | None = None
    # "T" taker, "M" maker.
    execType: ExecType | None = None
    # Filled so far.
    accFillSz: Decimal | None = None
    fillNotionalUsd: Decimal | None = None
    # Average price of what is filled; None before the first fill.
    avgPx: Decimal | None = None
    state: OrdState | None = None
    # Factor.
    lever: Decimal | None = None
    attachAlgoClOrdId: str | None = None
    tpTriggerPx: Decimal | None = None
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    attachAlgoOrds: tuple[AttachedAlgoOrder, ...] = ()
    linkedAlgoOrd: LinkedAlgoOrder | None = None
    # Deprecated by OKX, see stpMode.
    stpId: str | None = None
    # Self-trade prevention: "cancel_maker", "cancel_taker", "cancel_both".
    stpMode: str | None = None
    # Sums over all fills. fee is negative when paid, rebate positive when received.
    feeCcy: str | None = None
    fee: Decimal | None = None
    rebateCcy: str | None = None
    rebate: Decimal | None = None
    # Profit of closing trades, fees not counted.
    pnl: Decimal | None = None
    # Where the order, its cancellation and its change came from (numbers in text).
    source: str | None = None
    cancelSource: str | None = None
    amendSource: str | None = None
    # "normal", "twap", "adl", "full_liquidation", "partial_liquidation", "delivery", ...
    category: str | None = None
    # Text "true"/"false" on the wire, as is reduceOnly.
    isTpLimit: bool | None = None
    # Epoch ms: changed, created.
    uTime: int | None = None
    cTime: int | None = None
    # Id and result of the last amend: "-1" failed, "0" done, "1" automatic cancel after a failed amend.
    reqId: str | None = None
    amendResult: str | None = None
    reduceOnly: bool | None = None
    # Deprecated by OKX.
    quickMgnType: str | None = None
    algoClOrdId: str | None = None
    algoId: str | None = None
    # Last traded price of the instrument.
    lastPx: Decimal | None = None
    # Error of the last request on this order, "0" for none.
    code: str | None = None
    msg: str | None = None
    tradeQuoteCcy: str | None = None
    # Event contracts.
    outcome: str | None = None
    # Seen on the wire, not documented.
    cancelSourceReason: str | None = None

    @property
    def is_final(self) -> bool:
        """True when the order is over: filled or canceled."""
        return self.state in FINAL_STATES

    @property
    def is_fill(self) -> bool:
        """True when this push tells of a (new) fill."""
        return self.tradeId is not None

    @tolerant(
        "instId",
        "ordId",
        "state",
        "accFillSz",
        spoils={
            "size": ("sz", "tgtCcy", "instType", "ordType", "side"),
            "fee": ("fee", "feeCcy", "rebate", "rebateCcy"),
            "fill": ("side",),
        },
    )
    def to_update(self) -> OrderUpdate:
        """What it says in the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        status = _STATES.get(self.state)
        if status is None or self.instId is None or self.ordId is None:
            raise DecodeError(f"an order has no ids, or the unknown state {self.state!r}", text=repr(self.raw))
        filled = self.accFillSz or Decimal(0)
        is_amend_failed = self.amendResult == _AMEND_FAILED
        return OrderUpdate(
            inst_id=self.instId,
            order_id=self.ordId,
            status=status,
            side=cast(NeutralSide | None, self.side),
            client_order_id=self.clOrdId,
            order_type=self.ordType,
            position_side=cast(PositionSide | None, self.posSide),
            price=self.px,
            size=None if _is_over_money(self) else self.sz,
            filled=filled,
            average_price=self.avgPx if filled else None,
            fee=_fee(self),
            fee_currency=self.feeCcy,
            pnl=self.pnl,
            reduce_only=self.reduceOnly,
            created_at=self.cTime,
            updated_at=self.uTime,
            reason=_refusal(self) if is_amend_failed else _why_canceled(self),
            request_id=self.reqId,
            is_amend_failed=is_amend_failed,
            fill=_fill(self),
            recovered=self.recovered,
            raw=self,
        )


@model
class Fill(Row):
    """A fill in the order book, sooner than ``orders`` (channel ``fills``, high fee tiers only)."""

    uid: str | None = envelope("arg", "uid")
    instId: str | None = None
    fillSz: Decimal | None = None
    fillPx: Decimal | None = None
    side: Side | None = None
    # Epoch ms.
    ts: int | None = None
    ordId: str | None = None
    # "0" unless the order's own is a positive number.
    clOrdId: str | None = None
    tradeId: str | None = None
    # "T" taker, "M" maker.
    execType: ExecType | None = None
    # Number of fills put together.
    count: int | None = None

    @tolerant(*_NEEDED_OF_FILLS)
    def to_update(self) -> FillUpdate | None:
        """What it says in the neutral words of ``OrderManager``; None when it is no single fill.

        A row that puts several fills together has the id of the last one but the size of all, and would be counted
        again when the ``orders`` channel tells of them. Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return _fill(self)


@model
class OrderResult(Row):
    """The exchange's receipt for placing, amending or canceling one order.

    Accepted means received: what becomes of the order is told by ``get_order`` and the ``orders`` channel.
    """

    # Empty when the order was refused.
    ordId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    # Amend requests: the id given with it.
    reqId: str | None = None
    # "0" accepted, else an error code with its text and a finer code.
    sCode: str | None = None
    sMsg: str | None = None
    subCode: str | None = None
    # Epoch ms at which the request was processed.
    ts: int | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class FillRecord(Row):
    """A fill of an own order, with fee and identity (``trade/fills``, ``trade/fills-history``).

    Sizes are contracts for derivatives, base currency for SPOT and MARGIN.
    """

    instType: InstType | None = None
    instId: str | None = None
    tradeId: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    billId: str | None = None
    subType: str | None = None
    tag: str | None = None
    fillPx: Decimal | None = None
    fillSz: Decimal | None = None
    # Index price at the fill.
    fillIdxPx: Decimal | None = None
    # Profit of closing trades.
    fillPnl: Decimal | None = None
    # Options: the fill in volatility and USD; mark volatility, forward and mark price at the fill.
    fillPxVol: Decimal | None = None
    fillPxUsd: Decimal | None = None
    fillMarkVol: Decimal | None = None
    fillFwdPx: Decimal | None = None
    fillMarkPx: Decimal | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    # "T" taker, "M" maker.
    execType: ExecType | None = None
    ordType: OrdType | None = None
    feeCcy: str | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    # Ratio, same sign as fee.
    feeRate: Decimal | None = None
    # Epoch ms: when the record was made, when the fill happened.
    ts: int | None = None
    fillTime: int | None = None
    tradeQuoteCcy: str | None = None

    @tolerant(*_NEEDED_OF_FILLS)
    def to_update(self) -> FillUpdate | None:
        """What it says in the neutral words of ``OrderManager``; None when it is no single fill.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return _fill(self)


@model
class CancelAllAfter(Row):
    """State of the dead-man switch."""

    # Epoch ms at which all orders will be canceled; 0 when it is off.
    triggerTime: int | None = None
    tag: str | None = None
    # Epoch ms.
    ts: int | None = None


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


# -- conversion ----------------------------------------------------------------------------------------------------


def _fill(row: Fill | FillRecord | Order) -> FillUpdate | None:
    if (getattr(row, "count", None) or 1) > 1:
        return None
    pushed = hasattr(row, "fillFee")  # an order's own fee is the sum over its fills
    return FillUpdate.found(
        row.instId,
        row.tradeId,
        row.ordId,
        cast(NeutralSide | None, row.side),
        row.fillPx,
        row.fillSz,
        client_order_id=None if row.clOrdId == _NO_ID else row.clOrdId,
        fee=getattr(row, "fillFee" if pushed else "fee", None),
        fee_currency=getattr(row, "fillFeeCcy" if pushed else "feeCcy", None),
        pnl=getattr(row, "fillPnl", None),
        is_maker=None if row.execType is None else row.execType == "M",
        ts=getattr(row, "fillTime", None) or getattr(row, "ts", None),
        recovered=row.recovered,
        raw=row,
    )


def _is_over_money(order: Order) -> bool:
    """Whether ``sz`` is an amount of quote currency: spot market orders, and buys unless they say otherwise."""
    if order.tgtCcy is not None:
        return order.tgtCcy == "quote_ccy"
    return order.instType == "SPOT" and order.ordType == "market" and order.side == "buy"


def _fee(order: Order) -> Decimal | None:
    """Paid fees and received rebates in one number, when they are in one currency."""
    if order.fee is None or order.rebate is None or order.rebateCcy not in (None, order.feeCcy):
        return order.fee
    return order.fee + order.rebate


def _why_canceled(order: Order) -> str | None:
    if order.state == "mmp_canceled":
        return "market maker protection"
    if order.state != "canceled":
        return None
    source = order.cancelSource
    told = order.cancelSourceReason or (_CANCEL_SOURCES.get(source, f"cancelSource {source}") if source else None)
    return "; ".join(text for text in (told, _refusal(order)) if text) or None


def _refusal(order: Order) -> str | None:
    """The error that a row carries, with its code; None when there is none."""
    if order.code in (None, "0") and not order.msg:
        return None
    return f"[{order.code}] {order.msg or 'no text'}" if order.code not in (None, "0") else order.msg
