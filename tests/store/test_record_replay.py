"""What was recorded is played as it came: the same objects in the same order, through losses and changes of sockets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from okx_sync import (
    BitgetWsClient,
    BybitWsClient,
    ConfigError,
    ReadOnlyError,
    StreamClosed,
    SubscriptionError,
    WsClient,
)
from okx_sync.clients.replayed import BitgetReplayClient, BybitReplayClient, ReplayClient
from okx_sync.exchanges.okx.models import BookUpdate, Trade
from okx_sync.paper import PaperExchange
from okx_sync.state_event import StateEvent
from okx_sync.store.recording import Recording
from tests.loopback.conftest import FAST, until

_Client = Any


def okx(paper: PaperExchange) -> _Client:
    return WsClient(paper.config, options=FAST)


def bybit(paper: PaperExchange) -> _Client:
    return BybitWsClient(paper.bybit_config(), options=FAST)


def bitget_v2(paper: PaperExchange) -> _Client:
    return BitgetWsClient(paper.bitget_config("v2"), options=FAST)


def bitget_v3(paper: PaperExchange) -> _Client:
    return BitgetWsClient(paper.bitget_config("v3", account="carol"), options=FAST)


WIRES: list[tuple[Callable[[PaperExchange], _Client], type[Any], str]] = [
    (okx, ReplayClient, "BTC-USDT"),
    (bybit, BybitReplayClient, "BTCUSDT"),
    (bitget_v2, BitgetReplayClient, "BTCUSDT"),
    (bitget_v3, BitgetReplayClient, "BTCUSDT"),
]


class Followed:
    """What one client told of tickers, trades and a book, each as it came."""

    def __init__(self, client: _Client, instrument: str) -> None:
        self._client = client
        self.events: list[Any] = []
        self.states: list[str] = []
        client.on_state(self._state)
        for name in ("subscribe_ticker", "subscribe_tickers", "subscribe_trade", "subscribe_trades"):
            if (verb := getattr(client, name, None)) is not None:  # each exchange has its own two of them
                verb(instrument, callback=self.events.append, inline=True)
        self.book = client.order_book(instrument)
        self.positions = client.positions

    def _state(self, event: StateEvent) -> None:
        if event.kind in ("lost", "restored"):
            self.states.append(f"{event.path} {event.kind}")

    def ask_last(self, other: str) -> None:
        """Ask for something whose answer comes behind all that was pushed before."""
        verb = getattr(self._client, "subscribe_tickers", None) or self._client.subscribe_ticker
        verb(other)

    def levels(self) -> tuple[Any, ...]:
        """The book at this moment, and how often it was made anew."""
        return tuple(self.book.bids(5, stale_ok=True)), tuple(self.book.asks(5, stale_ok=True))


@pytest.mark.parametrize(("make", "replay", "instrument"), WIRES, ids=lambda one: getattr(one, "__name__", None))
def test_a_replay_equals_what_was_live(
    paper: PaperExchange, tmp_path: Path, make: Callable[[PaperExchange], _Client], replay: type[Any], instrument: str
) -> None:
    """Each object to its last digit, the book's levels, and the losses between them; twice the same."""
    with make(paper) as client, client.record(tmp_path, flush_s=0.05) as recorder:
        live = Followed(client, instrument)
        until(lambda: live.book.valid and len(live.events) > 5)
        before = len(live.events)
        paper.faults.drop()
        until(
            lambda: (
                {"public restored", "private restored"} <= {*live.states}
                and live.book.valid
                and len(live.events) > before + 5
            )
        )
        paper.quiet()
        paper.clock.freeze()  # nothing is pushed any more
        live.ask_last(instrument.replace("BTC", "ETH"))
        client.close()
        levels = live.levels()
    assert recorder.stats.missed == 0
    assert recorder.is_stopped
    for _ in range(2):
        with replay(tmp_path, speed="max") as player:
            played = Followed(player, instrument)
            assert player.play(20)
            until(lambda played=played: len(played.states) == len(live.states))  # type: ignore[misc]
            # A recording may also hold what came while the client was being closed.
            assert played.events[: len(live.events)] == live.events
            assert len(played.events) <= len(live.events) + 3
            assert played.levels() == levels
            assert sorted(played.states) == sorted(live.states)
            assert played.positions.synced or "and not what REST was asked" in str(played.positions.unsynced_reason)
            assert player.clock.time() == pytest.approx(recorder_end(tmp_path))


def recorder_end(folder: Path) -> float:
    last = Recording(folder).stats().last
    assert last is not None
    return last.timestamp()


def test_a_change_of_sockets_leaves_no_trace(paper: PaperExchange, tmp_path: Path) -> None:
    """A recording holds the messages of both sockets; each trade and change is played once, and none is left out."""
    options = attrs.evolve(FAST, rotate_s=0.4)
    with WsClient(paper.config, options=options) as client, client.record(tmp_path):
        states: list[StateEvent] = []
        client.on_state(states.append)
        live: list[Any] = []
        client.subscribe_trades("BTC-USDT", callback=live.append, inline=True)
        client.subscribe_books("BTC-USDT", callback=live.append, inline=True)
        until(lambda: sum(event.kind == "replaced" for event in states) >= 3 and len(live) > 20)
        paper.quiet()
        paper.clock.freeze()  # nothing is pushed any more
        client.subscribe_tickers("ETH-USDT")  # whose answer comes behind all that was pushed before
        client.close()
    with ReplayClient(tmp_path, speed="max") as player:
        played: list[Any] = []
        player.subscribe_trades("BTC-USDT", callback=played.append, inline=True)
        player.subscribe_books("BTC-USDT", callback=played.append, inline=True)
        assert player.play(20)
    assert _of(played, Trade) == _of(live, Trade)
    # A book that stood still meanwhile may be given the snapshot of the new socket, which says the same.
    assert _changes(played) == _changes(live)


