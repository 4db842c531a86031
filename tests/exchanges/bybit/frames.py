"""Frames of channels, written from Bybit's field lists: what the client must read and give back exactly."""

from __future__ import annotations

from typing import Any

import orjson

from okx_sync.exchanges.bybit.channels import CHANNELS
from okx_sync.exchanges.bybit.dialect import BybitDialect, SeedDialect
from okx_sync.exchanges.bybit.urls import Protocol
from okx_sync.protocol.events import Push
from okx_sync.rows import Row, decoder

__all__ = ["PRIVATE_DATA", "SEED", "V5", "objects", "seed_private"]

DIALECTS: dict[Protocol, BybitDialect] = {"v5": BybitDialect(), "seed": SeedDialect()}

MORE: dict[str, str] = {
    "system.status": '{"topic":"system.status","ts":1700000000500,"data":[{"id":"m-1","title":"Upgrade of trading",'
    '"state":"scheduled","begin":"1700003600000","end":"1700007200000","href":"","serviceTypes":[1,4],'
    '"product":[1,2],"uidSuffix":[],"maintainType":1,"env":1}]}',
    "dcp.future": '{"topic":"dcp.future","creationTime":1700000000500,"data":[]}',
    "strategy": '{"topic":"strategy","creationTime":1700000000500,"data":[{"strategyId":"s-1","strategyType":"twap",'
    '"category":"UTA_USDT","symbol":"BTCUSDT","size":"2","side":"Buy","duration":600,"status":2,"terminateType":0,'
    '"terminateRemark":"","executedDuration":30,"executedSize":"0.1","executedAvgPrice":"60000.5",'
    '"executedStartTimeE3":1700000000000,"executedEndTimeE3":0,"createdTimeE3":1700000000000,'
    '"updatedTimeE3":1700000000400,"isRandom":false,"reduceOnly":false,"limitPrice":"","triggerCount":3,'
    '"tradingCount":2,"ChasePercentE4":25,"interval":10,"leverageType":0,"postOnly":1,"isTriggered":true,'
    '"orderType":"UNKNOWN"}]}',
    "spread.orderbook.25.SOLUSDT_SOL/USDT": '{"topic":"orderbook.25.SOLUSDT_SOL/USDT","type":"snapshot",'
    '"ts":1700000000123,"data":{"s":"SOLUSDT_SOL/USDT","b":[["-0.05","12"]],"a":[["0.01","3"]],"u":9,"seq":5},'
    '"cts":1700000000120}',
    "spread.publicTrade.SOLUSDT_SOL/USDT": '{"topic":"publicTrade.SOLUSDT_SOL/USDT","type":"snapshot",'
    '"ts":1700000000123,"data":[{"T":1700000000120,"s":"SOLUSDT_SOL/USDT","S":"Sell","v":"3","p":"-0.05",'
    '"L":"MinusTick","i":"x-1","seq":5}]}',
    "spread.tickers.SOLUSDT_SOL/USDT": '{"topic":"tickers.SOLUSDT_SOL/USDT","type":"snapshot","ts":1700000000123,'
    '"data":{"symbol":"SOLUSDT_SOL/USDT","bidPrice":"-0.05","bidSize":"12","askPrice":"","askSize":"",'
    '"lastPrice":"-0.05","highPrice24h":"0.1","lowPrice24h":"-0.2","prevPrice24h":"0","volume24h":"1000"}}',
    "spread.order": '{"topic":"spread.order","id":"x","creationTime":1700000000500,"data":[{"category":"combination",'
    '"symbol":"SOLUSDT_SOL/USDT","parentOrderId":"","orderId":"o-1","orderLinkId":"mine","side":"Buy",'
    '"orderStatus":"PartiallyFilled","cancelType":"UNKNOWN","rejectReason":"EC_NoError","timeInForce":"GTC",'
    '"price":"-0.05","qty":"5","avgPrice":"-0.05","leavesQty":"2","leavesValue":"","cumExecQty":"3",'
    '"cumExecValue":"","cumExecFee":"","orderType":"Limit","isLeverage":"","createdTime":"1700000000000",'
    '"updatedTime":"1700000000400","feeCurrency":"","createType":"CreateByUser","closedPnl":"","cumFeeDetail":{}}]}',
    "spread.execution": '{"topic":"spread.execution","id":"x","creationTime":1700000000500,"data":[{'
    '"category":"spot_leg","symbol":"SOLUSDT","isLeverage":"0","orderId":"o-2","orderLinkId":"","side":"Sell",'
    '"orderPrice":"150.05","orderQty":"5","leavesQty":"2","createType":"CreateByFutureSpread","orderType":"Limit",'
    '"execFee":"","execFeeV2":"0.4","feeCoin":"USDT","parentExecId":"e-1","execId":"e-2","execPrice":"150.05",'
    '"execQty":"3","execPnl":"0","execType":"FutureSpread","execValue":"450.15","execTime":"1700000000400",'
    '"isMaker":true,"feeRate":"0.001","markPrice":"","closedSize":"","seq":5}]}',
    "rfq.open.rfqs": '{"topic":"rfq.open.rfqs","creationTime":1700000000500,"data":[{"rfqId":"r-1","rfqLinkId":"mine",'
    '"counterparties":["DESK1"],"expiresAt":"1700000600000","strategyType":"custom","status":"Active",'
    '"acceptOtherQuoteStatus":"true","deskCode":"MINE","createdAt":"1700000000000","updatedAt":"1700000000000",'
    '"legs":[{"category":"linear","symbol":"BTCUSDT","side":"Buy","qty":"10"}]}]}',
    "rfq.open.quotes": '{"topic":"rfq.open.quotes","creationTime":1700000000500,"data":[{"rfqId":"r-1",'
    '"rfqLinkId":"mine","quoteId":"q-1","quoteLinkId":"","expiresAt":"1700000600000","deskCode":"DESK1",'
    '"status":"Active","execQuoteSide":"","createdAt":"1700000000000","updatedAt":"1700000000000","quoteBuyList":[{'
    '"category":"linear","symbol":"BTCUSDT","price":"59990","qty":"10"}],"quoteSellList":[]}]}',
    "rfq.open.trades": '{"topic":"rfq.open.trades","creationTime":1700000000500,"data":[{"rfqId":"r-1",'
    '"rfqLinkId":"mine","quoteId":"q-1","quoteLinkId":"","quoteSide":"Sell","strategyType":"custom",'
    '"status":"Filled","rfqDeskCode":"MINE","quoteDeskCode":"DESK1","createdAt":"1700000000000",'
    '"updatedAt":"1700000000000","legs":[{"category":"linear","orderId":"o-1","symbol":"BTCUSDT","side":"Buy",'
    '"price":"60010","qty":"10","markPrice":"60000","execFee":"3","execId":"e-1","resultCode":0,'
    '"resultMessage":"","rejectParty":""}]}]}',
    "rfq.open.public.trades": '{"topic":"rfq.open.public.trades","creationTime":1700000000500,"data":[{"rfqId":"r-1",'
    '"strategyType":"custom","createdAt":"1700000000000","updatedAt":"1700000000000","legs":[{"category":"linear",'
    '"symbol":"BTCUSDT","side":"Buy","price":"60010","qty":"10","markPrice":"60000"}]}]}',
    "earn.dualassets.offers": '{"topic":"earn.dualassets.offers","data":[{"p":"12","c":"60000","b":[{"s":"59000",'
    '"a":"5000000","m":"1000","x":"1700000600000"}],"s":[]}]}',
    "earn.doublewin.offers": '{"topic":"earn.doublewin.offers","data":[{"p":12,"c":"60000","l":"20","m":"1000",'
    '"e":"1700000600000"}]}',
    "earn.discountbuy.offers": '{"topic":"earn.discountbuy.offers","data":[{"p":"13","c":"60000","b":"59000",'
    '"k":"63000","e":"120000","m":"1000","i":"7","x":"0"}]}',
    "earn.smartleverage.offers": '{"topic":"earn.smartleverage.offers","data":[{"p":"14","b":"60100",'
    '"e":"1700000600000","m":"1000","c":"60000"}]}',
}

