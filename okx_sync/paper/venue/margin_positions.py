"""Positions of spot margin: a coin that was bought with borrowed money, or borrowed and sold.

A position holds one currency of its pair and owes the other: a long one coins and quote currency, a short one the
reverse. What backs it is counted in its margin currency. An isolated position holds its margin, too: that of a long one
is in coins, that of a short one in quote currency. Loans cost no interest here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, rounded

#: Maintenance margin as a share of what is owed.
MAINTENANCE = Decimal("0.02")
#: The taker's fee on the spot market, which liquidation costs.
TAKER = Decimal("0.001")
#: What is owed times this must be held, or the position is liquidated.
TO_LIVE = (1 + MAINTENANCE) * (1 + TAKER)


def own_ccy(instrument: VenueInstrument, side: str) -> str:
    """Return the margin currency of an isolated position that an order of a side opens."""
    return instrument.baseCcy if side == "buy" else instrument.quoteCcy


@dataclass(slots=True, eq=False)
class MarginPosition:
    """One position; flat while nothing is owed.

    ``pos`` is held, margin included, and ``liab`` owed; ``coins`` were traded for it at ``avg``. The object stays after
    the end, so that ``posId`` survives.
    """

    instrument: VenueInstrument
    mgnMode: str
    ccy: str
    posId: str
    lever: Decimal
    is_long: bool = True
    pos: Decimal = ZERO
    liab: Decimal = ZERO
    coins: Decimal = ZERO
    avg: Decimal = ZERO
    margin: Decimal = ZERO
    pnl: Decimal = ZERO
    fee: Decimal = ZERO
    #: Of the present opening: the most coins at once, those closed, and for how much.
    most: Decimal = ZERO
    closed: Decimal = ZERO
    closed_value: Decimal = ZERO
    ending: str = ""
    trigger_px: Decimal | None = None
    tradeId: str = ""
    cTime: int = 0
    uTime: int = 0

    posSide = "net"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the others of its account: instrument and margin mode, of a cross one margin currency."""
        return self.instrument.instId, self.mgnMode, self.ccy if self.mgnMode == "cross" else ""

    @property
    def is_open(self) -> bool:
        """Whether something is owed."""
        return self.liab > ZERO

    @property
    def posCcy(self) -> str:  # noqa: N802 - the exchange's own word
        """What it holds."""
        return self.instrument.baseCcy if self.is_long else self.instrument.quoteCcy

    @property
    def liabCcy(self) -> str:  # noqa: N802 - the exchange's own word
        """What it owes."""
        return self.instrument.quoteCcy if self.is_long else self.instrument.baseCcy

    @property
    def lots(self) -> int:
        """How many lots close it, as a swap's position has it: negative for a short one."""
        if not self.is_open:
            return 0
        return self._to_sell if self.is_long else -self._to_buy

    @property
    def _to_sell(self) -> int:
        return max(1, self.instrument.lots(self.pos))

    @property
    def _to_buy(self) -> int:
        """The lots to buy so that enough is left, after the fee, to give back what is owed."""
        needed = self.liab / (1 - TAKER) / self.instrument.lotSz
        return int(needed.to_integral_value(ROUND_CEILING))

    def closable(self, sign: int) -> int:
        """Return the lots that an order of this sign (+1 buy) would close rather than open."""
        return abs(self.lots) if self.lots * sign < 0 else 0

    # --- what it is worth, in its margin currency

    def worth(self, ccy: str, amount: Decimal, px: Decimal) -> Decimal:
        """Return what so much of one of the pair's currencies is worth at a price."""
        if ccy == self.ccy:
            return amount
        return amount * px if self.ccy == self.instrument.quoteCcy else amount / px

    def owed(self, px: Decimal) -> Decimal:
        """Return what is owed."""
        return self.worth(self.liabCcy, self.liab, px)

    def upl(self, px: Decimal) -> Decimal:
        """Return the unrealised profit at a price."""
        if not self.is_open:
            return ZERO
        return self.worth(self.posCcy, self.pos, px) - self.margin - self.owed(px)

    def initial(self, px: Decimal) -> Decimal:
        """Return the margin that it ties up at a price."""
        return self.owed(px) / self.lever

    def maintenance(self, px: Decimal) -> Decimal:
        """Return the margin below which it is liquidated, at a price."""
        return self.owed(px) * MAINTENANCE

    def to_live(self, px: Decimal) -> Decimal:
        """Return the maintenance margin and the fee of being liquidated."""
        return self.owed(px) * (TO_LIVE - 1)

    def isolated_ratio(self, px: Decimal) -> Decimal:
        """Return the margin ratio of an open isolated position, which needs nothing else of the account."""
        return rounded((self.margin + self.upl(px)) / self.to_live(px))

    def liquidation_px(self, backing: Decimal = ZERO) -> Decimal | None:
        """Return the mark price at which the margin ratio is 1; None where no positive price does that.

        ``backing``: what else backs it, less what that backs besides, in the margin currency; nothing when isolated.
        """
        bound = self.liab * TO_LIVE
        held, owed = self.pos, bound
        if self.ccy == self.posCcy:
            held += backing
        else:
            owed -= backing
        if held <= 0 or owed <= 0:
            return None
        return rounded(owed / held if self.is_long else held / owed)
