"""Rows of the account: balances, positions, limits, fees. The string below a field names its unit.

``account`` and ``positions`` start with a snapshot. A snapshot lists what is there (non-zero) only: what is
not in a complete one is gone. Between snapshots ``event_update`` pushes carry the rows that changed.
Page: OKX's API guide, "Trading Account", "WS / Account channel", "Positions channel", "Balance and position channel";
the REST answers "Get balance" and "Get positions" have the same rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.words import BalanceCause, EventType, InstType, MgnMode, PosSide, PxType
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import each, tolerant, value_or_none
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate

_SIDES = ("net", "long", "short")
_NEEDED_OF_POSITIONS = ("instId", "posSide", "mgnMode", "ccy", "pos", "instType", "posCcy")


@model
class AccountDetail(Row):
    """One currency of an account. Amounts are in that currency unless the field says USD."""

    ccy: str | None = None
    eq: Decimal | None = None
    """Equity."""
    cashBal: Decimal | None = None
    """The part of the equity that is cash."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    isoEq: Decimal | None = None
    """Equity of isolated margin."""
    availEq: Decimal | None = None
    """Equity that is free."""
    disEq: Decimal | None = None
    """Discounted equity, USD."""
    fixedBal: Decimal | None = None
    """Held for dip sniper and peak sniper bots."""
    availBal: Decimal | None = None
    """Balance that is free."""
    frozenBal: Decimal | None = None
    """Balance that is frozen."""
    ordFrozen: Decimal | None = None
    """Margin that open orders hold."""
    liab: Decimal | None = None
    """Liabilities, a positive number."""
    upl: Decimal | None = None
    """Unrealised profit of the positions whose margin it is."""
    uplLiab: Decimal | None = None
    """Liabilities by unrealised loss."""
    crossLiab: Decimal | None = None
    """Liabilities of cross margin."""
    isoLiab: Decimal | None = None
    """Liabilities of isolated margin."""
    rewardBal: Decimal | None = None
    """Trial funds."""
    mgnRatio: Decimal | None = None
    """Equity over maintenance margin, a ratio."""
    imr: Decimal | None = None
    """Initial margin of cross margin."""
    mmr: Decimal | None = None
    """Maintenance margin of cross margin."""
    interest: Decimal | None = None
    """Interest accrued, a positive number."""
    twap: int | None = None
    """Risk of forced repayment, 0 (none) to 5."""
    frpType: str | None = None
    """Why a forced repayment runs: "0" none, "1" by user, "2" by platform."""
    maxLoan: Decimal | None = None
    """The most that can be borrowed."""
    eqUsd: Decimal | None = None
    """Equity, USD."""
    borrowFroz: Decimal | None = None
    """Initial margin of what may be borrowed, USD."""
    notionalLever: Decimal | None = None
    """Leverage of the currency, a factor."""
    coinUsdPrice: Decimal | None = None
    """USD per coin."""
    stgyEq: Decimal | None = None
    """Equity of trading bots."""
    isoUpl: Decimal | None = None
    """Unrealised profit of isolated positions."""
    spotInUseAmt: Decimal | None = None
    """Spot-derivatives risk offset: amount in use."""
    clSpotInUseAmt: Decimal | None = None
    """Spot-derivatives risk offset: amount chosen by the user."""
    maxSpotInUseAmt: Decimal | None = None
    """Spot-derivatives risk offset: largest possible amount."""
    maxSpotInUse: Decimal | None = None
    """The same as maxSpotInUseAmt, under its newer name."""
    spotIsoBal: Decimal | None = None
    """Balance isolated for spot copy trading."""
    smtSyncEq: Decimal | None = None
    """Equity of smart sync."""
    spotCopyTradingEq: Decimal | None = None
    """Equity of spot copy trading."""
    spotBal: Decimal | None = None
    """Spot balance."""
    openAvgPx: Decimal | None = None
    """Cost price of the spot holding, USD."""
    accAvgPx: Decimal | None = None
    """Accumulated cost price of the spot holding, USD."""
    spotUpl: Decimal | None = None
    """Unrealised profit of the spot holding, USD."""
    spotUplRatio: Decimal | None = None
    """Ratio of spotUpl to the cost."""
    totalPnl: Decimal | None = None
    """Accumulated profit of the spot holding, USD."""
    totalPnlRatio: Decimal | None = None
    """Accumulated profit of the spot holding, as a ratio."""
    colRes: str | None = None
    """Platform-wide collateral restriction of the coin: "0" none, "1" near, "2" reached."""
    colBorrAutoConversion: int | None = None
    """Risk of auto conversion, 0 (none) to 5."""
    collateralRestrict: bool | None = None
    """Deprecated by OKX, see colRes."""
    collateralEnabled: bool | None = None
    """Whether the coin counts as collateral."""
    autoLendStatus: str | None = None
    autoLendMtAmt: Decimal | None = None
    """Amount that automatic lending has matched."""

    @tolerant("ccy", spoils={"available": ("availEq",), "margin_ratio": ("mgnRatio", "mmr")})
    def to_update(self) -> BalanceUpdate:
        """Convert the balance of one currency to neutral words. Raises ``DecodeError`` when it names none."""
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
    curPage: int | None = envelope("curPage")
    """Page of a snapshot, 1 on; None in an event update."""
    lastPage: bool | None = envelope("lastPage")
    """Whether it is the last page of a snapshot; None in an event update."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    totalEq: Decimal | None = None
    """Equity of all currencies, USD."""
    isoEq: Decimal | None = None
    """Equity of isolated margin, USD."""
    adjEq: Decimal | None = None
    """Equity discounted by currency, which backs cross margin, USD."""
    availEq: Decimal | None = None
    """Equity that is free, USD."""
    ordFroz: Decimal | None = None
    """Margin that open cross orders hold, USD."""
    imr: Decimal | None = None
    """Initial margin of cross positions and open orders, USD."""
    mmr: Decimal | None = None
    """Maintenance margin of cross positions and open orders, USD."""
    borrowFroz: Decimal | None = None
    """Initial margin of what may be borrowed, USD."""
    mgnRatio: Decimal | None = None
    """Equity (adjEq) over maintenance margin, a ratio."""
    notionalUsd: Decimal | None = None
    """Value of the positions, USD."""
    notionalUsdForBorrow: Decimal | None = None
    """Value of what is borrowed, USD."""
    notionalUsdForSwap: Decimal | None = None
    """Value of the perpetual futures, USD."""
    notionalUsdForFutures: Decimal | None = None
    """Value of the expiry futures, USD."""
    notionalUsdForOption: Decimal | None = None
    """Value of the options, USD."""
    upl: Decimal | None = None
    """Unrealised profit of cross positions, USD."""
    delta: Decimal | None = None
    """USD."""
    deltaLever: Decimal | None = None
    """Delta over total equity, a factor."""
    deltaNeutralStatus: str | None = None
    """Delta-neutral strategy: "0" normal, "1" transfer restricted, "2" reduce only."""
    spotCopyTradingEq: Decimal | None = None
    """REST only: equity of spot copy trading."""
    frpType: str | None = None
    """REST only: why a forced repayment runs: "0" none, "1" by user, "2" by platform."""
    details: tuple[AccountDetail, ...] = ()
    """One row per currency; in an event update only those that changed."""

    @property
    def is_snapshot(self) -> bool:
        """True when this lists all that is there, False when it is a change."""
        return self.eventType == "snapshot"

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a snapshot with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "uTime")
        return at

    @tolerant("details", spoils={"margin_ratio": ("mgnRatio", "mmr")})
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``: totals (USD) and balances.

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
    """Price at which the stop-loss triggers."""
    slTriggerPxType: PxType | None = None
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit triggers."""
    tpTriggerPxType: PxType | None = None
    closeFraction: Decimal | None = None
    """Share of the position that is closed, 1 is all."""


