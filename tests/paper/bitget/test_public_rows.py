"""Bitget's market data: rows, sizes in coins, and the chain of order book updates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from okx_sync.paper.feeds.book import checksum
from tests.paper.bitget.bitget_client import SWAP, V2, BitgetClient, place
from tests.paper.bitget.row_facts import V1 as V1_FIELDS
from tests.paper.bitget.row_facts import V2 as V2_FIELDS
from tests.paper.bitget.row_facts import fields

BTC = {"instId": "BTCUSDT", **V2}
MC = {"instId": "BTCUSDT", "instType": "MC"}


def test_ticker(paper: PaperExchange) -> None:
    """Every field, the price of the last trade, sizes in coins."""
    with BitgetClient(paper) as client:
        row = client.first("ticker", **BTC)[0]
        assert set(row) == fields(V2_FIELDS["ticker"])
        paper.quiet()
        paper.trade_at(SWAP, "66000", "100")
        client.until(lambda frame: frame["data"][0]["lastPr"] == "66000")
        ask = paper.venue.ticker_row(SWAP)
        row = client.first("ticker", **BTC)[0]
        assert Decimal(row["askSz"]) == Decimal(ask["askSz"]) / 100


def test_trades(paper: PaperExchange) -> None:
    """First the latest trades in one push, then each as it happens, sizes in coins; V1 has them as lists."""
    paper.quiet()
    with BitgetClient(paper) as client, BitgetClient(paper, "v1") as old:
        client.subscribe("trade", **BTC)
        first = client.until_push("trade")
        assert (first["action"], len(first["data"])) == ("snapshot", 50)
        times = [int(row["ts"]) for row in first["data"]]
        assert times == sorted(times)
        assert {len(row) for row in old.first("trade", **MC)} == {4}
        paper.trade_at(SWAP, "66000", "100")
        push = client.until(lambda frame: frame["data"][0]["price"] == "66000")
        assert push["action"] == "update"
        row = push["data"][0]
        assert set(row) == fields(V2_FIELDS["trade"])
        printed = next(one for one in paper.venue.trades(SWAP) if one["tradeId"] == row["tradeId"])
        assert Decimal(row["size"]) == Decimal(printed["sz"]) / 100
        old.until(lambda frame: frame["data"] == [[row["ts"], "66000", row["size"], row["side"]]])
        again = client.first("trade", **BTC)
        assert row in again


def test_candles(paper: PaperExchange) -> None:
    """First the latest candles in one push, oldest first, then the open one; eight columns in V2, six in V1."""
    with BitgetClient(paper) as client, BitgetClient(paper, "v1") as old:
        client.subscribe("candle1m", **BTC)
        push = client.until_push("candle1m")
        times = [int(row[0]) for row in push["data"]]
        assert len(times) == 100
        assert times == sorted(times)
        assert {len(row) for row in push["data"]} == {8}
        assert {len(row) for row in old.first("candle1m", **MC)} == {6}
        assert client.until_push("candle1m")["action"] == "update"


def test_books_are_chained(paper: PaperExchange) -> None:
    """A snapshot with `pseq` 0, then updates that begin where the one before ended; what they build is the book."""
    with BitgetClient(paper) as client:
        client.subscribe("books", **BTC)
        first = client.until_push("books")
        row = first["data"][0]
        assert set(row) == fields(V2_FIELDS["books"])
        assert (first["action"], row["pseq"], row["checksum"]) == ("snapshot", 0, 0)
        book = {side: {Decimal(px): size for px, size in row[side]} for side in ("asks", "bids")}
        last = row["seq"]
        for _ in range(8):
            push = client.until_push("books")
            update = push["data"][0]
            assert (push["action"], update["pseq"]) == ("update", last)
            last = update["seq"]
            for side, levels in book.items():
                levels |= {Decimal(px): size for px, size in update[side]}
        asks = sorted(px for px, size in book["asks"].items() if size != "0")
        bids = sorted(px for px, size in book["bids"].items() if size != "0")
        assert bids[-1] < asks[0]


@pytest.mark.parametrize("depth", [1, 5, 15])
def test_small_books_are_whole(paper: PaperExchange, depth: int) -> None:
    """`books1`, `books5` and `books15` push the whole view each time; there is no checksum."""
    with BitgetClient(paper) as client:
        client.subscribe(f"books{depth}", **BTC)
        for _ in range(3):
            push = client.until_push(f"books{depth}")
            row = push["data"][0]
            assert push["action"] == "snapshot"
            assert set(row) == fields(V2_FIELDS["books5"])
            assert (len(row["asks"]), len(row["bids"])) == (depth, depth)


def test_v1_books_have_a_real_checksum(paper: PaperExchange) -> None:
    """V1 has no numbers but the CRC32 of the best 25 levels, in snapshots and updates."""
    with BitgetClient(paper, "v1") as client:
        row = client.first("books", **MC)[0]
        assert set(row) == fields(V1_FIELDS["books"])
        book = {side: {px: [px, size] for px, size in row[side]} for side in ("asks", "bids")}
        for _ in range(5):
            update = client.until_push("books")["data"][0]
            for side, levels in book.items():
                for px, size in update[side]:
                    levels[px] = [px, size]
                    if size == "0":
                        del levels[px]
            asks = sorted(book["asks"].values(), key=lambda level: Decimal(level[0]))
            bids = sorted(book["bids"].values(), key=lambda level: -Decimal(level[0]))
            assert update["checksum"] == checksum(asks, bids) != 0


def test_gap_and_duplicate(paper: PaperExchange) -> None:
    """A lost update breaks the chain by one link; a fault is named by the wire's own symbol."""
    with BitgetClient(paper) as client:
        client.subscribe("books", **BTC)
        last = client.until_push("books")["data"][0]["seq"]
        paper.faults.gap("books", "BTCUSDT")
        while (row := client.until_push("books")["data"][0])["pseq"] == last:
            last = row["seq"]
        assert row["pseq"] > last
        paper.faults.duplicate(times=1, channel="books")
        while (again := client.until_push("books")["data"][0])["seq"] != row["seq"]:
            row = again


