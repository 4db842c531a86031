"""Who is asking: the signature checks of the WebSocket login and of REST, with OKX's codes.

Rules: OKX V5 "WebSocket / Login" and "REST authentication"; both accept a timestamp up to 30
seconds away from the exchange's own clock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from okx_sync.paper.venue.records import ApiKey

WINDOW_S = 30.0
LOGIN_PREHASH = "GET/users/self/verify"

_SECONDS = re.compile(r"\d{9,11}(\.\d+)?")
_KEY = re.compile(r"[0-9A-Za-z_-]{4,}")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


class AuthError(Exception):
    """A login or a request that the exchange turns down with a code."""

    def __init__(self, code: str, message: str, status: int = 401) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.status = status


def sign(secret_key: str, prehash: str) -> str:
    """Return the Base64 of HMAC-SHA256, as both logins and REST requests carry it."""
    digest = hmac.new(secret_key.encode(), prehash.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


@dataclass(frozen=True, slots=True)
class LoginWords:
    """What is signed beside the timestamp, and (code, text) for each thing that can be wrong with a login."""

    prehash: str
    args: tuple[str, str]
    repeated: tuple[str, str]
    key: tuple[str, str]
    timestamp: tuple[str, str]
    expired: tuple[str, str]
    passphrase: tuple[str, str]
    sign: tuple[str, str]


OKX_LOGIN = LoginWords(
    LOGIN_PREHASH,
    args=("60013", "Invalid args"),
    repeated=("60031", "The WebSocket endpoint does not allow multiple or repeated logins."),
    key=("60005", "Invalid apiKey"),
    timestamp=("60004", "Invalid timestamp"),
    expired=("60006", "Timestamp request expired"),
    passphrase=("60024", "Wrong passphrase"),
    sign=("60007", "Invalid sign"),
)


def check_login(args: Any, keys: Mapping[str, ApiKey], now: float, words: LoginWords = OKX_LOGIN) -> ApiKey:
    """Return the key of a WebSocket login's `args`; raises `AuthError` with the code that `words` give."""
    if not isinstance(args, list) or not args or not all(isinstance(arg, dict) for arg in args):
        raise AuthError(*words.args)
    if len(args) > 1:
        raise AuthError(*words.repeated)
    fields = {name: _text(value) for name, value in args[0].items()}
    key = keys.get(fields.get("apiKey", ""))
    if key is None:
        raise AuthError(*words.key)
    timestamp = fields.get("timestamp", "")
    if not _SECONDS.fullmatch(timestamp):
        raise AuthError(*words.timestamp)
    if abs(float(timestamp) - now) > WINDOW_S:
        raise AuthError(*words.expired)
    if not _same(fields.get("passphrase", ""), key.passphrase):
        raise AuthError(*words.passphrase)
    if not _same(fields.get("sign", ""), sign(key.secret_key, timestamp + words.prehash)):
        raise AuthError(*words.sign)
    return key


def check_request(
    method: str, raw_path: str, body: str, headers: Mapping[str, str], keys: Mapping[str, ApiKey], now: float
) -> ApiKey:
    """Return the key that signed a REST request; `raw_path` is the path with its query exactly as sent."""
    given = _headers(headers)
    signed_at = _iso_seconds(given["OK-ACCESS-TIMESTAMP"])
    if abs(signed_at - now) > WINDOW_S:
        raise AuthError("50102", "Timestamp request expired.")
    if not _KEY.fullmatch(given["OK-ACCESS-KEY"]):
        raise AuthError("50111", "Invalid OK-ACCESS-KEY.")
    key = keys.get(given["OK-ACCESS-KEY"])
    if key is None:
        raise AuthError("50119", "API key doesn't exist", 200)
    if not _same(given["OK-ACCESS-PASSPHRASE"], key.passphrase):
        raise AuthError("50105", 'Request header "OK-ACCESS-PASSPHRASE" incorrect.')
    prehash = given["OK-ACCESS-TIMESTAMP"] + method + raw_path + body
    if not _same(given["OK-ACCESS-SIGN"], sign(key.secret_key, prehash)):
        raise AuthError("50113", "Invalid signature.")
    return key


_REQUIRED = (
    ("OK-ACCESS-KEY", "50103"),
    ("OK-ACCESS-PASSPHRASE", "50104"),
    ("OK-ACCESS-SIGN", "50106"),
    ("OK-ACCESS-TIMESTAMP", "50107"),
)


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, code in _REQUIRED:
        value = headers.get(name, "").strip()
        if not value:
            raise AuthError(code, f"Request header {name} can not be empty.")
        given[name] = value
    return given


def _iso_seconds(timestamp: str) -> float:
    if not _ISO.fullmatch(timestamp):
        raise AuthError("50112", "Invalid OK-ACCESS-TIMESTAMP")
    try:
        return datetime.fromisoformat(timestamp).timestamp()
    except ValueError:
        raise AuthError("50112", "Invalid OK-ACCESS-TIMESTAMP") from None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
