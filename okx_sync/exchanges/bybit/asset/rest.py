# mypy: disable-error-code="empty-body"
"""Group ``asset``: coins, balances of all wallets; its other calls are in ``transfer`` and ``funding``.

Pages: "Asset" of the V5 documentation. All calls are signed. Lists come newest first. ``iter_`` methods read a
listing to its end, however many requests that takes.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.argument_words import Flag
from okx_sync.exchanges.bybit.asset.models import (
    AccountAssets,
    AccountCoinBalance,
    AssetBalance,
    CoinInfo,
    DeliveryRecord,
    FundingTransaction,
    SettlementRecord,
)
from okx_sync.exchanges.bybit.funding.rest import Funding
from okx_sync.exchanges.bybit.transfer.rest import AssetTransfers
from okx_sync.exchanges.bybit.words import Category, WalletType
from okx_sync.rest import Tokens, Windows, get, paged

__all__ = ["Asset"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")


class Asset(AssetTransfers, Funding, group="asset"):
    """Coins, balances, deliveries, transfers, deposits, withdrawals."""

    @get("/v5/asset/coin/query-info", "5/1s user", auth=True, list_key="rows")
    def get_coin_info(self, coin: str | None = None) -> list[CoinInfo]:
        """List coins with their chains: deposits, withdrawals, fees, limits.

        Args:
            coin: Only this currency, such as ``USDT``; all when left out.

        Source: GET /v5/asset/coin/query-info
            https://bybit-exchange.github.io/docs/v5/asset/coin-info
        """

    @get("/v5/asset/asset-overview", "50/1s user", auth=True)
    def get_asset_overview(
        self, member_id: str | None = None, valuation_currency: str | None = None, account_type: str | None = None
    ) -> list[AccountAssets]:
        """List what each account has, valued in one currency.

        Args:
            member_id: UID of a sub-account, asked for with the key of the master account; the key's own when left
                out.
            valuation_currency: Currency of the valuation, such as ``USD``; that of the user when left out.
            account_type: Only this account, such as ``"FundingAccount"``; all when left out.

        Source: GET /v5/asset/asset-overview
            https://bybit-exchange.github.io/docs/v5/asset/balance/asset-overview
        """

    @get("/v5/asset/transfer/query-account-coin-balance", "450/1s user", auth=True)
    def get_coin_balance(
        self,
        account_type: WalletType,
        coin: str,
        member_id: str | None = None,
        *,
        to_member_id: str | None = None,
        to_account_type: WalletType | None = None,
        with_bonus: Flag | None = None,
        with_transfer_safe_amount: Flag | None = None,
        with_ltv_transfer_safe_amount: Flag | None = None,
    ) -> AccountCoinBalance:
        """Get the balance of one coin in a wallet, of sub-accounts too.

        Args:
            account_type: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.
            coin: Currency, such as ``USDT``.
            member_id: UID of a sub-account, asked for with the key of the master account; the key's own when left
                out.
            to_member_id: UID of the account to which something shall be transferred.
            to_account_type: Wallet to which something shall be transferred.
            with_bonus: Whether the bonus is told: 1, or 0 as when left out.
            with_transfer_safe_amount: Whether it is told what can be transferred without a debt: 1, or 0 as when left
                out.
            with_ltv_transfer_safe_amount: Whether it is told what an institutional loan allows: 1, or 0 as when left
                out.

        Source: GET /v5/asset/transfer/query-account-coin-balance
            https://bybit-exchange.github.io/docs/v5/asset/balance/account-coin-balance
        """

    @get("/v5/asset/transfer/query-account-coins-balance", "5/1s user", auth=True, list_key="balance")
    def get_coins_balance(
        self,
        account_type: WalletType,
        coin: str | None = None,
        member_id: str | None = None,
        with_bonus: Flag | None = None,
    ) -> list[AssetBalance]:
        """List the balances of a wallet, of sub-accounts too.

        Args:
            account_type: ``"UNIFIED"``, ``"FUND"``, ``"CONTRACT"`` or ``"SPOT"``.
            coin: Only these currencies, joined by commas, up to 10; all that are not zero when left out. The unified
                wallet wants them.
            member_id: UID of a sub-account, asked for with the key of the master account; the key's own when left
                out.
            with_bonus: Whether the bonus is told: 1, or 0 as when left out.

        Source: GET /v5/asset/transfer/query-account-coins-balance
            https://bybit-exchange.github.io/docs/v5/asset/balance/all-balance
        """

    @get("/v5/asset/delivery-record", "50/1s user", auth=True)
    def get_delivery_records(
        self,
        category: Category,
        symbol: str | None = None,
        *,
        start_time: int | None = None,
        end_time: int | None = None,
        exp_date: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[DeliveryRecord]:
        """List deliveries of futures and options, newest first.

        30 days in one request, the last 30 without times; two years back.

        Args:
            category: Kind of product: ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTC-29DEC26-80000-C``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            exp_date: Only what ended on this day, such as ``25DEC26``.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/delivery-record
            https://bybit-exchange.github.io/docs/v5/asset/delivery
        """

    iter_delivery_records = paged(
        get_delivery_records,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 30, 730),
        time="deliveryTime",
        most=50,
    )

    @get("/v5/asset/settlement-record", "50/1s user", auth=True)
    def get_settlement_records(
        self,
        category: Category,
        symbol: str | None = None,
        *,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[SettlementRecord]:
        """List settlements of USDC perpetuals, newest first.

        30 days in one request, the last 30 without times; two years back.

        Args:
            category: Kind of product: ``"linear"``.
            symbol: Name of the instrument, such as ``BTCPERP``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 50; 20 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/settlement-record
            https://bybit-exchange.github.io/docs/v5/asset/settlement
        """

    iter_settlement_records = paged(
        get_settlement_records,
        tokens=_TOKENS,
        windows=Windows("start_time", "end_time", 30, 730),
        time="createdTime",
        most=50,
    )

    @get("/v5/asset/fundinghistory", "30/1s user", auth=True)
    def get_funding_account_history(
        self,
        create_time_from: int | None = None,
        create_time_to: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[FundingTransaction]:
        """List the changes of the funding wallet, newest first.

        Seven days in one request, the last seven without times. Its times are seconds; ``.between()`` takes the same
        moments as everywhere.

        Args:
            create_time_from: First moment in epoch seconds, included; together with ``create_time_to``.
            create_time_to: Last moment in epoch seconds, included; together with ``create_time_from``.
            limit: Rows per page: 1 to 100; 10 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/asset/fundinghistory
            https://bybit-exchange.github.io/docs/v5/asset/fund-history
        """

    iter_funding_account_history = paged(
        get_funding_account_history,
        tokens=_TOKENS,
        windows=Windows("create_time_from", "create_time_to", 7, 730, unit_ms=1000),
        most=100,
    )
