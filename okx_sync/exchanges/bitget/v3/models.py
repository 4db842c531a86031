"""Rows of V3, the streams of unified (UTA) accounts. Sizes are in base currency unless a field says other.

One private topic covers spot, margin and all futures. Fees are positive when paid, other than in V2 and in the neutral
forms; a list of positions is complete at first only. Pages: "UTA / Websocket" of Bitget's API guide.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, cast

from okx_sync.algo_types import AlgoUpdate
from okx_sync.errors import DecodeError
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
from okx_sync.exchanges.bitget.words import (
    Action,
    MarginMode,
    OrderType,
    PosMode,
    PosSide,
    Scope,
    Side,
    StpMode,
    V3Category,
    V3InstType,
    V3Interval,
    V3OrderStatus,
    V3StrategyStatus,
)
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.rows import BookLevel, Row, envelope, model, wire
from okx_sync.rows.tolerant import each, missing, tolerant, value_or_none
from okx_sync.state.book.book_change import BookChange
from okx_sync.types import AccountUpdate, BalanceUpdate, FillUpdate, OrderUpdate, PositionSide, PositionUpdate
from okx_sync.types import Side as NeutralSide

_KINDS: Final[dict[str | None, Literal["snapshot", "update"]]] = {"snapshot": "snapshot", "update": "update"}
_PRODUCTS: Final = {"USDT": "USDT-FUTURES", "USDC": "USDC-FUTURES"}
_ENDED: Final = "ended"
_IN_QUOTE: Final = ("spot", "margin")


# -- the market ------------------------------------------------------------------------------------------------------


@model
class V3Ticker(Row):
    """Best prices, last trade, funding and 24 h figures of an instrument (channel ``ticker``)."""

    instType: V3InstType | None = envelope("arg", "instType")
    symbol: str | None = envelope("arg", "symbol")
    lastPrice: Decimal | None = None
    """Price of the last trade."""
    openPrice24h: Decimal | None = None
    """Price 24 hours ago."""
    highPrice24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    lowPrice24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    bid1Price: Decimal | None = None
    """Best bid price."""
    bid1Size: Decimal | None = None
    """Size at the best bid price, in base currency."""
    ask1Price: Decimal | None = None
    """Best ask price."""
    ask1Size: Decimal | None = None
    """Size at the best ask price, in base currency."""
    price24hPcnt: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""
    volume24h: Decimal | None = None
    """Volume of the last 24 hours, in base currency."""
    turnover24h: Decimal | None = None
    """Volume of the last 24 hours, in quote currency."""
    platformTurnover24h: Decimal | None = None
    """Volume of the last 24 hours over all of Bitget, in quote currency."""
    indexPrice: Decimal | None = None
    markPrice: Decimal | None = None
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %. Futures only, as all that follow."""
    nextFundingTime: int | None = None
    """Epoch ms of the next funding."""
    openInterest: Decimal | None = None
    """Open interest, in base currency."""
    deliveryTime: int | None = None
    """Epoch ms of the delivery; None for perpetuals."""
    deliveryStartTime: int | None = None
    """Epoch ms at which the delivery begins; None for perpetuals."""
    deliveryStatus: str | None = None
    """State of a delivery future; None for perpetuals."""
    ts: int | None = envelope("ts")
    """Epoch ms: of the row, or of the push."""


@model
class V3Trade(Row):
    """One public trade (channel ``publicTrade``). The first push after subscribing may bring recent ones."""

    instType: V3InstType | None = envelope("arg", "instType")
    symbol: str | None = envelope("arg", "symbol")
    p: Decimal | None = None
    """Price, in quote currency."""
    v: Decimal | None = None
    """Size in base currency; on coin-margined futures in quote currency."""
    S: Side | None = None
    """Side of the taker."""
    T: int | None = None
    """Epoch ms of the fill."""
    i: str | None = None
    """Id of the trade."""
    L: str | None = None
    """Id that ties the trade to that of the other side."""
    isRPI: bool | None = None
    """Whether it came of a retail price improvement order. Text "yes"/"no" on the wire."""


