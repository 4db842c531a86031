"""The live view: a full-screen picture of the demo, drawn a few times a second on the main thread. Needs rich."""

from __future__ import annotations

from typing import Any, Self, TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from okx_sync.demo.account_panels import fills_panel, money_panel, news_panel, orders_panel
from okx_sync.demo.charts import sparkline
from okx_sync.demo.colors import DIM, DOWN, LABEL, UP, WARN
from okx_sync.demo.frame import ScreenFrame
from okx_sync.demo.market_panel import market_panel

__all__ = ["LiveScreen", "draw"]

_WIDE = 132
_NARROW = 70
_TALL = 34


class LiveScreen:
    """A terminal's alternate screen; what was there before comes back at the end."""

    every_s = 0.125

    def __init__(self, out: TextIO) -> None:
        self._console = Console(file=out)
        self._live = Live(
            console=self._console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, frame: ScreenFrame) -> None:
        """Draw the picture in the size that the terminal has now."""
        width, height = self._console.size
        self._live.update(draw(frame, width, height), refresh=True)


def draw(frame: ScreenFrame, width: int, height: int) -> RenderableType:
    """Draw the whole picture: header, markets, own affairs, footer; as high as the terminal."""
    lower = 10 if height >= _TALL else 8
    upper = height - lower - 2
    return Group(_header(frame, width), _markets(frame, width, upper), _own(frame, width, lower), _footer(frame, width))


def _row(widths: list[int], cells: list[RenderableType]) -> Table:
    row = Table.grid(padding=0)
    for width in widths:
        row.add_column(width=width)
    row.add_row(*cells)
    return row


def _markets(frame: ScreenFrame, width: int, height: int) -> Table:
    shown = frame.markets[:1] if width < _NARROW else frame.markets
    widths = [width // len(shown)] * len(shown)
    widths[-1] = width - sum(widths[:-1])
    cells: list[Any] = []
    for market, its_width in zip(shown, widths, strict=True):
        own = {order.px for order in frame.orders if order.instId == market.inst_id and order.px is not None}
        cells.append(market_panel(market, own, its_width, height))
    return _row(widths, cells)


def _own(frame: ScreenFrame, width: int, height: int) -> Table:
    if not frame.trading:
        return _row([width], [news_panel(frame, height)])
    if width < _WIDE:
        return _row([width - 30, 30], [orders_panel(frame, height, fills=2), money_panel(frame, 30, height)])
    widths = [width - 80, 48, 32]
    return _row(
        widths, [orders_panel(frame, height), fills_panel(frame, height), money_panel(frame, widths[2], height)]
    )


def _header(frame: ScreenFrame, width: int) -> Text:
    line = Text.assemble((" okx_sync ", "bold reverse"), "  ", (frame.title, "bold"), "  ")
    until = f" / {frame.seconds:.0f} s" if frame.seconds else " s"
    line.append(f"{min(frame.elapsed_s, frame.seconds or frame.elapsed_s):.0f}{until}", LABEL)
    links = Text()
    for link in frame.links:
        color = UP if link.state == "ready" else DOWN if link.state in ("failed", "down", "closed") else WARN
        links.append(" ● ", color).append(link.name, LABEL)
        if link.state != "ready":
            links.append(f" {link.state}", color)
    return _spread_out(line, links, width)


def _footer(frame: ScreenFrame, width: int) -> Text:
    line = sparkline(frame.rates, 16, UP)
    line.append(f" {frame.rate:,.0f}", "bold").append(" events/s  ", LABEL)
    line.append(f"{frame.events:,}", "bold").append(" in all  ", LABEL)
    if frame.lag_ms is not None:
        line.append("lag ", LABEL).append(f"{frame.lag_ms:.1f} ms", "bold")
    troubles = Text()
    for name, count in (("dropped", frame.dropped), ("errors", frame.errors)):
        if count:
            troubles.append(f" {count} {name} ", f"bold {DOWN}")
    hint = troubles if troubles.cell_len else Text("Ctrl-C ends it ", DIM)
    return _spread_out(line, hint, width)


def _spread_out(left: Text, right: Text, width: int) -> Text:
    """Put both on one line of the given width, the left one cut when there is no room."""
    left.truncate(max(0, width - right.cell_len), pad=True)
    return left.append_text(right)
