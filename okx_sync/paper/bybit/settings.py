"""What an account has set on Bybit's wire, and its records that no other wire has."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import BYBIT, BYBIT_MOVES, WireRules

_NAME = "bybit"


@dataclass(slots=True)
class BybitSettings:
    """One account's; everything starts as on a new unified account.

    `margin_mode` is the mode of new orders; `limit_prices`: whether prices beyond the band are moved, by product.
    """

    margin_mode: str = "REGULAR_MARGIN"
    spot_hedging: str = "OFF"
    spot_margin: bool = False
    spot_leverage: dict[str, Decimal] = field(default_factory=dict)
    delta_mode: bool = False
    limit_prices: dict[str, bool] = field(default_factory=lambda: {"spot": False, "futures": True})
    not_collateral: set[str] = field(default_factory=set)
    auto_margin: set[tuple[str, int]] = field(default_factory=set)
    dcp: dict[str, int] = field(default_factory=dict)
    mmp: dict[str, dict[str, str]] = field(default_factory=dict)
    updated_ms: int = 0
    transfers: list[Row] = field(default_factory=list)
    universal: list[Row] = field(default_factory=list)
    deposits: list[Row] = field(default_factory=list)
    withdrawals: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_isolated(self) -> bool:
        """Whether positions have margins of their own."""
        return self.margin_mode == "ISOLATED_MARGIN"


def rules_of(account: VenueAccount, instrument: VenueInstrument) -> WireRules:
    """Return the rules that an account's orders on an instrument are under: it chooses what becomes of far prices."""
    moves = settings_of(account).limit_prices["futures" if instrument.is_swap else "spot"]
    return BYBIT_MOVES if moves else BYBIT


def settings_of(account: VenueAccount) -> BybitSettings:
    """Return an account's settings; made on first use."""
    found = account.of_wires.get(_NAME)
    if not isinstance(found, BybitSettings):
        found = account.of_wires[_NAME] = BybitSettings()
    return found
