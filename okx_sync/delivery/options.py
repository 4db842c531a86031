"""Options and counters of a subscription."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple, TypedDict

import attrs

from okx_sync.delivery.mailbox import Policy
from okx_sync.rows.field_docs import documented

__all__ = ["OFFERED_OPTIONS", "EventCounts", "SubscribeOptions", "SubscriptionStats"]


@documented
class SubscribeOptions(TypedDict, total=False):
    """Options that every ``subscribe_*`` method takes, all of which may be left out.

    Where events go: ``queue``, ``inline``, ``name``. When the consumer is slow: ``policy``, ``maxsize`` in events,
    ``max_bytes``. The call: ``wait``, ``timeout`` in seconds, ``path``. When nothing comes: ``max_silence`` in seconds,
    ``on_stale``. After an outage: ``backfill``. Each is described below its name, with its default.
    """

    queue: Any
    """Queue of your own, anything with ``put``, that gets the events; None, the default, for the subscription's own
    mailbox. It is yours to bound: neither ``maxsize`` nor ``max_bytes`` counts what is in it."""
    policy: Policy
    """What happens when the consumer is slow: ``"block"`` lets the link wait, ``"drop_oldest"`` (the default of public
    data) makes room, ``"latest"`` keeps the newest event of each key, ``"fail"`` (the default of account data) raises
    ``MailboxOverflow`` where events are missing."""
    maxsize: int
    """How many events may wait before the policy decides; 100,000 by default. Under ``latest`` it does not count."""
    max_bytes: int
    """How many bytes the messages of the waiting events may have before the policy decides; by default the client's
    ``max_mailbox_bytes``, 64 MiB."""
    wait: bool
    """Whether to return only after the exchange agreed; True by default. With False a refusal goes to ``on_error``."""
    timeout: float
    """Seconds to wait for the exchange's agreement; by default the ``timeout_secs`` of the config, 30."""
    name: str
    """Name of the subscription, none by default: an older one of the same name is replaced."""
    max_silence: float
    """Seconds without data after which a ``stale`` state event is told; None for no such watch. By default the client's
    ``max_silence``, and None where a channel is driven by events alone."""
    on_stale: Literal["event", "resubscribe"]
    """What happens then: ``"event"`` (the default) only tells, ``"resubscribe"`` asks for the topic again, too."""
    path: Literal["public", "private", "business"]
    """Where the topic is asked for; by default where the channel is declared to live."""
    endpoint: Literal["public", "private", "business"]
    """Former name of ``path``, by default not given: it warns, and goes in version 0.3.0."""
    inline: bool
    """Whether the callback runs on the link thread, with the lowest latency, for which it must be quick; False by
    default: it runs on a callback thread."""
    backfill: bool
    """Whether to fetch over REST what an outage swallowed; False by default. For trades and candles: account data is
    always recovered."""


OFFERED_OPTIONS: Final = tuple(name for name in SubscribeOptions.__annotations__ if name != "endpoint")
"""The options by name, without the former one."""


class EventCounts(NamedTuple):
    """Numbers of events, see ``SubscriptionStats``."""

    received: int = 0
    delivered: int = 0
    coalesced: int = 0
    dropped: int = 0

    def plus(self, more: EventCounts) -> EventCounts:
        """Return the sums."""
        return EventCounts(*map(sum, zip(self, more, strict=True)))


@documented
@attrs.frozen
class SubscriptionStats:
    """Counters of a subscription's events so far."""

    received: int
    """How many came from the exchange."""
    delivered: int
    """How many the consumer got."""
    coalesced: int
    """How many were replaced by newer ones of the same key (policy ``latest``)."""
    dropped: int
    """How many were given up because the consumer was slow."""
    waiting: int
    """How many are in the mailbox now."""
    waiting_bytes: int
    """Bytes of the messages that those came in; about, where messages differ in length."""
    lag_ms: float | None
    """Receipt minus the exchange's timestamp of the newest event, ms on the exchange's clock; None when not known."""
    silent_s: float | None
    """Seconds since the last event; None before the first."""
    incomplete: int = 0
    """How many changes were left out because the row that they change was never pushed whole."""
