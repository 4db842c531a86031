"""OKX's side of ``ws.orders``: the channels that feed it, its questions to REST, and its orders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, get_args

import attrs

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import (
    ConfigError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OkxError,
    OkxRateLimitError,
    OrderStatusUnknown,
    ReadOnlyError,
)
from okx_sync.exchanges.okx import error_codes, words
from okx_sync.exchanges.okx.recovery.horizon import types_of
from okx_sync.live.order_feed import OpenOrders, OrderFeed
from okx_sync.live.order_words import joined, neutral_words
from okx_sync.rows.tolerant import each
from okx_sync.state.orders.cancel_all import CancelVerdict
from okx_sync.state.orders.new_order import OrderRules, new_order
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate

if TYPE_CHECKING:
    from okx_sync.clients.okx_rest import OkxClient
    from okx_sync.exchanges.okx.trade.models import FillRecord, OrderResult

__all__ = ["OkxOrders", "Sender"]

_GONE: Final = frozenset({"51400", "51401", "51402", "51603"})  # filled, canceled, or never existed
_CANCELING: Final = "51410"
_BATCH: Final = 20
_NO_PRICE: Final = ("market", "optimal_limit_ioc")
_RULES: Final = OrderRules(
    order_types={word: word not in _NO_PRICE for word in get_args(get_args(words.OrdType)[0])},
    other_prices=("px_usd", "px_vol"),
    client_id=re.compile(r"[0-9A-Za-z]{1,32}"),
    client_id_hint="up to 32 letters and digits",
)


class Sender(Protocol):
    """A sender of orders with the names and parameters of ``client.trade``: a ``WsClient``."""

    def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what the operation ``word`` would raise before it connects."""

    @property
    def place_order(self) -> Callable[..., Any]:
        """Returns the receipt."""

    @property
    def cancel_order(self) -> Callable[..., Any]:
        """The same."""

    @property
    def amend_order(self) -> Callable[..., Any]:
        """The same."""

    @property
    def cancel_batch_orders(self) -> Callable[..., Any]:
        """Returns a receipt for each."""


