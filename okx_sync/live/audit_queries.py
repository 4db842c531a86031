"""Who is asked over REST for what an audit compares a client's live state with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import attrs

from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.types import AccountUpdate, OrderUpdate, PositionUpdate

__all__ = ["AskedAccount", "AuditQueries"]


class AskedAccount(Protocol):
    """What REST tells of an account. Methods raise ``OkxError``."""

    def positions(self) -> Iterable[Any]:
        """Return all open positions, as rows that have a ``to_update()``."""

    def account(self) -> AccountUpdate:
        """Return the balances of all currencies."""

    def open_orders(self) -> OpenOrders:
        """Return all open orders."""

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now; None when the exchange does not know it."""


@attrs.frozen(kw_only=True)
class AuditQueries:
    """How REST is asked for all that is compared; each raises ``OkxError``.

    ``look_up`` takes the ``OrderState`` of one order that is not among the open ones, and returns what became of it.
    """

    positions: Callable[[], Iterable[PositionUpdate]]
    account: Callable[[], AccountUpdate]
    open_orders: Callable[[], Iterable[OrderUpdate]]
    look_up: Callable[[Any], OrderUpdate | None]

    @classmethod
    def of(cls, exchange: AskedAccount) -> AuditQueries:
        """Return how an exchange is asked, of whose positions the rows are listed."""
        return cls(
            positions=lambda: [row.to_update() for row in exchange.positions()],
            account=exchange.account,
            open_orders=lambda: exchange.open_orders().updates,
            look_up=exchange.look_up,
        )
