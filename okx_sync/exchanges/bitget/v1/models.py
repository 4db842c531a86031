"""Rows of the V1 protocol, where they differ from those of V2. ``instId`` ends in the product, ``BTCUSDT_UMCBL``."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from okx_sync.exchanges.bitget.row_conversion import (
    coin_of,
    is_maker,
    margin_mode,
    order_amounts,
    order_basics,
    order_side,
    position_basics,
    total,
)
from okx_sync.exchanges.bitget.words import HoldMode, HoldSide, MarginMode, OrderType, PosSide, Side, V1OrderStatus
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant, value_or_none
from okx_sync.types import AccountUpdate, BalanceUpdate, FillUpdate, OrderUpdate, PositionSide, PositionUpdate


@model
class V1Ticker(Row):
    """Best prices, last trade, funding and 24 h figures of an instrument (channel ``ticker``)."""

    instType: str | None = envelope("arg", "instType")
    instId: str | None = None
    last: Decimal | None = None
    """Price of the last trade."""
    bestAsk: Decimal | None = None
    """Best ask price."""
    bestBid: Decimal | None = None
    """Best bid price."""
    askSz: Decimal | None = None
    """Size at the best ask price."""
    bidSz: Decimal | None = None
    """Size at the best bid price."""
    open24h: Decimal | None = None
    """Price 24 hours ago."""
    high24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    low24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    priceChangePercent: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""
    capitalRate: Decimal | None = None
    """Funding rate, as a ratio."""
    nextSettleTime: int | None = None
    """Epoch ms of the next funding."""
    systemTime: int | None = None
    """Epoch ms."""
    markPrice: Decimal | None = None
    indexPrice: Decimal | None = None
    holding: Decimal | None = None
    """Open interest, in base currency."""
    baseVolume: Decimal | None = None
    """Volume of the last 24 hours, in base currency."""
    quoteVolume: Decimal | None = None
    """Volume of the last 24 hours, in quote currency."""
    openUtc: Decimal | None = None
    """Price at 00:00 UTC."""
    chgUTC: Decimal | None = None
    """Change since 00:00 UTC as a ratio: 0.01 is 1 %."""
    symbolType: str | None = None
    """Type of the instrument: "1" perpetual, "2" delivery."""
    symbolId: str | None = None
    """The instrument with the ending of its kind (``BTCUSDT_UMCBL``)."""
    deliveryPrice: Decimal | None = None
    """Price at which a delivery contract ended; 0 for a perpetual."""


@model(positional=True)
class V1Trade(Row):
    """One public trade (channel ``trade``)."""

    instType: str | None = envelope("arg", "instType")
    instId: str | None = envelope("arg", "instId")
    ts: int | None = None
    """Epoch ms of the fill."""
    px: Decimal | None = None
    """Price of the trade."""
    sz: Decimal | None = None
    """Size of the trade."""
    side: Side | None = None
    """Side of the taker."""


@model
class V1Account(Row):
    """One margin coin of the futures account (channel ``account``)."""

    instType: str | None = envelope("arg", "instType")
    ts: int | None = envelope("ts")
    """Epoch ms of the push."""
    marginCoin: str | None = None
    locked: Decimal | None = None
    """Frozen amount, in marginCoin."""
    available: Decimal | None = None
    """Available amount, in marginCoin."""
    maxOpenPosAvailable: Decimal | None = None
    """Most that can be used to open positions, in marginCoin."""
    maxTransferOut: Decimal | None = None
    """Most that can be transferred out, in marginCoin."""
    equity: Decimal | None = None
    """Equity, in marginCoin."""
    usdtEquity: Decimal | None = None
    """Equity, in USDT."""
    coinDisplayName: str | None = None

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "ts")
        return at

    @tolerant("marginCoin")
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``.

        Raises ``DecodeError`` when it does not say of which coin.
        """
        balance = BalanceUpdate(
            currency=coin_of(self, self.marginCoin),
            equity=self.equity,
            available=self.available,
            frozen=self.locked,
            equity_usd=self.usdtEquity,
            updated_at=self.ts,
            raw=self,
        )
        return AccountUpdate(balances=(balance,), updated_at=self.ts, recovered=self.recovered, raw=self)


