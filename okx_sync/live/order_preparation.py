"""What the first order needs, loaded on a thread of its own as soon as orders are followed.

The order operations are imported then, and exchanges whose streams know instruments by number are asked for these. An
order that comes before the end of it waits for what is left; one that comes after a failure asks again, and gets the
error itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from okx_sync.errors import OkxError
from okx_sync.logs import get_logger
from okx_sync.worker import Worker

__all__ = ["OrderPreparation"]

log = get_logger("client")

_JOIN_S: Final = 0.5


class OrderPreparation:
    """Loads what the first order of a client needs, once.

    Args:
        load: Does it; may block, and raise ``OkxError``. It is not wanted where it is None.
    """

    def __init__(self, load: Callable[[], object] | None) -> None:
        self._load = load
        self._worker: Worker | None = None

    def start(self) -> None:
        """Begin, unless that was done; returns at once. Called by one thread at a time."""
        if self._load is None or self._worker is not None:
            return
        worker = Worker("okx-order-preparation", self._run)
        try:
            worker.start()
        except OkxError as error:  # no thread to be had: the first order does it all
            log.info("nothing is loaded ahead of the first order: %s", error)
            return
        self._worker = worker

    def _run(self, _worker: Worker) -> None:
        assert self._load is not None
        try:
            self._load()
        except OkxError as error:
            log.info("not loaded ahead of the first order, which will ask again: %s", error)

    def close(self) -> None:
        """Wait a little for its end. Idempotent."""
        if (worker := self._worker) is not None:
            worker.stop(_JOIN_S)
