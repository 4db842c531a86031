"""Channels ``account`` of V3 and V2: money that moved during an outage.

Balances are states: REST has the present one however long the outage was. Only what moved is told, prices alone do not
count. Pages: "Get Account Assets" of the API guide for unified accounts, "Get Account List" of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from okx_sync.exchanges.bitget.recovery.pushed_rows import classic_account, unified_account
from okx_sync.exchanges.recovery_reading import number
from okx_sync.protocol.recovery_source import Fetch, Missed, RecoverySource

__all__ = ["ClassicBalancesRecovery", "UnifiedBalancesRecovery"]

_MONEY: Final = ("balance", "locked")  # not debts, of which the stream and REST may take different parts


class _BalancesRecovery(RecoverySource):
    """The memory of a topic of balances, by coin."""

    def __init__(self) -> None:
        self._coins: dict[Any, tuple[Any, ...]] = {}  # the money of each, as it was told last

    def when(self, row: Any) -> tuple[int, ...]:  # noqa: ARG002  a push has no time within
        """Place what REST told before the pushes that waited: what is pushed is newer."""
        return ()

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Balances are states: one delivered twice does no harm, one left out does."""
        if isinstance(row, dict):
            self._coins.update(self.money(row))
        return row

    def money(self, row: Mapping[str, Any]) -> dict[Any, tuple[Any, ...]]:
        """Return what a row, as the stream pushes it, tells of the money of each coin."""
        raise NotImplementedError

    def listed(self, fetch: Fetch) -> Iterable[dict[str, Any]]:
        """Return the present rows, as the stream pushes them."""
        raise NotImplementedError

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST has the present state
        """See ``RecoverySource``."""
        return Missed([row for row in self.listed(fetch) if self._is_news(self.money(row))])

    def _is_news(self, money: Mapping[Any, tuple[Any, ...]]) -> bool:
        """Tell whether money moved. REST may list coins that the account does not have, and the stream none of them."""
        told = self._coins
        return any(amounts != told[coin] if coin in told else any(amounts) for coin, amounts in money.items())


class UnifiedBalancesRecovery(_BalancesRecovery):
    """The memory of V3's topic of the account: each row has all coins."""

    def money(self, row: Mapping[str, Any]) -> dict[Any, tuple[Any, ...]]:
        """See ``_BalancesRecovery``."""
        coins = row.get("coin")
        found = coins if isinstance(coins, list) else []
        return {
            coin.get("coin"): tuple(number(coin, name) for name in _MONEY) for coin in found if isinstance(coin, dict)
        }

    def listed(self, fetch: Fetch) -> Iterable[dict[str, Any]]:
        """See ``_BalancesRecovery``."""
        return map(unified_account, fetch("/api/v3/account/assets", {}))

    def _is_news(self, money: Mapping[Any, tuple[Any, ...]]) -> bool:
        gone = [amounts for coin, amounts in self._coins.items() if coin not in money]
        return super()._is_news(money) or any(map(any, gone))


class ClassicBalancesRecovery(_BalancesRecovery):
    """The memory of V2's topic of the account of a product type: a row for each margin coin.

    Args:
        wanted: What REST is asked for: ``productType``.
        coin: The one margin coin of the topic; None for all.
    """

    def __init__(self, wanted: Mapping[str, str], coin: str | None) -> None:
        super().__init__()
        self._wanted = wanted
        self._coin = coin

    def money(self, row: Mapping[str, Any]) -> dict[Any, tuple[Any, ...]]:
        """See ``_BalancesRecovery``. Equity without what prices move is the balance."""
        balance = number(row, "equity") - number(row, "unrealizedPL")
        return {row.get("marginCoin"): (balance, number(row, "frozen"))}

    def listed(self, fetch: Fetch) -> Iterable[dict[str, Any]]:
        """See ``_BalancesRecovery``."""
        rows = map(classic_account, fetch("/api/v2/mix/account/accounts", self._wanted))
        return [row for row in rows if self._coin in (None, row.get("marginCoin"))]
