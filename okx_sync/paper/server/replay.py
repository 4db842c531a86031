"""Playing a recorded session: JSON lines `{"received": epoch seconds, "text": frame}`.

Only the data frames are played; acks, errors and pongs come from the server itself, as always.
A frame goes, unchanged, to every connection that has its topic. In play mode nothing else is
pushed: no live market is mixed in.

When it starts: as soon as enough of the recording's topics are subscribed (over all connections).
Enough is `wait_topics`; by default every topic that has a data frame. `start` starts it at once.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import orjson

from okx_sync.paper.server.channel_spec import topic_name
from okx_sync.paper.server.interface import ServerInterface

CHUNK = 64


@dataclass(frozen=True, slots=True)
class RecordedFrame:
    """One data frame: seconds since the first, its topic, its exact text."""

    at: float
    topic: str
    text: bytes


def load(path: str | Path) -> list[RecordedFrame]:
    """Read the data frames of a recording, in their order; ValueError names a line that is not one."""
    frames: list[RecordedFrame] = []
    first: float | None = None
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                entry = orjson.loads(line)
                received, text = float(entry["received"]), str(entry["text"])
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as problem:
                raise ValueError(f"{path}, line {number}: not a recorded frame ({problem})") from None
            first = received if first is None else first
            topic = _data_topic(text)
            if topic:
                frames.append(RecordedFrame(max(0.0, received - first), topic, text.encode()))
    return frames


def _data_topic(text: str) -> str:
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        return ""
    if isinstance(message, dict) and "data" in message and isinstance(message.get("topic"), str):
        return topic_name({"topic": message["topic"]})
    if isinstance(message, dict) and isinstance(message.get("arg"), dict) and "data" in message:
        return topic_name(message["arg"])
    return ""


class Player:
    """Plays one recording, once. `speed` multiplies the recorded speed; None plays as fast as clients read."""

    def __init__(self, frames: list[RecordedFrame], speed: float | None, wait_topics: int | None) -> None:
        self.frames = frames
        self.speed = speed
        self.topics = {frame.topic for frame in frames}
        self._enough = len(self.topics) if wait_topics is None else wait_topics
        self._task: asyncio.Task[None] | None = None
        self.is_done = False
        self.played = 0

    def subscribed(self, server: ServerInterface) -> None:
        """Note a subscribed topic, and start when that was the last one needed."""
        if self._enough > 0 and len(self.topics & set(server.hub.topics())) >= self._enough:
            self.start(server)

    def start(self, server: ServerInterface) -> None:
        """Start now; harmless when it is already playing."""
        if self._task is None:
            self._task = server.spawn(self._play(server))

    async def _play(self, server: ServerInterface) -> None:
        loop = asyncio.get_running_loop()
        begin = loop.time()
        for number, frame in enumerate(self.frames):
            if self.speed is not None:
                await asyncio.sleep(max(0.0, begin + frame.at / self.speed - loop.time()))
            subscribers = server.hub.subscribers(frame.topic)
            for subscription in subscribers:
                subscription.session.push(frame.topic, frame.text)
            self.played += 1
            for subscription in subscribers:
                await subscription.session.wire.drain()
            if number % CHUNK == 0:
                await asyncio.sleep(0)
        self.is_done = True
        server.journal.tick()
