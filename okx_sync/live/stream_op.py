"""``StreamOp``: an order operation of a stream, in the words of its exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint

__all__ = ["StreamOp"]


class StreamOp(Protocol):
    """An operation in the words of its exchange; ``twin`` is the REST endpoint that does the same."""

    @property
    def word(self) -> str:
        """The operation's name on the wire."""

    @property
    def path(self) -> str:
        """The path on which it is sent."""

    @property
    def twin(self) -> Endpoint:
        """The REST endpoint that does the same."""

    def frame(
        self, params: Mapping[str, Any], fields: Mapping[str, str], code: Callable[[str], int]
    ) -> Callable[[str], str]:
        """Make the frame to send, once its request id is known."""

    def read(self, reply: SocketReply) -> Reply:
        """Return the reply as REST would have given it."""

    def refuses_code(self, reply: Reply) -> bool:
        """Tell whether nothing was accepted because of an instrument's number."""

    def instruments(self, params: Mapping[str, Any]) -> set[str]:
        """Return the instruments that a request names by number."""
