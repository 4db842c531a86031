"""``LiveObjects``: what one client has of books, orders, positions and balances that keep themselves up to date.

Made, and its modules imported, when the first of them is asked for: a program that only reads streams does without.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from okx_sync.delivery.subscription import Subscription
from okx_sync.live.account import LiveAccount, MonitorSource
from okx_sync.live.algo_source import AlgoSource
from okx_sync.live.all_or_none import Gather
from okx_sync.live.audit_queries import AuditQueries
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.books import BookFetches, LiveBooks, no_fetch
from okx_sync.live.dispatcher import Dispatcher
from okx_sync.live.links import Links
from okx_sync.live.manager_feed import ClientParts
from okx_sync.live.order_source import OrderSource
from okx_sync.live.orders import LiveOrders
from okx_sync.live.reporter import Reporter
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.journal import OrderJournal

__all__ = ["LiveObjects", "LiveSpec", "sends_orders"]

_CLOSE_S: Final = 1.0


@attrs.frozen(kw_only=True)
class LiveSpec:
    """What feeds the live objects of a client.

    ``books``: what feeds books; ``positions`` and ``account``: what feeds the monitors (None: nothing does);
    ``orders``: what feeds and sends orders; ``book_fetches``: where snapshots of books can be had besides the stream;
    ``queries``: how REST is asked for what an audit compares them with, None where nobody can be asked;
    ``prepare_orders``: loads what the first order needs, on a thread of its own; None where no orders are sent;
    ``algos``: what feeds and sends algo orders (None: nothing does).
    """

    books: BookStreams
    positions: MonitorSource
    account: MonitorSource | None
    orders: OrderSource
    book_fetches: BookFetches = no_fetch
    queries: AuditQueries | None = None
    prepare_orders: Callable[[], object] | None = None
    algos: AlgoSource | None = None


class _Config(Protocol):
    """What a configuration tells of orders, whichever exchange it is of."""

    @property
    def credentials(self) -> object: ...
    @property
    def guard(self) -> WriteGuard: ...


def sends_orders(config: _Config) -> bool:
    """Tell whether a client of this configuration can send orders."""
    return config.credentials is not None and not config.guard.read_only


class LiveObjects:
    """The live objects of one client.

    Args:
        spec: The exchange's side.
        subscribe: The client's.
        links: The client's.
        reporter: The client's.
        dispatcher: The client's.
        clock: The client's.
        timeout_s: Seconds that a thread waits for another one that is making an object.
        patience_s: Seconds that a stream may take for the snapshot of a book before one is fetched.
        journal: Of orders; None for none.
        together: The client's ``batch``.
    """

    def __init__(
        self,
        spec: LiveSpec,
        subscribe: Callable[..., Subscription[Any]],
        links: Links,
        reporter: Reporter,
        dispatcher: Dispatcher,
        clock: Clock,
        *,
        timeout_s: float,
        patience_s: float,
        journal: OrderJournal | None = None,
        together: Gather = nullcontext,
    ) -> None:
        self.spec = spec
        self.books = LiveBooks(
            subscribe, links, reporter, dispatcher, clock, fetches=spec.book_fetches, patience_s=patience_s
        )
        parts = ClientParts(links, reporter, dispatcher, clock, timeout_s, journal, together)
        self.orders = LiveOrders(spec.orders, parts, spec.prepare_orders, spec.algos)
        self.account = LiveAccount(
            spec.positions, spec.account, subscribe, links, reporter, dispatcher, clock, timeout_s, together
        )

    def tick(self) -> None:
        """Do the regular work, about twice a second."""
        self.books.tick()
        self.orders.tick()
        self.account.tick()

    def close(self) -> None:
        """End orders, positions and balances: before their subscriptions end, which would be told as the reason."""
        self.orders.close()
        self.account.close()

    def close_books(self) -> None:
        """Fetch no more books. Their subscriptions end with the client's."""
        self.books.close(_CLOSE_S)
