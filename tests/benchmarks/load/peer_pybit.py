"""pybit, Bybit's own client: a dict to a callback on the thread that reads the socket.

It merges tickers and books into the state it keeps, and hands a copy of each message on with that state in it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter

__all__ = ["start"]

_KEYS = {"api_key": "benchmark-key", "api_secret": "benchmark-secret"}
_SYMBOL = "BTCUSDT"


def start(job: Job, meter: Meter) -> None:
    """Subscribe. Its TLS trusts what ``SSL_CERT_FILE`` names, and has no option of its own."""
    unified: Any = importlib.import_module("pybit.unified_trading")
    unified.PUBLIC_WSS = job.url + "/v5/public/{CHANNEL_TYPE}"
    unified.PRIVATE_WSS = job.url + "/v5/private"
    take = _late(job, meter) if job.timed else meter.one
    for _ in range(job.links):
        if job.stream == "orders":
            unified.WebSocket(testnet=True, channel_type="private", **_KEYS).order_stream(take)
        else:
            _subscribe(unified.WebSocket(testnet=True, channel_type="linear"), job.stream, take)


def _subscribe(client: Any, stream: str, take: Callable[[Any], None]) -> None:
    if stream == "tickers":
        client.ticker_stream(_SYMBOL, take)
    elif stream == "trades":
        client.trade_stream(_SYMBOL, take)
    else:
        client.orderbook_stream(50, _SYMBOL, take)


def _late(job: Job, meter: Meter) -> Callable[[Any], None]:
    name, late = "creationTime" if job.stream == "orders" else "ts", meter.late
    return lambda message: late(message[name])
