"""``PositionCloser``: finds the positions that are to be closed, and has the exchange's side say how.

Live positions are believed where one is there that is meant; that there is none is only said when REST says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Protocol

from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.rest.order_intent import OrderIntent
from okx_sync.state.orders.close_position import CloseRequest, PreparedClose, PreparedCloses
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import PositionUpdate

__all__ = ["ClosesPositions", "PositionCloser", "PositionQueries"]


class ClosesPositions(Protocol):
    """The exchange's side. Nothing is sent by these, and each raises ``ConfigError`` for what cannot be carried out."""

    def target(self, request: CloseRequest) -> OrderIntent:
        """Say where the positions are: instrument, product, and by which calls they are asked for."""

    def closing(
        self, request: CloseRequest, target: OrderIntent, position: PositionUpdate, new_id: Callable[[], str]
    ) -> PreparedClose:
        """Say how a position is closed; raises whatever keeps it from being sent, as far as that can be known."""


class PositionQueries(Protocol):
    """Who is asked about positions over REST. Methods raise ``OkxError``."""

    def positions(self, order: OrderIntent) -> Iterable[PositionUpdate]:
        """List the positions in an instrument."""

    def has_positions(self, order: OrderIntent) -> bool:
        """Tell whether an instrument can have positions."""

    def check_instrument(self, order: OrderIntent) -> None:
        """Raise ``ConfigError`` for an instrument that does not exist: its list of positions is empty as well."""


class PositionCloser:
    """Says how positions are closed.

    Args:
        exchange: How this exchange closes them.
        queries: Who is asked over REST; None where nobody is.
        known: Gives the live positions if they are open.
    """

    def __init__(
        self,
        exchange: ClosesPositions,
        queries: PositionQueries | None,
        known: Callable[[], PositionMonitor | None],
    ) -> None:
        self._exchange = exchange
        self._queries = queries
        self._known = known

    def closings(self, request: CloseRequest) -> PreparedCloses:
        """Say how each position that is meant is closed, all of it checked; see ``OrderActions.closings``."""
        target = self._exchange.target(request)
        if self._queries is not None and not self._queries.has_positions(target):
            raise ConfigError(f"{request.inst_id} has no position that could be closed", hint="name a contract")
        found = self._found(request, target)
        for word, value in (("client_order_id", request.client_order_id), ("size", request.size)):
            if value is not None and len(found) > 1:
                raise ConfigError(
                    f"{len(found)} positions would be closed, and {word} is of one", hint="name position_side="
                )
        made = [self._exchange.closing(request, target, one, _new_id) for one in found]
        return PreparedCloses(each=made, positions=self._known)

    def _found(self, request: CloseRequest, target: OrderIntent) -> list[PositionUpdate]:
        monitor = self._known()
        if monitor is not None and monitor.synced:
            known = [one for one in monitor.of(request.inst_id) if request.means(one)]
            if known:
                return known
        if self._queries is None:
            raise ConfigError(
                f"nobody can be asked for the position in {request.inst_id}",
                hint="open ws.positions, or give rest_url=",
            )
        try:
            found = [one for one in self._queries.positions(target) if request.means(one)]
        except OkxApiError as error:
            if not error.retryable:
                self._queries.check_instrument(target)  # an exchange may refuse a name that it does not know
            raise
        if not found:
            self._queries.check_instrument(target)
        return found


def _new_id() -> str:
    return uuid.uuid4().hex
