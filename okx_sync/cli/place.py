"""Where a command looks: which exchange, which of its sites, a paper exchange, and whose key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

import attrs

from okx_sync.errors import ConfigError
from okx_sync.exchanges.settings import server_addresses

if TYPE_CHECKING:
    from okx_sync.paper import PaperExchange

__all__ = [
    "Exchange",
    "ExchangePlace",
    "MissingKey",
    "named",
    "paper_config",
    "rest_client",
    "ws_client",
]


class Exchange(StrEnum):
    """The exchanges, as the command line names them."""

    okx = "okx"
    bybit = "bybit"
    bitget = "bitget"


class MissingKey(ConfigError):  # noqa: N818  it says what is missing
    """A command needs a key, and none is set."""


@attrs.frozen(kw_only=True)
class ExchangePlace:
    """What the options say of the place; what they leave out, the environment or the profile says."""

    exchange: Exchange = Exchange.okx
    paper: bool = False
    server: str | None = None
    profile: str | None = None
    demo: bool = False
    site: str | None = None
    ca_file: str | None = None
    _running: PaperExchange | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.paper and (self.server or self.profile or self.demo or self.site or self.ca_file):
            raise ConfigError(
                "--paper is a place of its own", hint="leave --server, --profile, --demo and the others out"
            )
        if self.site is not None and self.exchange is Exchange.bitget:
            raise ConfigError("Bitget has one site only", hint="leave --site out")

    @contextmanager
    def opened(self) -> Iterator[Self]:
        """Give the place; of a paper exchange one that runs as long as it is used, for several configurations."""
        if not self.paper or self._running is not None:
            yield self
            return
        from okx_sync.paper import PaperExchange

        with PaperExchange() as running:
            yield attrs.evolve(self, running=running)

    @contextmanager
    def config(self, *, private: bool = False, **overrides: Any) -> Iterator[Any]:
        """Give the configuration; a paper exchange runs as long as it is used.

        Args:
            private: with the key; without it a key that is set is not used, so that a wrong one hurts nobody who
                looks at public data.
            overrides: further fields of the configuration.

        Raises:
            ConfigError: what is set contradicts itself, or there is no key where one is needed.
        """
        with self.opened() as here:
            if here._running is None:
                yield self._real(private, overrides)
            else:
                yield paper_config(here._running, self.exchange, private=private).replace(**overrides)

    def _real(self, private: bool, overrides: dict[str, Any]) -> Any:
        fields = {**self._switches(), **overrides}
        if not private:
            fields["credentials"] = None
        kind = _config_class(self.exchange)
        made = kind.from_env(**fields) if self.profile is None else kind.from_profile(self.profile, **fields)
        if private and made.credentials is None:
            name = self.exchange.upper()
            raise MissingKey(
                f"there is no key for {self.exchange}",
                hint=f"set {name}_API_KEY and the others, name a --profile, or try --paper",
            )
        return made

    def _switches(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.demo:
            demo = {Exchange.okx: ("simulated", True), Exchange.bybit: ("environment", "demo")}
            name, value = demo.get(self.exchange, ("demo", True))
            found[name] = value
        if self.site is not None:
            found["site"] = self.site
        if self.ca_file is not None:
            found["ca_file"] = self.ca_file
        if self.server is not None:
            found |= server_addresses(_config_class(self.exchange), self.server, "--server")
        return found


def paper_config(paper: PaperExchange, exchange: Exchange, *, private: bool) -> Any:
    """Return a configuration for a paper exchange that runs."""
    if exchange is Exchange.okx:
        return paper.config if private else paper.public_config
    made = paper.bybit_config() if exchange is Exchange.bybit else paper.bitget_config()
    return made if private else made.replace(credentials=None)


def named(instruments: Iterable[str], exchange: Exchange) -> list[tuple[Exchange, str]]:
    """Return exchange and name of each instrument, once each. Raises ``ConfigError`` for an unknown exchange."""
    found = []
    for text in instruments:
        before, colon, name = text.rpartition(":")
        if colon and before not in list(Exchange):
            raise ConfigError(f"{text}: there is no exchange {before!r}", hint=f"known are {', '.join(Exchange)}")
        if not name:
            raise ConfigError(f"{text!r} names no instrument", hint="for example BTC-USDT, or bybit:BTCUSDT")
        found.append((Exchange(before) if colon else exchange, name))
    return list(dict.fromkeys(found))


def _config_class(exchange: Exchange) -> Any:
    import okx_sync

    names = {Exchange.okx: "Config", Exchange.bybit: "BybitConfig", Exchange.bitget: "BitgetConfig"}
    return getattr(okx_sync, names[exchange])


def ws_client(exchange: Exchange, config: Any, **options: Any) -> Any:
    """Make the stream client of an exchange."""
    import okx_sync

    names = {Exchange.okx: "WsClient", Exchange.bybit: "BybitWsClient", Exchange.bitget: "BitgetWsClient"}
    return getattr(okx_sync, names[exchange])(config, **options)


def rest_client(exchange: Exchange, config: Any) -> Any:
    """Make the REST client of an exchange."""
    import okx_sync

    names = {Exchange.okx: "OkxClient", Exchange.bybit: "BybitClient", Exchange.bitget: "BitgetClient"}
    return getattr(okx_sync, names[exchange])(config)