@model
class Position(Row):
    """A position (channel ``positions``). Sizes in contracts (MARGIN: coins); ``pos == 0`` means closed.

    Expired options are never closed by a push: only their absence from a complete snapshot tells.
    """

    uid: str | None = envelope("arg", "uid")
    eventType: EventType | None = envelope("eventType")
    curPage: int | None = envelope("curPage")
    """Page of a snapshot, 1 on; None in an event update."""
    lastPage: bool | None = envelope("lastPage")
    """Whether it is the last page of a snapshot; None in an event update."""
    instType: InstType | None = None
    mgnMode: MgnMode | None = None
    posId: str | None = None
    posSide: PosSide | None = None
    pos: Decimal | None = None
    """Contracts (MARGIN: coins). Negative for short when posSide is "net"."""
    hedgedPos: Decimal | None = None
    baseBal: Decimal | None = None
    """Deprecated by OKX (quick margin)."""
    quoteBal: Decimal | None = None
    """Deprecated by OKX (quick margin)."""
    baseBorrowed: Decimal | None = None
    """Deprecated by OKX (quick margin)."""
    baseInterest: Decimal | None = None
    """Deprecated by OKX (quick margin)."""
    quoteBorrowed: Decimal | None = None
    """Deprecated by OKX (quick margin)."""
    quoteInterest: Decimal | None = None
    """Deprecated by OKX (quick margin)."""
    posCcy: str | None = None
    """MARGIN: the currency held."""
    availPos: Decimal | None = None
    """What can be closed, in the unit of pos (MARGIN and OPTION)."""
    avgPx: Decimal | None = None
    """Average open price."""
    upl: Decimal | None = None
    """Unrealised profit at mark price."""
    uplRatio: Decimal | None = None
    """Ratio of upl to the margin."""
    uplLastPx: Decimal | None = None
    """Unrealised profit at last price."""
    uplRatioLastPx: Decimal | None = None
    """Ratio of uplLastPx to the margin."""
    instId: str | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    liqPx: Decimal | None = None
    """Estimated liquidation price."""
    markPx: Decimal | None = None
    """Mark price."""
    imr: Decimal | None = None
    """Initial margin of a cross position."""
    margin: Decimal | None = None
    """Margin of an isolated position."""
    mgnRatio: Decimal | None = None
    """Equity over maintenance margin, a ratio."""
    mmr: Decimal | None = None
    """Maintenance margin."""
    liab: Decimal | None = None
    """Liabilities (MARGIN), in liabCcy."""
    liabCcy: str | None = None
    """Currency of the liabilities (MARGIN)."""
    interest: Decimal | None = None
    """Interest accrued that is not yet deducted."""
    tradeId: str | None = None
    """Last trade that changed the position."""
    notionalUsd: Decimal | None = None
    """Value of the position, USD."""
    optVal: Decimal | None = None
    """Value of an option."""
    pendingCloseOrdLiabVal: Decimal | None = None
    """Liabilities that open orders close (isolated MARGIN)."""
    adl: int | None = None
    """Place in the auto-deleveraging queue, higher is sooner."""
    bizRefId: str | None = None
    """Id of what changed the position from outside, if anything did."""
    bizRefType: str | None = None
    """Kind of what changed the position from outside, if anything did."""
    ccy: str | None = None
    """Currency of the margin."""
    last: Decimal | None = None
    """Last traded price."""
    idxPx: Decimal | None = None
    """Index price."""
    usdPx: Decimal | None = None
    """Price of the margin currency, USD."""
    bePx: Decimal | None = None
    """Break-even price."""
    deltaBS: Decimal | None = None
    """Delta of an option, Black-Scholes in USD."""
    deltaPA: Decimal | None = None
    """Delta of an option, in coins."""
    gammaBS: Decimal | None = None
    """Gamma of an option, Black-Scholes in USD."""
    gammaPA: Decimal | None = None
    """Gamma of an option, in coins."""
    thetaBS: Decimal | None = None
    """Theta of an option, Black-Scholes in USD."""
    thetaPA: Decimal | None = None
    """Theta of an option, in coins."""
    vegaBS: Decimal | None = None
    """Vega of an option, Black-Scholes in USD."""
    vegaPA: Decimal | None = None
    """Vega of an option, in coins."""
    spotInUseAmt: Decimal | None = None
    """Spot-derivatives risk offset: amount in use, in spotInUseCcy."""
    spotInUseCcy: str | None = None
    """Spot-derivatives risk offset: currency of what is in use."""
    clSpotInUseAmt: Decimal | None = None
    """Spot-derivatives risk offset: amount chosen by the user."""
    maxSpotInUseAmt: Decimal | None = None
    """Spot-derivatives risk offset: largest possible amount."""
    realizedPnl: Decimal | None = None
    """pnl + fee + fundingFee + liqPenalty (+ settledPnl)."""
    pnl: Decimal | None = None
    """Realised profit of what was closed, without fees."""
    fee: Decimal | None = None
    """Fees so far. Negative is paid, positive is a rebate."""
    fundingFee: Decimal | None = None
    """Funding fees so far."""
    liqPenalty: Decimal | None = None
    """Penalty for liquidation, a negative number."""
    closeOrderAlgo: tuple[CloseOrderAlgo, ...] = ()
    cTime: int | None = None
    """Epoch ms at which it was opened."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    pTime: int | None = None
    """Epoch ms of the push."""
    nonSettleAvgPx: Decimal | None = None
    """Expiry futures with daily settlement: average price without settlements."""
    settledPnl: Decimal | None = None
    """Expiry futures with daily settlement: profit settled so far."""

    @property
    def is_snapshot(self) -> bool:
        """True when this row is part of a list of all positions, False when it is a change."""
        return self.eventType == "snapshot"

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a snapshot with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "pTime") or value_or_none(self, "uTime")
        return at

    @tolerant(*_NEEDED_OF_POSITIONS, spoils={"margin_ratio": ("mgnRatio", "mmr")})
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

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
    """In ccy."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @tolerant("ccy")
    def to_update(self) -> BalanceUpdate:
        """Convert the cash of one currency to neutral words. Raises ``DecodeError`` when it does not say of which."""
        return BalanceUpdate(currency=_currency(self), cash=self.cashBal, updated_at=self.uTime)


