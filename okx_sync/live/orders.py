"""The live orders of a client: fed by the stream, completed over REST on a thread of its own.

The stream reports changes only. REST is asked for what was there before it, and for what it may have missed while the
link was down: once the exchange has agreed to the subscription, and again after every loss. REST is also asked for an
order whose request got no answer, and for fills that the stream reported as a sum. The same news may come in several
ways: the manager takes it once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, DecodeError, OkxApiError, OkxError, StreamClosed
from okx_sync.live.link_listeners import LinkListener, LinkListeners
from okx_sync.live.links import Links
from okx_sync.live.order_preparation import OrderPreparation
from okx_sync.live.order_source import OrderSource
from okx_sync.live.reporter import Reporter
from okx_sync.live.retried_jobs import RetriedJobs
from okx_sync.logs import get_logger
from okx_sync.single_flight import SingleFlight
from okx_sync.state.live_object import Dispatch
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OrderChange, OrderState, StatusStep
from okx_sync.timing import Backoff, Clock
from okx_sync.types import OrderStatus, OrderUpdate

if TYPE_CHECKING:
    from okx_sync.live.journal import OrderJournal
    from okx_sync.rest.journaling import JournaledOrder

__all__ = ["LiveOrders"]

log = get_logger("client")

R = TypeVar("R")
_FIRST_LOOK_S: Final = 0.2  # an order that is on its way at the exchange may be found a moment later
_REPAIR_S: Final = 0.5  # single fills often come by the stream right behind their sum
_FEES_S: Final = 5.0  # a fill that a list of orders names without its fee mostly comes whole soon, by the stream
_LOOKS_KNOWN: Final = 4  # how often an order with an id must be missing before it counts as gone
_LOOKS: Final = 12  # how often anything else is looked for: about half a minute
_UNREAD_S: Final = 5.0  # until what could not be read is asked for once more
_LATE_MS: Final = 5_000  # clocks differ
_JOIN_S: Final = 0.5
_FROM_BEFORE: Final = "it was sent before, and the exchange has not told what became of it"
_ENDED_BEFORE: Final = "the journal tells it"
_SEED: Final = ("seed", None)  # the job that reads what is open


class LiveOrders:
    """The one order manager of a client, made when it is first asked for.

    Args:
        source: The exchange's side.
        links: The client's.
        reporter: The client's.
        dispatch: The client's.
        timeout_s: Seconds that a thread waits for another one that is making the manager.
        prepare: Loads what the first order needs; None where that is not wanted.
        journal: Where orders were written down before they were sent; None for none.
    """

    def __init__(
        self,
        source: OrderSource,
        links: Links,
        reporter: Reporter,
        dispatch: Dispatch,
        clock: Clock,
        timeout_s: float,
        prepare: Callable[[], object] | None = None,
        journal: OrderJournal | None = None,
    ) -> None:
        self._source = source
        self._links = links
        self._reporter = reporter
        self._dispatch = dispatch
        self._clock = clock
        self._timeout_s = timeout_s
        self._journal = journal
        self._making = SingleFlight(clock)
        self._feed: _Feed | None = None
        self._preparation = OrderPreparation(prepare)

    def open(self, *, fills: bool = False) -> OrderManager:
        """Return the manager, once the exchange has agreed to the subscription; a new one when the last was closed.

        ``fills``: follow the stream of fills as well. Raises what ``subscribe`` raises.
        """
        feed = self._feed
        if feed is not None and feed.is_ready and not fills and not feed.manager.is_closed:
            return feed.manager
        feed = self._made_once("ws.orders", self._make)
        if fills:
            self._made_once("the stream of fills", feed.follow_fills)
        return feed.manager

    def _made_once(self, what: str, make: Callable[[], R]) -> R:
        return self._making.run(what, make, self._timeout_s, can_wait=self._can_wait)

    def _make(self) -> _Feed:
        feed = self._feed
        if feed is None or feed.manager.is_closed:
            listeners = self._links.listeners
            feed = _Feed(self._source, listeners, self._reporter, self._dispatch, self._clock, self._journal)
            self._feed = feed
            self._preparation.start()  # first, as it takes longer than to subscribe
            feed.start()
        return feed

    def _can_wait(self) -> bool:
        """Return False on the thread that reads what the others wait for."""
        link = self._links.find(self._source.path)
        return link is None or not link.is_own_thread

    def tick(self) -> None:
        """End a manager whose subscription has ended: it must not look alive. About twice a second."""
        if (feed := self._feed) is not None:
            feed.check()

    def close(self) -> None:
        """End the manager and its threads. Idempotent."""
        if (feed := self._feed) is not None:
            feed.manager.close("the client was closed")
        self._preparation.close()


class _Feed(LinkListener):
    """Feeds one manager and sends for it (``OrderActions``)."""

    def __init__(
        self,
        source: OrderSource,
        listeners: LinkListeners,
        reporter: Reporter,
        dispatch: Dispatch,
        clock: Clock,
        journal: OrderJournal | None,
    ) -> None:
        self.manager = OrderManager(
            actions=self,
            dispatch=dispatch,
            clock=clock,
            look_into=self._changed,
            over=None if journal is None else self._write_end,
            report=reporter.error,
            no_source=source.no_source,
        )
        self.new_order, self.place = source.new_order, source.place
        self.cancel, self.cancel_many = source.cancel, source.cancel_many
        self.amend, self.replacement = source.amend, source.replacement
        self.is_ready = False  # the exchange has agreed to the subscription
        self._source = source
        self._listeners = listeners
        self._reporter = reporter
        self._clock = clock
        self._backoff = Backoff(first_s=0.5, cap_s=15.0)
        self._subscriptions: list[Subscription[Any]] = []
        self._told_by: Sequence[Subscription[Any]] = ()  # those without which it knows nothing of orders
        self._follows_fills = False
        self._journal = journal
        self._from_before: set[OrderHandle] = set()  # of the journal: their absence from the lists tells nothing
        # Guards the state of the link; nobody is asked for anything under it but the manager's mark.
        self._lock = threading.RLock()
        self._is_down = False
        self._era = 0  # grows whenever the link is lost or restored
        self._jobs: RetriedJobs[tuple[str, object]] = RetriedJobs("okx-orders", clock, self._failed)

    # -- life ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Subscribe, and ask for what is open already. All of it or nothing."""
        self._listeners.add(self._source.path, self)  # first, so that no loss goes unseen
        try:
            self._told_by = self._source.follow_orders(self.manager)
            self._subscriptions += self._told_by
            if self._source.needs_fills:
                self.follow_fills()
            self._adopt()
            self._jobs.start()
        except BaseException:
            self.manager.close("it could not be subscribed")
            raise
        self.seed()
        self.is_ready = True

    def _adopt(self) -> None:
        """Take in what the journal holds; what is unfinished is looked up before the manager is synced."""
        if self._journal is None:
            return
        for order in self._journal.ended_lately:
            self.manager.adopt(_state_of(order))
        for order in self._journal.unfinished:
            self._from_before.add(self.manager.adopt(_state_of(order)))

    def _write_end(self, order: OrderState) -> None:
        """Note in the journal that an order need not be looked for again."""
        journal, client_id = self._journal, order.client_order_id
        if journal is None or client_id is None:
            return
        if not order.is_done or self.manager.get(order.order_id, client_id) is None:
            journal.forget(client_id)
        elif order.status != "rejected" or order.order_id is not None:  # else whoever sent it has written that
            average = None if order.average_price is None else f"{order.average_price:f}"
            filled, order_id, created_at = f"{order.filled:f}", order.order_id, order.created_at
            journal.ended(client_id, order.status, filled, average, order_id=order_id, created_at=created_at)

    def follow_fills(self) -> None:
        """Follow the stream of fills, too, if that is not so yet."""
        if not self._follows_fills:
            self._subscriptions += self._source.follow_fills(self.manager)
            self._follows_fills = True

    def check(self) -> None:
        """Close the manager when its subscription has ended."""
        ended = next((one for one in self._told_by if one.is_closed), None)
        if ended is not None and not self.manager.is_closed:
            self.manager.close(f"its subscription has ended: {ended.failure or 'unsubscribed'}")

    def lost(self, reason: str) -> None:
        """Note that the link is down: from now on something may be missed."""
        with self._lock:
            self._is_down = True
            self._era += 1
            self.manager.mark_synced(False, reason, for_good=not self._source.can_ask)

    def restored(self) -> None:
        """Note that the stream goes on; what REST said before may be older than its first push."""
        with self._lock:
            self._is_down = False
            self._era += 1
        self.seed()

    def close(self) -> None:
        """Stop feeding; called by the manager's close."""
        self._listeners.remove(self._source.path, self)
        self._jobs.stop()
        for subscription in self._subscriptions:
            subscription.unsubscribe()
        self._jobs.join(_JOIN_S)

    # -- what is to be done ------------------------------------------------------------------------------------------

    def seed(self) -> None:
        """Have the open orders fetched, soon. Where they cannot be asked for, a hole stays: not ``synced``."""
        if self._source.can_ask:
            self._jobs.add(_SEED, self._fetch_open, 0.0)

    def list_open(self, inst_id: str | None) -> list[OrderUpdate]:
        """List what the exchange has as open. Raises ``ConfigError`` where it cannot be asked, and its refusals."""
        if not self._source.can_ask:
            raise ConfigError(
                "cancel_all() needs the exchange's list of open orders, which cannot be asked for here",
                hint="cancel those that you know, one by one: for order in ws.orders: order.cancel()",
            )
        listed = self._source.open_orders(inst_id)
        if listed.lost:
            raise listed.lost[0]  # else an order would be left out, and nobody would know
        return listed.updates

    def settle(self, order: OrderHandle) -> None:
        """Have an order looked up, soon, until it is known what became of it."""
        if self._source.can_ask:
            self._jobs.add(("settle", order), lambda attempt: self._look_up(order, attempt), _FIRST_LOOK_S)

    def row_lost(self, reason: str) -> None:
        """Have REST asked again: a row of the stream could not be read, and what REST said before may be older."""
        with self._lock:
            self._era += 1
            if not self._source.can_ask:
                self.manager.mark_synced(False, reason, for_good=True)
            elif _SEED not in self._jobs:
                self._jobs.add(_SEED, self._fetch_open, _REPAIR_S)

    def _changed(self, change: OrderChange) -> None:
        now = change.order
        if not now.is_merged and not (change.recovered and _lacks_fees(now)):
            return
        order = self.manager.get(now.order_id) if self._source.can_ask else None
        if order is None:
            return
        if now.is_merged:
            self._jobs.add(("repair", order), lambda attempt: self._complete(order, attempt), _REPAIR_S)
        else:
            self._jobs.add(("fees", order), lambda _: self._fetch_fees(order), _FEES_S)

    # -- on the thread of its own --------------------------------------------------------------------------------------

    def _failed(self, key: tuple[str, object], attempt: int, error: Exception) -> float | None:
        """Return a job could not be done: tell of it, and try again later."""
        if isinstance(error, StreamClosed):
            self._jobs.stop()
        elif not isinstance(error, OkxError):  # a bug of ours must not end the thread
            log.error("orders: %s failed", key[0], exc_info=error)
        if self._jobs.is_stopping:
            return None
        unread = isinstance(error, DecodeError)
        tell: Callable[[Any], None] = self.manager.not_read if unread else self._reporter.error
        tell(error)
        if key == _SEED:
            self.manager.mark_synced(False, f"the open orders could not be read: {error}")
        return max(0.1, self._backoff.delay(attempt))

    def _fetch_open(self, attempt: int) -> float | None:
        """Take in the open orders, and look up those that should be among them and are not.

        Seconds until that is to be done again, since not all could be read; None otherwise.
        """
        era = self._era
        expected = self.manager.open
        listed = self._source.open_orders()
        for update in listed.updates:
            self.manager.apply(update)
        ids = {update.order_id for update in listed.updates}
        lost = list(listed.lost)
        for order in expected:
            if order.is_open and order.order_id not in ids:
                try:
                    if self._look_up(order, 1) is not None:
                        self.settle(order)
                except DecodeError as error:
                    lost.append(error)
        for problem in lost:
            self.manager.not_read(problem)
        with self._lock:
            if era == self._era and not self._is_down and not lost:
                self.manager.mark_synced(True)
        return max(_UNREAD_S, self._backoff.delay(attempt)) if lost else None

    def _look_up(self, order: OrderHandle, attempt: int) -> float | None:
        """Take in what the exchange says of an order. Seconds until it is to be asked again, None when it is not."""
        state = order.snapshot()
        if state.is_done:
            return None
        try:
            update = self._source.look_up(state)
        except (OkxApiError, ConfigError) as error:
            if error.retryable or state.status != "unknown":
                raise
            if attempt == 1:  # its instrument is gone, say: it stays in doubt, and keeps none of the others so
                self._reporter.error(error)
            return min(5.0, _FIRST_LOOK_S * 2.0**attempt) if attempt < _LOOKS else None
        # The exchange shows the newest order of an id of ours: it may be one that we know as another.
        if update is not None and self.manager.get(update.order_id) in (None, order):
            self.manager.apply(update)
            return None
        if state.order_id is not None and order not in self._from_before:
            if attempt >= _LOOKS_KNOWN:
                self.manager.conclude(order, "canceled", "the exchange does not know it any more")
                return None
        elif state.expires_at is not None and self._clock.server_time() * 1000 > state.expires_at + _LATE_MS:
            self.manager.conclude(order, "rejected", "it did not reach the exchange in time")
            if self._journal is not None and state.client_order_id is not None:
                self._journal.refused(state.client_order_id)
            return None
        elif attempt >= _LOOKS:
            log.warning("order %s: no answer came, and the exchange does not know it", state.client_order_id)
            return None
        return min(5.0, _FIRST_LOOK_S * 2.0**attempt)

    def _complete(self, order: OrderHandle, attempt: int) -> float | None:
        """Fetch the fills of an order that were reported as one."""
        if not order.is_merged:
            return None
        for fill in self._source.fills_of(order.snapshot()):
            self.manager.apply_fill(fill)
        return min(5.0, _REPAIR_S * 2.0**attempt) if order.is_merged and attempt < _LOOKS else None

    def _fetch_fees(self, order: OrderHandle) -> None:
        """Fetch the fills of an order once more, some of which a list named without their fees."""
        if _lacks_fees(order.snapshot()):
            for fill in self._source.fills_of(order.snapshot()):
                self.manager.apply_fill(fill)


def _state_of(order: JournaledOrder) -> OrderState:
    """Return what a journal tells of an order; of its fills it has the sum alone."""
    status: OrderStatus = "unknown" if order.end is None else cast("OrderStatus", order.end)
    reason = _FROM_BEFORE if order.end is None else _ENDED_BEFORE
    return OrderState(
        inst_id=order.inst_id,
        status=status,
        order_id=order.order_id,
        client_order_id=order.client_order_id,
        product=order.product,
        filled=Decimal(order.filled),
        missing=Decimal(order.filled),
        average_price=None if order.average_price is None else Decimal(order.average_price),
        reason=reason,
        history=(StatusStep("pending", order.sent_at), StatusStep(status, None, reason)),
    )


def _lacks_fees(order: OrderState) -> bool:
    return any(fill.fee is None for fill in order.fills)
