"""Carrying out endpoints: pacing, repeating what may be repeated, setting the clock, verdicts per order.

One runner belongs to one account at one place and may be used from any number of threads: they share its
connections, its rate limits and its idea of the server's clock.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync import logs
from okx_sync.errors import ConfigError, DecodeError, OkxAuthError, OkxError, OkxRateLimitError, OrderStatusUnknown
from okx_sync.models import Row
from okx_sync.rest.caller import Caller, Route
from okx_sync.rest.dialect import Call, Reply, RestDialect
from okx_sync.rest.endpoint import Endpoint, Options
from okx_sync.rest.limits import Charge, Limiter, Rule
from okx_sync.rest.plan import Plan
from okx_sync.rest.values import json_body, query_string, wire_value
from okx_sync.timing import Backoff, Clock

__all__ = ["Runner"]

log = logs.get_logger("rest")

_NOTABLE_DRIFT_S = 1.0
_CLOCK_TRIES = 3
# For endpoints that are not declared: a pace that most of OKX's and other exchanges' rules allow.
_UNDECLARED = Rule.parse("10/2s user")


class Runner:
    """Carries out the endpoints of one dialect. Close it when done; closing is idempotent.

    Parameters: ``dialect`` of the exchange; ``route`` to it; ``clock``, shared with the streams so that both
    know the server's time; ``limiter``, to be shared by clients of the same account; ``backoff`` between tries.
    """

    def __init__(
        self,
        dialect: RestDialect,
        route: Route | None = None,
        *,
        clock: Clock | None = None,
        limiter: Limiter | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        self._dialect = dialect
        self.clock = clock or Clock()
        self._limiter = limiter or Limiter(self.clock)
        self._backoff = backoff or Backoff(first_s=0.3, cap_s=5.0)
        self._caller = Caller(dialect, route or Route(), self.clock)
        # Lets one thread measure the server's clock while the others wait for its result.
        self._clock_lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<Runner {self._dialect.environment}{' closed' if self._caller.closed else ''}>"

    def close(self) -> None:
        """Close the connections. Calls that are under way finish; later ones raise."""
        self._caller.close()

    # -- calls -----------------------------------------------------------------------------------------

    def run(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        """Carry out a declared endpoint and return what its annotation says."""
        params, headers = endpoint.to_wire(arguments)
        params = _filled(endpoint, params)
        reply = self.send(endpoint, params, headers)
        return endpoint.decode(reply, params)

    def request(self, endpoint: Endpoint | None, method: str, path: str, params: Any, auth: bool | None) -> list[Any]:
        """Carry out any endpoint, declared or not; the rows come back as they are on the wire."""
        spec = endpoint or _undeclared(method, path, isinstance(params, list | tuple), bool(auth))
        wire = wire_value("params", params) or {}
        if "rows" in spec.options:
            wire = {spec.options["rows"]: wire or []}
        return self.send(spec, _filled(spec, wire), {}, signed=auth).rows

    def send(
        self,
        endpoint: Endpoint,
        params: dict[str, Any],
        headers: Mapping[str, str],
        signed: bool | None = None,
    ) -> Reply:
        """Carry out an endpoint with parameters by wire name; the rows come back undecoded."""
        call = _call(endpoint, params, headers, endpoint.auth if signed is None else signed)
        charges = self._charges(endpoint, params)
        error: OkxError | None
        try:
            reply = self._until_done(call, charges, Plan(reading=call.method == "GET"))
        except _Unknown as unknown:
            error = self._lost(endpoint, params, unknown.error)
        except OkxError as known:
            known.add_note(f"in {call.method} {call.path}")
            raise
        else:
            error = self._refusal(endpoint, params, reply)
            if error is None:
                return reply
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
            outcome = self._caller.attempt(call)
            if isinstance(outcome, Reply):
                # The server looked at its clock somewhere in between: the middle is off by half a round trip.
                return self._server_time(outcome) - (began + self.clock.time()) / 2
            if Plan(reading=True, tries=_CLOCK_TRIES, attempt=attempt).next(outcome) != "repeat":
                raise outcome.error
            self.clock.sleep(self._backoff.delay(attempt))
            attempt += 1

    def _server_time(self, reply: Reply) -> float:
        try:
            return self._dialect.server_time(reply)
        except (LookupError, TypeError, ValueError):
            raise DecodeError(
                f"{self._dialect.time_path} told no time",
                text=str(reply.rows),
                environment=self._dialect.environment,
            ) from None

    # -- attempts --------------------------------------------------------------------------------------

    def _until_done(self, call: Call, charges: Sequence[Charge], plan: Plan) -> Reply:
        if call.signed and not self._dialect.can_sign:
            raise OkxAuthError(
                f"{call.method} {call.path} needs credentials",
                environment=self._dialect.environment,
                hint="give Config credentials=Credentials(...), .from_env() or .from_profile()",
            )
        while True:
            self._limiter.take(charges)
            offset_used = self.clock.offset_s
            outcome = self._caller.attempt(call)
            if isinstance(outcome, Reply):
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

    def _wait(self, call: Call, charges: Sequence[Charge], error: OkxError, attempt: int) -> None:
        delay = self._backoff.delay(attempt)
        if isinstance(error, OkxRateLimitError):
            tightest = [charge for charge in charges if charge.count == min(c.count for c in charges)]
            pause = error.retry_after or min(max((charge.per_s for charge in tightest), default=1.0), 10.0)
            # Holds back the other threads as well: each of their calls would be refused too. The wider
            # buckets (all orders of the account) stay open: it is rarely they that are full.
            self._limiter.pause(tightest, pause)
            delay = max(delay, pause)
        log.info("%s %s: trying again in %.1f s after: %s", call.method, call.path, delay, error)
        self.clock.sleep(delay)

    def _set_clock(self, offset_used: float) -> bool:
        with self._clock_lock:
            if self.clock.offset_s != offset_used:
                return True  # another thread measured it while this call was under way
            try:
                self.sync_clock()
            except OkxError as error:
                log.warning("%s: cannot read the server's clock: %s", self._dialect.environment, error)
                return False
            return True

    # -- what an endpoint adds -------------------------------------------------------------------------

    def _refusal(self, endpoint: Endpoint, params: Mapping[str, Any], reply: Reply) -> OkxError | None:
        """The error of a reply whose rows carry the verdict; None where all rows go to the caller."""
        if (reply.ok and not endpoint.judged) or endpoint.result[0] == "batch":
            return None
        for row in reply.rows:
            refused = self._dialect.row_refusal(row)
            if refused:
                error = self._dialect.error(*refused, status=None, rows=reply.rows)
                unknown = self._dialect.again(refused[0], 200) == "unknown"
                return self._lost(endpoint, params, error) if unknown else error
        return None

    def _lost(self, endpoint: Endpoint, params: Mapping[str, Any], error: OkxError) -> OkxError:
        if not endpoint.is_order:
            error.hint = "it may have been carried out: look before you repeat it"
            error.retryable = False
            return error
        rows = params[endpoint.options["rows"]] if "rows" in endpoint.options else [params]
        keys = self._dialect.order_keys
        orders = [{key: row[key] for key in keys if key in row} for row in rows]
        return OrderStatusUnknown(
            f"no answer to {endpoint.name}: {error.message}",
            clOrdId=orders[0].get(keys[-1], ""),
            orders=orders,
            code=error.code,
            environment=error.environment,
            hint="the order may be at the exchange: client.reconcile(error) looks it up; never repeat it blindly",
        )

    def _charges(self, endpoint: Endpoint, params: Mapping[str, Any]) -> list[Charge]:
        if "rows" not in endpoint.options:
            return self._charge_each(endpoint, endpoint.limits, [params])
        rows = params[endpoint.options["rows"]]
        alone = endpoint.options.get("one_as") if len(rows) == 1 else None
        rules = tuple(map(Rule.parse, alone)) if alone else endpoint.limits
        return self._charge_each(endpoint, rules, rows)

    def _charge_each(
        self, endpoint: Endpoint, rules: Sequence[Rule], rows: Sequence[Mapping[str, Any]]
    ) -> list[Charge]:
        charges: list[Charge] = []
        for rule in rules:
            who = self._dialect.account if rule.scope == "user" else ""
            # An endpoint may have several rules: each fills a bucket of its own.
            bucket = rule.bucket or f"{endpoint.method} {endpoint.path} {rule.count}/{rule.per_s:g}s"
            by = Counter(tuple(self._dialect.limit_value(name, row) for name in rule.by) for row in rows)
            charges += [
                Charge((bucket, self._dialect.base_url, who, *values), rule.count, rule.per_s, cost)
                for values, cost in by.items()
            ]
        return charges


class _Unknown(Exception):  # noqa: N818  not an error that leaves this file
    """Carries the error of a writing call whose outcome nobody knows."""

    def __init__(self, error: OkxError) -> None:
        super().__init__()
        self.error = error


def _filled(endpoint: Endpoint, params: dict[str, Any]) -> dict[str, Any]:
    """``params`` with ids for the orders that have none, and a batch of a size that the exchange takes."""
    rows = [params]
    if "rows" in endpoint.options:
        name = endpoint.options["rows"]
        rows = params[name]
        most = endpoint.options.get("max_rows")
        if not rows or (most and len(rows) > most):
            raise ConfigError(f"{name} must hold {f'1 to {most}' if most else 'at least 1'}, not {len(rows)}")
    for wire, make in endpoint.options.get("fill", {}).items():
        for row in rows:
            row.setdefault(wire, make())
    return params


def _call(endpoint: Endpoint, params: dict[str, Any], headers: Mapping[str, str], signed: bool) -> Call:
    if endpoint.method == "GET":
        binary = endpoint.options.get("binary", False)
        query = query_string(params)
        return Call("GET", endpoint.path, query=query, signed=signed, headers=headers, binary=binary)
    body = params[endpoint.options["rows"]] if "rows" in endpoint.options else params
    return Call(endpoint.method, endpoint.path, body=json_body(body), signed=signed, headers=headers)


def _any_rows() -> list[Row]:
    """Stands in for the method of an endpoint that is not declared."""
    raise NotImplementedError


def _undeclared(method: str, path: str, body_is_array: bool, auth: bool) -> Endpoint:
    if method.upper() not in ("GET", "POST"):
        raise ConfigError(f"method must be GET or POST, not {method!r}")
    if not path.startswith("/") or "?" in path:
        raise ConfigError(f"path must start with / and have no query, not {path!r}", hint="use params")
    options: Options = {"auth": auth, "rows": "rows"} if body_is_array else {"auth": auth}
    return Endpoint(method.upper(), path, (_UNDECLARED,), _any_rows, options)