@model
class V3Candle(Row):
    """Open, high, low, close and volume of one bar (channel ``kline``). Nothing says that a bar is closed."""

    instType: V3InstType | None = envelope("arg", "instType")
    symbol: str | None = envelope("arg", "symbol")
    interval: V3Interval | None = envelope("arg", "interval")
    """Length of the bar: "1m", "4H", "1D", ..."""
    start: int | None = None
    """Epoch ms at which the bar opened."""
    open: Decimal | None = None
    """Opening price."""
    high: Decimal | None = None
    """Highest price."""
    low: Decimal | None = None
    """Lowest price."""
    close: Decimal | None = None
    """Closing price, or the last one so far."""
    volume: Decimal | None = None
    """Volume, in base currency."""
    turnover: Decimal | None = None
    """Volume, in quote currency."""


@model
class V3BookUpdate(Row):
    """A state or a change of an order book (``books``), or a whole short book (``books1``, ``books5``, ``books50``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    topic: str | None = envelope("arg", "topic")
    instType: V3InstType | None = envelope("arg", "instType")
    symbol: str | None = envelope("arg", "symbol")
    action: Action | None = envelope("action")
    """Kind of push: "snapshot" or "update". Short books say "snapshot" each time."""
    a: tuple[BookLevel, ...] = ()
    """Asks, best price first."""
    b: tuple[BookLevel, ...] = ()
    """Bids, best price first."""
    ts: int | None = None
    """Epoch ms, of the matching engine."""
    seq: int | None = None
    """Number of this push; the next one has it as pseq."""
    pseq: int | None = None
    """The seq of the push before this one; 0 on a snapshot, and when Bitget counts anew."""
    maxdepth: int | None = wire("maxdepth", also=("maxDepth",))
    """How many levels a side the book has at most; channel ``books`` only."""
    checksum: int | None = None
    """Always 0, where it is sent at all."""

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.action != "update"

    @tolerant("action", "topic", "seq", "pseq")
    def to_change(self) -> BookChange:
        """Convert it to the neutral words of ``OrderBook``; levels keep their exact texts.

        The first change behind a snapshot may begin before it. One with ``pseq`` 0 begins a new count and follows
        nothing: to the book it is a gap, which the next snapshot ends.

        Raises ``DecodeError`` for an action that is not known, since nobody can say what to do with its rows, and for
        sides that are not lists of rows.
        """
        kind: Literal["snapshot", "update"] | None = _KINDS.get(self.action)
        if kind is None:
            raise DecodeError(f"a book push has the unknown action {self.action!r}", text=repr(self.raw))
        row = self.raw if self.raw is not None else self.to_wire()
        is_whole = kind == "snapshot" and self.raw is not None  # one that was made by hand says what it says
        bids, asks = book_rows(row.get("b"), is_whole=is_whole), book_rows(row.get("a"), is_whole=is_whole)
        return BookChange(kind, bids, asks, self.seq, self.pseq, None, self.ts, may_overlap=True)


@model(positional=True)
class V3RpiLevel(Row):
    """One price level of a book with retail price improvement: ``[price, size, rpi size]``."""

    price: Decimal | None = None
    size: Decimal | None = None
    """Size in base currency."""
    rpiSize: Decimal | None = None
    """Size of retail price improvement orders in it, in base currency."""


@model
class V3RpiBook(Row):
    """A whole short book in which orders for retail price improvement are shown (channels ``rpi-books5``, ...)."""

    topic: str | None = envelope("arg", "topic")
    instType: V3InstType | None = envelope("arg", "instType")
    symbol: str | None = envelope("arg", "symbol")
    action: Action | None = envelope("action")
    """Kind of push: "snapshot" each time."""
    a: tuple[V3RpiLevel, ...] = ()
    """Asks, best price first."""
    b: tuple[V3RpiLevel, ...] = ()
    """Bids, best price first."""
    ts: int | None = None
    """Epoch ms, of the matching engine."""
    seq: int | None = None
    """Number of this push."""
    pseq: int | None = None
    """The seq of the push before this one; 0 on a snapshot."""


@model
class V3Liquidation(Row):
    """A position of somebody that Bitget liquidated (channel ``liquidation``)."""

    instType: V3InstType | None = envelope("arg", "instType")
    symbol: str | None = envelope("arg", "symbol")
    side: Side | None = None
    """Side: "buy" when a long position was liquidated."""
    price: Decimal | None = None
    amount: Decimal | None = None
    """Size that was liquidated."""
    ts: int | None = None
    """Epoch ms."""


# -- the account -----------------------------------------------------------------------------------------------------


@model
class V3AccountCoin(Row):
    """What a unified account has of one coin."""

    coin: str | None = None
    equity: Decimal | None = None
    """Equity, in coin."""
    balance: Decimal | None = None
    """Balance, in coin."""
    available: Decimal | None = None
    """Available amount, in coin."""
    locked: Decimal | None = None
    """Amount that orders hold, in coin."""
    borrow: Decimal | None = None
    """Amount that is borrowed, in coin."""
    debts: Decimal | None = None
    """All that is owed, interest included, in coin."""
    usdValue: Decimal | None = None
    """Value of the equity, USD."""
    bonus: Decimal | None = None
    """Trading bonus, in coin."""

    @tolerant("coin")
    def to_update(self, updated_at: int | None = None) -> BalanceUpdate:
        """Convert it to the neutral words of ``AccountMonitor``; ``updated_at``: when the push was made, epoch ms.

        Raises ``DecodeError`` when it does not say which coin.
        """
        if self.coin is None:
            raise DecodeError("a balance has no coin", text=repr(self.raw))
        return BalanceUpdate(
            currency=self.coin,
            equity=self.equity,
            cash=self.balance,
            available=self.available,
            frozen=self.locked,
            liability=self.debts,
            equity_usd=self.usdValue,
            updated_at=updated_at,
            raw=self,
        )


@model
class V3Account(Row):
    """A unified account: its totals in USD, and each coin (channel ``account``)."""

    ts: int | None = envelope("ts")
    """Epoch ms of the push."""
    totalEquity: Decimal | None = None
    """Equity, USD."""
    effEquity: Decimal | None = None
    """Equity that counts as margin, USD."""
    mmr: Decimal | None = None
    """Maintenance margin, USD."""
    imr: Decimal | None = None
    """Initial margin, USD."""
    mgnRatio: Decimal | None = None
    """Maintenance margin over the equity that counts as margin; 1 is liquidation."""
    positionMgnRatio: Decimal | None = None
    """Margin of positions over the equity that counts as margin."""
    unrealisedPnL: Decimal | None = wire("unrealisedPnL", also=("unrealisedPnl",))
    """Unrealised profit, USD."""
    bonus: Decimal | None = None
    """Trading bonus, USD."""
    coin: tuple[V3AccountCoin, ...] = ()
    """Each coin that the account has."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "ts")
        return at

    @tolerant()
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``."""
        made = self.ts
        balances, unreadable = each(self.coin, lambda one: one.to_update(made))
        unreadable += missing(self, "coin")
        return AccountUpdate(
            total_equity=self.totalEquity,
            initial_margin=self.imr,
            maintenance_margin=self.mmr,
            margin_ratio=self.mgnRatio,
            unrealized_pnl=self.unrealisedPnL,
            balances=balances,
            is_cut=bool(unreadable),
            updated_at=made,
            recovered=self.recovered,
            raw=self,
            unreadable=unreadable,
        )


@model
class V3Position(Row):
    """A position (channel ``position``). The first push lists all open ones, later ones tell those that changed.

    A position that has ended is told with size 0 and ``positionStatus`` "ended"; one that a push lacks is as it was.
    Sizes are never negative; ``posSide`` tells the direction.
    """

    ts: int | None = envelope("ts")
    """Epoch ms of the push."""
    symbol: str | None = None
    marginCoin: str | None = None
    holdMode: PosMode | None = None
    posSide: PosSide | None = None
    marginMode: MarginMode | None = None
    size: Decimal | None = None
    """Size in base currency."""
    available: Decimal | None = None
    """Size that can be closed, in base currency."""
    frozen: Decimal | None = None
    """Size that orders hold, in base currency."""
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    marginSize: Decimal | None = None
    """Margin, in marginCoin."""
    avgPrice: Decimal | None = None
    """Average price at which it was opened."""
    markPrice: Decimal | None = None
    breakEvenPrice: Decimal | None = None
    liqPrice: Decimal | None = None
    """Liquidation price; 0 or less where there is none."""
    mmr: Decimal | None = None
    """Maintenance margin rate of the position's size, as a ratio."""
    marginRate: Decimal | None = None
    """How much of the margin is used up; 1 is liquidation."""
    unrealisedPnl: Decimal | None = wire("unrealisedPnl", also=("unrealisedPnL",))
    """Unrealised profit, in marginCoin."""
    curRealisedPnl: Decimal | None = None
    """Realised profit, in marginCoin."""
    profitRate: Decimal | None = None
    """Unrealised profit over margin."""
    totalFundingFee: Decimal | None = None
    """Funding fees so far, in marginCoin."""
    openFeeTotal: Decimal | None = None
    """Fees of opening, in marginCoin."""
    closeFeeTotal: Decimal | None = None
    """Fees of closing, in marginCoin."""
    cashDividend: Decimal | None = None
    positionStatus: str | None = None
    """State: "opening" while it is open, "ended"."""
    createdTime: int | None = None
    """Epoch ms at which it was opened."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "ts")
        return at

    @tolerant("symbol", "posSide", "size", "holdMode", "marginMode", "marginCoin")
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, which way, or how much.
        """
        size = Decimal(0) if self.positionStatus == _ENDED else self.size
        liquidation = self.liqPrice
        return PositionUpdate(
            **position_basics(self, self.symbol, self.posSide, size, self.holdMode),
            margin_mode=margin_mode(self.marginMode),
            currency=self.marginCoin,
            entry_price=self.avgPrice,
            mark_price=self.markPrice,
            liquidation_price=liquidation if liquidation is not None and liquidation > 0 else None,
            unrealized_pnl=self.unrealisedPnl,
            realized_pnl=self.curRealisedPnl,
            leverage=self.leverage,
            margin=self.marginSize,
            margin_ratio=self.marginRate,
            product=_PRODUCTS.get(self.marginCoin, "COIN-FUTURES") if self.marginCoin else None,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
        )


