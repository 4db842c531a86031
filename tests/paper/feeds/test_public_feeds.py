"""What the channels push, and when: books, candles, tickers, trades, account data."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.wire_client import RestClient, WireClient

Book = dict[str, dict[str, list[str]]]


@pytest.fixture
def frozen() -> Iterator[PaperExchange]:
    """An exchange whose time moves only when told to, and with real checksums."""
    with PaperExchange(clock=PaperClock(frozen=True), real_checksums=True) as paper:
        yield paper
        assert paper.problems == []


def applied(book: Book, row: dict[str, Any]) -> Book:
    """A book after an update, by the rules of the exchange's documentation."""
    result = {side: dict(book[side]) for side in ("asks", "bids")}
    for side, levels in result.items():
        for level in row[side]:
            if level[1] == "0":
                assert levels.pop(level[0], None) is not None, "deleted a level that was not there"
            else:
                levels[level[0]] = level
    return result


def sides(book: Book) -> tuple[list[list[str]], list[list[str]]]:
    """Asks and bids, best first."""
    asks = sorted(book["asks"].values(), key=lambda level: float(level[0]))
    bids = sorted(book["bids"].values(), key=lambda level: -float(level[0]))
    return asks, bids


def crc(book: Book) -> int:
    """The checksum, computed here a second time."""
    asks, bids = sides(book)
    text: list[str] = []
    for index in range(25):
        for side in (bids, asks):
            text += side[index][:2] if index < len(side) else []
    value = zlib.crc32(":".join(text).encode())
    return value - (1 << 32) if value >= 1 << 31 else value


@pytest.mark.parametrize("channel", ["books", "books-l2-tbt", "books50-l2-tbt"])
def test_snapshot_and_updates_make_the_same_book(frozen: PaperExchange, channel: str) -> None:
    """Updates chain by prevSeqId, never cross the book, fit their checksum, and end at the venue's book."""
    with WireClient(frozen, "public", "alice") as client:
        client.subscribe(channel, instId="BTC-USDT")
        push = client.until_push(channel)
        first = push["data"][0]
        assert (push["action"], first["prevSeqId"]) == ("snapshot", -1)
        book = {side: {level[0]: level for level in first[side]} for side in ("asks", "bids")}
        last = first["seqId"]
        for _ in range(30):
            frozen.clock.advance(0.3)
            frozen.push({"channel": channel, "instId": "BTC-USDT"}, [{"mark": 1}])
            while "mark" not in (row := client.until_push(channel)["data"][0]):
                assert row["prevSeqId"] == last
                book, last = applied(book, row), row["seqId"]
                assert row["checksum"] == crc(book)
        asks, bids = sides(book)
        depth = 50 if channel.startswith("books50") else 400
        venue_book = frozen.venue.book("BTC-USDT")
        assert asks == venue_book.levels("asks", depth)
        assert bids == venue_book.levels("bids", depth)
        assert float(bids[0][0]) < float(asks[0][0])


def test_late_subscriber_gets_a_snapshot_that_the_next_update_follows(frozen: PaperExchange) -> None:
    """Two connections with the same book see the same chain, whenever they came."""
    with WireClient(frozen) as one, WireClient(frozen) as two:
        one.subscribe("books", instId="BTC-USDT")
        one.until_push("books")
        frozen.clock.advance(0.31)
        two.subscribe("books", instId="BTC-USDT")
        snapshot = two.until_push("books")["data"][0]
        frozen.clock.advance(1)
        update = two.until_push("books")
        assert update["action"] == "update"
        assert update["data"][0]["prevSeqId"] == snapshot["seqId"]


def test_checksum_is_zero_by_default(paper: PaperExchange) -> None:
    """As on the live exchange since 2026, the checksum field is there and says 0."""
    with WireClient(paper) as client:
        client.subscribe("books", instId="BTC-USDT")
        assert client.until_push("books")["data"][0]["checksum"] == 0


def test_keep_alive_after_a_minute_without_change(frozen: PaperExchange) -> None:
    """A book that stands still repeats its sequence number with empty sides each 60 seconds."""
    frozen.quiet()
    with WireClient(frozen) as client:
        client.subscribe("books", instId="BTC-USDT")
        last = client.until_push("books")["data"][0]["seqId"]
        frames = []
        for _ in range(5):
            frozen.clock.advance(25)
            client.send("ping")
            while (frame := client.recv()) != "pong":
                frames.append(frame)
        assert [frame["action"] for frame in frames] == ["update", "update"]
        for frame in frames:
            row = frame["data"][0]
            assert (row["asks"], row["bids"], row["prevSeqId"], row["seqId"]) == ([], [], last, last)


def test_small_books_are_whole_each_time(paper: PaperExchange) -> None:
    """`books5` and `bbo-tbt` push full views without an action; only books5 names its instrument in the row."""
    with WireClient(paper) as client:
        client.subscribe("books5", instId="BTC-USDT")
        push = client.until_push("books5")
        assert "action" not in push
        assert push["data"][0]["instId"] == "BTC-USDT"
        assert len(push["data"][0]["asks"]) == len(push["data"][0]["bids"]) == 5
        client.subscribe("bbo-tbt", instId="BTC-USDT")
        row = client.until_push("bbo-tbt")["data"][0]
        assert len(row["asks"]) == 1
        assert set(row) == {"asks", "bids", "ts", "seqId"}


