"""Closing positions at the market: what is asked for, how an exchange carries it out, and one outcome for each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import attrs

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError, OkxApiError, OkxError, OkxRateLimitError, OrderStatusUnknown
from okx_sync.exact_numbers import Number, above_zero
from okx_sync.state.orders.cancel_all import FORBIDDEN, CancelVerdict, EndOutcome, EndOutcomes
from okx_sync.state.orders.new_order import known_instrument
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_state import OrderState, PreparedOrder, StatusStep
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.timing import Clock, Deadline
from okx_sync.types import PositionUpdate

__all__ = [
    "CloseOutcome",
    "ClosePositionResult",
    "CloseReceipt",
    "CloseRequest",
    "ClosingManager",
    "PreparedClose",
    "PreparedCloses",
    "closed",
]

_LOOK_S: Final = 0.1


@attrs.frozen(kw_only=True)
class CloseRequest:
    """What is to be closed, in neutral words, checked; ``options`` are the exchange's own."""

    inst_id: str
    position_side: str | None = None
    margin_mode: str | None = None
    size: Decimal | None = None
    client_order_id: str | None = None
    options: Mapping[str, Any] = attrs.field(factory=dict)

    @classmethod
    def of(
        cls,
        inst_id: object,
        position_side: str | None,
        margin_mode: str | None,
        size: Number | None,
        client_order_id: str | None,
        options: Mapping[str, Any],
    ) -> CloseRequest:
        """Check what was given. Raises ``ConfigError``, naming what cannot be right."""
        instrument = known_instrument(inst_id)
        if position_side is not None:
            check_word("position_side", position_side, ("long", "short", "net"))
        if margin_mode is not None:
            check_word("margin_mode", margin_mode, ("cross", "isolated"))
        return cls(
            inst_id=instrument,
            position_side=position_side,
            margin_mode=margin_mode,
            size=None if size is None else above_zero("size", size),
            client_order_id=client_order_id,
            options={word: value for word, value in options.items() if value is not None},
        )

    def means(self, position: PositionUpdate) -> bool:
        """Tell whether a position is to be closed; a net one is long or short by its sign."""
        side = self.position_side
        by_sign = "long" if position.size > 0 else "short"
        is_side = side in (None, position.side) or (position.side == "net" and side == by_sign)
        return position.is_open and is_side and self.margin_mode in (None, position.margin_mode)


@attrs.frozen(kw_only=True)
class CloseReceipt:
    """What the exchange says of an order that closes: its ids, or why it refused it."""

    order_id: str | None = None
    client_order_id: str | None = None
    error: OkxError | None = None


@attrs.frozen(kw_only=True)
class PreparedClose:
    """How one position is closed, checked and not sent yet.

    ``order``: what the order will be, its size that of the position; ``is_named``: whether it is sent with its client
    order id, so that it is known before an answer comes. ``send`` sends it, and raises as an order does; ``nothing``:
    codes which say that there is nothing to close (any more).
    """

    position: PositionUpdate
    order: PreparedOrder
    is_named: bool
    send: Callable[[], Sequence[CloseReceipt]]
    nothing: Container[str]


@attrs.frozen(kw_only=True)
class PreparedCloses:
    """All that a request closes. ``positions`` gives the live positions if they are open."""

    each: Sequence[PreparedClose]
    positions: Callable[[], PositionMonitor | None]


@attrs.frozen
class CloseOutcome(EndOutcome):
    """One position of ``close_position``, as it was, and the order that closes it where the exchange names it.

    ``verdict``: ``"accepted"``, the order says what becomes of it; ``"gone"``: there was nothing to close any more;
    ``"refused"``, ``"unknown"`` and ``"not_sent"`` as of a ``CancelOutcome``. ``error`` says why.
    """

    position: PositionUpdate
    order: OrderHandle | None
    verdict: CancelVerdict
    error: OkxError | None = None


