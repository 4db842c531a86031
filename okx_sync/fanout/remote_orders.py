"""Orders of a follower: followed on the publisher's streams, and sent and asked for by the publisher."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import attrs

from okx_sync.algo_types import AlgoUpdate
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError
from okx_sync.fanout.order_requests import OrderRequester
from okx_sync.live.algo_source import AlgoMakers, AlgoQueries
from okx_sync.live.all_or_none import Gather
from okx_sync.live.order_sender import OrderSender
from okx_sync.live.stream_algos import StreamAlgos
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.state.orders.algo_state import AlgoState, OpenAlgos, PreparedAlgo
from okx_sync.state.orders.batch_cancel import CancelResult
from okx_sync.state.orders.close_position import CloseRequest, PreparedClose, PreparedCloses
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState, PreparedOrder
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import FillUpdate, OrderUpdate

__all__ = ["RemoteAlgos", "RemoteOrders"]

_NOBODY: Final = (
    "no publisher had ever served orders of this account when they were first asked for: nobody told which are open; "
    "a follower that is made once one does knows them"
)


class RemoteOrders:
    """An ``OrderSource`` whose orders the publisher sends.

    Args:
        inner: Follows them on the streams.
        sender: The exchange's: makes and checks orders here, and sends none.
        requester: Asks the publisher.
        positions: Gives the live positions if they are open.
    """

    def __init__(
        self,
        inner: StreamOrders,
        sender: OrderSender | None,
        requester: OrderRequester,
        positions: Callable[[], PositionMonitor | None],
    ) -> None:
        self._inner = inner
        self._sender = sender
        self._requester = requester
        self._positions = positions
        self.path = inner.path
        self.needs_fills = inner.needs_fills

    @property
    def can_ask(self) -> bool:
        """Whether a publisher carries out requests, and so answers questions."""
        return self._sender is not None and self._requester.was_served()

    @property
    def no_source(self) -> str | None:
        """Why nobody tells which orders are open; None where a publisher does."""
        if self._sender is None:
            return self._inner.no_source
        return None if self.can_ask else _NOBODY

    def follow_orders(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the stream of orders. Raises what ``subscribe`` raises."""
        return self._inner.follow_orders(manager)

    def follow_fills(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the stream of fills. Raises what ``subscribe`` raises."""
        return self._inner.follow_fills(manager)

    # -- questions -----------------------------------------------------------------------------------------------

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """Return the open orders, as the publisher is told them. Raises what ``OrderRequester.ask`` raises."""
        return OpenOrders(self._requester.ask("open_orders", inst_id))

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return an order as it is now. Raises as :meth:`open_orders`."""
        found: OrderUpdate | None = self._requester.ask("look_up", order)
        return found

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order. Raises as :meth:`open_orders`."""
        found: list[FillUpdate] = self._requester.ask("fills_of", order)
        return found

    # -- sending -------------------------------------------------------------------------------------------------

    def new_id(self) -> str:
        """Make a client order id: it is known here before anything is sent."""
        return self._inner.new_id()

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        """Make the order that ``words`` ask for.

        Raises ``ConfigError`` for what cannot be right, and what ``OrderRequester.check`` raises.
        """
        sender = self._sending()
        new = sender.new_order(words, self.new_id)
        self._requester.check("place", new.inst_id)
        return new

    def place(self, new: PreparedOrder) -> str | None:
        """Send it. Raises what ``OrderRequester.ask`` raises."""
        options, timeout = _apart(new.options)
        told = attrs.evolve(new, options=options)
        order_id: str | None = self._requester.ask("place", told, timeout=timeout, order=new)
        return order_id

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end; False when it is gone. Raises as :meth:`place`."""
        return bool(self._requester.ask("cancel", order, order=order))

    def cancel_many(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        """Ask for the end of all of them. Raises as :meth:`place`."""
        if not orders:
            self._requester.check("cancel_all", None)
            return []
        told = self._requester.ask("cancel_many", list(orders), order=orders[0])
        return [(verdict, error) for verdict, error in told]

    def replacement(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> PreparedOrder | None:
        """Return the order that takes the place of one that is changed. Raises as :meth:`new_order`."""
        sender = self._sending()
        self._requester.check("amend", order.inst_id)
        return sender.replacement(order, size, price, options)

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change. Raises as :meth:`place`."""
        options, timeout = _apart(options)
        self._requester.ask("amend", order, size, price, options, timeout=timeout, order=order)

    def closings(self, request: CloseRequest) -> PreparedCloses:
        """Have the positions found that are meant. Raises as :meth:`place`, with nothing sent."""
        self._sending()
        self._requester.check("close_position", request.inst_id)
        options, timeout = _apart(request.options)
        found = self._requester.ask("closings", attrs.evolve(request, options=options), timeout=timeout)
        return PreparedCloses(each=[self._closing(one, timeout) for one in found], positions=self._positions)

    def _closing(self, told: Mapping[str, Any], timeout: float | None) -> PreparedClose:
        name, order = told["name"], told["order"]
        return PreparedClose(
            position=told["position"],
            order=order,
            is_named=told["is_named"],
            send=lambda: self._requester.ask("close", name, timeout=timeout, order=order),
            nothing=frozenset(told["nothing"]),
        )

    def _sending(self) -> OrderSender:
        if self._sender is None:
            raise ConfigError("this exchange takes no orders on these streams", hint="another protocol of the config")
        return self._sender


class RemoteAlgos:
    """An ``AlgoSource`` whose algo orders the publisher sends; it is the sender, and whom one asks, too.

    Args:
        inner: Follows them on the streams.
        requester: Asks the publisher.
    """

    def __init__(self, inner: StreamAlgos, requester: OrderRequester) -> None:
        self._inner = inner
        self._requester = requester
        self.paths = inner.paths
        self.asks_orders = inner.asks_orders

    @property
    def sender(self) -> RemoteAlgos:
        """Who sends: this."""
        return self

    @property
    def queries(self) -> AlgoQueries | None:
        """Who is asked: this, where a publisher carries out requests."""
        return self if self._inner.queries is not None and self._requester.was_served() else None

    @property
    def makers(self) -> AlgoMakers | None:
        """Who says which orders one may have come of: this, where rows do not."""
        return None if self._inner.makers is None else self

    def follow(self, feed: Callable[[Any], object], together: Gather) -> Sequence[Subscription[Any]]:
        """Feed from all channels, or from none. Raises what ``subscribe`` raises."""
        return self._inner.follow(feed, together)

    def open_algos(self, inst_id: str | None = None) -> OpenAlgos:
        """Return the open algo orders, as the publisher is told them. Raises what ``OrderRequester.ask`` raises."""
        return OpenAlgos(self._requester.ask("open_algos", inst_id))

    def look_up_algo(self, algo: AlgoState) -> Any:
        """Return an algo order as it is now. Raises as :meth:`open_algos`."""
        return self._requester.ask("look_up_algo", algo)

    def makers_of(self, made: AlgoUpdate, parent: str, known: Callable[[str, set[str]], Any]) -> set[str]:
        """Return the orders that may have brought an algo order, by what the publisher knows. Raises as the others."""
        del known
        return set(self._requester.ask("makers_of", made, parent))

    def became(self, algo: AlgoState, row: Any) -> AlgoUpdate | None:
        """Return what became of what an order brings, by the publisher's row of that order. Raises as the others."""
        del row
        found: AlgoUpdate | None = self._requester.ask("became", algo)
        return found

    def new_algo(self, words: Mapping[str, Any]) -> PreparedAlgo:
        """Have the algo order made that ``words`` ask for; nothing is sent to the exchange. Raises as the others."""
        self._requester.check("place_algo", words.get("inst_id"))
        new: PreparedAlgo = self._requester.ask("new_algo", dict(words))
        return new

    def place_algo(self, new: PreparedAlgo) -> str | None:
        """Send it. Raises as the others."""
        algo_id: str | None = self._requester.ask("place_algo", new, order=new)
        return algo_id

    def cancel_algo(self, algo: AlgoState) -> bool:
        """Ask for its end; False when it is gone. Raises as the others."""
        return bool(self._requester.ask("cancel_algo", algo, order=algo))

    def amend_algo(self, algo: AlgoState, changes: Mapping[str, Any]) -> None:
        """Ask for a change. Raises as the others."""
        changes, timeout = _apart(changes)
        self._requester.ask("amend_algo", algo, changes, timeout=timeout, order=algo)


def _apart(options: Mapping[str, Any]) -> tuple[dict[str, Any], float | None]:
    """Return options without the time that is allowed, and that: it is the request's, and what is left goes along."""
    told = dict(options)
    return told, told.pop("timeout", None)
