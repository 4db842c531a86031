"""Sources of numbered rows, for the tests of what is recovered after an outage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from okx_sync.protocol.recovery_source import Fetch, Missed, RecoverySource


class Numbers(RecoverySource):
    """A source of rows ``{"n": 1}``: each number once."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def note(self, row: Any) -> Any:
        is_new = row["n"] not in self.seen
        self.seen.add(row["n"])
        return row if is_new else None

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        return Missed(fetch("/numbers", {"since": since_ms, "until": now_ms}))

    def when(self, row: Any) -> tuple[int, ...]:
        return (row["n"],)


class Numbered(Numbers):
    """The same, where numbers have no holes, and a row ``{"n": 3, "of": 2}`` stands for 2 and 3."""

    def note(self, row: Any) -> Any:
        wanted = range(row["n"] - row.get("of", 1) + 1, row["n"] + 1)
        new = [number for number in wanted if number not in self.seen]
        self.seen.update(wanted)
        return row if len(new) == len(wanted) else {"n": row["n"], "of": len(new)} if new else None

    def holes(self, rows: Sequence[Any]) -> list[str]:
        known = sorted({*self.seen, *(row["n"] for row in rows)})
        return [f"{one + 1} to {other - 1}" for one, other in pairwise(known) if other > one + 1]
