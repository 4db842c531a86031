"""``StreamClient``: wires links, router, mailboxes and callbacks together. The facades of the exchanges build on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeVar, Unpack

import attrs

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.delivery.inbox import Inbox
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES, check_max_bytes
from okx_sync.delivery.router import Batch, Router
from okx_sync.delivery.subscription import SubscribeOptions, Subscription
from okx_sync.delivery.subscription_group import SubscriptionGroup
from okx_sync.errors import ConfigError, OkxAuthError, OkxError, StreamClosed
from okx_sync.lazy import drawn_by
from okx_sync.live.active_subscriptions import ActiveSubscriptions
from okx_sync.live.closing import Closable
from okx_sync.live.links import Links
from okx_sync.live.raw_operation import send_operation
from okx_sync.live.recovery import Recovery
from okx_sync.live.reporter import Reporter
from okx_sync.live.status import ClientStatus
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.live.subscribe import Terms, agree, check_distinct, chosen_path, each_topic
from okx_sync.live.together import Asked, Together
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic
from okx_sync.timing import Clock, Deadline
from okx_sync.transport.hooks import LinkHooks
from okx_sync.transport.options import LinkOptions
from okx_sync.worker import on_worker

__all__ = ["StreamClient"]

log = get_logger("client")


F = TypeVar("F", bound=Callable[..., Any])
_CLOSE_S = 1.5
_CONNECTION = "connection"  # stands for a channel, where a code is about none
_SECONDS = 1e11  # in seconds that is the year 5138, in milliseconds 1973


class StreamClient(Closable):
    """Streams of one account on one exchange. Safe from any thread; links connect when they are first needed.

    Args:
        options: Timeouts and limits of the links.
        clock: Where time comes from.
        slow_callback_s: Seconds; a callback that runs longer is named in a warning.
        max_silence: Default, in seconds, for subscriptions of channels that push regularly, see ``SubscribeOptions``.
        max_mailbox_bytes: Default of ``max_bytes`` of each subscription, and how much a topic may hold back while an
            outage is recovered.
        max_reconnect_attempts: As in ``options``.
    """

    def __init__(
        self,
        spec: StreamSpec,
        *,
        options: LinkOptions | None = None,
        clock: Clock | None = None,
        slow_callback_s: float = 1.0,
        max_silence: float | None = None,
        max_mailbox_bytes: int = DEFAULT_MAX_BYTES,
        max_reconnect_attempts: int | None = None,
    ) -> None:
        super().__init__()
        self._spec = spec
        self.clock = clock if clock is not None else Clock()
        self.pool = CallbackPool("okx-callback", self.clock, slow_s=slow_callback_s)
        self.inbox = Inbox(self.clock)
        self._reporter = Reporter(self.pool)
        self._router = Router(self.clock, self._reporter.error)
        self._max_bytes = check_max_bytes("max_mailbox_bytes", max_mailbox_bytes)
        if options is None:
            connects_per_s = spec.dialect.connects_per_s
            options = LinkOptions(connect_s=min(10.0, spec.timeout_s), connects_per_s=connects_per_s)
        if max_reconnect_attempts is not None:
            options = attrs.evolve(options, max_reconnect_attempts=max_reconnect_attempts)
        self._links = Links(spec, options, self.clock, self._reporter, self._hooks)
        self._recovery = Recovery(spec, self._links, self._router, self._reporter, options.recover_s, self._max_bytes)
        self._active = ActiveSubscriptions(
            spec,
            self._links,
            self._router,
            self._recovery,
            self._reporter,
            self.pool,
            self.inbox,
            unreadable=self._unreadable,
            finish_closing=self.finish_closing,
        )
        self._together = Together(self._links, self._active)
        self._agree = partial(agree, spec, self._max_bytes, max_silence)
        self._failure: Exception | None = None
        self._tell_unclosed(spec.environment, self._links.opened)
        self._closed = threading.Event()

    # -- subscribing -------------------------------------------------------------------------------------------

    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        """Subscribe to any channel by its wire name, with the wire's own argument names.

        A channel that this version does not know is subscribed all the same when ``path=`` says where it lives: one
        of the client's paths or the address's own (``path="/v5/public/event"``). Its rows are ``UntypedRow``, mappings.

        Args:
            channel: Name on the wire, such as ``tickers`` or ``candle1m``.
            callback: Called with each event; without it, iterate the subscription or call its ``get()``.
            **args: Arguments of the channel, such as ``instId="BTC-USDT"``, and options of ``SubscribeOptions``.

        Returns:
            The subscription, after the exchange has agreed; with ``wait=False`` at once.

        Raises:
            SubscriptionError: The exchange refused it.
            ConfigError: The channel, an argument or an option is wrong; nothing was sent.
            OkxAuthError: The channel needs credentials, and there are none, or they were not accepted.
            OkxTimeoutError: The exchange did not agree within ``timeout`` seconds.
        """
        terms = self._agree(channel, callback, args)
        return self._join(terms.subscription(self._active, args), terms)

    def subscribe_many(
        self,
        channel: str,
        args: Iterable[Mapping[str, str]],
        callback: Callable[[Any], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> SubscriptionGroup[Any]:
        """Subscribe to many topics of one channel, in as few requests as the exchange allows.

        Args:
            channel: Name on the wire, such as ``tickers``.
            args: The arguments of each topic, by the wire's names: ``[{"instId": "BTC-USDT"}, ...]``.
            callback: Called with each event; without it, iterate the group or call its ``get()``.
            **options: As ``SubscribeOptions`` describes them; ``timeout`` is for all topics together.

        Returns:
            A group. Topics that were refused, or not answered in time, are in its ``refused``; the others stay. With
            ``wait=False`` it comes at once, and refusals go to ``on_error`` as well.

        Raises:
            ConfigError: An argument of any topic is wrong, or a topic is named twice; nothing was sent.
            OkxError: No topic was agreed to; the error is that of the first, as ``subscribe`` raises it.
        """
        if options.get("name") is not None:
            raise ConfigError("name= names one subscription, not many")
        shared: dict[str, Any] = {**options}
        terms = self._agree(channel, callback, shared)
        made = [terms.subscription(self._active, {**shared, **one}) for one in each_topic(channel, args)]
        check_distinct(one.topic for one in made)
        for one in made:
            self._active.check_path(one.topic, terms.path)
        with self.batch(options.get("timeout")) as group:
            for one in made:
                self._join(one, terms)
        return group

    def batch(self, timeout: float | None = None) -> AbstractContextManager[SubscriptionGroup[Any]]:
        """Gather what this thread subscribes and unsubscribes within a ``with`` block, and send it together.

        Calls inside the block return at once. Its end waits until the exchange has agreed to each topic or refused it:
        see ``refused`` of the group that the block gives. After an exception in the block nothing of it stays
        subscribed.

        Args:
            timeout: Seconds to wait for all topics together; None: the ``timeout_secs`` of the config, 30.

        Raises:
            OkxError: At the end of the block: no topic was agreed to; the error is that of the first.
        """
        return self._together(self._spec.timeout_s if timeout is None else timeout)

    def _join(self, subscription: Subscription[Any], terms: Terms) -> Subscription[Any]:
        wait = subscription.has_waiter = terms.wait
        if wait and on_worker() and self._links.is_own_thread(terms.path):
            raise ConfigError("an inline callback cannot wait for an ack: it runs on the thread that would read it")
        if subscription.callback is not None and not subscription.is_inline:
            self.pool.ensure_running()  # before anything is begun that a lack of threads would leave half done
        block = self._together.here.block
        done, link = self._active.join(subscription, terms, None if block is None else block.group)
        if wait and block is not None:
            block.asked.append(Asked(subscription, done, link))
        elif wait:
            self._active.wait_agreed(subscription, done, link, terms.timeout)
        elif done.done() and (error := done.exception()) is not None:  # the link has given up
            self._active.leave(subscription)
            self._active.end(subscription, error)
        return subscription

    def send(
        self, op: str, args: list[Any], *, path: str | None = None, timeout: float | None = None, **fields: Any
    ) -> dict[str, Any] | None:
        """Send any operation as it is, for what has no method yet.

        Args:
            op: As on the wire.
            args: As on the wire.
            path: Where to; the first of the client's paths (``"public"``) when None. ``endpoint`` is the former name.
            timeout: Seconds to wait for the answer, which is told from others by the request's id; that is given then.
                Without it nothing is waited for, and an answer goes to ``on_error``.
            fields: Further top-level keys, such as ``id`` or ``header``.

        Returns:
            The answer as it came, where it was waited for. Look at its code: most refusals of operations are answers.

        Raises:
            ConnectionLost: The link is not up (:meth:`connect` brings it up), or it went away before the answer.
            OkxTimeoutError: No answer came in time; the operation may have been carried out.
            OkxError: The exchange did not take it for an operation.
            ConfigError: No such path, no JSON, or an answer cannot be waited for.
            ReadOnlyError: The config says so; ``DryRun``, too.
        """
        options = {"path": path, "endpoint": fields.pop("endpoint", None)}
        chosen = chosen_path(options, self._spec.paths[0])
        return send_operation(self._spec, self._links, self.clock, chosen, op, args, fields, timeout)

    def _unreadable(self, _topic: Topic, error: Exception) -> None:
        """Warn whoever keeps a state of a topic that something of it could not be read."""
        self._reporter.error(error)

    # -- what links need of us (transport.LinkHooks) -------------------------------------------------------------

    def _hooks(self, path: str) -> LinkHooks:
        return LinkHooks(
            sink=partial(Batch, self._router),
            state=self._recovery.state,
            error=self._link_error,
            refused=self._active.refused,
            failed=partial(self._failed, path),
            sync_clock=self._sync_clock,
            tick=self._tick,
            orphaned=partial(self.pool.close, 0.0),
            lend=self.pool.lend,
        )

    def _link_error(self, error: Exception) -> None:
        self._active.drift.note_error(_CONNECTION, error)
        self._reporter.error(error)

    def _failed(self, path: str, error: Exception) -> None:
        self._active.drift.note_error(_CONNECTION, error)
        if path in self._spec.spare_paths:
            self._reporter.error(error)
            return
        self._failure = error
        self.inbox.fail(error)

    def _sync_clock(self) -> bool:
        try:
            self.clock.offset_s = self._spec.sync_clock()
        except OkxError as error:
            self._reporter.error(error)
            return False
        log.warning("the clock of this machine is off by %.3f s; corrected", -self.clock.offset_s)
        return True

    def _tick(self) -> None:
        """Do the regular work, about twice a second, on each link's ping thread."""
        self.pool.tick()
        self._active.tick()
        self._links.tick()
        self._recovery.tick()

    # -- receiving ---------------------------------------------------------------------------------------------

    def recv(self, timeout: float | None = None) -> Any:
        """Return the next event of any subscription that has neither a callback nor a queue of its own.

        Raises ``OkxTimeoutError`` after ``timeout`` seconds without one, ``StreamClosed`` after :meth:`close`, and
        the error that ended a link for good.
        """
        try:
            return self.inbox.recv(timeout)
        except StreamClosed:
            self.finish_closing()
            raise

    def __iter__(self) -> Iterator[Any]:
        while True:
            try:
                yield self.recv()
            except StreamClosed:
                return

    def on_state(self, handler: F) -> F:
        """Call ``handler(StateEvent)`` on every change of a link's state. Usable as a decorator."""
        self._reporter.on_state(handler)
        return handler

    def on_error(self, handler: F) -> F:
        """Call ``handler(exception)`` for every error that has no caller. Usable as a decorator."""
        self._reporter.on_error(handler)
        return handler

    # -- life --------------------------------------------------------------------------------------------------

    def connect(self, path: str, timeout: float | None = None) -> None:
        """Connect one path now and wait for it.

        Raises ``OkxTimeoutError``, ``OkxAuthError`` for a refused login, ``OkxWebSocketError`` for an address or
        certificate that cannot be right.
        """
        limit = self._spec.timeout_s if timeout is None else timeout
        try:
            self._links.wait_up(self._links.get(path).start(), path, limit)
        except StreamClosed:
            self.finish_closing()
            raise

    def login_with_timestamp(self, timestamp: float) -> None:
        """Log in on the private path with a time of your own, for machines whose clock is off.

        ``timestamp``: the exchange's time, Unix seconds. From then on the client's clock is corrected by the
        difference. Raises ``OkxAuthError`` when the exchange refuses, ``ConfigError`` for milliseconds.
        """
        if timestamp > _SECONDS:
            raise ConfigError(f"timestamp is in seconds, not {timestamp}", hint="divide milliseconds by 1000")
        if self._spec.credentials is None:
            raise OkxAuthError("a login needs credentials", environment=self._spec.environment)
        self.clock.offset_s = float(timestamp) - self.clock.time()
        link = self._links.get(next(path for path in self._spec.paths if path in self._spec.login_paths))
        if link.failure is not None:  # of which a wrong time may have been the reason
            self._failure = None
            link.reconnect("a login with another time was asked for")
        self._links.wait_up(link.log_in(), link.name, self._spec.timeout_s)

    def is_connected(self) -> bool:
        """Tell whether every link that is in use is open (and logged in where that is needed)."""
        return bool(links := self._links.all()) and all(link.is_connected for link in links)

    def reconnect(self) -> None:
        """Drop every socket and connect afresh; all subscriptions are restored. Links that had given up start again."""
        self._failure = None
        for link in self._links.all():
            link.reconnect()

    def subscription_count(self) -> int:
        """Count the topics that are subscribed on the wire, or will be."""
        return sum(link.topics for link in self._links.all())

    def status(self) -> ClientStatus:
        """Return the state of links, subscriptions and callbacks; it prints as a table."""
        subs = self._router.subscriptions()
        return ClientStatus(
            environment=self._spec.environment,
            links=self._links.describe(),
            subscriptions=[{"topic": str(sub.topic), "name": sub.name, **attrs.asdict(sub.stats)} for sub in subs],
            errors=self._reporter.errors,
            unknown=self._active.drift.describe(),
            running_callbacks=self.pool.running(),
            last_states=[str(event) for event in list(self._reporter.history)],
            clock_offset_s=self.clock.offset_s,
        )

    def wait(self, timeout: float | None = None) -> bool:
        """Block until the client is closed (True) or ``timeout`` seconds have passed (False).

        Raises the error that ended a link for good, with its original traceback. Ctrl-C works.
        """
        deadline = Deadline(timeout, self.clock)
        while True:
            if self._failure is not None:
                raise self._failure
            pause = deadline.slice()
            if self._closed.wait(pause):
                return True
            if not pause:
                return False

    def _mark_closed(self) -> None:
        self._active.refuse()
        self._links.refuse()

    def _shut_down(self) -> None:
        end = StreamClosed("the client was closed")
        deadline = Deadline(_CLOSE_S, self.clock)
        self._active.close(end)
        self._links.close(deadline)
        self._recovery.close(max(0.1, deadline.left() or 0.0))
        self.inbox.close(end)
        self._reporter.last_words(max(0.1, min(0.5, deadline.left() or 0.0)))
        self.pool.close(max(0.1, deadline.left() or 0.0))
        self._closed.set()

    _repr_html_ = drawn_by("client_pictures", "client_picture")

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {facts['state']}" for name, facts in self._links.describe().items()) or "no links yet"
        return f"<{type(self).__name__} {self._spec.environment}: {told}, {self.subscription_count()} topics>"
