"""Settings of OKX: which site, whose key, and how to get there, in one frozen object for REST and streams.

``site`` and ``simulated`` together choose every host and the demo header. The URL overrides are for proxies,
recordings and the paper exchange; one that contradicts the switch raises instead of being obeyed.
"""

from __future__ import annotations

import os
from typing import Any, Self, get_args
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from okx_sync import logs
from okx_sync.checks import check_flag, check_options, check_word
from okx_sync.credentials import ENV_NAMES, Credentials, env_value, read_profile
from okx_sync.exchanges.okx.urls import REST_ADDRESSES, Path, Site, check_rest, check_ws, is_known, ws_address
from okx_sync.exchanges.settings import (
    MAX_RESPONSE_BYTES,
    as_flag,
    as_seconds,
    check_bytes,
    check_passphrase,
    check_plain,
    check_prefix,
    check_way,
    hide_password,
    host_names,
    path_text,
    server_of_env,
)
from okx_sync.protocol.write_guard import WriteGuard

__all__ = ["Config"]

_URLS = ("rest_url", "ws_public_url", "ws_private_url", "ws_business_url")
_SWITCHES = ("simulated", "read_only", "dry_run", "probe_sites")


@check_options
@frozen(repr=False)
class Config:
    """Settings of a client.

    Args:
        credentials: the API key; None for public data only.
        simulated: True for OKX's demo trading (needs a demo key).
        timeout_secs: how long a connection or a whole request may take, seconds.
        insecure_hosts: hosts that a key may be used with over ``ws://`` and ``http://``. Without this only this machine
            itself (``localhost``, ``127.0.0.1``, ``::1``) may be spoken to in plain text while there are credentials.
        max_response_bytes: how many bytes the answer of a REST call may hold, unpacked; a larger one raises.
        proxy_url: ``http://``, ``https://`` or ``socks5://`` proxy for this client, with ``user:password@`` if
            needed. Without it the environment's ``HTTPS_PROXY`` and ``NO_PROXY`` count.
        rest_url, ws_public_url, ws_private_url, ws_business_url: overrides of single addresses.
        site: ``"global"``, ``"eea"`` or ``"us"``: where the account was opened.
        ca_file: certificates to trust besides the system's, a PEM file.
        account_label: a name for this account in events and log lines.
        read_only: raise ``ReadOnlyError`` instead of sending anything that would change something, on REST and streams.
        dry_run: check every such call as if it were to be sent, then raise ``DryRun`` with what would have gone out.
            ``read_only`` wins when both are on.
        probe_sites: when OKX does not know the key here (50101, 50119, 60005, 60032), ask the other sites, demo and
            live, with one reading call each, and name in the error's hint the one that accepts it. The key is shown to
            those other hosts of OKX, and nothing is ever sent anywhere else than here but that call.

    Raises :class:`ConfigError` for a value that cannot be right and for overrides that contradict the site.
    """

    credentials: Credentials | None = None
    simulated: bool = False
    timeout_secs: float = 30
    proxy_url: str | None = field(default=None, converter=hide_password)
    rest_url: str | None = None
    ws_public_url: str | None = None
    ws_private_url: str | None = None
    ws_business_url: str | None = None
    site: Site = "global"
    ca_file: str | None = field(default=None, converter=path_text)
    account_label: str | None = None
    read_only: bool = field(default=False, kw_only=True)
    dry_run: bool = field(default=False, kw_only=True)
    insecure_hosts: tuple[str, ...] = field(default=(), converter=host_names, kw_only=True)
    max_response_bytes: int = field(default=MAX_RESPONSE_BYTES, kw_only=True)
    probe_sites: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_word("site", self.site, get_args(Site))
        for name in _SWITCHES:
            check_flag(name, getattr(self, name))
        check_way(self.credentials, self.timeout_secs, self.proxy_url, self.ca_file)
        check_passphrase(self.credentials, "OKX")
        check_bytes("max_response_bytes", self.max_response_bytes)
        if self.rest_url is not None:
            check_rest(self.rest_url, self.site)
        for path in get_args(Path):
            url = getattr(self, f"ws_{path}_url")
            if url is not None:
                check_ws(f"ws_{path}_url", url, self.site, self.simulated)
        check_plain(self.credentials, {name: getattr(self, name) for name in _URLS}, self.insecure_hosts)

    def __repr__(self) -> str:
        mode = "demo" if self.simulated else "live"
        parts = [f"site={self.site} {mode}", f"credentials={self.credentials!r}"]
        for name in (*_URLS, "proxy_url"):
            url = getattr(self, name)
            if url is not None:
                parts.append(f"{name}={logs.mask_url(url)!r}")
        for name in ("ca_file", "account_label", "insecure_hosts"):
            if getattr(self, name):
                parts.append(f"{name}={getattr(self, name)!r}")
        parts += [f"{name}=True" for name in _SWITCHES[1:] if getattr(self, name)]
        return f"Config({', '.join(parts)}, timeout_secs={self.timeout_secs:g})"

    @property
    def environment(self) -> str:
        """What errors and log lines call this place: ``"okx eea demo"``, ``"okx custom live"``."""
        overrides = [getattr(self, name) for name in _URLS]
        custom = any(url is not None and not is_known(url) for url in overrides)
        return f"okx {'custom' if custom else self.site} {'demo' if self.simulated else 'live'}"

    @property
    def rest_host(self) -> str:
        """Scheme and host of REST calls, without a slash at the end."""
        return (self.rest_url or REST_ADDRESSES[self.site, self.simulated]).rstrip("/")

    def ws_url(self, path: Path) -> str:
        """Return the WebSocket URL of ``"public"``, ``"private"`` or ``"business"``."""
        override: str | None = getattr(self, f"ws_{path}_url")
        if override is None:
            return ws_address(self.site, self.simulated, path)
        # Some people give the host only; OKX's three paths are the same everywhere.
        return override if urlsplit(override).path.strip("/") else f"{override.rstrip('/')}/ws/v5/{path}"

    @property
    def demo_header(self) -> dict[str, str]:
        """The REST header that selects demo trading; empty for live."""
        return {"x-simulated-trading": "1"} if self.simulated else {}

    @property
    def guard(self) -> WriteGuard:
        """What is asked before anything is sent that changes something: ``read_only`` and ``dry_run``."""
        return WriteGuard(self.read_only, self.dry_run, self.environment)

    @classmethod
    def from_env(cls, prefix: str = "OKX", **overrides: Any) -> Self:
        """Read settings from the environment; ``overrides`` (fields of this class) win over it.

        ``OKX_API_KEY``, ``OKX_SECRET_KEY`` (``OKX_API_SECRET``), ``OKX_PASSPHRASE`` (``OKX_API_PASSPHRASE``),
        ``OKX_SITE``, ``OKX_DEMO`` (``OKX_FLAG``) as 1 or 0, ``OKX_API_BASE_URL`` (REST alone), ``OKX_SERVER`` (REST and
        streams at one address, as ``okx-sync paper`` has them), ``OKX_TIMEOUT_MS``, ``OKX_PROXY_URL``,
        ``OKX_INSECURE_HOSTS`` (names with commas), and 1 or 0 in ``OKX_READ_ONLY``, ``OKX_DRY_RUN``,
        ``OKX_PROBE_SITES``. Empty means unset. Without any key variable the configuration is for public data; another
        ``prefix`` of which nothing is set raises ``ConfigError``.
        """
        check_prefix(prefix, "OKX", overrides)
        values: dict[str, Any] = {
            "site": env_value(prefix, ("SITE",)),
            "simulated": env_value(prefix, ("DEMO", "FLAG")),
            "rest_url": env_value(prefix, ("API_BASE_URL",)),
            "timeout_ms": env_value(prefix, ("TIMEOUT_MS",)),
            "proxy_url": env_value(prefix, ("PROXY_URL",)),
            "insecure_hosts": env_value(prefix, ("INSECURE_HOSTS",)),
            **{name: env_value(prefix, (name.upper(),)) for name in _SWITCHES[1:]},
        }
        if "credentials" not in overrides and any(env_value(prefix, names) for names in ENV_NAMES):
            overrides["credentials"] = Credentials.from_env(prefix)
        return cls(**_settings(values, source=f"{prefix}_* variables") | server_of_env(cls, prefix, values) | overrides)

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Read settings from a profile of ``~/.okx/config.toml``; ``overrides`` (fields of this class) win.

        Reads ``api_key``, ``secret_key``, ``passphrase``, ``site``, ``demo``, ``base_url``, ``proxy_url``,
        ``timeout_ms``, ``insecure_hosts``, ``read_only``, ``dry_run`` and ``probe_sites``. A profile
        without a key is for public data.
        """
        profile = read_profile(name, path)
        values = {"simulated": profile.get("demo"), "rest_url": profile.get("base_url")}
        others = ("site", "proxy_url", "timeout_ms", "insecure_hosts", *_SWITCHES[1:])
        values |= {key: profile.get(key) for key in others}
        keys = ("api_key", "secret_key", "passphrase")
        if "credentials" not in overrides and any(profile.get(key) for key in keys):
            overrides["credentials"] = Credentials.from_mapping(profile)
        return cls(**_settings(values, source="the profile") | overrides)

    def switched(self, *, read_only: bool, dry_run: bool) -> Self:
        """Make a copy with these switches on as well.

        None is switched off: what the config forbids stays forbidden.
        """
        return self.replace(read_only=self.read_only or read_only, dry_run=self.dry_run or dry_run)

    def replace(self, **changes: Any) -> Self:
        """Make a copy with some fields changed, checked again."""
        return evolve(self, **changes)


def _settings(values: dict[str, Any], source: str) -> dict[str, Any]:
    """Convert texts of a file or the environment to fields of Config, empty ones left out."""
    settings: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or value == "":
            continue
        text = str(value).strip()
        if key in _SWITCHES:
            settings[key] = as_flag("demo" if key == "simulated" else key, text, source)
        elif key == "timeout_ms":
            settings["timeout_secs"] = as_seconds(text, source)
        elif key == "insecure_hosts":
            settings[key] = value
        else:
            settings[key] = text.lower() if key == "site" else text
    return settings
