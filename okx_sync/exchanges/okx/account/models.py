"""Rows of the account: balances, positions, limits, fees. All money is in the unit a comment names.

``account`` and ``positions`` start with a snapshot. A snapshot lists what is there (non-zero) only: what is
not in a complete one is gone. Between snapshots ``event_update`` pushes carry the rows that changed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.normalize_account import account_update, position_update
from okx_sync.exchanges.okx.words import BalanceCause, EventType, InstType, MgnMode, PosSide, PxType
from okx_sync.rows import Row, envelope, model
from okx_sync.types import AccountUpdate, PositionUpdate


@model
class AccountDetail(Row):
    """One currency of an account. Amounts are in that currency unless the comment says USD."""

    ccy: str | None = None
    # Equity, and the part of it that is cash.
    eq: Decimal | None = None
    cashBal: Decimal | None = None
    # Epoch ms.
    uTime: int | None = None
    isoEq: Decimal | None = None
    availEq: Decimal | None = None
    # Discounted equity, USD.
    disEq: Decimal | None = None
    fixedBal: Decimal | None = None
    availBal: Decimal | None = None
    frozenBal: Decimal | None = None
    ordFrozen: Decimal | None = None
    liab: Decimal | None = None
    upl: Decimal | None = None
    uplLiab: Decimal | None = None
    crossLiab: Decimal | None = None
    isoLiab: Decimal | None = None
    rewardBal: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    imr: Decimal | None = None
    mmr: Decimal | None = None
    interest: Decimal | None = None
    # Risk of forced repayment, 0 (none) to 5.
    twap: int | None = None
    # Why a forced repayment runs: "0" none, "1" by user, "2" by platform.
    frpType: str | None = None
    maxLoan: Decimal | None = None
    # USD.
    eqUsd: Decimal | None = None
    borrowFroz: Decimal | None = None
    # Factor.
    notionalLever: Decimal | None = None
    # USD per coin.
    coinUsdPrice: Decimal | None = None
    stgyEq: Decimal | None = None
    isoUpl: Decimal | None = None
    # Spot-derivatives risk offset: in use, chosen by the user, largest possible.
    spotInUseAmt: Decimal | None = None
    clSpotInUseAmt: Decimal | None = None
    maxSpotInUseAmt: Decimal | None = None
    # The same under its newer name.
    maxSpotInUse: Decimal | None = None
    spotIsoBal: Decimal | None = None
    smtSyncEq: Decimal | None = None
    spotCopyTradingEq: Decimal | None = None
    spotBal: Decimal | None = None
    # Cost prices and profit of spot holdings, USD.
    openAvgPx: Decimal | None = None
    accAvgPx: Decimal | None = None
    spotUpl: Decimal | None = None
    spotUplRatio: Decimal | None = None
    totalPnl: Decimal | None = None
    totalPnlRatio: Decimal | None = None
    # Platform-wide collateral restriction of the coin: "0" none, "1" near, "2" reached.
    colRes: str | None = None
    # Risk of auto conversion, 0 (none) to 5.
    colBorrAutoConversion: int | None = None
    # Deprecated by OKX, see colRes.
    collateralRestrict: bool | None = None
    collateralEnabled: bool | None = None
    autoLendStatus: str | None = None
    autoLendMtAmt: Decimal | None = None


@model
class Account(Row):
    """Balances of the trading account (channel ``account``). Totals are in USD."""

    uid: str | None = envelope("arg", "uid")
    eventType: EventType | None = envelope("eventType")
    # Pages of a snapshot, 1 on; None in an event update.
    curPage: int | None = envelope("curPage")
    lastPage: bool | None = envelope("lastPage")
    # Epoch ms.
    uTime: int | None = None
    totalEq: Decimal | None = None
    isoEq: Decimal | None = None
    adjEq: Decimal | None = None
    availEq: Decimal | None = None
    ordFroz: Decimal | None = None
    imr: Decimal | None = None
    mmr: Decimal | None = None
    borrowFroz: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    notionalUsd: Decimal | None = None
    notionalUsdForBorrow: Decimal | None = None
    notionalUsdForSwap: Decimal | None = None
    notionalUsdForFutures: Decimal | None = None
    notionalUsdForOption: Decimal | None = None
    upl: Decimal | None = None
    delta: Decimal | None = None
    # Factor.
    deltaLever: Decimal | None = None
    # Delta-neutral strategy: "0" normal, "1" transfer restricted, "2" reduce only.
    deltaNeutralStatus: str | None = None
    # REST only: spot copy trading equity, and why a forced repayment runs.
    spotCopyTradingEq: Decimal | None = None
    frpType: str | None = None
    # One row per currency; in an event update only those that changed.
    details: tuple[AccountDetail, ...] = ()

    @property
    def is_snapshot(self) -> bool:
        """True when this lists all that is there, False when it is a change."""
        return self.eventType == "snapshot"

    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``. Raises ``DecodeError`` when it cannot be read."""
        return account_update(self)


