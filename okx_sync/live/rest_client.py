"""What the REST clients of all exchanges have in common: calls, clock, limits, and their end."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from okx_sync import fork
from okx_sync.errors import ConfigError
from okx_sync.lazy import LateName
from okx_sync.live.closing import Closing
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.errors import OkxError, OrderStatusUnknown
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.live.rest_journal import RestOrderJournal
    from okx_sync.rest import Endpoint, Limiter, Reply, RestDialect
    from okx_sync.rest.route import HttpConfig

    class RestConfig(HttpConfig, Protocol):
        """What a configuration tells a REST client, whichever exchange it is of."""

        @property
        def credentials(self) -> object: ...
        @property
        def guard(self) -> WriteGuard: ...


__all__ = ["RestClient"]


class RestClient:
    """Calls of one account at one place. Subclasses say which endpoints there are, and give the everyday ones a name.

    Args:
        config: Checked, with its switches.
        dialect: The exchange's.
        clock: To be shared with a stream client.
        limiter: To be shared by clients of one account.
        find: Finds the declared endpoint of a method and path.
        unsigned: How the paths begin that need no key.
        on_refused: As of :class:`Executor`.
    """

    def __init__(
        self,
        config: RestConfig,
        dialect: RestDialect,
        *,
        clock: Clock,
        limiter: Limiter | None,
        find: Callable[[str, str], Endpoint | None],
        unsigned: tuple[str, ...],
        on_refused: Callable[[OkxError], None] | None = None,
    ) -> None:
        # Loaded with the first client: who imports the class may not make one.
        from okx_sync.rest.executor import Executor
        from okx_sync.rest.limits import Limiter
        from okx_sync.rest.route import Route

        self.clock = clock
        self._limiter = limiter or Limiter(clock)
        self._credentials = config.credentials
        self._has_key = config.credentials is not None
        self._label: str | None = getattr(config, "account_label", None)  # Bitget's has none
        self._find = find
        self._dialect = dialect
        self._timeout_s = Route.of(config).timeout_s
        self._open_paths = unsigned
        self._shown = f"<{type(self).__name__} {config!r}>"
        self._runner = Executor(
            dialect,
            Route.of(config),
            clock=clock,
            limiter=self._limiter,
            guard=config.guard,
            on_refused=on_refused,
        )
        self._end_of_life = Closing(self._runner.refuse, self._runner.close)
        fork.watch(self)
        self._unclosed = self._runner.tell_unclosed(type(self).__name__)

    def _keep(self, limits: OrderLimits | None, queries: LateName) -> None:
        """Keep orders within the user's limits; ``queries``: the class that asks about them (``OrderQueries``)."""
        if limits is not None:
            from okx_sync.live.known_state import held_weakly
            from okx_sync.live.limit_check import checker_of

            asked = queries()(held_weakly(self))
            self._runner.check_orders(
                checker_of(limits, self._dialect, self._credentials, asked, self.clock, self._timeout_s)
            )

    def _write_down(self, journal: str | os.PathLike[str] | None, sync: bool, account: str | None) -> None:
        """Write orders into a journal before they are sent. The last step of making a client: it takes the file."""
        self._journal: RestOrderJournal | None = None
        if journal is not None:
            from okx_sync.live.rest_journal import RestOrderJournal

            self._journal = RestOrderJournal(journal, self._dialect, account=account, sync=sync)
            self._runner.write_down(self._journal)
            self._unclosed()
            self._unclosed = self._runner.tell_unclosed(type(self).__name__, self._journal.close)

    def orders_in_doubt(self) -> list[OrderStatusUnknown]:
        """Return the orders in the ``journal`` of which nobody has heard, of earlier runs too, oldest first.

        Each is the error that a lost answer raises: ``client.lookup(error)`` finds out what became of it, and it is in
        doubt no more once it is found. Raises ``ConfigError`` without a journal.
        """
        return self._journaled().in_doubt

    def forget_order(self, client_order_id: str) -> None:
        """Have an order that was looked up and not found stand in doubt no more.

        Raises ``KeyError`` for one that is not in doubt, and ``ConfigError`` without a journal.
        """
        if all(one.clOrdId != client_order_id for one in self.orders_in_doubt()):
            raise KeyError(client_order_id)
        self._journaled().forget(client_order_id)

    def _journaled(self) -> RestOrderJournal:
        if self._journal is None:
            raise ConfigError("this client has no journal", hint="give it journal=, the path of a file")
        return self._journal

    @property
    def source(self) -> str:
        """Where answers come from, in words: exchange, environment, and the label of the account if it has one."""
        return " ".join(filter(None, (self._dialect.environment, self._label)))

    def close(self) -> None:
        """Close the connections. Idempotent, from any thread and from a signal handler; later calls raise."""
        if fork.is_from_parent(self):
            return
        self._unclosed()
        self._end_of_life.close()
        if self._journal is not None:
            self._journal.close()

    def _belong_to(self, owner: str, end: Callable[[], object] | None) -> None:
        """Make this a client inside of another one, which is named when it is dropped.

        ``end=None``: it tells by itself.
        """
        self._unclosed()
        if end is not None:
            self._unclosed = self._runner.tell_unclosed(owner, end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return self._shown

    def sync_clock(self) -> float:
        """Measure how far the exchange's clock is ahead of ours, in seconds; used for signing from now on.

        Not needed in daily life: a call that is refused because of the clock does this by itself.
        """
        return self._runner.sync_clock()

    def request(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
        *,
        auth: bool | None = None,
    ) -> list[Any]:
        """Call any endpoint, with the same signing, limits, repeats and errors as the named ones.

        Args:
            method: ``"GET"`` or ``"POST"``.
            path: The whole path, as ``"/api/v5/..."`` of OKX, without query.
            params: By wire name (``instId``) or ours (``inst_id``); a list for endpoints whose body is an array.
            auth: Whether to sign; by default as declared, else everything but market and public data is signed.

        Returns the rows as they came, as dicts or lists. Order endpoints raise ``OrderStatusUnknown`` too.
        """
        return self._reply(method, path, params, auth).rows

    def _reply(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None,
        auth: bool | None = None,
    ) -> Reply:
        """Call any endpoint as :meth:`request` does; returns what is told beside the rows as well."""
        endpoint = self._find(method.upper(), path)
        if auth is None and endpoint is None:
            # Without credentials it may still be one of the public calls that live elsewhere.
            auth = self._has_key and not path.startswith(self._open_paths)
        return self._runner.request(endpoint, method, path, params, auth)
