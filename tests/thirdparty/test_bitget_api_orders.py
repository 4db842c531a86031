"""The npm package bitget-api sends orders over the private stream of V3 at the paper exchange."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.thirdparty.node_packages import run_node

_ORDERS = """
const { WebsocketAPIClient } = require('bitget-api');
const { KEY, SECRET, PASS, STREAMS } = process.env;
const quiet = { trace: () => {}, info: () => {}, error: () => {}, debug: () => {} };
const options = { apiKey: KEY, apiSecret: SECRET, apiPass: PASS, attachEventListeners: false };
const client = new WebsocketAPIClient({ ...options, wsUrl: `${STREAMS}/v3/ws/private` }, quiet);
const told = {};
const refusal = (call) => call.then(() => 'accepted', (no) => String(no.code || (no.body || {}).code || no));
const order = { symbol: 'BTCUSDT', side: 'buy', orderType: 'limit', qty: '0.01', price: '60000', timeInForce: 'gtc' };
const perp = 'usdt-futures';
(async () => {
  const placed = await client.submitNewOrder(perp, { ...order, clientOid: 'node-1' });
  told.placed = [placed.event, placed.topic, placed.code, placed.args[0].clientOid];
  const batch = await client.placeBatchOrders(perp, [{ ...order, clientOid: 'node-2' }, { ...order, qty: '1000' }]);
  told.batch = batch.args.map((one) => one.code);
  const cancelled = await client.cancelOrder(perp, { symbol: 'BTCUSDT', clientOid: 'node-1' });
  told.cancelled = cancelled.args[0].orderId === placed.args[0].orderId;
  const both = await client.cancelBatchOrders(perp, [{ symbol: 'BTCUSDT', orderId: batch.args[0].orderId }]);
  told.both = both.args.map((one) => one.code);
  told.gone = await refusal(client.cancelOrder(perp, { symbol: 'BTCUSDT', clientOid: 'node-1' }));
  client.getWSClient().closeAll(true);
})().then(
  () => console.log(JSON.stringify(told)),
  (no) => { console.error(JSON.stringify(no.stack || no)); process.exit(1); });
"""


@pytest.mark.timeout(90)
def test_orders_over_the_stream(paper: PaperExchange) -> None:
    """Placed, cancelled, in batches with a verdict each; a refusal comes with its code."""
    paper.quiet()
    account = next(one for one in paper.accounts if one.bitget == "uta")
    keys = {"KEY": account.api_key, "SECRET": account.secret_key, "PASS": account.passphrase}
    told = run_node(paper, "bitget-api", _ORDERS, STREAMS=paper.url.replace("http", "ws", 1), **keys)
    assert told == {
        "placed": ["trade", "place-order", "0", "node-1"],
        "batch": ["0", "25202"],
        "cancelled": True,
        "both": ["0"],
        "gone": "25204",
    }
