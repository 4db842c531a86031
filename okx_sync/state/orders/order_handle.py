"""``OrderHandle`` and ``AlgoHandle``: one order or algo order, as it is now and as it becomes.

Each leads to the other: an order to its take profit and stop loss, these to the orders that they send.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, Protocol, TypeVar

from okx_sync.algo_types import ALGO_FINAL, AlgoKind, AlgoLeg, AlgoStatus, TriggerPrice
from okx_sync.state.live_object import Emit
from okx_sync.state.orders.algo_state import AlgoState, AlgoStep
from okx_sync.state.orders.algo_table import AlgoRecord
from okx_sync.state.orders.handle import Handle, Waits
from okx_sync.state.orders.order_state import OrderState, StatusStep
from okx_sync.state.orders.order_table import OrderRecord
from okx_sync.types import FINAL, FillUpdate, OrderStatus, PositionSide

__all__ = ["AlgoHandle", "OrderHandle"]

F = TypeVar("F", bound=Callable[..., Any])
_Amount = Decimal | int | str | None


class _OrderManager(Waits, Protocol):
    """What an order's handle needs of its manager."""

    def listen(self, handle: OrderHandle, kind: str, fn: F) -> F:
        """Let ``fn`` hear of an order."""

    def cancel(self, handle: OrderHandle) -> bool:
        """Ask for the order's end."""

    def amend(self, handle: OrderHandle, size: _Amount, price: _Amount, **options: Any) -> OrderHandle:
        """Ask for a change."""

    def children(self, handle: OrderHandle) -> tuple[AlgoHandle, ...]:
        """Return the algo orders that came with an order."""

    def listen_to_children(self, handle: OrderHandle, fn: F) -> F:
        """Let ``fn`` hear of them."""


class _AlgoManager(Waits, Protocol):
    """What an algo order's handle needs of its manager."""

    def listen(self, handle: AlgoHandle, fn: F) -> F:
        """Let ``fn`` hear of an algo order."""

    def orders_of(self, handle: AlgoHandle) -> tuple[OrderHandle, ...]:
        """Return the orders that it has sent."""

    def parent_of(self, handle: AlgoHandle) -> OrderHandle | None:
        """Return the order that it came with."""

    def cancel(self, handle: AlgoHandle) -> bool:
        """Ask for its end."""

    def amend(self, handle: AlgoHandle, **changes: Any) -> AlgoHandle:
        """Ask for a change."""


