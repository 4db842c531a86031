"""Who may ask: key, signature, time, permission; each with Bybit's code."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperAccount, PaperClock, PaperExchange
from okx_sync.paper.bybit.rest.call import BybitRestError
from okx_sync.paper.bybit.rest.signature import check_signature
from okx_sync.paper.default_accounts import DEFAULT_ACCOUNTS
from tests.paper.bybit.rest.rest_client import LIMIT, BybitRest

INFO = "/v5/account/info"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"X-BAPI-API-KEY": ""}, 10001),
        ({"X-BAPI-SIGN": ""}, 10001),
        ({"X-BAPI-TIMESTAMP": ""}, 10001),
        ({"X-BAPI-TIMESTAMP": "yesterday"}, 10001),
        ({"X-BAPI-API-KEY": "nobody"}, 10003),
        ({"X-BAPI-SIGN": "00"}, 10004),
    ],
)
def test_wrong_headers(rest: BybitRest, changes: dict[str, str], code: int) -> None:
    """HTTP 200 with a code, and no result."""
    response = rest.ask("GET", INFO, **changes)
    assert response.status_code == 200
    answer = response.json()
    assert (answer["retCode"], answer["result"]) == (code, {})
    assert answer["retMsg"]


@pytest.mark.parametrize(
    ("late_ms", "window", "code"),
    [
        (0, "5000", 0),
        (4900, "5000", 0),
        (5001, "5000", 10002),
        (5001, "9000", 0),
        (-900, "5000", 0),
        (-1000, "", 10002),
    ],
)
def test_time(late_ms: int, window: str, code: int) -> None:
    """As late as the window says, and less than a second early."""
    with PaperExchange(clock=PaperClock(frozen=True)) as paper, BybitRest(paper) as rest:
        at = str(paper.clock.now_ms() - late_ms)
        headers = {"X-BAPI-RECV-WINDOW": window} if window else {}
        answer = rest.ask("GET", INFO, at=at, **headers).json()
        assert answer["retCode"] == code
        assert code == 0 or f"server_timestamp[{paper.clock.now_ms()}]" in answer["retMsg"]


def test_what_is_signed_is_what_was_sent(rest: BybitRest) -> None:
    """The query in the order of the client and with its own escapes."""
    query = "symbol=BTCUSDT&category=linear&cursor=1%3A2%2C1%3A2&limit=1"
    assert rest.ask("GET", "/v5/order/history", query=query).json()["retCode"] == 0


def test_a_window_that_is_not_sent_is_not_signed() -> None:
    """It is 5 seconds then."""
    with PaperExchange() as paper:
        account, now = paper.accounts[0], paper.clock.now_ms()
        headers = {"X-BAPI-API-KEY": account.api_key, "X-BAPI-TIMESTAMP": str(now), "X-BAPI-SIGN": "ff"}
        with pytest.raises(BybitRestError) as refused:
            check_signature(headers, "a=1", paper.run(lambda: dict(paper._server.venue.keys)), now)
    assert refused.value.text == f"error sign! origin_string[{now}{account.api_key}a=1]"


def test_public_endpoints_ask_for_no_key(rest: BybitRest) -> None:
    """Whatever the headers say."""
    assert rest.ask("GET", "/v5/market/time", **{"X-BAPI-SIGN": "00"}).json()["retCode"] == 0


def test_keys_that_may_only_look() -> None:
    """Read, but change nothing."""
    alice = DEFAULT_ACCOUNTS[0]
    reader = PaperAccount(
        "alice", alice.api_key, alice.secret_key, alice.passphrase, balances=alice.balances, permissions=("read",)
    )
    with PaperExchange(accounts=[reader]) as paper, BybitRest(paper) as rest:
        assert rest.get("user/query-api")["readOnly"] == 1
        assert rest.code("order/create", **LIMIT) == 10005
        assert rest.code("position/set-leverage", category="linear", symbol="BTCUSDT") == 10005
