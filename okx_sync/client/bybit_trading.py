"""The order operations of ``BybitWsClient`` on Bybit's trade stream, typed, and how ``ws.orders`` sends there.

Common to all: names and results are those of Bybit's REST endpoints, sizes and prices are ``Decimal``, ``int`` or text;
``category`` left out is the config's. A call blocks until its own reply is there, at most ``timeout`` seconds in all,
and may be made from any number of threads; with ``wait=False`` it returns a future of the same result. The first one
connects and logs in. Accepted is not done: what becomes of an order is told by the channel ``order``.

Raised before anything is sent: ``ConfigError`` for what cannot be right, ``OkxAuthError`` without credentials,
``ConnectionLost`` while the link is down, ``OkxTimeoutError`` when the rate limits leave no room in time,
``ReadOnlyError``, ``DryRun``. After: ``OkxApiError`` when the order was refused, ``OkxRateLimitError`` for "too many",
``OrderStatusUnknown`` when no answer came. Page: "Websocket Trade Guideline" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict, Unpack, overload

from okx_sync.client.order_desk import OrderDesk
from okx_sync.errors import ConfigError, OkxApiError
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.state.order_state import NewOrder, OrderState

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.models.orders import OrderReceipt
    from okx_sync.exchanges.bybit.rest import requests
    from okx_sync.exchanges.bybit.rest.words import Category, OrderType, PositionIdx, Side, TimeInForce, TriggerBy
    from okx_sync.rest import BatchResult, Number

__all__ = ["BybitSender", "BybitTrading"]

_GONE: Final = "110001"


class CallOptions(TypedDict, total=False):
    """``category``: another market than the config's; ``timeout``: seconds for the whole call; ``recv_window``: for
    how many ms the request is good; ``referer``: a broker's id.
    """

    category: Category
    timeout: float | None
    recv_window: int
    referer: str


class PlaceOptions(CallOptions, total=False):
    """The rarer parameters of an order; ``position_idx``: 0 one-way, 1 long and 2 short side in hedge mode."""

    time_in_force: TimeInForce
    position_idx: PositionIdx
    reduce_only: bool
    close_on_trigger: bool
    trigger_price: Number
    trigger_direction: int
    trigger_by: TriggerBy
    take_profit: Number
    stop_loss: Number
    tp_trigger_by: TriggerBy
    sl_trigger_by: TriggerBy
    smp_type: str
    market_unit: str
    order_filter: str


class AmendOptions(CallOptions, total=False):
    """What may change of an order."""

    qty: Number
    price: Number
    trigger_price: Number
    trigger_by: TriggerBy
    take_profit: Number
    stop_loss: Number


class BybitTrading:
    """Order operations; a client mixes this in and sets ``config`` and ``_order_desk``."""

    config: BybitConfig
    _order_desk: OrderDesk

    @overload
    def place_order(
        self, symbol: str, side: Side, order_type: OrderType, qty: Number, price: Number | None = ...,
        order_link_id: str | None = ..., *, wait: Literal[True] = ..., **options: Unpack[PlaceOptions],
    ) -> OrderReceipt: ...  # fmt: skip
    @overload
    def place_order(
        self, symbol: str, side: Side, order_type: OrderType, qty: Number, price: Number | None = ...,
        order_link_id: str | None = ..., *, wait: Literal[False], **options: Unpack[PlaceOptions],
    ) -> Future[OrderReceipt]: ...  # fmt: skip
    def place_order(
        self,
        symbol: str,
        side: Side,
        order_type: OrderType,
        qty: Number,
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
        self, symbol: str, order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[True] = ..., **options: Unpack[AmendOptions],
    ) -> OrderReceipt: ...  # fmt: skip
    @overload
    def amend_order(
        self, symbol: str, order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[False], **options: Unpack[AmendOptions],
    ) -> Future[OrderReceipt]: ...  # fmt: skip
    def amend_order(
        self,
        symbol: str,
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
        self, symbol: str, order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[True] = ..., **options: Unpack[CallOptions],
    ) -> OrderReceipt: ...  # fmt: skip
    @overload
    def cancel_order(
        self, symbol: str, order_id: str | None = ..., order_link_id: str | None = ..., *,
        wait: Literal[False], **options: Unpack[CallOptions],
    ) -> Future[OrderReceipt]: ...  # fmt: skip
    def cancel_order(
        self,
        symbol: str,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        wait: bool = True,
        **options: Unpack[CallOptions],
    ) -> OrderReceipt | Future[OrderReceipt]:
        """Cancel an order, named by one of its ids (``order.cancel``)."""
        args = (symbol, order_id, order_link_id)
        result: OrderReceipt | Future[OrderReceipt] = self._run("order.cancel", args, wait, options)
        return result

    def batch_orders(
        self, orders: Sequence[requests.NewOrder], **options: Unpack[CallOptions]
    ) -> BatchResult[OrderReceipt]:
        """Place up to 20 orders, 10 on spot (``order.create-batch``), each with its own verdict."""
        result: BatchResult[OrderReceipt] = self._run("order.create-batch", (orders,), True, options)
        return result

    def batch_amend_orders(
        self, orders: Sequence[requests.AmendOrder], **options: Unpack[CallOptions]
    ) -> BatchResult[OrderReceipt]:
        """Change up to 20 orders, 10 on spot (``order.amend-batch``), each with its own verdict."""
        result: BatchResult[OrderReceipt] = self._run("order.amend-batch", (orders,), True, options)
        return result

    def batch_cancel_orders(
        self, orders: Sequence[requests.CancelOrder], **options: Unpack[CallOptions]
    ) -> BatchResult[OrderReceipt]:
        """Cancel up to 20 orders, 10 on spot (``order.cancel-batch``), each with its own verdict."""
        result: BatchResult[OrderReceipt] = self._run("order.cancel-batch", (orders,), True, options)
        return result

    def _run(self, word: str, args: tuple[Any, ...], wait: bool, options: Mapping[str, Any]) -> Any:
        given = {**options, "wait": wait}
        category = given.pop("category", None) or self.config.category
        return self._order_desk.run(word, (category, *args), given)


class BybitSender:
    """Sends what ``ws.orders`` places (``OrderSender``)."""

    def __init__(self, client: BybitTrading) -> None:
        self._client = client

    def place(self, new: NewOrder) -> str | None:
        """Send it. ``order_type`` is ``"limit"``, ``"market"``, ``"post_only"``, ``"ioc"`` or ``"fok"``."""
        kinds: dict[str, tuple[OrderType, TimeInForce | None]] = {
            "limit": ("Limit", None),
            "market": ("Market", None),
            "post_only": ("Limit", "PostOnly"),
            "ioc": ("Limit", "IOC"),
            "fok": ("Limit", "FOK"),
        }
        if new.order_type not in kinds:
            raise ConfigError(f"order_type cannot be {new.order_type!r}", hint=f"one of {', '.join(kinds)}")
        kind, force = kinds[new.order_type]
        options = {**new.options, **({} if force is None else {"time_in_force": force})}
        side: Side = "Buy" if new.side == "buy" else "Sell"
        receipt: OrderReceipt = self._client.place_order(
            new.inst_id, side, kind, new.size, new.price, new.client_order_id, **options
        )
        return receipt.orderId

    def cancel(self, order: OrderState) -> bool:
        """Ask for its end; False when it is gone."""
        try:
            self._client.cancel_order(order.inst_id, *_name(order))
        except OkxApiError as error:
            if error.code != _GONE:
                raise
            return False
        return True

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        """Ask for a change."""
        given = {"qty": size, "price": price, **options}
        wanted: Any = {name: value for name, value in given.items() if value is not None}
        self._client.amend_order(order.inst_id, *_name(order), **wanted)


def _name(order: OrderState) -> tuple[str | None, str | None]:
    """One of the two ids, the exchange's if it is known."""
    return (order.order_id, None) if order.order_id else (None, order.client_order_id)