class OrderHandle(Handle[OrderState]):
    """A live order, from ``ws.orders``: ``place(...)``, ``["id"]``, ``.open``, ...

    It exists before the exchange has answered, and goes on when the answer is lost. All reads are of the newest state
    and safe from any thread; :meth:`snapshot` is all of it at one moment.
    """

    __slots__ = ("_listeners",)
    _manager: _OrderManager
    _record: OrderRecord

    def __init__(self, manager: _OrderManager, record: OrderRecord) -> None:
        self._manager = manager
        self._record = record
        self._listeners: dict[str, tuple[Emit, ...]] = {}  # guarded by the manager's lock

    # -- as it is now ------------------------------------------------------------------------------------------

    @property
    def order_id(self) -> str | None:
        """The exchange's id; None until it has given one."""
        return self._record.state.order_id

    @property
    def order_type(self) -> str | None:
        """The type in the exchange's words: ``"limit"``, ``"market"``, ..."""
        return self._record.state.order_type

    @property
    def price(self) -> Decimal | None:
        """The limit price; None for market orders."""
        return self._record.state.price

    @property
    def size(self) -> Decimal | None:
        """What is wanted, in the unit of the instrument's orders; None when it was given as an amount of money."""
        return self._record.state.size

    @property
    def status(self) -> OrderStatus:
        """``pending``, ``live``, ``partially_filled``, ``filled``, ``canceled``, ``rejected`` or ``unknown``."""
        return self._record.state.status

    @property
    def filled(self) -> Decimal:
        """What is filled so far; never shrinks."""
        return self._record.state.filled

    @property
    def remaining(self) -> Decimal | None:
        """What is not filled; None where ``size`` is."""
        return self._record.state.remaining

    @property
    def average_price(self) -> Decimal | None:
        """Average price of what is filled; None before the first fill, or while the exchange has not said."""
        return self._record.state.average_price

    @property
    def fee(self) -> Decimal | None:
        """Fees so far in ``snapshot().fee_currency``, negative when paid."""
        return self._record.state.fee

    @property
    def fills(self) -> tuple[FillUpdate, ...]:
        """Its fills, as far as they were reported one by one (``is_merged`` while some were not)."""
        return self._record.state.fills

    @property
    def history(self) -> tuple[StatusStep, ...]:
        """Every status that it had, with time and reason, oldest first."""
        return self._record.state.history

    @property
    def is_filled(self) -> bool:
        """True when all of it is filled."""
        return self._record.state.is_filled

    @property
    def is_merged(self) -> bool:
        """True while the exchange has reported more filled size than single fills."""
        return self._record.state.is_merged

    @property
    def children(self) -> tuple[AlgoHandle, ...]:
        """Its take profit, stop loss and whatever else came with it, oldest first, as the exchange has them.

        Those that are known; all there are while ``ws.orders.algos`` is ``synced``.
        """
        return self._manager.children(self)

    @property
    def take_profit(self) -> AlgoHandle | None:
        """The one of :attr:`children` that takes its profit, the last one if none is open; None if none is known."""
        return _with_leg(self.children, "take_profit")

    @property
    def stop_loss(self) -> AlgoHandle | None:
        """The one that stops its loss, as :attr:`take_profit`: the same where the exchange has one for both."""
        return _with_leg(self.children, "stop_loss")

    # -- as it becomes -----------------------------------------------------------------------------------------

    def wait_done(self, timeout: float | None = None) -> bool:
        """Wait until it is over in any way; False after ``timeout`` seconds."""
        return self._manager.wait_until(lambda _: self._record.state.status in FINAL, timeout)

    def wait_filled(self, timeout: float | None = None) -> bool:
        """Wait until the order is filled: True.

        False when ``timeout`` seconds have passed, and at once when it has ended in another way (``status`` and
        ``reason`` say how).
        """
        self.wait_done(timeout)
        return self.is_filled

    def on_change(self, fn: F) -> F:
        """Call ``fn(OrderChange)`` with the order as it is now, and with every change. A decorator, too."""
        return self._manager.listen(self, "change", fn)

    def on_fill(self, fn: F) -> F:
        """Call ``fn(FillUpdate)`` with each fill of the order, once: those that came already, and all to come."""
        return self._manager.listen(self, "fill", fn)

    def on_child(self, fn: F) -> F:
        """Call ``fn(AlgoChange)`` with each of :attr:`children` as it is now, and with every change. A decorator, too.

        Follows the algo orders of the account, as ``ws.orders.algos`` does, and raises what that raises.
        """
        return self._manager.listen_to_children(self, fn)

    # -- what can be done --------------------------------------------------------------------------------------

    def cancel(self) -> bool:
        """Ask the exchange to cancel what is left. True: it has taken the request; ``wait_done()`` tells the end.

        False: there is nothing left to cancel, because it is over already or a fill was faster. Raises
        ``OrderStatusUnknown`` when the answer was lost, and what the exchange's refusal says.
        """
        return self._manager.cancel(self)

    def amend(
        self,
        size: Decimal | int | str | None = None,
        price: Decimal | int | str | None = None,
        **options: Any,
    ) -> OrderHandle:
        """Ask the exchange to change the whole ``size`` (what is filled included), the ``price``, or both.

        ``options`` are the exchange's own, by the names of its ``amend_order``; its words for size and price work, too
        (OKX: ``new_sz``, ``new_px``), but not both at once.

        Returns when the exchange has accepted the request, the order that goes on: this one, whose ``on_change``
        reports what becomes of the request (``size`` and ``price`` change, or ``amend_error`` says why not). Only a
        classic account of Bitget puts a new order in the place of this one, which ends as canceled: then that is
        returned, and what is not given of size and price is as it was. ``order = order.amend(price=...)`` is right
        everywhere. Raises ``ConfigError`` when there is nothing to change, a word cannot be right, or the order is
        over; ``OrderStatusUnknown`` when the answer was lost; and what the exchange's refusal says.
        """
        return self._manager.amend(self, size, price, **options)


