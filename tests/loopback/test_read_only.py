"""``read_only`` and ``dry_run``: with them on, nothing that changes something reaches the exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

from okx_sync import (
    Config,
    ConfigError,
    DryRun,
    OkxApiError,
    OkxAuthError,
    OkxClient,
    OkxError,
    ReadOnlyError,
    WsClient,
)
from okx_sync.exchanges.okx.rest import CancelOrder, NewOrder
from okx_sync.paper import PaperExchange
from okx_sync.rest import Endpoint
from tests.each_case import each_case
from tests.exchanges.okx.endpoint_calls import full_call
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, until
from tests.paper.wire_client import RestClient

paper = still_exchange.shared_paper

POSTS = [one for one in OkxClient.endpoints() if one.method == "POST"]
COMPUTING = {
    "account.build_position",
    "account.build_position_graph",
    "trade.check_order",
    "grid.compute_margin",
    "grid.get_min_investment",
    "flexible_loan.get_max_loan",
    "insight.get_indicators",
    "insight.filter_market",
    "insight.filter_oi_change",
    "insight.get_oi_history",
}
STREAM_OPS = [
    *("order", "batch-orders", "cancel-order", "batch-cancel-orders", "amend-order", "batch-amend-orders"),
    *("mass-cancel", "sprd-order", "sprd-amend-order", "sprd-cancel-order", "sprd-mass-cancel"),
    *("order-algo", "cancel-algos"),  # not in OKX's guide
]


def name_of(endpoint: Endpoint) -> str:
    return f"{endpoint.group}.{endpoint.name}"


# Of them, what the exchange itself refuses: it is sent.
REFUSED = {"trade.check_order"}
WRITING = [one for one in POSTS if name_of(one) not in COMPUTING]


def posts(paper: PaperExchange) -> int:
    """POST requests that the exchange has seen."""
    return sum(request.method == "POST" for request in paper.requests)


@pytest.fixture
def untouched(paper: PaperExchange) -> Iterator[None]:
    """At the end of the test the exchange has seen not one POST more."""
    before = posts(paper)
    yield
    assert posts(paper) == before


@pytest.fixture(scope="module")
def reader(paper: PaperExchange) -> Iterator[OkxClient]:
    """A client that only reads."""
    with OkxClient(paper.config, read_only=True) as made:
        yield made


@pytest.fixture(scope="module")
def rehearsal(paper: PaperExchange) -> Iterator[OkxClient]:
    """A client of a dry run."""
    with OkxClient(paper.config, dry_run=True) as made:
        yield made


def call(client: OkxClient, endpoint: Endpoint) -> Any:
    arguments, _ = full_call(endpoint)
    return getattr(getattr(client, endpoint.group), endpoint.name)(**arguments)


# -- which calls ------------------------------------------------------------------------------------------


def test_which_calls_only_read() -> None:
    """All GETs, and of the POSTs those that compute an answer and leave nothing behind, no quote and no file."""
    assert {name_of(one) for one in POSTS if one.reads} == COMPUTING
    assert all(one.reads for one in OkxClient.endpoints() if one.method == "GET")


@each_case("endpoint", WRITING, ids=name_of)
@pytest.mark.usefixtures("untouched")
def test_no_named_call_is_sent(reader: OkxClient, rehearsal: OkxClient, endpoint: Endpoint) -> None:
    """Every call that changes something raises before anything is sent; the dry run tells what it would have been."""
    with pytest.raises(ReadOnlyError, match=f"POST {endpoint.path} was not sent"):
        call(reader, endpoint)
    with pytest.raises(DryRun) as caught:
        call(rehearsal, endpoint)
    assert (caught.value.method, caught.value.path) == ("POST", endpoint.path)
    _, body = full_call(endpoint)
    sent = orjson.loads(caught.value.body)
    if "passphrase" not in caught.value.body and "apiKey" not in caught.value.body and "pwd" not in caught.value.body:
        assert sent == body


ONE: Any = {"instId": "BTC-USDT", "ordId": "1"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v5/trade/cancel-order", ONE),
        ("/api/v5/trade/cancel-order/", ONE),
        ("/api/v5/trade/cancel-batch-orders", [ONE]),
        ("/api/v5/brand/new", ONE),
        ("/api/v5/brand/new", [ONE]),
        ("/api/v5/brand/new", None),
    ],
)
@pytest.mark.usefixtures("untouched")
def test_request_is_guarded_too(reader: OkxClient, rehearsal: OkxClient, path: str, body: Any) -> None:
    """Declared or not, a POST of one's own is stopped as well."""
    with pytest.raises(ReadOnlyError):
        reader.request("post", path, body)
    with pytest.raises(DryRun) as caught:
        rehearsal.request("POST", path, body)
    assert caught.value.path == path
    assert orjson.loads(caught.value.body) == (body or {})


def test_a_get_that_makes_something_is_no_reading(paper: PaperExchange, reader: OkxClient) -> None:
    """OKX makes Lightning invoices with a GET."""
    before = len(paper.requests)
    with pytest.raises(ReadOnlyError):
        reader.request("GET", "/api/v5/asset/deposit-lightning", {"ccy": "BTC", "amt": "0.1"})
    assert len(paper.requests) == before


