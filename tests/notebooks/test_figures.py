"""Plots: what they show of rows, books and recordings, and what they say when there is nothing to show."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from okx_sync import BookInvalid, ConfigError, PaperExchange, Recording, WsClient
from okx_sync.exchanges.bitget.uta.market_models import UtaCandle
from okx_sync.exchanges.bybit.market.models import PriceCandle
from okx_sync.exchanges.okx.models import Candle, Ticker
from okx_sync.notebook import plot_candles, plot_depth, plot_equity, plot_market
from okx_sync.state.book.order_book import OrderBook
from tests.loopback.conftest import FAST, until
from tests.notebook.test_book_pictures import a_book
from tests.programs import ROOT, run_python

pytest.importorskip("plotly", reason="needs the extra okx_sync[notebook]")

SWAP = "BTC-USDT-SWAP"
MINUTE = 60_000


def candle(number: int, close: str = "2") -> Candle:
    wire = [str(number * MINUTE), "1.5", "3", "1", close, str(number), "1", "1", "1"]
    return Candle.from_wire(wire, {"arg": {"channel": "candle1m", "instId": "BTC-USDT"}})


def values(found: Any) -> list[Any]:
    """The numbers of a trace, in whatever plotly keeps them."""
    return list(found)


def test_candles_and_volume() -> None:
    """Oldest first, the last row of each time, floats, instrument and bar above, volume below."""
    figure = plot_candles([candle(2, "1"), candle(1), candle(2, "4")])
    price, volume = figure.data
    assert values(price.close) == [2.0, 4.0]
    assert all(type(one) is float for one in values(price.open))
    assert [str(at)[:16].replace("T", " ") for at in price.x] == ["1970-01-01 00:01", "1970-01-01 00:02"]
    assert values(volume.y) == [1.0, 2.0]
    assert volume.yaxis == "y2"
    assert figure.layout.title.text == "BTC-USDT 1m"
    assert plot_candles([candle(1)], title="mine").layout.title.text == "mine"


def test_candles_of_the_others() -> None:
    """Under their names; without volume there is no panel for it."""
    bitget = UtaCandle(ts=MINUTE, open=Decimal(1), high=Decimal(3), low=Decimal(1), close=Decimal(2), volume=Decimal(9))
    assert values(plot_candles([bitget]).data[1].y) == [9.0]
    prices = PriceCandle(
        startTime=MINUTE, openPrice=Decimal(1), highPrice=Decimal(3), lowPrice=Decimal(1), closePrice=Decimal(2)
    )
    (price,) = plot_candles([prices]).data
    assert values(price.high) == [3.0]


def test_no_candles() -> None:
    """An empty list, and rows that are no candles."""
    with pytest.raises(ConfigError, match="no candles to plot"):
        plot_candles([])
    with pytest.raises(ConfigError, match="Ticker is no candle"):
        plot_candles([Ticker.from_wire({"ts": "1"})])


def test_depth() -> None:
    """Sums from the best price on; a book that is not valid is not drawn, nor is an empty one."""
    figure = plot_depth(a_book(), levels=3)
    bids, asks = figure.data
    assert (values(bids.x), values(bids.y)) == ([1000.0, 999.0, 998.0], [1.0, 3.0, 6.0])
    assert (values(asks.x), values(asks.y)) == ([1002.0, 1003.0, 1004.0], [1.0, 3.0, 6.0])
    assert "2020-08-10 02:26:23 UTC" in figure.layout.title.text
    book = a_book()
    book.invalidate("lost")
    with pytest.raises(BookInvalid):
        plot_depth(book)
    assert "not valid when it was taken" in plot_depth(book.snapshot(stale_ok=True)).layout.title.text
    empty = OrderBook("A")
    with pytest.raises(ConfigError, match="empty"):
        plot_depth(empty.snapshot(stale_ok=True))


def test_what_is_something_else() -> None:
    """A plot of what it is not made for says what it wants."""
    with pytest.raises(ConfigError, match="list is no book"):
        plot_depth([])  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match=r'str is no recording.*Recording\("folder"\)'):
        plot_equity("folder")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="str is no recording"):
        plot_market("folder", SWAP)  # type: ignore[arg-type]


def test_a_recording(tmp_path: Path) -> None:
    """Best prices, spread and trades of a market, equity and fills of an account; lines are broken at a loss."""
    with PaperExchange(flow_per_s=20) as paper, WsClient(paper.config, options=FAST) as ws, ws.record(tmp_path):
        states: list[str] = []
        ws.on_state(lambda event: states.append(f"{event.path} {event.kind}"))
        trades, book = ws.subscribe_trades(SWAP), ws.order_book(SWAP)
        assert ws.account.wait_synced(20)
        for side in ("buy", "sell"):
            assert ws.orders.place(SWAP, side, 2, td_mode="cross").wait_filled(20)
        until(lambda: trades.stats.received > 10)
        paper.faults.drop()
        until(lambda: {"public restored", "private restored"} <= set(states))
        assert book.wait_valid(20)
        assert ws.account.wait_synced(20)
        number = len(ws.orders.fills)
        before = trades.stats.received
        until(lambda: trades.stats.received > before + 5)
    recording = Recording(tmp_path)
    bid, ask, spread, *prints = plot_market(recording, SWAP, every_s=0.02).data
    known = [(low, high) for low, high in zip(values(bid.y), values(ask.y), strict=True) if low is not None]
    assert all(high > low for low, high in known)
    assert [one for one in values(spread.y) if one is not None] == pytest.approx([high - low for low, high in known])
    assert [trace.name for trace in prints] == ["buy trades", "sell trades"]
    assert sum(len(trace.x) for trace in prints) > 10
    figure = plot_equity(recording, title="mine")
    equity, *fills = figure.data
    assert None in values(equity.y)
    assert [trace.name for trace in fills] == [f"{SWAP} buy", f"{SWAP} sell"]
    assert sum(len(trace.x) for trace in fills) == number
    assert figure.layout.title.text == "mine"
    assert figure.layout.yaxis.title.text == "equity, USD"


def test_without_plotly_the_extra_is_named(tmp_path: Path) -> None:
    """And the pictures of objects work all the same."""
    (tmp_path / "plotly.py").write_text('raise ModuleNotFoundError("No module named plotly")')
    code = (
        "from okx_sync import ConfigError\nfrom okx_sync.notebook import plot_candles\n"
        "from okx_sync.exchanges.okx.models import Candle\nfrom decimal import Decimal\n"
        "try:\n    plot_candles([Candle(ts=1, o=Decimal(1))])\nexcept ConfigError as error:\n    print(error)\n"
    )
    done = run_python("-c", code, PYTHONPATH=os.pathsep.join((str(tmp_path), str(ROOT))))
    assert 'pip install "okx_sync[notebook]"' in done.stdout, done.stderr