@model
class CloseOrderAlgo(Row):
    """A take-profit or stop-loss order that closes (part of) a position."""

    algoId: str | None = None
    slTriggerPx: Decimal | None = None
    slTriggerPxType: PxType | None = None
    tpTriggerPx: Decimal | None = None
    tpTriggerPxType: PxType | None = None
    # Share of the position that is closed, 1 is all.
    closeFraction: Decimal | None = None


@model
class Position(Row):
    """A position (channel ``positions``). Sizes in contracts (MARGIN: coins); ``pos == 0`` means closed.

    Expired options are never closed by a push: only their absence from a complete snapshot tells.
    """

    uid: str | None = envelope("arg", "uid")
    eventType: EventType | None = envelope("eventType")
    # Pages of a snapshot, 1 on; None in an event update.
    curPage: int | None = envelope("curPage")
    lastPage: bool | None = envelope("lastPage")
    instType: InstType | None = None
    mgnMode: MgnMode | None = None
    posId: str | None = None
    posSide: PosSide | None = None
    # Negative for short when posSide is "net".
    pos: Decimal | None = None
    hedgedPos: Decimal | None = None
    # Deprecated by OKX: the next six (quick margin).
    baseBal: Decimal | None = None
    quoteBal: Decimal | None = None
    baseBorrowed: Decimal | None = None
    baseInterest: Decimal | None = None
    quoteBorrowed: Decimal | None = None
    quoteInterest: Decimal | None = None
    # MARGIN: the currency held.
    posCcy: str | None = None
    availPos: Decimal | None = None
    avgPx: Decimal | None = None
    # Unrealised profit at mark price (upl) and at last price (uplLastPx), and their ratios to the margin.
    upl: Decimal | None = None
    uplRatio: Decimal | None = None
    uplLastPx: Decimal | None = None
    uplRatioLastPx: Decimal | None = None
    instId: str | None = None
    # Factor.
    lever: Decimal | None = None
    # Estimated liquidation price.
    liqPx: Decimal | None = None
    markPx: Decimal | None = None
    imr: Decimal | None = None
    margin: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    mmr: Decimal | None = None
    liab: Decimal | None = None
    liabCcy: str | None = None
    interest: Decimal | None = None
    # Last trade that changed the position.
    tradeId: str | None = None
    notionalUsd: Decimal | None = None
    optVal: Decimal | None = None
    pendingCloseOrdLiabVal: Decimal | None = None
    # Place in the auto-deleveraging queue, higher is sooner.
    adl: int | None = None
    # What changed the position from outside, if anything did.
    bizRefId: str | None = None
    bizRefType: str | None = None
    # Currency of the margin.
    ccy: str | None = None
    last: Decimal | None = None
    idxPx: Decimal | None = None
    usdPx: Decimal | None = None
    # Break-even price.
    bePx: Decimal | None = None
    # Greeks of options, Black-Scholes in USD (BS) and in coins (PA).
    deltaBS: Decimal | None = None
    deltaPA: Decimal | None = None
    gammaBS: Decimal | None = None
    gammaPA: Decimal | None = None
    thetaBS: Decimal | None = None
    thetaPA: Decimal | None = None
    vegaBS: Decimal | None = None
    vegaPA: Decimal | None = None
    # Spot-derivatives risk offset: in use, chosen by the user, largest possible.
    spotInUseAmt: Decimal | None = None
    spotInUseCcy: str | None = None
    clSpotInUseAmt: Decimal | None = None
    maxSpotInUseAmt: Decimal | None = None
    # pnl + fee + fundingFee + liqPenalty (+ settledPnl).
    realizedPnl: Decimal | None = None
    pnl: Decimal | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    fundingFee: Decimal | None = None
    liqPenalty: Decimal | None = None
    closeOrderAlgo: tuple[CloseOrderAlgo, ...] = ()
    # Epoch ms: opened, changed, pushed.
    cTime: int | None = None
    uTime: int | None = None
    pTime: int | None = None
    # Expiry futures with daily settlement: average price without settlements, profit settled so far.
    nonSettleAvgPx: Decimal | None = None
    settledPnl: Decimal | None = None

    @property
    def is_snapshot(self) -> bool:
        """True when this row is part of a list of all positions, False when it is a change."""
        return self.eventType == "snapshot"

    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``. Raises ``DecodeError`` when it cannot be read."""
        return position_update(self)


@model
class BalanceData(Row):
    """Cash of one currency, in that currency."""

    ccy: str | None = None
    cashBal: Decimal | None = None
    # Epoch ms.
    uTime: int | None = None


@model
class PositionData(Row):
    """A position in short. ``pos == 0`` means closed; sizes as in ``Position``."""

    posId: str | None = None
    # Last trade that changed the position.
    tradeId: str | None = None
    instId: str | None = None
    instType: InstType | None = None
    mgnMode: MgnMode | None = None
    avgPx: Decimal | None = None
    ccy: str | None = None
    posSide: PosSide | None = None
    pos: Decimal | None = None
    # Deprecated by OKX: the next two.
    baseBal: Decimal | None = None
    quoteBal: Decimal | None = None
    posCcy: str | None = None
    nonSettleAvgPx: Decimal | None = None
    settledPnl: Decimal | None = None
    # Epoch ms.
    uTime: int | None = None


@model
class TradeData(Row):
    """A fill that caused the push it is in."""

    instId: str | None = None
    tradeId: str | None = None


@model
class BalanceAndPosition(Row):
    """Balances and positions in one event, soonest of all (channel ``balance_and_position``).

    Either list may be empty: the event did not touch it.
    """

    uid: str | None = envelope("arg", "uid")
    # Epoch ms of the push.
    pTime: int | None = None
    # What caused it; here the row itself says so.
    eventType: BalanceCause | None = None
    balData: tuple[BalanceData, ...] = ()
    posData: tuple[PositionData, ...] = ()
    trades: tuple[TradeData, ...] = ()

    @property
    def is_snapshot(self) -> bool:
        """True when this lists all that is there, False when it is a change."""
        return self.eventType == "snapshot"


@model
class AccountConfig(Row):
    """Settings of the account and rights of the API key (``account/config``)."""

    uid: str | None = None
    mainUid: str | None = None
    # Mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin.
    acctLv: Literal["1", "2", "3", "4"] | str | None = None
    acctStpMode: str | None = None
    posMode: Literal["long_short_mode", "net_mode"] | str | None = None
    autoLoan: bool | None = None
    # Greeks in "PA" (coins) or "BS" (dollars).
    greeksType: str | None = None
    feeType: str | None = None
    level: str | None = None
    levelTmp: str | None = None
    # Isolated margin of derivatives and of margin trading: "automatic", "autonomy", "quick_margin".
    ctIsoMode: str | None = None
    mgnIsoMode: str | None = None
    spotOffsetType: str | None = None
    stgyType: str | None = None
    # Copy trading.
    roleType: str | None = None
    traderInsts: tuple[str, ...] = ()
    spotRoleType: str | None = None
    spotTraderInsts: tuple[str, ...] = ()
    # "1" when options are activated.
    opAuth: str | None = None
    kycLv: str | None = None
    # The key: its name, bound IP addresses, and rights ("read_only", "trade", "withdraw"), both comma-joined.
    label: str | None = None
    ip: str | None = None
    perm: str | None = None
    liquidationGear: str | None = None
    enableSpotBorrow: bool | None = None
    spotBorrowAutoRepay: bool | None = None
    # "0" main account, "1" and up kinds of sub-account.
    type: str | None = None
    settleCcy: str | None = None
    settleCcyList: tuple[str, ...] = ()
    discountType: str | None = None

    @property
    def permissions(self) -> frozenset[str]:
        """What the API key may do: ``"read_only"``, ``"trade"``, ``"withdraw"``."""
        return frozenset(part.strip() for part in (self.perm or "").split(",") if part.strip())


@model
class MaxSize(Row):
    """The largest order (``account/max-size``): contracts, or coins for SPOT and MARGIN."""

    instId: str | None = None
    maxBuy: Decimal | None = None
    maxSell: Decimal | None = None
    ccy: str | None = None


@model
class MaxAvailSize(Row):
    """What is free for an order (``account/max-avail-size``): margin, or what SPOT buys and sells are paid with."""

    instId: str | None = None
    availBuy: Decimal | None = None
    availSell: Decimal | None = None


@model
class MaxLoan(Row):
    """How much can be borrowed for an instrument, in ``ccy`` (``account/max-loan``)."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    mgnCcy: str | None = None
    maxLoan: Decimal | None = None
    ccy: str | None = None
    side: str | None = None


