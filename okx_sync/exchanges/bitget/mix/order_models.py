"""Orders and fills of V2 futures as REST answers them. Sizes are in base currency; fees are negative when paid.

In hedge mode ``side`` names the side of the *position*: an order that closes a long position says "buy", and so do its
fills. ``to_update().side`` is what the order does: it sells.
"""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from okx_sync.algo_types import AlgoLeg, AlgoUpdate
from okx_sync.exchanges.bitget.algo_conversion import PRESET_SPOILS, PRESETS, attached_update, told_legs, trigger_price
from okx_sync.exchanges.bitget.row_conversion import fill_side, is_maker, order_amounts, order_basics, order_side, total
from okx_sync.exchanges.bitget.words import (
    MarginMode,
    OrderStatus,
    OrderType,
    PosMode,
    PosSide,
    Scope,
    Side,
    TriggerType,
)
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderUpdate, PositionSide

__all__ = [
    "MixAmendReceipt",
    "MixCloseReceipt",
    "MixFill",
    "MixFillFee",
    "MixOrder",
    "MixOrderReceipt",
]


@model
class MixOrderReceipt(Row):
    """What became of a request to place or cancel an order. Accepted is not done: the stream reports what comes of it.

    A reduce-only order that made others go has no ``orderId`` in its receipt; it is found by ``clientOid``.
    """

    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it."""
    errorCode: str | None = None
    """Batches only: code of a refusal, where Bitget tells one."""
    errorMsg: str | None = None
    """Batches only: text of a refusal; None when it was accepted."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted it; False, too, for an order of a batch of which the answer does not tell."""
        return not (self.errorCode or self.errorMsg or self._env.get("unanswered"))


@model
class MixAmendReceipt(Row):
    """What became of a request to change an order.

    A new price or size makes a *new* order, whose id is not told: it is found by ``newClientOid``. The ids here name
    the old one, or nothing.
    """

    newClientOid: str | None = envelope("newClientOid")
    """Id that the client gave the order which takes its place."""
    orderId: str | None = None
    """Id that Bitget told; not that of the new order."""
    clientOid: str | None = None
    """Id that the client gave, as Bitget told it."""

    @property
    def ok(self) -> bool:
        """True: a change that was refused is raised."""
        return True


@model
class MixCloseReceipt(Row):
    """The order that closes a position at market (``POST /api/v2/mix/order/close-positions``)."""

    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that Bitget chose for the client."""
    symbol: str | None = None
    errorCode: str | None = None
    """Code of a refusal, where Bitget tells one."""
    errorMsg: str | None = None
    """Text of a refusal; None when it was accepted."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted it."""
        return not (self.errorCode or self.errorMsg or self._env.get("unanswered"))