@model
class V3AdlNotice(Row):
    """The exchange reduced a position of ours to cover a loss of another account (channel ``adl-notification``)."""

    symbol: str | None = None
    side: Side | None = None
    status: str | None = None
    """State: "triggered"."""
    price: Decimal | None = None
    amount: Decimal | None = None
    """Size that was taken, in base currency."""
    ts: int | None = None
    """Epoch ms."""


# -- orders ----------------------------------------------------------------------------------------------------------


@model
class V3Fee(Row):
    """What an order or a fill has cost in one coin."""

    feeCoin: str | None = None
    fee: Decimal | None = None
    """Fee, in feeCoin; positive when paid, negative is a rebate."""


@model
class V3Order(Row):
    """An order as it is now, after each change (channel ``order``). ``side`` is the order's, in hedge mode too."""

    category: V3Category | None = None
    """Kind of product, in small or in capital letters."""
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it; after its end another order may have it."""
    requestId: str | None = None
    """Id of the request to change it that caused this push."""
    price: Decimal | None = None
    """Price; None for market orders."""
    qty: Decimal | None = None
    """Size in base currency; of a market order that buys on spot, in quote currency."""
    amount: Decimal | None = None
    """Value of the order, in quote currency."""
    holdMode: PosMode | None = None
    holdSide: PosSide | None = None
    tradeSide: str | None = None
    """Trade side: "open", "close", and the forced kinds."""
    delegateType: str | None = None
    """What made the order: a plain one, or the kind of trigger or forced close."""
    orderType: OrderType | None = None
    timeInForce: str | None = None
    """Time in force: "gtc", "ioc", "fok", "post_only", "rpi"."""
    side: Side | None = None
    marginMode: MarginMode | None = None
    marginCoin: str | None = None
    reduceOnly: bool | None = None
    """Whether it may only reduce a position. Text "yes"/"no" on the wire."""
    cumExecQty: Decimal | None = None
    """Size that is filled so far, in base currency."""
    cumExecValue: Decimal | None = None
    """Value that is filled so far, in quote currency."""
    avgPrice: Decimal | None = None
    """Average price of what is filled; 0 before the first fill."""
    totalProfit: Decimal | None = None
    """Profit, if it closes a position."""
    orderStatus: V3OrderStatus | None = None
    cancelReason: str | None = None
    leverage: Decimal | None = None
    """Leverage, as a factor; a JSON number or a text."""
    stpMode: StpMode | None = None
    feeDetail: tuple[V3Fee, ...] = ()
    """Fees so far by coin."""
    tpTriggerBy: str | None = None
    """Price that is compared with the take-profit's: "market" or "mark"."""
    slTriggerBy: str | None = None
    """Price that is compared with the stop-loss's: "market" or "mark"."""
    takeprofit: Decimal | None = wire("takeprofit", also=("takeProfit",))
    """Take-profit that it brings: price at which it is triggered."""
    stoploss: Decimal | None = wire("stoploss", also=("stopLoss",))
    """Stop-loss that it brings: price at which it is triggered."""
    tpOrderType: OrderType | None = None
    slOrderType: OrderType | None = None
    tpLimitPrice: Decimal | None = None
    """Price of the take-profit's limit order."""
    slLimitPrice: Decimal | None = None
    """Price of the stop-loss's limit order."""
    matchType: str | None = None
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
            "size": ("qty", "category", "orderType", "side"),
            "fee": ("feeDetail", "V3Fee.fee", "V3Fee.feeCoin"),
            "fee_currency": ("feeDetail", "V3Fee.feeCoin"),
        },
    )
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``, where a fee is negative when paid.

        The size of a market order that buys on spot is not told, as it is in quote currency.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        in_quote = (self.category or "").lower() in _IN_QUOTE and self.orderType == "market" and self.side == "buy"
        fee, coin = paid_fee(self.feeDetail)
        return OrderUpdate(
            **order_basics(self, self.symbol, self.orderId, self.orderStatus),
            **order_amounts(self.price, None if in_quote else self.qty, self.cumExecQty, self.avgPrice),
            side=cast("NeutralSide | None", self.side),
            client_order_id=self.clientOid,
            order_type=self.orderType,
            position_side=cast("PositionSide | None", self.holdSide),
            fee=fee,
            fee_currency=coin,
            pnl=self.totalProfit,
            reduce_only=self.reduceOnly,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
            reason=self.cancelReason,
            request_id=self.requestId,
        )

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return the take-profit and stop-loss that it brings, which are one algo order.

        Of an order that is open the end of what it does not bring is told, too: it may have brought it.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        brings = {"take_profit": bool(self.takeprofit), "stop_loss": bool(self.stoploss)}
        now = [self._attached()] if any(brings.values()) else []
        return [*now, *ended_sides(self, brings)]

    @tolerant(
        "symbol",
        "orderId",
        "orderStatus",
        "cumExecQty",
        "takeprofit",
        "stoploss",
        spoils=BROUGHT_SPOILS,
    )
    def _attached(self) -> AlgoUpdate:
        return attached_to_unified(self, self.takeprofit, self.stoploss, self.holdSide)


