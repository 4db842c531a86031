"""What the tests of live books share: books that are valid, and an exchange whose pushes the test makes itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from okx_sync import OrderBook
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import PATIENCE_S, Watched
from tests.loopback.still_exchange import BTC

BOOKS = {"channel": "books", "instId": BTC}
TOPIC = f"books(instId={BTC})"
Rows = Sequence[Sequence[str]]


def asked(paper: PaperExchange, topic: str = TOPIC) -> int:
    """How often the topic was subscribed, over all connections."""
    return sum(connection.asked[topic] for connection in paper.connections)


def open_book(watched: Watched, inst_id: str = BTC, channel: str = "books") -> OrderBook:
    """A book that is valid."""
    book = watched.ws.order_book(inst_id, channel)
    assert book.wait_valid(PATIENCE_S)
    return book


class Venue:
    """Pushes updates of our own on the ``books`` topic and keeps the book that should come of them.

    The exchange itself stands still, so that what it sends on a resubscribe is the book as it began.
    """

    def __init__(self, paper: PaperExchange, book: OrderBook) -> None:
        start = book.snapshot()
        self.paper = paper
        self.seq = self.first = start.seq or 0
        self.sides = tuple({level.price: level.size for level in side} for side in (start.bids(), start.asks()))

    def send(self, bids: Rows = (), asks: Rows = (), *, step: int = 1, before: int | None = None, **more: Any) -> int:
        """One update; ``before`` names another predecessor than the right one. Returns its number."""
        for side, rows in zip(self.sides, (bids, asks), strict=True):
            for price, size in rows:
                side[Decimal(price)] = Decimal(size)
                if not Decimal(size):
                    del side[Decimal(price)]
        previous, self.seq = self.seq if before is None else before, self.seq + step
        wire = [[[px, sz, "0", "1"] for px, sz in rows] for rows in (bids, asks)]
        row = {"bids": wire[0], "asks": wire[1], "ts": "1700000000000", "checksum": 0}
        row |= {"prevSeqId": previous, "seqId": self.seq, **more}
        self.paper.push(BOOKS, [row], action="update")
        return self.seq

    def lose(self) -> None:
        """An update that never arrives."""
        self.seq += 1

    def agrees(self, book: OrderBook) -> bool:
        """Whether the book is what it should be."""
        taken = book.snapshot()
        bids, asks = self.sides
        return (
            [(level.price, level.size) for level in taken.bids()] == sorted(bids.items(), reverse=True)
            and [(level.price, level.size) for level in taken.asks()] == sorted(asks.items())
        )  # fmt: skip


def reaches(book: OrderBook, seq: int) -> bool:
    """Wait until the book stands at a number."""
    return book.wait_until(lambda b: b.valid and b.seq == seq, PATIENCE_S)
