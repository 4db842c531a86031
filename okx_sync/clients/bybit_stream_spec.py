"""Bybit's streams as data for the engine: its words, and who sends orders. Live state: ``bybit_live_spec``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from okx_sync.clients.bybit_rest_access import BybitRestAccess
from okx_sync.exchanges.bybit.channels import channels_for
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.dialect import dialect_for
from okx_sync.exchanges.bybit.error_codes import NOT_ALLOWED
from okx_sync.exchanges.bybit.recovery import Recoveries
from okx_sync.lazy import LateName
from okx_sync.live.clock_sync import measure_clock
from okx_sync.live.instrument_codes import NoCodes
from okx_sync.live.links import Links
from okx_sync.live.order_route import OrderRoute
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest.journaling import JournalWriter

__all__ = ["ORDER_QUERIES", "REST_DIALECT", "order_entry", "stream_spec"]

REST_DIALECT: Final = LateName("okx_sync.exchanges.bybit.rest_dialect", "BybitRestDialect")
ORDER_QUERIES: Final = LateName("okx_sync.exchanges.bybit.order_queries", "BybitOrderQueries")


def stream_spec(config: BybitConfig, rest: BybitRestAccess, orders_by: OrderRoute | None = None) -> StreamSpec:
    """Return the channels, paths and words of a protocol of Bybit's.

    ``rest`` recovers what an outage of V5 swallowed, and takes orders unless ``orders_by`` forbids it; the older
    protocol's REST is gone with it.
    """
    table = channels_for(config.protocol, config.category, config.book_gaps)
    paths = ("public", "private", "trade") if config.protocol == "v5" else ("public", "private")

    def sync_clock(times: int = 1) -> float:
        # Needed when the clock is off, which is seldom: REST is imported then.
        from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect

        return measure_clock(BybitRestDialect(config), config, times)

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


def order_entry(
    kind: type[OrderEntry],
    config: BybitConfig,
    links: Links,
    clock: Clock,
    rest: BybitRestAccess,
    route: OrderRoute | None,
    journal: JournalWriter | None,
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
        journal=journal,
        checker=rest.checker,
    )
