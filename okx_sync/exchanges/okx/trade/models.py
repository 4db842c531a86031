"""Rows of the account's own orders and fills, and of trading calls.

Sizes are contracts for derivatives, base currency for SPOT and MARGIN.
Page: OKX's API guide, "Order Book Trading", "WS / Order channel", "WS / Fills channel"; the REST answers "Get order",
"Get order list" and "Get transaction details" have the same rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast

from okx_sync.algo_types import AlgoStatus, AlgoUpdate, kind_of_legs
from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.algo_words import SENT_BY, SIDE_FIELDS, failure_of, trigger_price
from okx_sync.exchanges.okx.words import ExecType, InstType, OrdState, OrdType, PosSide, PxType, Side, TdMode, TgtCcy
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import each, tolerant
from okx_sync.twin_class import twin_of
from okx_sync.types import FINAL, FillUpdate, OrderStatus, OrderUpdate, PositionSide
from okx_sync.types import Side as NeutralSide

ORDER_STATES: Final[dict[str | None, OrderStatus]] = {
    "live": "live",
    "partially_filled": "partially_filled",
    "filled": "filled",
    "canceled": "canceled",
    "mmp_canceled": "canceled",
}
FINAL_STATES: Final = frozenset(state for state, status in ORDER_STATES.items() if status in FINAL)
"""OKX's words for an order that is over."""

_CANCEL_SOURCES: Final = {
    "0": "canceled by the exchange",
    "1": "canceled by the user",
    "13": "fill-or-kill: it could not be filled at once",
    "14": "immediate-or-cancel: the rest could not be filled at once",
    "17": "its position was closed at market",
    "20": "canceled by cancel-all-after",
    "21": "its position was closed",
    "23": "reduce-only: there is no position left to reduce",
    "31": "post-only: it would have been filled at once",
    "32": "self-trade prevention",
    "36": "its stop loss was triggered",
    "37": "its stop loss was canceled",
    "42": "the price ran further than the chase was to follow",
}
# One side alone would say that there is no other.
_ATTACHED: Final = dict.fromkeys(
    ("kind", "leg", "take_profit", "stop_loss"), (*SIDE_FIELDS, "tpOrdKind", "callbackRatio", "callbackSpread")
)
_EXITS: Final[dict[str | None, NeutralSide]] = {"buy": "sell", "sell": "buy"}
_NO_FILL: Final = "its order ended without a fill"
_SPLIT: Final = "its order was not filled wholly, and its take profit is split"
_AMEND_FAILED: Final = "-1"
_NO_ID: Final = "0"
_ZERO: Final = Decimal(0)
_Update: Final = twin_of(OrderUpdate)
_Fill: Final = twin_of(FillUpdate)
_NEEDED_OF_FILLS: Final = ("instId", "ordId", "tradeId", "side", "fillPx", "fillSz", "count")


