"""Numbers and times as people read them. What is not known is a dash, never a nought."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

__all__ = ["UNKNOWN", "amount", "clock_time", "percent", "price"]

UNKNOWN = "--"


def price(value: Decimal | None) -> str:
    """Write a price with all its digits and commas between thousands."""
    return UNKNOWN if value is None else f"{value:,f}"


def amount(value: Decimal | None, places: int = 4) -> str:
    """Write an amount with so many decimal places at most, without noughts at its end."""
    if value is None:
        return UNKNOWN
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Decimal | None) -> str:
    """Write a share as signed per cent."""
    return UNKNOWN if value is None else f"{value * 100:+.2f} %"


def clock_time(ms: int | None) -> str:
    """Write a time of an exchange (epoch ms) as the time of day in UTC; what is no time after all is not known."""
    try:
        return UNKNOWN if ms is None else f"{dt.datetime.fromtimestamp(ms / 1000, dt.UTC):%H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return UNKNOWN
