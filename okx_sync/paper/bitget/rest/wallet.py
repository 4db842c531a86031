"""V2 wallets, spot account and common calls of a classic account."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from okx_sync.paper.bitget.account_settings import UNIFIED
from okx_sync.paper.bitget.rest import money
from okx_sync.paper.bitget.rest.bills import spot_bills
from okx_sync.paper.bitget.rest.call import BitgetCall, BitgetRestError, find_pair, get, pairs_of, post, public
from okx_sync.paper.bitget.symbols import find, symbol_of
from okx_sync.paper.venue.margin import FEES
from okx_sync.paper.venue.number_text import ZERO, rounded, text
from okx_sync.paper.venue.types import Row


def _assets(call: BitgetCall) -> Sequence[Row]:
    coin, everything = call.text("coin").upper(), call.text("assetType").lower() == "all"
    rows = []
    for balance in call.account.balances.values():
        if coin not in ("", balance.ccy) or not (everything or coin or balance.cash):
            continue
        rows.append(
            {
                "coin": balance.ccy,
                "available": text(money.free_cash(call, balance.ccy)),
                "limitAvailable": "0",
                "frozen": text(balance.frozen),
                "locked": "0",
                "uTime": str(balance.uTime),
            }
        )
    return rows


def _info(call: BitgetCall) -> Row:
    assert call.key is not None
    authorities = ["readonly"] if call.key.read_only else ["readonly", "trade"]
    return {
        "userId": call.account.uid,
        "inviterId": "",
        "channelCode": "",
        "channel": "",
        "ips": "",
        "authorities": authorities,
        "parentId": int(call.account.uid),
        "traderType": "not_trader",
        "regisTime": "1606468572000",
    }


def _transfer_records(call: BitgetCall) -> Sequence[Row]:
    coin, begin, end = call.need("coin").upper(), call.whole("startTime"), call.whole("endTime")
    source, client, before = call.text("fromType"), call.text("clientOid"), call.whole("idLessThan")
    found = [
        row
        for row in money.transfers_of(call.account)
        if row["coin"] == coin
        and source in ("", row["fromType"])
        and client in ("", row["clientOid"])
        and (before is None or int(row["transferId"]) < before)
        and (begin is None or int(row["ts"]) >= begin)
        and (end is None or int(row["ts"]) <= end)
    ]
    return found[: call.limit(100, 500)]


def busy(call: BitgetCall) -> bool:
    """Tell whether the account has an order or a position, which forbids changing its kind."""
    return bool(call.account.orders) or any(call.account.open_positions())


def _upgrade(call: BitgetCall) -> Row:
    """Turn the account into a unified one; its key is for V3 from then on."""
    if busy(call):
        raise BitgetRestError("40920", "There is an open order or a position")
    call.settings.kind = UNIFIED
    return {"status": "success"}


def _upgrade_status(_: BitgetCall) -> Row:
    """Answer that nothing is under way: an account that was upgraded has no use of this call."""
    return {"status": "", "reason": ""}


def _deposits(call: BitgetCall) -> Sequence[Row]:
    names = ("fee", "confirm", "tag")
    return [{k: v for k, v in row.items() if k not in names} for row in money.movements(call, deposits=True)]


def _withdrawals(call: BitgetCall) -> Sequence[Row]:
    return money.movements(call, deposits=False)


def _funding_assets(call: BitgetCall) -> Sequence[Row]:
    coin = call.text("coin").upper()
    return [
        {
            "coin": name,
            "available": text(held),
            "frozen": "0",
            "usdtValue": text(rounded(held * call.venue.prices.usd(name))),
        }
        for name, held in call.account.wallet.balances.items()
        if coin in ("", name) and held
    ]


def _balances(call: BitgetCall) -> Sequence[Row]:
    """Answer each wallet's worth; there are two, of which the one that trades is told as `spot`."""
    total = call.venue.account_row(call.account, rest=True)["totalEq"]
    usd = call.venue.prices.usd
    funding = sum((held * usd(name) for name, held in call.account.wallet.balances.items()), ZERO)
    worth = {"spot": Decimal(total), "funding": rounded(funding), "futures": ZERO, "earn": ZERO, "bots": ZERO}
    return [{"accountType": name, "usdtBalance": text(value)} for name, value in worth.items()]


def rates_of(kind: str) -> Row:
    """Return what maker and taker pay; ``kind`` is the venue's type of instrument."""
    maker, taker = FEES[kind]
    return {"makerFeeRate": text(maker), "takerFeeRate": text(taker)}


def _rate(call: BitgetCall) -> Row:
    symbol, kind = call.need("symbol"), call.one_of("businessType", ("mix", "spot", "margin"))
    one = find(call.venue, symbol, "USDT") if kind == "mix" else find_pair(call.venue, symbol)
    if one is None:
        raise call.no_symbol(symbol)
    return rates_of(one.instType)


def _all_rates(call: BitgetCall) -> Sequence[Row]:
    return [{"symbol": call.need("symbol"), **_rate(call)}]


def _margin_currencies(call: BitgetCall) -> Sequence[Row]:
    """Answer the pairs, of which none can be bought with borrowed money."""
    return [
        {
            "symbol": symbol_of(one),
            "baseCoin": one.baseCcy,
            "quoteCoin": one.quoteCcy,
            "maxCrossedLeverage": "0",
            "maxIsolatedLeverage": "0",
            "status": "1",
            "isBorrowable": False,
            "isIsolatedBaseBorrowable": False,
            "isIsolatedQuoteBorrowable": False,
            "isCrossBorrowable": False,
        }
        for one in pairs_of(call.venue)
    ]


_ACCOUNT, _WALLET = "v2/spot/account", "v2/spot/wallet"
_TRANSFER = "fromType toType"
ENDPOINTS = (
    public("v2/margin/currencies", _margin_currencies, 10),
    get("v2/account/all-account-balance", _balances, 1),
    get("v2/account/funding-assets", _funding_assets, 10),
    get("v2/common/trade-rate", _rate, 10, "symbol businessType"),
    get("v2/common/all-trade-rate", _all_rates, 10, "symbol businessType"),
    get(f"{_ACCOUNT}/assets", _assets, 10),
    get(f"{_ACCOUNT}/bills", spot_bills, 10),
    get(f"{_ACCOUNT}/info", _info, 1),
    get(f"{_ACCOUNT}/transferRecords", _transfer_records, 20, "coin"),
    post(f"{_ACCOUNT}/upgrade", _upgrade, 1),
    get(f"{_ACCOUNT}/upgrade-status", _upgrade_status, 1),
    post(f"{_WALLET}/transfer", money.transfer, 10, f"{_TRANSFER} amount coin"),
    get(f"{_WALLET}/transfer-coin-info", money.transferable, 10, _TRANSFER),
    post(f"{_WALLET}/withdrawal", money.withdraw, 5, "coin transferType address size"),
    post(f"{_WALLET}/cancel-withdrawal", money.cancel_withdrawal, 10, "orderId"),
    get(f"{_WALLET}/deposit-address", money.address, 10, "coin"),
    post(f"{_WALLET}/modify-deposit-account", money.set_deposit_account, 10, "accountType coin"),
    get(f"{_WALLET}/deposit-records", _deposits, 10, "startTime endTime"),
    get(f"{_WALLET}/withdrawal-records", _withdrawals, 10, "startTime endTime"),
)
