"""The npm package bitget-api works against the paper exchange, with another base address alone: V2 and V3."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.thirdparty.node_packages import run_node

_START = """
const { RestClientV2, RestClientV3 } = require('bitget-api');
const { KEY, SECRET, PASS, BASE } = process.env;
const options = { apiKey: KEY, apiSecret: SECRET, apiPass: PASS, baseUrl: BASE };
const told = {};
const refusal = (call) => call.then(() => 'accepted', (no) => (no.body ? no.body.code : String(no)));
const finish = (work) => work().then(
  () => console.log(JSON.stringify(told)),
  (no) => { console.error(JSON.stringify(no.body || no.stack || no)); process.exit(1); });
"""

_V2 = """
finish(async () => {
  const client = new RestClientV2(options);
  const perp = { symbol: 'BTCUSDT', productType: 'USDT-FUTURES' };
  told.ticker = (await client.getFuturesTicker(perp)).data[0].symbol;
  told.candles = (await client.getFuturesCandles({ ...perp, granularity: '1m', limit: '5' })).data.length;
  told.assets = (await client.getFuturesAccountAssets({ productType: 'USDT-FUTURES' })).data[0].marginCoin;
  const order = { ...perp, marginCoin: 'USDT', marginMode: 'crossed', side: 'buy', orderType: 'limit', size: '0.01' };
  const placed = (await client.futuresSubmitOrder({ ...order, price: '60000', clientOid: 'node-1' })).data;
  told.open = (await client.getFuturesOpenOrders(perp)).data.entrustedList.map((one) => one.clientOid);
  await client.futuresModifyOrder({ ...perp, orderId: placed.orderId, newClientOid: 'node-2', newPrice: '60100',
    newSize: '0.02' });
  const changed = (await client.getFuturesOrder({ ...perp, clientOid: 'node-2' })).data;
  told.changed = [changed.price, changed.size, changed.orderId !== placed.orderId];
  await client.futuresCancelOrder({ ...perp, orderId: changed.orderId });
  await client.setFuturesLeverage({ ...perp, marginCoin: 'USDT', leverage: '20' });
  await client.futuresSubmitOrder({ ...order, orderType: 'market' });
  const held = (await client.getFuturesPositions({ productType: 'USDT-FUTURES', marginCoin: 'USDT' })).data;
  told.held = held.map((one) => [one.holdSide, one.total, one.leverage]);
  told.fills = (await client.getFuturesFills(perp)).data.fillList.length > 0;
  const spot = { symbol: 'BTCUSDT', side: 'buy', orderType: 'limit', force: 'gtc', price: '60000', size: '0.01' };
  const coin = (await client.spotSubmitOrder(spot)).data;
  told.spot = (await client.getSpotOpenOrders({ symbol: 'BTCUSDT' })).data.map((one) => one.orderId === coin.orderId);
  await client.spotCancelOrder({ symbol: 'BTCUSDT', orderId: coin.orderId });
  told.unknown = await refusal(client.futuresCancelOrder({ ...perp, orderId: '1' }));
  told.unified = await refusal(new RestClientV3(options).getBalances());
  told.wrong = await refusal(new RestClientV2({ ...options, apiSecret: 'wrong' }).getSpotAccountAssets());
});
"""

_V3 = """
finish(async () => {
  const client = new RestClientV3(options);
  const perp = { symbol: 'BTCUSDT', category: 'USDT-FUTURES' };
  told.ticker = (await client.getTickers(perp)).data[0].symbol;
  told.mode = (await client.getAccountSettings()).data.accountMode;
  told.coins = (await client.getBalances()).data.assets.map((one) => one.coin).sort();
  const order = { ...perp, side: 'buy', orderType: 'limit', qty: '0.01', price: '60000', timeInForce: 'gtc' };
  const placed = (await client.submitNewOrder({ ...order, clientOid: 'node-1' })).data;
  await client.modifyOrder({ orderId: placed.orderId, price: '60100', qty: '0.02' });
  told.open = (await client.getUnfilledOrders(perp)).data.list.map((one) => [one.clientOid, one.price, one.qty]);
  await client.cancelOrder({ orderId: placed.orderId });
  told.gone = (await client.getOrderInfo({ orderId: placed.orderId })).data.orderStatus;
  const rows = (await client.placeBatchOrders([order, { ...order, qty: '1000' }])).data;
  told.batch = rows.map((one) => one.code);
  await client.cancelAllOrders(perp);
  await client.submitNewOrder({ ...perp, side: 'buy', orderType: 'market', qty: '0.01' });
  told.held = (await client.getCurrentPosition(perp)).data.list.map((one) => [one.posSide, one.total]);
  told.fee = Number((await client.getTradeFills({ category: 'USDT-FUTURES' })).data.list[0].feeDetail[0].fee) > 0;
  await client.submitStrategyOrder({ ...perp, type: 'tpsl', qty: '0.01', posSide: 'long', stopLoss: '60000' });
  told.stops = (await client.getUnfilledStrategyOrders(perp)).data.map((one) => one.stopLoss);
  await client.closeAllPositions(perp);
  told.flat = (await client.getCurrentPosition(perp)).data.list;
  told.classic = await refusal(new RestClientV2(options).getSpotAccountAssets());
});
"""

_STREAMS = """
const { WebsocketClientV2, WebsocketClientV3, WS_KEY_MAP } = require('bitget-api');
const { STREAMS, VERSION } = process.env;
const quiet = { trace: () => {}, info: () => {}, error: () => {}, debug: () => {} };
const Client = VERSION === 'v2' ? WebsocketClientV2 : WebsocketClientV3;
const open = (path) => new Client({ ...options, wsUrl: `${STREAMS}/${VERSION}/ws/${path}` }, quiet);
const clients = [];
const first = (path, subscribe, wanted) => new Promise((found, failed) => {
  const client = open(path);
  clients.push(client);
  client.on('update', (push) => { const got = wanted(push); if (got) found(got); });
  client.on('exception', failed);
  client.on('response', (answer) => client.emit('told', answer));
  subscribe(client);
});
const order = { symbol: 'BTCUSDT', side: 'buy', orderType: 'limit', price: '60000', clientOid: 'node-ws' };
const place = () => VERSION === 'v2'
  ? new RestClientV2(options).futuresSubmitOrder({ ...order, productType: 'USDT-FUTURES', marginCoin: 'USDT',
    marginMode: 'crossed', size: '0.01' })
  : new RestClientV3(options).submitNewOrder({ ...order, category: 'USDT-FUTURES', qty: '0.01' });
