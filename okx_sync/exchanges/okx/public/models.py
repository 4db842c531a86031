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

    param: str | None = None
    """Name of the parameter: "tickSz", "minSz", "maxMktSz", ..."""
    newValue: Decimal | None = None
    """Value that the parameter has from effTime on."""
    effTime: int | None = None
    """Epoch ms from which it holds."""


@model
class Instrument(Row):
    """Trading rules of an instrument (channel ``instruments``, REST ``public/instruments``).

    Sizes are in contracts for derivatives, in base currency for SPOT and MARGIN unless a field says other.
    """

    instType: InstType | None = None
    seriesId: str | None = None
    """Event contracts: the series."""
    instId: str | None = None
    uly: str | None = None
    """Underlying index of a derivative, "BTC-USD"."""
    groupId: str | None = None
    """Group of trading fees, within instType."""
    instFamily: str | None = None
    """Family of a derivative, "BTC-USD"."""
    category: str | None = None
    """Deprecated by OKX."""
    baseCcy: str | None = None
    """Base currency; SPOT and MARGIN only."""
    quoteCcy: str | None = None
    """Quote currency; SPOT and MARGIN only."""
    settleCcy: str | None = None
    """Currency of settlement and margin; derivatives only."""
    ctVal: Decimal | None = None
    """Worth of one contract is ctVal x ctMult of ctValCcy."""
    ctMult: Decimal | None = None
    """Factor on ctVal."""
    ctValCcy: str | None = None
    """Currency of ctVal."""
    optType: OptType | None = None
    """Options only: "C" call, "P" put."""
    stk: Decimal | None = None
    """Strike price of an option."""
    listTime: int | None = None
    """Epoch ms of the listing."""
    auctionEndTime: int | None = None
    """Deprecated by OKX, see contTdSwTime. Epoch ms."""
    contTdSwTime: int | None = None
    """Epoch ms at which a call auction or pre-quote turns into continuous trading."""
    preMktSwTime: int | None = None
    """Epoch ms at which a pre-market instrument became a normal one."""
    openType: Literal["fix_price", "pre_quote", "call_auction"] | str | None = None
    """How trading opened; SPOT and MARGIN only."""
    expTime: int | None = None
    """Epoch ms of delivery or exercise, or at which the instrument goes offline."""
    lever: Decimal | None = None
    """Highest leverage, as a factor."""
    tickSz: Decimal | None = None
    """Price step. For options it varies with the price, see REST public/instrument-tick-bands."""
    lotSz: Decimal | None = None
    """Size step."""
    minSz: Decimal | None = None
    """Least size."""
    ctType: CtType | None = None
    """Futures and swaps only: "linear" settles in quote currency, "inverse" in base currency."""
    alias: str | None = None
    """Deprecated by OKX: "this_week", "quarter", ..."""
    state: InstState | None = None
    ruleType: Literal["normal", "pre_market", "xperp"] | str | None = None
    maxLmtSz: Decimal | None = None
    """Largest size of a limit order."""
    maxMktSz: Decimal | None = None
    """Largest size of a market order; USDT for SPOT and MARGIN."""
    maxTwapSz: Decimal | None = None
    """Largest size of a TWAP order."""
    maxIcebergSz: Decimal | None = None
    """Largest size of an iceberg order."""
    maxTriggerSz: Decimal | None = None
    """Largest size of a trigger order."""
    maxStopSz: Decimal | None = None
    """Largest size of a stop market order; USDT for SPOT and MARGIN."""
    futureSettlement: bool | None = None
    """Whether daily settlement of expiry futures is on."""
    instIdCode: int | None = None
    """What order operations on the stream need instead of instId. Differs between live and demo, may be None."""
    instCategory: str | None = None
    """Kind of asset behind it: "1" crypto, "3" stocks, "4" commodities, "5" forex, "6" bonds."""
    upcChg: tuple[UpcomingChange, ...] = ()
    """Planned changes of these rules."""
    maxLmtAmt: Decimal | None = None
    """Largest value of a limit order, USD."""
    maxMktAmt: Decimal | None = None
    """Largest value of a market order, USD."""
    tradeQuoteCcyList: tuple[str, ...] = ()
    """REST only: quote currencies that it can be traded in."""
    initPxLmtPct: Decimal | None = None
    """REST only: price limit of the first 10 minutes, as a ratio."""
    floatPxLmtPct: Decimal | None = None
    """REST only: price limit afterwards, as a ratio."""
    maxPxLmtPct: Decimal | None = None
    """REST only: outermost price limit, as a ratio."""
    rpi: str | None = None
    """REST only: retail price improvement, "0" not enabled, "1" enabled, "2" open to this account."""
    elp: str | None = None
    """REST only: older name of rpi."""
    rpiMinLevel: Decimal | None = None
    """REST only: least distance between RPI bid and ask, in price levels."""
    rpiMinPxBand: Decimal | None = None
    """REST only: least distance of RPI orders from the best price of the other side, in basis points."""
    posLmtAmt: Decimal | None = None
    """REST only: position limit, USD."""
    posLmtPct: Decimal | None = None
    """REST only: position limit as a share of the open interest, in percent: 30 is 30 %."""
    maxPlatOILmt: Decimal | None = None
    """REST only: largest open interest of the whole platform, USD."""
    maxPlatOICoinLmt: Decimal | None = None
    """REST only: largest open interest of the whole platform, coins."""
    longPosRemainingQuota: Decimal | None = None
    """REST only: what is left of the position limit for long positions, USD."""
    shortPosRemainingQuota: Decimal | None = None
    """REST only: what is left of the position limit for short positions, USD."""


