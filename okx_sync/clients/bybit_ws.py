"""``BybitWsClient``: streams of Bybit V5, and of the USDC perpetuals of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.checks import check_config
from okx_sync.clients.bybit_rest_access import BybitRestAccess
from okx_sync.clients.bybit_stream_spec import live_spec, order_entry, stream_spec
from okx_sync.clients.bybit_trading import BybitTrading
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.streams import Subscriber
from okx_sync.live.live_client import LiveClient
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest import Limiter

__all__ = ["BybitWsClient"]


class BybitWsClient(LiveClient, Subscriber, BybitTrading):
    """Bybit over WebSocket: typed, confirmed, restored after every loss, as ``WsClient`` is for OKX.

    ``ws.orders``, ``ws.positions`` and ``ws.account`` cover all categories: the streams tell changes, and REST is asked
    for what is there, when they begin and after each loss of the link. The wallet is not pushed when only unrealised
    profit changes: between its pushes, what is made of it stands still.

    Args:
        config: Key, site, environment, category, protocol.
        limiter: Rate limits of order operations, to be shared by clients of one account.
        others: As of ``WsClient``.

    Page: "Websocket Stream" of the V5 documentation.
    """

    def __init__(
        self,
        config: BybitConfig | None = None,
        *,
        options: LinkOptions | None = None,
        clock: Clock | None = None,
        slow_callback_s: float = 1.0,
        max_silence: float | None = None,
        max_mailbox_bytes: int = DEFAULT_MAX_BYTES,
        max_reconnect_attempts: int | None = None,
        limiter: Limiter | None = None,
    ) -> None:
        self.config = config if config is not None else BybitConfig()
        check_config(self.config, BybitConfig, self)
        clock = clock or Clock()
        self._rest = BybitRestAccess(self.config, clock, limiter)
        super().__init__(
            stream_spec(self.config, self._rest),
            live_spec(self.config, self.subscribe, self, self._rest),
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
            max_mailbox_bytes=max_mailbox_bytes,
            max_reconnect_attempts=max_reconnect_attempts,
        )

    def _shut_down(self) -> None:
        self._rest.close()  # first, so that nobody begins to ask REST while the threads are waited for
        super()._shut_down()
        if (made := vars(self).get("_order_entry")) is not None:
            made.close()

    def _make_part(self, _attribute: str, kind: type[OrderEntry]) -> OrderEntry:
        """Return the order operations, with the first of them."""
        return order_entry(kind, self.config, self._links, self.clock, self._rest)
