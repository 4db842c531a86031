"""Bybit's REST speech: headers, envelope, and what a refusal means for the same call."""

from __future__ import annotations

from okx_sync.credentials import Credentials
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect
from okx_sync.exchanges.bybit.signing import rest_sign
from okx_sync.rest.dialect import Call

KEY = Credentials("key-1234", "secret")
DIALECT = BybitRestDialect(BybitConfig(KEY))


def test_headers() -> None:
    """Query or body is signed as sent; a call that is not signed shows no key."""
    get = DIALECT.headers(Call("GET", "/v5/order/realtime", "category=linear", signed=True), 1704876947.987)
    assert get["X-BAPI-SIGN"] == rest_sign(KEY, "1704876947987", "5000", "category=linear")
    assert (get["X-BAPI-API-KEY"], get["X-BAPI-TIMESTAMP"], get["X-BAPI-RECV-WINDOW"]) == (
        "key-1234", "1704876947987", "5000",
    )  # fmt: skip
    window = {"X-BAPI-RECV-WINDOW": "2000"}
    post = DIALECT.headers(
        Call("POST", "/v5/order/create", body='{"a":1}', signed=True, headers=window), 1704876947.987
    )
    assert post["X-BAPI-SIGN"] == rest_sign(KEY, "1704876947987", "2000", '{"a":1}')
    assert "X-BAPI-API-KEY" not in DIALECT.headers(Call("GET", "/v5/market/time"), 1.0)
    assert "secret" not in repr(post)


def test_answers() -> None:
    """``result`` is one row, or the rows of its list; what is no answer of Bybit is none."""
    result = {"timeSecond": "1688639403", "timeNano": "1688639403423213947"}
    time = DIALECT.read({"retCode": 0, "retMsg": "OK", "result": result})
    assert time is not None
    assert round(DIALECT.server_time(time), 3) == 1688639403.423
    listed = DIALECT.read({"retCode": 0, "retMsg": "", "result": {"list": [{"orderId": "o"}], "nextPageCursor": ""}})
    assert listed is not None
    assert (listed.ok, listed.rows) == (True, [{"orderId": "o"}])
    refused = DIALECT.read({"retCode": 10003, "retMsg": "API key is invalid.", "result": {}})
    assert refused is not None
    assert (refused.ok, refused.code, refused.rows) == (False, "10003", [])
    assert DIALECT.read([]) is None
    assert DIALECT.read({"code": 0}) is None


def test_what_to_do_after_a_refusal() -> None:
    """A clock that is off is set; an error inside leaves the call's fate open; too many may come again."""
    assert [DIALECT.again(code, 200) for code in ("10002", "10016", "10006", "110001")] == [
        "clock", "unknown", "any", "no",
    ]  # fmt: skip


def test_who_is_asking() -> None:
    """Accounts are told apart by the start of their key; without one nothing can be signed."""
    assert (DIALECT.can_sign, DIALECT.account) == (True, KEY.short_key)
    public = BybitRestDialect(BybitConfig(site="eu"))
    assert (public.can_sign, public.account, public.base_url, public.environment) == (
        False, "", "https://api.bybit.eu", "bybit eu live",
    )  # fmt: skip