def test_numbers_start_again() -> None:
    """After a reset of the sequence the next update has a smaller number than its predecessor."""
    with PaperExchange(clock=PaperClock(frozen=True)) as paper, BitgetClient(paper) as client:
        client.subscribe("books", **BTC)
        last = client.until_push("books")["data"][0]["seq"]
        paper.faults.reset_sequence(SWAP)
        paper.trade_at(SWAP, "65300")
        paper.clock.advance(0.2)
        row = client.until_push("books")["data"][0]
        assert row["seq"] < row["pseq"] == last


def test_a_users_order_stands_in_the_book(paper: PaperExchange) -> None:
    """An order placed at the venue is a level of the book, in coins."""
    paper.quiet()
    with BitgetClient(paper) as client:
        client.subscribe("books", **BTC)
        px, size = client.until_push("books")["data"][0]["bids"][0]
        place(paper, "buy", "250", px)
        update = client.until(lambda frame: frame.get("action") == "update")["data"][0]
        assert update["bids"] == [[px, str(Decimal(size) + Decimal("2.5"))]]


def test_rows_of_ones_own(paper: PaperExchange) -> None:
    """A test may push what it likes, prices of 99, 100 and 1000 for instance, in the wire's envelope."""
    paper.quiet()
    with BitgetClient(paper) as client:
        arg = {"channel": "books5", **BTC}
        client.first("books5", **BTC)
        row = {"asks": [["100", "1"], ["1000", "1"]], "bids": [["99", "1"]], "seq": 1, "ts": "1"}
        assert paper.push(arg, [row]) == 1
        push = client.until(lambda frame: frame["data"] == [row])
        assert (push["action"], push["arg"]) == ("snapshot", arg)
