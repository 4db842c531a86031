"""The exchanges of the chaos test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

import attrs

from okx_sync import (
    BybitClient,
    BybitWsClient,
    LinkOptions,
    OkxClient,
    WsClient,
)
from okx_sync.exchanges.bybit.trade.requests import CancelOrder as BybitCancelOrder
from okx_sync.exchanges.bybit.trade.requests import NewOrder as BybitNewOrder
from okx_sync.exchanges.okx.rest import CancelOrder, NewOrder
from okx_sync.paper import PaperExchange
from okx_sync.paper.bybit.identifiers import category_of, order_id, symbol_of, trade_id
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.records import VenueAccount, VenueFill, VenueOrder
from okx_sync.rest import Limiter
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.types import BalanceUpdate, PositionUpdate
from tests.loopback.chaos_wire import Draw, Wire
from tests.loopback.chaos_wires_bitget import BitgetClassicWire, BitgetWire


class OkxWire(Wire):
    """OKX V5."""

    private: ClassVar[tuple[str, ...]] = ("private",)
    channels = ("orders", "fills", "positions", "account")
    snapshots = ("positions", "account")
    recovery: ClassVar[tuple[str, ...]] = (
        "/api/v5/trade/orders-history",
        "/api/v5/trade/orders-pending",
        "/api/v5/trade/fills",
        "/api/v5/account/positions",
        "/api/v5/account/balance",
    )
    replies: ClassVar[tuple[str, ...]] = ("order", "cancel-order")
    rest_order = "/api/v5/trade/order"
    can_expire = True

    def client(self, paper: PaperExchange, options: LinkOptions, limiter: Limiter) -> WsClient:
        """Make a stream client."""
        return WsClient(attrs.evolve(paper.config, timeout_secs=3.0), options=options, limiter=limiter)

    def rest(self, paper: PaperExchange, limiter: Limiter) -> OkxClient:
        """Make a REST client."""
        return OkxClient(attrs.evolve(paper.config, timeout_secs=3.0), limiter=limiter)

    def asked(self, message: Mapping[str, Any]) -> list[str]:
        """Look at ``args``."""
        wanted = message.get("op") in ("order", "batch-orders")
        return [order["clOrdId"] for order in message["args"]] if wanted else []

    def asked_over_rest(self, request: Request) -> list[str]:
        """Look at the body, an order or a list."""
        if request.path not in (self.rest_order, "/api/v5/trade/batch-orders"):
            return []
        return [order["clOrdId"] for order in (request.body if isinstance(request.body, list) else [request.body])]

    def words(self, order: Draw) -> dict[str, Any]:
        """Return the same as :meth:`call`, in neutral words."""
        names = {"ord_type": "order_type", "sz": "size", "px": "price", "cl_ord_id": "client_order_id"}
        return {names.get(name, name): value for name, value in self.call(order).items()}

    def call(self, order: Draw) -> dict[str, Any]:
        """Return the names of ``NewOrder``."""
        td_mode = "cross" if order.is_swap else "cash"
        made: dict[str, Any] = {"inst_id": order.instrument.instId, "td_mode": td_mode, "side": order.side}
        made |= {"ord_type": order.kind, "sz": order.size, "cl_ord_id": order.client_id}
        if order.price is not None:
            return {**made, "px": order.price}
        return made if order.is_swap else {**made, "tgt_ccy": "base_ccy"}

    def place_batch(self, ws: WsClient, orders: Sequence[Draw], **options: Any) -> None:
        """Of any instruments."""
        ws.place_batch_orders([NewOrder(**self.call(one)) for one in orders], **options)

    def place_batch_by_rest(self, rest: OkxClient, orders: Sequence[Draw]) -> None:
        """Of any instruments."""
        rest.trade.place_batch_orders([NewOrder(**self.call(one)) for one in orders])

    def cancel_by_rest(self, rest: OkxClient, order: OrderHandle) -> None:
        """By the client's id."""
        rest.cancel_order(order.inst_id, cl_ord_id=order.client_order_id)

    def cancel_batch(self, ws: WsClient, orders: Sequence[OrderHandle], **options: Any) -> None:
        """By the exchange's ids."""
        ws.cancel_batch_orders([CancelOrder(one.inst_id, one.order_id) for one in orders], **options)

    def close(self, ws: WsClient, position: PositionUpdate, client_id: str, **options: Any) -> None:
        """All of it."""
        side = "sell" if position.size > 0 else "buy"
        ws.place_order(
            position.inst_id, "cross", side, "market", abs(position.size), None, client_id, reduce_only=True, **options
        )

    def money(self, balance: BalanceUpdate) -> tuple[Decimal | None, Decimal | None]:
        """As the row has it: ``frozen`` is more than what orders freeze."""
        return balance.cash, balance.raw.ordFrozen


_FORCES: Final = {"post_only": "PostOnly", "ioc": "IOC"}


