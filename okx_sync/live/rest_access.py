"""The REST side of a stream client: made when it is first needed, closed with it.

Streams alone cannot tell what happened while they were down, nor what became of an order without an answer. Importing
endpoints takes a moment, so nobody pays for it who does not need it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from okx_sync.live.made_once import MadeOnce
from okx_sync.protocol.recovery_source import FetchedPage
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.rest_client import RestClient
    from okx_sync.rest import Endpoint, Limiter, Reply
    from okx_sync.rest.journaling import JournalWriter
    from okx_sync.rest.limits import LimitLeft
    from okx_sync.rest.order_check import OrderChecker

__all__ = ["RestAccess"]

C = TypeVar("C", bound="RestClient")


class RestAccess(MadeOnce[C]):
    """One REST client that shares the stream client's clock and limits; call this to have it. Safe from any thread.

    Args:
        make: Makes the client, with the rate limits that it shares.
        clock: Of the stream client.
        limiter: Where limits are shared with other clients of the account.
    """

    def __init__(self, make: Callable[[Limiter], C], clock: Clock, limiter: Limiter | None = None) -> None:
        super().__init__(self._new_client)
        self._make_client = make
        self._clock = clock
        self._limiter = MadeOnce(self._new_limiter, limiter)
        self.journal: JournalWriter | None = None
        """Where orders that go by REST are written down; set before the client is made, if at all."""
        self.checker: OrderChecker | None = None
        """Checks the orders of the stream client, on streams and by REST; set as :attr:`journal`."""

    def _new_client(self) -> C:
        client = self._make_client(self.limiter)
        client._belong_to("stream client", None)
        if self.journal is not None:
            client._runner.write_down(self.journal)
        if self.checker is not None:
            client._runner.check_orders(self.checker)
        return client

    def _new_limiter(self) -> Limiter:
        from okx_sync.rest.limits import Limiter

        return Limiter(self._clock)

    @property
    def limiter(self) -> Limiter:
        """The rate limits that REST and order operations of this client share."""
        return self._limiter()

    def limits_left(self) -> Sequence[LimitLeft]:
        """Return what is left of the rate limits; nothing before any was used."""
        limiter = self._limiter.made
        return () if limiter is None else limiter.left()

    def send(
        self, endpoint: Endpoint, params: dict[str, Any], headers: Mapping[str, str], /, *, within: float | None = None
    ) -> Reply:
        """Carry out an endpoint with parameters by wire name; the rows come back undecoded. Raises ``OkxError``.

        ``within``: so many seconds it may wait for its turn; None for as long as it takes.
        """
        return self()._runner.send(endpoint, params, headers, within=within)

    def fetch(self, path: str, params: Mapping[str, Any]) -> list[Any]:
        """Send one signed GET; returns the rows as they are on the wire, as ``Fetch`` says. Raises ``OkxError``."""
        reply = self()._reply("GET", path, params)
        return FetchedPage(reply.rows, reply.beside) if reply.beside else reply.rows

    def close(self) -> None:
        """Close the connections. Idempotent."""
        if (client := self.end()) is not None:
            client.close()
