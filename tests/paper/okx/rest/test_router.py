"""REST of the paper exchange: envelope, statuses, rows, pages, limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from okx_sync.paper import PaperClock, PaperExchange
from okx_sync.paper.okx.rest.router import ENDPOINTS
from tests.paper.wire_client import RestClient, WireClient

LIMIT = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "60000"}


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[RestClient]:
    """Alice's REST."""
    with RestClient(paper) as client:
        yield client


@pytest.fixture(scope="module")
def reader() -> Iterator[RestClient]:
    """Alice's REST at an exchange shared by the tests that change nothing."""
    with PaperExchange() as exchange, RestClient(exchange) as client:
        yield client
        assert exchange.problems == []


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("public/time", {}, "ts"),
        ("public/instruments", {"instType": "SPOT"}, "tickSz"),
        ("public/instruments", {"instType": "SWAP", "instFamily": "BTC-USDT"}, "ctVal"),
        ("public/mark-price", {"instType": "SWAP"}, "markPx"),
        ("public/funding-rate", {"instId": "BTC-USDT-SWAP"}, "fundingRate"),
        ("public/funding-rate-history", {"instId": "BTC-USDT-SWAP"}, "realizedRate"),
        ("public/open-interest", {"instType": "SWAP", "instId": "ETH-USDT-SWAP"}, "oi"),
        ("public/price-limit", {"instId": "BTC-USDT-SWAP"}, "buyLmt"),
        ("market/ticker", {"instId": "BTC-USDT"}, "last"),
        ("market/tickers", {"instType": "SPOT"}, "last"),
        ("market/index-tickers", {"quoteCcy": "USDT"}, "idxPx"),
        ("market/index-tickers", {"instId": "BTC-USDT"}, "idxPx"),
        ("market/books", {"instId": "BTC-USDT", "sz": "20"}, "asks"),
        ("market/books-full", {"instId": "BTC-USDT", "sz": "20"}, "bids"),
        ("market/trades", {"instId": "BTC-USDT"}, "tradeId"),
        ("market/history-trades", {"instId": "BTC-USDT"}, "tradeId"),
        ("system/status", {"state": "completed"}, "state"),
        ("account/balance", {}, "totalEq"),
        ("account/config", {}, "uid"),
        ("account/instruments", {"instType": "SPOT"}, "instIdCode"),
        ("account/leverage-info", {"instId": "BTC-USDT-SWAP", "mgnMode": "cross"}, "lever"),
        ("account/trade-fee", {"instType": "SPOT"}, "taker"),
        ("account/max-size", {"instId": "BTC-USDT", "tdMode": "cash"}, "maxBuy"),
        ("account/max-avail-size", {"instId": "BTC-USDT", "tdMode": "cash"}, "availBuy"),
        ("account/bills", {}, "billId"),
        ("account/bills-archive", {}, "billId"),
    ],
)
def test_rows(reader: RestClient, path: str, query: dict[str, str], field: str) -> None:
    """Every reading endpoint answers code 0 with rows that have its fields."""
    answer = reader.get(path, **query)
    message = answer.json()
    assert (answer.status_code, message["code"], message["msg"]) == (200, "0", "")
    assert field in message["data"][0]


def test_every_endpoint_is_signed_as_the_table_says(paper: PaperExchange) -> None:
    """Unsigned, private endpoints answer 50103 and public ones do not."""
    with requests.Session() as session:
        session.trust_env = False
        for (method, path), endpoint in ENDPOINTS.items():
            answer = session.request(method, paper.url + path, json={} if method == "POST" else None, timeout=5)
            assert (answer.json()["code"] == "50103") is endpoint.private, path
    assert paper.problems == []


