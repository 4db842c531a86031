"""Every channel of OKX V5 with what its pushes carry, written down apart from the exchange that is tested.

A channel is a line ``path name who [envelope] [tier:fee tier] argument... [omits:argument]`` (``who``: ``anyone``,
after a ``login``, or ``own`` data with ``uid`` in the argument of pushes; ``envelope``: the key beside ``arg`` and
``data``; an argument in whose place another may be given is ``instFamily|instId=...``), followed by the fields of its
rows: ``name`` a text, ``name:int``, ``name:bool``, ``name*`` a list of texts, ``name?`` an object or null,
``name[...]`` a list of objects, ``name{...}`` an object, ``name#4`` a list of rows with so many columns, ``...``
whatever comes (no longer documented).
"""

from __future__ import annotations

from typing import NamedTuple

_CHANNELS = """\
public tickers anyone instId=BTC-USDT
    instType instId last lastSz askPx askSz bidPx bidSz open24h high24h low24h volCcy24h vol24h sodUtc0 sodUtc8 ts
public trades anyone instId=BTC-USDT
    instId tradeId px sz side ts count source seqId:int
public option-trades anyone instType=OPTION instFamily|instId=BTC-USD
    instId instFamily tradeId px sz side optType fillVol fwdPx idxPx markPx ts
public call-auction-details anyone instId=BTC-USDT
    instId eqPx matchedSz unmatchedSz auctionEndTime state ts
public books anyone action instId=BTC-USDT
    asks#4 bids#4 ts checksum:int prevSeqId:int seqId:int
public books5 anyone instId=BTC-USDT
    asks#4 bids#4 instId ts seqId:int
public bbo-tbt anyone instId=BTC-USDT
    asks#4 bids#4 ts seqId:int
public books50-l2-tbt login action tier:VIP4 instId=BTC-USDT
    asks#4 bids#4 ts checksum:int prevSeqId:int seqId:int
public books-l2-tbt login action tier:VIP4 instId=ETH-USDT
    asks#4 bids#4 ts checksum:int prevSeqId:int seqId:int
public books-rpi anyone action instId=BTC-USDT
    asks#4 bids#4 ts prevSeqId:int seqId:int
public books-elp anyone action instId=BTC-USDT
    asks#4 bids#4 ts checksum:int prevSeqId:int seqId:int
public instruments anyone instType=SWAP
    instType seriesId instId uly groupId instFamily category baseCcy quoteCcy settleCcy ctVal ctMult ctValCcy
    optType stk listTime auctionEndTime contTdSwTime preMktSwTime openType expTime lever tickSz lotSz minSz ctType
    alias state ruleType maxLmtSz maxMktSz maxTwapSz maxIcebergSz maxTriggerSz maxStopSz futureSettlement:bool
    instIdCode:int instCategory upcChg[param newValue effTime] maxLmtAmt maxMktAmt
public event-contract-markets anyone instType=EVENTS omits:instType
    seriesId eventId instId listTime fixTime expTime state outcome floorStrike capStrike settleValue disputed:bool
    hitDir
public open-interest anyone instId=BTC-USDT-SWAP
    instType instId oi oiCcy oiUsd ts
public funding-rate anyone instId=BTC-USDT-SWAP
    instType instId method formulaType fundingRate nextFundingRate fundingTime nextFundingTime minFundingRate
    maxFundingRate interestRate impactValue settState settFundingRate premium ts
public price-limit anyone instId=BTC-USDT
    instType instId buyLmt sellLmt ts enabled:bool
public opt-summary anyone instFamily=BTC-USD
    instType instId uly delta gamma vega theta deltaBS gammaBS vegaBS thetaBS lever markVol bidVol askVol realVol
    volLv fwdPx ts
public estimated-price anyone instType=OPTION instFamily|instId=BTC-USD
    instType instId settleType settlePx ts
public mark-price anyone instId=BTC-USDT
    instType instId markPx ts
public index-tickers anyone instId=BTC-USDT
    instId idxPx open24h high24h low24h sodUtc0 sodUtc8 ts
public liquidation-orders anyone instType=SWAP
    instType instId uly details[side posSide bkPx sz bkLoss ccy ts] instFamily
public adl-warning anyone instType=SWAP
    instType instFamily state bal ccy maxBal maxBalTs adlType adlBal adlRecBal ts decRate adlRate adlRecRate
public status anyone
    title state begin end preOpenBegin href serviceType system scheDesc maintType env ts
private account own eventType
    uTime totalEq isoEq adjEq availEq ordFroz imr mmr borrowFroz mgnRatio notionalUsd notionalUsdForBorrow
    notionalUsdForSwap notionalUsdForFutures notionalUsdForOption upl delta deltaLever deltaNeutralStatus
    details[ccy eq cashBal uTime isoEq availEq disEq fixedBal availBal frozenBal ordFrozen liab upl uplLiab
    crossLiab isoLiab rewardBal mgnRatio imr mmr interest twap frpType maxLoan eqUsd borrowFroz notionalLever
    coinUsdPrice stgyEq isoUpl spotInUseAmt clSpotInUseAmt maxSpotInUseAmt spotIsoBal smtSyncEq spotCopyTradingEq
    spotBal openAvgPx accAvgPx spotUpl spotUplRatio totalPnl totalPnlRatio colRes colBorrAutoConversion
    collateralRestrict:bool collateralEnabled:bool autoLendStatus autoLendMtAmt]
private positions own eventType instType=ANY
    instType mgnMode posId posSide pos hedgedPos baseBal quoteBal baseBorrowed baseInterest quoteBorrowed
    quoteInterest posCcy availPos avgPx upl uplRatio uplLastPx uplRatioLastPx instId lever liqPx markPx imr margin
    mgnRatio mmr liab liabCcy interest tradeId notionalUsd optVal pendingCloseOrdLiabVal adl bizRefId bizRefType
    ccy last idxPx usdPx bePx deltaBS deltaPA gammaBS gammaPA thetaBS thetaPA vegaBS vegaPA spotInUseAmt
    spotInUseCcy clSpotInUseAmt maxSpotInUseAmt realizedPnl pnl fee fundingFee liqPenalty closeOrderAlgo[algoId
    slTriggerPx slTriggerPxType tpTriggerPx tpTriggerPxType closeFraction] cTime uTime pTime nonSettleAvgPx
    settledPnl
private balance_and_position own
    pTime eventType balData[ccy cashBal uTime] posData[posId tradeId instId instType mgnMode avgPx ccy posSide pos
    baseBal quoteBal posCcy nonSettleAvgPx settledPnl uTime] trades[instId tradeId]
private liquidation-warning own instType=ANY
    instType mgnMode posId posSide pos posCcy instId lever markPx mgnRatio ccy cTime uTime pTime
private account-greeks own
    deltaBS deltaPA gammaBS gammaPA thetaBS thetaPA vegaBS vegaPA ccy ts
private orders own instType=ANY
    instType instId tgtCcy ccy ordId clOrdId tag px pxUsd pxVol pxType sz notionalUsd ordType side posSide tdMode
    fillPx tradeId fillSz fillPnl fillTime fillFee fillFeeCcy fillPxVol fillPxUsd fillMarkVol fillFwdPx fillMarkPx
    fillIdxPx execType accFillSz fillNotionalUsd avgPx state lever attachAlgoClOrdId tpTriggerPx tpTriggerPxType
    tpOrdPx slTriggerPx slTriggerPxType slOrdPx attachAlgoOrds[attachAlgoId attachAlgoClOrdId tpOrdKind
    tpTriggerPx tpTriggerRatio tpTriggerPxType tpOrdPx slTriggerPx slTriggerRatio slTriggerPxType slOrdPx sz
    amendPxOnTriggerType callbackRatio callbackSpread activePx] linkedAlgoOrd{algoId} stpId stpMode feeCcy fee
    rebateCcy rebate pnl source cancelSource amendSource category isTpLimit uTime cTime reqId amendResult
    reduceOnly quickMgnType algoClOrdId algoId lastPx code msg tradeQuoteCcy outcome cancelSourceReason
private fills own tier:VIP4
    instId fillSz fillPx side ts ordId clOrdId tradeId execType count
business trades-all anyone instId=BTC-USDT
    instId tradeId px sz side source ts
business economic-calendar login tier:VIP1
    event region category actual previous forecast prevInitial date refDate calendarId unit ccy importance ts
business public-struc-block-trades anyone
    cTime blockTdId groupId legs[instId px sz side tradeId]
business public-block-trades anyone instId=BTC-USDT-SWAP
    instId tradeId px sz side fillVol fwdPx idxPx markPx groupId ts
business block-tickers anyone instId=BTC-USDT-SWAP omits:instId
    instId instType volCcy24h vol24h ts
business sprd-bbo-tbt anyone sprdId=BTC-USDT_BTC-USDT-SWAP
    asks#3 bids#3 ts seqId:int
business sprd-books5 anyone sprdId=BTC-USDT_BTC-USDT-SWAP
    asks#3 bids#3 ts seqId:int
business sprd-books-l2-tbt anyone action sprdId=BTC-USDT_BTC-USDT-SWAP
    asks#3 bids#3 ts checksum:int prevSeqId:int seqId:int
business sprd-public-trades anyone sprdId=BTC-USDT_BTC-USDT-SWAP
    sprdId tradeId px sz side ts
business sprd-tickers anyone sprdId=BTC-USDT_BTC-USDT-SWAP
    sprdId last lastSz askPx askSz bidPx bidSz open24h high24h low24h vol24h ts
business orders-algo own instType=ANY
    instType instId ccy ordId ordIdList* subAlgoIdList* algoId clOrdId sz ordType side posSide tdMode tgtCcy lever
    state tpTriggerPx tpTriggerPxType tpOrdPx slTriggerPx slTriggerPxType slOrdPx triggerPx triggerPxType ordPx
    advanceOrdType advChaseParams[chaseType chaseVal maxChaseType maxChaseVal] last actualSz actualPx notionalUsd
    tag actualSide triggerTime reduceOnly failCode algoClOrdId reqId amendResult amendPxOnTriggerType
    attachAlgoOrds[attachAlgoClOrdId tpTriggerPx tpTriggerRatio tpTriggerPxType tpOrdPx slTriggerPx slTriggerRatio
    slTriggerPxType slOrdPx callbackRatio callbackSpread activePx] linkedOrd{ordId} cTime uTime isTradeBorrowMode
    chaseType chaseVal maxChaseType maxChaseVal tradeQuoteCcy closeFraction quickMgnType
business algo-advance own instType=ANY
    instType instId ccy ordId algoId clOrdId sz side posSide tdMode tgtCcy lever state tpTriggerPx tpOrdPx
    slTriggerPx slOrdPx triggerPx ordPx actualSz actualPx notionalUsd tag actualSide triggerTime cTime pxVar
    pxSpread szLimit pxLimit timeInterval count callbackRatio callbackSpread activePx moveTriggerPx failCode
    algoClOrdId reduceOnly pTime isTradeBorrowMode:bool tradeQuoteCcy ordType
business grid-orders-spot own instType=SPOT
    algoId algoClOrdId instType instId cTime uTime algoOrdType state rebateTrans[rebate rebateCcy]
    triggerParams[triggerAction triggerStrategy delaySeconds triggerTime triggerType timeframe thold triggerCond
    timePeriod triggerPx stopType] maxPx minPx gridNum runType tpTriggerPx slTriggerPx tradeNum arbitrageNum
    singleAmt perMinProfitRate perMaxProfitRate runPx totalPnl pnlRatio investment gridProfit floatProfit
    totalAnnualizedRate annualizedRate cancelType stopType quoteSz baseSz curQuoteSz curBaseSz profit stopResult
    activeOrdNum tag profitSharingRatio copyType pTime tradeQuoteCcy
business grid-orders-contract own instType=SWAP
    algoId algoClOrdId instType instId cTime uTime algoOrdType state rebateTrans[rebate rebateCcy]
    triggerParams[triggerAction triggerStrategy delaySeconds triggerTime triggerType timeframe thold triggerCond
    timePeriod triggerPx stopType] maxPx minPx gridNum runType tpTriggerPx slTriggerPx tradeNum arbitrageNum
    singleAmt perMinProfitRate perMaxProfitRate runPx totalPnl pnlRatio investment gridProfit floatProfit
    totalAnnualizedRate annualizedRate cancelType stopType direction basePos:bool sz lever actualLever liqPx
    ordFrozen availEq eq activeOrdNum tag profitSharingRatio copyType tpRatio slRatio fee fundingFee pTime
business grid-positions own algoId=4480001
    algoId algoClOrdId instType instId cTime uTime avgPx ccy lever liqPx posSide pos mgnMode mgnRatio imr mmr upl
    uplRatio last notionalUsd adl markPx pTime
business grid-sub-orders own algoId=4480001
    algoId algoClOrdId instType instId algoOrdType groupId ordId cTime uTime tdMode tag ordType sz state side px
    fee feeCcy rebate rebateCcy avgPx accFillSz posSide pnl ctVal lever pTime
business algo-recurring-buy own instType=SPOT
    algoId algoClOrdId instType cTime uTime algoOrdType state stgyName recurringList[ccy ratio minPx maxPx
    totalAmt profit avgPx px] period recurringDay recurringHour recurringTime timeZone amt investmentAmt
    investmentCcy nextInvestTime totalPnl totalAnnRate pnlRatio mktCap cycles tag pTime tradeQuoteCcy
    recurringTimeType recurringTimeMinutes source*
business copytrading-lead-notification own instType=SWAP
    instType infoType subPosId uniqueCode instId side posSide maxLeadTraderNum minLeadEq
business deposit-info own
    uid subAcct pTime ccy chain amt from areaCodeFrom to txId ts state depId fromWdId actualDepBlkConfirm
business withdrawal-info own
    uid subAcct pTime ccy chain nonTradableAsset:bool amt ts from areaCodeFrom to areaCodeTo toAddrType tag pmtId
    memo addrEx? txId fee feeCcy state wdId clientId note
business rfqs own
    cTime uTime state counterparties* validUntil clRfqId tag flowType traderCode rfqId allowPartialExecution:bool
    legs[instId tdMode ccy sz side posSide tgtCcy tradeQuoteCcy] groupId acctAlloc[acct legs[instId sz tdMode ccy
    posSide]]
business quotes own
    cTime uTime state reason validUntil rfqId clRfqId quoteId clQuoteId tag traderCode quoteSide legs[instId
    tdMode ccy sz px side posSide tgtCcy tradeQuoteCcy]
business struc-block-trades own
    cTime rfqId clRfqId quoteId clQuoteId blockTdId tag tTraderCode mTraderCode isSuccessful:bool errorCode
    legs[instId px sz side tgtCcy fee feeCcy tradeId] acctAlloc[blockTdId errorCode acct legs[instId sz tradeId
    fee feeCcy]]
business sprd-orders own
    sprdId ordId clOrdId tag px sz ordType side fillSz fillPx tradeId accFillSz pendingFillSz pendingSettleSz
    canceledSz avgPx state cancelSource uTime cTime code msg reqId amendResult
business sprd-trades own
    sprdId tradeId ordId clOrdId tag fillPx fillSz side state execType ts legs[instId px sz szCont side fillPnl
    fee feeCcy tradeId] code msg
business grid-orders-moon own instType=SPOT
    algoId algoClOrdId instType instId cTime uTime algoOrdType state rebateTrans[rebate rebateCcy]
    triggerParams[triggerAction triggerStrategy delaySeconds triggerTime triggerType timeframe thold triggerCond
    timePeriod triggerPx stopType] maxPx minPx gridNum runType tpTriggerPx slTriggerPx tradeNum arbitrageNum
    singleAmt perMinProfitRate perMaxProfitRate runPx totalPnl pnlRatio investment gridProfit floatProfit
    totalAnnualizedRate annualizedRate cancelType stopType quoteSz baseSz curQuoteSz curBaseSz profit stopResult
    activeOrdNum tag profitSharingRatio copyType pTime tradeQuoteCcy
business copytrading-notification own instType=SWAP
    ...
"""
_SHORT = "1m 3m 5m 15m 30m 1H 2H 4H"
_LONG = "6H 12H 1D 2D 3D 5D 1W 1M 3M"
_UTC = " ".join(f"{bar}utc" for bar in _LONG.split())
#: Prefix, columns of a row, argument, bars.
_CANDLES = (
    ("candle", 9, "instId=BTC-USDT", f"1s {_SHORT} {_LONG} {_UTC}"),
    ("mark-price-candle", 6, "instId=BTC-USDT-SWAP", f"{_SHORT} {_LONG} {_UTC} 1Yutc"),
    ("index-candle", 6, "instId=BTC-USDT", f"{_SHORT} {_LONG} {_UTC}"),
    ("sprd-candle", 7, "sprdId=BTC-USDT_BTC-USDT-SWAP", f"{_SHORT} {_LONG} {_UTC}"),
)


