"""Rows of reference data: instruments, prices, funding, options, settlements, files.

Also what is going to happen and how it turned out: event contracts, the economic calendar, the state of the exchange,
announcements.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.words import CtType, EventMarketState, InstState, InstType, OptType, SettleType, StatusState
from okx_sync.rows import Row, model


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


@model
class OptionSummary(Row):
    """Greeks and volatilities of an option (channel ``opt-summary``, REST ``public/opt-summary``).

    Volatilities are ratios: 1 is 100 %.
    """

    instType: InstType | None = None
    instId: str | None = None
    # Underlying index, "BTC-USD".
    uly: str | None = None
    # Greeks in coins.
    delta: Decimal | None = None
    gamma: Decimal | None = None
    vega: Decimal | None = None
    theta: Decimal | None = None
    # Greeks after Black-Scholes, in USD.
    deltaBS: Decimal | None = None
    gammaBS: Decimal | None = None
    vegaBS: Decimal | None = None
    thetaBS: Decimal | None = None
    # Factor.
    lever: Decimal | None = None
    # Implied volatility at the mark, bid and ask price.
    markVol: Decimal | None = None
    bidVol: Decimal | None = None
    askVol: Decimal | None = None
    # Volatility that was realised.
    realVol: Decimal | None = None
    # Implied volatility of at-the-money options.
    volLv: Decimal | None = None
    # Forward price.
    fwdPx: Decimal | None = None
    # REST only: yield per year of buying and of selling, distance of the strike from the forward price; ratios.
    buyApr: Decimal | None = None
    sellApr: Decimal | None = None
    distance: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class SystemTime(Row):
    """The exchange's clock."""

    # Epoch ms.
    ts: int | None = None


@model(positional=True)
class Underlyings(Row):
    """Underlying indices of a type of instrument (``public/underlying``): a bare list of names."""

    @property
    def names(self) -> tuple[str, ...]:
        """The indices: ``"BTC-USD"``, ``"ETH-USDT"``, ..."""
        return tuple(map(str, self.raw or ()))


@model
class ContractCoin(Row):
    """Contracts turned into coins, or back (``public/convert-contract-coin``)."""

    instId: str | None = None
    sz: Decimal | None = None
    px: Decimal | None = None
    # "coin" or "usds".
    unit: str | None = None
    # "1" coins to contracts, "2" contracts to coins.
    type: str | None = None


@model
class DeliveryDetail(Row):
    """One contract that was delivered, exercised or expired."""

    # The contract; the name is the exchange's spelling.
    insId: str | None = None
    px: Decimal | None = None
    # "delivery", "exercised", "expired_otm".
    type: str | None = None


@model
class DeliveryRecord(Row):
    """What was delivered or exercised at a time (``public/delivery-exercise-history``)."""

    # Epoch ms.
    ts: int | None = None
    details: tuple[DeliveryDetail, ...] = ()


@model
class EstimatedSettlement(Row):
    """The next settlement of an expiry future (``public/estimated-settlement-info``)."""

    instId: str | None = None
    # Epoch ms.
    nextSettleTime: int | None = None
    estSettlePx: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class FundingRateRecord(Row):
    """A funding settlement of the past (``public/funding-rate-history``). Rates are ratios."""

    instId: str | None = None
    instType: InstType | None = None
    formulaType: str | None = None
    # As announced, and as paid.
    fundingRate: Decimal | None = None
    realizedRate: Decimal | None = None
    # Epoch ms of the settlement.
    fundingTime: int | None = None
    method: str | None = None


@model
class TickBand(Row):
    """Tick size of option prices from ``minPx`` up to ``maxPx``."""

    minPx: Decimal | None = None
    maxPx: Decimal | None = None
    tickSz: Decimal | None = None


@model
class TickBands(Row):
    """Tick sizes of an options family (``public/instrument-tick-bands``)."""

    instType: InstType | None = None
    instFamily: str | None = None
    tickBand: tuple[TickBand, ...] = ()
    # Epoch ms.
    ts: int | None = None


@model
class DataFile(Row):
    """A file of historical data. Times are epoch ms."""

    filename: str | None = None
    dataTs: int | None = None
    sizeMB: Decimal | None = None
    url: str | None = None
    # Older name of dataTs.
    dateTs: int | None = None


@model
class DataGroup(Row):
    """Files of one instrument or family. Times are epoch ms."""

    instId: str | None = None
    instFamily: str | None = None
    instType: InstType | None = None
    dateRangeStart: int | None = None
    dateRangeEnd: int | None = None
    groupSizeMB: Decimal | None = None
    groupDetails: tuple[DataFile, ...] = ()


@model
class DataFiles(Row):
    """Links to files of historical data (``public/market-data-history``)."""

    dateAggrType: str | None = None
    # Epoch ms.
    ts: int | None = None
    totalSizeMB: Decimal | None = None
    details: tuple[DataGroup, ...] = ()