class ClosingManager(ABC):
    """What closing, and waiting for its end, needs of an order manager."""

    _clock: Clock

    @abstractmethod
    def wait_until(self, predicate: Callable[[Any], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(self)`` is true."""

    @abstractmethod
    def adopt(self, state: OrderState) -> OrderHandle:
        """Take in an order that the exchange has named."""

    @abstractmethod
    def _expected(self, new: PreparedOrder) -> OrderHandle:
        """Make a record of an order that is about to be sent."""

    @abstractmethod
    def _accepted(self, handle: OrderHandle, order_id: str | None) -> None:
        """Note that the exchange has taken it."""

    @abstractmethod
    def _place_failed(self, actions: Any, handle: OrderHandle, error: BaseException) -> None:
        """Note that it was refused, or that its fate is unknown."""


@attrs.frozen
class ClosePositionResult(EndOutcomes[CloseOutcome]):
    """The outcomes of ``close_position``: none when there was nothing to close.

    It has a length, can be iterated, and is true when ``ok``: each position is gone, or about to be.
    """

    _manager: ClosingManager = attrs.field(repr=False, eq=False, kw_only=True)
    _positions: Callable[[], PositionMonitor | None] = attrs.field(repr=False, eq=False, kw_only=True)

    @property
    def orders(self) -> tuple[OrderHandle, ...]:
        """The orders that close, as far as the exchange has named them."""
        return tuple(one.order for one in self.outcomes if one.order is not None)

    @property
    def is_done(self) -> bool:
        """True when nothing is on its way any more: each order is over, and none is in doubt."""
        return all(_is_done(one) for one in self.outcomes)

    @property
    def is_flat(self) -> bool | None:
        """Whether ``ws.positions`` has none of these positions any more; None while it is not open or not synced."""
        monitor = self._positions()
        return None if monitor is None or not monitor.synced else self._has_none(monitor)

    def wait_until(self, predicate: Callable[[ClosePositionResult], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(result)`` is true; False after ``timeout`` seconds.

        It is looked at after each change of an order, and ten times a second. Raises ``StreamClosed`` when the orders
        are closed before. Not for inline callbacks.
        """
        deadline = Deadline(timeout, self._manager._clock)
        while True:
            left = deadline.left()
            pause = _LOOK_S if left is None else min(left, _LOOK_S)
            if self._manager.wait_until(lambda _: predicate(self), pause):
                return True
            if left is not None and left <= _LOOK_S:
                return False

    def wait_done(self, timeout: float | None = None) -> bool:
        """Wait until all of its orders are over; False after ``timeout`` seconds."""
        return self._manager.wait_until(lambda _: self.is_done, timeout)

    def wait_flat(self, timeout: float | None = None) -> bool:
        """Wait until ``ws.positions`` is synced and has none of these positions; False after ``timeout`` seconds.

        Orders that are known are waited for as well. Where an answer was lost and named none, the positions alone tell.

        Raises ``ConfigError`` where ``ws.positions`` was not opened, and ``StreamClosed`` when it is closed before.
        """
        monitor = self._positions()
        if monitor is None:
            raise ConfigError("nobody follows the positions here", hint="open ws.positions before, or use wait_done()")
        deadline = Deadline(timeout, self._manager._clock)
        return self._manager.wait_until(
            lambda _: all(one.is_done for one in self.orders), timeout
        ) and monitor.wait_until(lambda now: now.synced and self._has_none(now), deadline.left())

    def _has_none(self, monitor: PositionMonitor) -> bool:
        wanted = {(one.position.inst_id, one.position.side) for one in self.outcomes}
        return not any((held.inst_id, held.side) in wanted for held in monitor.all)


def _is_done(outcome: CloseOutcome) -> bool:
    if outcome.order is not None:
        return outcome.order.is_done
    return outcome.verdict not in ("accepted", "unknown")


def closed(manager: ClosingManager, actions: Any, found: PreparedCloses) -> ClosePositionResult:
    """Close all of it, with one outcome for each order. Raises what forbids all of it (``ReadOnlyError``, ...)."""
    outcomes: list[CloseOutcome] = []
    for one in found.each:
        try:
            outcomes += _sent(manager, actions, one)
        except FORBIDDEN as error:
            if not outcomes:
                raise
            outcomes.append(CloseOutcome(one.position, None, "not_sent", error))
    return ClosePositionResult(tuple(outcomes), manager=manager, positions=found.positions)


def _sent(manager: ClosingManager, actions: Any, closing: PreparedClose) -> list[CloseOutcome]:
    handle = manager._expected(closing.order) if closing.is_named else None
    try:
        receipts = closing.send()
    except BaseException as error:
        if handle is not None:
            manager._place_failed(actions, handle, error)
        if not isinstance(error, OkxError) or isinstance(error, FORBIDDEN):
            raise
        return [CloseOutcome(closing.position, handle, _verdict(error, closing), error)]
    if handle is None:
        return [_told(manager, closing, one) for one in receipts]
    order_id = next((one.order_id for one in receipts), None)
    manager._accepted(handle, order_id)
    if order_id is None:
        actions.settle(handle)  # accepted is not done, and nobody has told its id
    return [CloseOutcome(closing.position, handle, "accepted")]


def _verdict(error: OkxError, closing: PreparedClose) -> CancelVerdict:
    if isinstance(error, OrderStatusUnknown):
        return "unknown"
    if error.code is not None and error.code in closing.nothing:
        return "gone"
    return "refused" if isinstance(error, OkxApiError | OkxRateLimitError) else "not_sent"


def _told(manager: ClosingManager, closing: PreparedClose, receipt: CloseReceipt) -> CloseOutcome:
    """Return what a receipt says of an order that the exchange has named."""
    position, order = closing.position, closing.order
    if receipt.error is not None:
        return CloseOutcome(position, None, _verdict(receipt.error, closing), receipt.error)
    at = round(manager._clock.server_time() * 1000)
    state = OrderState(
        inst_id=order.inst_id,
        order_id=receipt.order_id,
        client_order_id=receipt.client_order_id,
        product=order.product,
        side=order.side,
        order_type=order.order_type,
        size=order.size,
        history=(StatusStep("pending", at),),
    )
    is_known = receipt.order_id is not None or receipt.client_order_id is not None
    return CloseOutcome(position, manager.adopt(state) if is_known else None, "accepted")
