# mypy: disable-error-code="empty-body"
"""Group ``order``: orders and executions (V5 documentation: Trade). Operations of the trade stream are twins of these.

Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes are in base currency for linear contracts, USD for
inverse ones. An accepted request is a receipt; the channel ``order`` reports what became of the order.

Limits are those of an ordinary account: orders of spot 20 per second, others 10, each call of its own count; of a batch
each order counts. Readings: 50 per second each. Lists come newest first. ``iter_`` methods read a listing to its end,
however many requests that takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from okx_sync.exchanges.bybit import order_words
from okx_sync.exchanges.bybit.argument_words import (
    BboSide,
    CancelFilter,
    Category,
    DcpProduct,
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
from okx_sync.exchanges.bybit.order_words import AmendWords, IdWords, PlaceWords, ScopeWords
from okx_sync.exchanges.bybit.rest_dialect import new_order_link_id
from okx_sync.exchanges.bybit.trade.models import BorrowQuota, Execution, Order, OrderPreCheck, OrderReceipt
from okx_sync.exchanges.bybit.trade.requests import AmendOrder, CancelOrder, NewOrder
from okx_sync.exchanges.bybit.words import Category as AnyCategory
from okx_sync.exchanges.bybit.words import ExecType, OrderStatus
from okx_sync.exchanges.reduce_only import reduces
from okx_sync.rest import BatchResult, Group, Number, Tokens, Windows, get, paged, post

__all__ = ["OrderEndpoints"]

_HEADERS = {"recv_window": "X-BAPI-RECV-WINDOW", "referer": "Referer"}
_IDS = ("order_id", "order_link_id")
_FILL = {"orderLinkId": new_order_link_id}
_SCOPE = ("symbol", "base_coin", "settle_coin")
_FEWER = {("category", "spot"): 10}
_TOKENS = Tokens("cursor", beside="nextPageCursor")
_WEEKS = Windows("start_time", "end_time", 7, 730)
_READING = "50/1s user"
_CHECK = reduces("position_idx", "positionIdx", {"1": "buy", "2": "sell"})


def _orders(bucket: str) -> tuple[str, str]:
    """Return the limits of a call that spot orders may make more often."""
    return f"20/1s user category=spot @{bucket}-spot", f"10/1s user category!=spot @{bucket}"


class OrderEndpoints(Group, group="order"):
    """Place, amend, cancel; open orders, past orders, executions.

    Common to all that write: ``recv_window``: for how many ms the request is good (5000 when left out); ``referer``: a
    broker's id.
    """

    @post(
        "/v5/order/create",
        *_orders("create"),
        order="place",
        fill=_FILL,
        header=_HEADERS,
        aliases=order_words.PLACE,
        check=_CHECK,
        needs=("symbol", "side", "order_type", "qty"),
    )
    def place_order(
        self,
        category: Category,
        symbol: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        order_link_id: str | None = None,
        *,
        time_in_force: TimeInForce | None = None,
        position_idx: PositionIdx | None = None,
        reduce_only: bool | None = None,
        close_on_trigger: bool | None = None,
        trigger_price: Number | None = None,
        trigger_direction: TriggerDirection | None = None,
        trigger_by: TriggerBy | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerBy | None = None,
        sl_trigger_by: TriggerBy | None = None,
        tpsl_mode: TpslMode | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        tp_order_type: OrderType | None = None,
        sl_order_type: OrderType | None = None,
        smp_type: SmpType | None = None,
        order_iv: Number | None = None,
        mmp: bool | None = None,
        is_leverage: bool | None = None,
        market_unit: MarketUnit | None = None,
        order_filter: OrderFilter | None = None,
        slippage_tolerance_type: SlippageType | None = None,
        slippage_tolerance: Number | None = None,
        rpi_taker_access: bool | None = None,
        bbo_side_type: BboSide | None = None,
        bbo_level: int | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[PlaceWords],
    ) -> OrderReceipt:
        """Place an order.

        An accepted request is a receipt; the channel ``order`` reports what became of the order.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            side: ``"Buy"`` or ``"Sell"``.
            order_type: ``"Market"`` or ``"Limit"``.
            qty: Size: base currency of spot and linear contracts, USD of inverse ones, contracts of options. Of a spot
                market order that buys, quote currency unless ``market_unit`` says otherwise. Its neutral name is
                ``size``.
            price: Price of a limit order; not for market orders.
            order_link_id: Id of your own, up to 36 letters, digits, ``-`` and ``_``; made up when left out. Its neutral
                name is ``client_order_id``.
            time_in_force: How long the order stands; ``"GTC"`` when left out, always ``"IOC"`` for market orders.
            position_idx: Position that it is for: 0 in one-way mode, 1 the long and 2 the short side in hedge mode.
            reduce_only: Whether it may only reduce a position; not for spot.
            close_on_trigger: Whether other orders may be cut or cancelled to free margin when it is triggered to close
                a position.
            trigger_price: Price that makes it a conditional order.
            trigger_direction: 1 when the price must rise to ``trigger_price``, 2 when it must fall.
            trigger_by: Price that is compared with ``trigger_price``.
            take_profit: Price that triggers the take-profit, which stands once the order fills.
            stop_loss: Price that triggers the stop-loss, which stands once the order fills.
            tp_trigger_by: Price that is compared with ``take_profit``; the last price when left out.
            sl_trigger_by: Price that is compared with ``stop_loss``; the last price when left out.
            tpsl_mode: ``"Full"`` for the whole position, at market only; ``"Partial"`` for the size of this order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            tp_order_type: Type of the take-profit's order; ``"Limit"`` only with ``tpsl_mode="Partial"``.
            sl_order_type: Type of the stop-loss's order; ``"Limit"`` only with ``tpsl_mode="Partial"``.
            smp_type: What happens when it would trade with an order of the same account or group.
            order_iv: Implied volatility as a fraction, for options: 0.1 is ten percent.
            mmp: Whether it counts for the market-maker protection; for options.
            is_leverage: Whether a spot order may borrow; False when left out.
            market_unit: What ``qty`` of a spot market order counts: ``"baseCoin"`` or ``"quoteCoin"``.
            order_filter: Kind of a spot order: ``"Order"`` (the default), ``"tpslOrder"`` or ``"StopOrder"``
                (conditional).
            slippage_tolerance_type: What ``slippage_tolerance`` counts: ``"TickSize"`` or ``"Percent"``. Only for
                market orders.
            slippage_tolerance: How much worse than the best price a market order may trade: 1 to 10000 price steps, or
                0.01 to 10 percent.
            rpi_taker_access: Whether it may trade with retail price improvement orders.
            bbo_side_type: Side of the book from which a limit order takes its price: ``"Queue"`` (its own) or
                ``"Counterparty"``. Not for spot.
            bbo_level: Which level of that side it takes: 1 (the best) to 5.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.
            ConfigError: A parameter is missing, given twice, or a word that Bybit does not know. Nothing was sent.

        Source: POST /v5/order/create
            https://bybit-exchange.github.io/docs/v5/order/create-order
        """

    @post(
        "/v5/order/amend",
        *_orders("amend"),
        order="amend",
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.AMEND,
        needs=("symbol",),
    )
    def amend_order(
        self,
        category: Category,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        qty: Number | None = None,
        price: Number | None = None,
        trigger_price: Number | None = None,
        trigger_by: TriggerBy | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerBy | None = None,
        sl_trigger_by: TriggerBy | None = None,
        tpsl_mode: TpslMode | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        order_iv: Number | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[AmendWords],
    ) -> OrderReceipt:
        """Change size or price of an order, named by one of its ids.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            order_id: Id of the order that Bybit gave. When both ids are given, this one counts.
            order_link_id: Id of the order that you gave. Its neutral name is ``client_order_id``.
            qty: New size, what is filled already included, in coins, USD or contracts as it was placed. Its neutral
                name is ``new_size``.
            price: New price. Its neutral name is ``new_price``.
            trigger_price: New price that triggers a conditional order.
            trigger_by: Price that is compared with ``trigger_price``.
            take_profit: New price that triggers the take-profit; 0 removes it.
            stop_loss: New price that triggers the stop-loss; 0 removes it.
            tp_trigger_by: Price that is compared with ``take_profit``.
            sl_trigger_by: Price that is compared with ``stop_loss``.
            tpsl_mode: ``"Full"`` for the whole position, at market only; ``"Partial"`` for the size of this order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            order_iv: New implied volatility as a fraction, for options: 0.1 is ten percent.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``order_id`` nor ``order_link_id`` is given. Nothing was sent.
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.

        Source: POST /v5/order/amend
            https://bybit-exchange.github.io/docs/v5/order/amend-order
        """

    @post(
        "/v5/order/cancel",
        *_orders("cancel"),
        order="cancel",
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.IDS,
        needs=("symbol",),
    )
    def cancel_order(
        self,
        category: Category,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        order_filter: OrderFilter | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[IdWords],
    ) -> OrderReceipt:
        """Cancel an order, named by one of its ids.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            order_id: Id of the order that Bybit gave. When both ids are given, this one counts.
            order_link_id: Id of the order that you gave. Its neutral name is ``client_order_id``.
            order_filter: Kind of a spot order: ``"Order"`` (the default), ``"tpslOrder"`` or ``"StopOrder"``
                (conditional).
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``order_id`` nor ``order_link_id`` is given. Nothing was sent.
            OkxApiError: The order was not cancelled, or is gone already (110001).
            OrderStatusUnknown: No answer says whether the order was cancelled.

        Source: POST /v5/order/cancel
            https://bybit-exchange.github.io/docs/v5/order/cancel-order
        """

    @post(
        "/v5/order/create-batch",
        *_orders("create-batch"),
        order="place",
        rows="request",
        rows_inside=True,
        max_rows=20,
        fewer_rows=_FEWER,
        fill=_FILL,
        header=_HEADERS,
        aliases=order_words.PLACE,
        check=_CHECK,
    )
    def place_batch_orders(
        self,
        category: Category,
        request: Sequence[NewOrder | Mapping[str, Any]],
        recv_window: int | None = None,
        referer: str | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Place up to 20 orders, 10 on spot, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be accepted and others not. With the limits of an
        ordinary account Bybit may refuse those beyond the tenth of a second (10006).

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            request: Orders, as ``place_order`` takes them.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.

        Raises:
            ConfigError: ``request`` is empty or holds more than 20 items (10 of spot). Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were placed.

        Source: POST /v5/order/create-batch
            https://bybit-exchange.github.io/docs/v5/order/batch-place
        """

    @post(
        "/v5/order/amend-batch",
        *_orders("amend-batch"),
        order="amend",
        rows="request",
        rows_inside=True,
        max_rows=20,
        fewer_rows=_FEWER,
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.AMEND,
    )
    def amend_batch_orders(
        self,
        category: Category,
        request: Sequence[AmendOrder | Mapping[str, Any]],
        recv_window: int | None = None,
        referer: str | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Change up to 20 orders, 10 on spot, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be changed and others not. With the limits of an
        ordinary account Bybit may refuse those beyond the tenth of a second (10006).

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            request: Changes, as ``amend_order`` takes them.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.

        Raises:
            ConfigError: ``request`` is empty or holds more than 20 items (10 of spot). Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were changed.

        Source: POST /v5/order/amend-batch
            https://bybit-exchange.github.io/docs/v5/order/batch-amend
        """

    @post(
        "/v5/order/cancel-batch",
        *_orders("cancel-batch"),
        order="cancel",
        rows="request",
        rows_inside=True,
        max_rows=20,
        fewer_rows=_FEWER,
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.IDS,
    )
    def cancel_batch_orders(
        self,
        category: Category,
        request: Sequence[CancelOrder | Mapping[str, Any]],
        recv_window: int | None = None,
        referer: str | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Cancel up to 20 orders, 10 on spot, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be cancelled and others not. With the limits of an
        ordinary account Bybit may refuse those beyond the tenth of a second (10006).

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            request: Orders, as ``cancel_order`` takes them.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.

        Raises:
            ConfigError: ``request`` is empty or holds more than 20 items (10 of spot). Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were cancelled.

        Source: POST /v5/order/cancel-batch
            https://bybit-exchange.github.io/docs/v5/order/batch-cancel
        """

    @post(
        "/v5/order/cancel-all",
        "20/1s user category=spot",
        "10/1s user category!=spot",
        "1/1s user category=option",
        order=True,
        judged=False,
        need_one_if={("category", "linear"): _SCOPE, ("category", "inverse"): _SCOPE},
        header=_HEADERS,
        aliases={"inst_id": "symbol"},
    )
    def cancel_all_orders(
        self,
        category: Category,
        symbol: str | None = None,
        base_coin: str | None = None,
        settle_coin: str | None = None,
        *,
        order_filter: CancelFilter | None = None,
        stop_order_type: str | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[ScopeWords],
    ) -> list[OrderReceipt]:
        """Cancel all orders of a market; returns those that are being cancelled.

        Of more than 500 orders on contracts some 500 are chosen at random: call it until ``get_open_orders`` is empty.
        Without ``order_filter`` it cancels every kind on contracts and options, but on spot plain orders only:
        ``"tpslOrder"``, ``"StopOrder"``, ``"OcoOrder"`` and ``"BidirectionalTpslOrder"`` need calls of their own.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Only orders on this instrument, such as ``BTCUSDT``. Linear and inverse contracts need this,
                ``base_coin`` or ``settle_coin``; the first that is given counts. Its neutral name is ``inst_id``.
            base_coin: Only orders on instruments of this currency, such as ``BTC``.
            settle_coin: Only orders on contracts that are settled in this currency, such as ``USDT``.
            order_filter: Kind of the orders; of contracts ``"Order"``, ``"StopOrder"`` (conditional, with take-profits,
                stop-losses and trailing stops) or ``"OpenOrder"``; of spot see above.
            stop_order_type: ``"Stop"``, with ``order_filter="StopOrder"``: conditional orders, but no take-profits,
                stop-losses and trailing stops.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral name, instead of its parameter.

        Raises:
            OrderStatusUnknown: No answer says whether the orders are being cancelled; it may be asked for again.

        Source: POST /v5/order/cancel-all
            https://bybit-exchange.github.io/docs/v5/order/cancel-all
        """

    @post("/v5/order/disconnected-cancel-all", "5/1s user")
    def set_disconnect_cancel_all(self, time_window: int, product: DcpProduct | None = None) -> None:
        """Make Bybit cancel the orders of a product when the private streams fall silent.

        Only accounts for which Bybit has switched it on may set it. It needs a private stream that is subscribed to
        the channel ``dcp`` of the product, and takes effect within about 10 seconds.

        Args:
            time_window: Seconds of silence: 3 to 300; Bybit's default is 10.
            product: ``"OPTIONS"`` (when left out), ``"DERIVATIVES"`` or ``"SPOT"``.

        Source: POST /v5/order/disconnected-cancel-all
            https://bybit-exchange.github.io/docs/v5/order/dcp
        """

    @post(
        "/v5/order/pre-check",
        *_orders("pre-check"),
        reads=True,
        header=_HEADERS,
        aliases=order_words.PLACE,
        check=_CHECK,
        needs=("symbol", "side", "order_type", "qty"),
    )
    def pre_check_order(
        self,
        category: Category,
        symbol: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        order_link_id: str | None = None,
        *,
        time_in_force: TimeInForce | None = None,
        position_idx: PositionIdx | None = None,
        reduce_only: bool | None = None,
        close_on_trigger: bool | None = None,
        trigger_price: Number | None = None,
        trigger_direction: TriggerDirection | None = None,
        trigger_by: TriggerBy | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerBy | None = None,
        sl_trigger_by: TriggerBy | None = None,
        tpsl_mode: TpslMode | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        tp_order_type: OrderType | None = None,
        sl_order_type: OrderType | None = None,
        smp_type: SmpType | None = None,
        order_iv: Number | None = None,
        mmp: bool | None = None,
        is_leverage: bool | None = None,
        market_unit: MarketUnit | None = None,
        order_filter: OrderFilter | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[PlaceWords],
    ) -> OrderPreCheck:
        """Get what an order would do to the margin of the account, without placing it.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            side: ``"Buy"`` or ``"Sell"``.
            order_type: ``"Market"`` or ``"Limit"``.
            qty: Size, in coins, USD or contracts as for ``place_order``. Its neutral name is ``size``.
            price: Price of a limit order.
            order_link_id: Id of your own. Its neutral name is ``client_order_id``.
            time_in_force: How long the order would stand, as a code such as ``"GTC"``.
            position_idx: Position that it would be for, as an index: 0 one-way, 1 long and 2 short in hedge mode.
            reduce_only: Whether it may only reduce a position.
            close_on_trigger: Whether it may only close a position when it is triggered.
            trigger_price: Price that makes it a conditional order.
            trigger_direction: 1 when the price must rise to ``trigger_price``, 2 when it must fall.
            trigger_by: Price that is compared with ``trigger_price``.
            take_profit: Price that triggers the take-profit.
            stop_loss: Price that triggers the stop-loss.
            tp_trigger_by: Price that is compared with ``take_profit``.
            sl_trigger_by: Price that is compared with ``stop_loss``.
            tpsl_mode: ``"Full"`` for the whole position, ``"Partial"`` for the size of this order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            tp_order_type: Type of the take-profit's order.
            sl_order_type: Type of the stop-loss's order.
            smp_type: What would happen when it would trade with an order of the same account or group.
            order_iv: Implied volatility as a fraction, for options: 0.1 is ten percent.
            mmp: Whether it counts for the market-maker protection; for options.
            is_leverage: Whether a spot order may borrow.
            market_unit: What ``qty`` of a spot market order counts: ``"baseCoin"`` or ``"quoteCoin"``.
            order_filter: Kind of a spot order: ``"Order"``, ``"tpslOrder"`` or ``"StopOrder"``.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral names, each instead of its parameter.

        Source: POST /v5/order/pre-check
            https://bybit-exchange.github.io/docs/v5/order/pre-check-order
        """

    @get(
        "/v5/order/realtime",
        _READING,
        auth=True,
        need_one_if={("category", "linear"): (*_SCOPE, *_IDS)},
        aliases=order_words.IDS,
    )
    def get_open_orders(
        self,
        category: AnyCategory,
        symbol: str | None = None,
        base_coin: str | None = None,
        settle_coin: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        open_only: int | None = None,
        order_filter: OrderFilter | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **words: Unpack[IdWords],
    ) -> list[Order]:
        """List open orders, conditional ones and take-profits and stop-losses among them.

        Also knows up to 500 orders of a market that ended last, until Bybit restarts: with an id, or ``open_only=1``.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Only orders on this instrument. Linear contracts need this, ``base_coin`` or ``settle_coin``. Its
                neutral name is ``inst_id``.
            base_coin: Only orders on instruments of this currency, such as ``BTC``.
            settle_coin: Only orders on contracts that are settled in this currency, such as ``USDT``.
            order_id: Only the order with this id of Bybit's, open or ended.
            order_link_id: Only the order with this id of yours, open or ended. Its neutral name is
                ``client_order_id``.
            open_only: 0 (when left out) for open orders, 1 for those that ended last.
            order_filter: Only orders of this kind: ``"Order"``, ``"StopOrder"``, ``"tpslOrder"``.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.
            **words: The neutral names, each instead of its parameter.

        Source: GET /v5/order/realtime
            https://bybit-exchange.github.io/docs/v5/order/open-order
        """

    iter_open_orders = paged(get_open_orders, tokens=_TOKENS, most=50)

    @get("/v5/order/history", _READING, auth=True, aliases=order_words.IDS)
    def get_order_history(
        self,
        category: AnyCategory,
        symbol: str | None = None,
        base_coin: str | None = None,
        settle_coin: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        order_filter: OrderFilter | None = None,
        order_status: OrderStatus | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **words: Unpack[IdWords],
    ) -> list[Order]:
        """List orders that have ended, of two years; those without a fill for 24 hours only.

        A new row may come late: ``get_open_orders`` knows of an order first. Without times it is the last 7 days.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Only orders on this instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            base_coin: Only orders on instruments of this currency, such as ``BTC``.
            settle_coin: Only orders on contracts that are settled in this currency, such as ``USDT``.
            order_id: Only the order with this id of Bybit's.
            order_link_id: Only the order with this id of yours. Its neutral name is ``client_order_id``.
            order_filter: Only orders of this kind: ``"Order"``, ``"StopOrder"``, ``"tpslOrder"``.
            order_status: Only orders that ended so, such as ``Filled``.
            start_time: First moment in epoch ms, included; at most 7 days before ``end_time``.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.
            **words: The neutral names, each instead of its parameter.

        Source: GET /v5/order/history
            https://bybit-exchange.github.io/docs/v5/order/order-list
        """

    iter_order_history = paged(get_order_history, tokens=_TOKENS, windows=_WEEKS, most=50)

    @get("/v5/execution/list", _READING, auth=True, aliases=order_words.IDS)
    def get_executions(
        self,
        category: AnyCategory,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        base_coin: str | None = None,
        settle_coin: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        exec_type: ExecType | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        **words: Unpack[IdWords],
    ) -> list[Execution]:
        """List fills, and what else was booked on positions (funding, deliveries), of two years.

        Without times it is the last 7 days.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Only this instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            order_id: Only the order with this id of Bybit's.
            order_link_id: Only the order with this id of yours. Its neutral name is ``client_order_id``.
            base_coin: Only instruments of this currency, such as ``BTC``.
            settle_coin: Only contracts that are settled in this currency, such as ``USDT``.
            start_time: First moment in epoch ms, included; at most 7 days before ``end_time``.
            end_time: Last moment in epoch ms, included.
            exec_type: Only rows of this kind, such as ``Trade`` or ``Funding``.
            limit: Rows per page: 1 to 100; 50 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.
            **words: The neutral names, each instead of its parameter.

        Source: GET /v5/execution/list
            https://bybit-exchange.github.io/docs/v5/order/execution
        """

    iter_executions = paged(get_executions, tokens=_TOKENS, windows=_WEEKS, time="execTime", most=100)

    @get("/v5/order/spot-borrow-check", _READING, auth=True)
    def get_borrow_quota(self, category: AnyCategory, symbol: str, side: Side) -> BorrowQuota:
        """Get how much may be bought or sold on spot, with and without borrowing.

        Args:
            category: Kind of product; there is ``"spot"`` only.
            symbol: Name of the spot instrument, such as ``BTCUSDT``.
            side: ``"Buy"`` or ``"Sell"``.

        Source: GET /v5/order/spot-borrow-check
            https://bybit-exchange.github.io/docs/v5/order/spot-borrow-quota
        """
