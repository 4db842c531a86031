"""Bybit's streams as data for the engine: its words, what feeds live state, and who sends orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from okx_sync.clients.bybit_books import snapshots_of
from okx_sync.clients.bybit_rest_access import BybitRestAccess
from okx_sync.clients.bybit_trading import BybitTrading
from okx_sync.delivery.subscription import Subscription
from okx_sync.exchanges.bybit.account_pushes import (
    UNTOLD_OF_ACCOUNT,
    UNTOLD_OF_CURRENCY,
    UNTOLD_OF_POSITIONS,
    listed_at,
    lists_all,
)
from okx_sync.exchanges.bybit.account_queries import BybitAccountQueries
from okx_sync.exchanges.bybit.channel import DEPTHS, OPTION_DEPTHS
from okx_sync.exchanges.bybit.channels import channels_for
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import dialect_for
from okx_sync.exchanges.bybit.error_codes import NOT_ALLOWED
from okx_sync.exchanges.bybit.order_sender import BybitSender
from okx_sync.exchanges.bybit.recovery import Recoveries
from okx_sync.exchanges.bybit.urls import book_paths
from okx_sync.live.account import MonitorSource
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.books import no_fetch
from okx_sync.live.clock_sync import measure_clock
from okx_sync.live.instrument_codes import NoCodes
from okx_sync.live.links import Links
from okx_sync.live.live_client import LiveSpec
from okx_sync.live.order_route import OrderRoute
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.order_entry import OrderEntry

__all__ = ["live_spec", "order_entry", "stream_spec"]

_NO_REST: Final = "Bybit's streams tell what changes, and nobody says where REST is: give the config rest_url="


def stream_spec(config: BybitConfig, rest: BybitRestAccess, orders_by: OrderRoute | None = None) -> StreamSpec:
    """Return the channels, paths and words of a protocol of Bybit's.

    ``rest`` recovers what an outage of V5 swallowed, and takes orders unless ``orders_by`` forbids it; the older
    protocol's REST is gone with it.
    """
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
        guard=config.guard,
        account=config.account_label,
        fetch=rest.fetch if config.has_rest else None,
        recovery_source=Recoveries(config.category).source,
        spare_paths=frozenset({"trade"} if config.has_rest and orders_by != "stream" else ()),
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
        no_product="that client says BybitConfig(category=...)",
        paths=book_paths(config.protocol, config.category),
        own_only={"orderbook.full"},  # its snapshot is fetched from the client's category
    )


def live_spec(
    config: BybitConfig,
    subscribe: Callable[..., Subscription[Any]],
    client: BybitTrading,
    rest: BybitRestAccess,
    queries: BybitAccountQueries | None,
) -> LiveSpec:
    """Return what feeds books, orders, positions and balances of Bybit; ``client`` sends the orders.

    ``rest`` has snapshots of books, ``queries`` asks it for what the private streams do not tell; None for the older
    protocol, whose REST is gone with it.
    """
    is_seed = config.protocol == "seed"
    positions, orders, fills = (f"user.openapi.perp.{name}" for name in ("position", "order", "trade"))
    if not is_seed:
        positions, orders, fills = "position", "order", "execution"
    no_source = None if is_seed or queries is not None else _NO_REST
    wallet = MonitorSource(
        "private",
        "wallet",
        {},
        lists_all,
        listed_at,
        no_source=no_source,
        listing=None if queries is None else queries.wallet,
        untold=UNTOLD_OF_ACCOUNT,
        untold_by_currency=UNTOLD_OF_CURRENCY,
    )
    return LiveSpec(
        books=_books(config),
        book_fetches=snapshots_of(rest, config.category) if config.has_rest else no_fetch,
        positions=MonitorSource(
            "private",
            positions,
            {},
            lists_all,
            listed_at,
            no_source=no_source,
            listing=None if queries is None else queries.positions,
            untold=UNTOLD_OF_POSITIONS,
        ),
        account=None if is_seed else wallet,
        orders=StreamOrders(
            subscribe,
            "private",
            orders,
            fills,
            None if is_seed else BybitSender(client),
            lists_open=lists_all if is_seed else None,
            queries=queries,
        ),
    )


def order_entry(
    kind: type[OrderEntry],
    config: BybitConfig,
    links: Links,
    clock: Clock,
    rest: BybitRestAccess,
    route: OrderRoute | None,
) -> OrderEntry:
    """Make what carries out Bybit's order operations: by REST where it has no stream for them."""
    from okx_sync.exchanges.bybit.order_ops import ops_for
    from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect
    from okx_sync.live.stream_op import routed

    if route is None and config.has_rest and not config.has_trade_stream:
        route = "rest"
    return kind(
        routed(ops_for(clock.server_time), route, has_rest=config.has_rest),
        links,
        BybitRestDialect(config),
        rest.limiter,
        clock,
        config.guard,
        codes=NoCodes(),
        by_rest=rest.send if config.has_rest else None,
        timeout_s=config.timeout_secs,
        rest_fallback=None,
        refusals=None if route == "stream" else NOT_ALLOWED,
    )
