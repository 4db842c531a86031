"""Contracts of V2 futures with their trading rules, and what they are in neutral words.

Page: Bitget's API guide, "Contract / Market / Get Contract Config".
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.row_conversion import step_of
from okx_sync.rows import Row, envelope, model
from okx_sync.state.instrument_spec import InstrumentSpec

__all__ = ["MixContract"]


@model
class MixContract(Row):
    """A contract and its trading rules (``GET /api/v2/mix/market/contracts``). Sizes are in base currency."""

    productType: str | None = envelope("productType")
    """Product type that was asked for."""
    symbol: str | None = None
    baseCoin: str | None = None
    quoteCoin: str | None = None
    buyLimitPriceRatio: Decimal | None = None
    """How far the price of a buy order may be above the market's, as a ratio."""
    sellLimitPriceRatio: Decimal | None = None
    """How far the price of a sell order may be below the market's, as a ratio."""
    feeRateUpRatio: Decimal | None = None
    """How much of the fee is reserved beyond it, as a ratio."""
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio."""
    openCostUpRatio: Decimal | None = None
    """How much of the cost of opening is reserved beyond it, as a ratio."""
    supportMarginCoins: tuple[str, ...] = ()
    """Currencies that its margin may be in."""
    minTradeNum: Decimal | None = None
    """Smallest size of an order, in base currency."""
    priceEndStep: Decimal | None = None
    """Step of the price, in units of its last digit; :attr:`tick` has both together."""
    volumePlace: int | None = None
    """Digits of the size behind the point."""
    pricePlace: int | None = None
    """Digits of the price behind the point."""
    sizeMultiplier: Decimal | None = None
    """Step of the size, in base currency."""
    symbolType: str | None = None
    """Kind of contract: "perpetual" or "delivery"."""
    minTradeUSDT: Decimal | None = None
    """Smallest value of an order, in USDT."""
    maxSymbolOrderNum: int | None = None
    """Most open orders of the contract."""
    maxProductOrderNum: int | None = None
    """Most open orders of the product type."""
    maxPositionNum: int | None = None
    """Most positions."""
    symbolStatus: str | None = None
    """State: "listed", "normal", "maintain", "limit_open" (closing only), "restrictedAPI" or "off"."""
    offTime: int | None = None
    """Epoch ms at which it is taken off the list; -1 when it is not."""
    limitOpenTime: int | None = None
    """Epoch ms from which positions cannot be opened; -1 when they can."""
    deliveryTime: int | None = None
    """Delivery contracts only: epoch ms of the delivery."""
    deliveryStartTime: int | None = None
    """Delivery contracts only: epoch ms at which the delivery begins."""
    deliveryPeriod: str | None = None
    """Delivery contracts only: "this_quarter" or "next_quarter"."""
    launchTime: int | None = None
    """Epoch ms at which it was listed."""
    fundInterval: int | None = None
    """Hours from one funding to the next."""
    minLever: Decimal | None = None
    """Lowest leverage, as a factor."""
    maxLever: Decimal | None = None
    """Highest leverage, as a factor."""
    posLimit: Decimal | None = None
    """How much of the open interest a position may be, as a ratio."""
    maintainTime: int | None = None
    """Epoch ms of a maintenance, where one is announced."""
    openTime: int | None = None
    """Not used any more: epoch ms."""
    maxMarketOrderQty: Decimal | None = None
    """Largest size of a market order, in base currency."""
    maxOrderQty: Decimal | None = None
    """Largest size of a limit order, in base currency."""
    isRwa: bool | None = None
    """Whether it stands for an asset outside of crypto. Text "YES"/"NO" on the wire."""

    @property
    def tick(self) -> Decimal | None:
        """Step of the price: ``priceEndStep`` units of the last of ``pricePlace`` digits. None where one is missing."""
        step = step_of(self.pricePlace)
        return None if self.priceEndStep is None or step is None else self.priceEndStep * step

    def to_spec(self) -> InstrumentSpec:
        """Convert it to the neutral trading rules.

        One contract is one coin of the base currency: that is what sizes count, for every product type. So those of
        ``COIN-FUTURES`` are not inverse here.

        Raises ``DecodeError`` when it has no name, or lacks a rule that every order needs.
        """
        tick, lot, least = self.tick, self.sizeMultiplier, self.minTradeNum
        if not (self.symbol and tick and lot and least) or min(tick, lot, least) <= 0:
            raise DecodeError("a contract has no symbol, or no steps of price and size", text=repr(self.raw))
        return InstrumentSpec(
            inst_id=self.symbol,
            kind="futures" if self.symbolType == "delivery" else "swap",
            tick=tick,
            lot=lot,
            min_size=least,
            min_notional=self.minTradeUSDT if self.quoteCoin == "USDT" else None,
            max_limit_size=self.maxOrderQty,
            max_market_size=self.maxMarketOrderQty,
            contract_currency=self.baseCoin,
            base=self.baseCoin,
            quote=self.quoteCoin,
            settle=self._settle,
            family=self.productType,
            state=self.symbolStatus,
            listed_at=self.launchTime,
            expires_at=self.deliveryTime,
        )

    @property
    def _settle(self) -> str | None:
        """Currency of profit and loss: that of coin-margined ones is their own coin, whichever others may back them."""
        if (self.productType or "").endswith("COIN-FUTURES"):
            return self.baseCoin
        return self.supportMarginCoins[0] if len(self.supportMarginCoins) == 1 else self.quoteCoin
