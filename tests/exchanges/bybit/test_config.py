"""Which Bybit, as whom, in which protocol: addresses, checks, the environment, and nothing secret shown."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.config import BybitConfig

KEYS = Credentials("abcd-efgh", "SENTINEL-secret")


@pytest.mark.parametrize(
    ("fields", "path", "url"),
    [
        ({}, "public", "wss://stream.bybit.com/v5/public/linear"),
        ({"category": "option"}, "public", "wss://stream.bybit.com/v5/public/option"),
        ({}, "private", "wss://stream.bybit.com/v5/private"),
        ({}, "trade", "wss://stream.bybit.com/v5/trade"),
        ({"environment": "testnet"}, "trade", "wss://stream-testnet.bybit.com/v5/trade"),
        ({"environment": "testnet"}, "public", "wss://stream-testnet.bybit.com/v5/public/linear"),
        ({"environment": "demo"}, "public", "wss://stream.bybit.com/v5/public/linear"),
        ({"environment": "demo"}, "private", "wss://stream-demo.bybit.com/v5/private"),
        ({"site": "eu"}, "private", "wss://stream.bybit.eu/v5/private"),
        ({"site": "tr"}, "private", "wss://stream.bybit.tr/v5/private"),
        ({"site": "kz"}, "private", "wss://stream.bybit.kz/v5/private"),
        ({"site": "ge"}, "private", "wss://stream.bybitgeorgia.ge/v5/private"),
        ({"site": "nl"}, "private", "wss://stream.bybit.nl/v5/private"),
        ({"site": "bytick"}, "private", "wss://stream.bytick.com/v5/private"),
        ({"protocol": "seed"}, "public", "wss://stream.bybit.com/perpetual/ws/v1/realtime_public"),
        ({"protocol": "seed"}, "private", "wss://stream.bybit.com/trade/option/usdc/private/v1"),
        (
            {"protocol": "seed", "environment": "testnet"},
            "private",
            "wss://stream-testnet.bybit.com/trade/option/usdc/private/v1",
        ),
        ({"max_active_time": 60}, "private", "wss://stream.bybit.com/v5/private?max_active_time=60s"),
        ({"max_active_time": 60}, "trade", "wss://stream.bybit.com/v5/trade?max_active_time=60s"),
        ({"max_active_time": 60}, "public", "wss://stream.bybit.com/v5/public/linear"),
        (
            {"max_active_time": 60, "ws_private_url": "ws://127.0.0.1:9"},
            "private",
            "ws://127.0.0.1:9/v5/private?max_active_time=60s",
        ),
        ({"ws_public_url": "ws://127.0.0.1:9"}, "public", "ws://127.0.0.1:9/v5/public/linear"),
        ({"ws_private_url": "ws://127.0.0.1:9/mine/"}, "private", "ws://127.0.0.1:9/mine/"),
        ({"environment": "demo", "ws_trade_url": "ws://127.0.0.1:9"}, "trade", "ws://127.0.0.1:9/v5/trade"),
        ({"environment": "demo", "ws_public_url": "wss://stream.bybit.com"}, "public", "wss://stream.bybit.com/v5/public/linear"),
    ],
)  # fmt: skip
def test_addresses(fields: dict[str, Any], path: Any, url: str) -> None:
    """Site, environment, category and protocol choose every address together."""
    assert BybitConfig(**fields).ws_url(path) == url


@pytest.mark.parametrize(
    ("fields", "host", "place"),
    [
        ({}, "https://api.bybit.com", "bybit com live"),
        ({"environment": "demo"}, "https://api-demo.bybit.com", "bybit com demo"),
        ({"site": "eu"}, "https://api.bybit.eu", "bybit eu live"),
        ({"protocol": "seed", "environment": "testnet"}, "https://api-testnet.bybit.com", "bybit com seed testnet"),
        ({"rest_url": "http://127.0.0.1:9/"}, "http://127.0.0.1:9", "bybit custom live"),
    ],
)
def test_places(fields: dict[str, Any], host: str, place: str) -> None:
    """Where REST is, and what errors call the place."""
    assert (BybitConfig(**fields).rest_host, BybitConfig(**fields).place) == (host, place)


@pytest.mark.parametrize(
    ("fields", "message", "hint"),
    [
        ({"site": "mars"}, "site must be one of com", ""),
        ({"environment": "paper"}, "environment must be one of live", ""),
        ({"category": "usdc"}, "category must be one of linear", ""),
        ({"protocol": "v3"}, "protocol must be one of v5", ""),
        ({"book_gaps": 1}, "book_gaps must be True or False", ""),
        ({"timeout_secs": 0}, "timeout_secs", ""),
        ({"ws_public_url": "http://x"}, "ws_public_url", ""),
        ({"rest_url": "wss://x"}, "rest_url", ""),
        ({"ws_private_url": "wss://stream.bybit.eu"}, "belongs to site 'eu'", "site='eu'"),
        ({"ws_private_url": "wss://stream-testnet.bybit.com"}, "is the testnet host", "environment='testnet'"),
        ({"environment": "demo", "ws_private_url": "wss://stream.bybit.com"}, "is the live host", "environment='live'"),
        ({"site": "eu", "environment": "testnet"}, "no testnet", "leave site out"),
        ({"protocol": "seed", "environment": "demo"}, "environment cannot be 'demo'", "protocol='v5'"),
        ({"protocol": "seed", "category": "spot"}, "category cannot be 'spot'", "protocol='v5'"),
        ({"protocol": "seed", "ws_trade_url": "ws://x"}, "no path 'trade'", "protocol='v5'"),
        ({"credentials": ("key", "secret")}, "credentials must be Credentials", ""),
    ],
)
def test_what_cannot_be_right(fields: dict[str, Any], message: str, hint: str) -> None:
    """Contradictions are refused at once, and the hint names the way out."""
    with pytest.raises(ConfigError, match=message) as caught:
        BybitConfig(**fields)
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize("fields", [{"environment": "demo"}, {"protocol": "seed"}])
def test_no_order_entry(fields: dict[str, Any]) -> None:
    """Demo trading and the seed protocol have none; asking for it says so."""
    with pytest.raises(ConfigError, match=r"order entry|no path 'trade'") as caught:
        BybitConfig(**fields).ws_url("trade")
    assert caught.value.hint


def test_paths() -> None:
    """Order entry is V5's."""
    assert BybitConfig().paths == ("public", "private", "trade")
    assert BybitConfig(protocol="seed").paths == ("public", "private")


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any of our variables."""
    names = "API_KEY SECRET_KEY API_SECRET SITE ENVIRONMENT TESTNET DEMO CATEGORY PROTOCOL TIMEOUT_MS PROXY_URL"
    for name in f"{names} READ_ONLY DRY_RUN SERVER".split():
        monkeypatch.delenv(f"BYBIT_{name}", raising=False)
    return monkeypatch


def test_from_env(env: pytest.MonkeyPatch) -> None:
    """Every variable is read; explicit arguments win; a passphrase is not asked for."""
    assert BybitConfig.from_env() == BybitConfig()
    for name, value in {
        "API_KEY": "abcd-efgh", "API_SECRET": "SENTINEL-secret", "SITE": "EU", "CATEGORY": "spot",
        "TIMEOUT_MS": "1500", "READ_ONLY": "1", "DRY_RUN": "0", "PROXY_URL": "http://p:1",
    }.items():  # fmt: skip
        env.setenv(f"BYBIT_{name}", value)
    wanted = BybitConfig(KEYS, site="eu", category="spot", timeout_secs=1.5, proxy_url="http://p:1", read_only=True)
    assert BybitConfig.from_env() == wanted
    assert BybitConfig.from_env(credentials=None, site="com").site == "com"


def test_environment_variables(env: pytest.MonkeyPatch) -> None:
    """TESTNET and DEMO are short for ENVIRONMENT; two of them that differ are refused."""
    env.setenv("BYBIT_TESTNET", "true")
    assert BybitConfig.from_env().environment == "testnet"
    env.setenv("BYBIT_ENVIRONMENT", "testnet")
    assert BybitConfig.from_env().environment == "testnet"
    env.setenv("BYBIT_DEMO", "1")
    with pytest.raises(ConfigError, match="BYBIT_TESTNET and BYBIT_DEMO"):
        BybitConfig.from_env()


@pytest.mark.parametrize(("name", "text"), [("DEMO", "maybe"), ("TIMEOUT_MS", "soon"), ("PROTOCOL", "v4")])
def test_unreadable_variables_raise(env: pytest.MonkeyPatch, name: str, text: str) -> None:
    """A value that means nothing is not taken for live trading."""
    env.setenv(f"BYBIT_{name}", text)
    with pytest.raises(ConfigError, match=text):
        BybitConfig.from_env()


def test_half_a_key_in_the_environment_raises(env: pytest.MonkeyPatch) -> None:
    """One of two key variables is a mistake and not public access."""
    env.setenv("BYBIT_API_SECRET", "SENTINEL-secret")
    with pytest.raises(ConfigError, match="BYBIT_API_KEY") as caught:
        BybitConfig.from_env()
    assert "SENTINEL" not in str(caught.value)


def test_repr_shows_what_matters_and_no_secret() -> None:
    """Place, switches and overrides, no key."""
    config = BybitConfig(
        KEYS, protocol="seed", book_gaps=False, dry_run=True, proxy_url="http://u:SENTINEL@p:1", account_label="a"
    )
    text = repr(config)
    assert "SENTINEL" not in text
    for part in ("site=com live", "protocol=seed", "book_gaps=False", "dry_run=True", "account_label='a'"):
        assert part in text
    assert "read_only" not in text


def test_switches_only_go_on() -> None:
    """A copy made with a switch keeps those that were on, and they reach the guard."""
    both = BybitConfig().switched(read_only=True, dry_run=False).switched(read_only=False, dry_run=True)
    assert (both.guard.read_only, both.guard.dry_run, both.guard.environment) == (True, True, "bybit com live")


@pytest.mark.parametrize(
    "fields",
    [
        {"max_active_time": 29},
        {"max_active_time": 601},
        {"max_active_time": "60s"},
        {"max_active_time": True},
        {"max_active_time": 60, "protocol": "seed"},
    ],
)
def test_how_long_a_connection_may_be_idle_is_checked(fields: dict[str, Any]) -> None:
    """Bybit takes 30 to 600 seconds, and its older protocol knows nothing of it."""
    with pytest.raises(ConfigError, match="max_active_time"):
        BybitConfig(**fields)
