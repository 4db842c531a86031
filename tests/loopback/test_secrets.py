"""Secrets show nowhere: every fault at DEBUG with marked secrets, and a search through all that was said."""

from __future__ import annotations

import logging
import pickle
import re
import traceback
from collections.abc import Iterator
from typing import Any

import attrs
import orjson
import pytest

from okx_sync import Config, Credentials, OkxError, WsClient
from okx_sync.paper import PaperAccount, PaperExchange
from tests.leaks import everything_shown
from tests.loopback.conftest import BRISK, Connect, Watched, until
from tests.loopback.still_exchange import BTC, TRADES, flood, trade

KEYLESS: dict[str, str] = {}
KEY = "SENTINEL-key-5b1f0c77"
SECRET = "SENTINEL-secret-93ee2d41"
PASSPHRASE = "SENTINEL-passphrase-a6d81f"
SIGNATURE = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/]{43}=(?![\w=])")


class Everything(logging.Handler):
    """Keeps every line of every logger as a formatter would print it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """All that is logged by anybody at DEBUG."""
    handler, root = Everything(), logging.getLogger()
    loggers = [root, logging.getLogger("okx_sync"), logging.getLogger("websocket")]
    levels = [logger.level for logger in loggers]
    root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """An exchange whose only account has marked secrets."""
    account = PaperAccount("alice", KEY, SECRET, PASSPHRASE, balances={})
    with PaperExchange(flow_per_s=0, accounts=[account]) as exchange:
        yield exchange


def _leaks(text: str) -> list[str]:
    """The secrets in a text; nothing but the secret part of each counts, so that a shortened key is no hit."""
    hits = [secret for secret in (KEY, SECRET, PASSPHRASE) if secret in text or secret[9:] in text]
    return hits + SIGNATURE.findall(text)


def _shown(error: BaseException) -> str:
    with_locals = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    return with_locals + everything_shown(error) + repr(error) + str(error)


def _raised(call: Any, *args: Any, **options: Any) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011  whatever it is, it is searched
        call(*args, **options)
    return caught.value


def _suffer(paper: PaperExchange, watched: Watched) -> list[BaseException]:
    """A working client lives through garbage, callback errors and lost sockets, at every stage of logging in."""
    ws, faults = watched.ws, paper.faults
    ws.subscribe_orders("ANY")
    ws.subscribe_trades(BTC, lambda event: KEYLESS["missing"])
    flood(paper, TRADES, trade, 3)
    for kind in ("text", "binary", "truncated_utf8", "deep", "not_object", "empty"):
        faults.garbage(kind)
    paper.send_raw('{"event":"error","code":"60012","msg":"Invalid request: {apiKey, passphrase, sign}"}')
    for event in ("open", "login", "subscribe", "ack"):
        faults.drop_on(event, "rst", path="private")
        faults.drop(path="private")
        until(lambda: "orders(instType=ANY)" in paper.topics(), what=f"recovery after a drop on {event}")
    faults.refuse_handshake(502, times=2)
    faults.refuse_login("60006", times=1)
    faults.drop()
    until(lambda: paper.topics().total() == 2)
    errors = [_raised(ws.subscribe_trades, "NO-SUCH"), _raised(ws.subscribe, "nonsense")]
    until(lambda: len(watched.errors) >= 9)
    return errors


@pytest.mark.parametrize("code", ["60005", "60007", "60009", "60024"])
def test_a_refused_login_shows_no_secret(paper: PaperExchange, connect: Connect, logged: list[str], code: str) -> None:
    """Whatever is wrong with the key: neither the exception, nor what hangs on it, nor the log shows it."""
    watched = connect()
    paper.faults.refuse_login(code, times=None)
    error = _raised(watched.ws.subscribe_orders, "ANY")
    later = _raised(watched.ws.wait, 5)
    told = list(watched.errors) + [event.error for event in watched.states if event.error]
    for one in (error, later, *told):
        assert _leaks(_shown(one)) == []
    assert _leaks("\n".join(logged)) == []
    assert logged


def test_a_refusal_that_quotes_the_login(paper: PaperExchange, connect: Connect, logged: list[str]) -> None:
    """OKX's 60012 repeats the request: neither the error, nor an event, ``status()`` or a log line does."""
    watched = connect()
    watched.ws.subscribe_orders("ANY")
    said = f'Illegal request: {{"op": "login", "args": ["{KEY}", "{PASSPHRASE}", "{SECRET}"]}}'
    paper.send_raw(orjson.dumps({"event": "error", "code": "60012", "msg": said}).decode())
    paper.send_raw(orjson.dumps({"event": "notice", "code": "64008", "msg": said}).decode())
    paper.send_raw(said)
    until(lambda: len(watched.errors) >= 2, what="both errors")
    watched.states.until("replacing", path="private")
    told = [*map(_shown, watched.errors), *map(str, watched.states), str(watched.ws.status()), *logged]
    assert any("Illegal request" in text for text in told)
    assert _leaks("\n".join(told)) == []


def test_no_fault_shows_a_secret(
    paper: PaperExchange, connect: Connect, logged: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """After all of them: nothing in the log, in any error, state or repr, nor on the screen."""
    watched = connect(options=BRISK)
    errors = [*_suffer(paper, watched), *watched.errors]
    watched.ws.close()
    errors.append(_raised(watched.ws.subscribe_orders, "ANY"))
    for error in errors:
        assert _leaks(_shown(error)) == [], error
    told = [repr(one) for one in (*watched.states, watched.ws, watched.ws.status(), watched.ws.config)]
    told += [str(watched.ws.status()), repr(watched.ws.config.credentials)]
    assert _leaks("\n".join(told)) == []
    assert len(logged) > 20
    assert _leaks("\n".join(logged)) == []
    assert capfd.readouterr() == ("", "")


def test_a_wrong_address_shows_no_secret(paper: PaperExchange, connect: Connect, logged: list[str]) -> None:
    """A password in a proxy's address is a secret too: an unreachable proxy is told without it."""
    proxy = f"http://user:{PASSPHRASE}@127.0.0.1:1"
    watched = connect(attrs.evolve(paper.config, proxy_url=proxy))
    error = _raised(watched.ws.subscribe_orders, "ANY", timeout=0.3)
    assert _leaks(_shown(error)) == []
    assert _leaks(repr(watched.ws.config) + repr(watched.ws.status()) + "\n".join(logged)) == []


def test_a_pickle_holds_no_secret(paper: PaperExchange, connect: Connect) -> None:
    """Credentials, configurations and clients refuse to be pickled; errors and events can be, and hold nothing."""
    watched = connect()
    credentials = Credentials(KEY, SECRET, PASSPHRASE)
    for thing in (credentials, Config(credentials=credentials), watched.ws):
        error = _raised(pickle.dumps, thing)
        assert isinstance(error, TypeError)
        assert _leaks(str(error)) == []
    paper.faults.refuse_login("60024", times=None)
    refused = _raised(watched.ws.subscribe_orders, "ANY")
    assert isinstance(refused, OkxError)
    copy = pickle.loads(pickle.dumps(refused))
    assert str(copy) == str(refused)
    held = pickle.dumps([refused, *watched.states])
    assert not any(secret.encode() in held for secret in (KEY, SECRET, PASSPHRASE))


def test_the_client_shows_its_key_shortened(paper: PaperExchange) -> None:
    """Enough of the key to tell two apart, not enough to use it."""
    with WsClient(paper.config) as ws:
        assert "SENT…" in repr(ws.config)
        assert KEY not in repr(ws.config)
        assert "<hidden>" in repr(ws.config.credentials)
