"""Settings of Bybit: which site and environment, whose key, and which protocol, in one frozen object."""

from __future__ import annotations

import os
from typing import Any, Final, Self, get_args
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from okx_sync import logs
from okx_sync.checks import check_flag, check_options, check_word
from okx_sync.credentials import ENV_NAMES, Credentials, env_value, read_profile
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.urls import (
    PATHS,
    Category,
    Environment,
    Path,
    Protocol,
    Site,
    check_rest,
    check_ws,
    is_known,
    rest_address,
    route,
    ws_address,
)
from okx_sync.exchanges.settings import (
    MAX_RESPONSE_BYTES,
    as_flag,
    check_bytes,
    check_plain,
    check_prefix,
    check_way,
    hide_password,
    host_names,
    path_text,
    server_of_env,
    settings_of,
)
from okx_sync.protocol.write_guard import WriteGuard

__all__ = ["BybitConfig"]

_WS_URLS: Final = {f"ws_{path}_url": path for path in get_args(Path)}
_ACTIVE_S: Final = (30, 600)
_SWITCHES: Final = ("book_gaps", "read_only", "dry_run")
_WORDS: Final = ("site", "environment", "category", "protocol")


@check_options
@frozen(repr=False)
class BybitConfig:
    """Settings of a :class:`BybitClient` and a :class:`BybitWsClient`.

    Args:
        credentials: the API key; Bybit's have no passphrase. None for public data only.
        environment: ``"live"``, ``"demo"`` (Bybit's demo trading: public data is the live market's, and there is no
            order entry over WebSocket, so that orders go by REST) or ``"testnet"``. Each has keys of its own.
        site: where the account was opened, by the end of Bybit's address there: ``"com"``, ``"eu"``, ``"nl"``,
            ``"tr"``, ``"kz"``, ``"id"``, ``"ge"``, ``"jp"``, ``"ae"`` (its streams need
            an explicit address); ``"bytick"`` is another name of ``"com"``. Demo and
            testnet are on ``"com"`` only.
        category: which market public data is of: ``"linear"`` (USDT and USDC contracts), ``"inverse"``, ``"spot"`` or
            ``"option"``. Private streams are of all.
        protocol: ``"v5"``, which Bybit itself speaks; ``"seed"`` are the USDC perpetual streams that it switched off in
            October 2023, for gateways, recordings and mock servers.
        timeout_secs: how long a connection or a whole request may take, seconds.
        insecure_hosts: hosts that a key may be used with over ``ws://`` and ``http://``. Without this only this machine
            itself (``localhost``, ``127.0.0.1``, ``::1``) may be spoken to in plain text while there are credentials.
        max_response_bytes: how many bytes the answer of a REST call may hold, unpacked; a larger one raises.
        proxy_url: ``http://``, ``https://`` or ``socks5://`` proxy for this client, with ``user:password@`` if
            needed. Without it the environment's ``HTTPS_PROXY`` and ``NO_PROXY`` count.
        ca_file: certificates to trust besides the system's, a PEM file.
        ws_public_url, ws_private_url, ws_trade_url, rest_url: overrides of single addresses; a WebSocket host alone
            gets the protocol's path.
        account_label: a name for this account in events and log lines.
        max_active_time: seconds without a ping after which Bybit closes a private connection or one for orders: 30 to
            600; None for Bybit's own 10 minutes.
        book_gaps: take a hole in a book's numbers (``u``) for a lost change, and ask for a snapshot.
        read_only: raise ``ReadOnlyError`` instead of sending anything that would change something.
        dry_run: check every such call as if it were to be sent, then raise ``DryRun`` with what would have gone out.

    Raises :class:`ConfigError` for a value that cannot be right and for overrides that contradict the rest.
    """

    credentials: Credentials | None = None
    environment: Environment = "live"
    site: Site = "com"
    category: Category = "linear"
    protocol: Protocol = "v5"
    timeout_secs: float = 30
    proxy_url: str | None = field(default=None, converter=hide_password)
    ca_file: str | None = field(default=None, converter=path_text)
    ws_public_url: str | None = None
    ws_private_url: str | None = None
    ws_trade_url: str | None = None
    rest_url: str | None = field(default=None, kw_only=True)
    account_label: str | None = field(default=None, kw_only=True)
    book_gaps: bool = field(default=True, kw_only=True)
    read_only: bool = field(default=False, kw_only=True)
    dry_run: bool = field(default=False, kw_only=True)
    insecure_hosts: tuple[str, ...] = field(default=(), converter=host_names, kw_only=True)
    max_response_bytes: int = field(default=MAX_RESPONSE_BYTES, kw_only=True)
    max_active_time: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for name, words in zip(_WORDS, (Site, Environment, Category, Protocol), strict=True):
            check_word(name, getattr(self, name), get_args(words))
        for name in _SWITCHES:
            check_flag(name, getattr(self, name))
        check_way(self.credentials, self.timeout_secs, self.proxy_url, self.ca_file)
        check_bytes("max_response_bytes", self.max_response_bytes)
        for name in _WS_URLS:
            if (url := getattr(self, name)) is not None:
                check_ws(name, url, self.site, self.environment)
        if self.rest_url is not None:
            check_rest("rest_url", self.rest_url, self.site, self.environment)
        urls = {name: getattr(self, name) for name in (*_WS_URLS, "rest_url")}
        check_plain(self.credentials, urls, self.insecure_hosts)
        self._check_place()
        self._check_active_time()

    def _check_active_time(self) -> None:
        seconds = self.max_active_time
        if seconds is None:
            return
        least, most = _ACTIVE_S
        if type(seconds) is not int or not least <= seconds <= most:
            raise ConfigError(
                f"max_active_time must be {least} to {most} seconds, not {seconds!r}", hint="None is Bybit's own"
            )
        if self.protocol == "seed":
            raise ConfigError("max_active_time is of protocol 'v5' only", hint="leave it out")

    def _check_place(self) -> None:
        has_own_urls = self.ws_public_url is not None or self.ws_private_url is not None
        if self.environment != "live" and self.site != "com" and not has_own_urls:
            raise ConfigError(
                f"the site {self.site!r} has no {self.environment}: Bybit has it on site 'com' only",
                hint="leave site out, or name the addresses with ws_public_url and ws_private_url",
            )
        if self.protocol == "seed" and (self.environment == "demo" or self.category != "linear"):
            name = "environment" if self.environment == "demo" else "category"
            raise ConfigError(
                f"{name} cannot be {getattr(self, name)!r} with protocol 'seed', which knows USDC perpetuals only",
                hint=f"leave {name} out, or say protocol='v5'",
            )
        if self.ws_trade_url is not None:
            route(self.protocol, "trade", self.category)

    def __repr__(self) -> str:
        parts = [f"site={self.site} {self.environment}", f"category={self.category}"]
        parts += [f"protocol={self.protocol}"] if self.protocol != "v5" else []
        parts.append(f"credentials={self.credentials!r}")
        urls = {name: getattr(self, name) for name in (*_WS_URLS, "rest_url", "proxy_url")}
        parts += [f"{name}={logs.mask_url(url)!r}" for name, url in urls.items() if url is not None]
        named = {name: getattr(self, name) for name in ("ca_file", "account_label", "insecure_hosts")}
        parts += [f"{name}={value!r}" for name, value in named.items() if value]
        parts += [] if self.max_active_time is None else [f"max_active_time={self.max_active_time}"]
        parts += [] if self.book_gaps else ["book_gaps=False"]
        parts += [f"{name}=True" for name in ("read_only", "dry_run") if getattr(self, name)]
        return f"BybitConfig({', '.join(parts)}, timeout_secs={self.timeout_secs:g})"

    @property
    def place(self) -> str:
        """What errors and log lines call this place: ``"bybit com live"``, ``"bybit custom seed live"``."""
        urls = [getattr(self, name) for name in (*_WS_URLS, "rest_url")]
        is_custom = any(url is not None and not is_known(url) for url in urls)
        words = ["bybit", "custom" if is_custom else self.site, "" if self.protocol == "v5" else self.protocol]
        return " ".join([word for word in words if word] + [self.environment])

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths that the protocol has."""
        return tuple(PATHS[self.protocol])

    def ws_url(self, path: Path) -> str:
        """Return the WebSocket URL of ``"public"``, ``"private"`` or ``"trade"``.

        Raises :class:`ConfigError` for order entry where there is none (demo trading, the seed protocol).
        """
        override: str | None = getattr(self, f"ws_{path}_url")
        if override is None and path == "trade" and self.environment != "demo" and not self._are_streams_its_own:
            raise ConfigError(
                "the streams are not Bybit's own, and nobody says where orders go",
                hint="give ws_trade_url=, or rest_url= for orders by REST",
            )
        if override is None:
            url = ws_address(self.site, self.environment, self.protocol, path, self.category)
        else:
            has_path = urlsplit(override).path.strip("/")
            url = override if has_path else f"{override.rstrip('/')}{route(self.protocol, path, self.category)}"
        if self.max_active_time is None or path == "public":
            return url
        return f"{url}?max_active_time={self.max_active_time}s"

    @property
    def rest_host(self) -> str:
        """Scheme and host of REST calls, without a slash at the end."""
        return (self.rest_url or rest_address(self.site, self.environment)).rstrip("/")

    @property
    def has_rest(self) -> bool:
        """Whether it is known where REST is: not for streams elsewhere without ``rest_url``, as Bybit is not meant."""
        return self.protocol == "v5" and (self.rest_url is not None or self._are_streams_its_own)

    @property
    def has_trade_stream(self) -> bool:
        """Whether there is a stream for orders: not in demo trading, nor for streams elsewhere that name none."""
        try:
            self.ws_url("trade")
        except ConfigError:
            return False
        return True

    @property
    def _are_streams_its_own(self) -> bool:
        """Whether no stream is anywhere but at Bybit itself."""
        return all(is_known(url) for name in _WS_URLS if (url := getattr(self, name)) is not None)

    @property
    def guard(self) -> WriteGuard:
        """What is asked before anything is sent that changes something: ``read_only`` and ``dry_run``."""
        return WriteGuard(self.read_only, self.dry_run, self.place)

    @classmethod
    def from_env(cls, prefix: str = "BYBIT", **overrides: Any) -> Self:
        """Read settings from the environment; ``overrides`` (fields of this class) win over it.

        ``BYBIT_API_KEY``, ``BYBIT_SECRET_KEY`` (``BYBIT_API_SECRET``), ``BYBIT_SITE``, ``BYBIT_ENVIRONMENT`` (or 1 in
        ``BYBIT_TESTNET`` or ``BYBIT_DEMO``), ``BYBIT_CATEGORY``, ``BYBIT_PROTOCOL``, ``BYBIT_SERVER`` (REST and streams
        at one address, as ``okx-sync paper`` has them), ``BYBIT_TIMEOUT_MS``, ``BYBIT_PROXY_URL``,
        ``BYBIT_INSECURE_HOSTS`` (names with commas), and 1 or 0 in ``BYBIT_READ_ONLY`` and ``BYBIT_DRY_RUN``. Empty
        means unset. Without any key variable the configuration is for public data; another ``prefix`` of which nothing
        is set raises ``ConfigError``.
        """
        check_prefix(prefix, "BYBIT", overrides)
        source = f"{prefix}_* variables"
        wanted = (*_WORDS, "timeout_ms", "proxy_url", "insecure_hosts", "read_only", "dry_run")
        settings = settings_of({name: env_value(prefix, (name.upper(),)) for name in wanted}, _WORDS, source)
        marks = [name for name in ("testnet", "demo") if _is_set(prefix, name, source)]
        if len({*marks, settings.get("environment", "")} - {""}) > 1:
            names = " and ".join(f"{prefix}_{name.upper()}" for name in [*marks, *settings.keys() & {"environment"}])
            raise ConfigError(f"{names} contradict each other", hint="set one of them")
        if marks:
            settings["environment"] = marks[0]
        if "credentials" not in overrides and any(env_value(prefix, names) for names in ENV_NAMES[:2]):
            settings["credentials"] = Credentials.from_env(prefix, passphrase=False)
        return cls(**settings | server_of_env(cls, prefix, settings) | overrides)

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make settings from a profile of ``~/.okx/config.toml``; ``overrides`` (fields of this class) win.

        Reads ``api_key``, ``secret_key``, ``site``, ``environment``, ``category``, ``base_url``, ``proxy_url``,
        ``timeout_ms``, ``insecure_hosts``, ``read_only`` and ``dry_run``. A profile without a key is for public data.
        """
        profile = read_profile(name, path)
        if "credentials" not in overrides and any(profile.get(key) for key in ("api_key", "secret_key")):
            overrides["credentials"] = Credentials.from_mapping(profile, passphrase=False)
        return cls(**settings_of(profile, ("site", "environment", "category")) | overrides)

    def switched(self, *, read_only: bool, dry_run: bool) -> Self:
        """Make a copy with these switches on as well.

        None is switched off: what the config forbids stays forbidden.
        """
        return self.replace(read_only=self.read_only or read_only, dry_run=self.dry_run or dry_run)

    def replace(self, **changes: Any) -> Self:
        """Make a copy with some fields changed, checked again."""
        return evolve(self, **changes)


def _is_set(prefix: str, name: str, source: str) -> bool:
    text = env_value(prefix, (name.upper(),))
    return text is not None and as_flag(name, text, source)
