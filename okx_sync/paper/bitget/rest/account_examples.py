"""Private readings that the venue knows nothing of: loans, limits of open interest. Marked as examples."""

from __future__ import annotations

from okx_sync.paper.bitget.rest.call import BitgetCall, Example, get


def _interest(call: BitgetCall) -> Example:
    call.margin()
    debt = {
        "coin": "USDT",
        "liability": "0",
        "interestFreeLimit": "1000",
        "interestLimit": "0",
        "hourInterestRate": "0.00001",
        "interest": "0",
        "cTime": call.now,
    }
    row = {"nextSettleTime": call.now, "borrowAmount": "0", "borrowLimit": "1000", "endId": "", "interestList": [debt]}
    return Example(row)


def _loans(call: BitgetCall) -> Example:
    coin = {"coin": "USDT", "debt": "0", "interestFreeAmount": "1000", "interestRateNextHour": "0.00001"}
    return Example({"currentLoans": "0", "interestPaymentTime": call.now, "debtCoinList": [coin]})


def _interest_limit(call: BitgetCall) -> Example:
    limits = {"singleUserLimit": "20000000", "masterSubLimit": "20000000", "marketMakerLimit": "20000000"}
    call.instrument()
    return Example({"symbol": call.text("symbol"), **limits})


def _delta(_: BitgetCall) -> Example:
    return Example(
        {
            "deltaEquityRatio": "0",
            "deltaThreshold": "0.1",
            "positionThreshold": "0.5",
            "list": [{"coin": "BTC", "positionRatio": "0"}],
        }
    )


ENDPOINTS = (
    get("v2/mix/account/interest-history", _interest, 5, "productType"),
    get("v3/trade/loan-data", _loans, 10),
    get("v3/account/open-interest-limit", _interest_limit, 5, "symbol category"),
    get("v3/account/delta-info", _delta, 20),
)
