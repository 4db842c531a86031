"""Orders and executions of V5, pushed and listed, and the receipts of order operations.

Pages: "Websocket Stream / Private / Order, Execution, Fast Execution", "Websocket Trade" and "Trade" of the V5
documentation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from okx_sync.algo_types import ALGO_FINAL, AlgoLeg, AlgoStatus, AlgoUpdate, TriggerPrice
from okx_sync.exchanges.bybit.algo_words import LEGS, SOURCES, WAITING, WaitingKind
from okx_sync.exchanges.bybit.row_conversion import FILLS, SIDES, end_reason, neutral_fee, order_status, order_type
from okx_sync.exchanges.bybit.words import Category, ExecType, OrderStatus, OrderType, Side, TimeInForce
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.fields import to_decimal
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FINAL, FillUpdate, OrderUpdate, PositionSide
from okx_sync.types import Side as NeutralSide

__all__ = [
    "BorrowQuota",
    "Execution",
    "ExtraFee",
    "FastExecution",
    "FeeDetail",
    "Order",
    "OrderPreCheck",
    "OrderReceipt",
]

_POSITIONS: Final[dict[int | None, PositionSide]] = {0: "net", 1: "long", 2: "short"}
_EXITS: Final[dict[str | None, NeutralSide]] = {"Buy": "sell", "Sell": "buy"}
_NO_KIND: Final = frozenset({None, "UNKNOWN"})
_ANY_KIND: Final = WaitingKind()
_FIRED: Final = frozenset({"New", "PartiallyFilled", "Filled", "PartiallyFilledCanceled", "Active"})
# Only an order that was triggered can meet these: what it traded with decides them.
_IN_BOOK: Final = frozenset({
    "EC_NoImmediateQtyToFill", "EC_NoEnoughQtyToFill", "EC_CancelForNoFullFill", "EC_PostOnlyWillTakeLiquidity",
    "EC_ReachMaxTradeNum", "EC_BySelfMatch",
})  # fmt: skip


@model
class FeeDetail(Row):
    """Fees by coin, as they are on the wire: ``{"USDC": "0.02"}``."""

    @property
    def amounts(self) -> dict[str, Decimal]:
        """Coin -> fee, above zero when paid."""
        found = {coin: to_decimal(text) for coin, text in self.extra.items()}
        return {coin: amount for coin, amount in found.items() if amount is not None}


@model
class ExtraFee(Row):
    """A tax or the like on top of the trading fee."""

    feeCoin: str | None = None
    feeType: str | None = None
    subFeeType: str | None = None
    feeRate: Decimal | None = None
    fee: Decimal | None = None
    """Fee, in feeCoin."""


@model
class Order(Row):
    """An order, whole: after each of its changes (channel ``order``), or as it is listed over REST."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made; None over REST."""
    category: Category | None = envelope("category")
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bybit gave it."""
    orderLinkId: str | None = None
    """Id that the client gave it."""
    parentOrderLinkId: str | None = None
    """Id that the client gave the order that this one belongs to, as take-profit or stop-loss."""
    isLeverage: bool | None = None
    """Spot only: whether it may borrow."""
    blockTradeId: str | None = None
    price: Decimal | None = None
    """Price of the order; 0 for market orders."""
    brokerOrderPrice: Decimal | None = None
    """Only for liquidity providers of the EU site."""
    qty: Decimal | None = None
    """Size in base currency (inverse: USD); of spot market buys in quote currency, unless marketUnit says other."""
    side: Side | None = None
    positionIdx: int | None = None
    """Index: 0 one-way, 1 the long side and 2 the short side of a hedged position."""
    orderStatus: OrderStatus | None = None
    createType: str | None = None
    cancelType: str | None = None
    rejectReason: str | None = None
    """Why it was rejected; "EC_NoError" when it was not."""
    avgPrice: Decimal | None = None
    """Average price of what is filled; None before the first fill."""
    leavesQty: Decimal | None = None
    """Size that is not filled yet."""
    leavesValue: Decimal | None = None
    """Value that is not filled yet, estimated."""
    cumExecQty: Decimal | None = None
    """Size that is filled so far."""
    cumExecValue: Decimal | None = None
    """Value that is filled so far."""
    cumExecFee: Decimal | None = None
    """Fee so far; above zero when paid."""
    cumFeeDetail: FeeDetail | None = None
    """Fees so far by coin."""
    closedPnl: Decimal | None = None
    """Profit of what it closed."""
    feeCurrency: str | None = None
    """Currency of the fee."""
    timeInForce: TimeInForce | None = None
    orderType: OrderType | None = None
    stopOrderType: str | None = None
    ocoTriggerBy: str | None = None
    orderIv: Decimal | None = None
    """Options only: implied volatility."""
    marketUnit: str | None = None
    """Spot market orders: what qty counts, "baseCoin" or "quoteCoin"."""
    slippageToleranceType: str | None = None
    slippageTolerance: Decimal | None = None
    triggerPrice: Decimal | None = None
    """Price at which it is triggered; of a trailing stop, the price that starts it."""
    takeProfit: Decimal | None = None
    """Price at which the take-profit is triggered."""
    stopLoss: Decimal | None = None
    """Price at which the stop-loss is triggered."""
    tpslMode: str | None = None
    tpLimitPrice: Decimal | None = None
    """Limit price of the take-profit."""
    slLimitPrice: Decimal | None = None
    """Limit price of the stop-loss."""
    tpTriggerBy: str | None = None
    slTriggerBy: str | None = None
    triggerDirection: int | None = None
    """Direction: 1 when the price rises to the trigger, 2 when it falls to it."""
    triggerBy: str | None = None
    lastPriceOnCreated: Decimal | None = None
    """Price of the last trade when the order was placed."""
    basePrice: Decimal | None = None
    """A price that Bybit's page does not explain; only in the history."""
    reduceOnly: bool | None = None
    """Whether it may only reduce a position."""
    closeOnTrigger: bool | None = None
    """Whether it may only close a position, at the cost of other orders when margin is short."""
    placeType: str | None = None
    smpType: str | None = None
    smpGroup: int | None = None
    """Group of self-match prevention; 0 for none."""
    smpOrderId: str | None = None
    rpiTakerAccess: bool | None = None
    rpiMatchedQty: Decimal | None = None
    extraFees: tuple[ExtraFee, ...] = ()
    """Taxes and the like, on some sites; only in the history."""
    createdTime: int | None = None
    """Epoch ms of creation."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant(
        "symbol",
        "orderId",
        "orderStatus",
        "cumExecQty",
        spoils={
            "size": ("qty", "category", "orderType", "marketUnit", "side"),
            "order_type": ("orderType", "timeInForce"),
            "fee_currency": ("feeCurrency", "cumFeeDetail"),
        },
    )
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        When a cancel meets a fill, Bybit may push ``Filled`` twice, the second time with a reason that belongs to the
        cancel and not to the order: it is left out.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        filled = self.cumExecQty or Decimal(0)
        status = order_status(self, self.orderStatus, filled, self.symbol, self.orderId)
        told = self.cancelType, self.rejectReason
        return OrderUpdate(
            inst_id=self.symbol or "",
            order_id=self.orderId or "",
            status=status,
            side=SIDES.get(self.side),
            client_order_id=self.orderLinkId,
            order_type=order_type(self.orderType, self.timeInForce if self.orderType == "Limit" else None),
            position_side=_POSITIONS.get(self.positionIdx),
            price=self.price or None,
            size=None if _is_over_money(self) else self.qty,
            filled=filled,
            average_price=(self.avgPrice or None) if filled else None,
            fee=neutral_fee(self.cumExecFee),
            fee_currency=_fee_currency(self),
            pnl=self.closedPnl,
            reduce_only=self.reduceOnly,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
            reason=end_reason(*told) if status in ("canceled", "rejected") else None,
            recovered=self.recovered,
            raw=self,
        )

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Convert what it tells of algo orders: that it waits for a price or did, and what is attached to it.

        A stop of Bybit is the order that it sends, under one id. What is attached to an order becomes orders with
        ``parentOrderLinkId`` when it is filled, a pair for each fill; before, the order itself tells of it. Of one that
        is open and has no take profit (stop loss), a ``canceled`` one is told: it may have had one.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        own = self._as_algo()
        if own is None or not WAITING.get(self.stopOrderType or "", _ANY_KIND).is_child:
            told = [own, *map(self._attached, LEGS)]
            return [update for update in told if update is not None]
        return [*_replaced(own), own] if own.kind == "oco" and own.parent_client_order_id else [own]

    @tolerant(
        "symbol",
        "orderId",
        "orderStatus",
        "stopOrderType",
        "cumExecQty",
        spoils={
            "size": ("qty", "category", "orderType", "marketUnit", "side"),
            "trigger": ("triggerPrice", "triggerBy", "orderType", "price"),
            "take_profit": ("triggerPrice", "triggerBy", "orderType", "price"),
            "stop_loss": ("triggerPrice", "triggerBy", "orderType", "price"),
        },
    )
    def _as_algo(self) -> AlgoUpdate | None:
        """Return the algo order that it is, or was before it was triggered."""
        if self.stopOrderType in _NO_KIND:
            return None
        status = _algo_status(self)
        kind = WAITING.get(self.stopOrderType or "", _ANY_KIND)
        leg = kind.leg or _leg_by_price(self, kind)
        is_whole = kind.is_whole or _is_over_money(self)
        return AlgoUpdate(
            inst_id=self.symbol or "",
            status=status,
            algo_id=self.orderId,
            client_order_id=self.orderLinkId,
            kind=kind.kind,
            leg=leg,
            side=SIDES.get(self.side),
            position_side=_POSITIONS.get(self.positionIdx),
            size=None if is_whole else self.qty or None,
            **_triggers(self, kind, leg),
            fired_leg=_fired_leg(self, leg) if status == "fired" else None,
            order_ids=(self.orderId or "",) if status == "fired" else (),
            parent_client_order_id=self.parentOrderLinkId,
            reduce_only=self.reduceOnly,
            product=self.category,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
            reason=end_reason(self.cancelType, self.rejectReason) if status in ALGO_FINAL - {"fired"} else None,
            recovered=self.recovered,
            raw=self,
        )

    @tolerant("symbol", "orderId", "orderStatus", "cumExecQty", "takeProfit", "stopLoss")
    def _attached(self, leg: AlgoLeg) -> AlgoUpdate | None:
        """Return its take profit or stop loss while nothing of it is filled; later they have rows of their own.

        Of an open order that has none, the end of one.
        """
        status = order_status(self, self.orderStatus, self.cumExecQty or Decimal(0), self.symbol, self.orderId)
        words = LEGS[leg]
        price: Decimal | None = getattr(self, words.field)
        if status == "filled" or (self.cumExecQty if price else status in FINAL):
            return None
        reason = None if price else f"its order has no {words.field}"
        if status in FINAL:
            told = end_reason(self.cancelType, self.rejectReason)
            reason = end_reason("its order ended without a fill", told)
        trigger = _trigger_price(price, getattr(self, words.by_field), getattr(self, words.limit_field))
        return AlgoUpdate(
            inst_id=self.symbol or "",
            status="canceled" if reason else "attached",
            kind="conditional",
            leg=leg,
            side=_EXITS.get(self.side),
            position_side=_POSITIONS.get(self.positionIdx),
            take_profit=trigger if leg == "take_profit" else None,
            stop_loss=trigger if leg == "stop_loss" else None,
            parent_order_id=self.orderId,
            parent_client_order_id=self.orderLinkId,
            product=self.category,
            updated_at=self.updatedTime,
            reason=reason,
            recovered=self.recovered,
            raw=self,
        )


@model
class Execution(Row):
    """Something that was booked on an order or a position: mostly a fill (channel ``execution``, and over REST)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made; None over REST."""
    category: Category | None = envelope("category")
    symbol: str | None = None
    isLeverage: bool | None = None
    """Spot only: whether it may borrow."""
    orderId: str | None = None
    orderLinkId: str | None = None
    side: Side | None = None
    orderPrice: Decimal | None = None
    """Price of the order."""
    orderQty: Decimal | None = None
    """Size of the order."""
    leavesQty: Decimal | None = None
    """Size of the order that is not filled yet."""
    createType: str | None = None
    orderType: OrderType | None = None
    stopOrderType: str | None = None
    execFee: Decimal | None = None
    """Fee; above zero when paid."""
    execFeeV2: Decimal | None = None
    """Fee of the spot leg of a spread, over REST; above zero when paid."""
    execId: str | None = None
    execPrice: Decimal | None = None
    """Price of this execution."""
    execQty: Decimal | None = None
    """Size of this execution."""
    execPnl: Decimal | None = None
    """Profit of this execution, if it closes a position."""
    execType: ExecType | None = None
    """Kind. Not all are fills: "Funding", "Delivery", "Settle" and "SessionSettlePnL" are money only."""
    execValue: Decimal | None = None
    """Value of this execution."""
    execTime: int | None = None
    """Epoch ms of the execution."""
    isMaker: bool | None = None
    """Whether the order was the maker."""
    feeRate: Decimal | None = None
    """Fee rate as a ratio."""
    tradeIv: Decimal | None = None
    """Options only: implied volatility."""
    markIv: Decimal | None = None
    """Options only: implied volatility of the mark price."""
    markPrice: Decimal | None = None
    """Mark price at the execution."""
    indexPrice: Decimal | None = None
    """Index price at the execution."""
    underlyingPrice: Decimal | None = None
    """Options only: price of the underlying at the execution."""
    blockTradeId: str | None = None
    closedSize: Decimal | None = None
    """Size of the position that it closed."""
    extraFees: tuple[ExtraFee, ...] = ()
    feeCurrency: str | None = None
    """Currency of the fee."""
    marketUnit: str | None = None
    """Spot market orders: what orderQty counts, "baseCoin" or "quoteCoin"."""
    seq: int | None = None
    """Cross sequence; executions at the same moment share it."""

    @tolerant("symbol", "orderId", "execId", "side", "execPrice", "execQty", "execType")
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; None for what only moves money, such as funding.

        ``execution.fast`` names a fill by the same id, so that it is counted once when both are followed.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        if self.execType not in FILLS:
            return None
        return FillUpdate.found(
            self.symbol,
            self.execId,
            self.orderId,
            SIDES.get(self.side),
            self.execPrice,
            self.execQty,
            client_order_id=self.orderLinkId,
            fee=neutral_fee(self.execFee),
            fee_currency=self.feeCurrency,
            pnl=self.execPnl,
            is_maker=self.isMaker,
            ts=self.execTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class FastExecution(Row):
    """A fill, told sooner and with less in it (channel ``execution.fast``). Fees are on ``execution`` only."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    category: Category | None = None
    symbol: str | None = None
    orderId: str | None = None
    orderLinkId: str | None = None
    """Id that the client gave the order; None for fills as a maker."""
    isMaker: bool | None = None
    """Whether the order was the maker."""
    execId: str | None = None
    execPrice: Decimal | None = None
    """Price of this execution."""
    execQty: Decimal | None = None
    """Size of this execution."""
    side: Side | None = None
    execTime: int | None = None
    """Epoch ms of the execution."""
    seq: int | None = None
    """Cross sequence; executions at the same moment share it."""

    @tolerant("symbol", "orderId", "execId", "side", "execPrice", "execQty")
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return FillUpdate.found(
            self.symbol,
            self.execId,
            self.orderId,
            SIDES.get(self.side),
            self.execPrice,
            self.execQty,
            client_order_id=self.orderLinkId,
            is_maker=self.isMaker,
            ts=self.execTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class OrderReceipt(Row):
    """What became of a request to place, amend or cancel an order.

    Accepted is not done: the channel ``order`` reports what becomes of the order.
    """

    orderId: str | None = None
    """Id that Bybit gave the order."""
    orderLinkId: str | None = None
    """Id that the client gave the order."""
    success: str | None = envelope("success")
    """Of cancelling all orders only: 1 when the request was taken."""
    category: Category | None = None
    """Batches only."""
    symbol: str | None = None
    """Batches only."""
    createAt: int | None = None
    """Batches only: epoch ms of creation."""
    code: str | None = None
    """Batches only: verdict on this order, 0 when it was accepted."""
    msg: str | None = None
    """Batches only: text of the error in code."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted it; False, too, for an order of a batch of which the answer does not tell."""
        return self.code in (None, "0") and not self._env.get("unanswered")


@model
class OrderPreCheck(Row):
    """What an order would do to the account's margin, in 1/10000: 30 is 0.3 percent."""

    orderId: str | None = None
    orderLinkId: str | None = None
    preImrE4: int | None = None
    """Initial margin rate before the order, in 1/10000."""
    preMmrE4: int | None = None
    """Maintenance margin rate before the order, in 1/10000."""
    postImrE4: int | None = None
    """Initial margin rate with the order, in 1/10000."""
    postMmrE4: int | None = None
    """Maintenance margin rate with the order, in 1/10000."""


@model
class BorrowQuota(Row):
    """How much can be traded of a spot symbol, with and without borrowing."""

    symbol: str | None = None
    side: Side | None = None
    maxTradeQty: Decimal | None = None
    """Most that can be traded with what may be borrowed, in base coin."""
    maxTradeAmount: Decimal | None = None
    """Most that can be traded with what may be borrowed, in quote coin."""
    spotMaxTradeQty: Decimal | None = None
    """Most that can be traded without borrowing, in base coin."""
    spotMaxTradeAmount: Decimal | None = None
    """Most that can be traded without borrowing, in quote coin."""
    borrowCoin: str | None = None
    """Coin that would be borrowed."""


def _is_over_money(order: Order) -> bool:
    """Whether ``qty`` is an amount of quote currency: spot market buys, unless they say otherwise."""
    if order.category != "spot" or order.orderType != "Market":
        return False
    return order.marketUnit == "quoteCoin" if order.marketUnit else order.side == "Buy"


def _fee_currency(order: Order) -> str | None:
    if order.feeCurrency or order.cumFeeDetail is None:
        return order.feeCurrency
    coins = list(order.cumFeeDetail.amounts)
    return coins[0] if len(coins) == 1 else None


def _algo_status(order: Order) -> AlgoStatus:
    """Return how far an order that waits for a price has come.

    ``Triggered`` is a moment: margin may be short, so that nothing is sent. What follows tells.

    Raises ``DecodeError`` for one without its ids, and for an unknown word.
    """
    filled, word = order.cumExecQty or Decimal(0), order.orderStatus
    status = order_status(order, word, filled, order.symbol, order.orderId)
    if filled or word in _FIRED or (status == "canceled" and order.rejectReason in _IN_BOOK):
        return "fired"
    if status == "rejected":
        return "failed" if (order.updatedTime or 0) > (order.createdTime or 0) else "rejected"
    return "canceled" if status == "canceled" else "armed"


def _leg_by_price(order: Order, kind: WaitingKind) -> AlgoLeg | None:
    """Return which side a stop of a pair is: by the way that the price must go, or where it was when it was placed."""
    if kind.kind != "conditional":
        return None
    if order.triggerDirection in (1, 2):
        is_above = order.triggerDirection == 1
    elif order.triggerPrice and order.lastPriceOnCreated:
        is_above = order.triggerPrice > order.lastPriceOnCreated
    else:
        return None
    return "take_profit" if is_above == (order.side == "Sell") else "stop_loss"


def _replaced(both: AlgoUpdate) -> list[AlgoUpdate]:
    """Return the end of each side that an order brought, of which one order has taken the place."""
    reason = f"its order's take profit and stop loss became one order: {both.algo_id}"
    changes: dict[str, Any] = {"algo_id": None, "client_order_id": None, "size": None, "order_ids": ()}
    changes |= {"status": "replaced", "kind": "conditional", "fired_leg": None, "reason": reason}
    return [
        both.evolved(**changes, leg=leg, **{name: getattr(both, name) if name == leg else None for name in LEGS})
        for leg in LEGS
    ]


def _fired_leg(order: Order, leg: AlgoLeg | None) -> AlgoLeg | None:
    """Return which side fired, where it has one of them or says so."""
    told: dict[str | None, AlgoLeg] = {"OcoTriggerByTp": "take_profit", "OcoTriggerBySl": "stop_loss"}
    return leg or told.get(order.ocoTriggerBy)


def _triggers(order: Order, kind: WaitingKind, leg: AlgoLeg | None) -> dict[str, Any]:
    """Return the prices that a waiting order is for, each by its neutral name."""
    brought: dict[str, Any] = {
        name: _trigger_price(getattr(order, w.field), getattr(order, w.by_field), getattr(order, w.limit_field))
        for name, w in LEGS.items()
    }
    if kind.kind == "oco":
        return brought
    limit = order.price if order.orderType == "Limit" else None
    trigger = _trigger_price(order.triggerPrice, order.triggerBy, limit)
    return {**(brought if kind.kind == "trigger" else {}), leg or "trigger": trigger}


def _trigger_price(price: Decimal | None, by: str | None, limit: Decimal | None) -> TriggerPrice | None:
    """Return a trigger; None where there is none, or it is of a kind of price that is not known."""
    source = SOURCES.get(by)
    return TriggerPrice(price, by=source, limit=limit or None) if price and price > 0 and source else None
