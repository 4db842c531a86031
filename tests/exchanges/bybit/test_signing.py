"""Signatures, against vectors worked out with another HMAC tool (openssl)."""

from __future__ import annotations

import pytest

from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.signing import expires, login_args, login_sign, rest_sign

KEY = Credentials("key", "secret")


def test_login() -> None:
    """Key, the moment until which it is good (ms, a number), and the hex signature over that."""
    args = login_args(KEY, 1704876947.987)
    assert args[:2] == ["key", 1704876957987]
    assert args[2] == "51bffca4d43e821b8c5eb656727d5de2bc2bdfa9c2c4e7c041afe5ae8c75cacd"
    assert login_sign(KEY, 1704876957987) == args[2]


def test_rest() -> None:
    """Time, key, window and what is sent, in this order."""
    found = rest_sign(KEY, "1704876947987", "5000", "category=linear")
    assert found == "30ef12e8619fe33baaf4f498356a7e16f478ec2ed6c3b0738149bd778c754fc9"


@pytest.mark.parametrize("now", [1704876947987.0, 0.0, -1.0, float("nan"), float("inf")])
def test_wrong_unit_of_time(now: float) -> None:
    """Milliseconds would make a login that is good for ever; the error says what to do."""
    with pytest.raises(ConfigError, match="seconds") as caught:
        expires(now)
    assert caught.value.hint


def test_no_secret_shows() -> None:
    """A signature in a traceback's locals is hidden."""
    assert "51bffca4d4" not in repr(login_args(KEY, 1704876947.987))
