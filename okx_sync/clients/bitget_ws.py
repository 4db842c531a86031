"""``BitgetWsClient``: streams of Bitget futures."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from okx_sync.checks import check_config
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.delivery.push_callback import AssembledPush
from okx_sync.exchanges.bitget.account_pushes import UNTOLD_OF_ACCOUNT, UNTOLD_OF_POSITIONS, lists_all
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.dialect import dialect_for
from okx_sync.exchanges.bitget.products import Product, scopes_for
from okx_sync.exchanges.bitget.streams import Subscriber
from okx_sync.live.account import MonitorSource, taken_at
from okx_sync.live.book_streams import BookStreams, Products
from okx_sync.live.clock_sync import measure_clock
from okx_sync.live.live_client import LiveClient, LiveSpec
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

__all__ = ["BitgetWsClient"]

_FILLS = {"v2": "fill", "seed": "execution"}


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
            _spec(self.config),
            _live_spec(self, scopes_for(self.config.protocol, product)),
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
            max_mailbox_bytes=max_mailbox_bytes,
            max_reconnect_attempts=max_reconnect_attempts,
        )


def _spec(config: BitgetConfig) -> StreamSpec:
    table = TABLES[config.protocol]

    def sync_clock() -> float:
        # Needed when the clock is off, which is seldom: REST is imported then.
        from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect

        return measure_clock(BitgetRestDialect(config), config)

    return StreamSpec(
        dialect=dialect_for(config.protocol, config.environment),
        environment=config.environment,
        credentials=config.credentials,
        lookup=table.lookup,
        topic_for=table.topic_for,
        url=config.ws_url,  # type: ignore[arg-type]  # a path outside its Literal is refused before it gets here
        paths=("public", "private"),
        login_paths=frozenset({"private"}),
        sync_clock=sync_clock,
        timeout_s=config.timeout_secs,
        proxy_url=config.proxy_url,
        ca_file=config.ca_file,
    )


def _books(config: BitgetConfig) -> BookStreams:
    rows = TABLES[config.protocol].rows
    depths = {levels: name for levels in (1, 5, 15) if (name := f"books{levels}") in rows}
    products = Products("instType", rows["books"].values["instType"]) if "books" in rows else None
    return BookStreams(
        channel="books", args=lambda _info, inst_id: {"instId": inst_id}, depths=depths, products=products
    )


def _live_spec(client: BitgetWsClient, scopes: Mapping[str, Mapping[str, str]]) -> LiveSpec:
    protocol = client.config.protocol
    is_seed = protocol == "seed"
    no_source = "the seed protocol tells what changes, and nobody tells what was there before" if is_seed else None
    untold, by_currency = UNTOLD_OF_ACCOUNT[protocol]
    return LiveSpec(
        books=_books(client.config),
        positions=MonitorSource(
            "private",
            "positions",
            {},
            lists_all,
            _listed_at,
            no_source=no_source,
            products=scopes,
            untold=UNTOLD_OF_POSITIONS[protocol],
        ),
        # No page says that later pushes list every coin.
        account=MonitorSource(
            "private",
            "account",
            {},
            lists_all,
            _listed_at,
            no_source=no_source,
            products=scopes,
            lists_once=True,
            untold=untold,
            untold_by_currency=by_currency,
        ),
        orders=StreamOrders(
            client.subscribe,
            "private",
            "orders",
            _FILLS.get(protocol),
            sender=None,
            scopes=tuple(scopes.values()) or ({},),
        ),
    )


def _listed_at(whole: AssembledPush) -> int | None:
    """Return when a push was made, which one without rows tells as well."""
    made = whole.push.message.get("ts")
    return made if type(made) is int else taken_at(whole.rows)
