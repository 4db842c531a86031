// Orders with stops and what the streams tell of them, with okx-api; only the addresses are not OKX's.
"use strict";

const { DefaultLogger, RestClient, WebsocketAPIClient, WebsocketClient } = require("okx-api");

const { URL: baseUrl, PRIVATE, BUSINESS, KEY: apiKey, SECRET: apiSecret, PASS: apiPass } = process.env;
const quiet = { ...DefaultLogger, trace: () => {}, info: () => {}, error: () => {} };
const account = { apiKey, apiSecret, apiPass };
const SWAP = "BTC-USDT-SWAP";

function opened(wsUrl, topic) {
  const client = new WebsocketClient({ accounts: [account], wsUrl }, quiet);
  const told = [];
  const waiters = [];
  client.on("exception", () => {});
  client.on("update", (message) => {
    told.push(...message.data);
    for (const look of waiters) look();
  });
  const until = (wanted) => new Promise((resolve) => {
    const look = () => told.some(wanted) && resolve(told.find(wanted));
    waiters.push(look);
    look();
  });
  const ready = new Promise((resolve) => {
    client.on("response", (message) => message.event === "subscribe" && resolve());
  });
  client.subscribe(topic);
  return { until, ready };
}

async function main() {
  const seen = {};
  const orders = opened(PRIVATE, { channel: "orders", instType: "SWAP" });
  const algos = opened(BUSINESS, { channel: "orders-algo", instType: "SWAP" });
  await Promise.all([orders.ready, algos.ready]);

  const entry = new WebsocketAPIClient({ accounts: [account], wsUrl: PRIVATE, attachEventListeners: false }, quiet);
  const pair = { attachAlgoClOrdId: "jsPair", tpTriggerPx: "70000", tpOrdPx: "-1", slTriggerPx: "60000", slOrdPx: "-1" };
  const [rules] = await new RestClient({ baseUrl }).getInstruments({ instType: "SWAP", instId: SWAP });
  const order = { instIdCode: rules.instIdCode, tdMode: "cross", side: "buy", ordType: "limit", sz: "2" };
  const placed = await entry.submitNewOrder({ ...order, px: "64000", clOrdId: "jsEntry", attachAlgoOrds: [pair] });
  seen.placed = placed.data[0].sCode;
  const live = await orders.until((row) => row.clOrdId === "jsEntry" && row.state === "live");
  seen.attached = live.attachAlgoOrds.map((one) => one.attachAlgoClOrdId);
  await market("fill", "jsEntry");
  const born = await algos.until((row) => row.algoClOrdId === "jsPair" && row.state === "live");
  seen.born = [born.ordType, born.side, born.sz];
  await market("trade_at", SWAP, "59900");
  const ended = await algos.until((row) => row.algoClOrdId === "jsPair" && row.state === "effective");
  seen.ended = ended.actualSide;
  const child = await orders.until((row) => row.algoId === born.algoId && row.state === "filled");
  seen.child = [child.side, child.accFillSz, child.ordId === ended.ordIdList[0]];
  process.stdout.write(JSON.stringify(seen) + "\n", () => process.exit(0));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
