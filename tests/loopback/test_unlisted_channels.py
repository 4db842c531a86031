"""The generic door: a channel that the exchange has and this package does not know, and what else is new."""

from __future__ import annotations

import dataclasses
import queue
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import (
    BitgetWsClient,
    BybitClient,
    BybitWsClient,
    ConfigError,
    OkxTimeoutError,
    SubscriptionError,
    WsClient,
)
from okx_sync.errors import ConnectionLost, OkxApiError
from okx_sync.live.live_client import LiveClient
from okx_sync.paper import PaperExchange
from okx_sync.paper.bitget import channels as bitget
from okx_sync.paper.bybit import channels as bybit
from okx_sync.paper.bybit.v5_ws_session import BybitV5PublicSession
from okx_sync.paper.okx import channels as okx
from okx_sync.paper.server import server
from okx_sync.paper.server.ws_session import WsPath
from okx_sync.rows import UntypedRow
from tests.loopback.conftest import FAST, States, our_threads, until

SWAP = "BTC-USDT-SWAP"


@attrs.frozen
class Venue:
    """An exchange that has a channel ``brand-new`` since yesterday, like one that everybody knows."""

    client: Any
    args: dict[str, Any]
    price: str

    def config(self, paper: PaperExchange) -> Any:
        """The first account's settings."""
        if self.client is BybitWsClient:
            return paper.bybit_config()
        if "symbol" in self.args:
            return paper.bitget_config("v3", account="carol")
        return paper.bitget_config() if self.client is BitgetWsClient else paper.config


VENUES = {
    "okx": Venue(WsClient, {"instId": SWAP}, "last"),
    "bybit": Venue(BybitWsClient, {"symbol": "BTCUSDT"}, "lastPrice"),
    "bitget": Venue(BitgetWsClient, {"instType": "USDT-FUTURES", "instId": "BTCUSDT"}, "lastPr"),
    "bitget v3": Venue(BitgetWsClient, {"instType": "usdt-futures", "symbol": "BTCUSDT"}, "lastPrice"),
}