@pytest.mark.parametrize(
    ("method", "path", "body", "changes", "status", "code"),
    [
        ("GET", "/api/v5/no/such", "", {}, 404, "404"),
        ("POST", "/api/v5/market/ticker", "{}", {}, 405, "50115"),
        ("GET", "/api/v5/trade/batch-orders", "", {}, 405, "50115"),
        ("POST", "/api/v5/trade/order", "", {}, 400, "50000"),
        ("POST", "/api/v5/trade/order", "{", {}, 400, "50002"),
        ("POST", "/api/v5/trade/batch-orders", "{}", {}, 400, "50002"),
        ("POST", "/api/v5/trade/batch-orders", "[1]", {}, 400, "50002"),
        ("POST", "/api/v5/trade/order", "[{}]", {}, 400, "50002"),
        ("POST", "/api/v5/trade/order", "{}", {"Content-Type": "text/plain"}, 400, "50006"),
        ("POST", "/api/v5/trade/order", "{}", {"expTime": "1"}, 200, "50036"),
        ("GET", "/api/v5/market/ticker", "", {}, 400, "50014"),
        ("GET", "/api/v5/market/ticker?instId=NO-SUCH", "", {}, 200, "51001"),
        ("GET", "/api/v5/market/tickers?instType=SOUP", "", {}, 400, "51000"),
        ("GET", "/api/v5/market/candles?instId=BTC-USDT&bar=7m", "", {}, 400, "51000"),
        ("GET", "/api/v5/market/candles?instId=BTC-USDT&limit=x", "", {}, 400, "51000"),
        ("GET", "/api/v5/market/candles?instId=BTC-USDT&after=x", "", {}, 400, "51000"),
        ("GET", "/api/v5/account/bills?after=x", "", {}, 400, "51000"),
        ("GET", "/api/v5/account/max-size?instId=BTC-USDT&tdMode=cash&px=x", "", {}, 400, "51000"),
        ("GET", "/api/v5/account/max-size?instId=BTC-USDT-SWAP&tdMode=cross&px=0", "", {}, 400, "51000"),
        ("GET", "/api/v5/trade/orders-pending?before=x", "", {}, 400, "51000"),
        ("GET", "/api/v5/account/bills-archive?end=x", "", {}, 400, "51000"),
        ("GET", "/api/v5/asset/bills?after=x", "", {}, 400, "51000"),
        ("GET", "/api/v5/market/index-tickers", "", {}, 400, "50015"),
        ("GET", "/api/v5/public/funding-rate?instId=BTC-USDT", "", {}, 200, "51001"),
        ("GET", "/api/v5/trade/order?instId=BTC-USDT", "", {}, 200, "51003"),
        ("GET", "/api/v5/trade/order?instId=BTC-USDT&ordId=1", "", {}, 200, "51603"),
        ("GET", "/api/v5/trade/orders-pending?instType=SOUP", "", {}, 400, "51000"),
        ("POST", "/api/v5/trade/cancel-all-after", '{"timeOut":"5"}', {}, 400, "51000"),
        ("POST", "/api/v5/trade/close-position", '{"instId":"BTC-USDT-SWAP","mgnMode":"cross"}', {}, 200, "51023"),
    ],
)
def test_errors(
    reader: RestClient, method: str, path: str, body: str, changes: dict[str, str], status: int, code: str
) -> None:
    """Wrong requests get the code and the HTTP status of the documentation."""
    answer = reader.call(method, path, body, **changes)
    assert (answer.json()["code"], answer.status_code) == (code, status)


def test_place_amend_cancel(rest: RestClient) -> None:
    """The life of an order through REST; writes carry `inTime` and `outTime` in microseconds."""
    placed = rest.post("trade/order", LIMIT | {"clOrdId": "r1", "tag": "t"}).json()
    assert placed["code"] == "0"
    assert len(placed["inTime"]) == len(placed["outTime"]) == 16
    row = placed["data"][0]
    assert (row["clOrdId"], row["tag"], row["sCode"]) == ("r1", "t", "0")
    amended = rest.post("trade/amend-order", {"instId": "BTC-USDT", "clOrdId": "r1", "newPx": "60001"}).json()
    assert amended["code"] == "0"
    found = rest.get("trade/order", instId="BTC-USDT", clOrdId="r1").json()["data"][0]
    assert (found["px"], found["state"], found["ordId"]) == ("60001", "live", row["ordId"])
    pending = rest.get("trade/orders-pending").json()["data"]
    assert [order["ordId"] for order in pending] == [row["ordId"]]
    assert rest.post("trade/cancel-order", {"instId": "BTC-USDT", "clOrdId": "r1"}).json()["code"] == "0"
    history = rest.get("trade/orders-history", instType="SPOT").json()["data"]
    assert [(order["ordId"], order["state"]) for order in history] == [(row["ordId"], "canceled")]


def test_single_failure_is_code_1_with_its_row(rest: RestClient) -> None:
    """An order that is refused answers HTTP 200, code 1, and the verdict in the row."""
    answer = rest.post("trade/order", LIMIT | {"sz": "100"})
    message = answer.json()
    assert (answer.status_code, message["code"], message["data"][0]["sCode"]) == (200, "1", "51008")


