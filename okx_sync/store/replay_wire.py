"""The connection of a replayed link: it agrees to topics that the recording holds, and brings what the player gives.

All messages are handed over on the thread of the link, as those of a socket are, so that what holds for callbacks and
locks there holds here.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection
from typing import Any, Final

from okx_sync.errors import ConnectionLost
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import FedRequest, acked, pong, read_request, refused
from okx_sync.transport.ending import Ending

__all__ = ["Delivery", "ReplayWire"]


_PAUSE_S: Final = 0.05


class Delivery:
    """Messages on their way. ``done`` is set when they were handed over, or never will be: see ``was_taken``."""

    __slots__ = ("done", "frames", "was_taken")

    def __init__(self, frames: list[bytes]) -> None:
        self.frames = frames
        self.done = threading.Event()
        self.was_taken = False


class ReplayWire:
    """One connection to a player (``AnyWire``).

    Args:
        topics: What the recording holds of this path.
        gate: Set as long as the server can be reached.
        opened: ``opened(wire)`` is called once it can be given messages.
        on_open, on_frames: As of ``WireMaker``.
    """

    def __init__(
        self,
        topics: Collection[Topic],
        gate: threading.Event,
        opened: Callable[[ReplayWire], object],
        on_open: Callable[[], object],
        on_frames: Callable[[list[bytes]], object],
    ) -> None:
        self._topics = topics
        self._gate = gate
        self._opened = opened
        self._on_open = on_open
        self._on_frames = on_frames
        self._work: queue.SimpleQueue[Delivery | None] = queue.SimpleQueue()
        self._ended: str | None = None

    def run(self) -> Ending:
        """Hand over what comes until it is ended."""
        while self._ended is None and not self._gate.wait(_PAUSE_S):
            pass
        if self._ended is None:
            self._on_open()
            self._opened(self)
        while self._ended is None and (delivery := self._work.get()) is not None:
            try:
                delivery.was_taken = True
                self._on_frames(delivery.frames)
            finally:
                delivery.done.set()
        while not self._work.empty():  # whoever waits for a delivery is not to wait for ever
            left = self._work.get()
            if left is not None:
                left.done.set()
        return Ending(opened=True, reason=self._ended or "the recording has ended")

    def deliver(self, frames: list[bytes]) -> Delivery:
        """Hand over messages, soon."""
        delivery = Delivery(frames)
        self._work.put(delivery)
        if self._ended is not None:
            delivery.done.set()
        return delivery

    def send(self, text: str) -> None:
        """Answer a request. Raises ``ConnectionLost`` once this has ended."""
        if self._ended is not None:
            raise ConnectionLost("the replayed connection has ended", retryable=True)
        request = read_request(text)
        self._work.put(Delivery([pong()] if request is None else self._answers(request)))

    def _answers(self, request: FedRequest) -> list[bytes]:
        unknown: list[Any] = []
        if request.op == "subscribe":
            unknown = [topic for topic in request.topics if topic not in self._topics]
        reason = "the recording does not hold this topic"
        return [*(refused(request, topic, reason) for topic in unknown), acked(request)]

    def close(self, reason: str) -> None:
        """End it."""
        self.kill(reason)

    def kill(self, reason: str) -> None:
        """End it."""
        if self._ended is None:
            self._ended = reason
            self._work.put(None)
