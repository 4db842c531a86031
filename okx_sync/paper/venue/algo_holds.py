"""Money that is promised to an algo order on a spot pair while it waits, where the exchange does that."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from okx_sync.paper.venue.algo_orders import MARKET, TrailingTrigger, Trigger, VenueAlgoOrder
from okx_sync.paper.venue.margin import available_cash
from okx_sync.paper.venue.number_text import ZERO
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.prices import Prices


def held_ccy(algo: VenueAlgoOrder) -> str:
    """Return the currency that its order will be paid with."""
    return algo.instrument.quoteCcy if algo.is_buy else algo.instrument.baseCcy


def hold(algo: VenueAlgoOrder, prices: Prices, *, is_due: bool) -> None:
    """Promise to an order what it will spend; with ``is_due`` no more than there is, else `VenueRefusal`."""
    ccy, wanted = held_ccy(algo), _cost(algo)
    free = available_cash(algo.account, ccy, prices)
    if wanted > free and not is_due:
        raise VenueRefusal("51008", f"Order failed. Insufficient {ccy} balance in account.")
    _promise(algo, min(wanted, free))


def hold_amended(algo: VenueAlgoOrder, prices: Prices, change: Callable[[], None]) -> bool:
    """Let an order be changed, with what it will spend then; whether that is another amount.

    `VenueRefusal`, and nothing is changed, when there is not enough.
    """
    held, before = algo.held, (algo.given, algo.sz, algo.triggers)
    release(algo)
    try:
        change()
        if held:
            hold(algo, prices, is_due=False)
    except VenueRefusal:
        algo.given, algo.sz, algo.triggers = before
        _promise(algo, held)
        raise
    return algo.held != held


def _promise(algo: VenueAlgoOrder, amount: Decimal) -> None:
    algo.held = amount
    algo.account.balance(held_ccy(algo)).frozen += amount


def release(algo: VenueAlgoOrder) -> bool:
    """Give back what was promised to an order; whether there was anything."""
    held, algo.held = algo.held, ZERO
    algo.account.balance(held_ccy(algo)).frozen -= held
    return held != ZERO


def _cost(algo: VenueAlgoOrder) -> Decimal:
    if not algo.is_buy or (algo.given["tgtCcy"] == "quote_ccy"):
        return algo.sz
    return max(algo.sz * _px(trigger) for trigger in algo.triggers)


def _px(trigger: Trigger | TrailingTrigger) -> Decimal:
    """Return the price that counts: of a market order the one that it waits for."""
    px = trigger.px if trigger.order_px == MARKET else Decimal(trigger.order_px)
    assert px is not None  # a trailing stop holds nothing
    return px
