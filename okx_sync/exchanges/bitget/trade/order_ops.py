"""Order operations on the private stream of V2, for keys that Bitget has allowed them. No I/O, no state.

As on V3 (``okx_sync.exchanges.bitget.v3.order_ops``), but for placing and canceling alone, and with the id of a request
inside of its argument. Pages: "Contract / Websocket / Private / Place Order", "Cancel Order".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson
from attrs import frozen

from okx_sync.exchanges.bitget.mix.order_rest import MixOrders
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.rest.dialect import Reply
from okx_sync.rest.endpoint import Endpoint

__all__ = ["BY_REST", "WORDS", "ClassicOp", "ops"]

WORDS: Final[dict[str, str]] = {"place-order": "place_order", "cancel-order": "cancel_order"}
"""Every operation, and the endpoint that does the same."""

BY_REST: Final[dict[str, str]] = {
    "modify-order": "amend_order",
    "batch-place": "place_batch_orders",
    "batch-cancel": "cancel_batch_orders",
}
"""Operations of V3's stream that V2's has not, and the endpoint of V2 that does the same."""

_OK: Final = ("0", "00000")
_LIMITS: Final = ("presetStopSurplusExecutePrice", "presetStopLossExecutePrice")


@frozen
class ClassicOp:
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
        """Make the frame to send, once its request id is known; None where what it brings has a limit price.

        The stream's page has no field for that, other than REST's. ``params``: the twin's, by wire name.
        """
        order = dict(params)
        if any(name in order for name in _LIMITS):
            return None
        arg = {"instType": order.pop("productType"), "instId": order.pop("symbol"), "channel": self.word}

        def text(request_id: str) -> str:
            return orjson.dumps({"op": "trade", "args": [{"id": request_id, **arg, "params": order}]}).decode()

        return text

    def instruments(self, params: Mapping[str, Any]) -> set[str]:  # noqa: ARG002
        """Return nothing: Bitget's symbols go out as they are."""
        return set()

    def read(self, reply: SocketReply) -> Reply:
        """Return the reply as REST would have given it: a refusal repeats the request, which says nothing."""
        is_ok = reply.code in _OK
        return Reply(is_ok, reply.code, reply.message, reply.rows if is_ok else [])

    def refuses_code(self, reply: Reply) -> bool:  # noqa: ARG002
        """Return False: there are no numbers to refuse."""
        return False


def ops() -> dict[str, ClassicOp]:
    """Make every operation by its word."""
    twins = {endpoint.name: endpoint for endpoint in MixOrders.endpoints}
    return {word: ClassicOp(word, twins[name]) for word, name in WORDS.items()}
