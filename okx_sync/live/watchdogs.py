"""The silence watch: says so when a subscription that should push does not, though its link is alive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from okx_sync.delivery.subscription import Subscription
from okx_sync.live.reporter import Reporter
from okx_sync.timing import Clock
from okx_sync.transport.link import Link

__all__ = ["watch_silence"]


def watch_silence(
    subscriptions: Iterable[Subscription[Any]],
    link_of: Callable[[Subscription[Any]], Link | None],
    clock: Clock,
    reporter: Reporter,
) -> None:
    """Report ``stale`` once for each subscription that was silent for its ``max_silence``, until it speaks again.

    Time without a connection is an outage, which is reported as such, and does not count as silence.
    """
    now = clock.monotonic()
    for subscription in subscriptions:
        limit = subscription.max_silence
        if limit is None or subscription.silence_reported or subscription.silent_for(now) < limit:
            continue
        link = link_of(subscription)
        silent = 0.0 if link is None else min(subscription.silent_for(now), link.connected_for(now))
        if link is None or silent < limit:
            continue
        subscription.report_silence()
        reporter.state(link.event("stale", topic=str(subscription.topic), reason=f"no data for {silent:.1f} s"))
        if subscription.on_stale == "resubscribe":
            link.ask_again(subscription.topic)
