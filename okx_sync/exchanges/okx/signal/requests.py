"""What calls about signal bots take. Names are those of the wire in snake_case."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from okx_sync.rest import Number

__all__ = ["EntrySetting", "ExitChange", "ExitSetting"]


@frozen
class EntrySetting:
    """How a signal bot enters: ``entry_type`` as in ``SignalEntry``."""

    allow_multiple_entry: bool | None = None
    entry_type: str | None = None
    amt: Number | None = None
    ratio: Number | None = None


@frozen
class ExitChange:
    """A change of how a signal bot takes profit and stops losses, as ratios of profit or price."""

    tp_sl_type: Literal["pnl", "price"] | str
    tp_pct: Number | None = None
    sl_pct: Number | None = None


@frozen
class ExitSetting:
    """How a signal bot takes profit and stops losses, as ratios of profit or price."""

    tp_sl_type: Literal["pnl", "price"] | str | None = None
    tp_pct: Number | None = None
    sl_pct: Number | None = None
