"""Many frames quickly, for tests of throughput and of slow consumers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from okx_sync.paper.server.frame_writer import encode_frame
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription

BATCH = 128
PACE_S = 0.01


async def flood(
    server: ServerInterface,
    topic: str,
    row: Mapping[str, Any] | Callable[[int], Any],
    count: int,
    per_second: float | None,
) -> int:
    """Push `count` frames of a topic to its subscribers; returns the frames written over all of them.

    Several frames share one write, and each subscriber is waited for when its socket is full.
    """
    loop = asyncio.get_running_loop()
    begin = loop.time()
    sent = written = 0
    while sent < count:
        batch = min(BATCH, count - sent)
        if per_second is not None:
            batch = min(batch, int((loop.time() - begin) * per_second) + 1 - sent)
            if batch <= 0:
                await asyncio.sleep(PACE_S)
                continue
        subscribers = server.hub.subscribers(topic)
        for subscription in subscribers:
            written += _write(server, subscription, row, sent, batch)
        sent += batch
        for subscription in subscribers:
            await subscription.session.wire.drain()
        await asyncio.sleep(0)
    return written


def _write(
    server: ServerInterface,
    subscription: TopicSubscription,
    row: Mapping[str, Any] | Callable[[int], Any],
    first: int,
    count: int,
) -> int:
    session = subscription.session
    if not session.wire.is_open:
        return 0
    server.journal.pushed(session.record.id, subscription.topic, count)
    if callable(row):
        frames = [encode_frame(subscription.encode([row(first + i)], {})) for i in range(count)]
        session.wire.write(b"".join(frames))
    else:
        session.wire.write(encode_frame(subscription.encode([row], {})) * count)
    session.touch()
    return count
