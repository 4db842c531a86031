"""A key over plain text: only with this machine itself, or where it is allowed by name, on all three exchanges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from okx_sync import BitgetConfig, BybitConfig, Config, ConfigError, Credentials

KEY = Credentials("SENTINEL-key", "SENTINEL-secret", "SENTINEL-pass")
CONFIGS: list[Any] = [Config, BitgetConfig, BybitConfig]
OPTIONS = [
    (config, field.name)
    for config in CONFIGS
    for field in attrs.fields(config)
    if field.name.endswith("_url") and field.name != "proxy_url"
]
named = pytest.mark.parametrize(("config", "name"), OPTIONS, ids=lambda one: getattr(one, "__name__", one))


def url_of(name: str, host: str, *, secure: bool = False) -> str:
    """An address for the option."""
    scheme = "http" if name == "rest_url" else "ws"
    return f"{scheme}{'s' if secure else ''}://{host}:8080"


@named
@pytest.mark.parametrize("host", ["exchange.test", "10.0.0.7", "[fd00::7]", "127.0.0.1.test", "localhost.test"])
def test_a_key_does_not_go_to_others_in_plain_text(config: Callable[..., Any], name: str, host: str) -> None:
    """The error names the option, the host and both cures; nothing was sent."""
    with pytest.raises(ConfigError) as caught:
        config(credentials=KEY, **{name: url_of(name, host)})
    assert name in str(caught.value)
    assert host.strip("[]") in str(caught.value)
    assert "insecure_hosts" in str(caught.value.hint)
    assert "s://" in str(caught.value.hint)
    assert "SENTINEL" not in str(caught.value)


@named
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "paper.localhost", "LOCALHOST"])
def test_this_machine_may_be_spoken_to(config: Callable[..., Any], name: str, host: str) -> None:
    """For the paper exchange and gateways beside the program."""
    assert config(credentials=KEY, **{name: url_of(name, host)}).insecure_hosts == ()


@named
def test_what_is_allowed(config: Callable[..., Any], name: str) -> None:
    """Without a key, in TLS, or by the host's name; a change of the configuration is checked like a new one."""
    plain = {name: url_of(name, "Gateway.test")}
    config(**plain)
    config(credentials=KEY, **{name: url_of(name, "gateway.test", secure=True)})
    allowed = config(credentials=KEY, insecure_hosts=["gateway.test"], **plain)
    assert "insecure_hosts=('gateway.test',)" in repr(allowed)
    with pytest.raises(ConfigError):
        allowed.replace(insecure_hosts=("other.test",))


@pytest.mark.parametrize(("config", "prefix"), [*zip(CONFIGS, ("OKX", "BITGET", "BYBIT"), strict=True)])
def test_hosts_by_environment(config: Any, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names with commas."""
    monkeypatch.setenv(f"{prefix}_INSECURE_HOSTS", "one.test, Two.test,")
    assert config.from_env().insecure_hosts == ("one.test", "two.test")


@pytest.mark.parametrize("hosts", ['["one.test", "two.test"]', '"one.test, two.test"'])
def test_hosts_by_profile(tmp_path: Path, hosts: str) -> None:
    """A list, or names with commas."""
    file = tmp_path / "config.toml"
    file.write_text(f"[profiles.own]\ninsecure_hosts = {hosts}\n")
    file.chmod(0o600)
    assert Config.from_profile("own", file).insecure_hosts == ("one.test", "two.test")


@pytest.mark.parametrize("wrong", [True, 5, [1]])
def test_hosts_are_names(wrong: Any) -> None:
    """Not a switch."""
    with pytest.raises(ConfigError, match="insecure_hosts"):
        Config(insecure_hosts=wrong)
