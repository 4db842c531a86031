"""The measure of order books runs, and what it feeds them is a market."""

from __future__ import annotations

import statistics
from decimal import Decimal

import pytest

from okx_sync import OrderBook
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.exchanges.okx.models import BookUpdate
from okx_sync.protocol.events import Push
from tests.benchmarks import books

MOST = 0.6


def _typed(frame: bytes) -> BookUpdate:
    push = OkxDialect().read(frame)
    assert isinstance(push, Push)
    return BookUpdate.from_wire(push.rows[0], push.message)


def test_every_update_is_of_twenty_levels_and_follows_the_one_before() -> None:
    """Ten levels a side, all taken in, the depth stays, nothing crosses, and the best prices are the market's."""
    market = books.Market(60)
    book = OrderBook("BTC-USDT")
    assert book.apply(_typed(market.snapshot())) == "snapshot"
    for _ in range(200):
        update = _typed(market.update())
        deleted = [level for level in update.bids + update.asks if level.size == 0]
        assert (len(update.bids), len(update.asks), len(deleted)) == (10, 10, 2 * books.TAKEN_OUT)
        assert book.apply(update) == "ok"
        assert (len(book.bids()), len(book.asks())) == (60, 60)
        assert book.best_bid is not None
        assert book.best_ask is not None
        assert book.best_bid.price == Decimal("64990") - Decimal(market.bids[0]) / 10
        assert book.best_ask.price == Decimal("64990") + Decimal(market.asks[0]) / 10


def test_figures_are_sane() -> None:
    """With tiny counts: all figures there, all above zero, and a snapshot takes longer than an update."""
    figures = books.run(rounds=2, updates=40)
    assert set(figures["update_us"]) == set(figures["snapshot_us"]) == set(books.PATHS)
    assert all(0 < figures["update_us"][path] < figures["snapshot_us"][path] for path in books.PATHS)
    assert set(figures["depths"]) == {"50", "400", "5000"}
    assert all(value > 0 for one in figures["depths"].values() for value in one.values())
    assert all(20 < kib < 2000 for kib in figures["memory_kib"].values())
    assert len(books.table(figures)) == 12


@pytest.mark.slow
def test_an_update_costs_half_of_what_it_costs_by_hand() -> None:
    """From the bytes into a live book, over exact numbers in two ``SortedDict``s; CPU time, in one run."""
    snapshot, *changes = books.frames(400, 400)
    ratios = []
    for _ in range(7):
        ours, theirs = (books.mean_us(path, [snapshot], changes) for path in ("bytes", "by hand"))
        ratios.append(ours / theirs)
    assert statistics.median(ratios) < MOST, ratios
