"""What a stream client asks of OKX's REST: all that is open, one order, its fills, positions and balances."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Protocol

import attrs

from okx_sync.errors import OrderStatusUnknown
from okx_sync.exchanges.okx.recovery.horizon import types_of
from okx_sync.rows.tolerant import each
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.types import AccountUpdate, FillUpdate, OrderUpdate

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.account.models import Position
    from okx_sync.exchanges.okx.account.rest import AccountGroup
    from okx_sync.exchanges.okx.order_lookup import OrderLookup
    from okx_sync.exchanges.okx.trade.models import FillRecord
    from okx_sync.exchanges.okx.trade.rest import Trade
    from okx_sync.state.instruments import Instruments

__all__ = ["OkxAccountQueries"]


class _Rest(Protocol):
    """The client's REST side: an ``OkxClient``."""

    instruments: Instruments

    @property
    def account(self) -> AccountGroup: ...
    @property
    def trade(self) -> Trade: ...
    def lookup(self, unknown: OrderStatusUnknown, *, timeout: float = ...) -> OrderLookup: ...


class OkxAccountQueries:
    """Asks for the account's state, for ``ws.orders`` and audits.

    Args:
        rest: Gives the client's REST client.
    """

    def __init__(self, rest: Callable[[], _Rest]) -> None:
        self._rest = rest

    def positions(self) -> list[Position]:
        """List all open positions. Raises ``OkxError``."""
        return self._rest().account.get_positions()

    def account(self) -> AccountUpdate:
        """Return the balances of all currencies. Raises ``OkxError``."""
        return self._rest().account.get_balance().to_update()

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """Return all open orders, or those of an instrument, oldest first.

        Raises ``ConfigError`` for an instrument that the exchange does not know, else ``OkxError``.
        """
        rest = self._rest()
        found, lost = each(rest.trade.iter_orders_pending(inst_id=inst_id), lambda row: row.to_update())
        if inst_id is not None and not found and not lost:
            rest.instruments.get(inst_id)  # the list of a misspelt name is empty as well
        return OpenOrders([_fetched(update) for update in reversed(found)], lost)

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now. Raises ``OkxError``.

        None when OKX does not know it, or shows another order of the same id.
        """
        ids = {"instId": order.inst_id, "ordId": order.order_id, "clOrdId": order.client_order_id}
        named = {name: value for name, value in ids.items() if value is not None}
        asked: dict[str, str] = named if order.side is None else {**named, "side": order.side}
        unknown = OrderStatusUnknown(
            "looked up", clOrdId="", orders=[named], action="place", sent_at=order.sent_at, requests=[asked]
        )
        row = self._rest().lookup(unknown, timeout=0).order
        return None if row is None else _fetched(row.to_update())

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order, oldest first, from the listing of three days and, if needed, of three months.

        Raises ``OkxError``.
        """
        trade = self._rest().trade
        listings: list[Callable[..., list[FillRecord]]] = [trade.get_fills]
        listings += [partial(trade.get_fills_history, kind) for kind in types_of({"instId": order.inst_id})]
        found: dict[str, FillUpdate] = {}
        for listing in listings:
            for fill in _all_fills(listing, order):
                found.setdefault(fill.trade_id, fill)
            if sum((fill.size for fill in found.values()), Decimal(0)) >= order.filled:
                break
        return list(found.values())[::-1]


def _all_fills(listing: Callable[..., list[FillRecord]], order: OrderState) -> Iterator[FillUpdate]:
    """Yield the fills of an order in one listing, newest first."""
    after: str | None = None
    while True:
        rows = listing(inst_id=order.inst_id, ord_id=order.order_id, after=after, limit=100)
        for row in rows:
            if (fill := row.to_update()) is not None:
                yield attrs.evolve(fill, recovered=True)
        if len(rows) < 100:
            return
        after = rows[-1].billId


def _fetched(update: OrderUpdate) -> OrderUpdate:
    """Mark an update, and its fill, as fetched."""
    fill = None if update.fill is None else attrs.evolve(update.fill, recovered=True)
    return attrs.evolve(update, fill=fill, recovered=True)
