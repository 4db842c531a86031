"""Bitget's signatures: of a stream login, and of a REST call.

Both are Base64(HMAC-SHA256(secret, timestamp + METHOD + path + body)), the same in all protocols; a login is signed as
``GET /user/verify``, with seconds, a call with milliseconds. Pages: "Websocket / Login" and "Signature" of Bitget's API
guide.
"""

from __future__ import annotations

import math
from typing import Final

from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError
from okx_sync.exchanges import signing

__all__ = ["WS_LOGIN_PATH", "login_args", "login_timestamp", "rest_sign"]

WS_LOGIN_PATH: Final = "/user/verify"
_FIRST_MS: Final = 10**11  # as seconds that is the year 5138, as milliseconds 1973


def login_timestamp(now_s: float) -> str:
    """Time of a stream login: whole epoch seconds, ``"1704876947"``.

    The guide's text says milliseconds; the exchange and every client of it use seconds.

    Raises :class:`ConfigError` for what can only be milliseconds (which Bitget refuses with 30013 or 30014), and for
    what is no time at all.
    """
    if not math.isfinite(now_s) or now_s <= 0:
        raise ConfigError(f"timestamp must be epoch seconds, not {now_s!r}", hint="for example time.time()")
    if now_s >= _FIRST_MS:
        raise ConfigError(
            f"timestamp {now_s:.0f} is in milliseconds, Bitget's login takes seconds", hint="divide it by 1000"
        )
    return str(int(now_s))


def login_args(credentials: Credentials, now_s: float) -> dict[str, str]:
    """Make the one element of ``args`` in a login request, signed for ``now_s`` (the server's epoch seconds)."""
    return signing.login_args(credentials, login_timestamp(now_s), WS_LOGIN_PATH)


def rest_sign(credentials: Credentials, timestamp_ms: str, method: str, target: str, body: str = "") -> str:
    """Sign a REST call. ``target`` is the path with ``?query``, ``body`` the text, both exactly as sent."""
    return credentials.sign(f"{timestamp_ms}{method.upper()}{target}{body}")
