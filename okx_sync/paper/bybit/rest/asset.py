"""Private endpoints about money beyond the trading account: coins, balances, transfers.

The account has a trading part (`UNIFIED`) and a funding part (`FUND`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.rest.call import FUTURES, LINEAR, OPTION, PARAMS, BybitCall, BybitEndpoint, BybitRestError
from okx_sync.paper.bybit.rest.paging import page
from okx_sync.paper.bybit.wallet import wallet_row
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row

UNIFIED, FUND = "UNIFIED", "FUND"
ACCOUNTS = (UNIFIED, FUND)
NO_MONEY, NO_MEMBER, REPEATED = 131_212, 131_211, 131_214
_CHAINS = {"BTC": "BTC", "SOL": "SOL"}
_NAMES = {"BTC": "Bitcoin", "ETH": "Ethereum", "SOL": "Solana", "USDT": "Tether"}


def chain_of(coin: str) -> str:
    """Return the chain on which a coin moves: each has one."""
    return _CHAINS.get(coin, "ETH")


def coins_of(call: BybitCall) -> list[str]:
    """Return the coins that there are."""
    found = [name for one in call.venue.instruments.values() for name in (one.quoteCcy, one.baseCcy)]
    return list(dict.fromkeys([*found, *call.account.balances]))


def held(account: VenueAccount, kind: str, coin: str) -> Decimal:
    """Return how much of a coin an account has, in one of its parts."""
    if kind == FUND:
        return account.wallet.balances.get(coin, ZERO)
    return account.balance(coin).cash if coin in account.balances else ZERO


def free(call: BybitCall, account: VenueAccount, kind: str, coin: str) -> Decimal:
    """Return how much of it may be moved."""
    if kind == FUND or coin not in account.balances:
        return held(account, kind, coin)
    call.venue.step()
    return rounded(margin.available_cash(account, coin, call.venue.prices))


def move(call: BybitCall, account: VenueAccount, kind: str, coin: str, amount: Decimal) -> None:
    """Book a change of one part of an account."""
    if kind == FUND:
        account.wallet.book(coin, amount, "", call.now)
    else:
        call.venue.fund(account, coin, amount)


# --- coins and balances


def _coins(call: BybitCall) -> Row:
    wanted = call.text("coin")
    return {"rows": [_coin_row(coin) for coin in coins_of(call) if wanted in ("", coin)]}


def _coin_row(coin: str) -> Row:
    chain = {
        "chain": chain_of(coin),
        "chainType": _NAMES.get(coin, coin) if chain_of(coin) == coin else "ERC20",
        "confirmation": "6",
        "withdrawFee": "0",
        "depositMin": "0",
        "withdrawMin": "0.0001",
        "minAccuracy": "8",
        "chainDeposit": "1",
        "chainWithdraw": "1",
        "withdrawPercentageFee": "0",
        "contractAddress": "",
        "safeConfirmNumber": "12",
        "withdrawMax": "1000000",
    }
    return {"name": _NAMES.get(coin, coin), "coin": coin, "remainAmount": "10000000", "chains": [chain]}


def _account_type(call: BybitCall, name: str = "accountType") -> str:
    kind = call.text(name)
    if kind not in ACCOUNTS:
        raise BybitRestError(PARAMS, f"params error: {name} invalid")
    return kind


def _balance_row(call: BybitCall, kind: str, coin: str) -> Row:
    return {
        "coin": coin,
        "walletBalance": text(held(call.account, kind, coin)),
        "transferBalance": text(free(call, call.account, kind, coin)),
        "bonus": "0",
    }


def _balances(call: BybitCall) -> Row:
    kind, wanted = _account_type(call), [one for one in call.text("coin").split(",") if one]
    if kind == UNIFIED and not wanted:
        raise BybitRestError(PARAMS, "Missing some parameters that must be filled in, coin")
    rows = [_balance_row(call, kind, coin) for coin in wanted or coins_of(call)]
    return {"accountType": kind, "memberId": call.account.uid, "balance": rows}


def _balance(call: BybitCall) -> Row:
    kind = _account_type(call)
    row = _balance_row(call, kind, call.text("coin")) | blank("transferSafeAmount ltvTransferSafeAmount")
    ids = {"accountId": call.account.uid, "memberId": call.account.uid}
    return {"accountType": kind, "bizType": 1, **ids, "balance": row}


def _overview(call: BybitCall) -> Row:
    """Return what either part is worth, in dollars."""
    prices, wallet = call.venue.prices, wallet_row(call.account, call.venue)
    funds = {coin: amount for coin, amount in call.account.wallet.balances.items() if amount}
    worth = sum((amount * prices.usd(coin) for coin, amount in funds.items()), ZERO)
    parts = [
        (UNIFIED, Decimal(wallet["totalEquity"]), {one["coin"]: Decimal(one["equity"]) for one in wallet["coin"]}),
        (FUND, rounded(worth), funds),
    ]
    rows = [
        {
            "accountType": kind,
            "totalEquity": text(total),
            "valuationCurrency": "USD",
            "snapshotTime": str(call.now),
            "coinDetail": [{"coin": coin, "equity": text(amount)} for coin, amount in found.items()],
            "categories": [],
        }
        for kind, total, found in parts
        if call.text("accountType") in ("", kind)
    ]
    return {"list": rows, "totalEquity": text(sum((Decimal(str(row["totalEquity"])) for row in rows), ZERO))}


# --- transfers


def _transfer(call: BybitCall) -> Row:
    kinds = _account_type(call, "fromAccountType"), _account_type(call, "toAccountType")
    if kinds[0] == kinds[1]:
        raise BybitRestError(PARAMS, "params error: fromAccountType and toAccountType are the same")
    return _moved(call, call.settings.transfers, (call.account, call.account), kinds, {})


def _universal(call: BybitCall) -> Row:
    """Transfer between the parts of an account, or to another account of the exchange."""
    kinds = _account_type(call, "fromAccountType"), _account_type(call, "toAccountType")
    members = {name: call.text(name) for name in ("fromMemberId", "toMemberId")}
    found = [next((one for one in call.venue.accounts if one.uid == uid), None) for uid in members.values()]
    source, target = found
    if source is None or target is None or source is not call.account:
        raise BybitRestError(NO_MEMBER, "The member does not belong to the account")
    if source is target and kinds[0] == kinds[1]:
        raise BybitRestError(PARAMS, "params error: fromAccountType and toAccountType are the same")
    return _moved(call, call.settings.universal, (source, target), kinds, members)


def _moved(
    call: BybitCall,
    records: list[Row],
    accounts: tuple[VenueAccount, VenueAccount],
    kinds: tuple[str, str],
    members: dict[str, str],
) -> Row:
    transfer_id, coin, amount = call.text("transferId"), call.text("coin"), call.amount("amount")
    try:
        uuid.UUID(transfer_id)
    except ValueError:
        raise BybitRestError(PARAMS, "params error: transferId must be a UUID") from None
    if any(one["transferId"] == transfer_id for one in records):
        raise BybitRestError(REPEATED, "The transferId was used before")
    if coin not in coins_of(call):
        raise BybitRestError(PARAMS, "params error: coin invalid")
    if amount > free(call, accounts[0], kinds[0], coin):
        raise BybitRestError(NO_MONEY, "Insufficient balance")
    move(call, accounts[0], kinds[0], coin, -amount)
    move(call, accounts[1], kinds[1], coin, amount)
    row = {"transferId": transfer_id, "coin": coin, "amount": text(amount), **members}
    row |= {"fromAccountType": kinds[0], "toAccountType": kinds[1], "timestamp": str(call.now), "status": "SUCCESS"}
    records.append(row)
    return {"transferId": transfer_id, "status": "SUCCESS"}


def records(
    call: BybitCall,
    rows: Iterable[Row],
    time: str,
    filters: dict[str, str],
    *,
    days: int,
    most: int = 50,
    default: int = 20,
    key: str = "list",
) -> Row:
    """Return a list of records, newest first. `filters`: parameter -> field that must be equal."""
    window = call.window(days)
    wanted = {field: call.text(name) for name, field in filters.items() if call.text(name)}
    chosen = [
        (number, row)
        for number, row in enumerate(rows)
        if int(row[time]) in window and all(str(row[name]) == value for name, value in wanted.items())
    ]
    told = page(
        call,
        reversed(chosen),
        lambda one: (int(one[1][time]), one[0]),
        lambda one: one[1],
        most=most,
        default=default,
    )
    return {key: told["list"], "nextPageCursor": told["nextPageCursor"]}


_TRANSFERS = {"transferId": "transferId", "coin": "coin", "status": "status"}


def _transfers(call: BybitCall) -> Row:
    return records(call, call.settings.transfers, "timestamp", _TRANSFERS, days=7)


def _universals(call: BybitCall) -> Row:
    return records(call, call.settings.universal, "timestamp", _TRANSFERS, days=7)


def _transferable(call: BybitCall) -> Row:
    _account_type(call, "fromAccountType")
    _account_type(call, "toAccountType")
    return {"list": coins_of(call)}


def _funding_history(call: BybitCall) -> Row:
    """Return the ledger of the funding part."""
    window = call.window(7, names=("createTimeFrom", "createTimeTo"))
    bills = [one for one in call.account.wallet.bills if int(one["ts"]) in window]
    return page(
        call,
        bills,
        lambda one: (int(one["ts"]), int(one["billId"])),
        lambda one: _funding_row(call, one),
        most=100,
        default=10,
    )


def _funding_row(call: BybitCall, bill: Row) -> Row:
    is_in = not bill["balChg"].startswith("-")
    return {
        "memberId": call.account.uid,
        "currency": bill["ccy"],
        "ioDirection": "IN" if is_in else "OUT",
        "txnAmt": bill["balChg"].lstrip("-"),
        "afterAmt": bill["bal"],
        "createTime": bill["ts"],
        "showBusiType": "Transfer",
        "showBusiTypeEn": "Transfer",
        **blank("description descriptionEn"),
    }


def _none(days: int, *categories: str) -> Callable[[BybitCall], Row]:
    """Make an endpoint of an empty list: perpetuals of USDT are neither delivered nor settled by session."""

    def answer(call: BybitCall) -> Row:
        call.window(days)
        return {"category": call.category(*categories), "list": [], "nextPageCursor": ""}

    return answer


def get(path: str, answer: Callable[[BybitCall], Any], *required: str, rate: str = "50/1") -> BybitEndpoint:
    """Make a reading endpoint; `rate` is ``"60/60"`` for 60 requests in 60 seconds."""
    return _endpoint("GET", path, answer, required, rate)


def post(path: str, answer: Callable[[BybitCall], Any], *required: str, rate: str = "5/1") -> BybitEndpoint:
    """Make a writing endpoint. Parameters as for `get`."""
    return _endpoint("POST", path, answer, required, rate)


def _endpoint(
    method: str, path: str, answer: Callable[[BybitCall], Any], required: Sequence[str], rate: str
) -> BybitEndpoint:
    limit, _, seconds = rate.partition("/")
    writes = method == "POST"
    whole = f"/v5/asset/{path}"
    return BybitEndpoint(method, whole, answer, int(limit), float(seconds), tuple(required), trades=writes)


_MOVE = ("transferId", "coin", "amount", "fromAccountType", "toAccountType")

ENDPOINTS = (
    get("coin/query-info", _coins, rate="5/1"),
    get("asset-overview", _overview),
    get("transfer/query-account-coins-balance", _balances, "accountType", rate="5/1"),
    get("transfer/query-account-coin-balance", _balance, "accountType", "coin", rate="450/1"),
    get("transfer/query-inter-transfer-list", _transfers, rate="60/60"),
    get("transfer/query-universal-transfer-list", _universals, rate="5/1"),
    get("transfer/query-transfer-coin-list", _transferable, "fromAccountType", "toAccountType", rate="60/60"),
    post("transfer/inter-transfer", _transfer, *_MOVE, rate="60/60"),
    post("transfer/universal-transfer", _universal, *_MOVE, "fromMemberId", "toMemberId"),
    get("fundinghistory", _funding_history, rate="30/1"),
    get("delivery-record", _none(30, *FUTURES, OPTION), "category"),
    get("settlement-record", _none(30, LINEAR), "category"),
)