class OkxOrders:
    """The orders of an OKX client: an ``OrderSource``.

    Args:
        subscribe: The client's.
        rest: Gives the client's REST client.
        sender: Sends the orders.
    """

    path = "private"
    can_ask = True
    no_source = None
    needs_fills = False

    def __init__(
        self, subscribe: Callable[..., Subscription[Any]], rest: Callable[[], OkxClient], sender: Sender
    ) -> None:
        self._subscribe = subscribe
        self._rest = rest
        self._sender = sender

    # -- streams -------------------------------------------------------------------------------------------------

    def follow_orders(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the channel ``orders``, all types of instrument. Raises what ``subscribe`` raises."""
        return [self._subscribe("orders", OrderFeed(manager), instType="ANY", inline=True)]

    def follow_fills(self, manager: OrderManager) -> Sequence[Subscription[Any]]:
        """Feed the manager from the channel ``fills`` as well. Raises what ``subscribe`` raises."""
        return [self._subscribe("fills", OrderFeed(manager), inline=True)]

    # -- REST ------------------------------------------------------------------------------------------------------

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        """Return all open orders, or those of an instrument, oldest first.

        Raises ``ConfigError`` for an instrument that the exchange does not know, else ``OkxError``.
        """
        rest = self._rest()
        found, lost = each(rest.trade.iter_orders_pending(inst_id=inst_id), lambda row: row.to_update())
        if inst_id is not None and not found and not lost:
            rest.instruments.get(inst_id)  # the list of a misspelt name is empty as well
        return OpenOrders([_fetched(update) for update in reversed(found)], lost)

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        """Return one order as it is now. Raises ``OkxError``.

        None when OKX does not know it, or shows another order of the same id.
        """
        ids = {"instId": order.inst_id, "ordId": order.order_id, "clOrdId": order.client_order_id}
        named = {name: value for name, value in ids.items() if value is not None}
        asked: dict[str, str] = named if order.side is None else {**named, "side": order.side}
        unknown = OrderStatusUnknown(
            "looked up", clOrdId="", orders=[named], action="place", sent_at=order.sent_at, requests=[asked]
        )
        row = self._rest().lookup(unknown, timeout=0).order
        return None if row is None else _fetched(row.to_update())

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        """Return the fills of an order, oldest first, from the listing of three days and, if needed, of three months.

        Raises ``OkxError``.
        """
        trade = self._rest().trade
        listings: list[Callable[..., list[FillRecord]]] = [trade.get_fills]
        listings += [partial(trade.get_fills_history, kind) for kind in types_of({"instId": order.inst_id})]
        found: dict[str, FillUpdate] = {}
        for listing in listings:
            for fill in _all_fills(listing, order):
                found.setdefault(fill.trade_id, fill)
            if sum((fill.size for fill in found.values()), Decimal(0)) >= order.filled:
                break
        return list(found.values())[::-1]

    # -- requests ----------------------------------------------------------------------------------------------------

    def new_id(self) -> str:
        """Make a client order id."""
        from okx_sync.exchanges.okx.rest_dialect import new_cl_ord_id  # streams alone do without REST

        return new_cl_ord_id()

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        """Make the order that ``words`` ask for, neutral or OKX's own.

        Raises ``ConfigError`` for what cannot be right.
        """
        from okx_sync.exchanges.okx import order_words  # streams alone do without REST
        from okx_sync.exchanges.okx.trade import rest as trade

        place = next(one for one in trade.Trade.endpoints if one.name == "place_order")
        names = [param.name for param in place.params]
        found = neutral_words(words, names, order_words.PLACE, ("timeout", "rest_fallback"))
        new = new_order(found, self.new_id, _RULES)
        if not new.options.get("td_mode"):
            raise ConfigError("td_mode is missing", hint="td_mode='cash' for SPOT, 'cross' or 'isolated' for the rest")
        self._sender._check_order("order", *_call(new))
        return new

    def place(self, new: PreparedOrder) -> str | None:
        """Send it. Raises what ``place_order`` raises."""
        args, options = _call(new)
        receipt = self._sender.place_order(*args, **options)
        order_id: str | None = receipt.ordId
        return order_id

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[CancelVerdict, OkxError | None]]:
        """Ask for the end of all of them, in batches. Raises what forbids all of it (``ReadOnlyError``, ...)."""
        found: list[tuple[CancelVerdict, OkxError | None]] = []
        for start in range(0, len(orders), _BATCH):
            try:
                found += self._cancel_batch(orders[start : start + _BATCH])
            except (ReadOnlyError, DryRun, OkxAuthError) as error:
                if not found:
                    raise
                # What became of the others must be known all the same.
                found += [("not_sent", error)] * len(orders[start : start + _BATCH])
        return found

    def _cancel_batch(self, orders: Sequence[OrderState]) -> list[tuple[CancelVerdict, OkxError | None]]:
        rows = [{"inst_id": one.inst_id, "ord_id": one.order_id} for one in orders]
        try:
            told = self._sender.cancel_batch_orders(rows)
        except (ReadOnlyError, DryRun, OkxAuthError):
            raise
        except OrderStatusUnknown as error:
            return [("unknown", error)] * len(orders)
        except (OkxApiError, OkxRateLimitError) as error:
            return [("refused", error)] * len(orders)
        except OkxError as error:
            if isinstance(error, ConfigError) and len(orders) > 1:  # one that cannot be sent must not keep the others
                return [self._cancel_batch([one])[0] for one in orders]
            return [("not_sent", error)] * len(orders)
        unknown = set(map(id, told.unknown))
        return [
            _verdict(one, None if id(row) in unknown else row, told.lost) for one, row in zip(orders, told, strict=True)
        ]

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end; False when it is gone. Raises what ``cancel_order`` raises."""
        try:
            self._sender.cancel_order(order.inst_id, order.order_id, None if order.order_id else order.client_order_id)
        except OkxApiError as error:
            if error.code in _GONE:
                return False
            if error.code != _CANCELING:
                raise
        return True

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change. Raises what ``amend_order`` raises."""
        from okx_sync.exchanges.okx import order_words  # streams alone do without REST

        own_id = None if order.order_id else order.client_order_id
        fixed = {"inst_id": order.inst_id, "order_id": order.order_id, "client_order_id": own_id}
        self._sender.amend_order(**joined(fixed, {"size": size, "price": price, **options}, order_words.IDS))


def _call(new: PreparedOrder) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return arguments and options of ``place_order``."""
    options = dict(new.options)
    td_mode = options.pop("td_mode")
    if new.expires_at is not None:
        options["exp_time"] = new.expires_at
    return (new.inst_id, td_mode, new.side, new.order_type, new.size, new.price, new.client_order_id), options


def _verdict(
    order: OrderState, row: OrderResult | None, lost: OrderStatusUnknown | None
) -> tuple[CancelVerdict, OkxError | None]:
    """Return what a batch's answer says of one order; an answer without its row says nothing."""
    if row is None or row.sCode is None:
        ids = {"instId": order.inst_id, "ordId": order.order_id or ""}
        return "unknown", lost or OrderStatusUnknown("the answer does not mention this order", clOrdId="", orders=[ids])
    if row.ok or row.sCode == _CANCELING:
        return "accepted", None
    if row.sCode in _GONE:
        return "gone", None
    return "refused", error_codes.error_for(row.sCode, row.sMsg or "", environment="okx")


def _all_fills(listing: Callable[..., list[FillRecord]], order: OrderState) -> Iterator[FillUpdate]:
    """Yield the fills of an order in one listing, newest first."""
    after: str | None = None
    while True:
        rows = listing(inst_id=order.inst_id, ord_id=order.order_id, after=after, limit=100)
        for row in rows:
            if (fill := row.to_update()) is not None:
                yield attrs.evolve(fill, recovered=True)
        if len(rows) < 100:
            return
        after = rows[-1].billId


def _fetched(update: OrderUpdate) -> OrderUpdate:
    """Mark an update, and its fill, as fetched."""
    fill = None if update.fill is None else attrs.evolve(update.fill, recovered=True)
    return attrs.evolve(update, fill=fill, recovered=True)
