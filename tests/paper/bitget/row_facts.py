"""The fields of each channel's rows, written down from the wire's documentation and recordings, not from the code."""

from __future__ import annotations

V2: dict[str, str] = {
    "account": """marginCoin frozen available maxOpenPosAvailable maxTransferOut equity usdtEquity crossedRiskRate
        unrealizedPL unionTotalMargin unionAvailable unionMm assetsMode""",
    "positions": """posId instId marginCoin marginSize marginMode holdSide posMode total available frozen openPriceAvg
        leverage achievedProfits unrealizedPL unrealizedPLR liquidationPrice keepMarginRate marginRate
        isolatedMarginRate breakEvenPrice totalFee deductedFee markPrice cashDividend assetMode autoMargin
        cTime uTime""",
    "orders": """instId orderId clientOid price size priceAvg accBaseVolume orderType force side posSide tradeSide
        posMode marginMode marginCoin leverage status cancelReason reduceOnly notionalUsd enterPointSource feeDetail
        pnl totalProfits stpMode presetStopSurplusPrice presetStopSurplusType presetStopSurplusExecutePrice
        presetStopLossPrice presetStopLossType presetStopLossExecutePrice cTime uTime""",
    "orders, filled": "fillPrice baseVolume fillTime fillFee fillFeeCoin fillNotionalUsd tradeId tradeScope",
    "fill": """orderId clientOid tradeId symbol side orderType posMode price baseVolume quoteVolume profit tradeSide
        tradeScope feeDetail cTime uTime""",
    "fill, feeDetail": "feeCoin deduction totalDeductionFee totalFee",
    "orders-algo": """instId orderId clientOid triggerPrice triggerType triggerTime planType price executePrice size
        actualSize orderType side tradeSide posSide marginCoin status posMode enterPointSource stopSurplusPrice
        stopSurplusTriggerPrice stopSurplusTriggerType stopLossPrice stopLossTriggerPrice stopLossTriggerType stpMode
        cTime uTime""",
    "positions-history": """posId instId marginCoin marginMode holdSide posMode openPriceAvg closePriceAvg openSize
        closeSize achievedProfits settleFee openFee closeFee cTime uTime""",
    "equity": "btcEquity usdtEquity unrealizedPL unionTotalMargin unionAvailable unionMm",
    "adl-noti": "symbol side status price amount ts",
    "ticker": """instId lastPr bidPr askPr bidSz askSz open24h high24h low24h change24h fundingRate nextFundingTime
        markPrice indexPrice holdingAmount baseVolume quoteVolume openUtc symbolType symbol deliveryPrice ts""",
    "trade": "ts price size side tradeId",
    "books": "asks bids checksum seq pseq ts",
    "books5": "asks bids seq ts",
}

V3: dict[str, str] = {
    "account": "totalEquity effEquity mmr imr mgnRatio positionMgnRatio unrealisedPnL bonus coin",
    "account, coin": "coin equity balance available locked borrow debts usdValue bonus",
    "position": """symbol marginCoin holdMode posSide marginMode size available frozen leverage marginSize avgPrice
        markPrice breakEvenPrice liqPrice mmr marginRate unrealisedPnl curRealisedPnl profitRate totalFundingFee
        openFeeTotal closeFeeTotal cashDividend positionStatus createdTime updatedTime""",
    "order": """category symbol orderId clientOid price qty amount holdMode holdSide tradeSide delegateType orderType
        timeInForce side marginMode marginCoin reduceOnly cumExecQty cumExecValue avgPrice totalProfit orderStatus
        cancelReason leverage stpMode feeDetail tpTriggerBy slTriggerBy takeprofit stoploss tpOrderType slOrderType
        tpLimitPrice slLimitPrice createdTime updatedTime""",
    "fill": """category symbol orderId clientOid execId execLinkId orderType side holdSide tradeSide tradeScope
        execPrice execQty execValue execPnl feeDetail isRPI execTime updatedTime""",
    "fast-fill": """category symbol orderId clientOid execId side holdSide tradeScope execPrice execQty execTime
        updatedTime""",
    "strategy-order": """category symbol orderId clientOid qty side posSide reduceOnly type status triggerType
        tpTriggerBy slTriggerBy takeProfit stopLoss tpOrderType slOrderType tpLimitPrice slLimitPrice triggerBy
        triggerPrice triggerOrderType triggerOrderPrice createdTime updatedTime""",
    "adl-notification": "symbol side status price amount ts",
    "liquidation": "symbol side price amount ts",
    "ticker, spot": """symbol lastPrice openPrice24h highPrice24h lowPrice24h bid1Price bid1Size ask1Price ask1Size
        price24hPcnt volume24h turnover24h ts""",
    "ticker, futures": """indexPrice markPrice fundingRate nextFundingTime openInterest deliveryTime deliveryStartTime
        deliveryStatus""",
    "publicTrade": "p v S T i L isRPI",
    "kline": "start open high low close volume turnover",
    "books": "a b seq pseq ts maxdepth checksum",
    "books5": "a b seq pseq ts",
}

V1: dict[str, str] = {
    "account": """marginCoin locked available maxOpenPosAvailable maxTransferOut equity usdtEquity
        coinDisplayName""",
    "positions": """posId instId instName marginCoin margin marginMode holdSide holdMode total available locked
        averageOpenPrice leverage achievedProfits upl uplRate liqPx keepMarginRate marginRate cTime uTime""",
    "orders": """ordId clOrdId instId px sz accFillSz avgPx ordType side posSide tdMode tgtCcy force lever status
        notionalUsd orderFee cTime uTime eps hM low tS""",
    "orders, filled": "fillPx fillSz fillFee fillFeeCcy fillNotionalUsd fillTime tradeId execType pnl",
    "books": "asks bids checksum ts",
}

SEED: dict[str, str] = {
    "account": """marginCoin available total unrealizedPnl marginMode marginRatio maintainMargin initialMargin
        frozenBalance timestamp""",
    "positions": """symbol positionSide holdPosition openPrice markPrice unrealizedPnl leverage marginMode
        isolatedMargin positionMargin maintainMargin marginRate liquidationPrice timestamp""",
    "orders": """orderId symbol side orderType price size filledSize avgPrice leverage marginMode status
        timestamp""",
    "execution": "tradeId orderId symbol side price size fee feeCurrency role timestamp",
    "liquidation": """symbol positionSide marginMode marginRatio liquidationPrice currentPrice warningLevel
        timestamp""",
}


def fields(*names: str) -> set[str]:
    """The field names of one or more entries."""
    return {name for text in names for name in text.split()}
