"""Rows of the account: balances, positions, limits, fees. All money is in the unit a comment names.

``account`` and ``positions`` start with a snapshot. A snapshot lists what is there (non-zero) only: what is
not in a complete one is gone. Between snapshots ``event_update`` pushes carry the rows that changed.
Page: OKX's API guide, "Trading Account", "WS / Account channel", "Positions channel", "Balance and position channel";
the REST answers "Get balance" and "Get positions" have the same rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, cast

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.words import BalanceCause, EventType, InstType, MgnMode, PosSide, PxType
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import each, told, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate

_SIDES = ("net", "long", "short")
_NEEDED_OF_POSITIONS = ("instId", "posSide", "mgnMode", "ccy", "pos", "instType", "posCcy")


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

    @tolerant("ccy", spoils={"available": ("availEq",), "margin_ratio": ("mgnRatio", "mmr")})
    def to_update(self) -> BalanceUpdate:
        """The balance of one currency in neutral words. Raises ``DecodeError`` when it does not say of which."""
        lever, equity = self.notionalLever, self.eq
        return BalanceUpdate(
            currency=_currency(self),
            equity=equity,
            cash=self.cashBal,
            # What may back new positions; accounts without derivatives have the balance only.
            available=self.availEq if self.availEq is not None else self.availBal,
            frozen=self.frozenBal,
            unrealized_pnl=self.upl,
            liability=self.liab,
            equity_usd=self.eqUsd,
            notional=None if lever is None or equity is None else lever * equity,
            margin_ratio=_ratio(self.mgnRatio, self.mmr),
            updated_at=self.uTime,
            raw=self,
        )


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

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a snapshot with this row was made; None when nobody can tell."""
        at: int | None = told(self, "uTime")
        return at

    @tolerant("details", spoils={"margin_ratio": ("mgnRatio", "mmr")})
    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``: totals (USD) and balances.

        A row of REST, which always sends all of them, says the same. Raises ``DecodeError`` when it cannot be read.
        """
        balances, lost = each(self.details, AccountDetail.to_update)
        if self.raw is not None and self.raw.get("details") is None:  # which is not the same as none
            lost = (DecodeError("an account has no details", text=repr(self)),)
        return AccountUpdate(
            currency="USD",
            total_equity=self.totalEq,
            available=self.availEq,
            initial_margin=self.imr,
            maintenance_margin=self.mmr,
            margin_ratio=_ratio(self.mgnRatio, self.mmr),
            unrealized_pnl=self.upl,
            notional=self.notionalUsd,
            balances=balances,
            is_snapshot=self.is_snapshot,
            is_cut=bool(lost),
            updated_at=self.uTime,
            recovered=self.recovered,
            raw=self,
            unreadable=lost,
        )


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

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a snapshot with this row was made; None when nobody can tell."""
        at: int | None = told(self, "pTime") or told(self, "uTime")
        return at

    @tolerant(*_NEEDED_OF_POSITIONS, spoils={"margin_ratio": ("mgnRatio", "mmr")})
    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, or how much.
        """
        return PositionUpdate(
            inst_id=_name(self),
            size=_size(self),
            side=_side(self),
            margin_mode=self.mgnMode,
            position_id=self.posId,
            currency=self.ccy,
            entry_price=self.avgPx,
            mark_price=self.markPx,
            liquidation_price=self.liqPx,
            unrealized_pnl=self.upl,
            realized_pnl=self.realizedPnl,
            leverage=self.lever,
            margin=self.margin,
            initial_margin=self.imr,
            maintenance_margin=self.mmr,
            margin_ratio=_ratio(self.mgnRatio, self.mmr),
            notional=self.notionalUsd,
            created_at=self.cTime,
            updated_at=self.uTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class BalanceData(Row):
    """Cash of one currency, in that currency."""

    ccy: str | None = None
    cashBal: Decimal | None = None
    # Epoch ms.
    uTime: int | None = None

    @tolerant("ccy")
    def to_update(self) -> BalanceUpdate:
        """The cash of one currency in neutral words. Raises ``DecodeError`` when it does not say of which."""
        return BalanceUpdate(currency=_currency(self), cash=self.cashBal, updated_at=self.uTime)


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

    @tolerant(*_NEEDED_OF_POSITIONS)
    def to_update(self) -> PositionUpdate:
        """Size and average price in the neutral words of ``PositionMonitor``, for ``apply(..., partial=True)``.

        Raises ``DecodeError`` when it does not say of what, or how much.
        """
        return PositionUpdate(
            inst_id=_name(self),
            size=_size(self),
            side=_side(self),
            margin_mode=self.mgnMode,
            position_id=self.posId,
            currency=self.ccy,
            entry_price=self.avgPx,
            updated_at=self.uTime,
            raw=self,
        )


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

    def to_positions(self) -> list[PositionUpdate]:
        """Its positions in short: size and average price, for ``PositionMonitor.apply(..., partial=True)``.

        Raises ``DecodeError`` when one does not say of what, or how much.
        """
        return [one.to_update() for one in self.posData]

    @tolerant("balData")
    def to_account(self) -> AccountUpdate:
        """Its balances in short: cash alone, for ``AccountMonitor.apply(..., partial=True)``.

        Raises ``DecodeError`` when they cannot be read.
        """
        balances, lost = each(self.balData, BalanceData.to_update)
        return AccountUpdate(balances=balances, is_cut=bool(lost), updated_at=self.pTime, raw=self, unreadable=lost)


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


# -- conversion ----------------------------------------------------------------------------------------------------


def _ratio(theirs: Decimal | None, maintenance: Decimal | None) -> Decimal | None:
    """Maintenance margin over equity. OKX gives equity over maintenance margin, and nothing when there is no margin."""
    if theirs is not None and theirs > 0:
        return 1 / theirs
    return Decimal(0) if maintenance == 0 else None


def _name(row: Position | PositionData) -> str:
    if row.instId is None:
        raise DecodeError("a position has no instId", text=repr(row))
    return row.instId


def _size(row: Position | PositionData) -> Decimal:
    if row.pos is None or row.instId is None:
        raise DecodeError(f"the position in {row.instId} has no size", text=repr(row))
    # OKX signs net positions only, and of margin positions not even those: a short one is held in the quote currency.
    is_short_margin = row.instType == "MARGIN" and bool(row.posCcy) and row.instId.endswith(f"-{row.posCcy}")
    return -abs(row.pos) if row.posSide == "short" or is_short_margin else row.pos


def _side(row: Position | PositionData) -> PositionSide:
    if row.posSide not in _SIDES:
        raise DecodeError(f"the position in {row.instId} has the unknown side {row.posSide!r}", text=repr(row))
    return cast(PositionSide, row.posSide)


def _currency(row: AccountDetail | BalanceData) -> str:
    if row.ccy is None:
        raise DecodeError("a balance has no ccy", text=repr(row))
    return row.ccy
