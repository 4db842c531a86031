"""Example answers of the group ``funding``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

ENDPOINTS = (
    get(
        "asset/non-tradable-assets",
        "6/1s",
        row(
            "ccy USDT | name Tether | logoLink https://example.com/a | bal 1.5 | canWd true | "
            "chain USDT-TRC20 | minWd 1.5 | wdAll true | fee 1.5 | feeCcy USDT | burningFeeRate 0.05 | "
            "ctAddr | wdTickSz 8 | needTag true"
        ),
        private=True,
    ),
    get(
        "asset/asset-valuation",
        "1/1s",
        row("totalBal 1.5 | ts 1767225600000", details=row("funding 1.5 | trading 1.5 | earn 1.5 | classic 1.5")),
        private=True,
    ),
    get(
        "asset/deposit-address",
        "6/1s",
        row(
            "ccy USDT | chain USDT-TRC20 | addr paper-wallet-example | tag | selected true | memo | "
            "pmtId 1000001 | to 18 | verifiedName example | ctAddr",
            addrEx=row(""),
        ),
        private=True,
        required="ccy",
    ),
    get(
        "asset/deposit-withdraw-status",
        "1/2s",
        row("wdId 1000001 | txId 1000001 | state | estCompleteTime"),
        private=True,
    ),
    get("asset/exchange-list", "6/1s", row("exchName example | exchId 1000001")),
    post("asset/monthly-statement", "20/30d", row("ts 1767225600000"), trades=False),
    get(
        "asset/monthly-statement",
        "10/2s",
        row("fileHref https://example.com/file.zip | ts 1767225600000 | state finished"),
        private=True,
        required="month",
    ),
)
