"""ccxt.pro: a dict in ccxt's own words from ``await exchange.watch_...()``.

What comes while nobody awaits is seen by nobody: several messages make one return. So each is counted where ccxt has
just finished with it, its parsing included, which is the most that a user could get. A loop awaits as a user's does.
"""

from __future__ import annotations

import asyncio
import importlib
import threading
from typing import Any

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter

__all__ = ["start"]

_KEYS = {"apiKey": "benchmark-key", "secret": "benchmark-secret", "password": "benchmark-pass"}
_SYMBOL = "BTC/USDT"
_MARKET = {
    "id": "BTC-USDT", "symbol": _SYMBOL, "base": "BTC", "quote": "USDT", "baseId": "BTC", "quoteId": "USDT",
    "type": "spot", "spot": True, "active": True, "precision": {"amount": 1e-8, "price": 0.1},
}  # fmt: skip


def start(job: Job, meter: Meter) -> None:
    """Subscribe; the market is told, so that nothing is asked over REST."""

    async def run() -> None:
        counting = _counting(job, meter)
        await asyncio.gather(*(_watch(_exchange(counting, job), job.stream) for _ in range(job.links)))

    threading.Thread(target=asyncio.run, args=(run(),), daemon=True).start()


def _exchange(kind: Any, job: Job) -> Any:
    options = {**_KEYS, "urls": {"api": {"ws": f"{job.url}/ws/v5"}}}
    exchange = kind(options if job.ca is None else {**options, "cafile": job.ca})
    exchange.set_markets([exchange.safe_market_structure(_MARKET)])
    return exchange


async def _watch(exchange: Any, stream: str) -> None:
    ways = {"tickers": "watch_ticker", "trades": "watch_trades", "books": "watch_order_book", "orders": "watch_orders"}
    watch = getattr(exchange, ways[stream])
    while True:
        await watch(_SYMBOL)


def _counting(job: Job, meter: Meter) -> Any:
    """Their class, which counts besides."""
    base: Any = importlib.import_module("ccxt.pro").okx
    stream, timed = job.stream, job.timed

    class Counting(base):  # type: ignore[misc]
        def handle_message(self, client: Any, message: Any) -> None:
            super().handle_message(client, message)
            if "data" not in message:
                return
            if stream == "books" and _SYMBOL not in self.orderbooks:
                raise RuntimeError("ccxt has lost its book")  # it would drop every update, and be quick at that
            if timed:
                meter.late(_moment(self, stream))
            else:
                meter.one(message)

    return Counting


def _moment(exchange: Any, stream: str) -> int:
    """The time in what the message became."""
    moment: int
    if stream == "tickers":
        moment = exchange.tickers[_SYMBOL]["timestamp"]
    elif stream == "trades":
        moment = exchange.trades[_SYMBOL][-1]["timestamp"]
    elif stream == "books":
        moment = exchange.orderbooks[_SYMBOL]["timestamp"]
    else:
        moment = exchange.orders[-1]["lastUpdateTimestamp"]
    return moment
