"""Positions on contracts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO
from okx_sync.paper.venue.position_tiers import maintenance_rate
from okx_sync.paper.venue.wire_rules import COMMON, WireRules

#: Leverage of an instrument until the account sets another.
DEFAULT_LEVER = Decimal(10)


@dataclass(slots=True, eq=False)
class VenuePosition:
    """A swap position. ``lots`` is negative for a short; ``margin`` is used when isolated.

    The object stays after a close, with ``lots`` 0, so that ``posId`` survives a reopening.
    """

    instrument: VenueInstrument
    mgnMode: str
    posSide: str
    posId: str
    lever: Decimal = DEFAULT_LEVER
    lots: int = 0
    avg: Decimal = ZERO
    margin: Decimal = ZERO
    pnl: Decimal = ZERO
    fee: Decimal = ZERO
    funding: Decimal = ZERO
    penalty: Decimal = ZERO
    #: Of the present opening: the most lots held at once, the lots closed, and for how many coins x price.
    most: int = 0
    closed: int = 0
    closed_value: Decimal = ZERO
    #: How it was last made smaller, as ``type`` of positions-history has it, and at which mark it was liquidated.
    ending: str = ""
    trigger_px: Decimal | None = None
    was_long: bool = False
    rules: WireRules = COMMON
    tradeId: str = ""
    cTime: int = 0
    uTime: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the other positions of its account: instrument, margin mode, side."""
        return self.instrument.instId, self.mgnMode, self.posSide

    @property
    def coins(self) -> Decimal:
        """Exposure in the base currency, signed."""
        return self.instrument.coins(self.lots)

    @property
    def realized(self) -> Decimal:
        """Profit, fees and funding booked since the position was opened."""
        return self.pnl + self.fee + self.funding + self.penalty

    def upl(self, px: Decimal) -> Decimal:
        """Return the unrealised profit at a price."""
        return (px - self.avg) * self.coins if self.lots else ZERO

    @property
    def maintenance_rate(self) -> Decimal:
        """The maintenance margin as a share of the marked value, which grows with the size."""
        return maintenance_rate(self.instrument, self.lots)

    def initial(self, px: Decimal) -> Decimal:
        """Return the margin that this position ties up at a price."""
        return abs(self.coins) * px / self.lever

    def maintenance(self, px: Decimal) -> Decimal:
        """Return the margin below which it is liquidated, at a price."""
        return abs(self.coins) * px * self.maintenance_rate

    def closable(self, sign: int) -> int:
        """Return the lots that an order of this sign (+1 buy) would close rather than open."""
        return abs(self.lots) if self.lots * sign < 0 else 0
