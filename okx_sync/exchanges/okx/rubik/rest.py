# mypy: disable-error-code="empty-body"
"""Group ``rubik``: statistics of trading, newest first; no key needed. (OKX API guide: Trading Statistics.)"""

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
        """Currencies that these figures exist for."""

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
        """Volume of takers in a currency, sold and bought, in coins. ``inst_type``: "SPOT" or "CONTRACTS".

        ``period``: "5m" (default), "1H" or "1D"; ``begin``/``end`` ms.
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
        """Volume of takers in a contract. ``unit``: "0" coins, "1" contracts (default), "2" USD.

        ``period`` from "5m" (default) to "3M"; ``begin``/``end`` ms, ``limit`` up to 100.
        """

    iter_taker_volume_contract = paged(get_taker_volume_contract, key="ts", time="ts")

    @get("/api/v5/rubik/stat/margin/loan-ratio", "5/2s ip")
    def get_margin_loan_ratio(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[Ratio]:
        """Loans in quote currency by loans in the coin.

        ``period``: "5m" (default), "1H" or "1D"; ``begin``/``end`` ms.
        """

    @get("/api/v5/rubik/stat/contracts/long-short-account-ratio", "5/2s ip")
    def get_long_short_ratio(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[Ratio]:
        """Accounts that are long by accounts that are short, all contracts of a currency.

        ``period``: "5m" (default), "1H" or "1D"; ``begin``/``end`` ms.
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
        """Accounts that are long by accounts that are short, of a contract.

        ``period`` from "5m" (default) to "3M"; ``begin``/``end`` ms, ``limit`` up to 100.
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
        """The same for the largest 5 % of accounts.

        ``period`` from "5m" (default) to "3M"; ``begin``/``end`` ms, ``limit`` up to 100.
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
        """Long by short positions of the largest 5 % of accounts.

        ``period`` from "5m" (default) to "3M"; ``begin``/``end`` ms, ``limit`` up to 100.
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
        """Open interest of a contract: contracts, coins, USD.

        ``period`` from "5m" (default) to "3M"; ``begin``/``end`` ms, ``limit`` up to 100.
        """

    iter_open_interest_history = paged(get_open_interest_history, key="ts", time="ts")

    @get("/api/v5/rubik/stat/contracts/open-interest-volume", "5/2s ip")
    def get_open_interest_volume(
        self, ccy: str, period: str | None = None, *, begin: int | None = None, end: int | None = None
    ) -> list[InterestVolume]:
        """Open interest and volume of all contracts of a currency, in USD.

        ``period``: "5m" (default), "1H" or "1D"; ``begin``/``end`` ms.
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume", "5/2s ip")
    def get_option_open_interest_volume(self, ccy: str, period: str | None = None) -> list[InterestVolume]:
        """Open interest and volume of a currency's options, in coins.

        ``period``: "1D" (default) or "8H".
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-ratio", "5/2s ip")
    def get_option_ratio(self, ccy: str, period: str | None = None) -> list[PutCallRatio]:
        """Puts by calls, of open interest and of volume.

        ``period``: "1D" (default) or "8H".
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-expiry", "5/2s ip")
    def get_option_expiries(self, ccy: str, period: str | None = None) -> list[ExpiryInterest]:
        """Open interest and volume by expiry, in coins.

        ``period``: "1D" (default) or "8H".
        """

    @get("/api/v5/rubik/stat/option/open-interest-volume-strike", "5/2s ip")
    def get_option_strikes(self, ccy: str, exp_time: str, period: str | None = None) -> list[StrikeInterest]:
        """Open interest and volume by strike, in coins. ``exp_time`` is a day: "20260925".

        ``period``: "1D" (default) or "8H".
        """

    @get("/api/v5/rubik/stat/option/taker-block-volume", "5/2s ip", flat=True)
    def get_option_taker_volume(self, ccy: str, period: str | None = None) -> OptionTakerVolume:
        """What takers buy and sell in options, in coins.

        ``period``: "1D" (default) or "8H".
        """
