"""A client learns which fields its consumers read, by every way of delivery, over a real socket."""

from __future__ import annotations

import queue
import threading
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import StreamClosed
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, until
from tests.loopback.still_exchange import BTC, TRADES, flood, trade

paper = still_exchange.still_paper
READ = {"px", "tradeId"}


class Reader:
    """Reads two fields of each trade, and notes which it found filled."""

    def __init__(self) -> None:
        self.filled: set[str] = set()
        self.prices: list[Decimal | None] = []
        self.ids: list[str | None] = []

    def __call__(self, event: Any) -> None:
        self.filled = set(vars(event))
        self.prices.append(event.px)
        self.ids.append(event.tradeId)


@pytest.mark.parametrize("way", ["callback", "inline", "iteration", "queue", "two callbacks"])
def test_what_is_read_comes_filled(paper: PaperExchange, connect: Connect, way: str) -> None:
    """Within a second or two; each event once, in order, with its own values, before and after."""
    ws, reader = connect().ws, Reader()
    if way == "callback":
        ws.subscribe_trades(BTC, lambda event: reader(event))
    elif way == "inline":
        ws.subscribe_trades(BTC, lambda event: reader(event), inline=True)
    elif way == "two callbacks":
        ws.subscribe_trades(BTC, lambda event: None)
        ws.subscribe_trades(BTC, lambda event: reader(event), name="second")
    else:
        own: queue.Queue[Any] = queue.Queue()
        sub = ws.subscribe_trades(BTC) if way == "iteration" else ws.subscribe_trades(BTC, queue=own)

        def run() -> None:
            for event in sub if way == "iteration" else iter(own.get, None):
                if isinstance(event, StreamClosed):
                    return
                reader(event)

        threading.Thread(target=run, daemon=True).start()
    sent = 0

    def comes_filled() -> bool:
        nonlocal sent
        flood(paper, TRADES, lambda number: trade(sent + number), 10)
        sent += 10
        until(lambda: len(reader.ids) == sent)
        return reader.filled == READ

    until(comes_filled)
    assert reader.ids == [str(number) for number in range(sent)]
    assert set(reader.prices) == {Decimal("65000.1")}