V5: dict[str, str] = {
    "orderbook.50.BTCPERP": '{"topic":"orderbook.50.BTCPERP","type":"delta","ts":1700000000123,"data":{"s":"BTCPERP",'
    '"b":[["30001.50","0.2"],["29990.00","0"]],"a":[["30002.00","1.500"]],"u":18521289,"seq":7961638725},'
    '"cts":1700000000120}',
    "orderbook.1.BTCPERP": '{"topic":"orderbook.1.BTCPERP","ts":1700000000123,"type":"snapshot","data":{"s":"BTCPERP",'
    '"b":[["30001.50","0.2"]],"a":[],"u":18521288,"seq":7961638724},"cts":1700000000120}',
    "publicTrade.BTCPERP": '{"topic":"publicTrade.BTCPERP","type":"snapshot","ts":1700000001000,"data":['
    '{"T":1700000000999,"s":"BTCPERP","S":"Buy","v":"0.001","p":"30001.50","L":"PlusTick","i":"t-1","BT":false,'
    '"RPI":true,"seq":99},{"T":1700000000999,"s":"BTCPERP","S":"Sell","v":"12","p":"30001.00","L":"ZeroMinusTick",'
    '"i":"t-2","BT":true,"seq":99,"mP":"1","iP":"2","mIv":"0.5","iv":"0.6"}]}',
    "tickers.BTCPERP": '{"topic":"tickers.BTCPERP","type":"delta","data":{"symbol":"BTCPERP",'
    '"tickDirection":"PlusTick","lastPrice":"30001.50","nextFundingTime":"1700006400000","fundingRate":"-0.000212","deliveryTime":"",'
    '"fundingIntervalHour":"8"},"cs":24987956059,"ts":1700000000500}',
    "kline.5.BTCPERP": '{"topic":"kline.5.BTCPERP","data":[{"start":1700000100000,"end":1700000399999,"interval":"5",'
    '"open":"30000","close":"30001.5","high":"30002","low":"29999.5","volume":"2.081","turnover":"62433.1215",'
    '"confirm":false,"timestamp":1700000288882}],"ts":1700000288882,"type":"snapshot"}',
    "allLiquidation.BTCPERP": '{"topic":"allLiquidation.BTCPERP","type":"snapshot","ts":1700000000500,"data":['
    '{"T":1700000000499,"s":"BTCPERP","S":"Buy","v":"20000","p":"0.04499"}]}',
    "priceLimit.BTCPERP": '{"topic":"priceLimit.BTCPERP","data":{"symbol":"BTCPERP","buyLmt":"31000.5",'
    '"sellLmt":"29000.5"},"ts":1700000000500}',
    "insurance.USDC": '{"topic":"insurance.USDC","type":"delta","ts":1700000000500,"data":[{"coin":"USDC",'
    '"symbols":"BTCPERP,ETHPERP","balance":"3288.1","updateTime":"1700000000000"}]}',
    "adlAlert.USDC": '{"topic":"adlAlert.USDC","type":"snapshot","ts":1700000000500,"data":[{"c":"USDC",'
    '"s":"BTCPERP","b":"3288.1","mb":"3300","i_pr":"-0.3","pr":0.004288,"adl_tt":"10000","adl_sr":-0.25}]}',
    "order.linear": '{"id":"x","topic":"order.linear","creationTime":1700000007000,"data":[{"category":"linear",'
    '"symbol":"BTCPERP","orderId":"o-1","orderLinkId":"mine","isLeverage":"","price":"30000","qty":"0.010",'
    '"side":"Buy","positionIdx":0,"orderStatus":"PartiallyFilled","cancelType":"UNKNOWN","rejectReason":"EC_NoError",'
    '"avgPrice":"30000.5","leavesQty":"0.004","cumExecQty":"0.006","cumExecFee":"0.099","cumFeeDetail":'
    '{"USDC":"0.099"},"closedPnl":"0","timeInForce":"PostOnly","orderType":"Limit","triggerDirection":0,'
    '"reduceOnly":false,"closeOnTrigger":false,"smpGroup":0,"createdTime":"1700000000000",'
    '"updatedTime":"1700000005000"}]}',
    "execution": '{"topic":"execution","id":"e","creationTime":1700000005001,"data":[{"category":"linear",'
    '"symbol":"BTCPERP","isLeverage":"0","orderId":"o-1","orderLinkId":"mine","side":"Buy","orderPrice":"30000",'
    '"orderQty":"0.010","leavesQty":"0.004","orderType":"Limit","execFee":"0.0099","execId":"e-1",'
    '"execPrice":"30000.5","execQty":"0.001","execPnl":"0","execType":"Trade","execValue":"30.0005",'
    '"execTime":"1700000005000","isMaker":true,"feeRate":"0.00033","markPrice":"30001","extraFees":"",'
    '"feeCurrency":"USDC","seq":4688002127}]}',
    "execution.fast": '{"topic":"execution.fast","creationTime":1700000005001,"data":[{"category":"linear",'
    '"symbol":"BTCPERP","orderId":"o-1","isMaker":true,"orderLinkId":"","execId":"e-1","execPrice":"30000.5",'
    '"execQty":"0.001","side":"Buy","execTime":"1700000005000","seq":4688002127}]}',
    "position": '{"id":"p","topic":"position","creationTime":1700000005002,"data":[{"category":"linear",'
    '"symbol":"BTCPERP","side":"Sell","size":"0.01","positionIdx":2,"positionValue":"300.005","riskId":11,'
    '"entryPrice":"30000.5","markPrice":"30001","leverage":"10","autoAddMargin":0,"positionIM":"30.1",'
    '"positionMM":"1.5","liqPrice":"","unrealisedPnl":"-0.005","curRealisedPnl":"0.01","cumRealisedPnl":"-25",'
    '"positionStatus":"Normal","adlRankIndicator":2,"isReduceOnly":false,"createdTime":"1690000000000",'
    '"updatedTime":"1700000005000","openTime":1700000000000,"seq":325852190774,"tradeMode":0}]}',
    "wallet": '{"id":"w","topic":"wallet","creationTime":1700000005003,"data":[{"accountType":"UNIFIED",'
    '"accountIMRate":"0.0125","accountMMRate":"0.0012","totalEquity":"10262.91","totalAvailableBalance":"9556.6",'
    '"totalPerpUPL":"-0.5","totalInitialMargin":"127.8","totalMaintenanceMargin":"12.7","coin":[{"coin":"USDC",'
    '"equity":"10262.91","usdValue":"10262.5","walletBalance":"10263.41","locked":"0","borrowAmount":"0",'
    '"unrealisedPnl":"-0.5","cumRealisedPnl":"-1","collateralSwitch":true,"marginCollateral":true,'
    '"availableToWithdraw":""}]}]}',
    "greeks": '{"id":"g","topic":"greeks","creationTime":1700000005004,"data":[{"baseCoin":"ETH","totalDelta":'
    '"0.06636842","totalGamma":"-0.00001034","totalVega":"2.5","totalTheta":"-3"}]}',
    "orderbook.rpi.BTCUSDT": '{"topic":"orderbook.rpi.BTCUSDT","type":"delta","ts":1700000000123,"data":{"s":"BTCUSDT",'
    '"b":[["60000.1","0","0.15"],["59999.9","0.5","0"]],"a":[["60001","0","0"]],"u":18,"seq":79},'
    '"cts":1700000000120}',
    "orderbook.full.BTCUSDT": '{"topic":"orderbook.full.BTCUSDT","type":"delta","ts":1700000000123,"data":{'
    '"s":"BTCUSDT","b":[["60000.1","0.15"]],"a":[["60001","0"]],"u":18,"seq":79},"cts":1700000000120}',
    **MORE,
}


