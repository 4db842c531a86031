"""What the engine is given of Bitget's streams: its words, and what feeds live state."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from okx_sync.clients.bitget_rest_access import BitgetRestAccess
from okx_sync.clients.bitget_trading import BitgetTrading
from okx_sync.delivery.push_callback import AssembledPush
from okx_sync.delivery.subscription import Subscription
from okx_sync.exchanges.bitget.account_pushes import UNTOLD_OF_ACCOUNT, UNTOLD_OF_POSITIONS, lists_all
from okx_sync.exchanges.bitget.account_queries import BitgetAccountQueries
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.dialect import dialect_for
from okx_sync.exchanges.bitget.error_codes import NOT_ALLOWED
from okx_sync.exchanges.bitget.order_sender import BitgetSender
from okx_sync.exchanges.bitget.products import book_products
from okx_sync.exchanges.bitget.recovery import recovery_for
from okx_sync.live.account import MonitorSource, taken_at
from okx_sync.live.book_streams import BookStreams, Products
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
    from okx_sync.live.stream_op import StreamOp

__all__ = ["live_spec", "order_entry", "stream_spec"]

_FILLS: Final = {"v2": "fill", "v3": "fill", "seed": "execution"}
_NAMES: Final = {"v3": ("position", "order")}  # elsewhere "positions" and "orders"


def stream_spec(config: BitgetConfig, rest: BitgetRestAccess | None) -> StreamSpec:
    """Return the channels, paths and words of a protocol of Bitget's.

    ``rest`` recovers what an outage swallowed; None where nobody can be asked.
    """
    table = TABLES[config.stream_protocol]

    def sync_clock() -> float:
        # Needed when the clock is off, which is seldom: REST is imported then.
        from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect

        return measure_clock(BitgetRestDialect(config), config)

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


def _books(config: BitgetConfig) -> BookStreams:
    rows = TABLES[config.stream_protocol].rows
    depths = {levels: name for levels in (1, 5, 15, 50) if (name := f"books{levels}") in rows}
    words = book_products(config.stream_protocol, rows["books"].values["instType"]) if "books" in rows else ()
    products = Products("instType", words) if words else None
    return BookStreams(
        channel="books", args=lambda _info, inst_id: {"instId": inst_id}, depths=depths, products=products
    )


def live_spec(
    config: BitgetConfig,
    subscribe: Callable[..., Subscription[Any]],
    scopes: Mapping[str, Mapping[str, str]],
    client: BitgetTrading,
    queries: BitgetAccountQueries | None,
) -> LiveSpec:
    """Return what feeds books, orders, positions and balances of the product types ``scopes``.

    ``client`` sends the orders, where the protocol takes any; ``queries``: who is asked over REST, None for nobody.
    """
    protocol = config.stream_protocol
    is_seed = protocol == "seed"
    no_source = "the seed protocol tells what changes, and nobody tells what was there before" if is_seed else None
    untold, by_currency = UNTOLD_OF_ACCOUNT[protocol]
    positions, orders = _NAMES.get(protocol, ("positions", "orders"))
    source = functools.partial(
        MonitorSource,
        "private",
        args={},
        is_snapshot=lists_all,
        taken_at=_listed_at,
        no_source=no_source,
        products=scopes,
        begins_with_list=True,
    )
    return LiveSpec(
        books=_books(config),
        positions=source(
            positions,
            lists_once=protocol == "v3",
            listing=None if queries is None else queries.positions,
            untold=UNTOLD_OF_POSITIONS[protocol],
        ),
        # No page says that later pushes list every coin.
        account=source(
            "account",
            lists_once=True,
            listing=None if queries is None else queries.balances,
            untold=untold,
            untold_by_currency=by_currency,
        ),
        orders=StreamOrders(
            subscribe,
            "private",
            orders,
            _FILLS.get(protocol),
            sender=BitgetSender(client) if protocol in ("v2", "v3") else None,
            scopes=tuple(scopes.values()) or ({},),
            queries=queries,
        ),
    )


def order_entry(
    kind: type[OrderEntry],
    config: BitgetConfig,
    links: Links,
    clock: Clock,
    rest: BitgetRestAccess,
    route: OrderRoute | None,
) -> OrderEntry:
    """Make what carries out the order operations of a protocol that has them."""
    from okx_sync.exchanges.bitget.mix.order_rest import MixOrders
    from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
    from okx_sync.exchanges.bitget.trade import order_ops as classic
    from okx_sync.exchanges.bitget.v3 import order_ops as unified
    from okx_sync.live.stream_op import ByRestOnly, routed
    from okx_sync.rest.limits import Charge

    ops: Mapping[str, StreamOp] = unified.ops()
    if config.stream_protocol != "v3":
        twins = {endpoint.name: endpoint for endpoint in MixOrders.endpoints}
        by_rest = {word: ByRestOnly(word, twins[name]) for word, name in classic.BY_REST.items()}
        ops = {**classic.ops(), **by_rest}
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
        beside=(Charge(("bitget socket", config.ws_url("private"), object()), unified.MESSAGES_PER_S, 1.0),),
    )


def _listed_at(whole: AssembledPush) -> int | None:
    """Return when a push was made, which one without rows tells as well."""
    made = whole.push.message.get("ts")
    return made if type(made) is int else taken_at(whole.rows)
