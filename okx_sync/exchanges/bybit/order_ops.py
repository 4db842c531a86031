"""Order operations on Bybit's trade stream: the words, the frames, and how a reply is read. No I/O, no state.

Every operation has a twin among the REST endpoints: the same order with the same parameters, limits and results. What
is different on a stream stands here. Page: "Websocket Trade Guideline" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson
from attrs import frozen

from okx_sync.exchanges.bybit.trade.rest import OrderEndpoints
from okx_sync.exchanges.bybit.whole_numbers import WHOLE
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest.call_rules import rows_of
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint

__all__ = ["WORDS", "Op", "ops_for"]

WORDS: Final[dict[str, str]] = {
    "order.create": "place_order",
    "order.amend": "amend_order",
    "order.cancel": "cancel_order",
    "order.create-batch": "place_batch_orders",
    "order.amend-batch": "amend_batch_orders",
    "order.cancel-batch": "cancel_batch_orders",
}
"""Every operation, and the endpoint that does the same."""


@frozen
class Op:
    """One operation: ``word`` on the path ``trade``; ``now_s`` tells the server's time, epoch seconds."""

    word: str
    twin: Endpoint
    now_s: Callable[[], float]
    path: str = "trade"

    def frame(
        self,
        params: Mapping[str, Any],
        fields: Mapping[str, str],
        code: Callable[[str], int],  # noqa: ARG002
    ) -> Callable[[str], str]:
        """Make the frame to send, once its request id is known; the time in it is that of sending.

        ``params``: the twin's, by wire name; ``fields``: what REST sends as headers.
        """
        rows = [_plain(row) for row in rows_of(self.twin, params)]
        if "rows" in self.twin.options:
            rows = [{"category": params["category"], "request": rows}]

        def text(request_id: str) -> str:
            header = {"X-BAPI-TIMESTAMP": str(round(self.now_s() * 1000)), **fields}
            return orjson.dumps({"reqId": request_id, "header": header, "op": self.word, "args": rows}).decode()

        return text

    def instruments(self, params: Mapping[str, Any]) -> set[str]:  # noqa: ARG002
        """Return nothing: Bybit's symbols go out as they are."""
        return set()

    def read(self, reply: SocketReply) -> Reply:
        """Return the reply as REST would have given it."""
        return Reply(reply.code == "0", reply.code, reply.message, reply.rows)

    def refuses_code(self, reply: Reply) -> bool:  # noqa: ARG002
        """Return False: there are no numbers to refuse."""
        return False


def ops_for(now_s: Callable[[], float]) -> dict[str, Op]:
    """Make every operation by its word.

    ``now_s``: the server's time, epoch seconds: Bybit wants it in each request.
    """
    twins = {endpoint.name: endpoint for endpoint in OrderEndpoints.endpoints}
    return {word: Op(word, twins[name], now_s) for word, name in WORDS.items()}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: int(value) if name in WHOLE else value for name, value in row.items()}
