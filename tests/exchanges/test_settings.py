"""What the settings of all three exchanges refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
