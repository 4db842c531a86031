"""Offers of structured products. Every push has the whole list. Pages: "Earn" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model

__all__ = ["DiscountBuyOffer", "DoubleWinOffer", "DualAssetOffer", "DualAssetOffers", "SmartLeverageOffer"]


@model
class DualAssetOffer(Row):
    """What a dual asset product pays at a target price."""

    s: Decimal | None = None
    """Target price."""
    a: int | None = None
    """Yield per year times 100,000,000: 5000000 is 5 %."""
    m: Decimal | None = None
    """Most that can be bought."""
    x: int | None = None
    """Epoch ms at which the offer ends."""


@model
class DualAssetOffers(Row):
    """A dual asset product and what it offers (channel ``earn.dualassets.offers``)."""

    p: str | None = None
    """Id of the product."""
    c: Decimal | None = None
    """Present price."""
    b: tuple[DualAssetOffer, ...] = ()
    """Offers to buy low."""
    s: tuple[DualAssetOffer, ...] = ()
    """Offers to sell high."""


@model
class DoubleWinOffer(Row):
    """An offer that wins in both directions (channel ``earn.doublewin.offers``)."""

    p: str | None = None
    """Id of the product."""
    c: Decimal | None = None
    """Present price."""
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    """Leverage."""
    m: Decimal | None = None
    """Most that can be bought."""
    e: int | None = None
    """Epoch ms at which the offer ends."""


@model
class DiscountBuyOffer(Row):
    """An offer to buy below the price (channel ``earn.discountbuy.offers``)."""

    p: str | None = None
    """Id of the product."""
    c: Decimal | None = None
    """Present price."""
    b: Decimal | None = None
    """Anchor price."""
    k: Decimal | None = None
    """Knockout price."""
    e: int | None = None
    """Rate times 100,000,000: 5000000 is 5 %."""
    m: Decimal | None = None
    """Most that can be bought."""
    i: str | None = None
    """Id of the institution, to be given with an order."""
    x: int | None = None
    """Epoch ms at which the offer ends; 0 where none is set."""


@model
class SmartLeverageOffer(Row):
    """An offer of leverage without liquidation (channel ``earn.smartleverage.offers``)."""

    p: str | None = None
    """Id of the product."""
    b: Decimal | None = None
    """Price at which it breaks even."""
    e: int | None = None
    """Epoch ms at which the offer ends."""
    m: Decimal | None = None
    """Most that can be bought."""
    c: Decimal | None = None
    """Present price."""
