"""The links of one client: made when first needed, watched, described and closed together.

A path has one link, or several where the exchange's limits make that necessary, see ``shards``. The first is the one
that :meth:`Links.get` gives: on it are account data, logins and requests.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import attrs

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError, OkxTimeoutError, StreamClosed
from okx_sync.live.link_listeners import LinkListeners
from okx_sync.live.reporter import Reporter
from okx_sync.live.shards import Shards, rules_of
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.pending import RequestIds
from okx_sync.state_event import StateEvent
from okx_sync.timing import Clock, Deadline
from okx_sync.transport.hooks import LinkHooks
from okx_sync.transport.link import Link
from okx_sync.transport.link_state import Gathering, Tap
from okx_sync.transport.options import LinkOptions, WireOptions

__all__ = ["Links"]

log = get_logger("client")


class Links:
    """The links of one client, by path and shard.

    Args:
        hooks: Gives the hooks of every link.
        reporter: Asked for the latest reason when a wait ends in vain.
    """

    def __init__(
        self,
        spec: StreamSpec,
        options: LinkOptions,
        clock: Clock,
        reporter: Reporter,
        hooks: Callable[[str], LinkHooks],
    ) -> None:
        self._spec = spec
        self.options = options
        self._clock = clock
        self._reporter = reporter
        self._hooks = hooks
        self._ids = RequestIds()
        # Guards the table; a link is never asked to do anything under it.
        self._lock = threading.RLock()
        self._paths: dict[str, Shards] = {}
        self._closed = False
        self._retiring: list[Link] = []  # taken out, and saying goodbye
        self._tap: Callable[[str, int], Tap] | None = None
        self.listeners = LinkListeners(reporter)
        """Whoever must hear of a loss before the user does."""
        self._gathering = Gathering()
        self.opened: list[str] = []
        """The paths that were ever used."""

    def get(self, path: str) -> Link:
        """Return the first link of ``path``, made when it is new."""
        return self.at(path).main

    def at(self, path: str) -> Shards:
        """Return all links of ``path``; made, with the first, when it is new. Raises as :meth:`check`."""
        with self._lock:
            shards = self._paths.get(path)
            if shards is None or self._closed:
                self.check(path)
            if shards is None:
                make = partial(self._make, path)
                rules = rules_of(self._spec.dialect, self.options)
                shards = self._paths[path] = Shards(make, rules, self._spec.dialect.length, self._clock)
                self.opened.append(path)
            return shards

    def release(self, path: str, topic: Topic) -> Link | None:
        """Return the link that carried ``topic``, which it is free of now; None when none did."""
        with self._lock:
            shards = self._paths.get(path)
        return None if shards is None else shards.release(topic)

    def carrier(self, path: str | None, topic: Topic) -> Link | None:
        """Return the link that carries ``topic``; None when none does. Also while the client closes."""
        shards = self._paths.get(path or "")
        return None if shards is None else shards.carrier(topic)

    def is_about(self, event: StateEvent, topic: Topic, link: Link) -> bool:
        """Tell whether an event of a path is about a topic there; ``link`` carries that."""
        shard_of = self._spec.shard_of
        shard = link.shard if shard_of is None else shard_of(link.name, topic)
        return shard in (None, event.shard)

    def is_own_thread(self, path: str) -> bool:
        """Tell whether this thread reads a socket of ``path``."""
        return any(link.is_own_thread for link in self.at(path).all())

    def tap(self, make: Callable[[str, int], Tap] | None) -> None:
        """Have what each link receives seen by ``make(path, shard)`` from now on; None: by nobody any more."""
        with self._lock:
            self._tap = make
            for link in self.all():
                link.tap(None if make is None else make(link.name, link.shard))

    def relieve(self) -> list[tuple[Any, Link]]:
        """Move topics that wait for the limits of their link, see :meth:`Shards.relieve`."""
        with self._lock:
            paths = [] if self._closed else list(self._paths.values())
        return [moved for shards in paths for moved in shards.relieve()]

    def tick(self) -> None:
        """Close the links that are of no more use. About twice a second, on the ping threads of the first links."""
        with self._lock:
            swept = [link for shards in self._paths.values() for link in shards.sweep()]
            ended, self._retiring = self._retiring, swept
        for link in swept:
            link.begin_close()
        for link in ended:
            link.close(0.1)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Have what is asked within the block sent at its end, in as few requests as the exchange allows."""
        with self._lock:
            self._gathering.begin(self._clock.monotonic())
        try:
            yield
        finally:
            with self._lock:
                self._gathering.end()
            for link in self.all():
                link.catch_up()

    def check(self, path: str) -> None:
        """Raise ``ConfigError`` for a path that cannot be, ``StreamClosed`` after the end."""
        if not path.startswith("/"):
            check_word("path", path, self._spec.paths)
        elif not path.isprintable() or " " in path:
            raise ConfigError(f"path must be the path of an address, not {path!r}", hint="as in '/v5/public/linear'")
        if self._closed:
            raise StreamClosed("the client was closed")

    def find(self, path: str, shard: int = 0) -> Link | None:
        """Return a link of ``path`` if there is one; also while the client closes."""
        with self._lock:
            shards = self._paths.get(path)
        return None if shards is None else shards.get(shard)

    def all(self) -> list[Link]:
        """Return every link made so far."""
        with self._lock:
            return [link for shards in self._paths.values() for link in shards.all()]

    def _make(self, path: str, shard: int) -> Link:
        spec, clock, credentials = self._spec, self._clock, self._spec.credentials
        login = None
        if credentials is not None:

            def login() -> str:
                return spec.dialect.login_frame(credentials, clock.server_time())

        hooks = self._hooks(path)
        link = Link(
            path,
            _url(spec, path),
            spec.dialect,
            attrs.evolve(hooks, tick=_no_work) if shard else hooks,  # one ping thread does the client's work
            clock,
            self._ids,
            self.options,
            WireOptions(
                self.options.connect_s,
                spec.proxy_url,
                spec.ca_file,
                max_message_bytes=self.options.max_message_bytes,
            ),
            login=login,
            always_login=path in spec.login_paths,
            account=spec.account,
            gathering=self._gathering,
            shard=shard,
            make_wire=None if spec.make_wire is None else spec.make_wire(path),
        )
        link.tap(None if self._tap is None else self._tap(path, shard))
        return link

    def wait_up(self, up: Future[None], path: str, limit: float) -> None:
        """Wait for a link to come up; ``OkxTimeoutError`` with the latest reason when it does not."""
        try:
            Deadline(limit, self._clock).wait_for(up)
        except TimeoutError:
            text = f"the {path} link did not come up within {limit:.3g} s: {self.latest_reason(path)}"
            raise self.too_late(text, self.find(path), "the client goes on trying") from None

    def no_ack(self, topic: Topic, link: Link, limit: float) -> OkxTimeoutError:
        """Make the error of a subscribe whose ack did not come within ``limit`` seconds, before the topic has left."""
        if (reason := link.held_back(topic)) is not None:
            return OkxTimeoutError(
                f"{topic} was not asked for within {limit:g} s: {reason}",
                environment=self._spec.environment,
                retryable=True,
                hint="subscribe_many() and batch() ask for many topics in one request; wait=False has the client wait; "
                "LinkOptions(max_sockets=...) allows more connections",
            )
        why = "" if link.is_connected else f"; the link is not up: {self.latest_reason(link.name, link.shard)}"
        text = f"no ack for {topic} within {limit:g} s{why}"
        return self.too_late(text, link, "with wait=False the client keeps trying")

    def too_late(self, text: str, link: Link | None, more: str) -> OkxTimeoutError:
        """Make the error of a wait in vain, with the cure of what keeps the link down, as far as that is known."""
        trouble = None if link is None else link.trouble
        cure = None if trouble is None else trouble.hint
        return OkxTimeoutError(
            text,
            code=None if trouble is None else trouble.code,
            environment=self._spec.environment,
            retryable=True,
            hint=f"{cure or 'check the network, the address and proxy_url'}; {more}",
        )

    def latest_reason(self, path: str, shard: int = 0) -> str:
        """Say why the link is not up, as far as that is known."""
        link = self.find(path, shard)
        if link is not None and link.trouble is not None:
            return link.trouble.message
        events = (e for e in reversed(list(self._reporter.history)) if (e.path, e.shard) == (path, shard))
        return next((e.reason for e in events if e.reason), "no answer yet")

    def describe(self) -> dict[str, dict[str, Any]]:
        """Return plain facts of every path."""
        with self._lock:
            paths = dict(self._paths)
        return {path: shards.describe() for path, shards in paths.items()}

    def refuse(self) -> None:
        """Make no more links, and give none out. Takes no lock: a signal handler may call it anywhere."""
        self._closed = True

    def close(self, deadline: Deadline) -> None:
        """Close all, side by side."""
        with self._lock:
            self._closed = True
            for shards in self._paths.values():
                shards.refuse()
            links = self.all() + self._retiring + [link for shards in self._paths.values() for link in shards.sweep()]
            self._retiring = []
        for link in links:
            link.begin_close()
        for link in links:
            if not link.close(max(0.2, deadline.left() or 0.0)):
                log.warning("link %s: a thread is still busy; it ends by itself", link.label)


def _no_work() -> None:
    """Do nothing."""


def _url(spec: StreamSpec, path: str) -> str:
    """Return the address of a path; one that begins with a slash is the server's own, on the usual host."""
    if not path.startswith("/"):
        return spec.url(path)
    if (named := spec.path_at(path)) is not None:  # which may have a host of its own
        return spec.url(named)
    return urlsplit(spec.url(spec.paths[0]))._replace(path=path, query="", fragment="").geturl()
