"""Own orders, fills and positions of a unified account, and the receipts of orders.

Sizes are in base currency, also of COIN-FUTURES; only the size of a market order that buys on spot or margin is an
amount of quote currency. Fees of orders and fills are above 0 when paid, other than those of V2 and of bills.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast

from okx_sync.algo_types import AlgoUpdate
from okx_sync.exchanges.bitget.algo_conversion import (
    BROUGHT_SPOILS,
    STRATEGY_SPOILS,
    attached_to_unified,
    ended_sides,
    strategy_update,
)
from okx_sync.exchanges.bitget.row_conversion import (
    is_maker,
    margin_mode,
    order_amounts,
    order_basics,
    paid_fee,
    position_basics,
)
from okx_sync.exchanges.bitget.uta.words import Category, StrategyStatus, UtaOrderStatus
from okx_sync.exchanges.bitget.words import MarginMode, OrderType, PosMode, PosSide, Side, StpMode
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant, value_or_none
from okx_sync.types import FillUpdate, OrderUpdate, PositionSide, PositionUpdate
from okx_sync.types import Side as NeutralSide

__all__ = [
    "UtaAdlRank",
    "UtaClosedPosition",
    "UtaCoinDebt",
    "UtaFee",
    "UtaFill",
    "UtaLoans",
    "UtaOrder",
    "UtaOrderReceipt",
    "UtaPosition",
    "UtaStrategyOrder",
]

_SPOT: Final = ("SPOT", "MARGIN")
_OK: Final = (None, "", "0", "00000")


@model
class UtaFee(Row):
    """What an order or a fill has cost in one coin."""

    feeCoin: str | None = None
    fee: Decimal | None = None
    """Fee, in feeCoin; above 0 when paid, below 0 for a rebate."""


@model
class UtaOrder(Row):
    """An order as it is now (``GET /api/v3/trade/order-info``, ``unfilled-orders``, ``history-orders``)."""

    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it; once the order is done it may be used for another one."""
    category: Category | None = None
    symbol: str | None = None
    price: Decimal | None = None
    """Price; 0 for market orders."""
    qty: Decimal | None = None
    """Size in base currency; 0 where ``amount`` says how much."""
    amount: Decimal | None = None
    """Spot and margin market orders that buy: amount of quote currency."""
    orderType: OrderType | None = None
    side: Side | None = None
    """Side of the order, in hedge mode too."""
    timeInForce: str | None = None
    """How long it stands: "gtc", "ioc", "fok", "post_only"."""
    cumExecQty: Decimal | None = None
    """Size that is filled so far in base currency."""
    cumExecValue: Decimal | None = None
    """Value of that in quote currency."""
    avgPrice: Decimal | None = None
    """Average price of what is filled; 0 before the first fill."""
    orderStatus: UtaOrderStatus | None = None
    """State: "live", "new", "partially_filled", "filled" or "cancelled"."""
    posSide: PosSide | None = None
    """Position that it is for, in hedge mode."""
    tradeSide: str | None = None
    """Whether it opens or closes: "open", "close" or a finer word."""
    holdMode: PosMode | None = None
    marginMode: MarginMode | None = None
    stpMode: StpMode | None = None
    reduceOnly: bool | None = None
    """Futures only: whether it may only reduce a position. Text "YES"/"NO" or "yes"/"no" on the wire."""
    delegateType: str | None = None
    feeDetail: tuple[UtaFee, ...] = ()
    """Fees so far by coin; above 0 when paid."""
    cancelReason: str | None = None
    execType: str | None = None
    """Kind of execution: "normal", "offset", "reduce" (forced), "liquidation" or "delivery"."""
    takeProfit: Decimal | None = None
    """Take-profit that it brings: price at which it is triggered."""
    stopLoss: Decimal | None = None
    """Stop-loss that it brings: price at which it is triggered."""
    tpTriggerBy: str | None = None
    """Price that is compared with takeProfit: "market" or "mark"."""
    slTriggerBy: str | None = None
    """Price that is compared with stopLoss: "market" or "mark"."""
    tpOrderType: OrderType | None = None
    slOrderType: OrderType | None = None
    tpLimitPrice: Decimal | None = None
    """Take-profit that it brings: price of its limit order."""
    slLimitPrice: Decimal | None = None
    """Stop-loss that it brings: price of its limit order."""
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
            "fee": ("feeDetail", "UtaFee.fee", "UtaFee.feeCoin"),
            "fee_currency": ("feeDetail", "UtaFee.feeCoin"),
        },
    )
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        ``size`` is None for a market order that buys on spot or margin: that is over an amount of quote currency.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        fee, coin = paid_fee(self.feeDetail)
        is_spot = self.category is not None and self.category.upper() in _SPOT
        is_over_money = is_spot and self.orderType == "market" and self.side == "buy"
        return OrderUpdate(
            **order_basics(self, self.symbol, self.orderId, self.orderStatus),
            **order_amounts(self.price, None if is_over_money else self.qty or None, self.cumExecQty, self.avgPrice),
            side=cast("NeutralSide | None", self.side),
            client_order_id=self.clientOid,
            order_type=self.orderType,
            position_side=cast("PositionSide | None", self.posSide),
            fee=fee,
            fee_currency=coin,
            reduce_only=self.reduceOnly,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
            reason=self.cancelReason,
        )

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return the take-profit and stop-loss that it brings, which are one algo order.

        Of an order that is open the end of what it does not bring is told, too: it may have brought it.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        brings = {"take_profit": bool(self.takeProfit), "stop_loss": bool(self.stopLoss)}
        now = [self._attached()] if any(brings.values()) else []
        return [*now, *ended_sides(self, brings)]

    @tolerant(
        "symbol",
        "orderId",
        "orderStatus",
        "cumExecQty",
        "takeProfit",
        "stopLoss",
        spoils=BROUGHT_SPOILS,
    )
    def _attached(self) -> AlgoUpdate:
        return attached_to_unified(self, self.takeProfit, self.stopLoss, self.posSide)


