"""OKX's order operations as a stream client has them: made when the first one is needed, closed with the client.

They share words, limits and results with hundreds of REST endpoints, whose import takes a moment: who only listens
does not pay for it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from okx_sync.client.links import Links
from okx_sync.client.rest_access import RestAccess
from okx_sync.exchanges.okx.config import Config
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.client.order_ops import OrderOps

__all__ = ["OrderDesk"]


class OrderDesk:
    """Order operations of one client. Safe from any thread."""

    def __init__(self, config: Config, links: Links, rest: RestAccess, clock: Clock, *, rest_fallback: bool) -> None:
        self._config = config
        self._links = links
        self._rest = rest
        self._clock = clock
        self._rest_fallback = rest_fallback
        # Guards the making of what is below.
        self._lock = threading.Lock()
        self._ops: OrderOps | None = None

    def run(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Carry out the operation ``word``; see ``OrderOps.run``."""
        from okx_sync.exchanges.okx.ws_ops import OPS

        return self._order_ops().run(OPS[word], args, options)

    def prepare(self, inst_ids: Sequence[str], timeout: float | None) -> None:
        """Do now what the first order would have to wait for."""
        from okx_sync.exchanges.okx.ws_ops import OPS

        self._order_ops().prepare(OPS["order"], inst_ids, timeout)

    def close(self) -> None:
        """End what is under way. Idempotent."""
        if self._ops is not None:
            self._ops.close()

    def _order_ops(self) -> OrderOps:
        from okx_sync.client.order_ops import OrderOps
        from okx_sync.exchanges.okx.rest import OkxRestDialect

        with self._lock:
            if self._ops is None:
                self._ops = OrderOps(
                    self._links,
                    OkxRestDialect(self._config),
                    self._rest.limiter,
                    self._clock,
                    self._config.guard,
                    codes=lambda: self._rest().instruments,
                    by_rest=self._rest.send,
                    timeout_s=self._config.timeout_secs,
                    rest_fallback=self._rest_fallback,
                )
            return self._ops
