"""BitgetClient: signatures, envelopes of V2 and V3, errors, limits, the kind of account."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from typing import Any, Final

import pytest
import responses

from okx_sync import BitgetClient, BitgetConfig, Credentials
from okx_sync.errors import ConfigError, DryRun, OkxApiError, OkxAuthError, OkxRateLimitError, ReadOnlyError
from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
from okx_sync.rest.call_rules import charges_of_all
from tests.rest.toy_dialect import TurnedClock

HOST: Final = "https://api.bitget.com"
KEY: Final = Credentials("key-1234", "secret", "phrase")
SETTINGS: Final = "/api/v3/account/settings"


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    """A server that answers what a test tells it to."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def client(clock: TurnedClock | None = None, **settings: Any) -> BitgetClient:
    return BitgetClient(BitgetConfig(**{"credentials": KEY, **settings}), clock=clock or TurnedClock())


def ok(data: Any) -> dict[str, Any]:
    return {"code": "00000", "msg": "success", "requestTime": 1_700_000_000_123, "data": data}


def refusal(code: str) -> dict[str, Any]:
    return {"code": code, "msg": "no", "requestTime": 1_700_000_000_123, "data": None}


def signature(text: str) -> str:
    return base64.b64encode(hmac.new(b"secret", text.encode(), hashlib.sha256).digest()).decode()


def test_what_is_signed_is_what_is_sent(server: responses.RequestsMock) -> None:
    """Time in ms, method, path with its query, body; numbers are text."""
    server.get(f"{HOST}/api/v2/mix/account/accounts", json=ok([]))
    server.post(f"{HOST}/api/v2/mix/account/set-leverage", json=ok({}))
    with client() as bitget:
        bitget.request("GET", "/api/v2/mix/account/accounts", {"productType": "USDT-FUTURES"})
        bitget.request("POST", "/api/v2/mix/account/set-leverage", {"symbol": "BTCUSDT", "leverage": 5})
    get, post = (call.request for call in server.calls)
    path = "/api/v2/mix/account/accounts?productType=USDT-FUTURES"
    assert get.headers["ACCESS-SIGN"] == signature(f"1700000000000GET{path}")
    assert post.body == b'{"symbol":"BTCUSDT","leverage":"5"}'
    target = "/api/v2/mix/account/set-leverage"
    assert post.headers["ACCESS-SIGN"] == signature(f"1700000000000POST{target}{post.body.decode()}")
    shown = {name: get.headers[name] for name in ("ACCESS-KEY", "ACCESS-TIMESTAMP", "ACCESS-PASSPHRASE", "locale")}
    assert shown == {
        "ACCESS-KEY": "key-1234",
        "ACCESS-TIMESTAMP": "1700000000000",
        "ACCESS-PASSPHRASE": "phrase",
        "locale": "en-US",
    }
    assert "paptrading" not in get.headers


def test_demo_is_a_header(server: responses.RequestsMock) -> None:
    """On the same host, for public calls as well, which show no key."""
    server.get(f"{HOST}/api/v2/spot/market/tickers", json=ok([]))
    with client(demo=True) as bitget:
        bitget.request("GET", "/api/v2/spot/market/tickers")
    headers = server.calls[0].request.headers
    assert headers["paptrading"] == "1"
    assert "ACCESS-KEY" not in headers


@pytest.mark.parametrize(
    ("data", "rows", "has_data"),
    [
        ([], [], True),
        (None, [], True),
        ({}, [], False),
        ("", [], False),
        ([{"a": "1"}], [{"a": "1"}], True),
        ({"list": None, "cursor": None}, [{"list": None, "cursor": None}], True),
        ("text", ["text"], True),
        ({"successList": None}, [], True),
        ({"successList": 5}, [{"successList": 5}], True),
    ],
)
def test_answers(data: Any, rows: list[Any], has_data: bool) -> None:
    """A null list is an empty one, an object is one row, and nothing at all does not say that there is none."""
    reply = BitgetRestDialect(BitgetConfig()).read(ok(data))
    assert reply is not None
    assert (reply.ok, reply.rows, reply.has_data) == (True, rows, has_data)


def test_verdicts_of_batches() -> None:
    """V2 has a list of each kind, V3 a verdict in each row; the code of the whole says OK."""
    dialect = BitgetRestDialect(BitgetConfig())
    good, bad = (
        {"orderId": "1", "clientOid": "a"},
        {"orderId": "", "clientOid": "b", "errorCode": "40754", "errorMsg": "m"},
    )
    v2 = dialect.read(ok({"successList": [good], "failureList": [bad]}))
    v3 = dialect.read(ok([{**good, "code": "00000", "msg": "ok"}, {"clientOid": "b", "code": "25202", "msg": "m"}]))
    empty = dialect.read(ok({"successList": None, "failureList": [bad]}))
    assert v2 is not None
    assert v3 is not None
    assert empty is not None
    assert [dialect.row_refusal(row) for row in v2.rows] == [None, ("40754", "m")]
    assert [dialect.row_refusal(row) for row in v3.rows] == [None, ("25202", "m")]
    assert empty.rows == [bad]


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "40006", OkxAuthError),
        (400, "40012", OkxAuthError),
        (200, "40085", OkxAuthError),
        (400, "40084", OkxAuthError),
        (200, "40754", OkxApiError),
        (200, "99999", OkxApiError),
    ],
)
def test_refusals(server: responses.RequestsMock, status: int, code: str, kind: type[Exception]) -> None:
    """The body is read before the status: refusals come as HTTP 400 as well. Each has a hint, none is repeated."""
    server.get(f"{HOST}{SETTINGS}", json=refusal(code), status=status)
    with client() as bitget, pytest.raises(kind) as caught:
        bitget.request("GET", SETTINGS)
    assert getattr(caught.value, "code", None) == code
    assert getattr(caught.value, "hint", None)
    assert len(server.calls) == 1


