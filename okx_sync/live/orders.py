"""The live orders of a client: fed by the stream, completed over REST on a thread of its own.

The stream reports changes only. REST is asked for what was there before it, and for what it may have missed while the
link was down: once the exchange has agreed to the subscription, and again after every loss. REST is also asked for an
order whose request got no answer, and for fills that the stream reported as a sum. The same news may come in several
ways: the manager takes it once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, DecodeError
from okx_sync.live.algo_source import AlgoSource
from okx_sync.live.algos import LiveAlgos
from okx_sync.live.manager_feed import ENDED_BEFORE, FROM_BEFORE, ClientParts, MadeFeed, ManagerFeed, pause_s
from okx_sync.live.order_preparation import OrderPreparation
from okx_sync.live.order_source import OrderSource
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OrderChange, OrderState, StatusStep
from okx_sync.state.orders.order_ways import OrderWays
from okx_sync.types import OrderStatus, OrderUpdate

if TYPE_CHECKING:
    from okx_sync.rest.journaling import JournaledOrder

__all__ = ["LiveOrders"]

R = TypeVar("R")
_REPAIR_S: Final = 0.5  # single fills often come by the stream right behind their sum
_FEES_S: Final = 5.0  # a fill that a list of orders names without its fee mostly comes whole soon, by the stream
_LOOKS: Final = 12  # how often single fills are looked for
_LATE_MS: Final = 5_000  # clocks differ


class LiveOrders(MadeFeed["_Feed"]):
    """The one order manager of a client, made when it is first asked for.

    Args:
        source: The exchange's side.
        parts: The client's.
        prepare: Loads what the first order needs; None where that is not wanted.
        algos: The exchange's side of algo orders; None where they are not followed.
    """

    def __init__(
        self,
        source: OrderSource,
        parts: ClientParts,
        prepare: Callable[[], object] | None = None,
        algos: AlgoSource | None = None,
    ) -> None:
        super().__init__((source.path,), parts)
        self._source = source
        self._preparation = OrderPreparation(prepare)
        self._algos = LiveAlgos(algos, parts)

    @property
    def ways(self) -> OrderWays | None:
        """How long orders took that the present manager placed; None before the first."""
        return None if self._feed is None else self._feed.manager.ways

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

    def _make(self) -> _Feed:
        feed = self._feed
        if feed is None or feed.manager.is_closed:
            feed = _Feed(self._source, self._parts, self._algos)
            self._feed = feed
            self._preparation.start()  # first, as it takes longer than to subscribe
            feed.start()
        return feed

    def tick(self) -> None:
        """End managers whose subscriptions have ended. About twice a second."""
        super().tick()
        self._algos.tick()

    def close(self) -> None:
        """End the managers and its threads. Idempotent."""
        if (feed := self._feed) is not None:
            feed.manager.close("the client was closed")
        self._preparation.close()


class _Feed(ManagerFeed[OrderHandle]):
    """Feeds one manager and sends for it (``OrderActions``)."""

    def __init__(
        self,
        source: OrderSource,
        parts: ClientParts,
        algos: LiveAlgos,
    ) -> None:
        super().__init__("orders", (source.path,), source.can_ask, parts)
        self.manager: OrderManager = OrderManager(
            actions=self,
            dispatch=parts.dispatch,
            clock=parts.clock,
            look_into=self._changed,
            over=None if parts.journal is None else self._write_end,
            algos=lambda: algos.open(self.manager),
            report=parts.reporter.error,
            no_source=source.no_source,
        )
        self.new_order, self.place = source.new_order, source.place
        self.cancel, self.cancel_many, self.closings = source.cancel, source.cancel_many, source.closings
        self.amend, self.replacement = source.amend, source.replacement
        self._source = source
        self._follows_fills = False
        self._algos = algos

    # -- life ------------------------------------------------------------------------------------------------------

    def _subscribe(self) -> Sequence[Subscription[Any]]:
        return self._source.follow_orders(self.manager)

    def _prepare(self) -> None:
        """Follow the fills where orders do not tell them, and take in what the journal holds.

        What is unfinished there is looked up before the manager is synced.
        """
        if self._source.needs_fills:
            self.follow_fills()
        if self._journal is None:
            return
        for order in self._journal.ended_lately:
            if not order.is_algo:
                self.manager.adopt(_state_of(order))
        for order in self._journal.unfinished:
            if not order.is_algo:
                self._from_before.add(self.manager.adopt(_state_of(order)))
        if self._algos.are_unfinished:
            _ = self.manager.algos

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

    # -- what is to be done ------------------------------------------------------------------------------------------

    def list_open(self, inst_id: str | None) -> list[OrderUpdate]:
        """List what the exchange has as open. Raises ``ConfigError`` where it cannot be asked, and its refusals."""
        if not self._can_ask:
            raise ConfigError(
                "cancel_all() needs the exchange's list of open orders, which cannot be asked for here",
                hint="cancel those that you know, one by one: for order in ws.orders: order.cancel()",
            )
        listed = self._source.open_orders(inst_id)
        if listed.lost:
            raise listed.lost[0]  # else an order would be left out, and nobody would know
        return listed.updates

    def _changed(self, change: OrderChange) -> None:
        now = change.order
        if not now.is_merged and not (change.recovered and _lacks_fees(now)):
            return
        order = self.manager.get(now.order_id) if self._can_ask else None
        if order is None:
            return
        if now.is_merged:
            self._jobs.add(("repair", order), lambda attempt: self._complete(order, attempt), _REPAIR_S)
        else:
            self._jobs.add(("fees", order), lambda _: self._fetch_fees(order), _FEES_S)

    # -- on the thread of its own --------------------------------------------------------------------------------------

    def _take_in_open(self) -> tuple[Callable[[OrderHandle], bool], Sequence[DecodeError]]:
        listed = self._source.open_orders()
        for update in listed.updates:
            self.manager.apply(update)
        ids = {update.order_id for update in listed.updates}
        return lambda order: order.order_id in ids, listed.lost

    def _take_in(self, one: OrderHandle, state: OrderState) -> bool:
        update = self._source.look_up(state)
        # The exchange shows the newest order of an id of ours: it may be one that we know as another.
        if update is None or self.manager.get(update.order_id) not in (None, one):
            return False
        self.manager.apply(update)
        return True

    def _is_named(self, one: OrderHandle) -> bool:
        return one.order_id is not None

    def _is_gone(self, one: OrderHandle) -> None:
        self.manager.conclude(one, "canceled", "the exchange does not know it any more")

    def _is_late(self, one: OrderHandle, state: OrderState) -> bool:
        if state.expires_at is None or self._clock.server_time() * 1000 <= state.expires_at + _LATE_MS:
            return False
        self.manager.conclude(one, "rejected", "it did not reach the exchange in time")
        if self._journal is not None and state.client_order_id is not None:
            self._journal.refused(state.client_order_id)
        return True

    def _complete(self, order: OrderHandle, attempt: int) -> float | None:
        """Fetch the fills of an order that were reported as one."""
        if not order.is_merged:
            return None
        for fill in self._source.fills_of(order.snapshot()):
            self.manager.apply_fill(fill)
        return pause_s(_REPAIR_S, attempt) if order.is_merged and attempt < _LOOKS else None

    def _fetch_fees(self, order: OrderHandle) -> None:
        """Fetch the fills of an order once more, some of which a list named without their fees."""
        if _lacks_fees(order.snapshot()):
            for fill in self._source.fills_of(order.snapshot()):
                self.manager.apply_fill(fill)


def _state_of(order: JournaledOrder) -> OrderState:
    """Return what a journal tells of an order; of its fills it has the sum alone."""
    status: OrderStatus = "unknown" if order.end is None else cast("OrderStatus", order.end)
    reason = FROM_BEFORE if order.end is None else ENDED_BEFORE
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
