"""Messages that are parsed where they are consumed.

A mailbox may hold messages as they came off the wire. The thread that takes a message out parses it: parsing there
costs half of what it costs on the socket's thread, because a processor core that makes an object also uses and frees
it, and its memory need not move to another core.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from okx_sync.errors import DecodeError
from okx_sync.protocol.events import Event, Garbage, Push, Unknown, unread
from okx_sync.rows.filling import Decoders, Open

__all__ = ["Decode", "Look", "MessageDecoder", "Open"]

Decode = Callable[[list[Any], dict[str, Any]], list[Any]]
Look = Callable[[list[Any]], None]
_NO_LOOKS: Final[Mapping[object, list[Any]]] = MappingProxyType({})  # of all that nobody looks at, thousands maybe


class MessageDecoder:
    """Makes one topic's messages objects.

    ``at_once`` and ``decode`` change with time: they are to be looked up for each message.

    Args:
        at_once: Makes a message objects in one step; may raise anything.
        decode: Does so with parsed rows.
        read: Says what a message is that ``at_once`` did not take.
        report: ``report(error)`` takes the errors of what cannot be read.
        begin: ``begin(decoder)`` is called with the first message. It must not raise.
    """

    __slots__ = (
        "__weakref__",
        "_begin",
        "_decoders",
        "_looks",
        "_plain",
        "_read",
        "at_once",
        "decode",
        "report",
    )

    def __init__(
        self,
        at_once: Open,
        decode: Decode,
        read: Callable[[bytes], Event],
        report: Callable[[Exception], None],
        begin: Callable[[MessageDecoder], None] | None = None,
    ) -> None:
        self.at_once = at_once
        self.decode = decode
        self._plain = self._decoders = Decoders(at_once, decode)
        self._looks: Mapping[object, list[Any]] = _NO_LOOKS  # each with the number of messages that are left
        self._read = read
        self.report = report
        self._begin = begin
        if begin is not None:
            self.at_once, self.decode = self._shown_at_once, self._shown_rows

    def __call__(self, frame: bytes) -> list[Any]:
        """Decode the objects of a message. Never raises."""
        try:
            return self.at_once(frame)
        except Exception:  # noqa: BLE001  whatever it is, the slow way says it well
            return self.salvage(frame)

    def use(self, decoders: Decoders | None) -> None:
        """Decode with these from now on, or once nobody looks any more at what is decoded (:meth:`sample`).

        None for those that it was made with, which convert nothing.
        """
        self._decoders = decoders or self._plain
        if not self._looks and self._begin is None:
            self._resume()

    def _resume(self) -> None:
        self.at_once, self.decode = self._decoders

    def sample(self, owner: object, look: Look, messages: int) -> None:
        """Have ``look(rows)`` see the rows of the next ``messages``; before and behind them it costs nothing.

        They are decoded the plain way. ``look`` must not raise. It runs on the thread that decodes, and takes the place
        of what the same ``owner`` still had to see.
        """
        self._looks = {**self._looks, owner: [look, messages]}
        self.at_once, self.decode = self._shown_at_once, self._shown_rows

    def _shown_at_once(self, frame: bytes) -> list[Any]:
        return self._shown(self._plain.at_once(frame))

    def _shown_rows(self, rows: list[Any], message: dict[str, Any]) -> list[Any]:
        return self._shown(self._plain.decode(rows, message))

    def _shown(self, rows: list[Any]) -> list[Any]:
        looks = self._looks
        if (begin := self._begin) is not None:
            self._begin = None
            begin(self)
        for one in looks.values():
            one[1] -= 1
            if one[1] >= 0:
                one[0](rows)
        self._looks = {owner: one for owner, one in self._looks.items() if one[1] > 0}
        if not self._looks:
            self._resume()
        return rows

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
