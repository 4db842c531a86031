"""The grid bot on three exchanges: what it leaves in the book, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okx_sync import OkxClient, PaperExchange
from tests.loopback.conftest import until
from tests.samples.program import PATIENCE_S, keys, started

SWAP = "BTC-USDT-SWAP"
STEP = Decimal(20)
BOTS = {"OKX": "grid_bot.py", "BYBIT": "grid_on_bybit.py", "BITGET": "grid_on_bitget.py"}
PLACES = {"OKX": "order", "BYBIT": "order.create", "BITGET": "place-order"}


class Book:
    """What the bot has in the book, by OKX's REST, which sees the orders of all three wires."""

    def __init__(self, exchange: PaperExchange, rest: OkxClient) -> None:
        self.exchange, self.rest = exchange, rest
        ticker = rest.get_ticker(SWAP)
        assert ticker.bidPx is not None
        assert ticker.askPx is not None
        self.start = (ticker.bidPx + ticker.askPx) / 2 // STEP * STEP

    def levels(self) -> list[tuple[str | None, Decimal]]:
        """Side of each open order, and how many steps from the start it is, by price."""
        rows = self.rest.get_orders_pending(inst_id=SWAP)
        return sorted(((row.side, ((row.px or 0) - self.start) / STEP) for row in rows), key=lambda one: one[1])

    def is_around(self, center: int) -> bool:
        """Tell whether there is a whole grid around a level: four orders below, four above, and none at it."""
        below = [("buy", Decimal(center - away)) for away in (4, 3, 2, 1)]
        return self.levels() == [*below, *(("sell", Decimal(center + away)) for away in (1, 2, 3, 4))]

    def wait_around(self, center: int) -> None:
        until(lambda: self.is_around(center), PATIENCE_S, what=f"a grid around {center}")


@pytest.fixture
def book() -> Iterator[Book]:
    """Of a market that moves when it is told to."""
    with PaperExchange(flow_per_s=0) as exchange, OkxClient(exchange.config) as rest:
        yield Book(exchange, rest)
        assert exchange.problems == []


@pytest.mark.parametrize("name", BOTS)
def test_a_drop_a_lost_answer_and_a_kill_leave_one_order_at_each_level(book: Book, name: str, tmp_path: Path) -> None:
    """On each exchange the same: fills are answered once, nothing is sent twice, and Ctrl-C leaves nothing behind."""
    exchange, place = book.exchange, keys(book.exchange, prefix=name)
    exchange.faults.refuse_op("51008" if name == "OKX" else "10001" if name == "BYBIT" else "40762", op=PLACES[name])
    with started(BOTS[name], tmp_path, **place) as bot:
        bot.wait_for("OkxApiError")
        exchange.faults.lose_reply(PLACES[name])
        book.wait_around(0)
        assert bot.said("OrderStatusUnknown")
        exchange.faults.drop()
        exchange.trade_at(SWAP, book.start - STEP)  # fills the highest buy while nobody listens
        book.wait_around(-1)
        bot.kill()
    exchange.trade_at(SWAP, book.start)  # fills the answer to it: the next run has to know that from the journal
    exchange.trade_at(SWAP, book.start - 15)  # by the price alone it would begin a step lower
    with started(BOTS[name], tmp_path, **place) as bot:
        book.wait_around(0)
        assert bot.interrupt() == 0
        assert bot.said("no order is left open")
    assert book.levels() == []
