"""Two sockets for the same topics: the new one takes over without a hole and without a repeat.

While the old socket still delivers, what the new one brings is held back. At the switch the held pushes are released,
less what the old socket delivered already: equal rows cancel each other, and a sequenced channel (a book) goes on
right behind the last sequence number that was delivered. Where pushes carry only what changed, equal ones may be two
changes, and each needs those before it on its own socket: of such a topic everything is released, which begins with
the whole rows. The new socket may lag behind the old one, so for a short time after the switch its pushes still pass
through here (:meth:`HandoverDedup.after`, ended by :meth:`HandoverDedup.finish`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import orjson

from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.subscriptions import WantedTopic

__all__ = ["HandoverDedup"]


def _text(row: Any) -> bytes:
    # A dialect may read numbers that a float cannot hold as Decimal.
    return orjson.dumps(row, default=str, option=orjson.OPT_SORT_KEYS)


class HandoverDedup:
    """Bookkeeping from the moment the new socket asks until the switch."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._seen: defaultdict[Topic, Counter[bytes]] = defaultdict(Counter)
        self._last_seq: dict[Topic, int] = {}
        self._held: dict[Topic, list[Push]] = {}
        self._wishes: dict[Topic, WantedTopic] = {}
        self._joined: set[Topic] = set()  # books on which the new socket goes on where the old one ended

    def delivered(self, wish: WantedTopic, push: Push) -> None:
        """Note a push that the old socket delivered."""
        sequence = self._dialect.sequence(push) if wish.kind.sequenced else None
        if sequence is not None:
            self._last_seq[wish.topic] = sequence[1]
            return
        if wish.kind.partial:
            return
        seen = self._seen[wish.topic]
        for row in push.rows:
            seen[_text(row)] += 1

    def hold(self, wish: WantedTopic, push: Push) -> None:
        """Hold back a push that the new socket brought before the switch."""
        self._held.setdefault(wish.topic, []).append(push)
        self._wishes[wish.topic] = wish

    def release(self) -> list[tuple[WantedTopic, Push]]:
        """Switch sockets: return what is to be delivered now, in order per topic."""
        out: list[tuple[WantedTopic, Push]] = []
        for topic in list(self._held):
            out += [(self._wishes[topic], push) for push in self._let_go(topic)]
        return out

    def after(self, wish: WantedTopic, push: Push) -> list[Push]:
        """Return what to deliver of a push that the new socket brought after the switch."""
        if wish.kind.partial:
            return [push]
        if wish.kind.sequenced and (wish.topic in self._joined or wish.topic not in self._last_seq):
            return [push]
        self.hold(wish, push)
        return self._let_go(wish.topic)

    def finish(self) -> list[tuple[WantedTopic, Push]]:
        """End the overlap: the old socket brings nothing any more.

        Books that did not join up start from the snapshot of the new socket.
        """
        out = [(self._wishes[topic], push) for topic, pushes in self._held.items() for push in pushes]
        self._held.clear()
        return out

    def _let_go(self, topic: Topic) -> list[Push]:
        pushes = self._held.pop(topic)
        if self._wishes[topic].kind.partial:
            return pushes
        if not self._wishes[topic].kind.sequenced:
            return self._unseen(topic, pushes)
        if self._is_behind(topic, pushes[-1]):
            self._held[topic] = pushes
            return []
        self._joined.add(topic)
        return self._after_sequence(topic, pushes)

    def _is_behind(self, topic: Topic, newest: Push) -> bool:
        sequence, last = self._dialect.sequence(newest), self._last_seq.get(topic)
        return sequence is not None and last is not None and sequence[1] < last

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
                out.append(push.with_rows(rows))
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