def test_rest_book_carries_the_same_sequence(frozen: PaperExchange) -> None:
    """`seqId` of `market/books` lies on the chain of the channel, so a client can join them."""
    frozen.quiet()
    with WireClient(frozen) as client, RestClient(frozen) as rest:
        client.subscribe("books", instId="BTC-USDT")
        seq = client.until_push("books")["data"][0]["seqId"]
        row = rest.get("market/books", instId="BTC-USDT", sz="400").json()["data"][0]
        assert row["seqId"] == seq


def test_tickers_on_change_only_and_at_most_each_100_ms(frozen: PaperExchange) -> None:
    """The first ticker comes at once, then only changes, not more than ten a second."""
    with WireClient(frozen) as client:
        client.subscribe("tickers", instId="BTC-USDT")
        client.until_push("tickers")
        frozen.quiet()
        before = frozen.pushed[1, "tickers(instId=BTC-USDT)"]
        frozen.clock.advance(5)
        assert frozen.pushed[1, "tickers(instId=BTC-USDT)"] - before <= 1
        frozen.quiet(False)
        before = frozen.pushed[1, "tickers(instId=BTC-USDT)"]
        frozen.clock.advance(2)
        assert 1 <= frozen.pushed[1, "tickers(instId=BTC-USDT)"] - before <= 21


def test_open_candles_then_the_closed_one(frozen: PaperExchange) -> None:
    """At most one push a second while open (`confirm` 0); the last row of a candle has `confirm` 1."""
    with WireClient(frozen, "business") as client:
        client.subscribe("candle1m", instId="BTC-USDT")
        opened = client.until_push("candle1m")["data"][0]
        assert (len(opened), opened[8]) == (9, "0")
        frozen.clock.advance(61)
        closed = client.until(lambda frame: frame["data"][0][8] == "1")["data"][0]
        assert closed[0] == opened[0]
        following = client.until_push("candle1m")["data"][0]
        assert following[0] == str(int(opened[0]) + 60_000)
        assert frozen.pushed[1, "candle1m(instId=BTC-USDT)"] <= 64


@pytest.mark.parametrize(("channel", "columns"), [("mark-price-candle1m", 6), ("index-candle1H", 6), ("candle1s", 9)])
def test_candle_columns(paper: PaperExchange, channel: str, columns: int) -> None:
    """Mark and index candles have no volumes."""
    with WireClient(paper, "business") as client:
        client.subscribe(channel, instId="BTC-USDT")
        row = client.until_push(channel)["data"][0]
        assert (len(row), row[-1]) == (columns, "0")


def test_trades_and_trades_all_tell_the_same(frozen: PaperExchange) -> None:
    """`trades` aggregates per taker order and price (`count`); `trades-all` has one push per trade."""
    with WireClient(frozen) as public, WireClient(frozen, "business") as business:
        public.subscribe("trades", instId="BTC-USDT")
        business.subscribe("trades-all", instId="BTC-USDT")
        frozen.clock.advance(20)
        for client, channel in ((public, "trades"), (business, "trades-all")):
            assert frozen.push({"channel": channel, "instId": "BTC-USDT"}, [{"end": 1}])
            rows = []
            while "end" not in (row := client.until_push(channel)["data"][0]):
                rows.append(row)
            if channel == "trades":
                total, last = sum(int(row["count"]) for row in rows), rows[-1]["tradeId"]
                assert all(isinstance(row["seqId"], int) for row in rows)
        assert (len(rows), rows[-1]["tradeId"]) == (total, last)
        assert not {"count", "seqId"} & set(rows[0])


@pytest.mark.parametrize(
    ("channel", "arg", "field"),
    [
        ("mark-price", {"instId": "BTC-USDT-SWAP"}, "markPx"),
        ("index-tickers", {"instId": "BTC-USDT"}, "idxPx"),
        ("funding-rate", {"instId": "BTC-USDT-SWAP"}, "fundingRate"),
        ("open-interest", {"instId": "BTC-USDT-SWAP"}, "oi"),
        ("price-limit", {"instId": "BTC-USDT-SWAP"}, "buyLmt"),
        ("status", {}, "serviceType"),
    ],
)
def test_first_row_comes_at_once(frozen: PaperExchange, channel: str, arg: dict[str, str], field: str) -> None:
    """State channels push their current row right after the ack."""
    with WireClient(frozen) as client:
        client.subscribe(channel, **arg)
        push = client.recv()
        assert push["arg"] == {"channel": channel, **arg}
        assert field in push["data"][0]


def test_mark_price_repeats_every_ten_seconds(frozen: PaperExchange) -> None:
    """Without a change the mark price comes again after 10 s."""
    frozen.quiet()
    with WireClient(frozen) as client:
        client.subscribe("mark-price", instId="BTC-USDT-SWAP")
        client.recv()
        frozen.clock.advance(10.5)
        assert client.recv()["data"][0]["markPx"]


def test_instruments_push_changes_only(frozen: PaperExchange) -> None:
    """No list at first; a changed rule is pushed to those who asked for its type."""
    with WireClient(frozen) as client:
        client.subscribe("instruments", instType="SWAP")
        frozen.venue.change_instrument("BTC-USDT", state="suspend")
        frozen.venue.change_instrument("BTC-USDT-SWAP", state="suspend")
        row = client.recv()["data"][0]
        assert (row["instId"], row["state"]) == ("BTC-USDT-SWAP", "suspend")


def test_status_change_is_pushed(frozen: PaperExchange) -> None:
    """A new maintenance record reaches everyone."""
    with WireClient(frozen) as client:
        client.subscribe("status")
        client.recv()
        frozen.venue.set_status(state="ongoing")
        assert client.recv()["data"][0]["state"] == "ongoing"
