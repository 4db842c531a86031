"""Logins: nothing before the answer, one attempt where another is pointless, the clock set where that is the cure."""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Iterator
from typing import Literal

import orjson
import pytest

from okx_sync import Credentials, OkxAuthError, OkxError
from okx_sync.paper import PaperExchange
from tests.clocks import ForwardClock
from tests.conformance.conftest import Connect
from tests.conformance.wire_protocols import Wire
from tests.leaks import everything_shown
from tests.loopback.conftest import FAST, our_threads, until


def _logins(paper: PaperExchange) -> int:
    return sum(one.logins for one in paper.connections)


def test_a_fatal_login(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A key that is wrong: one attempt, ``OkxAuthError`` with a hint to the caller, no loop."""
    right = wire.config(paper).credentials
    watched = connect(credentials=Credentials(right.api_key, "not-the-secret", right.passphrase))
    with pytest.raises(OkxAuthError) as caught:
        watched.subscribe(wire.orders)
    assert caught.value.hint
    assert watched.states.until("failed").error is caught.value
    until(lambda: not our_threads("okx-ws"), what="the end of the link thread")
    assert _logins(paper) == 1
    with pytest.raises(OkxAuthError):
        watched.subscribe(wire.orders)
    assert _logins(paper) == 1


def test_no_credentials(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Private streams without a key: an error that says so, and no connection is made."""
    watched = connect(credentials=None)
    with pytest.raises(OkxAuthError) as caught:
        watched.subscribe(wire.orders)
    assert caught.value.hint
    assert paper.connections == []


def test_nothing_is_asked_before_the_login_is_answered(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """The answer to a login takes its time: until it is there, the login is all that was sent."""
    wait_s = 0.2
    paper.faults.delay(wait_s, "login")
    watched = connect()
    watched.subscribe(wire.more_private[0], wait=False)
    watched.subscribe(wire.orders)
    (login_at, login), *asks = [(frame.at, orjson.loads(frame.text)) for frame in paper.seen]
    assert login["op"] in ("login", "auth")
    assert {ask["op"] for _, ask in asks} == {"subscribe"}
    assert min(at for at, _ in asks) - login_at >= wait_s
    assert paper.wait_for(lambda: sorted(paper.topics().values()) == [1, 1])


def test_a_login_that_is_never_answered(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """No answer to a login within ``ack_s``: a new socket, a fresh login."""
    paper.faults.delay(60, "login", times=1)
    watched = connect(clock=(clock := ForwardClock()))
    watched.subscribe(wire.orders, wait=False)
    until(lambda: _logins(paper) == 1, what="the login")
    assert watched.states.of(kind="reconnecting") == []
    clock.ahead += FAST.ack_s
    assert paper.wait_for(lambda: list(paper.topics().values()) == [1])
    assert [one.logins for one in paper.connections] == [1, 1]


def test_a_clock_that_is_off(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Our clock is 90 s off: learned from the exchange and set; the caller sees nothing, and it stays so."""
    paper.clock.skew(90)
    watched = connect()
    watched.subscribe(wire.orders)
    assert _logins(paper) == 2
    assert watched.ws.status()["clock_offset_s"] == pytest.approx(90, abs=2)
    paper.faults.drop()
    watched.states.until("restored")
    assert paper.connections[-1].logins == 1
    assert _logins(paper) == 3


def test_a_login_by_hand(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """``login_with_timestamp`` starts a link that had given up, and sets the clock to the time that is given."""
    paper.faults.refuse_login(wire.fatal_code)
    watched = connect()
    with pytest.raises(OkxAuthError):
        watched.subscribe(wire.orders)
    paper.clock.skew(90)
    watched.ws.login_with_timestamp(time.time() + 90)
    watched.subscribe(wire.orders)
    assert _logins(paper) == 2
    assert watched.ws.status()["clock_offset_s"] == pytest.approx(90, abs=2)


# -- secrets -----------------------------------------------------------------------------------------------------


class _Everything(logging.Handler):
    """Keeps every line of every logger as a formatter would print it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """All that is logged by anybody at DEBUG."""
    handler, loggers = _Everything(), [logging.getLogger(name) for name in (None, "okx_sync", "websocket")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield handler.lines
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def test_no_secret_is_shown(paper: PaperExchange, wire: Wire, connect: Connect, logged: list[str]) -> None:
    """Through lost sockets, garbage and refused logins: no secret in a log, repr, exception, traceback or pickle."""
    right = wire.config(paper).credentials
    watched = connect()
    watched.subscribe(wire.orders)
    paper.faults.garbage("text")
    moments: tuple[Literal["login"], Literal["ack"]] = ("login", "ack")
    for event in moments:
        paper.faults.drop_on(event, "rst")
        restored = len(watched.states.of(kind="restored"))
        paper.faults.drop()
        watched.states.until("restored", restored + 1)
    paper.faults.refuse_login(wire.fatal_code, times=None)
    paper.faults.drop()
    failed = watched.states.until("failed").error
    assert isinstance(failed, OkxError)
    told = [*watched.states, *watched.errors, watched.ws, watched.ws.status(), wire.config(paper), right]
    texts = [*map(repr, told), *map(everything_shown, [failed, *watched.errors]), *logged]
    texts.append(pickle.dumps([failed, *watched.states]).decode("latin1"))
    with pytest.raises(TypeError):
        pickle.dumps(right)
    for secret in (right.api_key, right.secret_key, right.passphrase):
        assert not [text for text in texts if secret and secret in text]
    assert len(logged) > 10
