"""The door for texts of an exchange: whatever quotes a login, no secret of it gets in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from okx_sync import logs
from okx_sync.credentials import Credentials
from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.dialect import BitgetDialect
from okx_sync.exchanges.bybit.dialect import BybitDialect
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Dialect
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, Notice, StreamReply, Unknown, shorten, unread
from okx_sync.protocol.foreign_text import without_secrets

KEY, SECRET, PASSPHRASE = "SENTINEL-key-41", 'SENTINEL "secret" 42', "SENTINEL pass,43"
DIALECTS: list[Dialect] = [OkxDialect(), BitgetDialect(), BybitDialect()]


def secrets_of(dialect: Dialect) -> Iterator[str]:
    """Everything secret in a login, the signature among it, and the login itself."""
    login = dialect.login_frame(Credentials(KEY, SECRET, PASSPHRASE), 1_700_000_000.0)
    args = orjson.loads("".join(login))["args"]
    yield "".join(login)  # no longer hidden
    yield from (str(value) for value in (args[0].values() if isinstance(args[0], dict) else args))


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
@pytest.mark.parametrize("shape", ["msg", "ret_msg", "notice", "unknown", "garbage", "arg", "nested"])
def test_a_message_that_quotes_the_login(dialect: Dialect, shape: str) -> None:
    """Refusals, notices, what is unknown and what is garbage, with the login as text, as JSON or as values."""
    login, *values = secrets_of(dialect)
    values = [value for value in values if not value.isdecimal()]
    texts = {
        "msg": {"event": "error", "code": "60012", "msg": f"Illegal request: {login}"},
        "ret_msg": {"success": False, "ret_msg": f"error: bad {login}", "op": "auth"},
        "notice": {"event": "notice", "code": "64008", "msg": f"soon {login}"},
        "unknown": {"what": orjson.loads(login)},
        "arg": {"event": "error", "code": "60012", "msg": "no", "arg": dict(enumerate_texts(values))},
        "nested": {"event": "error", "code": "60012", "msg": orjson.dumps(login).decode()},
    }
    frame = login.encode()[:-1] if shape == "garbage" else orjson.dumps(texts[shape])
    event = without_secrets(dialect.read(frame))
    shown = told_of(event)
    assert [value for value in values if value in shown or value.replace('"', '\\"') in shown] == []
    if isinstance(event, Failure):
        assert "SENTINEL" not in str(dialect.error(event.code, event.message, event.arg))


def told_of(event: Event) -> str:
    """All that is told of an event."""
    if isinstance(event, Garbage | Unknown):
        return f"{unread(event)!r}{unread(event).text}"
    return f"{event.message}{shorten(event.raw)}" if isinstance(event, StreamReply) else repr(event)


def enumerate_texts(values: list[str]) -> Iterator[tuple[str, str]]:
    """``values`` under names that tell nothing."""
    return ((f"x{number}", value) for number, value in enumerate(values))


@pytest.mark.parametrize(
    "event",
    [
        Failure("1", "text", "id", text="text", arg={"channel": "trades"}),
        Notice("1", "text"),
        StreamReply("1", "order", "0", "", [{"sMsg": "text"}], {}),
        Ack("subscribe", None, "1", ({"channel": "trades"},), "reason"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_quotes_nothing_stays(event: Event) -> None:
    """Texts, topics and rows are as they were."""
    assert without_secrets(event) == event


def test_forms_of_a_secret() -> None:
    """As JSON, in a URL and in a header it is hidden, too."""
    logs.hide('SENTINEL-a"b/c d+ü')
    for form in ('SENTINEL-a\\"b/c d+ü', 'SENTINEL-a\\"b/c d+\\u00fc', "SENTINEL-a%22b%2Fc%20d%2B%C3%BC"):
        assert logs.redact(f"x {form} y") == f"x {logs.HIDDEN} y"
    assert logs.redact("x U0VOVElORUwtYSJiL2MgZCvDvA== y") == f"x {logs.HIDDEN} y"


def test_only_the_latest_passing_secrets_are_remembered() -> None:
    """A year of logins does not make the search slow."""
    texts = [f"one-of-many-signatures-{number}." for number in range(100)]
    for text in texts:
        logs.hide(text, passing=True)
    assert logs.redact(texts[-1]) == logs.HIDDEN
    assert logs.redact(texts[0]) == texts[0]


def test_an_unreadable_row_shows_no_secret() -> None:
    """Not even when it is cut in the middle of one."""
    logs.hide("SENTINEL-long-secret")
    error: Any = DecodeError("no", text="x" * 290 + "SENTINEL-long-secret" + "y" * 5000)
    assert "SENTINEL" not in error.text
    assert "characters" in error.text
