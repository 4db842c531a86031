"""Closing positions of Bitget: whole ones by ``close-positions``, a part of one by an order that only reduces.

Pages: "Flash Close Position" (V2) and "Close All Positions" (V3) of Bitget's API guide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.order_sender import CLASSIC_RULES, RULES, BitgetSender
from okx_sync.exchanges.bitget.products import category_of, product_of
from okx_sync.exchanges.closing_orders import by_order, check_request, whole
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.exchanges.product_words import said_product
from okx_sync.rest.order_intent import OrderIntent
from okx_sync.state.orders.close_position import CloseReceipt, CloseRequest, PreparedClose
from okx_sync.types import PositionUpdate

__all__ = ["CLOSE", "BitgetCloser"]

CLOSE: Final = "close-positions"
"""The operation that closes whole positions, by REST."""

_OPTIONS: Final = frozenset({"product", "category", "timeout"})
_MARGIN_MODES: Final = {"cross": "crossed", "isolated": "isolated"}
_HINTS: Final = {
    "client_order_id": "Bitget chooses the id: leave it out, or give size=",
    "margin_mode": "both modes are closed together: leave it out, or give size=",
}
_NOTHING: Final = frozenset({"22002", "25227"})


class _Client(OrderClient, Protocol):
    config: BitgetConfig


class BitgetCloser:
    """Says how positions are closed (``ClosesPositions``)."""

    def __init__(self, client: _Client, sender: BitgetSender) -> None:
        self._client = client
        self._sender = sender

    @property
    def _is_classic(self) -> bool:
        return self._client.config.stream_protocol == "v2"

    def target(self, request: CloseRequest) -> OrderIntent:
        """Say where the positions are. Raises ``ConfigError`` for what Bitget does not carry out."""
        check_request(request, _OPTIONS, CLASSIC_RULES if self._is_classic else RULES)
        for word in () if request.size is not None else ("client_order_id", "margin_mode"):
            if getattr(request, word) is not None:
                raise ConfigError(f"{word} is not carried out when Bitget closes a whole position", hint=_HINTS[word])
        by_name = product_of if self._is_classic else category_of
        product = said_product(dict(request.options)) or by_name(request.inst_id)
        path = "/api/v2/mix/order/" if self._is_classic else "/api/v3/trade/"
        return OrderIntent(path=path + CLOSE, inst_id=request.inst_id, product=product)

    def closing(
        self, request: CloseRequest, target: OrderIntent, position: PositionUpdate, new_id: Callable[[], str]
    ) -> PreparedClose:
        """Say how a position is closed. Raises ``ConfigError``, and what keeps the client from sending."""
        options = dict(request.options)
        said_product(options)
        if request.size is not None:
            is_hedged = position.side in ("long", "short")
            options |= {"pos_side": position.side} if is_hedged else {"reduce_only": True}
            if (mode := _MARGIN_MODES.get(position.margin_mode or "")) is not None:
                options["margin_mode"] = mode
            return by_order(request, position, self._sender, new_id, _NOTHING, **options, category=target.product)
        args = (target.product, position.inst_id, position.side if position.side in ("long", "short") else None)
        self._client._order_entry.check(CLOSE, args, dict(options))

        def send() -> list[CloseReceipt]:
            return [_told(row) for row in self._client._order_entry.run(CLOSE, args, dict(options))]

        order = whole(position, "", options, target.product)
        return PreparedClose(position=position, order=order, is_named=False, send=send, nothing=_NOTHING)


def _told(row: Any) -> CloseReceipt:
    """Return what a row of the answer says: the ids that Bitget chose, or why it refused."""
    from okx_sync.exchanges.bitget.rest_error_codes import FAILURE, TABLE  # streams alone do without REST

    if row.ok:
        return CloseReceipt(order_id=row.orderId, client_order_id=row.clientOid)
    code, message = getattr(row, "errorCode", None), getattr(row, "errorMsg", None)
    code, message = code or getattr(row, "code", None), message or getattr(row, "msg", None)
    return CloseReceipt(error=TABLE.error_for(code or FAILURE, message or "", environment="bitget"))
