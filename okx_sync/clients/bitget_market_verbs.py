"""The everyday calls of ``BitgetClient`` for market data: V3's for every account, see ``bitget_verbs``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from okx_sync.errors import OkxApiError
from okx_sync.exchanges.bitget.order_lookup import BitgetLostOrders
from okx_sync.exchanges.bitget.products import ALL, chosen_category

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.uta.instrument_models import UtaInstrument
    from okx_sync.exchanges.bitget.uta.market_models import UtaBook, UtaCandle, UtaPublicTrade, UtaTicker
    from okx_sync.exchanges.bitget.uta.words import CategoryArg, IntervalArg

__all__ = ["BitgetMarketVerbs"]


class BitgetMarketVerbs(BitgetLostOrders):
    """The everyday calls for market data; ``BitgetVerbs`` has the others."""

    def get_ticker(
        self, symbol: str, *, category: CategoryArg | None = None, product: CategoryArg | None = None
    ) -> UtaTicker:
        """Get the best prices, the last trade and the 24 h figures of an instrument."""
        rows = self.uta.get_tickers(_market_of(symbol, category, product), symbol)
        if not rows:
            raise OkxApiError(f"no ticker of {symbol}", hint="check symbol and category")
        return rows[0]

    def get_tickers(
        self, *, category: CategoryArg | None = None, product: CategoryArg | None = None
    ) -> list[UtaTicker]:
        """Get the tickers of all instruments of a category."""
        return self.uta.get_tickers(_market_of(None, category, product))

    def get_orderbook(
        self,
        symbol: str,
        depth: int | None = None,
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
    ) -> UtaBook:
        """Get the order book, best prices first, ``depth`` levels per side (1 to 200; 5 when left out)."""
        return self.uta.get_order_book(_market_of(symbol, category, product), symbol, depth)

    def get_candles(
        self,
        symbol: str,
        interval: IntervalArg = "1m",
        limit: int | None = None,
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
    ) -> list[UtaCandle]:
        """Get recent candles, the open one included; at most ``limit`` of them."""
        return self.uta.get_candles(_market_of(symbol, category, product), symbol, interval, limit=limit)

    def get_trades(
        self,
        symbol: str,
        limit: int | None = None,
        *,
        category: CategoryArg | None = None,
        product: CategoryArg | None = None,
    ) -> list[UtaPublicTrade]:
        """Get the newest public trades, at most ``limit`` (100)."""
        return self.uta.get_trades(_market_of(symbol, category, product), symbol, limit)

    def get_instruments(
        self, symbol: str | None = None, *, category: CategoryArg | None = None, product: CategoryArg | None = None
    ) -> list[UtaInstrument]:
        """Get the instruments of a category with their trading rules."""
        return self.uta.get_instruments(_market_of(symbol, category, product), symbol)

    def get_system_time(self) -> int:
        """Get the time of the exchange's clock, ms since the epoch."""
        return self.uta.get_server_time().serverTime or 0


def _market_of(symbol: Any, category: CategoryArg | None, product: CategoryArg | None) -> CategoryArg:
    """Return what market data are of; those of margin are those of spot."""
    return chosen_category((*ALL, "SPOT"), symbol, category, product)
