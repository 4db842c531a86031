"""The endpoints beyond trading and market data, as OKX documents them: money, bots, blocks, earning, programmes.

One line each, as in ``trading_endpoints``: method, path, whether calls are signed, parameters by wire name.
"""

from __future__ import annotations

TABLE = """
GET asset/currencies signed: ccy
GET asset/balances signed: ccy
GET asset/non-tradable-assets signed: ccy
GET asset/asset-valuation signed: ccy
POST asset/transfer signed: ccy* amt* from* to* type subAcct loanTrans omitPosRisk clientId instId toInstId
GET asset/transfer-state signed: transId clientId type
GET asset/bills signed: ccy type after before limit clientId pagingType thirdPartyType
GET asset/bills-history signed: ccy type thirdPartyType clientId after before limit pagingType
GET asset/deposit-address signed: ccy*
GET asset/deposit-history signed: ccy type state after before limit txId depId fromWdId
POST asset/withdrawal signed: ccy* amt* dest* toAddr* chain areaCode clientId toAddrType rcvrInfo rcvrInfo.walletType*
    rcvrInfo.exchId rcvrInfo.rcvrFirstName rcvrInfo.rcvrLastName rcvrInfo.rcvrCountry rcvrInfo.rcvrCountrySubDivision
    rcvrInfo.rcvrTownName rcvrInfo.rcvrStreetName
POST asset/cancel-withdrawal signed: wdId*
GET asset/withdrawal-history signed: ccy wdId clientId txId type state after before limit toAddrType
GET asset/deposit-withdraw-status signed: wdId txId ccy to chain
GET asset/exchange-list open:
POST asset/monthly-statement signed: month
GET asset/monthly-statement signed: month*
GET asset/convert/currencies signed:
GET asset/convert/currency-pair signed: fromCcy* toCcy* convertMode
POST asset/convert/estimate-quote signed: baseCcy* quoteCcy* side* rfqSz* rfqSzCcy* clQReqId tag convertMode
POST asset/convert/trade signed: quoteId* baseCcy* quoteCcy* side* sz* szCcy* clTReqId tag convertMode
GET asset/convert/history signed: clTReqId after before limit tag
GET users/subaccount/list signed: enable subAcct after before limit
POST users/subaccount/create-subaccount signed: subAcct* type* label pwd
GET users/subaccount/apikey signed: subAcct* apiKey
POST users/subaccount/apikey signed: subAcct* label* passphrase* perm ip
POST users/subaccount/modify-apikey signed: subAcct* apiKey* label perm ip
POST users/subaccount/delete-apikey signed: subAcct* apiKey*
POST users/subaccount/set-transfer-out signed: subAcct* canTransOut
GET users/entrust-subaccount-list signed: subAcct
GET account/subaccount/balances signed: subAcct*
GET account/subaccount/max-withdrawal signed: subAcct* ccy
GET asset/subaccount/balances signed: subAcct* ccy
GET asset/subaccount/bills signed: ccy type subAcct after before limit
GET asset/subaccount/managed-subaccount-bills signed: ccy type subAcct subUid after before limit
POST asset/subaccount/transfer signed: ccy* amt* from* to* fromSubAccount* toSubAccount* loanTrans omitPosRisk
POST sprd/order signed: sprdId* side* ordType* sz* px clOrdId tag
POST sprd/cancel-order signed: ordId clOrdId
POST sprd/mass-cancel signed: sprdId
POST sprd/amend-order signed: ordId clOrdId reqId newSz newPx
POST sprd/cancel-all-after signed: timeOut*
GET sprd/order signed: ordId clOrdId
GET sprd/orders-pending signed: sprdId ordType state beginId endId limit
GET sprd/orders-history signed: sprdId ordType state beginId endId begin end limit
GET sprd/orders-history-archive signed: sprdId ordType state instType instFamily beginId endId begin end limit
GET sprd/trades signed: sprdId tradeId ordId beginId endId begin end limit
GET sprd/spreads open: baseCcy instId sprdId state
GET sprd/books open: sprdId* sz
GET sprd/public-trades open: sprdId
GET rfq/counterparties signed:
POST rfq/create-rfq signed: counterparties* legs* legs.instId* legs.sz* legs.side* legs.tdMode legs.ccy legs.lmtPx
    legs.posSide legs.tgtCcy legs.tradeQuoteCcy anonymous clRfqId tag allowPartialExecution acctAlloc acctAlloc.acct*
    acctAlloc.legs* acctAlloc.legs.instId* acctAlloc.legs.sz* acctAlloc.legs.tdMode acctAlloc.legs.ccy
    acctAlloc.legs.posSide
POST rfq/cancel-rfq signed: rfqId clRfqId
POST rfq/cancel-batch-rfqs signed: rfqIds clRfqIds
POST rfq/cancel-all-rfqs signed:
POST rfq/execute-quote signed: rfqId* quoteId* legs legs.instId* legs.sz*
GET rfq/maker-instrument-settings signed:
POST rfq/maker-instrument-settings signed: [] instType* includeAll data* data.instFamily data.instId data.maxBlockSz
    data.makerPxBand
POST rfq/mmp-reset signed:
GET rfq/mmp-config signed:
POST rfq/mmp-config signed: timeInterval* frozenInterval* countLimit*
POST rfq/create-quote signed: rfqId* quoteSide* legs* legs.instId* legs.sz* legs.px* legs.side* legs.tdMode legs.ccy
    legs.posSide legs.tgtCcy legs.tradeQuoteCcy clQuoteId tag anonymous expiresIn
POST rfq/cancel-quote signed: quoteId clQuoteId rfqId
POST rfq/cancel-batch-quotes signed: quoteIds clQuoteIds
POST rfq/cancel-all-quotes signed:
POST rfq/cancel-all-after signed: timeOut*
GET rfq/rfqs signed: rfqId clRfqId state beginId endId limit
GET rfq/quotes signed: rfqId clRfqId quoteId clQuoteId state beginId endId limit
GET rfq/trades signed: rfqId clRfqId quoteId blockTdId clQuoteId beginId endId beginTs endTs limit isSuccessful
GET rfq/public-trades open: beginId endId limit
POST tradingBot/grid/order-algo signed: instId* algoOrdType* maxPx* minPx* gridNum* runType tpTriggerPx slTriggerPx
    algoClOrdId tag profitSharingRatio triggerParams triggerParams.triggerAction* triggerParams.triggerStrategy*
    triggerParams.delaySeconds triggerParams.timeframe triggerParams.thold triggerParams.triggerCond
    triggerParams.timePeriod triggerParams.triggerPx triggerParams.stopType quoteSz baseSz tradeQuoteCcy sz direction
    lever basePos tpRatio slRatio
POST tradingBot/grid/copy-order-algo signed: instId* algoOrdType* sourceAlgoId* quoteSz lever autoReserve sz
    actualMarginSz extraMarginSz algoClOrdId tag
POST tradingBot/grid/amend-order-algo signed: algoId* instId* slTriggerPx tpTriggerPx tpRatio slRatio topUpAmt
    triggerParams triggerParams.triggerAction* triggerParams.triggerStrategy* triggerParams.delaySeconds
    triggerParams.timeframe triggerParams.thold triggerParams.triggerCond triggerParams.timePeriod
    triggerParams.triggerPx triggerParams.stopType
POST tradingBot/grid/amend-algo-basic-param signed: algoId* minPx* maxPx* gridNum* topupAmount
POST tradingBot/grid/stop-order-algo signed: [] algoId* instId* algoOrdType* stopType*
POST tradingBot/grid/close-position signed: algoId* mktClose* sz px
POST tradingBot/grid/cancel-close-order signed: algoId* ordId*
POST tradingBot/grid/order-instant-trigger signed: algoId* topUpAmt
GET tradingBot/grid/orders-algo-pending signed: algoOrdType* algoId instId instType after before limit
GET tradingBot/grid/orders-algo-history signed: algoOrdType* algoId instId instType after before limit
GET tradingBot/grid/orders-algo-details signed: algoOrdType* algoId*
GET tradingBot/grid/sub-orders signed: algoOrdType* algoId* type* groupId after before limit
GET tradingBot/grid/positions signed: algoOrdType* algoId*
POST tradingBot/grid/withdraw-income signed: algoId*
POST tradingBot/grid/compute-margin-balance signed: algoId* type* amt
POST tradingBot/grid/margin-balance signed: algoId* type* amt percent
POST tradingBot/grid/adjust-investment signed: algoId* amt* allowReinvestProfit
GET tradingBot/grid/ai-param open: algoOrdType* instId* direction duration
POST tradingBot/grid/min-investment open: instId* algoOrdType* maxPx* minPx* gridNum* runType* direction lever basePos
    investmentType triggerStrategy topUpAmt investmentData investmentData.amt* investmentData.ccy*
GET tradingBot/public/rsi-back-testing open: instId* timeframe* thold* timePeriod* triggerCond duration
GET tradingBot/grid/grid-quantity open: instId* runType* algoOrdType* maxPx* minPx* lever
POST tradingBot/dca/create signed: instId* algoOrdType* initOrdAmt* allowReinvest safetyOrdAmt maxSafetyOrds* pxSteps
    pxStepsMult volMult tpPct* slPct slMode direction lever triggerParams* triggerParams.triggerAction*
    triggerParams.triggerStrategy* triggerParams.timeframe triggerParams.thold triggerParams.triggerCond
    triggerParams.timePeriod triggerParams.triggerPx profitSharingRatio trackingMode tag algoClOrdId tradeQuoteCcy
    reserveFunds
POST tradingBot/dca/amend-order-algo signed: algoId* pxSteps* pxStepsMult* volMult* tpPct* slPct* initOrdAmt*
    safetyOrdAmt* maxSafetyOrds* reserveFunds* triggerParams* triggerParams.triggerAction*
    triggerParams.triggerStrategy* triggerParams.timeframe triggerParams.thold triggerParams.triggerCond
    triggerParams.timePeriod triggerParams.triggerPx
POST tradingBot/dca/stop signed: algoId* algoOrdType* stopType
POST tradingBot/dca/orders/manual-buy signed: algoId* algoOrdType* price* amt* ordType tradeQuoteCcy tag
POST tradingBot/dca/margin/add signed: algoId* amt*
POST tradingBot/dca/margin/reduce signed: algoId* amt*
POST tradingBot/dca/settings/take-profit signed: algoId* algoOrdType* tpPrice*
POST tradingBot/dca/settings/reinvestment signed: algoId* algoOrdType* allowReinvest*
GET tradingBot/dca/ongoing-list signed: algoOrdType* algoId after before limit instId
GET tradingBot/dca/history-list signed: algoOrdType* algoId after before limit instId
GET tradingBot/dca/position-details signed: algoId* algoOrdType*
GET tradingBot/dca/cycle-list signed: algoId* algoOrdType* instId after before limit
GET tradingBot/dca/orders signed: algoId* algoOrdType* cycleId after before limit
POST tradingBot/recurring/order-algo signed: stgyName* recurringList* recurringList.ccy* recurringList.ratio*
    recurringList.minPx recurringList.maxPx period* recurringTime* timeZone* amt* investmentCcy* tdMode* recurringDay
    recurringHour algoClOrdId tag tradeQuoteCcy source recurringTimeType
POST tradingBot/recurring/amend-order-algo signed: algoId* stgyName*
POST tradingBot/recurring/amend-recurring-amount signed: algoId* amount*
POST tradingBot/recurring/amend-recurring-time signed: algoId* recurringTimeType* timeZone* period* recurringHour
    recurringDay recurringTime
POST tradingBot/recurring/amend-price-range signed: algoId* recurringList* recurringList.ccy* recurringList.minPx*
    recurringList.maxPx*
POST tradingBot/recurring/add-investment signed: algoId* amount*
POST tradingBot/recurring/pause signed: algoId*
POST tradingBot/recurring/restart signed: algoId*
POST tradingBot/recurring/stop-order-algo signed: [] algoId*
GET tradingBot/recurring/orders-algo-pending signed: algoId after before limit
GET tradingBot/recurring/orders-algo-history signed: algoId after before limit
GET tradingBot/recurring/orders-algo-details signed: algoId*
GET tradingBot/recurring/sub-orders signed: algoId* ordId after before limit
POST tradingBot/signal/create-signal signed: signalChanName* signalChanDesc
GET tradingBot/signal/signals signed: signalSourceType* signalChanId after before limit
POST tradingBot/signal/order-algo signed: signalChanId* lever* investAmt* subOrdType* includeAll instIds ratio
    entrySettingParam entrySettingParam.allowMultipleEntry entrySettingParam.entryType entrySettingParam.amt
    entrySettingParam.ratio exitSettingParam exitSettingParam.tpSlType exitSettingParam.tpPct exitSettingParam.slPct
POST tradingBot/signal/stop-order-algo signed: [] algoId*
POST tradingBot/signal/margin-balance signed: algoId* type* amt* allowReinvest
POST tradingBot/signal/amendTPSL signed: algoId* exitSettingParam* exitSettingParam.tpSlType* exitSettingParam.tpPct
    exitSettingParam.slPct
POST tradingBot/signal/set-instruments signed: algoId* instIds* includeAll*
GET tradingBot/signal/orders-algo-details signed: algoOrdType* algoId*
GET tradingBot/signal/orders-algo-pending signed: algoOrdType* algoId after before limit
GET tradingBot/signal/orders-algo-history signed: algoOrdType* algoId* after before limit
GET tradingBot/signal/positions signed: algoOrdType* algoId*
GET tradingBot/signal/positions-history signed: algoId* instId after before limit
POST tradingBot/signal/close-position signed: algoId* instId*
POST tradingBot/signal/sub-order signed: instId* algoId* side* ordType* sz* px reduceOnly tag
POST tradingBot/signal/cancel-sub-order signed: algoId* instId* signalOrdId*
GET tradingBot/signal/sub-orders signed: algoId* algoOrdType* state signalOrdId after before begin end limit type
    clOrdId
GET tradingBot/signal/event-history signed: algoId* after before limit
GET copytrading/current-subpositions signed: instType instId after before limit
GET copytrading/subpositions-history signed: instType instId after before limit
POST copytrading/algo-order signed: instType subPosId* tpTriggerPx slTriggerPx tpOrdPx slOrdPx tpTriggerPxType
    slTriggerPxType tag
POST copytrading/close-subposition signed: instType subPosId* ordType px tag
GET copytrading/instruments signed: instType
POST copytrading/set-instruments signed: instType instId*
GET copytrading/profit-sharing-details signed: instType after before limit
GET copytrading/total-profit-sharing signed: instType
GET copytrading/unrealized-profit-sharing-details signed: instType
GET copytrading/total-unrealized-profit-sharing signed: instType
POST copytrading/amend-profit-sharing-ratio signed: instType profitSharingRatio*
GET copytrading/config signed:
POST copytrading/first-copy-settings signed: instType uniqueCode* copyMgnMode* copyInstIdType* instId copyMode
    copyTotalAmt* copyAmt copyRatio tpRatio slRatio slTotalAmt subPosCloseType* tag
POST copytrading/amend-copy-settings signed: instType uniqueCode* copyMgnMode* copyInstIdType* instId copyMode
    copyTotalAmt* copyAmt copyRatio tpRatio slRatio slTotalAmt subPosCloseType* tag
POST copytrading/stop-copy-trading signed: instType uniqueCode* subPosCloseType*
GET copytrading/copy-settings signed: instType uniqueCode*
GET copytrading/current-lead-traders signed: instType
GET copytrading/public-config open: instType
GET copytrading/public-lead-traders open: instType sortType state minLeadDays minAssets maxAssets minAum maxAum
    dataVer page limit
GET copytrading/public-weekly-pnl open: instType uniqueCode*
GET copytrading/public-pnl open: instType uniqueCode* lastDays*
GET copytrading/public-stats open: instType uniqueCode* lastDays*
GET copytrading/public-preference-currency open: instType uniqueCode*
GET copytrading/public-current-subpositions open: instType uniqueCode* after before limit
GET copytrading/public-subpositions-history open: instType uniqueCode* after before limit
GET copytrading/public-copy-traders open: instType uniqueCode* limit
POST copytrade/create-sgl-link signed: orderId* instId*
GET finance/savings/balance signed: ccy
POST finance/savings/purchase-redempt signed: ccy* amt* side* rate
POST finance/savings/set-lending-rate signed: ccy* rate*
GET finance/savings/lending-history signed: ccy after before limit
GET finance/savings/lending-rate-summary open: ccy
GET finance/savings/lending-rate-history open: ccy after before limit
GET finance/simple-earn-fixed/offers signed: ccy
GET finance/simple-earn-fixed/order-list signed: ccy state
POST finance/simple-earn-fixed/purchase signed: ccy* amt* term*
POST finance/simple-earn-fixed/redeem signed: reqId*
GET finance/flash-earn/projects signed: status
GET finance/stable-rewards/apy-history open: ccy* days
GET finance/stable-rewards/balance signed: ccy
GET finance/stable-rewards/product-info signed: ccy*
GET finance/okusd/account signed:
GET finance/okusd/limits signed:
GET finance/okusd/rate/history signed: limit begin end
POST finance/okusd/subscribe signed: amt* clOrdId*
POST finance/okusd/redeem signed: amt* redeemType* clOrdId*
GET finance/okusd/subscribe/history signed: limit begin end
GET finance/okusd/redeem/history signed: limit begin end type
GET finance/okusd/rewards/history signed: limit begin end
GET finance/staking-defi/offers signed: productId protocolType ccy
POST finance/staking-defi/purchase signed: productId* investData* investData.ccy* investData.amt* term tag
POST finance/staking-defi/redeem signed: ordId* protocolType* allowEarlyRedeem tag
POST finance/staking-defi/cancel signed: ordId* protocolType*
GET finance/staking-defi/orders-active signed: productId protocolType ccy state
GET finance/staking-defi/orders-history signed: productId protocolType ccy after before limit
GET finance/staking-defi/eth/product-info signed:
POST finance/staking-defi/eth/purchase signed: amt*
POST finance/staking-defi/eth/redeem signed: amt*
POST finance/staking-defi/eth/cancel-redeem signed: ordId*
GET finance/staking-defi/eth/balance signed:
GET finance/staking-defi/eth/purchase-redeem-history signed: after before limit type status
GET finance/staking-defi/eth/apy-history open: days*
GET finance/staking-defi/sol/product-info signed:
POST finance/staking-defi/sol/purchase signed: amt*
POST finance/staking-defi/sol/redeem signed: amt*
POST finance/staking-defi/sol/cancel-redeem signed: ordId*
GET finance/staking-defi/sol/balance signed:
GET finance/staking-defi/sol/purchase-redeem-history signed: after before limit type status
GET finance/staking-defi/sol/apy-history open: days*
GET finance/sfp/dcd/currency-pair signed:
GET finance/sfp/dcd/products signed: baseCcy* quoteCcy* optType*
POST finance/sfp/dcd/quote signed: productId* notionalSz* notionalCcy*
POST finance/sfp/dcd/trade signed: quoteId* clOrdId
POST finance/sfp/dcd/redeem-quote signed: ordId*
POST finance/sfp/dcd/redeem signed: ordId* quoteId*
GET finance/sfp/dcd/order-status signed: ordId*
GET finance/sfp/dcd/order-history signed: ordId productId uly state beginId endId begin end limit
GET finance/flexible-loan/borrow-currencies signed:
GET finance/flexible-loan/collateral-assets signed: ccy ordId
GET finance/flexible-loan/emode-info signed:
POST finance/flexible-loan/max-loan signed: borrowCcy* ordId supCollateral supCollateral.ccy* supCollateral.amt*
POST finance/flexible-loan/borrow signed: loanData* loanData.ccy* loanData.amt* clOrdId* ordId collateralData
    collateralData.ccy* collateralData.amt* eMode
POST finance/flexible-loan/repay signed: ordId* ccy* amt* clOrdId*
GET finance/flexible-loan/max-collateral-redeem-amount signed: ccy* ordId
POST finance/flexible-loan/adjust-collateral signed: ordId collateralCcy* type* collateralAmt*
GET finance/flexible-loan/loan-info signed: ordId
GET finance/flexible-loan/loan-history signed: ordId after before limit type
GET finance/flexible-loan/interest-accrued signed: ordId ccy after before limit
GET fiat/deposit-payment-methods signed: ccy*
GET fiat/withdrawal-payment-methods signed: ccy*
POST fiat/create-withdrawal signed: paymentAcctId* ccy* amt* paymentMethod* clientId*
POST fiat/cancel-withdrawal signed: ordId*
GET fiat/withdrawal-order-history signed: ccy paymentMethod state after before limit
GET fiat/withdrawal signed: ordId*
GET fiat/deposit-order-history signed: ccy paymentMethod state after before limit
GET fiat/deposit signed: ordId*
GET fiat/buy-sell/currencies signed:
GET fiat/buy-sell/currency-pair signed: fromCcy* toCcy*
POST fiat/buy-sell/quote signed: side* fromCcy* toCcy* rfqAmt* rfqCcy*
POST fiat/buy-sell/trade signed: quoteId* side* fromCcy* toCcy* rfqAmt* rfqCcy* paymentMethod* clOrdId*
GET fiat/buy-sell/history signed: ordId clOrdId state begin end limit
GET affiliate/performance/summary signed: periodType begin end
GET affiliate/invitee/list signed: page limit periodType begin end keyword commissionCategory orderBy orderDir
    kycStatus subAffiliateUid uid joinTimeBegin joinTimeEnd
GET affiliate/invitee/detail signed: uid* periodType
GET affiliate/link/list signed: page limit linkType linkStatus
GET affiliate/co-inviter/list signed: page limit linkStatus
GET affiliate/sub-affiliate/list signed: page limit keyword commissionCategory orderBy orderDir
GET affiliate/tvb/performance/summary signed: periodType begin end
GET affiliate/tvb/invitee/list signed: periodType begin end feeTier tradeType keyword orderBy orderDir page limit
GET affiliate/tvb/invitee/detail signed: uid*
GET affiliate/tvb/link/list signed: periodType begin end page limit linkType linkStatus
GET affiliate/tvb/tier-breakdown signed: periodType begin end
GET broker/dma/subaccount-info signed: subAcct uid page limit
GET broker/dma/subaccount-trade-fee signed: subAcct uid page limit
GET broker/dma/subaccount/apikey signed: subAcct* apiKey
POST broker/dma/subaccount/apikey signed: subAcct* label* passphrase* ip perm
POST broker/dma/trades signed: begin* end*
GET broker/dma/rebate-per-orders signed: type* begin end
POST broker/fd/rebate-per-orders signed: begin* end* brokerType
GET broker/fd/rebate-per-orders signed: type* begin end brokerType
GET broker/fd/if-rebate signed: apiKey* brokerType
GET users/glp/todayperformance signed:
GET users/glp/historicalperformance signed: program* begin end limit
POST aigc/mcp/indicators open: instId* timeframes indicators backtestTime
POST aigc/mcp/market-filter open: instType* baseCcy quoteCcy settleCcy instFamily ctType minLast maxLast minChg24hPct
    maxChg24hPct minMarketCapUsd maxMarketCapUsd minVolUsd24h maxVolUsd24h minFundingRate maxFundingRate minOiUsd
    maxOiUsd sortBy sortOrder limit
POST aigc/mcp/oi-change-filter open: instType* bar minOiUsd minVolUsd24h minAbsOiDeltaPct sortBy sortOrder limit
POST aigc/mcp/oi-history open: instId* bar limit ts
GET orbit/currency-sentiment-query signed: ccy period
GET orbit/currency-sentiment-ranking signed: period sortBy limit
GET orbit/news-search signed: sortBy* importance platform ccyList begin end detailLvl limit cursor keyword sentiment
GET orbit/news-detail signed: id*
GET orbit/news-platform signed:
GET skill/categories signed:
GET skill/search signed: keyword categories page limit
POST skill/download/presign signed: name* type
GET skill/file open: token*
"""
