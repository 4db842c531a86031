"""What is traded at the paper exchange, and under which rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.number_text import blank, text


@dataclass(slots=True, eq=False)
class VenueInstrument:
    """One instrument with its trading rules, in the exchange's own words.

    Prices are held as whole ticks and sizes as whole lots inside the venue, so that matching is exact and
    quick; the converters below are the only bridge between those and decimals. `tickSz` and `lotSz` are those
    of the opening and stay the units of that; `tick_step` and `lot_step` are how many of them the rules ask for now.
    """

    instId: str
    instType: str
    instIdCode: int
    baseCcy: str
    quoteCcy: str
    tickSz: Decimal
    lotSz: Decimal
    minSz: Decimal
    start_px: Decimal
    ctVal: Decimal = Decimal(1)
    settleCcy: str = ""
    max_lever: int = 0
    state: str = "live"
    maxLmtSz: Decimal = Decimal(9999999)
    maxMktSz: Decimal = Decimal(1000000)
    maxLmtAmt: Decimal = Decimal(20000000)
    maxMktAmt: Decimal = Decimal(1000000)
    initPxLmtPct: Decimal = Decimal("0.05")
    floatPxLmtPct: Decimal = Decimal("0.05")
    maxPxLmtPct: Decimal = Decimal("0.15")
    listTime: str = "1606468572000"
    funding_hours: int = 8
    upcoming: tuple[tuple[str, str, str], ...] = ()
    tick_step: int = 1
    lot_step: int = 1

    @property
    def is_swap(self) -> bool:
        """Whether it is a perpetual contract (its sizes count contracts)."""
        return self.instType == "SWAP"

    @property
    def uly(self) -> str:
        """The index it follows, like ``BTC-USDT``."""
        return f"{self.baseCcy}-{self.quoteCcy}"

    def px(self, ticks: int) -> Decimal:
        """Return whole ticks as a price."""
        return self.tickSz * ticks

    def sz(self, lots: int) -> Decimal:
        """Return whole lots as a size (base currency, or contracts)."""
        return self.lotSz * lots

    def on_tick(self, price: Decimal) -> Decimal:
        """Return a price cut to a whole tick, of the size that the rules ask for now."""
        tick = self.px(self.tick_step)
        return price // tick * tick

    def ticks(self, price: Decimal) -> int:
        """Return the price in ticks, rounded to the nearest."""
        return int((price / self.tickSz).to_integral_value())

    def lots(self, size: Decimal) -> int:
        """Return the size in lots, rounded down."""
        return int(size / self.lotSz)

    def coins(self, lots: int) -> Decimal:
        """Tell how much of the base currency so many lots are."""
        return self.lotSz * lots * self.ctVal

    def row(self) -> dict[str, Any]:
        """Return the full row of ``public/instruments``."""
        swap = self.is_swap
        return {
            **_BLANK,
            "instType": self.instType,
            "instId": self.instId,
            "instIdCode": self.instIdCode,
            "uly": self.uly if swap else "",
            "instFamily": self.uly if swap else "",
            "groupId": "4" if swap else "1",
            "baseCcy": "" if swap else self.baseCcy,
            "quoteCcy": "" if swap else self.quoteCcy,
            "settleCcy": self.settleCcy,
            "ctVal": text(self.ctVal) if swap else "",
            "ctMult": "1" if swap else "",
            "ctValCcy": self.baseCcy if swap else "",
            "ctType": "linear" if swap else "",
            "lever": str(self.max_lever) if self.max_lever else "",
            "tickSz": text(self.px(self.tick_step)),
            "lotSz": text(self.sz(self.lot_step)),
            "minSz": text(self.minSz),
            "state": self.state,
            "listTime": self.listTime,
            "maxLmtSz": text(self.maxLmtSz),
            "maxMktSz": text(self.maxMktSz),
            "maxTwapSz": text(self.maxLmtSz),
            "maxIcebergSz": text(self.maxLmtSz),
            "maxTriggerSz": text(self.maxLmtSz),
            "maxStopSz": text(self.maxMktSz),
            "maxLmtAmt": text(self.maxLmtAmt),
            "maxMktAmt": "" if swap else text(self.maxMktAmt),
            "initPxLmtPct": text(self.initPxLmtPct),
            "floatPxLmtPct": text(self.floatPxLmtPct),
            "maxPxLmtPct": text(self.maxPxLmtPct),
            "tradeQuoteCcyList": [] if swap else [self.quoteCcy],
            "upcChg": [{"param": p, "newValue": v, "effTime": t} for p, v, t in self.upcoming],
        }

    def push_row(self) -> dict[str, Any]:
        """Return the row of the ``instruments`` channel, which leaves some fields to REST."""
        return {name: value for name, value in self.row().items() if name not in _REST_ONLY}

    def revise(self, **fields: Any) -> None:
        """Change rules in place: books, orders and positions share this object.

        `tickSz` and `lotSz` must be whole multiples of those of the opening; ValueError otherwise, and for an
        unknown name.
        """
        changes: dict[str, Any] = {}
        for name, value in fields.items():
            if name not in self.__slots__:
                raise ValueError(f"an instrument has no {name!r}")
            if name in ("tickSz", "lotSz"):
                unit = getattr(self, name)
                steps, rest = divmod(Decimal(value), unit)
                if rest or steps < 1:
                    raise ValueError(f"{name} must be a whole multiple of {text(unit)}, the venue's unit, not {value}")
                changes["tick_step" if name == "tickSz" else "lot_step"] = int(steps)
            else:
                changes[name] = Decimal(value) if isinstance(getattr(self, name), Decimal) else value
        for name, value in changes.items():
            setattr(self, name, value)


_REST_ONLY = frozenset(
    blank(
        """elp tradeQuoteCcyList initPxLmtPct floatPxLmtPct maxPxLmtPct posLmtAmt posLmtPct maxPlatOILmt
        maxPlatOICoinLmt longPosRemainingQuota shortPosRemainingQuota rpiMinLevel rpiMinPxBand"""
    )
)
_BLANK: dict[str, Any] = {
    **blank(
        "instType instId uly instFamily groupId seriesId baseCcy quoteCcy settleCcy ctVal ctMult ctValCcy "
        "optType stk listTime auctionEndTime contTdSwTime preMktSwTime openType expTime lever tickSz "
        "lotSz minSz ctType alias state maxLmtSz maxMktSz maxTwapSz maxIcebergSz maxTriggerSz maxStopSz "
        "maxMktAmt posLmtAmt posLmtPct maxPlatOILmt maxPlatOICoinLmt longPosRemainingQuota "
        "shortPosRemainingQuota rpiMinLevel rpiMinPxBand"
    ),
    "instIdCode": None,
    "category": "1",
    "elp": "0",
    "instCategory": "1",
    "ruleType": "normal",
    "futureSettlement": False,
    "tradeQuoteCcyList": [],
    "upcChg": [],
}


def _spot(base: str, code: int, tick: str, lot: str, smallest: str, start: str) -> VenueInstrument:
    return VenueInstrument(
        f"{base}-USDT",
        "SPOT",
        code,
        base,
        "USDT",
        Decimal(tick),
        Decimal(lot),
        Decimal(smallest),
        Decimal(start),
        max_lever=10,
    )


def _swap(base: str, code: int, tick: str, value: str, start: str) -> VenueInstrument:
    return VenueInstrument(
        f"{base}-USDT-SWAP",
        "SWAP",
        code,
        base,
        "USDT",
        Decimal(tick),
        Decimal("0.01"),
        Decimal("0.01"),
        Decimal(start),
        ctVal=Decimal(value),
        settleCcy="USDT",
        max_lever=100,
        maxLmtSz=Decimal(1000000),
        maxMktSz=Decimal(12000),
    )


def default_instruments() -> dict[str, VenueInstrument]:
    """Return the three spot pairs and two linear swaps that every paper exchange lists."""
    listed = (
        _spot("BTC", 1001, "0.1", "0.00000001", "0.00001", "65000"),
        _spot("ETH", 1002, "0.01", "0.000001", "0.0001", "3500"),
        _spot("SOL", 1003, "0.01", "0.000001", "0.001", "150"),
        _swap("BTC", 2001, "0.1", "0.01", "65000"),
        _swap("ETH", 2002, "0.01", "0.1", "3500"),
    )
    return {instrument.instId: instrument for instrument in listed}
