"""Example answers of the group ``grid``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_GRID_BOT = row(
    "algoId 1000001 | algoClOrdId 1000001 | instType SPOT | instId BTC-USDT | "
    "cTime 1767225600000 | uTime 1767225600000 | algoOrdType grid | state running | "
    "maxPx 65000 | minPx 65000 | gridNum 10 | runType 1 | tpTriggerPx 65000 | "
    "slTriggerPx 65000 | tradeNum 3 | arbitrageNum 3 | singleAmt 1.5 | perMinProfitRate 0.05 | "
    "perMaxProfitRate 0.05 | runPx 65000 | totalPnl 1.5 | pnlRatio 0.05 | investment 1.5 | "
    "gridProfit 1.5 | floatProfit 1.5 | totalAnnualizedRate 0.05 | annualizedRate 0.05 | "
    "cancelType 1 | stopType 1 | activeOrdNum 3 | tag | profitSharingRatio 0.05 | copyType 1 | "
    "direction long | basePos true | sz 1.5 | lever 3 | actualLever 1.5 | liqPx 65000 | "
    "ordFrozen 1.5 | availEq 1.5 | eq 1.5 | tpRatio 0.05 | slRatio 0.05 | fee 1.5 | "
    "fundingFee 1.5 | quoteSz 1.5 | baseSz 1.5 | curQuoteSz 1.5 | curBaseSz 1.5 | profit 1.5 | "
    "stopResult | tradeQuoteCcy USDT | uly BTC-USDT | instFamily BTC-USDT | feeCcy USDT",
    rebateTrans=[row("rebate 1.5 | rebateCcy USDT")],
    triggerParams=[
        row(
            "triggerAction | triggerStrategy | delaySeconds 3 | triggerTime 1767225600000 | "
            "triggerType 1 | timeframe | timePeriod 3 | thold 1.5 | triggerCond | triggerPx 65000 | "
            "stopType 1"
        )
    ],
)

ENDPOINTS = (
    post(
        "tradingBot/grid/order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        required="instId algoOrdType maxPx minPx gridNum",
    ),
    post(
        "tradingBot/grid/copy-order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        required="instId algoOrdType sourceAlgoId",
    ),
    post(
        "tradingBot/grid/amend-order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        required="algoId instId",
    ),
    post(
        "tradingBot/grid/amend-algo-basic-param",
        "20/2s",
        row("algoId 1000001 | requiredTopupAmount 1.5 | maxTopupAmount 1.5 | sCode 0 | sMsg"),
        required="algoId minPx maxPx gridNum",
    ),
    post(
        "tradingBot/grid/stop-order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        is_batch=True,
    ),
    post(
        "tradingBot/grid/close-position",
        "20/2s",
        row("algoId 1000001 | ordId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        required="algoId mktClose",
    ),
    post(
        "tradingBot/grid/cancel-close-order",
        "20/2s",
        row("algoId 1000001 | ordId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        required="algoId ordId",
    ),
    post(
        "tradingBot/grid/order-instant-trigger", "20/2s", row("algoId 1000001 | algoClOrdId 1000001"), required="algoId"
    ),
    get("tradingBot/grid/orders-algo-pending", "20/2s", _GRID_BOT, private=True, required="algoOrdType"),
    get("tradingBot/grid/orders-algo-history", "20/2s", _GRID_BOT, private=True, required="algoOrdType"),
    get("tradingBot/grid/orders-algo-details", "20/2s", _GRID_BOT, private=True, required="algoOrdType algoId"),
    get(
        "tradingBot/grid/sub-orders",
        "20/2s",
        row(
            "algoId 1000001 | algoClOrdId 1000001 | instType SPOT | instId BTC-USDT | algoOrdType grid | "
            "groupId 1000001 | ordId 1000001 | cTime 1767225600000 | uTime 1767225600000 | "
            "tdMode cross | tag | ordType market | sz 1.5 | state live | side buy | px 65000 | fee 1.5 | "
            "feeCcy USDT | rebate 1.5 | rebateCcy USDT | avgPx 65000 | accFillSz 1.5 | posSide net | "
            "pnl 1.5 | ctVal 1.5 | lever 3 | ccy USDT"
        ),
        private=True,
        required="algoOrdType algoId type",
    ),
    get(
        "tradingBot/grid/positions",
        "20/2s",
        row(
            "algoId 1000001 | algoClOrdId 1000001 | instType SPOT | instId BTC-USDT | "
            "cTime 1767225600000 | uTime 1767225600000 | avgPx 65000 | ccy USDT | lever 3 | "
            "liqPx 65000 | posSide net | pos 1.5 | mgnMode cross | mgnRatio 0.05 | imr 1.5 | mmr 1.5 | "
            "upl 1.5 | uplRatio 0.05 | last 1.5 | notionalUsd 1.5 | adl 1 | markPx 65000"
        ),
        private=True,
        required="algoOrdType algoId",
    ),
    post(
        "tradingBot/grid/withdraw-income",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | profit 1.5"),
        required="algoId",
    ),
    post(
        "tradingBot/grid/compute-margin-balance",
        "20/2s",
        row("maxAmt 1.5 | lever 3"),
        required="algoId type",
        computes=True,
    ),
    post(
        "tradingBot/grid/margin-balance", "20/2s", row("algoId 1000001 | algoClOrdId 1000001"), required="algoId type"
    ),
    post("tradingBot/grid/adjust-investment", "20/2s", row("algoId 1000001"), required="algoId amt"),
    get(
        "tradingBot/grid/ai-param",
        "20/2s",
        row(
            "instId BTC-USDT | algoOrdType grid | duration 7D | gridNum 10 | maxPx 65000 | minPx 65000 | "
            "perMaxProfitRate 0.05 | perMinProfitRate 0.05 | perGridProfitRatio 0.05 | "
            "annualizedRate 0.05 | minInvestment 1.5 | ccy USDT | runType 1 | direction long | lever 3 | "
            "sourceCcy USDT"
        ),
        required="algoOrdType instId",
    ),
    post(
        "tradingBot/grid/min-investment",
        "20/2s",
        row("singleAmt 1.5", minInvestmentData=[row("amt 1.5 | ccy USDT")]),
        private=False,
        trades=False,
        required="instId algoOrdType maxPx minPx gridNum runType",
        computes=True,
    ),
    get(
        "tradingBot/public/rsi-back-testing", "20/2s", row("triggerNum 3"), required="instId timeframe thold timePeriod"
    ),
    get(
        "tradingBot/grid/grid-quantity", "5/2s", row("maxGridQty 3"), required="instId runType algoOrdType maxPx minPx"
    ),
)
