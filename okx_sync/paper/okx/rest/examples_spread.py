"""Example answers of the group ``spread``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_SPREAD_ORDER = row(
    "sprdId BTC-USDT_BTC-USDT-SWAP | ordId 1000001 | clOrdId 1000001 | tag | px 65000 | sz 1.5 | "
    "ordType market | side buy | fillSz 1.5 | fillPx 65000 | tradeId 1000001 | accFillSz 1.5 | "
    "pendingFillSz 1.5 | pendingSettleSz 1.5 | canceledSz 1.5 | avgPx 65000 | state live | "
    "cancelSource 1 | uTime 1767225600000 | cTime 1767225600000 | instId BTC-USDT"
)

ENDPOINTS = (
    post(
        "sprd/order",
        "20/2s",
        row("ordId 1000001 | clOrdId 1000001 | tag | sCode 0 | sMsg"),
        required="sprdId side ordType sz",
    ),
    post("sprd/cancel-order", "20/2s", row("ordId 1000001 | clOrdId 1000001 | tag | sCode 0 | sMsg")),
    post("sprd/mass-cancel", "10/2s", row("result true")),
    post("sprd/amend-order", "20/2s", row("ordId 1000001 | clOrdId 1000001 | reqId 1000001 | sCode 0 | sMsg")),
    post("sprd/cancel-all-after", "1/1s", row("triggerTime 1767225600000 | ts 1767225600000"), required="timeOut"),
    get("sprd/order", "20/2s", _SPREAD_ORDER, private=True),
    get("sprd/orders-pending", "10/2s", _SPREAD_ORDER, private=True),
    get("sprd/orders-history", "20/2s", _SPREAD_ORDER, private=True),
    get("sprd/orders-history-archive", "20/2s", _SPREAD_ORDER, private=True),
    get(
        "sprd/trades",
        "20/2s",
        row(
            "sprdId BTC-USDT_BTC-USDT-SWAP | tradeId 1000001 | ordId 1000001 | clOrdId 1000001 | tag | "
            "fillPx 65000 | fillSz 1.5 | side buy | state filled | execType T | ts 1767225600000 | "
            "code 0 | msg | fee 1.5 | feeCcy USDT",
            legs=[
                row(
                    "instId BTC-USDT | px 65000 | sz 1.5 | szCont 1.5 | side buy | fillPnl 1.5 | fee 1.5 | "
                    "feeCcy USDT | tradeId 1000001"
                )
            ],
        ),
        private=True,
    ),
)
