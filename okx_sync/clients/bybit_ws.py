"""``BybitWsClient``: streams of Bybit V5, and of the USDC perpetuals of before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from okx_sync.checks import check_config
from okx_sync.clients.bybit_orders import BybitSender
from okx_sync.clients.bybit_trading import BybitTrading
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES
from okx_sync.delivery.push_callback import WholePush
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.account_pushes import UNTOLD_OF_ACCOUNT, UNTOLD_OF_CURRENCY, UNTOLD_OF_POSITIONS
from okx_sync.exchanges.bybit.channel import DEPTHS, OPTION_DEPTHS
from okx_sync.exchanges.bybit.channels import channels_for
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import dialect_for
from okx_sync.exchanges.bybit.streams import Subscriber
from okx_sync.live.account import MonitorSource
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.clock_sync import measure_clock
from okx_sync.live.lazy_order_entry import LazyOrderEntry
from okx_sync.live.links import Links
from okx_sync.live.live_client import LiveClient, LiveSpec
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.protocol.events import Push
from okx_sync.timing import Clock
from okx_sync.transport.options import LinkOptions

if TYPE_CHECKING:
    from okx_sync.live.order_entry import InstrumentCodes, OrderEntry, StreamOp
    from okx_sync.rest import Limiter

__all__ = ["BybitWsClient"]


class BybitWsClient(LiveClient, Subscriber, BybitTrading):
    """Bybit over WebSocket: typed, confirmed, restored after every loss, as ``WsClient`` is for OKX.

    What an outage swallowed is told as a ``gap`` and not recovered: there is no REST side for that. ``ws.orders``,
    ``ws.positions`` and ``ws.account`` cover all categories, and know what has changed since they began: V5 lists
    nothing, so they are never ``synced``. The wallet is not told when only unrealised profit changes: between its
    pushes, what is made of it stands still.

    Parameters: ``config``: key, site, environment, category, protocol; ``limiter``: rate limits of order operations,
    to be shared by clients of one account; the rest as of ``WsClient``.
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
        super().__init__(
            _spec(self.config),
            _live_spec(self),
            options=options,
            clock=clock,
            slow_callback_s=slow_callback_s,
            max_silence=max_silence,
            max_mailbox_bytes=max_mailbox_bytes,
            max_reconnect_attempts=max_reconnect_attempts,
        )
        self._order_entry = LazyOrderEntry(lambda: _order_ops(self.config, self._links, self.clock, limiter))

    def _shut_down(self) -> None:
        super()._shut_down()
        self._order_entry.close()


def _spec(config: BybitConfig) -> StreamSpec:
    table = channels_for(config.protocol, config.category, config.book_gaps)
    paths = ("public", "private", "trade") if config.protocol == "v5" else ("public", "private")

    def sync_clock() -> float:
        # Needed when the clock is off, which is seldom: REST is imported then.
        from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect

        return measure_clock(BybitRestDialect(config), config)

    return StreamSpec(
        dialect=dialect_for(config),
        environment=config.place,
        credentials=config.credentials,
        lookup=table.lookup,
        topic_for=table.topic_for,
        url=config.ws_url,  # type: ignore[arg-type]  # a path outside its Literal is refused before it gets here
        paths=paths,
        login_paths=frozenset(paths) - {"public"},
        sync_clock=sync_clock,
        timeout_s=config.timeout_secs,
        proxy_url=config.proxy_url,
        ca_file=config.ca_file,
        account=config.account_label,
    )


def _books(config: BybitConfig) -> BookStreams:
    depths = {25: "orderBookL2_25", 200: "orderBook_200.100ms"}
    if config.protocol != "seed":
        levels = OPTION_DEPTHS if config.category == "option" else ("1", *DEPTHS)
        depths = {int(number): f"orderbook.{number}" for number in levels}
    return BookStreams(
        channel=depths.get(50) or depths.get(100) or depths[200],
        args=lambda _info, symbol: {"symbol": symbol},
        depths=depths,
        no_product="the client has one: BybitConfig(category=...)",
    )


def _live_spec(client: BybitWsClient) -> LiveSpec:
    is_seed = client.config.protocol == "seed"
    positions, orders, fills = (f"user.openapi.perp.{name}" for name in ("position", "order", "trade"))
    if not is_seed:
        positions, orders, fills = "position", "order", "execution"
    no_source = None if is_seed else "Bybit's streams tell what changes, and nobody tells what was there before"
    wallet = MonitorSource(
        "private",
        "wallet",
        {},
        _is_snapshot,
        _listed_at,
        no_source=no_source,
        untold=UNTOLD_OF_ACCOUNT,
        untold_by_currency=UNTOLD_OF_CURRENCY,
    )
    sender = None if is_seed else BybitSender(client)
    return LiveSpec(
        books=_books(client.config),
        positions=MonitorSource(
            "private", positions, {}, _is_snapshot, _listed_at, no_source=no_source, untold=UNTOLD_OF_POSITIONS
        ),
        account=None if is_seed else wallet,
        orders=StreamOrders(
            client.subscribe, "private", orders, fills, sender, lists_open=_is_snapshot if is_seed else None
        ),
    )


def _order_ops(
    config: BybitConfig, links: Links, clock: Clock, limiter: Limiter | None
) -> tuple[Mapping[str, StreamOp], OrderEntry]:
    """Bybit's operations by their word, and who carries them out. For an ``LazyOrderEntry``."""
    from okx_sync.exchanges.bybit.order_ops import ops_for
    from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest import Limiter

    return ops_for(clock.server_time), OrderEntry(
        links,
        BybitRestDialect(config),
        limiter or Limiter(clock),
        clock,
        config.guard,
        codes=_no_codes,
        by_rest=None,
        timeout_s=config.timeout_secs,
    )


def _no_codes() -> InstrumentCodes:
    raise ConfigError("Bybit's instruments have no numbers")


def _is_snapshot(push: Push) -> bool:
    """The USDC perpetual streams begin with a list of everything; those of V5 tell changes only."""
    data = push.message.get("data")
    return isinstance(data, dict) and data.get("dataType") == "NEW"


def _listed_at(whole: WholePush) -> int | None:
    """When a list was made, which one without rows tells as well."""
    made = whole.push.message.get("creationTime")
    return made if type(made) is int else None
