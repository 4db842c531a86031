"""``ws.metrics()``: a client in numbers. What is not known is None, and says why; it is never 0."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from okx_sync.delivery.event_lag import EventLag
from okx_sync.delivery.subscription import Subscription
from okx_sync.durations import Durations, Percentiles, microseconds
from okx_sync.live.order_times import OrderTimes
from okx_sync.live.stream_client import StreamClient
from okx_sync.rest.limits import LimitLeft
from okx_sync.rows.field_docs import documented
from okx_sync.state.orders.order_ways import OrderWays

__all__ = ["ORDER_WAYS", "WAYS", "ClientMetrics", "OrderMetrics", "SocketMetrics", "TopicMetrics", "metrics_of"]

_MOST_LIMITS: Final = 100


@documented
@attrs.frozen(kw_only=True)
class TopicMetrics:
    """One subscription in numbers. How long events take is measured of some of them, of all where they are few."""

    topic: str
    """Channel and arguments."""
    channel: str
    """The channel alone."""
    name: str | None
    """The ``name=`` of the subscription."""
    consumer: str
    """Where its events go: the name of the callback, ``"queue"``, or ``"mailbox"``."""
    received: int
    """How many events came from the exchange."""
    delivered: int
    """How many of them the consumer got."""
    coalesced: int
    """How many were replaced by newer ones of the same key (policy ``latest``)."""
    dropped: int
    """How many were given up because the consumer was slow."""
    waiting: int
    """How many are in the mailbox now."""
    silent_us: int | None
    """Since the last event; None before the first."""
    followed_us: int | None
    """For how long the event has waited for its consumer that is followed now; None while none is."""
    exchange_to_socket: Percentiles | None
    """From the exchange's timestamp until the event was read; None: see ``unknown_because``."""
    socket_to_consumer: Percentiles | None
    """From there until the callback began, or somebody took it out; None: see ``unknown_because``."""
    exchange_to_consumer: Percentiles | None
    """Both together, for the same events."""
    unknown_because: str | None
    """Why one of these is not known; None where all are."""


@documented
@attrs.frozen(kw_only=True)
class SocketMetrics:
    """One link of a path in numbers."""

    path: str
    """Which path: ``"public"``, ``"private"``, ..."""
    shard: int
    """Which of the path's links."""
    is_connected: bool
    """Whether it is open, and logged in where that is needed."""
    state: str
    """In words."""
    topics: int
    """How many topics it carries."""
    reconnects: int
    """How often it was connected anew."""
    requests_left: int | None
    """How many requests (subscribe, unsubscribe, login) its socket may send in this hour yet; None without a socket."""
    requests_per_hour: int
    """How many it may send in an hour, by the exchange's rules."""
    held_back: str | None
    """What topics wait for before they are asked for; None when none waits."""
    pending_calls: int
    """How many requests wait for their answer."""
    round_trip_us: int | None
    """What the last ping took; None before the first pong."""
    silent_us: int | None
    """Since anything came; None before the first message."""


@documented
@attrs.frozen(kw_only=True)
class OrderMetrics:
    """Order operations in numbers. Each way begins with the call (the intent)."""

    sent: int
    """How many operations went out on a stream: orders, changes, cancels."""
    refused: int
    """How many of those were not taken."""
    unknown: int
    """How many of those nobody has answered tellingly (``OrderStatusUnknown``)."""
    intent_to_sent: Percentiles | None
    """Until the request is written: checks, rate limits, journal. None: none lately, or orders go by REST."""
    sent_to_answer: Percentiles | None
    """From there until its answer is read."""
    intent_to_accepted: Percentiles | None
    """Of ``ws.orders.place()``: until the exchange has taken it; None when none was placed lately."""
    intent_to_live: Percentiles | None
    """Of ``ws.orders.place()``: until stream or REST have told that it stands."""
    intent_to_fill: Percentiles | None
    """Of ``ws.orders.place()``: until the first fill was told."""


@documented
@attrs.frozen(kw_only=True)
class ClientMetrics:
    """A client in numbers, as ``ws.metrics()`` returns them. Durations are whole microseconds."""

    exchange: str
    """``"okx"``, ``"bybit"``, ``"bitget"``."""
    environment: str
    """Which site and mode."""
    account: str | None
    """The config's ``account_label``."""
    at: dt.datetime
    """When this was put together, on this machine's clock."""
    clock_offset_us: int | None
    """What the exchange's clock is ahead of this machine's; None: nobody has measured it."""
    received: int
    """How many events came, those of subscriptions that have ended among them."""
    delivered: int
    """How many of them consumers got."""
    coalesced: int
    """How many were replaced by newer ones (policy ``latest``)."""
    dropped: int
    """How many were given up because a consumer was slow."""
    errors: int
    """How many errors ``on_error`` was told."""
    events: Mapping[str, int]
    """State events by kind: ``lost``, ``restored``, ``gap``, ``stale``, ..."""
    topics: Sequence[TopicMetrics]
    """Each subscription."""
    sockets: Sequence[SocketMetrics]
    """Each link."""
    limits: Sequence[LimitLeft]
    """What is left of the rate limits that were used, of REST and orders: the scarcest first, 100 at most."""
    orders: OrderMetrics | None
    """Order operations; None while this client has sent none, and ``ws.orders`` was not used."""
    unknown: Mapping[str, Mapping[str, int]]
    """By channel what this version does not know, and in how many of the sampled messages."""

    def __str__(self) -> str:
        lines = [f"{self.environment}: {self.received} events, {self.dropped} dropped, {self.errors} errors"]
        for one in self.topics:
            lines += [f"  {one.topic} -> {one.consumer}: {one.received} events, {one.dropped} dropped"]
            lines += [f"    {name.replace('_', ' ')}: {getattr(one, name)}" for name in WAYS if getattr(one, name)]
            lines += [f"    not known: {one.unknown_because}"] if one.unknown_because else []
        for name in () if self.orders is None else ORDER_WAYS:
            lines += [f"  orders, {name.replace('_', ' ')}: {told}"] if (told := getattr(self.orders, name)) else []
        return "\n".join(lines)