@model
class UtaFill(Row):
    """One fill of an order of ours (``GET /api/v3/trade/fills``)."""

    execId: str | None = None
    """Id of the fill."""
    execLinkId: str | None = None
    """Id that ties both sides of the trade."""
    orderId: str | None = None
    """Id that Bitget gave the order."""
    clientOid: str | None = None
    """Id that the client gave the order."""
    category: Category | None = None
    symbol: str | None = None
    orderType: OrderType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    """Position that it is of, in hedge mode."""
    execPrice: Decimal | None = None
    """Price in quote currency."""
    execQty: Decimal | None = None
    """Size in base currency."""
    execValue: Decimal | None = None
    """Value in quote currency."""
    tradeScope: str | None = None
    """Liquidity: "taker" or "maker"."""
    tradeSide: str | None = None
    """Whether it opened or closed: "open", "close" or a finer word."""
    feeDetail: tuple[UtaFee, ...] = ()
    """Fees by coin; above 0 when paid."""
    execPnl: Decimal | None = None
    """Profit of what it closed."""
    isRPI: bool | None = None
    """Whether it was a retail price improvement order. Text "yes"/"no" on the wire."""
    createdTime: int | None = None
    """Epoch ms of the fill."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant(
        "symbol",
        "orderId",
        "execId",
        "side",
        "execPrice",
        "execQty",
        spoils={
            "fee": ("feeDetail", "UtaFee.fee", "UtaFee.feeCoin"),
            "fee_currency": ("feeDetail", "UtaFee.feeCoin"),
        },
    )
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        fee, coin = paid_fee(self.feeDetail)
        return FillUpdate.found(
            self.symbol,
            self.execId,
            self.orderId,
            cast("NeutralSide | None", self.side),
            self.execPrice,
            self.execQty,
            client_order_id=self.clientOid,
            fee=fee,
            fee_currency=coin,
            pnl=self.execPnl,
            is_maker=is_maker(self.tradeScope),
            ts=self.createdTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class UtaOrderReceipt(Row):
    """What became of a request to place, amend or cancel an order.

    Accepted is not done: ``get_order`` tells what becomes of the order. Rows of a batch carry a verdict of their own.
    """

    orderId: str | None = None
    """Id that Bitget gave it; None where a reduce-only order took the place of another one."""
    clientOid: str | None = None
    """Id that the client gave it."""
    code: str | None = None
    """Batches only: verdict on this order; None, "0" or "00000" when it was accepted."""
    msg: str | None = None
    """Batches only: text of the error in code."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted it; False, too, for an order of a batch of which the answer does not tell."""
        return self.code in _OK and not self._env.get("unanswered")


