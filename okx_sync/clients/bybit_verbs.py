"""The everyday calls of ``BybitClient`` as methods of the client itself.

They have the names that ``OkxClient`` has for them. ``category`` (``product`` says the same) left out is the config's
where the instrument's name may be of that, else what the name says, as on the streams. All else is as in the groups:
parameters, rows, errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, cast

from okx_sync.errors import OkxApiError
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.order_lookup import BybitLostOrders
from okx_sync.exchanges.bybit.products import category_of, category_of_all
from okx_sync.exchanges.product_words import either_product

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.account.models import Position, WalletBalance
    from okx_sync.exchanges.bybit.argument_words import CancelFilter, OrderType, Side
    from okx_sync.exchanges.bybit.market.instrument_models import Instrument, InstrumentTicker
    from okx_sync.exchanges.bybit.market.models import PublicTrade, RestBook, TradeCandle
    from okx_sync.exchanges.bybit.order_options import ChangeOptions, IdOptions, OrderOptions, RequestOptions
    from okx_sync.exchanges.bybit.trade import requests
    from okx_sync.exchanges.bybit.trade.models import Order, OrderReceipt
    from okx_sync.exchanges.bybit.user.models import ApiKeyInfo
    from okx_sync.exchanges.bybit.words import Category, Interval, PositionCategory
    from okx_sync.rest import BatchResult, Number

    class _PlaceOptions(RequestOptions, OrderOptions, total=False):
        """Other words and the rarer parameters of an order."""

    class _AmendOptions(RequestOptions, ChangeOptions, total=False):
        """What may change of an order."""

    class _CancelOptions(RequestOptions, IdOptions, total=False):
        """Other words for the ids, and the kind of a spot order."""


__all__ = ["BybitVerbs"]

C = TypeVar("C", bound=str)


class BybitVerbs(BybitLostOrders):
    """The everyday calls; a client mixes this in and sets ``config``."""

    config: BybitConfig

    def _category(self, symbol: str | None, category: C | None, product: C | None) -> C:
        """Return what was said, else the config's where the instrument may be of that, else what its name says."""
        said, usual = either_product(product, category), self.config.category
        return said or cast("C", category_of(symbol, usual) if isinstance(symbol, str) else usual)

    def _category_of_all(self, orders: Any, category: Category | None, product: Category | None) -> Category:
        said, usual = either_product(product, category), self.config.category
        rows = orders if isinstance(orders, list | tuple) else ()
        return said or category_of_all(rows, usual)

    # -- market ----------------------------------------------------------------------------------------

    def get_ticker(
        self, symbol: str, *, category: Category | None = None, product: Category | None = None
    ) -> InstrumentTicker:
        """Get the best prices, the last trade and the 24 h figures of an instrument."""
        rows = self.market.get_tickers(self._category(symbol, category, product), symbol)
        if not rows:
            raise OkxApiError(f"no ticker of {symbol}", hint="check symbol and category")
        return rows[0]

    def get_tickers(
        self, *, category: Category | None = None, product: Category | None = None
    ) -> list[InstrumentTicker]:
        """Get the tickers of all instruments of a category; of options see ``client.market.get_tickers``."""
        return self.market.get_tickers(self._category(None, category, product))

    def get_orderbook(
        self,
        symbol: str,
        depth: int | None = None,
        *,
        category: Category | None = None,
        product: Category | None = None,
    ) -> RestBook:
        """Get the order book, best prices first, ``depth`` levels per side (1 to 1000; 25 of contracts, else 1)."""
        return self.market.get_order_book(self._category(symbol, category, product), symbol, depth)

    def get_candles(
        self,
        symbol: str,
        interval: Interval = "1",
        limit: int | None = None,
        *,
        category: Category | None = None,
        product: Category | None = None,
    ) -> list[TradeCandle]:
        """Get recent candles, newest first, the open one included; at most ``limit`` (1000; 200 when left out)."""
        return self.market.get_candles(symbol, interval, self._category(symbol, category, product), limit=limit)

    def get_trades(
        self,
        symbol: str,
        limit: int | None = None,
        *,
        category: Category | None = None,
        product: Category | None = None,
    ) -> list[PublicTrade]:
        """Get the newest public trades, at most ``limit``."""
        return self.market.get_trades(self._category(symbol, category, product), symbol, limit=limit)

    def get_instruments(
        self, symbol: str | None = None, *, category: Category | None = None, product: Category | None = None
    ) -> list[Instrument]:
        """Get the instruments of a category with their trading rules: one page of 1000, or the one that is named."""
        return self.market.get_instruments(self._category(symbol, category, product), symbol, limit=1000)

    def get_system_time(self) -> int:
        """Get the time of the exchange's clock, ms since the epoch."""
        return (self.market.get_server_time().timeNano or 0) // 1_000_000

    # -- account ---------------------------------------------------------------------------------------

    def get_balance(self, coin: str | Sequence[str] | None = None) -> WalletBalance:
        """Get the totals of a unified account in USD, and its coins: all that are not zero, or those that are named.

        Of a unified account 1.0, inverse contracts have a wallet of their own:
        ``client.account.get_wallet_balance("CONTRACT")``.
        """
        names = coin if isinstance(coin, str) or coin is None else ",".join(coin)
        rows = self.account.get_wallet_balance("UNIFIED", names)
        if not rows:
            raise OkxApiError("Bybit told no wallet", hint="account_kind() tells whether the account is unified")
        return rows[0]

    def check_credentials(self) -> ApiKeyInfo:
        """Ask what the key may do, to learn whether it is good. Raises ``OkxAuthError``."""
        return self.user.get_api_key_info()

    # -- positions and orders --------------------------------------------------------------------------

    def get_positions(
        self,
        symbol: str | None = None,
        *,
        settle_coin: str | None = None,
        category: PositionCategory | None = None,
        product: PositionCategory | None = None,
    ) -> list[Position]:
        """Get the positions of a category, at most 200; ``client.position.iter_positions`` has them all.

        Linear contracts need ``symbol`` or ``settle_coin``.
        """
        return self.position.get_positions(
            self._category(symbol, category, product), symbol, settle_coin=settle_coin, limit=200
        )

    def place_order(
        self,
        symbol: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        order_link_id: str | None = None,
        *,
        category: Category | None = None,
        product: Category | None = None,
        **options: Unpack[_PlaceOptions],
    ) -> OrderReceipt:
        """Place an order; parameters and errors as for ``client.order.place_order``.

        The neutral words work as well as Bybit's own: ``inst_id`` for ``symbol``, ``size`` for ``qty``,
        ``client_order_id`` for ``order_link_id``.
        """
        market = self._category(symbol or options.get("inst_id"), category, product)
        return self.order.place_order(market, symbol, side, order_type, qty, price, order_link_id, **options)

    def amend_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        category: Category | None = None,
        product: Category | None = None,
        **options: Unpack[_AmendOptions],
    ) -> OrderReceipt:
        """Change an open order, named by one of its ids; parameters as for ``client.order.amend_order``."""
        return self.order.amend_order(
            self._category(symbol or options.get("inst_id"), category, product),
            symbol,
            order_id,
            order_link_id,
            **options,
        )

    def cancel_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        category: Category | None = None,
        product: Category | None = None,
        **options: Unpack[_CancelOptions],
    ) -> OrderReceipt:
        """Cancel an order, named by one of its ids."""
        return self.order.cancel_order(
            self._category(symbol or options.get("inst_id"), category, product),
            symbol,
            order_id,
            order_link_id,
            **options,
        )

    def place_batch_orders(
        self,
        orders: Sequence[requests.NewOrder | Mapping[str, Any]],
        *,
        category: Category | None = None,
        product: Category | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Place up to 20 orders, 10 on spot, as ``client.order.place_batch_orders``."""
        return self.order.place_batch_orders(self._category_of_all(orders, category, product), orders)

    def amend_batch_orders(
        self,
        orders: Sequence[requests.AmendOrder | Mapping[str, Any]],
        *,
        category: Category | None = None,
        product: Category | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Amend up to 20 orders, 10 on spot, as ``client.order.amend_batch_orders``."""
        return self.order.amend_batch_orders(self._category_of_all(orders, category, product), orders)

    def cancel_batch_orders(
        self,
        orders: Sequence[requests.CancelOrder | Mapping[str, Any]],
        *,
        category: Category | None = None,
        product: Category | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Cancel up to 20 orders, 10 on spot, as ``client.order.cancel_batch_orders``."""
        return self.order.cancel_batch_orders(self._category_of_all(orders, category, product), orders)

    def cancel_all_orders(
        self,
        symbol: str | None = None,
        *,
        settle_coin: str | None = None,
        order_filter: CancelFilter | None = None,
        category: Category | None = None,
        product: Category | None = None,
    ) -> list[OrderReceipt]:
        """Cancel all orders of a category; what that takes with it tells ``client.order.cancel_all_orders``."""
        return self.order.cancel_all_orders(
            self._category(symbol, category, product), symbol, settle_coin=settle_coin, order_filter=order_filter
        )

    def get_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        category: Category | None = None,
        product: Category | None = None,
    ) -> Order:
        """Get one order, open or ended, named by one of its ids.

        Raises:
            ConfigError: Neither id is given.
            OkxApiError: Bybit does not know it (110001). What it has just taken may come late.
        """
        return self._known_order(self._category(symbol, category, product), symbol, order_id, order_link_id)

    def get_orders_pending(
        self,
        symbol: str | None = None,
        *,
        settle_coin: str | None = None,
        category: Category | None = None,
        product: Category | None = None,
    ) -> list[Order]:
        """Get open orders, newest first, at most 50; ``client.order.iter_open_orders`` has them all.

        Linear contracts need ``symbol`` or ``settle_coin``.
        """
        return self.order.get_open_orders(
            self._category(symbol, category, product), symbol, settle_coin=settle_coin, limit=50
        )
