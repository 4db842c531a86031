"""Trigger orders of spot, as REST answers them. Pages: "Spot / Trigger" of Bitget's API guide."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.algo_types import AlgoUpdate
from okx_sync.exchanges.bitget.algo_conversion import trigger_price, waiting_update
from okx_sync.exchanges.bitget.spot.words import PlanStatus
from okx_sync.exchanges.bitget.words import OrderType, Side, TriggerType
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant

__all__ = ["SpotPlanOrder", "SpotPlanSubOrder"]


@model
class SpotPlanOrder(Row):
    """A trigger order: an order that is placed once the price is reached."""

    nextFlag: bool | None = envelope("nextFlag")
    """Whether the listing goes on behind this page."""
    idLessThan: str | None = envelope("idLessThan")
    """What the next page of the listing is asked with."""
    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = None
    """Id that the client gave it."""
    symbol: str | None = None
    triggerPrice: Decimal | None = None
    """Price at which it is triggered, in quote currency."""
    orderType: OrderType | None = None
    """Type of the order that is placed then."""
    executePrice: Decimal | None = None
    """Price of the order that is placed then, in quote currency; not of market orders."""
    planType: str | None = None
    """What size counts: "amount" base currency, "total" quote currency."""
    size: Decimal | None = None
    """Size, in the currency that planType says."""
    status: PlanStatus | None = None
    """State: "live" (older: "not_trigger"), "executing", "executed", "fail_execute", "cancelled"."""
    side: Side | None = None
    triggerType: TriggerType | None = None
    enterPointSource: str | None = None
    """Source: "API", "WEB", "SYS", ..."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return it in neutral words; without a size where that counts quote currency.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return [self._to_algo_update()]

    @tolerant(
        "symbol",
        "orderId",
        "status",
        spoils={
            "size": ("size", "planType"),
            "trigger": ("triggerPrice", "triggerType", "executePrice", "orderType"),
        },
    )
    def _to_algo_update(self) -> AlgoUpdate:
        return waiting_update(
            self,
            self.symbol,
            self.orderId,
            self.clientOid,
            self.status,
            (self.cTime, self.uTime),
            kind="trigger",
            side=self.side,
            size=None if self.planType == "total" else self.size,
            product="SPOT",
            trigger=trigger_price(self.triggerPrice, self.triggerType, self.executePrice, self.orderType),
        )


@model
class SpotPlanSubOrder(Row):
    """An order that a trigger order has placed."""

    orderId: str | None = None
    """Id that Bitget gave the order; one of its pages calls it a flag."""
    price: Decimal | None = None
    """Price, in quote currency."""
    type: OrderType | None = None
    status: str | None = None
    """State: "success", "fail", "cancelled", "in_progress", "in_progress_tracking"."""
