"""Channels ``position``, ``wallet`` and ``greeks``: what changed during an outage.

All are states: REST has the present one however long the outage was, and a position that came and went within it is
not reported. Pages: "Get Position Info", "Get Wallet Balance", "Get Coin Greeks" of the V5 documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.bybit.recovery.listings import SettleCoins, all_rows, categories_of
from okx_sync.exchanges.recovery_reading import check, ms, number
from okx_sync.protocol.recovery_source import Fetch, FetchedPage, Missed, RecoverySource

__all__ = ["GreeksRecovery", "PositionsRecovery", "WalletRecovery"]

_Key = tuple[Any, ...]
_GREEKS: Final = ("totalDelta", "totalGamma", "totalVega", "totalTheta")
_POSITIONS: Final = "/v5/position/list"
_HELD: Final = ("linear", "inverse", "option")
_BALANCES: Final = ("walletBalance", "locked", "borrowAmount", "totalOrderIM", "bonus")  # not what prices move
_NOTHING: Final = dict.fromkeys(
    (
        *("equity", "usdValue", "walletBalance", "locked", "borrowAmount", "accruedInterest"),
        *("totalOrderIM", "totalPositionIM", "totalPositionMM", "unrealisedPnl", "bonus", "spotBorrow"),
    ),
    "0",
)


class PositionsRecovery(RecoverySource):
    """The memory of a topic of positions.

    Args:
        args: Arguments of the topic.
        coins: What linear contracts are settled in.
    """

    def __init__(self, args: Mapping[str, str], coins: SettleCoins) -> None:
        self._categories = categories_of(args, _HELD)
        self._coins = coins
        self._open: dict[_Key, dict[str, Any]] = {}
        self._closed: dict[_Key, int] = {}  # when each was told to be closed

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of change."""
        return (ms(row, "updatedTime"),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Only a close can be a repeat: open positions are pushed again and again."""
        if not isinstance(row, dict):
            return row
        check(row, ("symbol",), "size")
        key, at = _key(row), ms(row, "updatedTime")
        if number(row, "size"):
            self._open[key] = row
            self._closed.pop(key, None)
            return row
        self._open.pop(key, None)
        is_new = self._closed.get(key) != at
        self._closed[key] = at
        return row if is_new else None

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST has the present state
        """See ``RecoverySource``."""
        before = dict(self._open)
        rows = [
            row
            for category in self._categories
            for scope in self._coins.scopes(category, fetch)
            for row in all_rows(fetch, _POSITIONS, scope, 200)
        ]
        now = {_key(row): row for row in rows if number(row, "size")}
        changed = [row for key, row in now.items() if _is_changed(row, before.get(key), since_ms)]
        return Missed(changed + [_ended(row, since_ms, fetch) for key, row in before.items() if key not in now])


class WalletRecovery(RecoverySource):
    """The memory of the wallet's topic. Pushes have the coins that changed, REST has all that are not zero."""

    def __init__(self) -> None:
        self._coins: dict[str, dict[str, Any]] = {}

    def when(self, row: Any) -> tuple[int, ...]:  # noqa: ARG002  a push has no time within
        """Place what REST told before the pushes that waited: what is pushed is newer."""
        return ()

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Balances are states: one delivered twice does no harm, one left out does."""
        if isinstance(row, dict):
            for coin in _coins_of(row):
                self._coins[coin["coin"]] = coin
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST has the present state
        """See ``RecoverySource``. All coins where none was pushed before: nobody knows then which of them changed."""
        listed = fetch("/v5/account/wallet-balance", {"accountType": "UNIFIED"})
        at = listed.beside.get("time") if isinstance(listed, FetchedPage) else None
        rows = []
        for row in listed:
            now = _coins_of(row)
            gone = self._coins.keys() - {coin["coin"] for coin in now}
            changed = [coin for coin in now if _moved(coin, self._coins.get(coin["coin"]))]
            ended = [
                {**self._coins[name], **_NOTHING}
                for name in sorted(gone)
                if any(number(self._coins[name], part) for part in _BALANCES)
            ]
            if changed or ended:
                rows.append({**row, "coin": changed + ended, **({"creationTime": at} if type(at) is int else {})})
        return Missed(rows)


class GreeksRecovery(RecoverySource):
    """The memory of the topic of Greeks: a row for each coin on which the account holds options."""

    def __init__(self) -> None:
        self._coins: dict[Any, dict[str, Any]] = {}

    def when(self, row: Any) -> tuple[int, ...]:  # noqa: ARG002  a row has no time within
        """Place what REST told before the pushes that waited: what is pushed is newer."""
        return ()

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Greeks are states: one delivered twice does no harm, one left out does."""
        if isinstance(row, dict):
            self._coins[row.get("baseCoin")] = row
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST has the present state
        """See ``RecoverySource``. Of a coin without options any more they are 0."""
        now = {row.get("baseCoin"): row for row in fetch("/v5/asset/coin-greeks", {})}
        gone = {coin: {"baseCoin": coin} | dict.fromkeys(_GREEKS, "0") for coin in self._coins.keys() - now.keys()}
        return Missed([row for coin, row in {**now, **gone}.items() if _bent(row, self._coins.get(coin))])


def _bent(row: Mapping[str, Any], known: Mapping[str, Any] | None) -> bool:
    return known is None or any(number(row, name) != number(known, name) for name in _GREEKS)


def _key(row: Mapping[str, Any]) -> _Key:
    return (row.get("symbol"), str(row.get("positionIdx") or 0))


def _is_changed(row: Mapping[str, Any], known: Mapping[str, Any] | None, since_ms: int) -> bool:
    at = ms(row, "updatedTime")
    if known is None:
        return at >= since_ms
    before = ms(known, "updatedTime")  # REST may be behind the stream, and an older state is no news
    return at > before or (at == before and any(row.get(name) != known.get(name) for name in ("size", "side")))


def _ended(row: dict[str, Any], since_ms: int, fetch: Fetch) -> dict[str, Any]:
    """Return the row of a position that is gone, as REST tells it by name; else one made of what was known.

    Nobody tells of the latter when it went: not before the outage, and not before its last change.
    """
    if "category" in row:
        params = {"category": row["category"], "symbol": row.get("symbol")}
        for found in all_rows(fetch, _POSITIONS, params, 200):
            if _key(found) == _key(row) and ms(found, "updatedTime") > ms(row, "updatedTime"):
                return found
    gone = dict.fromkeys(("positionIM", "positionMM", "liqPrice", "bustPrice", "unrealisedPnl"), "")
    at = max(since_ms, ms(row, "updatedTime") + 1)
    return {**row, **gone, "side": "", "size": "0", "positionValue": "0", "updatedTime": str(at)}


def _coins_of(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    coins = row.get("coin")
    told = coins if isinstance(coins, list) else []
    return [coin for coin in told if isinstance(coin, dict) and type(coin.get("coin")) is str]


def _moved(coin: Mapping[str, Any], known: Mapping[str, Any] | None) -> bool:
    return known is None or any(number(coin, part) != number(known, part) for part in _BALANCES)
