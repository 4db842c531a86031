"""The endpoints of the groups account, trade, algo, market, public, rubik, status and support, as OKX documents them.

One line each: method, path, whether calls are signed, parameters by wire name. ``*`` is required (in a nested object:
in each that is given), ``[]`` a body that is an array. Retired parameters (``uly``, ``speedBump``, ...) are left out.
"""

from __future__ import annotations

TABLE = """
POST account/account-level-switch-preset signed: acctLv* lever riskOffsetType
GET account/account-position-risk signed: instType
POST account/activate-feature signed: feature*
POST account/activate-option signed:
GET account/adjust-leverage-info signed: instType* mgnMode* lever* instId ccy posSide
GET account/balance signed: ccy
GET account/bills signed: instType ccy mgnMode ctType type subType after before begin end limit instId
GET account/bills-archive signed: instType ccy mgnMode ctType type subType after before begin end limit instId
GET account/bills-history-archive signed: year* quarter* type
POST account/bills-history-archive signed: year* quarter* type
GET account/collateral-assets signed: ccy collateralEnabled
GET account/config signed:
POST account/demo-adjust-balance signed: type* adjustments* adjustments.ccy* adjustments.amt*
GET account/greeks signed: ccy
GET account/instruments signed: instType* seriesId instFamily instId
GET account/interest-accrued signed: instId ccy mgnMode after before limit type
GET account/interest-limits signed: type ccy
GET account/interest-rate signed: ccy
GET account/leverage-info signed: mgnMode* instId ccy
GET account/max-avail-size signed: instId* tdMode* ccy reduceOnly tradeQuoteCcy px
GET account/max-loan signed: instId ccy mgnMode* mgnCcy tradeQuoteCcy
GET account/max-size signed: instId* tdMode* ccy px tradeQuoteCcy leverage outcome
GET account/max-withdrawal signed: ccy
GET account/mmp-config signed: instFamily
POST account/mmp-config signed: instFamily* timeInterval* frozenInterval* qtyLimit*
POST account/mmp-reset signed: instType instFamily*
POST account/move-positions signed: fromAcct* toAcct* legs* legs.from* legs.from.posId* legs.from.side*
    legs.from.sz* legs.to* legs.to.tdMode legs.to.posSide legs.to.ccy clientId*
GET account/move-positions-history signed: blockTdId clientId beginTs endTs limit state
POST account/position-builder signed: acctLv inclRealPosAndEq lever greeksType simPos simPos.instId* simPos.pos*
    simPos.avgPx* simPos.lever simAsset simAsset.ccy* simAsset.eq simAsset.amt* idxVol
POST account/position-builder-graph signed: inclRealPosAndEq simPos simPos.instId* simPos.pos* simPos.avgPx*
    simPos.lever simAsset simAsset.ccy* simAsset.amt* greeksType type* mmrConfig* mmrConfig.acctLv mmrConfig.lever
GET account/position-tiers signed: instType* instFamily*
POST account/position/margin-balance signed: instId* posSide* type* amt* loanTrans ccy auto
GET account/positions signed: instType instId posId
GET account/positions-history signed: instType instId mgnMode type posId after before limit
GET account/precheck-set-delta-neutral signed: stgyType*
GET account/risk-state signed:
POST account/set-account-level signed: acctLv*
GET account/set-account-switch-precheck signed: acctLv*
POST account/set-auto-earn signed: earnType ccy* action*
POST account/set-auto-loan signed: autoLoan
POST account/set-auto-repay signed: autoRepay*
POST account/set-collateral-assets signed: type* collateralEnabled* ccyList
POST account/set-fee-type signed: feeType*
POST account/set-greeks signed: greeksType*
POST account/set-isolated-mode signed: isoMode* type*
POST account/set-leverage signed: lever* mgnMode* instId ccy posSide
POST account/set-position-mode signed: posMode*
POST account/set-riskOffset-amt signed: ccy* clSpotInUseAmt*
POST account/set-settle-currency signed: settleCcy*
POST account/set-trading-config signed: type* stgyType
GET account/spot-borrow-repay-history signed: ccy type after before limit
POST account/spot-manual-borrow-repay signed: ccy* side* amt*
GET account/subtypes signed: type
GET account/trade-fee signed: instType* instId groupId instFamily ruleType
GET trade/account-rate-limit signed:
POST trade/amend-batch-orders signed: [] instId* ordId clOrdId reqId cxlOnFail newSz newPx attachAlgoOrds
    attachAlgoOrds.newCallbackRatio attachAlgoOrds.newCallbackSpread attachAlgoOrds.newActivePx
    attachAlgoOrds.attachAlgoId attachAlgoOrds.attachAlgoClOrdId attachAlgoOrds.newTpTriggerPx
    attachAlgoOrds.newTpTriggerRatio attachAlgoOrds.newTpOrdPx attachAlgoOrds.newTpOrdKind
    attachAlgoOrds.newSlTriggerPx attachAlgoOrds.newSlTriggerRatio attachAlgoOrds.newSlOrdPx
    attachAlgoOrds.newTpTriggerPxType attachAlgoOrds.newSlTriggerPxType attachAlgoOrds.sz
    attachAlgoOrds.amendPxOnTriggerType newPxUsd newPxVol pxAmendType rpiTakerAccess rpiPxRound
POST trade/amend-order signed: instId* ordId clOrdId reqId cxlOnFail newSz newPx attachAlgoOrds
    attachAlgoOrds.newCallbackRatio attachAlgoOrds.newCallbackSpread attachAlgoOrds.newActivePx
    attachAlgoOrds.attachAlgoId attachAlgoOrds.attachAlgoClOrdId attachAlgoOrds.newTpTriggerPx
    attachAlgoOrds.newTpTriggerRatio attachAlgoOrds.newTpOrdPx attachAlgoOrds.newTpOrdKind
    attachAlgoOrds.newSlTriggerPx attachAlgoOrds.newSlTriggerRatio attachAlgoOrds.newSlOrdPx
    attachAlgoOrds.newTpTriggerPxType attachAlgoOrds.newSlTriggerPxType attachAlgoOrds.sz
    attachAlgoOrds.amendPxOnTriggerType newPxUsd newPxVol pxAmendType rpiTakerAccess rpiPxRound
POST trade/batch-orders signed: [] instId* tdMode* side* ordType* sz* ccy tag px posSide clOrdId reduceOnly tgtCcy
    pxUsd pxVol banAmend pxAmendType tradeQuoteCcy stpMode outcome attachAlgoOrds attachAlgoOrds.attachAlgoClOrdId
    attachAlgoOrds.tpTriggerPx attachAlgoOrds.tpTriggerRatio attachAlgoOrds.tpOrdPx attachAlgoOrds.tpOrdKind
    attachAlgoOrds.slTriggerPx attachAlgoOrds.slTriggerRatio attachAlgoOrds.slOrdPx attachAlgoOrds.tpTriggerPxType
    attachAlgoOrds.slTriggerPxType attachAlgoOrds.sz attachAlgoOrds.amendPxOnTriggerType
    attachAlgoOrds.callbackRatio attachAlgoOrds.callbackSpread attachAlgoOrds.activePx slippagePct rpiTakerAccess
    rpiPxRound
POST trade/cancel-all-after signed: timeOut* tag
POST trade/cancel-batch-orders signed: [] instId* ordId clOrdId
POST trade/cancel-order signed: instId* ordId clOrdId
POST trade/close-position signed: instId* mgnMode* posSide ccy autoCxl clOrdId tag
POST trade/easy-convert signed: fromCcy* toCcy* source
GET trade/easy-convert-currency-list signed: source
GET trade/easy-convert-history signed: after before limit
GET trade/fills signed: instType instId ordId after before begin end limit instFamily subType
GET trade/fills-history signed: instType* instId ordId after before begin end limit instFamily subType
POST trade/mass-cancel signed: instType* instFamily* lockInterval
POST trade/one-click-repay signed: debtCcy* repayCcy*
GET trade/one-click-repay-currency-list signed: debtType
GET trade/one-click-repay-currency-list-v2 signed:
GET trade/one-click-repay-history signed: after before limit
GET trade/one-click-repay-history-v2 signed: after before limit
POST trade/one-click-repay-v2 signed: debtCcy* repayCcyList*
GET trade/order signed: instId* ordId clOrdId
POST trade/order signed: instId* tdMode* side* ordType* sz* ccy tag px posSide clOrdId reduceOnly tgtCcy pxUsd pxVol
    banAmend pxAmendType tradeQuoteCcy stpMode outcome attachAlgoOrds attachAlgoOrds.attachAlgoClOrdId
    attachAlgoOrds.tpTriggerPx attachAlgoOrds.tpTriggerRatio attachAlgoOrds.tpOrdPx attachAlgoOrds.tpOrdKind
    attachAlgoOrds.slTriggerPx attachAlgoOrds.slTriggerRatio attachAlgoOrds.slOrdPx attachAlgoOrds.tpTriggerPxType
    attachAlgoOrds.slTriggerPxType attachAlgoOrds.sz attachAlgoOrds.amendPxOnTriggerType
    attachAlgoOrds.callbackRatio attachAlgoOrds.callbackSpread attachAlgoOrds.activePx rpiTakerAccess slippagePct
    rpiPxRound
POST trade/order-precheck signed: instId* tdMode* side* posSide ordType* sz* px outcome reduceOnly tgtCcy
    attachAlgoOrds attachAlgoOrds.attachAlgoClOrdId attachAlgoOrds.tpTriggerPx attachAlgoOrds.tpOrdPx
    attachAlgoOrds.tpOrdKind attachAlgoOrds.slTriggerPx attachAlgoOrds.slOrdPx attachAlgoOrds.tpTriggerPxType
    attachAlgoOrds.slTriggerPxType attachAlgoOrds.sz attachAlgoOrds.callbackRatio attachAlgoOrds.callbackSpread
    attachAlgoOrds.activePx attachAlgoOrds.tpTriggerRatio attachAlgoOrds.slTriggerRatio
    attachAlgoOrds.amendPxOnTriggerType
GET trade/orders-history signed: instType* instId ordType state after before limit instFamily begin end category
GET trade/orders-history-archive signed: instType* instId ordType state after before limit instFamily begin end
    category
GET trade/orders-pending signed: instType instId ordType state after before limit instFamily
POST trade/amend-algos signed: instId* algoId algoClOrdId reqId newSz newTpTriggerPx newTpOrdPx newTpTriggerPxType
    newSlTriggerPx newSlOrdPx newSlTriggerPxType cxlOnFail newTriggerPx newOrdPx newTriggerPxType attachAlgoOrds
    attachAlgoOrds.newTpTriggerPx attachAlgoOrds.newTpTriggerPxType attachAlgoOrds.newTpOrdPx
    attachAlgoOrds.newSlTriggerPx attachAlgoOrds.newSlTriggerPxType attachAlgoOrds.newSlOrdPx
    attachAlgoOrds.newCallbackRatio attachAlgoOrds.newCallbackSpread attachAlgoOrds.newActivePx
    attachAlgoOrds.newTpTriggerRatio attachAlgoOrds.newSlTriggerRatio newCallbackRatio newCallbackSpread newActivePx
    advChaseParams advChaseParams.newChaseVal advChaseParams.newMaxChaseVal
POST trade/cancel-algos signed: [] algoId algoClOrdId instId*
GET trade/order-algo signed: algoId algoClOrdId
POST trade/order-algo signed: instId* tdMode* side* ordType* sz ccy posSide reduceOnly algoClOrdId tgtCcy
    closeFraction tradeQuoteCcy triggerPx orderPx advanceOrdType triggerPxType tpTriggerPx tpTriggerPxType tpOrdPx
    tpOrdKind slTriggerPx slTriggerPxType slOrdPx cxlOnClosePos attachAlgoOrds attachAlgoOrds.attachAlgoClOrdId
    attachAlgoOrds.tpTriggerPx attachAlgoOrds.tpTriggerRatio attachAlgoOrds.tpTriggerPxType attachAlgoOrds.tpOrdPx
    attachAlgoOrds.slTriggerPx attachAlgoOrds.slTriggerRatio attachAlgoOrds.slTriggerPxType attachAlgoOrds.slOrdPx
    attachAlgoOrds.tpOrdKind attachAlgoOrds.sz attachAlgoOrds.amendPxOnTriggerType attachAlgoOrds.callbackRatio
    attachAlgoOrds.callbackSpread attachAlgoOrds.activePx callbackRatio callbackSpread activePx chaseType chaseVal
    maxChaseType maxChaseVal pxVar pxSpread szLimit pxLimit timeInterval lmtOrderNumber aggressiveness triggerParams
    triggerParams.triggerAction* triggerParams.triggerStrategy* triggerParams.triggerPx triggerParams.triggerCond
    triggerParams.timeframe triggerParams.thold triggerParams.timePeriod tag pxAmendType tpTriggerRatio
    slTriggerRatio advChaseParams advChaseParams.chaseType advChaseParams.chaseVal advChaseParams.maxChaseType
    advChaseParams.maxChaseVal
GET trade/orders-algo-history signed: ordType* algoId instType instId after before limit state
GET trade/orders-algo-pending signed: ordType* algoId instType instId after before limit
GET market/books open: instId* sz
GET market/books-full open: instId* sz
GET market/books-rpi open: instId* sz
GET market/books-sbe open: instIdCode* source*
GET market/call-auction-details open: instId*
GET market/candles open: instId* bar limit after before adjust
GET market/exchange-rate open:
GET market/history-candles open: instId* after before bar limit adjust
GET market/history-index-candles open: instId* after before bar limit
GET market/history-mark-price-candles open: instId* after before bar limit
GET market/history-trades open: instId* type after before limit
GET market/index-candles open: instId* after before bar limit
GET market/index-components open: index*
GET market/index-tickers open: quoteCcy instId
GET market/mark-price-candles open: instId* after before bar limit
GET market/option/instrument-family-trades open: instFamily*
GET market/platform-24-volume open:
GET market/ticker open: instId*
GET market/tickers open: instType* instFamily
GET market/trades open: instId* limit
GET market/block-ticker open: instId*
GET market/block-tickers open: instType* instFamily
GET public/block-trades open: instId*
GET market/sprd-candles open: sprdId* after before bar limit
GET market/sprd-history-candles open: sprdId* after before bar limit
GET market/sprd-ticker open: sprdId*
GET public/convert-contract-coin open: type instId* sz* px unit opType
GET public/delivery-exercise-history open: instType* instFamily* after before limit
GET public/delta-hedge-currencies open: ccy
GET public/discount-rate-interest-free-quota open: ccy discountLv
GET public/economic-calendar signed: region importance before after limit
GET public/estimated-price open: instId*
GET public/estimated-settlement-info open: instId*
GET public/event-contract/events open: seriesId* eventId state limit before after
GET public/event-contract/markets open: seriesId* eventId instId state limit before after
GET public/event-contract/series open: seriesId
GET public/funding-rate open: instId*
GET public/funding-rate-history open: instId* after before limit
GET public/instrument-tick-bands open: instType* instFamily
GET public/instruments open: instType* seriesId instFamily instId
GET public/insurance-fund open: instType* type ccy before after limit instFamily
GET public/interest-rate-loan-quota open:
GET public/mark-price open: instType* instId instFamily
GET public/market-data-history open: module* instType* instIdList dateAggrType* begin* end* instFamilyList
GET public/mm-instrument-types open: instType instId
GET public/open-interest open: instType* instId instFamily
GET public/opt-summary open: instFamily* expTime
GET public/option-trades open: instId instFamily optType
GET public/position-tiers open: instType* tdMode* instId ccy tier instFamily
GET public/premium-history open: instId* after before limit
GET public/price-limit open: instId*
GET public/settlement-history open: instFamily* after before limit
GET public/time open:
GET public/underlying open: instType*
GET rubik/stat/contracts/long-short-account-ratio open: ccy* begin end period
GET rubik/stat/contracts/long-short-account-ratio-contract open: instId* period end begin limit
GET rubik/stat/contracts/long-short-account-ratio-contract-top-trader open: instId* period end begin limit
GET rubik/stat/contracts/long-short-position-ratio-contract-top-trader open: instId* period end begin limit
GET rubik/stat/contracts/open-interest-history open: instId* period end begin limit
GET rubik/stat/contracts/open-interest-volume open: ccy* begin end period
GET rubik/stat/margin/loan-ratio open: ccy* begin end period
GET rubik/stat/option/open-interest-volume open: ccy* period
GET rubik/stat/option/open-interest-volume-expiry open: ccy* period
GET rubik/stat/option/open-interest-volume-ratio open: ccy* period
GET rubik/stat/option/open-interest-volume-strike open: ccy* expTime* period
GET rubik/stat/option/taker-block-volume open: ccy* period
GET rubik/stat/taker-volume open: ccy* instType* begin end period
GET rubik/stat/taker-volume-contract open: instId* period unit end begin limit
GET rubik/stat/trading-data/support-coin open:
GET system/status open: state
GET support/announcement-types open:
GET support/announcements open: annType page
"""
