"""An order book as one writes it by hand: sorted dicts of exact prices."""

from __future__ import annotations

import importlib
from decimal import Decimal
from typing import Any

__all__ = ["HandBook"]

Level = tuple[Decimal, Decimal]


class HandBook:
    """Both sides, best first."""

    def __init__(self) -> None:
        made: Any = importlib.import_module("sortedcontainers").SortedDict
        self.bids: Any = made(lambda price: -price)
        self.asks: Any = made()
        self._seq = -1

    def apply(self, message: dict[str, Any]) -> None:
        """Take in a snapshot or an update. Raises ``ValueError`` for a gap."""
        row = message["data"][0]
        if message["action"] == "snapshot":
            self.bids.clear()
            self.asks.clear()
        elif row["prevSeqId"] != self._seq:
            raise ValueError(f"gap: {row['prevSeqId']} does not follow {self._seq}")
        self._seq = row["seqId"]
        for side, levels in ((self.bids, row["bids"]), (self.asks, row["asks"])):
            for price, size, *_ in levels:
                if size == "0":
                    side.pop(Decimal(price), None)
                else:
                    side[Decimal(price)] = Decimal(size)

    @property
    def best_bid(self) -> Level:
        """The highest."""
        best: Level = self.bids.peekitem(0)
        return best

    @property
    def best_ask(self) -> Level:
        """The lowest."""
        best: Level = self.asks.peekitem(0)
        return best
