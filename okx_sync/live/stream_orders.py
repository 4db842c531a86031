"""Orders that are followed on streams, sent by a sender where there is one, and asked for over REST where that works.

Where nobody can be asked what the streams did not report, the manager knows the orders that changed since it began, and
is ``synced`` only where the stream begins with a list of the open ones, until the link is lost: what the outage
swallowed stays unknown then, and the ``gap`` event says so.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from decimal import Decimal
from functools import partial
from typing import Any, Final, NoReturn, Protocol

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError
from okx_sync.live.all_or_none import Gather, subscribe_all
from okx_sync.live.order_feed import OrderFeed
from okx_sync.live.order_sender import OrderSender
from okx_sync.live.position_closer import PositionCloser
from okx_sync.protocol.events import Push
from okx_sync.state.orders.batch_cancel import CancelResult
from okx_sync.state.orders.close_position import CloseRequest, PreparedCloses
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate

__all__ = ["OrderQueries", "StreamOrders"]


_Amend = Callable[[OrderState, Decimal | None, Decimal | None, Mapping[str, Any]], None]
_Replace = Callable[[OrderState, Decimal | None, Decimal | None, Mapping[str, Any]], PreparedOrder | None]
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

    Args:
        subscribe: The client's.
        path: Where the streams live.
        orders: The channel of orders. Rows of both channels have a ``to_update()``, which may find nothing in one.
        fills: The channel of fills, None where there is none.
        sender: Sends orders, None where the exchange takes none on its streams.
        scopes: The arguments of each subscription that it takes to have all products.
        fill_scopes: The same for the channel of fills, where it differs.
        orders_tell_fills: Whether the rows of orders name each fill, so that the channel of fills is wanted by choice.
        lists_open: Which pushes list all open orders, None where none does.
        queries: Who is asked over REST, None where nobody is.
        together: The client's ``batch``, where several subscriptions are made.
        closer: Closes positions, None where nobody does.
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
        fill_scopes: Sequence[Mapping[str, str]] | None = None,
        orders_tell_fills: bool = False,
        lists_open: Callable[[Push], bool] | None = None,
        queries: OrderQueries | None = None,
        together: Gather = nullcontext,
        closer: PositionCloser | None = None,
    ) -> None:
        self.path = path
        self.can_ask = queries is not None
        self.no_source = None if lists_open is not None or queries is not None else _NO_SOURCE
        self.needs_fills = fills is not None and not orders_tell_fills
        self._subscribe = subscribe
        self._together = together
        self._orders = orders
        self._fills = fills
        self._sender = sender
        self.place: Callable[[PreparedOrder], str | None] = _refuse
        """Sends an order. Raises ``ConfigError`` where no orders can be sent."""
        self.cancel: Callable[[OrderState], bool] = _refuse
        """Requests that an order be canceled. Raises as :attr:`place`."""
        self.amend: _Amend = _refuse
        """Requests a change of an order. Raises as :attr:`place`."""
        self.replacement: _Replace = _refuse
        """Returns the order that takes the place of one that is changed, or None. Raises as :attr:`place`."""
        self.closings: Callable[[CloseRequest], PreparedCloses] = _refuse
        """Says how positions are closed. Raises as :attr:`place`."""
        if closer is not None:
            self.closings = closer.closings
        if sender is not None:
            self.place, self.cancel = sender.place, sender.cancel
            self.amend, self.replacement = sender.amend, sender.replacement
        self._scopes = scopes
        self._fill_scopes = scopes if fill_scopes is None else fill_scopes
        self._lists_open = lists_open
        self._queries = queries

    @property
    def sender(self) -> OrderSender | None:
        """Who makes and sends orders; None where nobody does."""
        return self._sender

    def without_rest(self, reason: str) -> StreamOrders:
        """Return the same without anybody to send or to ask; ``reason`` says why open orders are not known."""
        made = copy.copy(self)
        made.can_ask, made.no_source = False, reason
        made._queries = made._sender = None
        made.place = made.cancel = made.amend = made.replacement = made.closings = _refuse
        return made

    def follow_orders(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the stream of orders. Raises what ``subscribe`` raises."""
        return self._follow(self._orders, OrderFeed(manager, self._lists_open), self._scopes)

    def follow_fills(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the stream of fills. Raises what ``subscribe`` raises."""
        if self._fills is None:
            raise ConfigError("this protocol has no stream of fills", hint="the stream of orders reports them")
        return self._follow(self._fills, OrderFeed(manager), self._fill_scopes)

    def topics(self) -> list[tuple[str, Mapping[str, str]]]:
        """Return the channels that are followed in any case, with the arguments of each subscription."""
        told = [(self._orders, scope) for scope in self._scopes]
        if self._fills is not None and self.needs_fills:
            told += [(self._fills, scope) for scope in self._fill_scopes]
        return told

    def _follow(
        self, channel: str, feed: Callable[[Any], object], scopes: Sequence[Mapping[str, str]]
    ) -> Sequence[Subscription[Any]]:
        wishes = [partial(self._subscribe, channel, feed, **scope, inline=True) for scope in scopes]
        return subscribe_all(self._together, wishes)

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

        Raises ``ConfigError`` for what cannot be right, and as :attr:`place`.
        """
        return _refuse() if self._sender is None else self._sender.new_order(words, self.new_id)

    def cancel_many(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        """Request the end of all of them. Raises what forbids all of it, and as :attr:`place`."""
        return _refuse() if self._sender is None else self._sender.cancel_many(orders)


def _refuse(*_args: object) -> NoReturn:
    """Stand in for a sender, where there is none."""
    raise ConfigError(
        "orders cannot be sent over these streams", hint="send them by other means; ws.orders follows them"
    )
