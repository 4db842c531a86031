# mypy: disable-error-code="empty-body"
"""Group ``common``: time, announcements, fee rates, totals of an account (V2).

Pages: "Common" of Bitget's API guide.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.common.models import (
    AccountTotal,
    Announcement,
    FundingAsset,
    ServerTime,
    SymbolTradeRate,
    TradeRate,
)
from okx_sync.rest import Group, Tokens, get, paged

__all__ = ["Common"]


class Common(Group, group="common"):
    """What is common to all products."""

    @get("/api/v2/public/time", "20/1s ip")
    def get_server_time(self) -> ServerTime:
        """Get Bitget's clock.

        Source: GET /api/v2/public/time
            https://www.bitget.com/api-doc/common/public/Get-Server-Time
        """

    @get("/api/v2/public/annoucements", "20/1s ip")
    def get_announcements(
        self,
        language: str,
        ann_type: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        cursor: str | None = None,
        limit: int | None = None,
    ) -> list[Announcement]:
        """List announcements of the last month, newest first.

        Args:
            language: Such as ``en_US``; English where there is no such translation.
            ann_type: Only this kind, such as ``coin_listings``, ``api_trading``, ``symbol_delisting``.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            cursor: Id of the last announcement of the page before; ``iter_`` sets it.
            limit: Rows per page: 1 to 10; 10 when left out.

        Source: GET /api/v2/public/annoucements
            https://www.bitget.com/api-doc/common/notice/Get-All-Notices
        """

    iter_announcements = paged(get_announcements, tokens=Tokens("cursor", row="annId"), time="cTime", most=10)

    @get("/api/v2/common/trade-rate", "10/1s user", auth=True)
    def get_trade_rate(self, symbol: str, business_type: str) -> TradeRate:
        """Get your fees of an instrument.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            business_type: ``"mix"`` for futures, ``"spot"`` or ``"margin"``.

        Source: GET /api/v2/common/trade-rate
            https://www.bitget.com/api-doc/common/public/Get-Trade-Rate
        """

    @get("/api/v2/common/all-trade-rate", "10/1s user", auth=True)
    def get_all_trade_rates(self, symbol: str, business_type: str) -> list[SymbolTradeRate]:
        """List your fees.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            business_type: ``"mix"`` for futures, ``"spot"`` or ``"margin"``.

        Source: GET /api/v2/common/all-trade-rate
            https://www.bitget.com/api-doc/common/public/Get-All-Trade-Rate
        """

    @get("/api/v2/account/all-account-balance", "1/1s user", auth=True)
    def get_balances(self) -> list[AccountTotal]:
        """List what each account is worth.

        Source: GET /api/v2/account/all-account-balance
            https://www.bitget.com/api-doc/common/account/All-Account-Balance
        """

    @get("/api/v2/account/funding-assets", "10/1s user", auth=True)
    def get_funding_assets(self, coin: str | None = None) -> list[FundingAsset]:
        """List the coins of the funding account.

        Args:
            coin: Only this coin, such as ``USDT``.

        Source: GET /api/v2/account/funding-assets
            https://www.bitget.com/api-doc/common/account/Funding-Assets
        """
