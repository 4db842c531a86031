"""``BybitWsClient``: streams of Bybit V5, and of the USDC perpetuals of before."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from okx_sync.checks import check_config, check_word
from okx_sync.clients.bybit_rest_access import BybitRestAccess
from okx_sync.clients.bybit_stream_spec import ORDER_QUERIES, REST_DIALECT, order_entry, stream_spec
from okx_sync.clients.bybit_trading import BybitTrading
from okx_sync.clients.recorded import RecordedClient
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.streams import Subscriber
from okx_sync.lazy import part_of
from okx_sync.live.order_route import OrderRoute, check_route
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from okx_sync.exchanges.bybit.argument_words import DcpProduct
    from okx_sync.exchanges.bybit.service.models import DisconnectProtection
    from okx_sync.exchanges.bybit.words import Protected
    from okx_sync.live.live_objects import LiveSpec
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.rest import Limiter

__all__ = ["BybitWsClient"]

_PROTECTED: Final[Mapping[str, Protected]] = {"DERIVATIVES": "future", "SPOT": "spot", "OPTIONS": "option"}


class BybitWsClient(RecordedClient, Subscriber, BybitTrading):
    """Bybit over WebSocket: typed, confirmed, restored after every loss, as ``WsClient`` is for OKX.

    ``ws.orders``, ``ws.positions`` and ``ws.account`` cover all categories: the streams tell changes, and REST is asked
    for what is there, when they begin and after each loss of the link. The wallet is not pushed when only unrealised
    profit changes: between its pushes, what is made of it stands still.

    Orders are sent on the trade stream, and by REST where there is none (demo trading), and where the stream certainly
    did not take one: while its link is down, and where it takes none from this key; then the next go by REST at once.
    An order is never sent by both.

    Args:
        config: Key, site, environment, category, protocol.
        orders_by: How orders are sent: left out, by the rule above; ``"stream"``: never by REST; ``"rest"``: never on
            the stream.
        limiter: Rate limits of order operations, to be shared by clients of one account.
        limits: What orders may be, as of ``WsClient``.
        journal: A file in which orders are written down before they are sent, as of ``WsClient``.
        journal_sync: As of ``WsClient``.
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
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
        orders_by: OrderRoute | None = None,
        limiter: Limiter | None = None,
        limits: OrderLimits | None = None,
    ) -> None:
        self._orders_by = check_route(orders_by)
        self.config = config if config is not None else BybitConfig()
        check_config(self.config, BybitConfig, self)
        clock = clock or Clock()
        self._rest = BybitRestAccess(self.config, clock, limiter)
        super().__init__(
            self._fed(stream_spec(self.config, self._rest, self._orders_by)),
            self._feeds,
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
            max_mailbox_bytes=max_mailbox_bytes,
            max_reconnect_attempts=max_reconnect_attempts,
            journal=journal,
            journal_sync=journal_sync,
            limits=limits,
        )
        self._wire_orders(self._rest, self.config, REST_DIALECT, ORDER_QUERIES)

    def cancel_on_disconnect(
        self, seconds: int, product: DcpProduct = "DERIVATIVES"
    ) -> Subscription[DisconnectProtection]:
        """Have Bybit cancel the orders of a product when the account's private streams are gone ("DCP").

        Bybit's protection watches sockets: once no private stream that is subscribed for it has sent a sign of life
        for ``seconds``, the active orders of the product are cancelled, whoever sent them. So it works when this
        program dies or loses the network. It does not when the program hangs while its socket answers, nor while
        another stream of the account, of any program, is subscribed too. A client that is closed as it should be is
        gone as well. The setting stays with the account; it takes about ten seconds until it counts.

        Bybit has it for institutional accounts for which it has switched it on, and confirms nothing on the stream:
        ``client.account.get_dcp_info()`` tells what is set.

        Args:
            seconds: 3 to 300.
            product: ``"DERIVATIVES"``, ``"SPOT"`` or ``"OPTIONS"``; call it for each that you trade.

        Returns:
            The subscription that has the private stream watched; nothing ever arrives on it. Bybit does not say
            whether ending it counts as a stream that is gone.

        Raises:
            ConfigError: A number or product that Bybit does not have, or a protocol without it; nothing was sent.
            OkxError: What REST refuses, and what :meth:`subscribe` raises.

        Path: ``POST /v5/order/disconnected-cancel-all``, and the topic ``dcp``.
        """
        check_word("product", product, _PROTECTED)
        if type(seconds) is not int or not 3 <= seconds <= 300:
            raise ConfigError(f"seconds must be a whole number from 3 to 300, not {seconds!r}")
        if self.config.protocol != "v5":
            raise ConfigError("only V5 of Bybit cancels orders of streams that are gone", hint="leave protocol= out")
        self._rest().order.set_disconnect_cancel_all(seconds, product)
        return self.subscribe_disconnect_protection(_PROTECTED[product])

    def _shut_down(self) -> None:
        self._rest.close()  # first, so that nobody begins to ask REST while the threads are waited for
        super()._shut_down()
        if (made := part_of(self, "_order_entry")) is not None:
            made.close()

    def _feeds(self) -> LiveSpec:
        """Say what feeds the live objects, with the first of them."""
        from okx_sync.clients.bybit_live_spec import live_spec

        return self._fed_live(live_spec(self.config, self.subscribe, self, self._rest))

    def _make_part(self, name: str, kind: Any) -> Any:
        if name == "_order_entry":
            return order_entry(kind, self.config, self._links, self.clock, self._rest, self._orders_by, self._journal)
        return super()._make_part(name, kind)
