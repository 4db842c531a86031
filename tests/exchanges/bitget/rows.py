"""One row of each kind as Bitget documents it, every known field in it, by protocol and channel."""

from __future__ import annotations

from typing import Any

import orjson

V2: dict[str, Any] = {
    "ticker": {
        "instId": "ETHUSDT", "lastPr": "2712.31", "bidPr": "2712.30", "askPr": "2712.32", "bidSz": "12.50",
        "askSz": "3.07", "open24h": "2650.1", "high24h": "2733.00", "low24h": "2641.5", "change24h": "0.02347",
        "fundingRate": "0.000051", "nextFundingTime": "1763740800000", "markPrice": "2712.29",
        "indexPrice": "2712.9012", "holdingAmount": "80111.42", "baseVolume": "410233.11",
        "quoteVolume": "1109872355.2", "openUtc": "2699.99", "symbolType": 1, "symbol": "ETHUSDT",
        "deliveryPrice": "0", "ts": "1763733333421",
    },
    "trade": {"ts": "1763733333555", "price": "2712.31", "size": "0.42", "side": "sell", "tradeId": "1369100000000001"},
    "candle1m": ["1763733300000", "2712.0", "2713.5", "2711.1", "2712.31", "34.2", "92761.002", "92761.002"],
    "books": {
        "asks": [["2712.32", "3.07"], ["2712.40", "1"]], "bids": [["2712.30", "12.50"]], "checksum": 0,
        "seq": 1325001, "pseq": 1325000, "ts": "1763733333600",
    },
    "books1": {"asks": [["2712.32", "3.07"]], "bids": [["2712.30", "12.50"]], "checksum": 0, "ts": "1763733333600"},
    "books5": {"asks": [["2712.32", "3.07"]], "bids": [], "checksum": 0, "seq": 1325001, "ts": "1763733333600"},
    "books15": {"asks": [], "bids": [["2712.30", "12.50"]], "ts": "1763733333600"},
    "books50": {
        "asks": [["2712.32", "3.07"]], "bids": [["2712.30", "12.50"]], "checksum": 0, "seq": 1325001, "pseq": 0,
        "ts": "1763733333600",
    },
    "account": {
        "marginCoin": "USDT", "frozen": "12.00000000", "available": "988.1", "maxOpenPosAvailable": "950.5",
        "maxTransferOut": "940", "equity": "1003.77", "usdtEquity": "1003.770000000000", "crossedRiskRate": "0.0184",
        "unrealizedPL": "15.670000000000", "unionTotalMargin": "0", "unionAvailable": "0", "unionMm": "0",
        "assetsMode": "single",
    },
    "positions": {
        "posId": "77", "instId": "ETHUSDT", "marginCoin": "USDT", "marginSize": "27.12", "marginMode": "crossed",
        "holdSide": "short", "posMode": "hedge_mode", "total": "0.2", "available": "0.15", "frozen": "0.05",
        "openPriceAvg": "2720.5", "leverage": 20, "achievedProfits": "-1.2", "unrealizedPL": "1.638",
        "unrealizedPLR": "0.0604", "liquidationPrice": "3611.88", "keepMarginRate": "0.0050",
        "marginRate": "0.0184", "isolatedMarginRate": "", "breakEvenPrice": "2717.9", "totalFee": "",
        "deductedFee": "0.32", "markPrice": "2712.29", "cashDividend": "0", "assetMode": "single",
        "autoMargin": "off", "cTime": "1763700000001", "uTime": "1763733000002",
    },
    "orders": {
        "instId": "ETHUSDT", "orderId": "900", "clientOid": "mine-1", "price": "2710", "size": "0.5",
        "priceAvg": "2710", "accBaseVolume": "0.3", "orderType": "limit", "force": "gtc", "side": "buy",
        "posSide": "long", "tradeSide": "open", "posMode": "hedge_mode", "marginMode": "isolated",
        "marginCoin": "USDT", "leverage": "10", "status": "partially_filled", "cancelReason": "",
        "reduceOnly": "no", "notionalUsd": "1355", "enterPointSource": "API",
        "feeDetail": [{"feeCoin": "USDT", "fee": "-0.4878"}], "pnl": "0", "totalProfits": "0.75",
        "stpMode": "none", "presetStopSurplusPrice": "", "presetStopLossPrice": "2600",
        "presetStopSurplusExecutePrice": "", "presetStopLossExecutePrice": "2595", "fillPrice": "2710",
        "baseVolume": "0.1", "fillTime": "1763733333700", "fillFee": "-0.1626", "fillFeeCoin": "USDT",
        "fillNotionalUsd": "271", "tradeId": "5501", "tradeScope": "M", "cTime": "1763733000000",
        "uTime": "1763733333701",
    },
    "fill": {
        "orderId": "900", "clientOid": "mine-1", "tradeId": "5501", "symbol": "ETHUSDT", "side": "buy",
        "orderType": "limit", "posMode": "hedge_mode", "price": "2710", "baseVolume": "0.1", "quoteVolume": "271",
        "profit": "0", "tradeSide": "open", "tradeScope": "maker",
        "feeDetail": [{"feeCoin": "USDT", "deduction": "no", "totalDeductionFee": "0", "totalFee": "-0.1626"}],
        "cTime": "1763733333700", "uTime": "1763733333700",
    },
    "orders-algo": {
        "instId": "ETHUSDT", "orderId": "4001", "clientOid": "plan-1", "triggerPrice": "2600.5",
        "triggerType": "mark_price", "triggerTime": "1763733334000", "planType": "psl", "price": "2600",
        "executePrice": "0", "size": "0.2", "actualSize": "0", "orderType": "market", "side": "sell",
        "tradeSide": "close", "posSide": "long", "marginCoin": "USDT", "status": "live", "posMode": "hedge_mode",
        "enterPointSource": "api", "stopSurplusPrice": "", "stopSurplusTriggerPrice": "",
        "stopSurplusTriggerType": "fill_price", "stopLossPrice": "2600", "stopLossTriggerPrice": "2600.5",
        "stopLossTriggerType": "mark_price", "stpMode": "none", "cTime": "1763733334000", "uTime": "1763733334000",
    },
    "positions-history": {
        "posId": "76", "instId": "BTCUSDT", "marginCoin": "USDT", "marginMode": "fixed", "holdSide": "long",
        "posMode": "one_way_mode", "openPriceAvg": "90100.5", "closePriceAvg": "90400", "openSize": "0.01",
        "closeSize": "0.01", "achievedProfits": "2.995", "settleFee": "-0.02", "openFee": "-0.54060300",
        "closeFee": "-0.542400", "cTime": "1763600000000", "uTime": "1763700000000",
    },
    "equity": {
        "btcEquity": "0.0111", "usdtEquity": "1003.77", "unrealizedPL": "15.67", "unionTotalMargin": "0",
        "unionAvailable": "0", "unionMm": "0",
    },
    "adl-noti": {
        "symbol": "ETHUSDT", "side": "sell", "status": "triggered", "price": "2700.1", "amount": "0.05",
        "ts": "1763733335000",
    },
}  # fmt: skip

