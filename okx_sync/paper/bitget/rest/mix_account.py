"""V2 futures account and positions: `/api/v2/mix/account/`, `/api/v2/mix/position/`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.rest.bills import mix_bills
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError, get, listed, post
from okx_sync.paper.bitget.rest.codes import WRONG_VALUE, translated
from okx_sync.paper.bitget.rest.positions import Closed, Held, closed_of, held_of
from okx_sync.paper.bitget.summaries import MarginBalance, is_hedged, money_of, rate
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank, number, rounded, text
from okx_sync.paper.venue.position_stops import whole_stop
from okx_sync.paper.venue.position_tiers import MAINTENANCE
from okx_sync.paper.venue.types import Row

_POS_MODES = {"one_way_mode": "net_mode", "hedge_mode": "long_short_mode"}
_MODES = {"crossed": "cross", "isolated": "isolated"}


def pos_mode(call: BitgetCall) -> str:
    """Return the position mode as Bitget calls it."""
    return "hedge_mode" if is_hedged(call.account) else "one_way_mode"


# --- money


def _money(call: BitgetCall, money: MarginBalance) -> Row:
    """Return what the rows of one contract and of a whole product share."""
    crossed = margin.cross_initial(call.account, money.coin, call.venue.prices)
    isolated = margin.isolated_margin(call.account, money.coin)
    bitcoin = call.venue.prices.usd("BTC")
    return {
        "marginCoin": money.coin,
        "locked": money.frozen,
        "available": money.available,
        "crossedMaxAvailable": money.available,
        "isolatedMaxAvailable": money.available,
        "maxTransferOut": money.transferable,
        "accountEquity": money.equity,
        "usdtEquity": money.usd,
        "btcEquity": text(rounded(Decimal(money.usd) / bitcoin)),
        "crossedRiskRate": money.rate,
        "unrealizedPL": money.upl,
        "coupon": "0",
        "crossedMargin": text(crossed) if crossed else "",
        "isolatedMargin": text(isolated) if isolated else "",
        "crossedUnrealizedPL": text(margin.cross_upl(call.account, money.coin, call.venue.prices)) if crossed else "",
        "isolatedUnrealizedPL": (
            text(margin.isolated_upl(call.account, money.coin, call.venue.prices)) if isolated else ""
        ),
        "assetMode": "single",
        "grant": "0",
    }


def _accounts(call: BitgetCall) -> Sequence[Row]:
    money = money_of(call.venue, call.account, call.margin())
    if money is None:
        return []
    return [{**_money(call, money), **blank("unionTotalMargin unionAvailable unionMm", "0"), "assetList": []}]


def _account(call: BitgetCall) -> Row:
    one = call.contract()
    money = money_of(call.venue, call.account, one.settleCcy)
    if money is None:
        raise call.no_symbol(call.text("marginCoin"))
    return {**_money(call, money), **_levers(call, one), "posMode": pos_mode(call)}


def _levers(call: BitgetCall, one: VenueInstrument) -> Row:
    lever = call.account.lever
    hedged = is_hedged(call.account)
    longs, shorts = (int(lever(one.instId, "isolated", side if hedged else "net")) for side in ("long", "short"))
    return {
        "crossedMarginLeverage": int(lever(one.instId, "cross")),
        "isolatedLongLever": longs,
        "isolatedShortLever": shorts,
        "marginMode": call.settings.margin_modes.get(one.instId, "crossed"),
    }


def _bills(call: BitgetCall) -> Any:
    return mix_bills(call)


# --- settings


def _done(call: BitgetCall, verdict: tuple[str, str, Any]) -> Any:
    code, message, rows = verdict
    if code != "0":
        raise BitgetRestError(*translated(code, message, call.words))
    return rows


def _is_busy(call: BitgetCall, one: VenueInstrument) -> bool:
    """Tell whether there is an order or a position on a contract."""
    account = call.account
    return any(order.instrument is one for order in account.orders.values()) or bool(held_of(account, [one]))


def _set_leverage(call: BitgetCall) -> Row:
    one = call.contract()
    if any(order.instrument is one for order in call.account.orders.values()):
        raise BitgetRestError("45097", "There is an open order on this symbol")
    isolated = call.settings.margin_modes.get(one.instId) == "isolated"
    longs, shorts = call.text("longLeverage"), call.text("shortLeverage")
    both, side = call.text("leverage"), call.text("holdSide")
    if longs or shorts:
        chosen = {"long": longs, "short": shorts}
    elif isolated and side:
        chosen = {side: both}
    else:
        chosen = {"long": both, "short": both}
    if not any(chosen.values()):
        raise call.wrong("leverage")
    if isolated and not is_hedged(call.account):
        chosen = {"net": longs or shorts or both}
    for name, value in chosen.items():
        if value:
            mode = {"mgnMode": "isolated", "posSide": name} if isolated else {"mgnMode": "cross"}
            request = {"instId": one.instId, "lever": value, **mode}
            _done(call, call.venue.set_leverage(call.account, request))
    return _leverage_row(call, one)


def _leverage_row(call: BitgetCall, one: VenueInstrument) -> Row:
    levers = _levers(call, one)
    crossed = str(levers["crossedMarginLeverage"])
    is_isolated = levers["marginMode"] == "isolated"
    longs, shorts = (str(levers[f"isolated{side}Lever"]) if is_isolated else crossed for side in ("Long", "Short"))
    return {
        "symbol": symbol_of(one),
        "marginCoin": one.settleCcy,
        "longLeverage": longs,
        "shortLeverage": shorts,
        "crossMarginLeverage": crossed,
        "marginMode": levers["marginMode"],
    }


def _set_all_leverage(call: BitgetCall) -> str:
    for one in call.contracts():
        _done(
            call,
            call.venue.set_leverage(
                call.account, {"instId": one.instId, "lever": call.text("leverage"), "mgnMode": "cross"}
            ),
        )
    return "success"


def _set_margin_mode(call: BitgetCall) -> Row:
    one, mode = call.contract(), call.one_of("marginMode", _MODES)
    if _is_busy(call, one) and call.settings.margin_modes.get(one.instId, "crossed") != mode:
        raise BitgetRestError("45117", "There is an open order or a position on this symbol")
    call.settings.margin_modes[one.instId] = mode
    row = _leverage_row(call, one)
    return {name: value for name, value in row.items() if name != "crossMarginLeverage"}


def _set_position_mode(call: BitgetCall) -> Row:
    call.margin()
    mode = call.one_of("posMode", _POS_MODES)
    _done(call, call.venue.set_position_mode(call.account, _POS_MODES[mode]))
    return {"posMode": mode}


def _set_asset_mode(call: BitgetCall) -> str:
    call.margin()
    if call.one_of("assetMode", ("single", "union")) == "union":
        raise call.refuse(WRONG_VALUE, "the paper exchange does not let one coin stand for another (assetMode union)")
    return "success"


def _position(call: BitgetCall, one: VenueInstrument) -> Held:
    """Return the isolated position of a contract, and of `holdSide` in hedge mode."""
    side = call.text("holdSide")
    found = [held for held in held_of(call.account, [one]) if not held.is_hedged or side in ("", held.side)]
    if not found:
        raise BitgetRestError("43043", "There is no position")
    for held in found:
        if held.is_isolated:
            return held
    raise BitgetRestError("40875", "Whole position mode does not support margin adjustment")


def _set_margin(call: BitgetCall) -> str:
    held, amount = _position(call, call.contract()), number(call.text("amount"))
    if amount is None:
        raise call.wrong("amount")
    code, message = call.venue.adjust_margin(call.account, held.position, amount)
    _done(call, (code, message, None))
    return ""


def _set_auto_margin(call: BitgetCall) -> str:
    one, _ = call.contract_of_margin(), call.one_of("holdSide", ("long", "short"))
    if call.settings.margin_modes.get(one.instId) != "isolated":
        raise BitgetRestError("22011", "Margin is added by itself in isolated mode only")
    if call.one_of("autoMargin", ("on", "off")) == "on":
        raise call.refuse(WRONG_VALUE, "the paper exchange adds no margin by itself (autoMargin on)")
    return ""


def _isolated_symbols(call: BitgetCall) -> Sequence[Row]:
    modes = call.settings.margin_modes
    return [
        {"symbol": symbol_of(one), "marginMode": "isolated"}
        for one in call.contracts()
        if modes.get(one.instId) == "isolated"
    ]


# --- how much


def _free(call: BitgetCall, one: VenueInstrument) -> Decimal:
    return margin.available_equity(call.account, one.settleCcy, call.venue.prices)


def _size_for(one: VenueInstrument, money: Decimal, price: Decimal, lever: Decimal) -> str:
    share = 1 / lever + margin.fee_rate(one, "T")
    return text(one.coins(one.lots(money / (price * one.ctVal * share))))


def _price(call: BitgetCall, one: VenueInstrument) -> Decimal:
    given = number(call.text("openPrice") or text(call.venue.prices.mark(one)))
    if given is None or given <= 0:
        raise call.wrong("openPrice")
    return given


def _max_open(call: BitgetCall) -> Row:
    one = call.contract()
    lever = call.account.lever(one.instId, "cross")
    return {"maxOpen": _size_for(one, _free(call, one), _price(call, one), lever)}


def _open_count(call: BitgetCall) -> Row:
    one, money, lever = call.contract(), number(call.text("openAmount")), number(call.text("leverage", "20"))
    if money is None or lever is None or money <= 0 or lever < 1:
        raise call.wrong("openAmount")
    return {"size": _size_for(one, money, _price(call, one), lever)}


def _liquidation_price(call: BitgetCall) -> Row:
    """Return where a position of its own would be liquidated: margin used up down to maintenance, and the fee."""
    one, sign = call.contract(), 1 if call.one_of("posSide", ("long", "short")) == "long" else -1
    price, lever = _price(call, one), call.account.lever(one.instId, "isolated")
    px = price * (1 - sign / lever) / (1 - sign * (MAINTENANCE + margin.fee_rate(one, "T")))
    return {"liqPrice": text(rounded(max(px, Decimal(0))))}


# --- positions


def _position_row(call: BitgetCall, held: Held) -> Row:
    position, prices, one = held.position, call.venue.prices, held.instrument
    mark = prices.mark(one)
    liquidation = margin.liquidation_px(call.account, position, prices)
    ratio = margin.margin_ratio(call.account, position, prices)
    return {
        **_stops(call, held),
        "symbol": symbol_of(one),
        "marginCoin": one.settleCcy,
        "holdSide": held.side,
        "openDelegateSize": "0",
        "marginSize": text(position.margin if held.is_isolated else rounded(position.initial(mark))),
        "available": text(held.coins),
        "locked": "0",
        "total": text(held.coins),
        "leverage": text(position.lever),
        "achievedProfits": text(position.pnl),
        "openPriceAvg": text(position.avg),
        "marginMode": "isolated" if held.is_isolated else "crossed",
        "posMode": "hedge_mode" if held.is_hedged else "one_way_mode",
        "unrealizedPL": text(rounded(position.upl(mark))),
        "liquidationPrice": "" if liquidation is None else text(liquidation),
        "keepMarginRate": text(position.maintenance_rate),
        "markPrice": text(mark),
        "marginRatio": rate("" if ratio is None else text(ratio)),
        "breakEvenPrice": text(margin.break_even(position)),
        "totalFee": text(position.funding) if position.funding else "",
        "deductedFee": text(-position.fee),
        "assetMode": "single",
        "autoMargin": "off",
        "grant": "0",
        "cTime": str(position.cTime),
        "uTime": str(position.uTime),
    }


def _stops(call: BitgetCall, held: Held) -> Row:
    """Return the stops for the whole of a position."""
    made = blank("takeProfit stopLoss takeProfitId stopLossId")
    for leg, name in (("tp", "takeProfit"), ("sl", "stopLoss")):
        algo = whole_stop(call.venue.algos, call.account, held.position, leg)
        if algo is not None:
            made |= {name: algo.given[f"{leg}TriggerPx"], f"{name}Id": str(algo.id)}
    return made


def _positions(call: BitgetCall) -> Sequence[Row]:
    return [_position_row(call, held) for held in held_of(call.account, call.contracts())]


def _single(call: BitgetCall) -> Sequence[Row]:
    return [_position_row(call, held) for held in held_of(call.account, [call.contract()])]


def _closed_row(closed: Closed) -> Row:
    record, order = closed.record, closed.last.order
    return {
        "positionId": str(closed.id),
        "symbol": symbol_of(closed.instrument),
        "marginCoin": closed.instrument.settleCcy,
        "holdSide": closed.side,
        "posMode": "one_way_mode" if order.posSide == "net" else "hedge_mode",
        "openAvgPrice": record.opened.px,
        "closeAvgPrice": record.closed.px,
        "marginMode": "isolated" if order.tdMode == "isolated" else "crossed",
        "openTotalPos": text(record.opened.coins),
        "closeTotalPos": text(record.closed.coins),
        "pnl": text(record.pnl),
        "netProfit": text(closed.net),
        "totalFunding": text(closed.funding),
        "openFee": text(record.opened.fee),
        "closeFee": text(record.closed.fee),
        # In lower case here, unlike everywhere else.
        "ctime": str(record.began),
        "utime": str(record.ended),
    }


def _history(call: BitgetCall) -> Any:
    wanted = call.contracts() if call.text("productType") else call.venue.instruments.values()
    found = closed_of(call.account, list(wanted))
    page = listed(call, found, row=_closed_row, at=lambda one: one.id, when=lambda one: one.record.ended, default=20)
    return page.keyed("list")


def _adl(call: BitgetCall) -> Sequence[Row]:
    return [
        {
            "symbol": symbol_of(held.instrument),
            "marginCoin": held.instrument.settleCcy,
            "adlRank": "0.2",
            "rank": "1",
            "holdSide": held.side,
        }
        for held in held_of(call.account, call.contracts())
    ]


_ACCOUNT, _POSITION = "v2/mix/account", "v2/mix/position"
_ONE = "symbol productType"
_COIN = f"{_ONE} marginCoin"
ENDPOINTS = (
    get(f"{_ACCOUNT}/account", _account, 10, _COIN),
    get(f"{_ACCOUNT}/accounts", _accounts, 10, "productType"),
    get(f"{_ACCOUNT}/bill", _bills, 10, "productType"),
    get(f"{_ACCOUNT}/isolated-symbols", _isolated_symbols, 10, "productType"),
    get(f"{_ACCOUNT}/liq-price", _liquidation_price, 20, f"{_COIN} posSide orderType openAmount"),
    get(f"{_ACCOUNT}/max-open", _max_open, 20, f"{_COIN} posSide orderType"),
    get(f"{_ACCOUNT}/open-count", _open_count, 10, f"{_COIN} openAmount openPrice"),
    post(f"{_ACCOUNT}/set-leverage", _set_leverage, 5, _COIN),
    post(f"{_ACCOUNT}/set-all-leverage", _set_all_leverage, 5, "productType leverage"),
    post(f"{_ACCOUNT}/set-asset-mode", _set_asset_mode, 2, "productType assetMode"),
    post(f"{_ACCOUNT}/set-auto-margin", _set_auto_margin, 5, "symbol autoMargin marginCoin holdSide"),
    post(f"{_ACCOUNT}/set-margin", _set_margin, 5, f"{_COIN} holdSide amount"),
    post(f"{_ACCOUNT}/set-margin-mode", _set_margin_mode, 5, f"{_COIN} marginMode"),
    post(f"{_ACCOUNT}/set-position-mode", _set_position_mode, 5, "productType posMode"),
    get(f"{_POSITION}/all-position", _positions, 5, "productType"),
    get(f"{_POSITION}/single-position", _single, 10, _COIN),
    get(f"{_POSITION}/history-position", _history, 20),
    get(f"{_POSITION}/adlRank", _adl, 5, "productType"),
)