@model
class AttachedAlgoOrder(Row):
    """Take-profit or stop-loss that comes with an order. An order price of -1 means at market."""

    attachAlgoId: str | None = None
    """Id that OKX gave it."""
    attachAlgoClOrdId: str | None = None
    """Id that the client gave it."""
    tpOrdKind: str | None = None
    """Kind of the take-profit: "condition" or "limit"."""
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit is triggered."""
    tpTriggerRatio: Decimal | None = None
    """Take-profit trigger as a ratio; 0.3 is 30 %."""
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    """Order price of the take-profit; -1 is at market."""
    slTriggerPx: Decimal | None = None
    """Price at which the stop-loss is triggered."""
    slTriggerRatio: Decimal | None = None
    """Stop-loss trigger as a ratio; 0.3 is 30 %."""
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    """Order price of the stop-loss; -1 is at market."""
    sz: Decimal | None = None
    """Size; only for split take-profits."""
    amendPxOnTriggerType: str | None = None
    """Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes."""
    failCode: str | None = None
    """REST only: error code, when it could not be placed."""
    failReason: str | None = None
    """REST only: why it could not be placed."""
    callbackRatio: Decimal | None = None
    """Trailing stop: distance as a ratio; 0.05 is 5 %."""
    callbackSpread: Decimal | None = None
    """Trailing stop: distance as a price difference."""
    activePx: Decimal | None = None
    """Trailing stop: price that starts it."""

    @tolerant(spoils=_ATTACHED)
    def to_algo_update(self, order: Order, status: AlgoStatus, reason: str | None) -> AlgoUpdate:
        """Convert it to neutral words; ``status`` and ``reason`` are what its order makes of it."""
        failure = failure_of(self.failCode, self.failReason)
        take_profit = trigger_price(self.tpTriggerPx, self.tpTriggerPxType, self.tpOrdPx)
        if take_profit is None and self.tpOrdKind == "limit":
            take_profit = trigger_price(self.tpOrdPx, None, self.tpOrdPx)
        is_trailing = bool(self.callbackRatio or self.callbackSpread)
        kind, leg = kind_of_legs(bool(self.tpOrdPx), bool(self.slOrdPx)) if not is_trailing else ("trailing_stop", None)
        is_resting = leg == "take_profit" and self.tpOrdKind == "limit" and order.is_final and status == "attached"
        if is_resting:  # no algo order is made of it, but a limit order that takes the profit
            status = "fired"
        return AlgoUpdate(
            inst_id=order.instId or "",
            status="failed" if failure else status,
            fired_leg=leg if is_resting and not failure else None,
            client_order_id=self.attachAlgoClOrdId,
            attached_id=self.attachAlgoId,
            kind=kind,
            leg=leg,
            side=_EXITS.get(order.side),
            position_side=cast("PositionSide | None", order.posSide),
            size=self.sz or None,
            take_profit=take_profit,
            stop_loss=trigger_price(self.slTriggerPx, self.slTriggerPxType, self.slOrdPx),
            parent_order_id=order.ordId,
            parent_client_order_id=order.clOrdId,
            updated_at=order.uTime,
            reason=failure or reason,
            recovered=order.recovered,
            raw=self,
        )


@model
class LinkedAlgoOrder(Row):
    """The algo order that an order is linked with."""

    algoId: str | None = None


@model
class Order(Row):
    """An order as it is now, after each change (channel ``orders``).

    ``side``, ``state`` and so on are as of ``uTime``. Several fills may come merged in one push: trust
    ``accFillSz``; a fill is named by ``instId`` and ``tradeId``. A final state never goes back.
    """

    uid: str | None = envelope("arg", "uid")
    """Id of the user."""
    instType: InstType | None = None
    instId: str | None = None
    tgtCcy: TgtCcy | None = None
    """SPOT market orders: what sz counts, "base_ccy" or "quote_ccy"."""
    ccy: str | None = None
    """Margin currency."""
    ordId: str | None = None
    """Id that OKX gave it."""
    clOrdId: str | None = None
    """Id that the client gave it."""
    tag: str | None = None
    """Tag that the order was given."""
    px: Decimal | None = None
    """Price in quote currency, of options in coins."""
    pxUsd: Decimal | None = None
    """Options: price in USD."""
    pxVol: Decimal | None = None
    """Options: price as implied volatility; 1 is 100 %."""
    pxType: str | None = None
    """Options: unit in which the price was given, "px", "pxUsd" or "pxVol"."""
    sz: Decimal | None = None
    """Size: contracts for derivatives, base currency for SPOT and MARGIN; for SPOT market orders see tgtCcy."""
    notionalUsd: Decimal | None = None
    """Estimated value of the order, USD."""
    ordType: OrdType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: TdMode | None = None
    fillPx: Decimal | None = None
    """Price of the fill that caused this push, if one did (then tradeId is set)."""
    tradeId: str | None = None
    """Id of the fill that caused this push; None if none did."""
    fillSz: Decimal | None = None
    """Size of that fill: contracts for derivatives, base currency for SPOT and MARGIN."""
    fillPnl: Decimal | None = None
    """Profit of that fill; 0 unless it closes a position."""
    fillTime: int | None = None
    """Epoch ms of that fill."""
    fillFee: Decimal | None = None
    """Fee of that fill, in fillFeeCcy: negative is paid, positive is a rebate."""
    fillFeeCcy: str | None = None
    """Currency of fillFee."""
    fillPxVol: Decimal | None = None
    """Options: price of the fill as implied volatility; 1 is 100 %."""
    fillPxUsd: Decimal | None = None
    """Options: price of the fill in USD."""
    fillMarkVol: Decimal | None = None
    """Options: mark volatility at the fill; 1 is 100 %."""
    fillFwdPx: Decimal | None = None
    """Options: forward price at the fill."""
    fillMarkPx: Decimal | None = None
    """Mark price at the fill; derivatives only."""
    fillIdxPx: Decimal | None = None
    """Index price at the fill."""
    execType: ExecType | None = None
    """Liquidity of the fill: "T" taker, "M" maker."""
    accFillSz: Decimal | None = None
    """Filled so far: contracts for derivatives, base currency for SPOT and MARGIN."""
    fillNotionalUsd: Decimal | None = None
    """Value of what is filled, USD."""
    avgPx: Decimal | None = None
    """Average price of what is filled; None before the first fill."""
    state: OrdState | None = None
    lever: Decimal | None = None
    """Leverage, as a factor."""
    attachAlgoClOrdId: str | None = None
    """Id that the client gave the attached algo order."""
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit is triggered."""
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    """Order price of the take-profit."""
    slTriggerPx: Decimal | None = None
    """Price at which the stop-loss is triggered."""
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    """Order price of the stop-loss."""
    attachAlgoOrds: tuple[AttachedAlgoOrder, ...] = ()
    """Take-profits, stop-losses and trailing stops that come with it."""
    linkedAlgoOrd: LinkedAlgoOrder | None = None
    """Stop-loss that it is linked with; only for a take-profit limit order."""
    stpId: str | None = None
    """Deprecated by OKX, see stpMode."""
    stpMode: str | None = None
    """Self-trade prevention: "cancel_maker", "cancel_taker", "cancel_both"."""
    feeCcy: str | None = None
    """Currency of fee."""
    fee: Decimal | None = None
    """Sum of the fees over all fills, in feeCcy; negative when paid."""
    rebateCcy: str | None = None
    """Currency of rebate."""
    rebate: Decimal | None = None
    """Sum of the rebates over all fills, in rebateCcy; positive when received."""
    pnl: Decimal | None = None
    """Profit of closing trades, fees not counted."""
    source: str | None = None
    """Where the order came from (a number in text)."""
    cancelSource: str | None = None
    """Where its cancellation came from (a number in text)."""
    amendSource: str | None = None
    """Where its change came from (a number in text)."""
    category: str | None = None
    """Kind of order: "normal", "twap", "adl", "full_liquidation", "partial_liquidation", "delivery", ..."""
    isTpLimit: bool | None = None
    """Whether it is a take-profit limit order. Text "true"/"false" on the wire."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    cTime: int | None = None
    """Epoch ms of creation."""
    reqId: str | None = None
    """Id of the last amend request."""
    amendResult: str | None = None
    """Result of the last amend: "-1" failed, "0" done, "1" automatic cancel after a failed amend."""
    reduceOnly: bool | None = None
    """Whether it may only reduce a position. Text "true"/"false" on the wire."""
    quickMgnType: str | None = None
    """Deprecated by OKX."""
    algoClOrdId: str | None = None
    """Id that the client gave the algo order behind it."""
    algoId: str | None = None
    """Id of the algo order behind it."""
    lastPx: Decimal | None = None
    """Last traded price of the instrument."""
    code: str | None = None
    """Error of the last request on this order, "0" for none."""
    msg: str | None = None
    """Text of the error in code."""
    tradeQuoteCcy: str | None = None
    """Quote currency that it is traded in."""
    outcome: str | None = None
    """Event contracts only: "yes" or "no"."""
    cancelSourceReason: str | None = None
    """Seen on the wire, not documented."""

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
        """Convert it to the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        status = ORDER_STATES.get(self.state)
        if status is None or self.instId is None or self.ordId is None:
            raise DecodeError(f"an order has no ids, or the unknown state {self.state!r}", text=repr(self.raw))
        filled = self.accFillSz or _ZERO
        is_amend_failed = self.amendResult == _AMEND_FAILED
        update = _Update()
        update.inst_id = self.instId
        update.order_id = self.ordId
        update.status = status
        update.side = self.side
        update.client_order_id = self.clOrdId
        update.order_type = self.ordType
        update.position_side = self.posSide
        update.price = self.px
        update.size = None if _is_over_money(self) else self.sz
        update.filled = filled
        update.average_price = self.avgPx if filled else None
        update.fee = _fee(self)
        update.fee_currency = self.feeCcy
        update.pnl = self.pnl
        update.reduce_only = self.reduceOnly
        update.created_at = self.cTime
        update.updated_at = self.uTime
        update.reason = _refusal(self) if is_amend_failed else _why_canceled(self)
        update.request_id = self.reqId
        update.is_amend_failed = is_amend_failed
        update.fill = _fill(self)
        update.recovered = self.recovered
        update.raw = self
        update.unreadable = ()
        update.__class__ = OrderUpdate
        return update  # type: ignore[no-any-return]

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Tell of the algo orders that come with it, and of the one that has sent it; most orders have neither.

        What comes with a filled order counts as attached until the algo order that OKX makes of it is told of.

        Raises ``DecodeError`` when it does not say which order, or in what state, and there are some.
        """
        attached = self.attachAlgoOrds
        if not attached and self.algoId is None:
            return []
        if self.instId is None or self.ordId is None or self.state not in ORDER_STATES:
            raise DecodeError(f"an order has no ids, or the unknown state {self.state!r}", text=repr(self.raw))
        found, lost = each(attached, lambda one: one.to_algo_update(self, *_of_attached(self)))
        if lost and not found:
            raise lost[0]
        updates = [found[0].evolved(unreadable=(*found[0].unreadable, *lost)), *found[1:]] if lost else list(found)
        if self.algoId is not None and self.source in SENT_BY:
            updates.append(
                AlgoUpdate(
                    inst_id=self.instId,
                    status="running",
                    algo_id=self.algoId,
                    client_order_id=self.algoClOrdId,
                    kind=SENT_BY[self.source],
                    side=cast("NeutralSide | None", self.side),
                    order_ids=(self.ordId,),
                    recovered=self.recovered,
                )
            )
        return updates


@model
class Fill(Row):
    """A fill in the order book, sooner than ``orders`` (channel ``fills``, high fee tiers only)."""

    uid: str | None = envelope("arg", "uid")
    """Id of the user."""
    instId: str | None = None
    fillSz: Decimal | None = None
    """Contracts for derivatives, base currency for SPOT and MARGIN."""
    fillPx: Decimal | None = None
    """Price of the fill."""
    side: Side | None = None
    ts: int | None = None
    """Epoch ms of the fill."""
    ordId: str | None = None
    clOrdId: str | None = None
    """Client id of the order; "0" unless it is a positive number."""
    tradeId: str | None = None
    execType: ExecType | None = None
    """Liquidity: "T" taker, "M" maker."""
    count: int | None = None
    """Number of fills put together."""

    @tolerant(*_NEEDED_OF_FILLS)
    def to_update(self) -> FillUpdate | None:
        """Convert it to the neutral words of ``OrderManager``; None when it is no single fill.

        A row that puts several fills together has the id of the last one but the size of all, and would be counted
        again when the ``orders`` channel tells of them. Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return _fill(self)


