"""The random market: alive, plausible, uncrossed, and the same for the same seed."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.events import TradePrinted
from okx_sync.paper.venue.random_flow import DEPTH
from okx_sync.paper.venue.venue import Venue
from tests.paper.venue.frozen_venue import NOON, SPOT, SWAP, FrozenVenue


def story(seed: int) -> list[object]:
    """Every trade and the final books of one minute of a market."""
    clock = PaperClock(NOON, frozen=True)
    venue = Venue(seed=seed, clock=clock)
    told: list[object] = []
    venue.listen(lambda event: told.append(event.row_trades) if isinstance(event, TradePrinted) else None)
    for _ in range(60):
        clock.advance(1.0)
        venue.step()
    return [*told, *(venue.book(name).levels("asks", 10) for name in venue.instruments)]


@pytest.mark.slow
def test_same_seed_same_market() -> None:
    """Seed, start and advances decide everything; another seed gives another market."""
    assert story(7) == story(7)
    assert story(7) != story(8)


def test_market_does_not_depend_on_how_often_it_is_stepped() -> None:
    """Many small steps and few larger ones lead to the same trades."""
    books = []
    for parts in (1, 50):
        clock = PaperClock(NOON, frozen=True)
        venue = Venue(clock=clock)
        for _ in range(10 * parts):
            clock.advance(1.0 / parts)
            venue.step()
        books.append([venue.book(name).levels("bids", 50) for name in venue.instruments])
    assert books[0] == books[1]


def test_market_is_alive_and_stays_in_order() -> None:
    """Over minutes every instrument trades and moves; books stay uncrossed, deep, and close to the mark price."""
    scene = FrozenVenue(quiet=False)
    for _ in range(300):
        scene.clock.advance(1.0)
        scene.venue.step()
        for name in scene.venue.instruments:
            ask, bid = scene.best(name)
            assert bid < ask
    traded = {event.instId for event in scene.taken(TradePrinted)}
    assert traded == set(scene.venue.instruments)
    for name, instrument in scene.venue.instruments.items():
        ask, bid = scene.best(name)
        mark = scene.venue.prices.mark(instrument)
        assert abs((ask + bid) / 2 - mark) < mark * Decimal("0.001")
        assert ask - bid < mark * Decimal("0.001") + instrument.tickSz * 4
        for side in ("asks", "bids"):
            rows = scene.venue.book(name).levels(side, 500)
            assert len(rows) >= DEPTH
            prices = [Decimal(row[0]) for row in rows]
            assert prices == sorted(set(prices), reverse=side == "bids")
            assert all(not price % instrument.tickSz for price in prices)
            assert all(Decimal(row[1]) > 0 and row[2] == "0" and int(row[3]) > 0 for row in rows)


def test_trades_before_the_opening() -> None:
    """A fresh market has a past: hundreds of trades, numbered without holes, oldest to newest in time."""
    scene = FrozenVenue()
    rows = scene.venue.trades(SPOT, 500)
    assert len(rows) >= 300
    numbers = [int(row["tradeId"]) for row in rows]
    assert numbers == list(range(numbers[0], numbers[0] - len(numbers), -1))
    times = [int(row["ts"]) for row in rows]
    assert times == sorted(times, reverse=True)
    assert times[0] <= NOON * 1000
    older = scene.venue.trades(SPOT, 3, after=rows[9]["tradeId"])
    assert older == rows[10:13]
    assert scene.venue.trades(SPOT, 100, before=rows[4]["tradeId"]) == rows[:4]


def test_aggregated_print_covers_its_parts() -> None:
    """One taker meeting several orders at a price is one trade row with a count, and single rows beside it."""
    scene = FrozenVenue()
    ask, _ = scene.best()
    px = str(ask - Decimal("0.1"))
    for account in (scene.alice, scene.bob):
        scene.order(account, side="sell", px=px, sz="0.1")
    scene.forget()
    scene.venue.engine.take(scene.venue.instruments[SPOT], "buy", int(Decimal(px) * 10), 15_000_000)
    (printed,) = scene.taken(TradePrinted)
    row, parts = printed.row_trades, printed.rows_trades_all
    assert (row["count"], row["sz"], row["tradeId"]) == ("2", "0.15", parts[-1]["tradeId"])
    assert [part["sz"] for part in parts] == ["0.1", "0.05"]
    assert isinstance(row["seqId"], int)
    assert "seqId" not in scene.venue.trades(SPOT, 1)[0]


def test_ticker_agrees_with_book_tape_and_candles() -> None:
    """The ticker's figures are those of the book, the last trade and the minutes of the last day."""
    scene = FrozenVenue(quiet=False)
    scene.clock.advance(90)
    scene.venue.step()
    row = scene.venue.ticker_row(SWAP)
    ask, bid = scene.best(SWAP)
    last = scene.venue.trades(SWAP, 1)[0]
    assert (Decimal(row["askPx"]), Decimal(row["bidPx"])) == (ask, bid)
    assert (row["last"], row["lastSz"]) == (last["px"], last["sz"])
    minutes = scene.venue.candles(SWAP, "1m", 1440)
    assert row["open24h"] == minutes[-1][1]
    assert Decimal(row["high24h"]) == max(Decimal(minute[2]) for minute in minutes)
    assert Decimal(row["low24h"]) == min(Decimal(minute[3]) for minute in minutes)
    assert Decimal(row["vol24h"]) == sum(Decimal(minute[5]) for minute in minutes)
    assert Decimal(row["volCcy24h"]) == sum(Decimal(minute[6]) for minute in minutes)
    midnight = scene.venue.candles(SWAP, "1Dutc", 1)[0]
    assert row["sodUtc0"] == midnight[1]