V1: dict[str, Any] = {
    "ticker": {
        "instId": "ETHUSDT", "last": "1712.31", "bestAsk": "1712.32", "bestBid": "1712.30", "askSz": "3.07",
        "bidSz": "12.50", "open24h": "1650.1", "high24h": "1733.00", "low24h": "1641.5",
        "priceChangePercent": "0.02347", "capitalRate": "0.000051", "nextSettleTime": 1663740800000,
        "systemTime": 1663733333421, "markPrice": "1712.29", "indexPrice": "1712.9", "holding": "80111.42",
        "baseVolume": "410233.11", "quoteVolume": "709872355.2", "openUtc": "1700.2", "chgUTC": "0.00713",
        "symbolType": 1, "symbolId": "ETHUSDT_UMCBL", "deliveryPrice": "0",
    },
    "trade": ["1663733333555", "1712.31", "0.42", "sell"],
    "candle1m": ["1663733300000", "1712.0", "1713.5", "1711.1", "1712.31", "34.2"],
    "books": {
        "asks": [["1712.32", "3.07"]], "bids": [["1712.30", "12.50"]], "checksum": -402833717, "ts": "1663733333600",
    },
    "books5": {"asks": [["1712.32", "3.07"]], "bids": [["1712.30", "12.50"]], "checksum": 0, "ts": "1663733333600"},
    "books15": {"asks": [], "bids": [["1712.30", "12.50"]], "checksum": 0, "ts": "1663733333600"},
    "account": {
        "marginCoin": "USDT", "locked": "12.00000000", "available": "988.1", "maxOpenPosAvailable": "950.5",
        "maxTransferOut": "940", "equity": "1003.77", "usdtEquity": "1003.770000000000", "coinDisplayName": "USDT",
    },
    "positions": {
        "posId": "77", "instId": "ETHUSDT_UMCBL", "instName": "ETHUSDT", "marginCoin": "USDT", "margin": "17.12",
        "marginMode": "fixed", "holdSide": "long", "holdMode": "single_hold", "total": "0.2", "available": "0.15",
        "locked": "0.05", "averageOpenPrice": "1700.5", "leverage": 20, "achievedProfits": "0", "upl": "2.358",
        "uplRate": "0.1377", "liqPx": "1622.75", "keepMarginRate": "0.005", "marginRate": "0.1021",
        "cTime": "1663700000001", "uTime": "1663733000002",
    },
    "orders": {
        "ordId": "900", "clOrdId": "mine-1", "instId": "ETHUSDT_UMCBL", "px": "0", "sz": "0.3",
        "accFillSz": "0.3", "avgPx": "1710.2", "ordType": "market", "side": "sell", "posSide": "long",
        "tdMode": "cross", "tgtCcy": "USDT", "force": "normal", "lever": "20", "status": "full-fill",
        "notionalUsd": "513.06", "orderFee": [{"feeCcy": "USDT", "fee": "-0.307836"}], "fillPx": "1710.2",
        "fillSz": "0.3", "fillFee": "-0.307836", "fillFeeCcy": "USDT", "fillNotionalUsd": "513.06",
        "fillTime": "1663733333700", "tradeId": "5501", "execType": "T", "pnl": "2.91", "eps": "API",
        "hM": "double_hold", "low": False, "tS": "close_long", "cTime": 1663733000000, "uTime": 1663733333701,
    },
    "ordersAlgo": {"instId": "ETHUSDT_UMCBL", "cTime": 1663733000000, "uTime": 1663733333701},
}  # fmt: skip

