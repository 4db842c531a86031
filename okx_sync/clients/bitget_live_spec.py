"""What feeds live books, orders, positions and balances of Bitget: loaded with the first of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from okx_sync.clients.bitget_rest_access import BitgetRestAccess
from okx_sync.clients.bitget_trading import BitgetTrading
from okx_sync.delivery.push_callback import AssembledPush
from okx_sync.delivery.subscription import Subscription
from okx_sync.exchanges.bitget.account_pushes import UNTOLD_OF_ACCOUNT, UNTOLD_OF_POSITIONS, lists_all
from okx_sync.exchanges.bitget.account_queries import BitgetAccountQueries, ClassicQueries, UnifiedQueries
from okx_sync.exchanges.bitget.algo_queries import BitgetAlgoQueries, ClassicAlgoQueries, UnifiedAlgoQueries
from okx_sync.exchanges.bitget.algo_sender import BitgetAlgoSender
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.order_queries import BitgetOrderQueries
from okx_sync.exchanges.bitget.order_sender import BitgetSender
from okx_sync.exchanges.bitget.position_closer import BitgetCloser
from okx_sync.exchanges.bitget.products import book_products
from okx_sync.live.account import MonitorSource, taken_at
from okx_sync.live.all_or_none import Gather
from okx_sync.live.audit_queries import AuditQueries
from okx_sync.live.book_streams import BookStreams, Products
from okx_sync.live.known_state import KnownState
from okx_sync.live.live_objects import LiveSpec, sends_orders
from okx_sync.live.position_closer import PositionCloser
from okx_sync.live.stream_algos import StreamAlgos
from okx_sync.live.stream_orders import StreamOrders

__all__ = ["live_spec"]

_FILLS: Final = {"v2": "fill", "v3": "fill", "seed": "execution"}
_NO_SOURCE: Final = {"seed": "the seed protocol tells what changes, and nobody tells what was there before"}
_NAMES: Final = {"v3": ("position", "order")}  # elsewhere "positions" and "orders"


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
    rest: BitgetRestAccess | None,
    together: Gather,
) -> LiveSpec:
    """Return what feeds books, orders, positions and balances of the product types ``scopes``.

    ``client`` sends the orders, where the protocol takes any; ``rest`` is asked, None for nobody; ``together``: the
    client's ``batch``.
    """
    protocol = config.stream_protocol
    queries = _queries(protocol, scopes, rest)
    sends = protocol in ("v2", "v3")
    sender = BitgetSender(client) if sends else None
    untold, by_currency = UNTOLD_OF_ACCOUNT[protocol]
    positions, orders = _NAMES.get(protocol, ("positions", "orders"))
    source = functools.partial(_source, no_source=_NO_SOURCE.get(protocol), products=scopes)
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
            sender=sender,
            closer=None if sender is None else _closer(client, sender, rest),
            scopes=tuple(scopes.values()) or ({},),
            queries=queries,
            together=together,
        ),
        queries=None if queries is None else AuditQueries.of(queries),
        prepare_orders=client._load_for_orders if sends and sends_orders(config) else None,
        algos=None if rest is None or not sends else _algos(config, subscribe, scopes, client, rest),
    )


def _algos(
    config: BitgetConfig,
    subscribe: Callable[..., Subscription[Any]],
    scopes: Mapping[str, Mapping[str, str]],
    client: BitgetTrading,
    rest: BitgetRestAccess,
) -> StreamAlgos:
    """Return what feeds and sends algo orders, which go by REST."""
    is_classic = config.stream_protocol == "v2"
    names = ("orders", "orders-algo") if is_classic else ("order", "strategy-order")
    topics = [(name, scope) for scope in scopes.values() or ({},) for name in names]
    queries: BitgetAlgoQueries = ClassicAlgoQueries(rest, scopes) if is_classic else UnifiedAlgoQueries(rest)
    sender = BitgetAlgoSender(rest, client, config, queries)
    # V2's history names the order that one has sent; V3 tells it nowhere.
    return StreamAlgos(subscribe, ("private",), topics, sender, queries, makers=queries, asks_orders=is_classic)


def _closer(client: BitgetTrading, sender: BitgetSender, rest: BitgetRestAccess | None) -> PositionCloser:
    asked = None if rest is None else BitgetOrderQueries(rest)
    return PositionCloser(BitgetCloser(client, sender), asked, KnownState(client, "public").positions)


def _source(channel: str, **facts: Any) -> MonitorSource:
    return MonitorSource("private", channel, {}, lists_all, _listed_at, begins_with_list=True, **facts)


def _queries(protocol: str, products: Collection[str], rest: BitgetRestAccess | None) -> BitgetAccountQueries | None:
    if rest is None:
        return None
    return UnifiedQueries(rest) if protocol == "v3" else ClassicQueries(rest, products)


def _listed_at(whole: AssembledPush) -> int | None:
    """Return when a push was made, which one without rows tells as well."""
    made = whole.push.message.get("ts")
    return made if type(made) is int else taken_at(whole.rows)
