"""``BitgetWsClient``: streams of Bitget futures."""

from __future__ import annotations

from collections.abc import Collection

from okx_sync.checks import check_config
from okx_sync.clients.bitget_stream_spec import live_spec, stream_spec
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.products import Product, scopes_for
from okx_sync.exchanges.bitget.streams import Subscriber
from okx_sync.live.live_client import LiveClient
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

__all__ = ["BitgetWsClient"]


class BitgetWsClient(LiveClient, Subscriber):
    """Bitget futures over WebSocket: typed, confirmed, restored after every loss, as ``WsClient`` is for OKX.

    There is no REST side: what an outage swallowed is reported as a ``gap`` and not recovered, and orders are followed
    but not sent. ``ws.orders`` is never ``synced``, as nobody tells which orders were open before; ``ws.positions`` and
    ``ws.account`` are once each product type has sent its list.

    Args:
        config: Key, live or demo, protocol.
        product: The product types that orders, positions and account cover: one (``"USDT-FUTURES"``,
            ``"COIN-FUTURES"``, ``"USDC-FUTURES"``) or some of them, by default all.
        others: As of ``WsClient``.

    Page: "Websocket" of Bitget's API guide.
    """

    def __init__(
        self,
        config: BitgetConfig | None = None,
        *,
        options: LinkOptions | None = None,
        clock: Clock | None = None,
        slow_callback_s: float = 1.0,
        max_silence: float | None = None,
        max_mailbox_bytes: int = DEFAULT_MAX_BYTES,
        max_reconnect_attempts: int | None = None,
        product: Product | Collection[Product] | None = None,
    ) -> None:
        self.config = config if config is not None else BitgetConfig()
        check_config(self.config, BitgetConfig, self)
        super().__init__(
            stream_spec(self.config),
            live_spec(self.config, self.subscribe, scopes_for(self.config.protocol, product)),
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
            max_mailbox_bytes=max_mailbox_bytes,
            max_reconnect_attempts=max_reconnect_attempts,
        )
