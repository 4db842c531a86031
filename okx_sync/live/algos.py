"""The live algo orders of a client: take profits, stop losses and all others, fed by streams and completed over REST.

They are followed from their first use on, beside the orders: a client that has none pays for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from okx_sync.algo_types import AlgoStatus, AlgoUpdate, PriceSource, TriggerPrice
from okx_sync.delivery.push_callback import AssembledPush, AssembledPushCallback
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, DecodeError
from okx_sync.live.algo_source import AlgoMakers, AlgoQueries, AlgoSource
from okx_sync.live.manager_feed import ENDED_BEFORE, FROM_BEFORE, ClientParts, MadeFeed, ManagerFeed, pause_s
from okx_sync.state.orders.algo_manager import WAITS, AlgoManager
from okx_sync.state.orders.algo_state import AlgoState, AlgoStep
from okx_sync.state.orders.order_handle import AlgoHandle, OrderHandle
from okx_sync.state.orders.order_manager import OrderManager

if TYPE_CHECKING:
    from okx_sync.rest.journaling import JournaledOrder

__all__ = ["AlgoFeed", "LiveAlgos", "last_row"]

_APART = ("attached", "canceled", "replaced")  # what belongs to an order that is not filled
_LOOKS_FOR_ORDERS = 5
_FIRST_S = 0.2  # until they are asked for
_NOBODY = "the streams tell what changes, and nobody can be asked which algo orders were open before"
_UNLISTED = "the exchange lists it no more, and does not tell what became of it"


class LiveAlgos(MadeFeed["_Feed"]):
    """The one algo manager of a client, made when it is first asked for.

    Args:
        source: The exchange's side; None where algo orders are not followed.
        parts: The client's.
    """

    def __init__(self, source: AlgoSource | None, parts: ClientParts) -> None:
        super().__init__(() if source is None else source.paths, parts)
        self._source = source

    @property
    def are_unfinished(self) -> bool:
        """Whether an earlier run of the program left any of which no end is written."""
        journal = self._parts.journal
        return self._source is not None and journal is not None and any(one.is_algo for one in journal.unfinished)

    def open(self, orders: OrderManager) -> AlgoManager:
        """Return the manager beside ``orders``, once the exchange has agreed to the subscriptions.

        Raises what ``subscribe`` raises, and ``ConfigError`` where algo orders are not followed.
        """
        source = self._source
        if source is None:
            raise ConfigError(
                "algo orders are not followed over these streams", hint="the REST client has calls for them"
            )
        return self._made_once("ws.orders.algos", lambda: self._make(source, orders)).manager

    def _make(self, source: AlgoSource, orders: OrderManager) -> _Feed:
        feed = self._feed
        if feed is None or feed.manager.is_closed:
            self._feed = feed = _Feed(source, orders, self._parts)
            feed.start()
        return feed


class AlgoFeed(AssembledPushCallback):
    """Feeds an algo manager from a stream, push by push, so that a row that cannot be read is noticed."""

    def __init__(self, manager: AlgoManager) -> None:
        self._manager = manager

    def __call__(self, whole: AssembledPush) -> None:
        """Take in one push; rows that cannot be read leave the manager unsynced."""
        for row in whole.rows:
            try:
                self._manager.apply(row)
            except DecodeError as error:
                self._manager.row_lost(error)
        if not whole.is_complete:  # reported where it was read
            self._manager.row_lost()

    def __repr__(self) -> str:
        return "live algo orders"


class _Feed(ManagerFeed[AlgoHandle]):
    """Feeds one manager and sends for it (``AlgoActions``)."""

    def __init__(self, source: AlgoSource, orders: OrderManager, parts: ClientParts) -> None:
        super().__init__("algo orders", source.paths, source.queries is not None, parts)
        self.manager: AlgoManager = AlgoManager(
            orders,
            actions=self,
            dispatch=parts.dispatch,
            clock=parts.clock,
            over=self._ended if source.asks_orders or parts.journal is not None else None,
            report=parts.reporter.error,
            no_source=None if source.queries is not None else _NOBODY,
        )
        sender = source.sender
        self.new_algo, self.place_algo = sender.new_algo, sender.place_algo
        self.cancel_algo, self.amend_algo = sender.cancel_algo, sender.amend_algo
        self.algo_row_lost, self.close_algos = self.row_lost, self.close
        self._source = source
        self._orders = orders
        self._inferred: dict[AlgoHandle, tuple[str | None, int]] = {}
        self._untold: set[AlgoHandle] = set()  # the exchange was asked, and nothing that it can say tells which it is
        self._together = parts.together

    def _subscribe(self) -> Sequence[Subscription[Any]]:
        return self._source.follow(AlgoFeed(self.manager), self._together)

    def _prepare(self) -> None:
        """Take in what the journal holds; what is unfinished there is looked up before the manager is synced."""
        if self._journal is None:
            return
        self._journal.follows_algos = True
        for algo in self._journal.ended_lately:
            if algo.is_algo:
                self.manager.adopt(_state_of(algo), self._orders.get(client_order_id=algo.parent))
        parents: dict[OrderHandle, None] = {}
        for algo in self._journal.unfinished:
            if algo.is_algo:
                parent = self._orders.get(client_order_id=algo.parent)
                # What an order brought may be changed once the order is known: then the exchange says what fires it.
                in_doubt = parent is not None and parent.order_id is None
                self._from_before.add(self.manager.adopt(_state_of(algo, _legs_of(algo) if in_doubt else {}), parent))
                parents |= {} if parent is None else {parent: None}
        for parent in parents:
            self.manager.follow(parent)

    def _write_end(self, algo: AlgoState) -> None:
        """Note in the journal that an algo order need not be looked for again."""
        from okx_sync.rest.journaling import algo_keys  # streams alone do without REST

        journal, own_id, parent = self._journal, algo.client_order_id, algo.parent_client_order_id
        if journal is None or not (own_id or parent):
            return
        for key in algo_keys(own_id, parent, algo.leg):
            if not algo.is_done:
                journal.forget(key)
            elif algo.status != "rejected" or algo.algo_id or parent:  # else whoever sent it has written that
                journal.ended(key, algo.status, order_id=algo.algo_id, created_at=algo.created_at)

    def close(self) -> None:
        """Stop feeding; called by the manager's close."""
        if self._journal is not None:
            self._journal.follows_algos = False
        super().close()

    def list_open_algos(self, inst_id: str | None) -> list[AlgoUpdate]:
        """List what the exchange has as open. Raises ``ConfigError`` where it cannot be asked, and its refusals."""
        queries = self._source.queries
        if queries is None:
            raise ConfigError(
                "cancel_all() needs the exchange's list of open algo orders, which cannot be asked for here",
                hint="cancel those that you know, one by one: for algo in ws.orders.algos: algo.cancel()",
            )
        listed = queries.open_algos(inst_id)
        if listed.lost:
            raise listed.lost[0]  # else one would be left out, and nobody would know
        return listed.updates

    def settle_algo(self, algo: AlgoHandle) -> None:
        """Have an algo order looked up, soon, until it is known what became of it."""
        is_waiting = algo.status in WAITS  # for its order: mostly the stream tells soon that it is armed
        self.settle(algo, lambda: not is_waiting or algo.status in WAITS)

    def _ended(self, algo: AlgoState) -> None:
        """Have the end of one written down, and REST asked which orders it has sent."""
        self._write_end(algo)
        one = self.manager.get(algo.algo_id)
        asks = self._source.asks_orders and self._can_ask
        if asks and one is not None and algo.status == "fired" and not algo.order_ids:
            self._jobs.add(("orders", one), lambda attempt: self._ask_orders(one, attempt), _FIRST_S)

    # -- on the thread of its own, which runs only where REST can be asked ---------------------------------------------

    @property
    def _queries(self) -> AlgoQueries:
        queries = self._source.queries
        assert queries is not None
        return queries

    def _take_in_open(self) -> tuple[Callable[[AlgoHandle], bool], Sequence[DecodeError]]:
        listed = self._queries.open_algos()
        found = {one for update in listed.updates for one in self.manager.apply(update)}
        return found.__contains__, listed.lost

    def _take_in(self, one: AlgoHandle, state: AlgoState) -> bool:
        if one in self._untold and state.status == "unknown":
            return True
        if self._source.makers is not None and self._waits_for_order(one, state):
            return False
        update = self._told_by_stream(one, state) or self._queries.look_up_algo(state)
        if update is None:
            return False
        if update.is_inferred or update.status == "unknown":
            self.manager.learn(one, update)
        if update.status == "unknown":
            self.manager.conclude(one, "unknown", update.reason or _UNLISTED, standing=[state.status])
            if update.is_inferred:
                self._untold.add(one)
            return update.is_inferred
        if update.is_inferred and not self._is_sure(one, update):
            return one in self._untold and one.status == "unknown"
        self.manager.apply_to(one, update)
        parent = one.parent
        if one.status == "unknown":  # it may be another one
            return False
        # What its order has sent off is armed, or over: the exchange tells that a moment later.
        return one.status != "attached" or parent is None or parent.is_open

    def _waits_for_order(self, one: AlgoHandle, state: AlgoState) -> bool:
        """Tell whether it has no name but that of its order, of which nobody knows yet whether there is one."""
        parent = one.parent
        is_named = state.algo_id is not None or state.client_order_id is not None
        return not is_named and parent is not None and parent.order_id is None and parent.is_open

    def _told_by_stream(self, one: AlgoHandle, state: AlgoState) -> AlgoUpdate | None:
        """Return what it may be by what the streams have told of its order, or of the algo order that came of that."""
        makers, order_id = self._source.makers, state.parent_order_id
        if makers is None or state.algo_id is not None or order_id is None:
            return None
        if (told := self.manager.may_have_become(one)) is not None:
            return told
        row = last_row(self._orders, order_id, set())
        return None if row is None else makers.became(state, row)

    def _is_sure(self, one: AlgoHandle, update: AlgoUpdate) -> bool:
        """Tell whether nothing else can be meant by what was inferred: as far as all orders are known, and for a while.

        What was filled a moment ago may be told a moment later: it is inferred twice, with the link up all the time.
        Then the exchange is asked which orders were filled, or of others of the same facts whether theirs are open.
        """
        now, before = (update.algo_id, self._era), self._inferred.pop(one, None)
        if self._down or not self._orders.synced:
            return False
        if now != before:
            self._inferred[one] = now
            return False
        if self._source.makers is not None:
            return self._is_of_one_order(one, update, self._source.makers)
        for other in self.manager.in_question(one, update):
            told = self._queries.look_up_algo(other.snapshot())
            is_apart = told is not None and told.status in _APART
            if not is_apart or (other.parent is not None and other.parent.filled):
                why = f"{update.algo_id} has its facts, and those of {other.snapshot()}"
                self.manager.conclude(one, "unknown", why)
                return False
        return True

    def _is_of_one_order(self, one: AlgoHandle, update: AlgoUpdate, makers: AlgoMakers) -> bool:
        """Tell whether one order alone can have brought what was inferred: of all that were filled shortly before.

        The streams may be silent about some of those, or tell of them later than of what they brought.
        """
        parent = str(update.parent_order_id)
        found = makers.makers_of(update, parent, partial(last_row, self._orders))
        others = sorted(other for other in found - {parent} if not self._has_made_another(other, update))
        if parent in found and not others:
            return True
        why = f"no fill of order {parent} was shortly before"
        if others:
            why = f"so may be what came with order {', '.join(others)}"
        self.manager.conclude(one, "unknown", f"it may be {update.algo_id}, but {why}")
        if others:
            self._untold.add(one)
        return False

    def _has_made_another(self, order_id: str, update: AlgoUpdate) -> bool:
        """Tell whether it is known what became of what an order brought for that side: something else."""
        order = self._orders.get(order_id)
        known = () if order is None else order.children
        named = [one for one in known if one.algo_id not in (None, update.algo_id)]
        return any(one.leg is None or one.leg == update.leg for one in named)

    def _ask_orders(self, one: AlgoHandle, attempt: int) -> float | None:
        """Take in which orders one has sent. Seconds until that is asked again, None when it is not."""
        update = self._queries.look_up_algo(one.snapshot())
        if update is not None and update.order_ids:
            self.manager.apply_to(one, update)
            return None
        return pause_s(_FIRST_S, attempt) if attempt < _LOOKS_FOR_ORDERS else None

    def _is_named(self, one: AlgoHandle) -> bool:
        return one.algo_id is not None

    def _is_gone(self, one: AlgoHandle) -> None:
        self.manager.conclude(one, "unknown", _UNLISTED)


