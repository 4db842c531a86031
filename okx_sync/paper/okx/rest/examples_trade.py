"""Example answers of the group ``trade``: rate limits, small balances, repayments."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

ENDPOINTS = (
    get(
        "trade/account-rate-limit",
        "1/1s",
        row("fillRatio | mainFillRatio | accRateLimit 1000 | nextAccRateLimit 1000 | ts 1767225600000"),
        private=True,
    ),
    get(
        "trade/one-click-repay-currency-list-v2",
        "1/2s",
        row(
            "debtType cross",
            debtData=[row("debtCcy BTC | debtAmt 1.5")],
            repayData=[row("repayCcy USDT | repayAmt 1.5")],
        ),
        private=True,
    ),
    post(
        "trade/one-click-repay-v2",
        "1/2s",
        row("debtCcy BTC | ts 1767225600000", repayCcyList=["USDT"]),
        required="debtCcy repayCcyList",
    ),
    get(
        "trade/one-click-repay-history-v2",
        "1/2s",
        row(
            "debtCcy BTC | repayCcy USDT | fillDebtSz 1.5 | fillRepaySz 1.5 | status filled | "
            "uTime 1767225600000 | ts 1767225600000",
            repayCcyList=["USDT"],
            ordIdInfo=[
                row(
                    "ordId 3000 | instId BTC-USDT-SWAP | ordType limit | side buy | px 65000 | "
                    "fillPx 65000 | fillSz 1.5 | cTime 1767225600000 | instType SWAP | state finished | "
                    "sz 1.5"
                )
            ],
        ),
        private=True,
    ),
)
