"""Config: one switch sets every host, contradictions raise, nothing secret shows."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest

from okx_sync.credentials import Credentials
from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.config import Config
from tests.leaks import everything_shown

KEYS = Credentials("abcd-efgh", "SENTINEL-secret", "SENTINEL-pass")

HOSTS = [
    ("global", False, "openapi.okx.com", "ws.okx.com"),
    ("global", True, "openapi.okx.com", "wspap.okx.com"),
    ("eea", False, "eea.okx.com", "wseea.okx.com"),
    ("eea", True, "eea.okx.com", "wseeapap.okx.com"),
    ("us", False, "us.okx.com", "wsus.okx.com"),
    ("us", True, "us.okx.com", "wsuspap.okx.com"),
]


@pytest.mark.parametrize(("site", "simulated", "rest", "ws"), HOSTS)
def test_site_and_simulated_set_everything(site: Any, simulated: bool, rest: str, ws: str) -> None:
    """REST host, the three stream URLs, the demo header and the name of the environment; no port 8443."""
    config = Config(site=site, simulated=simulated)
    mode = "demo" if simulated else "live"
    assert config.rest_host == f"https://{rest}"
    for path in ("public", "private", "business"):
        assert config.ws_url(path) == f"wss://{ws}/ws/v5/{path}"
    assert config.demo_header == ({"x-simulated-trading": "1"} if simulated else {})
    assert config.environment == f"okx {site} {mode}"
    assert f"site={site} {mode}" in repr(config)


CONTRADICTIONS = [
    ({"site": "eea", "rest_url": "https://www.okx.com"}, "site='global'"),
    ({"site": "global", "rest_url": "https://us.okx.com"}, "site='us'"),
    ({"site": "us", "ws_public_url": "wss://ws.okx.com/ws/v5/public"}, "site='global'"),
    ({"simulated": False, "ws_private_url": "wss://wspap.okx.com/ws/v5/private"}, "simulated=True"),
    ({"simulated": True, "ws_business_url": "wss://ws.okx.com:8443/ws/v5/business"}, "simulated=False"),
    ({"rest_url": "https://ws.okx.com"}, "WebSocket host"),
    ({"ws_public_url": "wss://www.okx.com/ws/v5/public"}, "REST host"),
]


@pytest.mark.parametrize(("settings", "cure"), CONTRADICTIONS)
def test_contradictory_overrides_raise(settings: dict[str, Any], cure: str) -> None:
    """An override that leads elsewhere than the switch raises a ValueError that names the cure."""
    with pytest.raises(ConfigError, match=cure) as caught:
        Config(**settings)
    assert isinstance(caught.value, ValueError)


WRONG = [
    ({"site": "mars"}, "global, eea, us"),
    ({"simulated": "1"}, "simulated"),
    ({"read_only": 1}, "read_only"),
    ({"dry_run": None}, "dry_run"),
    ({"probe_sites": "yes"}, "probe_sites"),
    ({"timeout_secs": 0}, "timeout_secs"),
    ({"timeout_secs": True}, "timeout_secs"),
    ({"timeout_secs": float("nan")}, "timeout_secs"),
    ({"credentials": ("a", "b", "c")}, "credentials"),
    ({"rest_url": "ftp://host"}, "rest_url"),
    ({"rest_url": "https://user:pw@host"}, "user name"),
    ({"rest_url": "https://host/?a=1"}, "query"),
    ({"ws_public_url": "https://host"}, "ws_public_url"),
    ({"ws_public_url": "wss://[bad"}, "ws_public_url"),
    ({"proxy_url": "proxy:8080"}, "proxy_url"),
    ({"proxy_url": "http://host:notaport"}, "proxy_url"),
    ({"ca_file": "/no/such/file.pem"}, "ca_file"),
]


@pytest.mark.parametrize(("settings", "name"), WRONG)
def test_wrong_values_name_the_setting(settings: dict[str, Any], name: str) -> None:
    """A value that cannot be right is refused before anything is sent."""
    with pytest.raises(ConfigError, match=name):
        Config(**settings)


def test_explicit_overrides_are_obeyed() -> None:
    """Another host, the retired port or a bare host: all three paths still lead somewhere sensible."""
    config = Config(
        rest_url="http://127.0.0.1:9/",
        ws_public_url="ws://127.0.0.1:9",
        ws_private_url="wss://ws.okx.com:8443/ws/v5/private",
    )
    assert config.rest_host == "http://127.0.0.1:9"
    assert config.ws_url("public") == "ws://127.0.0.1:9/ws/v5/public"
    assert config.ws_url("private") == "wss://ws.okx.com:8443/ws/v5/private"
    assert config.ws_url("business") == "wss://ws.okx.com/ws/v5/business"
    assert config.environment == "okx custom live"
    assert Config(rest_url="https://aws.okx.com").environment == "okx global live"


def test_secrets_and_proxy_passwords_do_not_show() -> None:
    """Neither repr nor an error nor a pickle holds them; copies work."""
    config = Config(KEYS, proxy_url="http://user:SENTINEL-proxy@10.0.0.1:8080")
    assert "SENTINEL" not in repr(config)
    assert "***@10.0.0.1:8080" in repr(config)
    assert config.proxy_url == "http://user:SENTINEL-proxy@10.0.0.1:8080"
    assert copy.deepcopy(config) == config
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(config)
    with pytest.raises(ConfigError) as caught:
        Config(KEYS, proxy_url="htp://user:SENTINEL-proxy@10.0.0.1:8080")
    assert "SENTINEL" not in str(caught.value)
    with pytest.raises(ConfigError) as late:
        config.replace(timeout_secs=-1)
    assert "SENTINEL" not in everything_shown(late.value)


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without any of our variables."""
    for name in ("API_KEY", "SECRET_KEY", "API_SECRET", "PASSPHRASE", "API_PASSPHRASE", "SITE", "DEMO", "FLAG",
                 "API_BASE_URL", "TIMEOUT_MS", "PROXY_URL", "READ_ONLY", "DRY_RUN", "PROBE_SITES",
                 "SERVER"):  # fmt: skip
        monkeypatch.delenv(f"OKX_{name}", raising=False)
    return monkeypatch


