"""Two sockets for the same topics: the new one takes over without a hole and without a repeat.

While the old socket still delivers, what the new one brings is held back. At the switch the held pushes are released,
less what the old socket delivered already: equal rows cancel each other, and a sequenced channel (a book) goes on
right behind the last sequence number that was delivered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import orjson

from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.registry import Wish

__all__ = ["Overlap"]


def _text(row: Any) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_SORT_KEYS)


class Overlap:
    """Bookkeeping from the moment the new socket asks until the switch."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._seen: defaultdict[Topic, Counter[bytes]] = defaultdict(Counter)
        self._last_seq: dict[Topic, int] = {}
        self._held: dict[Topic, list[Push]] = {}
        self._wishes: dict[Topic, Wish] = {}

    def delivered(self, wish: Wish, push: Push) -> None:
        """The old socket delivered this."""
        sequence = self._dialect.sequence(push) if wish.kind.sequenced else None
        if sequence is not None:
            self._last_seq[wish.topic] = sequence[1]
            return
        seen = self._seen[wish.topic]
        for row in push.rows:
            seen[_text(row)] += 1

    def hold(self, wish: Wish, push: Push) -> None:
        """The new socket brought this before the switch."""
        self._held.setdefault(wish.topic, []).append(push)
        self._wishes[wish.topic] = wish

    def release(self) -> list[tuple[Wish, Push]]:
        """What is still to be delivered, in order per topic."""
        out: list[tuple[Wish, Push]] = []
        for topic, pushes in self._held.items():
            wish = self._wishes[topic]
            fresh = self._after_sequence(topic, pushes) if wish.kind.sequenced else self._unseen(topic, pushes)
            out += [(wish, push) for push in fresh]
        self._held.clear()
        return out

    def _unseen(self, topic: Topic, pushes: list[Push]) -> list[Push]:
        seen = self._seen[topic]
        out: list[Push] = []
        for push in pushes:
            rows = []
            for row in push.rows:
                text = _text(row)
                if seen[text] > 0:
                    seen[text] -= 1
                else:
                    rows.append(row)
            if rows:
                out.append(Push(push.channel, push.arg, rows, push.message))
        return out

    def _after_sequence(self, topic: Topic, pushes: list[Push]) -> list[Push]:
        """Go on behind the last delivered number; where that cannot be found, from the new snapshot."""
        last = self._last_seq.get(topic)
        for index, push in enumerate(pushes):
            sequence = self._dialect.sequence(push)
            if sequence is None or last is None:
                break
            if sequence[0] == last:
                return pushes[index:]
            if sequence[1] == last:
                return pushes[index + 1 :]
        return pushes
