"""Error codes of the WebSocket with the texts OKX sends, and the shapes of control messages.

An error event never carries the `arg` it is about; only its text hints at it.
"""

from __future__ import annotations

from typing import Any

MESSAGES: dict[str, str] = {
    "50011": "Rate limit reached. Please refer to API documentation and throttle requests accordingly.",
    "50026": "System error. Try again later",
    "50101": "APIKey does not match current environment.",
    "60004": "Invalid timestamp",
    "60005": "Invalid apiKey",
    "60006": "Timestamp request expired",
    "60007": "Invalid sign",
    "60008": (
        "The current WebSocket endpoint does not support subscribing to {channel} channels. "
        "Please check the WebSocket URL"
    ),
    "60009": "Login failed.",
    "60011": "Please log in",
    "60012": "Illegal request: {request}",
    "60013": "Invalid request: {request}",
    "60014": "Requests too frequent",
    "60018": (
        "{Op} failed, wrong URL or {arg} doesn't exist. "
        "Please use the correct URL, channel and parameters referring to API document."
    ),
    "60019": "Invalid op: {op}",
    "60023": "Bulk login requests too frequent",
    "60024": "Wrong passphrase",
    "60026": "Batch login by APIKey and token simultaneously is not supported.",
    "60027": "Parameter {name} can not be empty",
    "60028": (
        "The current operation is not supported by this URL. Please use the correct WebSocket URL for the operation."
    ),
    "60031": "The WebSocket endpoint does not allow multiple or repeated logins.",
    "60032": "API key doesn't exist.",
    "60033": "Parameter {name} error",
    "60034": "Your trading fee tier doesn't meet the requirement to access this endpoint",
    "63999": "Login failed due to internal error. Please try again later.",
    "64000": "Subscription parameter uly is unavailable anymore. Please replace uly with instFamily.",
    "64001": "This channel has been migrated to the '/business' URL. Please subscribe using the new URL.",
    "64002": (
        'This channel is not supported by "/business" URL. Please use "/private" URL(for private channels), '
        'or "/public" URL(for public channels).'
    ),
    "64003": "Your trading fee tier doesn't meet the requirement to access this channel",
    "64004": (
        "Subscribe to both {channel} and books-l2-tbt for {instId} is not allowed. Unsubscribe books-l2-tbt first"
    ),
    "64007": "Operation {op} failed due to WebSocket internal error. Please try again later.",
    "64008": "The connection will soon be closed for a service upgrade. Please reconnect.",
}


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def message_for(code: str, **facts: str) -> str:
    """Return the exchange's text for a code; facts that are not given stay empty."""
    return MESSAGES.get(code, "Operation failed").format_map(_Blanks(facts))


def describe_arg(arg: dict[str, Any]) -> str:
    """Return an argument as error 60018 prints it: `channel:tickers,instId:FOO`."""
    return ",".join(f"{name}:{value}" for name, value in arg.items())


def error_event(code: str, message: str, conn_id: str, request_id: str | None = None) -> dict[str, Any]:
    """Return an `error` event; the id is echoed only when the request had one."""
    event = {"event": "error", "code": code, "msg": message, "connId": conn_id}
    return event if request_id is None else {"id": request_id, **event}
