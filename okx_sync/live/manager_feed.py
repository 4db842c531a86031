"""``ManagerFeed``: what feeds a manager of orders or algo orders from streams, and completes it over REST.

Streams report changes only. REST is asked, on a thread of its own, for what was there before, and for what may have
been missed while a link was down: once the exchange has agreed to the subscriptions, and again after every loss. REST
is also asked for what got no answer. The same news may come in several ways: a manager takes it once.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import attrs

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, DecodeError, OkxApiError, OkxError, StreamClosed
from okx_sync.live.all_or_none import Gather
from okx_sync.live.link_listeners import LinkListener
from okx_sync.live.links import Links
from okx_sync.live.reporter import Reporter
from okx_sync.live.retried_jobs import RetriedJobs
from okx_sync.logs import get_logger
from okx_sync.single_flight import SingleFlight
from okx_sync.state.live_object import Dispatch
from okx_sync.state.orders.handle import Handle
from okx_sync.timing import Backoff, Clock

if TYPE_CHECKING:
    from okx_sync.live.journal import OrderJournal

__all__ = ["ENDED_BEFORE", "FROM_BEFORE", "ClientParts", "MadeFeed", "ManagerFeed", "pause_s"]

log = get_logger("client")

R = TypeVar("R")
H = TypeVar("H", bound=Handle[Any])
F = TypeVar("F", bound="ManagerFeed[Any]")
_FIRST_LOOK_S: Final = 0.2  # what is on its way at the exchange may be found a moment later
_REPAIR_S: Final = 0.5  # more news often comes by the stream right behind
_LOOKS_KNOWN: Final = 4  # how often what has an id must be missing before it counts as gone
_LOOKS: Final = 12  # how often anything else is looked for: about half a minute
_UNREAD_S: Final = 5.0  # until what could not be read is asked for once more
_JOIN_S: Final = 0.5
FROM_BEFORE: Final = "it was sent before, and the exchange has not told what became of it"
ENDED_BEFORE: Final = "the journal tells it"
_SEED: Final = ("seed", None)  # the job that reads what is open


def pause_s(first_s: float, attempt: int) -> float:
    """Return the seconds until something is looked at again."""
    return min(5.0, first_s * 2.0**attempt)


@attrs.frozen
class ClientParts:
    """What a client gives to live orders and algo orders.

    ``timeout_s``: seconds that a thread waits for another one that is making a manager; ``journal``: where orders were
    written down before they were sent, None for none; ``together``: the client's ``batch``.
    """

    links: Links
    reporter: Reporter
    dispatch: Dispatch
    clock: Clock
    timeout_s: float
    journal: OrderJournal | None = None
    together: Gather = nullcontext


class ManagerFeed(LinkListener, Generic[H]):
    """Feeds one manager, which is set by the subclass as ``manager``.

    Args:
        what: What it feeds, for people.
        paths: Of the streams; while the link of one is down, something may be missed.
        can_ask: Whether REST can be asked.
        parts: The client's.
    """

    manager: Any

    def __init__(
        self,
        what: str,
        paths: Sequence[str],
        can_ask: bool,
        parts: ClientParts,
    ) -> None:
        self.is_ready = False  # the exchange has agreed to the subscriptions
        self._what = what
        self._can_ask = can_ask
        self._listeners = parts.links.listeners
        several = len(paths) > 1
        self._on_paths: dict[str, LinkListener] = {path: _OfPath(self, path) if several else self for path in paths}
        self._reporter = parts.reporter
        self._clock = parts.clock
        self._journal = parts.journal
        self._backoff = Backoff(first_s=0.5, cap_s=15.0)
        self._subscriptions: list[Subscription[Any]] = []
        self._told_by: Sequence[Subscription[Any]] = ()  # those without which it knows nothing
        self._from_before: set[H] = set()  # of the journal: their absence from the lists tells nothing
        # Guards the state of the links; nobody is asked for anything under it but the manager's mark.
        self._lock = threading.RLock()
        self._down: set[str] = set()
        self._misses: Counter[H] = Counter()  # how often the exchange was asked for one, and did not know it
        self._era = 0  # grows whenever a link is lost or restored
        name = f"okx-{what.replace(' ', '-')}"
        self._jobs: RetriedJobs[tuple[str, object]] = RetriedJobs(name, parts.clock, self._failed)

    # -- what differs ------------------------------------------------------------------------------------------------

    def _subscribe(self) -> Sequence[Subscription[Any]]:
        """Subscribe what tells of all changes. All of it or nothing."""
        raise NotImplementedError

    def _prepare(self) -> None:
        """Do what is to be done once that is so, before REST is asked."""
        raise NotImplementedError

    def _take_in_open(self) -> tuple[Callable[[H], bool], Sequence[DecodeError]]:
        """Ask REST for all that is open, and take it in: what tells whether one was listed, and what was not read."""
        raise NotImplementedError

    def _take_in(self, one: H, state: Any) -> bool:
        """Ask REST for one, and take it in; False when the exchange does not know it."""
        raise NotImplementedError

    def _is_named(self, one: H) -> bool:
        """Tell whether the exchange has told its id, so that it cannot be on its way any more."""
        raise NotImplementedError

    def _is_gone(self, one: H) -> None:
        """Note that the exchange does not know it any more."""
        raise NotImplementedError

    def _is_late(self, one: H, state: Any) -> bool:  # noqa: ARG002
        """Tell whether it can no longer reach the exchange; then that is noted."""
        return False

    # -- life ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Subscribe, and ask for what is open already. All of it or nothing."""
        for path, listener in self._on_paths.items():
            self._listeners.add(path, listener)  # first, so that no loss goes unseen
        try:
            self._told_by = self._subscribe()
            self._subscriptions += self._told_by
            self._prepare()
            self._jobs.start()
        except BaseException:
            self.manager.close("it could not be subscribed")
            raise
        self.seed()
        self.is_ready = True

    def check(self) -> None:
        """Close the manager when its subscription has ended: it must not look alive."""
        ended = next((one for one in self._told_by if one.is_closed), None)
        if ended is not None and not self.manager.is_closed:
            self.manager.close(f"its subscription has ended: {ended.failure or 'unsubscribed'}")

    def lost(self, reason: str, path: str = "") -> None:
        """Note that a link is down: from now on something may be missed."""
        with self._lock:
            self._down.add(path)
            self._era += 1
            self.manager.mark_synced(False, reason, for_good=not self._can_ask)

    def restored(self, path: str = "") -> None:
        """Note that the stream goes on; what REST said before may be older than its first push."""
        with self._lock:
            self._down.discard(path)
            self._era += 1
        self.seed()

    def close(self) -> None:
        """Stop feeding; called by the manager's close."""
        for path, listener in self._on_paths.items():
            self._listeners.remove(path, listener)
        self._jobs.stop()
        for subscription in self._subscriptions:
            subscription.unsubscribe()
        self._jobs.join(_JOIN_S)

    # -- what is to be done ------------------------------------------------------------------------------------------

    def seed(self) -> None:
        """Have what is open fetched, soon. Where it cannot be asked for, a hole stays: not ``synced``."""
        if self._can_ask:
            self._jobs.add(_SEED, self._fetch_open, 0.0)

    def settle(self, one: H, is_open: Callable[[], bool] = lambda: True) -> None:
        """Have one looked up, soon, until it is known what became of it.

        ``is_open``: whether the question still is, when its turn comes.
        """
        if self._can_ask:
            key = ("settle", one)
            self._jobs.add(key, lambda attempt: self._look_up(one, attempt) if is_open() else None, _FIRST_LOOK_S)

    def row_lost(self, reason: str) -> None:
        """Have REST asked again: a row of the stream could not be read, and what REST said before may be older."""
        with self._lock:
            self._era += 1
            if not self._can_ask:
                self.manager.mark_synced(False, reason, for_good=True)
            elif _SEED not in self._jobs:
                self._jobs.add(_SEED, self._fetch_open, _REPAIR_S)

    # -- on the thread of its own --------------------------------------------------------------------------------------

    def _failed(self, key: tuple[str, object], attempt: int, error: Exception) -> float | None:
        """Return when a job that could not be done is tried again, and tell of it."""
        if isinstance(error, StreamClosed):
            self._jobs.stop()
        elif not isinstance(error, OkxError):  # a bug of ours must not end the thread
            log.error("%s: %s failed", self._what, key[0], exc_info=error)
        if self._jobs.is_stopping:
            return None
        unread = isinstance(error, DecodeError)
        tell: Callable[[Any], None] = self.manager.not_read if unread else self._reporter.error
        tell(error)
        if key == _SEED:
            self.manager.mark_synced(False, f"the open {self._what} could not be read: {error}")
        return max(0.1, self._backoff.delay(attempt))

    def _fetch_open(self, attempt: int) -> float | None:
        """Take in what is open, and look up what should be listed there and is not.

        Seconds until that is to be done again, since not all could be read; None otherwise.
        """
        era = self._era
        expected = self.manager.open
        is_listed, unread = self._take_in_open()
        lost = list(unread)
        for one in expected:
            if era != self._era:
                break  # a link was lost meanwhile: all of it is read anew
            if one.is_open and not is_listed(one) and not self._is_given_up(one):
                try:
                    if self._look_up(one, 1) is not None:
                        self.settle(one)
                except DecodeError as error:
                    lost.append(error)
        for problem in lost:
            self.manager.not_read(problem)
        with self._lock:
            if era == self._era and not self._down and not lost:
                self.manager.mark_synced(True)
        return max(_UNREAD_S, self._backoff.delay(attempt)) if lost else None

    def _is_given_up(self, one: H) -> bool:
        """Tell whether the exchange was asked for one as often as it is: it need not be asked after each loss again."""
        is_unknown = one.snapshot().status == "unknown" and one not in self._from_before
        return is_unknown and self._misses[one] >= _LOOKS

    def _look_up(self, one: H, attempt: int) -> float | None:
        """Take in what the exchange says of one. Seconds until it is to be asked again, None when it is not."""
        state = one.snapshot()
        if state.is_done:
            return None
        try:
            if self._take_in(one, state):
                self._misses.pop(one, None)
                return None
            self._misses[one] += 1
        except (OkxApiError, ConfigError) as error:
            if error.retryable or state.status != "unknown":
                raise
            if attempt == 1:  # its instrument is gone, say: it stays in doubt, and keeps none of the others so
                self._reporter.error(error)
            return pause_s(_FIRST_LOOK_S, attempt) if attempt < _LOOKS else None
        if self._is_named(one) and one not in self._from_before:
            if attempt >= _LOOKS_KNOWN:
                self._is_gone(one)
                return None
        elif self._is_late(one, state):
            return None
        elif attempt >= _LOOKS:
            log.warning("%s: no answer came for %s, and the exchange does not know it", self._what, state)
            return None
        return pause_s(_FIRST_LOOK_S, attempt)


