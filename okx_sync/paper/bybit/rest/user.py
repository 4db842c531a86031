"""Private endpoints about the key and its account, spot margin, and demo money; and public ones about the exchange."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from okx_sync.paper.bybit.rest.asset import coins_of
from okx_sync.paper.bybit.rest.call import PARAMS, BybitCall, BybitEndpoint, BybitRestError
from okx_sync.paper.venue.number_text import number, text
from okx_sync.paper.venue.types import Row

_READ = ("Wallet", "Options", "Derivatives", "CopyTrading", "BlockTrade", "Exchange", "NFT", "Affiliate", "Earn")
_NONE = ("FiatP2P", "FiatBitPay", "FiatConvertBroker", "BitCard", "ByXPost", "FiatGlobalPay")
_ALLOWED = {
    "ContractTrade": ["Order", "Position"],
    "Spot": ["SpotTrade"],
    "Wallet": ["AccountTransfer", "Withdraw"],
    "Options": ["OptionsTrade"],
    "Derivatives": ["DerivativesTrade"],
    "Exchange": ["ExchangeHistory"],
}
_MOST_LEVERAGE = 10


def _key_info(call: BybitCall) -> Row:
    assert call.key is not None
    account, uid = call.account, int(call.account.uid)
    made = datetime.fromtimestamp(1_700_000_000, UTC)
    permissions = {name: list(_ALLOWED.get(name, [])) for name in ("ContractTrade", "Spot", *_READ, *_NONE)}
    return {
        "id": str(uid),
        "note": account.label,
        "apiKey": call.key.api_key,
        "readOnly": int(call.key.read_only),
        "secret": "",
        "permissions": permissions,
        "ips": ["*"],
        "type": 1,
        "deadlineDay": -2,
        "expiredAt": "1970-01-01T00:00:00Z",
        "createdAt": made.isoformat().replace("+00:00", "Z"),
        "unified": 0,
        "uta": 1,
        "userID": uid,
        "inviterID": 0,
        "vipLevel": "VIP-5" if account.vip else "No VIP",
        "mktMakerLevel": "0",
        "affiliateID": 0,
        "rsaPublicKey": "",
        "isMaster": True,
        "parentUid": "0",
        "kycLevel": "LEVEL_1",
        "kycRegion": "",
    }


def _members(_: BybitCall) -> Row:
    """Return no sub-accounts: there are none."""
    return {"subMembers": []}


def _members_in_pages(_: BybitCall) -> Row:
    return {"subMembers": [], "nextCursor": "0"}


def _member_types(call: BybitCall) -> Row:
    wanted = [one for one in call.text("memberIds").split(",") if one]
    known = [one.uid for one in call.venue.accounts if one is call.account and wanted in ([], [one.uid])]
    return {"accounts": [{"uid": uid, "accountType": ["FUND", "UNIFIED"]} for uid in known]}


def _rate_limits(call: BybitCall) -> Row:
    kinds = ("SPOT", "DERIVATIVES", "OPTIONS")
    rates = {"SPOT": 20, "DERIVATIVES": 10, "OPTIONS": 10}
    uids = [one for one in call.text("uids").split(",") if one == call.account.uid]
    return {"list": [{"uids": uid, "bizType": kind, "rate": rates[kind]} for uid in uids for kind in kinds]}


# --- spot margin: it can be set, but nothing is lent


def _margin_state(call: BybitCall) -> Row:
    leverage = text(call.settings.spot_leverage.get("", Decimal(_MOST_LEVERAGE)))
    return {
        "spotLeverage": leverage if call.settings.spot_margin else "",
        "spotMarginMode": "1" if call.settings.spot_margin else "0",
        "effectiveLeverage": "0",
    }


def _margin_mode(call: BybitCall) -> Row:
    mode = call.one_of("spotMarginMode", ("0", "1"))
    call.settings.spot_margin = mode == "1"
    return {"spotMarginMode": mode}


def _margin_leverage(call: BybitCall) -> Row:
    leverage = call.amount("leverage")
    if not 2 <= leverage <= _MOST_LEVERAGE:
        raise BybitRestError(PARAMS, f"params error: leverage must be from 2 to {_MOST_LEVERAGE}")
    call.settings.spot_leverage[call.text("currency")] = leverage
    return {}


def _coin_state(call: BybitCall) -> Row:
    wanted, chosen = call.text("currency"), call.settings.spot_leverage
    common = chosen.get("", Decimal(_MOST_LEVERAGE))
    rows = [
        {"currency": coin, "spotLeverage": text(chosen.get(coin, common))}
        for coin in coins_of(call)
        if wanted in ("", coin)
    ]
    return {"list": rows}


def _borrowable(call: BybitCall) -> Row:
    return {"currency": call.text("currency"), "maxLoan": "0"}


# --- demo, and the exchange itself


def _demo_money(call: BybitCall) -> Row:
    """Give (or, with `adjustType` 1, take) money."""
    given = call.params.get("utaDemoApplyMoney") or []
    sign = -1 if call.integer("adjustType", 0) == 1 else 1
    amounts = [(str(one.get("coin", "")), number(one.get("amountStr"))) for one in given if isinstance(one, dict)]
    if any(amount is None or coin not in coins_of(call) for coin, amount in amounts):
        raise BybitRestError(PARAMS, "params error: utaDemoApplyMoney invalid")
    for coin, amount in amounts:
        change = sign * (amount or Decimal(0))
        if call.account.balance(coin).cash + change < 0:
            raise BybitRestError(PARAMS, "Insufficient balance")
        call.venue.fund(call.account, coin, change)
    return {}


def _demo_member(_: BybitCall) -> Row:
    raise BybitRestError(PARAMS, "the paper exchange makes no accounts while it runs; give it accounts=")


def _system_status(call: BybitCall) -> Row:
    """Return the record of maintenance that all wires tell of."""
    one = call.venue.status_row()
    row = {
        "id": "1",
        "title": one["title"],
        "state": one["state"],
        "begin": one["begin"],
        "end": one["end"],
        "href": one["href"],
        "serviceTypes": [2],
        "product": [1, 2],
        "uidSuffix": [],
        "maintainType": "1",
        "env": "1",
    }
    wanted = all(call.text(name) in ("", str(row[name])) for name in ("id", "state"))
    return {"list": [row] if wanted else []}


def _announcements(_: BybitCall) -> Row:
    return {"total": 0, "list": []}


ENDPOINTS = (
    BybitEndpoint("GET", "/v5/user/query-api", _key_info, 10),
    BybitEndpoint("GET", "/v5/user/query-sub-members", _members, 10),
    BybitEndpoint("GET", "/v5/user/submembers", _members_in_pages, 5),
    BybitEndpoint("GET", "/v5/user/get-member-type", _member_types, 10),
    BybitEndpoint("GET", "/v5/apilimit/query", _rate_limits, required=("uids",)),
    BybitEndpoint("GET", "/v5/spot-margin-trade/state", _margin_state),
    BybitEndpoint("GET", "/v5/spot-margin-trade/coinstate", _coin_state),
    BybitEndpoint("GET", "/v5/spot-margin-trade/max-borrowable", _borrowable, required=("currency",)),
    BybitEndpoint(
        "POST", "/v5/spot-margin-trade/switch-mode", _margin_mode, 5, required=("spotMarginMode",), trades=True
    ),
    BybitEndpoint(
        "POST", "/v5/spot-margin-trade/set-leverage", _margin_leverage, 5, required=("leverage",), trades=True
    ),
    BybitEndpoint("POST", "/v5/account/demo-apply-money", _demo_money, 1, 60.0, trades=True),
    BybitEndpoint("POST", "/v5/user/create-demo-member", _demo_member, 1, 60.0, trades=True),
    BybitEndpoint("GET", "/v5/system/status", _system_status, 0, private=False),
    BybitEndpoint("GET", "/v5/announcements/index", _announcements, 0, required=("locale",), private=False),
)
