"""``BitgetClient``: Bitget over REST, V2 and V3, synchronous, usable from any number of threads."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

from okx_sync.checks import check_config, check_word
from okx_sync.clients.bitget_verbs import BitgetVerbs
from okx_sync.errors import OkxError
from okx_sync.exchanges.bitget.account_kind import KIND_PATH, KINDS, AccountKind, kind_of_refusal
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.exchanges.bitget.groups import BitgetGroups
from okx_sync.exchanges.bitget.rest_dialect import BitgetRestDialect
from okx_sync.live.made_once import FoundOnce
from okx_sync.live.rest_client import RestClient
from okx_sync.rest import Limiter
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.rest import Endpoint

__all__ = ["BitgetClient"]

_UNSIGNED = (
    "/api/v2/mix/market/",
    "/api/v2/public/",
    "/api/v2/spot/market/",
    "/api/v2/spot/public/",
    "/api/v3/market/",
)


class BitgetClient(BitgetVerbs, RestClient):
    """Bitget over REST: everyday calls, groups of named calls; ``request`` reaches whatever has no name here.

    The everyday calls (``place_order``, ``get_positions``, ...) choose by the kind of the account. ``uta`` is for
    unified accounts (V3), ``spot`` for spot of classic ones (V2) with its orders, account and wallet, ``mix`` for their
    futures, ``common`` has what all products share.

    Reading calls are repeated when the connection breaks, writing calls never unless they certainly did nothing. Rate
    limits are kept on this side.

    Args:
        config: demo or live, credentials; without one, public data.
        clock: source of time, shared with a stream client so that both know the server's clock.
        limiter: share one between clients of the same account.
        read_only: switch on what the config can switch on too; see ``BitgetConfig``.
        dry_run: the same.
        account_kind: ``"classic"`` or ``"uta"``; the exchange is asked when left out and needed.

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

    @staticmethod
    def endpoints() -> list[Endpoint]:
        """List every declared endpoint.

        Each has ``method``, ``path``, ``group``, ``name``, ``model``, ``auth`` and ``params``.
        """
        return BitgetGroups.all_endpoints()
