"""Who may ask Bitget's REST what: signature, clock, kind of account, permission, limits; and the faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from okx_sync.paper import PaperExchange
from okx_sync.paper.default_accounts import DEFAULT_ACCOUNTS
from tests.paper.bitget.rest_client import BitgetRest

ACCOUNTS = "/api/v2/mix/account/accounts?productType=USDT-FUTURES"
ORDER = {
    "symbol": "BTCUSDT",
    "productType": "USDT-FUTURES",
    "marginMode": "crossed",
    "marginCoin": "USDT",
    "size": "0.01",
    "side": "buy",
    "orderType": "limit",
    "price": "60000",
}


@pytest.fixture
def classic(paper: PaperExchange) -> Iterator[BitgetRest]:
    """Alice's calls."""
    with BitgetRest(paper) as rest:
        yield rest


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"ACCESS-KEY": ""}, "40001"),
        ({"ACCESS-SIGN": ""}, "40002"),
        ({"ACCESS-TIMESTAMP": ""}, "40003"),
        ({"ACCESS-PASSPHRASE": ""}, "40011"),
        ({"ACCESS-TIMESTAMP": "noon"}, "40005"),
        ({"ACCESS-KEY": "nobody"}, "40037"),
        ({"ACCESS-PASSPHRASE": "wrong"}, "40012"),
        ({"ACCESS-SIGN": "d3Jvbmc="}, "40009"),
        ({"paptrading": "1"}, "40099"),
    ],
)
def test_wrong_headers(classic: BitgetRest, headers: dict[str, str], code: str) -> None:
    """Each wrong header has a code of its own, with HTTP 400."""
    answer = classic.call("GET", ACCOUNTS, "", **headers)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize("offset_ms", [-30_500, 30_500])
def test_the_clock(classic: BitgetRest, paper: PaperExchange, offset_ms: int) -> None:
    """A timestamp more than 30 s away from the exchange's clock is refused, in either direction."""
    at = str(paper.clock.now_ms() + offset_ms)
    assert classic.call("GET", ACCOUNTS, "", timestamp=at).json()["code"] == "40008"


def test_demo_wants_its_header() -> None:
    """The demo environment is the same host with a header, which private calls need there."""
    with PaperExchange(flow_per_s=0, demo=True) as paper, BitgetRest(paper) as rest:
        assert rest.call("GET", ACCOUNTS, "").json()["code"] == "40099"
        assert rest.call("GET", ACCOUNTS, "", paptrading="1").json()["code"] == "00000"


def test_the_kind_of_account(paper: PaperExchange) -> None:
    """A classic key is refused on V3, a unified one on private V2; public calls know no kinds."""
    with BitgetRest(paper, "alice") as classic, BitgetRest(paper, "carol") as unified:
        assert classic.no("v3/account/settings") == "40084"
        assert unified.no("v2/mix/account/accounts", productType="USDT-FUTURES") == "40085"
        assert unified.read("v3/account/settings")["accountMode"] == "unified"
        assert classic.read("v3/market/tickers", category="SPOT")


def test_accounts_change_their_kind(paper: PaperExchange) -> None:
    """An account that is upgraded leaves V2 for V3, and comes back when it is switched; not with open orders."""
    with BitgetRest(paper) as rest:
        order = rest.send("v2/mix/order/place-order", ORDER)
        assert rest.no("v2/spot/account/upgrade", {}) == "40920"
        rest.send("v2/mix/order/cancel-order", {"symbol": "BTCUSDT", "productType": "USDT-FUTURES", **order})
        rest.send("v2/spot/account/upgrade", {})
        assert rest.no("v2/spot/account/assets") == "40085"
        assert rest.read("v3/account/settings")["uid"]
        rest.send("v3/account/switch", {})
        assert rest.read("v2/spot/account/assets")


@pytest.mark.parametrize("path", ["/api/v2/mix/market/nothing", "/api/v3/trade/nothing", "/api/v2/mix/order/detail"])
def test_unknown_paths(paper: PaperExchange, path: str) -> None:
    """What does not exist is told as HTTP 404 with a code; a known path by another method does not exist either."""
    answer = requests.post(paper.url + path, json={}, timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (404, "40404")


def test_a_key_that_may_only_look() -> None:
    """It reads everything and changes nothing."""
    reader = replace(DEFAULT_ACCOUNTS[0], permissions=("read",))
    with PaperExchange(flow_per_s=0, accounts=[reader]) as paper, BitgetRest(paper) as rest:
        assert rest.read("v2/spot/account/info")["authorities"] == ["readonly"]
        assert rest.no("v2/mix/order/place-order", ORDER) == "40014"


def test_missing_and_wrong_parameters(classic: BitgetRest) -> None:
    """An empty parameter, a wrong one, a symbol that does not exist, a body that is none."""
    assert classic.no("v2/mix/account/account", symbol="BTCUSDT") == "40019"
    assert classic.no("v2/mix/account/accounts", productType="FUTURES") == "40017"
    assert classic.no("v2/mix/order/place-order", ORDER | {"symbol": "NOPEUSDT"}) == "40034"
    assert classic.call("POST", "/api/v2/mix/order/place-order", "{").json()["code"] == "40017"


def test_a_request_has_its_own_window(classic: BitgetRest, paper: PaperExchange) -> None:
    """What comes after its receive window is not done, and a window over a minute is refused."""
    late = {"productType": "USDT-FUTURES", "requestTime": str(paper.clock.now_ms() - 6000), "receiveWindow": "5000"}
    assert classic.no("v2/mix/order/cancel-all-orders", late) == "40078"
    assert classic.no("v2/mix/order/cancel-all-orders", late | {"receiveWindow": "61000"}) == "40079"


def test_rate_limits() -> None:
    """The documented number of calls a second, per user; a header tells what is left."""
    with PaperExchange(flow_per_s=0, limits=True) as paper, BitgetRest(paper) as rest:
        left = [rest.call("GET", ACCOUNTS, "").headers["x-mbx-used-remain-limit"] for _ in range(10)]
        assert left == [str(number) for number in range(9, -1, -1)]
        answer = rest.call("GET", ACCOUNTS, "")
        assert (answer.status_code, answer.json()["code"]) == (429, "429")
        assert rest.read("v2/spot/account/assets")


def test_faults(classic: BitgetRest, paper: PaperExchange) -> None:
    """REST's faults strike here as they do on OKX's paths."""
    paper.faults.rate_limit()
    assert classic.no("v2/spot/account/assets") == "429"
    paper.faults.rest_status(502, "<html>", path="/api/v2/spot/account/assets")
    assert classic.call("GET", "/api/v2/spot/account/assets", "").status_code == 502
    paper.faults.lose_reply("/api/v2/mix/order/place-order")
    with pytest.raises(ConnectionError):
        classic.send("v2/mix/order/place-order", ORDER)
    assert len(classic.read("v2/mix/order/orders-pending", productType="USDT-FUTURES")["entrustedList"]) == 1


def test_the_journal_has_no_secrets(classic: BitgetRest, paper: PaperExchange) -> None:
    """Each request is noted with status and code, without signature and passphrase."""
    classic.no("v2/mix/order/place-order", ORDER | {"side": "up"})
    noted = paper.requests[-1]
    assert (noted.method, noted.path, noted.status, noted.code) == (
        "POST",
        "/api/v2/mix/order/place-order",
        400,
        "40017",
    )
    assert noted.body["side"] == "up"
    assert "paper-alice-pass" not in repr(noted)
    assert "access-sign" not in noted.headers
