"""The order operations of ``WsClient``, typed.

Common to all: parameters and results are those of the REST call of the same kind (``client.trade``, ``client.spread``),
sizes and prices are ``Decimal``, ``int`` or text. The neutral words of an order (``order_type``, ``size``, ``price``,
``client_order_id``, ...; see ``docs/orders.md``) work as well as OKX's own. An instrument is given by its ``inst_id``;
the number that OKX's streams want instead is looked up. Limits are kept on this side, together with REST's when both
share a ``limiter``.

A call blocks until its own reply is there, at most ``timeout`` seconds in all (the config's by default), and may be
made from any number of threads. With ``wait=False`` it returns, as soon as the request is sent, a future of the same
result; functions added to that run on the link's thread and must be quick. The first operation connects and logs in.

``rest_fallback=True`` (here or for the client): when OKX refuses the instrument's number (51001, 51000), of a batch for
all its orders, the same is sent once by REST with the same ids.

Raised before anything is sent: ``ConfigError`` for what cannot be right, an unknown instrument among it;
``OkxAuthError`` without credentials; ``ConnectionLost`` while the link is down; ``OkxTimeoutError`` when the rate
limits leave no room in time; ``ReadOnlyError``, ``DryRun``. After: ``OkxApiError`` with the order's own ``sCode`` when
it was refused, ``OkxRateLimitError`` for "too many", ``OrderStatusUnknown`` when no answer says what became of it:
``ws.reconcile(error)`` looks the order up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.clients.okx_spread_trading import SpreadTrading
from okx_sync.clients.old_names import OldBatchNames
from okx_sync.live.lost_orders import LostOrdersByRest

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.argument_words import OrdType, Side, TdMode
    from okx_sync.exchanges.okx.models import Order
    from okx_sync.exchanges.okx.order_lookup import OrderLookup
    from okx_sync.exchanges.okx.order_options import (
        BatchOptions,
        CallOptions,
        StreamAmendOptions,
        StreamCancelOptions,
        StreamPlaceOptions,
    )
    from okx_sync.exchanges.okx.rest import AmendOrder, CancelOrder, NewOrder
    from okx_sync.exchanges.okx.shared_models import Done
    from okx_sync.exchanges.okx.trade.models import OrderResult
    from okx_sync.exchanges.okx.words import InstType
    from okx_sync.rest import BatchResult, Number

    NewOrders = Sequence[NewOrder | Mapping[str, Any]]
    AmendOrders = Sequence[AmendOrder | Mapping[str, Any]]
    CancelOrders = Sequence[CancelOrder | Mapping[str, Any]]
    _LostOrders = LostOrdersByRest[Order, OrderLookup]
else:
    _LostOrders = LostOrdersByRest

__all__ = ["Trading"]


class Trading(SpreadTrading, OldBatchNames, _LostOrders):
    """Order operations; a client mixes this in and sets ``_rest``."""

    _rest: OkxRestAccess

    def prepare_orders(self, *inst_ids: str, timeout: float | None = None) -> None:
        """Connect the private path, log in and look up instruments now: otherwise the first order waits for that."""
        self._order_entry.prepare("order", inst_ids, timeout)

    def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what an operation would raise before it connects."""
        self._order_entry.check(word, args, options)

    def _load_for_orders(self) -> None:
        """Load what the first order needs: the operations, and the numbers of the instruments that most trade."""
        self._order_entry.load()
        self._rest().instruments.preload("SWAP", "SPOT", "FUTURES")

    # -- private path --------------------------------------------------------------------------------------------

    @overload
    def place_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: OrdType | None = ...,
        sz: Number | None = ...,
        px: Number | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[True] = ...,
        **options: Unpack[StreamPlaceOptions],
    ) -> OrderResult: ...
    @overload
    def place_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: OrdType | None = ...,
        sz: Number | None = ...,
        px: Number | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[False],
        **options: Unpack[StreamPlaceOptions],
    ) -> Future[OrderResult]: ...
    def place_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: OrdType | None = None,
        sz: Number | None = None,
        px: Number | None = None,
        cl_ord_id: str | None = None,
        **options: Any,
    ) -> Any:
        """Place an order (op ``order``).

        ``cl_ord_id`` is made up when left out; ``ord_type`` and ``sz`` are needed, by these or by the neutral names.

        Accepted means received: the ``orders`` channel reports what becomes of the order.
        """
        return self._order_entry.run("order", (inst_id, td_mode, side, ord_type, sz, px, cl_ord_id), options)

    @overload
    def place_batch_orders(
        self, orders: NewOrders, *, wait: Literal[True] = ..., **options: Unpack[BatchOptions]
    ) -> BatchResult[OrderResult]: ...
    @overload
    def place_batch_orders(
        self, orders: NewOrders, *, wait: Literal[False], **options: Unpack[BatchOptions]
    ) -> Future[BatchResult[OrderResult]]: ...
    def place_batch_orders(self, orders: NewOrders, **options: Any) -> Any:
        """Place up to 20 orders (op ``batch-orders``). Look at ``.ok`` and ``.refused``: each has its own verdict."""
        return self._order_entry.run("batch-orders", (orders,), options)

    @overload
    def cancel_order(
        self,
        inst_id: str,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[True] = ...,
        **options: Unpack[StreamCancelOptions],
    ) -> OrderResult: ...
    @overload
    def cancel_order(
        self,
        inst_id: str,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[False],
        **options: Unpack[StreamCancelOptions],
    ) -> Future[OrderResult]: ...
    def cancel_order(
        self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **options: Any
    ) -> Any:
        """Cancel an order, named by one of its ids (op ``cancel-order``)."""
        return self._order_entry.run("cancel-order", (inst_id, ord_id, cl_ord_id), options)

    @overload
    def cancel_batch_orders(
        self, orders: CancelOrders, *, wait: Literal[True] = ..., **options: Unpack[CallOptions]
    ) -> BatchResult[OrderResult]: ...
    @overload
    def cancel_batch_orders(
        self, orders: CancelOrders, *, wait: Literal[False], **options: Unpack[CallOptions]
    ) -> Future[BatchResult[OrderResult]]: ...
    def cancel_batch_orders(self, orders: CancelOrders, **options: Any) -> Any:
        """Cancel up to 20 orders (op ``batch-cancel-orders``), each with its own verdict."""
        return self._order_entry.run("batch-cancel-orders", (orders,), options)

    @overload
    def amend_order(
        self,
        inst_id: str,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[True] = ...,
        **options: Unpack[StreamAmendOptions],
    ) -> OrderResult: ...
    @overload
    def amend_order(
        self,
        inst_id: str,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[False],
        **options: Unpack[StreamAmendOptions],
    ) -> Future[OrderResult]: ...
    def amend_order(self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **options: Any) -> Any:
        """Change size or price of an open order, named by one of its ids (op ``amend-order``)."""
        return self._order_entry.run("amend-order", (inst_id, ord_id, cl_ord_id), options)

    @overload
    def amend_batch_orders(
        self, orders: AmendOrders, *, wait: Literal[True] = ..., **options: Unpack[BatchOptions]
    ) -> BatchResult[OrderResult]: ...
    @overload
    def amend_batch_orders(
        self, orders: AmendOrders, *, wait: Literal[False], **options: Unpack[BatchOptions]
    ) -> Future[BatchResult[OrderResult]]: ...
    def amend_batch_orders(self, orders: AmendOrders, **options: Any) -> Any:
        """Amend up to 20 orders (op ``batch-amend-orders``), each with its own verdict."""
        return self._order_entry.run("batch-amend-orders", (orders,), options)

    @overload
    def mass_cancel(
        self,
        inst_type: InstType,
        inst_family: str,
        lock_interval: int | None = ...,
        *,
        wait: Literal[True] = ...,
        **options: Unpack[CallOptions],
    ) -> Done: ...
    @overload
    def mass_cancel(
        self,
        inst_type: InstType,
        inst_family: str,
        lock_interval: int | None = ...,
        *,
        wait: Literal[False],
        **options: Unpack[CallOptions],
    ) -> Future[Done]: ...
    def mass_cancel(
        self, inst_type: InstType, inst_family: str, lock_interval: int | None = None, **options: Any
    ) -> Any:
        """Cancel all market-maker-protection orders of an options family (op ``mass-cancel``).

        ``lock_interval``: refuse new ones for so many ms.
        """
        return self._order_entry.run("mass-cancel", (inst_type, inst_family, lock_interval), options)
