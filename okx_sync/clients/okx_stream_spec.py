"""OKX's streams as data for the engine: its words, what feeds live state, and who sends orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from okx_sync.clients.okx_books import snapshots_of
from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.clients.okx_trading import Trading
from okx_sync.delivery.push_callback import AssembledPush
from okx_sync.delivery.subscription import Subscription
from okx_sync.exchanges.okx.account_queries import OkxAccountQueries
from okx_sync.exchanges.okx.channels import lookup, topic_for
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.exchanges.okx.order_sender import OkxSender
from okx_sync.exchanges.okx.recovery import recovery_for
from okx_sync.live.account import MonitorSource, taken_at
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.clock_sync import measure_clock
from okx_sync.live.links import Links
from okx_sync.live.live_client import LiveSpec
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.protocol.events import Push
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.order_entry import OrderEntry

__all__ = ["live_spec", "order_entry", "stream_spec"]


def stream_spec(config: Config, rest: OkxRestAccess) -> StreamSpec:
    """Describe OKX's channels, paths and words. ``rest`` recovers what an outage swallowed."""

    def sync_clock() -> float:
        # Needed when the clock is off, which is seldom: REST is imported then.
        from okx_sync.exchanges.okx.rest import OkxRestDialect

        return measure_clock(OkxRestDialect(config), config)

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
    kind: type[OrderEntry], config: Config, links: Links, rest: OkxRestAccess, clock: Clock, *, rest_fallback: bool
) -> OrderEntry:
    """Make what carries out OKX's order operations.

    The instruments' numbers, and what a stream refuses, are asked of REST.
    """
    from okx_sync.exchanges.okx.order_ops import OPS
    from okx_sync.exchanges.okx.rest import OkxRestDialect

    return kind(
        OPS,
        links,
        OkxRestDialect(config),
        rest.limiter,
        clock,
        config.guard,
        codes=rest().instruments,
        by_rest=rest.send,
        timeout_s=config.timeout_secs,
        rest_fallback=rest_fallback,
    )


def live_spec(
    subscribe: Callable[..., Subscription[Any]], client: Trading, rest: OkxRestAccess, queries: OkxAccountQueries
) -> LiveSpec:
    """Return what feeds books, orders, positions and balances of OKX; ``client`` sends the orders."""
    sender = OkxSender(client)
    return LiveSpec(
        books=BookStreams(
            channel="books",
            args=lambda info, inst_id: {info.required[0]: inst_id},
            depths={1: "bbo-tbt", 5: "books5", 50: "books50-l2-tbt", 400: "books"},
        ),
        positions=MonitorSource("private", "positions", {"instType": "ANY"}, _is_snapshot, _listed_at),
        account=MonitorSource("private", "account", {}, _is_snapshot, _listed_at),
        orders=StreamOrders(
            subscribe,
            "private",
            "orders",
            "fills",
            sender,
            scopes=({"instType": "ANY"},),
            fill_scopes=({},),
            orders_tell_fills=True,
            queries=queries,
        ),
        book_fetches=snapshots_of(rest),
    )


def _listed_at(whole: AssembledPush) -> int | None:
    return taken_at(whole.rows)


def _is_snapshot(push: Push) -> bool:
    """Tell whether a push lists everything: not one whose page numbers cannot be read, as it may be a part."""
    message = push.message
    can_be_read = type(message.get("curPage", 1)) is int and type(message.get("lastPage", True)) is bool
    return message.get("eventType") == "snapshot" and can_be_read
