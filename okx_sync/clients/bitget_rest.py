"""``BitgetClient``: Bitget over REST, V2 and V3, synchronous, usable from any number of threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Self

import attrs

from okx_sync.checks import check_config, check_word
from okx_sync.clients.bitget_verbs import BitgetVerbs
from okx_sync.clients.foreign_names import HintsAtNames
from okx_sync.errors import ConfigError, OkxError
from okx_sync.exchanges.bitget.account_kind import KIND_PATH, KINDS, AccountKind, kind_of_refusal
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.groups import BitgetGroups
from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
from okx_sync.lazy import LateName, LatePart
from okx_sync.live.made_once import FoundOnce
from okx_sync.live.rest_client import RestClient
from okx_sync.rest import Limiter
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.live.dead_man import DeadMan
    from okx_sync.live.order_limits import OrderLimits
    from okx_sync.rest import Endpoint
    from okx_sync.state.instruments import Instruments

__all__ = ["BitgetClient"]

_QUERIES = LateName("okx_sync.exchanges.bitget.order_queries", "BitgetOrderQueries")
_UNSIGNED = (
    "/api/v2/mix/market/",
    "/api/v2/public/",
    "/api/v2/spot/market/",
    "/api/v2/spot/public/",
    "/api/v3/market/",
)
_TIMER_S: Final = (5, 60)


@attrs.frozen
class _Timer:
    """The countdown as it was set; Bitget's answer does not say when it ends (epoch ms, never too late)."""

    triggerTime: int | None  # noqa: N815  as OKX spells it


