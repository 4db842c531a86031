# mypy: disable-error-code="empty-body"
"""Part of the group ``account``: its kind, fees, modes, protections.

Pages: "Account" of the V5 documentation. All calls are signed; calls that change something need a key that may trade.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.account_settings.models import (
    AccountInfo,
    AccountInstrument,
    AccountUpgrade,
    DcpInfo,
    DeltaMode,
    MarginModeReason,
    MmpState,
    SmpGroup,
    TradingFee,
    UserSettings,
)
from okx_sync.exchanges.bybit.argument_words import Flag, MarginMode, Switch
from okx_sync.exchanges.bybit.words import Category
from okx_sync.rest import Group, Number, Tokens, get, paged, post

__all__ = ["AccountSettings"]

_TOKENS = Tokens("cursor", beside="nextPageCursor")


class AccountSettings(Group, group="account"):
    """Kind of the account, fees, modes, protections."""

    @get("/v5/account/info", "50/1s user", auth=True)
    def get_account_info(self) -> AccountInfo:
        """Get the kind of the account and its margin mode.

        Source: GET /v5/account/info
            https://bybit-exchange.github.io/docs/v5/account/account-info
        """

    @get("/v5/account/fee-rate", "5/1s user", auth=True)
    def get_fee_rates(
        self, category: Category, symbol: str | None = None, base_coin: str | None = None
    ) -> list[TradingFee]:
        """List the account's trading fees.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``; not for options.
            base_coin: Only options on this currency, such as ``BTC``.

        Source: GET /v5/account/fee-rate
            https://bybit-exchange.github.io/docs/v5/account/fee-rate
        """

    @get("/v5/account/instruments-info", "10/1s user", auth=True)
    def get_account_instruments(
        self, category: Category, symbol: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> list[AccountInstrument]:
        """List the instruments that the account may trade, with their trading rules.

        Of spot all come on one page. There are none of options.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``, where there is one.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            limit: Rows per page: 1 to 200; 200 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /v5/account/instruments-info
            https://bybit-exchange.github.io/docs/v5/account/instrument
        """

    iter_account_instruments = paged(get_account_instruments, tokens=_TOKENS, most=200)

    @post("/v5/account/set-margin-mode", "5/1s user", list_key="reasons")
    def set_margin_mode(self, set_margin_mode: MarginMode) -> list[MarginModeReason]:
        """Set the margin mode of the whole account.

        No reason means that it is done. Where Bybit refuses it, the error's ``rows`` have the reasons.

        Args:
            set_margin_mode: ``"ISOLATED_MARGIN"``, ``"REGULAR_MARGIN"`` (cross) or ``"PORTFOLIO_MARGIN"``.

        Source: POST /v5/account/set-margin-mode
            https://bybit-exchange.github.io/docs/v5/account/set-margin-mode
        """

    @post("/v5/account/set-hedging-mode")
    def set_hedging_mode(self, set_hedging_mode: Switch) -> None:
        """Set whether spot hedges derivatives in portfolio margin.

        Args:
            set_hedging_mode: ``"ON"`` or ``"OFF"``.

        Source: POST /v5/account/set-hedging-mode
            https://bybit-exchange.github.io/docs/v5/account/set-spot-hedge
        """

    @post("/v5/account/set-limit-px-action", "10/1s user")
    def set_limit_price_action(self, category: Category, modify_enable: bool) -> None:
        """Set what becomes of limit orders beyond the price limits.

        Args:
            category: ``"linear"``, ``"inverse"`` or ``"spot"``; the first two go together.
            modify_enable: Spot: True moves the price to the limit, False refuses the order. Contracts: the other way
                round, True refuses.

        Source: POST /v5/account/set-limit-px-action
            https://bybit-exchange.github.io/docs/v5/account/set-price-limit
        """

    @post("/v5/account/set-delta-mode", empty=True)
    def set_delta_mode(self, delta_enable: Flag) -> DeltaMode:
        """Switch the delta-neutral mode, in which hedged positions are deleveraged later.

        Look at ``resultStatus``, or at ``get_user_settings().deltaEnable`` afterwards.

        Args:
            delta_enable: ``"1"`` on, ``"0"`` off.

        Source: POST /v5/account/set-delta-mode
            https://bybit-exchange.github.io/docs/v5/account/set-delta-mode
        """

    @get("/v5/account/user-setting-config", "50/1s user", auth=True)
    def get_user_settings(self) -> UserSettings:
        """Get how orders beyond the price limits are treated, and the delta-neutral mode.

        Source: GET /v5/account/user-setting-config
            https://bybit-exchange.github.io/docs/v5/account/get-user-setting-config
        """

    @get("/v5/account/mmp-state", auth=True, list_key="result")
    def get_mmp_state(self, base_coin: str) -> list[MmpState]:
        """List the market-maker protection of options on a coin.

        Args:
            base_coin: Currency of the options, such as ``BTC``.

        Source: GET /v5/account/mmp-state
            https://bybit-exchange.github.io/docs/v5/account/get-mmp-state
        """

    @post("/v5/account/mmp-modify", "5/1s user")
    def set_mmp(
        self,
        base_coin: str,
        window: int,
        frozen_period: int,
        qty_limit: Number,
        delta_limit: Number,
        vega_limit: Number | None = None,
    ) -> None:
        """Set the market-maker protection of options on a coin.

        Args:
            base_coin: Currency of the options, such as ``BTC``.
            window: Length of the time in which trades are counted, in ms.
            frozen_period: How long quotes are frozen, in ms; 0: until ``reset_mmp``.
            qty_limit: Contracts that may trade in ``window``; up to 2 digits behind the point.
            delta_limit: Delta that may trade in ``window``, a number with up to 2 digits behind the point.
            vega_limit: Vega that may trade in ``window``, a number.

        Source: POST /v5/account/mmp-modify
            https://bybit-exchange.github.io/docs/v5/account/set-mmp
        """

    @post("/v5/account/mmp-reset", "5/1s user")
    def reset_mmp(self, base_coin: str) -> None:
        """End the freeze of the market-maker protection.

        Args:
            base_coin: Currency of the options, such as ``BTC``.

        Source: POST /v5/account/mmp-reset
            https://bybit-exchange.github.io/docs/v5/account/reset-mmp
        """

    @get("/v5/account/query-dcp-info", "5/1s user", auth=True, list_key="dcpInfos")
    def get_dcp_info(self) -> list[DcpInfo]:
        """List the disconnect protection of each product; none where it is not set.

        Source: GET /v5/account/query-dcp-info
            https://bybit-exchange.github.io/docs/v5/account/dcp-info
        """

    @get("/v5/account/smp-group", "5/1s user", auth=True)
    def get_smp_group(self) -> SmpGroup:
        """Get the account's group for self-match prevention.

        Source: GET /v5/account/smp-group
            https://bybit-exchange.github.io/docs/v5/account/smp-group
        """

    @post("/v5/account/upgrade-to-uta", "1/1s user")
    def upgrade_to_unified_account(self) -> AccountUpgrade:
        """Upgrade the account to a unified one (2.0 Pro). It cannot be undone.

        It takes some minutes; ``get_account_info().unifiedMarginStatus`` tells when it is done.

        Source: POST /v5/account/upgrade-to-uta
            https://bybit-exchange.github.io/docs/v5/account/upgrade-unified-account
        """
