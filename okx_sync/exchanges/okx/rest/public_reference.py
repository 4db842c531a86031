# mypy: disable-error-code="empty-body"
"""Group ``public``, reference data: tiers, collateral, loans, conversions, files; no key needed."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.models import EconomicEvent
from okx_sync.exchanges.okx.models.rest_public import Underlyings
from okx_sync.exchanges.okx.models.rest_public_more import (
    ContractCoin,
    DataFiles,
    DiscountRate,
    HedgeCurrency,
    InsuranceFund,
    LoanQuotas,
    MarketMakerInstrument,
    PositionTier,
    TickBands,
)
from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.exchanges.okx.rest.words import DateAggrType, TdMode
from okx_sync.rest import Group, Number, get, paged

__all__ = ["PublicReference"]


class PublicReference(Group, group="public"):
    """Tiers, collateral, loans, conversions, files."""

    @get("/api/v5/public/underlying", "20/2s ip")
    def get_underlyings(self, inst_type: InstType) -> list[Underlyings]:
        """Underlying indices of SWAP, FUTURES or OPTION instruments."""

    @get("/api/v5/public/position-tiers", "10/2s ip")
    def get_position_tiers(
        self,
        inst_type: InstType,
        td_mode: TdMode,
        inst_id: str | Sequence[str] | None = None,
        inst_family: str | Sequence[str] | None = None,
        *,
        ccy: str | None = None,
        tier: str | None = None,
    ) -> list[PositionTier]:
        """Margin and leverage by size of position; sizes in contracts.

        ``inst_family`` for derivatives, ``inst_id`` or ``ccy`` for MARGIN; up to 5 of them.
        """

    @get("/api/v5/public/discount-rate-interest-free-quota", "2/2s ip")
    def get_discount_rates(self, ccy: str | None = None, discount_lv: str | None = None) -> list[DiscountRate]:
        """How much currencies count as collateral, and what can be borrowed free of interest."""

    @get("/api/v5/public/interest-rate-loan-quota", "2/2s ip")
    def get_loan_quotas(self) -> list[LoanQuotas]:
        """Borrowing rates (per day, ratios) and quotas of all currencies."""

    @get("/api/v5/public/insurance-fund", "10/2s ip")
    def get_insurance_fund(
        self,
        inst_type: InstType,
        inst_family: str | None = None,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> list[InsuranceFund]:
        """Balance of the fund that covers losses of liquidations, newest first.

        Cursors are times in ms, ``limit`` up to 100.

        ``inst_family`` for derivatives, ``ccy`` for MARGIN.
        """

    iter_insurance_fund = paged(get_insurance_fund, items=lambda fund: fund.details, tied="ts")

    @get("/api/v5/public/instrument-tick-bands", "5/2s ip")
    def get_instrument_tick_bands(self, inst_type: InstType, inst_family: str | None = None) -> list[TickBands]:
        """Tick sizes of options by price."""

    @get("/api/v5/public/convert-contract-coin", "10/2s ip")
    def convert_contract_coin(
        self,
        inst_id: str,
        sz: Number,
        px: Number | None = None,
        type_: str | None = None,
        *,
        unit: str | None = None,
        op_type: str | None = None,
    ) -> ContractCoin:
        """Turn coins into contracts (``type_="1"``, the default) or contracts into coins ("2").

        ``unit``: "coin" (default) or "usds"; ``op_type``: "open" rounds down, "close" rounds up.
        """

    @get("/api/v5/public/delta-hedge-currencies", "20/2s ip")
    def get_delta_hedge_currencies(self, ccy: str | None = None) -> list[HedgeCurrency]:
        """Currencies that share an underlying, ETH and BETH for example."""

    @get("/api/v5/public/mm-instrument-types", "5/2s ip")
    def get_market_maker_instruments(
        self, inst_type: InstType | None = None, inst_id: str | None = None
    ) -> list[MarketMakerInstrument]:
        """Kinds of instruments as market-maker programs count them."""

    @get("/api/v5/public/economic-calendar", "1/5s ip", auth=True)
    def get_economic_calendar(
        self,
        region: str | None = None,
        importance: str | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> list[EconomicEvent]:
        """Releases of economic data of the last 3 months and to come, newest first; needs a key.

        Cursors are times in ms.

        ``importance``: "1" low, "2" medium, "3" high; ``limit`` up to 100.
        """

    iter_economic_calendar = paged(get_economic_calendar, tied="date", same="calendarId")

    @get("/api/v5/public/market-data-history", "5/2s ip")
    def get_market_data_files(
        self,
        module: str,
        inst_type: InstType,
        date_aggr_type: DateAggrType,
        begin: int,
        end: int,
        inst_id_list: str | Sequence[str] | None = None,
        inst_family_list: str | Sequence[str] | None = None,
    ) -> list[DataFiles]:
        """Links to files of historical data; ``begin``/``end`` ms.

        ``module``: "1" trades, "2" candles of 1 minute, "3" funding, "4" order book of 400 levels, "5" of 5000, "6"
        of 50.
        ``date_aggr_type``: "daily" or "monthly". SPOT needs ``inst_id_list``, derivatives ``inst_family_list``.
        """
