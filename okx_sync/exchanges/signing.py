"""The stream login that several exchanges share: Base64(HMAC-SHA256(secret, timestamp + "GET" + path))."""

from __future__ import annotations

from okx_sync import logs
from okx_sync.credentials import Credentials

__all__ = ["login_args"]


def login_args(credentials: Credentials, timestamp: str, path: str) -> dict[str, str]:
    """Make the one element of ``args`` in a login request, signed for ``timestamp``.

    The signature is hidden, for a refusal may quote it.
    """
    signature = credentials.sign(f"{timestamp}GET{path}")
    logs.hide(signature, passing=True)
    key, phrase = credentials.api_key, credentials.passphrase
    return {"apiKey": key, "passphrase": phrase, "timestamp": timestamp, "sign": signature}