def test_batches_report_each_order(rest: RestClient) -> None:
    """Partly failed batches have code 2; rows keep the order of the request."""
    answer = rest.post("trade/batch-orders", [LIMIT | {"clOrdId": "b1"}, LIMIT | {"clOrdId": "b2", "sz": "0"}]).json()
    assert answer["code"] == "2"
    assert [row["clOrdId"] for row in answer["data"]] == ["b1", "b2"]
    assert [row["sCode"] == "0" for row in answer["data"]] == [True, False]
    cancel = [{"instId": "BTC-USDT", "clOrdId": "b1"}]
    assert rest.post("trade/cancel-batch-orders", cancel).json()["code"] == "0"
    assert rest.post("trade/cancel-batch-orders", cancel).json()["code"] == "1"
    assert rest.post("trade/batch-orders", [LIMIT] * 21).json()["code"] == "51111"


def test_pages_of_orders(rest: RestClient) -> None:
    """Newest first; `after` walks to older ones, `before` alone gives the newest page."""
    for number in range(7):
        rest.post("trade/order", LIMIT | {"clOrdId": f"p{number}"})
    ids = [row["ordId"] for row in rest.get("trade/orders-pending").json()["data"]]
    assert len(ids) == 7
    assert ids == sorted(ids, key=int, reverse=True)
    walked: list[str] = []
    query: dict[str, Any] = {"limit": "3"}
    while page := rest.get("trade/orders-pending", **query).json()["data"]:
        walked += [row["ordId"] for row in page]
        query["after"] = walked[-1]
    assert walked == ids
    newer = rest.get("trade/orders-pending", before=ids[-1], limit="2").json()["data"]
    assert [row["ordId"] for row in newer] == ids[:2]


def test_fills(rest: RestClient) -> None:
    """A market order's fills are listed, by order too."""
    order = {"instId": "BTC-USDT", "tdMode": "cash", "side": "sell", "ordType": "market", "sz": "0.01"}
    assert rest.post("trade/order", order).json()["code"] == "0"
    fills = rest.get("trade/fills", instType="SPOT").json()["data"]
    assert fills
    assert fills == rest.get("trade/fills-history", instType="SPOT", ordId=fills[0]["ordId"]).json()["data"]


def test_pages_of_candles_and_trades(rest: RestClient) -> None:
    """Candles page by `after`, trades by trade id; both newest first."""
    page = {"instId": "BTC-USDT", "bar": "1m", "limit": "5"}
    first = rest.get("market/candles", **page).json()["data"]
    second = rest.get("market/history-candles", **page, after=first[-1][0]).json()["data"]
    times = [int(row[0]) for row in first + second]
    assert times == [times[0] - 60_000 * k for k in range(10)]
    assert len(rest.get("market/mark-price-candles", instId="BTC-USDT").json()["data"][0]) == 6
    assert len(rest.get("market/index-candles", instId="BTC-USDT").json()["data"][0]) == 6
    trades = rest.get("market/history-trades", instId="BTC-USDT", limit="3").json()["data"]
    older = rest.get("market/history-trades", instId="BTC-USDT", limit="3", after=trades[-1]["tradeId"]).json()["data"]
    assert all(int(row["tradeId"]) < int(trades[-1]["tradeId"]) for row in older)
    by_time = rest.get("market/history-trades", instId="BTC-USDT", type="2", after=trades[-1]["ts"]).json()["data"]
    assert all(int(row["ts"]) < int(trades[-1]["ts"]) for row in by_time)


def test_book_depth(rest: RestClient) -> None:
    """`sz` is 1 by default and 400 at most; rows have four columns, three in the full book."""
    book = rest.get("market/books", instId="BTC-USDT").json()["data"][0]
    assert (len(book["asks"]), len(book["asks"][0])) == (1, 4)
    assert isinstance(book["seqId"], int)
    full = rest.get("market/books-full", instId="BTC-USDT", sz="10").json()["data"][0]
    assert (len(full["bids"]), len(full["bids"][0])) == (10, 3)


