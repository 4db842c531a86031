"""Messages that are parsed where they are consumed.

A mailbox may hold messages as they came off the wire. The thread that takes a message out parses it: parsing there
costs half of what it costs on the socket's thread, because a processor core that makes an object also uses and frees
it, and its memory need not move to another core.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from okx_sync.errors import DecodeError
from okx_sync.protocol.events import Event, Garbage, Push, Unknown, unread

__all__ = ["Decode", "MessageDecoder", "Open"]

Decode = Callable[[list[Any], dict[str, Any]], list[Any]]
Open = Callable[[bytes], list[Any]]


class MessageDecoder:
    """Makes one topic's messages objects.

    Args:
        at_once: Makes a message objects in one step; may raise anything.
        decode: Does so with parsed rows.
        read: Says what a message is that ``at_once`` did not take.
        report: ``report(error)`` takes the errors of what cannot be read.
    """

    __slots__ = ("_plain", "_read", "at_once", "decode", "report")

    def __init__(
        self, at_once: Open, decode: Decode, read: Callable[[bytes], Event], report: Callable[[Exception], None]
    ) -> None:
        self.at_once = at_once
        self.decode = decode
        self._plain = at_once, decode
        self._read = read
        self.report = report

    def __call__(self, frame: bytes) -> list[Any]:
        """Decode the objects of a message. Never raises."""
        try:
            return self.at_once(frame)
        except Exception:  # noqa: BLE001  whatever it is, the slow way says it well
            return self.salvage(frame)

    def sample(self, look: Callable[[list[Any]], None], messages: int) -> None:
        """Have ``look(rows)`` see the rows of the next ``messages``; before and behind them it costs nothing.

        ``look`` must not raise. It runs on the thread that decodes.
        """
        plain_at_once, plain_decode = self._plain
        left = messages

        def seen(rows: list[Any]) -> list[Any]:
            nonlocal left
            left -= 1
            if left <= 0:
                self.at_once, self.decode = plain_at_once, plain_decode
            look(rows)
            return rows

        self.at_once = lambda frame: seen(plain_at_once(frame))
        self.decode = lambda rows, message: seen(plain_decode(rows, message))

    def rows(self, push: Push, report: Callable[[Exception], None] | None = None) -> list[Any]:
        """Decode the objects of a push; one bad row does not cost its neighbours. Never raises.

        ``report`` takes the errors of bad rows, in place of the decoder's own.
        """
        try:
            return self.decode(push.rows, push.message)
        except DecodeError:
            return self._row_by_row(push, report or self.report)

    def salvage(self, frame: bytes) -> list[Any]:
        """Decode what can be read of a message that could not be read at once; the rest is reported. Never raises."""
        event = self._read(frame)
        if isinstance(event, Push):
            return self.rows(event)
        if isinstance(event, Garbage | Unknown):
            self.report(unread(event))
        return []

    def _row_by_row(self, push: Push, report: Callable[[Exception], None]) -> list[Any]:
        items: list[Any] = []
        for row in push.rows:
            try:
                items += self.decode([row], push.message)
            except DecodeError as error:
                report(error)
        return items
