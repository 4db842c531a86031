"""Insurance funds: they pay what liquidated accounts cannot, and say how near auto-deleveraging is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.types import Row

NORMAL, WARNING, ADL = STATES = ("normal", "warning", "adl")
#: How long a fund stays alarmed after a liquidation, in ms of paper time.
ALARM_MS = 60_000
START = Decimal(5_000_000)


class VenueInsuranceFund:
    """The fund of one family of contracts."""

    def __init__(self, instType: str, family: str) -> None:
        self.instType = instType
        self.family = family
        self.balance = START
        self._state = NORMAL
        self._until: int | None = None

    def state(self, ms: int) -> str:
        """Return ``normal``, ``warning`` (somebody was liquidated) or ``adl`` (the fund had to pay)."""
        return NORMAL if self._until is not None and ms >= self._until else self._state

    def alarm(self, state: str, ms: int | None) -> None:
        """Raise the alarm, for `ALARM_MS` from ``ms``, or with None until it is changed again."""
        self._state, self._until = state, None if ms is None else ms + ALARM_MS

    def row(self, ms: int) -> Row:
        """Return the row of the ``adl-warning`` channel; retired fields are there and empty."""
        return {
            **blank("instType instFamily state bal ccy maxBal maxBalTs adlType adlBal adlRecBal ts"),
            **blank("decRate adlRate adlRecRate"),
            "instType": self.instType,
            "instFamily": self.family,
            "state": self.state(ms),
            "bal": text(self.balance),
            "ts": str(ms),
        }


class InsuranceFunds:
    """The funds of all families."""

    def __init__(self, families: Iterable[tuple[str, str]]) -> None:
        """Make the funds of ``families``: (instType, family) pairs."""
        self.funds = {family: VenueInsuranceFund(instType, family) for instType, family in families}

    def liquidated(self, family: str, paid: Decimal, ms: int) -> None:
        """Note a liquidation, and what the fund paid for it."""
        fund = self.funds[family]
        fund.balance -= paid
        fund.alarm(ADL if paid > 0 else WARNING, ms)
