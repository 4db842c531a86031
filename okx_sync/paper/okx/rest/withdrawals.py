"""Private REST endpoints about what leaves the funding account for the outside, and what came from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from okx_sync.paper.okx.rest.call import RestCall, RestEndpoint, RestError
from okx_sync.paper.venue.funding_account import CALLED_OFF, SENT
from okx_sync.paper.venue.number_text import ZERO, blank, number, text
from okx_sync.paper.venue.row_queries import page
from okx_sync.paper.venue.transfers import CALLED_BACK, WAITING, chain_of
from okx_sync.paper.venue.types import Row

INTERNAL, ON_CHAIN = "3", "4"
#: What a withdrawal costs; the least that may be withdrawn is ten times as much.
_FEES = {"BTC": Decimal("0.0001"), "ETH": Decimal("0.001"), "SOL": Decimal("0.01")}
_USUAL_FEE = Decimal(1)
_MOST = "1000000"
_HISTORY = """ccy chain nonTradableAsset amt ts from areaCodeFrom to areaCodeTo toAddrType tag pmtId memo addrEx txId
    fee feeCcy state wdId clientId note"""
_DEPOSIT = "ccy chain amt from areaCodeFrom to txId ts state depId fromWdId actualDepBlkConfirm"


def known_coins(call: RestCall) -> list[str]:
    """Return the coins of the market, and those that the account has besides."""
    traded = {ccy for one in call.venue.instruments.values() for ccy in (one.baseCcy, one.quoteCcy, one.settleCcy)}
    return sorted((traded | call.account.balances.keys() | call.account.wallet.balances.keys()) - {"", "USD"})


def _fee(ccy: str) -> Decimal:
    return _FEES.get(ccy, _USUAL_FEE)


def _least(ccy: str) -> Decimal:
    return _fee(ccy) * 10


def _currency(ccy: str) -> Row:
    """Return the row of a coin, on its one chain."""
    fee, least = text(_fee(ccy)), text(_least(ccy))
    return {
        **blank("depQuotaFixed usedDepQuotaFixed depQuoteDailyLayer2 depEstOpenTime wdEstOpenTime ctAddr logoLink"),
        "burningFeeRate": "",
        **dict.fromkeys(("canDep", "canWd", "mainNet"), True),
        **dict.fromkeys(("canInternal", "needTag"), False),
        **dict.fromkeys(("fee", "minFee", "maxFee", "minFeeForCtAddr", "maxFeeForCtAddr"), fee),
        **dict.fromkeys(("minDepArrivalConfirm", "minWdUnlockConfirm"), "2"),
        **dict.fromkeys(("maxWd", "wdQuota"), _MOST),
        "ccy": ccy,
        "name": ccy,
        "chain": chain_of(ccy),
        "minWd": least,
        "minInternal": least,
        "minDep": fee,
        "usedWdQuota": "0",
        "wdTickSz": "8",
    }


def _currencies(call: RestCall) -> Sequence[Row]:
    wanted = [ccy for ccy in call.text("ccy").split(",") if ccy]
    return [_currency(ccy) for ccy in known_coins(call) if not wanted or ccy in wanted]


def _withdraw(call: RestCall) -> Sequence[Row]:
    """Send money out of the funding account; its fee is taken on top."""
    assert call.key is not None
    if "withdraw" not in call.key.permissions:
        raise RestError("50120", "This API key doesn't have permission to use this function")
    ccy, amount = call.text("ccy"), number(call.text("amt"))
    if ccy not in known_coins(call):
        raise RestError("51012", "Token doesn't exist.")
    if amount is None or amount <= ZERO:
        raise RestError("51000", "Parameter amt error", 400)
    if call.one_of("dest", (INTERNAL, ON_CHAIN)) == INTERNAL:
        raise RestError("50062", "The paper exchange does not carry out withdrawals to other users (dest 3).")
    if call.text("chain", chain_of(ccy)) != chain_of(ccy):
        raise RestError("51000", "Parameter chain error", 400)
    _check_money(call, ccy, amount)
    wallet, fee, ms = call.account.wallet, _fee(ccy), call.server.clock.now_ms()
    own = {"clientId": call.text("clientId"), "to": call.text("toAddr"), "fee": text(fee), "feeCcy": ccy}
    wallet.book(ccy, -amount - fee, own["clientId"], ms, kind=SENT)
    sent = call.venue.transfers.moved(call.account, ccy, -amount, ms, **own)
    wallet.on_the_way[sent["wdId"]] = amount + fee
    return [{name: sent[name] for name in ("wdId", "clientId", "ccy", "amt", "chain")}]


def _check_money(call: RestCall, ccy: str, amount: Decimal) -> None:
    held = call.account.wallet.balances.get(ccy, ZERO)
    if amount < _least(ccy):
        raise RestError("58206", f"Withdrawal amount must be greater than {text(_least(ccy))}.")
    if amount > held:
        raise RestError("58350", "Insufficient balance.")
    if amount + _fee(ccy) > held:
        raise RestError("58229", f"Insufficient balance in funding account to pay fees {text(_fee(ccy))} {ccy}.")


def _cancel(call: RestCall) -> Sequence[Row]:
    """Call money back that waits to be sent: to where it came from."""
    call.venue.step()
    wanted, account = call.text("wdId"), call.account
    row = next((one for one in call.venue.transfers.of(account, deposits=False) if one["wdId"] == wanted), None)
    if row is None:
        raise RestError("58215", "Withdrawal ID doesn't exist.")
    if row["state"] == CALLED_BACK:
        raise RestError("58220", "Withdrawal request already canceled.")
    if row["state"] != WAITING:
        raise RestError("58216", "Operation not allowed.")
    back, ms = account.wallet.on_the_way.pop(wanted, None), call.server.clock.now_ms()
    if back is None:  # sent by a test, from the trading account
        call.venue.call_back(account, wanted)
    else:
        call.venue.transfers.call_back(account, wanted, ms)
        account.wallet.book(row["ccy"], back, row["clientId"], ms, kind=CALLED_OFF)
    return [{"wdId": wanted}]


def _records(names: str, *, deposits: bool) -> Callable[[RestCall], Sequence[Row]]:
    """Make an endpoint that lists what came or went, newest first, with these fields."""
    fields = names.split()

    def answer(call: RestCall) -> Sequence[Row]:
        call.venue.step()
        ids = {name: call.text(name) for name in ("txId", "depId", "wdId", "clientId", "fromWdId") if call.text(name)}
        rows = call.venue.transfers.of(call.account, deposits=deposits)
        found = [row for row in rows if all(row.get(name) == wanted for name, wanted in ids.items())]
        filters = {name: value for name, value in call.filters().items() if name != "type"}
        return page(found, filters, row=lambda one: {name: one[name] for name in fields}, cursor="ts", time="ts")

    return answer


def _get(path: str, answer: Callable[[RestCall], Sequence[Row]]) -> RestEndpoint:
    return RestEndpoint("GET", f"/api/v5/asset/{path}", answer, 6, 1.0, private=True)


def _post(path: str, answer: Callable[[RestCall], Sequence[Row]], *required: str) -> RestEndpoint:
    return RestEndpoint("POST", f"/api/v5/asset/{path}", answer, 6, 1.0, required=required, private=True, trades=True)


ENDPOINTS = (
    _get("currencies", _currencies),
    _get("deposit-history", _records(_DEPOSIT, deposits=True)),
    _get("withdrawal-history", _records(_HISTORY, deposits=False)),
    _post("withdrawal", _withdraw, "ccy", "amt", "dest", "toAddr"),
    _post("cancel-withdrawal", _cancel, "wdId"),
)
