"""Bitget in the chaos test: a unified account (V3), and the futures of a classic one (V2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final, Literal

import attrs

from okx_sync import BitgetClient, BitgetConfig, BitgetWsClient, LinkOptions
from okx_sync.exchanges.bitget.uta.requests import UtaCancelOrder, UtaNewOrder
from okx_sync.paper import PaperExchange
from okx_sync.paper.bybit.identifiers import symbol_of
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.rest import Limiter
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.types import BalanceUpdate, PositionUpdate
from tests.loopback.chaos_wire import INSTRUMENTS, Draw, Wire

_KINDS: Final[Mapping[str, tuple[str, str | None]]] = {
    "limit": ("limit", None),
    "post_only": ("limit", "post_only"),
    "ioc": ("limit", "ioc"),
    "market": ("market", None),
}


class BitgetWire(Wire):
    """Bitget V3, a unified account."""

    private = ("private",)
    channels: ClassVar[tuple[str, ...]] = ("order", "fill", "position", "account")
    snapshots = ("position", "account")
    recovery: ClassVar[tuple[str, ...]] = (
        "/api/v3/trade/history-orders",
        "/api/v3/trade/unfilled-orders",
        "/api/v3/trade/order-info",
        "/api/v3/trade/fills",
        "/api/v3/position/current-position",
        "/api/v3/position/history-position",
        "/api/v3/account/assets",
    )
    replies: ClassVar[tuple[str, ...]] = ("place-order", "cancel-order")
    rest_order = "/api/v3/trade/place-order"
    untold = frozenset({"pnl"})

    def _config(self, paper: PaperExchange) -> BitgetConfig:
        paper.unify()
        return attrs.evolve(paper.bitget_config("v3"), timeout_secs=3.0)

    def client(self, paper: PaperExchange, options: LinkOptions, limiter: Limiter) -> BitgetWsClient:
        """Make a stream client."""
        return BitgetWsClient(self._config(paper), options=options, limiter=limiter)

    def rest(self, paper: PaperExchange, limiter: Limiter) -> BitgetClient:
        """Make a REST client."""
        return BitgetClient(self._config(paper), limiter=limiter)

    def asked(self, message: Mapping[str, Any]) -> list[str]:
        """Look at ``args``."""
        wanted = message.get("topic") in ("place-order", "batch-place")
        return [order["clientOid"] for order in message["args"]] if wanted else []

    def asked_over_rest(self, request: Request) -> list[str]:
        """Look at the body, an order or a list."""
        if request.path not in (self.rest_order, "/api/v3/trade/place-batch"):
            return []
        return [order["clientOid"] for order in (request.body if isinstance(request.body, list) else [request.body])]

    def words(self, order: Draw) -> dict[str, Any]:
        """Return the neutral words."""
        made: dict[str, Any] = {"inst_id": self.inst_id(order.instrument), "side": order.side}
        made |= {"order_type": order.kind, "price": order.price, "client_order_id": order.client_id}
        return made | {"size": self._coins(order), "category": self._category(order)}

    def call(self, order: Draw) -> dict[str, Any]:
        """Return Bitget's own words. A market order that buys on spot is sized in quote currency."""
        kind, force = _KINDS[order.kind]
        made: dict[str, Any] = {"symbol": self.inst_id(order.instrument), "side": order.side, "order_type": kind}
        made |= {"price": order.price, "client_oid": order.client_id, "category": self._category(order)}
        is_money = kind == "market" and order.side == "buy" and not order.is_swap
        forced = {} if force is None else {"time_in_force": force}
        return {**made, "qty": Decimal(50) if is_money else self._coins(order), **forced}

    def _category(self, order: Draw) -> str:
        return "USDT-FUTURES" if order.is_swap else "SPOT"

    def _coins(self, order: Draw) -> Decimal:
        return order.size * order.instrument.ctVal if order.is_swap else order.size

    def place_batch(self, ws: BitgetWsClient, orders: Sequence[Draw], **options: Any) -> None:
        """Those for contracts: a batch is of one category."""
        rows = [UtaNewOrder(**self.call(one)) for one in orders if one.is_swap]
        if rows:
            ws.place_batch_orders(rows, **options)

    def place_batch_by_rest(self, rest: BitgetClient, orders: Sequence[Draw]) -> None:
        """Those for contracts."""
        rows = [UtaNewOrder(**self.call(one)) for one in orders if one.is_swap]
        if rows:
            rest.uta.place_batch_orders(rows)

    def cancel_by_rest(self, rest: BitgetClient, order: OrderHandle) -> None:
        """By the client's id, in its own market."""
        if (row := order.snapshot().raw) is not None:
            rest.cancel_order(order.inst_id, client_oid=order.client_order_id, category=row.category.upper())

    def cancel_batch(self, ws: BitgetWsClient, orders: Sequence[OrderHandle], **options: Any) -> None:
        """Those for contracts."""
        known = [(one, str(getattr(one.snapshot().raw, "category", None)).upper()) for one in orders]
        chosen = [one for one, category in known if category == "USDT-FUTURES"]
        if chosen:
            rows = [UtaCancelOrder("USDT-FUTURES", one.inst_id, one.order_id) for one in chosen]
            ws.cancel_batch_orders(rows, **options)

    def close(self, ws: BitgetWsClient, position: PositionUpdate, client_id: str, **options: Any) -> None:
        """All of it."""
        side: Literal["buy", "sell"] = "sell" if position.size > 0 else "buy"
        ws.place_order(
            position.inst_id, side, "market", abs(position.size), None, client_id, reduce_only=True, **options
        )

    def inst_id(self, instrument: VenueInstrument) -> str:
        """As Bitget names it, spot pairs and contracts alike."""
        return symbol_of(instrument)

    def size(self, instrument: VenueInstrument, lots: int) -> Decimal:
        """In coins."""
        return instrument.coins(lots)

    def facts(self, order: VenueOrder) -> dict[str, Any]:
        """As Bitget tells it: the size of a market order that buys on spot is money."""
        is_money = order.px is None and order.side == "buy" and not order.instrument.is_swap
        return super().facts(order) | ({"size": None} if is_money else {})


