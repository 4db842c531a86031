"""``BitgetWsClient``: streams of Bitget futures."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from okx_sync.checks import check_config, check_word
from okx_sync.clients.bitget_rest_access import BitgetRestAccess
from okx_sync.clients.bitget_stream_spec import ORDER_QUERIES, REST_DIALECT, order_entry, stream_spec
from okx_sync.clients.bitget_trading import BitgetTrading
from okx_sync.clients.recorded import RecordedClient
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.errors import ConfigError, OkxApiError, OkxError
from okx_sync.exchanges.bitget.account_kind import KINDS, PROTOCOLS, AccountKind
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.products import Product, scopes_for
from okx_sync.exchanges.bitget.streams import Subscriber
from okx_sync.lazy import part_of
from okx_sync.live.order_route import OrderRoute, check_route
from okx_sync.logs import get_logger
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:
    from okx_sync.live.live_objects import LiveSpec
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.rest import Limiter

__all__ = ["BitgetWsClient"]

_log = get_logger("client")


class BitgetWsClient(RecordedClient, Subscriber, BitgetTrading):
    """Bitget over WebSocket: typed, confirmed, restored after every loss, as ``WsClient`` is for OKX.

    Classic accounts have the streams of V2 (futures), unified ones (UTA) those of V3 (spot, margin and all futures
    together). Which kind the key's account is of is asked of REST when the client is made, by one reading call; not
    without a key, and not where ``protocol`` or ``account_kind`` tell it, or where the config names addresses for
    streams and none for REST. Where REST refuses in words that say nothing of the account or the key, V2 is spoken,
    and the login tells whether that was wrong. ``client.config.protocol`` is the answer.

    ``ws.orders`` asks REST which orders are open, when it begins and after each loss of the link; trigger orders,
    take-profits and stop-losses are in ``ws.orders.algos``. ``ws.positions`` and ``ws.account`` are ``synced`` once
    each product type has sent its list, in V3 the one list that there is; REST is asked where that cannot be read.
    What an outage swallowed of orders, fills, positions and balances is fetched over REST and delivered once, with
    ``recovered=True``; trades and candles with ``backfill=True``. Where the config names addresses for streams and none
    for REST, nobody is asked: ``ws.orders`` is never ``synced``, and an outage is only reported as a ``gap``.

    Orders are sent on the private stream where that has the operation, which on classic accounts is to place and to
    cancel one order; all else goes by REST. So does what the stream certainly did not take: while its link is down, and
    where Bitget has not allowed the key to send orders there (it must be asked for); then the next orders go by REST at
    once. An order is never sent by both.

    Args:
        config: Key, live or demo, protocol.
        product: The product types that orders, positions and account cover: one (``"USDT-FUTURES"``,
            ``"COIN-FUTURES"``, ``"USDC-FUTURES"``) or some of them, by default all; not in V3.
        account_kind: ``"classic"`` or ``"uta"``; nobody is asked then.
        orders_by: How orders are sent: left out, by the rule below; ``"stream"``: never by REST where the stream has
            the operation; ``"rest"``: never on the stream.
        limiter: Rate limits of order operations, to be shared by clients of one account.
        limits: What orders may be, as of ``WsClient``.
        journal: A file in which orders are written down before they are sent, as of ``WsClient``.
        journal_sync: As of ``WsClient``.
        others: As of ``WsClient``.

    Raises ``OkxError`` and its subclasses when the kind of the account cannot be found out.
    Pages: "Websocket" of Bitget's API guide, and the same of its guide for unified accounts.
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
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
        product: Product | Collection[Product] | None = None,
        account_kind: AccountKind | None = None,
        orders_by: OrderRoute | None = None,
        limiter: Limiter | None = None,
        limits: OrderLimits | None = None,
    ) -> None:
        self._orders_by = check_route(orders_by)
        given = config if config is not None else BitgetConfig()
        check_config(given, BitgetConfig, self)
        self.config = _of_account(given, account_kind, clock)
        clock = clock if clock is not None else Clock()
        self._rest = BitgetRestAccess(self.config, clock, limiter)
        self._scopes = scopes_for(self.config.stream_protocol, product)
        super().__init__(
            self._fed(stream_spec(self.config, self._asked_rest)),
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

    @property
    def _asked_rest(self) -> BitgetRestAccess | None:
        """Who is asked over REST; None where nobody is."""
        return self._rest if self.config.has_rest else None

    def _shut_down(self) -> None:
        self._rest.close()  # first, so that nobody begins to ask REST while the threads are waited for
        super()._shut_down()
        if (made := part_of(self, "_order_entry")) is not None:
            made.close()

    def _feeds(self) -> LiveSpec:
        """Say what feeds the live objects, with the first of them."""
        from okx_sync.clients.bitget_live_spec import live_spec

        return self._fed_live(live_spec(self.config, self.subscribe, self._scopes, self, self._asked_rest, self.batch))

    def _make_part(self, name: str, kind: Any) -> Any:
        if name == "_order_entry":
            return order_entry(kind, self.config, self._links, self.clock, self._rest, self._orders_by, self._journal)
        return super()._make_part(name, kind)


def _of_account(config: BitgetConfig, kind: AccountKind | None, clock: Clock | None) -> BitgetConfig:
    """Return the settings with the protocol of the account's kind, which is asked of REST where nobody tells it."""
    if kind is not None:
        check_word("account_kind", kind, KINDS)
        if config.protocol not in (None, PROTOCOLS[kind]):
            raise ConfigError(
                f"account_kind={kind!r} and protocol={config.protocol!r} contradict each other", hint="say one of them"
            )
    elif config.protocol is not None:
        return config
    else:
        nobody_knows = config.credentials is None or not config.has_rest
        kind = "classic" if nobody_knows else _asked(config, clock)
    return config.replace(protocol=PROTOCOLS[kind])


def _asked(config: BitgetConfig, clock: Clock | None) -> AccountKind:
    # Needed by those who leave it open: REST is imported then.
    from okx_sync.clients.bitget_rest import BitgetClient

    with BitgetClient(config, clock=clock) as rest:
        try:
            return rest.account_kind()
        except OkxError as error:
            # The login of V2 refuses a unified account by name (40085), so such an answer need not stop anybody. A bad
            # key and a server out of order would stop the streams as well, and a guess would only hide the reason.
            if type(error) is OkxApiError and not error.retryable:
                _log.warning("the kind of the account is not known, V2 is spoken: %s", error)
                return "classic"
            error.add_note("asked for the kind of the account; account_kind='classic' or 'uta' does without")
            raise