@model
class MixOrder(Row):
    """An order (``GET /api/v2/mix/order/detail``, ``orders-pending``, ``orders-history``).

    In hedge mode ``side`` names the side of the position, and ``tradeSide`` says whether the order opens or closes it.
    ``to_update().side`` is the order's.
    """

    productType: str | None = envelope("productType")
    """Product type that was asked for."""
    symbol: str | None = None
    size: Decimal | None = None
    """Size, in base currency."""
    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it."""
    baseVolume: Decimal | None = None
    """Size that is filled so far, in base currency."""
    fee: Decimal | None = None
    """Fee so far, in marginCoin; negative when paid."""
    price: Decimal | None = None
    """Price; 0 or None for market orders."""
    priceAvg: Decimal | None = None
    """Average price of what is filled; None before the first fill."""
    status: OrderStatus | None = wire("status", also=("state",))
    """State: "live", "partially_filled", "filled" or "canceled". A single order is written with "state"."""
    side: Side | None = None
    """Side of the order, in hedge mode of the position: to_update() tells the order's."""
    newTradeSide: str | None = None
    """Trade side by the newer words, where it is told."""
    force: str | None = None
    """Time in force: "gtc", "ioc", "fok", "post_only"."""
    totalProfits: Decimal | None = None
    """Profit of what it closed, in marginCoin."""
    posSide: PosSide | None = None
    marginCoin: str | None = None
    presetStopSurplusPrice: Decimal | None = None
    """Take-profit that it brings: price at which it is triggered."""
    presetStopSurplusType: TriggerType | None = None
    """Take-profit that it brings: price that is compared with that."""
    presetStopSurplusTriggerType: TriggerType | None = None
    """The same under another name, which one source has."""
    presetStopSurplusExecutePrice: Decimal | None = None
    """Take-profit that it brings: price of its order, unless that is a market order."""
    presetStopLossPrice: Decimal | None = None
    """Stop-loss that it brings: price at which it is triggered."""
    presetStopLossType: TriggerType | None = None
    """Stop-loss that it brings: price that is compared with that."""
    presetStopLossTriggerType: TriggerType | None = None
    """The same under another name, which one source has."""
    presetStopLossExecutePrice: Decimal | None = None
    """Stop-loss that it brings: price of its order, unless that is a market order."""
    quoteVolume: Decimal | None = None
    """Value of what is filled so far, in quote currency."""
    orderType: OrderType | None = None
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    marginMode: MarginMode | None = None
    reduceOnly: bool | None = None
    """Whether it may only reduce a position. Text "YES"/"NO" on the wire."""
    enterPointSource: str | None = None
    """Source: "API", "WEB", "SYS" (forced), ..."""
    tradeSide: str | None = None
    """Trade side: "open", "close"; one-way "buy_single", "sell_single"; liquidations "burst_close_long" and so on."""
    posMode: PosMode | None = None
    posAvg: Decimal | None = None
    """Average price of the position."""
    orderSource: str | None = None
    """What made it: "normal", "market", "profit_limit", "liquidation", "modify_order_limit", ..."""
    liqPrice: Decimal | None = None
    """Price of the liquidation, where it is one."""
    cancelReason: str | None = None
    feeDetail: str | None = None
    """Fees by coin as JSON text, where it is told."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant(
        "symbol",
        "orderId",
        "status",
        "baseVolume",
        spoils={"side": ("side", "posSide", "tradeSide"), "fee": ("fee",)},
    )
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        has_fee = self.fee is not None
        return OrderUpdate(
            **order_basics(self, self.symbol, self.orderId, self.status),
            **order_amounts(self.price, self.size, self.baseVolume, self.priceAvg),
            side=order_side(self.side, self.posSide, self.tradeSide),
            client_order_id=self.clientOid,
            order_type=self.orderType,
            position_side=cast("PositionSide | None", self.posSide),
            fee=self.fee,
            fee_currency=self.marginCoin if has_fee else None,
            pnl=self.totalProfits,
            reduce_only=self.reduceOnly,
            created_at=self.cTime,
            updated_at=self.uTime,
            reason=self.cancelReason,
        )

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return the take-profit and the stop-loss that it brings, each by itself.

        Of an order that is open, and says that it has none, a canceled one is told: it may have had one.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return [self._attached(leg) for leg in told_legs(self, self.status, PRESETS)]

    @tolerant(
        "symbol",
        "orderId",
        "status",
        "baseVolume",
        "presetStopSurplusPrice",
        "presetStopLossPrice",
        spoils=PRESET_SPOILS,
    )
    def _attached(self, leg: AlgoLeg) -> AlgoUpdate:
        gain_by = self.presetStopSurplusType or self.presetStopSurplusTriggerType
        gain = (self.presetStopSurplusPrice, gain_by, self.presetStopSurplusExecutePrice)
        loss_by = self.presetStopLossType or self.presetStopLossTriggerType
        loss = (self.presetStopLossPrice, loss_by, self.presetStopLossExecutePrice)
        told = gain if leg == "take_profit" else loss
        return attached_update(
            self,
            self.symbol,
            self.orderId,
            self.clientOid,
            self.status,
            self.baseVolume,
            self.cancelReason,
            side=order_side(self.side, self.posSide, self.tradeSide),
            position_side=cast("PositionSide | None", self.posSide),
            updated=self.uTime,
            product=self.productType,
            kind="conditional",
            leg=leg,
            is_gone=not told[0],
            **{leg: trigger_price(*told)},
        )


@model
class MixFillFee(Row):
    """What a fill has cost in one coin."""

    deduction: bool | None = None
    """Whether part of it was paid from a discount balance. Text "yes"/"no" on the wire."""
    feeCoin: str | None = None
    totalDeductionFee: Decimal | None = None
    """How much of it was paid from a discount balance, in feeCoin."""
    totalFee: Decimal | None = None
    """Fee, in feeCoin; negative when paid."""


@model
class MixFill(Row):
    """One fill of an order of ours (``GET /api/v2/mix/order/fills`` and ``fill-history``).

    In hedge mode ``side`` names the side of the position, other than on the channel ``fill``; ``to_update().side`` is
    the order's. That follows from Bitget's note on the channel and from what was seen on accounts; some clients take it
    for the order's. The order itself leaves no doubt: ``get_order(...)``.
    """

    tradeId: str | None = None
    symbol: str | None = None
    marginCoin: str | None = None
    orderId: str | None = None
    """Id that Bitget gave the order."""
    price: Decimal | None = None
    """Price of the fill."""
    baseVolume: Decimal | None = None
    """Size, in base currency."""
    feeDetail: tuple[MixFillFee, ...] = ()
    """Fees by coin."""
    side: Side | None = None
    """Side of the order, in hedge mode of the position: to_update() tells the order's."""
    quoteVolume: Decimal | None = None
    """Value, in quote currency."""
    profit: Decimal | None = None
    """Profit of what it closed, in marginCoin."""
    enterPointSource: str | None = None
    """Source of the order: "API", "WEB", "SYS" (forced), ..."""
    tradeSide: str | None = None
    """Trade side: "open", "close"; one-way "buy_single", "sell_single"; liquidations "burst_close_long" and so on."""
    posMode: PosMode | None = None
    tradeScope: Scope | None = None
    """Liquidity: "taker" or "maker"."""
    cTime: int | None = None
    """Epoch ms of the fill."""

    @tolerant(
        "symbol",
        "orderId",
        "tradeId",
        "side",
        "tradeSide",
        "posMode",
        "price",
        "baseVolume",
        spoils={
            "fee": ("feeDetail", "MixFillFee.totalFee", "MixFillFee.feeCoin"),
            "fee_currency": ("feeDetail", "MixFillFee.feeCoin"),
        },
    )
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        coins = {fee.feeCoin for fee in self.feeDetail}
        is_one = len(coins) == 1
        return FillUpdate.found(
            self.symbol,
            self.tradeId,
            self.orderId,
            fill_side(self.side, self.tradeSide, self.posMode),
            self.price,
            self.baseVolume,
            fee=total(fee.totalFee for fee in self.feeDetail) if is_one else None,
            fee_currency=coins.pop() if is_one else None,
            pnl=self.profit,
            is_maker=is_maker(self.tradeScope),
            ts=self.cTime,
            recovered=self.recovered,
            raw=self,
        )