class MadeFeed(Generic[F]):
    """Base of what makes the one feed of a client when its manager is first asked for.

    Args:
        paths: Of its streams.
        parts: The client's.
    """

    def __init__(self, paths: Sequence[str], parts: ClientParts) -> None:
        self._paths = paths
        self._parts = parts
        self._making = SingleFlight(parts.clock)
        self._feed: F | None = None

    def _made_once(self, what: str, make: Callable[[], R]) -> R:
        return self._making.run(what, make, self._parts.timeout_s, can_wait=self._can_wait)

    def _can_wait(self) -> bool:
        """Return False on a thread that reads what the others wait for."""
        links = map(self._parts.links.find, self._paths)
        return not any(link is not None and link.is_own_thread for link in links)

    def tick(self) -> None:
        """End a manager whose subscription has ended: it must not look alive. About twice a second."""
        if (feed := self._feed) is not None:
            feed.check()


class _OfPath(LinkListener):
    """Hears of one link, of several on which a manager depends."""

    def __init__(self, feed: ManagerFeed[Any], path: str) -> None:
        self._feed = feed
        self._path = path

    def lost(self, reason: str) -> None:
        """Pass it on with the path."""
        self._feed.lost(reason, self._path)

    def restored(self) -> None:
        """Pass it on with the path."""
        self._feed.restored(self._path)
