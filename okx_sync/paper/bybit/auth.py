"""Who is asking on Bybit's wire: key, expiry in milliseconds, and a hex signature over `GET/realtime` + expiry."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from okx_sync.paper.venue.records import ApiKey

PREHASH = "GET/realtime"
PARAMS, EXPIRED, NO_KEY, BAD_SIGN, OLD_KEY = "10001", "expired", "10003", "10004", "33004"
#: Texts by code. The wire says "Params Error" of an expiry in the past, too.
TEXTS = {
    PARAMS: "Params Error",
    EXPIRED: "Params Error",
    NO_KEY: "Invalid apikey",
    BAD_SIGN: "error sign! origin_string[GET/realtime***]",
    OLD_KEY: "Your api key has expired.",
}


class BybitAuthError(Exception):
    """A login that is turned down; each protocol has its own words for the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def code(self) -> int:
        """The number, where the wire has one: an expiry in the past is one of the wrong parameters."""
        return int(self.reason) if self.reason.isdigit() else int(PARAMS)

    @property
    def text(self) -> str:
        """The message."""
        return TEXTS.get(self.reason, "refused")


def check_auth(args: Any, keys: Mapping[str, ApiKey], now_ms: int) -> ApiKey:
    """Return the key of an `auth` request's `args`; raises `BybitAuthError`."""
    if not isinstance(args, list) or len(args) != 3:
        raise BybitAuthError(PARAMS)
    name, expires, signature = (str(one) for one in args)
    if not (expires.isascii() and expires.isdigit()):
        raise BybitAuthError(PARAMS)
    if int(expires) <= now_ms:
        raise BybitAuthError(EXPIRED)
    key = keys.get(name)
    if key is None:
        raise BybitAuthError(NO_KEY)
    right = hmac.new(key.secret_key.encode(), (PREHASH + expires).encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(signature.encode(), right.encode()):
        raise BybitAuthError(BAD_SIGN)
    return key