@model
class OpenInterest(Row):
    """Open interest of a derivative (channel ``open-interest``)."""

    instType: InstType | None = None
    instId: str | None = None
    oi: Decimal | None = None
    """Open interest, contracts."""
    oiCcy: Decimal | None = None
    """Open interest, coins."""
    oiUsd: Decimal | None = None
    """Open interest, USD; missing on older wire."""
    ts: int | None = None
    """Epoch ms."""


@model
class FundingRate(Row):
    """Funding of a perpetual (channel ``funding-rate``). Rates are ratios (0.0001 is one basis point).

    The funding interval is ``nextFundingTime - fundingTime``: 1, 2, 4, 6 or 8 hours.
    """

    instType: InstType | None = None
    instId: str | None = None
    method: str | None = None
    """Deprecated by OKX: "current_period"."""
    formulaType: Literal["noRate", "withRate"] | str | None = None
    """Formula of the rate: "noRate" the old one, "withRate" the new one."""
    fundingRate: Decimal | None = None
    """Rate of the next settlement, as a ratio."""
    nextFundingRate: Decimal | None = None
    """Deprecated by OKX: always None on current wire."""
    fundingTime: int | None = None
    """Epoch ms of the next settlement."""
    nextFundingTime: int | None = None
    """Epoch ms of the settlement after the next one."""
    prevFundingTime: int | None = None
    """REST only: epoch ms of the last settlement."""
    minFundingRate: Decimal | None = None
    """Lower limit of the rate, as a ratio."""
    maxFundingRate: Decimal | None = None
    """Upper limit of the rate, as a ratio."""
    interestRate: Decimal | None = None
    """Interest rate, as a ratio."""
    impactValue: Decimal | None = None
    """Size of the impact order, in USD(T)."""
    settState: Literal["processing", "settled"] | str | None = None
    """Whether the settlement is under way."""
    settFundingRate: Decimal | None = None
    """Rate of this settlement while it is processed, of the last one otherwise."""
    premium: Decimal | None = None
    """Premium of the perpetual over its index, as a ratio."""
    ts: int | None = None
    """Epoch ms."""


@model
class PriceLimit(Row):
    """Highest buy and lowest sell price that are accepted now (channel ``price-limit``)."""

    instType: InstType | None = None
    instId: str | None = None
    buyLmt: Decimal | None = None
    """Highest price of a buy order; None while enabled is False."""
    sellLmt: Decimal | None = None
    """Lowest price of a sell order; None while enabled is False."""
    ts: int | None = None
    """Epoch ms."""
    enabled: bool | None = None
    """Whether there are limits now."""


