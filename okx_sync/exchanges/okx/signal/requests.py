"""The objects of calls about signal bots. Names are those of the wire in snake_case."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["EntrySetting", "ExitChange", "ExitSetting"]


@documented
@frozen
class EntrySetting:
    """How a signal bot enters."""

    allow_multiple_entry: bool | None = None
    """Whether it may enter again in the same direction."""
    entry_type: str | None = None
    """Size: "1" as the signal says, "2" fixed margin, "3" contracts, "4" ratio of free margin, "5" of investment."""
    amt: Number | None = None
    """Amount per order, for types 2 and 3."""
    ratio: Number | None = None
    """Ratio per order, for types 4 and 5."""


@documented
@frozen
class ExitChange:
    """A change of how a signal bot takes profit and stops losses."""

    tp_sl_type: Literal["pnl", "price"] | str
    """What the ratios are of: "pnl" or "price"."""
    tp_pct: Number | None = None
    """Take-profit, as a ratio."""
    sl_pct: Number | None = None
    """Stop-loss, as a ratio."""


@documented
@frozen
class ExitSetting:
    """How a signal bot takes profit and stops losses."""

    tp_sl_type: Literal["pnl", "price"] | str | None = None
    """What the ratios are of: "pnl" or "price"."""
    tp_pct: Number | None = None
    """Take-profit, as a ratio."""
    sl_pct: Number | None = None
    """Stop-loss, as a ratio."""
