"""What REST has listed a moment ago, kept for all who ask for the same.

After an outage many orders are looked up at once: what was filled, and what was made of it, is listed once for all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

from okx_sync.timing import Clock

__all__ = ["KeptList", "KeptLists", "Rush"]

_GOOD_FOR_S: Final = 10.0
"""How long a list answers for others, too."""
_RUSH_OF: Final = 4
_RUSH_S: Final = 3.0
_WIDER_MS: Final = 60_000
"""How much further back than asked for a list may begin, so that it has what the one before had."""


@frozen
class KeptList:
    """What was listed from ``since`` on, at ``listed_at`` (epoch ms)."""

    since: int
    listed_at: int
    good_until: float
    rows: Any

    def tells_of(self, since: int, until: int) -> bool:
        """Tell whether all between two times (epoch ms) is in it."""
        return self.since <= since and until <= self.listed_at


class KeptLists:
    """Lists of one client.

    Args:
        clock: Gives the client's clock.
    """

    def __init__(self, clock: Callable[[], Clock]) -> None:
        self._clock = clock
        self._lists: dict[tuple[str, ...], KeptList] = {}

    def clear(self) -> None:
        """Forget all of them: what happened since is to be listed."""
        self._lists = {}

    def find(self, key: tuple[str, ...]) -> KeptList | None:
        """Return what was listed last, if it is good still."""
        known = self._lists.get(key)
        return known if known is not None and self._clock().monotonic() < known.good_until else None

    def get(self, key: tuple[str, ...], since: int, until: int, fetch: Callable[[int], Any]) -> KeptList:
        """Return a list that goes back to ``since``, and to the present where the one before ends before ``until``.

        Args:
            key: what is listed.
            since: epoch ms.
            until: epoch ms; a list that is read before that time is not kept.
            fetch: ``fetch(since)`` reads it.
        """
        known = self.find(key)
        if known is not None:
            if known.tells_of(since, until):
                return known
            if since - _WIDER_MS <= known.since:
                since = min(since, known.since)
        clock = self._clock()
        now, listed_at = clock.monotonic(), round(clock.server_time() * 1000)
        found = KeptList(since, listed_at, now + _GOOD_FOR_S, fetch(since))
        if found.tells_of(since, until):
            self._lists = {name: one for name, one in self._lists.items() if now < one.good_until}
            self._lists[key] = found
        return found


class Rush:
    """Tells whether so much is asked for one by one that a list of all is less.

    Args:
        clock: Gives the client's clock.
    """

    def __init__(self, clock: Callable[[], Clock]) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=_RUSH_OF)

    def is_on(self) -> bool:
        """Note that one more is asked for; True from the fourth within three seconds on."""
        self._times.append(self._clock().monotonic())
        return len(self._times) == _RUSH_OF and self._times[-1] - self._times[0] <= _RUSH_S
