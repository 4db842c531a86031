"""OKX's REST speech: headers, envelope, verdicts."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import pytest

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxApiError
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.rest_dialect import OkxRestDialect, new_cl_ord_id
from okx_sync.rest import Call, Reply

KEYS = Credentials("abcd-efgh", "SENTINEL-secret", "SENTINEL-pass")
LIVE = OkxRestDialect(Config(KEYS, site="eea"))
DEMO = OkxRestDialect(Config(simulated=True))


def test_place() -> None:
    """Host, environment, account and demo header follow the configuration."""
    assert (LIVE.base_url, LIVE.environment, LIVE.account) == ("https://eea.okx.com", "okx eea live", "abcd…")
    assert LIVE.can_sign
    assert not DEMO.can_sign
    assert DEMO.headers(Call("GET", "/x"), 0.0)["x-simulated-trading"] == "1"
    assert "x-simulated-trading" not in LIVE.headers(Call("GET", "/x"), 0.0)


def test_signature() -> None:
    """Time, method, path with query and body are signed as OKX's guide says, with milliseconds and Z."""
    call = Call("POST", "/api/v5/trade/order", body='{"sz":"1"}', signed=True, headers={"expTime": "5"})
    headers = LIVE.headers(call, 1_607_418_537.7154)
    text = '2020-12-08T09:08:57.715ZPOST/api/v5/trade/order{"sz":"1"}'
    digest = hmac.new(b"SENTINEL-secret", text.encode(), hashlib.sha256).digest()
    assert headers["OK-ACCESS-SIGN"] == base64.b64encode(digest).decode()
    assert headers["OK-ACCESS-TIMESTAMP"] == "2020-12-08T09:08:57.715Z"
    assert headers["OK-ACCESS-KEY"] == "abcd-efgh"
    assert headers["OK-ACCESS-PASSPHRASE"] == "SENTINEL-pass"
    assert headers["expTime"] == "5"
    assert "SENTINEL" not in repr(headers)


def test_the_query_is_part_of_the_signed_text() -> None:
    """A changed query changes the signature."""
    first = LIVE.headers(Call("GET", "/p", query="a=1", signed=True), 0.0)["OK-ACCESS-SIGN"]
    second = LIVE.headers(Call("GET", "/p", query="a=2", signed=True), 0.0)["OK-ACCESS-SIGN"]
    assert first != second


def test_public_calls_are_not_signed() -> None:
    """A key is not shown where it is not asked for."""
    assert not any(name.startswith("OK-ACCESS") for name in LIVE.headers(Call("GET", "/x"), 0.0))


@pytest.mark.parametrize(
    ("payload", "reply"),
    [
        ({"code": "0", "msg": "", "data": [{"a": 1}]}, Reply(True, "0", "", [{"a": 1}])),
        ({"code": 0, "data": {"a": 1}}, Reply(True, "0", "", [{"a": 1}])),
        ({"code": "0", "msg": None, "data": ""}, Reply(True, "0", "", [], has_data=False)),
        ({"code": "0", "msg": "", "data": []}, Reply(True, "0", "", [])),
        ({"code": "51000", "msg": "no"}, Reply(False, "51000", "no", [], has_data=False)),
        ({"error_code": "50000", "error_message": "x", "code": 500}, Reply(False, "50000", "x", [])),
        ({"data": []}, None),
        ({"code": None, "data": []}, None),
        ([1], None),
        ("text", None),
    ],
)
def test_envelope(payload: Any, reply: Reply | None) -> None:
    """Lists, single objects, old-style gateway errors; anything else is not an answer of OKX."""
    assert LIVE.read(payload) == reply


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ({"sCode": "0"}, None),
        ({"sCode": ""}, None),
        ({}, None),
        (["1"], None),
        ({"sCode": "51008", "sMsg": "no money"}, ("51008", "no money")),
        ({"sCode": 51008, "sMsg": None}, ("51008", "")),
    ],
)
def test_verdict_of_a_row(row: Any, refusal: tuple[str, str] | None) -> None:
    """sCode other than 0 is a refusal with its own text."""
    assert LIVE.row_refusal(row) == refusal


@pytest.mark.parametrize(
    ("code", "status", "again"),
    [
        ("50102", 401, "clock"),
        ("50011", 429, "any"),
        ("50001", 503, "read"),
        ("50004", 400, "unknown"),
        ("51149", 500, "unknown"),
        ("51008", 200, "no"),
        ("50111", 401, "no"),
        ("90001", 500, "unknown"),
        ("90001", 200, "no"),
    ],
)
def test_repeating(code: str, status: int, again: str) -> None:
    """The table of codes decides; a new code with a server error leaves the outcome open."""
    assert LIVE.again(code, status) == again


def test_errors_name_the_environment() -> None:
    """A refusal says where it came from."""
    error = LIVE.error("51000", "bad sz", status=400, rows=[{"a": 1}])
    assert isinstance(error, OkxApiError)
    assert (error.environment, error.status, error.rows) == ("okx eea live", 400, [{"a": 1}])


@pytest.mark.parametrize(
    ("inst_id", "bucket"),
    [("BTC-USDT", "BTC-USDT"), ("BTC-USD-250926", "BTC-USD-250926"), ("BTC-USD-250926-60000-C", "BTC-USD")],
)
def test_options_share_a_bucket_by_family(inst_id: str, bucket: str) -> None:
    """OKX counts option orders per family."""
    assert LIVE.limit_value("instId", {"instId": inst_id}) == bucket


def test_own_ids() -> None:
    """Ids made here are unique and of a form that OKX accepts."""
    ids = {new_cl_ord_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(each) <= 32 and each.isalnum() and each.isascii() for each in ids)