def last_row(orders: OrderManager, order_id: str, trades: set[str]) -> Any:
    """Return the last row of an order that is over, or was not filled wholly by these trades; None of another."""
    order = orders.get(order_id)
    if order is None:
        return None
    state = order.snapshot()
    has_all = bool(trades) and trades <= {fill.trade_id for fill in state.fills}
    is_open = has_all and state.size is not None and state.filled < state.size
    return state.raw if state.is_done or is_open else None


def _legs_of(algo: JournaledOrder) -> dict[str, TriggerPrice]:
    """Return what a journal tells of what fires an algo order."""
    return {
        leg: TriggerPrice(price, by=cast("PriceSource", by), limit=limit)  # type: ignore[arg-type]
        for leg, (price, by, limit) in algo.legs.items()
    }


def _state_of(algo: JournaledOrder, legs: Mapping[str, TriggerPrice] = MappingProxyType({})) -> AlgoState:
    """Return what a journal tells of an algo order."""
    status: AlgoStatus = "unknown" if algo.end is None else cast("AlgoStatus", algo.end)
    reason = FROM_BEFORE if algo.end is None else ENDED_BEFORE
    return AlgoState(
        inst_id=algo.inst_id,
        status=status,
        algo_id=algo.order_id,
        client_order_id=algo.client_order_id or None,
        kind=algo.kind,
        leg=algo.leg,
        side=algo.side,
        parent_client_order_id=algo.parent,
        product=algo.product,
        reason=reason,
        history=(AlgoStep("pending", algo.sent_at), AlgoStep(status, None, reason)),
        take_profit=legs.get("take_profit"),
        stop_loss=legs.get("stop_loss"),
    )
