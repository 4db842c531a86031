"""python-okx, OKX's own client: text to a callback in the event loop, which its users put through ``json.loads``."""

from __future__ import annotations

import asyncio
import importlib
import json
import threading
from collections.abc import Callable

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter

__all__ = ["start"]

_KEYS = {"apiKey": "benchmark-key", "passphrase": "benchmark-pass", "secretKey": "benchmark-secret"}


def start(job: Job, meter: Meter) -> None:
    """Subscribe. Orders come five seconds late: it waits that long for the answer to its login."""
    if job.ca is None:
        raise NotImplementedError("python-okx: wss only, it always asks for TLS")
    public = importlib.import_module("okx.websocket.WsPublicAsync").WsPublicAsync
    private = importlib.import_module("okx.websocket.WsPrivateAsync").WsPrivateAsync
    take = _late(job, meter) if job.timed else _plain(meter)

    async def run() -> None:
        tasks = []  # a task that nobody holds may be collected
        for _ in range(job.links):
            if job.stream == "orders":
                client, about = private(url=f"{job.url}/ws/v5/private", **_KEYS), {"instType": "ANY"}
            else:
                client, about = public(f"{job.url}/ws/v5/public"), {"instId": "BTC-USDT"}
            tasks.append(await client.start())
            await client.subscribe([{"channel": job.stream, **about}], take)
        await asyncio.gather(*tasks)

    threading.Thread(target=asyncio.run, args=(run(),), daemon=True).start()


def _plain(meter: Meter) -> Callable[[str], None]:
    def take(text: str) -> None:
        message = json.loads(text)
        if "data" in message:  # the answer to the login comes long before anything else
            meter.one(message)

    return take


def _late(job: Job, meter: Meter) -> Callable[[str], None]:
    name = "uTime" if job.stream == "orders" else "ts"

    def take(text: str) -> None:
        message = json.loads(text)
        if "data" in message:
            meter.late(int(message["data"][0][name]))

    return take
