"""Playing a recorded session: JSON lines `{"received": epoch seconds, "text": frame}`, or a client's recording.

Only the data frames are played; acks, errors and pongs come from the server itself, as always.
A frame goes, unchanged, to every connection that has its topic. In play mode nothing else is
pushed: no live market is mixed in.

When it starts: as soon as enough of the recording's topics are subscribed (over all connections).
Enough is `wait_topics`; by default every topic that has a data frame. `start` starts it at once.
Who subscribes later to what begins with a snapshot gets one of the state that was played by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson

from okx_sync.paper.server.channel_spec import topic_name
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.server.played_topics import PlayedTopic

CHUNK = 64


@dataclass(frozen=True, slots=True)
class RecordedFrame:
    """One data frame: seconds since the first, its topic, its exact text.

    `wire` and `path` of the sessions that it is for; empty: any. Without a topic: what they bring was lost there.
    """

    at: float
    topic: str
    text: bytes
    wire: str = ""
    path: str = ""

    def is_for(self, subscription: TopicSubscription) -> bool:
        """Tell whether a subscriber of the topic gets it."""
        session = subscription.session
        return self.wire in ("", session.wire_name) and self.path in ("", session.path)


class PlayedFrames(Protocol):
    """The frames of a recording, in their order. `topics`: those that have one; `began_ms`: when it began."""

    topics: set[str]

    @property
    def began_ms(self) -> int:
        """The time of the first frame."""

    def __iter__(self) -> Iterator[RecordedFrame]: ...


class LoadedFrames:
    """Frames that are all in memory."""

    def __init__(self, frames: list[RecordedFrame], began_ms: int) -> None:
        self._frames = frames
        self.began_ms = began_ms
        self.topics = {frame.topic for frame in frames}

    def __iter__(self) -> Iterator[RecordedFrame]:
        return iter(self._frames)


def load(path: str | Path) -> LoadedFrames:
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
            topic = data_topic(text)
            if topic:
                frames.append(RecordedFrame(max(0.0, received - first), topic, text.encode()))
    return LoadedFrames(frames, int((first or 0.0) * 1000))


def data_topic(text: str | bytes) -> str:
    """Return the topic of a data frame; empty for anything else."""
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
    """Plays one recording, once.

    `speed` multiplies the recorded speed; None plays as fast as clients read. `move(frame, by_ms)` moves the times of a
    frame, where they are to be those of now.
    """

    def __init__(
        self,
        frames: PlayedFrames,
        speed: float | None,
        wait_topics: int | None,
        move: Callable[[RecordedFrame, int], bytes] | None = None,
    ) -> None:
        self.speed = speed
        self._frames = frames
        self._enough = len(frames.topics) if wait_topics is None else wait_topics
        self._move = move
        self._states: dict[tuple[str, str, str], PlayedTopic] = {}
        self._task: asyncio.Task[None] | None = None
        self.is_done = False
        self.played = 0

    def subscribed(self, server: ServerInterface, subscription: TopicSubscription) -> None:
        """Note a subscribed topic: start when that was the last one needed; later on tell its state."""
        if self._enough > 0 and len(self._frames.topics & server.hub.shown_topics()) >= self._enough:
            self.start(server)
        session = subscription.session
        for path in (session.path, ""):
            state = self._states.get((subscription.shown_topic, session.wire_name, path))
            if state is not None and (snapshot := state.snapshot()) is not None:
                session.push(subscription.topic, snapshot)

    def start(self, server: ServerInterface) -> None:
        """Start now; harmless when it is already playing."""
        if self._task is None:
            self._task = server.spawn(self._play(server))

    async def _play(self, server: ServerInterface) -> None:
        loop = asyncio.get_running_loop()
        begin = loop.time()
        by_ms = server.clock.now_ms() - self._frames.began_ms
        for number, frame in enumerate(self._frames):
            if self.speed is not None:
                await asyncio.sleep(max(0.0, begin + frame.at / self.speed - loop.time()))
            if frame.topic:
                await self._send(server, frame, frame.text if self._move is None else self._move(frame, by_ms))
            else:
                self._forget(frame)
            if number % CHUNK == 0:
                await asyncio.sleep(0)
        self.is_done = True
        server.journal.tick()

    async def _send(self, server: ServerInterface, frame: RecordedFrame, text: bytes) -> None:
        key = (frame.topic, frame.wire, frame.path)
        if (state := self._states.get(key)) is None:
            state = self._states[key] = PlayedTopic()
        state.take(text)
        subscribers = [one for one in server.hub.showing(frame.topic) if frame.is_for(one)]
        for subscription in subscribers:
            subscription.session.push(subscription.topic, text)
        self.played += 1
        for subscription in subscribers:
            await subscription.session.wire.drain()

    def _forget(self, lost: RecordedFrame) -> None:
        """Forget the states of a path that was lost: what comes next does not follow them."""
        for (_, wire, path), state in self._states.items():
            if (wire, path) == (lost.wire, lost.path):
                state.forget()
