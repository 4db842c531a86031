"""The toy exchange's login."""

from __future__ import annotations

from okx_sync.credentials import Credentials


def login_args(credentials: Credentials, now_s: float) -> list[str]:
    """Key, time in whole seconds, and the hexadecimal HMAC of both."""
    now = str(int(now_s))
    return [credentials.api_key, now, credentials.sign_hex(f"{credentials.api_key}@{now}")]
