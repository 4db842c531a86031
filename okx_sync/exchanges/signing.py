"""The stream login that several exchanges share: Base64(HMAC-SHA256(secret, timestamp + "GET" + path))."""

from __future__ import annotations

from okx_sync import logs
from okx_sync.credentials import Credentials

__all__ = ["login_args", "login_sign"]


def login_sign(credentials: Credentials, timestamp: str, path: str) -> str:
    """Sign a stream login at ``timestamp``. The signature is hidden, for a refusal may quote it."""
    signature = credentials.sign(f"{timestamp}GET{path}")
    logs.hide(signature, passing=True)
    return signature


def login_args(credentials: Credentials, timestamp: str, path: str) -> dict[str, str]:
    """Make the one element of ``args`` in a login request, signed for ``timestamp``."""
    return {
        "apiKey": credentials.api_key,
        "passphrase": credentials.passphrase,
        "timestamp": timestamp,
        "sign": login_sign(credentials, timestamp, path),
    }
