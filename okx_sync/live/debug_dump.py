"""``ws.debug_dump()``: all that a bug report needs, as one text, with the secrets left out."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from okx_sync.live.metrics import ClientMetrics
from okx_sync.live.stream_client import StreamClient
from okx_sync.logs import redact
from okx_sync.versions import own_version, python_text, requirements

__all__ = ["debug_text"]

_MOST: Final = 100  # lines of a part; the events of weeks help nobody
_NUMBERS: Final = ("received", "delivered", "coalesced", "dropped", "errors", "clock_offset_us", "events")


def debug_text(client: StreamClient, config: Any, metrics: ClientMetrics) -> str:
    """Describe a client. ``config``: its own, of any exchange; None where it has none."""
    parts: dict[str, Iterable[str]] = {
        "versions": _versions(),
        "client": _client(client, config),
        "status": repr(client.status()).splitlines(),
        "numbers": [f"{name} {getattr(metrics, name)}" for name in _NUMBERS],
        "delays": str(metrics).splitlines()[1:],
        "sockets": map(str, metrics.sockets),
        "limits": map(str, metrics.limits),
        "threads": sorted(one.name for one in threading.enumerate() if one.name.startswith("okx-")),
        "state events": [str(event) for event in list(client._reporter.history)[-_MOST:]],
        "errors": [f"{_time(at)} {text}" for at, text in list(client._reporter.latest_errors)],
    }
    lines = [f"okx_sync debug dump, {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"]
    for title, told in parts.items():
        lines += ["", f"== {title}", *_some(list(told) or ["none"])]
    return redact("\n".join(lines)) + "\n"


def _some(lines: list[str]) -> list[str]:
    """Return the lines, of very many the first and how many more there are; each as one line that can be printed."""
    more = [f"... and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return [one if one.isprintable() else repr(one) for one in lines[:_MOST]] + more


def _versions() -> Iterator[str]:
    yield f"okx_sync {own_version()}"
    yield f"python {python_text()}"
    for one in requirements(extras=True):
        if one.found is not None:
            yield f"{one.name} {one.found}"


def _client(client: StreamClient, config: Any) -> Iterator[str]:
    spec = client._spec
    yield f"{type(client).__name__}, {spec.environment}, {'with' if spec.credentials is not None else 'without'} a key"
    if config is not None:
        yield repr(attrs.evolve(config, credentials=None))
    yield repr(client._links.options)


def _time(at_ns: int) -> str:
    return f"{dt.datetime.fromtimestamp(at_ns / 1e9, dt.UTC):%H:%M:%S.%f}"[:-3]