@model
class MarkPrice(Row):
    """Mark price (channel ``mark-price``). Two pushes may share a ``ts``: the later one counts."""

    instType: InstType | None = None
    instId: str | None = None
    markPx: Decimal | None = None
    """Mark price; None for some event contracts."""
    ts: int | None = None
    """Epoch ms."""


@model
class IndexTicker(Row):
    """Price of an index (channel ``index-tickers``)."""

    instId: str | None = None
    """The index: "BTC-USDT"."""
    idxPx: Decimal | None = None
    """Price of the index."""
    open24h: Decimal | None = None
    """Price 24 hours ago."""
    high24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    low24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    sodUtc0: Decimal | None = None
    """Opening price of the day at UTC+0."""
    sodUtc8: Decimal | None = None
    """Opening price of the day at UTC+8."""
    ts: int | None = None
    """Epoch ms."""


@model
class OptionSummary(Row):
    """Greeks and volatilities of an option (channel ``opt-summary``, REST ``public/opt-summary``).

    Volatilities are ratios: 1 is 100 %.
    """

    instType: InstType | None = None
    instId: str | None = None
    uly: str | None = None
    """Underlying index, "BTC-USD"."""
    delta: Decimal | None = None
    """Delta in coins."""
    gamma: Decimal | None = None
    """Gamma in coins."""
    vega: Decimal | None = None
    """Vega in coins."""
    theta: Decimal | None = None
    """Theta in coins."""
    deltaBS: Decimal | None = None
    """Black-Scholes delta, USD."""
    gammaBS: Decimal | None = None
    """Black-Scholes gamma, USD."""
    vegaBS: Decimal | None = None
    """Black-Scholes vega, USD."""
    thetaBS: Decimal | None = None
    """Black-Scholes theta, USD."""
    lever: Decimal | None = None
    """Leverage, as a factor."""
    markVol: Decimal | None = None
    """Implied volatility at the mark price; 1 is 100 %."""
    bidVol: Decimal | None = None
    """Implied volatility at the bid price; 1 is 100 %."""
    askVol: Decimal | None = None
    """Implied volatility at the ask price; 1 is 100 %."""
    realVol: Decimal | None = None
    """Volatility that was realised; 1 is 100 %."""
    volLv: Decimal | None = None
    """Implied volatility of at-the-money options; 1 is 100 %."""
    fwdPx: Decimal | None = None
    """Forward price."""
    buyApr: Decimal | None = None
    """REST only: yield per year of buying, as a ratio."""
    sellApr: Decimal | None = None
    """REST only: yield per year of selling, as a ratio."""
    distance: Decimal | None = None
    """REST only: distance of the strike from the forward price, as a ratio."""
    ts: int | None = None
    """Epoch ms."""


@model
class SystemTime(Row):
    """The exchange's clock."""

    ts: int | None = None
    """Epoch ms."""


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
    """Result: contracts, or coins, as type says."""
    px: Decimal | None = None
    """Price of the conversion."""
    unit: str | None = None
    """Unit of the coins: "coin" or "usds"."""
    type: str | None = None
    """Direction: "1" coins to contracts, "2" contracts to coins."""


@model
class DeliveryDetail(Row):
    """One contract that was delivered, exercised or expired."""

    insId: str | None = None
    """The contract; the name is the exchange's spelling."""
    px: Decimal | None = None
    """Price of the delivery or exercise."""
    type: str | None = None
    """Kind: "delivery", "exercised", "expired_otm"."""


@model
class DeliveryRecord(Row):
    """What was delivered or exercised at a time (``public/delivery-exercise-history``)."""

    ts: int | None = None
    """Epoch ms."""
    details: tuple[DeliveryDetail, ...] = ()


