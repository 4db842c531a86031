"""cryptofeed: typed objects with ``Decimal`` to a coroutine, run by its own handler, on uvloop if that is there."""

from __future__ import annotations

import asyncio
import importlib
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter

__all__ = ["start"]

_CHANNELS = {"tickers": "TICKER", "trades": "TRADES", "books": "L2_BOOK"}
_SYMBOL = "BTC-USDT"
_QUIET = {"uvloop": True, "log": {"disabled": True}}  # its usual log is a file where the process stands


def start(job: Job, meter: Meter) -> None:
    """Subscribe; the symbol is told, so that nothing is asked over REST."""
    if job.ca is None:
        raise NotImplementedError("cryptofeed: wss only, it refuses ws://")
    if job.stream not in _CHANNELS:
        raise NotImplementedError("cryptofeed: orders need the exchange's clock, which it asks over REST")
    handler = importlib.import_module("cryptofeed").FeedHandler(config=_QUIET)
    channel: str = getattr(importlib.import_module("cryptofeed.defines"), _CHANNELS[job.stream])
    callback = _late(meter) if job.timed else _plain(meter)
    for _ in range(job.links):
        handler.add_feed(_feed(job, channel, callback))

    def run() -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        handler.run(install_signal_handlers=False)  # those belong to a main thread

    threading.Thread(target=run, daemon=True).start()


Callback = Callable[[Any, float], Coroutine[Any, Any, None]]


def _feed(job: Job, channel: str, callback: Callback) -> Any:
    """Their class with another address. The CA is the one that ``SSL_CERT_FILE`` names."""
    okx: Any = importlib.import_module("cryptofeed.exchanges").OKX
    endpoint = importlib.import_module("cryptofeed.connection").WebsocketEndpoint
    okx.websocket_endpoints = [endpoint(f"{job.url}/ws/v5/public", options={"compression": None})]
    symbols = importlib.import_module("cryptofeed.symbols").Symbols
    symbols.set(okx.id, {_SYMBOL: _SYMBOL}, {"instrument_type": {_SYMBOL: "spot"}, "tick_size": {_SYMBOL: "0.1"}})
    return okx(symbols=[_SYMBOL], channels=[channel], callbacks={channel: callback}, config=_QUIET)


def _plain(meter: Meter) -> Callback:
    async def take(thing: Any, _received: float) -> None:
        meter.one(thing)

    return take


def _late(meter: Meter) -> Callback:
    """Its times are seconds: the 13 digits come back by rounding."""

    async def take(thing: Any, _received: float) -> None:
        meter.late(round(thing.timestamp * 1000))

    return take
