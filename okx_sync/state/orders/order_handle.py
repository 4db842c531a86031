"""``OrderHandle``: one order, as it is now and as it becomes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from okx_sync.state.live_object import Emit
from okx_sync.state.orders.order_state import OrderState, StatusStep
from okx_sync.state.orders.order_table import OrderRecord
from okx_sync.types import FINAL, FillUpdate, OrderStatus, Side

__all__ = ["OrderHandle"]

F = TypeVar("F", bound=Callable[..., Any])


class _Manager(Protocol):
    """What a handle needs of its manager."""

    def wait_until(self, predicate: Callable[[Any], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(manager)`` is true."""

    def listen(self, handle: OrderHandle, kind: str, fn: F) -> F:
        """Let ``fn`` hear of an order."""

    def cancel(self, handle: OrderHandle) -> bool:
        """Ask for the order's end."""

    def amend(
        self, handle: OrderHandle, size: Decimal | int | str | None, price: Decimal | int | str | None, **options: Any
    ) -> OrderHandle:
        """Ask for a change."""


class OrderHandle:
    """A live order, from ``ws.orders``: ``place(...)``, ``["id"]``, ``.open``, ...

    It exists before the exchange has answered, and goes on when the answer is lost. All reads are of the newest state
    and safe from any thread; :meth:`snapshot` is all of it at one moment.
    """

    __slots__ = ("_listeners", "_manager", "_record")

    def __init__(self, manager: _Manager, record: OrderRecord) -> None:
        self._manager = manager
        self._record = record
        self._listeners: dict[str, tuple[Emit, ...]] = {}  # guarded by the manager's lock

    # -- as it is now ------------------------------------------------------------------------------------------

    def snapshot(self) -> OrderState:
        """Return the order as it is now, all fields of one moment; immutable."""
        return self._record.state

    @property
    def inst_id(self) -> str:
        """The instrument."""
        return self._record.state.inst_id

    @property
    def order_id(self) -> str | None:
        """The exchange's id; None until it has given one."""
        return self._record.state.order_id

    @property
    def client_order_id(self) -> str | None:
        """The id that we (or whoever placed it) gave."""
        return self._record.state.client_order_id

    @property
    def side(self) -> Side | None:
        """``"buy"`` or ``"sell"``."""
        return self._record.state.side

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
    def reason(self) -> str | None:
        """Why it was canceled or rejected, or is unknown."""
        return self._record.state.reason

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
    def amend_error(self) -> str | None:
        """Why the last refused change was refused; None when none was."""
        return self._record.state.amend_error

    @property
    def is_open(self) -> bool:
        """True while it may still be filled, also when it is not known whether the exchange has it."""
        return self._record.state.is_open

    @property
    def is_done(self) -> bool:
        """True when it is over: filled, canceled or rejected."""
        return self._record.state.is_done

    @property
    def is_filled(self) -> bool:
        """True when all of it is filled."""
        return self._record.state.is_filled

    @property
    def is_merged(self) -> bool:
        """True while the exchange has reported more filled size than single fills."""
        return self._record.state.is_merged

    # -- as it becomes -----------------------------------------------------------------------------------------

    def wait_until(self, predicate: Callable[[OrderHandle], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(order)`` is true; False after ``timeout`` seconds.

        Raises ``StreamClosed`` when the manager is closed before. Not for inline callbacks.
        """
        return self._manager.wait_until(lambda _: predicate(self), timeout)

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

    def __repr__(self) -> str:
        return f"<OrderHandle {self._record.state}>"
