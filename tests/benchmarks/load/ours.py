"""okx_sync in its ways of delivery. Every message is a typed object when it counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from okx_sync import Config, Credentials, OrderBook, WsClient
from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter
from tests.benchmarks.load.payloads import topics_of

__all__ = ["callback", "callback_reading", "inline", "inline_reading", "iteration"]

_KEYS = Credentials("benchmark-key", "benchmark-secret", "benchmark-pass")


def callback(job: Job, meter: Meter) -> None:
    """A callback on the callback thread, which is how most users will have it."""
    _subscribed(job, _counting(job, meter), policy="block")


def inline(job: Job, meter: Meter) -> None:
    """A callback on the thread that reads the socket."""
    _subscribed(job, _counting(job, meter), inline=True)


def callback_reading(job: Job, meter: Meter) -> None:
    """As :func:`callback`, and of each message the fields are read that a strategy needs."""
    _subscribed(job, _reading(job, meter), policy="block")


def inline_reading(job: Job, meter: Meter) -> None:
    """As :func:`inline`, and the same fields are read."""
    _subscribed(job, _reading(job, meter), inline=True)


def iteration(job: Job, meter: Meter) -> None:
    """``for message in subscription`` on a thread of the user's."""
    take = _late(meter) if job.timed else meter.one

    def run(subscription: Any) -> None:
        for message in subscription:
            take(message)

    for _ in range(job.links):
        (subscription,) = _subscribe(_client(job), job, lambda _stream: None, policy="block")
        threading.Thread(target=run, args=(subscription,), daemon=True).start()


Callbacks = Callable[[str], Callable[[Any], object] | None]
"""By stream."""


def _counting(job: Job, meter: Meter) -> Callbacks:
    take = _late(meter) if job.timed else meter.one
    return lambda _stream: take


def _late(meter: Meter) -> Callable[[Any], None]:
    late = meter.late
    return lambda message: late(message.ts)


def _reading(job: Job, meter: Meter) -> Callbacks:
    books = {name: OrderBook(name) for stream, name in topics_of(job.stream, job.topics) if stream == "books"}

    def ticker(row: Any) -> object:
        meter.count += 1
        return row.last, (row.bidPx, row.bidSz), (row.askPx, row.askSz), row.vol24h, row.ts

    def trade(row: Any) -> object:
        meter.count += 1
        return row.px, row.sz, row.side, row.ts

    def order(row: Any) -> object:
        meter.count += 1
        return row.ordId, row.state, row.accFillSz, row.uTime

    def update(row: Any) -> object:
        meter.count += 1
        book = books[row.instId]
        book.apply(row)
        return book.best_bid, book.best_ask

    return {"tickers": ticker, "trades": trade, "orders": order, "books": update}.__getitem__


def _subscribed(job: Job, callbacks: Callbacks, **how: Any) -> None:
    for _ in range(job.links):
        _subscribe(_client(job), job, callbacks, **how)


def _client(job: Job) -> WsClient:
    url = f"{job.url}/ws/v5/private" if job.stream == "orders" else f"{job.url}/ws/v5/public"
    return WsClient(Config(_KEYS, ws_public_url=url, ws_private_url=url, ca_file=job.ca))


def _subscribe(client: WsClient, job: Job, callbacks: Callbacks, **how: Any) -> list[Any]:
    by_stream: dict[str, list[dict[str, str]]] = {}
    for stream, name in topics_of(job.stream, job.topics):
        by_stream.setdefault(stream, []).append({"instType" if stream == "orders" else "instId": name})
    return [
        one
        for stream, args in by_stream.items()
        for one in client.subscribe_many(stream, args, callbacks(stream), **how).subscriptions
    ]
