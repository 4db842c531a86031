"""Channels ``positions`` and ``account``: what changed during an outage.

Both begin with a snapshot when they are subscribed anew, but a snapshot does not list what is gone: a position that was
closed meanwhile is delivered as a row with ``pos`` 0. Both are states: REST has the present one however long the outage
was, and a position that came and went within it is not reported. Pages: "Get positions", "Get balance".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.okx.recovery.reading import only
from okx_sync.exchanges.recovery_reading import check, ms, number
from okx_sync.protocol.recovery_source import Fetch, Missed, RecoverySource

__all__ = ["AccountRecovery", "PositionsRecovery"]

_KEY: Final = ("instId", "mgnMode", "posSide", "posId")
_Key = tuple[Any, ...]


class PositionsRecovery(RecoverySource):
    """The memory of a topic of positions.

    Args:
        args: Arguments of the topic.
    """

    def __init__(self, args: Mapping[str, str]) -> None:
        self._args = args
        self._open: dict[_Key, dict[str, Any]] = {}
        self._closed: set[_Key] = set()

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of change."""
        return (ms(row, "uTime"),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Only a close can be a repeat: open positions are pushed again and again."""
        if not isinstance(row, dict):
            return row
        check(row, _KEY, "pos")
        key = _key(row)
        if number(row, "pos"):
            self._open[key] = row
            self._closed.discard(key)
            return row
        self._open.pop(key, None)
        is_new = key not in self._closed
        self._closed.add(key)
        return row if is_new else None

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST has the present state
        """See ``RecoverySource``."""
        before = dict(self._open)
        rows = fetch("/api/v5/account/positions", only(self._args, "instType", "instId"))
        now = {_key(row): row for row in rows if number(row, "pos")}
        family = self._args.get("instFamily")
        changed = [
            row
            for key, row in now.items()
            # REST has no filter by family, and the family is not in the row: only what the stream reported is ours.
            if (key in before if family else True) and ms(row, "uTime") > ms(before.get(key, {}), "uTime")
        ]
        return Missed(changed + [_closed(row, since_ms) for key, row in before.items() if key not in now])


class AccountRecovery(RecoverySource):
    """The memory of a topic of balances.

    Args:
        args: Arguments of the topic.
    """

    def __init__(self, args: Mapping[str, str]) -> None:
        self._args = args
        self._updated = 0

    def when(self, row: Any) -> tuple[int, ...]:
        """Order by the time of change."""
        return (ms(row, "uTime"),)

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``. Balances are states: one delivered twice does no harm, one left out does."""
        if isinstance(row, dict):
            self._updated = max(self._updated, ms(row, "uTime"))
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002  REST has the present state
        """See ``RecoverySource``."""
        rows = fetch("/api/v5/account/balance", only(self._args, "ccy"))
        return Missed([row for row in rows if ms(row, "uTime") > self._updated])


def _key(row: Mapping[str, Any]) -> _Key:
    return tuple(row.get(name) for name in _KEY)


def _closed(row: dict[str, Any], since_ms: int) -> dict[str, Any]:
    """Make the row of a position that is gone.

    Nobody tells when it went: not before the outage, and not before its last change.
    """
    gone = dict.fromkeys(("availPos", "upl", "uplRatio", "liqPx", "margin", "imr", "mmr", "notionalUsd"), "")
    return {**row, **gone, "pos": "0", "uTime": str(max(since_ms, ms(row, "uTime") + 1))}
