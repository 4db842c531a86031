"""The live view: fits the terminal, whatever its size, and shows what matters."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from okx_sync.demo.charts import candles, sparkline
from okx_sync.demo.frame import LinkView, ScreenFrame
from okx_sync.demo.view import draw
from tests.demo.frames import beginning, frame, market, order

SIZES = [(80, 24), (70, 20), (60, 24), (40, 16), (100, 30), (120, 40), (132, 40), (240, 70)]


def drawn(picture: ScreenFrame, width: int = 80, height: int = 24) -> list[str]:
    """The lines that a terminal of this size would show."""
    console = Console(file=io.StringIO(), width=width, height=height, color_system=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(draw(picture, width, height), end="")
    return capture.get().splitlines()


@pytest.mark.parametrize("picture", [frame(), beginning(), frame(trading=False)], ids=["full", "empty", "public"])
@pytest.mark.parametrize("size", SIZES)
def test_fits_the_terminal(size: tuple[int, int], picture: ScreenFrame) -> None:
    """No line is wider than the terminal, and there are exactly as many as it has rows: nothing scrolls or jumps."""
    width, height = size
    lines = drawn(picture, width, height)
    assert max(map(len, lines)) <= width
    assert len(lines) == height


def test_80_by_24_shows_all_that_matters() -> None:
    """A small terminal has room for prices, validity, own orders, balance, counts, rate, lag and links."""
    text = "\n".join(drawn(frame()))
    for word in (
        "BTC-USDT-SWAP",
        "book valid",
        "65,000.1",
        "+1.56%",
        "20% done",
        "placed 9  amended 8  canceled 7  filled 2",
        "330,000.50 USD",
        "-1.50 USD",
        "102 events/s",
        "lag 1.2 ms",
        "● public",
        "7 / 20 s",
    ):
        assert word in text


def test_own_order_is_marked_in_the_book() -> None:
    """A level at which an own order rests carries the mark that the list of orders has too."""
    (marked,) = [line for line in drawn(frame(orders=(order(px="64999.1"),))) if "▸64,999.1" in line]
    assert "1.25" in marked


def test_invalid_book_says_so() -> None:
    """A book that must not be trusted is shown as such."""
    assert "book not valid" in "\n".join(drawn(frame(markets=(market(valid=False),))))


def test_lost_link_and_troubles_are_visible() -> None:
    """A link that is not ready is named with its state; drops and errors replace the hint in the footer."""
    links = (LinkView(name="public", state="connecting", reconnects=1, round_trip_ms=None),)
    text = "\n".join(drawn(frame(links=links, dropped=3, errors=2)))
    assert "public connecting" in text
    assert "3 dropped" in text
    assert "2 errors" in text


def test_chart_has_the_asked_size() -> None:
    """Candles fill exactly the given lines and columns, also when there are fewer candles than columns, or none."""
    for bars in (market().candles, market().candles[:5], ()):
        lines = candles(bars, 40, 4)
        assert [line.cell_len for line in lines] == [40] * 4


def test_sparkline_scales_to_the_largest() -> None:
    """The newest values, the largest as the highest bar; silence is the lowest."""
    assert sparkline([5, 0, 8], 4, "").plain == " ▅▁█"
    assert sparkline([], 3, "").plain == "   "
