"""What one socket may still be asked and carry: the part of a session that knows the exchange's limits."""

from __future__ import annotations

from typing import Final, Literal

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.session_state import State
from okx_sync.protocol.socket_topics import SocketTopics
from okx_sync.timing import RateBucket

__all__ = ["SessionLimits", "Todo"]

Todo = Literal["subscribe", "unsubscribe", "renew"]
"""``renew``: unsubscribe, then subscribe."""

_RESERVE_PART: Final = 6  # one in so many requests of the budget is for repairs alone, which cannot wait for an hour
_TOGETHER: Final = 50  # about as many topics as one request carries


class SessionLimits:
    """Base of a session.

    Args:
        budget: Counts login, subscribe and unsubscribe requests.
        topics: An empty table, which knows how many topics fit.
    """

    def __init__(self, budget: RateBucket, topics: SocketTopics) -> None:
        self.state = State.CONNECTING
        self.topics = topics
        self._budget = budget
        self._reserve = budget.count // _RESERVE_PART
        self._todo: dict[Topic, Todo] = {}
        self._repairs: set[Topic] = set()  # topics that may use the reserve, until they are active
        self._replay: set[Topic] = set()

    def held_back(self, topic: Topic | None = None, *, over_s: float = 0.0) -> str | None:
        """Say which limit topics (or this one) wait for before they are asked for, and how long where that is known.

        None when none waits so, or not for more than ``over_s`` seconds. Nobody waits for topics that are to leave.
        """
        planned = self._todo.values() if topic is None else (self._todo.get(topic, "unsubscribe"),)
        is_waiting = any(one != "unsubscribe" for one in planned)
        if not is_waiting or self.state is not State.READY:
            return None
        shortage = self._budget.shortage(over_s, keep=0 if topic in self._repairs else self._reserve)
        return shortage or (self.topics.shortage() if self._lacks_room() else None)

    @property
    def requests_used(self) -> int:
        """How many requests of its budget were sent within the last hour."""
        return self._budget.count - self._budget.left()[0]

    def spare(self) -> tuple[int, float]:
        """Return how many requests new topics may still cost, and the seconds until the next of them may be sent."""
        free, wait_s = self._budget.left(self._reserve * 2, ahead=1 if self._todo else 0)
        return free - len(self._todo) // _TOGETHER, wait_s

    def paced_s(self) -> float:
        """Return for how many seconds the exchange's pace, and nothing else, keeps what is planned waiting."""
        if not self._todo or self.state is not State.READY:
            return 0.0
        free, wait_s = self._budget.left(self._reserve * 2)
        return wait_s if free > 0 else 0.0

    def waiting(self) -> list[Topic]:
        """Return the topics that were never on this socket and wait for its budget or for room."""
        if self.state is not State.READY or not self._todo or not (self.spare()[0] <= 0 or self._lacks_room()):
            return []
        return [
            topic
            for topic, one in self._todo.items()
            if one == "subscribe" and topic not in self.topics and topic not in self._replay
        ]

    def leftovers(self, over_s: float) -> int:
        """Return how many topics are to leave and have to wait for a request for more than ``over_s`` seconds."""
        if not self._todo or self._budget.shortage(over_s, keep=self._reserve) is None:
            return 0
        return sum(one == "unsubscribe" for one in self._todo.values())

    def stranded(self, over_s: float) -> int:
        """Return how many topics wait for a request for more than ``over_s`` seconds that no other socket can make.

        This one has to restore or to repair them, or has asked for them before.
        """
        if not self._todo or self._budget.shortage(over_s, keep=self._reserve) is None:
            return 0
        is_dry = self._budget.shortage(over_s) is not None
        asked = [topic for topic, one in self._todo.items() if one != "unsubscribe"]
        return sum(is_dry if topic in self._repairs else topic in self.topics for topic in asked)

    def _lacks_room(self) -> bool:
        """Tell whether all that is planned waits for topics to leave."""
        if not self.topics.is_tight or any(one != "subscribe" for one in self._todo.values()):
            return False
        return not self.topics.fitting(list(self._todo))
