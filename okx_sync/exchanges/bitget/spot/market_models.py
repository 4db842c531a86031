"""Public data of spot, as REST answers it. Prices are in quote currency, sizes in base currency.

Pages: "Spot / Market" of Bitget's API guide.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, cast

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.row_conversion import step_of
from okx_sync.exchanges.bitget.words import Side
from okx_sync.rows import BookLevel, Row, model
from okx_sync.state.instrument_spec import InstrumentSpec
from okx_sync.types import Side as NeutralSide

__all__ = [
    "SpotAuction",
    "SpotBook",
    "SpotCandle",
    "SpotChain",
    "SpotCoin",
    "SpotMergedBook",
    "SpotSymbol",
    "SpotTicker",
    "SpotTrade",
    "SpotVipLevel",
]

_SIDES: Final = {"buy": "buy", "sell": "sell", "Buy": "buy", "Sell": "sell"}


@model
class SpotChain(Row):
    """A chain of a coin: how it is deposited and withdrawn."""

    chain: str | None = None
    """Name, as deposits and withdrawals take it."""
    needTag: bool | None = None
    """Whether an address needs a tag."""
    withdrawable: bool | None = None
    rechargeable: bool | None = None
    """Whether it can be deposited."""
    withdrawFee: Decimal | None = None
    """Fee of a withdrawal, in the coin."""
    extraWithdrawFee: Decimal | None = None
    """What the chain itself takes of a withdrawal, as a ratio: 0.1 is 10 %."""
    depositConfirm: int | None = None
    """Blocks until a deposit counts."""
    withdrawConfirm: int | None = None
    """Blocks until a withdrawal counts."""
    minDepositAmount: Decimal | None = None
    """Smallest deposit, in the coin."""
    minWithdrawAmount: Decimal | None = None
    """Smallest withdrawal, in the coin."""
    browserUrl: str | None = None
    contractAddress: str | None = None
    withdrawStep: Decimal | None = None
    """Step of a withdrawal's size, in the coin; 0 when there is none."""
    withdrawMinScale: int | None = None
    """Decimal places of a withdrawal's size."""
    congestion: Literal["normal", "congested"] | str | None = None


@model
class SpotCoin(Row):
    """A coin with its chains."""

    coinId: str | None = None
    coin: str | None = None
    transfer: bool | None = None
    """Whether it can be moved between accounts."""
    areaCoin: str | None = None
    """Whether it is for some regions only: "yes" or "no"."""
    chains: tuple[SpotChain, ...] = ()


@model
class SpotSymbol(Row):
    """A spot pair with its trading rules; ``to_spec`` gives them in the neutral form."""

    symbol: str | None = None
    baseCoin: str | None = None
    quoteCoin: str | None = None
    minTradeAmount: Decimal | None = None
    """Smallest order in base currency; out of use, mostly 0: minTradeUSDT counts."""
    maxTradeAmount: Decimal | None = None
    """Largest order in base currency; out of use, mostly a number without meaning."""
    takerFeeRate: Decimal | None = None
    """Usual taker fee as a ratio."""
    makerFeeRate: Decimal | None = None
    """Usual maker fee as a ratio."""
    pricePrecision: int | None = None
    """Decimal places of a price."""
    quantityPrecision: int | None = None
    """Decimal places of a size in base currency."""
    quotePrecision: int | None = None
    """Decimal places of an amount in quote currency, which market buys are sized in."""
    minTradeUSDT: Decimal | None = None
    """Smallest value of an order, USDT."""
    status: Literal["offline", "gray", "online", "halt"] | str | None = None
    """State: "online" is normal, "gray" in a trial, "halt" suspended."""
    buyLimitPriceRatio: Decimal | None = None
    """How far above the market a buy may be priced, as a ratio: 0.05 is 5 %."""
    sellLimitPriceRatio: Decimal | None = None
    """How far below the market a sell may be priced, as a ratio: 0.05 is 5 %."""
    orderQuantity: int | None = None
    """Most open orders of the pair."""
    areaSymbol: str | None = None
    """Whether it is for some regions only: "yes" or "no"."""
    offTime: int | None = None
    """Epoch ms at which it is taken off."""
    openTime: int | None = None
    """Epoch ms at which it was listed; out of use."""
    maxLimitOrderValue: Decimal | None = None
    """Highest value of a limit order, in quote currency."""
    maxMarketOrderValue: Decimal | None = None
    """Highest value of a market order, in quote currency."""

    def to_spec(self) -> InstrumentSpec:
        """Convert it to the neutral trading rules.

        Bitget tells decimal places instead of steps, and no smallest size any more but a smallest value in USDT, which
        is known in the pair's own money only where it is quoted in USDT.

        Raises ``DecodeError`` when it has no name, or does not tell how many places there are.
        """
        if not self.symbol:
            raise DecodeError("a pair without a symbol", text=repr(self.raw))
        lot = self._step("quantityPrecision")
        return InstrumentSpec(
            inst_id=self.symbol,
            kind="spot",
            tick=self._step("pricePrecision"),
            lot=lot,
            min_size=max(self.minTradeAmount or lot, lot),
            min_notional=self.minTradeUSDT if self.quoteCoin == "USDT" else None,
            contract_currency=self.baseCoin,
            base=self.baseCoin,
            quote=self.quoteCoin,
            state=self.status,
            listed_at=self.openTime,
            expires_at=self.offTime,
        )

    def _step(self, field: str) -> Decimal:
        places: int | None = getattr(self, field)
        if (step := step_of(places)) is None:
            raise DecodeError(f"{self.symbol}: {field} is {places}, no number of places", text=repr(self.raw))
        return step


