"""What an order would do to an account of several currencies if it traded at once (trade/order-precheck).

The order is carried out on a copy of the account, so that the figures are those which the account would have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import margin
from okx_sync.paper.venue.account_levels import MULTI_CURRENCY, WRONG_MODE
from okx_sync.paper.venue.number_text import ZERO, rounded, text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import find_instrument, parse_order
from okx_sync.paper.venue.order_fields import check_fields, check_state
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, promised_ccy
from okx_sync.paper.venue.settlement import Settlement
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

_FIGURES = ("adjEq", "imr", "mmr", "mgnRatio", "availBal", "liab")


def precheck(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Return the row of trade/order-precheck; `VenueRefusal` for a request that cannot be an order."""
    venue.step()
    engine = venue.engine
    instrument = find_instrument(engine.instruments, args)
    if account.level != MULTI_CURRENCY:
        raise VenueRefusal(*WRONG_MODE)
    check_state(instrument, engine.rules)
    check_fields(instrument, args, engine.rules, account.level)
    after = _copy(account)
    order = parse_order(after, instrument, args, 0, engine.ms, engine.rules)
    ccy = promised_ccy(order)
    before = _figures(account, ccy, venue.prices)
    position = account.position(*order.position_key) if instrument.is_swap else None
    now = None if position is None or not position.lots else margin.liquidation_px(account, position, venue.prices)
    ticks = engine.px_to_trade(order) if order.px is None else order.px
    lots = order.lots if order.budget is None else int(order.budget / ticks)
    if lots:
        Settlement(venue.prices).fill(order, lots, ticks, "T", "", engine.ms)
    then = _figures(after, ccy, venue.prices)
    borrows = account.auto_loan and then["liab"] != before["liab"]
    return {
        **{name: text(before[name]) for name in _FIGURES},
        **{f"{name}Chg": text(then[name] - before[name]) for name in _FIGURES},
        **({"availBal": "", "availBalChg": ""} if account.auto_loan else {}),
        "liabChgCcy": ccy if borrows else "",
        "liqPx": "" if now is None else text(now),
        **_distance(order, venue.prices),
        "posBal": "",
        "posBalChg": "",
        "type": "",
    }


def _copy(account: VenueAccount) -> VenueAccount:
    """Return an account with the same money, positions, orders and settings, which nobody else knows."""
    made = VenueAccount(account.uid, account.label, vip=account.vip)
    made.level, made.auto_loan = account.level, account.auto_loan
    made.pos_mode, made.pos_modes = account.pos_mode, account.pos_modes
    made.leverage = account.leverage
    made.balances = {ccy: replace(balance) for ccy, balance in account.balances.items()}
    made.positions = {key: replace(position) for key, position in account.positions.items()}
    made.orders = dict(account.orders)
    return made


def _figures(account: VenueAccount, ccy: str, prices: Prices) -> dict[str, Decimal]:
    found = {
        "adjEq": margin.adjusted_equity(account, prices),
        "imr": margin.dollar_initial(account, prices),
        "mmr": margin.dollar_maintenance(account, prices),
        "mgnRatio": margin.dollar_ratio(account, prices) or ZERO,
        "availBal": margin.available_cash(account, ccy, prices),
        "liab": margin.liability(account, ccy, prices),
    }
    return {name: rounded(amount) for name, amount in found.items()}


def _distance(order: VenueOrder, prices: Prices) -> Row:
    """Return how far from the mark price the position would be liquidated."""
    position = order.position
    px = None
    if position is not None and position.lots:
        px = margin.liquidation_px(order.account, position, prices)
    if px is None:
        return {"liqPxDiff": "", "liqPxDiffRatio": ""}
    mark = prices.mark(order.instrument)
    return {"liqPxDiff": text(px - mark), "liqPxDiffRatio": text(rounded((px - mark) / mark))}
