"""Example answers of the group ``flexible_loan``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

ENDPOINTS = (
    get("finance/flexible-loan/borrow-currencies", "5/2s", row("borrowCcy USDT"), private=True),
    get(
        "finance/flexible-loan/collateral-assets",
        "5/2s",
        row("", assets=[row("ccy USDT | amt 1.5 | notionalUsd 1.5")]),
        private=True,
    ),
    get("finance/flexible-loan/emode-info", "5/2s", row("collateralCcy USDT | borrowCcy USDT"), private=True),
    post(
        "finance/flexible-loan/max-loan",
        "5/2s",
        row("borrowCcy USDT | maxLoan 1.5 | notionalUsd 1.5 | remainingQuota 1.5"),
        required="borrowCcy",
        computes=True,
    ),
    post(
        "finance/flexible-loan/borrow",
        "2/2s",
        row("ordId 1000001 | eMode 1 | clOrdId 1000001"),
        required="loanData clOrdId",
    ),
    post(
        "finance/flexible-loan/repay",
        "2/2s",
        row("ordId 1000001 | ccy USDT | amt 1.5 | clOrdId 1000001"),
        required="ordId ccy amt clOrdId",
    ),
    get(
        "finance/flexible-loan/max-collateral-redeem-amount",
        "5/2s",
        row("ccy USDT | maxRedeemAmt 1.5"),
        private=True,
        required="ccy",
    ),
    post("finance/flexible-loan/adjust-collateral", "5/2s", required="collateralCcy type collateralAmt"),
    get(
        "finance/flexible-loan/loan-info",
        "5/2s",
        row(
            "ordId 1000001 | loanNotionalUsd 1.5 | collateralNotionalUsd 1.5 | curLTV 0.05 | "
            "marginCallLTV 0.05 | liqLTV 0.05",
            loanData=[row("ccy USDT | amt 1.5 | notionalUsd 1.5")],
            collateralData=[row("ccy USDT | amt 1.5 | notionalUsd 1.5")],
            riskWarningData=row("instId BTC-USDT | liqPx 65000"),
        ),
        private=True,
    ),
    get(
        "finance/flexible-loan/loan-history",
        "5/2s",
        row("ordId 1000001 | type 1 | ccy USDT | amt 1.5 | ts 1767225600000 | refId 1000001"),
        private=True,
    ),
    get(
        "finance/flexible-loan/interest-accrued",
        "5/2s",
        row("ccy USDT | interest 1.5 | ts 1767225600000 | interestRate 0.05 | loan 1.5 | refId 1000001"),
        private=True,
    ),
)