@model
class SpotTicker(Row):
    """Best prices, last trade and figures of 24 hours."""

    symbol: str | None = None
    high24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    open: Decimal | None = None
    """Price 24 hours ago."""
    lastPr: Decimal | None = None
    """Price of the last trade."""
    low24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    quoteVolume: Decimal | None = None
    """Volume of the last 24 hours, in quote currency."""
    baseVolume: Decimal | None = None
    """Volume of the last 24 hours, in base currency."""
    usdtVolume: Decimal | None = None
    """Volume of the last 24 hours, in USDT."""
    bidPr: Decimal | None = None
    """Best bid price."""
    askPr: Decimal | None = None
    """Best ask price."""
    bidSz: Decimal | None = None
    """Size at the best bid price, in base currency."""
    askSz: Decimal | None = None
    """Size at the best ask price, in base currency."""
    openUtc: Decimal | None = None
    """Price at 00:00 UTC."""
    ts: int | None = None
    """Epoch ms."""
    changeUtc24h: Decimal | None = None
    """Change since 00:00 UTC as a ratio: 0.01 is 1 %."""
    change24h: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""


@model(positional=True)
class SpotCandle(Row):
    """Open, high, low, close and volume of one bar. Nothing says that a bar is closed."""

    ts: int | None = None
    """Epoch ms at which the bar opened."""
    open: Decimal | None = None
    """Opening price."""
    high: Decimal | None = None
    """Highest price."""
    low: Decimal | None = None
    """Lowest price."""
    close: Decimal | None = None
    """Closing price, or the last one so far."""
    volume: Decimal | None = None
    """Volume, in base currency."""
    turnover: Decimal | None = None
    """Volume, in quote currency. Bitget's page calls this column USDT and the next one quote currency, others the
    reverse; of pairs with USDT both are the same."""
    usdtVolume: Decimal | None = None
    """Volume, in USDT; see turnover."""


@model
class SpotTrade(Row):
    """One public trade."""

    symbol: str | None = None
    tradeId: str | None = None
    side: Side | None = None
    """Side of the taker: "buy", "sell" of the newest trades, "Buy", "Sell" of the history; see taker_side."""
    price: Decimal | None = None
    """Price, in quote currency."""
    size: Decimal | None = None
    """Size, in base currency."""
    ts: int | None = None
    """Epoch ms of the trade, in steps of a second."""

    @property
    def taker_side(self) -> NeutralSide | None:
        """Side of the taker in the same words for every listing."""
        return cast("NeutralSide | None", _SIDES.get(self.side or ""))


@model
class SpotBook(Row):
    """An order book, best prices first."""

    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    ts: int | None = None
    """Epoch ms of the matching engine."""


@model
class SpotMergedBook(Row):
    """An order book with levels put together, best prices first."""

    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    precision: str | None = None
    """How coarse it is: "scale0" (not merged) to "scale3"; the coarsest that there is when a coarser one was asked."""
    scale: Decimal | None = None
    """Step of the prices, in quote currency."""
    isMaxPrecision: bool | None = None
    """Whether it is the coarsest that there is. Text "YES"/"NO" on the wire."""
    ts: int | None = None
    """Epoch ms of the matching engine."""


@model
class SpotVipLevel(Row):
    """What a VIP level needs and gives."""

    level: int | None = None
    dealAmount: Decimal | None = None
    """Volume of the last 30 days that it needs, USDT."""
    assetAmount: Decimal | None = None
    """Assets that it needs, USDT."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio."""
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio."""
    btcWithdrawAmount: Decimal | None = None
    """Most that can be withdrawn in 24 hours, BTC."""
    usdtWithdrawAmount: Decimal | None = None
    """Most that can be withdrawn in 24 hours, USDT."""


@model
class SpotAuction(Row):
    """The call auction before a pair is traded."""

    stage: Literal["pre_market", "stage_1", "stage_2", "stage_3", "success", "failure"] | str | None = None
    stageEndTime: int | None = None
    """Epoch ms at which this stage ends."""
    estOpeningPrice: Decimal | None = None
    """Opening price as it looks now, in quote currency."""
    matchedVolume: Decimal | None = None
    """Size that would be matched, in base currency."""
    auctionEndTime: int | None = None
    """Epoch ms at which the auction ends."""
