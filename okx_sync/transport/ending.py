"""What a link needs of one connection, and how that ended. The usual one is the WebSocket of ``socket``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import attrs

from okx_sync.errors import OkxWebSocketError
from okx_sync.transport.loan import ReadingTerms
from okx_sync.transport.options import WireOptions

__all__ = ["AnyWire", "Ending", "WireMaker"]


@attrs.frozen
class Ending:
    """How a connection ended.

    ``opened``: the handshake had succeeded; ``code``: the close code, if one was sent; ``status`` and ``retry_after``:
    of a refused handshake; ``error``: what to raise to who waits for it; ``lasting``: the next attempt would end in the
    same way.
    """

    opened: bool
    reason: str
    code: int | None = None
    status: int | None = None
    retry_after: float | None = None
    error: OkxWebSocketError | None = None
    lasting: bool = False


class AnyWire(Protocol):
    """One attempt to connect, and the connection that it may become."""

    def run(self) -> Ending:
        """Connect and read until the end. Blocks; returns how it ended."""

    def send(self, text: str) -> None:
        """Send one message from any thread. Raises ``ConnectionLost`` when it cannot be taken."""

    def close(self, reason: str) -> None:
        """Say goodbye politely; :meth:`run` returns soon."""

    def kill(self, reason: str) -> None:
        """Cut the connection at once from any thread; :meth:`run` wakes up and returns."""


class WireMaker(Protocol):
    """Makes a connection attempt.

    ``on_open()`` is called once it stands, ``on_frames(list of bytes)`` for each batch of messages; both on the thread
    of ``run``, or one that reads in its place.
    """

    def __call__(
        self,
        url: str,
        options: WireOptions,
        *,
        on_open: Callable[[], object],
        on_frames: Callable[[list[bytes]], object],
        lending: ReadingTerms | None = None,
    ) -> AnyWire:
        """Make it; nothing is begun."""
