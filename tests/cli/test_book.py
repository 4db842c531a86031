"""``okx-sync book``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from okx_sync import PaperExchange
from tests.cli.conftest import Done


def test_the_ladder(screen_of: Callable[..., tuple[int, list[str]]]) -> None:
    """On a terminal: asks above bids, each with size and bar, and the spread in the title."""
    code, screen = screen_of("book", "BTC-USDT", "--depth", "3", "--seconds", "1")
    assert code == 0
    assert screen[0].startswith("okx:BTC-USDT")
    assert "spread" in screen[0]
    rows = [line.split() for line in screen[2:8]]
    prices = [Decimal(row[1].replace(",", "")) for row in rows]
    assert prices == sorted(prices, reverse=True)
    assert all(set(row[2]) == {"█"} for row in rows)


@pytest.mark.parametrize("name", ["bybit:BTCUSDT", "bitget:BTCUSDT"])
def test_json(name: str, run: Callable[..., Done]) -> None:
    """Each document is a whole book of one moment, best levels first."""
    done = run("book", name, "--depth", "2", "--seconds", "0.5", "--json")
    assert done.code == 0, done.err
    last = done.documents[-1]
    assert (last["instrument"], last["valid"]) == (name, True)
    (bid, _), (ask, _) = last["bids"][0], last["asks"][0]
    assert Decimal(bid) < Decimal(ask)
    assert len(last["bids"]) == len(last["asks"]) == 2


def test_a_book_that_is_not_valid_is_not_shown(exchange: PaperExchange, run: Callable[..., Done]) -> None:
    """While nothing may be missing it shows the book; without a snapshot it ends with exit code 1 and says so."""
    exchange.faults.no_ack()
    done = run("book", "NO-PE", "--seconds", "1")
    assert done.code == 1
    assert "NO-PE" in done.err or "agree" in done.err