@model
class V3Fill(Row):
    """One fill of an order of ours (channel ``fill``). ``side`` is the order's, in hedge mode too."""

    category: V3Category | None = None
    """Kind of product, in small or in capital letters."""
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bitget gave the order."""
    clientOid: str | None = None
    """Id that the client gave the order."""
    execId: str | None = None
    """Id of the fill."""
    execLinkId: str | None = None
    """Id that ties the fill to that of the other side."""
    orderType: OrderType | None = None
    side: Side | None = None
    holdSide: PosSide | None = None
    tradeSide: str | None = None
    tradeScope: Scope | None = None
    """Liquidity: "taker" or "maker"."""
    execPrice: Decimal | None = None
    """Price of the fill."""
    execQty: Decimal | None = None
    """Size, in base currency."""
    execValue: Decimal | None = None
    """Value, in quote currency."""
    execPnl: Decimal | None = None
    """Profit, if it closes a position."""
    feeDetail: tuple[V3Fee, ...] = ()
    """Fees by coin."""
    isRPI: bool | None = None
    """Whether it came of a retail price improvement order. Text "yes"/"no" on the wire."""
    execTime: int | None = None
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
            "fee": ("feeDetail", "V3Fee.fee", "V3Fee.feeCoin"),
            "fee_currency": ("feeDetail", "V3Fee.feeCoin"),
        },
    )
    def to_update(self) -> FillUpdate | None:
        """Convert it to the neutral words of ``OrderManager``, where a fee is negative when paid.

        None when it lacks the basics. Raises ``DecodeError`` when nobody can say which fill it is.
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
            ts=self.execTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class V3FastFill(Row):
    """One fill of an order of ours, told early and without its fee (channel ``fast-fill``)."""

    category: V3Category | None = None
    """Kind of product, in small or in capital letters."""
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bitget gave the order."""
    clientOid: str | None = None
    """Id that the client gave the order."""
    execId: str | None = None
    """Id of the fill."""
    side: Side | None = None
    holdSide: PosSide | None = None
    tradeScope: Scope | None = None
    """Liquidity: "taker" or "maker"."""
    execPrice: Decimal | None = None
    """Price of the fill."""
    execQty: Decimal | None = None
    """Size, in base currency."""
    execTime: int | None = None
    """Epoch ms of the fill."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant("symbol", "orderId", "execId", "side", "execPrice", "execQty")
    def to_update(self) -> FillUpdate | None:
        """Convert it to the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return FillUpdate.found(
            self.symbol,
            self.execId,
            self.orderId,
            cast("NeutralSide | None", self.side),
            self.execPrice,
            self.execQty,
            client_order_id=self.clientOid,
            is_maker=is_maker(self.tradeScope),
            ts=self.execTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class V3StrategyOrder(Row):
    """A trigger order, or a take-profit and stop-loss (channel ``strategy-order``)."""

    category: V3Category | None = None
    """Kind of product, in small or in capital letters."""
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it."""
    qty: Decimal | None = None
    """Size, in base currency."""
    side: Side | None = None
    posSide: PosSide | None = None
    reduceOnly: bool | None = None
    """Whether it may only reduce a position. Text "yes"/"no" on the wire."""
    type: str | None = None
    """Kind: "tpsl" or "trigger"."""
    status: V3StrategyStatus | None = None
    triggerType: str | None = None
    tpTriggerBy: str | None = None
    """Price that is compared with the take-profit's: "market" or "mark"."""
    slTriggerBy: str | None = None
    """Price that is compared with the stop-loss's: "market" or "mark"."""
    takeProfit: Decimal | None = wire("takeProfit", also=("takeprofit",))
    """Price at which the take-profit is triggered."""
    stopLoss: Decimal | None = wire("stopLoss", also=("stoploss",))
    """Price at which the stop-loss is triggered."""
    tpOrderType: OrderType | None = None
    slOrderType: OrderType | None = None
    tpLimitPrice: Decimal | None = None
    """Price of the take-profit's limit order."""
    slLimitPrice: Decimal | None = None
    """Price of the stop-loss's limit order."""
    triggerBy: str | None = None
    """Price that is compared with triggerPrice: "market" or "mark"."""
    triggerPrice: Decimal | None = None
    """Price at which a trigger order is triggered."""
    triggerOrderType: OrderType | None = None
    triggerOrderPrice: Decimal | None = None
    """Price of the limit order that a trigger order becomes."""
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
