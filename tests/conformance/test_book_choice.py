"""Which book is opened: by channel, depth and product type; what cannot be right is refused before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync import ConfigError
from okx_sync.clients.bitget_ws import BitgetWsClient
from okx_sync.clients.bybit_ws import BybitWsClient
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect
from tests.conformance.wire_protocols import Wire
from tests.loopback.conftest import FAST

_OF_DEPTH = {
    "OKX": {1: "bbo-tbt", 5: "books5", 400: "books"},
    "Bitget V2": {1: "books1", 5: "books5", 15: "books15", 50: "books50"},
    "Bitget V3": {1: "books1", 5: "books5", 50: "books50"},
    "Bitget V1": {5: "books5", 15: "books15"},
    "Bybit V5": {1: "orderbook.1", 50: "orderbook.50", 200: "orderbook.200", 1000: "orderbook.1000"},
    "Bybit seed": {25: "orderBookL2_25", 200: "orderBook_200.100ms"},
}


def test_a_book_by_its_depth(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """``depth=`` is one word on every exchange: levels a side, or an error that names what there is."""
    assert wire.book is not None
    ws = connect().ws
    for depth, channel in _OF_DEPTH[wire.name].items():
        with ws.order_book(wire.book, depth=depth) as book:
            assert book.channel == channel
            assert book.wait_valid(5)
    asked = sum(sum(one.asked.values()) for one in paper.connections)
    there = ", ".join(map(str, _OF_DEPTH[wire.name]))[:5]
    for wrong in (7, "many", True, 0):
        with pytest.raises(ConfigError, match=f"depth {wrong!r}") as caught:
            ws.order_book(wire.book, depth=wrong)  # type: ignore[arg-type]
        assert there in (caught.value.hint or "")
    with pytest.raises(ConfigError, match="is the channel"):
        ws.order_book(wire.book, ws._live.spec.books.channel, depth=min(_OF_DEPTH[wire.name]))
    assert sum(sum(one.asked.values()) for one in paper.connections) == asked


def test_options_that_no_book_has(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A misspelt option is refused with what was meant, and nothing is sent."""
    assert wire.book is not None
    ws = connect().ws
    meant: dict[str, Any] = {"dept": "depth", "Product": "product", "time_out": "timeout", "chanel": "channel"}
    for wrong, right in meant.items():
        with pytest.raises(ConfigError, match=wrong) as caught:
            ws.order_book(wire.book, **{wrong: 5})  # type: ignore[arg-type]
        assert right in (caught.value.hint or "")
    with pytest.raises(ConfigError, match="queue"):
        ws.order_book(wire.book, queue=1)
    assert paper.connections == []


def test_products_of_bitget(paper: PaperExchange) -> None:
    """``product=`` opens books of each product type, the wire's ``instType`` says the same; wrong words are refused."""
    with BitgetWsClient(paper.bitget_config("v2"), options=FAST) as ws:
        for word in ({"product": "COIN-FUTURES"}, {"instType": "COIN-FUTURES"}, {"inst_type": "COIN-FUTURES"}):
            chosen = ws._live.spec.books.info(ws._spec.lookup, None, None)
            said = dict(word)
            topic = ws._live.spec.books.topic(ws._spec.topic_for, chosen, "BTCUSD", said.pop("product", None), said)
            assert dict(topic.args) == {"instId": "BTCUSD", "instType": "COIN-FUTURES"}
            assert said == {}
        for wrong, meant in (("COIN_FUTURES", "COIN-FUTURES"), ("usdc-futures", "USDC-FUTURES"), ("USDT", "USDT")):
            with pytest.raises(ConfigError, match="product must be one of") as caught:
                ws.order_book("BTCUSD", product=wrong)
            assert meant in (caught.value.hint or str(caught.value))
        with pytest.raises(ConfigError, match="contradict"):
            ws.order_book("BTCUSD", product="COIN-FUTURES", instType="USDT-FUTURES")  # type: ignore[call-arg]
        with ws.order_book("BTCUSDT", product="USDT-FUTURES") as book:
            assert book.wait_valid(5)


def test_products_of_bitget_v3(paper: PaperExchange) -> None:
    """The same words for both kinds of account, and spot beside them; the wire has them in small letters."""
    paper.unify()
    with BitgetWsClient(paper.bitget_config("v3"), options=FAST) as ws:
        chosen = ws._live.spec.books.info(ws._spec.lookup, None, None)
        for product in ("COIN-FUTURES", "SPOT"):
            topic = ws._live.spec.books.topic(ws._spec.topic_for, chosen, "BTCUSD", product, {})
            assert dict(topic.args) == {"symbol": "BTCUSD", "instType": product.lower()}
        for product in ("SPOT", "USDT-FUTURES"):
            with ws.order_book("BTCUSDT", product=product) as book:
                assert book.wait_valid(5)
        with pytest.raises(ConfigError, match="product must be one of"):
            ws.order_book("BTCUSDT", product="SUSDT-FUTURES")


@pytest.mark.parametrize("name", ["product", "instType"])
def test_a_product_that_is_none(paper: PaperExchange, wire: Wire, connect: Connect, name: str) -> None:
    """Refused before anything is sent; where OKX's names say the product, the hint says so."""
    assert wire.book is not None
    ws = connect().ws
    with pytest.raises(ConfigError, match="product") as caught:
        ws.order_book(wire.book, **{name: "perpetual"})  # type: ignore[arg-type]
    assert "one of" in str(caught.value) or caught.value.hint
    assert paper.connections == []


def test_products_of_bybit(paper: PaperExchange) -> None:
    """``product=`` is the category; each has an address of its own, and the same name is never two books in one."""
    with BybitWsClient(paper.bybit_config().replace(category="spot"), options=FAST) as ws:
        with ws.order_book("BTCUSDT", product="linear") as linear:
            assert linear.wait_valid(5)
            with pytest.raises(ConfigError, match="/v5/public/linear") as caught:
                ws.order_book("BTCUSDT")
            assert "another client" in (caught.value.hint or "")
            assert linear.valid
        assert [one.path for one in paper.connections] == ["v5/public/linear"]
        for wrong in ({"product": "option"}, {"product": "linear", "path": "public"}):
            with pytest.raises(ConfigError, match="product"):
                ws.order_book("BTCUSDT", **wrong)  # type: ignore[arg-type]
        with pytest.raises(ConfigError, match="a client of its own"):
            ws.order_book("BTCUSDT", "orderbook.full", product="linear")
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws, ws.order_book("BTCUSDT", product="linear") as own:
        assert own.wait_valid(5)
        assert list(ws.status()["links"]) == ["public"]


def test_books_of_options(paper: PaperExchange) -> None:
    """Bybit's options have books of 25 and 100 levels; without a wish it is the deeper one."""
    with BybitWsClient(BybitConfig(category="option"), options=FAST) as ws:
        assert ws._live.spec.books.channel == "orderbook.100"
        with pytest.raises(ConfigError, match="depth 50") as caught:
            ws.order_book("BTC-1JAN27-100000-C", depth=50)
        assert "25, 100" in (caught.value.hint or "")
