"""Candles: position-coded rows, ``confirm`` always last. A candle is pushed again and again until it closes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.models import Row, envelope, last_column, model


def _bar(message: dict[str, Any]) -> str | None:
    """``"1m"`` out of the channel's name: ``candle1m``, ``mark-price-candle1m``, ..."""
    arg = message.get("arg")
    channel = arg.get("channel") if isinstance(arg, dict) else None
    return channel.partition("candle")[2] if isinstance(channel, str) else None


@model(positional=True)
class Candle(Row):
    """Open, high, low, close and volume of one bar of an instrument (channels ``candle1m``, ...)."""

    instId: str | None = envelope("arg", "instId")
    # "1m", "4H", "1Dutc", ...
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # Contracts for derivatives, base currency for SPOT and MARGIN.
    vol: Decimal | None = None
    # Base currency for derivatives, quote currency for SPOT and MARGIN.
    volCcy: Decimal | None = None
    # Quote currency for all.
    volCcyQuote: Decimal | None = None
    # False while the bar is open, True once it has closed. Rows of before 2022 (7 columns) lack it.
    confirm: bool | None = last_column(at_least=8)


@model(positional=True)
class MarkPriceCandle(Row):
    """A bar of the mark price (channels ``mark-price-candle1m``, ...); there is no volume."""

    instId: str | None = envelope("arg", "instId")
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # False while the bar is open, True once it has closed.
    confirm: bool | None = last_column(at_least=6)


@model(positional=True)
class IndexCandle(Row):
    """A bar of an index (channels ``index-candle1m``, ...); ``instId`` is the index, there is no volume."""

    instId: str | None = envelope("arg", "instId")
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # False while the bar is open, True once it has closed.
    confirm: bool | None = last_column(at_least=6)


@model(positional=True)
class SpreadCandle(Row):
    """A bar of a spread (channels ``sprd-candle1m``, ...). Prices may be zero or negative."""

    sprdId: str | None = envelope("arg", "sprdId")
    bar: str | None = envelope(_bar)
    # Epoch ms at which the bar opened.
    ts: int | None = None
    o: Decimal | None = None
    h: Decimal | None = None
    l: Decimal | None = None  # noqa: E741  the exchange's spelling
    c: Decimal | None = None
    # In the spread's szCcy.
    vol: Decimal | None = None
    # False while the bar is open, True once it has closed.
    confirm: bool | None = last_column(at_least=7)
