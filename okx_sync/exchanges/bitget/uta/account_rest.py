# mypy: disable-error-code="empty-body"
"""The account in group ``uta``: balances, settings, leverage, bills, fees, limits, transfers and deposits.

Pages: "Account" of Bitget's UTA guide. All calls need a key of a unified account; that of a classic one is refused with
40084. Amounts are ``Decimal``, ``int`` or text, never float.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.bitget.uta.account_models import (
    UtaAccountAssets,
    UtaAccountInfo,
    UtaAccountSettings,
    UtaBill,
    UtaCollateral,
    UtaCollateralCoin,
    UtaDeltaInfo,
    UtaDepositAddress,
    UtaDepositRecord,
    UtaFeeRate,
    UtaFundingAsset,
    UtaLeveragePreview,
    UtaMaxOpen,
    UtaMaxTransferable,
    UtaMaxWithdrawal,
    UtaOpenInterestQuota,
    UtaSwitchStatus,
    UtaTransferableCoin,
    UtaTransferReceipt,
)
from okx_sync.exchanges.bitget.uta.words import (
    FLAGS,
    BillCategoryArg,
    CategoryArg,
    FuturesArg,
    HoldModeArg,
    MarginModeArg,
    OrderTypeArg,
    PosSideArg,
    SideArg,
)
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["UtaAccount"]

_TOKENS = Tokens("cursor", beside="cursor")
_TRANSFER = ("clientOid", "uta.get_bills(...) tells whether it was; Bitget knows it as {!r}")


class UtaAccount(Group, group="uta"):
    """Balances, settings, bills, fees, limits, transfers and deposits."""

    @get("/api/v3/account/assets", "20/1s user", auth=True)
    def get_account_assets(self) -> UtaAccountAssets:
        """Get the account whole: totals in USD, and every coin that it has.

        Source: GET /api/v3/account/assets
            https://www.bitget.com/api-doc/uta/account/Get-Account
        """

    @get("/api/v3/account/funding-assets", "20/1s user", auth=True)
    def get_funding_assets(self, coin: str | None = None) -> list[UtaFundingAsset]:
        """List the coins of the funding account, which is no margin.

        Args:
            coin: Only this currency.

        Source: GET /api/v3/account/funding-assets
            https://www.bitget.com/api-doc/uta/account/Get-Account-Funding-Assets
        """

    @get("/api/v3/account/settings", "20/1s user", auth=True)
    def get_account_settings(self) -> UtaAccountSettings:
        """Get the modes of the account, with leverage and margin mode of each instrument.

        Raises:
            OkxAuthError: The key is refused; 40084 says that it belongs to a classic account.

        Source: GET /api/v3/account/settings
            https://www.bitget.com/api-doc/uta/account/Get-Account-Setting
        """

    @get("/api/v3/account/info", "5/1s user", auth=True)
    def get_account_info(self) -> UtaAccountInfo:
        """Get whose key it is, and what it may do.

        Source: GET /api/v3/account/info
        """

    @get(
        "/api/v3/account/financial-records",
        "20/1s user",
        auth=True,
        list_key="list",
    )
    def get_bills(
        self,
        category: BillCategoryArg,
        coin: str | None = None,
        type_: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UtaBill]:
        """List changes of balances of the last 90 days, newest first.

        A request may span 30 days; ``iter_`` cuts longer times.

        Args:
            category: Kind of product, or ``"OTHER"``.
            coin: Only this currency.
            type_: Only this kind of bill, such as ``"TRANSFER_IN"``.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 100; 100 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /api/v3/account/financial-records
            https://www.bitget.com/api-doc/uta/account/Get-Financial-Records
        """

    iter_bills = paged(get_bills, tokens=_TOKENS, windows=Windows("start_time", "end_time", 30, 90), time="ts")

    @get("/api/v3/account/fee-rate", "3/1s user", auth=True)
    def get_fee_rate(self, symbol: str, category: CategoryArg) -> UtaFeeRate:
        """Get the trading fees of an instrument.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            category: Kind of product.

        Source: GET /api/v3/account/fee-rate
            https://www.bitget.com/api-doc/uta/account/Get-Account-Fee-Rate
        """

    @get("/api/v3/account/all-fee-rate", "3/1s user", auth=True)
    def get_fee_rates(self, category: CategoryArg, symbol: str | None = None) -> list[UtaFeeRate]:
        """List the trading fees of all instruments of a category.

        Args:
            category: Kind of product.
            symbol: Name of the instrument, such as ``BTCUSDT``.

        Source: GET /api/v3/account/all-fee-rate
        """

    @post("/api/v3/account/max-open-available", "5/1s user", reads=True)
    def get_max_open(
        self,
        category: CategoryArg,
        symbol: str,
        order_type: OrderTypeArg,
        side: SideArg,
        price: Number | None = None,
        size: Number | None = None,
    ) -> UtaMaxOpen:
        """Get how much can be bought, sold or opened.

        Args:
            category: Kind of product.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            order_type: ``"limit"`` or ``"market"``.
            side: ``"buy"`` or ``"sell"``.
            price: Price, which limit orders need.
            size: Size in base currency whose cost is asked for.

        Source: POST /api/v3/account/max-open-available
            https://www.bitget.com/api-doc/uta/trade/Get-Max-Open-Available
        """

    @get("/api/v3/account/open-interest-limit", "5/1s user", auth=True)
    def get_open_interest_limit(self, symbol: str, category: FuturesArg) -> UtaOpenInterestQuota:
        """Get how much of a contract the account may hold.

        Args:
            symbol: Name of the instrument, such as ``BTCUSDT``.
            category: Kind of futures.

        Source: GET /api/v3/account/open-interest-limit
            https://www.bitget.com/api-doc/uta/account/Get_OI_Limit
        """

    # -- settings --------------------------------------------------------------------------------------

    @post("/api/v3/account/set-leverage", "10/1s user")
    def set_leverage(
        self,
        category: CategoryArg,
        symbol: str | None = None,
        leverage: Number | None = None,
        coin: str | None = None,
        pos_side: PosSideArg | None = None,
        margin_mode: MarginModeArg | None = None,
        long_leverage: Number | None = None,
        short_leverage: Number | None = None,
    ) -> None:
        """Set the leverage of an instrument, or of a coin in margin trading.

        Args:
            category: Kind of product: ``"MARGIN"`` or one of the futures.
            symbol: Name of the instrument, which futures need.
            leverage: Leverage as a factor. Bitget needs it, unless both sides of a hedged isolated position are told.
            coin: Currency, which margin trading needs.
            pos_side: ``"long"`` or ``"short"``, which isolated margin needs.
            margin_mode: ``"crossed"`` (the default) or ``"isolated"``.
            long_leverage: Leverage of the long side, for isolated margin in hedge mode.
            short_leverage: Leverage of the short side, for isolated margin in hedge mode.

        Source: POST /api/v3/account/set-leverage
            https://www.bitget.com/api-doc/uta/account/Change-Leverage
        """

    @get("/api/v3/account/pre-set-leverage", "10/1s user", auth=True)
    def pre_set_leverage(
        self,
        category: CategoryArg,
        margin_mode: MarginModeArg,
        symbol: str | None = None,
        coin: str | None = None,
        leverage: Number | None = None,
        long_leverage: Number | None = None,
        short_leverage: Number | None = None,
    ) -> UtaLeveragePreview:
        """Get what another leverage would change, without setting it.

        Args:
            category: Kind of product: ``"MARGIN"`` or one of the futures.
            margin_mode: ``"crossed"`` or ``"isolated"``.
            symbol: Name of the instrument, which futures need.
            coin: Currency, which margin trading needs.
            leverage: Leverage as a factor.
            long_leverage: Leverage of the long side, for isolated margin in hedge mode.
            short_leverage: Leverage of the short side, for isolated margin in hedge mode.

        Source: GET /api/v3/account/pre-set-leverage
        """

    @post("/api/v3/account/set-hold-mode", "10/1s user")
    def set_hold_mode(self, hold_mode: HoldModeArg) -> None:
        """Choose one-way or hedge mode, for the whole account.

        Args:
            hold_mode: ``"one_way_mode"`` or ``"hedge_mode"``.

        Source: POST /api/v3/account/set-hold-mode
            https://www.bitget.com/api-doc/uta/account/Change-Position-Mode
        """

    @post("/api/v3/account/set-margin", "10/1s user")
    def set_margin(
        self, category: FuturesArg, symbol: str, pos_side: PosSideArg, operation: str, amount: Number
    ) -> None:
        """Add margin to an isolated position, or take some away.

        Args:
            category: Kind of futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            pos_side: ``"long"`` or ``"short"``.
            operation: Bitget's word for adding or taking away.
            amount: Amount in the margin's currency.

        Source: POST /api/v3/account/set-margin
        """

    @post("/api/v3/account/adjust-account-mode", "1/1s user", flags=FLAGS)
    def adjust_account_mode(self, mode: str, target_uid: str | None = None, delta_switch: bool | None = None) -> None:
        """Choose the level of the account.

        Args:
            mode: ``"basic"``, ``"advanced"`` or ``"isolated"``.
            target_uid: Id of a sub-account; this account when left out.
            delta_switch: Whether the account is to be delta-neutral; with ``"advanced"`` only. One source has it.

        Source: POST /api/v3/account/adjust-account-mode
        """

    @get("/api/v3/account/collateral-type", "10/1s user", auth=True)
    def get_collateral_type(self) -> UtaCollateral:
        """Get which coins are margin.

        Source: GET /api/v3/account/collateral-type
        """

    @post("/api/v3/account/set-collateral-type", "2/1s user")
    def set_collateral_type(self, collateral_type: str, collateral_coins: str | None = None) -> None:
        """Choose which coins are margin.

        Args:
            collateral_type: ``"mainstream"``, ``"all"`` or ``"custom"``.
            collateral_coins: The coins, with commas, which ``"custom"`` needs.

        Source: POST /api/v3/account/set-collateral-type
        """

    @get("/api/v3/account/custom-collateral-coins", "10/1s user", auth=True)
    def get_custom_collateral_coins(self, collateral_coin: str | None = None) -> list[UtaCollateralCoin]:
        """List the coins that can be chosen as margin.

        Args:
            collateral_coin: Only this currency.

        Source: GET /api/v3/account/custom-collateral-coins
        """

    @get("/api/v3/account/delta-info", "20/1s user", auth=True)
    def get_delta_info(self) -> UtaDeltaInfo:
        """Get how far the account is from being delta-neutral.

        Source: GET /api/v3/account/delta-info
        """

    @post("/api/v3/account/switch", "1/1s user")
    def downgrade_account_to_classic(self) -> None:
        """Make the unified account a classic one. Only a parent account can; ``get_switch_status`` follows it.

        Source: POST /api/v3/account/switch
            https://www.bitget.com/api-doc/uta/account/Switch_Account
        """

    @get("/api/v3/account/switch-status", "5/1s user", auth=True)
    def get_switch_status(self) -> UtaSwitchStatus:
        """Get how far a change of the account's kind has come. Only a parent account can ask.

        Source: GET /api/v3/account/switch-status
            https://www.bitget.com/api-doc/uta/account/Get_Switch_Status
        """

    # -- money in and out ------------------------------------------------------------------------------

    @get("/api/v3/account/max-transferable", "3/1s user", auth=True)
    def get_max_transferable(self, coin: str) -> UtaMaxTransferable:
        """Get how much can be transferred out of the unified account.

        Args:
            coin: Currency, such as ``USDT``.

        Source: GET /api/v3/account/max-transferable
            https://www.bitget.com/api-doc/uta/account/Get-Max-Transferable
        """

    @get("/api/v3/account/transferable-coins", "10/1s user", auth=True, text_key="coin")
    def get_transferable_coins(self, from_type: str, to_type: str) -> list[UtaTransferableCoin]:
        """List the coins that can be transferred from one account to another.

        Args:
            from_type: Account that pays: ``"spot"``, ``"p2p"``, ``"coin_futures"``, ``"usdt_futures"``,
                ``"usdc_futures"``, ``"crossed_margin"``, ``"isolated_margin"`` or ``"uta"``.
            to_type: Account that is paid, by the same words.

        Source: GET /api/v3/account/transferable-coins
            https://www.bitget.com/api-doc/uta/account/transfer/Get-Transfer-Coins
        """

    @post("/api/v3/account/transfer", "5/1s user", flags=FLAGS, fill={"clientOid": new_client_oid}, look_up=_TRANSFER)
    def submit_transfer(
        self,
        from_type: str,
        to_type: str,
        amount: Number,
        coin: str,
        symbol: str | None = None,
        allow_borrow: bool | None = None,
        client_oid: str | None = None,
    ) -> UtaTransferReceipt:
        """Transfer an amount from one account of yours to another.

        Args:
            from_type: Account that pays: ``"spot"``, ``"p2p"``, ``"coin_futures"``, ``"usdt_futures"``,
                ``"usdc_futures"``, ``"crossed_margin"``, ``"isolated_margin"`` or ``"uta"``.
            to_type: Account that is paid, by the same words.
            amount: Amount in the coin.
            coin: Currency, such as ``USDT``.
            symbol: Pair of an isolated margin account.
            allow_borrow: Whether the missing part may be borrowed.
            client_oid: Id of your own; made up when left out. The error of a transfer whose answer is lost has it as
                ``request_id``.

        Source: POST /api/v3/account/transfer
        """

    @get("/api/v3/account/max-withdrawal", "10/1s user", auth=True)
    def get_max_withdrawal(self, coin: str) -> UtaMaxWithdrawal:
        """Get how much of a coin can be withdrawn.

        Args:
            coin: Currency, such as ``USDT``.

        Source: GET /api/v3/account/max-withdrawal
        """

    @post("/api/v3/account/cancel-withdrawal", "1/1s user", need_one=("order_id", "client_oid"))
    def cancel_withdrawal(self, order_id: str | None = None, client_oid: str | None = None) -> None:
        """Cancel a withdrawal that is not on its way yet, named by one of its ids.

        Args:
            order_id: Id that Bitget gave.
            client_oid: Id that you gave.

        Source: POST /api/v3/account/cancel-withdrawal
        """

    @get("/api/v3/account/deposit-address", "10/1s user", auth=True)
    def get_deposit_address(self, coin: str, chain: str | None = None, size: Number | None = None) -> UtaDepositAddress:
        """Get where deposits of a coin go to.

        Args:
            coin: Currency, such as ``USDT``.
            chain: Bitget's word for the network, such as ``TRC20``.
            size: Amount in the coin, which Lightning needs.

        Source: GET /api/v3/account/deposit-address
            https://www.bitget.com/api-doc/uta/account/deposit/Get-Deposit-Address
        """

    @post("/api/v3/account/deposit-account", "1/1s user")
    def set_deposit_account(self, coin: str, account_type: str) -> None:
        """Choose the account that deposits of a coin go to.

        Args:
            coin: Currency, such as ``USDT``.
            account_type: Bitget's word for the account, such as ``"funding"`` or ``"unified"``.

        Source: POST /api/v3/account/deposit-account
            https://www.bitget.com/api-doc/uta/account/Deposit-Account
        """

    @get("/api/v3/account/deposit-records", "10/1s user", auth=True)
    def get_deposit_records(
        self,
        start_time: int,
        end_time: int,
        coin: str | None = None,
        order_id: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UtaDepositRecord]:
        """List deposits, newest first.

        Args:
            start_time: First moment in epoch ms. Other clients know of a limit of 30 days for a request.
            end_time: Last moment in epoch ms.
            coin: Only this currency.
            order_id: Only the deposit of this id.
            limit: Rows per page: 1 to 100; 20 when left out.
            cursor: The smallest order id of the page before; ``iter_`` does that.

        Source: GET /api/v3/account/deposit-records
            https://www.bitget.com/api-doc/uta/account/deposit/Get-Deposit-Records
        """

    iter_deposit_records = paged(get_deposit_records, tokens=Tokens("cursor", row="orderId"), time="createdTime")