SEED: dict[str, Any] = {
    "account": {
        "marginCoin": "USDT", "available": "820.50", "total": "1250.75", "unrealizedPnl": "-4.20",
        "marginMode": "isolated", "marginRatio": "0.081", "maintainMargin": "3.5", "initialMargin": "41.00",
        "frozenBalance": "389.25", "timestamp": 1721441751927,
    },
    "positions": {
        "symbol": "ETHUSDT", "positionSide": "short", "holdPosition": "0.40", "openPrice": "2720.50",
        "markPrice": "2712.29", "unrealizedPnl": "3.284", "leverage": "25", "marginMode": "cross",
        "isolatedMargin": "0", "positionMargin": "43.52", "maintainMargin": "5.44", "marginRate": "0.82",
        "liquidationPrice": "2801.00", "timestamp": 1721441751928,
    },
    "orders": {
        "orderId": "900", "symbol": "ETHUSDT", "side": "sell", "orderType": "limit", "price": "2720.50",
        "size": "0.4", "filledSize": "0.10", "avgPrice": "2721.00", "leverage": "25", "marginMode": "cross",
        "status": "partially_filled", "timestamp": 1721441751929,
    },
    "execution": {
        "tradeId": "5501", "orderId": "900", "symbol": "ETHUSDT", "side": "sell", "price": "2721.00",
        "size": "0.10", "fee": "0.16326", "feeCurrency": "USDT", "role": "taker", "timestamp": 1721441751929,
    },
    "liquidation": {
        "symbol": "ETHUSDT", "positionSide": "short", "marginMode": "cross", "marginRatio": "0.97",
        "liquidationPrice": "2801.00", "currentPrice": "2795.5", "warningLevel": "3", "timestamp": 1721441751930,
    },
}  # fmt: skip

