"""Money that comes, goes and moves between wallets, for V2 and V3: transfers, deposits, withdrawals."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from decimal import Decimal
from weakref import WeakKeyDictionary

from okx_sync.paper.bitget.rest.call import BitgetCall, pairs_of
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.number_text import ZERO, number, text
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row

#: Names of the wallet that trades and of the one that does not, by V2 and by V3. The venue has one of each.
TRADING = {
    False: ("spot", "usdt_futures", "coin_futures", "usdc_futures", "crossed_margin", "isolated_margin"),
    True: ("uta",),
}
FUNDING = {False: ("p2p",), True: ("spot", "p2p", "funding")}
SHORT = {"mix": "43012", "spot": "43012", "uta": "25202"}
NO_RECORD = {"mix": "40017", "spot": "40017", "uta": "400172"}

_TRANSFERS: WeakKeyDictionary[VenueAccount, deque[Row]] = WeakKeyDictionary()


def transfers_of(account: VenueAccount) -> deque[Row]:
    """Return an account's transfers, newest first."""
    return _TRANSFERS.setdefault(account, deque(maxlen=20_000))


def amount_of(call: BitgetCall, name: str) -> Decimal:
    """Return an amount above zero."""
    amount = number(call.params.get(name))
    if amount is None or amount <= 0:
        raise call.wrong(name)
    return amount


def coin_of(call: BitgetCall, *, required: bool = True) -> str:
    """Return a coin that the venue knows; empty where none is named and none need be."""
    coin = (call.need("coin") if required else call.text("coin")).upper()
    if coin and coin not in coins_of(call):
        raise call.no_symbol(coin)
    return coin


def coins_of(call: BitgetCall) -> list[str]:
    """Return the coins of the venue."""
    return list(dict.fromkeys(name for one in pairs_of(call.venue) for name in (one.baseCcy, one.quoteCcy)))


def free_cash(call: BitgetCall, coin: str) -> Decimal:
    """Return what of a coin could leave the trading wallet."""
    return margin.available_cash(call.account, coin, call.venue.prices)


def transfer(call: BitgetCall) -> Row:
    """Move money between the wallet that trades and the funding wallet."""
    unified = call.endpoint.is_v3
    words = (*TRADING[unified], *FUNDING[unified])
    source, target = call.one_of("fromType", words), call.one_of("toType", words)
    into = target in TRADING[unified]
    if (source in TRADING[unified]) == into:
        raise call.refuse(
            NO_RECORD, "spot and futures share one wallet at the paper exchange: there is nothing to move"
        )
    coin, amount = coin_of(call), amount_of(call, "amount")
    wallet, ms = call.account.wallet, call.server.clock.now_ms()
    free = wallet.balances.get(coin, ZERO) if into else free_cash(call, coin)
    if amount > free:
        raise call.refuse(SHORT, "Insufficient balance")
    wallet.book(coin, -amount if into else amount, call.text("clientOid"), ms)
    call.venue.fund(call.account, coin, amount if into else -amount)
    row = wallet.record({"ccy": coin, "clientId": call.text("clientOid"), "amt": text(amount)})
    transfers_of(call.account).appendleft(
        {
            "coin": coin,
            "status": "Successful",
            "toType": target,
            "toSymbol": "",
            "fromType": source,
            "fromSymbol": "",
            "size": text(amount),
            "ts": str(ms),
            "clientOid": call.text("clientOid"),
            "transferId": row["transId"],
        }
    )
    return {"transferId": row["transId"], "clientOid": call.text("clientOid")}


def transferable(call: BitgetCall) -> Sequence[str]:
    """Answer the coins that can be moved between two wallets: none within one."""
    unified = call.endpoint.is_v3
    words = (*TRADING[unified], *FUNDING[unified])
    source, target = call.one_of("fromType", words), call.one_of("toType", words)
    return coins_of(call) if (source in TRADING[unified]) != (target in TRADING[unified]) else []


def withdraw(call: BitgetCall) -> Row:
    """Send money out; it is on its way for a moment, and can be called back as long."""
    coin, amount = coin_of(call), amount_of(call, "size")
    call.one_of("transferType", ("on_chain", "internal_transfer"))
    try:
        call.venue.withdraw(call.account, coin, amount)
    except ValueError:
        raise call.refuse(SHORT, "Insufficient balance") from None
    newest = call.venue.transfers.of(call.account, deposits=False)[0]
    newest["clientId"] = call.text("clientOid")
    return {"orderId": newest["wdId"], "clientOid": newest["clientId"]}


def cancel_withdrawal(call: BitgetCall) -> str:
    """Call money back that is on its way."""
    wanted = call.text("orderId")
    for row in call.venue.transfers.of(call.account, deposits=False):
        if wanted == row["wdId"] or (not wanted and row["clientId"] == call.need("clientOid")):
            if not call.venue.call_back(call.account, row["wdId"]):
                break
            return "success"
    raise call.refuse(NO_RECORD, "There is no withdrawal that could be cancelled")


def address(call: BitgetCall) -> Row:
    """Answer where to deposit a coin."""
    coin = coin_of(call)
    chain = call.text("chain", coin)
    return {"address": f"paper-wallet-{call.account.uid}", "chain": chain, "coin": coin, "tag": "", "url": ""}


def set_deposit_account(call: BitgetCall) -> str:
    """Choose which wallet deposits of a coin go to."""
    call.settings.deposit_to[coin_of(call)] = call.need("accountType")
    return "success"


_STATES = {("deposit", "1"): "pending", ("deposit", "2"): "success"}
_STATES |= {("withdraw", "0"): "pending", ("withdraw", "2"): "success", ("withdraw", "-2"): "cancel"}


def movements(call: BitgetCall, *, deposits: bool) -> list[Row]:
    """Return deposits or withdrawals, newest first, in the words of V2; the limits of a listing are kept."""
    coin, begin, end = coin_of(call, required=False), call.whole("startTime"), call.whole("endTime")
    before, wanted, client = call.whole("idLessThan"), call.text("orderId"), call.text("clientOid")
    before = call.whole("cursor") if call.endpoint.is_v3 else before
    kind, id_name = ("deposit", "depId") if deposits else ("withdraw", "wdId")
    made = []
    for row in call.venue.transfers.of(call.account, deposits=deposits):
        number_ = int(row[id_name])
        if coin not in ("", row["ccy"]) or (before is not None and number_ >= before):
            continue
        if wanted not in ("", row[id_name]) or client not in ("", row.get("clientId", "")):
            continue
        if begin is not None and end is not None and not begin <= int(row["ts"]) <= end:
            continue
        made.append(_movement(row, kind, row[id_name]))
    return made[: call.limit(20, 100)]


def _movement(row: Row, kind: str, record_id: str) -> Row:
    return {
        "orderId": record_id,
        "tradeId": row["txId"],
        "coin": row["ccy"],
        "type": kind,
        "dest": "on_chain",
        "size": row["amt"],
        "fee": row.get("fee", "0"),
        "status": _STATES.get((kind, row["state"]), "pending"),
        "fromAddress": row["from"],
        "toAddress": row["to"],
        "chain": row["chain"],
        "confirm": "1",
        "tag": "",
        "clientOid": row.get("clientId", ""),
        "cTime": row["ts"],
        "uTime": row["pTime"],
    }


def uta_movement(row: Row) -> Row:
    """Return a deposit or withdrawal in the words of V3."""
    names = {"tradeId": "recordId", "cTime": "createdTime", "uTime": "updatedTime"}
    return {names.get(name, name): value for name, value in row.items() if name not in ("confirm", "tag")}
