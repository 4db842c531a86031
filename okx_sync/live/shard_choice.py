"""Where a new topic of a path goes: to one of its sockets, or to another that is opened for it. No I/O, no state.

The rule, in this order:

1. The first socket, in the order of their age, that has room and is neither beyond the exchange's advice nor behind;
   one that is up is taken before one that is not, and one that may send at once before one that has to wait.
2. A new one where all that have room are beyond the advice, or behind, or have many topics and must wait to send, as
   long as few sockets have room.
3. Of those that have room one that may send at once, the one with the fewest topics.
4. A new one, as long as there may be more.
5. The one on which the topic will have to wait the least.

Where one cannot be connected while another is up, the exchange may allow no more of them: no further one is opened as
long as any has room, and that one gets a topic only when no other has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from okx_sync.transport.load import SocketLoad

__all__ = ["FEW", "ShardRules", "choose"]

FEW: Final = 8
"""How many sockets with room a path gets for the sake of advice, lag or pace: each costs two threads."""

_MANY: Final = 16  # topics of a socket, from which on another is worth while where the exchange counts by the second


@attrs.frozen(kw_only=True)
class ShardRules:
    """What the sockets of a path may carry.

    ``max_sockets``: how many there may be; ``topics`` and ``length``: how many topics one may have, and how many
    characters of them (None: not counted); ``advised``: how many topics it should have; ``lag_s``: seconds from which
    on it is behind.
    """

    max_sockets: int
    topics: int
    length: int | None = None
    advised: int = attrs.field(default=attrs.Factory(lambda self: self.topics, takes_self=True))
    lag_s: float = 1.0

    def takes_at_once(self, load: SocketLoad, length: int) -> bool:
        """Tell whether a socket is far from all limits: it takes a topic of so many characters without a wait.

        All in one step, as a client with one socket asks it for each topic.
        """
        may_ask = load.requests > 0 and not load.next_s and load.lag_s < self.lag_s
        fits = self.length is None or load.length + length <= self.length
        return may_ask and fits and load.topics < min(self.topics, self.advised)

    def has_place(self, load: SocketLoad, length: int) -> bool:
        """Tell whether a socket may carry one topic more, of so many characters."""
        fits = self.length is None or load.length + length <= self.length
        return fits and load.topics < self.topics

    def is_at_ease(self, load: SocketLoad) -> bool:
        """Tell whether a socket should carry one topic more."""
        return load.topics < self.advised and load.lag_s < self.lag_s


def choose(loads: Sequence[SocketLoad], length: int, rules: ShardRules) -> int:
    """Return which socket takes a new topic of ``length`` characters; the number of sockets means: a new one.

    ``loads``: of the sockets by age. The first is special: when it has given up, whoever asks is to hear why.
    """
    if not loads or loads[0].is_over:
        return 0
    usable = [number for number, load in enumerate(loads) if not load.is_over]
    room = [one for one in usable if loads[one].requests > 0 and rules.has_place(loads[one], length)]
    is_short = any(loads[one].is_blocked for one in usable) and any(loads[one].is_up for one in usable)
    fit = [one for one in room if not loads[one].is_blocked or not is_short] or room
    may_open = len(usable) < rules.max_sockets
    at_ease = [one for one in fit if rules.is_at_ease(loads[one])]
    if at_ease:
        best = min(at_ease, key=lambda one: (not loads[one].is_up, loads[one].next_s, one))
        if not loads[best].next_s or loads[best].topics < _MANY:
            return best
    if may_open and len(fit) < FEW and not (is_short and fit):
        return len(loads)
    if fit:
        return min(fit, key=lambda one: _unease(loads[one], rules))
    if may_open:
        return len(loads)
    return min(usable, key=lambda one: _wait(loads[one], length, rules))


def _unease(load: SocketLoad, rules: ShardRules) -> tuple[bool, bool, bool, int]:
    """Return what speaks against one topic more on a socket that has room, to compare: the least is the best."""
    return load.lag_s >= rules.lag_s, not load.is_up, load.next_s > 0, load.topics


def _wait(load: SocketLoad, length: int, rules: ShardRules) -> tuple[bool, int, float, int]:
    """Return how long a topic will have to wait on a socket, to compare: the least is the best."""
    return not rules.has_place(load, length), -load.requests, load.next_s, load.topics
