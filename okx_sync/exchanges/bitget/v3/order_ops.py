"""Order operations on the private stream of V3: the words, the frames, and how a reply is read. No I/O, no state.

Every operation has a twin among the REST endpoints: the same order with the same parameters, limits and results. What
is different on a stream stands here. Pages: "UTA / Websocket / Private / Place Order Channel" and those beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson
from attrs import frozen

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.uta.order_rest import UtaOrders
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest.call_rules import rows_of
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint

__all__ = ["MESSAGES_PER_S", "WORDS", "Op", "ops"]

WORDS: Final[dict[str, str]] = {
    "place-order": "place_order",
    "modify-order": "amend_order",
    "cancel-order": "cancel_order",
    # One SDK has another word for each of these three (batch-place-order); Bitget's own pages have these.
    "batch-place": "place_batch_orders",
    "batch-modify": "amend_batch_orders",
    "batch-cancel": "cancel_batch_orders",
}
"""Every operation, and the endpoint that does the same."""

_OK: Final = ("0", "00000")
_BROUGHT: Final = ("takeProfit", "stopLoss")


MESSAGES_PER_S: Final = 4
"""How many operations a socket may send in a second, batches counted once. Bitget counts 10 messages, pings and
subscribes included, and drops the socket beyond: two seconds may arrive as one.
"""


@frozen
class Op:
    """One operation: ``word`` on the path ``private``."""

    word: str
    twin: Endpoint
    path: str = "private"

    def frame(
        self,
        params: Mapping[str, Any],
        fields: Mapping[str, str],  # noqa: ARG002
        code: Callable[[str], int],  # noqa: ARG002
    ) -> Callable[[str], str] | None:
        """Make the frame to send, once its request id is known; None where an order brings others, which REST takes.

        The stream's page spells take-profit and stop-loss unlike REST's and unlike what SDKs send, and has none for a
        change: an order that lost its stop on the way is worse than one that takes a little longer.

        ``params``: the twin's, by wire name. Raises ``ConfigError`` for a batch of orders of several products, or one
        that names some orders by Bitget's id and others by ours.
        """
        rows = rows_of(self.twin, params)
        products = {str(row["category"]).lower() for row in rows if "category" in row}
        if len(products) > 1:
            raise ConfigError(f"a batch has orders of one category, not of {' and '.join(sorted(products))}")
        if self.word == "batch-cancel" and len({"orderId" in row for row in rows}) > 1:
            raise ConfigError("a batch names all orders by order_id, or all by client_oid", hint="make two batches")
        if any(name in row for row in rows for name in _BROUGHT):
            return None
        args = [{name: value for name, value in row.items() if name != "category"} for row in rows]
        product = {"category": products.pop()} if products else {}

        def text(request_id: str) -> str:
            request = {"op": "trade", "id": request_id, **product, "topic": self.word, "args": args}
            return orjson.dumps(request).decode()

        return text

    def instruments(self, params: Mapping[str, Any]) -> set[str]:  # noqa: ARG002
        """Return nothing: Bitget's symbols go out as they are."""
        return set()

    def read(self, reply: SocketReply) -> Reply:
        """Return the reply as REST would have given it: where a refusal repeats the request, its rows say nothing."""
        is_ok = reply.code in _OK
        told = is_ok or any(isinstance(row, dict) and "code" in row for row in reply.rows)
        return Reply(is_ok, reply.code, reply.message, reply.rows if told else [])

    def refuses_code(self, reply: Reply) -> bool:  # noqa: ARG002
        """Return False: there are no numbers to refuse."""
        return False


def ops() -> dict[str, Op]:
    """Make every operation by its word."""
    twins = {endpoint.name: endpoint for endpoint in UtaOrders.endpoints}
    return {word: Op(word, twins[name]) for word, name in WORDS.items()}
