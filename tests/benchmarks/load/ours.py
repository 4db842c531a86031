"""okx_sync in its ways of delivery. Every message is a typed object when it counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from okx_sync import Config, Credentials, WsClient
from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter

__all__ = ["callback", "callback_reading", "inline", "inline_reading", "iteration"]

_KEYS = Credentials("benchmark-key", "benchmark-secret", "benchmark-pass")
_READ = {
    "tickers": ("last", "bidPx", "askPx", "ts"),
    "trades": ("px", "sz", "side", "ts"),
    "books": ("bids", "asks", "seqId", "ts"),
    "orders": ("ordId", "state", "accFillSz", "uTime"),
}


def callback(job: Job, meter: Meter) -> None:
    """A callback on the callback thread, which is how most users will have it."""
    _subscribed(job, callback=_late(meter) if job.timed else meter.one, policy="block")


def inline(job: Job, meter: Meter) -> None:
    """A callback on the thread that reads the socket."""
    _subscribed(job, callback=_late(meter) if job.timed else meter.one, inline=True)


def callback_reading(job: Job, meter: Meter) -> None:
    """As :func:`callback`, and four fields are read of each message."""
    _subscribed(job, callback=_reading(job, meter), policy="block")


def inline_reading(job: Job, meter: Meter) -> None:
    """As :func:`inline`, and four fields are read of each message."""
    _subscribed(job, callback=_reading(job, meter), inline=True)


def iteration(job: Job, meter: Meter) -> None:
    """``for message in subscription`` on a thread of the user's."""
    take = _late(meter) if job.timed else meter.one

    def run(subscription: Any) -> None:
        for message in subscription:
            take(message)

    for _ in range(job.links):
        subscription = _subscribe(_client(job), job.stream, policy="block")
        threading.Thread(target=run, args=(subscription,), daemon=True).start()


def _late(meter: Meter) -> Callable[[Any], None]:
    late = meter.late
    return lambda message: late(message.ts)


def _reading(job: Job, meter: Meter) -> Callable[[Any], None]:
    one, two, three, four = _READ[job.stream]

    def read(message: Any) -> None:
        getattr(message, one), getattr(message, two), getattr(message, three), getattr(message, four)
        meter.count += 1

    return read


def _subscribed(job: Job, **how: Any) -> None:
    for _ in range(job.links):
        _subscribe(_client(job), job.stream, **how)


def _client(job: Job) -> WsClient:
    url = f"{job.url}/ws/v5/private" if job.stream == "orders" else f"{job.url}/ws/v5/public"
    return WsClient(Config(_KEYS, ws_public_url=url, ws_private_url=url, ca_file=job.ca))


def _subscribe(client: WsClient, stream: str, **how: Any) -> Any:
    if stream == "orders":
        return client.subscribe("orders", instType="ANY", **how)
    return client.subscribe(stream, instId="BTC-USDT", **how)
