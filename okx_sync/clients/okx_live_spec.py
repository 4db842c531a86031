"""What feeds live books, orders, positions and balances of OKX: loaded with the first of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from okx_sync.clients.okx_books import snapshots_of
from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.delivery.push_callback import AssembledPush
from okx_sync.delivery.subscription import Subscription
from okx_sync.exchanges.okx.account_queries import OkxAccountQueries
from okx_sync.exchanges.okx.algo_queries import OkxAlgoQueries
from okx_sync.exchanges.okx.algo_sender import OkxAlgoSender
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.order_queries import OkxOrderQueries
from okx_sync.exchanges.okx.order_sender import OkxSender
from okx_sync.exchanges.okx.position_closer import OkxCloser
from okx_sync.exchanges.order_client import OrderClient
from okx_sync.live.account import MonitorSource, taken_at
from okx_sync.live.audit_queries import AuditQueries
from okx_sync.live.book_streams import BookStreams
from okx_sync.live.known_state import KnownState
from okx_sync.live.live_objects import LiveSpec, sends_orders
from okx_sync.live.position_closer import PositionCloser
from okx_sync.live.stream_algos import StreamAlgos
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.protocol.events import Push

__all__ = ["live_spec"]


def live_spec(
    config: Config, subscribe: Callable[..., Subscription[Any]], client: OrderClient, rest: OkxRestAccess
) -> LiveSpec:
    """Return what feeds books, orders, positions and balances of OKX; ``client`` sends the orders."""
    sender, known = OkxSender(client), KnownState(client, "public")
    queries = OkxAccountQueries(rest)
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
            closer=PositionCloser(OkxCloser(client, sender), OkxOrderQueries(rest), known.positions),
        ),
        book_fetches=snapshots_of(rest),
        queries=AuditQueries.of(queries),
        prepare_orders=client._load_for_orders if sends_orders(config) else None,
        algos=StreamAlgos(
            subscribe,
            ("private", "business"),
            [(channel, {"instType": "ANY"}) for channel in ("orders", "orders-algo", "algo-advance")],
            OkxAlgoSender(rest, client, config.guard),
            OkxAlgoQueries(rest),
        ),
    )


def _listed_at(whole: AssembledPush) -> int | None:
    return taken_at(whole.rows)


def _is_snapshot(push: Push) -> bool:
    """Tell whether a push lists everything: not one whose page numbers cannot be read, as it may be a part."""
    message = push.message
    can_be_read = type(message.get("curPage", 1)) is int and type(message.get("lastPage", True)) is bool
    return message.get("eventType") == "snapshot" and can_be_read
