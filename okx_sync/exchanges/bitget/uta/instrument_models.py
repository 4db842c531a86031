"""Instruments of V3 with their trading rules. Page: "Market / Get Instruments" of Bitget's UTA guide."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.row_conversion import step_of
from okx_sync.exchanges.bitget.uta.words import Category
from okx_sync.rows import Row, model
from okx_sync.state.instrument_spec import InstrumentSpec, Kind

__all__ = ["UtaInstrument"]

_SPOT: Final = ("SPOT", "MARGIN")
_DELIVERY: Final = "delivery"


@model
class UtaInstrument(Row):
    """An instrument and its trading rules (``GET /api/v3/market/instruments``).

    Which fields there are depends on the category. Sizes are in base currency, of futures too.
    """

    category: Category | None = None
    symbol: str | None = None
    isRwa: bool | None = None
    """Futures only: whether it is on an asset of the real world. Text "YES"/"NO" on the wire."""
    isReality: bool | None = None
    """Spot only: whether it is a tokenized share. Text "yes"/"no" on the wire."""
    areaSymbol: bool | None = None
    """Spot only: whether it is traded in some regions only. Text "yes"/"no" on the wire."""
    symbolType: str | None = None
    """Kind of the underlying, such as ``"crypto"``; some sources have ``"perpetual"`` and ``"delivery"`` here."""
    baseCoin: str | None = None
    quoteCoin: str | None = None
    buyLimitPriceRatio: Decimal | None = None
    """How far a buy may be above the market's price, as a ratio."""
    sellLimitPriceRatio: Decimal | None = None
    """How far a sell may be below the market's price, as a ratio."""
    feeRateUpRatio: Decimal | None = None
    """Futures only: markup of fees as a ratio."""
    openCostUpRatio: Decimal | None = None
    """Futures only: markup of the cost of opening as a ratio."""
    makerFeeRate: Decimal | None = None
    """Futures only: maker fee as a ratio."""
    takerFeeRate: Decimal | None = None
    """Futures only: taker fee as a ratio."""
    minOrderQty: Decimal | None = None
    """Smallest size of an order in base currency."""
    maxOrderQty: Decimal | None = None
    """Largest size of a limit order in base currency."""
    maxMarketOrderQty: Decimal | None = None
    """Futures only: largest size of a market order in base currency."""
    minOrderAmount: Decimal | None = None
    """Lowest value of an order in quote currency."""
    pricePrecision: int | None = None
    """Digits of the price behind the point."""
    quantityPrecision: int | None = None
    """Digits of the size behind the point."""
    quotePrecision: int | None = None
    """Spot only: digits of an amount in quote currency."""
    priceMultiplier: Decimal | None = None
    """Futures only: step of the price."""
    quantityMultiplier: Decimal | None = None
    """Futures only: step of the size in base currency."""
    type: str | None = None
    """Futures only: ``"perpetual"`` or ``"delivery"``."""
    maxSymbolOrderNum: int | None = None
    """Most open orders on it."""
    maxProductOrderNum: int | None = None
    """Most open orders on its category."""
    maxPositionNum: int | None = None
    """Most positions on it."""
    status: str | None = None
    """State: ``"listed"`` (not open yet), ``"online"``, ``"limit_open"``, ``"offline"`` or ``"restrictedAPI"``."""
    launchTime: int | None = None
    """Epoch ms of the start."""
    offTime: int | None = None
    """Epoch ms of the delisting; -1 when there is none."""
    limitOpenTime: int | None = None
    """Epoch ms from which nothing can be opened; -1 when there is none."""
    maintainTime: str | None = None
    """Time of a maintenance, as Bitget writes it."""
    deliveryTime: int | None = None
    """Delivery futures only: epoch ms of the delivery."""
    deliveryStartTime: int | None = None
    """Delivery futures only: epoch ms at which the delivery starts."""
    deliveryPeriod: str | None = None
    """Delivery futures only: ``"this_quarter"`` or ``"next_quarter"``."""
    fundInterval: int | None = None
    """Futures only: hours from one funding to the next."""
    minLeverage: Decimal | None = None
    """Futures only: lowest leverage, as a factor."""
    maxLeverage: Decimal | None = None
    """Futures only: highest leverage, as a factor."""
    isIsolatedBaseBorrowable: bool | None = None
    """Margin only: whether the base currency can be borrowed. Text "YES"/"NO" on the wire."""
    isIsolatedQuotedBorrowable: bool | None = None
    """Margin only: whether the quote currency can be borrowed. Text "YES"/"NO" on the wire."""
    warningRiskRatio: Decimal | None = None
    """Margin only: risk ratio at which there is a warning."""
    liquidationRiskRatio: Decimal | None = None
    """Margin only: risk ratio of the liquidation."""
    maxCrossedLeverage: Decimal | None = None
    """Margin only: highest leverage with cross margin, as a factor."""
    maxIsolatedLeverage: Decimal | None = None
    """Margin only: highest leverage with isolated margin, as a factor."""
    userMinBorrow: Decimal | None = None
    """Margin only: smallest amount that can be borrowed."""

    @property
    def kind(self) -> Kind:
        """The neutral kind: "spot", "swap" or "futures"."""
        if (self.category or "").upper() in _SPOT:
            return "spot"
        return "futures" if _DELIVERY in (self.type, self.symbolType) else "swap"

    def to_spec(self) -> InstrumentSpec:
        """Convert it to the neutral rules that round and check orders.

        A contract is 1 of the base currency, of COIN-FUTURES too, as that is what Bitget's orders count.

        Raises ``DecodeError`` when a rule that every order needs is missing or not above 0.
        """
        if not self.symbol or not self.category:
            raise DecodeError("an instrument without symbol or category", text=repr(self.raw))
        kind = self.kind
        of_futures = self.baseCoin if self.category.upper() == "COIN-FUTURES" else self.quoteCoin
        lot = self._step("quantityMultiplier", self.quantityMultiplier, self.quantityPrecision)
        return InstrumentSpec(
            inst_id=self.symbol,
            kind=kind,
            tick=self._step("priceMultiplier", self.priceMultiplier, self.pricePrecision),
            lot=lot,
            min_size=self.minOrderQty or lot,  # "0" says that there is none but the step
            min_notional=(self.minOrderAmount or None) if self.quoteCoin == "USDT" else None,
            max_limit_size=self.maxOrderQty or None,
            max_market_size=self.maxMarketOrderQty or None,
            contract_currency=self.baseCoin,
            base=self.baseCoin,
            quote=self.quoteCoin,
            settle=None if kind == "spot" else of_futures,
            state=self.status,
            listed_at=self.launchTime or None,
            expires_at=self.deliveryTime or None,
        )

    def _step(self, name: str, step: Decimal | None, digits: int | None) -> Decimal:
        """Return a step: as it is told, else as the digits say, which is all that spot has."""
        found = step or step_of(digits)
        if found is None or found <= 0:
            raise DecodeError(f"{self.symbol}: {name} is {found}, not above 0", text=repr(self.raw))
        return found
