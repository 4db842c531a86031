"""Scripts of things that are announced: call auctions, economic figures, notes to lead traders.

Follows OKX V5 "Call auction details channel", "Economic calendar channel" and "Lead trading notification channel".
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.feeds.scripted import ScriptContext, script
from okx_sync.paper.venue.bars import DAY
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.types import Row

#: Beats of one call auction; trading begins at the last.
AUCTION = 30
#: Economic figures: event, region, category, unit, currency, importance, usual value, usual change.
_FIGURES = (
    ("CPI YoY", "United States", "Inflation Rate", "%", "USD", "3", "2.9", "0.1"),
    ("Non-Farm Payrolls", "United States", "Non Farm Payrolls", "K", "USD", "3", "140", "25"),
    ("ECB Interest Rate Decision", "Euro Area", "Interest Rate", "%", "EUR", "3", "2.15", "0.25"),
    ("Unemployment Rate", "Germany", "Unemployment Rate", "%", "EUR", "2", "6.3", "0.1"),
    ("BoJ Interest Rate Decision", "Japan", "Interest Rate", "%", "JPY", "3", "0.5", "0.25"),
    ("GDP Growth Rate QoQ", "United Kingdom", "GDP Growth Rate", "%", "GBP", "2", "0.3", "0.1"),
)


@script
def call_auction(context: ScriptContext) -> list[Row]:
    """Play `call-auction-details`, one invented auction after another.

    The venue has no call auctions; one is invented beside its market, `AUCTION` seconds long. The last push of each
    says that trading has begun; the next auction follows at once.
    """
    number, step = divmod(context.beat, AUCTION)
    name = context.arg["instId"]
    instrument = context.venue.instruments[name]
    luck = context.luck("auction", name, number)
    grown = Decimal(step + 1) / AUCTION
    matched = rounded(grown * luck.randint(2_000, 9_000) / instrument.start_px).quantize(Decimal("0.0001"))
    open_rest = rounded(grown * luck.randint(200, 2_000) / instrument.start_px).quantize(Decimal("0.0001"))
    return [
        {
            "instId": name,
            "eqPx": context.px_text(name),
            "matchedSz": text(matched),
            "unmatchedSz": text(open_rest),
            "auctionEndTime": str(context.ms_of((number + 1) * AUCTION - 1)),
            "state": "continuous_trading" if step == AUCTION - 1 else "call_auction",
            "ts": context.ts,
        }
    ]


@script
def calendar(context: ScriptContext) -> list[Row]:
    """Play `economic-calendar`: a figure is announced with its forecast, and at the next beat it is out."""
    number, out = divmod(context.beat, 2)
    event, region, category, unit, ccy, importance, usual, change = _FIGURES[number % len(_FIGURES)]
    luck = context.luck("figure", number)
    actual, previous, forecast = (text(Decimal(usual) + luck.randint(-2, 2) * Decimal(change)) for _ in range(3))
    date = context.ms_of(number * 2 + 1)
    return [
        {
            "event": event,
            "region": region,
            "category": category,
            "actual": actual if out else "",
            "previous": previous,
            "forecast": forecast,
            "prevInitial": "",
            "date": str(date),
            "refDate": str(date - date % DAY - 30 * DAY),
            "calendarId": str(330_000 + number),
            "unit": unit,
            "ccy": ccy,
            "importance": importance,
            "ts": context.ts,
        }
    ]


@script
def lead_notes(context: ScriptContext) -> list[Row]:
    """Play `copytrading-lead-notification`: a lead trade that failed for each reason in turn."""
    luck = context.luck("lead", context.uid, context.beat)
    reason = context.beat % 3 + 1
    return [
        {
            **blank("maxLeadTraderNum minLeadEq"),
            "instType": "SWAP",
            "infoType": str(reason),
            "subPosId": str(667_695_035_433_385_984 + context.beat),
            "uniqueCode": "25CD5A80241D6FE6",
            "instId": context.arg.get("instId") or luck.choice(("BTC-USDT-SWAP", "ETH-USDT-SWAP")),
            "side": luck.choice(("buy", "sell")),
            "posSide": "net",
            **({"maxLeadTraderNum": "3"} if reason == 1 else {"minLeadEq": "500"} if reason == 3 else {}),
        }
    ]
