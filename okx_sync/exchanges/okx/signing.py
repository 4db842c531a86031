"""OKX's signatures: the login of a stream and the headers of a REST call. Texts in, texts out.

Both are Base64(HMAC-SHA256(secret, timestamp + METHOD + path + body)); they differ in the timestamp's form.
OKX accepts one for 30 s. Page: "REST Authentication" and "WebSocket / Login" of the API guide.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from okx_sync.credentials import Credentials
from okx_sync.exchanges import signing

__all__ = ["WS_LOGIN_PATH", "login_args", "rest_sign", "rest_timestamp"]

WS_LOGIN_PATH: Final = "/users/self/verify"
"""What a login signs, on all three stream paths."""


def login_args(credentials: Credentials, now_s: float) -> dict[str, str]:
    """Make the one element of ``args`` in a login request, signed for ``now_s`` (the server's epoch seconds).

    Its time is whole seconds, ``"1704876947"``: ISO or milliseconds are refused with 60004.
    """
    return signing.login_args(credentials, str(int(now_s)), WS_LOGIN_PATH)


def rest_timestamp(now_s: float) -> str:
    """Time of a REST call: ISO-8601, UTC, milliseconds, ``"2020-12-08T09:08:57.715Z"``."""
    # Milliseconds first: going through a float's fraction would now and then show the ms before.
    seconds, millis = divmod(round(now_s * 1000), 1000)
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{millis:03d}Z"


def rest_sign(credentials: Credentials, timestamp: str, method: str, target: str, body: str = "") -> str:
    """Sign a REST call.

    Args:
        credentials: the key that signs.
        timestamp: the text of the ``OK-ACCESS-TIMESTAMP`` header.
        method: ``"GET"`` or ``"POST"``.
        target: path from ``/api`` on, with ``?query`` exactly as sent.
        body: the exact text sent, empty for GET.
    """
    return credentials.sign(f"{timestamp}{method.upper()}{target}{body}")
