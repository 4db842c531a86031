"""What ``ws.metrics()`` tells, for Prometheus (extra ``metrics``), put together when somebody asks: at the scrape.

Label values are few, whatever a client does: topics are the first ``max_topics`` of each client, and how many were left
out is a metric of its own; a rate limit that is counted by instrument is one line, that of the scarcest instrument.
What is not known has no sample. No secret is a label, and no account but the name that the user gives it.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

import attrs

from okx_sync.durations import Percentiles
from okx_sync.errors import ConfigError, OkxError
from okx_sync.live.live_client import LiveClient
from okx_sync.live.metrics import ORDER_WAYS, WAYS, ClientMetrics, TopicMetrics
from okx_sync.logs import get_logger
from okx_sync.versions import own_version

if TYPE_CHECKING:
    from prometheus_client.core import Metric

__all__ = ["FAMILIES", "MetricsCollector", "MetricsServer", "serve_metrics"]

log = get_logger("metrics")

_MOST_TOPICS: Final = 100
_LAST_PORT: Final = 65_535
_SHARES: Final = ((50, "0.5"), (90, "0.9"), (99, "0.99"))
_CLIENT: Final = ("exchange", "environment", "account")
_SOCKET: Final = (*_CLIENT, "path", "shard")
_TOPIC: Final = (*_CLIENT, "topic")
FAMILIES: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "client": ("info", "The clients, and the version of okx_sync.", (*_CLIENT, "version")),
    "events": ("counter", "Events that came from the exchange.", _CLIENT),
    "events_delivered": ("counter", "Events that consumers got.", _CLIENT),
    "events_coalesced": ("counter", "Events that were replaced by newer ones, as their policy says.", _CLIENT),
    "events_dropped": ("counter", "Events that were given up because a consumer was slow.", _CLIENT),
    "errors": ("counter", "Errors that had no caller.", _CLIENT),
    "state_events": ("counter", "State events: lost, restored, gap, stale, ...", (*_CLIENT, "kind")),
    "unknown": ("counter", "Sampled messages with what this version does not know.", (*_CLIENT, "channel")),
    "clock_offset_seconds": ("gauge", "What the exchange's clock is ahead of this machine's.", _CLIENT),
    "topics": ("gauge", "Subscriptions.", _CLIENT),
    "topics_left_out": ("gauge", "Subscriptions without metrics of their own, because there are too many.", _CLIENT),
    "topic_events": ("counter", "Events that came from the exchange.", _TOPIC),
    "topic_events_dropped": ("counter", "Events that were given up because the consumer was slow.", _TOPIC),
    "topic_events_waiting": ("gauge", "Events that wait in mailboxes.", _TOPIC),
    "topic_silent_seconds": ("gauge", "Since the last event.", _TOPIC),
    "lag_seconds": ("gauge", "How long events took in the last minutes.", (*_TOPIC, "way", "quantile")),
    "socket_up": ("gauge", "1 while the link is open, and logged in where that is needed.", _SOCKET),
    "socket_topics": ("gauge", "Topics that the link carries.", _SOCKET),
    "socket_requests_left": ("gauge", "Subscribe, unsubscribe and login requests left in this hour.", _SOCKET),
    "socket_round_trip_seconds": ("gauge", "What the last ping took.", _SOCKET),
    "limit_left": ("gauge", "Requests left of a rate limit; of the scarcest of its kind.", (*_CLIENT, "limit")),
    "order_operations": ("counter", "Order operations on streams, by outcome.", (*_CLIENT, "outcome")),
    "order_seconds": ("gauge", "How long order operations took lately.", (*_CLIENT, "way", "quantile")),
}
"""By name without ``okx_sync_``: its kind, what it says, and its labels."""


@attrs.frozen
class _Watched:
    """A client whose numbers are wanted; it is not kept alive for that."""

    client: weakref.ref[LiveClient]
    account: str


class MetricsCollector:
    """A collector of ``prometheus_client``: ``registry.register(MetricsCollector(ws))``.

    Args:
        ws: A client of streams, any exchange's; None: :meth:`add` them later.
        account: Its label ``account``, chosen by you; empty by default.
        max_topics: How many topics of a client have metrics of their own: the first ones that were subscribed.

    Raises:
        ConfigError: An argument cannot be right, or the extra ``metrics`` is not installed.
    """

    def __init__(self, ws: LiveClient | None = None, *, account: str = "", max_topics: int = _MOST_TOPICS) -> None:
        _library()
        if not isinstance(max_topics, int) or isinstance(max_topics, bool) or max_topics < 0:
            raise ConfigError(f"max_topics must be a whole number, 0 or more, not {max_topics!r}")
        self._max_topics = max_topics
        # Guards the table of clients; none is asked for anything under it.
        self._lock = threading.Lock()
        self._watched: tuple[_Watched, ...] = ()
        self._has_warned = False
        if ws is not None:
            self.add(ws, account=account)

    def add(self, ws: LiveClient, *, account: str = "") -> None:
        """Tell of another client, too, until it is closed; two clients of one exchange need two ``account`` labels.

        Raises ``ConfigError`` for what is no client of streams, and for labels that another one has.
        """
        if not isinstance(ws, LiveClient):
            raise ConfigError(f"metrics are of a client of streams, not of {type(ws).__name__}", hint="WsClient(...)")
        if not isinstance(account, str):
            raise ConfigError(f"account is the text of a label, not {type(account).__name__}", hint='account="main"')
        if not _can_be_sent(account):  # at the scrape it would cost everybody's numbers
            raise ConfigError(f"account is no text that can be sent: {account!r}", hint='account="main"')
        labels = _place(ws, account)
        with self._lock:
            there = tuple(one for one in self._watched if _is_open(one))
            if any(_place(client, one.account) == labels for one in there if (client := one.client()) is not None):
                raise ConfigError(f"there is a client with these labels already: {labels}", hint='account="second"')
            self._watched = (*there, _Watched(weakref.ref(ws), account))

    def collect(self) -> Iterator[Metric]:
        """Give the metrics of all clients that are open: for ``prometheus_client``."""
        families = {name: _family(name) for name in FAMILIES}
        for one in self._watched:
            client = one.client() if _is_open(one) else None
            if client is None:
                continue
            try:
                metrics = client.metrics()
            except OkxError as error:  # it was closed just now, or made before a fork
                log.debug("no metrics of %s: %s", one.account, error)
                continue
            for name, labels, value in self._samples(metrics, _place(client, one.account)):
                families[name].add_metric([str(label) for label in labels], value)
        yield from families.values()

    def _samples(self, metrics: ClientMetrics, place: tuple[str, ...]) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
        """Give name, labels and value of each sample."""
        for name, labels, value in (*_of_client(metrics), *self._of_topics(metrics), *_of_sockets(metrics)):
            if value is not None:
                yield name, (*place, *labels), value

    def _of_topics(self, metrics: ClientMetrics) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
        by_topic: dict[str, list[TopicMetrics]] = {}
        for one in metrics.topics:
            by_topic.setdefault(one.topic, []).append(one)
        left_out = max(0, len(by_topic) - self._max_topics)
        yield "topics", (), len(by_topic)
        yield "topics_left_out", (), left_out
        if left_out and not self._has_warned:
            self._has_warned = True
            log.warning("%d topics have no metrics of their own: raise max_topics= to have them", left_out)
        for topic, sinks in list(by_topic.items())[: self._max_topics]:
            silent = [one.silent_us for one in sinks if one.silent_us is not None]
            yield "topic_events", (topic,), max(one.received for one in sinks)
            yield "topic_events_dropped", (topic,), sum(one.dropped for one in sinks)
            yield "topic_events_waiting", (topic,), sum(one.waiting for one in sinks)
            yield "topic_silent_seconds", (topic,), min(silent) / 1e6 if silent else None
            for way in WAYS:
                slowest = max((found for one in sinks if (found := getattr(one, way))), key=_p99, default=None)
                yield from _quantiles("lag_seconds", (topic, way), slowest)


def _of_client(metrics: ClientMetrics) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    yield "client", (), {"version": own_version()}
    yield "events", (), metrics.received
    yield "events_delivered", (), metrics.delivered
    yield "events_coalesced", (), metrics.coalesced
    yield "events_dropped", (), metrics.dropped
    yield "errors", (), metrics.errors
    yield from (("state_events", (kind,), number) for kind, number in metrics.events.items())
    yield from (("unknown", (channel,), sum(news.values())) for channel, news in metrics.unknown.items())
    yield "clock_offset_seconds", (), None if metrics.clock_offset_us is None else metrics.clock_offset_us / 1e6
    left: dict[str, int] = {}
    for limit in metrics.limits:
        left[limit.name] = min(limit.left, left.get(limit.name, limit.left))
    yield from (("limit_left", (name,), number) for name, number in left.items())
    if (orders := metrics.orders) is not None:
        for outcome in ("sent", "refused", "unknown"):
            yield "order_operations", (outcome,), getattr(orders, outcome)
        for way in ORDER_WAYS:
            yield from _quantiles("order_seconds", (way,), getattr(orders, way))


def _of_sockets(metrics: ClientMetrics) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    for one in metrics.sockets:
        labels = (one.path, one.shard)
        yield "socket_up", labels, int(one.is_connected)
        yield "socket_topics", labels, one.topics
        yield "socket_requests_left", labels, one.requests_left
        yield "socket_round_trip_seconds", labels, None if one.round_trip_us is None else one.round_trip_us / 1e6


def _quantiles(
    name: str, labels: tuple[Any, ...], found: Percentiles | None
) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    for share, quantile in _SHARES if found is not None else ():
        yield name, (*labels, quantile), getattr(found, f"p{share}_us") / 1e6


def _p99(found: Percentiles) -> int:
    return found.p99_us


def _family(name: str) -> Any:
    kind, text, labels = FAMILIES[name]
    core = _library().core
    made = {"info": core.InfoMetricFamily, "counter": core.CounterMetricFamily, "gauge": core.GaugeMetricFamily}[kind]
    return made(f"okx_sync_{name}", text, labels=labels[: len(_CLIENT)] if kind == "info" else labels)


def _place(client: LiveClient, account: str) -> tuple[str, ...]:
    spec = client._spec
    return (spec.dialect.name, spec.environment, account)


def _can_be_sent(label: str) -> bool:
    try:
        label.encode()
    except UnicodeEncodeError:  # half of a character
        return False
    return True


def _is_open(one: _Watched) -> bool:
    client = one.client()
    return client is not None and not client._closed.is_set()


def _library() -> Any:
    try:
        import prometheus_client.core
    except ImportError:
        raise ConfigError(
            "this needs prometheus-client, which is not installed", hint="pip install 'okx_sync[metrics]'"
        ) from None
    return prometheus_client


class MetricsServer:
    """What :func:`serve_metrics` returns: ``add()`` further clients, ``close()`` it, or use it in a ``with`` block."""

    def __init__(self, collector: MetricsCollector, host: str, port: int) -> None:
        library = _library()
        if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= _LAST_PORT:
            raise ConfigError(f"port must be a whole number from 0 to {_LAST_PORT}, not {port!r}")
        if not isinstance(host, str) or not host:
            raise ConfigError(f"host must be an address to listen on, not {host!r}", hint='host="127.0.0.1"')
        registry = library.CollectorRegistry()
        registry.register(collector)
        try:
            self._server, self._thread = library.start_http_server(port, addr=host, registry=registry)
        except OSError as error:
            hint = "another port=; 0 takes a free one"
            raise ConfigError(f"cannot listen on {host}:{port}: {error.strerror or error}", hint=hint) from None
        self._thread.name = "okx-metrics"  # for a thread dump; the library has begun it
        self.add = collector.add
        """As of :class:`MetricsCollector`."""
        self.port: int = self._server.server_port
        """Where it listens."""
        self.url = f"http://{host}:{self.port}/metrics"
        """What to tell Prometheus."""

    def close(self) -> None:
        """Listen no more. Idempotent."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(2.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<MetricsServer {self.url}>"


def serve_metrics(
    ws: LiveClient | Iterable[LiveClient] = (),
    port: int = 9464,
    *,
    host: str = "127.0.0.1",
    account: str = "",
    max_topics: int = _MOST_TOPICS,
) -> MetricsServer:
    """Serve the metrics of a client, or of several, to Prometheus, on a thread of its own.

    It has no password and no TLS: keep it on the loopback, or on a network of your own. The clients are not kept alive,
    and one that is closed is told of no more.

    Args:
        ws: Client of streams, any exchange's; several of them; or none, to ``add()`` them later.
        port: Where to listen; 0 for any that is free.
        host: The address to listen on.
        account: The label ``account`` of these clients, chosen by you.
        max_topics: How many topics of a client have metrics of their own: the first ones that were subscribed.

    Raises:
        ConfigError: An argument cannot be right, the port is taken, or the extra ``metrics`` is not installed.
    """
    collector = MetricsCollector(max_topics=max_topics)
    for one in (ws,) if isinstance(ws, LiveClient) else ws:
        collector.add(one, account=account)
    return MetricsServer(collector, host, port)
