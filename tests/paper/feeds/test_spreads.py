"""Spread channels: a real book of three columns whose price is the difference of its legs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.wire_client import WireClient

NOON = 1_763_726_400.0
SPREAD = "BTC-USDT_BTC-USDT-SWAP"


@pytest.fixture
def frozen() -> Iterator[PaperExchange]:
    """Time moves only when told to."""
    with PaperExchange(clock=PaperClock(NOON, frozen=True), real_checksums=True) as paper:
        yield paper
        assert paper.problems == []


def best(levels: dict[str, list[str]], *, ask: bool) -> Decimal:
    """The best price of one side."""
    prices = [Decimal(px) for px in levels]
    return min(prices) if ask else max(prices)


def test_snapshot_and_updates_chain_and_never_cross(frozen: PaperExchange) -> None:
    """Deleted levels are rows of three columns, too; every update follows the one before."""
    with WireClient(frozen, "business") as client:
        client.subscribe("sprd-books-l2-tbt", sprdId=SPREAD)
        frozen.clock.advance(10)
        first, *updates = client.pushes()
        assert (first["action"], first["data"][0]["prevSeqId"]) == ("snapshot", -1)
        book = {side: {row[0]: row for row in first["data"][0][side]} for side in ("asks", "bids")}
        last = first["data"][0]["seqId"]
        deleted = 0
        for update in updates:
            (row,) = update["data"]
            assert (update["action"], row["prevSeqId"]) == ("update", last)
            last = row["seqId"]
            assert isinstance(row["checksum"], int)
            for side in ("asks", "bids"):
                for level in row[side]:
                    assert len(level) == 3
                    if level[1] == "0":
                        deleted += 1
                        del book[side][level[0]]
                    else:
                        book[side][level[0]] = level
            assert best(book["bids"], ask=False) < best(book["asks"], ask=True)
        assert len(updates) > 20
        assert deleted


def test_small_books_and_ticker_agree(frozen: PaperExchange) -> None:
    """Ticker, best bid and ask, and the five levels show one market."""
    with WireClient(frozen, "business") as client:
        for channel in ("sprd-bbo-tbt", "sprd-books5", "sprd-tickers"):
            client.subscribe(channel, sprdId=SPREAD)
        rows = {frame["arg"]["channel"]: frame["data"][0] for frame in client.pushes()}
        frozen.clock.advance(3)
        rows |= {frame["arg"]["channel"]: frame["data"][0] for frame in client.pushes()}
        frozen.clock.advance(0.2)  # what was too fast for the slower channels
        rows |= {frame["arg"]["channel"]: frame["data"][0] for frame in client.pushes()}
    ticker, top, five = rows["sprd-tickers"], rows["sprd-bbo-tbt"], rows["sprd-books5"]
    assert [len(five["asks"]), len(five["bids"]), len(top["asks"])] == [5, 5, 1]
    assert top["asks"][0] == five["asks"][0]
    assert [ticker["askPx"], ticker["askSz"]] == top["asks"][0][:2]
    assert Decimal(ticker["low24h"]) <= Decimal(ticker["last"]) <= Decimal(ticker["high24h"])


def test_the_price_is_the_difference_of_the_legs(frozen: PaperExchange) -> None:
    """Swap less index, within the reach of the random flow's orders; it may be negative."""
    with WireClient(frozen, "business") as client:
        client.subscribe("sprd-bbo-tbt", sprdId=SPREAD)
        frozen.clock.advance(5)
        row = client.pushes()[-1]["data"][0]
        mark = Decimal(frozen.venue.mark_price_row("BTC-USDT-SWAP")["markPx"])
        index = Decimal(frozen.venue.index_ticker_row("BTC-USDT")["idxPx"])
        assert abs(Decimal(row["asks"][0][0]) - (mark - index)) < 5


def test_trades_come_one_per_push_and_make_the_candle(frozen: PaperExchange) -> None:
    """Ids count on; the last price closes the open candle, which has seven columns."""
    with WireClient(frozen, "business") as client:
        client.subscribe("sprd-public-trades", sprdId=SPREAD)
        client.subscribe("sprd-candle1m", sprdId=SPREAD)
        frozen.clock.advance(20)
        frames = client.pushes()
    trades = [frame["data"] for frame in frames if frame["arg"]["channel"] == "sprd-public-trades"]
    assert all(len(rows) == 1 for rows in trades)
    numbers = [int(rows[0]["tradeId"]) for rows in trades]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    candle = [frame["data"][0] for frame in frames if frame["arg"]["channel"] == "sprd-candle1m"][-1]
    assert (len(candle), candle[-1]) == (7, "0")
    assert candle[4] in {rows[0]["px"] for rows in trades[-20:]}


def test_orders_and_their_trades(frozen: PaperExchange) -> None:
    """Live, partially filled, filled; each fill has a trade with the same id, one leg spot and one leg swap."""
    with WireClient(frozen, "business", "alice") as client:
        client.subscribe("sprd-orders", sprdId=SPREAD)
        client.subscribe("sprd-trades", sprdId=SPREAD)
        frozen.clock.advance(13)
        frames = [(frame["arg"]["channel"], frame["data"][0]) for frame in client.pushes()]
    last = [row for name, row in frames if name == "sprd-orders" and row["state"] == "filled"][-1]["ordId"]
    orders = [row for name, row in frames if name == "sprd-orders" and row["ordId"] == last]
    trades = [row for name, row in frames if name == "sprd-trades" and row["ordId"] == last]
    assert [row["state"] for row in orders] == ["live", "partially_filled", "filled"]
    assert [row["tradeId"] for row in orders[1:]] == [row["tradeId"] for row in trades]
    near, far = trades[0]["legs"]
    assert (near["szCont"], far["szCont"]) == ("", "10")
    assert Decimal(far["px"]) - Decimal(near["px"]) == Decimal(trades[0]["fillPx"])
    assert {near["side"], far["side"]} == {"buy", "sell"}
