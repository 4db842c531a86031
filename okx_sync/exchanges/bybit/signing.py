"""Bybit's signatures: hex of HMAC-SHA256, over other texts for a stream's login and for a REST call.

Pages: "Connect / Authentication" and "Integration Guidance" of the V5 documentation; the seed protocol's login is the
same.
"""

from __future__ import annotations

import math
from typing import Any, Final

from okx_sync import logs
from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError

__all__ = ["EXPIRES_AFTER_S", "expires", "login_args", "login_sign", "rest_sign"]

EXPIRES_AFTER_S: Final = 10
"""For how long a login is good: enough for a slow line, too short to be of use to others."""

_FIRST_MS: Final = 10**11  # as seconds that is the year 5138, as milliseconds 1973


def expires(now_s: float) -> int:
    """Return until when a login made at ``now_s`` (the server's epoch seconds) is good, epoch ms.

    Raises :class:`ConfigError` for what can only be milliseconds, and for what is no time at all.
    """
    if not math.isfinite(now_s) or now_s <= 0:
        raise ConfigError(f"timestamp must be epoch seconds, not {now_s!r}", hint="for example time.time()")
    if now_s >= _FIRST_MS:
        raise ConfigError(f"timestamp {now_s:.0f} is in milliseconds, seconds are wanted", hint="divide by 1000")
    return round((now_s + EXPIRES_AFTER_S) * 1000)


def login_sign(credentials: Credentials, expires_ms: int) -> str:
    """Sign a stream login that is good until ``expires_ms``.

    The signature is hidden, for a refusal may quote it.
    """
    signature = credentials.sign_hex(f"GET/realtime{expires_ms}")
    logs.hide(signature, passing=True)
    return signature


def login_args(credentials: Credentials, now_s: float) -> list[Any]:
    """Make the ``args`` of a login request, signed for ``now_s`` (the server's epoch seconds)."""
    until = expires(now_s)
    return [credentials.api_key, until, login_sign(credentials, until)]


def rest_sign(credentials: Credentials, timestamp_ms: str, recv_window_ms: str, payload: str) -> str:
    """Sign a REST call.

    ``payload`` is the query without its question mark, or the body, exactly as sent.
    """
    return credentials.sign_hex(f"{timestamp_ms}{credentials.api_key}{recv_window_ms}{payload}")
