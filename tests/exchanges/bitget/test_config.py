"""Which Bitget: protocol and demo choose every address, and contradictions are told before anything is opened."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.config import BitgetConfig

KEYS = Credentials("abcd-efgh", "SENTINEL-secret", "SENTINEL-pass")


@pytest.mark.parametrize(
    ("settings", "public", "private", "environment"),
    [
        ({}, "wss://ws.bitget.com/v2/ws/public", "wss://ws.bitget.com/v2/ws/private", "bitget live"),
        (
            {"demo": True},
            "wss://wspap.bitget.com/v2/ws/public",
            "wss://wspap.bitget.com/v2/ws/private",
            "bitget demo",
        ),
        ({"protocol": "v3"}, "wss://ws.bitget.com/v3/ws/public", "wss://ws.bitget.com/v3/ws/private", "bitget v3 live"),
        (
            {"protocol": "v3", "demo": True},
            "wss://wspap.bitget.com/v3/ws/public",
            "wss://wspap.bitget.com/v3/ws/private",
            "bitget v3 demo",
        ),
        (
            {"protocol": "v1"},
            "wss://ws.bitget.com/mix/v1/stream",
            "wss://ws.bitget.com/mix/v1/stream",
            "bitget v1 live",
        ),
        (
            {"protocol": "seed", "ws_private_url": "ws://127.0.0.1:9"},
            "wss://ws.bitget.com/mix/v1/stream",
            "ws://127.0.0.1:9/mix/v1/stream",
            "bitget custom seed live",
        ),
        (
            {"ws_public_url": "ws://h:1/a/b", "ws_private_url": "ws://h:1/", "demo": True},
            "ws://h:1/a/b",
            "ws://h:1/v2/ws/private",
            "bitget custom demo",
        ),
    ],
)
def test_addresses(settings: dict[str, Any], public: str, private: str, environment: str) -> None:
    """One switch for demo, one for the protocol; an override wins, a host alone gets the protocol's path."""
    config = BitgetConfig(**settings)
    assert (config.ws_url("public"), config.ws_url("private"), config.environment) == (public, private, environment)


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"protocol": "v4"}, "protocol"),
        ({"demo": 1}, "demo"),
        ({"demo": True, "protocol": "v1"}, "demo"),
        ({"demo": True, "protocol": "seed"}, "demo"),
        ({"timeout_secs": 0}, "timeout_secs"),
        ({"proxy_url": "ftp://h"}, "proxy_url"),
        ({"ca_file": "/nowhere/at/all.pem"}, "ca_file"),
        ({"credentials": "key"}, "credentials"),
        ({"credentials": Credentials("key", "secret")}, "passphrase"),
        ({"ws_public_url": "https://h/x"}, "ws_public_url"),
        ({"ws_private_url": "wss://u:p@h/x"}, "ws_private_url"),
        ({"ws_private_url": "wss://wspap.bitget.com/v2/ws/private"}, "ws_private_url"),
        ({"ws_private_url": "wss://ws.bitget.com/v2/ws/private", "demo": True}, "ws_private_url"),
    ],
)
def test_wrong_values_name_the_setting(settings: dict[str, Any], name: str) -> None:
    """Each mistake names its field."""
    with pytest.raises(ConfigError, match=name):
        BitgetConfig(**settings)


def test_a_missing_passphrase_has_a_cure() -> None:
    """Bybit's keys have none and Bitget's do: said at once, and not as code 30012 of a login."""
    with pytest.raises(ConfigError) as caught:
        BitgetConfig(Credentials("key", "secret"))
    assert "passphrase" in str(caught.value.hint)


def test_secrets_do_not_show() -> None:
    """Neither repr nor an error nor a pickle holds them; copies work."""
    config = BitgetConfig(KEYS, proxy_url="http://user:SENTINEL-proxy@10.0.0.1:8080", ws_public_url="wss://h:1/a")
    assert "SENTINEL" not in repr(config)
    assert "wss://h:1/a" in repr(config)
    assert copy.deepcopy(config) == config == config.replace(demo=False)
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(config)


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any of our variables."""
    for name in ("API_KEY", "SECRET_KEY", "API_SECRET", "PASSPHRASE", "API_PASSPHRASE", "DEMO", "PROTOCOL",
                 "TIMEOUT_MS", "PROXY_URL", "SERVER"):  # fmt: skip
        monkeypatch.delenv(f"BITGET_{name}", raising=False)
    return monkeypatch


def test_from_env(env: pytest.MonkeyPatch) -> None:
    """Every variable is read; explicit arguments win; without a key it is for public data."""
    assert BitgetConfig.from_env() == BitgetConfig()
    for name, value in {
        "API_KEY": "abcd-efgh", "API_SECRET": "SENTINEL-secret", "PASSPHRASE": "SENTINEL-pass", "DEMO": "true",
        "PROTOCOL": "V2", "TIMEOUT_MS": "1500", "PROXY_URL": "http://p:1",
    }.items():  # fmt: skip
        env.setenv(f"BITGET_{name}", value)
    assert BitgetConfig.from_env() == BitgetConfig(
        KEYS, protocol="v2", demo=True, timeout_secs=1.5, proxy_url="http://p:1"
    )
    assert BitgetConfig.from_env(credentials=None, demo=False).environment == "bitget live"


@pytest.mark.parametrize(("name", "text"), [("DEMO", "maybe"), ("TIMEOUT_MS", "soon"), ("PROTOCOL", "v9")])
def test_unreadable_variables_raise(env: pytest.MonkeyPatch, name: str, text: str) -> None:
    """A value that means nothing is not taken for live trading."""
    env.setenv(f"BITGET_{name}", text)
    with pytest.raises(ConfigError, match=text):
        BitgetConfig.from_env()


def test_half_a_key_in_the_environment_raises(env: pytest.MonkeyPatch) -> None:
    """One of three key variables is a mistake and not public access."""
    env.setenv("BITGET_SECRET_KEY", "SENTINEL-secret")
    with pytest.raises(ConfigError, match="BITGET_API_KEY"):
        BitgetConfig.from_env()
