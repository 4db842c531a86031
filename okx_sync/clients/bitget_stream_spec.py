"""Bitget's streams as data for the engine: its words, and who sends orders. Live state: ``bitget_live_spec``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from okx_sync.clients.bitget_rest_access import BitgetRestAccess
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.dialect import dialect_for
from okx_sync.exchanges.bitget.error_codes import NOT_ALLOWED
from okx_sync.exchanges.bitget.recovery import recovery_for
from okx_sync.lazy import LateName
from okx_sync.live.clock_sync import measure_clock
from okx_sync.live.instrument_codes import NoCodes
from okx_sync.live.links import Links
from okx_sync.live.order_route import OrderRoute
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.live.stream_op import StreamOp
    from okx_sync.rest.journaling import JournalWriter

__all__ = ["ORDER_QUERIES", "REST_DIALECT", "order_entry", "stream_spec"]

REST_DIALECT: Final = LateName("okx_sync.exchanges.bitget.rest_dialect", "BitgetRestDialect")
ORDER_QUERIES: Final = LateName("okx_sync.exchanges.bitget.order_queries", "BitgetOrderQueries")


def stream_spec(config: BitgetConfig, rest: BitgetRestAccess | None) -> StreamSpec:
    """Return the channels, paths and words of a protocol of Bitget's.

    ``rest`` recovers what an outage swallowed; None where nobody can be asked.
    """
    table = TABLES[config.stream_protocol]

    def sync_clock(times: int = 1) -> float:
        # Needed when the clock is off, which is seldom: REST is imported then.
        from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect

        return measure_clock(BitgetRestDialect(config), config, times)

    return StreamSpec(
        dialect=dialect_for(config.stream_protocol, config.environment),
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
        guard=config.guard,
        fetch=None if rest is None else rest.fetch,
        recovery_source=recovery_for(config.stream_protocol),
    )


def order_entry(
    kind: type[OrderEntry],
    config: BitgetConfig,
    links: Links,
    clock: Clock,
    rest: BitgetRestAccess,
    route: OrderRoute | None,
    journal: JournalWriter | None,
) -> OrderEntry:
    """Make what carries out the order operations of a protocol that has them."""
    from okx_sync.exchanges.bitget.mix.order_rest import MixOrders
    from okx_sync.exchanges.bitget.position_closer import CLOSE
    from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
    from okx_sync.exchanges.bitget.trade import order_ops as classic
    from okx_sync.exchanges.bitget.uta.order_rest import UtaOrders
    from okx_sync.exchanges.bitget.v3 import order_ops as unified
    from okx_sync.live.stream_op import ByRestOnly, routed
    from okx_sync.rest.limits import Charge

    ops: Mapping[str, StreamOp] = unified.ops()
    is_unified = config.stream_protocol == "v3"
    twins = {endpoint.name: endpoint for endpoint in (UtaOrders if is_unified else MixOrders).endpoints}
    if not is_unified:
        by_rest = {word: ByRestOnly(word, twins[name]) for word, name in classic.BY_REST.items()}
        ops = {**classic.ops(), **by_rest}
    ops = {**ops, CLOSE: ByRestOnly(CLOSE, twins["close_positions"])}
    return kind(
        routed(ops, route, has_rest=config.has_rest),
        links,
        BitgetRestDialect(config),
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
        beside=(Charge(("bitget socket", config.ws_url("private"), object()), unified.MESSAGES_PER_S, 1.0),),
    )
