"""Logging: one tree of standard loggers under ``okx_sync``: quiet by default, no secrets, no floods.

Nothing here adds a handler to the root logger or prints. A program that configures logging gets our lines
like any library's; one that does not sees nothing until it calls :func:`enable_debug`.

Two filters sit on every logger that :func:`get_logger` hands out (a filter on a parent would not see the
children's records):

* :class:`Redaction` replaces known secret texts, whatever follows a header or field that carries one, and
  ``user:password@`` in URLs;
* :class:`Repeats` lets the first lines of a burst through and then only tells the count.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import threading
from collections import deque
from collections.abc import Callable
from typing import TextIO
from urllib.parse import quote, quote_plus, unquote

__all__ = ["HIDDEN", "Redaction", "Repeats", "enable_debug", "get_logger", "hide", "mask_url", "redact"]

ROOT = "okx_sync"
HIDDEN = "<hidden>"

_MIN_SECRET = 8  # the shortest passphrase that exchanges accept; hiding shorter texts would make logs unreadable

# What follows one of these names is a secret or as good as one. A short plain word behind a colon is prose: "wrong
# passphrase: it is the one chosen for this key". No exchange accepts a passphrase that short.
_FIELDS = re.compile(
    r"""(?ix) ( ["']? \b (?: ok-access-\w+ | x-bapi-(?:sign|api-key) | access-(?:sign|key|passphrase)
          | passphrase | pwd | api_?secret | secret_?key | api_?key | authorization | sign(?:ature)? )
          (?:\\{0,3}["'])? \s* [:=] \s* (?:b?\\{0,3}["'])? )
          (?! (?: (?<= [^-]passphrase:\  ) | (?<= \ signature:\  ) ) (?-i:[a-z]{1,7}) (?:[\s.,;]|$) )
          ( (?:(?:bearer|basic)\s+)? [^\s"',;&}\])]+ )""",
)
_PASSING = 32
_USERINFO = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^/\s@]+@")


class _Secrets:
    """The texts that must not appear anywhere; its own repr shows none."""

    def __init__(self) -> None:
        # Guards the pattern while a new text is added; reading it needs no lock.
        self._lock = threading.RLock()
        self._texts: set[str] = set()
        self._passing: deque[str] = deque(maxlen=_PASSING)
        self._pattern: re.Pattern[str] | None = None

    def __repr__(self) -> str:
        return f"<{len(self._texts)} hidden texts>"

    def add(self, text: str, *, passing: bool = False) -> None:
        """Remember a secret; of those that are ``passing`` (secret for a minute) only the latest are kept."""
        if len(text) < _MIN_SECRET or _FIELDS.fullmatch(f"{text}:x"):  # a field's name must stay to be seen
            return
        with self._lock:
            if passing:  # not in the pattern: each login would make another one, and `re` keeps hundreds of them
                self._passing.append(text)
                return
            if text in self._texts:
                return
            self._texts |= {form for form in _forms_of(text) if len(form) >= _MIN_SECRET}
            longest_first = sorted(self._texts, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def remove_from(self, text: str) -> str:
        for one in list(self._passing):  # not tuple(), see docs/architecture.md: another thread may add one
            text = text.replace(one, HIDDEN)
        pattern = self._pattern
        return text if pattern is None else pattern.sub(HIDDEN, text)


def _forms_of(text: str) -> set[str]:
    """Return a secret as it stands, and as JSON, a URL, a web page, a header or a library's words would have it."""
    import html  # brings the names of two thousand characters, which only secrets need

    as_json = {json.dumps(text, ensure_ascii=flag)[1:-1] for flag in (True, False)}
    in_url = {quote(text), quote(text, safe=""), quote_plus(text), unquote(text)}
    in_page = {html.escape(text), html.escape(text, quote=False)}
    in_words = {repr(text)[1:-1], repr(text.encode("utf-8", "replace"))[2:-1]}
    return {text, *in_page, *in_words, base64.b64encode(text.encode("utf-8", "replace")).decode(), *as_json, *in_url}


_SECRETS = _Secrets()


def hide(text: str, *, passing: bool = False) -> None:
    """Keep ``text``, and its forms in JSON, URLs and headers, out of all log lines, errors and reports from now on.

    ``passing``: of a signature and the like, which is worth nothing soon; only the latest of them are remembered.
    """
    _SECRETS.add(text, passing=passing)


def mask_url(url: str) -> str:
    """Return ``url`` with ``user:password@`` hidden."""
    return _USERINFO.sub(r"\1***@", url)


def redact(text: str) -> str:
    """Return ``text`` without known secrets, values of secret headers and fields, and passwords in URLs."""
    return _USERINFO.sub(r"\1***@", _FIELDS.sub(rf"\1{HIDDEN}", _SECRETS.remove_from(text)))


class Redaction(logging.Filter):
    """Replaces secrets in the message and in the traceback of a record."""

    _formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the message and the traceback of a record; every record passes."""
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            # Formatters use a text that is already there, so that the traceback goes out redacted too.
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True


class Repeats(logging.Filter):
    """Lets ``burst`` lines of a kind through in ``window_s`` seconds; of the rest it tells only the count.

    Lines are of one kind when level, message template and first argument agree (the first argument says whom the line
    is about). A held-back count is logged at 10, 100, 1000, ... lines and on the first line of the next window. DEBUG
    lines are never held back.
    """

    def __init__(self, burst: int = 5, window_s: float = 10.0) -> None:
        super().__init__()
        self.burst = burst
        self.window_s = window_s
        # Guards the counts; nothing else is done under it.
        self._lock = threading.RLock()
        self._kinds: dict[tuple[int, str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the first lines of a kind pass, and of the rest only some, with their count."""
        if record.levelno <= logging.DEBUG:
            return True
        first = record.args[0] if isinstance(record.args, tuple) and record.args else ""
        kind = (record.levelno, str(record.msg), str(first))
        with self._lock:
            started, count = self._kinds.get(kind, (record.created, 0))
            held_back = 0
            if not 0 <= record.created - started < self.window_s:
                held_back = max(0, count - self.burst)
                started, count = record.created, 0
                self._forget(record.created)
            count += 1
            self._kinds[kind] = (started, count)
        if held_back:
            record.msg = f"{record.msg} (and {held_back} more like it were not shown)"
        elif count > self.burst:
            if str(count).strip("0") != "1":
                return False
            record.msg = f"{record.msg} ({count} times within {self.window_s:g} s)"
        return True

    def _forget(self, now: float) -> None:
        old = [kind for kind, (started, _) in self._kinds.items() if now - started > 60 * self.window_s]
        for kind in old:
            del self._kinds[kind]


_REPEATS = Repeats()
_REDACTION = Redaction()


def _renew_locks() -> None:
    """Make new locks in a forked child: a thread of the parent may have held the old ones."""
    _SECRETS._lock, _REPEATS._lock = threading.RLock(), threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)

logging.getLogger(ROOT).addHandler(logging.NullHandler())


def get_logger(name: str) -> logging.Logger:
    """Return the logger ``okx_sync.<name>`` (``"rest"``, ``"link"``, ...), with both filters on it."""
    logger = logging.getLogger(f"{ROOT}.{name}" if name else ROOT)
    if _REDACTION not in logger.filters:
        logger.addFilter(_REPEATS)
        logger.addFilter(_REDACTION)
    return logger


class _DebugHandler(logging.StreamHandler[TextIO]):
    """The handler of enable_debug; remembers the level that undoing it brings back."""

    level_before = logging.NOTSET


def enable_debug(stream: TextIO | None = None, level: int = logging.DEBUG) -> Callable[[], None]:
    """Show everything this package logs, on ``stream`` (standard error by default).

    Calling it again replaces the earlier handler, so a rerun notebook cell does not double the lines.
    Returns a function that undoes it. Other loggers, the root logger included, are untouched.
    """
    logger = logging.getLogger(ROOT)
    before = logger.level
    for old in [handler for handler in logger.handlers if isinstance(handler, _DebugHandler)]:
        before = old.level_before
        logger.removeHandler(old)
    handler = _DebugHandler(stream)
    handler.level_before = before
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"))
    # A handler's filter sees the records of every child, also of one that was not made by get_logger.
    handler.addFilter(_REDACTION)
    logger.addHandler(handler)
    logger.setLevel(level)

    def disable() -> None:
        if handler in logger.handlers:
            logger.removeHandler(handler)
            logger.setLevel(before)

    return disable
