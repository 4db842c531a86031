"""OKX's streams as data for the engine: its words, and who sends orders. Live state: ``okx_live_spec``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.exchanges.okx.channels import lookup, topic_for
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.exchanges.okx.recovery import recovery_for
from okx_sync.lazy import LateName
from okx_sync.live.clock_sync import measure_clock
from okx_sync.live.links import Links
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest.journaling import JournalWriter

__all__ = ["ORDER_QUERIES", "REST_DIALECT", "order_entry", "stream_spec"]

REST_DIALECT: Final = LateName("okx_sync.exchanges.okx.rest_dialect", "OkxRestDialect")
ORDER_QUERIES: Final = LateName("okx_sync.exchanges.okx.order_queries", "OkxOrderQueries")


def stream_spec(config: Config, rest: OkxRestAccess) -> StreamSpec:
    """Describe OKX's channels, paths and words. ``rest`` recovers what an outage swallowed."""

    def sync_clock(times: int = 1) -> float:
        # Needed when the clock is off, which is seldom: REST is imported then.
        from okx_sync.exchanges.okx.rest import OkxRestDialect

        return measure_clock(OkxRestDialect(config), config, times)

    return StreamSpec(
        dialect=OkxDialect(config.environment),
        environment=config.environment,
        credentials=config.credentials,
        lookup=lookup,
        topic_for=topic_for,
        url=config.ws_url,  # type: ignore[arg-type]  # a path outside its Literal is refused before it gets here
        paths=("public", "private", "business"),
        login_paths=frozenset({"private"}),
        sync_clock=sync_clock,
        timeout_s=config.timeout_secs,
        proxy_url=config.proxy_url,
        ca_file=config.ca_file,
        guard=config.guard,
        account=config.account_label,
        fetch=rest.fetch,
        recovery_source=recovery_for,
    )


def order_entry(
    kind: type[OrderEntry],
    config: Config,
    links: Links,
    rest: OkxRestAccess,
    clock: Clock,
    journal: JournalWriter | None,
    *,
    rest_fallback: bool,
) -> OrderEntry:
    """Make what carries out OKX's order operations.

    The instruments' numbers, and what a stream refuses, are asked of REST.
    """
    from okx_sync.exchanges.okx.order_ops import OPS
    from okx_sync.exchanges.okx.position_closer import CLOSE
    from okx_sync.exchanges.okx.rest import OkxRestDialect
    from okx_sync.exchanges.okx.trade.rest import Trade
    from okx_sync.live.stream_op import ByRestOnly

    close = next(one for one in Trade.endpoints if one.name == "close_position")
    return kind(
        {**OPS, CLOSE: ByRestOnly(CLOSE, close)},
        links,
        OkxRestDialect(config),
        rest.limiter,
        clock,
        config.guard,
        codes=rest().instruments,
        by_rest=rest.send,
        timeout_s=config.timeout_secs,
        rest_fallback=rest_fallback,
        journal=journal,
        checker=rest.checker,
    )
