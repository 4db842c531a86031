"""``AlgoManager``: all algo orders of an account, kept up to date, beside its orders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final, Protocol, TypeVar, cast

from okx_sync import fork
from okx_sync.algo_types import AlgoStatus, AlgoUpdate
from okx_sync.errors import ConfigError, DecodeError, OkxError, OrderStatusUnknown
from okx_sync.state.live_object import Dispatch, call_now
from okx_sync.state.orders.algo_actions import AlgoActions
from okx_sync.state.orders.algo_state import AlgoChange, AlgoState, PreparedAlgo
from okx_sync.state.orders.algo_table import Algos, AppliedAlgo
from okx_sync.state.orders.amendment import checked_algo_change
from okx_sync.state.orders.batch_cancel import cancel_each
from okx_sync.state.orders.cancel_all import AlgoCancelAllResult, AlgoCancelOutcome
from okx_sync.state.orders.known_algos import KnownAlgos
from okx_sync.state.orders.known_orders import KnownOrders
from okx_sync.state.orders.order_handle import AlgoHandle, OrderHandle
from okx_sync.state.orders.order_state import OrderChange
from okx_sync.state.synced import Report
from okx_sync.timing import Clock

__all__ = ["WAITS", "AlgoManager", "ToAlgoUpdates", "reason_of"]

F = TypeVar("F", bound=Callable[..., Any])
_UNREAD: Final = "the open algo orders have not been read yet"
_WORKING: Final = ("iceberg", "twap", "chase")  # these go on once they have sent an order
_TOLD: Final = (
    "inst_id", "status", "algo_id", "client_order_id", "kind", "leg", "side", "position_side", "size", "trigger",
    "take_profit", "stop_loss", "fired_leg", "order_ids", "reduce_only", "product", "created_at", "updated_at", "raw",
)  # fmt: skip
_UNTOLD: Final[tuple[AlgoStatus, ...]] = ("pending",)  # nobody has told of it yet
WAITS: Final = ("pending", "unknown", "attached")  # for its order, as far as it is known


class ToAlgoUpdates(Protocol):
    """A row of an exchange that tells of algo orders."""

    def to_algo_updates(self) -> Sequence[AlgoUpdate]:
        """Convert to neutral updates, none for a row that tells of none.

        Raises ``DecodeError`` when it cannot be read.
        """


class AlgoManager(KnownAlgos):
    """Open and finished algo orders of one account: ``ws.orders.algos``.

    Take profits and stop losses that came with orders are among them, and those that other programs or the exchange's
    own pages placed. While it is :attr:`synced` it knows all that were open when it began and all since. They read as
    :class:`AlgoHandle`; ``len()`` counts the open ones. The orders that they send are in ``ws.orders``, as all are, and
    fills are counted there alone. All methods are safe from any thread.

    Args:
        orders: The order manager beside it: both change under one lock, so that a wait on either sees both.
        actions: Sends requests; None for a manager that only listens.
        over: ``over(AlgoState)`` is called, in the thread that feeds, with each that ends or is forgotten, once.
        max_finished: So many that are over are kept.
        dispatch, clock, report, no_source: As of ``OrderManager``.
    """

    def __init__(
        self,
        orders: KnownOrders,
        *,
        actions: AlgoActions | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
        over: Callable[[AlgoState], None] | None = None,
        max_finished: int = 10_000,
        report: Report | None = None,
        no_source: str | None = None,
    ) -> None:
        name = "the manager of algo orders"
        super().__init__(name, dispatch=dispatch, clock=clock, report=report, no_source=no_source, beside=orders)
        self._orders = orders
        self._actions = actions
        self._over = over
        self._algos = self._table = Algos(max_finished=max_finished)
        self._problem = no_source or _UNREAD

    # -- acting ------------------------------------------------------------------------------------------------

    def place(self, words: Mapping[str, Any]) -> AlgoHandle:
        """Do what ``OrderManager.place_algo`` does."""
        actions = self.acting()
        new = actions.new_algo({word: value for word, value in words.items() if value is not None})
        with self._taking():
            record = self._algos.expect(new, self._now_ms())
            self._note(AppliedAlgo(record, AlgoChange(algo=record.state)))
            handle = self._handle(record)
        try:
            algo_id = actions.place_algo(new)
        except BaseException as error:
            is_lost = not isinstance(error, OkxError) or isinstance(error, OrderStatusUnknown)
            self.conclude(handle, "unknown" if is_lost else "rejected", reason_of(error), standing=_UNTOLD)
            if is_lost:
                actions.settle_algo(handle)
            raise
        if algo_id:
            with self._taking():
                self._note(self._algos.accept(record, algo_id))
        else:
            self.conclude(handle, "unknown", "the exchange has taken it, and told no id of it", standing=_UNTOLD)
            actions.settle_algo(handle)
        return handle

    def cancel(self, handle: AlgoHandle) -> bool:
        """Do what :meth:`AlgoHandle.cancel` does."""
        actions, algo = self.acting(handle), handle.snapshot()
        if algo.is_done:
            return False
        try:
            taken = actions.cancel_algo(algo)
        except OrderStatusUnknown:
            actions.settle_algo(handle)
            raise
        if not taken or algo.status == "attached":  # of one that is taken from its order nothing more may be told
            actions.settle_algo(handle)
        return taken

    def cancel_all(self, inst_id: str | None = None) -> AlgoCancelAllResult:
        """Cancel all open algo orders of the account, or those of an instrument, as the exchange itself lists them.

        Those that other programs placed are among them, and take profits and stop losses of orders and positions, as
        far as the exchange lists these. Returns when the exchange has answered for each, or did not in time: look at
        ``.ok`` and ``.failed``.

        Args:
            inst_id: only those of this instrument.

        Raises:
            ConfigError: where nobody can be asked what is open; for an ``inst_id`` that is no name.
            OkxError: when the list could not be fetched; nothing was canceled then.
        """
        actions = self.acting()
        if inst_id is not None and (not isinstance(inst_id, str) or not inst_id.strip()):
            raise ConfigError(f"inst_id cannot be {inst_id!r}", hint="an instrument's name, or None for all of them")
        found: dict[AlgoHandle, None] = {}  # each once, whatever the list says
        for update in actions.list_open_algos(inst_id):
            found |= dict.fromkeys(one for one in self.apply(update) if inst_id in (None, one.inst_id))
        handles = [one for one in found if one.is_open]
        verdicts = cancel_each([handle.snapshot() for handle in handles], actions.cancel_algo)
        outcomes = [AlgoCancelOutcome(handle, *told) for handle, told in zip(handles, verdicts, strict=True)]
        for one in outcomes:
            if one.verdict in ("gone", "unknown") or one.algo.status == "attached":
                actions.settle_algo(one.algo)
        return AlgoCancelAllResult(tuple(outcomes))

    def amend(self, handle: AlgoHandle, **words: Any) -> AlgoHandle:
        """Do what :meth:`AlgoHandle.amend` does."""
        actions, algo = self.acting(handle), handle.snapshot()
        changes = checked_algo_change(algo, words)
        try:
            actions.amend_algo(algo, changes)
        except OrderStatusUnknown:
            actions.settle_algo(handle)
            raise
        if algo.status == "attached":  # its order may tell of it, or not
            actions.settle_algo(handle)
        return handle

    def acting(self, *own: AlgoHandle) -> AlgoActions:
        """Return who acts, on algo orders of its ``own`` at most. Raises ``ConfigError``."""
        if self._actions is None:
            raise ConfigError("algo orders cannot be sent here: this manager only listens", hint="ws.orders.place_algo")
        for handle in own:
            if handle not in self:
                raise ConfigError(f"this is none of this manager: {handle!r}", hint="ws.orders.algos[algo_id].cancel()")
        return self._actions

    # -- orders and those that came with them ------------------------------------------------------------------

    def attach(self, order: OrderHandle, attached: Sequence[PreparedAlgo]) -> None:
        """Record what an order brings with it, before the order is sent. Under the lock; the caller hands on.

        Raises ``ConfigError`` for an id in use.
        """
        now, state = self._now_ms(), order.snapshot()
        ids = {"parent_order_id": state.order_id, "parent_client_order_id": state.client_order_id}
        for new in attached:
            record = self._algos.expect(new, now, order._record, **ids)
            self._note(AppliedAlgo(record, AlgoChange(algo=record.state)))
        self.follow(order)

    def follow(self, order: OrderHandle) -> None:
        """Hear what becomes of an order on which children depend, once."""
        with self._lock:
            known = order._listeners.get("change", ())
            if not any(getattr(emit, "func", None) == self._parent_changed for emit in known):
                order._listeners["change"] = (*known, partial(self._parent_changed, order))

    def _parent_changed(self, order: OrderHandle, change: OrderChange) -> None:
        """Let the children share the fate of an order that was refused, or of which it is not known whether it was."""
        now, before = change.order, change.previous
        if now.order_id is not None and (before is None or before.order_id is None):
            with self._taking():
                for record in self._algos.children(None, now.client_order_id):
                    if record.parent is order._record:
                        self._note(self._algos.name_parent(record, now.order_id))
        if self.is_closed:
            return
        if self._actions is not None and now.is_open:  # a change may have taken some from it, which no row tells
            for child in not_told(now.raw, self.children(order)):
                self._actions.settle_algo(child)
        if not change.status_changed:
            return
        waiting = [child for child in self.children(order) if child.status in WAITS]
        if now.status in ("rejected", "unknown"):
            for child in waiting:
                self.conclude(child, cast("AlgoStatus", now.status), f"its order: {now.reason}", standing=WAITS)
        elif self._actions is not None and now.status != "pending":
            for child in waiting:
                if now.is_done or child.status == "unknown":
                    self._actions.settle_algo(child)

    # -- being fed ---------------------------------------------------------------------------------------------

    def apply(self, update: AlgoUpdate | ToAlgoUpdates) -> tuple[AlgoHandle, ...]:
        """Take in what the exchange says of algo orders: a neutral update, or a row of the exchange's own.

        Late and repeated news does no harm. Returns the algo orders that it tells of. Raises ``DecodeError`` for a row
        that cannot be read, and ``ConfigError`` for what is no such row.
        """
        if isinstance(update, AlgoUpdate):
            updates: Sequence[AlgoUpdate] = (update,)
        else:
            convert = getattr(update, "to_algo_updates", None)
            if convert is None:
                what = type(update).__name__
                raise ConfigError(
                    f"{what} is about no algo order", hint="apply() takes AlgoUpdates, and rows of orders"
                )
            updates = convert()
        if not updates:  # as of most orders
            return ()
        with self._taking():
            news = [self._completed(one) for one in updates]
            told = tuple(self._take_in(self._algos.apply(one)) for one in news if not self._algos.is_moot(one))
        for one in told:
            self._look_into(one)
        return told

    def _look_into(self, one: AlgoHandle) -> None:
        """Have it looked up where more is due than was told: the exchange's word on it may have been missed."""
        if self._actions is None:
            return
        if one.status == "running" and one.kind not in _WORKING:  # it has fired: one of its orders tells so
            self._actions.settle_algo(one)
        if one.status == "attached" and (order := one.parent) is not None:
            self.follow(order)  # also one that others placed
            if order.is_done:
                self._actions.settle_algo(one)  # it is armed by now, or over

    def learn(self, handle: AlgoHandle, update: AlgoUpdate) -> None:
        """Take over what fires an algo order, where nobody knew that: it tells it from others. For whoever settles."""
        with self._taking():
            self._note(self._algos.learn(handle._record, update))

    def in_question(self, handle: AlgoHandle, update: AlgoUpdate) -> list[AlgoHandle]:
        """Return others that an update may be of, none of which has an id, whose order may be filled by now."""
        with self._lock:
            alike = [self._handle(one) for one in self._algos.alike(handle._record, update)]
        return [one for one in alike if (order := one.parent) is None or not order.is_done]

    def may_have_become(self, handle: AlgoHandle) -> AlgoUpdate | None:
        """Return what is known of the one algo order that it may be by its facts, now that its order is filled."""
        with self._lock:
            found = self._algos.may_have_become(handle._record)
            parent = self._parent(handle._record)
        if found is None or parent is None:
            return None
        told: dict[str, Any] = {name: getattr(found.state, name) for name in _TOLD}
        told |= {"parent_order_id": parent.state.order_id, "parent_client_order_id": parent.state.client_order_id}
        return AlgoUpdate(**told, is_inferred=True)

    def apply_to(self, handle: AlgoHandle, update: AlgoUpdate) -> None:
        """Take in what the exchange says of the one that was asked for, whatever ids it tells. For whoever settles."""
        with self._taking():
            self._take_in(self._algos.apply(self._completed(update), handle._record))

    def _take_in(self, applied: AppliedAlgo) -> AlgoHandle:
        self._note(applied)
        return self._handle(applied.record)

    def row_lost(self, error: DecodeError | None = None) -> None:
        """Note that a row could not be read; a client looks the open algo orders up then."""
        super().row_lost(error)
        if self._actions is not None:
            self._actions.algo_row_lost("a row could not be read")

    def conclude(
        self, handle: AlgoHandle, status: AlgoStatus, reason: str, *, standing: Collection[AlgoStatus] | None = None
    ) -> None:
        """Set a status that is known by other means than news of it; ``reason`` says which. For whoever settles.

        ``standing``: only as long as its status is one of these: a stream may have told of it a moment before.
        """
        with self._taking():
            if standing is None or handle._record.state.status in standing:
                self._note(self._algos.conclude(handle._record, status, reason, self._now_ms()))

    def adopt(self, state: AlgoState, parent: OrderHandle | None = None) -> AlgoHandle:
        """Take in an algo order of an earlier run of the program; no listener hears of one that ended in it."""
        with self._taking():
            record = self._algos.adopt(state, None if parent is None else parent._record)
            if record.state is state and not state.is_done:
                self._note(AppliedAlgo(record, AlgoChange(algo=state)))
            return self._handle(record)

    def forget(self, either_id: str) -> None:
        """Forget an algo order of which nobody knows what became of it, and look for it no more.

        Such a one stays ``unknown``. Look at the account before: should it be open after all, it is known again as soon
        as the exchange tells of it.

        Args:
            either_id: the exchange's id or our own.

        Raises:
            KeyError: no such algo order is known.
            ConfigError: the exchange has told that it is open.
        """
        handle = self[either_id]
        with self._taking():
            self._forget(handle)

    def close(self, reason: str = "it was closed") -> None:
        """Listen and send no more; whoever waits gets ``StreamClosed``. Idempotent."""
        if fork.is_from_parent(self):
            return
        super().close(reason)
        if self._actions is not None:
            self._actions.close_algos()

    # -- telling -----------------------------------------------------------------------------------------------

    def _note(self, applied: AppliedAlgo) -> None:
        """Queue events for listeners. Under the lock."""
        record, change, joined = applied
        for other in joined:  # whoever holds a handle of it holds this one now
            if other.handle is not None:
                other.handle._record = record
                record.handle = record.handle or other.handle
        if change is None and not joined:
            return
        self._changes.note()
        if change is None:
            return
        if self._over is not None and change.algo.is_done and (change.previous is None or change.previous.is_open):
            self._outbox.append((self._over, change.algo))
        parent = self._parent(record)
        of_parent = () if parent is None or parent.handle is None else parent.handle._listeners.get("child", ())
        self._outbox.extend(
            (emit, change) for emit in (*self._listeners.get("change", ()), *record.listeners, *of_parent)
        )


def not_told(row: Any, children: Sequence[AlgoHandle]) -> list[AlgoHandle]:
    """Return those that are held to be attached to an order, and that its row does not tell of."""
    convert = getattr(row, "to_algo_updates", None)
    attached = [one for one in children if one.status == "attached" and one.snapshot().attached_id is not None]
    if convert is None or not attached:
        return []
    try:
        told = {update.attached_id for update in convert()}
    except DecodeError:
        return []
    return [one for one in attached if one.snapshot().attached_id not in told]


def reason_of(error: BaseException) -> str:
    """Return why a request was refused, or why its fate is not known, as after Ctrl-C in the middle of it."""
    reason = getattr(error, "message", None) or f"interrupted by {type(error).__name__}"
    code = getattr(error, "code", None)
    return f"[{code}] {reason}" if code else reason
