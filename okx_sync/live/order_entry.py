"""Order operations over a stream: paced on our side, sent once, matched to their own reply, never repeated blindly.

The words of an exchange come as :class:`StreamOp`; instruments, limits and the REST client are handed in. What follows
a failure is what follows it over REST: certainly not sent, refused, or unknown.

Which way an operation goes: by REST where no stream has it; else on the stream. Where ``refusals`` are given it goes by
REST after all when it is certain that the stream did not take it: its link is down (or not up in half of the call's
time) and nothing was sent, or the exchange said that this key may not send there; then the next of its kind goes by
REST at once. Nothing is sent by both ways.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from okx_sync.errors import (
    ConfigError,
    ConnectionLost,
    DecodeError,
    OkxAuthError,
    OkxError,
    OkxRateLimitError,
    OkxTimeoutError,
    OkxWebSocketError,
    StreamClosed,
)
from okx_sync.live.instrument_codes import InstrumentCodes
from okx_sync.live.links import Links
from okx_sync.live.order_request import OrderRequest, check_dry_run
from okx_sync.live.order_times import OrderTimes
from okx_sync.live.orders_by_rest import ByRest, OrdersByRest, settle
from okx_sync.live.stream_op import StreamOp
from okx_sync.logs import get_logger
from okx_sync.protocol.events import StreamReply as SocketReply
from okx_sync.protocol.write_guard import STREAM, WriteGuard
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import Reply, RestDialect
from okx_sync.rest.journaling import Journaling, JournalWriter
from okx_sync.rest.limits import Charge, Limiter
from okx_sync.rest.order_check import OrderChecker
from okx_sync.timing import Clock, Deadline, not_negative
from okx_sync.transport.link import Link

__all__ = ["OrderEntry"]

log = get_logger("client")

_MOST_CHARGED = 4096
_OWN_OPTIONS = ("wait", "timeout")  # of every operation, besides the parameters of its twin


class _ByRestInsteadError(Exception):
    """The stream did not take it for certain, and it is to go by REST. The text says why."""


class OrderEntry:
    """Carries out order operations. Safe from any number of threads; no lock is held while one waits.

    Args:
        ops: The operations by their word.
        dialect: REST's, for limits, verdicts and errors.
        codes: Instrument numbers.
        by_rest: Carries out an endpoint with parameters by wire name; None where nothing does.
        timeout_s: Seconds allowed for a whole call.
        rest_fallback: Whether REST is tried when an instrument's number is refused; None where no exchange has numbers,
            and calls cannot say it either.
        refusals: Codes by which the exchange says that this key may not send on the stream; None where what the stream
            did not take is not sent by REST.
        beside: What each operation takes from limits of the socket, besides those of its twin.
        journal: Where orders are written down before they are sent on a stream; None for none.
        checker: Checks orders before they are sent on a stream; None for none. What goes by REST is checked there.
    """

    def __init__(
        self,
        ops: Mapping[str, StreamOp],
        links: Links,
        dialect: RestDialect,
        limiter: Limiter,
        clock: Clock,
        guard: WriteGuard,
        codes: InstrumentCodes,
        by_rest: ByRest | None,
        *,
        timeout_s: float,
        rest_fallback: bool | None = False,
        refusals: Collection[str] | None = None,
        beside: Sequence[Charge] = (),
        journal: JournalWriter | None = None,
        checker: OrderChecker | None = None,
    ) -> None:
        self._ops = ops
        self._links = links
        self._dialect = dialect
        self._can_sign = dialect.can_sign
        self._limiter = limiter
        self._clock = clock
        self._guard = guard
        self._codes = codes
        self._by_rest = None if by_rest is None else OrdersByRest(by_rest, dialect, clock)
        self._timeout_s = timeout_s
        self._takes_option = by_rest is not None and rest_fallback is not None
        self._rest_fallback = bool(rest_fallback)
        self._refusals = refusals if by_rest is not None else None
        self._beside = beside
        self._journaling = None if journal is None else Journaling(journal, dialect)
        self._checker = checker
        # What requests take from the limits, by operation and what it is counted by; worked out anew at worst.
        self._charged: dict[tuple[Any, ...] | None, list[Charge]] = {}
        self.times = OrderTimes()
        # Guards the three below; nothing is sent or awaited under it.
        self._lock = threading.RLock()
        self._ups: dict[str, Future[None]] = {}  # path -> done once it was up and logged in for the first time
        self._was_up: set[str] = set()  # paths that were
        self._refused: set[str] = set()  # operations that the stream does not take from this key

    def load(self) -> None:
        """Work out what orders are made of, which the first of a kind would wait for. Nobody is asked."""
        for op in self._ops.values():
            if op.twin.action is not None:
                op.twin.load()

    def prepare(self, word: str, inst_ids: Sequence[str], timeout: float | None) -> None:
        """Connect, log in and look up instruments, so that the first operation ``word`` need not wait for that."""
        for inst_id in inst_ids:
            self._codes.code(inst_id)
        link = self._link(self._ops[word], wait=True)
        if link is not None:
            self._bring_up(link, Deadline(self._timeout_s if timeout is None else timeout, self._clock))

    def run(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Carry out the operation ``word``.

        ``options``: the twin's parameters by name, and ``wait``, ``timeout``, ``rest_fallback``. Returns what the twin
        returns, or without ``wait`` a future of it.
        """
        wait, began = options.pop("wait", True), self._clock.monotonic()
        request = self._checked(word, args, options, wait)
        link, frame = request.link, request.frame
        try:
            is_up = link is not None and link.name in self._was_up and link.is_connected
            if link is None or frame is None or not (is_up or self._can_send(request, link)):
                return self._sent_by_rest(request) if wait else self._by_rest_later(request)
            if self._checker is not None:
                request.room = self._checker.before(request.op.twin, request.params)
            left = self._limiter.take_before(request.charges, request.deadline, word, self._dialect.environment)
            request.at = call_rules.SentAt.now(self._clock)
            if self._journaling is not None:
                request.orders = self._journaling.before(request.op.twin, request.params, request.at.ms)
            reply = link.request(frame, left)
            request.sent = sent = self._clock.monotonic()
            self.times.intent_to_sent.add(int((sent - began) * 1_000_000), sent)
            return self._await(request, reply, left) if wait else self._later(request, reply)
        except OkxError as error:
            self._write_failure(request, error)
            error.add_note(f"in {word} {'by REST' if link is None else f'on the path {link.name}'}")
            raise

    def check(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what :meth:`run` would raise before it connects. Nothing is sent."""
        self._checked(word, args, options, wait=True)

    def _checked(self, word: str, args: tuple[Any, ...], options: dict[str, Any], wait: bool) -> OrderRequest:
        """Return what is to be sent, checked whole."""
        op = self._ops[word]
        if self._guard.read_only:
            self._guard.check_read_only(STREAM, word)
        timeout = options.pop("timeout", None)
        deadline = Deadline(self._timeout_s if timeout is None else not_negative(timeout), self._clock)
        fallback = self._rest_fallback
        if self._takes_option:
            given = options.pop("rest_fallback", None)
            if given is not None and not isinstance(given, bool):
                raise ConfigError(f"rest_fallback cannot be {given!r}", hint="True or False")
            fallback = fallback if given is None else given
        params, fields = op.twin.to_wire(op.twin.bind(args, options, also=_OWN_OPTIONS))
        if op.twin.is_filled:
            params = call_rules.filled(op.twin, params)
        link = self._link(op, wait)
        frame = None if op.path is None else op.frame(params, fields, self._codes.code)
        link = None if frame is None else link
        if link is None and self._by_rest is None:
            raise ConfigError(f"the stream has no such {word}, and nobody says where REST is", hint="give rest_url=")
        if self._guard.dry_run:
            sent = () if link is None or frame is None else (op.word, frame("dryrun"))
            check_dry_run(self._guard, self._dialect, op.twin, params, self._checker, *sent)
        return OrderRequest(op, params, fields, link, frame, self._charges(op, params), deadline, fallback)

    def _charges(self, op: StreamOp, params: Mapping[str, Any]) -> list[Charge]:
        """Return what a request takes from the limits; orders of one instrument take the same again and again."""
        twin = op.twin
        key = None if twin.rows_name is not None else (op.word, *map(params.get, twin.counted))
        found = self._charged.get(key)
        if found is None:
            found = [*call_rules.charges(self._dialect, twin, params), *self._beside]
            if key is not None and len(self._charged) < _MOST_CHARGED:
                self._charged[key] = found
        return found

    def close(self) -> None:
        """Wait a little for REST calls under way."""
        if self._by_rest is not None:
            self._by_rest.close()

    # -- before it is sent ---------------------------------------------------------------------------------------

    def _link(self, op: StreamOp, wait: bool) -> Link | None:
        """Return the link on which it goes; None where it goes by REST."""
        if not self._can_sign:
            raise OkxAuthError(
                f"{op.word} needs a login, and this client has no credentials",
                environment=self._dialect.environment,
                hint="give the Config credentials=, for example Credentials.from_env()",
            )
        if op.path is None or op.word in self._refused:
            return None
        link = self._links.get(op.path)
        if wait and link.is_own_thread:
            raise ConfigError(
                "an inline callback cannot wait for a reply: it runs on the thread that would read it",
                hint="use wait=False, or a callback without inline=True",
            )
        return link

    def _can_send(self, request: OrderRequest, link: Link) -> bool:
        """Connect where that is to be done; False where nothing can be sent on its path, and REST is to carry it out.

        Raises what keeps the link from being up, where REST is not meant to.
        """
        deadline = request.deadline
        if self._refusals is not None:
            deadline = Deadline((deadline.left() or 0.0) / 2, self._clock)  # the rest is REST's
        try:
            self._bring_up(link, deadline)
        except OkxError as error:
            if self._refusals is None:
                raise
            if error.code in self._refusals:
                self._give_up(request, error)
            elif isinstance(error, StreamClosed) or not isinstance(error, OkxWebSocketError | OkxTimeoutError):
                raise
            else:
                log.warning("%s goes by REST: %s", request.op.word, error)
            return False
        return True

    def _give_up(self, request: OrderRequest, refusal: OkxError) -> None:
        """Send no such operation on the stream any more."""
        log.warning("%s goes by REST from now on: the stream does not take it (%s)", request.op.word, refusal)
        with self._lock:
            self._refused.add(request.op.word)

    def _bring_up(self, link: Link, deadline: Deadline) -> None:
        """Connect and log in for the first operation on a path; after that nobody waits for a link that is down."""
        with self._lock:
            up = self._ups.get(link.name)
            if up is None and (link.is_connected or not link.is_started):
                up = self._ups[link.name] = link.log_in()
        if up is not None and not link.is_own_thread:
            try:
                self._links.wait_up(up, link.name, deadline.left() or 0.0)
            except OkxError:
                if up.done():  # the login was refused: the next one tries again
                    with self._lock:
                        self._ups.pop(link.name, None)
                raise
            with self._lock:
                self._was_up.add(link.name)
        if link.failure is not None:
            raise link.failure
        if not link.is_connected:
            reason = self._links.latest_reason(link.name)
            raise ConnectionLost(
                f"the {link.name} link is not connected ({reason}); nothing was sent",
                environment=self._dialect.environment,
                retryable=True,
                hint="the client is reconnecting: try again after the state event 'connected'",
            )

    # -- after it was sent ---------------------------------------------------------------------------------------

    def _await(self, request: OrderRequest, reply: Future[SocketReply], left: float) -> Any:
        try:
            # Not before the deadline that the link has, which began a little earlier.
            answer: SocketReply | BaseException = Deadline(left, self._clock).wait_for(reply)
        except OkxError as error:
            answer = error
        except TimeoutError:
            # A reply that comes from here on is reported as one that nobody waits for. The code below waits for one
            # that is just being handed over.
            assert request.link is not None
            request.link.expire_calls()
            answer = reply.exception() or reply.result()
        try:
            return self._result(request, answer)
        except _ByRestInsteadError as why:
            log.warning("%s: %s; sending it by REST", request.op.word, why)
            self._write_failure(request, why)
            return self._sent_by_rest(request)

    def _later(self, request: OrderRequest, reply: Future[SocketReply]) -> Future[Any]:
        later: Future[Any] = Future()
        later.set_running_or_notify_cancel()  # what is sent cannot be called back by cancelling its future

        def arrived(_: Future[SocketReply]) -> None:
            try:
                answer = reply.exception() or reply.result()
                noted = partial(self._write_failure, request)  # before anybody hears of it
                settle(later, lambda: self._result(request, answer), passing=_ByRestInsteadError, failed=noted)
            except _ByRestInsteadError as why:  # not on this thread, which reads the socket
                log.warning("%s: %s; sending it by REST", request.op.word, why)
                self._by_rest_later(request, later, f"{why}; it was not sent by REST")

        reply.add_done_callback(arrived)
        return later

    def _result(self, request: OrderRequest, answer: SocketReply | BaseException) -> Any:
        """Judge the answer, or its absence: the result is returned or raised."""
        twin = request.op.twin
        if not isinstance(answer, BaseException):
            if (sent := request.sent) is not None:  # else its thread has not come to say so yet
                self.times.sent_to_answer.add(int(((now := self._clock.monotonic()) - sent) * 1_000_000), now)
            reply = request.op.read(answer)
        elif isinstance(answer, OkxError) and answer.code is not None:  # refused by an error event
            reply = Reply(False, answer.code, answer.message, [])
        elif isinstance(answer, ConnectionLost) and answer.retryable:
            if self._refusals is not None:
                raise _ByRestInsteadError("the link went down before anything was sent")
            raise answer  # the socket was gone before anything could be sent
        elif isinstance(answer, OkxError):
            answer.environment = self._dialect.environment
            raise call_rules.lost(self._dialect, twin, request.params, answer, sent=request.at) from answer
        else:
            raise answer
        outcome = call_rules.settled(self._dialect, twin, request.params, reply, request.at)
        if outcome is not reply:
            self._learn(request, reply)
        if not isinstance(outcome, Reply):
            raise outcome
        if self._journaling is not None:
            self._journaling.answered(request.orders, outcome)
        if request.room is not None:
            request.room.answered(outcome)
        try:
            return twin.decode(outcome, request.params)
        except DecodeError as unread:  # accepted, but nobody can say what
            raise call_rules.lost(self._dialect, twin, request.params, unread, sent=request.at) from unread

    def _write_failure(self, request: OrderRequest, error: BaseException) -> None:
        """Write down what an error tells of a request; REST, where it is to take it after all, writes it anew."""
        if self._journaling is not None:
            self._journaling.failed(request.orders, error, certain=_ByRestInsteadError)
        self.times.has_failed(request.sent, error)
        request.orders = ()
        if request.room is not None:
            if isinstance(error, _ByRestInsteadError):
                request.room.withdraw()
            else:
                request.room.failed(error)

    def _learn(self, request: OrderRequest, reply: Reply) -> None:
        """Learn from refusals: after "too many" the next calls wait, and an instrument's number may have changed.

        Raises ``_ByRestInsteadError`` where REST is to be tried for that, and where the stream takes no such operation
        from this key.
        """
        verdicts = [self._dialect.row_refusal(row) for row in reply.rows]
        if not reply.ok:
            verdicts.append((reply.code, reply.message))
        errors = [self._dialect.error(*one, status=None, rows=[]) for one in verdicts if one]
        if any(isinstance(error, OkxRateLimitError) for error in errors):
            self._limiter.pause(*call_rules.pause_of(request.charges, None))
        if request.op.refuses_code(reply):
            for inst_id in request.op.instruments(request.params):
                self._codes.doubt(inst_id)  # numbers change when an instrument is listed anew
            if request.rest_fallback:
                raise _ByRestInsteadError("the exchange refused the instrument's number")
        if self._refusals is not None and not reply.ok and reply.code in self._refusals:
            error = self._dialect.error(reply.code, reply.message, status=None, rows=[])
            self._give_up(request, error)
            raise _ByRestInsteadError(f"this key may not send it on the stream ({reply.code})")

    def _sent_by_rest(self, request: OrderRequest) -> Any:
        """Send an order by REST, with its ids: nothing of it was accepted elsewhere."""
        assert self._by_rest is not None
        return self._by_rest.run(request.op.twin, request.params, request.fields, request.deadline.left())

    def _by_rest_later(
        self, request: OrderRequest, later: Future[Any] | None = None, not_begun: str = "nothing was sent"
    ) -> Future[Any]:
        assert self._by_rest is not None
        if later is None:
            later = Future()
            later.set_running_or_notify_cancel()
        self._by_rest.run_later(lambda: self._sent_by_rest(request), later, not_begun)
        return later
