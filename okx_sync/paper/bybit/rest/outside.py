"""Private endpoints about deposits and withdrawals.

What is sent outside is gone at once; its record waits for a moment, in which it can be called off.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.rest.asset import (
    FUND,
    NO_MONEY,
    REPEATED,
    UNIFIED,
    chain_of,
    coins_of,
    free,
    get,
    post,
    records,
)
from okx_sync.paper.bybit.rest.call import PARAMS, BybitCall, BybitRestError
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.types import Row

#: How long a withdrawal waits, in ms of paper time.
PENDING_MS = 2000


def _address(call: BybitCall) -> Row:
    coin = call.text("coin")
    if coin not in coins_of(call):
        raise BybitRestError(PARAMS, "params error: coin invalid")
    chain = chain_of(coin)
    row = {"chainType": chain, "addressDeposit": f"paper-wallet-{call.account.uid}", "tagDeposit": "", "chain": chain}
    chains = [row | {"batchReleaseLimit": "-1", "contractAddress": ""}]
    return {"coin": coin, "chains": chains if call.text("chainType") in ("", chain) else []}


def _deposits(call: BybitCall) -> Row:
    rows = [
        {
            "id": one["depId"],
            "coin": one["ccy"],
            "chain": chain_of(one["ccy"]),
            "amount": one["amt"],
            "txID": one["txId"],
            "status": 3,
            "toAddress": one["to"],
            "depositFee": "0",
            "successAt": one["pTime"],
            "confirmations": one["actualDepBlkConfirm"],
            "txIndex": "0",
            "blockHash": "",
            "batchReleaseLimit": "-1",
            "depositType": "0",
            "fromAddress": one["from"],
            "tag": "",
            "taxDepositRecordsId": "0",
            "taxStatus": 0,
        }
        for one in call.settings.deposits
    ]
    filters = {"id": "id", "txID": "txID", "coin": "coin"}
    return records(call, rows, "successAt", filters, days=30, default=50, key="rows")


def _no_internal_deposits(call: BybitCall) -> Row:
    return records(call, (), "createdTime", {}, days=30, key="rows")


def _withdraw(call: BybitCall) -> Row:
    coin, amount, kind = call.text("coin"), call.amount("amount"), call.text("accountType")
    source = {"FUND": FUND, "UTA": UNIFIED}.get(kind)
    if source is None:
        raise BybitRestError(PARAMS, "params error: accountType invalid")
    if call.text("chain", chain_of(coin)) != chain_of(coin) or coin not in coins_of(call):
        raise BybitRestError(PARAMS, "params error: coin or chain invalid")
    request_id = call.text("requestId")
    if request_id and any(one["requestId"] == request_id for one in call.settings.withdrawals):
        raise BybitRestError(REPEATED, "The requestId was used before")
    if amount > free(call, call.account, source, coin):
        raise BybitRestError(NO_MONEY, "Insufficient balance")
    _send(call, source, coin, amount)
    number = str(90_000_000 + len(call.settings.withdrawals) + 1)
    facts = {"id": number, "coin": coin, "amount": amount, "source": source, "at": call.now}
    call.settings.withdrawals.append(
        facts | {"address": call.text("address"), "tag": call.text("tag"), "requestId": request_id, "cancelled": 0}
    )
    return {"id": number}


def _send(call: BybitCall, source: str, coin: str, amount: Decimal) -> None:
    """Let money leave the exchange; with a negative amount it comes back."""
    if source == FUND:
        call.account.wallet.book(coin, -amount, "", call.now)
    elif amount > 0:
        call.venue.withdraw(call.account, coin, amount)
    else:
        call.venue.fund(call.account, coin, -amount)


def _withdrawal_status(call: BybitCall, one: dict[str, Any]) -> str:
    if one["cancelled"]:
        return "CancelByUser"
    return "Pending" if call.now < one["at"] + PENDING_MS else "success"


def _cancel_withdrawal(call: BybitCall) -> Row:
    found = next((one for one in call.settings.withdrawals if one["id"] == call.text("id")), None)
    if found is None or _withdrawal_status(call, found) != "Pending":
        raise BybitRestError(PARAMS, "The withdrawal cannot be cancelled")
    found["cancelled"] = call.now
    _send(call, found["source"], found["coin"], -found["amount"])
    return {"status": 1}


def _withdrawals(call: BybitCall) -> Row:
    rows = [_withdrawal_row(call, one) for one in call.settings.withdrawals]
    filters = {"withdrawID": "withdrawId", "txID": "txID", "coin": "coin"}
    return records(call, rows, "createTime", filters, days=30, default=50, key="rows")


def _withdrawal_row(call: BybitCall, one: dict[str, Any]) -> Row:
    status = _withdrawal_status(call, one)
    return {
        "txID": f"paper-{one['id']}" if status == "success" else "",
        "coin": one["coin"],
        "chain": chain_of(one["coin"]),
        "amount": text(one["amount"]),
        "withdrawFee": "0",
        "status": status,
        "toAddress": one["address"],
        "tag": one["tag"],
        "createTime": str(one["at"]),
        "updateTime": str(one["cancelled"] or (one["at"] + PENDING_MS if status == "success" else one["at"])),
        "withdrawId": one["id"],
        "withdrawType": 0,
        **blank("tax taxRate taxType"),
    }


def _addresses(call: BybitCall) -> Row:
    """Return the addresses that money was sent to."""
    known = {(one["coin"], one["address"]): one for one in call.settings.withdrawals}
    rows = [
        {
            "coin": coin,
            "chain": chain_of(coin),
            "address": address,
            "tag": one["tag"],
            "remark": "",
            "status": 0,
            "addressType": 0,
            "verified": 1,
            "createAt": str(one["at"]),
        }
        for (coin, address), one in known.items()
        if call.text("coin") in ("", coin)
    ]
    return {"rows": rows[: call.integer("limit", 50, 50)], "nextPageCursor": ""}


def _withdrawable(call: BybitCall) -> Row:
    coin, found = call.text("coin"), {}
    for name, kind in (("UTA", UNIFIED), ("FUND", FUND)):
        amount = text(free(call, call.account, kind, coin))
        found[name] = {"coin": coin, "withdrawableAmount": amount, "availableBalance": amount}
    return {"limitAmountUsd": "1000000", "withdrawableAmount": found}


ENDPOINTS = (
    get("deposit/query-address", _address, "coin", rate="300/60"),
    get("deposit/query-record", _deposits, rate="100/60"),
    get("deposit/query-internal-record", _no_internal_deposits, rate="300/1"),
    get("withdraw/query-record", _withdrawals, rate="300/60"),
    get("withdraw/query-address", _addresses, rate="300/1"),
    get("withdraw/withdrawable-amount", _withdrawable, "coin", rate="300/1"),
    post("withdraw/create", _withdraw, "coin", "address", "amount", "timestamp", "accountType"),
    post("withdraw/cancel", _cancel_withdrawal, "id", rate="60/60"),
)
