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
        pnl totalProfits stpMode presetStopSurplusPrice presetStopLossPrice presetStopSurplusExecutePrice
        presetStopLossExecutePrice cTime uTime""",
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