@model
class OrderResult(Row):
    """The exchange's receipt for placing, amending or canceling one order.

    Accepted means received: ``get_order`` and the ``orders`` channel report what becomes of the order.
    """

    ordId: str | None = None
    """None when the order was refused."""
    clOrdId: str | None = None
    """Id that the client gave the order."""
    tag: str | None = None
    reqId: str | None = None
    """Amend requests: the id given with it."""
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of that error."""
    subCode: str | None = None
    """Finer code of that error."""
    ts: int | None = None
    """Epoch ms at which the request was processed."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class FillRecord(Row):
    """A fill of an own order, with fee and identity (``trade/fills``, ``trade/fills-history``)."""

    instType: InstType | None = None
    instId: str | None = None
    tradeId: str | None = None
    ordId: str | None = None
    """Id that OKX gave the order; None for block trades."""
    clOrdId: str | None = None
    """Id that the client gave the order; None for block trades."""
    billId: str | None = None
    """Id of the bill of this fill; listings go by it."""
    subType: str | None = None
    tag: str | None = None
    fillPx: Decimal | None = None
    """Price of the fill."""
    fillSz: Decimal | None = None
    """Contracts for derivatives, base currency for SPOT and MARGIN."""
    fillIdxPx: Decimal | None = None
    """Index price at the fill."""
    fillPnl: Decimal | None = None
    """Profit of this fill, if it closes a position."""
    fillPxVol: Decimal | None = None
    """Options: price of the fill as implied volatility; 1 is 100 %."""
    fillPxUsd: Decimal | None = None
    """Options: price of the fill in USD."""
    fillMarkVol: Decimal | None = None
    """Options: mark volatility at the fill; 1 is 100 %."""
    fillFwdPx: Decimal | None = None
    """Options: forward price at the fill."""
    fillMarkPx: Decimal | None = None
    """Mark price at the fill; derivatives only."""
    side: Side | None = None
    posSide: PosSide | None = None
    execType: ExecType | None = None
    """Liquidity: "T" taker, "M" maker."""
    ordType: OrdType | None = None
    feeCcy: str | None = None
    """Currency of fee."""
    fee: Decimal | None = None
    """Fee in feeCcy: negative is paid, positive is a rebate."""
    feeRate: Decimal | None = None
    """Fee rate as a ratio, same sign as fee; SPOT and MARGIN only."""
    ts: int | None = None
    """Epoch ms at which the record was made."""
    fillTime: int | None = None
    """Epoch ms of the fill."""
    tradeQuoteCcy: str | None = None
    """Quote currency that it was traded in."""

    @tolerant(*_NEEDED_OF_FILLS)
    def to_update(self) -> FillUpdate | None:
        """Convert it to the neutral words of ``OrderManager``; None when it is no single fill.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return _fill(self)


@model
class CancelAllAfter(Row):
    """State of the dead-man switch."""

    triggerTime: int | None = None
    """Epoch ms at which all orders will be canceled; 0 when it is off."""
    tag: str | None = None
    ts: int | None = None
    """Epoch ms."""


@model
class AccountRateLimit(Row):
    """How many orders the account may send (``trade/account-rate-limit``)."""

    fillRatio: Decimal | None = None
    """Fill ratio of the sub-account over the last 7 days; None below VIP5."""
    mainFillRatio: Decimal | None = None
    """Fill ratio of the whole account over the last 7 days; None below VIP5."""
    accRateLimit: int | None = None
    """New and amended orders per 2 s, now."""
    nextAccRateLimit: int | None = None
    """New and amended orders per 2 s, from the next day on."""
    ts: int | None = None
    """Epoch ms."""


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
    fillFromSz: Decimal | None = None
    """Amount converted, in fromCcy."""
    fillToSz: Decimal | None = None
    """Amount received, in toCcy."""
    acct: str | None = None
    """Account of the result: "18" trading."""
    status: str | None = None
    """State: "running", "filled", "failed"."""
    uTime: int | None = None
    """Epoch ms of the last change."""


@model
class EasyConvertSource(Row):
    """A small balance."""

    fromCcy: str | None = None
    fromAmt: Decimal | None = None
    """Balance, in fromCcy."""


@model
class EasyConvertList(Row):
    """Small balances and what they can be turned into (``trade/easy-convert-currency-list``)."""

    fromData: tuple[EasyConvertSource, ...] = ()
    toCcy: tuple[str, ...] = ()


@model
class RepayDebt(Row):
    """A debt."""

    debtCcy: str | None = None
    debtAmt: Decimal | None = None
    """Debt, in debtCcy."""


@model
class RepaySource(Row):
    """A balance that can repay a debt."""

    repayCcy: str | None = None
    repayAmt: Decimal | None = None
    """Balance, in repayCcy."""


@model
class RepayList(Row):
    """Debts and what can repay them (``trade/one-click-repay-currency-list``, ``...-v2``)."""

    debtData: tuple[RepayDebt, ...] = ()
    debtType: str | None = None
    """Kind of debt: "cross" or "isolated"."""
    repayData: tuple[RepaySource, ...] = ()


@model
class Repayment(Row):
    """A repayment, old version (``trade/one-click-repay``, ``trade/one-click-repay-history``)."""

    debtCcy: str | None = None
    repayCcy: str | None = None
    fillDebtSz: Decimal | None = None
    """Debt that was repaid, in debtCcy."""
    fillRepaySz: Decimal | None = None
    """Amount that was paid, in repayCcy."""
    status: str | None = None
    """State: "running", "filled", "failed"."""
    uTime: int | None = None
    """Epoch ms of the last change."""


@model
class RepayOrder(Row):
    """An order that a repayment placed."""

    ordId: str | None = None
    instId: str | None = None
    ordType: str | None = None
    side: Side | None = None
    px: Decimal | None = None
    """Price of the order."""
    fillPx: Decimal | None = None
    """Price at which it was filled."""
    fillSz: Decimal | None = None
    """Filled size, in base currency."""
    cTime: int | None = None
    """Epoch ms of creation."""
    instType: InstType | None = None
    state: str | None = None
    sz: Decimal | None = None
    """Size, in base currency."""


@model
class RepaymentV2(Row):
    """A repayment (``trade/one-click-repay-v2``, ``trade/one-click-repay-history-v2``)."""

    debtCcy: str | None = None
    repayCcy: str | None = None
    """Currency that it was repaid in, one of repayCcyList."""
    repayCcyList: tuple[str, ...] = ()
    fillDebtSz: Decimal | None = None
    """Debt that was repaid, in debtCcy."""
    fillRepaySz: Decimal | None = None
    """Amount that was paid, in repayCcy."""
    status: str | None = None
    """State: "running", "filled", "failed"."""
    ordIdInfo: tuple[RepayOrder, ...] = ()
    uTime: int | None = None
    """Epoch ms of the last change."""
    ts: int | None = None
    """Epoch ms."""


@model
class OrderCheck(Row):
    """What an order would do to the account (``trade/order-precheck``)."""

    adjEq: Decimal | None = None
    """Adjusted equity, USD."""
    adjEqChg: Decimal | None = None
    """Change of adjEq, USD."""
    imr: Decimal | None = None
    """Initial margin, USD."""
    imrChg: Decimal | None = None
    """Change of imr, USD."""
    mmr: Decimal | None = None
    """Maintenance margin, USD."""
    mmrChg: Decimal | None = None
    """Change of mmr, USD."""
    mgnRatio: Decimal | None = None
    """Maintenance margin ratio."""
    mgnRatioChg: Decimal | None = None
    """Change of mgnRatio."""
    availBal: Decimal | None = None
    """Available balance, in the currency that the order is paid in; only when auto borrow is off."""
    availBalChg: Decimal | None = None
    """Change of availBal, in the same currency."""
    liqPx: Decimal | None = None
    """Liquidation price."""
    liqPxDiff: Decimal | None = None
    """Distance of the liquidation price from the mark price."""
    liqPxDiffRatio: Decimal | None = None
    """Distance of the liquidation price from the mark price, as a ratio."""
    posBal: Decimal | None = None
    """Isolated MARGIN: what the position holds, in the currency that type tells."""
    posBalChg: Decimal | None = None
    """Isolated MARGIN: change of posBal."""
    liab: Decimal | None = None
    """Liability, in the currency that the order is paid in."""
    liabChg: Decimal | None = None
    """Change of liab, in liabChgCcy."""
    liabChgCcy: str | None = None
    """Currency of liabChg."""
    type: str | None = None
    """Isolated MARGIN, currency of posBal: "1" base, "2" base, then quote, "3" quote, then base, "4" quote."""


# -- conversion ----------------------------------------------------------------------------------------------------


def _of_attached(order: Order) -> tuple[AlgoStatus, str | None]:
    """Return what an order makes of what comes with it, and why."""
    if order.state not in FINAL_STATES:
        return "attached", None
    if order.state == "filled":
        return "attached", None
    if not order.accFillSz:
        return "canceled", _NO_FILL
    is_split = sum(bool(one.tpOrdPx) for one in order.attachAlgoOrds) > 1
    return ("canceled", _SPLIT) if is_split else ("attached", None)


def _fill(row: Fill | FillRecord | Order) -> FillUpdate | None:
    """Return the fill that a row tells of; None where it tells of none, or of several put together."""
    inst_id, trade_id, order_id, side = row.instId, row.tradeId, row.ordId, row.side
    if not (trade_id and inst_id and order_id and side):
        return None
    price, size = row.fillPx, row.fillSz
    if price is None or not size:
        return None
    fee = currency = pnl = at = None
    if isinstance(row, Order):  # its own fee is the sum over its fills
        fee, currency, pnl, at = row.fillFee, row.fillFeeCcy, row.fillPnl, row.fillTime
    elif isinstance(row, FillRecord):
        fee, currency, pnl, at = row.fee, row.feeCcy, row.fillPnl, row.fillTime or row.ts
    elif (row.count or 1) > 1:
        return None
    else:
        at = row.ts
    liquidity = row.execType
    fill = _Fill()
    fill.inst_id = inst_id
    fill.trade_id = trade_id
    fill.order_id = order_id
    fill.side = side
    fill.price = price
    fill.size = size
    fill.client_order_id = None if row.clOrdId == _NO_ID else row.clOrdId
    fill.fee = fee
    fill.fee_currency = currency
    fill.pnl = pnl
    fill.is_maker = None if liquidity is None else liquidity == "M"
    fill.ts = at
    fill.recovered = row.recovered
    fill.raw = row
    fill.unreadable = ()
    fill.__class__ = FillUpdate
    return fill  # type: ignore[no-any-return]


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
    """Return the error that a row carries, with its code; None when there is none."""
    if order.code in (None, "0") and not order.msg:
        return None
    return f"[{order.code}] {order.msg or 'no text'}" if order.code not in (None, "0") else order.msg
