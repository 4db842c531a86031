"""The funding account: money that does not trade, the transfers to and from the trading account, and their bills."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from okx_sync.paper.venue.number_text import ZERO, text
from okx_sync.paper.venue.types import Row

FUNDING, TRADING = "6", "18"
_KEPT = 20_000
#: Kinds of bills: money came from, or went to, the trading account.
_CAME, _WENT = "130", "131"
#: Money was withdrawn, fee included; the withdrawal was canceled.
SENT, CALLED_OFF = "2", "13"


@dataclass(slots=True)
class FundingAccount:
    """What one account holds in its funding account. Plain state but for the bookkeeping of one movement.

    `on_the_way`: what withdrawals from here took, by their ids, fee included.
    """

    balances: dict[str, Decimal] = field(default_factory=dict)
    bills: deque[Row] = field(default_factory=lambda: deque(maxlen=_KEPT))
    transfers: deque[Row] = field(default_factory=lambda: deque(maxlen=_KEPT))
    on_the_way: dict[str, Decimal] = field(default_factory=dict)
    _next_id: int = 70_000_000

    def balance_rows(self, ccys: tuple[str, ...]) -> list[Row]:
        """Return the rows of asset/balances: of some currencies, or of all that there is something of."""
        return [
            {"ccy": ccy, "bal": text(held), "frozenBal": "0", "availBal": text(held)}
            for ccy, held in self.balances.items()
            if (ccy in ccys if ccys else held)
        ]

    def book(self, ccy: str, change: Decimal, client_id: str, ms: int, kind: str = "") -> None:
        """Add ``change`` and write the bill; without a ``kind`` it came from the trading account, or went there."""
        self.balances[ccy] = held = self.balances.get(ccy, ZERO) + change
        self._next_id += 1
        self.bills.appendleft(
            {
                "billId": str(self._next_id),
                "ccy": ccy,
                "clientId": client_id,
                "balChg": text(change),
                "bal": text(held),
                "type": kind or (_CAME if change >= 0 else _WENT),
                "notes": "",
                "ts": str(ms),
            }
        )

    def record(self, asked: Mapping[str, str]) -> Row:
        """File a transfer that was done; returns the row of asset/transfer."""
        self._next_id += 1
        row = {name: asked.get(name, "") for name in ("ccy", "clientId", "from", "amt", "to")}
        row["transId"] = str(self._next_id)
        self.transfers.appendleft(row)
        return row

    def state_of(self, trans_id: str, client_id: str) -> Row | None:
        """Return the row of asset/transfer-state, by either id; None when there was no such transfer."""
        for row in self.transfers:
            if row["transId"] == trans_id or (not trans_id and row["clientId"] == client_id):
                return {**row, "type": "0", "subAcct": "", "state": "success", "instId": "", "toInstId": ""}
        return None
