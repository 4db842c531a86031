"""The other views of a book: with retail price improvement orders, and of those alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.wire_client import WireClient


@pytest.fixture
def frozen() -> Iterator[PaperExchange]:
    """Time moves only when told to."""
    with PaperExchange(clock=PaperClock(frozen=True)) as paper:
        yield paper
        assert paper.problems == []


def test_rpi_and_elp_books_fit_the_plain_one(frozen: PaperExchange) -> None:
    """Total = organic + RPI at each price of the plain book; the ELP book is exactly the difference."""
    with WireClient(frozen) as client:
        found = {}
        for channel in ("books", "books-rpi", "books-elp"):
            client.subscribe(channel, instId="BTC-USDT")
            push = client.until_push(channel)
            assert push["action"] == "snapshot"
            found[channel] = {level[0]: level for level in push["data"][0]["asks"]}
    plain, rpi, elp = found["books"], found["books-rpi"], found["books-elp"]
    assert {px: level[1] for px, level in plain.items()} == {px: level[2] for px, level in rpi.items()}
    improved = {px: Decimal(level[1]) - Decimal(level[2]) for px, level in rpi.items() if level[1] != level[2]}
    assert 20 < len(improved) < len(plain) / 2
    assert {px: Decimal(level[1]) for px, level in elp.items()} == improved


@pytest.mark.parametrize("channel", ["books-rpi", "books-elp"])
def test_updates_follow_each_other_and_end_at_the_snapshot(frozen: PaperExchange, channel: str) -> None:
    """Whoever follows the updates has what a newcomer is sent."""
    with WireClient(frozen) as client, WireClient(frozen) as newcomer:
        client.subscribe(channel, instId="ETH-USDT")
        first = client.until_push(channel)["data"][0]
        book = {side: {level[0]: level for level in first[side]} for side in ("asks", "bids")}
        last = first["seqId"]
        frozen.clock.advance(5)
        newcomer.subscribe(channel, instId="ETH-USDT")
        snapshot = newcomer.until_push(channel)["data"][0]
        while last != snapshot["seqId"]:
            row = client.until_push(channel)["data"][0]
            assert row["prevSeqId"] == last
            last = row["seqId"]
            for side in ("asks", "bids"):
                changed = {level[0]: level for level in row[side]}
                book[side] = {px: level for px, level in (book[side] | changed).items() if level[1] != "0"}
        for side in ("asks", "bids"):
            assert book[side] == {level[0]: level for level in snapshot[side]}
