"""Logging is the application's business: nothing on the screen, nobody else's logger touched, no flood of lines."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.still_exchange import BTC, TRADES, Log, flood, trade

paper = still_exchange.still_paper
log = still_exchange.log


@pytest.fixture
def unconfigured() -> Iterator[None]:
    """Logging as in a script that never set it up: the handlers of pytest are taken away."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_nothing_is_printed(
    paper: PaperExchange, connect: Connect, capfd: pytest.CaptureFixture[str], unconfigured: None
) -> None:
    """Lost sockets, garbage, failing callbacks, drops, refusals: without a logging setup the screen stays empty, and
    the root logger is as it was."""
    root = logging.getLogger()
    before = (root.level, root.handlers[:], root.filters[:])
    watched = connect()
    watched.ws.subscribe_trades(BTC, lambda _: 1 / 0)
    full = watched.ws.subscribe_trades(BTC, maxsize=5)
    watched.ws.on_state(lambda _: 1 / 0)
    watched.ws.on_error(lambda _: 1 / 0)
    flood(paper, TRADES, trade, 100)
    until(lambda: full.stats.dropped > 0)
    for kind in ("text", "binary", "truncated_utf8", "deep", "not_object", "empty", "big"):
        paper.faults.garbage(kind)
    for how in ("rst", "fin", "close"):
        count = watched.states.kinds().count("restored")
        paper.faults.refuse_handshake(502)
        paper.faults.drop(how, 1012)
        watched.states.until("restored", count + 1)
    paper.faults.refuse_login("60005", times=None)
    with pytest.raises(Exception, match="60005"):
        watched.ws.subscribe_orders("ANY")
    watched.ws.close()
    assert (root.level, root.handlers, root.filters) == before
    assert logging.getLogger("okx_sync").level == logging.NOTSET
    assert [type(one) for one in logging.getLogger("okx_sync").handlers] == [logging.NullHandler]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", ["callback", "garbage"])
def test_a_thousand_repeats_are_a_few_lines(paper: PaperExchange, connect: Connect, log: Log, kind: str) -> None:
    """Each of a thousand failures reaches ``on_error``; the log tells the first few and then only how many."""
    watched = connect()

    def always_fails(_: object) -> None:
        raise ValueError("always the same")

    sub = watched.ws.subscribe_trades(BTC, always_fails if kind == "callback" else Heard())
    if kind == "callback":
        flood(paper, TRADES, trade, 1_000)
    else:
        paper.write_bytes(b"\x81\x03{a}" * 1_000)
    until(lambda: len(watched.errors) == 1_000)
    lines = log.lines(logging.ERROR)
    assert 1 <= len(lines) <= 10
    assert any("1000 times within" in line for line in lines)
    assert sub.stats.received == (1_000 if kind == "callback" else 0)


def test_a_quiet_life_is_a_quiet_log(paper: PaperExchange, connect: Connect, log: Log) -> None:
    """Nothing above DEBUG is logged while nothing is wrong."""
    watched = connect()
    watched.ws.subscribe_trades(BTC, Heard())
    watched.ws.subscribe_orders("ANY")
    flood(paper, TRADES, trade, 100)
    watched.ws.close()
    records = [one for one in log.caplog.records if one.levelno > logging.DEBUG and one.name.startswith("okx_sync")]
    assert records == []


def test_a_server_that_flaps_is_told_as_a_count(paper: PaperExchange, connect: Connect, log: Log) -> None:
    """Fifty failed attempts in a row are a few WARNING lines that name the reason."""
    watched = connect()
    watched.ws.subscribe_trades(BTC)
    paper.faults.refuse_handshake(502, times=50)
    paper.faults.drop()
    watched.states.until("restored")
    lines = log.lines(logging.WARNING)
    assert any("502" in line for line in lines)
    assert len(lines) <= 10
