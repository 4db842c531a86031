"""Small pictures made of characters: candles and sparklines, as rich text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from okx_sync.demo.colors import DIM, DOWN, UP
from okx_sync.exchanges.okx.models import Candle

__all__ = ["candles", "sparkline"]

_SPARKS = "▁▂▃▄▅▆▇█"
# A cell shows two steps of height. What fills its upper and its lower half: nothing, a wick, or a body.
_CELLS = {
    (0, 0): " ", (1, 1): "│", (2, 2): "┃", (0, 1): "╷", (1, 0): "╵",
    (0, 2): "╻", (2, 0): "╹", (1, 2): "╽", (2, 1): "╿",
}  # fmt: skip


def sparkline(values: Sequence[float], width: int, style: str) -> Text:
    """Draw the newest ``width`` values as bars, scaled from 0 to the largest."""
    newest = values[-width:]
    top = max(newest, default=0.0) or 1.0
    bars = "".join(_SPARKS[min(7, max(0, int(value / top * 7.999)))] for value in newest)
    return Text.assemble((bars.rjust(width), style))


def candles(bars: Sequence[Candle], width: int, height: int) -> list[Text]:
    """Draw the newest ``width`` candles in ``height`` lines, green when they rose, red when they fell."""
    shown = [numbers for bar in bars[-width:] if (numbers := _numbers(bar)) is not None]
    lines = [Text(" " * (width - len(shown))) for _ in range(max(0, height))]
    if not shown or not lines:
        return lines
    low, high = min(n[2] for n in shown), max(n[1] for n in shown)
    steps = height * 2
    scale = (steps - 1) / (high - low) if high > low else 0.0
    for first, top, bottom, last in shown:
        style = UP if last > first else DOWN if last < first else DIM
        column = [0] * steps
        for step in range(round((bottom - low) * scale), round((top - low) * scale) + 1):
            column[step] = 1
        for step in range(round((min(first, last) - low) * scale), round((max(first, last) - low) * scale) + 1):
            column[step] = 2
        for row, line in enumerate(lines):
            upper = steps - 1 - 2 * row
            line.append(_CELLS[column[upper], column[upper - 1]], style)
    return lines


def _numbers(bar: Candle) -> tuple[float, float, float, float] | None:
    """Open, high, low and close, for drawing only: money is never a float elsewhere."""
    if bar.o is None or bar.h is None or bar.l is None or bar.c is None:
        return None
    return float(bar.o), float(bar.h), float(bar.l), float(bar.c)