class AlgoHandle(Handle[AlgoState]):
    """A live algo order, from ``ws.orders``: ``place_algo(...)``, ``order.children``, ``.algos["id"]``, ...

    As :class:`OrderHandle`, it exists before the exchange has answered. :meth:`snapshot` tells more.
    """

    __slots__ = ()
    _manager: _AlgoManager
    _record: AlgoRecord

    # -- as it is now ------------------------------------------------------------------------------------------

    @property
    def algo_id(self) -> str | None:
        """The exchange's id; None until it has given one."""
        return self._record.state.algo_id

    @property
    def kind(self) -> AlgoKind | None:
        """``conditional``, ``oco``, ``trigger``, ``trailing_stop``, ``iceberg``, ``twap`` or ``chase``."""
        return self._record.state.kind

    @property
    def leg(self) -> AlgoLeg | None:
        """Which side a conditional one is: ``take_profit`` or ``stop_loss``."""
        return self._record.state.leg

    @property
    def position_side(self) -> PositionSide | None:
        """The side of the position that its orders are for, where the exchange tells one."""
        return self._record.state.position_side

    @property
    def size(self) -> Decimal | None:
        """In the unit of the instrument's orders; None for a whole position, or while it is not told."""
        return self._record.state.size

    @property
    def trigger(self) -> TriggerPrice | None:
        """What fires it, and the order that is sent then; None for a take profit or stop loss."""
        return self._record.state.trigger

    @property
    def take_profit(self) -> TriggerPrice | None:
        """What fires its take profit, and the order that is sent then."""
        return self._record.state.take_profit

    @property
    def stop_loss(self) -> TriggerPrice | None:
        """What fires its stop loss, and the order that is sent then."""
        return self._record.state.stop_loss

    @property
    def status(self) -> AlgoStatus:
        """``attached``, ``armed``, ``running``, ``fired``, ``canceled``, ... (``okx_sync.algo_types.AlgoStatus``)."""
        return self._record.state.status

    @property
    def fired_leg(self) -> AlgoLeg | None:
        """Which side has fired, of one that has both."""
        return self._record.state.fired_leg

    @property
    def history(self) -> tuple[AlgoStep, ...]:
        """Every status that it had, with time and reason, oldest first."""
        return self._record.state.history

    @property
    def orders(self) -> tuple[OrderHandle, ...]:
        """The orders that it has sent, as far as they are known."""
        return self._manager.orders_of(self)

    @property
    def parent(self) -> OrderHandle | None:
        """The order that it came with; None where there is none, or where that is not known."""
        return self._manager.parent_of(self)

    # -- as it becomes -----------------------------------------------------------------------------------------

    def wait_done(self, timeout: float | None = None) -> bool:
        """Wait until it has fired, or never will; False after ``timeout`` seconds."""
        return self._manager.wait_until(lambda _: self._record.state.status in ALGO_FINAL, timeout)

    def wait_armed(self, timeout: float | None = None) -> bool:
        """Wait until the exchange waits for its price: True, also when it is running or has fired by then.

        False when ``timeout`` seconds have passed, and at once when it has ended without.
        """
        self._manager.wait_until(lambda _: self.status in _WAS_ARMED or self.is_done, timeout)
        return self.status in _WAS_ARMED

    def on_change(self, fn: F) -> F:
        """Call ``fn(AlgoChange)`` with the algo order as it is now, and with every change. A decorator, too."""
        return self._manager.listen(self, fn)

    # -- what can be done --------------------------------------------------------------------------------------

    def cancel(self) -> bool:
        """Ask the exchange to cancel it. True: it has taken the request; ``wait_done()`` tells the end.

        False: it is over already. Raises ``ConfigError`` where the exchange cannot end it in its present status,
        ``OrderStatusUnknown`` when the answer was lost, and what the exchange's refusal says.
        """
        return self._manager.cancel(self)

    def amend(
        self,
        *,
        size: _Amount = None,
        price: _Amount = None,
        trigger: TriggerPrice | Decimal | int | str | None = None,
        take_profit: TriggerPrice | Decimal | int | str | None = None,
        stop_loss: TriggerPrice | Decimal | int | str | None = None,
        **options: Any,
    ) -> AlgoHandle:
        """Ask the exchange for a change; returns when it has accepted that.

        Args:
            size: The whole size.
            price: Of the order that it sends.
            trigger: What fires it, as a ``TriggerPrice``, or as a price alone, which leaves it what that is compared
                with, and is refused where a limit order is sent.
            take_profit: What fires its take profit; 0 takes that side away.
            stop_loss: What fires its stop loss, likewise.
            options: The exchange's own.

        Raises:
            ConfigError: There is nothing to change, this exchange cannot change it, or it is over.
            OrderStatusUnknown: The answer was lost.
            OkxError: What the exchange's refusal says.
        """
        words = {"size": size, "price": price, "trigger": trigger, "take_profit": take_profit, "stop_loss": stop_loss}
        return self._manager.amend(self, **words, **options)


_WAS_ARMED: Final = ("armed", "running", "fired")


def _with_leg(children: tuple[AlgoHandle, ...], leg: AlgoLeg) -> AlgoHandle | None:
    """Return the child that carries a leg: the newest one, before those that are over."""
    found = [one for one in children if one.leg == leg or getattr(one.snapshot(), leg) is not None]
    return next((one for one in reversed(found) if one.is_open), found[-1] if found else None)
