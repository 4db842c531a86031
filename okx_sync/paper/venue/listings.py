"""What is listed without a book of its own: options, dated futures and event markets.

The scripted channels tell of them. Their names, strikes and expiries follow from the date alone, their prices from
the venue's indexes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from okx_sync.paper.venue.bars import DAY, HOUR
from okx_sync.paper.venue.instruments import VenueInstrument

#: Expiries are at 08:00 UTC; the weekly ones on Fridays (the epoch was a Thursday).
EXPIRY_HOUR = 8 * HOUR
FIRST_FRIDAY = DAY + EXPIRY_HOUR
WEEK = 7 * DAY
#: Coins with derivatives, and the families of their options.
COINS = ("BTC", "ETH")
OPTION_FAMILIES = tuple(f"{coin}-USD" for coin in COINS)
FAMILIES = (*OPTION_FAMILIES, *(f"{coin}-USDT" for coin in COINS))
#: Short up-or-down markets: one opens every 20 seconds and is settled at the end of them.
EVENT_SERIES = tuple(f"{coin}-UPDOWN-20S" for coin in COINS)
#: Strikes on each side of the middle one.
STRIKES_ASIDE = 3


class Option(NamedTuple):
    """One option: ``kind`` is ``C`` or ``P``, ``expires`` epoch ms."""

    instId: str
    family: str
    strike: int
    kind: str
    expires: int


class Future(NamedTuple):
    """One dated future, settled in USDT; ``expires`` epoch ms."""

    instId: str
    family: str
    expires: int


def date_code(ms: int) -> str:
    """Return a date as contracts spell it: ``251128``."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%y%m%d")


def fridays(ms: int) -> tuple[int, int]:
    """Return the next two weekly expiries (epoch ms)."""
    friday = ms - (ms - FIRST_FRIDAY) % WEEK + WEEK
    return friday, friday + WEEK


def options(family: str, middle: Decimal, ms: int) -> list[Option]:
    """Return the options of a family at a date: daily and two weekly expiries, strikes around ``middle``."""
    step = 10 ** (len(str(int(middle))) - 2)
    tomorrow = ms - (ms - EXPIRY_HOUR) % DAY + DAY
    strikes = [int(middle) // step * step + k * step for k in range(-STRIKES_ASIDE, STRIKES_ASIDE + 1)]
    return [
        Option(f"{family}-{date_code(expires)}-{strike}-{kind}", family, strike, kind, expires)
        for expires in sorted({tomorrow, *fridays(ms)})
        for strike in strikes
        for kind in "CP"
    ]


def futures(ms: int) -> list[Future]:
    """Return the dated futures at a date."""
    return [
        Future(f"{coin}-USDT-{date_code(expires)}", f"{coin}-USDT", expires)
        for coin in COINS
        for expires in fridays(ms)
    ]


class Listings:
    """Answers whether something is listed, and which index it follows."""

    def __init__(self, instruments: Mapping[str, VenueInstrument]) -> None:
        self._instruments = instruments

    def options(self, family: str, ms: int) -> list[Option]:
        """Return the options of a family (none for a family without options)."""
        if family not in OPTION_FAMILIES:
            return []
        return options(family, self._instruments[self.index_of(family)].start_px, ms)

    def all_options(self, ms: int) -> list[Option]:
        """Return the options of all families."""
        return [option for family in OPTION_FAMILIES for option in self.options(family, ms)]

    def index_of(self, name: str) -> str:
        """Return the index behind an instrument, option, future, event market or family: its coin against USDT."""
        return f"{name.partition('-')[0]}-USDT"

    def has(self, kind: str, name: str, ms: int) -> bool:
        """Tell whether there is such an ``option``, ``option_family``, ``family``, or anything ``listed`` at all."""
        if kind in ("option_family", "family"):
            return name in (OPTION_FAMILIES if kind == "option_family" else FAMILIES)
        if any(name == option.instId for option in self.all_options(ms)):
            return True
        if kind != "listed":
            return False
        is_event = name.startswith(tuple(f"{series}-" for series in EVENT_SERIES))
        return is_event or name in self._instruments or any(name == future.instId for future in futures(ms))
