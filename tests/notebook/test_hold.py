"""``show`` at a prompt: it holds, redraws on the calling thread, ends quietly, and tells what has died.

How it looks in a notebook is tested in tests/notebooks.
"""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import ConfigError, StreamClosed, SubscriptionError, WsClient
from okx_sync.notebook import RowList, show
from okx_sync.notebook.hold import Moving, hold
from okx_sync.paper import PaperExchange
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import OrderUpdate
from tests.loopback import still_exchange

paper = still_exchange.shared_paper


class Counter:
    """A picture that counts how often it was drawn; ``interrupt_at``: then the user presses the stop button."""

    def __init__(self, interrupt_at: int | None = None) -> None:
        self.drawn: list[threading.Thread] = []
        self._interrupt_at = interrupt_at

    def _repr_html_(self) -> str:
        self.drawn.append(threading.current_thread())
        if len(self.drawn) == self._interrupt_at:
            raise KeyboardInterrupt
        return f"<b>{len(self.drawn)}</b>"

    def __repr__(self) -> str:
        return f"picture {len(self.drawn)}"


def test_it_ends_after_its_seconds() -> None:
    """At most five pictures a second, on the calling thread, the last at the end."""
    counter = Counter()
    show(lambda: counter, seconds=0.5)
    assert 2 <= len(counter.drawn) <= 5
    assert set(counter.drawn) == {threading.current_thread()}


def test_an_interrupt_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    """The last picture stays; further code of the cell runs."""
    counter = Counter(interrupt_at=3)
    show(lambda: counter)
    assert len(counter.drawn) == 3
    assert capsys.readouterr().out.startswith("picture 1\n")


def test_what_does_not_change_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Rows, an order that is over: nobody is held."""
    manager = OrderManager()
    manager.apply(OrderUpdate(inst_id="A", order_id="1", status="filled", filled=Decimal(1)))
    show(RowList([1]), manager["1"])
    assert capsys.readouterr().out.splitlines() == ["[1]", repr(manager["1"])]


def test_an_order_is_shown_until_it_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    """The last picture is of its end."""
    manager = OrderManager()
    manager.apply(OrderUpdate(inst_id="A", order_id="1", status="live"))
    end = OrderUpdate(inst_id="A", order_id="1", status="canceled", updated_at=2)
    threading.Timer(0.1, manager.apply, (end,)).start()
    show(manager["1"], seconds=30)
    assert manager["1"].is_done
    del capsys


def closed_book() -> OrderBook:
    book = OrderBook("BTC-USDT")
    book.close()
    return book


def closed_positions() -> PositionMonitor:
    positions = PositionMonitor()
    positions.close("its link has failed")
    return positions


@pytest.mark.parametrize("make", [closed_book, closed_positions])
def test_what_has_ended_raises(make: Any) -> None:
    """Its picture is not left standing as if it were alive."""
    with pytest.raises(StreamClosed, match="closed"):
        show(make(), seconds=30)


def test_what_a_dead_client_shows_raises(paper: PaperExchange) -> None:
    """The client, its status, a subscription and a group: each says that it has ended."""
    ws = WsClient(paper.public_config)
    sub, group = ws.subscribe_trades("BTC-USDT"), ws.subscribe_tickers(["BTC-USDT", "ETH-USDT"])
    show(ws, ws.status, sub, group, seconds=0.05)
    group.unsubscribe()
    with pytest.raises(StreamClosed, match="all of the group"):
        show(group, seconds=30)
    ws.close()
    for one in (ws, ws.status, sub):
        with pytest.raises(StreamClosed, match="closed"):
            show(one, seconds=30)


def test_a_group_that_was_refused_says_why(paper: PaperExchange) -> None:
    """With the exchange's own reason."""
    with WsClient(paper.public_config) as ws:
        group = ws.subscribe_tickers(["NO-SUCH", "NO-OTHER"], wait=False)
        with pytest.raises(SubscriptionError, match="NO-SUCH"):
            show(group, seconds=30)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), "10", True])
def test_seconds_are_a_number_above_0(seconds: Any) -> None:
    """A wrong one is refused, and not taken for endless or over."""
    with pytest.raises(ConfigError, match="seconds must be a number above 0"):
        show(RowList([1]), seconds=seconds)


def test_what_has_no_picture_is_refused() -> None:
    """Before anything is shown, with a hint at ``seconds=``."""
    with pytest.raises(ConfigError, match="no picture of a int"):
        show(RowList([1]), 10)
    with pytest.raises(ConfigError, match="something to show"):
        show()


def test_the_same_words_are_not_printed_again(capsys: pytest.CaptureFixture[str]) -> None:
    """A terminal gets a line when there is news, at most once a second."""
    hold(Moving(lambda: "", lambda: "quiet", lambda: False), 0.5)
    assert capsys.readouterr().out == "quiet\n"
