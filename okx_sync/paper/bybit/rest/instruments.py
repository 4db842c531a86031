"""What is traded, as `instruments-info` tells it; the venue has spot pairs and linear perpetuals only."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.bybit.identifiers import coins, symbol_of
from okx_sync.paper.bybit.order_args import MAX_AMOUNT, MIN_NOTIONAL, max_price, min_amount
from okx_sync.paper.bybit.rest.call import FUTURES, LINEAR, SPOT, BybitCall
from okx_sync.paper.bybit.rest.paging import page
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import rounded, text
from okx_sync.paper.venue.position_tiers import VenueTier, tiers
from okx_sync.paper.venue.price_limits import mark_ratios
from okx_sync.paper.venue.risk import CAP
from okx_sync.paper.venue.types import Row

_STATUS = {"live": "Trading", "preopen": "PreLaunch"}


def instrument_row(instrument: VenueInstrument) -> Row:
    """Return the row of an instrument."""
    shared = {
        "symbol": symbol_of(instrument),
        "symbolId": instrument.instIdCode,
        "status": _STATUS.get(instrument.state, "Closed"),
        "baseCoin": instrument.baseCcy,
        "quoteCoin": instrument.quoteCcy,
        "symbolType": "",
        "riskParameters": {
            "priceLimitRatioX": text(mark_ratios(instrument)[0]),
            "priceLimitRatioY": text(mark_ratios(instrument)[1]),
        },
    }
    return shared | (_linear(instrument) if instrument.is_swap else _spot(instrument))


def _spot(instrument: VenueInstrument) -> Row:
    lot, tick = instrument.sz(instrument.lot_step), instrument.px(instrument.tick_step)
    return {
        "innovation": "0",
        "marginTrading": "utaOnly",
        "stTag": "0",
        "xstockMultiplier": "",
        "lotSizeFilter": {
            "basePrecision": text(lot),
            "quotePrecision": text(lot * tick),
            "minOrderQty": text(instrument.minSz),
            "maxOrderQty": text(instrument.maxLmtSz),
            "minOrderAmt": text(min_amount(instrument)),
            "maxOrderAmt": text(MAX_AMOUNT),
            "maxLimitOrderQty": text(instrument.maxLmtSz),
            "maxMarketOrderQty": text(instrument.maxMktSz),
            "postOnlyMaxLimitOrderSize": text(instrument.maxLmtSz),
        },
        "priceFilter": {"tickSize": text(tick)},
    }


def _linear(instrument: VenueInstrument) -> Row:
    tick = instrument.px(instrument.tick_step)
    step = text(instrument.sz(instrument.lot_step) * instrument.ctVal)
    most = text(instrument.maxLmtSz * instrument.ctVal)
    scale = max(0, -int(tick.normalize().as_tuple().exponent))
    return {
        "contractType": "LinearPerpetual",
        "launchTime": instrument.listTime,
        "deliveryTime": "0",
        "deliveryFeeRate": "",
        "priceScale": str(scale),
        "leverageFilter": {"minLeverage": "1", "maxLeverage": f"{instrument.max_lever}.00", "leverageStep": "0.01"},
        "priceFilter": {"minPrice": text(tick), "maxPrice": text(max_price(instrument)), "tickSize": text(tick)},
        "lotSizeFilter": {
            "minNotionalValue": text(MIN_NOTIONAL),
            "maxOrderQty": most,
            "maxMktOrderQty": text(instrument.maxMktSz * instrument.ctVal),
            "minOrderQty": text(instrument.minSz * instrument.ctVal),
            "qtyStep": step,
            "postOnlyMaxOrderQty": most,
        },
        "unifiedMarginTrade": True,
        "fundingInterval": instrument.funding_hours * 60,
        "settleCoin": instrument.settleCcy,
        "copyTrading": "both",
        "upperFundingRate": str(CAP),
        "lowerFundingRate": str(-CAP),
        "displayName": "",
        "forbidUplWithdrawal": False,
        "isPreListing": False,
        "preListingInfo": None,
    }


def listed(call: BybitCall, most: int, default: int) -> Row:
    """Return the instruments of a category, in pages where there are pages: spot pairs come all at once."""
    category, status = call.category(), call.text("status", "Trading")
    rows = [row for row in map(instrument_row, call.instruments(category)) if row["status"] == status]
    if category == SPOT:
        return {"category": category, "list": rows}
    return page(
        call, rows, lambda row: (0, -row["symbolId"]), lambda row: row, most=most, default=default, category=category
    )


def instruments(call: BybitCall) -> Row:
    """Answer `GET /v5/market/instruments-info`."""
    return listed(call, 1000, 500)


def account_instruments(call: BybitCall) -> Row:
    """Answer `GET /v5/account/instruments-info`: what the account may trade, all of it."""
    answer = listed(call, 200, 200)
    return answer | {"list": [row | {"isPublicRpi": False, "myRpiPermission": False} for row in answer["list"]]}


def risk_limits(call: BybitCall) -> Row:
    """Answer `GET /v5/market/risk-limit`: the tiers of each contract."""
    category = call.category(*FUTURES)
    wanted = [instrument for instrument in call.instruments(category) if category == LINEAR]
    rows = [_tier(instrument, tier) for instrument in wanted for tier in tiers(instrument)]
    return {"category": category, "list": rows, "nextPageCursor": ""}


def _tier(instrument: VenueInstrument, tier: VenueTier) -> Row:
    return {
        "id": tier.number,
        "symbol": symbol_of(instrument),
        "riskLimitValue": coins(instrument, instrument.lots(tier.maxSz)),
        "maintenanceMargin": text(tier.mmr),
        "initialMargin": text(rounded(Decimal(1) / tier.max_lever)),
        "isLowestRisk": int(tier.number == 1),
        "maxLeverage": f"{tier.max_lever}.00",
        "mmDeduction": "",
    }
