"""What feeds live books, orders, positions and balances of Bybit: loaded with the first of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

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
from okx_sync.exchanges.bybit.algo_queries import BybitAlgoQueries
from okx_sync.exchanges.bybit.algo_sender import BybitAlgoSender
from okx_sync.exchanges.bybit.channel import DEPTHS, OPTION_DEPTHS
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.order_queries import BybitOrderQueries
from okx_sync.exchanges.bybit.order_sender import BybitSender
from okx_sync.exchanges.bybit.position_closer import BybitCloser
from okx_sync.exchanges.bybit.urls import book_paths
from okx_sync.live.account import MonitorSource
from okx_sync.live.audit_queries import AuditQueries
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.books import no_fetch
from okx_sync.live.known_state import KnownState
from okx_sync.live.live_objects import LiveSpec, sends_orders
from okx_sync.live.position_closer import PositionCloser
from okx_sync.live.stream_algos import StreamAlgos
from okx_sync.live.stream_orders import StreamOrders

__all__ = ["live_spec"]

_NO_REST: Final = "Bybit's streams tell what changes, and nobody says where REST is: give the config rest_url="


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
) -> LiveSpec:
    """Return what feeds books, orders, positions and balances of Bybit; ``client`` sends the orders.

    ``rest`` has snapshots of books, and what the private streams do not tell; nobody is asked where the config says no
    address of it, and for the older protocol, whose REST is gone with it.
    """
    queries = BybitAccountQueries(rest, config.category) if config.has_rest else None
    is_seed = config.protocol == "seed"
    positions, orders, fills = (f"user.openapi.perp.{name}" for name in ("position", "order", "trade"))
    if not is_seed:
        positions, orders, fills = "position", "order", "execution"
    no_source = None if is_seed or queries is not None else _NO_REST
    sender = None if is_seed else BybitSender(client)
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
        account=None if is_seed else _wallet(queries, no_source),
        orders=StreamOrders(
            subscribe,
            "private",
            orders,
            fills,
            sender,
            lists_open=lists_all if is_seed else None,
            queries=queries,
            closer=None if sender is None else _closer(client, sender, rest if config.has_rest else None),
        ),
        queries=None if queries is None else AuditQueries.of(queries),
        prepare_orders=client._load_for_orders if sends_orders(config) and not is_seed else None,
        algos=None if sender is None else _algos(subscribe, client, sender, rest, queries),
    )


def _algos(
    subscribe: Callable[..., Subscription[Any]],
    client: BybitTrading,
    sender: BybitSender,
    rest: BybitRestAccess,
    queries: BybitAccountQueries | None,
) -> StreamAlgos:
    asked = None if queries is None else BybitAlgoQueries(queries, rest)
    algo_sender = BybitAlgoSender(client, sender, None if queries is None else rest, asked)
    return StreamAlgos(subscribe, ("private",), [("order", {})], algo_sender, asked)


def _closer(client: BybitTrading, sender: BybitSender, rest: BybitRestAccess | None) -> PositionCloser:
    asked = None if rest is None else BybitOrderQueries(rest)
    return PositionCloser(BybitCloser(client, sender), asked, KnownState(client, "public").positions)


def _wallet(queries: BybitAccountQueries | None, no_source: str | None) -> MonitorSource:
    return MonitorSource(
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