@model
class UtaPosition(Row):
    """An open position (``GET /api/v3/position/current-position``). Money is in the margin coin.

    Sizes are never negative; ``posSide`` tells the direction, in one-way mode too.
    """

    requestTime: int | None = envelope("requestTime")
    """Epoch ms of the answer."""
    category: Category | None = None
    symbol: str | None = None
    marginCoin: str | None = None
    holdMode: PosMode | None = None
    posSide: PosSide | None = None
    marginMode: MarginMode | None = None
    positionBalance: Decimal | None = None
    """Margin, in marginCoin."""
    total: Decimal | None = None
    """Size in base currency."""
    available: Decimal | None = None
    """Size that can be closed, in base currency."""
    frozen: Decimal | None = None
    """Size that orders hold, in base currency."""
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    avgPrice: Decimal | None = None
    """Average price at which it was opened."""
    markPrice: Decimal | None = None
    liquidationPrice: Decimal | None = None
    """Estimated price of the liquidation; 0 or below when there is none."""
    breakEvenPrice: Decimal | None = None
    mmr: Decimal | None = None
    """Maintenance margin rate of the position's size, as a ratio."""
    unrealisedPnl: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    curRealisedPnl: Decimal | None = None
    """Realised profit so far, in marginCoin."""
    profitRate: Decimal | None = None
    """Unrealised profit over margin."""
    totalFunding: Decimal | None = None
    """Funding so far, in marginCoin; below 0 when paid."""
    openFeeTotal: Decimal | None = None
    """Fees of opening, in marginCoin; below 0 when paid, other than those of orders and fills."""
    closeFeeTotal: Decimal | None = None
    """Fees of closing, in marginCoin; below 0 when paid, other than those of orders and fills."""
    cashDividend: Decimal | None = None
    """Contracts on shares only: dividends, in USDT; one source has it."""
    positionStatus: str | None = None
    """State, such as "normal"."""
    createdTime: int | None = None
    """Epoch ms at which it was opened."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which the list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "requestTime")
        return at

    @tolerant("symbol", "posSide", "total", "holdMode", "marginMode", "marginCoin")
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, which way, or how much.
        """
        liquidation = self.liquidationPrice
        return PositionUpdate(
            **position_basics(self, self.symbol, self.posSide, self.total, self.holdMode),
            margin_mode=margin_mode(self.marginMode),
            currency=self.marginCoin,
            entry_price=self.avgPrice,
            mark_price=self.markPrice,
            liquidation_price=liquidation if liquidation is not None and liquidation > 0 else None,
            unrealized_pnl=self.unrealisedPnl,
            realized_pnl=self.curRealisedPnl,
            leverage=self.leverage,
            margin=self.positionBalance,
            product=self.category.upper() if self.category else None,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
        )


