"""Public reference data: instruments, funding, open interest, mark, index and limit prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.models.words import CtType, InstState, InstType, OptType
from okx_sync.models import Row, model


@model
class UpcomingChange(Row):
    """A planned change of an instrument's parameter."""

    # Name of the parameter: "tickSz", "minSz", "maxMktSz", ...
    param: str | None = None
    newValue: Decimal | None = None
    # Epoch ms from which it holds.
    effTime: int | None = None


@model
class Instrument(Row):
    """Trading rules of an instrument (channel ``instruments``, REST ``public/instruments``).

    Sizes are in contracts for derivatives, in base currency for SPOT and MARGIN.
    """

    instType: InstType | None = None
    # Series of an event contract.
    seriesId: str | None = None
    instId: str | None = None
    # Underlying index of a derivative, "BTC-USD".
    uly: str | None = None
    groupId: str | None = None
    instFamily: str | None = None
    # Deprecated by OKX.
    category: str | None = None
    baseCcy: str | None = None
    quoteCcy: str | None = None
    settleCcy: str | None = None
    # One contract is worth ctVal x ctMult of ctValCcy.
    ctVal: Decimal | None = None
    ctMult: Decimal | None = None
    ctValCcy: str | None = None
    optType: OptType | None = None
    # Strike price of an option.
    stk: Decimal | None = None
    # Times are epoch ms.
    listTime: int | None = None
    # Deprecated by OKX, see contTdSwTime.
    auctionEndTime: int | None = None
    # When a call auction or pre-quote turns into continuous trading.
    contTdSwTime: int | None = None
    # When a pre-market swap became a normal one.
    preMktSwTime: int | None = None
    openType: Literal["fix_price", "pre_quote", "call_auction"] | str | None = None
    # Delivery or exercise, or when an instrument goes offline.
    expTime: int | None = None
    # Highest leverage, as a factor.
    lever: Decimal | None = None
    # Price step. For options it varies with the price, see REST public/instrument-tick-bands.
    tickSz: Decimal | None = None
    # Size step.
    lotSz: Decimal | None = None
    minSz: Decimal | None = None
    ctType: CtType | None = None
    # Deprecated by OKX: "this_week", "quarter", ...
    alias: str | None = None
    state: InstState | None = None
    ruleType: Literal["normal", "pre_market", "xperp"] | str | None = None
    # Largest single order by type.
    maxLmtSz: Decimal | None = None
    maxMktSz: Decimal | None = None
    maxTwapSz: Decimal | None = None
    maxIcebergSz: Decimal | None = None
    maxTriggerSz: Decimal | None = None
    maxStopSz: Decimal | None = None
    # Whether daily settlement of expiry futures is on.
    futureSettlement: bool | None = None
    # What order operations on the stream need instead of instId. Differs between live and demo, may be None.
    instIdCode: int | None = None
    # Kind of asset behind it, as a number in text.
    instCategory: str | None = None
    upcChg: tuple[UpcomingChange, ...] = ()
    # Largest single order, in USD.
    maxLmtAmt: Decimal | None = None
    maxMktAmt: Decimal | None = None
    # The rest comes over REST only.
    tradeQuoteCcyList: tuple[str, ...] = ()
    # Price limits as ratios.
    initPxLmtPct: Decimal | None = None
    floatPxLmtPct: Decimal | None = None
    maxPxLmtPct: Decimal | None = None
    # Retail price improvement: "0" not, "1" yes, "2" for some accounts; elp is the older name.
    rpi: str | None = None
    elp: str | None = None
    rpiMinLevel: Decimal | None = None
    rpiMinPxBand: Decimal | None = None
    # Position limit in USD and as a ratio, with what is left of it.
    posLmtAmt: Decimal | None = None
    posLmtPct: Decimal | None = None
    # Largest open interest of the whole platform, USD and coins.
    maxPlatOILmt: Decimal | None = None
    maxPlatOICoinLmt: Decimal | None = None
    longPosRemainingQuota: Decimal | None = None
    shortPosRemainingQuota: Decimal | None = None


@model
class OpenInterest(Row):
    """Open interest of a derivative (channel ``open-interest``)."""

    instType: InstType | None = None
    instId: str | None = None
    # Contracts, coins and USD (oiUsd is missing on older wire).
    oi: Decimal | None = None
    oiCcy: Decimal | None = None
    oiUsd: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class FundingRate(Row):
    """Funding of a perpetual (channel ``funding-rate``). Rates are ratios (0.0001 is one basis point).

    The funding interval is ``nextFundingTime - fundingTime``: 1, 2, 4, 6 or 8 hours.
    """

    instType: InstType | None = None
    instId: str | None = None
    # Deprecated by OKX: "current_period".
    method: str | None = None
    formulaType: Literal["noRate", "withRate"] | str | None = None
    fundingRate: Decimal | None = None
    # Deprecated by OKX: always None on current wire.
    nextFundingRate: Decimal | None = None
    # Epoch ms of the next settlement and of the one after it.
    fundingTime: int | None = None
    nextFundingTime: int | None = None
    # REST only: epoch ms of the last settlement.
    prevFundingTime: int | None = None
    minFundingRate: Decimal | None = None
    maxFundingRate: Decimal | None = None
    interestRate: Decimal | None = None
    # Size of the impact order, in USD(T).
    impactValue: Decimal | None = None
    settState: Literal["processing", "settled"] | str | None = None
    # Rate of this settlement while it is processed, of the last one otherwise.
    settFundingRate: Decimal | None = None
    # Premium of the perpetual over its index, as a ratio.
    premium: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class PriceLimit(Row):
    """Highest buy and lowest sell price that are accepted now (channel ``price-limit``)."""

    instType: InstType | None = None
    instId: str | None = None
    # None while enabled is False.
    buyLmt: Decimal | None = None
    sellLmt: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
    enabled: bool | None = None


@model
class MarkPrice(Row):
    """Mark price (channel ``mark-price``). Two pushes may share a ``ts``: the later one counts."""

    instType: InstType | None = None
    instId: str | None = None
    # None for some event contracts.
    markPx: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class IndexTicker(Row):
    """Price of an index (channel ``index-tickers``)."""

    # The index: "BTC-USDT".
    instId: str | None = None
    idxPx: Decimal | None = None
    open24h: Decimal | None = None
    high24h: Decimal | None = None
    low24h: Decimal | None = None
    # Opening price of the day, at UTC+0 and UTC+8.
    sodUtc0: Decimal | None = None
    sodUtc8: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
