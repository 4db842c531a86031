"""Example answers of the groups ``savings``, ``simple_earn_fixed``, ``flash_earn``, ``stable_rewards``, ``okusd``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

ENDPOINTS = (
    get(
        "finance/savings/balance",
        "6/1s",
        row("ccy USDT | amt 1.5 | loanAmt 1.5 | pendingAmt 1.5 | earnings 1.5 | rate 0.05 | redemptAmt 1.5"),
        private=True,
    ),
    post(
        "finance/savings/purchase-redempt",
        "6/1s",
        row("ccy USDT | amt 1.5 | side buy | rate 0.05"),
        required="ccy amt side",
    ),
    post("finance/savings/set-lending-rate", "6/1s", row("ccy USDT | rate 0.05"), required="ccy rate"),
    get(
        "finance/savings/lending-history",
        "6/1s",
        row("ccy USDT | amt 1.5 | earnings 1.5 | rate 0.05 | ts 1767225600000"),
        private=True,
    ),
    get(
        "finance/savings/lending-rate-summary",
        "6/1s",
        row("ccy USDT | avgAmt 1.5 | avgRate 0.05 | preRate 0.05 | avgAmtUsd 1.5 | estRate 0.05"),
    ),
    get(
        "finance/savings/lending-rate-history",
        "6/1s",
        row("ccy USDT | amt 1.5 | rate 0.05 | ts 1767225600000 | lendingRate 0.05"),
    ),
    get(
        "finance/simple-earn-fixed/offers",
        "2/1s",
        row("ccy USDT | term | rate 0.05 | minLend 1.5 | lendQuota 1.5 | borrowingOrderQuota 1.5"),
        private=True,
    ),
    get(
        "finance/simple-earn-fixed/order-list",
        "3/1s",
        row(
            "reqId 1000001 | ccy USDT | amt 1.5 | rate 0.05 | term | state earning | "
            "accruedInterest 1.5 | cTime 1767225600000"
        ),
        private=True,
    ),
    post(
        "finance/simple-earn-fixed/purchase",
        "2/1s",
        row("reqId 1000001 | ccy USDT | amt 1.5 | term"),
        required="ccy amt term",
    ),
    post("finance/simple-earn-fixed/redeem", "2/1s", row("reqId 1000001"), required="reqId"),
    get(
        "finance/flash-earn/projects",
        "6/1s",
        row("id | status | canPurchase true | beginTs 1767225600000 | endTs 1767225600000"),
        private=True,
    ),
    get("finance/stable-rewards/apy-history", "6/1s", row("rate 0.05 | ts 1767225600000"), required="ccy"),
    get(
        "finance/stable-rewards/balance",
        "5/2s",
        row("ts 1767225600000", details=[row("ccy USDT | amt 1.5 | totalEarnAccrual 1.5 | state")]),
        private=True,
    ),
    get(
        "finance/stable-rewards/product-info",
        "5/2s",
        row(
            "ts 1767225600000",
            details=[
                row(
                    "ccy USDT | settleCcy USDT | subFeeRate 0.05 | redemptFeeRate 0.05 | minSubAmt 1.5 | "
                    "minRedeemAmt 1.5 | remainingSubQuota 1.5 | remainingRedemptQuota 1.5 | canRedeem true"
                )
            ],
        ),
        private=True,
        required="ccy",
    ),
    get(
        "finance/okusd/account",
        "2/2s",
        row("ccy USDT | amt 1.5 | totalEarnAccrual 1.5 | ts 1767225600000"),
        private=True,
    ),
    get(
        "finance/okusd/limits",
        "2/2s",
        row(
            "ts 1767225600000",
            subLimit=row(
                "maxSubAmt 1.5 | personalDailyLimit 1.5 | personalUsedAmt 1.5 | platformDailyLimit 1.5 | "
                "platformUsedAmt 1.5"
            ),
            fastRedeemLimit=row(
                "personalDailyLimit 1.5 | personalUsedAmt 1.5 | platformDailyLimit 1.5 | "
                "platformUsedAmt 1.5 | feeRate 0.05"
            ),
            stdRedeemLimit=row(
                "personalDailyLimit 1.5 | personalUsedAmt 1.5 | platformDailyLimit 1.5 | "
                "platformUsedAmt 1.5 | feeRate 0.05"
            ),
        ),
        private=True,
    ),
    get("finance/okusd/rate/history", "5/2s", row("apr 0.05 | ts 1767225600000"), private=True),
    post(
        "finance/okusd/subscribe",
        "1/2s",
        row("ordId 1000001 | clOrdId 1000001 | ccy USDT | amt 1.5 | okusdAmt 1.5 | state | ts 1767225600000"),
        required="amt clOrdId",
    ),
    post(
        "finance/okusd/redeem",
        "1/2s",
        row(
            "ordId 1000001 | clOrdId 1000001 | ccy USDT | amt 1.5 | fee 1.5 | usdtAmt 1.5 | "
            "redeemType 1 | state | estSettlementTime 1767225600000 | ts 1767225600000"
        ),
        required="amt redeemType clOrdId",
    ),
    get(
        "finance/okusd/subscribe/history",
        "5/2s",
        row(
            "ordId 1000001 | clOrdId 1000001 | ccy USDT | amt 1.5 | settleCcy USDT | settleCcyAmt 1.5 | "
            "status | ts 1767225600000"
        ),
        private=True,
    ),
    get(
        "finance/okusd/redeem/history",
        "5/2s",
        row(
            "ordId 1000001 | clOrdId 1000001 | ccy USDT | amt 1.5 | fee 1.5 | settleCcy USDT | "
            "settleCcyAmt 1.5 | type 1 | status | estSettlementTime 1767225600000 | ts 1767225600000"
        ),
        private=True,
    ),
    get(
        "finance/okusd/rewards/history",
        "5/2s",
        row("ccy USDT | earnAmt 1.5 | amt 1.5 | apr 0.05 | ts 1767225600000"),
        private=True,
    ),
)
