"""Deposits and withdrawals: money is moved at once, the records of it go on through their states.

A deposit is credited and, two paper seconds later, free to be withdrawn; a withdrawal waits and is then done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal
from weakref import WeakKeyDictionary

from okx_sync.paper.venue import events
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row

STATE_MS = 2000
CREDITED, DEPOSITED = "1", "2"
WAITING, WITHDRAWN, CALLED_BACK = "0", "2", "-2"
_CHAINS = {"BTC": "BTC-Bitcoin", "SOL": "SOL-Solana"}
#: The other wallet; an address nobody has.
_OUTSIDE = "paper-wallet-outside"


class Transfers:
    """Keeps the records of money that came from outside or went there."""

    def __init__(self, emit: Callable[[events.VenueEvent], None]) -> None:
        self._emit = emit
        self._next_id = 60_000_000
        self._waiting: list[tuple[int, str, Callable[[int], None]]] = []
        self._records: WeakKeyDictionary[VenueAccount, dict[str, Row]] = WeakKeyDictionary()

    def of(self, account: VenueAccount, *, deposits: bool) -> list[Row]:
        """Return the records of an account's deposits or withdrawals as they stand now, newest first."""
        name = "depId" if deposits else "wdId"
        return [row for row in reversed(self._records.get(account, {}).values()) if name in row]

    def moved(self, account: VenueAccount, ccy: str, amount: Decimal, ms: int, **own: str) -> Row:
        """Note that money came (or, negative, went) now; returns the record, of which `own` are fields."""
        self._next_id += 1
        row = {**self._row(account, ccy, amount, ms), **own}
        deposit = amount >= 0
        first, second = (CREDITED, DEPOSITED) if deposit else (WAITING, WITHDRAWN)
        changed = {} if deposit else {"txId": _tx(self._next_id)}

        def finish(now: int) -> None:
            self._tell(account, ccy, {**row, **changed, "state": second, "pTime": str(now)}, deposit=deposit)

        self._tell(account, ccy, {**row, "state": first}, deposit=deposit)
        self._waiting.append((ms + STATE_MS, str(self._next_id), finish))
        return row

    def run(self, ms: int) -> None:
        """Let the records go on that are due."""
        while self._waiting and self._waiting[0][0] <= ms:
            self._waiting.pop(0)[2](ms)

    def call_back(self, account: VenueAccount, record_id: str, ms: int) -> Row | None:
        """Cancel a withdrawal that is on its way; its record, or None when there is none or it has left."""
        for entry in self._waiting:
            row = self._records.get(account, {}).get(record_id)
            if entry[1] == record_id and row is not None and "wdId" in row:
                self._waiting.remove(entry)
                self._tell(account, row["ccy"], {**row, "state": CALLED_BACK, "pTime": str(ms)}, deposit=False)
                return row
        return None

    def _tell(self, account: VenueAccount, ccy: str, row: Row, *, deposit: bool) -> None:
        kind = events.Deposited if deposit else events.Withdrawn
        kept = self._records.setdefault(account, {})
        record_id = row["depId" if deposit else "wdId"]
        kept[record_id] = {**kept.get(record_id, {}), **row}
        self._emit(kind(account, ccy, row))

    def _row(self, account: VenueAccount, ccy: str, amount: Decimal, ms: int) -> Row:
        shared: Row = {
            "uid": account.uid,
            "subAcct": "",
            "pTime": str(ms),
            "ccy": ccy,
            "chain": chain_of(ccy),
            "amt": text(abs(amount)),
            "ts": str(ms),
            "areaCodeFrom": "",
        }
        own = f"paper-wallet-{account.uid}"
        if amount >= 0:
            return {
                **shared,
                "from": _OUTSIDE,
                "to": own,
                "txId": _tx(self._next_id),
                "depId": str(self._next_id),
                "fromWdId": "",
                "actualDepBlkConfirm": "2",
            }
        return {
            **shared,
            **blank("areaCodeTo tag pmtId memo txId clientId note"),
            "from": own,
            "to": _OUTSIDE,
            "nonTradableAsset": False,
            "toAddrType": "1",
            "addrEx": None,
            "fee": "0",
            "feeCcy": ccy,
            "wdId": str(self._next_id),
        }


def chain_of(ccy: str) -> str:
    """Return the one chain that a coin has here."""
    return _CHAINS.get(ccy, f"{ccy}-ERC20")


def _tx(number: int) -> str:
    """Return a transaction hash that no chain has."""
    return "0x" + hashlib.sha256(f"paper transfer {number}".encode()).hexdigest()
