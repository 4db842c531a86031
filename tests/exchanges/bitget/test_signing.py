"""The signature of a login, against a vector worked out with another HMAC tool (openssl)."""

from __future__ import annotations

import math

import pytest

from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.signing import login_args, login_timestamp

KEY = Credentials("key", "secret", "phrase")


def test_login() -> None:
    """Whole seconds as text, signed with Bitget's verify path; what is printed of it shows no secret."""
    args = login_args(KEY, 1704876947.987)
    assert args["timestamp"] == "1704876947"
    assert (args["apiKey"], args["passphrase"]) == ("key", "phrase")
    assert args["sign"] == "KiS4CUN7+Jny86VZ69fwrTgVJTIoCS8KI8VAsvZKeTI="
    assert "phrase" not in repr(args).replace("passphrase", "")


@pytest.mark.parametrize("now", [1704876947987, 1704876947987.5])
def test_milliseconds_are_named_as_such(now: float) -> None:
    """Bitget would refuse them with a code that speaks of an expired timestamp."""
    with pytest.raises(ConfigError, match="milliseconds") as caught:
        login_timestamp(now)
    assert "1000" in str(caught.value.hint)


@pytest.mark.parametrize("now", [0, -5, math.nan, math.inf])
def test_what_is_no_time(now: float) -> None:
    """The parameter is named, with an example."""
    with pytest.raises(ConfigError, match="timestamp") as caught:
        login_timestamp(now)
    assert caught.value.hint
