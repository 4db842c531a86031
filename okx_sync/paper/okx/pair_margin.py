"""What accounts ask about margin trading of spot pairs: leverage, margin, the largest orders and loans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import events, margin, margin_settlement
from okx_sync.paper.venue.account_levels import FUTURES_MODE, MULTI_CURRENCY, WRONG_MODE
from okx_sync.paper.venue.closing_orders import orders_closing
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.leverage import ADJUST_MARGIN, SET_LEVERAGE
from okx_sync.paper.venue.margin_positions import TAKER, MarginPosition, own_ccy
from okx_sync.paper.venue.number_text import ZERO, flag, number, rounded, text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, positive, words
from okx_sync.paper.venue.records import DEFAULT_LEVER, VenueAccount
from okx_sync.paper.venue.types import SIDES, Row
from okx_sync.paper.venue.venue import Venue


def _must_trade_on_margin(account: VenueAccount) -> None:
    if account.level != FUTURES_MODE:
        raise VenueRefusal(*WRONG_MODE)


def set_leverage(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> list[Row]:
    """Set the leverage of a pair (account/set-leverage); its open positions get it, and isolated ones their margin."""
    _must_trade_on_margin(account)
    venue.step()
    name, mode, lever = words(args, "instId"), words(args, "mgnMode"), number(args.get("lever"))
    instrument = venue.instruments[name]
    if lever is None:
        raise bad_parameter("lever")
    if lever < 1:
        raise VenueRefusal("59105", "Leverage can't be less than 1. Please increase the leverage.")
    if lever > instrument.max_lever:
        raise VenueRefusal("59102", "Leverage exceeds the maximum limit. Please lower the leverage.")
    concerned = [one for one in account.open_margins(mgnMode=mode) if one.instrument is instrument]
    for position in concerned:
        _check_money(venue, account, position, lever)
    for position in concerned:
        if position.mgnMode == "isolated":
            extra = max(ZERO, _extra(venue, position, lever))
            margin_settlement.adjust(venue.engine.settlement, account, position, extra, venue.engine.ms)
        position.lever, position.uTime = lever, venue.engine.ms
        _tell(venue, account, position, SET_LEVERAGE)
    account.leverage[name, mode, "net"] = lever
    return [{"instId": name, "mgnMode": mode, "posSide": "net", "lever": text(lever)}]


def set_loan_leverage(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> list[Row]:
    """Set the leverage at which a currency is borrowed, in the mode of several currencies."""
    if account.level != MULTI_CURRENCY:
        raise VenueRefusal(*WRONG_MODE)
    venue.step()
    ccy, lever = words(args, "ccy"), number(args.get("lever"))
    pairs = [one for one in venue.instruments.values() if not one.is_swap and ccy in (one.baseCcy, one.quoteCcy)]
    if words(args, "mgnMode") != "cross":
        raise bad_parameter("mgnMode")
    if not pairs:
        raise VenueRefusal("51012", "Token doesn't exist.")
    if lever is None:
        raise bad_parameter("lever")
    if lever < 1:
        raise VenueRefusal("59105", "Leverage can't be less than 1. Please increase the leverage.")
    if lever > max(one.max_lever for one in pairs):
        raise VenueRefusal("59102", "Leverage exceeds the maximum limit. Please lower the leverage.")
    before = account.leverage.get((ccy, "cross", "net"), DEFAULT_LEVER)
    account.leverage[ccy, "cross", "net"] = lever
    prices = venue.prices
    if lever < before and margin.dollar_initial(account, prices) > margin.adjusted_equity(account, prices):
        account.leverage[ccy, "cross", "net"] = before
        raise VenueRefusal(
            "59109", "Account equity less than the required margin amount after adjustment. Please adjust the leverage."
        )
    return [{"instId": "", "mgnMode": "cross", "posSide": "", "lever": text(lever)}]


def _extra(venue: Venue, position: MarginPosition, lever: Decimal) -> Decimal:
    """Return the margin that a position lacks for a leverage."""
    owed = position.owed(venue.prices.mark(position.instrument))
    held = position.margin if position.mgnMode == "isolated" else owed / position.lever
    return rounded(owed / lever - held)


def _check_money(venue: Venue, account: VenueAccount, position: MarginPosition, lever: Decimal) -> None:
    extra, prices = _extra(venue, position, lever), venue.prices
    if position.mgnMode == "isolated":
        if extra > max(ZERO, margin.available_cash(account, position.ccy, prices)):
            raise VenueRefusal(
                "59103", "Account margin is insufficient and leverage is too low. Please increase the leverage."
            )
    elif extra > margin.available_equity(account, position.ccy, prices):
        raise VenueRefusal(
            "59108", "Your account leverage is too low and has insufficient margins. Please increase the leverage."
        )


def _tell(venue: Venue, account: VenueAccount, position: MarginPosition, cause: str) -> None:
    venue.tell(events.BalanceChanged(account, cause, (position.ccy,)))
    venue.tell(events.PositionChanged(account, cause, position.instrument.instId))


def margin_balance(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Add to the margin of an isolated position, or reduce it, down to what its leverage asks for."""
    venue.step()
    kind, amount = words(args, "type"), positive(args, "amt")
    position = account.margins.get((words(args, "instId"), "isolated", ""))
    if position is None or not position.is_open:
        raise VenueRefusal("59300", "Margin call failed. Position does not exist.")
    if words(args, "ccy", position.ccy) != position.ccy:
        raise bad_parameter("ccy")
    if orders_closing(position, account):
        reason = "Margin adjustment failed due to pending close order. Please cancel any pending close orders."
        raise VenueRefusal("59302", reason)
    mark = venue.prices.mark(position.instrument)
    lost = min(ZERO, position.upl(mark))
    spare = position.margin + lost - position.initial(mark)
    if amount > (margin.available_cash(account, position.ccy, venue.prices) if kind == "add" else spare):
        raise VenueRefusal("59301", "Margin adjustment failed for exceeding the max limit.")
    change = amount if kind == "add" else -amount
    margin_settlement.adjust(venue.engine.settlement, account, position, change, venue.engine.ms)
    _tell(venue, account, position, ADJUST_MARGIN)
    return {
        "instId": position.instrument.instId,
        "posSide": position.posSide,
        "amt": text(amount),
        "type": kind,
        "leverage": text(rounded(position.owed(mark) / position.margin)),
        "ccy": position.ccy,
    }


