"""Logging: quiet, without secrets, without floods."""

from __future__ import annotations

import inspect
import io
import logging
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from okx_sync import logs


class Lines(logging.Handler):
    """Keeps the formatted lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the package logs."""
    handler = Lines()
    root = logging.getLogger("okx_sync")
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


def record(message: str, *args: object, created: float = 0.0, level: int = logging.WARNING) -> logging.LogRecord:
    """A record of a chosen time."""
    made = logging.LogRecord("okx_sync.x", level, __file__, 1, message, args, None)
    made.created = created
    return made


def test_nothing_is_shown_unless_asked(capfd: pytest.CaptureFixture[str]) -> None:
    """A program that configures no logging sees nothing, and the root logger is untouched."""
    before = list(logging.getLogger().handlers)
    logs.get_logger("quiet").error("nobody hears this")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger().handlers == before


def test_names_are_under_one_tree() -> None:
    """Loggers are children of ``okx_sync``, and asking twice adds no second filter."""
    logger = logs.get_logger("link")
    assert logger.name == "okx_sync.link"
    assert len(logs.get_logger("link").filters) == len(logger.filters) == 2


@pytest.mark.parametrize(
    "text",
    [
        "the secret is SENTINEL-1 here",
        "headers {'OK-ACCESS-PASSPHRASE': 'other-words', 'x': 1} SENTINEL-1",
        'login {"apiKey":"other-words","passphrase":"other-words","sign":"other-words"}',
        "secret_key = other-words; passphrase: other-words",
        "Authorization: Bearer other-words",
        "Proxy-Authorization: Basic other-words",
        "OK-ACCESS-PASSPHRASE: other-words",
        "proxy http://user:other-words@10.0.0.1:8080 refused",
    ],
)
def test_secrets_are_replaced(text: str, lines: list[str]) -> None:
    """Known secrets, values of secret fields and passwords in URLs do not reach a handler."""
    logs.hide("SENTINEL-1")
    logs.get_logger("redact").warning("%s", text)
    assert len(lines) == 1
    assert "SENTINEL-1" not in lines[0]
    assert "other-words" not in lines[0]


@pytest.mark.parametrize(
    "text",
    [
        "GET /api/v5/market/ticker?instId=BTC-USDT -> 200 in 12 ms; design: fine",
        "wrong passphrase: it is the one chosen for this key",
        "bad signature: wrong secret_key, or a proxy changes the request",
    ],
)
def test_harmless_text_stays(text: str) -> None:
    """Redaction does not eat what a reader needs."""
    assert logs.redact(text) == text


def test_no_hint_of_ours_is_eaten() -> None:
    """What the tables of error codes say is shown as it stands there."""
    tables = ("okx", "bybit", "bitget")
    for table in (import_module(f"okx_sync.exchanges.{name}.error_codes") for name in tables):
        texts = re.findall(r'"([^"\n]{20,})"', inspect.getsource(table))
        assert texts
        assert [text for text in texts if logs.redact(text) != text] == []


def test_tracebacks_are_redacted(lines: list[str]) -> None:
    """A secret in an exception's message does not reach a handler either."""
    logs.hide("SENTINEL-2")
    try:
        raise ValueError("bad value SENTINEL-2")
    except ValueError:
        logs.get_logger("trace").exception("it failed")
    assert "ValueError" in lines[0]
    assert "SENTINEL-2" not in lines[0]


def test_short_texts_are_not_hidden() -> None:
    """A one-letter passphrase must not blank out every line."""
    logs.hide("a")
    assert logs.redact("a banana") == "a banana"


def test_repeats_become_a_count() -> None:
    """Of 1000 equal lines at once a few are shown, then the count at 10, 100 and 1000."""
    gate = logs.Repeats(burst=3, window_s=10)
    shown = [
        made.getMessage()
        for made in (record("%s failed", "a", created=i / 1000) for i in range(1000))
        if gate.filter(made)
    ]
    assert shown[:3] == ["a failed"] * 3
    assert [line.split("(")[1] for line in shown[3:]] == [
        "10 times within 10 s)",
        "100 times within 10 s)",
        "1000 times within 10 s)",
    ]


def test_rest_is_told_in_the_next_window() -> None:
    """What was held back is told with the first line of the next window."""
    gate = logs.Repeats(burst=2, window_s=10)
    assert sum(gate.filter(record("x", created=i)) for i in range(6)) == 2
    late = record("x", created=11)
    assert gate.filter(late)
    assert late.getMessage() == "x (and 4 more like it were not shown)"


def test_different_subjects_do_not_hide_each_other() -> None:
    """The first argument says whom a line is about; DEBUG is never held back; slow repeats all pass."""
    gate = logs.Repeats(burst=1, window_s=10)
    assert gate.filter(record("%s failed", "a"))
    assert gate.filter(record("%s failed", "b"))
    assert not gate.filter(record("%s failed", "a"))
    assert all(gate.filter(record("frame", level=logging.DEBUG)) for _ in range(50))
    assert all(gate.filter(record("slow", created=20.0 * i)) for i in range(50))


def test_enable_debug_shows_all_and_can_be_undone() -> None:
    """Two calls make one handler; undoing it restores the level; secrets stay hidden."""
    logs.hide("SENTINEL-3")
    first, second = io.StringIO(), io.StringIO()
    logs.enable_debug(first)
    undo = logs.enable_debug(second)
    logging.getLogger("okx_sync.some.child").debug("a SENTINEL-3 b")
    undo()
    logging.getLogger("okx_sync.some.child").debug("later")
    assert first.getvalue() == ""
    assert "a <hidden> b" in second.getvalue()
    assert "later" not in second.getvalue()
    assert logging.getLogger("okx_sync").level == logging.NOTSET


@pytest.mark.parametrize("form", ["P&amp;ss&lt;w\\r&quot;d9", 'P&amp;ss&lt;w\\r"d9', 'P&ss<w\\\\r"d9'])
def test_a_secret_in_a_web_page_or_a_librarys_words(form: str) -> None:
    """A page escapes it, and a message that shows bytes doubles its backslashes."""
    logs.hide('P&ss<w\\r"d9')
    assert logs.redact(f"you said {form}") == f"you said {logs.HIDDEN}"


def test_a_secret_that_is_the_name_of_a_field() -> None:
    """It is hidden where it is the value of one; the name stays, since it is what tells that a value is a secret."""
    logs.hide("passphrase")
    assert logs.redact('{"passphrase":"SENTINEL-other"}') == f'{{"passphrase":"{logs.HIDDEN}"}}'
    assert logs.redact("passphrase=passphrase") == f"passphrase={logs.HIDDEN}"
