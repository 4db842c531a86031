"""Trigger orders of spot, as REST answers them. Pages: "Spot / Trigger" of Bitget's API guide."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.spot.words import PlanStatus
from okx_sync.exchanges.bitget.words import OrderType, Side, TriggerType
from okx_sync.rows import Row, envelope, model

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
