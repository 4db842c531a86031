"""Rows of reference data calls: settlements, collateral, tiers, loans, files."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.block_public import PublicBlockLeg
from okx_sync.exchanges.okx.models.words import InstType, Side
from okx_sync.models import Row, model


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
class HedgeCurrency(Row):
    """A currency that shares its underlying with another (``public/delta-hedge-currencies``)."""

    ccy: str | None = None
    hedgeCcy: tuple[str, ...] = ()


@model
class DiscountTier(Row):
    """How much an amount of a currency counts as collateral."""

    # Ratio.
    discountRate: Decimal | None = None
    liqPenaltyRate: Decimal | None = None
    # In the currency; maxAmt None is no bound.
    minAmt: Decimal | None = None
    maxAmt: Decimal | None = None
    tier: str | None = None
    disCcyEq: Decimal | None = None


@model
class DiscountInfo(Row):
    """A tier in the older form."""

    discountRate: Decimal | None = None
    maxAmt: Decimal | None = None
    minAmt: Decimal | None = None


@model
class DiscountRate(Row):
    """Collateral value of a currency (``public/discount-rate-interest-free-quota``)."""

    ccy: str | None = None
    # Free of interest, in ccy.
    amt: Decimal | None = None
    # Deprecated by OKX.
    discountLv: str | None = None
    details: tuple[DiscountTier, ...] = ()
    # Deprecated by OKX, see colRes.
    collateralRestrict: bool | None = None
    minDiscountRate: Decimal | None = None
    # Platform-wide restriction as collateral: "0" none, "1" near, "2" reached.
    colRes: str | None = None
    # Epoch ms.
    effTime: int | None = None
    # Deprecated by OKX, see details.
    discountInfo: tuple[DiscountInfo, ...] = ()


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
class InsuranceFundDetail(Row):
    """A change of the fund."""

    # In ccy, as is amt.
    balance: Decimal | None = None
    amt: Decimal | None = None
    ccy: str | None = None
    # "regular_update", "liquidation_balance_deposit", "bankruptcy_loss", "platform_revenue", "adl".
    type: str | None = None
    # Highest balance of the last 8 hours, and when it was (epoch ms).
    maxBal: Decimal | None = None
    maxBalTs: int | None = None
    # How far it has fallen since, as a ratio.
    decRate: Decimal | None = None
    adlType: str | None = None
    # Epoch ms.
    ts: int | None = None


@model
class InsuranceFund(Row):
    """The fund that covers losses of liquidations (``public/insurance-fund``)."""

    instType: InstType | None = None
    # USD, of all funds of the type.
    total: Decimal | None = None
    instFamily: str | None = None
    details: tuple[InsuranceFundDetail, ...] = ()


@model
class LoanBasic(Row):
    """Borrowing rate and quota of a currency."""

    ccy: str | None = None
    # Per day, as a ratio.
    rate: Decimal | None = None
    # In the currency.
    quota: Decimal | None = None


@model
class LoanLevel(Row):
    """What a fee tier changes: factor on the quota, discount on the rate."""

    level: str | None = None
    loanQuotaCoef: Decimal | None = None
    irDiscount: Decimal | None = None


@model
class LoanRate(Row):
    """Borrowing rate of a currency with quotas of its own."""

    ccy: str | None = None
    # Per day, as a ratio.
    rate: Decimal | None = None


@model
class LoanQuota(Row):
    """Quota of a currency by tier and strategy."""

    ccy: str | None = None
    # "0" general, "1" delta neutral.
    stgyType: str | None = None
    quota: Decimal | None = None
    level: str | None = None


@model
class LoanQuotas(Row):
    """Borrowing rates and quotas (``public/interest-rate-loan-quota``)."""

    basic: tuple[LoanBasic, ...] = ()
    vip: tuple[LoanLevel, ...] = ()
    regular: tuple[LoanLevel, ...] = ()
    configCcyList: tuple[LoanRate, ...] = ()
    config: tuple[LoanQuota, ...] = ()


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
class PositionTier(Row):
    """Margin and leverage for positions of a size (``public/position-tiers``)."""

    instId: str | None = None
    tier: str | None = None
    # Contracts; MARGIN: loans, in coins.
    minSz: Decimal | None = None
    maxSz: Decimal | None = None
    # Ratios.
    imr: Decimal | None = None
    # Maintenance margin.
    mmr: Decimal | None = None
    uly: str | None = None
    instFamily: str | None = None
    # Factor.
    maxLever: Decimal | None = None
    # Options: factor on the margin.
    optMgnFactor: Decimal | None = None
    # MARGIN: in quote and base currency.
    quoteMaxLoan: Decimal | None = None
    baseMaxLoan: Decimal | None = None


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
class BlockTradeRecord(Row):
    """A public block trade, by leg or with all its legs (``public/block-trades``).

    Sizes are in contracts for derivatives, in base currency for spot.
    """

    # Rows by leg: from here to ts.
    instId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Of the taker.
    side: Side | None = None
    # Options: implied volatility (1 is 100 %) and forward price.
    fillVol: Decimal | None = None
    fwdPx: Decimal | None = None
    # Index and mark price at the trade.
    idxPx: Decimal | None = None
    markPx: Decimal | None = None
    # Group requests: the parent.
    groupId: str | None = None
    # Epoch ms.
    ts: int | None = None
    blockTdId: str | None = None
    legs: tuple[PublicBlockLeg, ...] = ()
    # Name of the strategy, if it has one.
    strategy: str | None = None
    # Epoch ms of creation.
    cTime: int | None = None
