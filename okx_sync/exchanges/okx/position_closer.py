"""Closing positions of OKX: whole ones by ``trade/close-position``, a part of one by an order that only reduces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from okx_sync.exchanges.closing_orders import accepted, by_order, check_request, whole
from okx_sync.exchanges.okx.order_sender import RULES, OkxSender
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.rest.order_intent import OrderIntent
from okx_sync.state.orders.close_position import CloseReceipt, CloseRequest, PreparedClose
from okx_sync.types import PositionUpdate

__all__ = ["CLOSE", "OkxCloser"]

CLOSE: Final = "close-position"
"""The operation that closes a whole position, by REST."""

_PATH: Final = "/api/v5/trade/close-position"
_OF_WHOLE: Final = frozenset({"auto_cxl", "ccy", "tag", "timeout"})
_OF_PART: Final = frozenset({"ccy", "tag", "timeout", "rest_fallback"})
_NOTHING: Final = frozenset({"51023", "51169"})  # no position; none in this direction to reduce


class OkxCloser:
    """Says how positions are closed (``ClosesPositions``)."""

    def __init__(self, client: OrderClient, sender: OkxSender) -> None:
        self._client = client
        self._sender = sender

    def target(self, request: CloseRequest) -> OrderIntent:
        """Say where the positions are. Raises ``ConfigError`` for what OKX does not carry out."""
        check_request(request, _OF_WHOLE if request.size is None else _OF_PART, RULES)
        return OrderIntent(path=_PATH, inst_id=request.inst_id)

    def closing(
        self, request: CloseRequest, target: OrderIntent, position: PositionUpdate, new_id: Callable[[], str]
    ) -> PreparedClose:
        """Say how a position is closed. Raises ``ConfigError``, and what keeps the client from sending."""
        del target
        if request.size is not None:
            is_hedged = position.side in ("long", "short")
            words: dict[str, Any] = {"pos_side": position.side} if is_hedged else {"reduce_only": True}
            words |= {"td_mode": position.margin_mode, **request.options}
            return by_order(request, position, self._sender, new_id, _NOTHING, **words)
        own_id = request.client_order_id or new_id()
        pos_side = position.side if position.side in ("long", "short") else None
        args = (position.inst_id, position.margin_mode, pos_side)
        given = {**request.options, "cl_ord_id": own_id}
        self._client._order_entry.check(CLOSE, args, dict(given))

        def send() -> list[CloseReceipt]:
            self._client._order_entry.run(CLOSE, args, dict(given))
            return accepted(None)  # the answer names the order by our own id alone

        return PreparedClose(
            position=position,
            order=whole(position, own_id, request.options),
            is_named=True,
            send=send,
            nothing=_NOTHING,
        )
