"""Example answers of the group ``copytrading``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_LEAD_POSITION = row(
    "instId BTC-USDT | subPosId 1000001 | posSide net | mgnMode cross | lever 3 | "
    "openOrdId 1000001 | openAvgPx 65000 | openTime 1767225600000 | subPos 1.5 | "
    "availSubPos 1.5 | tpTriggerPx 65000 | slTriggerPx 65000 | algoId 1000001 | instType SPOT | "
    "tpOrdPx 65000 | slOrdPx 65000 | margin 1.5 | upl 1.5 | uplRatio 0.05 | markPx 65000 | "
    "uniqueCode example | ccy USDT | closeTime 1767225600000 | closeAvgPx 65000 | pnl 1.5 | "
    "pnlRatio 0.05 | closeSubPos 1.5 | type 1"
)
_LEAD_POSITION_2 = row(
    "instId BTC-USDT | subPosId 1000001 | posSide net | mgnMode cross | lever 3 | "
    "openOrdId 1000001 | openAvgPx 65000 | openTime 1767225600000 | subPos 1.5 | instType SPOT | "
    "margin 1.5 | markPx 65000 | uniqueCode example | ccy USDT | closeTime 1767225600000 | "
    "closeAvgPx 65000 | pnl 1.5 | pnlRatio 0.05 | closeSubPos 1.5 | type 1 | profitSharingAmt 1.5"
)
_LEAD_POSITION_3 = row(
    "instId BTC-USDT | subPosId 1000001 | posSide net | mgnMode cross | lever 3 | "
    "openAvgPx 65000 | openTime 1767225600000 | subPos 1.5 | instType SPOT | margin 1.5 | "
    "upl 1.5 | uplRatio 0.05 | markPx 65000 | uniqueCode example | ccy USDT"
)
_LEAD_POSITION_4 = row(
    "instId BTC-USDT | subPosId 1000001 | posSide net | mgnMode cross | lever 3 | "
    "openAvgPx 65000 | openTime 1767225600000 | subPos 1.5 | instType SPOT | margin 1.5 | "
    "uniqueCode example | ccy USDT | closeTime 1767225600000 | closeAvgPx 65000 | pnl 1.5 | "
    "pnlRatio 0.05"
)

ENDPOINTS = (
    get("copytrading/current-subpositions", "20/2s", _LEAD_POSITION, private=True),
    get("copytrading/subpositions-history", "20/2s", _LEAD_POSITION_2, private=True),
    post("copytrading/algo-order", "20/2s", row("subPosId 1000001 | tag"), required="subPosId"),
    post("copytrading/close-subposition", "20/2s", row("subPosId 1000001 | tag"), required="subPosId"),
    get("copytrading/instruments", "5/2s", row("instId BTC-USDT | enabled true"), private=True),
    post("copytrading/set-instruments", "5/2s", row("instId BTC-USDT | enabled true"), required="instId"),
    get(
        "copytrading/profit-sharing-details",
        "5/2s",
        row(
            "ccy USDT | profitSharingAmt 1.5 | nickName example | profitSharingId 1000001 | "
            "instType SPOT | portLink https://example.com/a | ts 1767225600000"
        ),
        private=True,
    ),
    get(
        "copytrading/total-profit-sharing",
        "5/2s",
        row("ccy USDT | totalProfitSharingAmt 1.5 | instType SPOT"),
        private=True,
    ),
    get(
        "copytrading/unrealized-profit-sharing-details",
        "5/2s",
        row(
            "ccy USDT | unrealizedProfitSharingAmt 1.5 | nickName example | instType SPOT | "
            "portLink https://example.com/a | ts 1767225600000"
        ),
        private=True,
    ),
    get(
        "copytrading/total-unrealized-profit-sharing",
        "5/2s",
        row("profitSharingTs 1767225600000 | totalUnrealizedProfitSharingAmt 1.5 | instType SPOT | instId BTC-USDT"),
        private=True,
    ),
    post("copytrading/amend-profit-sharing-ratio", "5/2s", row("result true"), required="profitSharingRatio"),
    get(
        "copytrading/config",
        "5/2s",
        row(
            "uniqueCode example | nickName example | portLink https://example.com/a",
            details=[
                row("instType SPOT | roleType 1 | profitSharingRatio 0.05 | maxCopyTraderNum 3 | copyTraderNum 3")
            ],
        ),
        private=True,
    ),
    post(
        "copytrading/first-copy-settings",
        "5/2s",
        row("result true"),
        required="uniqueCode copyMgnMode copyInstIdType copyTotalAmt subPosCloseType",
    ),
    post(
        "copytrading/amend-copy-settings",
        "5/2s",
        row("result true"),
        required="uniqueCode copyMgnMode copyInstIdType copyTotalAmt subPosCloseType",
    ),
    post("copytrading/stop-copy-trading", "5/2s", row("result true"), required="uniqueCode subPosCloseType"),
    get(
        "copytrading/copy-settings",
        "5/2s",
        row(
            "copyMode 1 | copyAmt 1.5 | copyRatio 0.05 | copyTotalAmt 1.5 | tpRatio 0.05 | "
            "slRatio 0.05 | copyInstIdType 1 | slTotalAmt 1.5 | subPosCloseType 1 | copyMgnMode 1 | "
            "ccy USDT | copyState | tag",
            instIds=[row("instId BTC-USDT | enabled true")],
        ),
        private=True,
        required="uniqueCode",
    ),
    get(
        "copytrading/current-lead-traders",
        "5/2s",
        row(
            "portLink https://example.com/a | nickName example | margin 1.5 | copyTotalAmt 1.5 | "
            "copyTotalPnl 1.5 | uniqueCode example | ccy USDT | profitSharingRatio 0.05 | "
            "beginCopyTime 1767225600000 | upl 1.5 | todayPnl 1.5 | leadMode 1"
        ),
        private=True,
    ),
    get(
        "copytrading/public-config",
        "5/2s",
        row(
            "maxCopyAmt 1.5 | minCopyAmt 1.5 | maxCopyTotalAmt 1.5 | minCopyRatio 0.05 | "
            "maxCopyRatio 0.05 | maxTpRatio 0.05 | maxSlRatio 0.05"
        ),
    ),
    get(
        "copytrading/public-lead-traders",
        "5/2s",
        row(
            "dataVer | totalPage 1",
            ranks=[
                row(
                    "aum 1.5 | copyState | maxCopyTraderNum 3 | copyTraderNum 3 | accCopyTraderNum 3 | "
                    "portLink https://example.com/a | nickName example | ccy USDT | uniqueCode example | "
                    "winRatio 0.05 | leadDays 3 | pnl 1.5 | pnlRatio 0.05",
                    traderInsts=["example"],
                    pnlRatios=[row("beginTs 1767225600000 | pnlRatio 0.05")],
                )
            ],
        ),
    ),
    get(
        "copytrading/public-weekly-pnl",
        "5/2s",
        row("beginTs 1767225600000 | pnl 1.5 | pnlRatio 0.05"),
        required="uniqueCode",
    ),
    get(
        "copytrading/public-pnl",
        "5/2s",
        row("beginTs 1767225600000 | pnl 1.5 | pnlRatio 0.05"),
        required="uniqueCode lastDays",
    ),
    get(
        "copytrading/public-stats",
        "5/2s",
        row(
            "winRatio 0.05 | profitDays 3 | lossDays 3 | curCopyTraderPnl 1.5 | avgSubPosNotional 1.5 | "
            "investAmt 1.5 | ccy USDT"
        ),
        required="uniqueCode lastDays",
    ),
    get("copytrading/public-preference-currency", "5/2s", row("ccy USDT | ratio 0.05"), required="uniqueCode"),
    get("copytrading/public-current-subpositions", "5/2s", _LEAD_POSITION_3, required="uniqueCode"),
    get("copytrading/public-subpositions-history", "5/2s", _LEAD_POSITION_4, required="uniqueCode"),
    get(
        "copytrading/public-copy-traders",
        "5/2s",
        row(
            "copyTotalPnl 1.5 | ccy USDT | copyTraderNumChg 3 | copyTraderNumChgRatio 0.05",
            copyTraders=[
                row("beginCopyTime 1767225600000 | nickName example | portLink https://example.com/a | pnl 1.5")
            ],
        ),
        required="uniqueCode",
    ),
    post("copytrade/create-sgl-link", "10/1s", row("shortLink https://example.com/a"), required="orderId instId"),
)
