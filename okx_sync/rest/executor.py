"""Carrying out endpoints: pacing, repeating what may be repeated, setting the clock, verdicts per order.

One runner belongs to one account at one place and may be used from any number of threads: they share its
connections, its rate limits and its idea of the server's clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import define, evolve

from okx_sync import fork, logs
from okx_sync.dropped import tell_unclosed
from okx_sync.errors import ConfigError, DecodeError, OkxAuthError, OkxError, OkxRateLimitError
from okx_sync.protocol.write_guard import WriteGuard
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import Call, Reply, RestDialect
from okx_sync.rest.encoding import json_body, query_string, wire_value
from okx_sync.rest.endpoint import Endpoint, Options
from okx_sync.rest.hints import hinted
from okx_sync.rest.journaling import JournaledOrder, Journaling, JournalWriter
from okx_sync.rest.late_caller import LateCaller
from okx_sync.rest.limits import Charge, Limiter, RateLimit
from okx_sync.rest.order_check import OrderChecker
from okx_sync.rest.retry import CallFailure, RetryPolicy
from okx_sync.rest.route import Route
from okx_sync.rows import Row
from okx_sync.single_flight import SingleFlight
from okx_sync.timing import Backoff, Clock, Deadline

__all__ = ["Executor"]

log = logs.get_logger("rest")

_NOTABLE_DRIFT_S = 1.0
_PATH = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~%!$&'()*+,;=:@-]*)+")
_CLOCK_TRIES = 3
# For endpoints that are not declared: a pace that most of OKX's and other exchanges' rules allow.
_UNDECLARED = RateLimit.parse("10/2s user")


class Executor:
    """Carries out the endpoints of one dialect. Close it when done; closing is idempotent.

    Args:
        dialect: Of the exchange.
        route: To the exchange.
        clock: Shared with the streams, so that both know the server's time.
        limiter: To be shared by clients of the same account.
        backoff: Between tries.
        guard: Asked before anything is sent that is not declared as reading.
        on_refused: Sees the refusal of a reading call before it is raised, to better its hint.
    """

    def __init__(
        self,
        dialect: RestDialect,
        route: Route | None = None,
        *,
        clock: Clock | None = None,
        limiter: Limiter | None = None,
        backoff: Backoff | None = None,
        guard: WriteGuard | None = None,
        on_refused: Callable[[OkxError], None] | None = None,
    ) -> None:
        self._dialect = dialect
        self.clock = clock or Clock()
        self._guard = guard or WriteGuard()
        self._on_refused = on_refused
        self._limiter = limiter or Limiter(self.clock)
        self._of_all = call_rules.charges_of_all(dialect)
        self._backoff = backoff or Backoff(first_s=0.3, cap_s=5.0)
        self._caller = LateCaller(dialect, route or Route(), self.clock)
        fork.watch(self)
        self.journaling: Journaling | None = None
        self._checker: OrderChecker | None = None
        self._measuring = SingleFlight(self.clock)
        self._timeout_s = (route or Route()).timeout_s

    def __repr__(self) -> str:
        return f"<Executor {self._dialect.environment}{' closed' if self._caller.closed else ''}>"

    def tell_unclosed(self, client: str, end: Callable[[], object] = lambda: None) -> Callable[[], object]:
        """Warn when this is dropped, hence the client and its groups, while connections are kept; ``end()``, too.

        Returns what calls that off.
        """
        caller = self._caller

        def close() -> None:
            caller.close()
            end()

        name = f"<{client} {self._dialect.environment}>"
        return tell_unclosed(self, name, lambda: caller.was_used and not caller.closed, close).detach

    def write_down(self, journal: JournalWriter) -> None:
        """Write orders down in a journal before they are sent, from now on."""
        self.journaling = Journaling(journal, self._dialect)

    def check_orders(self, checker: OrderChecker) -> None:
        """Have orders checked before they are sent, from now on."""
        self._checker = checker

    def refuse(self) -> None:
        """Let no further call begin. Takes no lock: a signal handler may call it anywhere."""
        self._caller.refuse()

    def close(self) -> None:
        """Close the connections. Calls that are under way finish; later ones raise."""
        self._caller.close()

    # -- calls -----------------------------------------------------------------------------------------

    def run(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Carry out a declared endpoint and return what its annotation says."""
        params, headers = endpoint.to_wire(arguments)
        if endpoint.is_filled:
            params = call_rules.filled(endpoint, params)
        sent = call_rules.SentAt.now(self.clock)  # or a little later, when it waits for its turn
        return self._decoded(endpoint, params, endpoint.unpacked(self.send(endpoint, params, headers)), sent)

    def page(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> tuple[list[Any], Mapping[str, Any]]:
        """Carry out a declared listing: its rows, and what the answer says beside them."""
        params, headers = endpoint.to_wire(arguments)
        reply = endpoint.unpacked(self.send(endpoint, params, headers))
        return self._decoded(endpoint, params, reply), reply.beside

    def _decoded(
        self, endpoint: Endpoint, params: dict[str, Any], reply: Reply, sent: call_rules.SentAt | None = None
    ) -> Any:
        try:
            return endpoint.decode(reply, params)
        except DecodeError as error:
            if endpoint.reads:
                raise
            raise call_rules.lost(self._dialect, endpoint, params, error, sent=sent) from None

    def request(self, endpoint: Endpoint | None, method: str, path: str, params: Any, auth: bool | None) -> Reply:
        """Carry out any endpoint, declared or not; the rows of the answer are as they are on the wire."""
        reads = method.upper() == "GET" and path not in self._dialect.writing_gets
        is_array = isinstance(params, list | tuple)
        spec = endpoint or _undeclared(method, path, is_array, bool(auth), reads)
        takes_array = "rows" in spec.options and not spec.options.get("rows_inside", False)
        if params is not None and is_array != takes_array:
            raise ConfigError(f"params must be {'one mapping' if is_array else 'a list of mappings'} for {path}")
        wire = wire_value("params", params) or {}
        if takes_array:
            wire = {str(spec.rows_name): wire or []}
        reply = self.send(spec, call_rules.filled(spec, wire) if spec.is_filled else wire, {}, signed=auth)
        if reply.lost is not None:
            raise reply.lost  # a row as it came has no place for that
        return reply

    def send(
        self,
        endpoint: Endpoint,
        params: dict[str, Any],
        headers: Mapping[str, str],
        signed: bool | None = None,
        within: float | None = None,
    ) -> Reply:
        """Carry out an endpoint with parameters by wire name; the rows come back undecoded.

        Raises ``OkxTimeoutError`` where rate limits leave no room ``within`` so many seconds; nothing was sent then.
        """
        call = _call(self._dialect, endpoint, params, headers, endpoint.auth if signed is None else signed)
        self._admit(endpoint, call)
        room = None if self._checker is None or endpoint.reads else self._checker.before(endpoint, params)
        if self._guard.dry_run and not endpoint.reads:  # the last check: it ends a call that has passed all others
            if room is not None:
                room.withdraw()
            self._guard.check_dry_run(call.method, call.path, call.body)
        sent = _Sent(endpoint, params, None if endpoint.reads else self.journaling)
        try:
            reply = self._carried_out(call, within, sent)
        except BaseException as error:
            if sent.journaling is not None:
                sent.journaling.failed(sent.orders, error)
            if room is not None:
                room.failed(error)
            raise
        if sent.journaling is not None:
            sent.journaling.answered(sent.orders, reply)
        if room is not None:
            room.answered(reply)
        return reply

    def _carried_out(self, call: Call, within: float | None, sent: _Sent) -> Reply:
        endpoint, params = sent.endpoint, sent.params
        charges = call_rules.charges(self._dialect, endpoint, params)
        error: OkxError
        try:
            plan = RetryPolicy(reading=call.method == "GET" and endpoint.reads)
            deadline = None if within is None else Deadline(within, self.clock)
            if within is not None:
                plan = evolve(plan, longest_wait_s=min(within, plan.longest_wait_s))
            reply = self._until_done(call, charges, plan, sent, deadline)
        except _Unknown as unknown:
            error = call_rules.lost(self._dialect, endpoint, params, unknown.error, sent=sent.at)
        except OkxError as known:
            hinted(self._dialect, endpoint, params, known)
            known.add_note(f"in {call.method} {call.path}")
            if endpoint.reads and self._on_refused is not None:
                self._on_refused(known)
            raise
        else:
            outcome = call_rules.settled(self._dialect, endpoint, params, reply, sent.at)
            if isinstance(outcome, Reply):
                return outcome
            error = outcome
        error.add_note(f"in {call.method} {call.path}")
        raise error

    def sync_clock(self) -> float:
        """Measure how far the server's clock is ahead of ours; returns seconds and uses them from now on."""
        offset = self._measure(Call("GET", self._dialect.time_path))
        if abs(offset - self.clock.offset_s) > _NOTABLE_DRIFT_S:
            log.warning(
                "%s: the local clock is off by %+.1f s; calls are signed with the server's time",
                self._dialect.environment,
                -offset,
            )
        self.clock.offset_s = offset
        return offset

    def _measure(self, call: Call) -> float:
        attempt = 1
        while True:
            began = self.clock.time()
            outcome = self._attempt(call)
            if isinstance(outcome, Reply):
                # The server looked at its clock somewhere in between: the middle is off by half a round trip.
                return self._server_time(outcome) - (began + self.clock.time()) / 2
            if RetryPolicy(reading=True, tries=_CLOCK_TRIES, attempt=attempt).next(outcome) != "repeat":
                raise outcome.error
            self.clock.sleep(self._backoff.delay(attempt))
            attempt += 1

    def _server_time(self, reply: Reply) -> float:
        try:
            return self._dialect.server_time(reply)
        except (LookupError, TypeError, ValueError):
            raise DecodeError(
                f"the answer of {self._dialect.time_path} has no time",
                text=str(reply.rows),
                environment=self._dialect.environment,
            ) from None

    # -- attempts --------------------------------------------------------------------------------------

    def _admit(self, endpoint: Endpoint, call: Call) -> None:
        """Check whether a call may be sent by this client at all."""
        if not endpoint.reads:
            self._guard.check_read_only(call.method, call.path)
        if call.signed and not self._dialect.can_sign:
            raise OkxAuthError(
                f"{call.method} {call.path} needs credentials",
                environment=self._dialect.environment,
                hint="give Config credentials=Credentials(...), .from_env() or .from_profile()",
            )

    def _until_done(
        self, call: Call, charges: Sequence[Charge], plan: RetryPolicy, sent: _Sent, deadline: Deadline | None
    ) -> Reply:
        taken = [*charges, *self._of_all] if self._of_all else charges
        while True:
            self._check_stop()
            if deadline is None:
                self._limiter.take(taken)
            else:
                self._limiter.take_before(taken, deadline, f"{call.method} {call.path}", self._dialect.environment)
            offset_used = self.clock.offset_s
            sent.note(call_rules.SentAt.now(self.clock))
            outcome = self._attempt(call)
            if isinstance(outcome, Reply):
                if outcome.exhausted_s:
                    self._limiter.pause(call_rules.pause_of(charges, outcome.exhausted_s)[0], outcome.exhausted_s)
                return outcome
            step = plan.next(outcome)
            if plan.reading and outcome.again != "no":
                outcome.error.retryable = True
            if step == "unknown":
                raise _Unknown(outcome.error)
            if step == "raise" or (step == "clock" and not self._set_clock(offset_used)):
                raise outcome.error
            if step == "repeat":
                self._wait(call, charges, outcome.error, plan.attempt)
            plan = plan.after_clock() if step == "clock" else plan.after_repeat()

    def _attempt(self, call: Call) -> Reply | CallFailure:
        """Send a call once. Raises ``OkxRateLimitError`` where the exchange lets nothing of this address pass."""
        self._check_stop()  # it may have begun while this call waited for its turn
        outcome = self._caller.attempt(call)
        if isinstance(outcome, CallFailure) and outcome.stop_s:
            self._limiter.stop(self._dialect.base_url, outcome.stop_s)
            raise outcome.error
        return outcome

    def _check_stop(self) -> None:
        left = self._limiter.stopped_for(self._dialect.base_url)
        if left > 0:
            raise OkxRateLimitError(
                f"not sent: the exchange lets nothing of this address pass for {left:.0f} s more",
                environment=self._dialect.environment,
                retry_after=left,
                hint="wait; each call meanwhile may make it longer",
            )

    def _wait(self, call: Call, charges: Sequence[Charge], error: OkxError, attempt: int) -> None:
        delay = self._backoff.delay(attempt)
        if isinstance(error, OkxRateLimitError):
            # Holds back the other threads as well: each of their calls would be refused too.
            shut, pause = call_rules.pause_of(charges, error.retry_after)
            self._limiter.pause(shut, pause)
            delay = max(delay, pause)
        log.info("%s %s: trying again in %.1f s after: %s", call.method, call.path, delay, error)
        self.clock.sleep(delay)

    def _set_clock(self, offset_used: float) -> bool:
        """Measure the server's clock on one thread while the others wait for its result. False when that failed."""

        def measure() -> None:
            if self.clock.offset_s == offset_used:  # else another thread measured it while this call was under way
                self.sync_clock()

        try:
            self._measuring.run("the server's clock", measure, self._timeout_s)
        except OkxError as error:
            log.warning("%s: cannot read the server's clock: %s", self._dialect.environment, error)
            return False
        return True


@define
class _Sent:
    """What is sent, when it was sent last, and the orders that are written down for it."""

    endpoint: Endpoint
    params: dict[str, Any]
    journaling: Journaling | None
    at: call_rules.SentAt | None = None
    orders: Sequence[JournaledOrder] = ()

    def note(self, now: call_rules.SentAt) -> None:
        """Note that it is about to be sent: its orders are written down, and anew when the clock was set since.

        Raises ``JournalError``: it is not to be sent then.
        """
        before, self.at = self.at, now
        if self.journaling is None:
            return
        if before is None:
            self.orders = self.journaling.before(self.endpoint, self.params, now.ms)
        elif self.orders and abs(now.offset_s - before.offset_s) > _NOTABLE_DRIFT_S:
            orders, self.orders = self.orders, ()
            self.orders = self.journaling.anew(orders, now.ms)


class _Unknown(Exception):  # noqa: N818  not an error that leaves this file
    """Carries the error of a writing call whose outcome nobody knows."""

    def __init__(self, error: OkxError) -> None:
        super().__init__()
        self.error = error


def _call(
    dialect: RestDialect, endpoint: Endpoint, params: dict[str, Any], headers: Mapping[str, str], signed: bool
) -> Call:
    if endpoint.method == "GET":
        binary = endpoint.options.get("binary", False)
        query = query_string(params)
        return Call("GET", endpoint.path, query=query, signed=signed, headers=headers, binary=binary)
    is_array = "rows" in endpoint.options and not endpoint.options.get("rows_inside", False)
    body = params[str(endpoint.rows_name)] if is_array else params
    return Call(endpoint.method, endpoint.path, body=json_body(dialect.body(body)), signed=signed, headers=headers)


def _any_rows() -> list[Row]:
    """Stand in for the method of an endpoint that is not declared."""
    raise NotImplementedError


def _undeclared(method: str, path: str, body_is_array: bool, auth: bool, reads: bool) -> Endpoint:
    if method.upper() not in ("GET", "POST"):
        raise ConfigError(f"method must be GET or POST, not {method!r}")
    if not _PATH.fullmatch(path):  # what else is there would be escaped, or left out, behind the signature
        hint = "use params, and escape what is no letter" if "?" in path else "escape what is no letter"
        raise ConfigError(f"path must start with / and be a plain path without a query, not {path!r}", hint=hint)
    options: Options = {"auth": auth, "reads": reads}
    if body_is_array:
        options["rows"] = "rows"
    return Endpoint(method.upper(), path, (_UNDECLARED,), _any_rows, options)
