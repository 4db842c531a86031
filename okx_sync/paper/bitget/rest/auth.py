"""Who sent a REST request to Bitget: the four ACCESS headers, which V2 and V3 share.

Page: "Signature" of Bitget's API guide. What is signed is timestamp (ms), method, path with its query, and body.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import unquote

from okx_sync.paper.server.auth import AuthError, sign
from okx_sync.paper.venue.records import ApiKey

WINDOW_MS = 30_000
SECRET_HEADERS = ("access-sign", "access-passphrase")

_REQUIRED = (
    ("ACCESS-KEY", "40001", "ACCESS_KEY cannot be empty"),
    ("ACCESS-SIGN", "40002", "ACCESS_SIGN cannot be empty"),
    ("ACCESS-TIMESTAMP", "40003", "ACCESS_TIMESTAMP cannot be empty"),
    ("ACCESS-PASSPHRASE", "40011", "ACCESS_PASSPHRASE cannot be empty"),
)


def check_request(
    method: str, target: str, body: str, headers: Mapping[str, str], keys: Mapping[str, ApiKey], now_ms: int
) -> ApiKey:
    """Return the key that signed a request; `target` is the path with its query exactly as sent."""
    given: dict[str, str] = {}
    for name, code, text in _REQUIRED:
        given[name] = headers.get(name, "").strip()
        if not given[name]:
            raise AuthError(code, text, 400)
    timestamp = given["ACCESS-TIMESTAMP"]
    if not timestamp.isdigit():
        raise AuthError("40005", "Invalid ACCESS_TIMESTAMP", 400)
    if abs(int(timestamp) - now_ms) > WINDOW_MS:
        raise AuthError("40008", "Request timestamp expired", 400)
    key = keys.get(given["ACCESS-KEY"])
    if key is None:
        raise AuthError("40037", "Apikey does not exist", 400)
    if not _same(given["ACCESS-PASSPHRASE"], key.passphrase):
        raise AuthError("40012", "apikey/password is incorrect", 400)
    # A query may be signed as sent or as it reads without percent signs: both are in use by known clients.
    signs = (sign(key.secret_key, timestamp + method + one + body) for one in (target, unquote(target)))
    if not any(_same(given["ACCESS-SIGN"], one) for one in signs):
        raise AuthError("40009", "sign signature error", 400)
    return key


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
