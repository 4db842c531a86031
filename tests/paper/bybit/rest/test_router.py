"""The way in: paths, methods, bodies, limits, faults and the journal."""

from __future__ import annotations

import time

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.bybit.rest.rest_client import LIMIT, PERP, BybitRest


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/v5/no/such", "", 404),
        ("POST", "/v5/market/time", "{}", 404),
        ("DELETE", "/v5/market/time", "", 400),
        ("GET", "/v5/account/info", '{"a":1}', 403),
    ],
)
def test_what_is_not_served(rest: BybitRest, method: str, path: str, body: str, status: int) -> None:
    """An HTTP status and a text that is no JSON."""
    response = rest.ask(method, path, body=body)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/plain")


def test_other_wires_keep_their_paths(rest: BybitRest) -> None:
    """OKX's REST is next to it."""
    assert rest.session.request("GET", "/api/v5/public/time", timeout=5).json()["code"] == "0"


def test_the_envelope(rest: BybitRest) -> None:
    """Five keys; the time is the exchange's."""
    answer = rest.told("GET", "/v5/market/time")
    assert set(answer) == {"retCode", "retMsg", "result", "retExtInfo", "time"}
    assert abs(answer["time"] - rest.paper.clock.now_ms()) < 2000
    assert answer["result"]["timeSecond"] == str(answer["time"] // 1000)


@pytest.mark.parametrize("body", ["", "[]", "7", "{"])
def test_wrong_bodies(rest: BybitRest, body: str) -> None:
    """What is no object has none of the parameters."""
    assert rest.ask("POST", "/v5/order/create", body=body).json()["retCode"] == 10001


def test_missing_parameters_are_named(rest: BybitRest) -> None:
    """The first one, or those of which one is needed."""
    answer = rest.told("POST", "/v5/order/cancel", **PERP)
    assert (answer["retCode"], "orderId or orderLinkId" in answer["retMsg"]) == (10001, True)
    assert rest.get_code("position/list") == 10001


def test_limits() -> None:
    """Ten orders a second, counted down in headers; spot pairs have a limit of their own."""
    with PaperExchange(limits=True, clock=PaperClock(frozen=True)) as paper, BybitRest(paper) as rest:
        body = '{"category":"linear","symbol":"NO","side":"Buy","orderType":"Market","qty":"1"}'
        left = []
        for _ in range(10):
            response = rest.ask("POST", "/v5/order/create", body=body)
            assert response.json()["retCode"] == 10001
            left.append(response.headers["X-Bapi-Limit-Status"])
        assert (left[0], left[-1], response.headers["X-Bapi-Limit"]) == ("9", "0", "10")
        refused = rest.ask("POST", "/v5/order/create", body=body)
        assert refused.json()["retCode"] == 10006
        assert int(refused.headers["X-Bapi-Limit-Reset-Timestamp"]) == paper.clock.now_ms() + 1000
        assert rest.ask("POST", "/v5/order/create", body=body.replace("linear", "spot")).json()["retCode"] != 10006
        paper.clock.advance(1.1)
        assert rest.ask("POST", "/v5/order/create", body=body).json()["retCode"] == 10001


def test_a_batch_is_limited_by_its_orders() -> None:
    """Those within the limit stand, the others are refused one by one."""
    with PaperExchange(limits=True, clock=PaperClock(frozen=True)) as paper, BybitRest(paper) as rest:
        answer = rest.told("POST", "/v5/order/create-batch", category="linear", request=[LIMIT] * 12)
        codes = [one["code"] for one in answer["retExtInfo"]["list"]]
        assert codes == [0] * 10 + [10006] * 2
        assert len(rest.rows("order/realtime", **PERP, limit=50)) == 10


def test_too_many_requests_of_one_address() -> None:
    """600 in five seconds, whatever they ask; then HTTP 403."""
    with PaperExchange(limits=True, clock=PaperClock(frozen=True)) as paper, BybitRest(paper) as rest:
        paper.run(paper._server.limits.take, ("bybit", "address"), 600, 5.0, paper.clock.monotonic(), 599)
        assert rest.get("market/time")
        assert rest.ask("GET", "/v5/market/time").status_code == 403


def test_faults(rest: BybitRest) -> None:
    """Limits, statuses, lost answers and late ones, as on the other wires."""
    faults = rest.paper.faults
    faults.rate_limit("/v5/market/time")
    answer = rest.ask("GET", "/v5/market/time")
    assert (answer.json()["retCode"], answer.headers["X-Bapi-Limit-Status"]) == (10006, "0")
    faults.rest_status(502, "<html>", "/v5/market/time", retry_after=3)
    answer = rest.ask("GET", "/v5/market/time")
    assert (answer.status_code, answer.text, answer.headers["Retry-After"]) == (502, "<html>", "3")
    faults.lose_reply("/v5/order/create")
    with pytest.raises(ConnectionError):
        rest.post("order/create", **LIMIT, orderLinkId="lost")
    assert rest.rows("order/realtime", **PERP)[0]["orderLinkId"] == "lost"
    faults.slow_rest(0.05, "/v5/market/time", 1)
    began = time.monotonic()
    assert rest.ask("GET", "/v5/market/time").status_code == 200
    assert time.monotonic() - began > 0.05


def test_the_journal(rest: BybitRest) -> None:
    """Requests are noted, with their codes and without their signatures."""
    rest.get_code("position/list", category="linear")
    noted = rest.paper.requests[-1]
    assert (noted.path, noted.query, noted.status, noted.code) == (
        "/v5/position/list",
        {"category": "linear"},
        200,
        "10001",
    )
    assert "x-bapi-timestamp" in noted.headers
    assert "x-bapi-sign" not in noted.headers
