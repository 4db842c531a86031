"""Example answers of the group ``fiat``."""

from __future__ import annotations

from okx_sync.paper.okx.rest.examples import get, post, row

_FIAT_PAYMENT_METHOD = row(
    "ccy USDT | paymentMethod | feeRate 0.05 | minFee 1.5",
    limits=row(
        "dailyLimit 1.5 | dailyLimitRemaining 1.5 | weeklyLimit 1.5 | weeklyLimitRemaining 1.5 | "
        "monthlyLimit 1.5 | monthlyLimitRemaining 1.5 | maxAmt 1.5 | minAmt 1.5 | lifetimeLimit 1.5"
    ),
    accounts=[
        row("paymentAcctId 1000001 | acctNum | recipientName example | bankName example | bankCode example | state")
    ],
)
_FIAT_ORDER = row(
    "ordId 1000001 | clientId 1000001 | amt 1.5 | ccy USDT | fee 1.5 | paymentAcctId 1000001 | "
    "paymentMethod | state completed | cTime 1767225600000 | uTime 1767225600000"
)
_FIAT_TRADE = row(
    "ordId 1000001 | clOrdId 1000001 | quoteId 1000001 | state completed | side buy | "
    "fromCcy USDT | toCcy BTC | rfqAmt 1.5 | rfqCcy USDT | fillPx 65000 | fillQuoteCcy USDT | "
    "fillFromAmt 1.5 | fillToAmt 1.5 | cTime 1767225600000 | uTime 1767225600000"
)

ENDPOINTS = (
    get("fiat/deposit-payment-methods", "3/1s", _FIAT_PAYMENT_METHOD, private=True, required="ccy"),
    get("fiat/withdrawal-payment-methods", "3/1s", _FIAT_PAYMENT_METHOD, private=True, required="ccy"),
    post("fiat/create-withdrawal", "3/1s", _FIAT_ORDER, required="paymentAcctId ccy amt paymentMethod clientId"),
    post("fiat/cancel-withdrawal", "3/1s", _FIAT_ORDER, required="ordId"),
    get("fiat/withdrawal-order-history", "3/1s", _FIAT_ORDER, private=True),
    get("fiat/withdrawal", "3/1s", _FIAT_ORDER, private=True, required="ordId"),
    get("fiat/deposit-order-history", "3/1s", _FIAT_ORDER, private=True),
    get("fiat/deposit", "3/1s", _FIAT_ORDER, private=True, required="ordId"),
    get(
        "fiat/buy-sell/currencies",
        "6/1s",
        row("", fiatCcyList=[row("ccy USDT")], cryptoCcyList=[row("ccy USDT")]),
        private=True,
    ),
    get(
        "fiat/buy-sell/currency-pair",
        "6/1s",
        row(
            "side buy | fromCcy USDT | toCcy BTC | singleTradeMax 1.5 | singleTradeMin 1.5 | "
            "fixedPxRemainingDailyQuota 1.5 | fixedPxDailyLimit 1.5",
            paymentMethods=["example"],
        ),
        private=True,
        required="fromCcy toCcy",
    ),
    post(
        "fiat/buy-sell/quote",
        "10/1s",
        row(
            "quoteId 1000001 | side buy | fromCcy USDT | toCcy BTC | rfqAmt 1.5 | rfqCcy USDT | "
            "quotePx 65000 | quoteCcy USDT | quoteFromAmt 1.5 | quoteToAmt 1.5 | "
            "quoteTime 1767225600000 | ttlMs 10000"
        ),
        required="side fromCcy toCcy rfqAmt rfqCcy",
    ),
    post(
        "fiat/buy-sell/trade",
        "1/5s",
        _FIAT_TRADE,
        required="quoteId side fromCcy toCcy rfqAmt rfqCcy paymentMethod clOrdId",
    ),
    get("fiat/buy-sell/history", "6/1s", _FIAT_TRADE, private=True),
)
