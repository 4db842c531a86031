"""Settings that every exchange has: how a field is checked, and how it is read from text."""

from __future__ import annotations

import importlib.util
import ipaddress
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import attrs

from okx_sync import logs
from okx_sync.credentials import Credentials, HiddenText, env_value
from okx_sync.errors import ConfigError

__all__ = [
    "MAX_RESPONSE_BYTES",
    "as_flag",
    "as_seconds",
    "check_bytes",
    "check_passphrase",
    "check_plain",
    "check_prefix",
    "check_url",
    "check_way",
    "hide_password",
    "host_names",
    "path_text",
    "server_addresses",
    "server_of_env",
    "settings_of",
]

MAX_RESPONSE_BYTES: Final = 64 << 20
"""64 MiB: the longest listings have about ten."""

_TRUE: Final = {"1", "true", "yes", "on", "demo"}
_FALSE: Final = {"0", "false", "no", "off", "live"}
_PROXY_SCHEMES: Final = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")


def hide_password(url: str | None) -> str | None:
    """Convert ``proxy_url``: a URL with a password in it is hidden from tracebacks."""
    return HiddenText(url) if url is not None and "@" in url else url


def path_text(path: str | os.PathLike[str] | None) -> str | None:
    """Convert ``ca_file`` to text."""
    return None if path is None else os.fspath(path)


def host_names(value: str | Iterable[str]) -> tuple[str, ...]:
    """Convert ``insecure_hosts``: names in a row, or as text with commas."""
    if isinstance(value, str):
        value = value.split(",")
    try:
        return tuple(text for name in value if (text := name.strip().lower()))
    except (TypeError, AttributeError):
        raise ConfigError(f"insecure_hosts must be names of hosts, not {value!r}") from None


def check_plain(credentials: object, urls: Mapping[str, str | None], insecure_hosts: Sequence[str]) -> None:
    """Raise :class:`ConfigError` when a key would be used over an address in plain text to another machine.

    ``urls``: addresses by the names of their options. A host that ``insecure_hosts`` names is allowed.
    """
    for name, url in urls.items():
        parts = urlsplit(url or "")
        host = (parts.hostname or "").lower()
        if credentials is None or parts.scheme not in ("ws", "http") or _is_loopback(host) or host in insecure_hosts:
            continue
        safe = {"ws": "wss", "http": "https"}[parts.scheme]
        raise ConfigError(
            f"{name} reaches {host} in plain text: whoever is in between could read the key and change the answers",
            hint=f"use {safe}://, or name the host in insecure_hosts=({host!r},) if the network to it is your own",
        )


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback


def check_bytes(name: str, value: object) -> None:
    """Raise :class:`ConfigError` unless ``value`` is a number of bytes above 0."""
    if type(value) is not int or value < 1:
        raise ConfigError(f"{name} must be a whole number of bytes above 0, not {value!r}")


def check_way(credentials: object, timeout_secs: object, proxy_url: str | None, ca_file: str | None) -> None:
    """Raise :class:`ConfigError` for one of these that cannot be right. What a proxy needs must be installed."""
    if credentials is not None and not isinstance(credentials, Credentials):
        raise ConfigError(
            f"credentials must be Credentials, not {type(credentials).__name__}",
            hint="Credentials(api_key, secret_key, passphrase), or Credentials.from_env()",
        )
    if not (type(timeout_secs) in (int, float) and 0 < timeout_secs < math.inf):  # type: ignore[operator]
        raise ConfigError(f"timeout_secs must be a positive number of seconds, not {timeout_secs!r}")
    _check_proxy(proxy_url)
    if ca_file is not None and not Path(ca_file).is_file():
        raise ConfigError(f"ca_file {ca_file} is not a file")


def check_passphrase(credentials: Credentials | None, exchange: str) -> None:
    """Raise :class:`ConfigError` for a key without the passphrase that this exchange gives with each."""
    if credentials is not None and not credentials.passphrase:
        raise ConfigError(
            f"{exchange}'s API keys have a passphrase, these credentials have none",
            hint="Credentials(api_key, secret_key, passphrase): the one chosen for this key",
        )