@pytest.mark.parametrize(("kind", "columns"), [("trade", 9), ("mark", 6), ("index", 6)])
def test_candle_rows(kind: str, columns: int) -> None:
    """Candles have their columns as texts; a feed gets the closing row of the old candle and then the open one."""
    scene = FrozenVenue(quiet=False)
    name = SWAP if kind == "mark" else SPOT
    scene.clock.advance(30)
    scene.venue.step()
    before = scene.venue.current_candle(name, "1m", kind)
    assert len(before) == columns
    assert before[-1] == "0"
    assert all(isinstance(cell, str) for cell in before)
    scene.clock.advance(60)
    scene.venue.step()
    closed, opened = scene.venue.latest_candles(name, "1m", int(before[0]), kind)
    assert (closed[0], closed[-1], opened[-1]) == (before[0], "1", "0")
    assert closed[4] == opened[1]
    assert int(opened[0]) == int(closed[0]) + 60_000


def test_trade_at_moves_everything() -> None:
    """After a forced trade the last, mark and index price are there, users on the way were filled at their own
    prices, and the book is whole.
    """
    scene = FrozenVenue()
    scene.order(scene.alice, SWAP, side="sell", px="65100", sz="1", clOrdId="onTheWay")
    scene.order(scene.alice, SWAP, side="sell", px="67000", sz="1", clOrdId="beyond")
    scene.venue.trade_at(SWAP, "66000", "2.5")
    assert scene.venue.ticker_row(SWAP)["last"] == "66000"
    assert scene.venue.trades(SWAP, 1)[0]["sz"] == "2.5"
    assert scene.venue.mark_price_row(SWAP)["markPx"] == "66000"
    assert scene.venue.index_ticker_row("BTC-USDT")["idxPx"] == "66000"
    states = {name: scene.venue.order_row(scene.alice, clOrdId=name) for name in ("onTheWay", "beyond")}
    assert {name: row and (row["state"], row["avgPx"]) for name, row in states.items()} == {
        "onTheWay": ("filled", "65100"),
        "beyond": ("live", ""),
    }
    scene.venue.trade_at(SWAP, "64000")
    ask, bid = scene.best(SWAP)
    assert 63_990 < bid < ask < 64_010


def test_fill_takes_a_resting_order_out_of_turn() -> None:
    """A forced fill trades one resting order at its price, partly or fully; what does not rest cannot be filled."""
    scene = FrozenVenue()
    ack = scene.order(scene.alice, px="60000", sz="0.5", clOrdId="deep")
    scene.venue.fill(clOrdId="deep", sz="0.2")
    scene.venue.fill(ordId=ack.ordId)
    assert scene.states() == ["live", "partially_filled", "filled"]
    assert {row["execType"] for row in scene.venue.fills(scene.alice)} == {"M"}
    with pytest.raises(KeyError):
        scene.venue.fill(clOrdId="deep")
    scene.order(scene.alice, px="60000", sz="0.5", clOrdId="next")
    with pytest.raises(ValueError, match="cannot fill"):
        scene.venue.fill(clOrdId="next", sz="0.6")
    assert scene.money_is_conserved()


def test_quiet_market_stands_still_and_wakes_up() -> None:
    """Without the random flow nothing trades while candles roll on; with it trading resumes, without catching up."""
    scene = FrozenVenue()
    scene.clock.advance(600)
    scene.venue.step()
    assert scene.taken(TradePrinted) == []
    assert scene.venue.current_candle(SPOT, "1m")[5] == "0"
    scene.venue.quiet(False)
    assert scene.taken(TradePrinted) == []
    scene.clock.advance(5)
    scene.venue.step()
    assert scene.taken(TradePrinted)


@pytest.mark.slow
def test_long_jump_is_cheap_and_leaves_a_sound_market() -> None:
    """A month in one step: funding was settled, candles have no hole, and the books are tight around the mark."""
    scene = FrozenVenue(quiet=False)
    settled = len(scene.venue.funding_history(SWAP, 1000))
    scene.clock.advance(30 * 24 * 3600)
    scene.venue.step()
    assert settled == len(scene.venue.funding_history(SWAP, 1000)) == 400
    hours = scene.venue.candles(SPOT, "1H", 300)
    assert [int(a[0]) - int(b[0]) for a, b in pairwise(hours)] == [3_600_000] * 299
    for name, instrument in scene.venue.instruments.items():
        ask, bid = scene.best(name)
        assert abs((ask + bid) / 2 - scene.venue.prices.mark(instrument)) < instrument.start_px * Decimal("0.001")


def test_wrong_date_does_not_stop_the_market() -> None:
    """With the exchange's date set back, trading goes on and rows carry the wrong date."""
    scene = FrozenVenue(quiet=False)
    scene.clock.skew(-30)
    scene.clock.advance(5)
    scene.venue.step()
    assert scene.taken(TradePrinted)
    assert int(scene.venue.ticker_row(SPOT)["ts"]) == int((NOON - 25) * 1000)
