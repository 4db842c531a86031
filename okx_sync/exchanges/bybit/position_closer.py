"""Closing positions of Bybit, which has no call for it: an order of size 0 that may only reduce stands for all of one.

Such an order closes as much as one order at market may have. Options have none like that: theirs is of the whole size.
Page: "Place Order" of the V5 documentation, ``reduceOnly`` and ``closeOnTrigger``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.order_sender import RULES, BybitSender
from okx_sync.exchanges.bybit.products import category_of
from okx_sync.exchanges.closing_orders import accepted, by_order, check_request, closing_side, whole
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.exchanges.product_words import said_product
from okx_sync.rest.order_intent import OrderIntent
from okx_sync.state.orders.close_position import CloseReceipt, CloseRequest, PreparedClose
from okx_sync.types import PositionUpdate

__all__ = ["BybitCloser"]

_PATH: Final = "/v5/order/create"
_OPTIONS: Final = frozenset({"product", "category", "timeout"})
_INDEX: Final = {"net": 0, "long": 1, "short": 2}
_NOTHING: Final = frozenset({"110017", "110034"})  # nothing that could be reduced


class _Client(OrderClient, Protocol):
    config: BybitConfig


class BybitCloser:
    """Says how positions are closed (``ClosesPositions``)."""

    def __init__(self, client: _Client, sender: BybitSender) -> None:
        self._client = client
        self._sender = sender

    def target(self, request: CloseRequest) -> OrderIntent:
        """Say where the positions are. Raises ``ConfigError`` for what Bybit does not carry out."""
        if request.margin_mode is not None:
            raise ConfigError("Bybit has one position for each side, whatever its margin", hint="leave margin_mode out")
        check_request(request, _OPTIONS, RULES)
        product = said_product(dict(request.options)) or category_of(request.inst_id, self._client.config.category)
        return OrderIntent(path=_PATH, inst_id=request.inst_id, product=product)

    def closing(
        self, request: CloseRequest, target: OrderIntent, position: PositionUpdate, new_id: Callable[[], str]
    ) -> PreparedClose:
        """Say how a position is closed. Raises ``ConfigError``, and what keeps the client from sending."""
        options = dict(request.options)
        said_product(options)
        options |= {"category": target.product, "reduce_only": True, "position_idx": _INDEX[position.side]}
        if request.size is not None or target.product == "option":
            return by_order(request, position, self._sender, new_id, _NOTHING, **options)
        own_id = request.client_order_id or new_id()
        side: Any = closing_side(position).capitalize()
        args = (position.inst_id, side, "Market", "0", None, own_id)
        given = {**options, "close_on_trigger": True}
        self._client._check_order("order.create", args, dict(given))

        def send() -> list[CloseReceipt]:
            return accepted(self._client.place_order(*args, **given).orderId)

        order = whole(position, own_id, options, target.product)
        return PreparedClose(position=position, order=order, is_named=True, send=send, nothing=_NOTHING)
