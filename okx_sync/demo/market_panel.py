"""The panel of one market in the live view: price, candles, depth, own orders in it, trades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import accumulate

import attrs
from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from okx_sync.demo.charts import candles
from okx_sync.demo.colors import ASK_BAR, BAR_TEXT, BID_BAR, DIM, DOWN, FRAME, LABEL, MARK, STRONG, UP, WARN
from okx_sync.demo.frame import MarketView
from okx_sync.exchanges.okx.models import Trade
from okx_sync.state.book.book import Level

__all__ = ["market_panel", "market_rows", "side_by_side"]

_TAPE_FROM = 58
_TAPE = 28
_FLASH_S = 0.35
_MOST_PLACES = 4
_ARROWS = {1: "▲", 0: " ", -1: "▼"}


def market_panel(market: MarketView, own: Collection[Decimal], width: int, height: int) -> Panel:
    """Draw the market in a frame of this size. ``own`` are the prices of own open orders in it."""
    inner, rows = width - 4, height - 2
    chart, depth, trades = market_rows(rows, with_tape=inner >= _TAPE_FROM)
    lines = [_headline(market, inner), *candles(market.candles, inner, chart)]
    if trades:
        lines += _ladder(market, own, inner, depth)
        lines += [_trade(trade, market, inner) for trade in market.trades[:trades]]
    else:
        ladder = _ladder(market, own, inner - _TAPE - 3, depth)
        tape = [_trade(trade, market, _TAPE) for trade in market.trades[: len(ladder)]]
        lines += side_by_side(ladder, tape, inner - _TAPE - 3)
    return Panel(Group(*lines), title=_title(market), title_align="left", border_style=FRAME, height=height)


def market_rows(rows: int, *, with_tape: bool) -> tuple[int, int, int]:
    """Return how many of ``rows`` lines the chart, each side of the book, and the trades below it get."""
    chart = max(2, min(9, rows // 4))
    left = rows - 1 - chart
    trades = 0 if with_tape else max(1, min(6, left // 4))
    depth = max(1, (left - trades - 1) // 2)
    # The line that is left over when the book cannot be divided evenly goes to the chart.
    return rows - 1 - trades - (2 * depth + 1), depth, trades


def side_by_side(left: Sequence[Text], right: Sequence[Text], width: int) -> list[Text]:
    """Put lines next to each other, the left ones cut or filled to ``width``, with a thin line in between."""
    joined = []
    for k, line in enumerate(left):
        line = line.copy()
        line.truncate(width, pad=True)
        line.append(" │ ", FRAME)
        joined.append(line.append_text(right[k]) if k < len(right) else line)
    return joined


def _title(market: MarketView) -> Text:
    is_valid = market.book is not None and market.book.valid
    badge = Text("book valid", UP) if is_valid else Text("book not valid", WARN)
    return Text.assemble((f" {market.inst_id} ", STRONG), badge, " ")


def _headline(market: MarketView, width: int) -> Text:
    ticker = market.ticker
    if ticker is None or ticker.last is None:
        return Text("waiting for the first price", DIM)
    color = {1: UP, 0: "", -1: DOWN}[market.direction]
    flash = {1: BID_BAR, 0: "", -1: ASK_BAR}[market.direction] if market.since_move_s < _FLASH_S else ""
    line = Text.assemble((f" {ticker.last:,.{market.places}f} ", f"bold {color} {flash}"))
    line.append(f" {_ARROWS[market.direction]}", color)
    if ticker.open24h:
        change = (ticker.last / ticker.open24h - 1) * 100
        day = Text.assemble(("24h ", LABEL), (f"{change:+.2f}%", UP if change >= 0 else DOWN))
        line.append(" " * max(1, width - line.cell_len - day.cell_len)).append_text(day)
    return line


def _ladder(market: MarketView, own: Collection[Decimal], width: int, depth: int) -> list[Text]:
    book = market.book
    asks, bids = (book.ask_levels[:depth], book.bid_levels[:depth]) if book is not None else ((), ())
    rows = _Rows(own, width, market.places, _size_places(level.size for level in (*asks, *bids)))
    most = float(max(sum(level.size for level in side) for side in (asks, bids))) or 1.0
    lines = [Text("")] * (depth - len(asks))
    lines += reversed(rows.levels(asks, most, DOWN, ASK_BAR))
    lines.append(rows.spread(asks, bids))
    lines += rows.levels(bids, most, UP, BID_BAR)
    return lines + [Text("")] * (depth - len(bids))


@attrs.frozen
class _Rows:
    """Draws the lines of one ladder."""

    own: Collection[Decimal]
    width: int
    places: int
    size_places: int

    def levels(self, levels: Sequence[Level], most: float, color: str, bar: str) -> list[Text]:
        """Draw levels, best first; the bar behind a level is the depth up to it."""
        depths = accumulate(float(level.size) for level in levels)
        bars = [round(self.width * depth / most) for depth in depths]
        return [self._level(level, filled, color, bar) for level, filled in zip(levels, bars, strict=True)]

    def _level(self, level: Level, filled: int, color: str, bar: str) -> Text:
        mark = "▸" if level.price in self.own else " "
        line = Text.assemble((mark, MARK), (f"{level.price:,.{self.places}f}", color))
        amount = f"{level.size:,.{self.size_places}f}"
        line.append(" " * max(1, self.width - line.cell_len - len(amount))).append(amount)
        if filled:
            start = max(0, self.width - filled)
            line.stylize(bar, start, self.width)
            line.stylize(BAR_TEXT, max(start, self.width - len(amount)), self.width)
        return line

    def spread(self, asks: Sequence[Level], bids: Sequence[Level]) -> Text:
        """Draw the line between the two sides."""
        text = f" {asks[0].price - bids[0].price:,.{self.places}f} " if asks and bids else " "
        return Text(text.center(self.width, "─"), DIM)


def _trade(trade: Trade, market: MarketView, width: int) -> Text:
    if trade.px is None or trade.sz is None or trade.ts is None:
        return Text("")
    at = dt.datetime.fromtimestamp(trade.ts / 1000).astimezone()
    color = UP if trade.side == "buy" else DOWN
    line = Text.assemble((f"{at:%H:%M:%S} ", DIM), (f"{trade.px:,.{market.places}f}", color))
    amount = f"{trade.sz:,.{_size_places(each.sz for each in market.trades)}f}"
    return line.append(" " * max(1, width - line.cell_len - len(amount))).append(amount, LABEL)


def _size_places(sizes: Iterable[Decimal | None]) -> int:
    """Return as many decimals as the sizes have, but no more than fit."""
    exponents = (size.as_tuple().exponent for size in sizes if size is not None)
    return min(_MOST_PLACES, max((-e for e in exponents if isinstance(e, int)), default=0))
