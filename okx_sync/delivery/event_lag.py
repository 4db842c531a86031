"""How long the events of a subscription take, from the exchange to the socket, and from there to the consumer.

To look at the clock for each of them would cost more than to deliver it. So some are followed (``Batch`` chooses them):
one is marked when it is read, and measured when the consumer gets it. What is not marked pays one comparison.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from okx_sync.durations import Durations, microseconds
from okx_sync.errors import DecodeError
from okx_sync.rows import Row, decoder
from okx_sync.timing import Clock

__all__ = ["EventLag", "MeasuredSink"]

_decode_of: Final = cast(Callable[[type[Row]], Callable[..., list[Row]]], functools.cache(decoder))
_LOST_S: Final = 60.0  # when events were dropped, and one does not arrive for so long, it is among those


class EventLag:
    """What some events of a subscription took.

    What begins at the exchange is known where it tells a time and somebody has measured its clock.
    """

    __slots__ = ("exchange_to_consumer", "exchange_to_socket", "socket_to_consumer", "unstamped")

    def __init__(self) -> None:
        self.exchange_to_socket = Durations()
        self.socket_to_consumer = Durations()
        self.exchange_to_consumer = Durations()
        self.unstamped = 0
        """How many had no time of the exchange."""

    def note(self, stamp_ms: int | None, since: float, clock: Clock) -> None:
        """Take in an event that the consumer gets now.

        ``stamp_ms``: when the exchange made it, epoch ms; ``since``: when it was read, monotonic seconds.
        """
        now = clock.monotonic()
        here = microseconds(now - since)
        self.socket_to_consumer.add(here, now)
        if stamp_ms is None:
            self.unstamped += 1
        elif clock.is_measured:
            whole = microseconds(clock.server_time()) - stamp_ms * 1000
            self.exchange_to_consumer.add(whole, now)
            self.exchange_to_socket.add(whole - here, now)


class MeasuredSink:
    """A consumer whose events are followed to it, one at a time.

    Args:
        stamp: The field that says when the exchange made an event; None where none does.
    """

    __slots__ = ("_followed", "_followed_at", "_followed_drops", "_lag_clock", "lag", "stamp")

    def __init__(self, clock: Clock, stamp: str | None) -> None:
        self._lag_clock = clock
        self.stamp = stamp
        self.lag: EventLag | None = None
        """How long events take; None before one was measured."""
        self._followed: Any = None  # the event, or message, that is followed
        self._followed_at = 0.0  # when that came, on the monotonic clock
        self._followed_drops = 0  # how many events had been given up by then

    def follow(self, item: Any, now: float, drops: int = 0, *, anew: bool = False) -> None:
        """Have it measured when the consumer gets this event or message, which came at ``now``.

        Not while another one is on its way, unless that is to be forgotten (``anew``) or must have been given up.
        ``drops``: how many were given up so far.
        """
        is_lost = drops != self._followed_drops and now - self._followed_at > _LOST_S
        if self._followed is None or anew or is_lost:
            self._followed_drops = drops
            self._followed_at = now
            self._followed = item

    @property
    def followed_since(self) -> float | None:
        """When the event came that is on its way to the consumer, monotonic seconds; None when none is followed."""
        return None if self._followed is None else self._followed_at

    def _reached(self, events: Sequence[Any]) -> None:
        self._followed = None
        self.reached(events, self._followed_at)

    def reached(self, events: Sequence[Any], since: float) -> None:
        """Measure how long events that came at ``since`` have taken until now, when the consumer gets them."""
        if events:
            if self.lag is None:
                self.lag = EventLag()
            self.lag.note(self._stamp_of(events[-1]), since, self._lag_clock)

    def _stamp_of(self, event: Any) -> int | None:
        """Return when the exchange made an event, epoch ms; None where it does not say, or REST has told it."""
        if self.stamp is None or event is None:
            return None
        try:
            row = event
            if isinstance(event, Row) and event.raw is not None:  # what is read of a copy is not read by users
                row = None if event.recovered else _decode_of(type(event))([event.raw], event._env)[0]
            stamp = getattr(row, self.stamp, None)
        except DecodeError:
            return None
        return stamp if isinstance(stamp, int) else None
