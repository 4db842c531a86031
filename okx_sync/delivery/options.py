"""What a subscription can be asked for, and what it tells of itself."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

import attrs

from okx_sync.delivery.mailbox import Policy

__all__ = ["SubscribeOptions", "SubscriptionStats"]


class SubscribeOptions(TypedDict, total=False):
    """Options that every ``subscribe_*`` method takes.

    ``queue``: a queue of your own (anything with ``put``), which is yours to bound: neither ``maxsize`` nor
    ``max_bytes`` counts what is in it; ``policy``, ``maxsize``, ``max_bytes``: what happens when the consumer is slow:
    past so many waiting events, or so many bytes of the messages that they came in (the client's
    ``max_mailbox_bytes``, 64 MiB), the policy decides; under ``latest`` only the bytes count; ``wait``: return only
    after the exchange agreed (default True), at most ``timeout`` seconds; ``name``: a subscription of the same name is
    replaced; ``max_silence``: seconds without data after which a ``stale`` state event is sent, with
    ``on_stale="resubscribe"`` the topic is asked again too; ``path``: where it is asked for, whatever the table of
    channels says (``endpoint`` is the former name); ``inline``: run the callback on the link thread (lowest latency,
    must be quick); ``backfill``: fetch over REST what an outage swallowed (trades and candles; account data is always
    recovered).
    """

    queue: Any
    policy: Policy
    maxsize: int
    max_bytes: int
    wait: bool
    timeout: float
    name: str
    max_silence: float
    on_stale: Literal["event", "resubscribe"]
    path: Literal["public", "private", "business"]
    endpoint: Literal["public", "private", "business"]
    inline: bool
    backfill: bool


@attrs.frozen
class SubscriptionStats:
    """What became of a subscription's events so far.

    ``received`` from the exchange; ``delivered`` to the consumer; ``coalesced`` replaced by newer ones of the same
    key (policy ``latest``); ``dropped`` because the consumer was slow; ``waiting`` in the mailbox now;
    ``waiting_bytes``: of the messages that they came in (about, where messages differ in length); ``lag_ms``: receipt
    minus the exchange's timestamp of the newest event, on the exchange's clock; ``silent_s``: seconds since the last
    event; ``incomplete``: changes that were left out because the row that they change was never told whole.
    """

    received: int
    delivered: int
    coalesced: int
    dropped: int
    waiting: int
    waiting_bytes: int
    lag_ms: float | None
    silent_s: float | None
    incomplete: int = 0