finish(async () => {
  told.ticker = await first('public', (client) => VERSION === 'v2'
    ? client.subscribeTopic('USDT-FUTURES', 'ticker', 'BTCUSDT')
    : client.subscribe({ topic: 'ticker', payload: { instType: 'usdt-futures', symbol: 'BTCUSDT' } },
      WS_KEY_MAP.v3Public),
    (push) => Number(push.data[0].lastPr || push.data[0].lastPrice) > 0);
  told.order = await first('private', (client) => {
    client.on('told', (answer) => { if (answer.event === 'subscribe') place(); });
    if (VERSION === 'v2') client.subscribeTopic('USDT-FUTURES', 'orders', 'default');
    else client.subscribe({ topic: 'order', payload: { instType: 'UTA' } }, WS_KEY_MAP.v3Private);
  }, (push) => [push.data[0].clientOid, push.data[0].status || push.data[0].orderStatus]);
  clients.forEach((client) => client.closeAll(true));
});
"""


def run(paper: PaperExchange, label: str, program: str, **values: str) -> Any:
    """Run a program with an account's key, in a market that stands still."""
    paper.quiet()
    account = next(one for one in paper.accounts if one.label == label)
    keys = {"KEY": account.api_key, "SECRET": account.secret_key, "PASS": account.passphrase}
    return run_node(paper, "bitget-api", _START + program, BASE=paper.url, **keys, **values)


@pytest.mark.timeout(90)
def test_classic_account(paper: PaperExchange) -> None:
    """Futures and spot: read, place, change, cancel, hold; refusals come with their codes."""
    assert run(paper, "alice", _V2) == {
        "ticker": "BTCUSDT",
        "candles": 5,
        "assets": "USDT",
        "open": ["node-1"],
        "changed": ["60100", "0.02", True],
        "held": [["long", "0.01", "20"]],
        "fills": True,
        "spot": [True],
        "unknown": "43001",
        "unified": "40084",
        "wrong": "40009",
    }


@pytest.mark.timeout(90)
def test_unified_account(paper: PaperExchange) -> None:
    """V3: read, place, change, cancel, batch, hold, close; a unified key is refused on V2."""
    assert run(paper, "carol", _V3) == {
        "ticker": "BTCUSDT",
        "mode": "unified",
        "coins": ["BTC", "ETH", "SOL", "USDT"],
        "open": [["node-1", "60100", "0.02"]],
        "gone": "cancelled",
        "batch": ["00000", "25202"],
        "held": [["long", "0.01"]],
        "fee": True,
        "stops": ["60000"],
        "flat": None,
        "classic": "40085",
    }


@pytest.mark.timeout(90)
@pytest.mark.parametrize(("version", "label", "state"), [("v2", "alice", "live"), ("v3", "carol", "new")])
def test_streams(paper: PaperExchange, version: str, label: str, state: str) -> None:
    """Public and private streams of both APIs: an order placed over REST is told with the id that it was given."""
    streams = paper.url.replace("http", "ws", 1)
    told = run(paper, label, _STREAMS, STREAMS=streams, VERSION=version)
    assert told["ticker"] is True
    assert told["order"][0] == "node-ws"
    assert told["order"][1] in ("live", state)
