"""Which OKX, as whom, and how to get there: one frozen object that REST and streams share.

``site`` and ``simulated`` together choose every host and the demo header. The URL overrides are for proxies,
recordings and the paper exchange; one that contradicts the switch raises instead of being obeyed.
"""

from __future__ import annotations

import importlib.util
import math
import os
from pathlib import Path as FilePath
from typing import Any, Self, get_args
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from okx_sync import logs
from okx_sync.credentials import ENV_NAMES, Credentials, HiddenText, env_value, read_profile
from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.urls import SITES, Path, Site, check_rest, check_ws, is_known, ws_address

__all__ = ["Config"]

_TRUE = {"1", "true", "yes", "on", "demo"}
_FALSE = {"0", "false", "no", "off", "live"}
_PROXY_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")


def _hide_password(url: str | None) -> str | None:
    return HiddenText(url) if url is not None and "@" in url else url


def _text(path: str | os.PathLike[str] | None) -> str | None:
    return None if path is None else os.fspath(path)


@frozen(repr=False)
class Config:
    """Settings of a client.

    Parameters
    ----------
    credentials: the API key; None for public data only.
    simulated: True for OKX's demo trading (needs a demo key).
    timeout_secs: how long a connection or a request may take, seconds.
    proxy_url: ``http://``, ``https://`` or ``socks5://`` proxy for this client, with ``user:password@`` if
        needed. Without it the environment's ``HTTPS_PROXY`` and ``NO_PROXY`` count.
    rest_url, ws_public_url, ws_private_url, ws_business_url: overrides of single addresses.
    site: ``"global"``, ``"eea"`` or ``"us"``: where the account was opened.
    ca_file: certificates to trust besides the system's, a PEM file.
    account_label: a name for this account in events and log lines.

    Raises :class:`ConfigError` for a value that cannot be right and for overrides that contradict the site.
    """

    credentials: Credentials | None = None
    simulated: bool = False
    timeout_secs: float = 30
    proxy_url: str | None = field(default=None, converter=_hide_password)
    rest_url: str | None = None
    ws_public_url: str | None = None
    ws_private_url: str | None = None
    ws_business_url: str | None = None
    site: Site = "global"
    ca_file: str | None = field(default=None, converter=_text)
    account_label: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.site not in SITES:
            raise ConfigError(f"site must be one of {', '.join(get_args(Site))}, not {self.site!r}")
        if not isinstance(self.simulated, bool):
            raise ConfigError(f"simulated must be True or False, not {self.simulated!r}")
        if self.credentials is not None and not isinstance(self.credentials, Credentials):
            raise ConfigError(f"credentials must be Credentials, not {type(self.credentials).__name__}")
        if not (type(self.timeout_secs) in (int, float) and 0 < self.timeout_secs < math.inf):
            raise ConfigError(f"timeout_secs must be a positive number of seconds, not {self.timeout_secs!r}")
        if self.rest_url is not None:
            check_rest(self.rest_url, self.site)
        for path in get_args(Path):
            url = getattr(self, f"ws_{path}_url")
            if url is not None:
                check_ws(f"ws_{path}_url", url, self.site, self.simulated)
        _check_proxy(self.proxy_url)
        if self.ca_file is not None and not FilePath(self.ca_file).is_file():
            raise ConfigError(f"ca_file {self.ca_file} is not a file")

    def __repr__(self) -> str:
        mode = "demo" if self.simulated else "live"
        parts = [f"site={self.site} {mode}", f"credentials={self.credentials!r}"]
        for name in ("rest_url", "ws_public_url", "ws_private_url", "ws_business_url", "proxy_url"):
            url = getattr(self, name)
            if url is not None:
                parts.append(f"{name}={logs.mask_url(url)!r}")
        for name in ("ca_file", "account_label"):
            if getattr(self, name) is not None:
                parts.append(f"{name}={getattr(self, name)!r}")
        return f"Config({', '.join(parts)}, timeout_secs={self.timeout_secs:g})"

    @property
    def environment(self) -> str:
        """What errors and log lines call this place: ``"okx eea demo"``, ``"okx custom live"``."""
        overrides = (self.rest_url, self.ws_public_url, self.ws_private_url, self.ws_business_url)
        custom = any(url is not None and not is_known(url) for url in overrides)
        return f"okx {'custom' if custom else self.site} {'demo' if self.simulated else 'live'}"

    @property
    def rest_host(self) -> str:
        """Scheme and host of REST calls, without a slash at the end."""
        return (self.rest_url or f"https://{SITES[self.site].rest}").rstrip("/")

    def ws_url(self, path: Path) -> str:
        """The WebSocket URL of ``"public"``, ``"private"`` or ``"business"``."""
        override: str | None = getattr(self, f"ws_{path}_url")
        if override is None:
            return ws_address(self.site, self.simulated, path)
        # Some people give the host only; OKX's three paths are the same everywhere.
        return override if urlsplit(override).path.strip("/") else f"{override.rstrip('/')}/ws/v5/{path}"

    @property
    def demo_header(self) -> dict[str, str]:
        """The REST header that selects demo trading; empty for live."""
        return {"x-simulated-trading": "1"} if self.simulated else {}

    @classmethod
    def from_env(cls, prefix: str = "OKX", **overrides: Any) -> Self:
        """Settings from the environment; ``overrides`` (fields of this class) win over it.

        ``OKX_API_KEY``, ``OKX_SECRET_KEY`` (``OKX_API_SECRET``), ``OKX_PASSPHRASE`` (``OKX_API_PASSPHRASE``),
        ``OKX_SITE``, ``OKX_DEMO`` (``OKX_FLAG``) as 1 or 0, ``OKX_API_BASE_URL``, ``OKX_TIMEOUT_MS``,
        ``OKX_PROXY_URL``. Empty means unset. Without any key variable the configuration is for public data.
        """
        values: dict[str, Any] = {
            "site": env_value(prefix, ("SITE",)),
            "simulated": env_value(prefix, ("DEMO", "FLAG")),
            "rest_url": env_value(prefix, ("API_BASE_URL",)),
            "timeout_ms": env_value(prefix, ("TIMEOUT_MS",)),
            "proxy_url": env_value(prefix, ("PROXY_URL",)),
        }
        if "credentials" not in overrides and any(env_value(prefix, names) for names in ENV_NAMES):
            overrides["credentials"] = Credentials.from_env(prefix)
        return cls(**_settings(values, source=f"{prefix}_* variables") | overrides)

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Settings from a profile of ``~/.okx/config.toml``; ``overrides`` (fields of this class) win.

        Reads ``api_key``, ``secret_key``, ``passphrase``, ``site``, ``demo``, ``base_url``, ``proxy_url`` and
        ``timeout_ms``. A profile without a key is for public data.
        """
        profile = read_profile(name, path)
        values = {"simulated": profile.get("demo"), "rest_url": profile.get("base_url")}
        values |= {key: profile.get(key) for key in ("site", "proxy_url", "timeout_ms")}
        keys = ("api_key", "secret_key", "passphrase")
        if "credentials" not in overrides and any(profile.get(key) for key in keys):
            overrides["credentials"] = Credentials.from_mapping(profile)
        return cls(**_settings(values, source="the profile") | overrides)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked again."""
        return evolve(self, **changes)