@model
class EstimatedSettlement(Row):
    """The next settlement of an expiry future (``public/estimated-settlement-info``)."""

    instId: str | None = None
    nextSettleTime: int | None = None
    """Epoch ms of the next settlement."""
    estSettlePx: Decimal | None = None
    """Estimated price of the settlement."""
    ts: int | None = None
    """Epoch ms."""


@model
class FundingRateRecord(Row):
    """A funding settlement of the past (``public/funding-rate-history``). Rates are ratios."""

    instId: str | None = None
    instType: InstType | None = None
    formulaType: str | None = None
    fundingRate: Decimal | None = None
    """Rate as announced, a ratio."""
    realizedRate: Decimal | None = None
    """Rate as paid, a ratio."""
    fundingTime: int | None = None
    """Epoch ms of the settlement."""
    method: str | None = None


@model
class TickBand(Row):
    """Tick size of option prices from ``minPx`` up to ``maxPx``."""

    minPx: Decimal | None = None
    """Lower bound of the band."""
    maxPx: Decimal | None = None
    """Upper bound of the band."""
    tickSz: Decimal | None = None
    """Price step within the band."""


@model
class TickBands(Row):
    """Tick sizes of an options family (``public/instrument-tick-bands``)."""

    instType: InstType | None = None
    instFamily: str | None = None
    tickBand: tuple[TickBand, ...] = ()
    ts: int | None = None
    """Epoch ms."""


@model
class DataFile(Row):
    """A file of historical data."""

    filename: str | None = None
    dataTs: int | None = None
    """Epoch ms of the day that it is about."""
    sizeMB: Decimal | None = None
    """Size, MB."""
    url: str | None = None
    """Link to the file."""
    dateTs: int | None = None
    """Older name of dataTs; epoch ms."""


@model
class DataGroup(Row):
    """Files of one instrument or family."""

    instId: str | None = None
    instFamily: str | None = None
    instType: InstType | None = None
    dateRangeStart: int | None = None
    """Epoch ms of the first day."""
    dateRangeEnd: int | None = None
    """Epoch ms of the last day."""
    groupSizeMB: Decimal | None = None
    """Size of all files of the group, MB."""
    groupDetails: tuple[DataFile, ...] = ()


@model
class DataFiles(Row):
    """Links to files of historical data (``public/market-data-history``)."""

    dateAggrType: str | None = None
    """What a file is about: "daily" or "monthly"."""
    ts: int | None = None
    """Epoch ms."""
    totalSizeMB: Decimal | None = None
    """Size of all files, MB."""
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
    """Premium over the index, as a ratio."""
    ts: int | None = None
    """Epoch ms."""


@model
class SettledPrice(Row):
    """Settlement price of a contract."""

    instId: str | None = None
    settlePx: Decimal | None = None
    """Settlement price."""


@model
class SettlementRecord(Row):
    """A daily settlement of expiry futures (``public/settlement-history``)."""

    ts: int | None = None
    """Epoch ms of the settlement."""
    details: tuple[SettledPrice, ...] = ()


@model
class EstimatedPrice(Row):
    """Price at which a contract would be delivered, exercised or settled now (channel ``estimated-price``)."""

    instType: InstType | None = None
    instId: str | None = None
    settleType: SettleType | None = None
    """What is estimated; missing on wire of before 2025."""
    settlePx: Decimal | None = None
    """Estimated price."""
    ts: int | None = None
    """Epoch ms."""


@model
class EventContractMarket(Row):
    """A market of an event contract (channel ``event-contract-markets``)."""

    seriesId: str | None = None
    """Series: "BTC-ABOVE-DAILY"."""
    eventId: str | None = None
    instId: str | None = None
    listTime: int | None = None
    """Epoch ms of the listing."""
    fixTime: int | None = None
    """Epoch ms at which the strike price is fixed, for up-or-down markets."""
    expTime: int | None = None
    """Epoch ms of expiry."""
    state: EventMarketState | None = None
    outcome: str | None = None
    """Outcome: "0" not known yet, "1" yes, "2" no."""
    floorStrike: Decimal | None = None
    """Least value for which the outcome is yes."""
    capStrike: str | None = None
    """Highest value for which it is yes. Text: a number, or "INF" for no upper bound; None where there is none."""
    settleValue: Decimal | None = None
    """Value at expiry; None before it."""
    disputed: bool | None = None
    """Whether the outcome is disputed."""
    hitDir: str | None = None
    """Markets on a price that is hit: "up" from below, "dn" from above."""