def test_reading_goes_on(reader: OkxClient, rehearsal: OkxClient) -> None:
    """Market, account, and POSTs that only compute."""
    for client in (reader, rehearsal):
        assert client.get_ticker("BTC-USDT").last
        assert client.get_balance().details
        assert client.request("GET", "/api/v5/account/config")
        for endpoint in POSTS:
            if name_of(endpoint) in COMPUTING - REFUSED:
                call(client, endpoint)
            elif name_of(endpoint) in REFUSED:
                with pytest.raises(OkxApiError):
                    call(client, endpoint)


# -- the dry run ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("untouched")
def test_a_dry_run_makes_all_checks_first(paper: PaperExchange, rehearsal: OkxClient) -> None:
    """Parameters, batch size and credentials: what would fail before sending fails in the same way."""
    refused: list[tuple[type[OkxError], str, Callable[[], Any]]] = [
        (ConfigError, "side", lambda: rehearsal.place_order("BTC-USDT", "cash", "bye", "market", 1)),
        (ConfigError, "sz", lambda: rehearsal.place_order("BTC-USDT", "cash", "buy", "market", 0.1)),  # type: ignore[arg-type]
        (ConfigError, "ord_id or cl_ord_id", lambda: rehearsal.cancel_order("BTC-USDT")),
        (ConfigError, "1 to 20", lambda: rehearsal.trade.cancel_batch_orders([CancelOrder("BTC-USDT", "1")] * 21)),
    ]
    for kind, text, do in refused:
        with pytest.raises(kind, match=text):
            do()
    with OkxClient(paper.public_config, dry_run=True) as stranger, pytest.raises(OkxAuthError, match="credentials"):
        stranger.cancel_order("BTC-USDT", "1")


@pytest.mark.usefixtures("untouched")
def test_a_dry_run_shows_the_very_order(rehearsal: OkxClient) -> None:
    """The body has the wire's words and the id that was made up."""
    with pytest.raises(DryRun) as caught:
        rehearsal.place_order("BTC-USDT", "cash", "buy", "limit", "0.10", "20000.0")
    body = orjson.loads(caught.value.body)
    assert len(body.pop("clOrdId")) == 32
    assert body == {
        "instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.10", "px": "20000.0",
    }  # fmt: skip
    with pytest.raises(DryRun) as caught:
        rehearsal.trade.place_batch_orders([NewOrder("BTC-USDT", "cash", "buy", "market", 1)] * 2)
    ids = [order["clOrdId"] for order in orjson.loads(caught.value.body)]
    assert len(set(ids)) == 2


def test_the_body_is_what_a_real_call_sends(paper: PaperExchange, rehearsal: OkxClient) -> None:
    """Sent by hand, the body of the dry run is the order that a real call would have placed."""
    with pytest.raises(DryRun) as caught:
        rehearsal.place_order("BTC-USDT", "cash", "buy", "limit", "0.01", "20000", "rehearsed1")
    with RestClient(paper) as raw:
        answer = raw.call("POST", caught.value.path, caught.value.body)
    assert answer.json()["data"][0]["sCode"] == "0"
    assert rehearsal.get_order("BTC-USDT", cl_ord_id="rehearsed1").state == "live"


# -- the switches themselves --------------------------------------------------------------------------------


@pytest.mark.usefixtures("untouched")
def test_read_only_wins_and_comes_before_credentials(paper: PaperExchange) -> None:
    """Both switches on, and no key at all: still it is the switch that is told of."""
    config = paper.public_config.replace(dry_run=True)
    with OkxClient(config, read_only=True) as client, pytest.raises(ReadOnlyError):
        client.cancel_order("BTC-USDT", "1")


@pytest.mark.usefixtures("untouched")
def test_a_client_cannot_lift_what_its_config_forbids(paper: PaperExchange) -> None:
    """``read_only=False`` of a client does not switch off the config's switch."""
    with OkxClient(paper.config.replace(read_only=True), read_only=False) as client, pytest.raises(ReadOnlyError):
        client.cancel_order("BTC-USDT", "1")


# -- streams --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("op", STREAM_OPS)
@pytest.mark.parametrize(("switch", "error"), [("read_only", ReadOnlyError), ("dry_run", DryRun)])
def test_no_stream_operation_is_sent(switch: str, error: type[OkxError], op: str) -> None:
    """The raw ``send`` stops every operation that is not known to read, before any link is asked."""
    with WsClient(Config(), **{switch: True}) as ws:  # type: ignore[arg-type]
        with pytest.raises(error) as caught:
            ws.send(op, [{"instId": "BTC-USDT"}], path="private", id="1")
        assert ws.status()["links"] == {}
    if isinstance(caught.value, DryRun):
        assert (caught.value.method, caught.value.path) == ("WS", op)
        assert orjson.loads(caught.value.body) == {"op": op, "args": [{"instId": "BTC-USDT"}], "id": "1"}


def test_streams_still_deliver(paper: PaperExchange) -> None:
    """A read-only stream logs in, subscribes, unsubscribes and sends requests that read."""
    with WsClient(paper.config, options=FAST, read_only=True) as ws:
        sub = ws.subscribe("orders", instType="ANY")
        ws.send("subscribe", [{"channel": "account"}], path="private")
        until(lambda: "account" in str(paper.topics()))
        sub.unsubscribe()
    assert paper.journal.frames