class Expected(NamedTuple):
    """One channel: how to ask for it, and the shape of its pushes (``columns`` for candles, else ``fields``).

    ``required``: what must be given, with ``|`` between alternatives; ``method``: of the client.
    """

    path: str
    name: str
    who: str
    arg: dict[str, str]
    envelope: str
    omits: str
    fields: str
    columns: int = 0
    required: str = ""
    tier: str | None = None
    method: str = ""

    @property
    def request(self) -> dict[str, str]:
        """The argument of a subscribe request."""
        return {"channel": self.name, **self.arg}

    @property
    def login(self) -> bool:
        """Whether it is behind a login."""
        return self.who != "anyone"


def _channel(head: str) -> Expected:
    path, name, who, *rest = head.split()
    given = [word.partition("=") for word in rest if "=" in word]
    told = dict(word.split(":") for word in rest if word.startswith(("omits:", "tier:")))
    return Expected(
        path,
        name,
        who,
        {key.partition("|")[0]: value for key, _, value in given},
        next((word for word in rest if word in ("action", "eventType")), ""),
        told.get("omits", ""),
        "",
        required=" ".join(key for key, _, _ in given),
        tier=told.get("tier"),
        method=_method(name),
    )


def _method(name: str) -> str:
    return "subscribe_" + name.replace("-", "_")


def _parsed() -> list[Expected]:
    found: list[Expected] = []
    for line in _CHANNELS.splitlines():
        if line.startswith(" "):
            found[-1] = found[-1]._replace(fields=f"{found[-1].fields} {line.strip()}".strip())
        else:
            found.append(_channel(line))
    for prefix, columns, given, bars in _CANDLES:
        key, _, value = given.partition("=")
        one = Expected(
            "business", prefix, "anyone", {key: value}, "", "", "", columns, key, None, _method(f"{prefix}s")
        )
        found += [one._replace(name=prefix + bar) for bar in bars.split()]
    return found


EXPECTED = _parsed()
