"""The lower panels of the live view: own orders, fills, money, news, order counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from okx_sync.demo.colors import DIM, DOWN, FRAME, LABEL, MARK, STRONG, UP, WARN
from okx_sync.demo.frame import FillNote, ScreenFrame
from okx_sync.exchanges.okx.models import Order

__all__ = ["fills_panel", "money_panel", "news_panel", "orders_panel"]


def orders_panel(frame: ScreenFrame, height: int, *, fills: int = 0) -> Panel:
    """Draw the own open orders; with ``fills``, so many lines of fills below them."""
    places = {market.inst_id: market.places for market in frame.markets}
    room = height - 2 - fills
    lines = [_order(order, places.get(str(order.instId), 1)) for order in frame.orders[:room]]
    if not lines:
        lines = [Text("no open orders just now", DIM)]
    lines += [Text("")] * (room - len(lines))
    lines += [_fill(fill, places.get(fill.inst_id, 1)) for fill in frame.fills[:fills]]
    return _panel(lines, "my orders", height, _counts(frame))


def fills_panel(frame: ScreenFrame, height: int) -> Panel:
    """Draw the own fills, newest first."""
    places = {market.inst_id: market.places for market in frame.markets}
    lines = [_fill(fill, places.get(fill.inst_id, 1)) for fill in frame.fills[: height - 2]]
    return _panel(lines or [Text("none yet", DIM)], "my fills", height)


def money_panel(frame: ScreenFrame, width: int, height: int) -> Panel:
    """Draw equity, balances and positions."""
    money, room = frame.money, width - 4
    lines = []
    if money.equity_usd is not None:
        lines.append(_pair("equity", f"{money.equity_usd:,.2f} USD", room, "bold"))
    if money.profit_usd is not None:
        color = UP if money.profit_usd >= 0 else DOWN
        lines.append(_pair("since start", f"{money.profit_usd:+,.2f} USD", room, color))
    for position in frame.positions:
        color = UP if (position.pos or 0) > 0 else DOWN
        lines.append(_pair(str(position.instId), f"{position.pos:+f}", room, color))
    lines += [_pair(ccy, f"{amount:,.4f}", room) for ccy, amount in money.balances]
    return _panel(lines[: height - 2] or [Text("waiting", DIM)], "my account", height)


def news_panel(frame: ScreenFrame, height: int) -> Panel:
    """Draw the news of the links and the demo, newest at the bottom."""
    lines = [Text(text, LABEL, no_wrap=True, overflow="ellipsis") for text in frame.news[-(height - 2) :]]
    return _panel(lines, "news", height)


def _panel(lines: Sequence[Text], title: str, height: int, subtitle: Text | None = None) -> Panel:
    for line in lines:
        line.no_wrap, line.overflow = True, "crop"
    return Panel(
        Group(*lines),
        title=Text(f" {title} ", LABEL),
        title_align="left",
        subtitle=subtitle,
        subtitle_align="left",
        border_style=FRAME,
        height=height,
    )


def _order(order: Order, places: int) -> Text:
    filled = order.accFillSz or Decimal(0)
    state = Text(f" {filled / order.sz:.0%} done", WARN) if order.sz and filled else Text(f" {order.state}", DIM)
    return Text.assemble(("▸ ", MARK), *_deal(str(order.side), order.sz, str(order.instId), order.px, places), state)


def _fill(fill: FillNote, places: int) -> Text:
    at = dt.datetime.fromtimestamp(fill.at_ms / 1000).astimezone()
    return Text.assemble((f"{at:%H:%M:%S} ", DIM), *_deal(fill.side, fill.size, fill.inst_id, fill.price, places))


def _deal(side: str, size: Decimal | None, inst_id: str, price: Decimal | None, places: int) -> list[tuple[str, str]]:
    amount = "" if size is None else f"{size:.4f}".rstrip("0").rstrip(".")
    return [
        (f"{side:<5}", UP if side == "buy" else DOWN),
        (f"{amount:>6} ", ""),
        (f"{inst_id:<13} ", LABEL),
        ("market" if price is None else f"{price:,.{places}f}", "bold"),
    ]


def _counts(frame: ScreenFrame) -> Text:
    counts = frame.counts
    line = Text(" ")
    for name in ("placed", "amended", "canceled", "filled"):
        line.append(f"{name} ", LABEL).append(f"{getattr(counts, name)}  ", STRONG)
    line.right_crop(1)
    return line


def _pair(label: str, value: str, width: int, style: str = "") -> Text:
    return Text.assemble((label, LABEL), " " * max(1, width - len(label) - len(value)), (value, style))
