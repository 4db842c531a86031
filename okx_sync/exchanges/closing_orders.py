"""What orders that close a position have in common on all exchanges."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from typing import Any, Protocol

from okx_sync.errors import ConfigError
from okx_sync.state.orders.close_position import CloseReceipt, CloseRequest, PreparedClose
from okx_sync.state.orders.new_order import OrderRules, client_id_of
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.types import PositionUpdate, Side

__all__ = ["accepted", "by_order", "check_request", "closing_side", "whole"]


class SendsOrders(Protocol):
    """The exchange's sender of orders."""

    def new_order(self, words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedOrder:
        """Make the order that ``words`` ask for. Raises ``ConfigError``."""

    def place(self, new: PreparedOrder) -> str | None:
        """Send it."""


def closing_side(position: PositionUpdate) -> Side:
    """Return the side of the order that closes a position."""
    return "sell" if position.size > 0 else "buy"


def check_request(request: CloseRequest, known: Collection[str], rules: OrderRules) -> None:
    """Raise ``ConfigError`` for an option that would not be carried out, and for an id that the exchange forbids."""
    for word in request.options:
        if word not in known:
            raise ConfigError(f"close_position takes no {word!r} here", hint=f"it takes {', '.join(sorted(known))}")
    client_id_of(request.client_order_id, str, rules.client_id, rules.client_id_hint)


def whole(
    position: PositionUpdate, own_id: str, options: Mapping[str, Any], product: str | None = None
) -> PreparedOrder:
    """Return what the order will be that closes a whole position."""
    return PreparedOrder(
        inst_id=position.inst_id,
        side=closing_side(position),
        size=abs(position.size),
        order_type="market",
        client_order_id=own_id,
        product=product,
        options=options,
    )


def by_order(
    request: CloseRequest,
    position: PositionUpdate,
    sender: SendsOrders,
    new_id: Callable[[], str],
    nothing: Container[str],
    **words: Any,
) -> PreparedClose:
    """Say how a position is closed by an order that only reduces: of the size asked for, else of all of it.

    ``words`` are what says so on this exchange. Raises ``ConfigError``, and what keeps the client from sending.
    """
    asked: dict[str, Any] = {
        "inst_id": position.inst_id,
        "side": closing_side(position),
        "size": abs(position.size) if request.size is None else request.size,
        "order_type": "market",
        **words,
    }
    if request.client_order_id is not None:
        asked["client_order_id"] = request.client_order_id
    new = sender.new_order(asked, new_id)
    return PreparedClose(
        position=position,
        order=new,
        is_named=True,
        send=lambda: accepted(sender.place(new)),
        nothing=nothing,
    )


def accepted(order_id: str | None) -> list[CloseReceipt]:
    """Return the receipt of one order that was taken."""
    return [CloseReceipt(order_id=order_id)]
