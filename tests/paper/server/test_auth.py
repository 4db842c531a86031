"""Logins and signatures: every wrong one gets its own code, every right one passes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import RestClient, WireClient, login_frame, signature


@pytest.fixture(scope="module")
def shared() -> Iterator[PaperExchange]:
    """An exchange for the tests that only get refused."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        assert exchange.problems == []


def seconds(offset: float = 0.0) -> str:
    """Now, moved by an offset."""
    return str(int(time.time() + offset))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"apiKey": "nobody"}, "60005"),
        ({"timestamp": "2026-01-01T00:00:00.000Z"}, "60004"),
        ({"timestamp": "1700000000000"}, "60004"),
        ({"timestamp": ""}, "60004"),
        ({"passphrase": "wrong"}, "60024"),
        ({"sign": "d3Jvbmc="}, "60007"),
    ],
)
def test_wrong_logins(shared: PaperExchange, changes: dict[str, str], code: str) -> None:
    """A bad login gets an error event without an id, then close code 4001."""
    with WireClient(shared, "private") as client:
        client.send(login_frame(**changes))
        error = client.recv()
        assert (error["event"], error["code"]) == ("error", code)
        assert error["connId"] == shared.connections[-1].connId
        assert client.until_closed() == 4001


@pytest.mark.parametrize("offset", [-31, 32])
def test_expired_logins(paper: PaperExchange, offset: float) -> None:
    """A timestamp more than 30 s away from the exchange's clock is expired, in either direction."""
    with WireClient(paper, "private") as client:
        client.send(login_frame(timestamp=seconds(offset)))
        assert client.recv()["code"] == "60006"


@pytest.mark.parametrize(("copies", "code"), [(0, "60013"), (2, "60031")])
def test_login_takes_exactly_one_account(paper: PaperExchange, copies: int, code: str) -> None:
    """No account, or more than one, is refused."""
    with WireClient(paper, "private") as client:
        client.send({"op": "login", "args": login_frame()["args"] * copies})
        assert client.recv()["code"] == code


@pytest.mark.parametrize("name", ["alice", "alice-2", "bob"])
def test_right_login(paper: PaperExchange, name: str) -> None:
    """The default keys log in; the answer has code 0, an empty text and the connection's id."""
    with WireClient(paper, "private") as client:
        client.send(login_frame(name))
        answer = client.recv()
        conn_id = paper.connections[0].connId
        assert answer == {"event": "login", "code": "0", "msg": "", "connId": conn_id}


@pytest.mark.parametrize("offset", [-25, 0.123, 25])
def test_tolerated_timestamps(paper: PaperExchange, offset: float) -> None:
    """Fractions of seconds and up to 30 s off are fine."""
    with WireClient(paper, "private") as client:
        client.send(login_frame(timestamp=f"{time.time() + offset:.3f}"))
        assert client.recv()["event"] == "login"


def test_integer_timestamp(paper: PaperExchange) -> None:
    """Some clients send the timestamp as a JSON number; the exchange takes it."""
    frame = login_frame()
    frame["args"][0]["timestamp"] = int(frame["args"][0]["timestamp"])
    with WireClient(paper, "private") as client:
        client.send(frame)
        assert client.recv()["event"] == "login"


def test_window_follows_the_exchanges_clock(paper: PaperExchange) -> None:
    """When the exchange's clock is 90 s ahead, a client's own time is expired, and the exchange's is right."""
    paper.clock.skew(90)
    with WireClient(paper, "private") as client:
        client.send(login_frame())
        assert client.recv()["code"] == "60006"
    with WireClient(paper, "private") as client:
        client.send(login_frame(timestamp=seconds(90)))
        assert client.recv()["event"] == "login"


ISO = "2020-12-08T09:08:57.715Z"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"OK-ACCESS-KEY": ""}, 401, "50103"),
        ({"OK-ACCESS-PASSPHRASE": ""}, 401, "50104"),
        ({"OK-ACCESS-PASSPHRASE": "wrong"}, 401, "50105"),
        ({"OK-ACCESS-SIGN": ""}, 401, "50106"),
        ({"OK-ACCESS-TIMESTAMP": ""}, 401, "50107"),
        ({"OK-ACCESS-KEY": "no key at all"}, 401, "50111"),
        ({"OK-ACCESS-KEY": "paper-nobody-key"}, 200, "50119"),
        ({"timestamp": "1607418537715"}, 401, "50112"),
        ({"timestamp": "2020-13-08T09:08:57.715Z"}, 401, "50112"),
        ({"timestamp": ISO}, 401, "50102"),
        ({"OK-ACCESS-SIGN": "d3Jvbmc="}, 401, "50113"),
        ({"x-simulated-trading": "1"}, 401, "50101"),
    ],
)
def test_wrong_rest_signatures(shared: PaperExchange, changes: dict[str, str], status: int, code: str) -> None:
    """Each way to sign a request wrongly has its HTTP status and code."""
    with RestClient(shared) as rest:
        answer = rest.call("GET", "/api/v5/account/balance", "", **changes)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["data"] == []


def test_signature_covers_query_and_body_as_sent(paper: PaperExchange) -> None:
    """The query is signed in its escaped form and order, the body as its very bytes."""
    with RestClient(paper) as rest:
        assert rest.call("GET", "/api/v5/account/balance?ccy=BTC%2CETH", "").json()["code"] == "0"
        body = '{"instId": "BTC-USDT" , "ordId":"1"}'
        assert rest.call("POST", "/api/v5/trade/cancel-order", body).json()["code"] == "1"
        at = "2020-12-08T09:08:57.715Z"
        wrong = signature("paper-alice-secret", at + "GET/api/v5/account/balance")
        answer = rest.call("GET", "/api/v5/account/balance?ccy=BTC", "", **{"OK-ACCESS-SIGN": wrong})
        assert answer.json()["code"] == "50113"


def test_demo_environment_wants_its_header() -> None:
    """A demo exchange refuses private calls without `x-simulated-trading: 1` and takes those with it."""
    with PaperExchange(demo=True) as paper, RestClient(paper) as rest:
        assert rest.get("account/balance").json()["code"] == "50101"
        answer = rest.call("GET", "/api/v5/account/balance", "", **{"x-simulated-trading": "1"})
        assert answer.json()["code"] == "0"
        assert paper.problems == []


def test_read_only_keys_may_not_trade() -> None:
    """A key without the trade permission reads its account, and gets 50120 for orders, REST or WebSocket."""
    from dataclasses import replace

    from okx_sync.paper.default_accounts import DEFAULT_ACCOUNTS

    reader = replace(DEFAULT_ACCOUNTS[0], permissions=("read",))
    with PaperExchange(accounts=[reader]) as paper, RestClient(paper) as rest:
        assert rest.get("account/balance").json()["code"] == "0"
        assert rest.post("trade/order", {"instId": "BTC-USDT"}).json()["code"] == "50120"
        with WireClient(paper, "private", "alice") as client:
            client.send({"id": "1", "op": "order", "args": [{"instIdCode": 1001}]})
            assert client.until(lambda frame: frame.get("op") == "order")["code"] == "50120"


def test_secrets_are_not_on_record(paper: PaperExchange) -> None:
    """Neither journal nor repr of an account show a secret."""
    with RestClient(paper) as rest:
        rest.get("account/balance")
    noted = repr(paper.requests) + repr(paper.accounts) + repr(paper.connections)
    assert "paper-alice-secret" not in noted
    assert "paper-alice-pass" not in noted
    assert "paper-alice-key" in noted
