"""Messages of Bybit that are no push: one reading for the spellings of all its servers.

V5 has ``success``/``ret_msg``/``conn_id``/``req_id`` on public and private paths and ``retCode``/``retMsg``/``connId``/
``reqId`` on the trade path; options, spreads and the seed protocol have ``type: COMMAND_RESP`` with lists of topics;
older public servers echo the whole ``request``. Pages: "Connect" and "Websocket Trade Guideline" of the V5
documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, cast

from okx_sync.exchanges.bybit.error_codes import code_of
from okx_sync.exchanges.frames import text_of
from okx_sync.protocol.events import Ack, Event, Failure, LoggedIn, Notice, Pong, StreamReply, Unknown

__all__ = ["answer", "marked", "named_topics", "receipts"]

_PONG: Final = Pong()
_REPEATED_LOGIN: Final = "20001"
_REFUSES_ALL: Final = "10019"  # the server restarts: no request on this connection is taken any more
_RESTARTING: Final = frozenset({"10016", _REFUSES_ALL})
_NAMED: Final = re.compile(r"topic:\s*([^\s,]+)", re.IGNORECASE)
_IDS: Final = ("req_id", "reqId", "id")
_ASKS: Final = ("subscribe", "unsubscribe")
_MARK: Final = "-"


def answer(message: dict[str, Any]) -> Event:
    """Say what a message without data means."""
    text = _text(message)
    op, request_id = _op(message)
    if op == "pong" or text == "pong":
        return _PONG
    refused = _is_refused(message)
    if refused is None:
        # Whoever waits for it must hear at once that nobody knows.
        if op is not None and op.startswith("order."):
            return StreamReply(request_id or "", op, "", text, [], message)
        return Unknown(message)
    code = code_of(_number(message), text) if refused else "0"
    if op == "auth":
        is_in = not refused or code == _REPEATED_LOGIN
        return LoggedIn(message) if is_in else Failure(code, text, request_id, text=text)
    if op in _ASKS:
        return _ack(message, cast(Any, op), request_id, code, text)
    if refused and code in _RESTARTING and request_id is None:
        return Notice(code, text, restart=True)
    if "reqId" in message or (op is not None and op.startswith("order.")):
        rows = receipts(message.get("data"), message.get("retExtInfo"))
        return StreamReply(request_id or "", op or "", code, text, rows, message, restart=code == _REFUSES_ALL)
    return Failure(code, text, request_id, text=text) if refused else Unknown(message)


def named_topics(failure: Failure) -> list[str]:
    """Return the topics that a refusal names, as they are on the wire."""
    if failure.arg is not None and type(topic := failure.arg.get("topic")) is str:
        return [topic]
    return _NAMED.findall(failure.message)


def _ack(
    message: dict[str, Any], op: Literal["subscribe", "unsubscribe"], request_id: str | None, code: str, text: str
) -> Event:
    done, failed = _lists(message)
    if done is None and failed is None:
        asked = _asked(message)
        arg = {"topic": asked[0]} if len(asked) == 1 else None
        return Ack(op, arg, request_id) if code == "0" else Failure(code, text, request_id, text=text, arg=arg)
    if request_id is not None:
        return Ack(op, None, request_id, tuple({"topic": topic} for topic in failed or ()), reason=text)
    # Without an id such a request was for one topic.
    if failed:
        return Failure(code if code != "0" else "", text, None, text=text, arg={"topic": failed[0]})
    return Ack(op, {"topic": done[0]}) if done else Unknown(message)


def _op(message: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the operation that is answered, and the id of the request.

    Where the answer does not name the operation, our own id does (:func:`marked`).
    """
    op, request, kind = message.get("op"), message.get("request"), message.get("type")
    request_id = next((text for key in _IDS if (text := text_of(message, key))), None)
    mark, _, rest = (request_id or "").partition(_MARK)
    if mark in _ASKS and rest:
        request_id = rest
    else:
        mark = "subscribe" if kind == "COMMAND_RESP" else ""
    if type(request) is dict:
        op = request.get("op")
    if kind == "AUTH_RESP":
        op = "auth"
    return (op if type(op) is str else mark or None), request_id


def marked(op: str, request_id: str) -> str:
    """Make an id that tells the operation as well, for servers whose answers do not."""
    return f"{op}{_MARK}{request_id}"


def _text(message: Mapping[str, Any]) -> str:
    return text_of(message, "ret_msg") or text_of(message, "retMsg")


def _number(message: Mapping[str, Any]) -> str:
    return text_of(message, "retCode") or text_of(message, "ret_code")


def _is_refused(message: Mapping[str, Any]) -> bool | None:
    """Tell whether an answer is a refusal; None for a message that is no answer at all."""
    success, number = message.get("success"), _number(message)
    if type(success) is bool:
        return not success
    return number != "0" if number else None


def _lists(message: Mapping[str, Any]) -> tuple[list[str] | None, list[str] | None]:
    """Return the topics that were agreed to and those that were not, where the answer lists them."""
    data = message.get("data")
    if type(data) is not dict or not ("successTopics" in data or "failTopics" in data):
        return None, None
    return _texts(data.get("successTopics")), _texts(data.get("failTopics"))


def _asked(message: Mapping[str, Any]) -> list[str]:
    """Return the topics in the request that an answer of an older public server repeats."""
    request = message.get("request")
    return _texts(request.get("args")) if type(request) is dict else []


def _texts(value: Any) -> list[str]:
    return [item for item in value if type(item) is str] if type(value) is list else []


def receipts(data: Any, beside: Any) -> list[Any]:
    """Return the rows of an answer, over REST as well.

    Those of a batch have their own verdicts, which are sent ``beside``.
    """
    if type(data) is not dict or not data:
        return []
    if type(rows := data.get("list")) is not list:
        return [data]
    verdicts = beside.get("list") if type(beside) is dict else None
    if type(verdicts) is not list or len(verdicts) != len(rows):
        return rows  # whose verdict each is cannot be known
    return [{**_object(row), **_object(verdict)} for row, verdict in zip(rows, verdicts, strict=True)]


def _object(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {}
