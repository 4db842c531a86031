"""What plots show of a recording: best prices and trades of a market, equity and fills of an account, and the holes."""

from __future__ import annotations

from pathlib import Path

import pytest

from okx_sync import BybitWsClient, ConfigError, PaperExchange, Recording, WsClient
from okx_sync.notebook.recorded import account_history, market_history
from tests.loopback.conftest import FAST, until

SWAP = "BTC-USDT-SWAP"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, list[str], str]:
    """A market and an account that traded, with a lost link in between; the ids of its fills, and its last equity."""
    folder = tmp_path_factory.mktemp("recorded")
    with PaperExchange(flow_per_s=20) as paper, WsClient(paper.config, options=FAST) as ws, ws.record(folder):
        trades, book = ws.subscribe_trades(SWAP), ws.order_book(SWAP)
        assert ws.account.wait_synced(20)
        assert ws.orders.place(SWAP, "buy", 2, td_mode="cross").wait_filled(20)
        states: list[str] = []
        ws.on_state(lambda event: states.append(f"{event.path} {event.kind}"))
        paper.faults.drop()
        until(lambda: {"public restored", "private restored"} <= set(states))
        assert book.wait_valid(20)
        assert ws.account.wait_synced(20)
        assert ws.orders.place(SWAP, "sell", 1, td_mode="cross").wait_filled(20)
        before = trades.stats.received
        until(lambda: trades.stats.received > before)
        return Recording(folder), [fill.trade_id for fill in ws.orders.fills], f"{ws.account.equity:.0f}"


def test_a_market(recorded: tuple[Recording, list[str], str]) -> None:
    """Best prices at regular times, in their order, and trades with the taker's side."""
    market = market_history(recorded[0], SWAP, 0.02, None)
    known = [(bid, ask) for _, bid, ask in market.quotes if bid is not None and ask is not None]
    assert known
    assert all(bid < ask for bid, ask in known)
    assert [at for at, _, _ in market.quotes] == sorted(at for at, _, _ in market.quotes)
    assert market.trades
    assert {trade.side for trade in market.trades} <= {"buy", "sell"}
    assert all(trade.price > 0 < trade.size and trade.at.utcoffset() is not None for trade in market.trades)


def test_an_account(recorded: tuple[Recording, list[str], str]) -> None:
    """Each fill once; the equity whenever it was told, and not known while the link was lost."""
    recording, fills, equity = recorded
    account = account_history(recording)
    assert [fill.trade_id for fill in account.fills] == fills
    told = [value for _, value in account.equity]
    hole = told.index(None)
    assert 0 < hole < len(told) - 1
    assert f"{told[-1]:.0f}" == equity
    assert account.currency == "USD"


def test_what_was_not_recorded_is_said(recorded: tuple[Recording, list[str], str], tmp_path: Path) -> None:
    """No empty picture, but what there is instead."""
    with pytest.raises(ConfigError, match="neither a book nor trades of ETH-USDT"):
        market_history(recorded[0], "ETH-USDT", 1.0, None)
    with PaperExchange(flow_per_s=20) as paper:
        config = paper.bybit_config().replace(credentials=None)
        with BybitWsClient(config, options=FAST) as ws, ws.record(tmp_path):
            trades = ws.subscribe_trade("BTCUSDT") if hasattr(ws, "subscribe_trade") else ws.subscribe_trades("BTCUSDT")
            until(lambda: trades.stats.received > 2)
    recording = Recording(tmp_path)
    with pytest.raises(ConfigError, match="tells nothing of an account"):
        account_history(recording)
    market = market_history(recording, "BTCUSDT", 1.0, None)
    assert (market.quotes, len(market.trades) > 1) == ([], True)