@model
class MaxWithdrawal(Row):
    """What can be moved out of the trading account, in ``ccy`` (``account/max-withdrawal``)."""

    ccy: str | None = None
    maxWd: Decimal | None = None
    # Borrowing included.
    maxWdEx: Decimal | None = None
    # The same while spot is used to offset risk.
    spotOffsetMaxWd: Decimal | None = None
    spotOffsetMaxWdEx: Decimal | None = None


@model
class Leverage(Row):
    """Leverage of an instrument or currency (``account/leverage-info``, ``account/set-leverage``)."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    posSide: PosSide | None = None
    # Factor.
    lever: Decimal | None = None
    ccy: str | None = None


@model
class LeverageEstimate(Row):
    """What another leverage would bring (``account/adjust-leverage-info``)."""

    estAvailQuoteTrans: Decimal | None = None
    estAvailTrans: Decimal | None = None
    estLiqPx: Decimal | None = None
    estMaxAmt: Decimal | None = None
    # Margin in quote and base currency, and how much more could be bought with it.
    estMgn: Decimal | None = None
    estQuoteMgn: Decimal | None = None
    estQuoteMaxAmt: Decimal | None = None
    # Whether there are orders; they can be in the way.
    existOrd: bool | None = None
    maxLever: Decimal | None = None
    minLever: Decimal | None = None
    estMaxWd: Decimal | None = None


@model
class PositionLimit(Row):
    """The largest position of a family under portfolio margin (``account/position-tiers``)."""

    uly: str | None = None
    instFamily: str | None = None
    # Contracts.
    maxSz: Decimal | None = None
    # Kind of limit: "1" pending, "2" account, "3" platform, "4" coin, "5" options, ...
    posType: str | None = None


@model
class PositionRecord(Row):
    """A position that was closed or reduced (``account/positions-history``). Sizes in contracts (MARGIN: coins)."""

    instType: InstType | None = None
    instId: str | None = None
    posId: str | None = None
    mgnMode: MgnMode | None = None
    # "1" closed partly, "2" closed, "3" liquidated, "4" liquidated partly, "5" auto-deleveraged.
    type: str | None = None
    # pnl + fee + fundingFee + liqPenalty (+ settledPnl).
    realizedPnl: Decimal | None = None
    # Epoch ms of creation.
    cTime: int | None = None
    # Epoch ms of the last change.
    uTime: int | None = None
    openAvgPx: Decimal | None = None
    # Expiry futures with daily settlement: average price without settlements.
    nonSettleAvgPx: Decimal | None = None
    closeAvgPx: Decimal | None = None
    openMaxPos: Decimal | None = None
    closeTotalPos: Decimal | None = None
    settledPnl: Decimal | None = None
    # Ratio.
    pnlRatio: Decimal | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    fundingFee: Decimal | None = None
    liqPenalty: Decimal | None = None
    pnl: Decimal | None = None
    posSide: PosSide | None = None
    # Factor.
    lever: Decimal | None = None
    direction: str | None = None
    # Price that brought a liquidation about.
    triggerPx: Decimal | None = None
    uly: str | None = None
    ccy: str | None = None
    liqPx: Decimal | None = None


@model
class CollateralAsset(Row):
    """Whether a currency counts as collateral (``account/collateral-assets``)."""

    ccy: str | None = None
    collateralEnabled: bool | None = None


@model
class FeeGroup(Row):
    """Fee rates of a group of instruments. Ratios; negative is paid, positive is a rebate."""

    taker: Decimal | None = None
    maker: Decimal | None = None
    groupId: str | None = None
    elpMaker: Decimal | None = None
    # RPI orders; elpMaker is the older name.
    rpiMaker: Decimal | None = None


@model
class FiatFee(Row):
    """Fee rates against a fiat currency. Ratios; negative is paid, positive is a rebate."""

    ccy: str | None = None
    taker: Decimal | None = None
    maker: Decimal | None = None


@model
class TradeFee(Row):
    """Fee rates of the account (``account/trade-fee``). Ratios; negative is paid, positive is a rebate."""

    # Fee tier: "Lv1", "VIP1", ...
    level: str | None = None
    # Current wire has the rates here, by the instrument's groupId.
    feeGroup: tuple[FeeGroup, ...] = ()
    delivery: Decimal | None = None
    exercise: Decimal | None = None
    instType: InstType | None = None
    # Epoch ms.
    ts: int | None = None
    # Deprecated by OKX, see feeGroup: from here to the end but ts and instType.
    taker: Decimal | None = None
    maker: Decimal | None = None
    takerUSDC: Decimal | None = None
    makerUSDC: Decimal | None = None
    ruleType: str | None = None
    settle: Decimal | None = None
    category: str | None = None
    makerU: Decimal | None = None
    takerU: Decimal | None = None
    fiat: tuple[FiatFee, ...] = ()
    uly: str | None = None