WAYS: Final = ("exchange_to_socket", "socket_to_consumer", "exchange_to_consumer")
ORDER_WAYS: Final = tuple(one.name for one in attrs.fields(OrderMetrics) if "_to_" in one.name)


def metrics_of(
    client: StreamClient, limits: Sequence[LimitLeft], times: OrderTimes | None, ways: OrderWays | None
) -> ClientMetrics:
    """Put a client's numbers together. ``times`` and ``ways``: of its orders, None where none were sent."""
    spec, clock, router, reporter = client._spec, client.clock, client._router, client._reporter
    subscriptions = router.subscriptions()
    sums = router.ended
    for one in subscriptions:
        sums = sums.plus(one.counts)
    now = clock.monotonic()
    return ClientMetrics(
        exchange=spec.dialect.name,
        environment=spec.environment,
        account=spec.account,
        at=dt.datetime.now(dt.UTC),
        clock_offset_us=microseconds(clock.offset_s) if clock.is_measured else None,
        **sums._asdict(),
        errors=reporter.errors,
        events=dict(reporter.told),
        topics=tuple(_topic(one, client, now) for one in subscriptions),
        sockets=tuple(
            _socket(path, shard) for path, facts in client._links.describe().items() for shard in facts["shards"]
        ),
        limits=limits[:_MOST_LIMITS],
        orders=None if times is None and ways is None else _orders(times, ways, now),
        unknown=client._active.drift.describe(),
    )


def _topic(one: Subscription[Any], client: StreamClient, now: float) -> TopicMetrics:
    lag, followed = one.lag, one.followed_since
    silent = one.age
    ways: dict[str, Any] = {name: None if lag is None else getattr(lag, name).percentiles(now) for name in WAYS}
    return TopicMetrics(
        topic=str(one.topic),
        channel=one.topic.channel,
        name=one.name,
        consumer=one.callback_name or ("mailbox" if one.own_queue is None else "queue"),
        **one.counts._asdict(),
        waiting=one.stats.waiting,
        silent_us=None if silent is None else microseconds(silent),
        followed_us=None if followed is None else microseconds(now - followed),
        **ways,
        unknown_because=None if all(ways.values()) else _why(one, lag, client),
    )


def _why(one: Subscription[Any], lag: EventLag | None, client: StreamClient) -> str:
    """Say why a way is not known."""
    if one.own_queue is not None:
        return "events go into a queue of yours, and who takes them out is not seen"
    if lag is None or not lag.socket_to_consumer.count:
        return "none was measured yet"
    if one.stamp is None or lag.unstamped == lag.socket_to_consumer.count:
        return "the exchange does not say when it made these"
    return "none came lately" if client.clock.is_measured else client.clock.unmeasured


def _socket(path: str, facts: Mapping[str, Any]) -> SocketMetrics:
    trip, silent, per_hour = facts["round_trip_ms"], facts["silent_s"], facts["requests_per_hour"]
    return SocketMetrics(
        path=path,
        shard=facts["shard"],
        is_connected=facts["connected"],
        state=facts["state"],
        topics=facts["topics"],
        reconnects=facts["reconnects"],
        requests_left=max(0, per_hour - facts["requests"]) if facts["connected"] else None,
        requests_per_hour=per_hour,
        held_back=facts["held_back"],
        pending_calls=facts["pending_calls"],
        round_trip_us=None if trip is None else int(trip * 1000),
        silent_us=None if silent is None else microseconds(silent),
    )


def _orders(times: OrderTimes | None, ways: OrderWays | None, now: float) -> OrderMetrics:
    found: dict[str, Percentiles | None] = dict.fromkeys(ORDER_WAYS)
    for part in (times, ways):
        for name in ORDER_WAYS:
            durations: Durations | None = getattr(part, name, None)
            if durations is not None:
                found[name] = durations.percentiles(now)
    counts = (0, 0, 0) if times is None else (times.sent, times.refused, times.unknown)
    return OrderMetrics(**dict(zip(("sent", "refused", "unknown"), counts, strict=True)), **found)  # type: ignore[arg-type]
