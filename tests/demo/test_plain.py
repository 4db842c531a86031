"""The demo as lines: everything once, in ASCII."""

from __future__ import annotations

import io

import attrs

from okx_sync.demo.frame import OrderCounts
from okx_sync.demo.plain import PlainScreen
from tests.demo.frames import beginning, frame


def shown(*pictures: object) -> list[str]:
    """The lines that these pictures give, one after the other."""
    out = io.StringIO()
    with PlainScreen(out) as screen:
        for picture in pictures:
            screen.show(picture)  # type: ignore[arg-type]
    return out.getvalue().splitlines()


def test_a_line_for_each_market_and_one_in_all() -> None:
    """Price, best prices, validity and candle of each market; rate, lag, orders and equity in one line."""
    lines = shown(frame(counts=OrderCounts(placed=3, amended=2, canceled=1)))
    assert all(line.isascii() for line in lines)
    assert "BTC-USDT       65,000.1 + bid 65,000.0 ask 65,000.1  book valid" in lines[1]
    assert "102 events/s, lag 1.2 ms, orders open 2 placed 3 amended 2 canceled 1 filled 0" in lines[3]
    assert "equity 330,000.50 USD" in lines[3]


def test_news_and_fills_are_told_once() -> None:
    """Pictures repeat what happened, lines do not; what has scrolled out of the picture is left out, not doubled."""
    first = frame(news=("one",), news_total=1, counts=OrderCounts(fills=1))
    second = attrs.evolve(first, news=("one", "two"), news_total=2, counts=OrderCounts(fills=3))
    lines = shown(first, second, second)
    assert [line.split("s  ", 1)[1] for line in lines if line.endswith(("one", "two"))] == ["one", "two"]
    assert sum("fill " in line for line in lines) == 3


def test_nothing_yet() -> None:
    """Before the first price there are no made-up numbers."""
    assert shown(beginning()) == [
        "   0.0s  stream         0 events/s, orders open 0 placed 0 amended 0 canceled 0 filled 0"
    ]
