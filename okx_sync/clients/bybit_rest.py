"""``BybitClient``: Bybit V5 over REST, synchronous, typed, usable from any number of threads."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NoReturn, Self

from okx_sync.checks import check_config, check_word
from okx_sync.clients.bybit_verbs import BybitVerbs
from okx_sync.clients.foreign_names import HintsAtNames
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.account_kind import KIND_PATH, KINDS, AccountKind, kind_of
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.groups import BybitGroups, find_endpoint
from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect
from okx_sync.lazy import LateName, LatePart
from okx_sync.live.made_once import FoundOnce
from okx_sync.live.rest_client import RestClient
from okx_sync.rest import Limiter
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.rest import Endpoint
    from okx_sync.state.instruments import Instruments

__all__ = ["BybitClient"]

_QUERIES = LateName("okx_sync.exchanges.bybit.order_queries", "BybitOrderQueries")
_UNSIGNED = ("/v5/market/", "/v5/announcements/", "/v5/system/")


class BybitClient(BybitVerbs, HintsAtNames, RestClient):
    """Bybit V5 over REST: everyday calls, groups, and ``request`` for all else.

    Groups: ``market``, ``order``, ``position``, ``account``, ``asset``, ``user``, ``spot_margin``, ``spread``,
    ``system``, ``announcement``, ``rate_limit``, ``demo``.

    ``instruments`` knows the trading rules of contracts and options, of a client with ``category="spot"`` those of
    spot; it rounds prices and sizes by them and checks orders before they are sent. Spot and linear contracts have the
    same names: ``spot_instruments`` has spot whatever the category.

    Reading calls are repeated when the connection breaks, writing calls never unless they certainly did nothing. Rate
    limits are kept on this side.

    Args:
        config: site, environment, credentials; without one, public data of ``bybit.com``.
        clock: source of time, shared with a stream client so that both know the server's clock.
        limiter: share one between clients of the same account.
        read_only: switch on what the config can switch on too; see ``BybitConfig``.
        dry_run: the same.
        account_kind: ``"classic"``, ``"uta1"`` or ``"uta2"``; the exchange is asked when left out and needed.
        limits: what orders may be; share one between clients of the same account. See ``docs/risk.md``.
        journal: a file in which each order is written down before it is sent; after a kill those that nobody has heard
            of are in ``orders_in_doubt()``. See ``docs/recovery.md``.
        journal_sync: wait until that is on the disk; without it the file survives the program, not the machine.

    Raises :class:`OkxError` and its subclasses; each tells what to do in ``hint``.
    """

    def __init__(
        self,
        config: BybitConfig | None = None,
        *,
        clock: Clock | None = None,
        limiter: Limiter | None = None,
        read_only: bool = False,
        dry_run: bool = False,
        account_kind: AccountKind | None = None,
        limits: OrderLimits | None = None,
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
    ) -> None:
        config = config if config is not None else BybitConfig()
        check_config(config, BybitConfig, self)
        if account_kind is not None:
            check_word("account_kind", account_kind, KINDS)
        self.config = config.switched(read_only=read_only, dry_run=dry_run)
        RestClient.__init__(
            self,
            self.config,
            BybitRestDialect(self.config),
            clock=clock or Clock(),
            limiter=limiter,
            find=find_endpoint,
            unsigned=_UNSIGNED,
        )
        BybitGroups.__init__(self, self._runner)
        self._kind: FoundOnce[AccountKind] = FoundOnce(
            "the kind of account", self._ask_kind, self.clock, self.config.timeout_secs, known=account_kind
        )
        self._keep(limits, _QUERIES)
        self._write_down(journal, journal_sync, self.config.account_label)

    instruments: LatePart[Instruments] = LatePart("okx_sync.state.instruments", "Instruments")
    spot_instruments: LatePart[Instruments] = LatePart("okx_sync.state.instruments", "Instruments")

    def _make_part(self, name: str, part: Any) -> Any:
        if name not in ("instruments", "spot_instruments"):
            return super()._make_part(name, part)
        from okx_sync.exchanges.bybit.instruments import BybitContractInstruments, BybitSpotInstruments

        is_spot = self.config.category == "spot"
        if name == "instruments" and is_spot:
            return self.spot_instruments
        groups = BybitGroups(self._runner)  # not self, which would be kept alive
        source = BybitSpotInstruments(groups) if name == "spot_instruments" else BybitContractInstruments(groups)
        return part(source, clock=self.clock)

    @classmethod
    def from_env(cls, prefix: str = "BYBIT", **overrides: Any) -> Self:
        """Make a client configured by the environment; see ``BybitConfig.from_env``."""
        return cls(BybitConfig.from_env(prefix, **overrides))

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make a client configured by a profile of a file; see ``BybitConfig.from_profile``."""
        return cls(BybitConfig.from_profile(name, path, **overrides))

    def account_kind(self) -> AccountKind:
        """Tell whether the key's account is unified, by one signed call; asked once. Raises ``OkxError``."""
        return self._kind()

    def _ask_kind(self) -> AccountKind:
        return kind_of(self.request("GET", KIND_PATH))

    def dead_man(self, seconds: int, **_options: Any) -> NoReturn:
        """Refuse: Bybit has no timer that a REST client could keep from running out.

        What it has looks after private streams, not programs: see ``BybitWsClient.cancel_on_disconnect``.

        Raises:
            ConfigError: Always.
        """
        raise ConfigError(
            f"Bybit has no timer that cancels all orders unless it is set anew within {seconds} s",
            hint="BybitWsClient.cancel_on_disconnect(...) has orders cancelled when the private stream is gone",
        )

    @staticmethod
    def endpoints() -> list[Endpoint]:
        """List every declared endpoint.

        Each has ``method``, ``path``, ``group``, ``name``, ``model``, ``auth`` and ``params``.
        """
        return BybitGroups.all_endpoints()
