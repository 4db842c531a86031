"""Settings of Bitget: which environment, whose key, and which protocol, in one frozen object."""

from __future__ import annotations

import os
from typing import Any, Final, Self, get_args
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from okx_sync import logs
from okx_sync.checks import check_flag, check_options, check_word
from okx_sync.credentials import ENV_NAMES, Credentials, env_value, read_profile
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.urls import ADDRESSES, REST_ADDRESS, Path, Protocol, check_ws, is_known, ws_address
from okx_sync.exchanges.settings import (
    MAX_RESPONSE_BYTES,
    check_bytes,
    check_passphrase,
    check_plain,
    check_prefix,
    check_url,
    check_way,
    hide_password,
    host_names,
    path_text,
    server_of_env,
    settings_of,
)
from okx_sync.protocol.write_guard import WriteGuard

__all__ = ["BitgetConfig"]

_URLS: Final = ("ws_public_url", "ws_private_url")
_SWITCHES: Final = ("demo", "read_only", "dry_run")


@check_options
@frozen(repr=False)
class BitgetConfig:
    """Settings of a :class:`BitgetClient` and a :class:`BitgetWsClient`.

    Args:
        credentials: the API key, with its passphrase; None for public data only.
        demo: True for Bitget's demo trading (V2 and V3, needs a demo key).
        protocol: of streams: ``"v2"`` for classic accounts, ``"v3"`` for unified ones (UTA). Left out, it is that of
            the key's account, which ``BitgetWsClient`` finds out, and ``"v2"`` without a key. For gateways, recordings
            and mock servers: ``"v1"``, which Bitget switched off in November 2025, and ``"seed"``, a wire with the
            channels ``execution`` and ``liquidation`` and a heartbeat in JSON.
        timeout_secs: how long a connection or a whole request may take, seconds.
        insecure_hosts: hosts that a key may be used with over ``ws://`` and ``http://``. Without this only this machine
            itself (``localhost``, ``127.0.0.1``, ``::1``) may be spoken to in plain text while there are credentials.
        max_response_bytes: how many bytes the answer of a REST call may hold, unpacked; a larger one raises.
        proxy_url: ``http://``, ``https://`` or ``socks5://`` proxy for this client, with ``user:password@`` if
            needed. Without it the environment's ``HTTPS_PROXY`` and ``NO_PROXY`` count.
        ca_file: certificates to trust besides the system's, a PEM file.
        ws_public_url, ws_private_url: overrides of single addresses; a host alone gets the protocol's path.
        rest_url: override of REST's address.
        read_only: raise ``ReadOnlyError`` instead of sending anything that would change something.
        dry_run: check every such call as if it were to be sent, then raise ``DryRun`` with what would have gone out.

    Raises :class:`ConfigError` for a value that cannot be right and for overrides that contradict ``demo``.
    """

    credentials: Credentials | None = None
    demo: bool = False
    protocol: Protocol | None = None
    timeout_secs: float = 30
    proxy_url: str | None = field(default=None, converter=hide_password)
    ca_file: str | None = field(default=None, converter=path_text)
    ws_public_url: str | None = None
    ws_private_url: str | None = None
    rest_url: str | None = field(default=None, kw_only=True)
    insecure_hosts: tuple[str, ...] = field(default=(), converter=host_names, kw_only=True)
    max_response_bytes: int = field(default=MAX_RESPONSE_BYTES, kw_only=True)
    read_only: bool = field(default=False, kw_only=True)
    dry_run: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.protocol is not None:
            check_word("protocol", self.protocol, get_args(Protocol))
        for name in _SWITCHES:
            check_flag(name, getattr(self, name))
        check_way(self.credentials, self.timeout_secs, self.proxy_url, self.ca_file)
        check_bytes("max_response_bytes", self.max_response_bytes)
        check_passphrase(self.credentials, "Bitget")
        for name in _URLS:
            if (url := getattr(self, name)) is not None:
                check_ws(name, url, self.demo)
        if self.rest_url is not None:
            check_url("rest_url", self.rest_url, ("https", "http"))
        urls = {name: getattr(self, name) for name in (*_URLS, "rest_url")}
        check_plain(self.credentials, urls, self.insecure_hosts)
        if self.demo and not ADDRESSES[self.stream_protocol].has_demo and self.ws_private_url is None:
            raise ConfigError(
                f"the protocol {self.protocol!r} has no demo host",
                hint="leave protocol out, or name a server of your own with ws_private_url",
            )

    def __repr__(self) -> str:
        mode = "demo" if self.demo else "live"
        parts = [f"protocol={self.protocol or 'of the account'} {mode}", f"credentials={self.credentials!r}"]
        urls = {name: getattr(self, name) for name in (*_URLS, "rest_url", "proxy_url")}
        parts += [f"{name}={logs.mask_url(url)!r}" for name, url in urls.items() if url is not None]
        if self.ca_file is not None:
            parts.append(f"ca_file={self.ca_file!r}")
        if self.insecure_hosts:
            parts.append(f"insecure_hosts={self.insecure_hosts!r}")
        parts += [f"{name}=True" for name in _SWITCHES[1:] if getattr(self, name)]
        return f"BitgetConfig({', '.join(parts)}, timeout_secs={self.timeout_secs:g})"

    @property
    def stream_protocol(self) -> Protocol:
        """What streams are spoken in as long as nobody has asked for the kind of the account."""
        return self.protocol or "v2"

    @property
    def environment(self) -> str:
        """What errors and log lines call this place: ``"bitget live"``, ``"bitget custom v1 live"``."""
        is_custom = any(url is not None and not is_known(url) for url in (self.ws_public_url, self.ws_private_url))
        protocol = "" if self.stream_protocol == "v2" else self.stream_protocol
        words = ["bitget", "custom" if is_custom else "", protocol]
        return " ".join([word for word in words if word] + ["demo" if self.demo else "live"])

    def ws_url(self, path: Path) -> str:
        """Return the WebSocket URL of ``"public"`` or ``"private"``."""
        override: str | None = self.ws_public_url if path == "public" else self.ws_private_url
        if override is None:
            return ws_address(self.stream_protocol, self.demo, path)
        has_path = urlsplit(override).path.strip("/")
        return override if has_path else f"{override.rstrip('/')}{ADDRESSES[self.stream_protocol].routes[path]}"

    @property
    def has_rest(self) -> bool:
        """Whether it is known where REST is: not for streams elsewhere without ``rest_url``, as Bitget is not meant.

        Nor for the older protocols, whose REST is gone.
        """
        is_elsewhere = self.ws_public_url is not None or self.ws_private_url is not None
        return self.stream_protocol in ("v2", "v3") and (self.rest_url is not None or not is_elsewhere)

    @property
    def guard(self) -> WriteGuard:
        """What is asked before anything is sent that changes something: ``read_only`` and ``dry_run``."""
        return WriteGuard(self.read_only, self.dry_run, self.environment)

    @property
    def rest_host(self) -> str:
        """Scheme and host of REST calls, without a slash at the end."""
        return (self.rest_url or REST_ADDRESS).rstrip("/")

    @classmethod
    def from_env(cls, prefix: str = "BITGET", **overrides: Any) -> Self:
        """Read settings from the environment; ``overrides`` (fields of this class) win over it.

        ``BITGET_API_KEY``, ``BITGET_SECRET_KEY`` (``BITGET_API_SECRET``), ``BITGET_PASSPHRASE``
        (``BITGET_API_PASSPHRASE``), ``BITGET_DEMO`` as 1 or 0, ``BITGET_PROTOCOL``, ``BITGET_SERVER`` (REST and
        streams at one address, as ``okx-sync paper`` has them), ``BITGET_TIMEOUT_MS``, ``BITGET_PROXY_URL``,
        ``BITGET_INSECURE_HOSTS`` (names with commas), and 1 or 0 in ``BITGET_READ_ONLY`` and ``BITGET_DRY_RUN``. Empty
        means unset. Without any key variable the configuration is for public data; another ``prefix`` of which nothing
        is set raises ``ConfigError``.
        """
        check_prefix(prefix, "BITGET", overrides)
        source = f"{prefix}_* variables"
        names = ("demo", "protocol", "timeout_ms", "proxy_url", "insecure_hosts", *_SWITCHES[1:])
        settings = settings_of({name: env_value(prefix, (name.upper(),)) for name in names}, ("protocol",), source)
        if "credentials" not in overrides and any(env_value(prefix, names) for names in ENV_NAMES):
            settings["credentials"] = Credentials.from_env(prefix)
        return cls(**settings | server_of_env(cls, prefix, settings) | overrides)

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make settings from a profile of ``~/.okx/config.toml``; ``overrides`` (fields of this class) win.

        Reads ``api_key``, ``secret_key``, ``passphrase``, ``demo``, ``protocol``, ``base_url``, ``proxy_url``,
        ``timeout_ms``, ``insecure_hosts``, ``read_only`` and ``dry_run``. A profile without a key is for public data.
        """
        profile = read_profile(name, path)
        if "credentials" not in overrides and any(profile.get(key) for key in ("api_key", "secret_key", "passphrase")):
            overrides["credentials"] = Credentials.from_mapping(profile)
        return cls(**settings_of(profile, ("protocol",)) | overrides)

    def switched(self, *, read_only: bool, dry_run: bool) -> Self:
        """Return a copy with these switches on as well. What the config forbids stays forbidden."""
        return self.replace(read_only=self.read_only or read_only, dry_run=self.dry_run or dry_run)

    def replace(self, **changes: Any) -> Self:
        """Make a copy with some fields changed, checked again."""
        return evolve(self, **changes)
