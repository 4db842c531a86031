"""Example answers of the group ``market``: auctions, options, exchange rates."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, row

ENDPOINTS = (
    get(
        "market/call-auction-details",
        "20/2s",
        row(
            "instId BTC-USDT-SWAP | eqPx 65000 | matchedSz 1.5 | unmatchedSz 1.5 | "
            "auctionEndTime 1767225600000 | state finished | ts 1767225600000"
        ),
        required="instId",
    ),
    get(
        "market/option/instrument-family-trades",
        "20/2s",
        row(
            "vol24h 1.5 | optType C",
            tradeInfo=[
                row(
                    "instId BTC-USDT-SWAP | instFamily BTC-USDT | tradeId 4000 | px 65000 | sz 1.5 | "
                    "side buy | ts 1767225600000"
                )
            ],
        ),
        required="instFamily",
    ),
    get("market/exchange-rate", "1/2s", row("usdCny 7.1")),
)
