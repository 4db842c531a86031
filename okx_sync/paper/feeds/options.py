"""Scripts of the derivatives that are listed without a book: option prices and trades, delivery prices, event markets.

Prices are Black-Scholes prices on the venue's indexes, with a volatility smile; only the trades are invented.
Follows OKX V5 "Option trades channel", "Option summary channel", "Estimated delivery/exercise/settlement price
channel" and "Event contract markets channel".
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from okx_sync.paper.feeds.scripted import ScriptContext, script
from okx_sync.paper.venue.bars import DAY
from okx_sync.paper.venue.listings import EVENT_SERIES, Future, Option, futures
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.types import Row

YEAR = 365 * DAY
#: Volatility at the money, per year, and how far bids and asks are from it.
VOLATILITY, VOL_SPREAD = 0.52, 0.015
#: Forward prices rise by this share of the index per year.
CARRY = 0.04
#: What an event market goes through: announced, open, being settled, settled; each for so many seconds.
EVENT_STATES = ("preopen", "live", "settling", "expired")
EVENT_STEP_S = 5


class OptionGreeks(NamedTuple):
    """Price (dollars) and sensitivities of one option by Black and Scholes, without interest."""

    price: float
    delta: float
    gamma: float
    vega: float
    theta: float


def black_scholes(forward: float, strike: float, years: float, volatility: float, *, call: bool) -> OptionGreeks:
    """Compute the greeks; vega is per percent of volatility, theta per day."""
    width = volatility * math.sqrt(years)
    d1 = math.log(forward / strike) / width + width / 2
    sign = 1.0 if call else -1.0
    density = math.exp(-d1 * d1 / 2) / math.sqrt(2 * math.pi)
    price = sign * (forward * _normal(sign * d1) - strike * _normal(sign * (d1 - width)))
    return OptionGreeks(
        max(price, 0.0),
        sign * _normal(sign * d1),
        density / (forward * width),
        forward * density * math.sqrt(years) / 100,
        -forward * density * volatility / (2 * math.sqrt(years)) / 365,
    )


def _normal(x: float) -> float:
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2)))


def _print(value: float, places: int = 10) -> str:
    return text(Decimal(f"{value:.{places}f}"))


class _Quote:
    """What one option is worth at the beat of a script."""

    def __init__(self, context: ScriptContext, option: Option) -> None:
        self.index = float(context.px(option.family))
        years = max(option.expires - context.ms, 60_000) / YEAR
        self.forward = self.index * (1 + CARRY * years)
        self.volatility = VOLATILITY + 0.4 * math.log(option.strike / self.forward) ** 2
        greeks = black_scholes(self.forward, option.strike, years, self.volatility, call=option.kind == "C")
        self.greeks = greeks
        #: In the coin, to the tick: what options are traded at.
        self.px = max(0.0005, round(greeks.price / self.index / 0.0005) * 0.0005)

    def summary(self, option: Option, ts: str) -> Row:
        """Return the row of `opt-summary`. The plain greeks are in coins, the `BS` ones in dollars."""
        greeks, index = self.greeks, self.index
        return {
            "instType": "OPTION",
            "instId": option.instId,
            "uly": option.family,
            "delta": _print(greeks.delta - greeks.price / index),
            "gamma": _print(greeks.gamma * index),
            "vega": _print(greeks.vega / index),
            "theta": _print(greeks.theta / index),
            "deltaBS": _print(greeks.delta),
            "gammaBS": _print(greeks.gamma),
            "vegaBS": _print(greeks.vega),
            "thetaBS": _print(greeks.theta),
            "lever": _print(index / max(greeks.price, 0.01), 6),
            "markVol": _print(self.volatility),
            "bidVol": _print(self.volatility - VOL_SPREAD),
            "askVol": _print(self.volatility + VOL_SPREAD),
            "realVol": "",
            "volLv": _print(VOLATILITY),
            "fwdPx": _print(self.forward, 6),
            "ts": ts,
        }


@script
def opt_summary(context: ScriptContext) -> list[Row]:
    """Play `opt-summary`: every option of the family in one push."""
    listed = context.venue.listings.options(context.arg["instFamily"], context.ms)
    return [_Quote(context, option).summary(option, context.ts) for option in listed]


@script
def option_trades(context: ScriptContext) -> list[Row]:
    """Play `option-trades`: a trade each beat, in one of the options asked for."""
    wanted, family = context.arg.get("instId"), context.arg.get("instFamily")
    options = context.venue.listings.all_options(context.ms)
    if wanted or family:
        options = [one for one in options if (one.instId == wanted if wanted else one.family == family)]
    if not options:
        return []
    luck = context.luck("option trade", wanted or family, context.beat)
    option = luck.choice(options)
    quote = _Quote(context, option)
    return [
        {
            "instId": option.instId,
            "instFamily": option.family,
            "tradeId": str(1000 + context.beat),
            "px": _print(quote.px, 4),
            "sz": str(luck.randint(1, 50)),
            "side": luck.choice(("buy", "sell")),
            "optType": option.kind,
            "fillVol": _print(quote.volatility + luck.uniform(-VOL_SPREAD, VOL_SPREAD)),
            "fwdPx": _print(quote.forward, 6),
            "idxPx": context.px_text(option.family),
            "markPx": _print(quote.greeks.price / quote.index),
            "ts": context.ts,
        }
    ]


# --- estimated prices


@script
def estimated_price(context: ScriptContext) -> list[Row]:
    """Play `estimated-price`: the index stands for the average that settles.

    The paper exchange is always within the half hour before the next expiry of its contracts, so that the channel
    always has something to push.
    """
    kind = context.arg["instType"]
    settle = {"OPTION": "exercise", "FUTURES": "delivery"}.get(kind, "settlement")
    return [
        {"instType": kind, "instId": name, "settleType": settle, "settlePx": context.px_text(name), "ts": context.ts}
        for name in _expiring(context, kind)
    ]


def _expiring(context: ScriptContext, kind: str) -> list[str]:
    wanted, family = context.arg.get("instId"), context.arg.get("instFamily", "")
    if wanted:
        return [wanted]
    if kind == "SWAP":
        return [one.instId for one in context.venue.instruments.values() if one.is_swap and one.uly == family]
    if kind == "EVENTS":
        now = int((context.ms - context.ms_of(0)) // 1000)
        markets = (
            _event(context, now // EVENT_STEP_S // len(EVENT_STATES) - back) for back in range(len(EVENT_SERIES))
        )
        return [market.instId for market in markets if market.series.startswith(family.partition("-")[0])]
    listed: list[Option] | list[Future]
    if kind == "OPTION":
        listed = context.venue.listings.options(family, context.ms)
    else:
        listed = [one for one in futures(context.ms) if one.family == family]
    first = min((one.expires for one in listed), default=0)
    return [one.instId for one in listed if one.expires == first]


# --- event markets


class _Event(NamedTuple):
    """One event market; ``opened`` is epoch ms."""

    series: str
    eventId: str
    instId: str
    opened: int

    def at(self, step: int) -> str:
        """Tell when its state number ``step`` begins, as wire text."""
        return str(self.opened + step * EVENT_STEP_S * 1000)


def _event(context: ScriptContext, number: int) -> _Event:
    """Return market number ``number`` since the exchange opened; the coins take turns."""
    series = EVENT_SERIES[number % len(EVENT_SERIES)]
    opened = context.venue.clock.at_ms(number * EVENT_STEP_S * len(EVENT_STATES))
    event_id = f"{series}-{datetime.fromtimestamp(opened / 1000, UTC):%y%m%d-%H%M%S}"
    return _Event(series, event_id, f"{event_id}-UP", opened)


@script
def event_markets(context: ScriptContext) -> list[Row]:
    """Play `event-contract-markets`: is the coin higher at the end than at the start?

    Each beat (of `EVENT_STEP_S`) brings a market's next state.
    """
    number, step = divmod(context.beat, len(EVENT_STATES))
    market = _event(context, number)
    settled = step == len(EVENT_STATES) - 1
    strike, now = context.px(market.series, number * len(EVENT_STATES) + 1), context.px(market.series)
    return [
        {
            "seriesId": market.series,
            "eventId": market.eventId,
            "instId": market.instId,
            "listTime": market.at(0),
            "fixTime": market.at(2),
            "expTime": market.at(3),
            "state": EVENT_STATES[step],
            "outcome": ("yes" if now >= strike else "no") if settled else "",
            "floorStrike": "" if step == 0 else text(strike),
            "capStrike": "",
            "settleValue": text(now) if settled else "",
            "disputed": False,
            "hitDir": "",
        }
    ]
