"""Private endpoints about the unified account: balances, settings, fees; there are no loans here."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.identifiers import symbol_of
from okx_sync.paper.bybit.rest.call import (
    FUTURES,
    PARAMS,
    SPOT,
    BybitCall,
    BybitEndpoint,
    BybitRestError,
)
from okx_sync.paper.bybit.rest.instruments import account_instruments
from okx_sync.paper.bybit.wallet import wallet_row
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.types import Row

UNIFIED_2 = 5
_MARGIN_MODES = ("ISOLATED_MARGIN", "REGULAR_MARGIN", "PORTFOLIO_MARGIN")
_ON_OFF = ("ON", "OFF")
_NO_LOANS = "borrowing is not supported by the paper exchange"
_NO_MMP = "market maker protection is not supported by the paper exchange: it has no options"


# --- balances


def _wallet(call: BybitCall) -> Row:
    kind = call.text("accountType")
    if kind != "UNIFIED":
        raise BybitRestError(PARAMS, "accountType only support UNIFIED.")
    row, wanted = wallet_row(call.account, call.venue), [one for one in call.text("coin").split(",") if one]
    if wanted:
        row |= {"coin": [one for one in row["coin"] if one["coin"] in wanted]}
    return {"list": [row]}


def _free(call: BybitCall, coin: str) -> Decimal:
    """Return what may leave the trading account."""
    return rounded(margin.available_cash(call.account, coin, call.venue.prices))


def _withdrawable(call: BybitCall) -> Row:
    wanted = [one for one in call.text("coinName").split(",") if one]
    free = {coin: text(_free(call, coin)) for coin in wanted}
    return {"availableWithdrawal": free[wanted[0]], "availableWithdrawalMap": free}


def _collateral(call: BybitCall) -> Row:
    wanted, off = call.text("currency"), call.settings.not_collateral
    rows = [
        {
            "currency": coin,
            **blank("hourlyBorrowRate maxBorrowingAmount freeBorrowAmount", "0"),
            **blank("freeBorrowingLimit borrowAmount otherBorrowAmount availableToBorrow borrowUsageRate", "0"),
            "borrowable": False,
            "marginCollateral": True,
            "collateralSwitch": coin not in off,
            "collateralRatio": "1",
            "freeBorrowingAmount": "",
        }
        for coin in call.account.balances
        if wanted in ("", coin)
    ]
    return {"list": rows}


def _set_collateral(call: BybitCall) -> Row:
    _switch_collateral(call, call.text("coin"), call.one_of("collateralSwitch", _ON_OFF))
    return {}


def _switch_collateral(call: BybitCall, coin: str, word: str) -> None:
    if coin in ("USDT", "USDC") and word == "OFF":
        raise BybitRestError(PARAMS, f"{coin} cannot be switched off as collateral")
    change = call.settings.not_collateral.discard if word == "ON" else call.settings.not_collateral.add
    change(coin)


def _set_collaterals(call: BybitCall) -> Row:
    request = call.params["request"]
    if not isinstance(request, list) or not all(isinstance(one, dict) for one in request):
        raise BybitRestError(PARAMS, "params error: request invalid")
    rows = [{name: str(one.get(name, "")) for name in ("coin", "collateralSwitch")} for one in request]
    if any(row["collateralSwitch"] not in _ON_OFF or not row["coin"] for row in rows):
        raise BybitRestError(PARAMS, "params error: request invalid")
    for row in rows:
        _switch_collateral(call, row["coin"], row["collateralSwitch"])
    return {"list": rows}


def _greeks(call: BybitCall) -> Row:
    """Return one row per coin with contracts on it; there are no options here."""
    traded = {one.instrument.baseCcy for one in call.account.open_positions()}
    rows = [
        {"baseCoin": row["ccy"], "totalDelta": row["deltaPA"], **blank("totalGamma totalVega totalTheta", "0")}
        for row in call.venue.greeks_rows(call.account, call.text("baseCoin"))
        if row["ccy"] in traded
    ]
    return {"list": rows}


def _option_assets(call: BybitCall) -> Row:
    row = {"coin": "USDT", **blank("totalDelta totalRPL totalUPL assetIM assetMM", "0"), "sendTime": call.now}
    return {"result": [row]}


def _pay_info(call: BybitCall) -> Row:
    """Return what could pay a loan; there is none."""
    coin = call.text("coin")
    collateral = [
        {
            "coin": one,
            "availableSize": text(_free(call, one)),
            "availableValue": text(rounded(_free(call, one) * call.venue.prices.usd(one))),
            "coinScale": 8,
            "borrowSize": "0",
            "spotHedgeAmount": "0",
            "assetFrozen": text(call.account.balance(one).frozen),
        }
        for one in list(call.account.balances)
    ]
    borrowed = {"coin": coin, **blank("borrowSize borrowValue assetFrozen availableBalance", "0")}
    return {"collateralInfo": {"collateralList": collateral}, "borrowInfo": borrowed if coin else None}


# --- settings


def _info(call: BybitCall) -> Row:
    settings = call.settings
    return {
        "unifiedMarginStatus": UNIFIED_2,
        "marginMode": settings.margin_mode,
        "isMasterTrader": False,
        "spotHedgingStatus": settings.spot_hedging,
        "updatedTime": str(settings.updated_ms or call.now),
        "dcpStatus": "ON" if settings.dcp else "OFF",
        "timeWindow": max(settings.dcp.values(), default=10),
        "smpGroup": 0,
    }


def _set_margin_mode(call: BybitCall) -> Row:
    """Set the mode of new positions; refused while there are contracts or orders for them."""
    mode = call.one_of("setMarginMode", _MARGIN_MODES)
    account = call.account
    reasons = []
    if mode == "PORTFOLIO_MARGIN":
        reasons.append(("3400208", "Portfolio margin is not supported by the paper exchange"))
    if any(account.open_positions()):
        reasons.append(("3400045", "Existing positions do not allow the margin mode to be changed"))
    if any(one.instrument.is_swap for one in account.orders.values()):
        reasons.append(("3400045", "Existing orders do not allow the margin mode to be changed"))
    if reasons and mode != call.settings.margin_mode:
        told = [{"reasonCode": code, "reasonMsg": message} for code, message in reasons]
        raise BybitRestError(int(reasons[0][0]), "Set margin mode failed", {"reasons": told})
    call.settings.margin_mode, call.settings.updated_ms = mode, call.now
    return {"reasons": []}


def _set_hedging(call: BybitCall) -> Row:
    call.one_of("setHedgingMode", _ON_OFF)
    raise BybitRestError(PARAMS, "spot hedging needs portfolio margin, which the paper exchange does not support")


def _set_limit_price(call: BybitCall) -> Row:
    """Set whether prices beyond the band are moved to it, or refused: for spot pairs, or for all contracts."""
    product = "spot" if call.category(SPOT, *FUTURES) == SPOT else "futures"
    wanted = call.params.get("modifyEnable")
    if not isinstance(wanted, bool):
        raise BybitRestError(PARAMS, "params error: modifyEnable invalid")
    call.settings.limit_prices[product] = wanted
    return {}


def _set_delta_mode(call: BybitCall) -> Row:
    call.settings.delta_mode = call.one_of("deltaEnable", ("0", "1")) == "1"
    return {"resultStatus": 1}


def _user_settings(call: BybitCall) -> Row:
    """Return the settings; of prices beyond the band the two say opposite things."""
    return {
        "lpaSpot": call.settings.limit_prices["spot"],
        "lpaPerp": not call.settings.limit_prices["futures"],
        "deltaEnable": call.settings.delta_mode,
        "smsef": False,
        "fmsef": False,
    }


def _dcp_info(call: BybitCall) -> Row:
    set_ = call.settings.dcp
    rows = [{"product": name, "dcpStatus": "ON", "timeWindow": str(seconds)} for name, seconds in set_.items()]
    return {"dcpInfos": rows}


def _smp_group(_: BybitCall) -> Row:
    return {"smpGroup": 0}


def _mmp_state(call: BybitCall) -> Row:
    names = "window frozenPeriod qtyLimit deltaLimit vegaLimit mmpFrozenUntil"
    row = {"baseCoin": call.text("baseCoin"), "mmpEnabled": False, **blank(names, "0"), "mmpFrozen": False}
    return {"result": [row]}


def _upgrade(_: BybitCall) -> Row:
    """Say that the account is unified already."""
    return {"unifiedUpdateStatus": "FAIL", "unifiedUpdateMsg": {"msg": ["The account is a unified account already"]}}


def _refuse(message: str) -> Callable[[BybitCall], Row]:
    def answer(_: BybitCall) -> Row:
        raise BybitRestError(PARAMS, message)

    return answer


def _no_debt(_: BybitCall) -> Row:
    raise BybitRestError(PARAMS, "there is nothing to repay")


def _no_borrowings(call: BybitCall) -> Row:
    call.window(30)
    return {"list": [], "nextPageCursor": ""}


def _fees(call: BybitCall) -> Row:
    category = call.category()
    rows = []
    for one in call.instruments(category):
        maker, taker = margin.FEES[one.instType]
        rows.append(
            {
                "symbol": symbol_of(one),
                "baseCoin": "",
                "takerFeeRate": text(taker),
                "makerFeeRate": text(maker),
            }
        )
    return {"category": category, "list": rows}


def _get(path: str, answer: Callable[[BybitCall], Any], *required: str, limit: int = 50) -> BybitEndpoint:
    return BybitEndpoint("GET", f"/v5/account/{path}", answer, limit, required=required)


def _post(path: str, answer: Callable[[BybitCall], Any], *required: str, limit: int = 5) -> BybitEndpoint:
    return BybitEndpoint("POST", f"/v5/account/{path}", answer, limit, required=required, trades=True)


ENDPOINTS = (
    _get("wallet-balance", _wallet, "accountType"),
    _get("withdrawal", _withdrawable, "coinName"),
    _get("info", _info),
    _get("fee-rate", _fees, "category", limit=5),
    _get("instruments-info", account_instruments, "category", limit=10),
    _get("collateral-info", _collateral),
    _get("borrow-history", _no_borrowings),
    _get("option-asset-info", _option_assets),
    _get("pay-info", _pay_info),
    _get("query-dcp-info", _dcp_info, limit=5),
    _get("smp-group", _smp_group, limit=5),
    _get("user-setting-config", _user_settings),
    _get("mmp-state", _mmp_state, "baseCoin"),
    BybitEndpoint("GET", "/v5/asset/coin-greeks", _greeks),
    _post("set-margin-mode", _set_margin_mode, "setMarginMode"),
    _post("set-hedging-mode", _set_hedging, "setHedgingMode"),
    _post("set-collateral-switch", _set_collateral, "coin", "collateralSwitch"),
    _post("set-collateral-switch-batch", _set_collaterals, "request"),
    _post("set-limit-px-action", _set_limit_price, "category", limit=10),
    _post("set-delta-mode", _set_delta_mode, "deltaEnable"),
    _post("upgrade-to-uta", _upgrade, limit=1),
    _post("borrow", _refuse(_NO_LOANS), "coin", "amount", limit=1),
    _post("repay", _no_debt, limit=1),
    _post("no-convert-repay", _no_debt, "coin", limit=1),
    _post("quick-repayment", _no_debt, limit=1),
    _post("mmp-modify", _refuse(_NO_MMP), "baseCoin"),
    _post("mmp-reset", _refuse(_NO_MMP), "baseCoin"),
)
