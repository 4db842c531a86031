"""The paper exchange plays a recording: a client that listens to it gets what a replaying client gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from okx_sync import BitgetWsClient, BybitWsClient, Recording, WsClient
from okx_sync.clients.replayed import BitgetReplayClient, BybitReplayClient, ReplayClient
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, until

_Make = Callable[[PaperExchange], Any]
WIRES: list[tuple[str, _Make, type[Any], str]] = [
    ("okx", lambda paper: WsClient(paper.config, options=FAST), ReplayClient, "BTC-USDT"),
    ("bybit", lambda paper: BybitWsClient(paper.bybit_config(), options=FAST), BybitReplayClient, "BTCUSDT"),
    ("bitget", lambda paper: BitgetWsClient(paper.bitget_config("v2"), options=FAST), BitgetReplayClient, "BTCUSDT"),
    (
        "bitget v3",
        lambda paper: BitgetWsClient(paper.bitget_config("v3", account="carol"), options=FAST),
        BitgetReplayClient,
        "BTCUSDT",
    ),
]


class Listener:
    """What a client hears of trades, tickers, a book and the account's orders."""

    def __init__(self, client: Any, instrument: str) -> None:
        self.heard: dict[str, list[Any]] = {}
        for verb in ("subscribe_tickers", "subscribe_ticker", "subscribe_trades", "subscribe_trade"):
            self._follow(client, verb, instrument)
        for verb in ("subscribe_books", "subscribe_orderbook"):
            self._follow(client, verb, instrument)
            if f"{verb}" in self.heard:
                break
        self._follow(client, "subscribe_orders", *(["ANY"] if isinstance(client, WsClient) else []))

    def _follow(self, client: Any, verb: str, *args: str) -> None:
        if (subscribe := getattr(client, verb, None)) is not None:
            self.heard[verb] = []
            subscribe(*args, callback=self.heard[verb].append, inline=True)


@pytest.mark.parametrize(("name", "make", "replay", "instrument"), WIRES, ids=[one[0] for one in WIRES])
def test_listening_equals_replaying(
    paper: PaperExchange, tmp_path: Path, name: str, make: _Make, replay: type[Any], instrument: str
) -> None:
    """Each object to its last digit and in its order, account data included, over a socket as from the files.

    Who subscribes a book when it is over gets it as it was then.
    """
    with make(paper) as client, client.record(tmp_path, flush_s=0.05):
        live = Listener(client, instrument)
        options = {"td_mode": "cash"} if name == "okx" else {}
        size = "0.01" if name == "okx" else "0.1"
        client.orders.place(instrument, "sell", size, order_type="market", **options)
        until(lambda: all(len(heard) > 3 for verb, heard in live.heard.items() if verb != "subscribe_orders"))
        until(lambda: live.heard["subscribe_orders"])
    with replay(tmp_path, speed="max") as player:
        replayed = Listener(player, instrument)
        book = player.order_book(instrument)
        assert player.play(20)
        levels = book.bids(5), book.asks(5)
    assert all(replayed.heard.values())
    recording = Recording(tmp_path)
    with PaperExchange(play=recording, play_speed="max") as playing, make(playing) as client:
        played = Listener(client, instrument)
        playing.play_start()
        assert playing.wait_played()
        until(lambda: all(len(played.heard[verb]) >= len(heard) for verb, heard in replayed.heard.items()))
        assert played.heard == replayed.heard
        with make(playing) as late:
            book = late.order_book(instrument)
            until(lambda: book.valid)
            assert (book.bids(5), book.asks(5)) == levels
        assert playing.problems == []
