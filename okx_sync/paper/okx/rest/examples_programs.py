"""Example answers of the groups ``affiliate``, ``broker``, ``glp``, ``insight``, ``skills``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_BROKER_FILE = row(
    "fileHref https://example.com/file.zip | beginTime 1767225600000 | endTime 1767225600000 | "
    "cTime 1767225600000 | ts 1767225600000 | state finished"
)
_SENTIMENT_REPORT = row(
    "",
    details=[
        row(
            "ccy USDT | mentionCnt 3",
            sentiment=row("label example | bullishRatio 0.05 | bearishRatio 0.05"),
            trend=[row("ts 1767225600000 | bullishRatio 0.05 | bearishRatio 0.05 | mentionCnt 3")],
        )
    ],
)
_SENTIMENT_REPORT_2 = row(
    "", details=[row("ccy USDT | mentionCnt 3", sentiment=row("label example | bullishRatio 0.05 | bearishRatio 0.05"))]
)

_GLP_VOLUME = {"spot": {"maker": "1.5", "taker": "0.5"}, "swap": {"maker": "1.5", "taker": ""}}
_GLP_SHARE = {"spot": {"maker": "0.05", "taker": "0.01"}}

ENDPOINTS = (
    get(
        "affiliate/performance/summary",
        "3/1s",
        row(
            "uTime 1767225600000 | inviteeCnt 3 | depAmt 1.5",
            details=[row("commissionCategory | firstTraderCnt 3 | traderCnt 3 | vol 1.5 | commission 1.5")],
        ),
        private=True,
    ),
    get(
        "affiliate/invitee/list",
        "3/1s",
        row(
            "uid 44000037 | country | joinTime 1767225600000 | firstTradeTime 1767225600000 | "
            "channelName example | rebateRate 0.05 | feeTierRank | kycStatus 1 | kycTime 1767225600000 | "
            "depAmt 1.5 | totalVol 1.5 | totalFee 1.5 | totalCommission 1.5 | isCompliant true"
        ),
        private=True,
        beside={"totalPage": "1"},
    ),
    get(
        "affiliate/invitee/detail",
        "3/1s",
        row(
            "inviteeLevel 1 | joinTime 1767225600000 | inviteeRebateRate 0.05 | totalCommission 1.5 | "
            "firstTradeTime 1767225600000 | level | depAmt 1.5 | wdAmt 1.5 | volMonth 1.5 | "
            "totalVol 1.5 | accFee 1.5 | kycTime 1767225600000 | region | affiliateCode example | "
            "inviteeLv 1 | volPeriod 1.5"
        ),
        private=True,
        required="uid",
    ),
    get(
        "affiliate/link/list",
        "3/1s",
        row(
            "channelId 1000001 | channelName example | joinLink https://example.com/a | linkType 1 | "
            "inviterCommissionRate 0.05 | coInviterCommissionRate 0.05 | inviteeDiscountRate 0.05 | "
            "inviteeCnt 3 | traderCnt 3 | totalCommission 1.5 | commission24h 1.5 | "
            "cTime 1767225600000 | isDefault true | linkStatus 1"
        ),
        private=True,
        beside={"totalPage": "1"},
    ),
    get(
        "affiliate/co-inviter/list",
        "3/1s",
        row(
            "channelId 1000001 | channelName example | joinLink https://example.com/a | "
            "inviterCommissionRate 0.05 | coInviterCommissionRate 0.05 | inviteeDiscountRate 0.05 | "
            "parUserName example | coUserName example | isCompliant true | note | isDefault true | "
            "totalCommission 1.5 | commission24h 1.5 | inviteeCnt 3 | traderCnt 3 | clickCnt 3 | "
            "totalFee 1.5 | cTime 1767225600000 | channelAssessmentStatus 1 | inviterChannelStatus 1 | "
            "coInviterChannelStatus 1 | linkStatus 1"
        ),
        private=True,
        beside={"totalPage": "1"},
    ),
    get(
        "affiliate/sub-affiliate/list",
        "3/1s",
        row(
            "subAffiliateUid 1000001 | country | joinTime 1767225600000 | subAffiliateLevel 1 | "
            "commissionRate 0.05 | isCompliant true | inviteeCnt 3 | traderCnt 3 | depAmt 1.5 | "
            "totalVol 1.5 | totalFee 1.5 | totalCommission 1.5"
        ),
        private=True,
        beside={"totalPage": "1"},
    ),
    get("affiliate/tvb/performance/summary", "3/1s", row("example 1"), private=True),
    get("affiliate/tvb/invitee/list", "3/1s", row("example 1"), private=True),
    get("affiliate/tvb/invitee/detail", "3/1s", row("example 1"), private=True, required="uid"),
    get("affiliate/tvb/link/list", "3/1s", row("example 1"), private=True),
    get("affiliate/tvb/tier-breakdown", "3/1s", row("example 1"), private=True),
    get(
        "broker/dma/subaccount-info",
        "10/1s",
        row(
            "page 1 | totalPage 1",
            details=[
                row(
                    "subAcct example-sub | uid 44000037 | label example | acctLv 1 | enable true | "
                    "canTransOut true | firstLvSubAcct 1000001 | subAcctLv 1 | ts 1767225600000",
                    frozenFunc=["example"],
                )
            ],
        ),
        private=True,
    ),
    get(
        "broker/dma/subaccount-trade-fee",
        "1/1s",
        row(
            "page 1 | totalPage 1",
            details=[
                row(
                    "subAcct example-sub | uid 44000037 | firstLvSubAcct 1000001 | subAcctLv 1 | ts 1767225600000",
                    feeRates=[row("type 1 | maker 1.5 | taker 1.5")],
                )
            ],
        ),
        private=True,
    ),
    get(
        "broker/dma/subaccount/apikey",
        "1/1s",
        row("label example | apiKey paper-example-key | perm read_only | ip | ts 1767225600000"),
        private=True,
        required="subAcct",
    ),
    post(
        "broker/dma/subaccount/apikey",
        "40/1s",
        row(
            "subAcct example-sub | label example | apiKey paper-example-key | "
            "secretKey paper-example-secret | passphrase paper-example-pass | perm read_only | ip | "
            "ts 1767225600000"
        ),
        required="subAcct label passphrase",
    ),
    post("broker/dma/trades", "1/3600s", row("result true | ts 1767225600000"), trades=False, required="begin end"),
    get("broker/dma/rebate-per-orders", "2/60s", _BROKER_FILE, private=True, required="type"),
    post(
        "broker/fd/rebate-per-orders",
        "1/3600s",
        row("result true | ts 1767225600000"),
        trades=False,
        required="begin end",
    ),
    get("broker/fd/rebate-per-orders", "2/60s", _BROKER_FILE, private=True, required="type"),
    get(
        "broker/fd/if-rebate",
        "2/1s",
        row("type 1 | brokerCode example | affiliated true | clientRebateRatio 0.05 | lastRebate 1.5"),
        private=True,
        required="apiKey",
    ),
    get(
        "users/glp/todayperformance",
        "5/2s",
        row(
            "dataReady true | dataDate 2026-01-01",
            account=row("masterAccountId 1000001", combinedAccountIds=["example"]),
            programs=[
                row(
                    "program | marketMakerBusinessId 1000001 | enrollmentStatus 1 | marketMakerLevelId 1000001 | "
                    "enrolledTierDisplay | qualifyingPool",
                    qualifyingRows=["spot"],
                    daily=row("", volume=_GLP_VOLUME, share=_GLP_SHARE),
                    mtd=row("mtdStatus 1", volume=_GLP_VOLUME, share=_GLP_SHARE, qualifyingShare=_GLP_SHARE),
                )
            ],
        ),
        private=True,
    ),
    get(
        "users/glp/historicalperformance",
        "5/2s",
        row("date 2026-01-01", volume=_GLP_VOLUME, share=_GLP_SHARE),
        private=True,
        required="program",
    ),
    post("aigc/mcp/indicators", "5/1s", row("data 1"), private=False, trades=False, required="instId", computes=True),
    post(
        "aigc/mcp/market-filter",
        "5/1s",
        row("rows 1 | total 1"),
        private=False,
        trades=False,
        required="instType",
        computes=True,
    ),
    post(
        "aigc/mcp/oi-change-filter",
        "5/1s",
        row("example 1"),
        private=False,
        trades=False,
        required="instType",
        computes=True,
    ),
    post(
        "aigc/mcp/oi-history", "10/1s", row("example 1"), private=False, trades=False, required="instId", computes=True
    ),
    get("orbit/currency-sentiment-query", "20/1s", _SENTIMENT_REPORT, private=True),
    get("orbit/currency-sentiment-ranking", "20/1s", _SENTIMENT_REPORT_2, private=True),
    get(
        "orbit/news-search",
        "20/1s",
        row(
            "nextCursor",
            details=[
                row(
                    "id | cTime 1767225600000 | title example | importance | summary | sourceUrl https://example.com/a",
                    platformList=["example"],
                    ccyList=["example"],
                )
            ],
        ),
        private=True,
        required="sortBy",
    ),
    get(
        "orbit/news-detail",
        "20/1s",
        row(
            "id | cTime 1767225600000 | title example | importance | summary | "
            "sourceUrl https://example.com/a | content",
            platformList=["example"],
            ccyList=["example"],
        ),
        private=True,
        required="id",
    ),
    get("orbit/news-platform", "20/1s", row("platform 1"), private=True),
    get("skill/categories", "5/1s", row("example 1"), private=True),
    get("skill/search", "5/1s", row("example 1"), private=True),
    post("skill/download/presign", "5/1s", row("token | expiresAt"), trades=False, required="name", bare=True),
)