def check_prefix(prefix: str, default: str, overrides: Mapping[str, object]) -> None:
    """Raise :class:`ConfigError` when somebody names a prefix and no variable of the environment has it.

    With the exchange's own, ``default``, nothing needs to be set: that is a configuration for public data. Nor where
    ``overrides`` bring the credentials.
    """
    if prefix == default or "credentials" in overrides:
        return
    if not any(name.startswith(f"{prefix}_") and text.strip() for name, text in os.environ.items()):
        raise ConfigError(
            f"no environment variable begins with {prefix}_",
            hint=f"set {prefix}_API_KEY and so on, or leave the prefix out for {default}_API_KEY",
        )


def check_url(name: str, url: str, schemes: tuple[str, str] = ("wss", "ws")) -> None:
    """Raise :class:`ConfigError` when the override ``name`` is no URL of these schemes or holds more than a place."""
    try:
        parts = urlsplit(url)
        ok = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        ok = False
    if not ok:
        raise ConfigError(f"{name} must be a URL that starts with {schemes[0]}:// or {schemes[1]}://")
    if parts.username or parts.password:
        raise ConfigError(f"{name} must not carry a user name or a password")
    if parts.query or parts.fragment:
        raise ConfigError(f"{name} must not carry a query")


def as_flag(name: str, value: Any, source: str) -> bool:
    """Convert a switch written as text; ``name`` and ``source`` say in the error what is wrong where."""
    text = str(value).strip().lower()
    if text in _TRUE | _FALSE:
        return text in _TRUE
    raise ConfigError(f"{name} in {source} must be 1 or 0 (true or false), not {str(value)!r}")


def as_seconds(value: Any, source: str) -> float:
    """Convert a ``timeout_ms`` written as text to seconds."""
    try:
        return int(value) / 1000
    except ValueError:
        raise ConfigError(f"timeout_ms in {source} must be a whole number, not {str(value)!r}") from None


def settings_of(values: Mapping[str, Any], words: Sequence[str], source: str = "the profile") -> dict[str, Any]:
    """Return what a profile, or the environment, says for the fields of a configuration.

    Args:
        values: What was found, by the names of profiles; what is empty or None is unset.
        words: Which of these are words, which are taken in lower case.
        source: Where they are from, for errors.

    Raises:
        ConfigError: A value cannot be read.
    """
    found: dict[str, Any] = {word: str(values[word]).lower() for word in words if values.get(word)}
    flags = [name for name in ("demo", "read_only", "dry_run") if values.get(name) not in (None, "")]
    found |= {name: as_flag(name, str(values[name]), source) for name in flags}
    if values.get("timeout_ms"):
        found["timeout_secs"] = as_seconds(values["timeout_ms"], source)
    for name, field in (("base_url", "rest_url"), ("proxy_url", "proxy_url"), ("insecure_hosts", "insecure_hosts")):
        found |= {field: values[name]} if values.get(name) else {}
    return found


def server_addresses(kind: type[Any], server: str, name: str) -> dict[str, str]:
    """Return the addresses of a configuration class for one server that has REST and streams at the same place.

    ``name``: what the user calls ``server``. Raises :class:`ConfigError` for what is no address.
    """
    try:
        parts = urlsplit(server)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise ConfigError(f"{name} {_shown(server)} is no address", hint="http://127.0.0.1:8765, or https://...")
    base = server.rstrip("/")
    stream = f"{'wss' if parts.scheme == 'https' else 'ws'}{base[len(parts.scheme) :]}"
    return {"rest_url": base, **{one.name: stream for one in attrs.fields(kind) if one.name.startswith("ws_")}}


def server_of_env(kind: type[Any], prefix: str, settings: Mapping[str, Any]) -> dict[str, str]:
    """Return the addresses that ``PREFIX_SERVER`` of the environment gives; none where it is not set.

    Raises :class:`ConfigError` where it is no address, or another variable names one, too.
    """
    server = env_value(prefix, ("SERVER",))
    if server is None:
        return {}
    if settings.get("rest_url"):
        raise ConfigError(
            f"{prefix}_SERVER and {prefix}_API_BASE_URL both say where REST is",
            hint=f"{prefix}_SERVER alone is for REST and streams",
        )
    return server_addresses(kind, server, f"{prefix}_SERVER")


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
    # REST needs the one, the streams the other.
    if parts.scheme.startswith("socks") and not all(map(importlib.util.find_spec, ("socks", "python_socks"))):
        raise ConfigError("a socks proxy needs PySocks and python-socks", hint="pip install 'okx_sync[socks]'")


def _shown(url: str) -> str:
    # A malformed URL may hide its password from the pattern of mask_url: show what follows the last @ only.
    return f"***@{url.rpartition('@')[2]}" if "@" in url else url
