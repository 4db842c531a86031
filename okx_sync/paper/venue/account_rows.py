"""Accounts and positions as rows of REST answers and WebSocket pushes, every documented field present."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import level_rows, margin
from okx_sync.paper.venue.balances import VenueBalance
from okx_sync.paper.venue.margin_positions import MarginPosition
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.prices import STABLE, Prices
from okx_sync.paper.venue.records import ApiKey, VenueAccount, VenuePosition
from okx_sync.paper.venue.types import Row

_ACCOUNT: dict[str, Any] = blank(
    """uTime totalEq isoEq adjEq availEq ordFroz imr mmr borrowFroz mgnRatio notionalUsd notionalUsdForBorrow
    notionalUsdForSwap notionalUsdForFutures notionalUsdForOption upl delta deltaLever deltaNeutralStatus"""
)
_DETAIL: dict[str, Any] = {
    **blank(
        """ccy eq cashBal uTime isoEq availEq disEq fixedBal availBal frozenBal ordFrozen liab upl uplLiab crossLiab
        isoLiab rewardBal mgnRatio imr mmr interest twap frpType maxLoan eqUsd borrowFroz notionalLever coinUsdPrice
        stgyEq isoUpl spotInUseAmt clSpotInUseAmt maxSpotInUseAmt spotIsoBal smtSyncEq spotCopyTradingEq
        spotBal openAvgPx accAvgPx spotUpl spotUplRatio totalPnl totalPnlRatio colRes colBorrAutoConversion
        autoLendStatus autoLendMtAmt"""
    ),
    **blank("fixedBal rewardBal twap stgyEq spotIsoBal smtSyncEq spotCopyTradingEq", "0"),
    "frpType": "0",
    "colRes": "0",
    "colBorrAutoConversion": "0",
    "autoLendStatus": "unsupported",
    "autoLendMtAmt": "0",
    "collateralEnabled": False,
    "collateralRestrict": False,
}
POSITION: dict[str, Any] = blank(
    """instType mgnMode posId posSide pos hedgedPos baseBal quoteBal baseBorrowed baseInterest quoteBorrowed
    quoteInterest posCcy availPos avgPx upl uplRatio uplLastPx uplRatioLastPx instId lever liqPx markPx imr margin
    mgnRatio mmr liab liabCcy interest tradeId notionalUsd optVal pendingCloseOrdLiabVal adl bizRefId bizRefType ccy
    last idxPx usdPx bePx deltaBS deltaPA gammaBS gammaPA thetaBS thetaPA vegaBS vegaPA spotInUseAmt spotInUseCcy
    clSpotInUseAmt maxSpotInUseAmt realizedPnl pnl fee fundingFee liqPenalty cTime uTime pTime nonSettleAvgPx
    settledPnl"""
)
RISK = tuple(blank("instType mgnMode posId posSide pos posCcy instId lever markPx mgnRatio ccy cTime uTime pTime"))
_GREEKS = blank("deltaBS deltaPA gammaBS gammaPA thetaBS thetaPA vegaBS vegaPA", "0")
_CONFIG: dict[str, Any] = {
    **blank(
        """uid acctLv posMode greeksType perm level levelTmp ctIsoMode mgnIsoMode spotOffsetType stgyType roleType
        spotRoleType opAuth ip mainUid kycLv label acctStpMode feeType liquidationGear type settleCcy discountType"""
    ),
    "greeksType": "PA",
    "ctIsoMode": "automatic",
    "mgnIsoMode": "automatic",
    "stgyType": "0",
    "roleType": "0",
    "traderInsts": [],
    "spotRoleType": "0",
    "spotTraderInsts": [],
    "opAuth": "0",
    "kycLv": "3",
    "acctStpMode": "cancel_maker",
    "feeType": "0",
    "liquidationGear": "-1",
    "spotBorrowAutoRepay": False,
    "type": "0",
    "settleCcy": "USDT",
    "settleCcyList": ["USDT"],
    "discountType": "0",
}


def or_blank(value: Decimal | None) -> str:
    """Return a number as text, and nothing where there is none."""
    return "" if value is None else text(value)


def detail_row(account: VenueAccount, balance: VenueBalance, prices: Prices) -> Row:
    """Return the row of one currency in the account row."""
    ccy = balance.ccy
    eq = margin.equity(account, ccy, prices)
    isolated = margin.isolated_margin(account, ccy)
    isolated_upl = margin.isolated_upl(account, ccy, prices)
    cross_upl = margin.cross_upl(account, ccy, prices)
    usd = prices.usd(ccy)
    held = margin.in_ccy(account, ccy, "")
    notional = sum((abs(p.coins) * prices.mark(p.instrument) for p in held), ZERO)
    return {
        **_DETAIL,
        "ccy": ccy,
        "eq": text(eq),
        "cashBal": text(balance.cash),
        "uTime": str(balance.uTime),
        "isoEq": text(isolated + isolated_upl),
        "availEq": text(margin.available_equity(account, ccy, prices)),
        "disEq": text(rounded(eq * usd)),
        "availBal": text(margin.available_cash(account, ccy, prices)),
        "frozenBal": text(balance.frozen + isolated + isolated_upl + margin.cross_initial(account, ccy, prices)),
        "ordFrozen": text(balance.frozen),
        "upl": text(cross_upl + isolated_upl),
        "isoUpl": text(isolated_upl),
        "mgnRatio": or_blank(margin.cross_ratio(account, ccy, prices)),
        "imr": text(margin.cross_initial(account, ccy, prices)),
        "mmr": text(rounded(margin.cross_maintenance(account, ccy, prices))),
        "eqUsd": text(rounded(eq * usd)),
        "notionalLever": text(rounded(notional / eq)) if held and eq > 0 else "0",
        "coinUsdPrice": text(usd),
        **level_rows.detail_fields(account, ccy, prices),
    }


def account_row(account: VenueAccount, prices: Prices, ccys: Sequence[str], now: int, *, rest: bool) -> Row:
    """Return the row of account/balance (``rest``) or of the ``account`` channel."""
    chosen = [b for b in account.balances.values() if b.ccy in ccys] if ccys else worth_telling(account, prices)
    details = [detail_row(account, balance, prices) for balance in chosen]
    total, isolated = ZERO, ZERO
    for ccy in account.balances:
        usd = prices.usd(ccy)
        total += margin.equity(account, ccy, prices) * usd
        iso = margin.isolated_margin(account, ccy) + margin.isolated_upl(account, ccy, prices)
        isolated += iso * usd
    row: Row = {
        **_ACCOUNT,
        "uTime": str(now),
        "totalEq": text(rounded(total)),
        "isoEq": text(rounded(isolated)),
        "details": details,
        **level_rows.account_fields(account, prices),
    }
    if rest:
        for detail in details:
            detail["maxSpotInUse"] = detail.pop("maxSpotInUseAmt")
        row |= {"spotCopyTradingEq": "", "frpType": ""}
    return row


def worth_telling(account: VenueAccount, prices: Prices) -> list[VenueBalance]:
    """Return the balances that a snapshot lists: everything that is not zero."""
    return [b for b in account.balances.values() if b.cash or b.frozen or margin.equity(account, b.ccy, prices)]


def position_row(account: VenueAccount, position: VenuePosition, prices: Prices, now: int) -> Row:
    """Return the row of account/positions and of the ``positions`` channel."""
    instrument = position.instrument
    row: Row = {
        **POSITION,
        "instType": instrument.instType,
        "instId": instrument.instId,
        "mgnMode": position.mgnMode,
        "posId": position.posId,
        "posSide": position.posSide,
        "pos": position_size(position),
        "lever": text(position.lever),
        "ccy": instrument.settleCcy,
        "tradeId": position.tradeId,
        "last": text(prices.last[instrument.instId]),
        "idxPx": text(prices.index(instrument)),
        "usdPx": text(prices.usd(instrument.settleCcy)),
        "markPx": text(prices.mark(instrument)),
        "realizedPnl": text(position.realized),
        "pnl": text(position.pnl),
        "fee": text(position.fee),
        "fundingFee": text(position.funding),
        "liqPenalty": text(position.penalty),
        "closeOrderAlgo": [],
        "cTime": str(position.cTime),
        "uTime": str(position.uTime),
        "pTime": str(now),
    }
    return row | _open_figures(account, position, prices) if position.lots else row


def past_position_row(position: VenuePosition) -> Row:
    """Return the row of account/positions-history."""
    instrument = position.instrument
    paid = abs(position.avg * instrument.coins(position.closed)) / position.lever
    return {
        **blank("nonSettleAvgPx settledPnl"),
        "instType": instrument.instType,
        "instId": instrument.instId,
        "posId": position.posId,
        "mgnMode": position.mgnMode,
        "posSide": position.posSide,
        "direction": "long" if position.was_long else "short",
        "type": position.ending,
        "lever": text(position.lever),
        "openAvgPx": text(position.avg),
        "closeAvgPx": text(rounded(position.closed_value / instrument.coins(position.closed))),
        "openMaxPos": text(instrument.sz(position.most)),
        "closeTotalPos": text(instrument.sz(position.closed)),
        "realizedPnl": text(position.realized),
        "pnlRatio": text(rounded(position.realized / paid)),
        "pnl": text(position.pnl),
        "fee": text(position.fee),
        "fundingFee": text(position.funding),
        "liqPenalty": text(position.penalty),
        "triggerPx": or_blank(position.trigger_px),
        "uly": instrument.uly,
        "ccy": instrument.settleCcy,
        "cTime": str(position.cTime),
        "uTime": str(position.uTime),
    }


def risk_row(account: VenueAccount, position: VenuePosition, prices: Prices, now: int) -> Row:
    """Return the row of the ``liquidation-warning`` channel."""
    row = position_row(account, position, prices, now)
    return {name: row[name] for name in RISK}


def greeks_row(account: VenueAccount, ccy: str, prices: Prices, now: int) -> Row:
    """Return the row of ``account-greeks`` for one coin.

    There are no options here, so that only delta is not zero: in coins (``deltaPA``) and in dollars (``deltaBS``).
    Dollar coins have none.
    """
    coins = ZERO if ccy in STABLE else margin.delta(account, ccy)
    return {
        **_GREEKS,
        "deltaBS": text(rounded(coins * prices.usd(ccy))),
        "deltaPA": text(coins),
        "ccy": ccy,
        "ts": str(now),
    }


def position_size(position: VenuePosition) -> str:
    """Return contracts as text: signed in net mode, positive in long/short mode."""
    size = position.instrument.sz(position.lots)
    return text(size if position.posSide == "net" else abs(size))


def profit_figures(position: VenuePosition | MarginPosition, mark: Decimal, last: Decimal, paid: Decimal) -> Row:
    """Return what a position has won at the mark and at the last price, and as a share of what was paid for it."""
    return {
        "upl": text(rounded(position.upl(mark))),
        "uplRatio": text(rounded(position.upl(mark) / paid)),
        "uplLastPx": text(rounded(position.upl(last))),
        "uplRatioLastPx": text(rounded(position.upl(last) / paid)),
    }


def _open_figures(account: VenueAccount, position: VenuePosition, prices: Prices) -> Row:
    instrument = position.instrument
    mark, last = prices.mark(instrument), prices.last[instrument.instId]
    paid = position.initial(position.avg)
    cross = position.mgnMode == "cross"
    return {
        "availPos": "" if position.posSide == "net" else position_size(position),
        "avgPx": text(position.avg),
        **profit_figures(position, mark, last, paid),
        "liqPx": or_blank(margin.liquidation_px(account, position, prices)),
        "imr": text(rounded(position.initial(mark))) if cross else "",
        "margin": "" if cross else text(position.margin),
        "mgnRatio": or_blank(margin.margin_ratio(account, position, prices)),
        "mmr": text(rounded(position.maintenance(mark))),
        "notionalUsd": text(rounded(abs(position.coins) * mark * prices.usd(instrument.settleCcy))),
        "adl": "1",
        "bePx": text(margin.break_even(position)),
    }


def balance_brief(balance: VenueBalance) -> Row:
    """Return one currency in ``balance_and_position``."""
    return {"ccy": balance.ccy, "cashBal": text(balance.cash), "uTime": str(balance.uTime)}


def position_brief(position: VenuePosition) -> Row:
    """Return one position in ``balance_and_position``."""
    return {
        "posId": position.posId,
        "tradeId": position.tradeId,
        "instId": position.instrument.instId,
        "instType": position.instrument.instType,
        "mgnMode": position.mgnMode,
        "avgPx": text(position.avg) if position.lots else "",
        "ccy": position.instrument.settleCcy,
        "posSide": position.posSide,
        "pos": position_size(position),
        **blank("baseBal quoteBal posCcy nonSettleAvgPx settledPnl"),
        "uTime": str(position.uTime),
    }


def config_row(account: VenueAccount, key: ApiKey | None) -> Row:
    """Return the row of account/config."""
    permissions = ("read", "trade") if key is None else key.permissions
    return {
        **_CONFIG,
        "uid": account.uid,
        "mainUid": account.uid,
        "label": account.label,
        "posMode": account.pos_mode,
        "acctLv": account.level,
        "autoLoan": account.auto_loan,
        "enableSpotBorrow": account.spot_borrow,
        "level": "VIP5" if account.vip else "Lv1",
        "perm": ",".join("read_only" if name == "read" else name for name in permissions),
    }