# --- how much


def _backing(account: VenueAccount, instrument: VenueInstrument, mode: str, side: str, args: Mapping[str, Any]) -> str:
    """Return the margin currency of an order that opens on a side."""
    _must_trade_on_margin(account)
    if mode == "isolated":
        return own_ccy(instrument, side)
    given = words(args, "ccy")
    if given not in (instrument.baseCcy, instrument.quoteCcy):
        raise bad_parameter("ccy")
    return given


def _free(venue: Venue, account: VenueAccount, mode: str, ccy: str) -> Decimal:
    free = margin.available_cash if mode == "isolated" else margin.available_equity
    return free(account, ccy, venue.prices)


def _coins(venue: Venue, account: VenueAccount, args: Mapping[str, Any], side: str, px: Decimal) -> Decimal:
    """Return how many coins an order of a side can open, of whole lots."""
    instrument, mode = venue.instruments[words(args, "instId")], words(args, "tdMode")
    ccy = _backing(account, instrument, mode, side, args)
    lever = number(args.get("leverage")) or account.lever(instrument.instId, mode)
    worth = _free(venue, account, mode, ccy) * lever
    return instrument.coins(instrument.lots(worth if ccy == instrument.baseCcy else worth / px))


def max_size_row(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Return the row of account/max-size: in base currency, what an isolated order can sell in quote currency."""
    instrument, mode = venue.instruments[words(args, "instId")], words(args, "tdMode")
    px = positive(args, "px") if words(args, "px") else venue.prices.last[instrument.instId]
    buy, sell = (_coins(venue, account, args, side, px) for side in SIDES)
    return {
        "instId": instrument.instId,
        "ccy": words(args, "ccy") if mode == "cross" else "",
        "maxBuy": text(buy),
        "maxSell": text(sell if mode == "cross" else sell * px),
    }


def max_avail_size_row(venue: Venue, account: VenueAccount, args: Mapping[str, Any]) -> Row:
    """Return the row of account/max-avail-size: what is free, or with `reduceOnly` what closes a position."""
    instrument, mode = venue.instruments[words(args, "instId")], words(args, "tdMode")
    row: Row = {"instId": instrument.instId}
    if flag(args.get("reduceOnly")):
        _backing(account, instrument, mode, "buy", args)
        held = account.margins.get((instrument.instId, mode, words(args, "ccy") if mode == "cross" else ""))
        return row | _closable(venue, held, args)
    if mode == "cross":
        free = text(_free(venue, account, mode, _backing(account, instrument, mode, "buy", args)))
        return row | {"availBuy": free, "availSell": free}
    _must_trade_on_margin(account)
    sizes = (_free(venue, account, mode, ccy) for ccy in (instrument.quoteCcy, instrument.baseCcy))
    return row | dict(zip(("availBuy", "availSell"), map(text, sizes), strict=True))


def _closable(venue: Venue, held: MarginPosition | None, args: Mapping[str, Any]) -> Row:
    """Return what closes a position: the quote currency that buys what a short one owes, the coins of a long one."""
    buy = sell = ZERO
    if held is not None and held.is_open and held.is_long:
        sell = held.instrument.coins(held.closable(-1))
    elif held is not None and held.is_open:
        px = positive(args, "px") if words(args, "px") else venue.prices.last[held.instrument.instId]
        buy = rounded(held.liab / (1 - TAKER) * px)
    return {"availBuy": text(buy), "availSell": text(sell)}


def max_loan_rows(venue: Venue, account: VenueAccount, ids: Sequence[str], mode: str, mgn_ccy: str) -> list[Row]:
    """Return rows of account/max-loan: what could be borrowed to sell, and to buy, at the last price."""
    rows: list[Row] = []
    if account.level == MULTI_CURRENCY and mode == "cross":
        for name in ids:
            pair = venue.instruments[name]
            loans = [(side, ccy) for side, ccy in (("sell", pair.baseCcy), ("buy", pair.quoteCcy))]
            row = {"instId": name, "mgnMode": mode, "mgnCcy": ""}
            rows += [row | {"maxLoan": _loan(venue, account, ccy), "ccy": ccy, "side": side} for side, ccy in loans]
        return rows
    for name in ids:
        instrument, args = venue.instruments[name], {"instId": name, "tdMode": mode, "ccy": mgn_ccy}
        px = venue.prices.last[name]
        for side, ccy in (("sell", instrument.baseCcy), ("buy", instrument.quoteCcy)):
            coins = _coins(venue, account, args, side, px)
            loan = coins if side == "sell" else coins * px
            row = {"instId": name, "mgnMode": mode, "mgnCcy": mgn_ccy, "maxLoan": text(loan), "ccy": ccy, "side": side}
            rows.append(row)
    return rows


def _loan(venue: Venue, account: VenueAccount, ccy: str) -> str:
    return text(margin.max_loan(account, ccy, venue.prices))
