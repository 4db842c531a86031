"""Public readings that the venue knows nothing of: fee tables, reserves, announcements. Marked as examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from okx_sync.paper.bitget.rest.call import BitgetCall, Example, public
from okx_sync.paper.venue.margin import FEES
from okx_sync.paper.venue.number_text import text

_LISTED = "1764547200000"


def _example(data: Any) -> Callable[[BitgetCall], Example]:
    return lambda _: Example(data)


def _vip(kind: str) -> Callable[[BitgetCall], Example]:
    maker, taker = (text(rate) for rate in FEES[kind])
    money = {"dealAmount": "1000000", "assetAmount": "50000", "btcWithdrawAmount": "300", "usdtWithdrawAmount": "5000"}
    return _example([{"level": "1", "takerFeeRate": taker, "makerFeeRate": maker, **money}])


def _fee_group(call: BitgetCall) -> Example:
    category = call.category()
    maker, taker = (text(rate) for rate in FEES["SPOT" if category in ("SPOT", "MARGIN") else "SWAP"])
    labels = [{"label": "major", "weight": "1", "symbols": ["BTCUSDT", "ETHUSDT"]}]
    tiers = [{"level": "VIP1", "makerFeeRate": maker, "takerFeeRate": taker}]
    return Example([{"category": category, "group": call.text("group", "A"), "labelList": labels, "tierList": tiers}])


_ANNOUNCEMENT = {
    "annId": "12560603800001",
    "annTitle": "Paper exchange opens",
    "annDesc": "",
    "cTime": _LISTED,
    "language": "en_US",
    "annUrl": "",
    "annType": "latest_news",
    "annSubType": "",
}
_RECORD = {"amount": "0.5", "balance": "1000000", "ts": _LISTED}
_RESERVE = {
    "merkleRootHash": "0" * 64,
    "totalReserveRatio": "1.5",
    "list": [{"coin": "BTC", "userAssets": "100", "platformAssets": "150", "reserveRatio": "1.5"}],
}
_LOANS = {
    "dailyInterest": "0.0001",
    "annualInterest": "0.0365",
    "limit": "1000000",
    "masterSubLimit": "",
    "platformRemaingQuota": "",
}
_TIERS = [{"tierStartValue": "0", "discountRate": "1"}]
ENDPOINTS = (
    public("v2/public/annoucements", _example([_ANNOUNCEMENT]), 20, "language"),
    public("v2/mix/market/vip-fee-rate", _vip("SWAP"), 10),
    public("v2/spot/market/vip-fee-rate", _vip("SPOT"), 10),
    public("v3/market/fee-group", _fee_group, 5, "category"),
    public("v3/market/discount-rate", _example([{"coin": coin, "list": _TIERS} for coin in ("USDT", "BTC")])),
    public("v3/market/margin-loans", _example(_LOANS), 20, "coin"),
    public("v3/market/proof-of-reserves", _example(_RESERVE)),
    public(
        "v3/market/risk-reserve",
        _example({"totalBalance": "1000000", "coin": "USDT", "riskReserveRecords": [{"type": "in", **_RECORD}]}),
        20,
        "category symbol",
    ),
    public(
        "v3/market/risk-reserve-hour",
        _example({"coin": "USDT", "riskReserveRecords": [_RECORD]}),
        20,
        "category symbol",
    ),
    public(
        "v3/market/risk-reserve-all",
        _example({"list": [{"symbols": ["BTCUSDT", "ETHUSDT"], "coin": "USDT", "balance": "1000000"}]}),
        3,
        "category",
    ),
    public("v3/account/custom-collateral-coins", _example([{"collateralCoin": "USDT"}]), 10),
)
