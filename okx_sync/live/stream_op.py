"""``StreamOp``: an order operation of a stream, in the words of its exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import attrs

from okx_sync.errors import ConfigError
from okx_sync.live.order_route import OrderRoute
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint

__all__ = ["ByRestOnly", "StreamOp", "routed"]


class StreamOp(Protocol):
    """An operation in the words of its exchange; ``twin`` is the REST endpoint that does the same."""

    @property
    def word(self) -> str:
        """The operation's name on the wire."""

    @property
    def path(self) -> str | None:
        """The path on which it is sent; None where no stream has it, and REST carries it out."""

    @property
    def twin(self) -> Endpoint:
        """The REST endpoint that does the same."""

    def frame(
        self, params: Mapping[str, Any], fields: Mapping[str, str], code: Callable[[str], int]
    ) -> Callable[[str], str] | None:
        """Make the frame to send, once its request id is known; None for what no stream has, and REST carries out."""

    def read(self, reply: SocketReply) -> Reply:
        """Return the reply as REST would have given it."""

    def refuses_code(self, reply: Reply) -> bool:
        """Tell whether nothing was accepted because of an instrument's number."""

    def instruments(self, params: Mapping[str, Any]) -> set[str]:
        """Return the instruments that a request names by number."""


@attrs.frozen
class ByRestOnly:
    """An operation that no stream has: a ``StreamOp`` that is never sent as a frame."""

    word: str
    twin: Endpoint
    path: None = None

    def frame(
        self, params: Mapping[str, Any], fields: Mapping[str, str], code: Callable[[str], int]
    ) -> Callable[[str], str]:
        """Raise: there is no frame."""
        raise AssertionError(f"{self.word} has no frame: {params} {fields} {code}")

    def read(self, reply: SocketReply) -> Reply:
        """Raise: there is no frame that could be answered."""
        raise AssertionError(f"{self.word} has no answer on a stream: {reply}")

    def refuses_code(self, reply: Reply) -> bool:  # noqa: ARG002
        """Return False: REST names instruments."""
        return False

    def instruments(self, params: Mapping[str, Any]) -> set[str]:  # noqa: ARG002
        """Return nothing: REST names instruments."""
        return set()


def routed(ops: Mapping[str, StreamOp], route: OrderRoute | None, *, has_rest: bool) -> Mapping[str, StreamOp]:
    """Return the operations as a client sends them that was told ``route``; None: those that a stream has go there.

    Raises ``ConfigError`` where orders are to go by REST and nobody says where that is.
    """
    if route == "rest" and not has_rest:
        raise ConfigError("orders cannot go by REST: nobody says where that is", hint="give the config rest_url=")
    return {word: ByRestOnly(word, op.twin) for word, op in ops.items()} if route == "rest" else ops