def seed_private(topic: str, rows: str, version: int = 2, kind: str = "CHANGE") -> str:
    """A private frame of the seed protocol."""
    data_type = f',"dataType":"{kind}"' if kind else ""
    inner = f'{{"result":{rows},"version":{version},"baseLine":1{data_type}}}'
    return f'{{"id":"s","topic":"{topic}","creationTime":1646200779822,"data":{inner}}}'


PRIVATE_DATA: dict[str, str] = {
    "user.openapi.perp.order": '[{"orderId":"so-1","orderLinkId":"","createdAt":1646200779733,'
    '"updatedAt":1646200779736,"symbol":"BTCPERP","orderStatus":"Filled","side":"Buy","price":"44283.5",'
    '"qty":"0.002","cumExecQty":"0.002","leavesQty":"0","orderIM":"0","realisedPnl":"None","orderType":"Limit",'
    '"reduceOnly":0,"timeInForce":"GoodTillCancel","cumExecFee":"0.0664","orderPnl":"","basePrice":"",'
    '"cumExecValue":"88.555","closeOnTrigger":"false","triggerBy":"UNKNOWN","takeProfit":"0",'
    '"cancelType":"UNKNOWN"}]',
    "user.openapi.perp.position": '[{"symbol":"BTCPERP","positionStatus":"NORMAL","side":"Sell","size":"0.002",'
    '"entryPrice":"44277.5","markPrice":"44285.75","positionIM":"8.9","positionMM":"0.5","positionValue":"88.555",'
    '"liqPrice":"","unrealisedPnl":"-0.0165","cumRealisedPnl":"0.0000","sessionUPL":"0.00875","createdAt":'
    '1646200779751,"updatedAt":1646200779752,"tpSLMode":"UNKNOWN","leverage":1000,"trailingStop":"",'
    '"deleverageIndicator":0,"riskId":"10001"}]',
    "user.openapi.perp.trade": '[{"orderId":"so-1","orderLinkId":"mine","tradeId":"st-1","symbol":"BTCPERP",'
    '"side":"Buy","execPrice":"44277.5","execQty":"0.002","execFee":"0.0664","feeRate":"0.00075",'
    '"tradeTime":1646200779736,"lastLiquidityInd":"TAKER","execValue":"88.555","execType":"TRADE"}]',
}

