"""Plots with plotly: candles, depth, a market and an account of a recording. The only file that imports it.

Numbers stay exact up to here: they become floats when they are handed to plotly.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, Final

from okx_sync.errors import ConfigError
from okx_sync.rows.leading_fields import first_told
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state.book.views import BookSnapshot

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from okx_sync.store.recording import Recording

__all__ = ["plot_candles", "plot_depth", "plot_equity", "plot_market"]

_UP: Final = "#2e9e6b"
_DOWN: Final = "#d9534f"
_LINE: Final = "#4c8bf5"
_GRAY: Final = "#8a8a8a"
_MOST_PANELS: Final = 4
# By meaning, the names that the candles of some exchange have for it.
_CANDLE: Final = {
    "at": ("ts", "start", "startTime"),
    "open": ("o", "open", "openPrice"),
    "high": ("h", "high", "highPrice"),
    "low": ("l", "low", "lowPrice"),
    "close": ("c", "close", "closePrice"),
    "volume": ("vol", "volume", "baseVol"),
}


def plot_candles(candles: Iterable[Any], title: str | None = None) -> Figure:
    """Plot candles of any exchange, with their volume below where they have one.

    Args:
        candles: Rows in any order: ``client.get_candles("BTC-USDT", "1m")``, a pager, the events of a subscription. Of
            several with the same time the last one counts.
        title: What stands above; by default the instrument and the bar, where the rows tell them.

    Raises:
        ConfigError: There are none, they are no candles, or plotly is not installed.
    """
    rows = list(candles)
    if not rows:
        raise ConfigError("there are no candles to plot")
    found = {moment: row for row in rows if (moment := _of(row, "at")) is not None}
    if not found or _of(rows[0], "open") is None:
        raise ConfigError(f"{type(rows[0]).__name__} is no candle", hint="rows of get_candles() or subscribe_candles()")
    some = [found[moment] for moment in sorted(found)]
    times = [_utc(_of(row, "at")) for row in some]
    volumes = [_of(row, "volume") for row in some]
    has_volume = any(volume is not None for volume in volumes)
    go = _plotly()
    figure = _panels([0.75, 0.25] if has_volume else [1.0])
    prices = {name: _floats(_of(row, name) for row in some) for name in ("open", "high", "low", "close")}
    colors = {"increasing_line_color": _UP, "decreasing_line_color": _DOWN}
    figure.add_trace(go.Candlestick(x=times, **prices, **colors, name="price"), row=1, col=1)
    if has_volume:
        shades = [_UP if (_of(row, "close") or 0) >= (_of(row, "open") or 0) else _DOWN for row in some]
        bars = go.Bar(x=times, y=_floats(volumes), marker_color=shades, opacity=0.6, name="volume")
        figure.add_trace(bars, row=2, col=1)
        figure.update_yaxes(title_text="volume", row=2, col=1)
    figure.update_xaxes(rangeslider_visible=False)
    told = " ".join(
        str(word) for name in ("instId", "symbol", "bar", "interval") if (word := getattr(some[-1], name, None))
    )
    return _dressed(figure, title or told or "candles")


def plot_depth(book: OrderBook | BookSnapshot, levels: int | None = None) -> Figure:
    """Plot how much is bid and asked up to each price.

    Args:
        book: A live book, or a snapshot of one.
        levels: So many of each side; None: all.

    Raises:
        BookInvalid: It is not the exchange's book at this moment.
        ConfigError: Both sides are empty, or plotly is not installed.
    """
    if not isinstance(book, BookSnapshot | OrderBook):
        raise ConfigError(f"{type(book).__name__} is no book", hint="plot_depth(ws.order_book('BTC-USDT'))")
    now = book if isinstance(book, BookSnapshot) else book.snapshot(levels)
    if not (now.bid_levels or now.ask_levels):
        raise ConfigError(f"the book of {now.inst_id} is empty: there is nothing to plot")
    go = _plotly()
    figure = _panels([1.0])
    for name, side, color in (("bids", now.bid_levels[:levels], _UP), ("asks", now.ask_levels[:levels], _DOWN)):
        totals = accumulate((level.size for level in side), initial=Decimal(0))
        next(totals)
        trace = go.Scatter(
            x=_floats(level.price for level in side),
            y=_floats(totals),
            line={"color": color, "shape": "hv", "width": 1.5},
            fill="tozeroy",
            name=name,
        )
        figure.add_trace(trace, row=1, col=1)
    figure.update_yaxes(title_text="size in all", rangemode="tozero")
    at = "" if now.ts is None else f", {_utc(now.ts):%Y-%m-%d %H:%M:%S} UTC"
    return _dressed(figure, f"{now.inst_id} {now.channel}{at}{'' if now.valid else ', not valid when it was taken'}")


def plot_market(recording: Recording, inst_id: str, *, every_s: float = 1.0, channel: str | None = None) -> Figure:
    """Plot an instrument of a recording: best bid and ask with the trades between them, and the spread below.

    Where the book was not known (the link was lost, messages are missing) the lines are broken.

    Args:
        recording: ``Recording("folder")``.
        inst_id: The instrument, as it was subscribed.
        every_s: Seconds between two points of the lines.
        channel: Which book, where several of the instrument were recorded.

    Raises:
        ConfigError: Neither a book nor trades of it were recorded, several books and ``channel`` does not say which,
            or plotly is not installed.
    """
    from okx_sync.notebook.recorded import market_history  # with the extra `store`

    market = market_history(recording, inst_id, every_s, channel)
    go = _plotly()
    figure = _panels([0.75, 0.25] if market.quotes else [1.0])
    times = [at for at, _, _ in market.quotes]
    if market.quotes:
        for name, prices, color in (
            ("bid", [bid for _, bid, _ in market.quotes], _UP),
            ("ask", [ask for _, _, ask in market.quotes], _DOWN),
        ):
            line = {"color": color, "shape": "hv", "width": 1.2}
            figure.add_trace(go.Scatter(x=times, y=_floats(prices), line=line, name=name), row=1, col=1)
        spreads = [None if bid is None or ask is None else ask - bid for _, bid, ask in market.quotes]
        line = {"color": _GRAY, "shape": "hv", "width": 1.2}
        figure.add_trace(go.Scatter(x=times, y=_floats(spreads), line=line, name="spread"), row=2, col=1)
        figure.update_yaxes(title_text="spread", rangemode="tozero", row=2, col=1)
    for side, color in (("buy", _UP), ("sell", _DOWN)):
        some = [trade for trade in market.trades if trade.side == side]
        dots = go.Scatter(
            x=[trade.at for trade in some],
            y=_floats(trade.price for trade in some),
            text=[f"{trade.size:f}" for trade in some],
            mode="markers",
            marker={"color": color, "size": 5, "opacity": 0.6},
            name=f"{side} trades",
        )
        figure.add_trace(dots, row=1, col=1)
    return _dressed(figure, f"{inst_id}, recorded from {recording.exchange}")


def plot_equity(recording: Recording, title: str | None = None) -> Figure:
    """Plot what a recorded account was worth, and below it the fills of the instruments that were traded most.

    Where the equity was not known (the link was lost, messages are missing) the line is broken.

    Args:
        recording: ``Recording("folder")``, of a client that followed ``ws.account`` or ``ws.orders``.
        title: What stands above.

    Raises:
        ConfigError: Nothing of an account was recorded, or plotly is not installed.
    """
    from okx_sync.notebook.recorded import account_history  # with the extra `store`

    account = account_history(recording)
    by_name = {name: list(some) for name, some in groupby(sorted(account.fills, key=_name), _name)}
    names = sorted(by_name, key=lambda name: -len(by_name[name]))
    shown = names[:_MOST_PANELS]
    go = _plotly()
    figure = _panels([0.5, *[0.5 / len(shown)] * len(shown)] if shown else [1.0])
    line = {"color": _LINE, "shape": "hv", "width": 1.5}
    times, worth = [at for at, _ in account.equity], _floats(value for _, value in account.equity)
    figure.add_trace(go.Scatter(x=times, y=worth, line=line, name="equity"), row=1, col=1)
    figure.update_yaxes(title_text=f"equity, {account.currency}", row=1, col=1)
    for place, name in enumerate(shown, 2):
        for side, color, symbol in (("buy", _UP, "triangle-up"), ("sell", _DOWN, "triangle-down")):
            some = [fill for fill in by_name[name] if fill.side == side]
            dots = go.Scatter(
                x=[None if fill.ts is None else _utc(fill.ts) for fill in some],
                y=_floats(fill.price for fill in some),
                text=[f"{fill.side} {fill.size:f}" for fill in some],
                mode="markers",
                marker={"color": color, "symbol": symbol, "size": 9},
                name=f"{name} {side}",
            )
            figure.add_trace(dots, row=place, col=1)
        figure.update_yaxes(title_text=name, row=place, col=1)
    more = f"; fills of {len(names) - len(shown)} more instruments are not shown" if len(names) > len(shown) else ""
    return _dressed(figure, f"{title or f'an account, recorded from {recording.exchange}'}{more}")


def _name(fill: Any) -> str:
    return str(fill.inst_id)


def _of(row: Any, what: str) -> Any:
    return first_told(row, _CANDLE[what])


def _utc(ms: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC)


def _floats(values: Iterable[Decimal | None]) -> list[float | None]:
    """Make numbers what plots need; what is not known stays a gap."""
    return [None if value is None else float(value) for value in values]


def _plotly() -> Any:
    try:
        return importlib.import_module("plotly.graph_objects")
    except ImportError:
        raise ConfigError("plots need plotly", hint='pip install "okx_sync[notebook]"') from None


def _panels(heights: Sequence[float]) -> Any:
    """Make a figure of panels above each other, which share their times."""
    make = importlib.import_module("plotly.subplots").make_subplots
    return make(rows=len(heights), cols=1, shared_xaxes=True, vertical_spacing=0.04, row_heights=list(heights))


def _dressed(figure: Any, title: str) -> Any:
    """Give a figure the looks of all, which suit light and dark pages."""
    grid = {"gridcolor": "rgba(128,128,128,.2)", "zerolinecolor": "rgba(128,128,128,.3)"}
    figure.update_layout(
        title={"text": title, "font": {"size": 14}},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": _GRAY},
        legend={"orientation": "h", "y": 1.02, "x": 1, "xanchor": "right", "yanchor": "bottom"},
        margin={"l": 60, "r": 20, "t": 60, "b": 40},
        height=460,
    )
    figure.update_xaxes(**grid)
    figure.update_yaxes(**grid, exponentformat="none", separatethousands=True)
    return figure