V3: dict[str, Any] = {
    "ticker": {
        "symbol": "ETHUSDT", "lastPrice": "2712.31", "openPrice24h": "2650.1", "highPrice24h": "2733.00",
        "lowPrice24h": "2641.5", "bid1Price": "2712.30", "bid1Size": "12.50", "ask1Price": "2712.32",
        "ask1Size": "3.07", "price24hPcnt": "0.02347", "volume24h": "410233.11", "turnover24h": "1109872355.2",
        "platformTurnover24h": "1310000000.5", "indexPrice": "2712.9012", "markPrice": "2712.29",
        "fundingRate": "0.000051", "nextFundingTime": "1763740800000", "openInterest": "80111.42", "deliveryTime": "",
        "deliveryStartTime": "", "deliveryStatus": "", "ts": "1763733333421",
    },
    "publicTrade": {
        "p": "2712.31", "v": "0.42", "S": "sell", "T": "1763733333555", "i": "1369100000000001",
        "L": "1369100000000002", "isRPI": "no",
    },
    "kline": {
        "start": "1763733300000", "open": "2712.0", "high": "2713.5", "low": "2711.1", "close": "2712.31",
        "volume": "34.2", "turnover": "92761.002",
    },
    "books": {
        "a": [["2712.32", "3.07"], ["2712.40", "1"]], "b": [["2712.30", "12.50"]], "ts": "1763733333600",
        "seq": 1325001, "pseq": 1325000, "maxdepth": 500, "checksum": 0,
    },
    "books1": {
        "a": [["2712.32", "3.07"]], "b": [["2712.30", "12.50"]], "ts": "1763733333600", "seq": 1325001, "pseq": 0,
    },
    "books5": {"a": [["2712.32", "3.07"]], "b": [], "ts": "1763733333600", "seq": 1325001, "pseq": 0},
    "books50": {"a": [], "b": [["2712.30", "12.50"]], "ts": "1763733333600", "seq": 1325001, "pseq": 0, "checksum": 0},
    "rpi-books1": {
        "a": [["2712.32", "3.07", "0.5"]], "b": [["2712.30", "12.50", "0"]], "ts": "1763733333600", "seq": 1325001,
        "pseq": 0,
    },
    "liquidation": {
        "symbol": "ETHUSDT", "side": "buy", "price": "2600.1", "amount": "1.5", "ts": "1763733335000",
    },
    "account": {
        "totalEquity": "1003.77", "effEquity": "1000.5", "mmr": "18.4", "imr": "52.1", "mgnRatio": "0.0184",
        "positionMgnRatio": "0.05", "unrealisedPnL": "15.67", "bonus": "0",
        "coin": [
            {
                "coin": "USDT", "equity": "903.77", "balance": "888.1", "available": "850.5", "locked": "12",
                "borrow": "0", "debts": "0", "usdValue": "903.5", "bonus": "0",
            },
            {
                "coin": "ETH", "equity": "0.05", "balance": "0.05", "available": "0.05", "locked": "0", "borrow": "0",
                "debts": "0.001", "usdValue": "100.27", "bonus": "0",
            },
        ],
    },
    "position": {
        "symbol": "ETHUSDT", "marginCoin": "USDT", "holdMode": "hedge_mode", "posSide": "short",
        "marginMode": "crossed", "size": "0.2", "available": "0.15", "frozen": "0.05", "leverage": "20",
        "marginSize": "27.12", "avgPrice": "2720.5", "markPrice": "2712.29", "breakEvenPrice": "2717.9",
        "liqPrice": "3611.88", "mmr": "0.0050", "marginRate": "0.0184", "unrealisedPnl": "1.638",
        "curRealisedPnl": "-1.2", "profitRate": "0.0604", "totalFundingFee": "-0.01", "openFeeTotal": "0.32",
        "closeFeeTotal": "0", "cashDividend": "0", "positionStatus": "opening", "createdTime": "1763700000001",
        "updatedTime": "1763733000002",
    },
    "order": {
        "category": "usdt-futures", "symbol": "ETHUSDT", "orderId": "900", "clientOid": "mine-1", "requestId": "r-1",
        "price": "2710", "qty": "0.5", "amount": "1355", "holdMode": "hedge_mode", "holdSide": "long",
        "tradeSide": "open", "delegateType": "normal", "orderType": "limit", "timeInForce": "gtc", "side": "buy",
        "marginMode": "isolated", "marginCoin": "USDT", "reduceOnly": "no", "cumExecQty": "0.3",
        "cumExecValue": "813", "avgPrice": "2710", "totalProfit": "0.75", "orderStatus": "partially_filled",
        "cancelReason": "", "leverage": "10", "stpMode": "none", "feeDetail": [{"feeCoin": "USDT", "fee": "0.4878"}],
        "tpTriggerBy": "market", "slTriggerBy": "mark", "takeprofit": "", "stoploss": "2600", "tpOrderType": "market",
        "slOrderType": "limit", "tpLimitPrice": "", "slLimitPrice": "2595", "matchType": "0",
        "createdTime": "1763733000000", "updatedTime": "1763733333701",
    },
    "fill": {
        "category": "USDT-FUTURES", "symbol": "ETHUSDT", "orderId": "900", "clientOid": "mine-1", "execId": "5501",
        "execLinkId": "5502", "orderType": "limit", "side": "buy", "holdSide": "long", "tradeSide": "open",
        "tradeScope": "maker", "execPrice": "2710", "execQty": "0.1", "execValue": "271", "execPnl": "0",
        "feeDetail": [{"feeCoin": "USDT", "fee": "0.1626"}], "isRPI": "no", "execTime": "1763733333700",
        "updatedTime": "1763733333700",
    },
    "fast-fill": {
        "category": "USDT-FUTURES", "symbol": "ETHUSDT", "orderId": "900", "clientOid": "mine-1", "execId": "5501",
        "side": "buy", "holdSide": "long", "tradeScope": "taker", "execPrice": "2710", "execQty": "0.1",
        "execTime": "1763733333700", "updatedTime": "1763733333700",
    },
    "strategy-order": {
        "category": "usdt-futures", "symbol": "ETHUSDT", "orderId": "4001", "clientOid": "plan-1", "qty": "0.2",
        "side": "sell", "posSide": "long", "reduceOnly": "yes", "type": "tpsl", "status": "pending",
        "triggerType": "market", "tpTriggerBy": "mark", "slTriggerBy": "mark", "takeProfit": "", "stopLoss": "2600.5",
        "tpOrderType": "market", "slOrderType": "market", "tpLimitPrice": "", "slLimitPrice": "", "triggerBy": "",
        "triggerPrice": "", "triggerOrderType": "", "triggerOrderPrice": "", "createdTime": "1763733334000",
        "updatedTime": "1763733334000",
    },
    "adl-notification": {
        "symbol": "ETHUSDT", "side": "sell", "status": "triggered", "price": "2700.1", "amount": "0.05",
        "ts": "1763733335000",
    },
}  # fmt: skip

