# mypy: disable-error-code="empty-body"
"""Group ``public``: instruments and reference data; no key needed. (OKX API guide: Public Data.)"""

from __future__ import annotations

from okx_sync.exchanges.okx.models import (
    FundingRate,
    Instrument,
    MarkPrice,
    OpenInterest,
    PriceLimit,
)
from okx_sync.exchanges.okx.models.rest_public import SystemTime
from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.exchanges.okx.rest.public_events import PublicEvents
from okx_sync.exchanges.okx.rest.public_reference import PublicReference
from okx_sync.rest import get

__all__ = ["Public"]


class Public(PublicReference, PublicEvents, group="public"):
    """Instruments, mark prices, funding rates, open interest, the exchange's clock."""

    @get("/api/v5/public/time", "10/2s ip")
    def get_time(self) -> SystemTime:
        """The exchange's clock, ``ts`` in ms."""

    @get("/api/v5/public/instruments", "20/2s ip+instType")
    def get_instruments(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        inst_family: str | None = None,
        series_id: str | None = None,
    ) -> list[Instrument]:
        """Instruments of a type with their tick, lot and contract sizes.

        Parameters: ``inst_family`` (``"BTC-USD"``) is needed for options, ``series_id`` for event contracts.
        """

    @get("/api/v5/public/mark-price", "10/2s ip+instId")
    def get_mark_price(
        self, inst_type: InstType, inst_id: str | None = None, inst_family: str | None = None
    ) -> list[MarkPrice]:
        """Mark prices of MARGIN, SWAP, FUTURES or OPTION instruments."""

    @get("/api/v5/public/funding-rate", "10/2s ip+instId")
    def get_funding_rate(self, inst_id: str) -> list[FundingRate]:
        """Current and next funding of a perpetual; ``inst_id="ANY"`` for all of them."""

    @get("/api/v5/public/open-interest", "20/2s ip+instId")
    def get_open_interest(
        self, inst_type: InstType, inst_id: str | None = None, inst_family: str | None = None
    ) -> list[OpenInterest]:
        """Open interest in contracts, coins and USD. Options need ``inst_family``."""

    @get("/api/v5/public/price-limit", "20/2s ip")
    def get_price_limit(self, inst_id: str) -> PriceLimit:
        """The highest buying and lowest selling price that the exchange accepts now."""
