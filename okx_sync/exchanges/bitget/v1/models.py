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
from okx_sync.rows.tolerant import told, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, FillUpdate, OrderUpdate, PositionSide, PositionUpdate


@model
class V1Ticker(Row):
    """Best prices, last trade, funding and 24 h figures of an instrument (channel ``ticker``)."""

    instType: str | None = envelope("arg", "instType")
    instId: str | None = None
    last: Decimal | None = None
    bestAsk: Decimal | None = None
    bestBid: Decimal | None = None
    askSz: Decimal | None = None
    bidSz: Decimal | None = None
    open24h: Decimal | None = None
    high24h: Decimal | None = None
    low24h: Decimal | None = None
    # A ratio: 0.01 is 1 %.
    priceChangePercent: Decimal | None = None
    # Funding rate, and when it is settled next (epoch ms).
    capitalRate: Decimal | None = None
    nextSettleTime: int | None = None
    # Epoch ms.
    systemTime: int | None = None
    markPrice: Decimal | None = None
    indexPrice: Decimal | None = None
    # Open interest, base currency.
    holding: Decimal | None = None
    baseVolume: Decimal | None = None
    quoteVolume: Decimal | None = None


@model(positional=True)
class V1Trade(Row):
    """One public trade (channel ``trade``)."""

    instType: str | None = envelope("arg", "instType")
    instId: str | None = envelope("arg", "instId")
    # Epoch ms of the fill.
    ts: int | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None


@model
class V1Account(Row):
    """One margin coin of the futures account (channel ``account``)."""

    instType: str | None = envelope("arg", "instType")
    # Epoch ms of the push.
    ts: int | None = envelope("ts")
    marginCoin: str | None = None
    locked: Decimal | None = None
    available: Decimal | None = None
    maxOpenPosAvailable: Decimal | None = None
    maxTransferOut: Decimal | None = None
    equity: Decimal | None = None
    # In USDT.
    usdtEquity: Decimal | None = None
    coinDisplayName: str | None = None

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = told(self, "ts")
        return at

    @tolerant("marginCoin")
    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``.

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
    # Epoch ms of the push.
    ts: int | None = envelope("ts")
    posId: str | None = None
    instId: str | None = None
    instName: str | None = None
    marginCoin: str | None = None
    margin: Decimal | None = None
    # "crossed", or "fixed" for isolated.
    marginMode: MarginMode | None = None
    holdSide: HoldSide | None = None
    holdMode: HoldMode | None = None
    total: Decimal | None = None
    available: Decimal | None = None
    locked: Decimal | None = None
    averageOpenPrice: Decimal | None = None
    leverage: Decimal | None = None
    achievedProfits: Decimal | None = None
    upl: Decimal | None = None
    uplRate: Decimal | None = None
    liqPx: Decimal | None = None
    keepMarginRate: Decimal | None = None
    marginRate: Decimal | None = None
    # Epoch ms: opened, changed.
    cTime: int | None = None
    uTime: int | None = None

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = told(self, "ts")
        return at

    @tolerant("instId", "holdSide", "total", "holdMode", "marginMode", "marginCoin")
    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``.

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


@model
class V1Order(Row):
    """An order as it is now, after each change (channel ``orders``). Fills ride in it: V1 has no channel of fills."""

    instType: str | None = envelope("arg", "instType")
    ordId: str | None = None
    clOrdId: str | None = None
    instId: str | None = None
    # 0 for market orders.
    px: Decimal | None = None
    sz: Decimal | None = None
    # Filled so far, and at which average price.
    accFillSz: Decimal | None = None
    avgPx: Decimal | None = None
    ordType: OrderType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: str | None = None
    tgtCcy: str | None = None
    force: str | None = None
    lever: Decimal | None = None
    status: V1OrderStatus | None = None
    notionalUsd: Decimal | None = None
    orderFee: tuple[V1OrderFee, ...] = ()
    # The fill that caused this push, if one did (then tradeId is set).
    fillPx: Decimal | None = None
    fillSz: Decimal | None = None
    fillFee: Decimal | None = None
    fillFeeCcy: str | None = None
    fillNotionalUsd: Decimal | None = None
    # Epoch ms.
    fillTime: int | None = None
    tradeId: str | None = None
    # "T" taker, "M" maker.
    execType: str | None = None
    pnl: Decimal | None = None
    # Later additions: source, position mode, reduce-only or not, trade side ("open_long", "close_short", ...).
    eps: str | None = None
    hM: str | None = None
    low: bool | None = None
    tS: str | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None

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
        """What it says in the neutral words of ``OrderManager``.

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
            position_side=cast(PositionSide | None, self.posSide),
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
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
