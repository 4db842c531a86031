// Orders with stops, and what REST and the streams of V2 and V3 tell of them, with bitget-api; only the addresses are
// not Bitget's. Prints what it saw as JSON.
"use strict";

const { RestClientV2, RestClientV3, WebsocketClientV2, WebsocketClientV3, WS_KEY_MAP } = require("bitget-api");

const { BASE, STREAM, VERSION, KEY, SECRET, PASS } = process.env;
const keys = { apiKey: KEY, apiSecret: SECRET, apiPass: PASS };
const quiet = { trace: () => {}, info: () => {}, error: () => {}, debug: () => {} };
const SWAP = "BTC-USDT-SWAP";
const refusal = (call) => call.then(() => "accepted", (no) => (no.body ? no.body.code : String(no)));
const told = [];
const waiters = [];

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

async function watched(Client, topics, subscribe) {
  const client = new Client({ ...keys, wsUrl: STREAM }, quiet);
  client.on("exception", () => {});
  client.on("update", (push) => {
    told.push(...push.data.map((row) => ({ ...row, topic: push.arg.channel || push.arg.topic })));
    for (const look of waiters) look();
  });
  let left = topics.length;
  const ready = new Promise((resolve) => {
    client.on("response", (answer) => {
      if (answer.event === "subscribe") left -= 1;
      if (left === 0) resolve();
    });
  });
  topics.forEach((topic) => subscribe(client, topic));
  await ready;
}

async function classic(seen) {
  const rest = new RestClientV2({ ...keys, baseUrl: BASE });
  const perp = { symbol: "BTCUSDT", productType: "USDT-FUTURES" };
  const mine = { ...perp, marginCoin: "USDT", marginMode: "crossed" };
  const entry = { ...mine, side: "buy", orderType: "limit", size: "0.02", price: "64000", clientOid: "jsEntry" };
  const plans = (planType) => rest.getFuturesPlanOrders({ ...perp, planType }).then((all) => all.data.entrustedList);
  await watched(WebsocketClientV2, ["orders", "orders-algo", "positions"], (client, topic) => {
    client.subscribeTopic("USDT-FUTURES", topic, "default");
  });
  const stops = { presetStopSurplusPrice: "70000", presetStopLossPrice: "60000" };
  seen.wrong = await refusal(rest.futuresSubmitOrder({ ...entry, presetStopLossPrice: "66000" }));
  const placed = (await rest.futuresSubmitOrder({ ...entry, ...stops })).data;
  const order = await until("orders", { clientOid: "jsEntry", status: "live" });
  seen.attached = [order.presetStopSurplusPrice, order.presetStopLossPrice];
  const both = { newPresetStopSurplusPrice: "70000", newPresetStopLossPrice: "60500" };
  await rest.futuresModifyOrder({ ...perp, orderId: placed.orderId, newClientOid: "jsOther", ...both });
  await market("fill", "jsEntry");
  const stop = await until("orders-algo", { planType: "psl", status: "live" });
  seen.born = stop.triggerPrice;
  await rest.futuresModifyTPSLPOrder({ ...mine, orderId: stop.orderId, triggerPrice: "61000", size: "" });
  seen.waiting = (await plans("profit_loss")).map((row) => [row.planType, row.triggerPrice]).sort();
  await market("trade_at", SWAP, "60900");
  await until("orders-algo", { orderId: stop.orderId, status: "executed" });
  seen.other = (await until("orders-algo", { planType: "ptp", status: "cancelled" })).triggerPrice;
  const child = await until("orders", { clientOid: stop.orderId, status: "filled" });
  const fills = (await rest.getFuturesFills({ ...perp, orderId: child.orderId })).data.fillList;
  seen.sold = fills.reduce((sum, one) => sum + Number(one.baseVolume), 0).toFixed(2);

  const wait = { ...entry, clientOid: "jsPlan", planType: "normal_plan", triggerPrice: "62000", price: "59000" };
  const plan = (await rest.futuresSubmitPlanOrder({ ...wait, triggerType: "fill_price" })).data;
  await rest.futuresModifyPlanOrder({ ...perp, orderId: plan.orderId, newTriggerPrice: "61500" });
  seen.plan = (await plans("normal_plan")).map((row) => [row.clientOid, row.triggerPrice]);
  await market("trade_at", SWAP, "61500");
  await until("orders-algo", { orderId: plan.orderId, status: "executed" });
  const fired = await until("orders", { clientOid: plan.orderId, status: "live" });
  await rest.futuresCancelOrder({ ...perp, orderId: fired.orderId });
  await until("orders", { orderId: fired.orderId, status: "canceled" });
}

async function unified(seen) {
  const rest = new RestClientV3({ ...keys, baseUrl: BASE });
  const perp = { symbol: "BTCUSDT", category: "USDT-FUTURES" };
  const entry = { ...perp, side: "buy", orderType: "limit", qty: "0.02", price: "64000", clientOid: "jsEntry" };
  await watched(WebsocketClientV3, ["order", "strategy-order", "position"], (client, topic) => {
    client.subscribe({ topic, payload: { instType: "UTA" } }, WS_KEY_MAP.v3Private);
  });
  seen.wrong = await refusal(rest.submitNewOrder({ ...entry, stopLoss: "66000" }));
  const placed = (await rest.submitNewOrder({ ...entry, takeProfit: "70000", stopLoss: "60000" })).data;
  await until("order", { orderId: placed.orderId, orderStatus: "new" });
  seen.attached = (await rest.getUnfilledOrders(perp)).data.list.map((row) => [row.takeProfit, row.stopLoss]);
  await rest.modifyOrder({ orderId: placed.orderId, takeProfit: "70000", stopLoss: "60500" });
  await market("fill", "jsEntry");
  const born = await until("strategy-order", { stopLoss: "60500" });
  await rest.modifyStrategyOrder({ orderId: born.orderId, takeProfit: "70000", stopLoss: "61000" });
  seen.waiting = (await rest.getUnfilledStrategyOrders(perp)).data.map((row) => [row.takeProfit, row.stopLoss]);
  await market("trade_at", SWAP, "60900");
  const sold = await until("order", { side: "sell", orderStatus: "filled" });
  seen.sold = sold.cumExecQty;
  const history = (await rest.getHistoryStrategyOrders(perp)).data;
  seen.ended = (history.list || history).map((row) => row.orderId === born.orderId);
  seen.flat = (await rest.getCurrentPosition(perp)).data.list;
}

async function main() {
  const seen = {};
  await (VERSION === "v2" ? classic : unified)(seen);
  process.stdout.write(JSON.stringify(seen) + "\n", () => process.exit(0));
}

main().catch((problem) => {
  console.error(problem.body || problem);
  process.exit(1);
});