ROWS = {"v2": V2, "v3": V3, "v1": V1, "seed": SEED}
V3_PRIVATE = ("account", "position", "order", "fill", "fast-fill", "strategy-order", "adl-notification")

_INST_TYPES = {"v2": "USDT-FUTURES", "v3": "usdt-futures", "v1": "umcbl", "seed": "FUTURES"}


def push(protocol: str, channel: str, *rows: Any, action: str | None = None, inst_id: str = "ETHUSDT") -> bytes:
    """A frame of ``channel`` as that protocol sends it, by default with the documented row."""
    arg = {"channel": channel, "instType": _INST_TYPES[protocol], "instId": inst_id}
    if protocol == "v3":
        arg = {"topic": channel, "instType": "usdt-futures", "symbol": inst_id}
        if channel in V3_PRIVATE:
            arg = {"topic": channel, "instType": "UTA"}
        if channel == "kline":
            arg["interval"] = "1m"
    if protocol == "v2" and channel == "account":
        arg["coin"] = arg.pop("instId")
    message = {
        "action": action or ("update" if protocol == "seed" else "snapshot"),
        "arg": arg,
        "data": list(rows) or [ROWS[protocol][channel]],
    }
    return orjson.dumps(message if protocol == "seed" else {**message, "ts": 1763733336000})
