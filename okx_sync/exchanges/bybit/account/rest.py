# mypy: disable-error-code="empty-body"
"""Group ``account``: wallet, history of balances, Greeks.

Its other calls are in ``account_settings`` and ``borrowing``. Pages: "Account" of the V5 documentation. All calls are
signed. Lists come newest first. ``iter_`` methods read a listing to its end, however many requests that takes.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.account.models import (
    CoinGreeks,
    OptionAsset,
    SpotTradeSummary,
    Transaction,
    WalletBalance,
    Withdrawable,
)
from okx_sync.exchanges.bybit.account_settings.rest import AccountSettings
from okx_sync.exchanges.bybit.borrowing.rest import Borrowing
from okx_sync.exchanges.bybit.words import Category, WalletType
from okx_sync.rest import Tokens, Windows, get, paged

__all__ = ["Account"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")


class Account(AccountSettings, Borrowing, group="account"):
    """Wallet, history of balances, settings, borrowing."""

    @get("/v5/account/wallet-balance", "50/1s user", auth=True)
    def get_wallet_balance(self, account_type: WalletType = "UNIFIED", coin: str | None = None) -> list[WalletBalance]:
        """Get totals of the account in USD, and its coins that are not zero.

        The funding wallet is another one: ``asset.get_coins_balance("FUND")``.

        Args:
            account_type: ``"UNIFIED"``; of unified accounts 1.0 also ``"CONTRACT"``, where inverse contracts are, and
                of classic ones ``"CONTRACT"`` and ``"SPOT"``.
            coin: Only these currencies, joined by commas, such as ``USDT,USDC``, whether zero or not.

        Source: GET /v5/account/wallet-balance
            https://bybit-exchange.github.io/docs/v5/account/wallet-balance
        """

    @get("/v5/account/transaction-log", "25/1s user", auth=True)
    def get_transaction_log(
        self,
        account_type: WalletType | None = None,
        category: Category | None = None,
        *,
        currency: str | None = None,
        base_coin: str | None = None,
        type_: str | None = None,
        trans_sub_type: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[Transaction]:
        """List the changes of the balances of a unified account, newest first.

        Seven days in one request, the last 24 hours without times; two years back.

        Args:
            account_type: ``"UNIFIED"``, which it is when left out.
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``; all when left out.
            currency: Only this currency, such as ``USDT``; all when left out.
            base_coin: Only contracts on this currency, such as ``BTC`` of ``BTCPERP``.
            type_: Only changes for this reason, such as ``"TRADE"``, ``"SETTLEMENT"`` (funding) or ``"TRANSFER_IN"``.
            trans_sub_type: Only changes of this finer reason, such as ``"movePosition"``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/account/transaction-log
            https://bybit-exchange.github.io/docs/v5/account/transaction-log
        """

    iter_transaction_log = paged(
        get_transaction_log,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 7, 730),
        time="transactionTime",
        most=50,
    )

    @get("/v5/account/withdrawal", "50/1s user", auth=True)
    def get_withdrawable(self, coin_name: str) -> Withdrawable:
        """Get how much of some coins can be transferred out of the unified wallet.

        Args:
            coin_name: Up to 20 currencies, joined by commas, such as ``BTC,USDT``.

        Source: GET /v5/account/withdrawal
            https://bybit-exchange.github.io/docs/v5/account/unified-trans-amnt
        """

    @get("/v5/asset/coin-greeks", "50/1s user", auth=True)
    def get_coin_greeks(self, base_coin: str | None = None) -> list[CoinGreeks]:
        """List the Greeks of all options on each coin.

        Args:
            base_coin: Only options on this currency, such as ``BTC``; all when left out.

        Source: GET /v5/asset/coin-greeks
            https://bybit-exchange.github.io/docs/v5/account/coin-greeks
        """

    @get("/v5/account/option-asset-info", auth=True, list_key="result")
    def get_option_asset_info(self) -> list[OptionAsset]:
        """List profit and margin of options by coin.

        Source: GET /v5/account/option-asset-info
            https://bybit-exchange.github.io/docs/v5/account/option-asset-info
        """

    @get("/v5/account/trade-info-for-analysis", "50/1s user", auth=True)
    def get_trade_info_for_analysis(
        self, symbol: str, start_time: int | None = None, end_time: int | None = None
    ) -> SpotTradeSummary:
        """Get sums of the account's spot trades in an instrument, in all and by day.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.

        Source: GET /v5/account/trade-info-for-analysis
            https://bybit-exchange.github.io/docs/v5/account/trade-info-for-analysis
        """
