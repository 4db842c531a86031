"""The account's own spot orders and fills, as REST answers them, and the receipts of order requests.

Fees are negative when paid. Pages: "Spot / Trade" of Bitget's API guide.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, cast

from attrs import frozen

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.row_conversion import epoch_ms, is_maker, order_amounts, order_basics, total
from okx_sync.exchanges.bitget.spot.words import SpotOrderStatus
from okx_sync.exchanges.bitget.words import OrderType, Scope, Side
from okx_sync.rows import Row, model
from okx_sync.rows.fields import UNREADABLE, to_decimal
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderUpdate
from okx_sync.types import Side as NeutralSide

__all__ = [
    "SpotCanceledSymbol",
    "SpotFill",
    "SpotFillFee",
    "SpotOpenOrder",
    "SpotOrder",
    "SpotOrderCost",
    "SpotOrderReceipt",
    "SpotReplacement",
]

_NEW_FEES: Final = "newFees"
_DISCOUNT_COIN: Final = "BGB"


@frozen
class SpotOrderCost:
    """What an order has cost in one coin; ``amount`` is negative when paid, ``coin`` None when it is not told."""

    coin: str | None
    amount: Decimal


@model
class SpotOrderReceipt(Row):
    """What became of the request of an order: one accepted, or one refused row of a batch.

    Acceptance is a receipt: ``get_order`` and the orders' channel say what became of the order.
    """

    orderId: str | None = None
    """Id that Bitget gave the order."""
    clientOid: str | None = None
    """Id that the client gave the order."""
    errorCode: str | None = None
    """Why it was refused, as a code; of a batch."""
    errorMsg: str | None = None
    """Why it was refused, in words; of a batch."""
    result: str | None = None
    """Of canceling a trigger order, which tells no id: "success"."""

    @property
    def ok(self) -> bool:
        """True when it was accepted."""
        refused = self.errorCode or self.errorMsg or self.result not in (None, "success")
        return not refused and not self._env.get("unanswered")


@model
class SpotReplacement(Row):
    """What became of an order that was to take the place of another one."""

    orderId: str | None = None
    """Id that Bitget gave the order."""
    clientOid: str | None = None
    """Id that the client gave the order."""
    success: str | None = None
    """Verdict: "success" or "failure"."""
    msg: str | None = None
    """Why it failed; the order that was to be canceled may be canceled all the same."""

    @property
    def ok(self) -> bool:
        """True when the new order was accepted."""
        return self.success == "success" and not self._env.get("unanswered")


@model
class SpotCanceledSymbol(Row):
    """A pair whose orders will be canceled; the request is carried out later, and its outcome is not told here."""

    symbol: str | None = None


@model
class SpotOrder(Row):
    """An order, of any state (``orderInfo``, ``history-orders``)."""

    userId: str | None = None
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it."""
    price: Decimal | None = None
    """Price, in quote currency; 0 for market orders."""
    size: Decimal | None = None
    """Size, in base currency; of market buys in quote currency. One of Bitget's pages says so of market sells, too,
    others the contrary: baseVolume and quoteVolume leave no doubt."""
    orderType: OrderType | None = None
    side: Side | None = None
    status: SpotOrderStatus | None = None
    priceAvg: Decimal | None = None
    """Average price of what is filled; 0 before the first fill."""
    baseVolume: Decimal | None = None
    """Size that is filled so far, in base currency."""
    quoteVolume: Decimal | None = None
    """Size that is filled so far, in quote currency."""
    enterPointSource: str | None = None
    """Source: "API", "WEB", "APP", "SYS", ..."""
    orderSource: str | None = None
    """Kind: "normal", "market", "spot_trader_buy", "strategy_oco_limit", ..."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    feeDetail: str | None = None
    """Fees as JSON text; ``costs`` reads it."""
    triggerPrice: Decimal | None = None
    """Price at which a take-profit or stop-loss is triggered, in quote currency."""
    tpslType: str | None = None
    """Whether it is a take-profit or stop-loss: "normal", "tpsl"."""
    cancelReason: str | None = None
    """Why it was canceled: "normal_cancel", "stp_cancel", ..."""
    baseCoin: str | None = None
    quoteCoin: str | None = None

    @property
    def costs(self) -> tuple[SpotOrderCost, ...]:
        """Fees by coin, without zeros, and without what a coupon paid. Raises ``DecodeError`` when it is no JSON."""
        return _costs(self.feeDetail, self._received)

    @property
    def _received(self) -> str | None:
        """Return the coin that the order brings, of which its fee is taken."""
        return self.baseCoin if self.side == "buy" else self.quoteCoin

    @tolerant("symbol", "orderId", "status", "baseVolume", spoils={"size": ("size", "orderType", "side")})
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        The size of a market buy, which is money, is not told. Nor is a fee in several coins, or one that is no JSON.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        fee, coin = _one_fee(self)
        return OrderUpdate(
            **order_basics(self, self.symbol, self.orderId, self.status),
            **order_amounts(self.price, _base_size(self), self.baseVolume, self.priceAvg),
            side=cast("NeutralSide | None", self.side),
            client_order_id=self.clientOid,
            order_type=self.orderType,
            fee=fee,
            fee_currency=coin,
            created_at=epoch_ms(self.cTime),
            updated_at=epoch_ms(self.uTime),
            reason=self.cancelReason,
        )


@model
class SpotOpenOrder(Row):
    """An order that stands (``unfilled-orders``). Two fields mean something else here than in ``SpotOrder``."""

    userId: str | None = None
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it."""
    priceAvg: Decimal | None = None
    """Price of the order, in quote currency; not an average, in spite of its name."""
    size: Decimal | None = None
    """Size, in base currency; of market buys in quote currency."""
    orderType: OrderType | None = None
    side: Side | None = None
    force: str | None = None
    """Time in force: "gtc", "ioc", "fok", "post_only"."""
    status: SpotOrderStatus | None = None
    basePrice: Decimal | None = None
    """Average price of what is filled; 0 before the first fill."""
    baseVolume: Decimal | None = None
    """Size that is filled so far, in base currency."""
    quoteVolume: Decimal | None = None
    """Size that is filled so far, in quote currency."""
    enterPointSource: str | None = None
    """Source: "API", "WEB", "APP", "SYS", ..."""
    orderSource: str | None = None
    """Kind: "normal", "market", "spot_trader_buy", "strategy_oco_limit", ..."""
    presetTakeProfitPrice: Decimal | None = None
    """Take-profit that it brings: price at which it is triggered."""
    executeTakeProfitPrice: Decimal | None = None
    """Take-profit that it brings: price of its order, unless that is a market order."""
    presetStopLossPrice: Decimal | None = None
    """Stop-loss that it brings: price at which it is triggered."""
    executeStopLossPrice: Decimal | None = None
    """Stop-loss that it brings: price of its order, unless that is a market order."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    triggerPrice: Decimal | None = None
    """Price at which a take-profit or stop-loss is triggered, in quote currency."""
    tpslType: str | None = None
    """Whether it is a take-profit or stop-loss: "normal", "tpsl"."""

    @tolerant("symbol", "orderId", "status", "baseVolume", spoils={"size": ("size", "orderType", "side")})
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``; fees are not told in this listing.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return OrderUpdate(
            **order_basics(self, self.symbol, self.orderId, self.status),
            **order_amounts(self.priceAvg, _base_size(self), self.baseVolume, self.basePrice),
            side=cast("NeutralSide | None", self.side),
            client_order_id=self.clientOid,
            order_type=self.orderType,
            created_at=epoch_ms(self.cTime),
            updated_at=epoch_ms(self.uTime),
        )


@model
class SpotFillFee(Row):
    """What a fill has cost."""

    deduction: bool | None = None
    """Whether part of it was paid from a discount balance. Text "yes"/"no" on the wire."""
    feeCoin: str | None = None
    totalDeductionFee: Decimal | None = None
    """How much of it was paid from a discount balance."""
    totalFee: Decimal | None = None
    """Fee, in feeCoin; negative when paid."""


@model
class SpotFill(Row):
    """One fill of an order of ours."""

    userId: str | None = None
    symbol: str | None = None
    orderId: str | None = None
    """Id that Bitget gave the order."""
    tradeId: str | None = None
    orderType: OrderType | None = None
    side: Side | None = None
    priceAvg: Decimal | None = None
    """Price of the fill, in quote currency."""
    size: Decimal | None = None
    """Size, in base currency."""
    amount: Decimal | None = None
    """Size, in quote currency."""
    tradeScope: Scope | None = None
    """Liquidity: "taker" or "maker"."""
    feeDetail: SpotFillFee | None = None
    cTime: int | None = None
    """Epoch ms of the fill."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant(
        "symbol",
        "orderId",
        "tradeId",
        "side",
        "priceAvg",
        "size",
        spoils={
            "fee": ("feeDetail", "SpotFillFee.totalFee", "SpotFillFee.feeCoin"),
            "fee_currency": ("feeDetail", "SpotFillFee.feeCoin"),
        },
    )
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        fee = self.feeDetail
        return FillUpdate.found(
            self.symbol,
            self.tradeId,
            self.orderId,
            cast("NeutralSide | None", self.side),
            self.priceAvg,
            self.size,
            fee=None if fee is None else fee.totalFee,
            fee_currency=None if fee is None else fee.feeCoin,
            is_maker=is_maker(self.tradeScope),
            ts=epoch_ms(self.cTime),
            recovered=self.recovered,
            raw=self,
        )


