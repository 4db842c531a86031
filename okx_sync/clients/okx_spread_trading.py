"""The order operations of ``WsClient`` on spreads (business path). What is common to all stands in ``okx_trading``."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.argument_words import Side, SpreadOrdType
    from okx_sync.exchanges.okx.order_options import (
        CallOptions,
        SpreadAmendOptions,
        SpreadPlaceOptions,
        StreamCancelOptions,
    )
    from okx_sync.exchanges.okx.shared_models import Done
    from okx_sync.exchanges.okx.trade.models import OrderResult
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest import Number

__all__ = ["SpreadTrading"]


class SpreadTrading:
    """Operations on spreads; a client mixes this in and makes the order entry (``_make_part``)."""

    _order_entry: LatePart[OrderEntry] = LatePart("okx_sync.live.order_entry", "OrderEntry")

    @overload
    def place_spread_order(
        self,
        sprd_id: str,
        side: Side,
        ord_type: SpreadOrdType | None = ...,
        sz: Number | None = ...,
        px: Number | None = ...,
        cl_ord_id: str | None = ...,
        tag: str | None = ...,
        *,
        wait: Literal[True] = ...,
        **options: Unpack[SpreadPlaceOptions],
    ) -> OrderResult: ...
    @overload
    def place_spread_order(
        self,
        sprd_id: str,
        side: Side,
        ord_type: SpreadOrdType | None = ...,
        sz: Number | None = ...,
        px: Number | None = ...,
        cl_ord_id: str | None = ...,
        tag: str | None = ...,
        *,
        wait: Literal[False],
        **options: Unpack[SpreadPlaceOptions],
    ) -> Future[OrderResult]: ...
    def place_spread_order(
        self,
        sprd_id: str,
        side: Side,
        ord_type: SpreadOrdType | None = None,
        sz: Number | None = None,
        px: Number | None = None,
        cl_ord_id: str | None = None,
        tag: str | None = None,
        **options: Any,
    ) -> Any:
        """Place an order on a spread (op ``sprd-order``). ``cl_ord_id`` is made up when left out."""
        return self._order_entry.run("sprd-order", (sprd_id, side, ord_type, sz, px, cl_ord_id, tag), options)

    @overload
    def amend_spread_order(
        self,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[True] = ...,
        **options: Unpack[SpreadAmendOptions],
    ) -> OrderResult: ...
    @overload
    def amend_spread_order(
        self,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[False],
        **options: Unpack[SpreadAmendOptions],
    ) -> Future[OrderResult]: ...
    def amend_spread_order(self, ord_id: str | None = None, cl_ord_id: str | None = None, **options: Any) -> Any:
        """Change size or price of an open spread order, named by one of its ids (op ``sprd-amend-order``)."""
        return self._order_entry.run("sprd-amend-order", (ord_id, cl_ord_id), options)

    @overload
    def cancel_spread_order(
        self,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[True] = ...,
        **options: Unpack[StreamCancelOptions],
    ) -> OrderResult: ...
    @overload
    def cancel_spread_order(
        self,
        ord_id: str | None = ...,
        cl_ord_id: str | None = ...,
        *,
        wait: Literal[False],
        **options: Unpack[StreamCancelOptions],
    ) -> Future[OrderResult]: ...
    def cancel_spread_order(self, ord_id: str | None = None, cl_ord_id: str | None = None, **options: Any) -> Any:
        """Cancel a spread order, named by one of its ids (op ``sprd-cancel-order``)."""
        return self._order_entry.run("sprd-cancel-order", (ord_id, cl_ord_id), options)

    @overload
    def mass_cancel_spread_orders(
        self, sprd_id: str | None = ..., *, wait: Literal[True] = ..., **options: Unpack[CallOptions]
    ) -> Done: ...
    @overload
    def mass_cancel_spread_orders(
        self, sprd_id: str | None = ..., *, wait: Literal[False], **options: Unpack[CallOptions]
    ) -> Future[Done]: ...
    def mass_cancel_spread_orders(self, sprd_id: str | None = None, **options: Any) -> Any:
        """Cancel all orders of the account on a spread, or on all of them (op ``sprd-mass-cancel``)."""
        return self._order_entry.run("sprd-mass-cancel", (sprd_id,), options)
