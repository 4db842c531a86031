"""OKX's own Python clients work against the paper exchange, unchanged but for the URL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from okx_sync.paper import PaperExchange

pytest.importorskip("okx", reason="needs the extra okx_sync[thirdparty]")

# Their choice of datetime.utcnow(), not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

KEYS = {"apiKey": "paper-alice-key", "secretKey": "paper-alice-secret", "passphrase": "paper-alice-pass"}
FLAG = "1"


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperExchange]:
    """A demo exchange over TLS (their sockets insist on it), trusted through the environment."""
    with PaperExchange(tls=True, demo=True) as paper:
        assert paper.ca_file is not None
        monkeypatch.setenv("SSL_CERT_FILE", paper.ca_file)
        yield paper
        assert paper.problems == []


class Inbox:
    """Collects what a client's callback gets, and waits for one message."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self._changed = asyncio.Event()

    def __call__(self, text: str) -> None:
        self.messages.append(orjson.loads(text))
        self._changed.set()

    async def until(self, channel: str, event: str | None = None) -> dict[str, Any]:
        """The first data of a channel, or its `event`."""
        async with asyncio.timeout(15):
            while True:
                for message in self.messages:
                    about = message.get("arg", {}).get("channel") == channel or message.get("event") == channel
                    if about and message.get("event") == event:
                        return message
                self._changed.clear()
                await self._changed.wait()


async def _public(paper: PaperExchange) -> Inbox:
    from okx.websocket.WsPublicAsync import WsPublicAsync

    inbox = Inbox()
    client = WsPublicAsync(url=paper.ws_url("public"))
    task = await client.start()
    args = [{"channel": name, "instId": "BTC-USDT"} for name in ("tickers", "books", "trades")]
    await client.subscribe(args, inbox, id="p1")
    for arg in args:
        await inbox.until(arg["channel"], "subscribe")
        await inbox.until(arg["channel"])
    await client.unsubscribe(args, inbox)
    await inbox.until("books", "unsubscribe")
    await client.stop()
    await task
    return inbox


async def _private(paper: PaperExchange) -> Inbox:
    from okx.websocket.WsPrivateAsync import WsPrivateAsync

    inbox = Inbox()
    client = WsPrivateAsync(**KEYS, url=paper.ws_url("private"))
    task = await client.start()
    await client.subscribe([{"channel": "account"}, {"channel": "orders", "instType": "ANY"}], inbox)
    await inbox.until("orders", "subscribe")
    order = {"instIdCode": 1001, "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "60000"}
    await client.place_order([order], inbox, id="o1")
    await inbox.until("orders")
    await client.stop()
    await task
    return inbox


@pytest.mark.slow
def test_async_websocket_clients(demo: PaperExchange) -> None:
    """Their public client gets data and unsubscribes; their private one logs in, places, and hears of it."""

    async def both() -> tuple[Inbox, Inbox]:
        return await asyncio.gather(_public(demo), _private(demo))

    public, private = asyncio.run(both())
    books = [message for message in public.messages if message.get("action") == "snapshot"]
    assert len(books[0]["data"][0]["asks"]) > 50
    assert any(message.get("id") == "p1" for message in public.messages)
    account = next(message for message in private.messages if message.get("eventType") == "snapshot")
    assert account["data"][0]["details"]
    reply = next(message for message in private.messages if message.get("op") == "order")
    assert (reply["id"], reply["code"]) == ("o1", "0")
    order = next(m for m in private.messages if m.get("arg", {}).get("channel") == "orders" and "data" in m)
    assert order["data"][0]["ordId"] == reply["data"][0]["ordId"]


def test_rest_clients(demo: PaperExchange) -> None:
    """Their REST clients read the market, place, find and cancel an order, and read the account."""
    from okx.Account import AccountAPI
    from okx.MarketData import MarketAPI
    from okx.PublicData import PublicAPI
    from okx.Trade import TradeAPI

    keys = ("paper-alice-key", "paper-alice-secret", "paper-alice-pass", None, FLAG, demo.url)
    with MarketAPI(flag=FLAG, domain=demo.url) as market, PublicAPI(flag=FLAG, domain=demo.url) as public:
        assert market.get_ticker("BTC-USDT")["data"][0]["instId"] == "BTC-USDT"
        assert len(market.get_candlesticks("BTC-USDT", bar="1m", limit="5")["data"]) == 5
        assert public.get_instruments("SWAP")["data"][0]["ctVal"]
        assert public.get_system_time()["code"] == "0"
    with TradeAPI(*keys) as trade, AccountAPI(*keys) as account:
        placed = trade.place_order("BTC-USDT", "cash", "buy", "limit", "0.1", px="60000", clOrdId="third1")
        assert placed["code"] == "0", placed
        assert trade.get_order("BTC-USDT", clOrdId="third1")["data"][0]["state"] == "live"
        assert trade.cancel_order("BTC-USDT", clOrdId="third1")["code"] == "0"
        assert trade.get_orders_history("SPOT")["data"][0]["state"] == "canceled"
        assert account.get_account_balance()["data"][0]["details"]
        assert account.get_account_config()["code"] == "0"
