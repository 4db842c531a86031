"""Signatures, against vectors worked out with another HMAC tool (openssl)."""

from __future__ import annotations

import pytest

from okx_sync.credentials import Credentials
from okx_sync.exchanges.okx.signing import login_args, rest_sign, rest_timestamp

KEY = Credentials("key", "secret", "phrase")


def test_login() -> None:
    """Seconds as text, signed with the verify path whatever the stream path."""
    args = login_args(KEY, 1704876947.987)
    assert args["timestamp"] == "1704876947"
    assert (args["apiKey"], args["passphrase"]) == ("key", "phrase")
    assert args["sign"] == "QR8IYXSz8YsO8ec0umZAawJDAM1GgDAkZvjJkRiUTxk="


def test_rest() -> None:
    """Time, method, path with query and body, in this order."""
    get = rest_sign(KEY, "2020-12-08T09:08:57.715Z", "get", "/api/v5/account/balance?ccy=BTC")
    assert get == "wpDvCwYCprcMQsQkxWJiWy+YADoQE4ep+OEKKLimMoY="
    post = rest_sign(KEY, "2020-12-08T09:08:57.715Z", "POST", "/api/v5/trade/order", '{"instId":"BTC-USDT"}')
    assert post == "I64FCA5BpQbPVAu81/jgcqwMMz/badKJDsMDOMpXB0Y="


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (1607418537.715, "2020-12-08T09:08:57.715Z"),
        (1607418537.0, "2020-12-08T09:08:57.000Z"),
        (1607418537.9999, "2020-12-08T09:08:58.000Z"),
        (1607418537.001, "2020-12-08T09:08:57.001Z"),
    ],
)
def test_rest_time(now: float, text: str) -> None:
    """ISO-8601 in UTC with exactly three digits of a second."""
    assert rest_timestamp(now) == text


def test_no_secret_shows() -> None:
    """The arguments of a login can be printed."""
    assert "phrase" not in repr(login_args(KEY, 1.0)).replace("passphrase", "")
