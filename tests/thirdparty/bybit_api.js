// What a program does with bybit-api; only the base address is not Bybit's. Prints what it saw as JSON.
"use strict";

const { RestClientV5 } = require("bybit-api");

const { URL: baseUrl, KEY: key, SECRET: secret } = process.env;
const client = new RestClientV5({ key, secret, baseUrl, parseAPIRateLimits: true });
const PERP = { category: "linear", symbol: "BTCUSDT" };
const LIMIT = { ...PERP, side: "Buy", orderType: "Limit", qty: "0.01", price: "60000" };

async function market(seen) {
  seen.time = Number((await client.getServerTime()).result.timeSecond);
  const spot = await client.getInstrumentsInfo({ category: "spot" });
  seen.pairs = spot.result.list.map((row) => row.symbol);
  seen.ticker = (await client.getTickers(PERP)).result.list[0];
  seen.book = (await client.getOrderbook({ ...PERP, limit: 5 })).result;
  seen.candles = (await client.getKline({ ...PERP, interval: "1", limit: 4 })).result.list.length;
  seen.trade = (await client.getPublicTradingHistory({ ...PERP, limit: 1 })).result.list[0].symbol;
}

async function orders(seen) {
  const placed = await client.submitOrder({ ...LIMIT, orderLinkId: "js-1" });
  seen.placed = placed.result;
  seen.limit = placed.rateLimitApi && placed.rateLimitApi.maxRequests;
  await client.amendOrder({ ...PERP, orderLinkId: "js-1", price: "60500" });
  seen.open = (await client.getActiveOrders(PERP)).result.list.map((row) => [row.orderLinkId, row.price]);
  await client.cancelOrder({ ...PERP, orderId: placed.result.orderId });
  seen.history = (await client.getHistoricOrders(PERP)).result.list.map((row) => row.orderStatus);
  const one = { symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.01", price: "60000" };
  const batch = await client.batchSubmitOrders("linear", [one, { ...one, qty: "100" }]);
  seen.batch = batch.retExtInfo.list.map((row) => row.code);
  seen.gone = (await client.cancelAllOrders(PERP)).result.list.length;
  // A page at a time, with the cursor as they send it.
  for (let number = 0; number < 3; number += 1) await client.submitOrder(LIMIT);
  const first = (await client.getActiveOrders({ ...PERP, limit: 2 })).result;
  const next = (await client.getActiveOrders({ ...PERP, limit: 2, cursor: first.nextPageCursor })).result;
  seen.pages = [first.list.length, next.list.length, next.nextPageCursor];
  await client.cancelAllOrders(PERP);
}

async function positions(seen) {
  seen.leverage = (await client.setLeverage({ ...PERP, buyLeverage: "7", sellLeverage: "7" })).retCode;
  await client.submitOrder({ ...LIMIT, orderType: "Market" });
  await client.setTradingStop({ ...PERP, tpslMode: "Full", positionIdx: 0, stopLoss: "50000" });
  const row = (await client.getPositionInfo(PERP)).result.list[0];
  seen.position = [row.side, row.size, row.leverage, row.stopLoss];
  seen.fills = (await client.getExecutionList(PERP)).result.list.map((fill) => fill.execQty);
}

async function account(seen) {
  seen.wallet = (await client.getWalletBalance({ accountType: "UNIFIED" })).result.list[0].accountType;
  seen.margin = (await client.getAccountInfo()).result.marginMode;
  seen.log = (await client.getTransactionLog()).result.list[0].type;
  seen.fee = (await client.getFeeRate(PERP)).result.list[0].takerFeeRate;
  seen.key = (await client.getQueryApiKey()).result.apiKey;
  seen.refused = (await client.submitOrder({ ...LIMIT, qty: "100" })).retCode;
}

async function main() {
  const seen = {};
  for (const part of [market, orders, positions, account]) await part(seen);
  process.stdout.write(JSON.stringify(seen));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
