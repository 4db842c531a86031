"""``WebSocketApp`` as it comes, which is what most bots are made of."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import orjson
import websocket

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.meter import Meter
from tests.benchmarks.load.payloads import topics_of

__all__ = ["raw", "tuned", "with_json"]


def raw(job: Job, meter: Meter) -> None:
    """Text to the callback, nothing decoded."""
    _start(job, meter, lambda text: text, skip_utf8=False)


def with_json(job: Job, meter: Meter) -> None:
    """Each message through ``json.loads``."""
    _start(job, meter, json.loads, skip_utf8=False)


def tuned(job: Job, meter: Meter) -> None:
    """Without the library's check of UTF-8, and with ``orjson``: what a careful user can get out of it."""
    _start(job, meter, orjson.loads, skip_utf8=True)


def _start(job: Job, meter: Meter, loads: Callable[[Any], Any], *, skip_utf8: bool) -> None:
    def on_message(_app: Any, text: Any) -> None:
        message = loads(text)
        if not job.timed:
            meter.one(message)
        elif "data" in message:
            meter.late(int(message["data"][0]["ts"]))

    ((channel, name),) = topics_of(job.stream)
    arg = {"channel": channel, "instType" if name == "ANY" else "instId": name}
    subscribe = json.dumps({"op": "subscribe", "args": [arg]})
    app = websocket.WebSocketApp(job.url, on_open=lambda app: app.send(subscribe), on_message=on_message)
    options = {"skip_utf8_validation": skip_utf8, "sslopt": None if job.ca is None else {"ca_certs": job.ca}}
    threading.Thread(target=app.run_forever, kwargs=options, daemon=True).start()
