"""The money behind a new order: whether it is enough, and what becomes of a market order when it is not."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue.margin import free_for, needed
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import too_small
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueOrder, promised_ccy

#: How much more than its price at the market is locked for a market order, so that the price may run a little.
RESERVE = Decimal("1.05")
_OF_BALANCE, _OF_MARGIN = "1000", "1001"


def fund(order: VenueOrder, best: int, book: MatchingBook, prices: Prices) -> None:
    """See that the account can pay for an order; a market order on a spot pair may be cut to what it can pay.

    ``best``: the price in ticks at which it would begin to trade at the market.
    """
    if order.instrument.is_swap:
        _fund_contract(order, best, prices)
    elif order.is_margin:
        _fund_on_margin(order, best, prices)
    elif order.px is not None:
        _must_have(order, needed(order, order.instrument.px(order.px), order.lots), prices)
    elif order.budget is not None:
        _fund_quote(order, order.budget, best, prices)
    elif order.side == "sell":
        _fund_sale(order, prices)
    else:
        _fund_purchase(order, best, book, prices)


def _fund_contract(order: VenueOrder, best: int, prices: Prices) -> None:
    instrument = order.instrument
    cost = needed(order, instrument.px(best if order.px is None else order.px), order.lots)
    if cost > free_for(order, prices):
        raise _refusal(instrument.settleCcy, "margin", _OF_MARGIN)


def _fund_on_margin(order: VenueOrder, best: int, prices: Prices) -> None:
    """See that there is margin for what an order opens; one of so much quote currency is measured at the market."""
    lots = order.lots if order.budget is None else int(order.budget / best)
    if order.budget is not None and order.reduceOnly:
        order.most = min(lots, order.closable)
    cost = needed(order, order.instrument.px(best if order.px is None else order.px), lots)
    if cost > free_for(order, prices):
        what, sub_code = ("balance", _OF_BALANCE) if order.tdMode == "isolated" else ("margin", _OF_MARGIN)
        raise _refusal(order.ccy, what, sub_code)


def _must_have(order: VenueOrder, cost: Decimal, prices: Prices) -> None:
    if cost > free_for(order, prices):
        raise _refusal(promised_ccy(order), "balance", _OF_BALANCE)


def _refusal(ccy: str, what: str, sub_code: str) -> VenueRefusal:
    return VenueRefusal("51008", f"Order failed. Insufficient {ccy} {what} in account.", sub_code)


def _may_cut(order: VenueOrder) -> bool:
    return order.rules.cuts_market_orders and not order.banAmend


def _fund_sale(order: VenueOrder, prices: Prices) -> None:
    """Check a market order that sells so many coins."""
    affordable = order.instrument.lots(free_for(order, prices))
    if order.lots > affordable:
        _cut(order, affordable)


def _fund_purchase(order: VenueOrder, best: int, book: MatchingBook, prices: Prices) -> None:
    """Check a market order that buys so many coins. What it locks is its budget, which ends it when the price runs."""
    free, unit = free_for(order, prices), order.instrument.tickSz * order.instrument.lotSz
    if not order.rules.cuts_market_orders:
        _must_have(order, unit * book.cost("buy", order.lots), prices)
        order.budget = int(free / unit)
        return
    if order.banAmend:
        _must_have(order, unit * best * order.lots * RESERVE, prices)
    affordable = int(free / (unit * best))
    if order.lots > affordable:
        _cut(order, affordable)
    order.budget = int(min(free / unit, best * order.lots * RESERVE))


def _cut(order: VenueOrder, affordable: int) -> None:
    instrument = order.instrument
    affordable -= affordable % instrument.lot_step
    if not _may_cut(order) or instrument.sz(affordable) < instrument.minSz:
        raise _refusal(promised_ccy(order), "balance", _OF_BALANCE)
    order.resize(affordable)


def _fund_quote(order: VenueOrder, budget: int, best: int, prices: Prices) -> None:
    """Check a market order of so much quote currency. What a sale locks of its coins is the most that it sells."""
    instrument, free = order.instrument, free_for(order, prices)
    unit, coins = instrument.tickSz * instrument.lotSz, instrument.lots(free)
    least = instrument.minSz * prices.last[instrument.instId]
    if order.sz < least:
        raise too_small()
    affordable = coins * best if order.side == "sell" else int(free / unit)
    if budget > affordable:
        if not _may_cut(order) or unit * affordable < least:
            raise _refusal(promised_ccy(order), "balance", _OF_BALANCE)
        order.budget, order.sz = affordable, unit * affordable
    if order.side == "sell":
        order.most = min(coins, int(budget * RESERVE / best))