def _settings(values: dict[str, Any], source: str) -> dict[str, Any]:
    """Texts of a file or the environment as fields of Config, empty ones left out."""
    settings: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or value == "":
            continue
        text = str(value).strip()
        if key == "simulated":
            settings[key] = _flag(text, source)
        elif key == "timeout_ms":
            settings["timeout_secs"] = _seconds(text, source)
        else:
            settings[key] = text.lower() if key == "site" else text
    return settings


def _flag(text: str, source: str) -> bool:
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    raise ConfigError(f"demo in {source} must be 1 or 0 (true or false), not {text!r}")


def _seconds(text: str, source: str) -> float:
    try:
        return int(text) / 1000
    except ValueError:
        raise ConfigError(f"timeout_ms in {source} must be a whole number, not {text!r}") from None


def _check_proxy(url: str | None) -> None:
    if url is None:
        return
    try:
        parts = urlsplit(url)
        ok = parts.scheme in _PROXY_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        ok = False
    if not ok:
        forms = "http://host:port or socks5://host:port"
        raise ConfigError(f"proxy_url must look like {forms}, not {_shown(url)!r}")
    if parts.password:
        logs.hide(parts.password)
    if parts.scheme.startswith("socks") and importlib.util.find_spec("socks") is None:
        raise ConfigError("a socks proxy needs PySocks", hint="pip install 'okx_sync[socks]'")


def _shown(url: str) -> str:
    # A malformed URL may hide its password from the pattern of mask_url: show what follows the last @ only.
    return f"***@{url.rpartition('@')[2]}" if "@" in url else url
