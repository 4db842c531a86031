// What a program does with okx-api over REST; only the base address is not OKX's. Prints what it saw as JSON.
"use strict";

const { RestClient } = require("okx-api");

const { URL: baseUrl, KEY: apiKey, SECRET: apiSecret, PASS: apiPass } = process.env;
const client = new RestClient({ apiKey, apiSecret, apiPass, baseUrl });
const SWAP = { instId: "BTC-USDT-SWAP", tdMode: "cross" };
const refusal = (call) => call.then(() => "accepted", (no) => (no.data && no.data[0] ? no.data[0].sCode : no.code));

async function bracket(seen) {
  const pair = { attachAlgoClOrdId: "jsPair", tpTriggerPx: "70000", tpOrdPx: "-1", slTriggerPx: "60000", slOrdPx: "-1" };
  const entry = { ...SWAP, side: "buy", ordType: "limit", px: "64000", sz: "2", clOrdId: "jsEntry" };
  const [placed] = await client.submitOrder({ ...entry, attachAlgoOrds: [pair] });
  const change = { attachAlgoClOrdId: "jsPair", newSlTriggerPx: "61000" };
  await client.amendOrder({ instId: SWAP.instId, ordId: placed.ordId, attachAlgoOrds: [change] });
  const [waiting] = await client.getOrderList({ instType: "SWAP" });
  seen.attached = waiting.attachAlgoOrds.map((one) => [one.attachAlgoClOrdId, one.tpTriggerPx, one.slTriggerPx]);
  seen.before = (await client.getAlgoOrderList({ ordType: "oco" })).length;
  await market("fill", "jsEntry");
  const [born] = await client.getAlgoOrderList({ ordType: "oco" });
  seen.born = [born.algoClOrdId, born.side, born.sz, born.state];
  const named = { instId: SWAP.instId, algoId: born.algoId };
  await client.amendAlgoOrder({ ...named, newTpTriggerPx: "69000", newTpOrdPx: "-1" });
  await market("trade_at", SWAP.instId, "69100");
  const [ended] = await client.getAlgoOrderHistory({ ordType: "oco", algoId: born.algoId });
  seen.ended = [ended.state, ended.actualSide, ended.tpTriggerPx];
  const [child] = await client.getOrderDetails({ instId: SWAP.instId, ordId: ended.ordIdList[0] });
  seen.child = [child.state, child.side, child.accFillSz, child.algoId === born.algoId];
  const fills = await client.getFills({ instType: "SWAP" });
  const filled = (side) => fills.filter((one) => one.side === side).reduce((sum, one) => sum + Number(one.fillSz), 0);
  seen.fills = [filled("buy").toFixed(2), filled("sell").toFixed(2)];
  seen.flat = (await client.getPositions({ instType: "SWAP" })).length;
}

async function stops(seen) {
  const stop = { ...SWAP, side: "sell", ordType: "conditional", sz: "1", slOrdPx: "-1" };
  seen.wrong = await refusal(client.placeAlgoOrder({ ...stop, slTriggerPx: "90000" }));
  const [placed] = await client.placeAlgoOrder({ ...stop, slTriggerPx: "60000", algoClOrdId: "jsStop" });
  const named = { instId: SWAP.instId, algoId: placed.algoId };
  await client.amendAlgoOrder({ ...named, newSlTriggerPx: "60500", newSlOrdPx: "-1" });
  seen.stop = (await client.getAlgoOrderDetails({ algoClOrdId: "jsStop" })).map((one) => one.slTriggerPx);
  await client.cancelAlgoOrder([named]);
  seen.canceled = (await client.getAlgoOrderDetails({ algoId: placed.algoId })).map((one) => one.state);
  seen.gone = await refusal(client.cancelAlgoOrder([named]));
}

async function trigger(seen) {
  const order = { ...SWAP, side: "buy", ordType: "trigger", sz: "1", orderPx: "60000", triggerPx: "71000" };
  const [placed] = await client.placeAlgoOrder(order);
  await market("trade_at", SWAP.instId, "71000");
  const [child] = await client.getOrderList({ instType: "SWAP" });
  seen.triggered = [child.px, child.algoId === placed.algoId];
  await client.cancelOrder({ instId: SWAP.instId, ordId: child.ordId });
}

async function main() {
  const seen = {};
  for (const part of [bracket, stops, trigger]) await part(seen);
  process.stdout.write(JSON.stringify(seen) + "\n", () => process.exit(0));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
