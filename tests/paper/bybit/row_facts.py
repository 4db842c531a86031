"""What Bybit's pushes carry, written down apart from the exchange that is tested.

A topic is followed by its fields as in `tests.paper.feeds.channel_facts`; `name:num` is a JSON number with a point.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.exchanges.fact_tables import parse
from tests.paper.feeds.channel_facts import shape

_TABLE: Final = Path(__file__).parents[2] / "exchanges" / "bybit" / "field_facts" / "v5.txt"

V5_PUBLIC = {
    "orderbook.1.BTCUSDT": "s b#2 a#2 u:int seq:int",
    "orderbook.50.BTCUSDT": "s b#2 a#2 u:int seq:int",
    "orderbook.200.BTCUSDT": "s b#2 a#2 u:int seq:int",
    "orderbook.1000.BTCUSDT": "s b#2 a#2 u:int seq:int",
    "orderbook.rpi.BTCUSDT": "s b#3 a#3 u:int seq:int",
    "orderbook.full.BTCUSDT": "s b#2 a#2 u:int seq:int",
    "publicTrade.BTCUSDT": "T:int s S v p L i BT:bool RPI:bool seq:int",
    "tickers.BTCUSDT": """symbol tickDirection price24hPcnt lastPrice prevPrice24h highPrice24h lowPrice24h prevPrice1h
        markPrice indexPrice openInterest openInterestValue singleOpenInterest singleOpenInterestValue turnover24h
        volume24h nextFundingTime fundingRate fundingIntervalHour fundingCap bid1Price bid1Size ask1Price ask1Size
        deliveryTime basis basisRate basisRateYear deliveryFeeRate predictedDeliveryPrice preOpenPrice preQty
        curPreListingPhase""",
    "kline.5.BTCUSDT": "start:int end:int interval open close high low volume turnover confirm:bool timestamp:int",
    "allLiquidation.BTCUSDT": "T:int s S v p",
    "priceLimit.BTCUSDT": "symbol buyLmt sellLmt",
    "insurance.USDT": "coin symbols balance updateTime",
    "adlAlert.USDT": "c s b:num mb:num i_pr:num pr:num adl_tt:num adl_sr:num",
}
DERIVED: Final[list[str]] = []
"""Topics of which only the tables of facts tell."""
for _head, _facts in parse(_TABLE.read_text(encoding="utf-8")).items():
    _protocol, _topic = _head.split()
    if _protocol == "v5" and _topic.endswith(".BTCUSDT") and _topic not in V5_PUBLIC:
        V5_PUBLIC[_topic] = shape(_facts)  # the paper exchange pushes all that is documented
        DERIVED.append(_topic)
V5_SPOT = {
    "orderbook.1.ETHUSDT": "s b#2 a#2 u:int seq:int",
    "orderbook.50.ETHUSDT": "s b#2 a#2 u:int seq:int",
    "publicTrade.ETHUSDT": "T:int s S v p L i BT:bool RPI:bool seq:int",
    "tickers.ETHUSDT": """symbol lastPrice highPrice24h lowPrice24h prevPrice24h volume24h turnover24h price24hPcnt
        usdIndexPrice""",
    "kline.1.ETHUSDT": "start:int end:int interval open close high low volume turnover confirm:bool timestamp:int",
    "priceLimit.ETHUSDT": "symbol buyLmt sellLmt",
}
"""On the path of spot pairs, as far as one tour shows it."""
V5_ENVELOPES = {
    **dict.fromkeys(
        (f"orderbook.{depth}.BTCUSDT" for depth in (1, 50, 200, 1000, "rpi", "full")), "topic type ts data cts"
    ),
    "tickers.BTCUSDT": "topic type ts data cs",
    "priceLimit.BTCUSDT": "topic ts data",
}
"""Where it is not `topic type ts data`."""

_ORDER = """category symbol orderId orderLinkId parentOrderLinkId isLeverage blockTradeId price brokerOrderPrice qty
    side positionIdx:int orderStatus createType cancelType rejectReason avgPrice leavesQty leavesValue cumExecQty
    cumExecValue cumExecFee cumFeeDetail? closedPnl feeCurrency timeInForce orderType stopOrderType ocoTriggerBy orderIv
    marketUnit slippageToleranceType slippageTolerance triggerPrice takeProfit stopLoss tpslMode tpLimitPrice
    slLimitPrice tpTriggerBy slTriggerBy triggerDirection:int triggerBy lastPriceOnCreated reduceOnly:bool
    closeOnTrigger:bool placeType smpType smpGroup:int smpOrderId rpiTakerAccess:bool rpiMatchedQty createdTime
    updatedTime"""
_EXECUTION = """category symbol isLeverage orderId orderLinkId side orderPrice orderQty leavesQty createType orderType
    stopOrderType execFee execId execPrice execQty execPnl execType execValue execTime isMaker:bool feeRate tradeIv
    markIv markPrice indexPrice underlyingPrice blockTradeId closedSize extraFees feeCurrency marketUnit seq:int"""
_POSITION = """category symbol side size positionIdx:int positionValue riskId:int riskLimitValue entryPrice markPrice
    leverage breakEvenPrice autoAddMargin:int positionIM positionMM positionIMByMp positionMMByMp liqPrice takeProfit
    stopLoss trailingStop unrealisedPnl curRealisedPnl cumRealisedPnl sessionAvgPrice positionStatus
    adlRankIndicator:int isReduceOnly:bool createdTime updatedTime openTime:int seq:int mmrSysUpdatedTime
    leverageSysUpdatedTime tpslMode bustPrice positionBalance tradeMode:int"""
V5_PRIVATE = {
    "order": _ORDER,
    "execution": _EXECUTION,
    "execution.fast": """category symbol orderId orderLinkId isMaker:bool execId execPrice execQty side execTime
        seq:int""",
    "position": _POSITION,
    "wallet": """accountType accountIMRate accountMMRate accountIMRateByMp accountMMRateByMp totalEquity
        totalWalletBalance totalMarginBalance totalAvailableBalance totalPerpUPL totalInitialMargin
        totalMaintenanceMargin totalInitialMarginByMp totalMaintenanceMarginByMp accountLTV
        coin[coin equity usdValue walletBalance locked spotHedgingQty borrowAmount accruedInterest totalOrderIM
        totalPositionIM totalPositionMM unrealisedPnl cumRealisedPnl bonus collateralSwitch:bool marginCollateral:bool
        colRes spotBorrow availableToWithdraw availableToBorrow free]""",
    "spread.order": """category symbol parentOrderId orderId orderLinkId side orderStatus cancelType rejectReason
        timeInForce price qty avgPrice leavesQty leavesValue cumExecQty cumExecValue cumExecFee orderType isLeverage
        createdTime updatedTime feeCurrency createType closedPnl cumFeeDetail?""",
    "greeks": "baseCoin totalDelta totalGamma totalVega totalTheta",
}

_LEVEL = "price symbol id side"
SEED_BOOK = f"orderBook[{_LEVEL} size:num]"
SEED_DELTA = f"delete[{_LEVEL}] update[{_LEVEL} size:num] insert[{_LEVEL} size:num]"
SEED_PUBLIC = {
    "orderBookL2_25.BTCPERP": SEED_BOOK,
    "orderBook_200.100ms.BTCPERP": SEED_BOOK,
    "trade.BTCPERP": "symbol tickDirection price size:num timestamp tradeTimeMs side tradeId",
    "instrument_info.100ms.BTCPERP": """id:int symbol lastPriceE4 lastPrice lastTickDirection prevPrice24hE4
        prevPrice24h price24hPcntE6 highPrice24hE4 highPrice24h lowPrice24hE4 lowPrice24h prevPrice1hE4 prevPrice1h
        price1hPcntE6 markPriceE4 markPrice indexPriceE4 indexPrice openInterestE8 totalTurnoverE8 turnover24hE8
        totalVolumeE8 volume24hE8 fundingRateE6 predictedFundingRateE6 crossSeq createdAt updatedAt nextFundingTime
        countDownHour bid1PriceE4 bid1Price ask1PriceE4 ask1Price""",
    "candle.1.BTCPERP": """start:int end:int period open:num close:num high:num low:num volume:num turnover:num
        confirm:bool crossSeq:int timestamp:int""",
}
SEED_ENVELOPES = {
    "orderBookL2_25.BTCPERP": "topic type data crossSeq timestampE6",
    "orderBook_200.100ms.BTCPERP": "topic type data crossSeq timestampE6",
    "trade.BTCPERP": "topic data",
    "instrument_info.100ms.BTCPERP": "topic type data crossSeq timestampE6",
    "candle.1.BTCPERP": "topic data timestampE6:int",
}
SEED_PRIVATE = {
    "user.openapi.perp.order": """orderId orderLinkId createdAt:int updatedAt:int symbol orderStatus side price qty
        cumExecQty leavesQty orderIM realisedPnl orderType reduceOnly:int timeInForce cumExecFee orderPnl basePrice
        cumExecValue closeOnTrigger triggerBy takeProfit stopLoss tpTriggerBy slTriggerBy triggerPrice stopOrderType
        cancelType""",
    "user.openapi.perp.position": """symbol positionStatus side size entryPrice sessionAvgPrice markPrice positionIM
        positionMM positionValue liqPrice bustPrice occClosingFee unrealisedPnl cumRealisedPnl sessionUPL sessionRPL
        createdAt:int updatedAt:int tpSLMode leverage:int trailingStop takeProfit stopLoss deleverageIndicator:int
        riskId""",
    "user.openapi.perp.trade": """orderId orderLinkId tradeId symbol side execPrice execQty execFee feeRate
        tradeTime:int lastLiquidityInd execValue execType""",
    "user.service": "pushId serviceType operationType serviceStep serviceStatus version:int",
}
