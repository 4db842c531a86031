"""One topic with consumers whose events are followed, and a batch that brings messages."""

from __future__ import annotations

import json
from typing import Any

from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.delivery.router import Batch, Router, TopicRoute
from okx_sync.delivery.subscription import Subscription
from okx_sync.durations import Percentiles
from okx_sync.protocol.events import Push
from okx_sync.rows import Row, decoder, model
from okx_sync.rows import opener as opener_of
from tests.clocks import HandClock
from tests.delivery.owner import RecordingOwner
from tests.protocol.toy_dialect import A, push

__all__ = ["WALL", "Stream", "Tick", "lag", "tick", "us"]

WALL = 1_700_000_000.0


@model
class Tick(Row):
    """What comes."""

    n: int | None = None
    ts: int | None = None


def tick(n: int = 1, ago_ms: int | str = 0, **more: Any) -> bytes:
    """A message that the exchange made so long ago by the clock of the tests."""
    ts = ago_ms if isinstance(ago_ms, str) else int(WALL * 1000) - ago_ms
    return json.dumps({"data": [{"n": n, "ts": ts}], **more}).encode()


class Stream:
    """One topic with its consumers, and a batch that brings messages."""

    def __init__(self, owner: RecordingOwner, **ways: Any) -> None:
        self.owner, self.clock = owner, owner.clock
        assert isinstance(self.clock, HandClock)
        self.router = Router(self.clock, lambda error: None)
        self.batch = Batch(self.router)
        self.sinks: list[Subscription[Any]] = []
        self.add(**ways)

    def add(self, **ways: Any) -> Subscription[Any]:
        """Another consumer."""
        one: Subscription[Any] = Subscription(self.owner, A, **{"stamp": "ts", **ways})
        at_once, decode = opener_of(Tick, json.loads), decoder(Tick)
        decoding = MessageDecoder(at_once, decode, lambda _: push("a"), lambda _: None)
        self.route: TopicRoute = self.router.add(A, decoding, one)
        self.sinks.append(one)
        return one

    def bring(self, *frames: bytes, after_s: float = 0.0, messages: int | None = None) -> None:
        """What a read of the socket does, ``after_s`` seconds before it is handed on."""
        now = self.clock.monotonic()
        self.clock.sleep(after_s)
        take = self.batch.begin(now, len(frames) if messages is None else messages)
        for frame in frames:
            if not take(self.route, frame):
                message = json.loads(frame)
                self.batch.add(self.route, Push("a", {}, message["data"], message, len(frame)))
        self.batch.flush()


def lag(sink: Subscription[Any], way: str = "socket_to_consumer") -> Percentiles | None:
    return None if sink.lag is None else getattr(sink.lag, way).percentiles(sink._owner.clock.monotonic())


def us(found: Percentiles | None) -> tuple[int, int] | None:
    return None if found is None else (found.count, found.max_us)
