"""The order operations of ``BitgetWsClient`` on its private stream, typed.

Names and results are those of the REST calls of ``client.uta`` for unified accounts. Classic accounts have those for
futures of ``client.mix``: ``qty`` is ``size``, ``category`` the product type, ``time_in_force`` is ``force``;
``margin_mode`` left out is ``"crossed"``, ``margin_coin`` that of the product, and in hedge mode ``side`` is the
position's and ``trade_side`` says whether it opens or closes. A change of size or price makes a new order there.

An operation goes on the private stream where that has it: all of them for unified accounts, ``place_order`` and
``cancel_order`` for classic ones. The others go by REST. So does what the stream certainly did not take: while its link
is down, and where Bitget has not allowed the key to send orders there, of which it has to be asked; then the next of
the kind go by REST at once. Nothing is sent by both. ``BitgetWsClient(orders_by=...)`` says otherwise.

Common to all: the neutral words of an order (``size``, ``client_order_id``, ...; see ``docs/orders.md``) work as well;
sizes and prices are ``Decimal``, ``int`` or text; ``category`` (``product`` says the same) left out is that of the
instrument's name, ``"USDT-FUTURES"`` where it may be that. A call blocks until its
own reply is there, at most ``timeout`` seconds in all, and may be made from any number of threads; with ``wait=False``
it returns a future of the same result. The first one connects and logs in. Accepted is not done: the stream of orders
reports what becomes of an order. A socket may say little in a second, so that operations are paced at four a second,
batches counted once.

Raised before anything is sent: ``ConfigError`` for what cannot be right, ``OkxAuthError`` without credentials,
``ConnectionLost`` while the link is down and nothing goes by REST, ``OkxTimeoutError`` when the rate limits leave no
room in time, ``ReadOnlyError``, ``DryRun``. After: ``OkxApiError`` when the order was refused, ``OkxRateLimitError``
for "too many", ``OrderStatusUnknown`` when no answer says what became of it: ``ws.reconcile(error)`` looks it up.
Pages: "Place Order Channel" and those beside it, under "UTA / Websocket / Private" and "Contract / Websocket / Private"
of Bitget's API guide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, Unpack, overload

from okx_sync.clients.bitget_rest_access import BitgetRestAccess
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget import classic_operations
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.products import category_of
from okx_sync.exchanges.product_words import said_product
from okx_sync.lazy import LatePart
from okx_sync.live.lost_orders import LostOrdersByRest

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.mix.order_models import MixAmendReceipt, MixOrderReceipt
    from okx_sync.exchanges.bitget.order_options import AmendOptions, CallOptions, CancelOptions, PlaceOptions
    from okx_sync.exchanges.bitget.uta import requests
    from okx_sync.exchanges.bitget.uta.order_models import UtaOrderReceipt
    from okx_sync.exchanges.bitget.uta.words import (
        OrderTypeArg,
        SideArg,
    )
    from okx_sync.live.order_entry import OrderEntry
    from okx_sync.rest import BatchResult, Number
    from okx_sync.rest.order_lookup import Lookup

    _LostOrders = LostOrdersByRest[Any, Lookup[Any]]
    _Receipt: TypeAlias = UtaOrderReceipt | MixOrderReceipt
    _Change: TypeAlias = UtaOrderReceipt | MixAmendReceipt
    _Receipts: TypeAlias = BatchResult[UtaOrderReceipt] | BatchResult[MixOrderReceipt]
    _NewOrders = Sequence[requests.UtaNewOrder | Mapping[str, Any]]
    _AmendOrders = Sequence[requests.UtaAmendOrder | Mapping[str, Any]]
    _CancelOrders = Sequence[requests.UtaCancelOrder | Mapping[str, Any]]
else:
    _LostOrders = LostOrdersByRest

__all__ = ["BitgetTrading"]

_USUAL: Final = "USDT-FUTURES"


class BitgetTrading(_LostOrders):
    """Order operations; a client mixes this in, sets ``config``, and makes the order entry (``_make_part``)."""

    config: BitgetConfig
    _rest: BitgetRestAccess
    _order_entry: LatePart[OrderEntry] = LatePart("okx_sync.live.order_entry", "OrderEntry")

    @overload
    def place_order(
        self, symbol: str | None = ..., side: SideArg | None = ..., order_type: OrderTypeArg | None = ...,
        qty: Number | None = ..., price: Number | None = ...,
        client_oid: str | None = ..., *, wait: Literal[True] = ..., **options: Unpack[PlaceOptions],
    ) -> _Receipt: ...  # fmt: skip
    @overload
    def place_order(
        self, symbol: str | None = ..., side: SideArg | None = ..., order_type: OrderTypeArg | None = ...,
        qty: Number | None = ..., price: Number | None = ...,
        client_oid: str | None = ..., *, wait: Literal[False], **options: Unpack[PlaceOptions],
    ) -> Future[_Receipt]: ...  # fmt: skip
    def place_order(
        self,
        symbol: str | None = None,
        side: SideArg | None = None,
        order_type: OrderTypeArg | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        client_oid: str | None = None,
        *,
        wait: bool = True,
        **options: Unpack[PlaceOptions],
    ) -> _Receipt | Future[_Receipt]:
        """Place an order (``place-order``). The id ``client_oid`` is made up when left out."""
        args = (symbol, side, order_type, qty, price, client_oid)
        result: _Receipt | Future[_Receipt] = self._run("place-order", args, wait, options)
        return result

    @overload
    def amend_order(
        self, symbol: str | None = ..., order_id: str | None = ..., client_oid: str | None = ..., *,
        wait: Literal[True] = ..., **options: Unpack[AmendOptions],
    ) -> _Change: ...  # fmt: skip
    @overload
    def amend_order(
        self, symbol: str | None = ..., order_id: str | None = ..., client_oid: str | None = ..., *,
        wait: Literal[False], **options: Unpack[AmendOptions],
    ) -> Future[_Change]: ...  # fmt: skip
    def amend_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        wait: bool = True,
        **options: Unpack[AmendOptions],
    ) -> _Change | Future[_Change]:
        """Change an order, named by one of its ids (``modify-order``)."""
        args = (symbol, order_id, client_oid)
        result: _Change | Future[_Change] = self._run("modify-order", args, wait, options)
        return result

    @overload
    def cancel_order(
        self, symbol: str | None = ..., order_id: str | None = ..., client_oid: str | None = ..., *,
        wait: Literal[True] = ..., **options: Unpack[CancelOptions],
    ) -> _Receipt: ...  # fmt: skip
    @overload
    def cancel_order(
        self, symbol: str | None = ..., order_id: str | None = ..., client_oid: str | None = ..., *,
        wait: Literal[False], **options: Unpack[CancelOptions],
    ) -> Future[_Receipt]: ...  # fmt: skip
    def cancel_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        wait: bool = True,
        **options: Unpack[CancelOptions],
    ) -> _Receipt | Future[_Receipt]:
        """Cancel an order, named by one of its ids (``cancel-order``)."""
        args = (symbol, order_id, client_oid)
        result: _Receipt | Future[_Receipt] = self._run("cancel-order", args, wait, options)
        return result

    @overload
    def place_batch_orders(
        self, orders: _NewOrders, *, wait: Literal[True] = ..., **options: Unpack[CallOptions],
    ) -> _Receipts: ...  # fmt: skip
    @overload
    def place_batch_orders(
        self, orders: _NewOrders, *, wait: Literal[False], **options: Unpack[CallOptions],
    ) -> Future[_Receipts]: ...  # fmt: skip
    def place_batch_orders(self, orders: _NewOrders, *, wait: bool = True, **options: Unpack[CallOptions]) -> Any:
        """Place up to 20 orders of one category (``batch-place``), each with its own verdict.

        Up to 50 of one contract on classic accounts, as ``client.mix`` takes them.
        """
        return self._run("batch-place", (orders,), wait, options)

    @overload
    def amend_batch_orders(
        self, orders: _AmendOrders, *, wait: Literal[True] = ..., **options: Unpack[CallOptions],
    ) -> BatchResult[UtaOrderReceipt]: ...  # fmt: skip
    @overload
    def amend_batch_orders(
        self, orders: _AmendOrders, *, wait: Literal[False], **options: Unpack[CallOptions],
    ) -> Future[BatchResult[UtaOrderReceipt]]: ...  # fmt: skip
    def amend_batch_orders(self, orders: _AmendOrders, *, wait: bool = True, **options: Unpack[CallOptions]) -> Any:
        """Change up to 20 orders of one category (``batch-modify``), each with its own verdict.

        Futures of classic accounts have no such call.
        """
        return self._run("batch-modify", (orders,), wait, options)

    @overload
    def cancel_batch_orders(
        self, orders: _CancelOrders, *, wait: Literal[True] = ..., **options: Unpack[CallOptions],
    ) -> _Receipts: ...  # fmt: skip
    @overload
    def cancel_batch_orders(
        self, orders: _CancelOrders, *, wait: Literal[False], **options: Unpack[CallOptions],
    ) -> Future[_Receipts]: ...  # fmt: skip
    def cancel_batch_orders(self, orders: _CancelOrders, *, wait: bool = True, **options: Unpack[CallOptions]) -> Any:
        """Cancel up to 20 orders of one category (``batch-cancel``), each with its own verdict.

        Name all of them by the same kind of id. Up to 50 of one contract on classic accounts.
        """
        return self._run("batch-cancel", (orders,), wait, options)

    def _run(self, word: str, args: tuple[Any, ...], wait: bool, options: Mapping[str, Any]) -> Any:
        given = {**options, "wait": wait}
        return self._order_entry.run(word, self._arguments(word, args, given), given)

    def _load_for_orders(self) -> None:
        """Load what the first order needs."""
        self._order_entry.load()

    def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what an operation would raise before it connects."""
        self._order_entry.check(word, self._arguments(word, args, options), options)

    def _arguments(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> tuple[Any, ...]:
        """Return the arguments of the twin; takes out of ``options`` what is among them.

        Raises ``ConfigError`` where the protocol has no such operation.
        """
        protocol = self.config.stream_protocol
        if protocol == "v2":
            return classic_operations.arguments(word, args, options)
        if protocol != "v3":
            raise ConfigError("orders are not sent over these streams", hint="those of V2 and V3 take them")
        if word.startswith("batch"):
            return args if word == "batch-modify" else tuple(map(_with_category, args))
        product = said_product(options)
        if product is None and word == "place-order":
            symbol = args[0] if args[0] is not None else options.get("inst_id")
            product = category_of(symbol) if isinstance(symbol, str) else _USUAL
        return (product, *args)


def _with_category(orders: Any) -> Any:
    """Return the rows of a batch with their category where a mapping names none; what is no batch stays so."""
    if not isinstance(orders, list | tuple):
        return orders
    return [_row_with_category(row) if isinstance(row, Mapping) else row for row in orders]


def _row_with_category(row: Mapping[Any, Any]) -> dict[Any, Any]:
    words = dict(row)
    product, symbol = said_product(words), words.get("symbol") or words.get("inst_id")
    if product is None:
        product = category_of(symbol) if isinstance(symbol, str) else _USUAL
    return {**words, "category": product}
