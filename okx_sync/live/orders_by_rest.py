"""Order operations by REST, for those that a stream does not have, or does not take from this key.

They are the same orders with the same ids and the same certainty; pacing, signing and the verdict are the executor's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, Protocol

from okx_sync.errors import DecodeError, OkxError
from okx_sync.logs import get_logger
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import Reply, RestDialect
from okx_sync.rest.endpoint import Endpoint
from okx_sync.timing import Clock
from okx_sync.worker import Worker

__all__ = ["ByRest", "OrdersByRest", "settle"]

log = get_logger("client")

_CLOSE_S = 0.5


class ByRest(Protocol):
    """Carries out an endpoint."""

    def __call__(
        self, endpoint: Endpoint, params: dict[str, Any], headers: Mapping[str, str], /, *, within: float | None = None
    ) -> Reply:
        """Send it, with parameters by wire name; at most ``within`` seconds may pass before. Raises ``OkxError``."""


class OrdersByRest:
    """Sends orders by REST, waiting for the answer or on a thread of its own. Safe from any number of threads.

    Args:
        send: Carries out an endpoint.
        dialect: REST's, for the errors.
    """

    def __init__(self, send: ByRest, dialect: RestDialect, clock: Clock) -> None:
        self._send = send
        self._dialect = dialect
        self._clock = clock
        # Guards the set; nothing is sent or awaited under it.
        self._lock = threading.RLock()
        self._workers: set[Worker] = set()

    def run(
        self, twin: Endpoint, params: dict[str, Any], fields: Mapping[str, str], within: float | None = None
    ) -> Any:
        """Send an order and return what the endpoint returns. Raises as the endpoint does."""
        sent = call_rules.SentAt.now(self._clock)  # or a little later, when it waits for its turn
        reply = twin.unpacked(self._send(twin, params, fields, within=within))
        try:
            return twin.decode(reply, params)
        except DecodeError as unread:  # accepted, but nobody can say what
            raise call_rules.lost(self._dialect, twin, params, unread, sent=sent) from unread

    def run_later(self, call: Callable[[], Any], later: Future[Any], not_begun: str) -> None:
        """Give ``later`` the outcome of ``call``, on another thread.

        ``not_begun``: what is to be said where no thread is to be had.
        """

        def body(worker: Worker) -> None:
            try:
                settle(later, call)
            finally:
                with self._lock:
                    self._workers.discard(worker)

        worker = Worker("okx-order-by-rest", body)
        with self._lock:
            self._workers.add(worker)
        try:
            worker.start()
        except OkxError as error:
            with self._lock:
                self._workers.discard(worker)
            error.add_note(not_begun)
            _tell(later.set_exception, error)

    def close(self) -> None:
        """Wait a little for calls under way."""
        with self._lock:
            workers = list(self._workers)
        for worker in workers:
            worker.join(_CLOSE_S)


def settle(
    later: Future[Any],
    find: Callable[[], Any],
    passing: type[BaseException] | None = None,
    failed: Callable[[BaseException], object] = lambda _: None,
) -> None:
    """Give ``later`` its result or its error, once ``failed`` has it; only ``passing`` goes on to the caller."""
    try:
        result = find()
    except BaseException as error:
        failed(error)
        if passing is not None and isinstance(error, passing):
            raise
        _tell(later.set_exception, error)
    else:
        _tell(later.set_result, result)


def _tell(fulfil: Callable[[Any], None], outcome: object) -> None:
    """Resolve the user's future; its ``add_done_callback`` functions run in here.

    What they raise and is no Exception comes through, and must not end the thread that reads the socket.
    """
    try:
        fulfil(outcome)
    except BaseException:
        log.exception("a callback of an order's future raised")
