"""Candle bars: their names and where each one begins."""

from __future__ import annotations

import re
from datetime import UTC, datetime

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
#: Bars of six hours and more without ``utc`` in their name open on Hong Kong time.
HONG_KONG = 8 * HOUR
#: Weeks open on Monday; the epoch was a Thursday.
FIRST_MONDAY = 4 * DAY

_TRADE = "1s 1m 3m 5m 15m 30m 1H 2H 4H 6H 12H 1D 2D 3D 5D 1W 1M 3M"
_UTC = "6Hutc 12Hutc 1Dutc 2Dutc 3Dutc 5Dutc 1Wutc 1Mutc 3Mutc"
#: The bar names of each kind of candle.
BARS: dict[str, tuple[str, ...]] = {
    "trade": tuple(f"{_TRADE} {_UTC}".split()),
    "mark": tuple(f"{_TRADE[3:]} {_UTC} 1Yutc".split()),
    "index": tuple(f"{_TRADE[3:]} {_UTC}".split()),
    "spread": tuple(f"{_TRADE[3:]} {_UTC}".split()),
}
_SHAPE = re.compile(r"(\d+)([smHDWMY])(utc)?\Z")
_UNITS = {"s": 1000, "m": MINUTE, "H": HOUR, "D": DAY, "W": 7 * DAY}


class Bar:
    """One bar length: finds the start of the candle a moment belongs to, and the start of the next."""

    def __init__(self, name: str) -> None:
        """Make the bar of a name. Raises ValueError for a name the exchange does not know."""
        shape = _SHAPE.match(name)
        if shape is None or not any(name in names for names in BARS.values()):
            raise ValueError(f"unknown bar {name!r}")
        self.name = name
        count, unit, utc = int(shape[1]), shape[2], shape[3]
        self._months = count * 12 if unit == "Y" else count if unit == "M" else 0
        self._length = 0 if self._months else count * _UNITS[unit]
        long = bool(self._months) or self._length >= 6 * HOUR
        self._shift = HONG_KONG if long and not utc else 0
        self._origin = FIRST_MONDAY if unit == "W" else 0

    @property
    def base(self) -> int:
        """The step (ms) of the series this bar is summed up from: seconds, minutes or hours."""
        if self.name == "1s":
            return 1000
        return MINUTE if 0 < self._length < HOUR else HOUR

    def start(self, ms: int) -> int:
        """Tell where the candle that holds this moment begins (epoch ms)."""
        local = ms + self._shift
        if self._months:
            return self._month(local) - self._shift
        return local - (local - self._origin) % self._length - self._shift

    def next(self, start: int) -> int:
        """Tell where the candle after the one beginning at ``start`` begins."""
        if self._months:
            return self._month(start + self._shift, 1) - self._shift
        return start + self._length

    def _month(self, local: int, ahead: int = 0) -> int:
        date = datetime.fromtimestamp(local / 1000, UTC)
        month = (date.year * 12 + date.month - 1) // self._months * self._months + ahead * self._months
        return int(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp()) * 1000