@pytest.fixture(params=VENUES)
def venue(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Venue:
    """Each exchange, with the new channel."""
    tables = {
        "okx": (okx.CHANNELS, "tickers"),
        "bybit": (bybit.V5_PUBLIC, "tickers"),
        "bitget": (bitget.V2, "ticker"),
        "bitget v3": (bitget.V3, "ticker"),
    }
    table, known = tables[request.param]
    monkeypatch.setitem(table, "brand-new", dataclasses.replace(table[known], name="brand-new"))
    return VENUES[request.param]


@pytest.fixture
def ws(venue: Venue, paper: PaperExchange) -> Iterator[LiveClient]:
    """A client that knows nothing of it."""
    with venue.client(venue.config(paper), options=FAST) as made:
        yield made
    until(lambda: not our_threads(), what="the end of all threads")


def test_it_is_subscribed_by_name_and_path(venue: Venue, ws: LiveClient, paper: PaperExchange) -> None:
    """Confirmed, routed, counted and restored as any other; rows are mappings with exact numbers."""
    states = States()
    ws.on_state(states)
    sub = ws.subscribe("brand-new", path="public", **venue.args)
    row = sub.get(timeout=5)
    assert isinstance(row, UntypedRow)
    price = row.number(venue.price)
    assert price is not None
    assert price > 0
    paper.faults.drop()
    states.until("restored")
    before = sub.stats.received
    until(lambda: sub.stats.received > before, what="rows behind the restore")
    assert ws.subscription_count() == 1
    sub.unsubscribe()
    assert ws.subscription_count() == 0


def test_the_error_of_an_unknown_channel_tells_how(venue: Venue, ws: LiveClient) -> None:
    """Without a path nothing is sent, and the hint names the way; a value that is no text is refused."""
    with pytest.raises(ConfigError, match="brand-new") as caught:
        ws.subscribe("brand-new", **venue.args)
    assert "path='public'" in str(caught.value.hint)
    with pytest.raises(ConfigError, match="must be text"):
        ws.subscribe("brand-new", path="public", **{**venue.args, "depth": 5})
    with pytest.raises(ConfigError, match="path"):
        ws.subscribe("brand-new", path="pubic", **venue.args)


def test_one_that_the_exchange_does_not_have_is_refused_by_it(venue: Venue, ws: LiveClient) -> None:
    """The exchange's own words are raised."""
    with pytest.raises((SubscriptionError, OkxTimeoutError)):
        ws.subscribe("never-heard-of", path="public", timeout=2, **venue.args)


def test_a_text_that_cannot_be_sent_ends_nothing(venue: Venue, ws: LiveClient) -> None:
    """Half a character has no bytes: it is refused before it reaches the link, which goes on for all others."""
    sub = ws.subscribe("brand-new", path="public", **venue.args)
    name = next(reversed(venue.args))
    for args in ({**venue.args, name: "\ud800"}, {**venue.args, "\ud800": "x"}):
        with pytest.raises(ConfigError, match="cannot be sent"):
            ws.subscribe("brand-new", path="public", **args)
    with pytest.raises(ConfigError, match="cannot be sent"):
        ws.order_book("\ud800")
    assert sub.get(timeout=5)
    assert ws.subscription_count() == 1


def test_account_data_is_never_dropped_silently(venue: Venue, ws: LiveClient) -> None:
    """On a private path the careful policies hold."""
    with pytest.raises(ConfigError, match="never dropped silently"):
        ws.subscribe("brand-new", path="private", policy="drop_oldest", **venue.args)


def test_an_address_of_its_own(paper: PaperExchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that begins with a slash is one of the server's, on the same host."""
    monkeypatch.setitem(bybit.V5_PUBLIC, "brand-new", dataclasses.replace(bybit.V5_PUBLIC["tickers"], name="brand-new"))
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        sub = ws.subscribe("brand-new.BTCUSDT", path="/v5/public/linear")
        assert sub.get(timeout=5)["symbol"] == "BTCUSDT"
        assert list(ws.status()["links"]) == ["/v5/public/linear"]


@pytest.mark.parametrize("name", ["rfq.site.rfqs", "reality-orderbook"])
def test_what_has_no_class_yet(paper: PaperExchange, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Private topics of which too little is documented: logged in, confirmed, delivered, restored."""
    silent = dataclasses.replace(bybit.V5_PRIVATE["rfq.open.rfqs"], name=name)
    monkeypatch.setitem(bybit.V5_PRIVATE, name, silent)
    like_fills = dataclasses.replace(bitget.V3["fill"], name=name, required=("symbol",))
    monkeypatch.setitem(bitget.V3, name, like_fills)
    ws: LiveClient
    arg: dict[str, Any]
    if name == "reality-orderbook":
        ws = BitgetWsClient(paper.bitget_config("v3", account="carol"), options=FAST)
        arg = {"instType": "UTA", "symbol": "TSLAX"}
    else:
        ws, arg = BybitWsClient(paper.bybit_config(), options=FAST), {}
    told = {"topic": name, **arg}
    with ws:
        sub = ws.subscribe(name, path="private", **arg)
        assert paper.push(told, [{"price": "1.10"}]) == 1
        assert sub.get(timeout=5).number("price") == Decimal("1.10")
        paper.faults.drop()
        until(lambda: paper.push(told, [{"price": "2"}]) == 1, what="the topic again")


def test_a_category_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bybit's `event`: its streams at their address, its REST by `request`; the exchange decides what there is."""
    monkeypatch.setitem(server.WS_PATHS, "/v5/public/event", WsPath("v5/public/event", BybitV5PublicSession))
    with PaperExchange() as paper:
        config = paper.bybit_config()
        with BybitWsClient(config, options=FAST) as ws, BybitClient(config) as rest:
            row = ws.subscribe("tickers.BTCUSDT", path="/v5/public/event").get(timeout=5)
            assert row.symbol == "BTCUSDT"  # a name that it shares with other categories: typed as there
            with pytest.raises(OkxApiError, match="Illegal category"):
                rest.request("GET", "/v5/market/tickers", {"category": "event"})
        assert [one.path for one in paper.connections] == ["v5/public/event"]


def test_any_operation_is_sent_and_its_answer_found(paper: PaperExchange) -> None:
    """By the id that the client gives it; without a wait nothing is given."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        ws.connect("trade", timeout=5)
        header = {"X-BAPI-TIMESTAMP": str(int(time.time() * 1000))}
        order = {"category": "linear", "symbol": "BTCUSDT", "side": "Buy", "orderType": "Limit"}
        order |= {"qty": "0.01", "price": "1000", "timeInForce": "GTC"}
        answer = ws.send("order.create", [order], path="trade", header=header, timeout=5)
        assert answer is not None
        assert (answer["op"], answer["retCode"]) == ("order.create", 0)
        with pytest.raises(ConfigError, match="given by the client"):
            ws.send("order.create", [order], path="trade", reqId="1", timeout=1)
        with pytest.raises(ConfigError, match="nobody can wait"):
            ws.send("subscribe", ["tickers.BTCUSDT"], timeout=1)
    with WsClient(paper.config, options=FAST) as okx_ws:
        okx_ws.connect("private", timeout=5)
        order = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "limit", "px": "1000", "sz": "1"}
        answer = okx_ws.send("order", [order], path="private", timeout=5)
        assert answer is not None
        assert (answer["op"], answer["data"][0]["sCode"]) == ("order", "50014"), "instIdCode is wanted there"
    with BitgetWsClient(paper.bitget_config("v3", account="carol"), options=FAST) as unified:
        unified.connect("private", timeout=5)
        order = {"symbol": "BTCUSDT", "side": "buy", "orderType": "limit", "qty": "0.01", "price": "1000"}
        told = {"category": "usdt-futures", "topic": "place-order"}
        answer = unified.send("trade", [order], path="private", timeout=5, **told)
        assert answer is not None
        assert (answer["topic"], answer["code"]) == ("place-order", "0")
    with BitgetWsClient(paper.bitget_config(), options=FAST) as bitget_ws, pytest.raises(ConfigError, match="answer"):
        bitget_ws.send("trade", [], timeout=1)


def test_the_address_of_a_private_path_is_private(paper: PaperExchange) -> None:
    """Account data by whatever name: logged in, never dropped silently, at the host of that path."""
    config = attrs.evolve(paper.bybit_config(), ws_public_url="ws://127.0.0.1:9/v5/public/linear")
    with BybitWsClient(config, options=FAST) as ws:
        with pytest.raises(ConfigError, match="never dropped silently"):
            ws.subscribe("brand-new", path="/v5/private", policy="drop_oldest")
        with pytest.raises((SubscriptionError, OkxTimeoutError)):
            ws.subscribe("never-heard-of", path="/v5/private", timeout=2)
        [link] = ws.status()["links"].values()
        assert (link["state"], link["url"]) == ("ready", config.ws_url("private"))
        with pytest.raises(ConfigError, match="path of an address"):
            ws.subscribe("brand-new", path="/v5/private\r\nX-Header: 1")


def test_what_cannot_be_sent_is_refused_and_leaves_nothing(paper: PaperExchange) -> None:
    """A number that JSON has no form for, or a path that is not connected: no link is made of it."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        ws.connect("public", timeout=5)
        for timeout in (None, 1):
            with pytest.raises(ConfigError, match="ping cannot be sent as JSON"):
                ws.send("ping", [Decimal(1)], timeout=timeout)
        assert ws.status()["links"]["public"]["pending_calls"] == 0
        with pytest.raises(ConnectionLost, match="not connected"):
            ws.send("order.create", [], path="trade")
        assert ws.is_connected()
        assert list(ws.status()["links"]) == ["public"]


@pytest.mark.parametrize("timeout", [float("nan"), True, "5"])
def test_a_timeout_that_is_no_number_sends_nothing(paper: PaperExchange, timeout: Any) -> None:
    """The error says that the call is wrong, so that nobody looks for the order."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        ws.connect("trade", timeout=5)
        with pytest.raises(ConfigError, match="timeout cannot be"):
            ws.send("order.create", [{"symbol": "BTCUSDT"}], path="trade", timeout=timeout)
        assert ws.status()["links"]["trade"]["pending_calls"] == 0


def test_what_is_new_is_counted_and_told_once(paper: PaperExchange, caplog: pytest.LogCaptureFixture) -> None:
    """A field and a word that nobody knew yesterday, and a code: in ``status()`` and in one line of the log each."""
    with WsClient(paper.config, options=FAST) as ws:
        ws.subscribe_orders("ANY", queue=queue.Queue())
        arg = {"channel": "orders", "instType": "ANY"}
        row = {"instId": SWAP, "instType": "SWAP", "ordId": "1", "state": "sleeping", "side": "buy", "mood": "good"}

        def is_told() -> bool:
            paper.push(arg, [row])
            return {"field Order.mood", "word Order.state=sleeping"} <= set(ws.status()["unknown"].get("orders", {}))

        until(is_told, what="the news")
        assert "Order.mood" in repr(ws.status())
    lines = [record for record in caplog.records if "Order.mood" in record.getMessage()]
    assert len(lines) == 1
