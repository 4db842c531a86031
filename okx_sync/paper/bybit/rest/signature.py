"""Who is asking over REST: key, time and a hex signature over time, key, window and what is sent.

Follows Bybit V5 "Integration Guidance": the payload is the query of a GET as it was sent, or the body of a POST.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from okx_sync.paper.bybit.rest.call import PARAMS, BybitRestError
from okx_sync.paper.venue.records import ApiKey

BAD_TIME, NO_KEY, BAD_SIGN, NO_PERMISSION = 10002, 10003, 10004, 10005
KEY, TIMESTAMP, SIGN, WINDOW = "X-BAPI-API-KEY", "X-BAPI-TIMESTAMP", "X-BAPI-SIGN", "X-BAPI-RECV-WINDOW"
RECV_WINDOW_MS, AHEAD_MS = 5000, 1000
SECRETS = (SIGN.lower(),)
_NAMES = {TIMESTAMP: "apiTimestamp", KEY: "apiKey", SIGN: "apiSignature"}


def check_signature(headers: Mapping[str, str], payload: str, keys: Mapping[str, ApiKey], now_ms: int) -> ApiKey:
    """Return the key that signed a request; raises `BybitRestError`."""
    missing = [f"{name}[]" for header, name in _NAMES.items() if not headers.get(header)]
    if missing:
        raise BybitRestError(PARAMS, f"empty value: {' '.join(missing)}")
    name, timestamp = headers[KEY], headers[TIMESTAMP]
    window = headers.get(WINDOW) or str(RECV_WINDOW_MS)
    _check_time(timestamp, window, now_ms)
    key = keys.get(name)
    if key is None:
        raise BybitRestError(NO_KEY, "API key is invalid.")
    # The window is signed as it was sent: not at all by a client that leaves it out.
    origin = timestamp + name + headers.get(WINDOW, "") + payload
    right = hmac.new(key.secret_key.encode(), origin.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(headers[SIGN].lower().encode(), right.encode()):
        raise BybitRestError(BAD_SIGN, f"error sign! origin_string[{origin}]")
    return key


def _check_time(timestamp: str, window: str, now_ms: int) -> None:
    if not (timestamp.isascii() and timestamp.isdigit() and window.isascii() and window.isdigit()):
        raise BybitRestError(PARAMS, "params error: X-BAPI-TIMESTAMP or X-BAPI-RECV-WINDOW invalid")
    if not now_ms - int(window) <= int(timestamp) < now_ms + AHEAD_MS:
        facts = f"req_timestamp[{timestamp}],server_timestamp[{now_ms}],recv_window[{window}]"
        text = f"invalid request, please check your server timestamp or recv_window param. {facts}"
        raise BybitRestError(BAD_TIME, text)