@pytest.mark.parametrize("code", ["40010", "40725", "45001", "40015", "40808", "25000", "25001", "25003"])
def test_a_write_of_unknown_outcome_is_not_sent_twice(server: responses.RequestsMock, code: str) -> None:
    """The error says that it may have been carried out."""
    server.post(f"{HOST}/api/v3/account/repay", json=refusal(code))
    with client() as bitget, pytest.raises(OkxApiError) as caught:
        bitget.request("POST", "/api/v3/account/repay", {"coin": "BTC"})
    assert "may have been carried out" in (caught.value.hint or "")
    assert len(server.calls) == 1


def test_the_clock_is_learned(server: responses.RequestsMock) -> None:
    """A call that came too late is signed once more by the server's clock."""
    server.get(f"{HOST}{SETTINGS}", json=refusal("40008"), status=400)
    server.get(f"{HOST}/api/v2/public/time", json=ok({"serverTime": "1700000060000"}))
    server.get(f"{HOST}{SETTINGS}", json=ok({"uid": "1"}))
    with client() as bitget:
        assert bitget.request("GET", SETTINGS) == [{"uid": "1"}]
    assert server.calls[2].request.headers["ACCESS-TIMESTAMP"] == "1700000060000"


def test_too_many_is_asked_again_after_a_wait(server: responses.RequestsMock) -> None:
    """Refused before anything happened: a writing call too."""
    clock = TurnedClock()
    path = "/api/v3/account/repay"
    server.post(f"{HOST}{path}", json=refusal("429"), status=429)
    server.post(f"{HOST}{path}", json=ok({"result": "1"}))
    with client(clock) as bitget:
        assert bitget.request("POST", path, {"coin": "BTC"}) == [{"result": "1"}]
    assert clock.slept


def test_an_empty_second_is_waited_for(server: responses.RequestsMock) -> None:
    """The header says that nothing is left of it."""
    clock = TurnedClock(1_700_000_000.25)
    server.get(f"{HOST}{SETTINGS}", json=ok({"uid": "1"}), headers={"x-mbx-used-remain-limit": "0"})
    with client(clock) as bitget:
        bitget.request("GET", SETTINGS)
        bitget.request("GET", SETTINGS)
    assert sum(clock.slept) == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [(200, ok({"uid": "1", "accountMode": "unified"}), "uta"), (400, refusal("40084"), "classic")],
)
def test_the_kind_of_account_is_asked_once(
    server: responses.RequestsMock, status: int, answer: dict[str, Any], kind: str
) -> None:
    """V3's settings answer for a unified account and refuse a classic one; it is kept."""
    server.get(f"{HOST}{SETTINGS}", json=answer, status=status)
    with client() as bitget:
        assert [bitget.account_kind(), bitget.account_kind()] == [kind, kind]
    assert len(server.calls) == 1


def test_the_kind_of_account_is_not_guessed(server: responses.RequestsMock) -> None:
    """Another refusal says nothing of it, and the next call asks again; who knows it says so."""
    server.get(f"{HOST}{SETTINGS}", json=refusal("40006"), status=400)
    with client() as bitget:
        for _ in range(2):
            with pytest.raises(OkxAuthError):
                bitget.account_kind()
    assert len(server.calls) == 2
    with BitgetClient(BitgetConfig(KEY), account_kind="classic") as bitget:
        assert bitget.account_kind() == "classic"
    with pytest.raises(ConfigError):
        BitgetClient(account_kind="usual")  # type: ignore[arg-type]


def test_what_writes_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """``read_only`` and ``dry_run``, from the configuration, the call or the environment."""
    path, body = "/api/v2/mix/account/set-leverage", {"symbol": "BTCUSDT"}
    with BitgetClient(BitgetConfig(KEY), read_only=True) as bitget, pytest.raises(ReadOnlyError):
        bitget.request("POST", path, body)
    monkeypatch.setenv("BITGET_DRY_RUN", "1")
    with BitgetClient.from_env(credentials=KEY) as bitget, pytest.raises(DryRun):
        bitget.request("POST", path, body)
    with BitgetClient() as bitget, pytest.raises(OkxAuthError):
        bitget.request("POST", path, body, auth=True)


def test_a_profile(tmp_path: Any) -> None:
    """Key and place may stand in a file."""
    file = tmp_path / "config.toml"
    file.write_text('[profiles.b]\napi_key = "k-12345"\nsecret_key = "s"\npassphrase = "p"\ndemo = true\n')
    file.chmod(0o600)
    with BitgetClient.from_profile("b", file) as bitget:
        assert bitget.config.demo
        assert "k-12345" not in repr(bitget)


def test_limits_are_errors_of_their_own(server: responses.RequestsMock) -> None:
    """When asking again does not help."""
    server.get(f"{HOST}{SETTINGS}", json=refusal("25004"))
    with client() as bitget, pytest.raises(OkxRateLimitError):
        bitget.request("GET", SETTINGS)


def test_calls_of_one_address_are_counted_together() -> None:
    """6000 in a minute, whichever they are and whoever asks."""
    (one,) = charges_of_all(BitgetRestDialect(BitgetConfig(KEY)))
    (other,) = charges_of_all(BitgetRestDialect(BitgetConfig(Credentials("another-key", "secret", "phrase"))))
    assert (one.count, one.per_s) == (6000, 60)
    assert one == other
