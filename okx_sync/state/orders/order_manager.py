"""``OrderManager``: all orders and fills of an account, kept up to date; orders are placed through it, too."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from okx_sync import fork
from okx_sync.algo_types import TriggerPrice
from okx_sync.errors import ConfigError, DecodeError, OkxError, OrderStatusUnknown
from okx_sync.rows import Row
from okx_sync.state.live_object import Dispatch, Emit, call_now
from okx_sync.state.orders.algo_manager import AlgoManager, reason_of
from okx_sync.state.orders.amendment import checked_change
from okx_sync.state.orders.cancel_all import CancelAllResult, CancelOutcome
from okx_sync.state.orders.known_orders import UNREAD
from okx_sync.state.orders.order_actions import OrderActions
from okx_sync.state.orders.order_algos import OrderAlgos
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_state import OrderChange, OrderState, PreparedOrder
from okx_sync.state.orders.order_table import Applied, OrderRecord, Orders
from okx_sync.state.orders.order_ways import OrderWays
from okx_sync.state.orders.position_closing import PositionClosing
from okx_sync.state.synced import Report
from okx_sync.state.to_neutral import ToUpdate, to_neutral
from okx_sync.timing import Clock
from okx_sync.types import FINAL, FillUpdate, OrderStatus, OrderUpdate, Side, check_amounts

__all__ = ["OrderManager"]

F = TypeVar("F", bound=Callable[..., Any])
_Amount = Decimal | int | str | None


class OrderManager(OrderAlgos, PositionClosing):
    """Open and finished orders, and fills, of one account: ``ws.orders``.

    While it is :attr:`synced` it knows the orders that were open when it began and all since, whoever placed them and
    by whatever way; else those that it heard of. Orders read as :class:`OrderHandle`; ``len()`` counts the open ones,
    and ``for order in ws.orders`` goes through them. Each fill is reported once, whichever way brings it first. All
    methods are safe from any thread.

    It can also be fed by hand; listeners then run in the thread that feeds::

        manager = OrderManager()
        ws.subscribe_orders(callback=manager.apply)

    Args:
        actions: Sends requests; None for a manager that only listens.
        dispatch: Where listeners run.
        clock: Where time comes from.
        look_into: ``look_into(OrderChange)`` is called, in the thread that feeds, with each change of an order some of
            whose fills are not known one by one, and with each that was recovered: something may have to be asked for.
        max_finished: So many orders that are over are kept.
        over: ``over(OrderState)`` is called, in the thread that feeds, with each order that ends or is forgotten, once.
        algos: Makes :attr:`algos` when that is needed; None for one that is fed by hand, too.
        report, no_source: As of ``Synced``.
    """

    def __init__(
        self,
        *,
        actions: OrderActions | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
        look_into: Emit | None = None,
        max_finished: int = 10_000,
        over: Callable[[OrderState], None] | None = None,
        algos: Callable[[], AlgoManager] | None = None,
        report: Report | None = None,
        no_source: str | None = None,
    ) -> None:
        super().__init__("the order manager", dispatch=dispatch, clock=clock, report=report, no_source=no_source)
        self._make_algos = algos
        self._actions = actions
        self._look_into = look_into
        self._over = over
        self._orders = self._table = Orders(max_finished=max_finished)
        self._problem = no_source or UNREAD
        self.ways = OrderWays()
        """How long orders take that are placed here."""

    # -- acting ------------------------------------------------------------------------------------------------

    def place(
        self,
        inst_id: str | None = None,
        side: Side | None = None,
        size: _Amount = None,
        price: _Amount = None,
        order_type: str | None = None,
        *,
        take_profit: TriggerPrice | Decimal | int | str | None = None,
        stop_loss: TriggerPrice | Decimal | int | str | None = None,
        client_order_id: str | None = None,
        expires_at: int | None = None,
        **options: Any,
    ) -> OrderHandle:
        """Place an order; returns when the exchange has taken the request.

        Args:
            inst_id: The instrument, as the exchange names it.
            side: ``"buy"`` or ``"sell"``.
            size: In the unit of the instrument's orders.
            price: In the quote currency; None for an order without one.
            order_type: By default ``"limit"`` with a price and ``"market"`` without.
            take_profit: The price at which the position of this order is closed with a gain, by the last price and with
                a market order; a ``TriggerPrice`` says it otherwise. ``order.take_profit`` follows it.
            stop_loss: The same for a loss: ``order.stop_loss``.
            client_order_id: Made up when left out.
            expires_at: Epoch ms on the exchange's clock; a later arrival is dropped where the exchange can do that.
            options: The exchange's own, by the names of its ``place_order``, and ``timeout`` in seconds. Its own words
                for the rest (OKX: ``sz``, ...; Bybit: ``symbol``, ...) work, too, but not both at once.

        Raises:
            ConfigError: Something cannot be right, or this exchange does not carry it out; no order is known then.
            OrderStatusUnknown: The answer was lost. The order is ``unknown``, and becomes what it is as soon as stream
                or REST say so: ``orders.get(client_order_id=error.clOrdId).wait_until(...)``.
            OkxError: The exchange refused; the order is ``rejected`` then.
        """
        began = self._clock.monotonic()
        actions = self._acting()
        words: dict[str, Any] = {
            "inst_id": inst_id,
            "side": side,
            "size": size,
            "price": price,
            "order_type": order_type,
        }
        words |= {"take_profit": take_profit, "stop_loss": stop_loss}
        words |= {"client_order_id": client_order_id, "expires_at": expires_at, **options}
        new = actions.new_order({word: value for word, value in words.items() if value is not None})
        handle = self._expected(new, self._algos_for(new))
        self.ways.begin(new.client_order_id, began)
        try:
            order_id = actions.place(new)
        except BaseException as error:
            self._place_failed(actions, handle, error)
            raise
        self.ways.accepted(began, self._clock.monotonic())
        self._accepted(handle, order_id)
        return handle

    def _accepted(self, handle: OrderHandle, order_id: str | None) -> None:
        """Note that the exchange has taken an order, and what it calls it if it tells."""
        if order_id:
            with self._taking():
                self._note(self._orders.accept(handle._record, order_id))

    def _expected(self, new: PreparedOrder, algos: AlgoManager | None = None) -> OrderHandle:
        """Make a record of an order that is about to be sent, and of what comes with it."""
        with self._taking_both():
            record = self._orders.expect(new, self._now_ms())
            handle = self._handle(record)
            if algos is not None:
                algos.attach(handle, new.attached)
            self._note(Applied(record, OrderChange(order=record.state)))
        return handle

    def _place_failed(self, actions: OrderActions, handle: OrderHandle, error: BaseException) -> None:
        """Note that an order was refused, or that its fate is unknown (as after Ctrl-C in the middle of it)."""
        is_lost = not isinstance(error, OkxError) or isinstance(error, OrderStatusUnknown)
        self.conclude(handle, "unknown" if is_lost else "rejected", reason_of(error))
        if is_lost:
            actions.settle(handle)

    def cancel(self, handle: OrderHandle) -> bool:
        """Do what :meth:`OrderHandle.cancel` does."""
        actions, order = self._acting(handle), handle._record.state
        if order.status in FINAL:
            return False
        try:
            taken = actions.cancel(order)
        except OrderStatusUnknown:
            actions.settle(handle)
            raise
        if not taken:
            actions.settle(handle)
        return taken

    def cancel_all(self, inst_id: str | None = None) -> CancelAllResult:
        """Cancel all open orders of the account, or those of an instrument, as the exchange itself lists them.

        Orders that other programs placed are among them; those that wait for a price are only where they stand in the
        same list (Bybit), not OKX's algo orders and Bitget's plan orders. Returns when the exchange has answered for
        each, or did not in time: look at ``.ok`` and ``.failed``. The handle of an accepted one says what became of
        it: ``[one.order.wait_done(5) for one in result]``.

        Args:
            inst_id: only orders of this instrument.

        Raises:
            ConfigError: where nobody can be asked what is open (older protocols); for an ``inst_id`` that is no name,
                an empty one among them, or that the exchange does not know.
            OkxError: when the list could not be fetched; nothing was canceled then.
        """
        actions = self._acting()
        if inst_id is not None and (not isinstance(inst_id, str) or not inst_id.strip()):
            # A name that was left empty by mistake must not mean all instruments.
            raise ConfigError(f"inst_id cannot be {inst_id!r}", hint="an instrument's name, or None for all orders")
        found: dict[OrderHandle, None] = {}  # each once, whatever the list says
        for update in actions.list_open(inst_id):
            self.apply(update)
            handle = self.get(update.order_id)
            if handle is not None and inst_id in (None, handle.inst_id):
                found[handle] = None
        handles = list(found)
        verdicts = actions.cancel_many([handle.snapshot() for handle in handles])
        outcomes = [CancelOutcome(handle, *told) for handle, told in zip(handles, verdicts, strict=True)]
        for one in outcomes:
            if one.verdict in ("gone", "unknown"):
                actions.settle(one.order)
        return CancelAllResult(tuple(outcomes))

    def amend(self, handle: OrderHandle, size: _Amount = None, price: _Amount = None, **options: Any) -> OrderHandle:
        """Do what :meth:`OrderHandle.amend` does."""
        actions, order = self._acting(handle), handle._record.state
        change = checked_change(order, size, price, options)
        new = actions.replacement(order, *change, options)
        heir = handle if new is None else self._expected(new)
        try:
            actions.amend(order, *((*change, options) if new is None else (new.size, new.price, new.options)))
        except BaseException as error:
            if isinstance(error, OrderStatusUnknown):
                actions.settle(handle)
            if heir is not handle:
                self._place_failed(actions, heir, error)
            raise
        if heir is not handle:
            actions.settle(heir)  # accepted is not done, and nobody has told its id
        return heir

    def _acting(self, *own: OrderHandle) -> OrderActions:
        """Return who acts, on orders of its ``own`` at most. Raises ``ConfigError``."""
        if self._actions is None:
            raise ConfigError("this order manager only listens", hint="ws.orders of a client can also place and cancel")
        for handle in own:
            if not isinstance(handle, OrderHandle) or handle._manager is not self:
                raise ConfigError(f"this is no order of this manager: {handle!r}", hint="ws.orders[order_id].cancel()")
        return self._actions

    # -- being fed ---------------------------------------------------------------------------------------------

    def apply(self, update: OrderUpdate | FillUpdate | ToUpdate) -> None:
        """Take in what the exchange says of an order or a fill: a neutral update, or a row of the exchange's own.

        Late, repeated and merged news do no harm. Raises ``DecodeError`` for a row that cannot be read, and
        ``ConfigError`` for what tells of neither.
        """
        found = to_neutral(update)
        if not isinstance(update, Row) or update.raw is None:  # off the wire no other numbers are read
            check_amounts(found)
        if isinstance(found, OrderUpdate):
            with self._lock:  # written out here and below, as each update comes through
                self._note(self._orders.apply(self._believed(found)))
            self._hand_on()
        elif isinstance(found, FillUpdate):
            self.apply_fill(found)
        elif found is not None:  # a row that is no fill says so
            what = type(update).__name__
            raise ConfigError(f"{what} is about no order", hint="apply() takes rows and updates of orders and fills")

    def apply_fill(self, fill: FillUpdate) -> None:
        """Take in a fill that comes by itself."""
        check_amounts(fill)
        with self._lock:
            self._note(self._orders.apply_fill(self._believed(fill)))
        self._hand_on()

    def row_lost(self, error: DecodeError | None = None) -> None:
        """Note that a row could not be read; a client looks the open orders up then."""
        super().row_lost(error)
        if self._actions is not None:
            self._actions.row_lost("a row could not be read")

    def conclude(self, handle: OrderHandle, status: OrderStatus, reason: str) -> None:
        """Set a status that is known by other means than news of the order; ``reason`` says which.

        For whoever settles orders.
        """
        with self._taking():
            at = int(self._clock.server_time() * 1000)
            self._note(self._orders.conclude(handle._record, status, reason, at))

    def adopt(self, state: OrderState) -> OrderHandle:
        """Take in an order of an earlier run of the program; no listener hears of one that ended in it.

        For whoever settles orders.
        """
        with self._taking():
            record = self._orders.adopt(state)
            if record.state is state and state.is_done:  # no news, and nothing to look into
                self._changes.note()
            elif record.state is state:
                self._note(Applied(record, OrderChange(order=state)))
            return self._handle(record)

    def forget(self, either_id: str) -> None:
        """Forget an order of which nobody knows what became of it, and look for it no more.

        Such an order stays ``unknown``: one that an earlier run wrote into the journal, say, and that the exchange's
        lists hold no longer. Look at the account before: should it be open after all, it is known again as soon as the
        exchange tells of it.

        Args:
            either_id: the exchange's id or our own.

        Raises:
            KeyError: no such order is known.
            ConfigError: the exchange has told that it is open.
        """
        handle = self[either_id]
        with self._taking_both():
            self._forget(handle)
            self._forget_children(handle)

    def close(self, reason: str = "it was closed") -> None:
        """Listen and send no more; whoever waits gets ``StreamClosed``. Idempotent."""
        if fork.is_from_parent(self):
            return
        super().close(reason)
        if self._algos is not None:
            self._algos.close(reason)
        if self._actions is not None:
            self._actions.close()

    # -- for handles -------------------------------------------------------------------------------------------

    def listen(self, handle: OrderHandle, kind: str, fn: F) -> F:
        """Do what :meth:`OrderHandle.on_change` (kind ``change``) and ``on_fill`` (``fill``) do."""
        emit = self._dispatch(fn)
        with self._taking():
            handle._listeners[kind] = (*handle._listeners.get(kind, ()), emit)
            state = handle.snapshot()
            past: tuple[Any, ...] = state.fills if kind == "fill" else (OrderChange(order=state),)
            self._outbox.extend((emit, event) for event in past)
        return fn

    def _handle(self, record: OrderRecord) -> OrderHandle:
        """Return the one handle of a record. Under the lock."""
        if record.handle is None:
            record.handle = OrderHandle(self, record)
        handle: OrderHandle = record.handle
        return handle

    # -- telling -----------------------------------------------------------------------------------------------

    def _note(self, applied: Applied) -> None:
        """Queue events for listeners. Under the lock."""
        record, change, fill = applied
        if change is None and fill is None:
            return
        self._changes.note()
        if change is not None and self.ways.are_watched:
            self.ways.see(change.order, self._clock.monotonic())
        if change is not None and self._look_into is not None and (change.recovered or change.order.missing):
            self._outbox.append((self._look_into, change))
        if self._over is not None and change is not None and _is_end(change):
            self._outbox.append((self._over, change.order))
        own = None if record is None or record.handle is None else record.handle._listeners
        for kind, event in ("fill", fill), ("change", change):
            if event is not None:
                for emit in self._listeners.get(kind, ()):
                    self._outbox.append((emit, event))
                for emit in own.get(kind, ()) if own else ():
                    self._outbox.append((emit, event))


def _is_end(change: OrderChange) -> bool:
    """Tell whether an order ended with this change: what is told of it later is of no other order of its id."""
    return change.order.is_done and (change.previous is None or not change.previous.is_done)