@model
class PositionData(Row):
    """A position in short. ``pos == 0`` means closed; sizes as in ``Position``."""

    posId: str | None = None
    tradeId: str | None = None
    """Last trade that changed the position."""
    instId: str | None = None
    instType: InstType | None = None
    mgnMode: MgnMode | None = None
    avgPx: Decimal | None = None
    """Average open price."""
    ccy: str | None = None
    """Currency of the margin."""
    posSide: PosSide | None = None
    pos: Decimal | None = None
    """Contracts (MARGIN: coins). Negative for short when posSide is "net"."""
    baseBal: Decimal | None = None
    """Deprecated by OKX."""
    quoteBal: Decimal | None = None
    """Deprecated by OKX."""
    posCcy: str | None = None
    """MARGIN: the currency held."""
    nonSettleAvgPx: Decimal | None = None
    """Expiry futures with daily settlement: average price without settlements."""
    settledPnl: Decimal | None = None
    """Expiry futures with daily settlement: profit settled so far."""
    uTime: int | None = None
    """Epoch ms of the last change."""

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
    pTime: int | None = None
    """Epoch ms of the push."""
    eventType: BalanceCause | None = None
    """What caused it; here the row itself says so."""
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
class MaxSize(Row):
    """The largest order (``account/max-size``): contracts, or coins for SPOT and MARGIN."""

    instId: str | None = None
    maxBuy: Decimal | None = None
    """Contracts; for SPOT and MARGIN base currency."""
    maxSell: Decimal | None = None
    """Contracts; for SPOT and MARGIN quote currency (base currency for cross margin in futures mode)."""
    ccy: str | None = None
    """Currency of the margin."""