@model
class EconomicEvent(Row):
    """A release of economic data, planned or out (channel ``economic-calendar``).

    Figures are text in the unit that ``unit`` names, as they are published ("3.2%", "187.5K").
    """

    calendarId: str | None = None
    event: str | None = None
    region: str | None = None
    """Country or union."""
    category: str | None = None
    actual: str | None = None
    """Figure that was released."""
    previous: str | None = None
    """Figure of the period before, as corrected."""
    forecast: str | None = None
    """Figure that was expected."""
    prevInitial: str | None = None
    """Figure of the period before, as it was published at first."""
    date: int | None = None
    """Epoch ms of the release."""
    refDate: int | None = None
    """Epoch ms of the period that it is about."""
    unit: str | None = None
    """Unit of the figures."""
    ccy: str | None = None
    importance: str | None = None
    """Importance: "1" low, "2" medium, "3" high."""
    dateSpan: str | None = None
    """REST only: "0" when the hour of the release is known, "1" when only the day is."""
    uTime: int | None = None
    """REST only: epoch ms of the last change."""
    ts: int | None = None
    """Epoch ms of the push."""


@model
class SystemStatus(Row):
    """A planned or running maintenance (channel ``status``, REST ``system/status``)."""

    title: str | None = None
    state: StatusState | None = None
    begin: int | None = None
    """Epoch ms at which it begins."""
    end: int | None = None
    """Epoch ms at which it ends."""
    preOpenBegin: int | None = None
    """Epoch ms from which orders can be canceled and placed post-only again, before all is open."""
    href: str | None = None
    """Link to details."""
    serviceType: str | None = None
    """Service: "0" WebSocket, "5" trading, "6" block, "7" bots, "8"/"9" trading in batches, "10" spread,
    "11" copy, "99" other.
    """
    system: str | None = None
    scheDesc: str | None = None
    """Why a plan was changed."""
    maintType: str | None = None
    """Kind: "1" scheduled, "2" unscheduled, "3" disruption."""
    env: str | None = None
    """Environment: "1" production, "2" demo."""
    ts: int | None = None
    """Epoch ms of the push."""


@model
class AnnouncementType(Row):
    """A kind of announcement (``support/announcement-types``)."""

    annType: str | None = None
    annTypeDesc: str | None = None


@model
class Announcement(Row):
    """One announcement."""

    title: str | None = None
    annType: str | None = None
    url: str | None = None
    pTime: int | None = None
    """Epoch ms of the publication."""
    businessPTime: int | None = None
    """Epoch ms at which it was shown to the public."""


@model
class Announcements(Row):
    """A page of announcements, newest first (``support/announcements``)."""

    totalPage: int | None = None
    """Number of pages."""
    details: tuple[Announcement, ...] = ()


@model
class EventContractEvent(Row):
    """An event of a series (``public/event-contract/events``)."""

    seriesId: str | None = None
    eventId: str | None = None
    fixTime: int | None = None
    """Epoch ms at which the strike price is fixed."""
    expTime: int | None = None
    """Epoch ms of expiry."""
    state: str | None = None
    """State: "preopen", "live", "settling", "expired"."""


@model
class EventSettlement(Row):
    """How a series is settled."""

    method: str | None = None
    closeEarly: bool | None = None
    srcName: str | None = None
    """Where the result comes from."""
    underlying: str | None = None


@model
class EventContractSeries(Row):
    """A series of event contracts (``public/event-contract/series``)."""

    seriesId: str | None = None
    freq: str | None = None
    """How often there is an event: "daily", "weekly", ..."""
    title: str | None = None
    category: str | None = None
    settlement: EventSettlement | None = None