def _base_size(order: SpotOrder | SpotOpenOrder) -> Decimal | None:
    """Return the size in base currency; None where it is an amount of quote currency."""
    return None if order.orderType == "market" and order.side != "sell" else order.size


def _one_fee(order: SpotOrder) -> tuple[Decimal | None, str | None]:
    """Return the fee and its coin, where it is known and in one coin."""
    try:
        costs = order.costs
    except DecodeError:
        return None, None
    coins = {cost.coin for cost in costs}
    coin = coins.pop() if len(coins) == 1 else None
    return (total(cost.amount for cost in costs), coin) if coin else (None, None)


def _costs(text: str | None, received: str | None) -> tuple[SpotOrderCost, ...]:
    """Read the fees of an order: those called newFees where there are such, else one for each coin."""
    if not text:
        return ()
    try:
        told = json.loads(text, parse_float=Decimal, parse_int=Decimal)
        assert isinstance(told, dict)
        return tuple(cost for cost in _each_cost(told, received) if cost.amount)
    except (*UNREADABLE, AssertionError, AttributeError):
        raise DecodeError("feeDetail is no list of fees", text=text, field="SpotOrder.feeDetail") from None


def _each_cost(told: Mapping[str, Any], received: str | None) -> Iterator[SpotOrderCost]:
    new = told.get(_NEW_FEES)
    by_coin = {name: fee for name, fee in told.items() if name != _NEW_FEES and isinstance(fee, dict)}
    if not isinstance(new, dict):
        for name, fee in by_coin.items():
            yield SpotOrderCost(fee.get("feeCoinCode") or name, to_decimal(fee.get("totalFee")) or Decimal(0))
        return
    # What was not paid with BGB ("d") or a coupon ("c") is taken from the coin that the order brings.
    plain = (fee.get("feeCoinCode") for fee in by_coin.values() if not fee.get("deduction"))
    yield SpotOrderCost(received or next(plain, None), to_decimal(new.get("r")) or Decimal(0))
    yield SpotOrderCost(_DISCOUNT_COIN, to_decimal(new.get("d")) or Decimal(0))
