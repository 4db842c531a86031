// Streams and order entry with bybit-api; only the addresses are not Bybit's. Prints what it saw as JSON.
"use strict";

const { DefaultLogger, WebsocketClient, WS_KEY_MAP } = require("bybit-api");

const { PUBLIC, PRIVATE, TRADE, KEY: key, SECRET: secret } = process.env;
const quiet = { ...DefaultLogger, trace: () => {}, info: () => {}, error: () => {} };
const LIMIT = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.01", price: "60000" };
const open = [];

function opened(wsUrl) {
  const client = new WebsocketClient({ key, secret, market: "v5", wsUrl }, quiet);
  client.on("exception", () => {});
  open.push(client);
  return client;
}

function next(client, wanted) {
  return new Promise((resolve) => client.on("update", (message) => wanted(message) && resolve(message)));
}

async function main() {
  const seen = {};
  const market = opened(PUBLIC);
  const ticker = next(market, (message) => message.topic === "tickers.BTCUSDT");
  const book = next(market, (message) => message.topic === "orderbook.50.BTCUSDT" && message.type === "snapshot");
  market.subscribeV5(["tickers.BTCUSDT", "orderbook.50.BTCUSDT"], "linear");
  seen.ticker = (await ticker).data.symbol;
  seen.book = (await book).data.b.length;

  const account = opened(PRIVATE);
  const subscribed = new Promise((resolve) => {
    account.on("response", (message) => message.op === "subscribe" && message.success && resolve());
  });
  const placed = next(account, (message) => message.topic === "order" && message.data[0].orderStatus === "New");
  const gone = next(account, (message) => message.topic === "order" && message.data[0].orderStatus === "Cancelled");
  account.subscribeV5(["order", "wallet"], "linear");
  await subscribed;

  const trade = opened(TRADE);
  const done = await trade.sendWSAPIRequest(WS_KEY_MAP.v5PrivateTrade, "order.create", LIMIT);
  seen.placed = done.data.orderId === (await placed).data[0].orderId;
  const named = { category: "linear", symbol: "BTCUSDT", orderId: done.data.orderId };
  seen.cancelled = (await trade.sendWSAPIRequest(WS_KEY_MAP.v5PrivateTrade, "order.cancel", named)).retCode;
  await gone;
  process.stdout.write(JSON.stringify(seen) + "\n", () => process.exit(0));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
