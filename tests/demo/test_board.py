"""The board: what callbacks bring becomes the picture that is drawn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync import DecodeError
from okx_sync.demo.board import Board
from okx_sync.exchanges.okx.models import Account, Candle, Order, Position, Ticker
from okx_sync.timing import Clock

SPOT = "BTC-USDT"


def board() -> Board:
    """A board for one market."""
    return Board((SPOT,), Clock())


def order(state: str, ord_id: str = "1", **words: str) -> Order:
    """An order event."""
    return Order.from_wire({"instId": SPOT, "ordId": ord_id, "state": state, "side": "buy", "sz": "2", **words})


def test_direction_follows_the_last_price() -> None:
    """Up, down, and unchanged when the price is; decimals are those of the exchange's own texts."""
    it = board()

    def see(last: str) -> tuple[int, int]:
        it.on_ticker(Ticker.from_wire({"instId": SPOT, "last": last, "bidPx": "9"}))
        (market,) = it.markets()
        return market.direction, market.places

    assert [see(last) for last in ("10", "10.25", "10.1", "10.1")] == [(0, 0), (1, 2), (-1, 2), (-1, 2)]


def test_order_counts_follow_the_stream() -> None:
    """Each order is placed once and ends once, whatever is repeated; fills and amends are counted as they come."""
    it = board()
    fill = {"tradeId": "7", "fillPx": "10", "fillSz": "1", "execType": "M"}
    story = [
        order("live"),
        order("live", amendResult="0"),
        order("partially_filled", **fill),
        order("filled", **{**fill, "tradeId": "8"}),
        order("filled"),
        order("live", "2"),
        order("canceled", "2"),
        order("live", "3", px="9"),
    ]
    for event in story:
        it.on_order(event)
    counts = it.counts()
    assert (counts.placed, counts.amended, counts.filled, counts.canceled, counts.fills) == (3, 1, 1, 1, 2)
    assert [one.ordId for one in it.orders()] == ["3"]
    assert [(note.price, note.role) for note in it.fills()] == [(Decimal(10), "maker")] * 2


def test_candles_are_bounded_and_in_order() -> None:
    """A candle replaces the one of its time; old ones are forgotten; those fetched late are put where they belong."""
    it = board()
    envelope: dict[str, Any] = {"arg": {"channel": "candle1s", "instId": SPOT}}
    for ts in [*range(300, 0, -1), 300]:
        it.on_candle(Candle.from_wire([str(ts), "1", "1", "1", str(ts), "1", "1", "1", "1"], envelope))
    (market,) = it.markets()
    times = [candle.ts for candle in market.candles]
    assert times == list(range(61, 301))


def test_money_and_positions() -> None:
    """Profit counts from the first equity; an update changes only what it carries; a position of size 0 is gone."""
    it = board()
    details = [{"ccy": "USDT", "cashBal": "5"}, {"ccy": "BTC", "cashBal": "1"}]
    it.on_account(Account.from_wire({"totalEq": "100", "details": details}))
    it.on_account(Account.from_wire({"totalEq": "98.5", "details": [{"ccy": "BTC", "cashBal": "2"}]}))
    money = it.money()
    assert money.profit_usd == Decimal("-1.5")
    assert dict(money.balances) == {"USDT": Decimal(5), "BTC": Decimal(2)}
    it.on_position(Position.from_wire({"posId": "1", "pos": "3"}))
    assert [position.pos for position in it.positions()] == [Decimal(3)]
    it.on_position(Position.from_wire({"posId": "1", "pos": "0"}))
    assert it.positions() == ()


def test_news_keep_counting_when_old_ones_are_forgotten() -> None:
    """The total goes on, so that a reader knows which lines are new; errors are news and are kept."""
    it = board()
    for number in range(100):
        it.tell(f"line {number}")
    it.on_error(DecodeError("cannot be read"))
    total, newest = it.news()
    assert total == 101
    assert newest[-1] == "error: cannot be read"
    assert len(newest) < total
    assert [str(error) for error in it.errors] == ["cannot be read"]
