"""The live positions and balances of a client: fed inline on the link thread, not synced while their link is lost.

Each is made, and its channel subscribed, when it is first asked for. Like a book, it must not look complete once the
frame that says otherwise has been read off the socket; so pushes are applied on the link thread, and it hears of a lost
link before anybody else does. Listeners run on the callback thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any, Final, Generic, Protocol, TypeVar

import attrs

from okx_sync.delivery.push_callback import AssembledPush, AssembledPushCallback
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, DecodeError, OkxError
from okx_sync.live.account_listings import AccountListing, AccountListings, ListRows
from okx_sync.live.all_or_none import Gather, subscribe_all
from okx_sync.live.link_listeners import LinkListener
from okx_sync.live.links import Links
from okx_sync.live.reporter import Reporter
from okx_sync.protocol.events import Push
from okx_sync.single_flight import SingleFlight
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.live_object import Dispatch
from okx_sync.state.monitor import Monitor
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.timing import Clock

__all__ = ["LiveAccount", "MonitorSource", "taken_at"]

M = TypeVar("M", bound=Monitor[Any])
_UNREAD_S: Final = 0.5  # until a list is asked for because a row of the stream could not be read


@attrs.frozen
class MonitorSource:
    """Which channel feeds a monitor, and what only the exchange knows of its pushes.

    ``is_snapshot``: whether a push lists all that there is; ``taken_at``: when such a list was made, epoch ms. Rows
    have a ``to_update()``. ``no_source``: why no such list ever comes, None where one does; the monitor is never synced
    then. ``products``: where lists are of one product type each, what each is subscribed with. ``lists_once``: only
    the first list behind a subscribe is complete, later ones tell what changed. ``untold`` (and by currency): metrics
    that the exchange never tells, with the reason. ``listing`` asks REST for all rows, where the stream lists
    none; with ``begins_with_list`` only where the stream's own list, or a row after it, could not be read.
    """

    path: str
    channel: str
    args: Mapping[str, Any]
    is_snapshot: Callable[[Push], bool]
    taken_at: Callable[[AssembledPush], int | None]
    no_source: str | None = attrs.field(default=None, kw_only=True)
    products: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict, kw_only=True)
    lists_once: bool = attrs.field(default=False, kw_only=True)
    untold: Mapping[str, str] = attrs.field(factory=dict, kw_only=True)
    untold_by_currency: Mapping[str, str] = attrs.field(factory=dict, kw_only=True)
    listing: ListRows | None = attrs.field(default=None, kw_only=True)
    begins_with_list: bool = attrs.field(default=False, kw_only=True)

    def make_positions(self, **wiring: Any) -> PositionMonitor:
        """Make a monitor of positions for this source."""
        return PositionMonitor(no_source=self.no_source, products=self.products, untold=self.untold, **wiring)

    def make_account(self, **wiring: Any) -> AccountMonitor:
        """Make a monitor of balances for this source."""
        return AccountMonitor(
            no_source=self.no_source,
            products=self.products,
            untold=self.untold,
            untold_by_currency=self.untold_by_currency,
            has_lists=self.no_source is None,
            **wiring,
        )


def taken_at(rows: Iterable[Any]) -> int | None:
    """Return when a snapshot was made, epoch ms: the time of its first page; None where rows have no time.

    A change that comes between its pages is newer, and the snapshot says nothing about it.
    """
    times = [getattr(row, "taken_at", None) for row in rows]
    return min((time for time in times if time is not None), default=None)


class _Subscribe(Protocol):
    def __call__(self, channel: str, callback: Callable[[Any], object], **args: Any) -> Subscription[Any]: ...


class LiveAccount:
    """``positions`` and ``account`` of one client.

    Args:
        subscribe: The client's.
        links: The client's.
        reporter: The client's.
        dispatch: The client's.
        timeout_s: Seconds that a thread waits for another one that has the same channel subscribed.
        together: The client's ``batch``, where several subscriptions are made.
    """

    def __init__(
        self,
        positions: MonitorSource,
        account: MonitorSource | None,
        subscribe: _Subscribe,
        links: Links,
        reporter: Reporter,
        dispatch: Dispatch,
        clock: Clock,
        timeout_s: float,
        together: Gather = nullcontext,
    ) -> None:
        self.timeout_s = timeout_s
        self.together = together
        self.subscribe = subscribe
        self.links = links
        self.report = reporter.error
        self.dispatch = dispatch
        self.clock = clock
        self.listings = AccountListings(clock, self.report)
        self._positions = _Place(self, positions, positions.make_positions)
        self._account = None if account is None else _Place(self, account, account.make_account)
        self._places: list[_Place[Any]] = [one for one in (self._positions, self._account) if one is not None]

    def positions(self) -> PositionMonitor:
        """Return the live positions, once the exchange has agreed to push them. Raises what ``subscribe`` raises."""
        return self._positions.get()

    @property
    def opened_positions(self) -> PositionMonitor | None:
        """The live positions, once they have been opened."""
        return self._positions.opened

    def account(self) -> AccountMonitor:
        """Return the live balances, once the exchange has agreed to push them. Raises what ``subscribe`` raises."""
        if self._account is None:
            raise ConfigError("this protocol has no stream of balances", hint="ws.positions and ws.orders there are")
        return self._account.get()

    def tick(self) -> None:
        """End monitors whose subscription has ended, so that whoever waits hears of it. About twice a second."""
        for place in self._places:
            place.tick()

    def close(self) -> None:
        """End all monitors: the client is closed, and nothing changes any more."""
        self.listings.stop()
        for place in self._places:
            place.close("the client was closed")
        self.listings.join()


class _Place(LinkListener, Generic[M]):
    """The place where a client keeps one monitor."""

    def __init__(self, owner: LiveAccount, source: MonitorSource, make: Callable[..., M]) -> None:
        self.source = source
        self._owner = owner
        self._make = make
        self._making = SingleFlight(owner.clock)
        self._fed: M | None = None  # from before the subscriptions on, so that no loss goes unseen
        self._feeds: tuple[_Feed[M], ...] = ()
        self._monitor: M | None = None  # once the exchange has agreed
        self._is_closed = False

    @property
    def opened(self) -> M | None:
        return self._monitor

    def get(self) -> M:
        monitor = self._monitor
        if monitor is not None and (self._is_closed or not monitor.is_closed):
            return monitor
        if self._owner.links.get(self.source.path).is_own_thread:
            raise ConfigError(
                f"an inline callback cannot be the first to ask for live {self.source.channel}: it cannot wait",
                hint="ask once before, outside of callbacks",
            )
        return self._making.run(f"live {self.source.channel}", self._made, self._owner.timeout_s)

    def _made(self) -> M:
        if self._monitor is None or (self._monitor.is_closed and not self._is_closed):
            self._monitor = self._open()
        return self._monitor

    def _open(self) -> M:
        owner, source = self._owner, self.source
        scopes: Mapping[Any, Mapping[str, str]] = source.products or {None: {}}
        feeds = tuple(_Feed[M](source, product) for product in scopes)

        def leave() -> None:
            for feed in feeds:
                feed.leave()

        monitor = self._make(release=leave, dispatch=owner.dispatch, clock=owner.clock, report=owner.report)
        self._fed, self._feeds = monitor, feeds
        owner.links.listeners.add(source.path, self)
        try:
            for feed in feeds:
                feed.attach(monitor, owner.listings)
            wishes = [
                partial(owner.subscribe, source.channel, feed, **source.args, **scope, inline=True)
                for feed, scope in zip(feeds, scopes.values(), strict=True)
            ]
            for feed, made in zip(feeds, subscribe_all(owner.together, wishes), strict=True):
                feed.subscription = made
            self.list_again()
        except BaseException as error:
            if source.products and isinstance(error, OkxError):
                error.add_note(f"live {source.channel} cover {', '.join(source.products)}; product= narrows that")
            monitor.close("it could not be subscribed")
            raise
        return monitor

    def list_again(self) -> None:
        if self.source.begins_with_list:
            return
        for feed in self._feeds:
            if feed.listing is not None and feed.subscription is not None and not feed.monitor.is_closed:
                feed.listing.again()

    def restored(self) -> None:
        """Have the lists asked for that the stream does not bring."""
        for feed in self._feeds:
            if feed.listing is not None:
                feed.listing.link_is_up()
        self.list_again()

    def lost(self, reason: str) -> None:
        """Take what the link feeds for not synced any more."""
        for feed in self._feeds:
            feed.lost()
        if self._fed is not None:
            self._fed.invalidate(reason)

    def tick(self) -> None:
        for feed in self._feeds:
            if feed.subscription is not None and feed.subscription.is_closed:
                failure = feed.subscription.failure
                feed.monitor.close("its subscription has ended" if failure is None else str(failure))

    def close(self, reason: str) -> None:
        self._is_closed = True
        if self._fed is not None:
            self._fed.close(reason)


class _Feed(AssembledPushCallback, Generic[M]):
    """The callback of a monitor's subscription; ``product``: the product type that it is of.

    ``is_first``: no list has come on this socket yet.
    """

    monitor: M

    def __init__(self, source: MonitorSource, product: str | None) -> None:
        self.subscription: Subscription[Any] | None = None
        self.listing: AccountListing | None = None
        self.is_first = True
        self._source = source
        self._product = product

    def attach(self, monitor: M, listings: AccountListings) -> None:
        """Feed ``monitor`` from here on."""
        self.monitor = monitor
        if self._source.listing is not None:
            self.listing = AccountListing(listings, self._source.channel, self._source.listing, monitor, self._product)

    def lost(self) -> None:
        """Note that the link is down."""
        self.is_first = True
        if self.listing is not None:
            self.listing.lost()

    def __call__(self, whole: AssembledPush) -> None:
        updates: list[Any] = []
        lost: list[DecodeError] = []
        for row in whole.rows:
            try:
                updates.append(self._of_product(row.to_update()))
            except DecodeError as error:
                lost.append(error)
        # A list with a row that cannot be read does not tell what is gone.
        if self._is_all(whole) and not lost:
            self._listed(updates, self._source.taken_at(whole))
        elif self.listing is not None:
            self.listing.apply(updates)
        else:
            self.monitor.apply(*updates)
        for problem in lost:
            self.monitor.row_lost(problem, self._product)
        if not whole.is_complete:  # reported where it was read
            self.monitor.row_lost(product=self._product)
        is_cut = any(getattr(one, "is_cut", False) for one in updates)
        if self.listing is not None and (lost or is_cut or not whole.is_complete):
            self.listing.again(_UNREAD_S)

    def _listed(self, updates: list[Any], at: int | None) -> None:
        if self.listing is not None:
            self.listing.told_all(updates, at)
        else:
            self.monitor.apply_snapshot(updates, at, self._product)

    def _is_all(self, whole: AssembledPush) -> bool:
        if not self._source.is_snapshot(whole.push):
            return False
        was_first, self.is_first = self.is_first, False
        return whole.is_complete and (was_first or not self._source.lists_once)

    def _of_product(self, update: Any) -> Any:
        """Return the update with the product type as users call it."""
        if self._product is None:
            return update
        changes: dict[str, Any] = {"product": self._product}
        if (balances := getattr(update, "balances", None)) is not None:
            changes["balances"] = tuple(attrs.evolve(one, product=self._product) for one in balances)
        return attrs.evolve(update, **changes)

    def leave(self) -> None:
        if self.subscription is not None:
            self.subscription.unsubscribe()

    def __repr__(self) -> str:
        return f"live {self._source.channel}"
