"""``LiveClient``: streams, and on top of them books, orders, positions and balances that keep themselves up to date.

The same for every exchange; what differs between exchanges is in a ``LiveSpec``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Unpack

from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.delivery.subscription import SubscribeOptions
from okx_sync.errors import ConfigError
from okx_sync.lazy import LateName, LatePart, part_of
from okx_sync.live.audited import Audited
from okx_sync.live.dispatcher import Dispatcher
from okx_sync.live.status import ClientStatus
from okx_sync.live.stream_client import StreamClient
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.live.subscribe import chosen_path
from okx_sync.protocol.dialect import Topic
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:  # loaded with the first live object
    from okx_sync.live.journal import OrderJournal
    from okx_sync.live.live_objects import LiveObjects, LiveSpec
    from okx_sync.live.metrics import ClientMetrics
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.live.rest_access import RestAccess
    from okx_sync.state.account_monitor import AccountMonitor
    from okx_sync.state.book.order_book import OrderBook
    from okx_sync.state.orders.order_manager import OrderManager
    from okx_sync.state.position_monitor import PositionMonitor

__all__ = ["LiveClient"]


class LiveClient(StreamClient, Audited):
    """See the module.

    Parameters: as of ``StreamClient``; ``live``: tells the exchange's side, when it is needed; ``journal``: path of the
    file in which orders are written down before they are sent, None for none; ``journal_sync``: whether the disk is
    waited for; ``limits``: of orders, None for none.
    """

    _live: LatePart[LiveObjects] = LatePart("okx_sync.live.live_objects", "LiveObjects")

    def __init__(
        self,
        spec: StreamSpec,
        live: Callable[[], LiveSpec],
        *,
        options: LinkOptions | None = None,
        clock: Clock | None = None,
        slow_callback_s: float = 1.0,
        max_silence: float | None = None,
        max_mailbox_bytes: int = DEFAULT_MAX_BYTES,
        max_reconnect_attempts: int | None = None,
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
        limits: OrderLimits | None = None,
    ) -> None:
        super().__init__(
            spec,
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
            max_mailbox_bytes=max_mailbox_bytes,
            max_reconnect_attempts=max_reconnect_attempts,
        )
        self._live_spec = live
        self._patience_s = (options or LinkOptions()).snapshot_s
        self._dispatcher = Dispatcher(self.pool, self._reporter)
        self._limits = limits
        self._access: RestAccess[Any] | None = None
        self._journal: OrderJournal | None = None
        if journal is not None:
            from okx_sync.live.journal import OrderJournal

            self._journal = OrderJournal(journal, spec.environment, account=spec.account, sync=journal_sync)

    def _wire_orders(self, rest: RestAccess[Any], config: Any, dialect: LateName, queries: LateName) -> None:
        """Give the REST side what orders pass on every way: the journal, and the check of their limits.

        ``dialect``, ``queries``: REST's dialect, and the class that asks about orders (``OrderQueries``).
        """
        self._access = rest
        rest.journal = self._journal
        if self._limits is not None:
            from okx_sync.live.known_state import KnownState, held_weakly
            from okx_sync.live.limit_check import checker_of

            access = held_weakly(rest)
            asked, live = queries()(lambda: access()()), KnownState(self, self._spec.paths[0])
            spec = self._spec
            rest.checker = checker_of(
                self._limits, dialect()(config), spec.credentials, asked, self.clock, spec.timeout_s, live
            )

    def send(
        self, op: str, args: list[Any], *, path: str | None = None, timeout: float | None = None, **fields: Any
    ) -> dict[str, Any] | None:
        """Send any operation, as :meth:`StreamClient.send` does.

        With ``limits`` only what reads, subscribes or cancels: nobody could check an order that is sent like this.
        """
        if self._limits is not None and op not in self._spec.dialect.reading_ops and "cancel" not in op:
            raise ConfigError(
                f"{op} may be an order, which would pass the limits unchecked", hint="place_order() and amend_order()"
            )
        return super().send(op, args, path=path, timeout=timeout, **fields)

    def status(self) -> ClientStatus:
        """Return the state of the client, with what its limits of orders have refused; it prints as a table."""
        found = super().status()
        if self._limits is not None:
            found["limits"] = {"refused": self._limits.refused}
        return found

    def metrics(self) -> ClientMetrics:
        """Return the client in numbers: events, delays, reconnects, budgets, orders; what is not known is None.

        Nothing is asked of the exchange. See ``docs/observability.md``; ``okx_sync.metrics_export`` serves them to
        Prometheus.
        """
        from okx_sync.live.metrics import metrics_of  # which most programs do without

        live: LiveObjects | None = part_of(self, "_live")
        entry = part_of(self, "_order_entry")
        return metrics_of(
            self,
            () if self._access is None else self._access.limits_left(),
            None if entry is None else entry.times,
            None if live is None else live.orders.ways,
        )

    def sync_clock(self) -> float:
        """Measure over REST what the exchange's clock is ahead of this machine's, and reckon with that from now on.

        Returns:
            Seconds, off by half a round trip at most.

        Raises:
            OkxError: It could not be measured.
            ConfigError: This client does not ask REST.
        """
        self.clock.offset_s = self._spec.sync_clock(times=3)
        return self.clock.offset_s

    def debug_dump(self) -> str:
        """Return what is known of this client as one text, to be put into a bug report. No secret is in it.

        Versions, the configuration, state and numbers, the latest state events and errors.
        """
        from okx_sync.live.debug_dump import debug_text  # for the day when something is wrong

        return debug_text(self, getattr(self, "config", None), self.metrics())

    def _make_part(self, name: str, kind: Any) -> Any:
        """Make a part of the client that is needed for the first time."""
        if name == "_audits":
            live = self._live
            return kind(live.account, live.spec.queries, live.spec.algos, self._reporter, self._dispatcher, self.clock)
        return kind(
            self._live_spec(),
            self.subscribe,
            self._links,
            self._reporter,
            self._dispatcher,
            self.clock,
            timeout_s=self._spec.timeout_s,
            patience_s=self._patience_s,
            journal=self._journal,
            together=self.batch,
        )

    def order_book(
        self,
        inst_id: str,
        channel: str | None = None,
        *,
        depth: int | None = None,
        product: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> OrderBook:
        """Make a live order book, fed by any book channel of the exchange (``"books"``, ``"books5"``, ...).

        It becomes valid with the first snapshot, which comes right behind the ack: ``book.wait_valid(5)``. After a
        gap or a lost link it is invalid at once, and valid again by itself. Should a stream go on for
        ``LinkOptions.snapshot_s`` without a snapshot, one is fetched over REST where that has it. A notebook
        cell that is run again makes a new book and ends the old one; ``name=`` replaces the book of that name anywhere.

        Args:
            inst_id: the instrument, as the exchange names it.
            channel: a book channel by its wire name; the exchange's usual one when None.
            depth: levels a side, in place of ``channel``: OKX 1, 5, 50 (login and fee tier), 400; Bitget 1, 5, 15
                (V2), 50; Bybit 1, 50, 200, 1000 (options: 25, 100).
            product: Bitget's product type, by default what the name says: ``"USDT-FUTURES"``, ``"COIN-FUTURES"``,
                ``"USDC-FUTURES"``, in V3 also ``"SPOT"``. Bybit's category, by default the client's: ``"linear"``,
                ``"inverse"``, ``"spot"`` (options need a client of their own).
            options: those of ``subscribe`` but ``queue``, ``policy``, ``maxsize`` and ``inline``, since a book is no
                stream of events.

        Raises:
            ConfigError: no such channel, depth, product or option; and what :meth:`subscribe` raises.
        """
        given: dict[str, Any] = {**options}
        live = self._live
        books = live.spec.books
        chosen = books.info(self._spec.lookup, channel, depth)
        topic = books.topic(self._spec.topic_for, chosen, inst_id, product, given)
        path = chosen_path(given, books.path(chosen[0], product, chosen[1].path, given))
        return live.books.open(topic, path, inst_id, given, is_whole=chosen[1].snapshot)

    @property
    def orders(self) -> OrderManager:
        """The account's orders and fills, live. The first use subscribes, and raises what :meth:`subscribe` raises.

        ``ws.orders.place(...)`` places an order and follows it. :meth:`order_manager` has options. While it is not
        ``synced`` there may be open orders that it does not know; ``unsynced_reason`` says why.
        """
        return self._live.orders.open()

    def order_manager(self, *, fills: bool = False) -> OrderManager:
        """Return :attr:`orders`; ``fills=True`` subscribes the channel of fills, too, which may be faster.

        OKX serves that channel from the fee tier VIP4 on (else ``SubscriptionError`` 64003).
        """
        return self._live.orders.open(fills=fills)

    @property
    def positions(self) -> PositionMonitor:
        """Live positions, of all instruments: ``ws.positions["BTC-USDT-SWAP"].size``.

        The first use subscribes them and raises what :meth:`subscribe` raises; ``ws.positions.wait_synced(5)`` waits
        for the first complete picture. After a lost link it is not ``synced`` until the next one; where nobody tells
        one (older protocols) it never is, and ``unsynced_reason`` says so. Always the same object, until it is closed.
        """
        return self._live.account.positions()

    @property
    def account(self) -> AccountMonitor:
        """Live balances and totals: ``ws.account.equity``, ``ws.account.balance("USDT").available``.

        As :attr:`positions`. Bybit tells no change of unrealised profit alone: equity, what is free and the margin
        ratio stand still between its pushes, which come when an order, a fill or a transfer moves money.
        """
        return self._live.account.account()

    def _shut_down(self) -> None:
        # Nothing is imported here: an interpreter that ends may not be able to.
        if (audits := part_of(self, "_audits")) is not None:
            audits.close()
        live: LiveObjects | None = part_of(self, "_live")
        if live is not None:
            live.close()
        super()._shut_down()
        if live is not None:
            live.close_books()
        if self._journal is not None:
            self._journal.close()

    def _unreadable(self, topic: Topic, error: Exception) -> None:
        super()._unreadable(topic, error)
        live: LiveObjects | None = part_of(self, "_live")
        if live is not None:
            live.books.unreadable(topic)

    def _tick(self) -> None:
        super()._tick()
        live: LiveObjects | None = part_of(self, "_live")
        if live is not None:
            live.tick()
