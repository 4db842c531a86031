"""Frames that no well-behaved exchange sends."""

from __future__ import annotations

from collections.abc import Callable

import orjson

from okx_sync.paper.server.frame_writer import BINARY, TEXT

BIG_BYTES = 10 * 1024 * 1024
DEEP_LEVELS = 100_000

_WRONG_TYPES = {
    "arg": {"channel": "tickers", "instId": "BTC-USDT"},
    "data": [{"instId": 7, "last": {"px": []}, "ts": "yesterday", "bidPx": True, "askPx": "twelve"}, 5],
}


def _big() -> bytes:
    row = {"instId": "BTC-USDT", "filler": "x" * BIG_BYTES}
    return orjson.dumps({"arg": {"channel": "paper-garbage"}, "data": [row]})


_MAKERS: dict[str, Callable[[], tuple[bytes, int]]] = {
    "text": lambda: (b'{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"last":', TEXT),
    "binary": lambda: (bytes(range(256)), BINARY),
    "truncated_utf8": lambda: ('{"msg":"caf\u00e9'.encode()[:-1], TEXT),
    "deep": lambda: (b"[" * DEEP_LEVELS + b"]" * DEEP_LEVELS, TEXT),
    "big": lambda: (_big(), TEXT),
    "wrong_types": lambda: (orjson.dumps(_WRONG_TYPES), TEXT),
    "not_object": lambda: (b'["neither","event","nor","push"]', TEXT),
    "empty": lambda: (b"", TEXT),
}
KINDS = tuple(_MAKERS)


def frame_of(kind: str, data: str | bytes | None = None) -> tuple[bytes, int]:
    """Return payload and opcode of one kind of garbage; `data` replaces the payload."""
    if data is None:
        return _MAKERS[kind]()
    if isinstance(data, str):
        return data.encode(), TEXT
    return data, BINARY if kind == "binary" else TEXT
