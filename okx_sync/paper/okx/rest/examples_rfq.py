"""Example answers of the group ``rfq``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_RFQ = row(
    "cTime 1767225600000 | uTime 1767225600000 | state active | validUntil 1767225600000 | "
    "clRfqId 1000001 | tag | flowType 1 | traderCode example | rfqId 1000001 | "
    "allowPartialExecution true | groupId 1000001 | reason",
    counterparties=["example"],
    legs=[
        row(
            "instId BTC-USDT | tdMode cross | ccy USDT | sz 1.5 | side buy | posSide net | "
            "tgtCcy base_ccy | tradeQuoteCcy USDT"
        )
    ],
    acctAlloc=[
        row("acct | sCode 0 | sMsg", legs=[row("instId BTC-USDT | sz 1.5 | tdMode cross | ccy USDT | posSide net")])
    ],
)
_BLOCK_TRADE = row(
    "cTime 1767225600000 | rfqId 1000001 | clRfqId 1000001 | quoteId 1000001 | "
    "clQuoteId 1000001 | blockTdId 1000001 | tag | tTraderCode example | mTraderCode example | "
    "isSuccessful true | errorCode 0",
    legs=[
        row(
            "instId BTC-USDT | px 65000 | sz 1.5 | side buy | fee 1.5 | feeCcy USDT | tradeId 1000001 | "
            "tradeQuoteCcy USDT"
        )
    ],
    acctAlloc=[
        row(
            "blockTdId 1000001 | errorCode 0 | acct | sCode 0 | sMsg",
            legs=[row("instId BTC-USDT | sz 1.5 | tradeId 1000001 | fee 1.5 | feeCcy USDT")],
        )
    ],
)
_BLOCK_MMP_CONFIG = row(
    "timeInterval 5000 | frozenInterval 2000 | countLimit 10 | mmpFrozen true | mmpFrozenUntil 1767225600000"
)
_QUOTE = row(
    "cTime 1767225600000 | uTime 1767225600000 | state active | reason | "
    "validUntil 1767225600000 | rfqId 1000001 | clRfqId 1000001 | quoteId 1000001 | "
    "clQuoteId 1000001 | tag | traderCode example | quoteSide buy",
    legs=[
        row(
            "instId BTC-USDT | tdMode cross | ccy USDT | sz 1.5 | px 65000 | side buy | posSide net | "
            "tgtCcy base_ccy | tradeQuoteCcy USDT"
        )
    ],
)
_BLOCK_TRADE_2 = row(
    "cTime 1767225600000 | rfqId 1000001 | clRfqId 1000001 | quoteId 1000001 | "
    "clQuoteId 1000001 | blockTdId 1000001 | tag | tTraderCode example | mTraderCode example | "
    "isSuccessful true | errorCode 0 | groupId 1000001",
    legs=[
        row(
            "instId BTC-USDT | px 65000 | sz 1.5 | side buy | fee 1.5 | feeCcy USDT | tradeId 1000001 | "
            "tradeQuoteCcy USDT"
        )
    ],
    acctAlloc=[
        row(
            "blockTdId 1000001 | errorCode 0 | acct | sMsg",
            legs=[row("instId BTC-USDT | sz 1.5 | tradeId 1000001 | fee 1.5 | feeCcy USDT")],
        )
    ],
)

ENDPOINTS = (
    get("rfq/counterparties", "5/2s", row("traderName example | traderCode example | type 1"), private=True),
    post("rfq/create-rfq", "5/2s", _RFQ, required="counterparties legs"),
    post("rfq/cancel-rfq", "5/2s", row("rfqId 1000001 | clRfqId 1000001 | sCode 0 | sMsg")),
    post("rfq/cancel-batch-rfqs", "2/2s", row("rfqId 1000001 | clRfqId 1000001 | sCode 0 | sMsg")),
    post("rfq/cancel-all-rfqs", "2/2s", row("ts 1767225600000")),
    post("rfq/execute-quote", "2/3s", _BLOCK_TRADE, required="rfqId quoteId"),
    get(
        "rfq/maker-instrument-settings",
        "5/2s",
        row(
            "instType SPOT | includeAll true | includeALL true",
            data=[row("instFamily BTC-USDT | instId BTC-USDT | maxBlockSz 1.5 | makerPxBand 1.5 | uly BTC-USDT")],
        ),
        private=True,
    ),
    post("rfq/maker-instrument-settings", "5/2s", row("result true"), is_batch=True),
    post("rfq/mmp-reset", "5/2s", row("ts 1767225600000")),
    get("rfq/mmp-config", "5/2s", _BLOCK_MMP_CONFIG, private=True),
    post(
        "rfq/mmp-config",
        "1/10s",
        row("timeInterval 5000 | frozenInterval 2000 | countLimit 10"),
        required="timeInterval frozenInterval countLimit",
    ),
    post("rfq/create-quote", "50/2s", _QUOTE, required="rfqId quoteSide legs"),
    post("rfq/cancel-quote", "50/2s", row("quoteId 1000001 | clQuoteId 1000001 | sCode 0 | sMsg | rfqId 1000001")),
    post(
        "rfq/cancel-batch-quotes", "2/2s", row("quoteId 1000001 | clQuoteId 1000001 | sCode 0 | sMsg | rfqId 1000001")
    ),
    post("rfq/cancel-all-quotes", "2/2s", row("ts 1767225600000")),
    post("rfq/cancel-all-after", "1/1s", row("triggerTime 1767225600000 | ts 1767225600000"), required="timeOut"),
    get("rfq/rfqs", "2/2s", _RFQ, private=True),
    get("rfq/quotes", "2/2s", _QUOTE, private=True),
    get("rfq/trades", "5/2s", _BLOCK_TRADE_2, private=True),
    get(
        "rfq/public-trades",
        "5/2s",
        row(
            "cTime 1767225600000 | blockTdId 1000001 | groupId 1000001 | strategy",
            legs=[row("instId BTC-USDT | px 65000 | sz 1.5 | side buy | tradeId 1000001 | tradeQuoteCcy USDT")],
        ),
    ),
)