def test_from_env(env: pytest.MonkeyPatch) -> None:
    """Every variable of OKX's own tools is read; explicit arguments win."""
    assert Config.from_env() == Config()
    for name, value in {
        "API_KEY": "abcd-efgh", "API_SECRET": "SENTINEL-secret", "API_PASSPHRASE": "SENTINEL-pass",
        "SITE": "EEA", "DEMO": "true", "API_BASE_URL": "https://eea.okx.com", "TIMEOUT_MS": "1500",
        "READ_ONLY": "1", "DRY_RUN": "0", "PROBE_SITES": "on",
    }.items():  # fmt: skip
        env.setenv(f"OKX_{name}", value)
    place = Config(KEYS, simulated=True, site="eea", rest_url="https://eea.okx.com", timeout_secs=1.5)
    wanted = place.replace(read_only=True, probe_sites=True)
    assert Config.from_env() == wanted
    assert Config.from_env(timeout_secs=9, credentials=None).timeout_secs == 9
    assert Config.from_env(credentials=None).credentials is None


@pytest.mark.parametrize(
    ("name", "text", "simulated"), [("DEMO", "1", True), ("FLAG", "1", True), ("FLAG", "0", False), ("DEMO", "", False)]
)
def test_demo_flag(env: pytest.MonkeyPatch, name: str, text: str, simulated: bool) -> None:
    """Both spellings of the demo switch; empty is unset."""
    env.setenv(f"OKX_{name}", text)
    assert Config.from_env().simulated is simulated


@pytest.mark.parametrize(
    ("name", "text"),
    [("DEMO", "maybe"), ("TIMEOUT_MS", "soon"), ("SITE", "mars"), ("READ_ONLY", "perhaps")],
)
def test_unreadable_variables_raise(env: pytest.MonkeyPatch, name: str, text: str) -> None:
    """A value that means nothing is not taken for live trading."""
    env.setenv(f"OKX_{name}", text)
    with pytest.raises(ConfigError, match=text):
        Config.from_env()


def test_half_a_key_in_the_environment_raises(env: pytest.MonkeyPatch) -> None:
    """One of three key variables is a mistake and not public access."""
    env.setenv("OKX_SECRET_KEY", "SENTINEL-secret")
    with pytest.raises(ConfigError, match="OKX_API_KEY") as caught:
        Config.from_env()
    assert "SENTINEL" not in everything_shown(caught.value)


def test_from_profile(tmp_path: Path) -> None:
    """A profile gives the key and the place; explicit arguments win; a profile without key is public."""
    file = tmp_path / "config.toml"
    file.write_text(
        "[profiles.a]\napi_key='abcd-efgh'\nsecret_key='SENTINEL-secret'\npassphrase='SENTINEL-pass'\n"
        "site='eea'\ndemo=true\nproxy_url='http://p:1'\ntimeout_ms=2000\nread_only=true\ndry_run=false\n"
        "[profiles.b]\nsite='us'\nbase_url=''\n"
    )
    file.chmod(0o600)
    full = Config(KEYS, simulated=True, site="eea", proxy_url="http://p:1", timeout_secs=2, read_only=True)
    assert Config.from_profile("a", file) == full
    assert Config.from_profile("a", file, simulated=False).simulated is False
    assert Config.from_profile("b", file) == Config(site="us")


def test_switches_only_go_on() -> None:
    """They show in the repr and reach the guard; a copy made with a switch keeps those that were on."""
    plain = Config()
    assert (plain.guard.read_only, plain.guard.dry_run) == (False, False)
    assert "read_only" not in repr(plain)
    both = plain.switched(read_only=True, dry_run=False).switched(read_only=False, dry_run=True)
    assert (both.guard.read_only, both.guard.dry_run, both.guard.environment) == (True, True, "okx global live")
    assert "read_only=True, dry_run=True" in repr(both)


def test_socks_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="okx_sync\\[socks\\]"):
        Config(proxy_url="socks5://127.0.0.1:1")
