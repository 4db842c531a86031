"""A REST server of Bitget that answers what a test tells it to, and a client of it."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import parse_qsl

import responses

from okx_sync import BitgetClient, BitgetConfig, Credentials
from tests.rest.toy_dialect import TurnedClock

__all__ = ["HOST", "KEY", "client", "ok", "refusal", "sent"]

HOST: Final = "https://api.bitget.com"
KEY: Final = Credentials("key-1234", "secret", "phrase")


def client(clock: TurnedClock | None = None, **settings: Any) -> BitgetClient:
    """A client with a key, whose clock a test turns."""
    return BitgetClient(BitgetConfig(**{"credentials": KEY, **settings}), clock=clock or TurnedClock())


def ok(data: Any) -> dict[str, Any]:
    """An answer that says OK."""
    return {"code": "00000", "msg": "success", "requestTime": 1_700_000_000_123, "data": data}


def refusal(code: str, text: str = "no") -> dict[str, Any]:
    """An answer that refuses."""
    return {"code": code, "msg": text, "requestTime": 1_700_000_000_123, "data": None}


def sent(server: responses.RequestsMock, number: int = -1) -> Any:
    """What was asked: the body, or the query."""
    request = server.calls[number].request
    if request.method == "POST":
        return json.loads(request.body or b"{}")
    return dict(parse_qsl((request.url or "").partition("?")[2]))
