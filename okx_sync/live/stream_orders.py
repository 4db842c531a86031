"""Orders that are followed on streams, sent by a sender where there is one, and asked for over REST where that works.

Where nobody can be asked what the streams did not report, the manager knows the orders that changed since it began, and
is ``synced`` only where the stream begins with a list of the open ones, until the link is lost: what the outage
swallowed stays unknown then, and the ``gap`` event says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Protocol

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import (
    ConfigError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxRateLimitError,
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.live.order_feed import OpenOrders, OrderFeed
from okx_sync.live.order_sender import OrderSender
from okx_sync.protocol.events import Push
from okx_sync.state.orders.cancel_all import CancelVerdict
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate

__all__ = ["OrderQueries", "StreamOrders"]


_NO_SOURCE: Final = "the stream tells what changes, and nobody can be asked which orders were open before"


class OrderQueries(Protocol):
    """What REST is asked about orders. Methods raise ``OkxError``; see ``OrderSource``."""

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """Return all open orders, or those of an instrument, oldest first."""

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now; None when the exchange does not know it."""

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of one order, oldest first."""


class StreamOrders:
    """An ``OrderSource`` of an exchange whose streams tell changes.

    ``orders`` and ``fills`` name channels whose rows have a ``to_update()``, which may find nothing in one; ``sender``:
    None where the exchange takes no orders on its streams; ``queries``: who is asked over REST, None where nobody is;
    ``scopes``: the arguments of each subscription that it takes
    to have all products; ``lists_open``: which pushes list all open orders, None where none does.
    """

    def __init__(
        self,
        subscribe: Callable[..., Subscription[Any]],
        path: str,
        orders: str,
        fills: str | None,
        sender: OrderSender | None,
        *,
        scopes: Sequence[Mapping[str, str]] = ({},),
        lists_open: Callable[[Push], bool] | None = None,
        queries: OrderQueries | None = None,
    ) -> None:
        self.path = path
        self.can_ask = queries is not None
        self.no_source = None if lists_open is not None or queries is not None else _NO_SOURCE
        self.needs_fills = fills is not None
        self._subscribe = subscribe
        self._orders = orders
        self._fills = fills
        self._sender = sender
        self._scopes = scopes
        self._lists_open = lists_open
        self._queries = queries

    def follow_orders(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the stream of orders. Raises what ``subscribe`` raises."""
        return self._follow(self._orders, OrderFeed(manager, self._lists_open))

    def follow_fills(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the stream of fills. Raises what ``subscribe`` raises."""
        if self._fills is None:
            raise ConfigError("this protocol has no stream of fills", hint="the stream of orders reports them")
        return self._follow(self._fills, OrderFeed(manager))

    def _follow(self, channel: str, feed: Callable[[Any], object]) -> Sequence[Subscription[Any]]:
        made: list[Subscription[Any]] = []
        try:
            for scope in self._scopes:
                made.append(self._subscribe(channel, feed, **scope, inline=True))
        except BaseException:
            for subscription in made:
                subscription.unsubscribe()
            raise
        return made

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """Return all open orders; nothing where the exchange cannot be asked. Raises ``OkxError``."""
        return OpenOrders([]) if self._queries is None else self._queries.open_orders(inst_id)

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return an order as it is now; nothing where the exchange cannot be asked. Raises ``OkxError``."""
        return None if self._queries is None else self._queries.look_up(order)

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order; nothing where the exchange cannot be asked. Raises ``OkxError``."""
        return [] if self._queries is None else self._queries.fills_of(order)

    def new_id(self) -> str:
        """Make a client order id: letters and digits."""
        return uuid.uuid4().hex

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        """Make the order that ``words`` ask for.

        Raises ``ConfigError`` for what cannot be right, and as :meth:`place`.
        """
        return self._sending().new_order(words, self.new_id)

    def place(self, new: PreparedOrder) -> str | None:
        """Send an order. Raises ``ConfigError`` where no orders can be sent."""
        return self._sending().place(new)

    def cancel(self, order: OrderState) -> bool:
        """Request that an order be canceled. Raises as :meth:`place`."""
        return self._sending().cancel(order)

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Request a change of an order. Raises as :meth:`place`."""
        self._sending().amend(order, size, price, options)

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[CancelVerdict, OkxError | None]]:
        """Request the end of all of them, one by one. Raises what forbids all of it, and as :meth:`place`."""
        sender = self._sending()
        found: list[tuple[CancelVerdict, OkxError | None]] = []
        for order in orders:
            try:
                found.append(("accepted" if sender.cancel(order) else "gone", None))
            except (ReadOnlyError, DryRun, OkxAuthError) as error:
                if not found:
                    raise
                found.append(("not_sent", error))  # what became of the others must be known all the same
            except OrderStatusUnknown as error:
                found.append(("unknown", error))
            except (OkxApiError, OkxRateLimitError) as error:
                found.append(("refused", error))
            except OkxError as error:
                found.append(("not_sent", error))
        return found

    def _sending(self) -> OrderSender:
        if self._sender is None:
            raise ConfigError(
                "orders cannot be sent over these streams", hint="send them by other means; ws.orders follows them"
            )
        return self._sender