class BitgetClassicWire(BitgetWire):
    """Bitget V2: the futures of a classic account. Its stream places and cancels single orders; REST does the rest."""

    instruments = tuple(name for name in INSTRUMENTS if name.endswith("-SWAP"))
    channels = ("orders", "positions", "account")
    snapshots = ("positions", "account")
    recovery: ClassVar[tuple[str, ...]] = (
        "/api/v2/mix/order/orders-history",
        "/api/v2/mix/order/orders-pending",
        "/api/v2/mix/order/detail",
        "/api/v2/mix/order/fills",
        "/api/v2/mix/position/all-position",
        "/api/v2/mix/position/history-position",
        "/api/v2/mix/account/accounts",
    )
    rest_order = "/api/v2/mix/order/place-order"

    def _config(self, paper: PaperExchange) -> BitgetConfig:
        return attrs.evolve(paper.bitget_config("v2"), timeout_secs=3.0)

    def asked(self, message: Mapping[str, Any]) -> list[str]:
        """Look at ``params`` of each of ``args``."""
        args = message["args"] if message.get("op") == "trade" else []
        return [one["params"]["clientOid"] for one in args if one["channel"] == "place-order"]

    def asked_over_rest(self, request: Request) -> list[str]:
        """Look at the body, an order or ``orderList``; a change makes a new order."""
        if request.path == "/api/v2/mix/order/modify-order":
            return [request.body["newClientOid"]]
        if request.path not in (self.rest_order, "/api/v2/mix/order/batch-place-order"):
            return []
        return [order["clientOid"] for order in request.body.get("orderList", [request.body])]

    def place_batch(self, ws: BitgetWsClient, orders: Sequence[Draw], **options: Any) -> None:
        """One by one."""
        for one in orders:
            ws.place_order(**self.call(one), **options)

    def place_batch_by_rest(self, rest: BitgetClient, orders: Sequence[Draw]) -> None:
        """Of one contract."""
        inst_id = orders[0].instrument.instId
        rows = [self.call(one) for one in orders if one.instrument.instId == inst_id]
        rest.place_batch_orders([{name: row[name] for name in row if name != "category"} for row in rows])

    def cancel_by_rest(self, rest: BitgetClient, order: OrderHandle) -> None:
        """By the client's id."""
        rest.cancel_order(order.inst_id, client_oid=order.client_order_id)

    def cancel_batch(self, ws: BitgetWsClient, orders: Sequence[OrderHandle], **options: Any) -> None:
        """One by one."""
        for one in orders:
            ws.cancel_order(one.inst_id, one.order_id, **options)

    def is_right(self, name: str, ours: Any, facts: Mapping[str, Any]) -> bool:
        """REST tells no fee of an order without fills."""
        return super().is_right(name, ours, facts) or (name == "fee" and ours is None and not facts["fills"])

    def holdings(self, account: VenueAccount) -> tuple[dict[str, Any], dict[str, Any]]:
        """Positions and names of coins: V2 tells no cash, and its other amounts move with prices."""
        positions, _ = super().holdings(account)
        return positions, {}

    def money(self, balance: BalanceUpdate) -> None:
        """As :meth:`holdings`."""
