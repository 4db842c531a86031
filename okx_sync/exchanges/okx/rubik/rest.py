# mypy: disable-error-code="empty-body"
"""Group ``rubik``: statistics of trading, newest first; no key needed (OKX API guide: Trading Statistics)."""

from __future__ import annotations

from okx_sync.exchanges.okx.rubik.models import (
    AccountRatio,
    ExpiryInterest,
    InterestVolume,
    OpenInterestPoint,
    OptionTakerVolume,
    PositionRatio,
    PutCallRatio,
    Ratio,
    StrikeInterest,
    SupportedCoins,
    TakerVolume,
)
from okx_sync.exchanges.okx.words import InstType
from okx_sync.rest import Group, get, paged

__all__ = ["Rubik"]


class Rubik(Group, group="rubik"):
    """Taker volumes, long and short, open interest, options."""

    @get("/api/v5/rubik/stat/trading-data/support-coin", "5/2s ip")
    def get_supported_coins(self) -> SupportedCoins:
        """List the currencies that these figures exist for.

        Source: GET /api/v5/rubik/stat/trading-data/support-coin
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-support-coin
        """

    @get("/api/v5/rubik/stat/taker-volume", "5/2s ip")
    def get_taker_volume(
        self,
        ccy: str,
        inst_type: InstType,
        period: str | None = None,
        *,
        begin: int | None = None,
        end: int | None = None,
    ) -> list[TakerVolume]:
        """Get what takers sold and bought in a currency, in coins, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            inst_type: Market: ``SPOT`` or ``CONTRACTS`` (all derivatives).
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/taker-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-taker-volume
        """

    @get("/api/v5/rubik/stat/taker-volume-contract", "5/2s ip+instId")
    def get_taker_volume_contract(
        self,
        inst_id: str,
        period: str | None = None,
        unit: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[TakerVolume]:
        """Get what takers sold and bought of a contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            unit: What volumes are counted in: ``0`` coins, ``1`` contracts (the default), ``2`` USD.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/taker-volume-contract
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-taker-volume
        """

    iter_taker_volume_contract = paged(get_taker_volume_contract, key="ts", time="ts")

    @get("/api/v5/rubik/stat/margin/loan-ratio", "5/2s ip")
    def get_margin_loan_ratio(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[Ratio]:
        """Get loans in quote currency divided by loans in the coin, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/margin/loan-ratio
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-margin-long-short-ratio
        """

    @get("/api/v5/rubik/stat/contracts/long-short-account-ratio", "5/2s ip")
    def get_long_short_ratio(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[Ratio]:
        """Get accounts that are long divided by accounts that are short, newest first.

        All contracts of a currency together.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/contracts/long-short-account-ratio
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-long-short-ratio
        """

    @get("/api/v5/rubik/stat/contracts/long-short-account-ratio-contract", "5/2s ip+instId")
    def get_long_short_ratio_contract(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[AccountRatio]:
        """Get accounts long divided by accounts short in a contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/long-short-account-ratio-contract
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-long-short-ratio
        """

    iter_long_short_ratio_contract = paged(get_long_short_ratio_contract, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/long-short-account-ratio-contract-top-trader", "5/2s ip+instId")
    def get_top_trader_account_ratio(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[AccountRatio]:
        """Get accounts long divided by accounts short among the largest 5 % of accounts.

        Of one contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/long-short-account-ratio-contract-top-trader
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-top-traders-contract-long-short-ratio
        """

    iter_top_trader_account_ratio = paged(get_top_trader_account_ratio, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/long-short-position-ratio-contract-top-trader", "5/2s ip+instId")
    def get_top_trader_position_ratio(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[PositionRatio]:
        """Get long positions divided by short ones among the largest 5 % of accounts.

        Of one contract, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/long-short-position-ratio-contract-top-trader
        """

    iter_top_trader_position_ratio = paged(get_top_trader_position_ratio, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/open-interest-history", "10/2s ip+instId")
    def get_open_interest_history(
        self,
        inst_id: str,
        period: str | None = None,
        *,
        end: int | None = None,
        begin: int | None = None,
        limit: int | None = None,
    ) -> list[OpenInterestPoint]:
        """Get the open interest of a contract in contracts, coins and USD, newest first.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            period: Time that one row spans, from ``5m`` (the default) to ``3M``.
            end: Only rows of this time or earlier, in ms since the epoch.
            begin: Only rows of this time or later, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/rubik/stat/contracts/open-interest-history
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contract-open-interest-history
        """

    iter_open_interest_history = paged(get_open_interest_history, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/open-interest-volume", "5/2s ip")
    def get_open_interest_volume(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[InterestVolume]:
        """Get open interest and volume of all contracts of a currency, in USD, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``5m`` (the default), ``1H`` or ``1D``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/rubik/stat/contracts/open-interest-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-contracts-open-interest-and-volume
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume", "5/2s ip")
    def get_option_open_interest_volume(self, ccy: str, period: str | None = None) -> list[InterestVolume]:
        """Get open interest and volume of a currency's options, in coins, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-options-open-interest-and-volume
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-ratio", "5/2s ip")
    def get_option_ratio(self, ccy: str, period: str | None = None) -> list[PutCallRatio]:
        """Get puts divided by calls, of open interest and of volume, newest first.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume-ratio
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-put-call-ratio
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-expiry", "5/2s ip")
    def get_option_expiries(self, ccy: str, period: str | None = None) -> list[ExpiryInterest]:
        """Get open interest and volume of a currency's options by expiry, in coins.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume-expiry
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-open-interest-and-volume-expiry
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-strike", "5/2s ip")
    def get_option_strikes(self, ccy: str, exp_time: str, period: str | None = None) -> list[StrikeInterest]:
        """Get open interest and volume of a currency's options by strike, in coins.

        Args:
            ccy: Currency, such as ``BTC``.
            exp_time: Day of expiry as eight digits, year first: ``20260925``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/open-interest-volume-strike
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-open-interest-and-volume-strike
        """

    @get("/api/v5/rubik/stat/option/taker-block-volume", "5/2s ip", flat=True)
    def get_option_taker_volume(self, ccy: str, period: str | None = None) -> OptionTakerVolume:
        """Get what takers buy and sell in a currency's options, in coins.

        Args:
            ccy: Currency, such as ``BTC``.
            period: Time that one row spans: ``1D`` (the default) or ``8H``.

        Source: GET /api/v5/rubik/stat/option/taker-block-volume
            https://www.okx.com/docs-v5/en/#trading-statistics-rest-api-get-taker-flow
        """
