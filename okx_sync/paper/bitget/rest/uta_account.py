"""V3 account of a unified account: `/api/v3/account/`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget.account_settings import CLASSIC
from okx_sync.paper.bitget.rest import money
from okx_sync.paper.bitget.rest.bills import uta_bills
from okx_sync.paper.bitget.rest.call import SPOT_CATEGORIES, BitgetCall, BitgetRestError, contracts_of, get, post
from okx_sync.paper.bitget.rest.codes import translated
from okx_sync.paper.bitget.rest.mix_account import pos_mode
from okx_sync.paper.bitget.rest.positions import held_of
from okx_sync.paper.bitget.rest.wallet import busy, rates_of
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin import fee_rate
from okx_sync.paper.venue.number_text import ZERO, number, rounded, text
from okx_sync.paper.venue.types import Row

_HOLD_MODES = {"one_way_mode": "net_mode", "hedge_mode": "long_short_mode"}
_LEVELS = ("basic", "advanced", "delta", "isolated")
_MORE, _LESS = ("add", "increase"), ("reduce", "decrease")


def _settings(call: BitgetCall) -> Row:
    symbols = [
        {
            "category": name,
            "symbol": symbol_of(one),
            "marginMode": "crossed",
            "leverage": text(call.account.lever(one.instId, "cross")),
        }
        for name, coin in call.products.items()
        for one in contracts_of(call.venue, coin)
    ]
    return {
        "uid": call.account.uid,
        "accountMode": "unified",
        "accountLevel": call.settings.level,
        "assetMode": "multi_assets",
        "holdMode": pos_mode(call),
        "stpMode": "none",
        "symbolConfigList": symbols,
        "coinConfigList": [{"coin": coin, "leverage": "1"} for coin in money.coins_of(call)],
    }


def _assets(call: BitgetCall) -> Row:
    row, usd = call.venue.account_row(call.account, rest=True), call.venue.prices.usd
    total = Decimal(row["totalEq"])
    upl = sum((Decimal(one["upl"]) * usd(one["ccy"]) for one in row["details"]), ZERO)
    margins = [sum((Decimal(one[name] or 0) * usd(one["ccy"]) for one in row["details"]), ZERO) for name in _MARGINS]
    used, needed = (text(rounded(value)) for value in margins)
    ratio = text(rounded(margins[1] / total)) if total else "0"
    bitcoin = usd("BTC")
    return {
        "accountEquity": text(total),
        "usdtEquity": text(total),
        "btcEquity": text(rounded(total / bitcoin)),
        "unrealisedPnl": text(rounded(upl)),
        "usdtUnrealisedPnl": text(rounded(upl)),
        "btcUnrealizedPnl": text(rounded(upl / bitcoin)),
        "effEquity": text(total),
        "mmr": needed,
        "imr": used,
        "mgnRatio": ratio,
        "positionMgnRatio": ratio,
        "positionValue": text(rounded(_held_value(call))),
        "leverage": text(rounded(_held_value(call) / total)) if total else "0",
        "bonus": "0",
        "assets": [
            {
                "coin": one["ccy"],
                "equity": one["eq"],
                "usdValue": one["eqUsd"],
                "balance": one["cashBal"],
                "debt": "0",
                "available": one["availBal"],
                "locked": one["ordFrozen"],
                "bonus": "0",
            }
            for one in row["details"]
        ],
    }


_MARGINS = ("imr", "mmr")


def _held_value(call: BitgetCall) -> Decimal:
    every = list(call.venue.instruments.values())
    return sum((one.coins * call.venue.prices.mark(one.instrument) for one in held_of(call.account, every)), ZERO)


def _funding_assets(call: BitgetCall) -> Sequence[Row]:
    coin = call.text("coin").upper()
    return [
        {"coin": name, "available": text(held), "frozen": "0", "balance": text(held)}
        for name, held in call.account.wallet.balances.items()
        if coin in ("", name) and held
    ]


def _info(call: BitgetCall) -> Row:
    assert call.key is not None
    return {
        "userId": call.account.uid,
        "inviterId": "",
        "parentId": call.account.uid,
        "channelCode": "",
        "channel": "",
        "ips": "",
        "permType": "read" if call.key.read_only else "read_and_write",
        "permissions": list(call.key.permissions),
        "regisTime": "1606468572000",
    }


def _bills(call: BitgetCall) -> Any:
    return uta_bills(call)


# --- settings


def _done(call: BitgetCall, code: str, message: str) -> str:
    if code != "0":
        raise BitgetRestError(*translated(code, message, call.words))
    return "success"


def _set_hold_mode(call: BitgetCall) -> str:
    mode = _HOLD_MODES[call.one_of("holdMode", _HOLD_MODES)]
    code, message, _ = call.venue.set_position_mode(call.account, mode)
    return _done(call, code, message)


def _contracts(call: BitgetCall) -> list[VenueInstrument]:
    if call.category() in SPOT_CATEGORIES:
        raise call.refuse({"uta": "400172"}, "category: nothing can be borrowed at the paper exchange")
    return call.instruments()


def _set_leverage(call: BitgetCall) -> str:
    isolated = call.text("marginMode").lower() == "isolated"
    sides = {"long": call.text("longLeverage"), "short": call.text("shortLeverage")}
    both, side = call.text("leverage"), call.text("posSide").lower()
    if not isolated or call.account.pos_mode == "net_mode":
        chosen = {"net": both or sides["long"] or sides["short"]}
    else:
        chosen = {name: sides[name] or (both if side in ("", name) else "") for name in sides}
    if not any(chosen.values()):
        raise call.wrong("leverage")
    for one in _contracts(call):
        for name, value in chosen.items():
            request = {"instId": one.instId, "lever": value, "mgnMode": "isolated" if isolated else "cross"}
            if value:
                code, message, _ = call.venue.set_leverage(call.account, {**request, "posSide": name})
                _done(call, code, message)
    return "success"


def _set_margin(call: BitgetCall) -> None:
    one, side = call.instrument(), call.one_of("posSide", ("long", "short"))
    amount = money.amount_of(call, "amount")
    if call.one_of("operation", (*_MORE, *_LESS)) in _LESS:
        amount = -amount
    for held in held_of(call.account, [one]):
        if held.is_isolated and held.side == side:
            _done(call, *call.venue.adjust_margin(call.account, held.position, amount))
            return
    raise BitgetRestError("25227", "There is no isolated position")


def _adjust_mode(call: BitgetCall) -> None:
    call.settings.level = call.one_of("mode", _LEVELS)


def _set_collateral(call: BitgetCall) -> None:
    call.settings.collateral = call.need("collateralType")
    call.settings.collateral_coins = call.text("collateralCoins")


def _collateral(call: BitgetCall) -> Row:
    return {"collateralType": call.settings.collateral, "collateralCoins": call.settings.collateral_coins}


def _switch(call: BitgetCall) -> None:
    """Turn the account into a classic one; its key is for V2 from then on."""
    if busy(call):
        raise BitgetRestError("25570", "There is an open order or a position")
    call.settings.kind = CLASSIC


def _switch_status(_: BitgetCall) -> Row:
    """Answer that nothing is under way: an account that was switched has no use of this call."""
    return {"status": "success", "reason": ""}


# --- how much


def _pre_set(call: BitgetCall) -> Row:
    """Tell what a leverage would mean for the position there is, and for a new one."""
    one, lever = call.instrument(), number(call.text("leverage") or call.text("longLeverage") or "10")
    if lever is None or lever < 1 or not one.is_swap:
        raise call.wrong("leverage")
    price = call.venue.prices.mark(one)
    held = sum((one_held.coins for one_held in held_of(call.account, [one])), ZERO) * price
    before = held / call.account.lever(one.instId, "cross")
    free = Decimal(call.venue.max_avail_size_row(call.account, {"instId": one.instId})["availBuy"])
    lots = one.lots(free / (price * one.ctVal * (1 / lever + fee_rate(one, "T"))))
    return {
        "estMaxOpen": text(one.coins(lots)),
        "estMaxBorrowable": "0",
        "requiredMargin": text(rounded(held / lever)),
        "marginChange": text(rounded(held / lever - before)),
    }


def _max_transfer(call: BitgetCall) -> Row:
    coin = money.coin_of(call)
    free = text(rounded(money.free_cash(call, coin)))
    return {"coin": coin, "maxTransfer": free, "borrowMaxTransfer": free}


def _max_withdrawal(call: BitgetCall) -> Row:
    coin = money.coin_of(call)
    uta, funding = money.free_cash(call, coin), call.account.wallet.balances.get(coin, ZERO)
    return {
        "coin": coin,
        "otcMaxWithdrawal": "0",
        "spotMaxWithdrawal": text(funding),
        "utaMaxWithdrawal": text(rounded(uta)),
        "totalMaxWithdrawal": text(rounded(uta + funding)),
    }


def _fee_rate(call: BitgetCall) -> Row:
    return rates_of(call.instrument().instType)


def _fee_rates(call: BitgetCall) -> Sequence[Row]:
    return [{"symbol": symbol_of(one), **rates_of(one.instType)} for one in call.instruments()]


def _deposits(call: BitgetCall) -> Sequence[Row]:
    rows = [money.uta_movement(row) for row in money.movements(call, deposits=True)]
    return [{name: value for name, value in row.items() if name != "fee"} for row in rows]


def _withdrawals(call: BitgetCall) -> Sequence[Row]:
    return [money.uta_movement(row) for row in money.movements(call, deposits=False)]


def _cancel_withdrawal(call: BitgetCall) -> None:
    money.cancel_withdrawal(call)


_PATH = "v3/account"
_TRANSFER = "fromType toType"
ENDPOINTS = (
    get(f"{_PATH}/settings", _settings, 20),
    get(f"{_PATH}/assets", _assets, 20),
    get(f"{_PATH}/funding-assets", _funding_assets, 20),
    get(f"{_PATH}/info", _info, 5),
    get(f"{_PATH}/financial-records", _bills, 20, "category"),
    get(f"{_PATH}/fee-rate", _fee_rate, 3, "symbol category"),
    get(f"{_PATH}/all-fee-rate", _fee_rates, 3, "category"),
    get(f"{_PATH}/collateral-type", _collateral, 10),
    get(f"{_PATH}/switch-status", _switch_status, 5),
    get(f"{_PATH}/pre-set-leverage", _pre_set, 10, "category marginMode"),
    get(f"{_PATH}/max-transferable", _max_transfer, 3, "coin"),
    get(f"{_PATH}/max-withdrawal", _max_withdrawal, 10, "coin"),
    get(f"{_PATH}/transferable-coins", money.transferable, 10, _TRANSFER),
    get(f"{_PATH}/deposit-address", money.address, 10, "coin"),
    get(f"{_PATH}/deposit-records", _deposits, 10, "startTime endTime"),
    get(f"{_PATH}/withdrawal-records", _withdrawals, 10, "startTime endTime"),
    post(f"{_PATH}/adjust-account-mode", _adjust_mode, 1, "mode"),
    post(f"{_PATH}/set-hold-mode", _set_hold_mode, 10, "holdMode"),
    post(f"{_PATH}/set-leverage", _set_leverage, 10, "category"),
    post(f"{_PATH}/set-margin", _set_margin, 10, "category symbol posSide operation amount"),
    post(f"{_PATH}/set-collateral-type", _set_collateral, 2, "collateralType"),
    post(f"{_PATH}/switch", _switch, 1),
    post(f"{_PATH}/transfer", money.transfer, 5, f"{_TRANSFER} amount coin"),
    post(f"{_PATH}/withdrawal", money.withdraw, 5, "coin transferType address size"),
    post(f"{_PATH}/cancel-withdrawal", _cancel_withdrawal, 1),
    post(f"{_PATH}/deposit-account", money.set_deposit_account, 1, "coin accountType"),
)
