"""The order operations of ``BybitWsClient`` on Bybit's trade stream, typed.

Common to all: names and results are those of Bybit's REST endpoints, and the neutral words of an order (``size``,
``client_order_id``, ...; see ``docs/orders.md``) work as well; sizes and prices are ``Decimal``, ``int`` or text;
``category`` left out is the config's. A call blocks until its own reply is there, at most ``timeout`` seconds in all,
and may be made from any number of threads; with ``wait=False`` it returns a future of the same result. The first one
connects and logs in. Accepted is not done: the channel ``order`` reports what becomes of an order.

Raised before anything is sent: ``ConfigError`` for what cannot be right, ``OkxAuthError`` without credentials,
``ConnectionLost`` while the link is down, ``OkxTimeoutError`` when the rate limits leave no room in time,
``ReadOnlyError``, ``DryRun``. After: ``OkxApiError`` when the order was refused, ``OkxRateLimitError`` for "too many",
``OrderStatusUnknown`` when no answer says what became of it: ``BybitClient(config).reconcile(error)`` looks it up.
Page: "Websocket Trade Guideline" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

from okx_sync.clients.old_names import OldBatchNames
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.argument_words import (
        BboSide,
        Category,
        MarketUnit,
        OrderFilter,
        OrderType,
        PositionIdx,
        Side,
        SlippageType,
        SmpType,
        TimeInForce,
        TpslMode,
        TriggerBy,
        TriggerDirection,
    )
    from okx_sync.exchanges.bybit.trade import requests
    from okx_sync.exchanges.bybit.trade.models import OrderReceipt
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest import BatchResult, Number

    _NewOrders = Sequence[requests.NewOrder | Mapping[str, Any]]
    _AmendOrders = Sequence[requests.AmendOrder | Mapping[str, Any]]
    _CancelOrders = Sequence[requests.CancelOrder | Mapping[str, Any]]

__all__ = ["BybitTrading"]


class RequestOptions(TypedDict, total=False):
    """Options of every order, on streams and over REST.

    ``recv_window``: for how many ms the request is good; ``referer``: a broker's id.
    """

    recv_window: int
    referer: str


class CallOptions(RequestOptions, total=False):
    """Options of every order operation of Bybit's trade stream.

    ``category``: another market than the config's; ``timeout``: seconds for the whole call.
    """

    category: Category
    timeout: float | None


class IdOptions(TypedDict, total=False):
    """Other words for the ids: ``inst_id`` is ``symbol``, ``client_order_id`` is ``order_link_id``."""

    inst_id: str
    client_order_id: str | None
    order_filter: OrderFilter


class OrderOptions(TypedDict, total=False):
    """The rarer parameters of an order; ``position_idx``: 0 one-way, 1 long and 2 short side in hedge mode.

    ``inst_id`` is ``symbol``, ``size`` is ``qty``, ``client_order_id`` is ``order_link_id``.
    """

    inst_id: str
    size: Number | None
    client_order_id: str | None
    time_in_force: TimeInForce
    position_idx: PositionIdx
    reduce_only: bool
    close_on_trigger: bool
    trigger_price: Number
    trigger_direction: TriggerDirection
    trigger_by: TriggerBy
    take_profit: Number
    stop_loss: Number
    tp_trigger_by: TriggerBy
    sl_trigger_by: TriggerBy
    tpsl_mode: TpslMode
    tp_limit_price: Number
    sl_limit_price: Number
    tp_order_type: OrderType
    sl_order_type: OrderType
    smp_type: SmpType
    order_iv: Number
    mmp: bool
    is_leverage: bool
    market_unit: MarketUnit
    order_filter: OrderFilter
    slippage_tolerance_type: SlippageType
    slippage_tolerance: Number
    rpi_taker_access: bool
    bbo_side_type: BboSide
    bbo_level: int


class ChangeOptions(TypedDict, total=False):
    """What may change of an order. ``new_size`` and ``size`` are ``qty``, ``new_price`` is ``price``."""

    inst_id: str
    client_order_id: str | None
    new_size: Number | None
    size: Number | None
    new_price: Number | None
    qty: Number
    price: Number
    trigger_price: Number
    trigger_by: TriggerBy
    take_profit: Number
    stop_loss: Number
    tp_trigger_by: TriggerBy
    sl_trigger_by: TriggerBy
    tpsl_mode: TpslMode
    tp_limit_price: Number
    sl_limit_price: Number
    order_iv: Number


class PlaceOptions(CallOptions, OrderOptions, total=False):
    """What an order may have besides, and the options of the call."""


class AmendOptions(CallOptions, ChangeOptions, total=False):
    """What may change of an order, and the options of the call."""


class CancelOptions(CallOptions, IdOptions, total=False):
    """Other words for the ids, the kind of a spot order, and the options of the call."""


class BybitTrading(OldBatchNames):
    """Order operations; a client mixes this in, sets ``config``, and makes the order entry (``_make_part``)."""

    config: BybitConfig
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

    def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what an operation would raise before it connects."""
        self._order_entry.check(word, self._with_category(args, options), options)

    def _with_category(self, args: tuple[Any, ...], options: dict[str, Any]) -> tuple[Any, ...]:
        return (options.pop("category", None) or self.config.category, *args)
