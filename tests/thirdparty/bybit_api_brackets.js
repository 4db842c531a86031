// Orders with stops, and what REST and the streams tell of them, with bybit-api; only the addresses are not Bybit's.
"use strict";

const { DefaultLogger, RestClientV5, WebsocketClient, WS_KEY_MAP } = require("bybit-api");

const { URL: baseUrl, PRIVATE, TRADE, KEY: key, SECRET: secret } = process.env;
const rest = new RestClientV5({ key, secret, baseUrl });
const quiet = { ...DefaultLogger, trace: () => {}, info: () => {}, error: () => {} };
const PERP = { category: "linear", symbol: "BTCUSDT" };
const ENTRY = { ...PERP, side: "Buy", orderType: "Limit", qty: "0.02", price: "64000" };
const told = [];
const waiters = [];

function opened(wsUrl) {
  const client = new WebsocketClient({ key, secret, market: "v5", wsUrl }, quiet);
  client.on("exception", () => {});
  return client;
}

function until(topic, wanted) {
  return new Promise((resolve) => {
    const look = () => {
      const found = told.find((one) => one.topic === topic && Object.keys(wanted).every((k) => one[k] === wanted[k]));
      if (found) resolve(found);
    };
    waiters.push(look);
    look();
  });
}

async function watched() {
  const account = opened(PRIVATE);
  account.on("update", (message) => {
    told.push(...message.data.map((row) => ({ ...row, topic: message.topic })));
    for (const look of waiters) look();
  });
  const topics = ["order", "execution", "position"];
  const ready = new Promise((resolve) => {
    account.on("response", (message) => message.op === "subscribe" && message.success && resolve());
  });
  account.subscribeV5(topics, "linear");
  await ready;
}

async function bracket(seen) {
  const trade = opened(TRADE);
  const stops = { takeProfit: "70000", stopLoss: "60000", tpslMode: "Full", orderLinkId: "jsEntry" };
  const place = (order) => trade.sendWSAPIRequest(WS_KEY_MAP.v5PrivateTrade, "order.create", order);
  seen.wrong = await place({ ...ENTRY, stopLoss: "66000" }).then(() => "accepted", (no) => no.retCode);
  await place({ ...ENTRY, ...stops });
  seen.entry = (await until("order", { orderLinkId: "jsEntry", orderStatus: "New" })).stopLoss;
  await rest.amendOrder({ ...PERP, orderLinkId: "jsEntry", stopLoss: "61000" });
  await market("fill", "jsEntry");
  const born = await until("order", { stopOrderType: "StopLoss", orderStatus: "Untriggered" });
  seen.born = [born.triggerPrice, born.parentOrderLinkId, born.reduceOnly];
  const held = await until("position", { size: "0.02" });
  seen.held = [held.takeProfit, held.stopLoss];
  const waiting = (await rest.getActiveOrders({ ...PERP, orderFilter: "StopOrder" })).result.list;
  seen.waiting = waiting.map((row) => row.stopOrderType).sort();
  await rest.setTradingStop({ ...PERP, tpslMode: "Full", positionIdx: 0, takeProfit: "69000" });
  await market("trade_at", "BTC-USDT-SWAP", "69100");
  const target = await until("order", { stopOrderType: "TakeProfit", orderStatus: "Filled" });
  const sold = await until("execution", { orderId: target.orderId });
  seen.sold = [target.triggerPrice, sold.stopOrderType, sold.side];
  seen.stop = (await until("order", { orderId: born.orderId, orderStatus: "Cancelled" })).cancelType;
  await until("position", { size: "0" });
}

async function trigger(seen) {
  const order = { ...ENTRY, triggerPrice: "70000", triggerDirection: 1, orderLinkId: "jsWait" };
  await rest.submitOrder(order);
  await rest.amendOrder({ ...PERP, orderLinkId: "jsWait", triggerPrice: "69500" });
  seen.waits = (await rest.getActiveOrders(PERP)).result.list.map((row) => [row.orderStatus, row.triggerPrice]);
  await market("trade_at", "BTC-USDT-SWAP", "69500");
  await until("order", { orderLinkId: "jsWait", orderStatus: "New" });
  await rest.cancelOrder({ ...PERP, orderLinkId: "jsWait" });
  seen.gone = (await until("order", { orderLinkId: "jsWait", orderStatus: "Cancelled" })).cancelType;
}

async function main() {
  const seen = {};
  await watched();
  for (const part of [bracket, trigger]) await part(seen);
  process.stdout.write(JSON.stringify(seen) + "\n", () => process.exit(0));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
