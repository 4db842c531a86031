"""What the exchanges do differently with one and the same order: each wire places orders under rules of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from okx_sync.paper.rules import PaperRules


@dataclass(frozen=True, slots=True)
class WireRules:
    """The rules that an order is under; the wire that places it says which.

    Each is off by default: `COMMON` is what all exchanges do, for the other wires and for the venue's own orders.

    Args:
        reuses_client_ids: a client order id is free again when its order has ended.
        guards_stops: stops and targets are refused that would fire at once, and so is what OKX refuses of algo orders.
        limits_positions: orders with which a position could outgrow the tier of its leverage are refused.
        margin_pays_funding: funding of an isolated position that the order opens comes from or goes to its margin; else
            from the free money of the account first, and to that.
        bounds_closing_orders: orders that only close must fit the position all together, by their rank in the book;
            else each is cut to it by itself.
        cuts_market_orders: a market order on a spot pair is cut to the balance, unless it forbids that.
        bounds_market_orders: a market order on a contract does not trade beyond the price limits.
        checks_fields: what a request says, what it is worth and how many orders are pending is checked as OKX's
            documents have it; else only what the venue needs to know.
        attaches_to_position: what an order brings along comes when all of it is filled, is for the whole of the
            position, and takes the place of what the position has of the kind.
        last_closing_order_wins: a new order that only closes sends older ones away where all of them together are more
            than the position, the oldest first; in long/short mode it takes what they leave, if they leave any.
        trades_with_itself: an order that names no stpMode trades with orders of its own account.
        moves_prices: a price beyond the limits is moved to them, where a request does not say so itself; else refused.
        bands_by_mark: the price limits of a contract are measured from the mark price.
        bounds_spot_orders: a market order on a spot pair does not trade beyond the price limits.
        returns_rest: a market order sized in quote currency ends as canceled when some of that is left.
        tells_firing: an algo order is told of when its condition is met, before its order is placed.
        names_after_algo: the order that an algo order places has the id of that for a client id, by which freqtrade
            finds it.
        tells_resting: an order that waits in the book is told of once more, when it is there.
        readings: of OKX's rules, where its documents leave them open.
    """

    reuses_client_ids: bool = False
    guards_stops: bool = False
    limits_positions: bool = False
    margin_pays_funding: bool = False
    bounds_closing_orders: bool = False
    cuts_market_orders: bool = False
    bounds_market_orders: bool = False
    checks_fields: bool = False
    attaches_to_position: bool = False
    moves_prices: bool = False
    bands_by_mark: bool = False
    bounds_spot_orders: bool = False
    returns_rest: bool = False
    tells_firing: bool = False
    last_closing_order_wins: bool = False
    trades_with_itself: bool = False
    names_after_algo: bool = False
    tells_resting: bool = False
    readings: PaperRules = field(default_factory=PaperRules)


COMMON = WireRules()
BITGET = WireRules(
    limits_positions=True,
    margin_pays_funding=True,
    attaches_to_position=True,
    tells_firing=True,
    last_closing_order_wins=True,
    trades_with_itself=True,
    names_after_algo=True,
)
#: Of unified accounts, V3.
BITGET_UTA = replace(BITGET, tells_resting=True, names_after_algo=False)
BYBIT = WireRules(
    bounds_market_orders=True,
    trades_with_itself=True,
    bands_by_mark=True,
    bounds_spot_orders=True,
    returns_rest=True,
    tells_firing=True,
)
BYBIT_MOVES = replace(BYBIT, moves_prices=True)


def okx_rules(readings: PaperRules) -> WireRules:
    """Return OKX's rules."""
    return WireRules(
        reuses_client_ids=True,
        guards_stops=True,
        limits_positions=True,
        margin_pays_funding=True,
        bounds_closing_orders=True,
        cuts_market_orders=True,
        bounds_market_orders=True,
        checks_fields=True,
        readings=readings,
    )