class BitgetClient(BitgetVerbs, HintsAtNames, RestClient):
    """Bitget over REST: everyday calls, groups of named calls; ``request`` reaches whatever has no name here.

    The everyday calls (``place_order``, ``get_positions``, ...) choose by the kind of the account. ``uta`` is for
    unified accounts (V3), ``spot`` for spot of classic ones (V2) with its orders, account and wallet, ``mix`` for their
    futures, ``common`` has what all products share. ``instruments`` knows the trading rules of futures, for accounts of
    both kinds: ``client.instruments["BTCUSDT"]``; pairs have the same names, ``spot_instruments`` has those.

    Reading calls are repeated when the connection breaks, writing calls never unless they certainly did nothing. Rate
    limits are kept on this side.

    Args:
        config: demo or live, credentials; without one, public data.
        clock: source of time, shared with a stream client so that both know the server's clock.
        limiter: share one between clients of the same account.
        read_only: switch on what the config can switch on too; see ``BitgetConfig``.
        dry_run: the same.
        account_kind: ``"classic"`` or ``"uta"``; the exchange is asked when left out and needed.
        limits: what orders may be; share one between clients of the same account. See ``docs/risk.md``.
        journal: a file in which each order is written down before it is sent; after a kill those that nobody has heard
            of are in ``orders_in_doubt()``. See ``docs/recovery.md``.
        journal_sync: wait until that is on the disk; without it the file survives the program, not the machine.

    Raises :class:`OkxError` and its subclasses; each tells what to do in ``hint``.
    """

    def __init__(
        self,
        config: BitgetConfig | None = None,
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
        config = config if config is not None else BitgetConfig()
        check_config(config, BitgetConfig, self)
        if account_kind is not None:
            check_word("account_kind", account_kind, KINDS)
        self.config = config.switched(read_only=read_only, dry_run=dry_run)
        RestClient.__init__(
            self,
            self.config,
            BitgetRestDialect(self.config),
            clock=clock or Clock(),
            limiter=limiter,
            find=BitgetGroups.find_endpoint,
            unsigned=_UNSIGNED,
        )
        BitgetGroups.__init__(self, self._runner)
        self._kind: FoundOnce[AccountKind] = FoundOnce(
            "the kind of account", self._ask_kind, self.clock, self.config.timeout_secs, known=account_kind
        )
        self._keep(limits, _QUERIES)
        self._write_down(journal, journal_sync, None)

    instruments: LatePart[Instruments] = LatePart("okx_sync.state.instruments", "Instruments")
    spot_instruments: LatePart[Instruments] = LatePart("okx_sync.state.instruments", "Instruments")

    def _make_part(self, name: str, part: Any) -> Any:
        if name not in ("instruments", "spot_instruments"):
            return super()._make_part(name, part)
        from okx_sync.exchanges.bitget.uta.instruments import UtaInstruments

        groups = BitgetGroups(self._runner)  # not self, which would be kept alive
        source = UtaInstruments(groups, ("SPOT",)) if name == "spot_instruments" else UtaInstruments(groups)
        return part(source, clock=self.clock)

    @classmethod
    def from_env(cls, prefix: str = "BITGET", **overrides: Any) -> Self:
        """Make a client configured by the environment; see ``BitgetConfig.from_env``."""
        return cls(BitgetConfig.from_env(prefix, **overrides))

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make a client configured by a profile of a file; see ``BitgetConfig.from_profile``."""
        return cls(BitgetConfig.from_profile(name, path, **overrides))

    def account_kind(self) -> AccountKind:
        """Tell whether the key's account is unified, by one signed call; asked once. Raises ``OkxError``."""
        return self._kind()

    def _ask_kind(self) -> AccountKind:
        try:
            self.request("GET", KIND_PATH)
        except OkxError as error:
            if (kind := kind_of_refusal(error)) is None:
                raise
            return kind
        return "uta"

    def dead_man(
        self,
        seconds: int,
        *,
        max_idle: float | None = None,
        on_error: Callable[[OkxError], object] | None = None,
    ) -> DeadMan:
        """Make Bitget cancel all orders of a unified account when this program stops watching them.

        Use it as ``with client.dead_man(30): ...``. The countdown is set anew at each third of ``seconds`` and switched
        off when the block ends normally; after an exception it is left to run out. See :class:`DeadMan` for all of it.
        The account has one countdown, of all its orders, whoever sent them. ``guard.expires_at`` is reckoned here: the
        earliest moment at which the orders go.

        Args:
            seconds: 5 to 60.
            max_idle: stop refreshing when ``guard.alive()`` was not called for so many seconds; by default a living
                process is sign enough.
            on_error: takes refreshes that failed, and lapses, on the refreshing thread.

        Raises:
            ConfigError: The account is classic, for which Bitget has no such timer; or a number that is out of bounds.
            OkxError: The kind of the account cannot be found out.

        Entering the block raises what Bitget refuses: it grants this countdown on request.
        Path: ``POST /api/v3/trade/countdown-cancel-all``.
        """
        from okx_sync.live.dead_man import DeadMan, check_seconds

        check_seconds(seconds, _TIMER_S)
        if self.account_kind() != "uta":
            raise ConfigError(
                "Bitget has no timer that cancels the orders of a classic account",
                hint="unified accounts have one; here the program has to cancel its orders itself",
            )
        # Connections of its own and less patience: a refresh that hangs must leave time for the next.
        patience = min(self.config.timeout_secs, seconds / 6)
        config = self.config.replace(timeout_secs=patience)
        own = BitgetClient(config, clock=self.clock, limiter=self._limiter, account_kind="uta")

        def set_timer(to: int) -> _Timer:
            sent_at = own.clock.server_time()
            own.uta.set_countdown_cancel_all(to)
            return _Timer(int((sent_at + to) * 1000) if to else None)

        return DeadMan(
            set_timer, seconds, self.clock, max_idle=max_idle, on_error=on_error, close=own.close, limits=_TIMER_S
        )

    @staticmethod
    def endpoints() -> list[Endpoint]:
        """List every declared endpoint.

        Each has ``method``, ``path``, ``group``, ``name``, ``model``, ``auth`` and ``params``.
        """
        return BitgetGroups.all_endpoints()
