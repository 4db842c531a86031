# mypy: disable-error-code="empty-body"
"""Group ``spread``: two instruments traded as one, at the difference of their prices.

Pages: "Spread Trading" of the V5 documentation. Prices may be zero or negative; sizes are in base currency. An accepted
request is a receipt; ``get_spread_open_orders`` and ``get_spread_order_history`` tell what became of the order.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.argument_words import OrderType, Side, SpreadTimeInForce
from okx_sync.exchanges.bybit.market.models import RestBook
from okx_sync.exchanges.bybit.rest_dialect import new_order_link_id
from okx_sync.exchanges.bybit.spread.models import (
    SpreadExecution,
    SpreadInstrument,
    SpreadMaxSize,
    SpreadOrder,
    SpreadTicker,
    SpreadTrade,
)
from okx_sync.exchanges.bybit.trade.models import OrderReceipt
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["Spread"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")
_FILL = {"orderLinkId": new_order_link_id}
_IDS = ("order_id", "order_link_id")
_OPEN = ("", "spread.get_spread_open_orders() tells which orders are left")


class Spread(Group, group="spread"):
    """Spreads: market data without a key, orders and fills with one."""

    @get("/v5/spread/instrument")
    def get_spread_instruments(
        self,
        symbol: str | None = None,
        base_coin: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[SpreadInstrument]:
        """List spreads with their trading rules.

        Args:
            symbol: Only this spread, such as ``SOLUSDT_SOL/USDT``; all when left out.
            base_coin: Only spreads on this currency, such as ``SOL``.
            limit: Rows per page: 1 to 500; 200 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/spread/instrument
            https://bybit-exchange.github.io/docs/v5/spread/market/instrument
        """

    iter_spread_instruments = paged(get_spread_instruments, tokens=_TOKENS, most=500)

    @get("/v5/spread/orderbook")
    def get_spread_order_book(self, symbol: str, limit: int | None = None) -> RestBook:
        """Get the order book of a spread, best prices first.

        Args:
            symbol: Name of the spread, such as ``SOLUSDT_SOL/USDT``.
            limit: Price levels per side: 1 to 25; 1 when left out.

        Source: GET /v5/spread/orderbook
            https://bybit-exchange.github.io/docs/v5/spread/market/orderbook
        """

    @get("/v5/spread/tickers")
    def get_spread_tickers(self, symbol: str) -> list[SpreadTicker]:
        """List best prices, last trade and 24 h figures of a spread.

        Args:
            symbol: Name of the spread, such as ``SOLUSDT_SOL/USDT``.

        Source: GET /v5/spread/tickers
            https://bybit-exchange.github.io/docs/v5/spread/market/tickers
        """

    @get("/v5/spread/recent-trade")
    def get_spread_trades(self, symbol: str, limit: int | None = None) -> list[SpreadTrade]:
        """List the newest public trades of a spread.

        Args:
            symbol: Name of the spread, such as ``SOLUSDT_SOL/USDT``.
            limit: Rows per page: 1 to 1000; 500 when left out.

        Source: GET /v5/spread/recent-trade
            https://bybit-exchange.github.io/docs/v5/spread/market/recent-trade
        """

    @post("/v5/spread/order/create", "20/1s user", order="place", fill=_FILL)
    def place_spread_order(
        self,
        symbol: str,
        side: Side,
        order_type: OrderType,
        qty: Number,
        price: Number | None = None,
        order_link_id: str | None = None,
        time_in_force: SpreadTimeInForce | None = None,
    ) -> OrderReceipt:
        """Place an order on a spread.

        Args:
            symbol: Name of the spread, such as ``SOLUSDT_SOL/USDT``.
            side: ``"Buy"`` or ``"Sell"``.
            order_type: ``"Market"`` or ``"Limit"``.
            qty: Size, in coins of the base currency.
            price: Price of a limit order; may be zero or negative.
            order_link_id: Id of your own, up to 45 letters, digits, ``-`` and ``_``; made up when left out.
            time_in_force: How long such orders stand: ``"GTC"``, ``"IOC"``, ``"FOK"`` or ``"PostOnly"``.

        Source: POST /v5/spread/order/create
            https://bybit-exchange.github.io/docs/v5/spread/trade/create-order
        """

    @post("/v5/spread/order/amend", "20/1s user", order="amend", need_one=_IDS)
    def amend_spread_order(
        self,
        symbol: str,
        order_id: str | None = None,
        order_link_id: str | None = None,
        qty: Number | None = None,
        price: Number | None = None,
    ) -> OrderReceipt:
        """Change size or price of an order on a spread, named by one of its ids.

        Args:
            symbol: Name of the spread, such as ``SOLUSDT_SOL/USDT``.
            order_id: Id of the order that Bybit gave.
            order_link_id: Id of the order that you gave.
            qty: New size, in coins of the base currency.
            price: New price; may be zero or negative.

        Source: POST /v5/spread/order/amend
            https://bybit-exchange.github.io/docs/v5/spread/trade/amend-order
        """

    @post("/v5/spread/order/cancel", "20/1s user", order="cancel", need_one=_IDS)
    def cancel_spread_order(self, order_id: str | None = None, order_link_id: str | None = None) -> OrderReceipt:
        """Cancel an order on a spread, named by one of its ids.

        Args:
            order_id: Id of the order that Bybit gave.
            order_link_id: Id of the order that you gave.

        Source: POST /v5/spread/order/cancel
            https://bybit-exchange.github.io/docs/v5/spread/trade/cancel-order
        """

    @post("/v5/spread/order/cancel-all", "5/1s user", look_up=_OPEN)
    def cancel_all_spread_orders(self, symbol: str | None = None, cancel_all: bool | None = None) -> list[OrderReceipt]:
        """Cancel all orders on a spread, or on all spreads.

        The receipt names the orders; it does not say that they are gone.

        Args:
            symbol: Only this spread, such as ``SOLUSDT_SOL/USDT``; all when left out.
            cancel_all: True to cancel those of all spreads; needed without ``symbol``.

        Source: POST /v5/spread/order/cancel-all
            https://bybit-exchange.github.io/docs/v5/spread/trade/cancel-all
        """

    @get("/v5/spread/order/realtime", "50/1s user", auth=True)
    def get_spread_open_orders(
        self,
        symbol: str | None = None,
        base_coin: str | None = None,
        *,
        order_id: str | None = None,
        order_link_id: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[SpreadOrder]:
        """List open orders on spreads, newest first.

        Args:
            symbol: Only this spread, such as ``SOLUSDT_SOL/USDT``; all when left out.
            base_coin: Only spreads on this currency, such as ``SOL``.
            order_id: Id of the order that Bybit gave.
            order_link_id: Id of the order that you gave.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/spread/order/realtime
            https://bybit-exchange.github.io/docs/v5/spread/trade/open-order
        """

    iter_spread_open_orders = paged(get_spread_open_orders, tokens=_TOKENS, most=50)

    @get("/v5/spread/order/history", "50/1s user", auth=True)
    def get_spread_order_history(
        self,
        symbol: str | None = None,
        base_coin: str | None = None,
        *,
        order_id: str | None = None,
        order_link_id: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[SpreadOrder]:
        """List finished orders on spreads, newest first.

        Seven days in one request, the last seven without times. Canceled orders without fills are kept for 24 hours.

        Args:
            symbol: Only this spread, such as ``SOLUSDT_SOL/USDT``; all when left out.
            base_coin: Only spreads on this currency, such as ``SOL``.
            order_id: Id of the order that Bybit gave.
            order_link_id: Id of the order that you gave.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/spread/order/history
            https://bybit-exchange.github.io/docs/v5/spread/trade/order-history
        """

    iter_spread_order_history = paged(
        get_spread_order_history,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 7, 730),
        time="createdTime",
        most=50,
    )

    @get("/v5/spread/execution/list", "50/1s user", auth=True)
    def get_spread_executions(
        self,
        symbol: str | None = None,
        *,
        order_id: str | None = None,
        order_link_id: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[SpreadExecution]:
        """List fills of orders on spreads, newest first.

        Seven days in one request, the last seven without times.

        Args:
            symbol: Only this spread, such as ``SOLUSDT_SOL/USDT``; all when left out.
            order_id: Id of the order that Bybit gave.
            order_link_id: Id of the order that you gave.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/spread/execution/list
            https://bybit-exchange.github.io/docs/v5/spread/trade/trade-history
        """

    iter_spread_executions = paged(
        get_spread_executions,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 7, 730),
        time="execTime",
        most=50,
    )

    @get("/v5/spread/max-qty", "50/1s user", auth=True)
    def get_spread_max_qty(self, symbol: str, side: str, order_price: Number) -> SpreadMaxSize:
        """Get what an order on a spread may be at most.

        Args:
            symbol: Name of the spread, such as ``SOLUSDT_SOL/USDT``.
            side: ``"1"`` to buy, ``"2"`` to sell.
            order_price: Price that is asked, in quote currency.

        Source: GET /v5/spread/max-qty
            https://bybit-exchange.github.io/docs/v5/spread/trade/max-qty
        """
