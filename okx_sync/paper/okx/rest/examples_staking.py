"""Example answers of the groups ``onchain_earn``, ``eth_staking``, ``sol_staking``, ``dual_invest``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_EARN_ORDER = row(
    "ccy USDT | ordId 1000001 | productId 1000001 | state 1 | protocol | protocolType 1 | "
    "term 0 | apy 0.05 | purchasedTime 1767225600000 | estSettlementTime 1767225600000 | "
    "cancelRedemptionDeadline 1767225600000 | redeemedTime 1767225600000 | tag",
    investData=[row("ccy USDT | amt 1.5")],
    earningData=[row("ccy USDT | earningType 1 | earnings 1.5 | realizedEarnings 1.5")],
    fastRedemptionData=[row("ccy USDT | redeemingAmt 1.5")],
)
_STAKING_PRODUCT = row(
    "fastRedemptionDailyLimit 1.5 | rate 0.05 | redemptDays 3 | minAmt 1.5 | fastRedemptionAvail 1.5"
)
_STAKING_RECORD = row(
    "type purchase | amt 1.5 | redeemingAmt 1.5 | status | ordId 1000001 | "
    "requestTime 1767225600000 | completedTime 1767225600000 | estCompletedTime 1767225600000"
)

ENDPOINTS = (
    get(
        "finance/staking-defi/offers",
        "3/1s",
        row(
            "ccy USDT | productId 1000001 | protocol | protocolType 1 | term 0 | apy 0.05 | "
            "earlyRedeem true | state purchasable | fastRedemptionDailyLimit 1.5",
            investData=[row("ccy USDT | bal 1.5 | minAmt 1.5 | maxAmt 1.5")],
            earningData=[row("ccy USDT | earningType 1")],
            redeemPeriod=["example"],
        ),
        private=True,
    ),
    post("finance/staking-defi/purchase", "2/1s", row("ordId 1000001 | tag"), required="productId investData"),
    post("finance/staking-defi/redeem", "2/1s", row("ordId 1000001 | tag"), required="ordId protocolType"),
    post("finance/staking-defi/cancel", "2/1s", row("ordId 1000001 | tag"), required="ordId protocolType"),
    get("finance/staking-defi/orders-active", "3/1s", _EARN_ORDER, private=True),
    get("finance/staking-defi/orders-history", "3/1s", _EARN_ORDER, private=True),
    get("finance/staking-defi/eth/product-info", "3/1s", _STAKING_PRODUCT, private=True),
    post("finance/staking-defi/eth/purchase", "2/1s", required="amt"),
    post("finance/staking-defi/eth/redeem", "2/1s", required="amt"),
    post("finance/staking-defi/eth/cancel-redeem", "2/1s", row("ordId 1000001 | tag"), required="ordId"),
    get(
        "finance/staking-defi/eth/balance",
        "6/1s",
        row("ccy USDT | amt 1.5 | latestInterestAccrual 1.5 | totalInterestAccrual 1.5 | ts 1767225600000"),
        private=True,
    ),
    get("finance/staking-defi/eth/purchase-redeem-history", "6/1s", _STAKING_RECORD, private=True),
    get("finance/staking-defi/eth/apy-history", "6/1s", row("rate 0.05 | ts 1767225600000"), required="days"),
    get("finance/staking-defi/sol/product-info", "3/1s", _STAKING_PRODUCT, private=True, bare=True),
    post("finance/staking-defi/sol/purchase", "2/1s", required="amt"),
    post("finance/staking-defi/sol/redeem", "2/1s", required="amt"),
    post("finance/staking-defi/sol/cancel-redeem", "2/1s", row("ordId 1000001"), required="ordId"),
    get(
        "finance/staking-defi/sol/balance",
        "6/1s",
        row("ccy USDT | amt 1.5 | latestInterestAccrual 1.5 | totalInterestAccrual 1.5 | ts 1767225600000"),
        private=True,
    ),
    get("finance/staking-defi/sol/purchase-redeem-history", "6/1s", _STAKING_RECORD, private=True),
    get("finance/staking-defi/sol/apy-history", "6/1s", row("rate 0.05 | ts 1767225600000"), required="days"),
    get(
        "finance/sfp/dcd/currency-pair",
        "1/1s",
        row("baseCcy BTC | quoteCcy USDT | optType 1 | uly BTC-USDT"),
        private=True,
    ),
    get(
        "finance/sfp/dcd/products",
        "1/1s",
        row(
            "absYield 0.05 | annualizedYield 0.05 | baseCcy BTC | quoteCcy USDT | "
            "expTime 1767225600000 | interestAccrualTime 1767225600000 | listTime 1767225600000 | "
            "maxSize 1.5 | minSize 1.5 | notionalCcy USDT | optType 1 | productId 1000001 | "
            "quoteTime 1767225600000 | redeemEndTime 1767225600000 | redeemStartTime 1767225600000 | "
            "stepSz 0.05 | tradeEndTime 1767225600000 | strike 65000 | uly BTC-USDT"
        ),
        private=True,
        required="baseCcy quoteCcy optType",
    ),
    post(
        "finance/sfp/dcd/quote",
        "10/60s",
        row(
            "absYield 0.05 | annualizedYield 0.05 | interestAccrualTime 1767225600000 | notionalSz 1.5 | "
            "notionalCcy USDT | productId 1000001 | quoteId 1000001 | validUntil 1767225600000 | "
            "idxPx 65000"
        ),
        required="productId notionalSz notionalCcy",
    ),
    post("finance/sfp/dcd/trade", "2/60s", row("quoteId 1000001 | ordId 1000001 | state live"), required="quoteId"),
    post(
        "finance/sfp/dcd/redeem-quote",
        "10/60s",
        row(
            "ordId 1000001 | quoteId 1000001 | redeemCcy USDT | redeemSz 1.5 | termRate 0.05 | validUntil 1767225600000"
        ),
        required="ordId",
    ),
    post("finance/sfp/dcd/redeem", "2/60s", row("ordId 1000001 | state live"), required="ordId quoteId"),
    get("finance/sfp/dcd/order-status", "3/1s", row("ordId 1000001 | state live"), private=True, required="ordId"),
    get(
        "finance/sfp/dcd/order-history",
        "1/1s",
        row(
            "ordId 1000001 | quoteId 1000001 | state live | productId 1000001 | baseCcy BTC | "
            "quoteCcy USDT | uly BTC-USDT | strike 65000 | notionalSz 1.5 | notionalCcy USDT | "
            "absYield 0.05 | annualizedYield 0.05 | yieldSz 0.05 | yieldCcy USDT | settleSz 1.5 | "
            "settleCcy USDT | settlePx 65000 | settleTime 1767225600000 | expTime 1767225600000 | "
            "redeemStartTime 1767225600000 | redeemEndTime 1767225600000 | cTime 1767225600000 | "
            "uTime 1767225600000"
        ),
        private=True,
    ),
)
