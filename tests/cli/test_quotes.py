"""Quotes of any exchange, and the board that collects them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest

from okx_sync import BitgetWsClient, BybitWsClient, PaperExchange, WsClient
from okx_sync.cli.place import Exchange
from okx_sync.cli.quotes import QuoteBoard, TickerQuote, quote_of, subscribe_quotes
from okx_sync.exchanges.bitget.v3.models import V3Ticker
from okx_sync.exchanges.bybit.market.models import Ticker as BybitTicker
from okx_sync.exchanges.okx.models import Ticker as OkxTicker


def test_quotes_say_what_each_exchange_says() -> None:
    """The fields of each exchange's ticker under one set of names; what one does not tell is None, not nought."""
    okx = OkxTicker.from_wire(
        {"instId": "A", "last": "110", "open24h": "100", "bidPx": "109", "bidSz": "1", "askPx": "111", "vol24h": "7"}
    )
    assert quote_of(Exchange.okx, "A", okx) == TickerQuote(
        exchange=Exchange.okx, instrument="A", last=Decimal(110), bid=Decimal(109), bid_size=Decimal(1),
        ask=Decimal(111), change=Decimal("0.1"), volume=Decimal(7),
    )  # fmt: skip
    bybit = quote_of(
        Exchange.bybit, "A", BybitTicker.from_wire({"symbol": "A", "lastPrice": "2", "price24hPcnt": "0.5"})
    )
    assert (bybit.last, bybit.change, bybit.bid, bybit.spread) == (Decimal(2), Decimal("0.5"), None, None)
    row = {"symbol": "A", "bid1Price": "1", "bid1Size": "3", "ask1Price": "4", "ask1Size": "2", "ts": "5"}
    bitget = quote_of(Exchange.bitget, "A", V3Ticker.from_wire(row))
    assert (bitget.spread, bitget.bid_size, bitget.ask_size, bitget.ts) == (Decimal(3), Decimal(3), Decimal(2), 5)


def test_the_board_keeps_the_newest_and_counts() -> None:
    """The newest quote and the number of them; those that wait are given once, and the oldest go first."""
    board = QuoteBoard(keep=2)
    quotes = [TickerQuote(exchange=Exchange.okx, instrument="A", ts=ts) for ts in range(3)]
    for quote in quotes:
        board.take(quote)
    assert board.newest("okx:A") == (quotes[2], 3)
    assert board.newest("okx:B") == (None, 0)
    assert board.drain() == quotes[1:]
    assert board.drain() == []


@pytest.mark.parametrize("where", list(Exchange))
def test_every_exchange_tells_its_quotes(where: Exchange, exchange: PaperExchange) -> None:
    """The verb of each exchange's client, and the instrument's own name in what comes."""
    clients: dict[Exchange, Callable[[], WsClient | BybitWsClient | BitgetWsClient]] = {
        Exchange.okx: lambda: WsClient(exchange.public_config),
        Exchange.bybit: lambda: BybitWsClient(exchange.bybit_config()),
        Exchange.bitget: lambda: BitgetWsClient(exchange.bitget_config()),
    }
    name = "BTC-USDT" if where is Exchange.okx else "BTCUSDT"
    came: list[TickerQuote] = []
    some = threading.Event()

    def take(quote: TickerQuote) -> None:
        came.append(quote)
        some.set()

    with clients[where]() as ws:
        group = subscribe_quotes(where, ws, [name], take)
        assert some.wait(10)
        assert not group.refused
    assert came[0].name == f"{where}:{name}"
    assert came[0].last is not None
