"""``OrderAlgos``: what an order manager has of algo orders, its take profits and stop losses among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, TypeVar

from okx_sync.algo_types import AlgoKind, TriggerPrice
from okx_sync.errors import StreamClosed
from okx_sync.state.orders.algo_manager import AlgoManager
from okx_sync.state.orders.known_orders import KnownOrders
from okx_sync.state.orders.order_handle import AlgoHandle, OrderHandle
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.types import Side

__all__ = ["OrderAlgos"]

F = TypeVar("F", bound=Callable[..., Any])
_Number = Decimal | int | str


class OrderAlgos(KnownOrders):
    """See the module; a base of ``OrderManager``."""

    _make_algos: Callable[[], AlgoManager] | None
    _algos: AlgoManager | None = None

    @property
    def algos(self) -> AlgoManager:
        """The account's algo orders, live: take profits and stop losses, triggers, trailing stops, ...

        The first use subscribes their streams and has REST asked, and raises what ``subscribe`` raises, or
        ``ConfigError`` where this exchange's are not followed. Always the same object, until it is closed. That of a
        manager which is fed by hand is fed by hand, too: ``ws.subscribe_orders_algo(callback=manager.algos.apply)``.
        """
        found = self._algos
        if found is not None and (self.is_closed or not found.is_closed):
            return found
        if (ended := self._end()) is not None:
            raise StreamClosed(ended)
        if self._make_algos is not None:
            made = self._make_algos()
        else:
            made = AlgoManager(self, dispatch=self._dispatch, clock=self._clock, report=self._report)
        with self._lock:
            if self._make_algos is None and self._algos is not None and not self._algos.is_closed:
                return self._algos  # another thread was faster
            self._algos = made
        if self._closed_because is not None:
            made.close(self._closed_because)
        return made

    def place_algo(
        self,
        kind: AlgoKind,
        inst_id: str | None = None,
        side: Side | None = None,
        size: _Number | None = None,
        price: _Number | None = None,
        *,
        trigger: TriggerPrice | _Number | None = None,
        take_profit: TriggerPrice | _Number | None = None,
        stop_loss: TriggerPrice | _Number | None = None,
        callback_ratio: _Number | None = None,
        callback_spread: _Number | None = None,
        activation_price: _Number | None = None,
        reduce_only: bool | None = None,
        client_order_id: str | None = None,
        **options: Any,
    ) -> AlgoHandle:
        """Place an algo order; returns when the exchange has taken the request.

        Args:
            kind: ``conditional`` (a take profit or a stop loss), ``oco`` (both), ``trigger``, ``trailing_stop``,
                ``iceberg``, ``twap`` or ``chase``. Which exchange has which: ``docs/brackets.md``.
            inst_id: The instrument, as the exchange names it.
            side: ``"buy"`` or ``"sell"``, of the order that it sends.
            size: In the unit of the instrument's orders.
            price: Of the order that a ``trigger`` sends; None for a market order.
            trigger: What fires it: a price, or a ``TriggerPrice``.
            take_profit: What fires its take profit.
            stop_loss: What fires its stop loss.
            callback_ratio: How far a trailing stop stays behind the best price, as a part of it.
            callback_spread: The same as a difference of prices.
            activation_price: From which price on a trailing stop follows.
            reduce_only: Whether it may only close what is open.
            client_order_id: Made up when left out, where the exchange takes one.
            options: The exchange's own, by the names of its endpoint.

        Raises:
            ConfigError: Something cannot be right, or this exchange lacks it: nothing is imitated, or sent.
            OrderStatusUnknown: The answer was lost. The algo order is ``unknown`` until stream or REST tell of it.
            OkxError: The exchange refused; the algo order is ``rejected`` then.
        """
        words = {"kind": kind, "inst_id": inst_id, "side": side, "size": size, "price": price, "trigger": trigger}
        words |= {"take_profit": take_profit, "stop_loss": stop_loss, "callback_ratio": callback_ratio}
        words |= {"callback_spread": callback_spread, "activation_price": activation_price}
        words |= {"reduce_only": reduce_only, "client_order_id": client_order_id, **options}
        return self.algos.place(words)

    def children(self, handle: OrderHandle) -> tuple[AlgoHandle, ...]:
        """Do what :attr:`OrderHandle.children` does."""
        return () if self._algos is None else self._algos.children(handle)

    def _forget_children(self, handle: OrderHandle) -> None:
        """Forget what came with an order that is forgotten, where nobody knows what became of it. Under the lock."""
        for child in self.children(handle):
            if self._algos is not None and child.status == "unknown":
                self._algos._forget(child)

    @contextmanager
    def _taking_both(self) -> Iterator[None]:
        """Hold the lock while orders and algo orders are changed; tell the listeners of both when it is free again."""
        with self._taking():
            yield
        if self._algos is not None:
            self._algos._hand_on()

    def listen_to_children(self, handle: OrderHandle, fn: F) -> F:
        """Do what :meth:`OrderHandle.on_child` does."""
        return self.algos.listen_to_children(handle, fn)

    def _algos_for(self, new: PreparedOrder) -> AlgoManager | None:
        """Return who follows what an order brings with it, None for nothing. Raises ``ConfigError``."""
        if not new.attached:
            return None
        algos = self.algos
        algos.acting()
        return algos
