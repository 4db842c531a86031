# mypy: disable-error-code="empty-body"
"""Group ``account``: balances, positions, limits, fees (OKX API guide: Trading Account).

All calls of this file need a key with the right to read. The group's other calls are in ``bills``,
``account_settings`` and ``risk``.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.account.models import (
    Account,
    LeverageEstimate,
    MaxAvailSize,
    MaxLoan,
    MaxSize,
    MaxWithdrawal,
    Position,
    PositionLimit,
    PositionRecord,
    TradeFee,
)
from okx_sync.exchanges.okx.account_settings.models import AccountConfig, CollateralAsset, Leverage
from okx_sync.exchanges.okx.account_settings.rest import AccountSettings
from okx_sync.exchanges.okx.argument_words import PosSide, TdMode
from okx_sync.exchanges.okx.bills.rest import AccountBills
from okx_sync.exchanges.okx.public.models import Instrument
from okx_sync.exchanges.okx.risk.models import AccountGreeks, AccountPositionRisk, RiskState
from okx_sync.exchanges.okx.risk.rest import AccountRisk
from okx_sync.exchanges.okx.words import InstType, MgnMode
from okx_sync.rest import Number, get, paged

__all__ = ["AccountGroup"]


class AccountGroup(AccountBills, AccountSettings, AccountRisk, group="account"):
    """Balances, positions, limits, bills, settings, risk. All calls need a key; changes one with the right to trade."""

    @get("/api/v5/account/balance", "10/2s user", auth=True)
    def get_balance(self, ccy: str | Sequence[str] | None = None) -> Account:
        """Get the equity in USD, and the balances per currency in ``details``.

        Args:
            ccy: One currency or a list of them, at most 20; all when left out.

        Source: GET /api/v5/account/balance
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-balance
        """

    @get("/api/v5/account/positions", "10/2s user", auth=True)
    def get_positions(
        self,
        inst_type: InstType | None = None,
        inst_id: str | Sequence[str] | None = None,
        pos_id: str | Sequence[str] | None = None,
    ) -> list[Position]:
        """Get open positions; sizes in contracts.

        Args:
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            inst_id: One instrument or a list of them, at most 10; all when left out.
            pos_id: One position id or a list of them, at most 20; all when left out.

        Source: GET /api/v5/account/positions
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-positions
        """

    @get("/api/v5/account/config", "5/2s user", auth=True)
    def get_config(self) -> AccountConfig:
        """Get account mode, position mode, and the rights of this key.

        Source: GET /api/v5/account/config
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-configuration
        """

    @get("/api/v5/account/account-position-risk", "10/2s user", auth=True)
    def get_position_risk(self, inst_type: InstType | None = None) -> AccountPositionRisk:
        """Get balances and positions of one moment, taken together; sizes in contracts.

        Args:
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.

        Source: GET /api/v5/account/account-position-risk
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-and-position-risk
        """

    @get("/api/v5/account/instruments", "20/2s user+instType", auth=True)
    def get_instruments(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        inst_family: str | None = None,
        series_id: str | None = None,
    ) -> list[Instrument]:
        """Get the instruments that this account may trade.

        Args:
            inst_type: Kind of instrument, ``EVENTS`` (event contracts) included.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            inst_family: Family of the contracts, such as ``BTC-USD``; needed for options.
            series_id: Id of a series of event contracts; needed for these.

        Source: GET /api/v5/account/instruments
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-instruments
        """

    @get("/api/v5/account/positions-history", "10/2s user", auth=True)
    def get_positions_history(
        self,
        inst_type: InstType | None = None,
        inst_id: str | None = None,
        *,
        mgn_mode: MgnMode | None = None,
        type_: str | None = None,
        pos_id: str | None = None,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[PositionRecord]:
        """Get positions closed or reduced in the last 3 months, newest first.

        Age is the time of the last change, ``uTime``; rows of one time all come at once, even above ``limit``.

        Args:
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            mgn_mode: Only this margin mode: shared by positions, or each with its own.
            type_: Only positions that ended so: ``1`` closed partly, ``2`` closed, ``3`` liquidated, ``4`` liquidated
                partly, ``5`` auto-deleveraged partly, ``6`` auto-deleveraged.
            pos_id: Only the position with this id.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/account/positions-history
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-positions-history
        """

    iter_positions_history = paged(get_positions_history, tied="uTime")

    @get("/api/v5/account/greeks", "10/2s user", auth=True)
    def get_greeks(self, ccy: str | None = None) -> list[AccountGreeks]:
        """Get the Greeks of all the account holds, by currency.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/account/greeks
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-greeks
        """

    @get("/api/v5/account/leverage-info", "20/2s user", auth=True, need_one=("inst_id", "ccy"))
    def get_leverage_info(
        self, mgn_mode: MgnMode, inst_id: str | Sequence[str] | None = None, ccy: str | None = None
    ) -> list[Leverage]:
        """Get the leverage now, as a factor.

        Args:
            mgn_mode: Whether margin is shared by positions or each has its own.
            inst_id: One instrument or a list of them, at most 20.
            ccy: Currency, such as ``BTC``, where leverage is set for currencies; up to 20 with commas between.

        Raises:
            ConfigError: Neither ``inst_id`` nor ``ccy`` is given. Nothing was sent.

        Source: GET /api/v5/account/leverage-info
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-leverage
        """

    @get("/api/v5/account/adjust-leverage-info", "5/2s user", auth=True)
    def get_leverage_estimate(
        self,
        inst_type: InstType,
        mgn_mode: MgnMode,
        lever: Number,
        inst_id: str | None = None,
        *,
        ccy: str | None = None,
        pos_side: PosSide | None = None,
    ) -> LeverageEstimate:
        """Tell what another leverage would bring: margin, liquidation price, largest size.

        Args:
            inst_type: Kind of instrument: ``MARGIN``, ``SWAP`` or ``FUTURES``.
            mgn_mode: Whether margin is shared by positions or each has its own.
            lever: The leverage to try, as a factor.
            inst_id: Id of the instrument; needed for all but MARGIN in cross margin outside futures mode.
            ccy: Currency of the margin; needed for MARGIN.
            pos_side: ``net``, or in long/short mode ``long`` or ``short``.

        Source: GET /api/v5/account/adjust-leverage-info
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-leverage-estimated-info
        """

    @get("/api/v5/account/max-size", "20/2s user", auth=True)
    def get_max_size(
        self,
        inst_id: str | Sequence[str],
        td_mode: TdMode,
        px: Number | None = None,
        *,
        ccy: str | None = None,
        trade_quote_ccy: str | None = None,
        leverage: Number | None = None,
        outcome: str | None = None,
    ) -> list[MaxSize]:
        """Get the largest order: contracts for derivatives, coins for SPOT and MARGIN.

        Args:
            inst_id: One instrument or a list of them, at most 5, of one type.
            td_mode: ``cash`` without margin; else the margin mode: ``cross`` or ``isolated``.
            px: Price of the order that is meant, for a single instrument; else the price limit (derivatives) or last
                price counts.
            ccy: Currency of the margin; for MARGIN.
            trade_quote_ccy: Quote currency that a SPOT order is traded in; by default that of ``inst_id``.
            leverage: Leverage to count with, as a factor; by default the one that is set.
            outcome: Event contracts only: ``yes`` or ``no``, what to trade on.

        Source: GET /api/v5/account/max-size
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-maximum-order-quantity
        """

    @get("/api/v5/account/max-avail-size", "20/2s user", auth=True)
    def get_max_avail_size(
        self,
        inst_id: str | Sequence[str],
        td_mode: TdMode,
        px: Number | None = None,
        *,
        ccy: str | None = None,
        reduce_only: bool | None = None,
        trade_quote_ccy: str | None = None,
    ) -> list[MaxAvailSize]:
        """Get what is free for an order, borrowing included.

        Args:
            inst_id: One instrument or a list of them, at most 5, of one type.
            td_mode: ``cash`` without margin; else the margin mode: ``cross`` or ``isolated``.
            px: Price of the order that closes the position; for ``reduce_only`` MARGIN orders.
            ccy: Currency of the margin; for MARGIN.
            reduce_only: True for an order that only makes the position smaller; MARGIN only.
            trade_quote_ccy: Quote currency that a SPOT order is traded in; by default that of ``inst_id``.

        Source: GET /api/v5/account/max-avail-size
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-maximum-available-balance-equity
        """

    @get("/api/v5/account/max-loan", "20/2s user", auth=True, need_one=("inst_id", "ccy"))
    def get_max_loan(
        self,
        mgn_mode: MgnMode,
        inst_id: str | Sequence[str] | None = None,
        ccy: str | None = None,
        mgn_ccy: str | None = None,
        *,
        trade_quote_ccy: str | None = None,
    ) -> list[MaxLoan]:
        """Get how much can be borrowed, in the loan's currency.

        Args:
            mgn_mode: Whether margin is shared by positions or each has its own.
            inst_id: One instrument or a list of them, at most 5.
            ccy: The currency to borrow by hand, in spot mode.
            mgn_ccy: Currency of the margin; for MARGIN in futures mode.
            trade_quote_ccy: Quote currency that a SPOT order is traded in; by default that of ``inst_id``.

        Raises:
            ConfigError: Neither ``inst_id`` nor ``ccy`` is given. Nothing was sent.

        Source: GET /api/v5/account/max-loan
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-the-maximum-loan-of-instrument
        """

    @get("/api/v5/account/max-withdrawal", "20/2s user", auth=True)
    def get_max_withdrawal(self, ccy: str | Sequence[str] | None = None) -> list[MaxWithdrawal]:
        """Get what can be moved out of the trading account, per currency.

        Args:
            ccy: One currency or a list of them, at most 20; all when left out.

        Source: GET /api/v5/account/max-withdrawal
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-maximum-withdrawals
        """

    @get("/api/v5/account/trade-fee", "5/2s user", auth=True)
    def get_trade_fee(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        inst_family: str | None = None,
        group_id: str | None = None,
        *,
        rule_type: str | None = None,
    ) -> list[TradeFee]:
        """Get fee rates as ratios: negative is paid, positive is a rebate.

        Rates of delivery and exercise are paid and positive.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id; for SPOT and MARGIN.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            group_id: Only the group of instruments with this id (``groupId`` of an instrument), instead of ``inst_id``
                and ``inst_family``.
            rule_type: Only this rule of trading: ``normal`` or ``pre_market``.

        Source: GET /api/v5/account/trade-fee
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-fee-rates
        """

    @get("/api/v5/account/risk-state", "10/2s user", auth=True)
    def get_risk_state(self) -> RiskState:
        """Tell whether the account is at risk (portfolio margin only).

        Source: GET /api/v5/account/risk-state
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-risk-state
        """

    @get("/api/v5/account/position-tiers", "10/2s user", auth=True)
    def get_position_limits(self, inst_type: InstType, inst_family: str | Sequence[str]) -> list[PositionLimit]:
        """Get the largest positions under portfolio margin, in contracts.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_family: One family of contracts or a list of them, at most 3.

        Source: GET /api/v5/account/position-tiers
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-pm-position-limitation
        """

    @get("/api/v5/account/collateral-assets", "5/2s user", auth=True)
    def get_collateral_assets(
        self, ccy: str | Sequence[str] | None = None, collateral_enabled: bool | None = None
    ) -> list[CollateralAsset]:
        """List which currencies count as collateral.

        Args:
            ccy: One currency or a list of them; all when left out.
            collateral_enabled: Only currencies that count (True) or that do not (False).

        Source: GET /api/v5/account/collateral-assets
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-collateral-assets
        """