def _of(events: list[Any], kind: type[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def _changes(events: list[Any]) -> list[BookUpdate]:
    """The pushes of a book without those that repeat the state that is there."""
    found: list[BookUpdate] = []
    for update in _of(events, BookUpdate):
        if not found or update.seqId != found[-1].seqId or update.prevSeqId == found[-1].prevSeqId:
            found.append(update)
    return found


def test_readers_without_callbacks_come_to_the_end(paper: PaperExchange, tmp_path: Path) -> None:
    """An iteration ends with the recording; nothing is left out at any speed, as the player waits for its readers."""
    with WsClient(paper.config, options=FAST) as client, client.record(tmp_path):
        seen: list[Any] = []
        client.subscribe_tickers("BTC-USDT", callback=seen.append, inline=True)
        until(lambda: len(seen) > 10)
        client.close()
    with ReplayClient(tmp_path, speed="max") as player:
        tickers = player.subscribe_tickers("BTC-USDT", maxsize=2)
        assert not player.play(wait=False)
        assert list(tickers) == seen
        assert player.wait_played(5)
        with pytest.raises(ConfigError, match="being played already"):
            player.play()


def test_what_a_recording_cannot_do_is_said(paper: PaperExchange, tmp_path: Path) -> None:
    """A topic that is not in it, an order, a client of another exchange, a speed that is none."""
    with WsClient(paper.config, options=FAST) as client, client.record(tmp_path):
        client.subscribe_tickers("BTC-USDT")
        with pytest.raises(ConfigError, match="records already"):
            client.record(tmp_path)
    with pytest.raises(ConfigError, match="is a recording of okx, not of bybit"):
        BybitReplayClient(tmp_path)
    for speed in (0, -1, True, "fast"):
        with pytest.raises(ConfigError, match="speed cannot be"):
            ReplayClient(tmp_path, speed=speed)  # type: ignore[arg-type]
    with ReplayClient(tmp_path) as player:
        with pytest.raises(SubscriptionError, match="does not hold this topic"):
            player.subscribe_tickers("ETH-USDT")
        with pytest.raises(ReadOnlyError):
            player.place_order("BTC-USDT", "cash", "buy", "limit", "1", px="1")
    with pytest.raises(StreamClosed):
        player.wait_played(1)


def test_account_data_is_played_and_never_called_whole(paper: PaperExchange, tmp_path: Path) -> None:
    """Orders and fills as they were pushed; what REST told is not there, and nothing is called synced for it."""
    with WsClient(paper.config, options=FAST) as client, client.record(tmp_path):
        order = client.orders.place("BTC-USDT", "buy", "0.01", td_mode="cash", tgt_ccy="base_ccy")
        assert order.wait_filled(10)
        until(lambda: client.orders.synced)
        fills = client.orders.fills
    assert b"passphrase" not in b"".join(data for _, _, data in Recording(tmp_path).frames())
    with ReplayClient(tmp_path, speed="max") as player:
        orders = player.orders
        assert player.play(20)
        assert orders[str(order.order_id)].is_filled
        assert orders.fills == fills
        assert not orders.synced
        assert "and not what REST was asked" in str(orders.unsynced_reason)
        with pytest.raises(ConfigError, match="needs the exchange's list"):
            orders.cancel_all()


def test_the_pace_is_that_of_the_recording(paper: PaperExchange, tmp_path: Path) -> None:
    """At speed 4 it takes a quarter of the time, and the client's clock runs with it."""
    with WsClient(paper.config, options=FAST) as client, client.record(tmp_path):
        seen: list[Any] = []
        client.subscribe_tickers("BTC-USDT", callback=seen.append, inline=True)
        until(lambda: len(seen) > 8)
    stats = Recording(tmp_path).stats()
    assert stats.first is not None
    assert stats.last is not None
    with ReplayClient(tmp_path, speed=4) as player:
        began = player.clock.monotonic()
        assert player.play(20)
        took = player.clock.monotonic() - began
    assert took >= (stats.last - stats.first).total_seconds() / 4 * 0.9


def test_a_replay_has_metrics_and_says_what_it_cannot_know(tmp_path: Path) -> None:
    """Events and delays in this process; none from the exchange on, whose clock then nobody can measure."""
    with PaperExchange() as paper, okx(paper) as ws, ws.record(tmp_path):
        trades = ws.subscribe_trades("BTC-USDT")
        for _ in range(3):
            trades.get(timeout=20)
    with ReplayClient(tmp_path, speed="max") as ws:
        heard: list[Any] = []
        ws.subscribe_trades("BTC-USDT", callback=heard.append)
        assert ws.play(timeout=20)
        metrics = ws.metrics()
        (topic,) = metrics.topics
        assert metrics.received == topic.delivered == len(heard) >= 3
        assert topic.socket_to_consumer is not None
        assert topic.exchange_to_socket is None
        assert topic.unknown_because == "a recording is played, and its times are those of then"
        with pytest.raises(ConfigError, match="nobody can tell the exchange's clock"):
            ws.sync_clock()
        assert "ReplayClient" in ws.debug_dump()
