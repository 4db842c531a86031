"""User code that raises: nobody else suffers, and the user is told."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import StateEvent
from okx_sync.errors import CallbackError
from okx_sync.exchanges.okx.models import Trade
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.still_exchange import BTC, TRADES, Log, flood, numbers_of, reconnects, trade

paper = still_exchange.still_paper
log = still_exchange.log

N = 300


def _boom() -> None:
    raise ZeroDivisionError("boom")


@pytest.mark.parametrize("inline", [False, True])
def test_a_callback_that_raises_costs_nothing_but_its_own_event(
    paper: PaperExchange, connect: Connect, log: Log, inline: bool
) -> None:
    """It raises at each third event: all are delivered in order, the socket stays, each failure is told with the
    callback's name, the event and the traceback, and the log names the callback without a line per failure."""
    watched = connect()
    got: list[Trade] = []

    def each_third_fails(event: Trade) -> None:
        got.append(event)
        if len(got) % 3 == 0:
            _boom()

    sub = watched.ws.subscribe_trades(BTC, each_third_fails, inline=inline)
    flood(paper, TRADES, trade, N)
    until(lambda: len(watched.errors) == N // 3)
    assert numbers_of(got) == list(range(N))
    assert sub.stats.received == sub.stats.delivered == N
    assert reconnects(watched.ws) == 0
    assert len(paper.connections) == 1
    for number, error in enumerate(watched.errors):
        assert isinstance(error, CallbackError)
        assert "each_third_fails" in error.callback
        assert "each_third_fails" in str(error)
        assert error.event is got[3 * number + 2]
        assert "in _boom" in "".join(traceback.format_exception(error))
    assert 1 <= len(log.lines(logging.ERROR, "each_third_fails")) <= 10
    assert watched.ws.status()["errors"] == N // 3


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, asyncio.CancelledError, pytest.fail.Exception])
def test_what_is_no_exception_is_told_like_one(
    paper: PaperExchange, connect: Connect, kind: type[BaseException], inline: bool
) -> None:
    """``sys.exit()``, a cancelled future or a test's own failure inside a callback end neither the thread that runs
    callbacks nor the one that reads the socket."""
    watched = connect()
    got: list[Trade] = []

    def leaves(event: Trade) -> None:
        got.append(event)
        raise kind("out of here")

    watched.ws.subscribe_trades(BTC, leaves, inline=inline)
    flood(paper, TRADES, trade, 3)
    until(lambda: len(watched.errors) == 3)
    assert numbers_of(got) == [0, 1, 2]
    assert [type(error.__cause__) for error in watched.errors] == [kind] * 3
    assert watched.ws.is_connected()


def _raising(kind: type[BaseException]) -> Callable[[Any], None]:
    def handler(_: Any) -> None:
        raise kind("the handler fails too")

    return handler


@pytest.mark.parametrize("kind", [RuntimeError, SystemExit, asyncio.CancelledError])
def test_an_error_handler_that_raises_is_safe(
    paper: PaperExchange, connect: Connect, log: Log, kind: type[BaseException]
) -> None:
    """Other handlers still hear of every error, every event is delivered, the log says which handler failed."""
    watched = connect()
    later = Heard()
    watched.ws.on_error(_raising(kind))
    watched.ws.on_error(later)
    got = Heard()

    def fails(event: Trade) -> None:
        got(event)
        _boom()

    watched.ws.subscribe_trades(BTC, fails)
    flood(paper, TRADES, trade, 30)
    until(lambda: len(later) == 30)
    assert numbers_of(got) == list(range(30))
    assert len(watched.errors) == 30
    assert reconnects(watched.ws) == 0
    assert log.lines(logging.ERROR, "_raising.*handler")


@pytest.mark.parametrize("kind", [RuntimeError, SystemExit])
def test_a_state_handler_that_raises_is_safe(paper: PaperExchange, connect: Connect, kind: type[BaseException]) -> None:
    """States still reach the other handlers, through a lost socket and beyond."""
    watched = connect()
    later: list[StateEvent] = []
    watched.ws.on_state(_raising(kind))
    watched.ws.on_state(later.append)
    got = Heard()
    watched.ws.subscribe_trades(BTC, got)
    paper.faults.drop()
    watched.states.until("restored")
    until(lambda: [event.kind for event in later] == watched.states.kinds())
    flood(paper, TRADES, trade, 3)
    until(lambda: len(got) == 3)


def test_an_error_nobody_listens_to_is_logged(
    paper: PaperExchange, connect: Connect, log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without any handler a failing callback is one line with a traceback in the log, and nothing on the screen."""
    watched = connect()
    watched.ws.subscribe_trades(BTC, lambda _: _boom())
    flood(paper, TRADES, trade, 1)
    until(lambda: log.lines(logging.ERROR, "lambda"))
    record = next(one for one in log.caplog.records if "lambda" in one.getMessage())
    assert "ZeroDivisionError: boom" in (record.exc_text or "")
    sys.stderr.flush()
    assert capfd.readouterr() == ("", "")