SEED: dict[str, str] = {
    "orderBookL2_25.BTCPERP": '{"topic":"orderBookL2_25.BTCPERP","type":"snapshot","data":{"orderBook":['
    '{"price":"56347.50","symbol":"BTCPERP","id":"563475000","side":"Buy","size":4.512},'
    '{"price":"56805.50","symbol":"BTCPERP","id":"568055000","side":"Sell","size":1}]},'
    '"crossSeq":"122458406","timestampE6":"1638426051379488"}',
    "orderBook_200.100ms.BTCPERP": '{"topic":"orderBook_200.100ms.BTCPERP","type":"delta","data":{"delete":['
    '{"price":"56805.50","symbol":"BTCPERP","id":"568055000","side":"Sell"}],"update":[{"price":"56347.50",'
    '"symbol":"BTCPERP","id":"563475000","side":"Buy","size":2.429}],"insert":[{"price":"56810.00",'
    '"symbol":"BTCPERP","id":"568100000","side":"Sell","size":0.485}]},"crossSeq":"122458433",'
    '"timestampE6":"1638426051822077"}',
    "trade.BTCPERP": '{"topic":"trade.BTCPERP","data":[{"symbol":"BTCPERP","tickDirection":"MinusTick",'
    '"price":"56689.00","size":0.15,"timestamp":"2021-12-02T06:37:25.000Z","tradeTimeMs":"1638427045643",'
    '"side":"Sell","tradeId":"pt-1"}]}',
    "instrument_info.100ms.BTCPERP": '{"topic":"instrument_info.100ms.BTCPERP","type":"delta","data":{"update":['
    '{"id":1,"symbol":"BTCPERP","markPriceE4":"567607800","markPrice":"56760.78","crossSeq":"122596005",'
    '"updatedAt":"2021-12-02T07:10:41.000Z"}]},"crossSeq":"122596143","timestampE6":"1638429048145806"}',
    "candle.1.BTCPERP": '{"topic":"candle.1.BTCPERP","data":[{"start":1638429120,"end":1638429180,"period":"1",'
    '"open":56823.5,"close":56806,"high":56855.5,"low":56791,"volume":2.817,"turnover":160070.652,"confirm":false,'
    '"crossSeq":122599728,"timestamp":1638429160388749}],"timestampE6":1638429160388752}',
    "user.service": '{"id":"8","topic":"user.service","creationTime":1660535756358,"data":{"pushId":"11",'
    '"serviceType":"PORTFOLIO_MARGIN","operationType":"SELF","serviceStep":"OPEN","serviceStatus":"SUCCESS",'
    '"version":18}}',
    **{topic: seed_private(topic, rows) for topic, rows in PRIVATE_DATA.items()},
}


def objects(frame: str | bytes | dict[str, Any], protocol: Protocol = "v5", topic: str | None = None) -> list[Any]:
    """The objects that subscribers get of a frame, as it names its topic or, where that differs, of ``topic``."""
    raw = orjson.dumps(frame) if isinstance(frame, dict) else frame
    push = DIALECTS[protocol].read(raw.encode() if isinstance(raw, str) else raw)
    assert isinstance(push, Push), push
    model: type[Row] = CHANNELS[protocol].lookup(topic or push.channel).model
    return decoder(model)(push.rows, push.message)