def test_cancel_all_after() -> None:
    """The dead man's switch fires when it is not refreshed, and 0 switches it off."""
    with PaperExchange(clock=PaperClock(frozen=True)) as paper, RestClient(paper) as rest:
        rest.post("trade/order", LIMIT)
        armed = rest.post("trade/cancel-all-after", {"timeOut": "10"}).json()["data"][0]
        assert int(armed["triggerTime"]) - int(armed["ts"]) == 10_000
        paper.clock.advance(9)
        rest.post("trade/cancel-all-after", {"timeOut": "10"})
        paper.clock.advance(9)
        assert len(rest.get("trade/orders-pending").json()["data"]) == 1
        paper.clock.advance(2)
        assert rest.get("trade/orders-pending").json()["data"] == []
        rest.post("trade/order", LIMIT)
        rest.post("trade/cancel-all-after", {"timeOut": "10"})
        assert rest.post("trade/cancel-all-after", {"timeOut": "0"}).json()["data"][0]["triggerTime"] == "0"
        paper.clock.advance(60)
        assert len(rest.get("trade/orders-pending").json()["data"]) == 1


def test_positions_and_leverage(rest: RestClient) -> None:
    """A swap position shows, is leveraged as set, and closes."""
    assert rest.get("account/positions").json()["data"] == []
    setting = {"instId": "BTC-USDT-SWAP", "lever": "5", "mgnMode": "cross"}
    assert rest.post("account/set-leverage", setting).json()["code"] == "0"
    order = {"instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "buy", "ordType": "market", "sz": "2"}
    assert rest.post("trade/order", order).json()["code"] == "0"
    (position,) = rest.get("account/positions", instType="SWAP").json()["data"]
    assert (position["pos"], position["lever"]) == ("2", "5")
    assert rest.post("trade/close-position", {"instId": "BTC-USDT-SWAP", "mgnMode": "cross"}).json()["code"] == "0"
    assert rest.get("account/positions").json()["data"] == []


def test_algo_orders(rest: RestClient) -> None:
    """A trigger order can be placed, listed and cancelled."""
    order = {
        "instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "buy", "ordType": "trigger", "sz": "1",
        "triggerPx": "90000", "orderPx": "-1", "algoClOrdId": "g1",
    }  # fmt: skip
    placed = rest.post("trade/order-algo", order).json()
    assert placed["code"] == "0", placed
    algo_id = placed["data"][0]["algoId"]
    pending = rest.get("trade/orders-algo-pending", ordType="trigger").json()["data"]
    assert [row["algoId"] for row in pending] == [algo_id]
    cancel = [{"algoId": algo_id, "instId": "BTC-USDT-SWAP"}]
    assert rest.post("trade/cancel-algos", cancel).json()["code"] == "0"
    history = rest.get("trade/orders-algo-history", ordType="trigger", state="canceled").json()["data"]
    assert [row["algoId"] for row in history] == [algo_id]


def test_rate_limits_are_enforced_on_request() -> None:
    """With `limits=True`, the 61st order of 2 s on an instrument gets 50011 and 429, REST and WebSocket together."""
    with (
        PaperExchange(limits=True, clock=PaperClock(frozen=True)) as paper,
        RestClient(paper) as rest,
        WireClient(paper, "private", "alice") as client,
    ):
        for number in range(30):
            assert rest.post("trade/cancel-order", {"instId": "BTC-USDT", "ordId": "1"}).status_code == 200
            order = {"id": f"c{number}", "op": "cancel-order", "args": [{"instIdCode": 1001, "ordId": "1"}]}
            client.send(order)
            assert client.recv()["code"] == "1"
        answer = rest.post("trade/cancel-order", {"instId": "BTC-USDT", "ordId": "1"})
        assert (answer.status_code, answer.json()["code"]) == (429, "50011")
        client.send({"id": "x", "op": "cancel-order", "args": [{"instIdCode": 1001, "ordId": "1"}]})
        assert client.recv()["code"] == "50011"
        assert rest.post("trade/cancel-order", {"instId": "ETH-USDT", "ordId": "1"}).status_code == 200
        paper.clock.advance(2.1)
        assert rest.post("trade/cancel-order", {"instId": "BTC-USDT", "ordId": "1"}).status_code == 200


def test_requests_are_on_record(rest: RestClient, paper: PaperExchange) -> None:
    """Method, path, query, body, status and code of each request; no signature or passphrase."""
    rest.get("market/ticker", instId="BTC-USDT")
    rest.post("trade/cancel-order", {"instId": "BTC-USDT", "ordId": "1"})
    get, post = paper.requests
    assert (get.method, get.path, dict(get.query), get.status, get.code) == (
        "GET", "/api/v5/market/ticker", {"instId": "BTC-USDT"}, 200, "0",
    )  # fmt: skip
    assert (post.body, post.code) == ({"instId": "BTC-USDT", "ordId": "1"}, "1")
    assert "ok-access-key" in post.headers
    assert not {"ok-access-sign", "ok-access-passphrase"} & set(post.headers)
