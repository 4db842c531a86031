"""Numbers travel as they were given: byte for byte out, byte for byte back, and never as a float."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync import Config, ConfigError, Credentials, OkxClient
from okx_sync.paper import PaperExchange
from okx_sync.rest import Limiter
from tests.clocks import LeapingClock
from tests.examples import examples
from tests.rest.peers import Peer, http, peer, read_request

EDGES = ("0.00000001", "0.000000010", "1", "1.0", "100000", "1000000000000", "999999999999.99999999", "0.1000")


def echo(connection: Any, server: Peer) -> None:
    """Answer each order with an order of that size and price."""
    while request := read_request(connection):
        server.requests.append(request)
        body = orjson.loads(request.partition(b"\r\n\r\n")[2] or b"{}")
        row = {"instId": "BTC-USDT", "ordId": "1", "clOrdId": "c", "sCode": "0", "sMsg": "", **body}
        connection.sendall(http(orjson.dumps({"code": "0", "msg": "", "data": [row]})))


@pytest.fixture(scope="module")
def far() -> Iterator[tuple[OkxClient, Peer]]:
    """A client and the server that writes down what it sends."""
    with peer(echo) as server:
        config = Config(credentials=Credentials("key", "secret", "pass"), rest_url=server.url)
        with OkxClient(config, limiter=Limiter(LeapingClock())) as client:
            yield client, server


def texts() -> st.SearchStrategy[str]:
    """Numbers from 1e-8 to 1e12 as text, with any trailing zeros."""
    plain = st.decimals("0.00000001", "1000000000000", places=8).map(lambda number: format(number, "f"))
    cut = st.tuples(plain, st.integers(0, 8)).map(lambda pair: pair[0][: len(pair[0]) - pair[1]].rstrip("."))
    return st.sampled_from(EDGES) | plain | cut.filter(lambda text: Decimal(text) > 0)


@settings(max_examples=examples(60), deadline=None)
@given(texts(), texts())
def test_sizes_and_prices_are_sent_byte_for_byte(far: tuple[OkxClient, Peer], size: str, price: str) -> None:
    """Text and Decimal go out as the same digits, trailing zeros and all; never with an exponent."""
    client, server = far
    for sz, px in ((size, price), (Decimal(size), Decimal(price))):
        client.place_order("BTC-USDT", "cash", "buy", "limit", sz, px)
        assert f'"sz":"{size}","px":"{price}"'.encode() in server.requests[-1]


@settings(max_examples=examples(60), deadline=None)
@given(texts())
def test_what_comes_back_is_exact(far: tuple[OkxClient, Peer], number: str) -> None:
    """A number of an answer is that Decimal, and goes out again as the very text it came as."""
    client, _ = far
    row = client.trade.place_order("BTC-USDT", "cash", "buy", "limit", number, number)
    assert row.to_wire()["sz"] == row.extra["sz"] == number
    (raw,) = client.request("POST", "/api/v5/trade/order", {"sz": Decimal(number)})
    assert raw["sz"] == number


def test_a_real_order_comes_back_with_the_same_digits(paper: PaperExchange) -> None:
    """Through the books of the exchange: what was sent is what is read, as Decimal and as text."""
    with OkxClient(paper.config) as client:
        for size, price in (("0.00000001", "60000.1"), ("0.12345678", "59999.9")):
            placed = client.place_order("BTC-USDT", "cash", "buy", "limit", Decimal(size) + 1, price)
            order = client.get_order("BTC-USDT", placed.ordId)
            client.cancel_order("BTC-USDT", placed.ordId)
            assert (order.sz, order.px) == (Decimal(size) + 1, Decimal(price))
            assert (order.to_wire()["sz"], order.to_wire()["px"]) == (str(Decimal(size) + 1), price)


@pytest.mark.parametrize("number", [0.1, 1e-8, float("nan"), 1.0])
@pytest.mark.parametrize("name", ["sz", "px"])
def test_floats_are_refused_before_anything_is_sent(paper: PaperExchange, name: str, number: float) -> None:
    """Named and unnamed calls and orders of a batch name the parameter and tell what to give instead."""
    order: dict[str, Any] = {"instId": "BTC-USDT", "sz": "1", "px": "1", name: number}
    with OkxClient(paper.config) as client:
        calls = (
            lambda: client.place_order("BTC-USDT", "cash", "buy", "limit", order["sz"], order["px"]),
            lambda: client.request("POST", "/api/v5/trade/order", order),
            lambda: client.request("POST", "/api/v5/trade/batch-orders", [order]),
        )
        for call in calls:
            with pytest.raises(ConfigError, match=rf"{name} is a float") as caught:
                call()
            assert "Decimal" in str(caught.value.hint)
    assert paper.requests == []