@model
class V1Position(Row):
    """An open position (channel ``positions``). Every push lists all of its product type; the others are closed."""

    instType: str | None = envelope("arg", "instType")
    ts: int | None = envelope("ts")
    """Epoch ms of the push."""
    posId: str | None = None
    instId: str | None = None
    instName: str | None = None
    marginCoin: str | None = None
    margin: Decimal | None = None
    """Margin, in marginCoin."""
    marginMode: MarginMode | None = None
    """Margin mode: "crossed", or "fixed" for isolated."""
    holdSide: HoldSide | None = None
    holdMode: HoldMode | None = None
    total: Decimal | None = None
    """Size, never negative: holdSide tells the direction."""
    available: Decimal | None = None
    """Size that can be closed."""
    locked: Decimal | None = None
    """Size that is frozen."""
    averageOpenPrice: Decimal | None = None
    """Average price at which it was opened."""
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    achievedProfits: Decimal | None = None
    """Realised profit, in marginCoin."""
    upl: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    uplRate: Decimal | None = None
    liqPx: Decimal | None = None
    """Liquidation price."""
    keepMarginRate: Decimal | None = None
    """Maintenance margin rate."""
    marginRate: Decimal | None = None
    cTime: int | None = None
    """Epoch ms at which it was opened."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "ts")
        return at

    @tolerant("instId", "holdSide", "total", "holdMode", "marginMode", "marginCoin")
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, which way, or how much.
        """
        return PositionUpdate(
            **position_basics(self, self.instId, self.holdSide, self.total, self.holdMode),
            margin_mode=margin_mode(self.marginMode),
            position_id=self.posId,
            currency=self.marginCoin,
            entry_price=self.averageOpenPrice,
            liquidation_price=self.liqPx,
            unrealized_pnl=self.upl,
            realized_pnl=self.achievedProfits,
            leverage=self.leverage,
            margin=self.margin,
            margin_ratio=self.marginRate,
            created_at=self.cTime,
            updated_at=self.uTime,
        )


@model
class V1OrderFee(Row):
    """What an order has cost so far in one coin; negative when paid."""

    feeCcy: str | None = None
    fee: Decimal | None = None
    """Fee so far, in feeCcy; negative when paid."""


@model
class V1Order(Row):
    """An order as it is now, after each change (channel ``orders``). Fills ride in it: V1 has no channel of fills."""

    instType: str | None = envelope("arg", "instType")
    ordId: str | None = None
    """Id that Bitget gave it."""
    clOrdId: str | None = None
    """Id that the client gave it."""
    instId: str | None = None
    px: Decimal | None = None
    """Price; 0 for market orders."""
    sz: Decimal | None = None
    """Size of the order."""
    accFillSz: Decimal | None = None
    """Size that is filled so far."""
    avgPx: Decimal | None = None
    """Average price of what is filled."""
    ordType: OrderType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: str | None = None
    tgtCcy: str | None = None
    force: str | None = None
    lever: Decimal | None = None
    """Leverage, as a factor."""
    status: V1OrderStatus | None = None
    notionalUsd: Decimal | None = None
    """Value of the order, USD."""
    orderFee: tuple[V1OrderFee, ...] = ()
    """Fees so far by coin."""
    fillPx: Decimal | None = None
    """Price of the fill that caused this push, if one did (then tradeId is set)."""
    fillSz: Decimal | None = None
    """Size of that fill."""
    fillFee: Decimal | None = None
    """Fee of that fill, in fillFeeCcy; negative when paid."""
    fillFeeCcy: str | None = None
    """Currency of fillFee."""
    fillNotionalUsd: Decimal | None = None
    """Value of that fill, USD."""
    fillTime: int | None = None
    """Epoch ms of that fill."""
    tradeId: str | None = None
    """Id of the fill that caused this push; None if none did."""
    execType: str | None = None
    """Liquidity of that fill: "T" taker, "M" maker."""
    pnl: Decimal | None = None
    eps: str | None = None
    """Later addition: source of the order."""
    hM: str | None = None
    """Later addition: position mode."""
    low: bool | None = None
    """Later addition: whether it may only reduce a position."""
    tS: str | None = None
    """Later addition: trade side ("open_long", "close_short", ...)."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant(
        "instId",
        "ordId",
        "status",
        "accFillSz",
        spoils={
            "side": ("side", "posSide", "tS"),
            "fill": ("side", "posSide", "tS"),
            "fee": ("orderFee", "V1OrderFee.fee", "V1OrderFee.feeCcy"),
            "fee_currency": ("orderFee", "V1OrderFee.feeCcy"),
        },
    )
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        coins = {fee.feeCcy for fee in self.orderFee}
        side = order_side(self.side, self.posSide, self.tS)
        fill = FillUpdate.found(
            self.instId,
            self.tradeId,
            self.ordId,
            side,
            self.fillPx,
            self.fillSz,
            client_order_id=self.clOrdId,
            fee=self.fillFee,
            fee_currency=self.fillFeeCcy,
            pnl=self.pnl,
            is_maker=is_maker(self.execType),
            ts=self.fillTime,
            recovered=self.recovered,
            raw=self,
        )
        return OrderUpdate(
            **order_basics(self, self.instId, self.ordId, self.status),
            **order_amounts(self.px, self.sz, self.accFillSz, self.avgPx),
            side=side,
            client_order_id=self.clOrdId,
            order_type=self.ordType,
            position_side=cast("PositionSide | None", self.posSide),
            fee=total(fee.fee for fee in self.orderFee) if len(coins) == 1 else None,
            fee_currency=coins.pop() if len(coins) == 1 else None,
            reduce_only=self.low,
            created_at=self.cTime,
            updated_at=self.uTime,
            fill=fill,
        )


@model
class V1AlgoOrder(Row):
    """A plan order (channel ``ordersAlgo``). What else its rows had is not documented any more: see ``extra``."""

    instType: str | None = envelope("arg", "instType")
    instId: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