@model
class UtaClosedPosition(Row):
    """A position that was closed altogether (``GET /api/v3/position/history-position``), money in the margin coin."""

    positionId: str | None = None
    category: Category | None = None
    symbol: str | None = None
    marginCoin: str | None = None
    holdMode: PosMode | None = None
    posSide: PosSide | None = None
    marginMode: MarginMode | None = None
    openPriceAvg: Decimal | None = None
    """Average price at which it was opened."""
    closePriceAvg: Decimal | None = None
    """Average price at which it was closed."""
    openTotalPos: Decimal | None = None
    """Size that was opened, in base currency."""
    closeTotalPos: Decimal | None = None
    """Size that was closed, in base currency."""
    cumRealisedPnl: Decimal | None = None
    """Profit without fees and funding, in marginCoin."""
    netProfit: Decimal | None = None
    """Profit with fees and funding, in marginCoin."""
    totalFunding: Decimal | None = None
    """Funding, in marginCoin; below 0 when paid."""
    openFeeTotal: Decimal | None = None
    """Fees of opening, in marginCoin; below 0 when paid."""
    closeFeeTotal: Decimal | None = None
    """Fees of closing, in marginCoin; below 0 when paid."""
    cashDividend: Decimal | None = None
    """Contracts on shares only: dividends, in USDT; one source has it."""
    createdTime: int | None = None
    """Epoch ms at which it was opened."""
    updatedTime: int | None = None
    """Epoch ms at which it was closed."""


@model
class UtaAdlRank(Row):
    """How near a position is to being reduced for the losses of others (``GET /api/v3/position/adlRank``)."""

    symbol: str | None = None
    marginCoin: str | None = None
    adlRank: Decimal | None = None
    """Rank as a ratio; the nearer to 1, the sooner it is reduced."""
    holdSide: PosSide | None = None


@model
class UtaStrategyOrder(Row):
    """A take-profit, stop-loss or trigger order (``GET /api/v3/trade/unfilled-strategy-orders``, ``history-...``)."""

    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it."""
    category: Category | None = None
    symbol: str | None = None
    type: str | None = None
    """``"tpsl"`` or ``"trigger"``; one source has it."""
    qty: Decimal | None = None
    """Size in base currency."""
    side: Side | None = None
    """Side of the order."""
    posSide: PosSide | None = None
    marginMode: MarginMode | None = None
    reduceOnly: bool | None = None
    """Whether it may only reduce a position. Text on the wire."""
    status: StrategyStatus | None = None
    """State: "pending", "success", "failed", "cancelled" or "submitting"."""
    triggerType: str | None = None
    """What triggered it: "takeProfit" or "stopLoss"."""
    tpTriggerBy: str | None = None
    """Price that is compared with takeProfit: "market" or "mark"."""
    slTriggerBy: str | None = None
    """Price that is compared with stopLoss: "market" or "mark"."""
    takeProfit: Decimal | None = None
    """Price that triggers the take-profit."""
    stopLoss: Decimal | None = None
    """Price that triggers the stop-loss."""
    tpOrderType: OrderType | None = None
    slOrderType: OrderType | None = None
    tpLimitPrice: Decimal | None = None
    """Price of the take-profit's limit order."""
    slLimitPrice: Decimal | None = None
    """Price of the stop-loss's limit order."""
    triggerBy: str | None = None
    """Price that is compared with triggerPrice: "market" or "mark"."""
    triggerPrice: Decimal | None = None
    """Price that triggers a trigger order."""
    triggerOrderType: OrderType | None = None
    triggerOrderPrice: Decimal | None = None
    """Price of the trigger order's limit order."""
    createdTime: int | None = None
    """Epoch ms of creation."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return it in neutral words. Which order it has sent is told nowhere.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return [self._to_algo_update()]

    @tolerant("symbol", "orderId", "status", "type", spoils=STRATEGY_SPOILS)
    def _to_algo_update(self) -> AlgoUpdate:
        return strategy_update(self)


@model
class UtaCoinDebt(Row):
    """What is owed of a coin."""

    coin: str | None = None
    debt: Decimal | None = None
    """Debt, in the coin."""
    interestFreeAmount: Decimal | None = None
    """Debt that bears no interest, in the coin."""
    interestRateNextHour: Decimal | None = None
    """Interest of the next hour as a ratio."""


@model
class UtaLoans(Row):
    """What the account owes (``GET /api/v3/trade/loan-data``)."""

    currentLoans: Decimal | None = None
    """All debt, in USD."""
    interestPaymentTime: int | None = None
    """Epoch ms of the next interest."""
    debtCoinList: tuple[UtaCoinDebt, ...] = ()
