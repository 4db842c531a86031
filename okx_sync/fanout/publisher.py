"""``Publisher``: hands on what a stream client receives, over Redis, to any number of followers."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Collection
from functools import partial
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from okx_sync.delivery.push_callback import RawCallback
from okx_sync.delivery.subscription import Subscription
from okx_sync.delivery.subscription_group import SubscriptionGroup
from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.fanout.broker_writer import BrokerWriter
from okx_sync.fanout.late_joining import keeper_for
from okx_sync.fanout.order_calls import OrderCalls
from okx_sync.fanout.order_server import OrderServer
from okx_sync.fanout.published_stream import PublishedStats, PublishedStream, PublishTerms
from okx_sync.fanout.redis_library import BrokerAddress
from okx_sync.fanout.serving_rules import ServingRules
from okx_sync.fanout.stream_keys import Place, StreamKeys
from okx_sync.live.handing_on import MessageSource
from okx_sync.live.order_access import OrderAccess
from okx_sync.live.stream_client import StreamClient
from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.fed_dialect import fed, handed_on
from okx_sync.state_event import StateEvent
from okx_sync.timing import Deadline, is_number
from okx_sync.worker import Worker

__all__ = ["Publisher"]

_TIMEOUT_S: Final = 5.0
_PAUSE_S: Final = 0.2
_STOP_S: Final = 2.0
_VERB: Final = "publish_"
_TOLD: Final = {"lost": "lost", "failed": "lost", "closed": "lost", "restored": "restored", "gap": "gap"}


class _Feed(RawCallback):
    """Gives each message to the stream of its topic."""

    def __init__(self, stream_of: Callable[[Topic], PublishedStream]) -> None:
        self._stream_of = stream_of
        self._streams: dict[Topic, PublishedStream] = {}

    def _stream(self, topic: Topic) -> PublishedStream:
        stream = self._streams.get(topic)
        if stream is None:
            stream = self._streams[topic] = self._stream_of(topic)
        return stream

    def take(self, topic: Topic, frame: bytes) -> None:
        """Take a message as it is on the wire. The hot path."""
        self._stream(topic).put(topic, frame)

    def take_push(self, topic: Topic, push: Push) -> None:
        """Take a message that had to be parsed."""
        self._stream(topic).put(topic, handed_on(topic, push))


class Publisher:
    """Hands on what a stream client receives, as it came, to any number of followers.

    For each ``subscribe_...`` of the client there is a ``publish_...`` with the same arguments, less the callback; what
    is only published is never decoded here. Each message has a number, so that a follower knows what it missed. A
    second publisher of the same topics stands by, and goes on when the first has died or hangs.

    Args:
        client: The client with the sockets, and the key where there is one. It stays the caller's to close.
        url: Of Redis: ``redis://``, ``rediss://``, ``unix://``.
        account: The name by which followers of account data ask for it; by default ``account_label`` of the config.
        per_topic: Write a stream for each topic, and not for each channel.
        max_entries: How many entries a stream keeps, about; an entry has all messages that came together.
        max_age_s: How long it keeps them, about; None: as ``max_entries`` says.
        max_waiting: How many messages of a stream wait while Redis is slow or away; what is more is left out, and
            followers are told how much.
        lease_s: After how many seconds without a sign of life another publisher may go on.
        snapshot_s: How often that is laid down which followers that come later begin with.
        name: By which followers name this publisher in events and errors; by default host and process.
        cluster: The address is of any node of a cluster: streams are spread over its nodes.

    Raises:
        ConfigError: An option cannot be right, or the extra ``fanout`` is not installed.
        ConnectionLost: Redis cannot be reached, or refuses the user.
    """

    client_class: ClassVar[type[StreamClient]] = StreamClient
    """What it publishes from; ``OkxPublisher`` and the others, whose ``publish_...`` are typed, take one exchange's."""

    def __init__(
        self,
        client: StreamClient,
        url: str,
        *,
        account: str | None = None,
        per_topic: bool = False,
        max_entries: int = 100_000,
        max_age_s: float | None = None,
        max_waiting: int = 100_000,
        lease_s: float = 1.5,
        snapshot_s: float = 0.5,
        name: str | None = None,
        cluster: bool = False,
    ) -> None:
        _check_client(client, self.client_class)
        _check(max_entries, max_waiting, lease_s=lease_s, snapshot_s=snapshot_s, max_age_s=max_age_s)
        self.address = BrokerAddress(url, cluster=cluster)
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"
        self._client = client
        self._source = MessageSource(client)
        self._spec = spec = self._source.spec
        self._place = Place(spec.dialect.name, self._source.environment, account or spec.account or "")
        self._per_topic = per_topic
        self._terms = PublishTerms(
            name=self.name,
            lease_ms=int(lease_s * 1000),
            max_entries=max_entries,
            max_age_ms=int((max_age_s or 0) * 1000),
            max_waiting=max_waiting,
        )
        self._lease_s = lease_s
        self._order_server: OrderServer | None = None
        self._beat_s = min(0.5, lease_s / 4)
        self._read = fed(spec.dialect).read
        self._lock = threading.Lock()  # guards the table of streams
        self._streams: dict[StreamKeys, PublishedStream] = {}
        self._subscriptions: list[Subscription[Any] | SubscriptionGroup[Any]] = []
        self._wake = threading.Event()
        self._is_closed = False
        self._writer = BrokerWriter(self.address, self._beat_s, snapshot_s, self._source.report)
        self._end_watch = self._source.watch(self._state)
        self._worker = Worker("okx-publisher", self._run)
        self._worker.start()

    def __repr__(self) -> str:
        return f"<Publisher {self.name} to {self.address.shown}, {len(self._streams)} streams>"

    # -- publishing --------------------------------------------------------------------------------------------------

    def publish(self, channel: str, **args: Any) -> Subscription[Any]:
        """Subscribe a channel by its wire name, and hand it on.

        Args:
            channel: As ``subscribe`` of the client takes it.
            **args: Its arguments, as ``subscribe`` takes them.

        Returns:
            The subscription; its ``unsubscribe()`` ends it.

        Raises:
            OkxError: What ``subscribe`` of the client raises.
        """
        return self._begin(partial(self._client.subscribe, channel), (), args)  # type: ignore[return-value]

    def serve_orders(self, *, allow: Collection[str] | str) -> OrderServer:
        """Carry out what followers of the account want done with orders, with this client's key, limits and journal.

        What tells followers of orders and algo orders is published with it. Followers use ``feed.orders`` as of a live
        client. Each request is carried out at most once, and never behind its deadline; see ``docs/fanout.md``.

        Args:
            allow: What followers may do: ``"place"``, ``"amend"``, ``"cancel"``, ``"cancel_all"``,
                ``"close_position"``, ``"place_algo"``, ``"amend_algo"``, ``"cancel_algo"``, and for which instruments,
                by their names. Without a verb all of them, without an instrument for all; ``"all"`` for both.

        Returns:
            What carries them out; its ``stop()`` ends it, as the publisher's end does.

        Raises:
            ConfigError: ``allow`` cannot be right, the client can send no orders, or it does this already.
            ConnectionLost: Redis does not let its user do this.
            OkxError: What ``publish`` and ``client.orders`` raise.
        """
        rules = ServingRules.of(allow)
        if self._order_server is not None and not self._order_server.is_stopped:
            raise ConfigError("this publisher carries out orders already", hint="stop() of what it returned ends it")
        access = OrderAccess(self._client)
        for channel, scope in access.topics():
            self.publish(channel, **scope)
        _ = access.manager  # opened: what is known of an order counts, and not what a follower says of it
        calls = OrderCalls(access, rules, self.name)
        keys = self._place.order_keys()
        server = OrderServer(self.address, keys, calls, rules, self.name, self._lease_s, access.clock)
        if (refusal := server.refusal) is not None:
            server.stop()
            raise refusal
        self._order_server = server
        return server

    def __getattr__(self, name: str) -> Callable[..., Subscription[Any] | SubscriptionGroup[Any]]:
        """Return ``publish_...`` for each ``subscribe_...`` of the client."""
        told = f"subscribe_{name.removeprefix(_VERB)}"
        if not name.startswith(_VERB) or not hasattr(self._client, told):
            raise AttributeError(
                f"{type(self).__name__} has no {name!r}: {type(self._client).__name__} has no such channel"
            )
        return self.verb(told)

    def verb(self, name: str) -> Callable[..., Subscription[Any] | SubscriptionGroup[Any]]:
        """Return what publishes with the arguments of a ``subscribe_...`` of the client, which is named."""
        subscribe = getattr(self._client, name)
        return lambda *args, **options: self._begin(subscribe, args, options)

    def _begin(
        self, subscribe: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]
    ) -> Subscription[Any] | SubscriptionGroup[Any]:
        if self._is_closed:
            raise StreamClosed("the publisher was closed")
        odd = [word for word in ("callback", "queue", "policy", "inline", "maxsize", "max_bytes") if word in options]
        if odd:
            raise ConfigError(f"{odd[0]}= is for who reads events", hint="publish here; subscribe them with a follower")
        made: Subscription[Any] | SubscriptionGroup[Any]
        made = subscribe(*args, callback=_Feed(self._stream_of), inline=True, **options)
        self._subscriptions.append(made)
        topics = [one.topic for one in made.subscriptions] if isinstance(made, SubscriptionGroup) else [made.topic]
        streams = {id(stream): stream for stream in map(self._stream_of, topics)}
        if options.get("wait", True):
            deadline = Deadline(_TIMEOUT_S, self._client.clock)  # for all of them
            for stream in streams.values():
                stream.settled.wait(deadline.left())
            if (refusal := self._writer.refusal) is not None:
                made.unsubscribe()
                raise refusal
        return made

    def _stream_of(self, topic: Topic) -> PublishedStream:
        """Return the stream of a topic, which is made and told with the first message of it, if not before."""
        info: ChannelInfo | None
        try:
            info = self._spec.lookup(topic.channel)
        except ConfigError:  # a channel without an entry in the table
            info = None
        path = self._source.path_of(topic) or (info.path if info is not None else "")
        is_private = info is None or info.private
        own = topic if self._per_topic else None
        keys = self._place.keys(path, topic.channel, is_private=is_private, topic=own)
        with self._lock:
            stream = self._streams.get(keys)
            if stream is None:
                stream = self._streams[keys] = PublishedStream(keys, path, self._terms, self._wake)
            stream.add(topic, keeper_for(info, topic, self._read))
        return stream

    def _state(self, event: StateEvent) -> None:
        """Hand on what becomes of the client's links."""
        kind = _TOLD.get(event.kind)
        if kind is None:
            return
        for stream in self._all():
            if stream.path == event.path:
                stream.tell(kind, event.shard, str(event.reason or event.error or ""))  # type: ignore[arg-type]

    def _all(self) -> list[PublishedStream]:
        with self._lock:
            return list(self._streams.values())

    @property
    def stats(self) -> dict[str, PublishedStats]:
        """Each stream in numbers, by name."""
        return {stream.keys.name: stream.stats for stream in self._all()}

    # -- on the thread of its own ------------------------------------------------------------------------------------

    def _run(self, worker: Worker) -> None:
        while not worker.stopping:
            self._wake.wait(self._beat_s)
            self._wake.clear()
            if not self._turn():
                worker.wait(_PAUSE_S)
                self._wake.set()

    def _turn(self) -> bool:
        """Write what waits. False when Redis cannot be reached."""
        streams, is_due = self._all(), self._writer.is_beat_due
        is_well = self._writer.turn(streams)
        if is_due and is_well:
            self._ask_again(streams)
        if any(stream.has_work for stream in streams):
            self._wake.set()
        return is_well

    def _ask_again(self, streams: list[PublishedStream]) -> None:
        for stream in streams:
            for topic in stream.topics:
                if self._source.path_of(topic) is None and not self._is_closed:  # it was unsubscribed
                    stream.remove(topic)
            for topic in stream.lacking():
                self._source.ask_again(topic)

    # -- life --------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """End it: subscriptions are left, what waits is written, and others may publish at once. Idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._order_server is not None:
            self._order_server.stop()
        self._end_watch()
        for one in self._subscriptions:
            one.unsubscribe()
        if not self._worker.stop(_STOP_S):
            return
        self._writer.close(self._all())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _check_client(client: object, kind: type[StreamClient]) -> None:
    if not isinstance(client, kind):
        what = "stream client" if kind is StreamClient else kind.__name__
        raise ConfigError(f"a publisher needs a {what}, not {client!r}", hint="Publisher(ws, 'redis://...')")


def _check(max_entries: int, max_waiting: int, **seconds: float | None) -> None:
    for name, number in {"max_entries": max_entries, "max_waiting": max_waiting}.items():
        if type(number) is not int or number < 1:
            raise ConfigError(f"{name} must be a number of at least 1, not {number!r}")
    for name, value in seconds.items():
        if value is not None and (not is_number(value) or not value > 0):
            raise ConfigError(f"{name} must be seconds above 0, not {value!r}")