@model
class MarketMakerInstrument(Row):
    """Kind of an instrument for market makers (``public/mm-instrument-types``)."""

    instId: str | None = None
    instType: InstType | None = None
    pairType: str | None = None


@model
class Premium(Row):
    """Premium of a perpetual over its index, as a ratio (``public/premium-history``)."""

    instId: str | None = None
    premium: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class SettledPrice(Row):
    """Settlement price of a contract."""

    instId: str | None = None
    settlePx: Decimal | None = None


@model
class SettlementRecord(Row):
    """A daily settlement of expiry futures (``public/settlement-history``)."""

    # Epoch ms.
    ts: int | None = None
    details: tuple[SettledPrice, ...] = ()


@model
class EstimatedPrice(Row):
    """Price at which a contract would be delivered, exercised or settled now (channel ``estimated-price``)."""

    instType: InstType | None = None
    instId: str | None = None
    # What is estimated; missing on wire of before 2025.
    settleType: SettleType | None = None
    settlePx: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class EventContractMarket(Row):
    """A market of an event contract (channel ``event-contract-markets``). Times are epoch ms."""

    # "BTC-ABOVE-DAILY"
    seriesId: str | None = None
    eventId: str | None = None
    instId: str | None = None
    listTime: int | None = None
    # When the strike price is fixed, for up-or-down markets.
    fixTime: int | None = None
    expTime: int | None = None
    state: EventMarketState | None = None
    # "0" not known yet, "1" yes, "2" no.
    outcome: str | None = None
    # The outcome is yes for a value from here ...
    floorStrike: Decimal | None = None
    # ... up to here. Text, as it is a number or "INF" for no upper bound; None for markets without one.
    capStrike: str | None = None
    # Once expired.
    settleValue: Decimal | None = None
    disputed: bool | None = None
    # Markets on a price that is hit: "up" from below, "dn" from above.
    hitDir: str | None = None


@model
class EconomicEvent(Row):
    """A release of economic data, planned or out (channel ``economic-calendar``).

    Figures are text in the unit that ``unit`` names, as they are published ("3.2%", "187.5K").
    """

    calendarId: str | None = None
    event: str | None = None
    # Country or union.
    region: str | None = None
    category: str | None = None
    actual: str | None = None
    # Of the period before (as corrected), and as it was published at first.
    previous: str | None = None
    forecast: str | None = None
    prevInitial: str | None = None
    # Epoch ms: of the release, of the period it is about.
    date: int | None = None
    refDate: int | None = None
    unit: str | None = None
    ccy: str | None = None
    # "1" low, "2" medium, "3" high.
    importance: str | None = None
    # REST only: "0" when the hour of the release is known, "1" when only the day is; epoch ms of the last change.
    dateSpan: str | None = None
    uTime: int | None = None
    # Epoch ms of the push.
    ts: int | None = None


@model
class SystemStatus(Row):
    """A planned or running maintenance (channel ``status``, REST ``system/status``). Times are epoch ms."""

    title: str | None = None
    state: StatusState | None = None
    begin: int | None = None
    end: int | None = None
    # From when orders can be canceled and placed post-only again, before all is open.
    preOpenBegin: int | None = None
    # Link to details.
    href: str | None = None
    # "0" WebSocket, "5" trading, "6" block, "7" bots, "8"/"9" trading in batches, "10" spread, "11" copy, "99" other.
    serviceType: str | None = None
    system: str | None = None
    # Why a plan was changed.
    scheDesc: str | None = None
    # "1" scheduled, "2" unscheduled, "3" disruption.
    maintType: str | None = None
    # "1" production, "2" demo.
    env: str | None = None
    # Epoch ms of the push.
    ts: int | None = None


@model
class AnnouncementType(Row):
    """A kind of announcement (``support/announcement-types``)."""

    annType: str | None = None
    annTypeDesc: str | None = None


@model
class Announcement(Row):
    """One announcement. Times are epoch ms."""

    title: str | None = None
    annType: str | None = None
    url: str | None = None
    pTime: int | None = None
    # When it was shown to the public.
    businessPTime: int | None = None


@model
class Announcements(Row):
    """A page of announcements, newest first (``support/announcements``)."""

    totalPage: int | None = None
    details: tuple[Announcement, ...] = ()


@model
class EventContractEvent(Row):
    """An event of a series (``public/event-contract/events``). Times are epoch ms."""

    seriesId: str | None = None
    eventId: str | None = None
    fixTime: int | None = None
    expTime: int | None = None
    # "preopen", "live", "settling", "expired".
    state: str | None = None


@model
class EventSettlement(Row):
    """How a series is settled."""

    method: str | None = None
    closeEarly: bool | None = None
    # Where the result comes from.
    srcName: str | None = None
    underlying: str | None = None


@model
class EventContractSeries(Row):
    """A series of event contracts (``public/event-contract/series``)."""

    seriesId: str | None = None
    # "daily", "weekly", ...
    freq: str | None = None
    title: str | None = None
    category: str | None = None
    settlement: EventSettlement | None = None
