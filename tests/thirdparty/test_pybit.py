"""Bybit's own Python client, pybit 5, works against the paper exchange, unchanged but for the URLs."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from okx_sync.paper import PaperExchange

unified_trading = pytest.importorskip("pybit.unified_trading", reason="needs the extra okx_sync[thirdparty]")
_websocket_trading = pytest.importorskip("pybit._websocket_trading", reason="needs pybit 5")

KEYS = {"api_key": "paper-alice-key", "api_secret": "paper-alice-secret", "private_auth_expire": 10}
#: They send a request before they note whom its answer is for, which on loopback would come too soon.
LATE_S = 0.1
TIMEOUT_S = 10

Inbox = queue.Queue[dict[str, Any]]
Opener = Callable[..., Any]


@pytest.fixture
def open_client(paper: PaperExchange, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Makes one of their clients at the paper exchange, and closes it after the test."""
    monkeypatch.setattr(unified_trading, "PUBLIC_WSS", paper.bybit_url("/v5/public/linear"))
    monkeypatch.setattr(unified_trading, "PRIVATE_WSS", paper.bybit_url("/v5/private"))
    monkeypatch.setattr(_websocket_trading, "TRADE_WSS", paper.bybit_url("/v5/trade"))
    paper.faults.delay(LATE_S, "ack")
    paper.faults.delay(LATE_S, "push")
    clients: list[Any] = []

    def make(kind: str, **options: Any) -> Any:
        clients.append(getattr(unified_trading, kind)(testnet=True, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.exit()


def got(inbox: Inbox, wanted: Callable[[dict[str, Any]], object] = bool) -> dict[str, Any]:
    """The next message that is wanted."""
    while True:
        message = inbox.get(timeout=TIMEOUT_S)
        if wanted(message):
            return message


def test_public_streams(paper: PaperExchange, open_client: Opener) -> None:
    """Book, ticker, trades and candles; their own merging of book deltas gives the venue's book."""
    ws, boxes = open_client("WebSocket", channel_type="linear"), {name: Inbox() for name in "btpki"}
    ws.orderbook_stream(50, "BTCUSDT", boxes["b"].put)
    ws.ticker_stream("BTCUSDT", boxes["t"].put)
    ws.trade_stream("BTCUSDT", boxes["p"].put)
    ws.kline_stream(1, "BTCUSDT", boxes["k"].put)
    ws.insurance_pool_stream("USDT", boxes["i"].put)
    got(boxes["b"], lambda message: message["data"]["u"] > 1)
    assert got(boxes["t"])["data"]["symbol"] == "BTCUSDT"
    assert got(boxes["k"])["data"][0]["interval"] == "1"
    assert got(boxes["i"])["data"][0]["coin"] == "USDT"
    paper.quiet()
    paper.trade_at("BTC-USDT-SWAP", "65100", "3")
    assert got(boxes["p"], lambda message: message["data"][-1]["p"] == "65100")["data"][-1]["v"] == "0.03"
    asks = {px: size for px, size, *_ in paper.venue.book("BTC-USDT-SWAP").levels("asks", 50)}
    got(boxes["b"], lambda message: {px for px, _ in message["data"]["a"]} == set(asks))
    assert sorted(ws.get_subscription_topics())[0] == "insurance.USDT"


def test_public_streams_of_spot(paper: PaperExchange, open_client: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pair's book, ticker and trades, on the address of spot."""
    monkeypatch.setattr(unified_trading, "PUBLIC_WSS", paper.bybit_url("/v5/public/spot"))
    ws, boxes = open_client("WebSocket", channel_type="spot"), {name: Inbox() for name in "btp"}
    ws.orderbook_stream(50, "BTCUSDT", boxes["b"].put)
    ws.ticker_stream("BTCUSDT", boxes["t"].put)
    ws.trade_stream("BTCUSDT", boxes["p"].put)
    got(boxes["b"], lambda message: message["data"]["u"] > 1)
    assert got(boxes["t"])["data"]["usdIndexPrice"]
    paper.quiet()
    paper.trade_at("BTC-USDT", "65123")
    got(boxes["p"], lambda message: message["data"][-1]["p"] == "65123")


def test_private_streams_and_orders(paper: PaperExchange, open_client: Opener) -> None:
    """An order placed on the trade socket is told on the private one, and so is its cancellation and a fill."""
    paper.quiet()
    ws, boxes = open_client("WebSocket", channel_type="private", **KEYS), {name: Inbox() for name in "oepw"}
    ws.order_stream(boxes["o"].put)
    ws.execution_stream(boxes["e"].put)
    ws.position_stream(boxes["p"].put)
    ws.wallet_stream(boxes["w"].put)
    assert paper.wait_for(lambda: len(paper.topics()) == 4)
    trading, answers, errors = open_client("WebSocketTrading", **KEYS), Inbox(), Inbox()
    order = {"category": "linear", "symbol": "BTCUSDT", "side": "Buy", "orderType": "Limit", "qty": "0.01"}
    trading.place_order(answers.put, errors.put, price="60000", orderLinkId="pybit-1", **order)
    placed = got(answers)["data"]
    row = got(boxes["o"])["data"][0]
    assert (row["orderId"], row["orderLinkId"], row["orderStatus"]) == (placed["orderId"], "pybit-1", "New")
    trading.cancel_order(answers.put, errors.put, category="linear", symbol="BTCUSDT", orderId=placed["orderId"])
    assert got(answers)["data"] == placed
    assert got(boxes["o"])["data"][0]["orderStatus"] == "Cancelled"
    trading.place_order(answers.put, errors.put, **order | {"orderType": "Market"})
    bought = got(answers)["data"]["orderId"]
    got(
        boxes["e"], lambda message: message["data"][-1]["leavesQty"] == "0" and message["data"][-1]["orderId"] == bought
    )
    got(boxes["p"], lambda message: message["data"][0]["size"] == "0.01")
    assert got(boxes["w"])["data"][0]["accountType"] == "UNIFIED"
    trading.place_order(answers.put, errors.put, price="60000", **order | {"qty": "100"})
    assert got(errors)["retCode"] == 110007


def test_batches(paper: PaperExchange, open_client: Opener) -> None:
    """Two orders in one request, one of which is refused."""
    paper.quiet()
    trading, answers = open_client("WebSocketTrading", **KEYS), Inbox()
    order = {"symbol": "BTCUSDT", "side": "Buy", "orderType": "Limit", "price": "60000"}
    trading.place_batch_order(answers.put, category="linear", request=[order | {"qty": "0.01"}, order | {"qty": "100"}])
    answer = got(answers)
    assert [one["code"] for one in answer["retExtInfo"]["list"]] == [0, 110007]
    assert [bool(one["orderId"]) for one in answer["data"]["list"]] == [True, False]
