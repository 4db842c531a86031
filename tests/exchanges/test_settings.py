"""What the settings of all three exchanges refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from okx_sync import BitgetConfig, BybitConfig, Config, ConfigError, Credentials


@pytest.mark.parametrize("config", [Config, BitgetConfig])
def test_a_key_without_its_passphrase_is_refused_at_once(config: Callable[..., Any]) -> None:
    """Not only by the exchange, at the login."""
    with pytest.raises(ConfigError, match="passphrase"):
        config(Credentials("key", "secret"))


def test_bybit_has_no_passphrase() -> None:
    """Its keys are whole without."""
    assert BybitConfig(Credentials("key", "secret")).credentials is not None


@pytest.mark.parametrize("config", [Config, BitgetConfig, BybitConfig])
def test_a_prefix_of_which_nothing_is_set_is_refused(config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who names a prefix means a key; without one it would silently be public data only."""
    with pytest.raises(ConfigError, match="NOPE_"):
        config.from_env("NOPE")
    key = Credentials("key", "secret", "passphrase")
    assert config.from_env("NOPE", credentials=key).credentials is key
    monkeypatch.setenv("NOPE_TIMEOUT_MS", "5000")
    assert config.from_env("NOPE").timeout_secs == 5


@pytest.mark.parametrize("config", [Config, BitgetConfig, BybitConfig])
def test_one_variable_leads_rest_and_streams_to_one_server(config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is sent to a server by its environment sends nothing to the exchange itself."""
    monkeypatch.setenv("BOT_SERVER", "http://127.0.0.1:8765/")
    found = config.from_env("BOT")
    addresses = {name: value for name, value in attrs.asdict(found).items() if name.endswith("_url") and value}
    assert addresses.pop("rest_url") == "http://127.0.0.1:8765"
    streams = {one.name for one in attrs.fields(config) if one.name.startswith("ws_")}
    assert addresses == dict.fromkeys(streams, "ws://127.0.0.1:8765")
    monkeypatch.setenv("BOT_SERVER", "https://gateway.example")
    assert config.from_env("BOT").ws_public_url == "wss://gateway.example"


@pytest.mark.parametrize("config", [Config, BitgetConfig, BybitConfig])
@pytest.mark.parametrize("text", ["gateway.example", "wss://SENTINEL@gateway.example", "http://", "http://h:port"])
def test_a_server_that_is_no_address_is_refused(config: Any, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable, says how an address looks, and shows no password."""
    monkeypatch.setenv("BOT_SERVER", text)
    with pytest.raises(ConfigError, match=r"BOT_SERVER .* is no address.*http://127") as caught:
        config.from_env("BOT")
    assert "SENTINEL" not in str(caught.value)


def test_two_variables_that_name_the_place_of_rest_contradict_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of them is dropped in silence."""
    monkeypatch.setenv("BOT_SERVER", "http://127.0.0.1:8765")
    monkeypatch.setenv("BOT_API_BASE_URL", "https://eea.okx.com")
    with pytest.raises(ConfigError, match="BOT_SERVER and BOT_API_BASE_URL"):
        Config.from_env("BOT")
