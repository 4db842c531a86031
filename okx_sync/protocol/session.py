"""The conversation on one physical socket, without I/O: login, asks, acks, refusals.

States and transitions are a table, see ``session_state``. The caller feeds events in and gets *outcomes* back (what
happened) and *frames* (what to send now). All methods are called under the link's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from okx_sync.errors import OkxError, SubscriptionError
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Ack, ConnCount, Event, Failure, LoggedIn, Notice
from okx_sync.protocol.link_events import (
    Broken,
    Confirmed,
    LoginDone,
    LoginRefused,
    Outcome,
    Refused,
    Restart,
    Trouble,
)
from okx_sync.protocol.pending import Ask, Op, PendingAsks, RequestIds
from okx_sync.protocol.session_limits import SessionLimits
from okx_sync.protocol.session_state import TRANSITIONS, State, Step
from okx_sync.protocol.socket_topics import SocketTopics
from okx_sync.timing import RateBucket

__all__ = ["Session"]

_IN_TURN: Final[tuple[tuple[Op, tuple[str, ...]], ...]] = (
    ("unsubscribe", ("unsubscribe", "renew")),
    ("subscribe", ("subscribe",)),
)
"""The requests in the order in which they go out, and what is planned for the topics of each."""

_MAX_TRIES = 3  # how often one socket asks for one topic before it gives up


class Session(SessionLimits):
    """One socket's conversation.

    Args:
        login_frame: Makes a freshly signed login request; None when there are no credentials.
        budget: Counts login, subscribe and unsubscribe requests.
        ack_s: Seconds that an ack may take.
        topics: An empty table, which knows how many topics fit.
    """

    def __init__(
        self,
        dialect: Dialect,
        ids: RequestIds,
        budget: RateBucket,
        *,
        login_frame: Callable[[], str] | None = None,
        ack_s: float = 10.0,
        topics: SocketTopics | None = None,
    ) -> None:
        super().__init__(budget, SocketTopics(dialect) if topics is None else topics)
        self.is_authenticated = False
        self._dialect = dialect
        self._ids = ids
        self._login_frame = login_frame
        self._ack_s = ack_s
        self._asks = PendingAsks(dialect, ack_s)
        self._alone: dict[Topic, None] = {}  # topics that must be asked one by one, to learn which one is bad
        self._tries: dict[Topic, int] = {}
        self._again: dict[Topic, float] = {}  # topics to ask again, and when
        self._hold_until = 0.0  # after "too many requests" nothing is asked before this
        self._login_deadline: float | None = None

    # -- life --------------------------------------------------------------------------------------------------

    def opened(self, topics: Iterable[Topic], *, login: bool, now: float) -> list[str]:
        """Log in if asked to, and plan to restore ``topics``: the handshake is done. Returns the frames to send."""
        wanted = list(topics)
        self._replay = set(self.topics.fitting(wanted))
        self._repairs.update(wanted)
        for topic in wanted:  # in the order in which they were wished for
            self._todo[topic] = "subscribe"
        self._step("opened_to_login" if login else "opened")
        return self._login(now) if login else self.frames(now)

    def log_in(self, now: float) -> list[str]:
        """Log in on a socket that is open already. No-op when that is done or under way."""
        if self.is_authenticated or self.state is not State.READY:
            return []
        self._step("login_asked")
        return self._login(now)

    def closed(self) -> None:
        """Close the conversation: the socket is gone, and nothing that it still brings counts."""
        self._step("closed")

    def _step(self, step: Step) -> None:
        try:
            self.state = TRANSITIONS[self.state, step]
        except KeyError:
            raise RuntimeError(f"a session that is {self.state.value} cannot take the step {step!r}") from None

    def _login(self, now: float) -> list[str]:
        if self._login_frame is None:
            raise RuntimeError("a login was planned without credentials")
        self._budget.try_take()
        self._login_deadline = now + self._ack_s
        return [self._login_frame()]

    # -- wishes ------------------------------------------------------------------------------------------------

    def ask(self, topic: Topic, *, afresh: bool = False, repair: bool = False) -> None:
        """Plan to subscribe ``topic`` (again, if it is active: the exchange then sends a new snapshot).

        ``afresh``, and where the exchange refuses what is active: after an unsubscribe. ``repair``: of a state that is
        known to be wrong, which may use the requests that are kept back for that.
        """
        if repair:
            self._repairs.add(topic)
        is_there = self.topics.get(topic) in ("asked", "active") or self._todo.get(topic) in ("unsubscribe", "renew")
        if is_there and (afresh or not self._dialect.repeats):
            self.topics[topic] = "leaving"
            self._todo[topic] = "renew"
        else:
            self._todo[topic] = "subscribe"

    def leave(self, topic: Topic) -> None:
        """Plan to unsubscribe ``topic``; a plan to subscribe it is dropped instead."""
        self._settle(topic)
        if self.topics.get(topic) in ("asked", "active"):
            self._todo[topic] = "unsubscribe"
            self.topics[topic] = "leaving"
        elif self._todo.get(topic) in ("subscribe", "renew"):
            if topic in self.topics and not self._asks.is_open("unsubscribe", topic):
                self._todo[topic] = "unsubscribe"  # the one that was planned before has never been sent
            else:
                del self._todo[topic]

    def drop_plan(self, topic: Topic) -> bool:
        """Drop the plan to subscribe a topic that was never on this socket; True when there was one."""
        if self._todo.get(topic) != "subscribe" or topic in self.topics:
            return False
        self.leave(topic)
        return True

    def frames(self, now: float, *, collect: bool = False) -> list[str]:
        """Return the frames that may be sent now.

        Their topics are recorded as asked here, so send the frames under the same lock. The last of the budget, the
        reserve, is for repairs only.

        With ``collect``, used but at regular ticks, a part above the reserve is left as well: what is asked when few
        requests are left goes out together.
        """
        if self.state is not State.READY or now < self._hold_until or not self._todo:
            return []
        is_tight = self.topics.is_tight
        if is_tight and self._lacks_room():
            return []
        keep = self._reserve * 2 if collect else self._reserve
        only: set[Topic] | None = None
        if not self._budget.try_take(keep):  # the first one's: there may be thousands of topics to go through
            if not self._repairs or self._budget.shortage() is not None:
                return []
            only, keep = self._repairs & self._todo.keys(), 0
            if not only or not self._budget.try_take():
                return []
        out: list[str] = []
        for op, todo in _IN_TURN:
            topics = [topic for topic, one in self._todo.items() if one in todo and (only is None or topic in only)]
            if op == "subscribe" and (is_tight or len(topics) > 1):
                topics = list(self.topics.fitting(topics))
            for batch in self._requests(topics) if len(topics) > 1 else [topics] if topics else []:
                if out and not self._budget.try_take(keep):
                    return out
                out.append(self._request(op, batch, now))
        return out

    def _requests(self, topics: list[Topic]) -> list[list[Topic]]:
        """Return ``topics`` by request: together as far as one may carry them."""
        together = [topic for topic in topics if topic not in self._alone]
        return list(self._dialect.batches(together)) + [[topic] for topic in topics if topic in self._alone]

    def _request(self, op: Op, batch: list[Topic], now: float) -> str:
        """Return the frame of a request, which counts as sent from here on."""
        request_id = self._ids.next()
        self._asks.start(op, batch, request_id, now)
        for topic in batch:
            if self._todo.pop(topic, None) == "renew":
                self._todo[topic] = "subscribe"
            self._again.pop(topic, None)
            if op == "subscribe":
                self.topics[topic] = "asked"
        return self._dialect.ask_frame(op, batch, request_id)

    # -- what comes in -----------------------------------------------------------------------------------------

    def apply(self, event: Event, topic: Topic | None, now: float) -> list[Outcome]:
        """Take in a control event. ``topic`` is the one an ack's ``arg`` belongs to, as far as it is known."""
        if isinstance(event, Ack):
            agreed, failed = self._asks.topics_of(event, topic)
            outcomes = [outcome for one in agreed for outcome in self._acked(event.op, one, event.request_id)]
            return outcomes + [outcome for one in failed for outcome in self._excluded(one, event)]
        if isinstance(event, LoggedIn):
            if self.state is not State.LOGGING_IN:
                return []
            self._step("login_ok")
            self.is_authenticated = True
            self._login_deadline = None
            return [LoginDone()]
        if isinstance(event, Failure):
            return self._failed(event, now)
        if isinstance(event, Notice) and event.restart:
            return [Restart(event.message)]
        if isinstance(event, ConnCount) and event.exceeded:
            return self._terminated(event)
        return []

    def _acked(self, op: Op, topic: Topic, request_id: str | None) -> list[Outcome]:
        is_last_word = self._asks.close(op, topic, request_id)
        if op == "unsubscribe":
            if is_last_word and self.topics.get(topic) == "leaving":
                del self.topics[topic]
            return []
        if not is_last_word or self.topics.get(topic) != "asked":  # asked once more behind it, or left meanwhile
            return []
        self.topics[topic] = "active"
        self._settle(topic)
        return [Confirmed(topic)]

    def _settle(self, topic: Topic) -> None:
        """Forget what was kept of the way to a topic: it is active, left or refused."""
        self._again.pop(topic, None)
        self._alone.pop(topic, None)
        self._tries.pop(topic, None)
        self._replay.discard(topic)
        self._repairs.discard(topic)

    def _excluded(self, topic: Topic, ack: Ack) -> list[Outcome]:
        """Take in the ack of a whole request that excludes this topic."""
        if ack.op == "unsubscribe":
            return self._acked("unsubscribe", topic, ack.request_id)
        if not self._asks.close("subscribe", topic, ack.request_id) or self.topics.get(topic) != "asked":
            return []
        return self._refuse(topic, self._dialect.error("", ack.reason or "the exchange did not agree", topic.arg))

    def _terminated(self, event: ConnCount) -> list[Outcome]:
        """Take in that the exchange ended a counted channel after a normal ack: too many connections are on it."""
        outcomes: list[Outcome] = []
        for topic in [t for t in self.topics if t.channel == event.channel]:
            error = self._dialect.error(
                "channel-conn-count-error",
                f"{event.count} connections are on channel {event.channel}, more than the exchange allows",
                topic.arg,
            )
            outcomes += self._refuse(topic, error)
        return outcomes

    def _failed(self, failure: Failure, now: float) -> list[Outcome]:
        ask = self._asks.about(failure)
        if ask is not None and ask.op == "unsubscribe":
            for left in list(ask.open):
                self._acked("unsubscribe", left, failure.request_id)
            return []
        topic = self._culprit(failure, ask)
        if topic is None and self.state is State.LOGGING_IN and failure.request_id is None:
            return self._login_failed(failure)
        if topic is not None:
            outcomes = self._topic_failed(topic, failure, now)
            if ask is not None and self._dialect.all_or_nothing:
                self._put_back(ask, failure)
            return outcomes
        if ask is not None:
            return self._split(failure, ask, now)
        return [Trouble(self._dialect.error(failure.code, failure.message, failure.arg))]

    def _culprit(self, failure: Failure, ask: Ask | None) -> Topic | None:
        """Return the topic that a failure is about; None for a failure with an id that is not ours (any more)."""
        if ask is None and failure.request_id is not None:
            return None
        suspects = self._asks.suspects(ask)
        # While a login is under way an error without an id is about the login, unless it names a topic.
        if len(suspects) == 1 and (ask is not None or self.state is not State.LOGGING_IN):
            return suspects[0]
        return self._dialect.blame(failure, suspects)

    def _login_failed(self, failure: Failure) -> list[Outcome]:
        self._step("login_refused")
        error = self._dialect.error(failure.code, failure.message)
        return [LoginRefused(self._dialect.login_verdict(failure.code), error)]

    def _split(self, failure: Failure, ask: Ask, now: float) -> list[Outcome]:
        """Ask for the topics of a batch one by one: one of them is bad, and the exchange does not say which."""
        topics = list(ask.open)
        if self._dialect.subscribe_verdict(failure.code) == "backoff":  # about how often we ask: all again, later
            return [outcome for topic in topics for outcome in self._topic_failed(topic, failure, now)]
        self._alone |= dict.fromkeys(topics)
        self._put_back(ask, failure)
        return []

    def _put_back(self, ask: Ask, failure: Failure) -> None:
        """Ask again for what is left of a request that was refused."""
        for topic in list(ask.open):
            if self._asks.close("subscribe", topic, failure.request_id) and self.topics.get(topic) == "asked":
                self._todo[topic] = "subscribe"

    def _topic_failed(self, topic: Topic, failure: Failure, now: float) -> list[Outcome]:
        if not self._asks.close("subscribe", topic, failure.request_id) or self.topics.get(topic) != "asked":
            return []
        error = self._dialect.error(failure.code, failure.message, topic.arg)
        verdict = self._dialect.subscribe_verdict(failure.code)
        if verdict == "relogin" and self._login_frame is not None:
            return [Broken(f"the exchange says {failure.code} {failure.message!r}")]
        if verdict in ("refuse", "relogin"):
            return self._refuse(topic, error)
        tries = self._tries[topic] = self._tries.get(topic, 0) + 1
        delay = min(2.0 ** min(tries - 1, 6), 60.0)
        if verdict == "retry" and tries > _MAX_TRIES:
            return [Broken(f"{topic} failed {tries} times: {error}")]
        if verdict == "backoff":
            self._hold_until = now + delay
        self._again[topic] = now + delay
        return []

    def _refuse(self, topic: Topic, error: OkxError) -> list[Outcome]:
        self.topics.pop(topic, None)
        self._todo.pop(topic, None)
        self._settle(topic)
        return [Refused(topic, error)]

    # -- time --------------------------------------------------------------------------------------------------

    def tick(self, now: float) -> list[Outcome]:
        """Act on deadlines: a login or an ack that does not come, and topics whose retry is due."""
        if self._login_deadline is not None and now >= self._login_deadline:
            self._login_deadline = None
            return [Broken(f"no answer to the login within {self._ack_s:g} s")]
        for topic in [t for t, at in self._again.items() if at <= now]:
            del self._again[topic]
            self._todo[topic] = "subscribe"
        outcomes: list[Outcome] = []
        for ask in self._asks.expire(now):
            outcomes += self._unanswered(ask)
        return outcomes

    def _unanswered(self, ask: Ask) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for topic in ask.open:
            if ask.op == "unsubscribe" or self.topics.get(topic) != "asked":
                if self.topics.get(topic) == "leaving":
                    del self.topics[topic]
                continue
            tries = self._tries[topic] = self._tries.get(topic, 0) + 1
            if tries < _MAX_TRIES:
                self._alone[topic] = None
                self.ask(topic)
                continue
            error = SubscriptionError(
                f"no answer to the subscribe of {topic}, asked {tries} times",
                arg=topic.arg,
                retryable=True,
                hint="the exchange neither agreed nor refused; try again later",
            )
            outcomes += self._refuse(topic, error)
        return outcomes

    @property
    def is_settled(self) -> bool:
        """True once every topic that this socket had to restore was acked or refused."""
        return self.state is State.READY and not self._replay

    def describe(self) -> dict[str, Any]:
        """Return plain facts for ``status()``."""
        return {"state": self.state.value, "topics": {str(t): s for t, s in self.topics.items()}}
