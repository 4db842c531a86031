"""Private endpoints about positions: lists, leverage, mode, margin, stops, closed profits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit import rows
from okx_sync.paper.bybit.identifiers import coins, order_id, symbol_of
from okx_sync.paper.bybit.order_args import (
    PRICE_TYPES,
    OrderRefusal,
    check_count,
    check_stops,
    chosen,
    contracts,
    given,
    plan_of_args,
)
from okx_sync.paper.bybit.rest.call import (
    FUTURES,
    INVERSE,
    LINEAR,
    MISSING,
    OPTION,
    PARAMS,
    BybitCall,
    BybitEndpoint,
    BybitRestError,
)
from okx_sync.paper.bybit.rest.paging import page
from okx_sync.paper.bybit.stops import FULL, KINDS, TRAILING, Stop, price_of, stops_of
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.events import BalanceChanged, PositionChanged
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, number, rounded, text
from okx_sync.paper.venue.records import VenueFill, VenuePosition
from okx_sync.paper.venue.settlement import LIQUIDATIONS
from okx_sync.paper.venue.types import Row

NET, HEDGED = "net_mode", "long_short_mode"
_MODES = {"0": NET, "3": HEDGED}
_SIDES = {"0": "net", "1": "long", "2": "short"}
#: Margin is added or taken in so many decimals.
_MARGIN_STEP = Decimal("0.0001")
_PUSHED = ("category", "entryPrice")
_GREEKS = {"delta": "", "gamma": "", "vega": "", "theta": ""}


# --- lists


def _shown(row: Row) -> Row:
    """Return a row as REST has it: the price of the entry has another name than in pushes."""
    told = {name: value for name, value in row.items() if name not in _PUSHED}
    return told | {"avgPrice": row["entryPrice"]} | _GREEKS


def _sides(call: BybitCall, instrument: VenueInstrument) -> tuple[str, ...]:
    return ("net",) if call.account.mode_of(instrument.instId) == NET else ("long", "short")


def _mode(call: BybitCall) -> str:
    return "isolated" if call.settings.is_isolated else "cross"


def _held(call: BybitCall, instrument: VenueInstrument) -> list[VenuePosition]:
    """Return the positions of an instrument that have a size."""
    return [one for one in call.account.open_positions() if one.instrument is instrument]


def _rows_of(call: BybitCall, instrument: VenueInstrument, *, empty: bool) -> list[Row]:
    held = _held(call, instrument)
    found = {one.posSide: _shown(rows.position_row(call.account, one, call.venue)) for one in held}
    if empty:
        for side in _sides(call, instrument):
            found.setdefault(side, _shown(_empty_row(call, instrument, side)))
    return [found[side] for side in sorted(found, key=list(rows.POSITION_INDEX).index)]


def _empty_row(call: BybitCall, instrument: VenueInstrument, side: str) -> Row:
    mode = _mode(call)
    past = call.account.position(instrument.instId, mode, side)
    if past is not None and past.uTime:
        return rows.position_row(call.account, past, call.venue)
    row = rows.flat_row(call.account, instrument, call.venue)
    lever = call.account.lever(instrument.instId, mode, side)
    return row | {"positionIdx": rows.POSITION_INDEX[side], "leverage": text(lever), "tradeMode": int(mode != "cross")}


def _positions(call: BybitCall) -> Row:
    category = call.category(LINEAR, INVERSE, OPTION)
    if category == LINEAR and not call.text("symbol") and not call.text("settleCoin"):
        raise BybitRestError(PARAMS, f"{MISSING}, symbol or settleCoin")
    found = [row for one in call.instruments(category) for row in _rows_of(call, one, empty=bool(call.text("symbol")))]
    numbered = list(enumerate(found))
    return page(call, numbered, lambda one: (0, -one[0]), lambda one: one[1], most=200, default=20, category=category)


def _symbol_info(call: BybitCall) -> Row:
    category = call.category(*FUTURES)
    found = [
        {
            "symbol": symbol_of(one),
            "leverage": text(call.account.lever(one.instId, _mode(call), side)),
            "side": {"net": "", "long": "Buy", "short": "Sell"}[side],
            "positionIdx": rows.POSITION_INDEX[side],
        }
        for one in call.instruments(category)
        for side in _sides(call, one)
    ]
    return {"category": category, "list": found}


def _closed_pnl(call: BybitCall) -> Row:
    """Return one row per order that closed something, newest first."""
    category, window = call.category(*FUTURES), call.window(7)
    wanted = {one.instId for one in call.instruments(category)}
    orders: dict[int, list[VenueFill]] = {}
    for fill in reversed(call.account.fills):
        if fill.closed and fill.order.instrument.instId in wanted and fill.ts in window:
            orders.setdefault(fill.order.id, []).append(fill)
    return page(
        call,
        orders.values(),
        lambda fills: (fills[0].ts, fills[0].billId),
        lambda fills: _closed_row(fills),
        most=100,
        default=50,
        category=category,
    )


def _closed_row(fills: list[VenueFill]) -> Row:
    """Return what an order closed. The fee of the entry is what its value would have cost at the same rate."""
    order, instrument = fills[0].order, fills[0].order.instrument
    closed = sum(fill.closed for fill in fills)
    size = instrument.coins(closed)
    entered = sum((instrument.coins(fill.closed) * fill.entry for fill in fills), ZERO)
    left = sum((instrument.coins(fill.closed) * fill.px for fill in fills), ZERO)
    opened = sum((instrument.coins(f.closed) * f.entry * -f.fee_rate for f in fills), ZERO)
    fee = sum((-fill.fee * fill.closed / fill.lots for fill in fills), ZERO)
    profit = sum((fill.pnl for fill in fills), ZERO)
    return {
        "symbol": symbol_of(instrument),
        "orderId": order_id(int(order.algoId) if order.algoId else order.id),
        "side": order.side.capitalize(),
        "qty": coins(instrument, order.lots),
        "orderPrice": rows.price_of(order) or text(fills[0].px),
        "orderType": "Market" if order.px is None else "Limit",
        "execType": "BustTrade" if order.category in LIQUIDATIONS else "Trade",
        "closedSize": coins(instrument, closed),
        "cumEntryValue": text(entered),
        "avgEntryPrice": text(rounded(entered / size)),
        "cumExitValue": text(left),
        "avgExitPrice": text(rounded(left / size)),
        "closedPnl": text(rounded(profit - fee - opened)),
        "fillCount": str(len(fills)),
        "leverage": order.lever,
        "openFee": text(rounded(opened)),
        "closeFee": text(rounded(fee)),
        "createdTime": str(order.cTime),
        "updatedTime": str(fills[0].ts),
    }


def _no_options(call: BybitCall) -> Row:
    call.window(7)
    return {"category": call.category(OPTION), "list": [], "nextPageCursor": ""}


def _no_moves(call: BybitCall) -> Row:
    call.window(7)
    return {"list": [], "nextPageCursor": ""}


# --- settings


def _set_leverage(call: BybitCall) -> Row:
    instrument = call.instrument(call.category(*FUTURES))
    buy, sell = call.amount("buyLeverage"), call.amount("sellLeverage")
    account, mode = call.account, _mode(call)
    if buy != sell and not (call.settings.is_isolated and account.mode_of(instrument.instId) == HEDGED):
        raise BybitRestError(PARAMS, "buy leverage not equal sell leverage")
    wanted = {"net": buy, "long": buy, "short": sell}
    sides = [side for side in _sides(call, instrument) if account.lever(instrument.instId, mode, side) != wanted[side]]
    if not sides:
        raise BybitRestError(110043, "leverage not modified")
    for side in sides if mode == "isolated" else sides[:1]:
        args = {"instId": instrument.instId, "mgnMode": mode, "lever": text(wanted[side]), "posSide": side}
        code, message, _ = call.venue.set_leverage(account, args)
        if code != "0":
            raise BybitRestError(*_LEVERAGE.get(code, (PARAMS, f"params error: {message}")))
    return {}


_LEVERAGE = {
    "59102": (110013, "cannot set leverage: it is above the maximum of the risk limit"),
    "59103": (110044, "Available margin is insufficient"),
    "59104": (110013, "cannot set leverage: it is above the maximum of the risk limit"),
    "59108": (110044, "Available margin is insufficient"),
}


def _switch_mode(call: BybitCall) -> Row:
    """Switch one symbol, or of a coin all that neither a position nor an order keeps from it."""
    mode, symbol, coin = _MODES.get(call.text("mode")), call.text("symbol"), call.text("coin")
    if mode is None:
        raise BybitRestError(PARAMS, "params error: mode invalid")
    if symbol:
        chosen = [call.instrument(call.category(LINEAR))]
        _check_switch(call, chosen[0], mode)
    else:
        every = [one for one in call.venue.instruments.values() if one.is_swap and one.settleCcy == coin]
        if not every:
            raise BybitRestError(110029, "The coin has no symbols with a position mode")
        chosen = [one for one in every if not _keeps_mode(call, one)]
    for one in chosen:
        call.account.pos_modes[one.instId] = mode
    return {}


def _check_switch(call: BybitCall, instrument: VenueInstrument, mode: str) -> None:
    if mode == call.account.mode_of(instrument.instId):
        raise BybitRestError(110025, "Position mode is not modified")
    if (kept := _keeps_mode(call, instrument)) is not None:
        raise BybitRestError(*kept)


def _keeps_mode(call: BybitCall, instrument: VenueInstrument) -> tuple[int, str] | None:
    """Return why a symbol cannot be switched; None when it can."""
    if _held(call, instrument):
        return 110024, "You have existing positions, cannot switch position mode"
    named = {one.instrument.instId for one in call.account.orders.values()}
    named |= {one.instrument.instId for one in call.venue.algos.waiting(call.account)}
    if instrument.instId in named:
        return 110028, "You have existing open orders, cannot switch position mode"
    return None


def _position(call: BybitCall) -> VenuePosition | None:
    """Return the position that `symbol` and `positionIdx` name, when it is open."""
    instrument = call.instrument(call.category(LINEAR, INVERSE, OPTION))
    side = _SIDES.get(call.text("positionIdx", "0"))
    if side not in _sides(call, instrument):
        raise BybitRestError(PARAMS, "position idx not match position mode")
    return next((one for one in _held(call, instrument) if one.posSide == side), None)


def _add_margin(call: BybitCall) -> Row:
    position, amount = _position(call), number(call.params.get("margin"))
    if amount is None or not amount or amount % _MARGIN_STEP:
        raise BybitRestError(PARAMS, "params error: margin invalid")
    if not call.settings.is_isolated or (position is not None and position.mgnMode != "isolated"):
        raise BybitRestError(110015, "Cannot change the margin of a cross position")
    if position is None:
        raise BybitRestError(110033, "Margin cannot be set without an open position")
    account, venue, ccy = call.account, call.venue, position.instrument.settleCcy
    mark = venue.prices.mark(position.instrument)
    spare = position.margin - position.initial(position.avg) + min(position.upl(mark), ZERO)
    if amount > margin.available_equity(account, ccy, venue.prices):
        raise BybitRestError(110012, "Insufficient available balance")
    if -amount > max(spare, ZERO):
        raise BybitRestError(110078, "Reduce margin exceeds the maximum reducible amount")
    venue.engine.settlement.put_aside(account, position, amount, call.now)
    position.uTime = call.now
    venue.tell(BalanceChanged(account, "transferred", (ccy,)))
    venue.tell(PositionChanged(account, "transferred", position.instrument.instId))
    return _shown(rows.position_row(account, position, venue)) | {"category": LINEAR}


def _auto_margin(call: BybitCall) -> Row:
    instrument = call.instrument(call.category(LINEAR))
    key = symbol_of(instrument), call.integer("positionIdx", 0)
    on = call.one_of("autoAddMargin", ("0", "1")) == "1"
    if not call.settings.is_isolated:
        raise BybitRestError(110076, "Only isolated margin can set auto-add margin")
    if on:
        raise BybitRestError(PARAMS, "auto-add margin is not supported by the paper exchange")
    call.settings.auto_margin.discard(key)
    return {}


def _confirm(call: BybitCall) -> Row:
    """Refuse: nothing waits for a confirmation, as the maintenance margin never rises."""
    call.instrument(call.category(*FUTURES))
    raise BybitRestError(PARAMS, "There is no pending maintenance margin rate to confirm")


def _move(_: BybitCall) -> Row:
    raise BybitRestError(PARAMS, "moving positions is not supported by the paper exchange")


# --- stops


def _trading_stop(call: BybitCall) -> Row:
    position = _position(call)
    if position is None:
        raise BybitRestError(PARAMS, "can not set tp/sl/ts for zero position")
    try:
        plan = plan_of_args(position.instrument, call.params)
        side = "buy" if position.lots > 0 else "sell"
        check_count(plan, stops_of(call.venue).count_partial(call.account, position.key, side))
        stops = plan.stops | _trailing(call)
        _check(call, position, plan.mode, stops)
        changed = _apply(call, position, plan.mode, stops)
    except OrderRefusal as no:
        raise BybitRestError(no.code, no.message) from None
    except ValueError as problem:
        raise BybitRestError(PARAMS, str(problem)) from None
    if not changed:
        raise BybitRestError(34040, "not modified")
    return {}


def _trailing(call: BybitCall) -> dict[str, Stop]:
    if not given(call.params, "trailingStop"):
        return {}
    active = call.amount("activePrice") if given(call.params, "activePrice") else None
    return {TRAILING: Stop(TRAILING, call.amount("trailingStop"), active_px=active)}


def _check(call: BybitCall, position: VenuePosition, mode: str, stops: Mapping[str, Stop]) -> None:
    for kind in KINDS[:2]:
        price_type = chosen(call.params, f"{kind}TriggerBy", PRICE_TYPES, "LastPrice")
        base = price_of(call.venue, position.instrument, price_type)
        check_stops({name: one for name, one in stops.items() if name == kind}, base, is_long=position.lots > 0)
    if mode != FULL and {"tp", "sl"} <= stops.keys() and call.text("tpSize") != call.text("slSize"):
        raise ValueError("tpSize and slSize must be the same")


def _apply(call: BybitCall, position: VenuePosition, mode: str, stops: dict[str, Stop]) -> bool:
    """Set and take away; whether anything changed."""
    found, account, changed = stops_of(call.venue), call.account, False
    for kind, name in (("tp", "takeProfit"), ("sl", "stopLoss"), (TRAILING, "trailingStop")):
        if kind not in stops and call.params.get(name) in ("0", 0):
            changed = found.clear(account, position, kind) or changed
    size = Decimal(0)
    if mode == FULL:
        now = {kind: found.full(position, account, kind) for kind in stops}
        stops = {kind: one for kind, one in stops.items() if not _is_same(now[kind], one)}
    elif stops.keys() - {TRAILING}:
        size = Decimal(contracts(position.instrument, call.text("tpSize") or call.text("slSize"), "tpSize"))
    if stops:
        found.set(account, position, mode, stops, size)
    return changed or bool(stops)


def _is_same(held: Any, wanted: Stop) -> bool:
    if held is None or held.px != wanted.px or held.algo.triggers[0].kind != wanted.price_type:
        return False
    trail = held.algo.trail
    return trail is None or trail.active_px == wanted.active_px


def _post(path: str, answer: Callable[[BybitCall], Any], *required: str) -> BybitEndpoint:
    return BybitEndpoint("POST", f"/v5/position/{path}", answer, 10, required=required, trades=True)


def _get(path: str, answer: Callable[[BybitCall], Any], *required: str, limit: int = 50) -> BybitEndpoint:
    return BybitEndpoint("GET", f"/v5/position/{path}", answer, limit, required=required)


_ONE = ("category", "symbol")

ENDPOINTS = (
    _get("list", _positions, "category"),
    _get("symbol-info", _symbol_info, "category"),
    _get("closed-pnl", _closed_pnl, "category"),
    _get("get-closed-positions", _no_options, "category"),
    _get("move-history", _no_moves, limit=10),
    _post("set-leverage", _set_leverage, *_ONE, "buyLeverage", "sellLeverage"),
    _post("switch-mode", _switch_mode, "category", "symbol|coin", "mode"),
    _post("trading-stop", _trading_stop, *_ONE),
    _post("add-margin", _add_margin, *_ONE, "margin"),
    _post("set-auto-add-margin", _auto_margin, *_ONE, "autoAddMargin"),
    _post("confirm-pending-mmr", _confirm, *_ONE),
    _post("move-positions", _move, "fromUid", "toUid", "list"),
)