@model
class MaxAvailSize(Row):
    """What is free for an order (``account/max-avail-size``): margin, or what SPOT buys and sells are paid with."""

    instId: str | None = None
    availBuy: Decimal | None = None
    """SPOT and MARGIN: quote currency; cross margin: the currency that was asked for."""
    availSell: Decimal | None = None
    """SPOT and MARGIN: base currency; cross margin: the currency that was asked for."""


@model
class MaxLoan(Row):
    """How much can be borrowed for an instrument, in ``ccy`` (``account/max-loan``)."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    mgnCcy: str | None = None
    maxLoan: Decimal | None = None
    """In ccy."""
    ccy: str | None = None
    side: str | None = None


@model
class MaxWithdrawal(Row):
    """What can be moved out of the trading account, in ``ccy`` (``account/max-withdrawal``)."""

    ccy: str | None = None
    maxWd: Decimal | None = None
    """Without borrowing, in ccy."""
    maxWdEx: Decimal | None = None
    """Borrowing included, in ccy."""
    spotOffsetMaxWd: Decimal | None = None
    """As maxWd, while spot is used to offset risk."""
    spotOffsetMaxWdEx: Decimal | None = None
    """As maxWdEx, while spot is used to offset risk."""


@model
class LeverageEstimate(Row):
    """What another leverage would bring (``account/adjust-leverage-info``)."""

    estAvailQuoteTrans: Decimal | None = None
    """MARGIN: what could be moved out, in quote currency."""
    estAvailTrans: Decimal | None = None
    """What could be moved out; for MARGIN in base currency."""
    estLiqPx: Decimal | None = None
    """Estimated liquidation price of the position, if there is one."""
    estMaxAmt: Decimal | None = None
    """The most that could be opened, contracts; for MARGIN the largest loan, in base currency."""
    estMgn: Decimal | None = None
    """Margin that the position would need; for MARGIN in base currency."""
    estQuoteMgn: Decimal | None = None
    """Margin that the position would need, in quote currency."""
    estQuoteMaxAmt: Decimal | None = None
    """MARGIN: the largest loan, in quote currency."""
    existOrd: bool | None = None
    """Whether there are orders; they can be in the way."""
    maxLever: Decimal | None = None
    """Largest leverage, a factor."""
    minLever: Decimal | None = None
    """Smallest leverage, a factor."""
    estMaxWd: Decimal | None = None


@model
class PositionLimit(Row):
    """The largest position of a family under portfolio margin (``account/position-tiers``)."""

    uly: str | None = None
    instFamily: str | None = None
    maxSz: Decimal | None = None
    """Contracts."""
    posType: str | None = None
    """Kind of limit: "1" pending, "2" account, "3" platform, "4" coin, "5" options, ..."""


@model
class PositionRecord(Row):
    """A position that was closed or reduced (``account/positions-history``). Sizes in contracts (MARGIN: coins)."""

    instType: InstType | None = None
    instId: str | None = None
    posId: str | None = None
    mgnMode: MgnMode | None = None
    type: str | None = None
    """The latest close: "1" in part, "2" all, "3" liquidated, "4" liquidated in part, "5" auto-deleveraged."""
    realizedPnl: Decimal | None = None
    """pnl + fee + fundingFee + liqPenalty (+ settledPnl)."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    openAvgPx: Decimal | None = None
    """Average open price."""
    nonSettleAvgPx: Decimal | None = None
    """Expiry futures with daily settlement: average price without settlements."""
    closeAvgPx: Decimal | None = None
    """Average close price."""
    openMaxPos: Decimal | None = None
    """The most it was, contracts (MARGIN: coins)."""
    closeTotalPos: Decimal | None = None
    """Closed in all, contracts (MARGIN: coins)."""
    settledPnl: Decimal | None = None
    """Expiry futures with daily settlement: profit settled."""
    pnlRatio: Decimal | None = None
    """Realised profit, a ratio."""
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    fundingFee: Decimal | None = None
    """Funding fees in all."""
    liqPenalty: Decimal | None = None
    """Penalty for liquidation, a negative number."""
    pnl: Decimal | None = None
    """Realised profit without fees."""
    posSide: PosSide | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    direction: str | None = None
    """Either "long" or "short"."""
    triggerPx: Decimal | None = None
    """Mark price that brought a liquidation or auto-deleveraging about."""
    uly: str | None = None
    ccy: str | None = None
    """Currency of the margin."""
    liqPx: Decimal | None = None
    """Liquidation price."""