class BybitWire(Wire):
    """Bybit V5. Orders go over a connection of their own."""

    private = ("v5/private", "v5/trade")
    channels = ("order", "execution", "position", "wallet")
    snapshots = ()
    recovery: ClassVar[tuple[str, ...]] = (
        "/v5/order/realtime",
        "/v5/order/history",
        "/v5/execution/list",
        "/v5/position/list",
        "/v5/account/wallet-balance",
    )
    replies: ClassVar[tuple[str, ...]] = ("order.create", "order.cancel")
    rest_order = "/v5/order/create"
    untold = frozenset({"pnl"})

    def client(self, paper: PaperExchange, options: LinkOptions, limiter: Limiter) -> BybitWsClient:
        """Make a stream client."""
        return BybitWsClient(attrs.evolve(paper.bybit_config(), timeout_secs=3.0), options=options, limiter=limiter)

    def rest(self, paper: PaperExchange, limiter: Limiter) -> BybitClient:
        """Make a REST client."""
        return BybitClient(attrs.evolve(paper.bybit_config(), timeout_secs=3.0), limiter=limiter)

    def asked(self, message: Mapping[str, Any]) -> list[str]:
        """Look at ``args``, in which a batch is a list of its own."""
        if message.get("op") not in ("order.create", "order.create-batch"):
            return []
        return self._ids(message["args"][0])

    def asked_over_rest(self, request: Request) -> list[str]:
        """Look at the body."""
        is_order = request.path in (self.rest_order, "/v5/order/create-batch")
        return self._ids(request.body) if is_order else []

    def _ids(self, args: Mapping[str, Any]) -> list[str]:
        return [order["orderLinkId"] for order in args.get("request", [args])]

    def words(self, order: Draw) -> dict[str, Any]:
        """Return the neutral words."""
        made: dict[str, Any] = {"inst_id": self.inst_id(order.instrument)}
        made |= {"side": order.side, "order_type": order.kind}
        made |= {"size": self._coins(order), "price": order.price, "client_order_id": order.client_id}
        return made | self._market(order)

    def call(self, order: Draw) -> dict[str, Any]:
        """Return Bybit's own words."""
        return self._row(order) | self._market(order)

    def _row(self, order: Draw) -> dict[str, Any]:
        made: dict[str, Any] = {"symbol": self.inst_id(order.instrument), "side": order.side.capitalize()}
        made["qty"] = self._coins(order)
        made |= {"order_type": "Market" if order.price is None else "Limit", "order_link_id": order.client_id}
        return made | {"price": order.price, "time_in_force": _FORCES.get(order.kind)}

    def _market(self, order: Draw) -> dict[str, Any]:
        unit = {"market_unit": "baseCoin"} if order.price is None and not order.is_swap else {}
        return {"category": category_of(order.instrument), **unit}

    def _coins(self, order: Draw) -> Decimal:
        return order.size * order.instrument.ctVal if order.is_swap else order.size

    def place_batch(self, ws: BybitWsClient, orders: Sequence[Draw], **options: Any) -> None:
        """Those for contracts: a batch is of one category."""
        rows = [BybitNewOrder(**self._row(one)) for one in orders if one.is_swap]
        if rows:
            ws.place_batch_orders(rows, **options)

    def place_batch_by_rest(self, rest: BybitClient, orders: Sequence[Draw]) -> None:
        """Those for contracts."""
        rows = [BybitNewOrder(**self._row(one)) for one in orders if one.is_swap]
        if rows:
            rest.place_batch_orders(rows)

    def cancel_by_rest(self, rest: BybitClient, order: OrderHandle) -> None:
        """By the client's id, in its own market."""
        if (row := order.snapshot().raw) is not None:
            rest.cancel_order(order.inst_id, order_link_id=order.client_order_id, category=row.category)

    def cancel_batch(self, ws: BybitWsClient, orders: Sequence[OrderHandle], **options: Any) -> None:
        """Those for contracts."""
        chosen = [one for one in orders if getattr(one.snapshot().raw, "category", None) == "linear"]
        if chosen:
            ws.cancel_batch_orders([BybitCancelOrder(one.inst_id, one.order_id) for one in chosen], **options)

    def close(self, ws: BybitWsClient, position: PositionUpdate, client_id: str, **options: Any) -> None:
        """All of it."""
        side = "Sell" if position.size > 0 else "Buy"
        ws.place_order(
            position.inst_id, side, "Market", abs(position.size), None, client_id, reduce_only=True, **options
        )

    def order_id(self, order: VenueOrder) -> str:
        """As Bybit writes ids."""
        return order_id(order.id)

    def inst_id(self, instrument: VenueInstrument) -> str:
        """As Bybit names it, spot pairs and contracts alike."""
        return symbol_of(instrument)

    def trade_id(self, fill: VenueFill) -> str:
        """As Bybit writes ids."""
        return trade_id(fill.order.instrument, fill.tradeId)

    def size(self, instrument: VenueInstrument, lots: int) -> Decimal:
        """In coins."""
        return instrument.coins(lots)

    def holdings(self, account: VenueAccount) -> tuple[dict[str, Any], dict[str, Any]]:
        """Without what is frozen: Bybit calls frozen what spot orders lock."""
        positions, balances = super().holdings(account)
        return positions, {currency: (cash, Decimal(0)) for currency, (cash, _) in balances.items()}

    def money(self, balance: BalanceUpdate) -> tuple[Decimal | None, Decimal | None]:
        """As :meth:`holdings`."""
        return balance.cash, Decimal(0)


WIRES: Final[Mapping[str, Wire]] = {
    "okx": OkxWire(),
    "bybit": BybitWire(),
    "bitget": BitgetWire(),
    "bitget-v2": BitgetClassicWire(),
}
