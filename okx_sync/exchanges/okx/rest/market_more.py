# mypy: disable-error-code="empty-body"
"""Group ``market``, rarer calls: deeper books, auctions, options, blocks, spreads, indices; no key needed."""

from __future__ import annotations

from okx_sync.exchanges.okx.models import BlockTicker, BookUpdate, CallAuction, RpiBookUpdate, SpreadTicker
from okx_sync.exchanges.okx.models.rest_market import ExchangeRate, IndexComponents, OptionFamilyTrades, PlatformVolume
from okx_sync.exchanges.okx.models.rest_public import BinaryBook
from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.rest import Group, get

__all__ = ["MarketMore"]


class MarketMore(Group, group="market"):
    """Deeper books, auctions, options, blocks, spreads, indices."""

    @get("/api/v5/market/books-full", "10/2s ip", channel="books-full")
    def get_books_full(self, inst_id: str, sz: int | None = None) -> BookUpdate:
        """The order book of up to 5000 levels a side (default 1), renewed once a second."""

    @get("/api/v5/market/books-rpi", "20/2s ip", channel="books-rpi")
    def get_books_rpi(self, inst_id: str, sz: int | None = None) -> RpiBookUpdate:
        """The order book with the sizes that only some accounts can take; ``sz`` up to 400 levels a side."""

    @get("/api/v5/market/books-sbe", "10/10s ip+instIdCode", binary=True)
    def get_books_sbe(self, inst_id_code: int, source: int) -> BinaryBook:
        """The order book in binary form (SBE), undecoded. ``inst_id_code`` is in ``Instrument.instIdCode``."""

    @get("/api/v5/market/call-auction-details", "20/2s ip")
    def get_call_auction_details(self, inst_id: str) -> CallAuction:
        """Where a call auction would match if it ended now."""

    @get("/api/v5/market/option/instrument-family-trades", "20/2s ip")
    def get_option_family_trades(self, inst_family: str) -> list[OptionFamilyTrades]:
        """The newest trades of an options family, calls and puts apart; sizes in contracts."""

    @get("/api/v5/market/platform-24-volume", "2/2s ip")
    def get_platform_volume(self) -> PlatformVolume:
        """What was traded on the whole exchange in 24 h, in USD and CNY."""

    @get("/api/v5/market/exchange-rate", "1/2s ip")
    def get_exchange_rate(self) -> ExchangeRate:
        """CNY for one USD, average of two weeks."""

    @get("/api/v5/market/index-components", "20/2s ip")
    def get_index_components(self, index: str) -> IndexComponents:
        """Markets and weights that make an index ("BTC-USDT")."""

    @get("/api/v5/market/block-ticker", "20/2s ip")
    def get_block_ticker(self, inst_id: str) -> BlockTicker:
        """Block volume of an instrument in 24 h."""

    @get("/api/v5/market/block-tickers", "20/2s ip")
    def get_block_tickers(self, inst_type: InstType, inst_family: str | None = None) -> list[BlockTicker]:
        """Block volumes of SPOT, SWAP, FUTURES or OPTION instruments in 24 h."""

    @get("/api/v5/market/sprd-ticker", "20/2s ip")
    def get_spread_ticker(self, sprd_id: str) -> SpreadTicker:
        """Best prices, last trade and 24 h figures of a spread."""
