"""Example answers of the group ``subaccount``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_SUB_ACCOUNT = row(
    "subAcct example-sub | label example | uid 44000037 | ts 1767225600000 | enable true | "
    "canTransOut true | gAuth true | mobile | type 1 | subAcctLv 1 | firstLvSubAcct 1000001 | "
    "ifDma true",
    frozenFunc=["example"],
)
_SUB_ACCOUNT_KEY = row(
    "subAcct example-sub | label example | apiKey paper-example-key | perm read_only | ip | ts 1767225600000"
)
_SUB_ACCOUNT_2 = row(
    "subAcct example-sub | label example | uid 44000037 | ts 1767225600000 | enable true | "
    "canTransOut true | gAuth true | mobile | type 1",
    frozenFunc=["example"],
)
_SUB_ACCOUNT_BILL = row(
    "billId 1000001 | type 1 | ccy USDT | amt 1.5 | subAcct example-sub | subUid 1000001 | ts 1767225600000"
)

ENDPOINTS = (
    get("users/subaccount/list", "20/2s", _SUB_ACCOUNT, private=True),
    post("users/subaccount/create-subaccount", "1/1s", _SUB_ACCOUNT, required="subAcct type"),
    get("users/subaccount/apikey", "20/2s", _SUB_ACCOUNT_KEY, private=True, required="subAcct"),
    post(
        "users/subaccount/apikey",
        "1/1s",
        row(
            "subAcct example-sub | label example | apiKey paper-example-key | "
            "secretKey paper-example-secret | passphrase paper-example-pass | perm read_only | ip | "
            "ts 1767225600000"
        ),
        required="subAcct label passphrase",
    ),
    post("users/subaccount/modify-apikey", "1/1s", _SUB_ACCOUNT_KEY, required="subAcct apiKey"),
    post("users/subaccount/delete-apikey", "1/1s", _SUB_ACCOUNT_KEY, required="subAcct apiKey"),
    post("users/subaccount/set-transfer-out", "1/1s", _SUB_ACCOUNT_2, required="subAcct"),
    get("users/entrust-subaccount-list", "1/1s", row("subAcct example-sub"), private=True),
    get(
        "account/subaccount/balances",
        "6/2s",
        row(
            "uTime 1767225600000 | totalEq 1.5 | adjEq 1.5",
            details=[row("ccy USDT | eq 1.5 | cashBal 1.5 | uTime 1767225600000 | availBal 1.5 | frozenBal 1.5")],
        ),
        private=True,
        required="subAcct",
    ),
    get(
        "account/subaccount/max-withdrawal",
        "20/2s",
        row("ccy USDT | maxWd 1.5 | maxWdEx 1.5 | spotOffsetMaxWd 1.5 | spotOffsetMaxWdEx 1.5"),
        private=True,
        required="subAcct",
    ),
    get(
        "asset/subaccount/balances",
        "6/2s",
        row("ccy USDT | bal 1.5 | frozenBal 1.5 | availBal 1.5"),
        private=True,
        required="subAcct",
    ),
    get(
        "asset/subaccount/bills",
        "6/1s",
        row("billId 1000001 | type 1 | ccy USDT | amt 1.5 | subAcct example-sub | ts 1767225600000"),
        private=True,
    ),
    get("asset/subaccount/managed-subaccount-bills", "6/1s", _SUB_ACCOUNT_BILL, private=True),
    post(
        "asset/subaccount/transfer",
        "1/1s",
        row("transId 1000001"),
        required="ccy amt from to fromSubAccount toSubAccount",
    ),
)
