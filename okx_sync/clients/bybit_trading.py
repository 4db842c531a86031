"""The order operations of ``BybitWsClient`` on Bybit's trade stream, typed.

Common to all: names and results are those of Bybit's REST endpoints, and the neutral words of an order (``size``,
``client_order_id``, ...; see ``docs/orders.md``) work as well; sizes and prices are ``Decimal``, ``int`` or text;
``category`` (``product`` says the same) left out is the config's where the instrument's name may be of that, else what
the name says. A call blocks until its own reply is there, at most ``timeout`` seconds in all,
and may be made from any number of threads; with ``wait=False`` it returns a future of the same result. The first one
connects and logs in. Accepted is not done: the channel ``order`` reports what becomes of an order.

Where there is no trade stream (demo trading) operations go by REST. So does what the stream certainly did not take:
while its link is down, and where it takes none from this key; then the next of the kind go by REST at once. Nothing is
sent by both. ``BybitWsClient(orders_by=...)`` says otherwise.

Raised before anything is sent: ``ConfigError`` for what cannot be right, ``OkxAuthError`` without credentials,
``ConnectionLost`` while the link is down and nothing goes by REST, ``OkxTimeoutError`` when the rate limits leave no
room in time, ``ReadOnlyError``, ``DryRun``. After: ``OkxApiError`` when the order was refused, ``OkxRateLimitError``
for "too many", ``OrderStatusUnknown`` when no answer says what became of it: ``ws.reconcile(error)`` looks the order up
over REST. Page: "Websocket Trade Guideline" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from okx_sync.clients.bybit_rest_access import BybitRestAccess
from okx_sync.clients.old_names import OldBatchNames
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.products import category_of, category_of_all
from okx_sync.exchanges.product_words import said_product
from okx_sync.lazy import LatePart
from okx_sync.live.lost_orders import LostOrdersByRest

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.argument_words import (
        OrderType,
        Side,
    )
    from okx_sync.exchanges.bybit.order_lookup import BybitOrderLookup
    from okx_sync.exchanges.bybit.order_options import AmendOptions, CallOptions, CancelOptions, PlaceOptions
    from okx_sync.exchanges.bybit.trade import requests
    from okx_sync.exchanges.bybit.trade.models import Order, OrderReceipt
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest import BatchResult, Number

    _LostOrders = LostOrdersByRest[Order, BybitOrderLookup]
    _NewOrders = Sequence[requests.NewOrder | Mapping[str, Any]]
    _AmendOrders = Sequence[requests.AmendOrder | Mapping[str, Any]]
    _CancelOrders = Sequence[requests.CancelOrder | Mapping[str, Any]]
else:
    _LostOrders = LostOrdersByRest

__all__ = ["BybitTrading"]


class BybitTrading(OldBatchNames, _LostOrders):
    """Order operations; a client mixes this in, sets ``config``, and makes the order entry (``_make_part``)."""

    config: BybitConfig
    _rest: BybitRestAccess
    _order_entry: LatePart[OrderEntry] = LatePart("okx_sync.live.order_entry", "OrderEntry")

    @overload
    def place_order(
        self, symbol: str | None = ..., side: Side | None = ..., order_type: OrderType | None = ...,
        qty: Number | None = ..., price: Number | None = ...,
        order_link_id: str | None = ..., *, wait: Literal[True] = ..., **options: Unpack[PlaceOptions],
    ) -> OrderReceipt: ...  # fmt: skip
    @overload
    def place_order(
        self, symbol: str | None = ..., side: Side | None = ..., order_type: OrderType | None = ...,
        qty: Number | None = ..., price: Number | None = ...,
        order_link_id: str | None = ..., *, wait: Literal[False], **options: Unpack[PlaceOptions],
    ) -> Future[OrderReceipt]: ...  # fmt: skip
    def place_order(
        self,
        symbol: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        order_link_id: str | None = None,
        *,
        wait: bool = True,
        **options: Unpack[PlaceOptions],
    ) -> OrderReceipt | Future[OrderReceipt]:
        """Place an order (``order.create``). The id ``order_link_id`` is made up when left out."""
        args = (symbol, side, order_type, qty, price, order_link_id)
        result: OrderReceipt | Future[OrderReceipt] = self._run("order.create", args, wait, options)
        return result

    @overload
    def amend_order(
        self, symbol: str | None = ..., order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[True] = ..., **options: Unpack[AmendOptions],
    ) -> OrderReceipt: ...  # fmt: skip
    @overload
    def amend_order(
        self, symbol: str | None = ..., order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[False], **options: Unpack[AmendOptions],
    ) -> Future[OrderReceipt]: ...  # fmt: skip
    def amend_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        wait: bool = True,
        **options: Unpack[AmendOptions],
    ) -> OrderReceipt | Future[OrderReceipt]:
        """Change an order, named by one of its ids (``order.amend``)."""
        args = (symbol, order_id, order_link_id)
        result: OrderReceipt | Future[OrderReceipt] = self._run("order.amend", args, wait, options)
        return result

    @overload
    def cancel_order(
        self, symbol: str | None = ..., order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[True] = ..., **options: Unpack[CancelOptions],
    ) -> OrderReceipt: ...  # fmt: skip
    @overload
    def cancel_order(
        self, symbol: str | None = ..., order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[False], **options: Unpack[CancelOptions],
    ) -> Future[OrderReceipt]: ...  # fmt: skip
    def cancel_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        wait: bool = True,
        **options: Unpack[CancelOptions],
    ) -> OrderReceipt | Future[OrderReceipt]:
        """Cancel an order, named by one of its ids (``order.cancel``)."""
        args = (symbol, order_id, order_link_id)
        result: OrderReceipt | Future[OrderReceipt] = self._run("order.cancel", args, wait, options)
        return result

    @overload
    def place_batch_orders(
        self, orders: _NewOrders, *,
        wait: Literal[True] = ..., **options: Unpack[CallOptions],
    ) -> BatchResult[OrderReceipt]: ...  # fmt: skip
    @overload
    def place_batch_orders(
        self, orders: _NewOrders, *,
        wait: Literal[False], **options: Unpack[CallOptions],
    ) -> Future[BatchResult[OrderReceipt]]: ...  # fmt: skip
    def place_batch_orders(self, orders: _NewOrders, *, wait: bool = True, **options: Unpack[CallOptions]) -> Any:
        """Place up to 20 orders, 10 on spot (``order.create-batch``), each with its own verdict."""
        return self._run("order.create-batch", (orders,), wait, options)

    @overload
    def amend_batch_orders(
        self, orders: _AmendOrders, *,
        wait: Literal[True] = ..., **options: Unpack[CallOptions],
    ) -> BatchResult[OrderReceipt]: ...  # fmt: skip
    @overload
    def amend_batch_orders(
        self, orders: _AmendOrders, *,
        wait: Literal[False], **options: Unpack[CallOptions],
    ) -> Future[BatchResult[OrderReceipt]]: ...  # fmt: skip
    def amend_batch_orders(self, orders: _AmendOrders, *, wait: bool = True, **options: Unpack[CallOptions]) -> Any:
        """Change up to 20 orders, 10 on spot (``order.amend-batch``), each with its own verdict."""
        return self._run("order.amend-batch", (orders,), wait, options)

    @overload
    def cancel_batch_orders(
        self, orders: _CancelOrders, *,
        wait: Literal[True] = ..., **options: Unpack[CallOptions],
    ) -> BatchResult[OrderReceipt]: ...  # fmt: skip
    @overload
    def cancel_batch_orders(
        self, orders: _CancelOrders, *,
        wait: Literal[False], **options: Unpack[CallOptions],
    ) -> Future[BatchResult[OrderReceipt]]: ...  # fmt: skip
    def cancel_batch_orders(self, orders: _CancelOrders, *, wait: bool = True, **options: Unpack[CallOptions]) -> Any:
        """Cancel up to 20 orders, 10 on spot (``order.cancel-batch``), each with its own verdict."""
        return self._run("order.cancel-batch", (orders,), wait, options)

    def _run(self, word: str, args: tuple[Any, ...], wait: bool, options: Mapping[str, Any]) -> Any:
        given = {**options, "wait": wait}
        return self._order_entry.run(word, self._with_category(args, given), given)

    def _load_for_orders(self) -> None:
        """Load what the first order needs."""
        self._order_entry.load()

    def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what an operation would raise before it connects."""
        self._order_entry.check(word, self._with_category(args, options), options)

    def _with_category(self, args: tuple[Any, ...], options: dict[str, Any]) -> tuple[Any, ...]:
        """Return the arguments of the twin, which begin with the category; takes that out of ``options``."""
        category, first, usual = said_product(options), args[0], self.config.category
        if category is None and isinstance(first, list | tuple):
            category = category_of_all(first, usual)
        elif category is None:
            symbol = options.get("inst_id") if first is None else first
            category = category_of(symbol, usual) if isinstance(symbol, str) else usual
        return (category, *args)