@model
class FeeGroup(Row):
    """Fee rates of a group of instruments. Ratios; negative is paid, positive is a rebate."""

    taker: Decimal | None = None
    """A ratio; negative is paid, positive is a rebate."""
    maker: Decimal | None = None
    """A ratio; negative is paid, positive is a rebate."""
    groupId: str | None = None
    elpMaker: Decimal | None = None
    """RPI orders; the older name of rpiMaker."""
    rpiMaker: Decimal | None = None
    """RPI orders."""


@model
class FiatFee(Row):
    """Fee rates against a fiat currency. Ratios; negative is paid, positive is a rebate."""

    ccy: str | None = None
    taker: Decimal | None = None
    """A ratio; negative is paid, positive is a rebate."""
    maker: Decimal | None = None
    """A ratio; negative is paid, positive is a rebate."""


@model
class TradeFee(Row):
    """Fee rates of the account (``account/trade-fee``). Ratios; negative is paid, positive is a rebate."""

    level: str | None = None
    """Fee tier: "Lv1", "VIP1", ..."""
    feeGroup: tuple[FeeGroup, ...] = ()
    """Current wire has the rates here, by the instrument's groupId."""
    delivery: Decimal | None = None
    """Rate of deliveries."""
    exercise: Decimal | None = None
    """Rate of exercising options."""
    instType: InstType | None = None
    ts: int | None = None
    """Epoch ms of the answer."""
    taker: Decimal | None = None
    """Deprecated by OKX, see feeGroup."""
    maker: Decimal | None = None
    """Deprecated by OKX, see feeGroup."""
    takerUSDC: Decimal | None = None
    """Deprecated by OKX, see feeGroup."""
    makerUSDC: Decimal | None = None
    """Deprecated by OKX, see feeGroup."""
    ruleType: str | None = None
    """Deprecated by OKX, see feeGroup."""
    settle: Decimal | None = None
    """Deprecated by OKX, see feeGroup."""
    category: str | None = None
    """Deprecated by OKX, see feeGroup."""
    makerU: Decimal | None = None
    """Deprecated by OKX, see feeGroup."""
    takerU: Decimal | None = None
    """Deprecated by OKX, see feeGroup."""
    fiat: tuple[FiatFee, ...] = ()
    """Deprecated by OKX, see feeGroup."""
    uly: str | None = None
    """Deprecated by OKX, see feeGroup."""


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
