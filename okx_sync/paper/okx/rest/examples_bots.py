"""Example answers of the groups ``dca``, ``recurring``, ``signal``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_DCA_RESULT = row("algoId 1000001 | algoClOrdId 1000001 | algoOrdType grid | tag | diffAmount 1.5 | sCode 0 | sMsg")
_DCA_BOT = row(
    "algoId 1000001 | algoOrdType spot_dca | instId BTC-USDT | copyType 1 | state running | "
    "cancelType 1 | direction long | lever 3 | initOrdAmt 1.5 | safetyOrdAmt 1.5 | "
    "maxSafetyOrds 3 | pxSteps 0.05 | pxStepsMult 0.05 | volMult 0.05 | tpPxRange 1.5 | "
    "slPct 0.05 | slMode 1 | allowReinvest true | totalPnl 1.5 | pnlRatio 0.05 | "
    "totalFundingFee 1.5 | fundingFee 1.5 | investmentAmt 1.5 | investmentCcy USDT | "
    "arbitragePnL 1.5 | transferInMargin 1.5 | profitSharingRatio 0.05 | trackingMode 1 | "
    "ctVal 1.5 | cTime 1767225600000 | uTime 1767225600000 | tradeQuoteCcy USDT | tpPct 0.05",
    triggerParams=[
        row("triggerAction | triggerStrategy | triggerPx 65000 | triggerCond | timePeriod 3 | thold 1.5 | timeframe")
    ],
)
_RECURRING_BUY = row(
    "algoId 1000001 | algoClOrdId 1000001 | instType SPOT | cTime 1767225600000 | "
    "uTime 1767225600000 | algoOrdType grid | state running | stgyName example | "
    "period monthly | recurringDay 3 | recurringHour 3 | recurringTime 1767225600000 | "
    "recurringTimeType 1 | recurringTimeMinutes 3 | timeZone 1.5 | amt 1.5 | investmentAmt 1.5 | "
    "investmentCcy USDT | nextInvestTime 1767225600000 | totalPnl 1.5 | totalAnnRate 0.05 | "
    "pnlRatio 0.05 | mktCap 1.5 | cycles 3 | tag | tradeQuoteCcy USDT",
    recurringList=[
        row("ccy USDT | ratio 0.05 | minPx 65000 | maxPx 65000 | totalAmt 1.5 | profit 1.5 | avgPx 65000 | px 65000")
    ],
    source=["example"],
)
_SIGNAL_BOT = row(
    "algoId 1000001 | algoClOrdId 1000001 | instType SPOT | cTime 1767225600000 | "
    "uTime 1767225600000 | algoOrdType grid | state running | cancelType 1 | totalPnl 1.5 | "
    "totalPnlRatio 0.05 | totalEq 1.5 | floatPnl 1.5 | realizedPnl 1.5 | frozenBal 1.5 | "
    "availBal 1.5 | lever 3 | investAmt 1.5 | subOrdType 1 | ratio 0.05 | signalChanId 1000001 | "
    "signalChanName example | signalSourceType 1",
    instIds=["example"],
    entrySettingParam=row("allowMultipleEntry true | entryType 1 | amt 1.5 | ratio 0.05"),
    exitSettingParam=row("tpSlType 1 | tpPct 0.05 | slPct 0.05"),
)

ENDPOINTS = (
    post(
        "tradingBot/dca/create",
        "20/2s",
        _DCA_RESULT,
        required="instId algoOrdType initOrdAmt maxSafetyOrds tpPct triggerParams",
    ),
    post(
        "tradingBot/dca/amend-order-algo",
        "20/2s",
        _DCA_RESULT,
        required="algoId pxSteps pxStepsMult volMult tpPct slPct initOrdAmt safetyOrdAmt maxSafetyOrds reserveFunds "
        "triggerParams",
    ),
    post("tradingBot/dca/stop", "20/2s", _DCA_RESULT, required="algoId algoOrdType"),
    post("tradingBot/dca/orders/manual-buy", "20/2s", _DCA_RESULT, required="algoId algoOrdType price amt"),
    post("tradingBot/dca/margin/add", "20/2s", _DCA_RESULT, required="algoId amt"),
    post("tradingBot/dca/margin/reduce", "20/2s", _DCA_RESULT, required="algoId amt"),
    post("tradingBot/dca/settings/take-profit", "20/2s", _DCA_RESULT, required="algoId algoOrdType tpPrice"),
    post("tradingBot/dca/settings/reinvestment", "20/2s", _DCA_RESULT, required="algoId algoOrdType allowReinvest"),
    get("tradingBot/dca/ongoing-list", "20/2s", _DCA_BOT, private=True, required="algoOrdType"),
    get("tradingBot/dca/history-list", "20/2s", _DCA_BOT, private=True, required="algoOrdType"),
    get(
        "tradingBot/dca/position-details",
        "20/2s",
        row(
            "algoId 1000001 | algoClOrdId 1000001 | algoOrdType grid | instId BTC-USDT | curCycleld | "
            "startTime 1767225600000 | fillManualOrds 3 | fillSafetyOrds 3 | fundingFee 1.5 | "
            "initPx 65000 | notionalUsd 1.5 | avgPx 65000 | upl 1.5 | liqPx 65000 | sz 1.5 | "
            "baseSz 1.5 | quoteSz 1.5 | slPx 65000 | tpPx 65000 | fee 1.5 | tradeQuoteCcy USDT"
        ),
        private=True,
        required="algoId algoOrdType",
    ),
    get(
        "tradingBot/dca/cycle-list",
        "20/2s",
        row(
            "algoId 1000001 | algoClOrdId 1000001 | cycleId 1000001 | currentCycle true | "
            "realizedPnl 1.5 | startTime 1767225600000 | endTime 1767225600000 | fee 1.5 | avgPx 65000 | "
            "tpPx 65000"
        ),
        private=True,
        required="algoId algoOrdType",
    ),
    get(
        "tradingBot/dca/orders",
        "20/2s",
        row(
            "cycleId 1000001 | ordId 1000001 | avgFillPx 65000 | direction long | side buy | "
            "ordType limit | px 65000 | sz 1.5 | filledSz 1.5 | state live | fee 1.5 | rebate 1.5 | "
            "rebateCcy USDT | lever 3 | instId BTC-USDT | ctVal 1.5 | fillTime 1767225600000 | "
            "cTime 1767225600000 | uTime 1767225600000 | tradeQuoteCcy USDT"
        ),
        private=True,
        required="algoId algoOrdType",
    ),
    post(
        "tradingBot/recurring/order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        required="stgyName recurringList period recurringTime timeZone amt investmentCcy tdMode",
    ),
    post(
        "tradingBot/recurring/amend-order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId stgyName",
    ),
    post(
        "tradingBot/recurring/amend-recurring-amount",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId amount",
    ),
    post(
        "tradingBot/recurring/amend-recurring-time",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId recurringTimeType timeZone period",
    ),
    post(
        "tradingBot/recurring/amend-price-range",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId recurringList",
    ),
    post(
        "tradingBot/recurring/add-investment",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId amount",
    ),
    post(
        "tradingBot/recurring/pause",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId",
    ),
    post(
        "tradingBot/recurring/restart",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId",
    ),
    post(
        "tradingBot/recurring/stop-order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg | tag"),
        is_batch=True,
    ),
    get("tradingBot/recurring/orders-algo-pending", "20/2s", _RECURRING_BUY, private=True),
    get("tradingBot/recurring/orders-algo-history", "20/2s", _RECURRING_BUY, private=True),
    get("tradingBot/recurring/orders-algo-details", "20/2s", _RECURRING_BUY, private=True, required="algoId"),
    get(
        "tradingBot/recurring/sub-orders",
        "20/2s",
        row(
            "algoId 1000001 | instType SPOT | instId BTC-USDT | algoOrdType grid | ordId 1000001 | "
            "cTime 1767225600000 | uTime 1767225600000 | tdMode cross | ordType limit | sz 1.5 | "
            "state filled | side buy | px 65000 | fee 1.5 | feeCcy USDT | avgPx 65000 | accFillSz 1.5 | "
            "tag | algoClOrdId 1000001 | tradeQuoteCcy USDT"
        ),
        private=True,
        required="algoId",
    ),
    post(
        "tradingBot/signal/create-signal",
        "20/2s",
        row("signalChanId 1000001 | signalChanToken example | signalToken example"),
        required="signalChanName",
    ),
    get(
        "tradingBot/signal/signals",
        "20/2s",
        row(
            "signalChanId 1000001 | signalChanName example | signalChanDesc example | "
            "signalChanToken example | signalSourceType 1"
        ),
        private=True,
        required="signalSourceType",
    ),
    post(
        "tradingBot/signal/order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        required="signalChanId lever investAmt subOrdType",
    ),
    post(
        "tradingBot/signal/stop-order-algo",
        "20/2s",
        row("algoId 1000001 | algoClOrdId 1000001 | sCode 0 | sMsg"),
        is_batch=True,
    ),
    post(
        "tradingBot/signal/margin-balance", "20/2s", row("algoId 1000001 | sCode 0 | sMsg"), required="algoId type amt"
    ),
    post(
        "tradingBot/signal/amendTPSL",
        "20/2s",
        row("algoId 1000001 | sCode 0 | sMsg"),
        required="algoId exitSettingParam",
    ),
    post(
        "tradingBot/signal/set-instruments",
        "20/2s",
        row("algoId 1000001 | sCode 0 | sMsg"),
        required="algoId instIds includeAll",
    ),
    get("tradingBot/signal/orders-algo-details", "20/2s", _SIGNAL_BOT, private=True, required="algoOrdType algoId"),
    get("tradingBot/signal/orders-algo-pending", "20/2s", _SIGNAL_BOT, private=True, required="algoOrdType"),
    get("tradingBot/signal/orders-algo-history", "20/2s", _SIGNAL_BOT, private=True, required="algoOrdType algoId"),
    get(
        "tradingBot/signal/positions",
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
    get(
        "tradingBot/signal/positions-history",
        "10/2s",
        row(
            "instId BTC-USDT | mgnMode cross | cTime 1767225600000 | uTime 1767225600000 | "
            "openAvgPx 65000 | closeAvgPx 65000 | pnl 1.5 | pnlRatio 0.05 | lever 3 | direction long | "
            "uly BTC-USDT"
        ),
        private=True,
        required="algoId",
    ),
    post("tradingBot/signal/close-position", "20/2s", row("algoId 1000001"), required="algoId instId"),
    post("tradingBot/signal/sub-order", "20/2s", required="instId algoId side ordType sz"),
    post(
        "tradingBot/signal/cancel-sub-order",
        "20/2s",
        row("signalOrdId 1000001 | sCode 0 | sMsg"),
        required="algoId instId signalOrdId",
    ),
    get(
        "tradingBot/signal/sub-orders",
        "20/2s",
        row(
            "algoId 1000001 | algoClOrdId 1000001 | instType SPOT | instId BTC-USDT | algoOrdType grid | "
            "ordId 1000001 | clOrdId 1000001 | cTime 1767225600000 | uTime 1767225600000 | "
            "tdMode cross | ccy USDT | ordType limit | sz 1.5 | state live | side buy | px 65000 | "
            "fee 1.5 | feeCcy USDT | avgPx 65000 | accFillSz 1.5 | posSide net | pnl 1.5 | ctVal 1.5 | "
            "lever 3 | tag"
        ),
        private=True,
        required="algoId algoOrdType",
    ),
    get(
        "tradingBot/signal/event-history",
        "20/2s",
        row(
            "alertMsg | algoId 1000001 | eventType 1 | eventCtime 1767225600000 | "
            "eventUtime 1767225600000 | eventProcessMsg | eventStatus 1",
            triggeredOrdData=[row("clOrdId 1000001")],
        ),
        private=True,
        required="algoId",
    ),
)
