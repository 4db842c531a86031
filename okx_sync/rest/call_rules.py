"""What an endpoint adds to a call, whichever way it travels: ids filled in, charges, what rows and losses mean.

REST calls and order operations on streams are the same orders with the same limits, so both ask here. No I/O.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from attrs import evolve, frozen

from okx_sync import logs
from okx_sync.errors import ConfigError, DecodeError, OkxError, OrderStatusUnknown
from okx_sync.rest.batch_verdicts import Verdicts, is_plain, verdicts
from okx_sync.rest.dialect import Reply, RestDialect
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rest.hints import hinted
from okx_sync.rest.limits import Charge, RateLimit
from okx_sync.timing import Clock

__all__ = ["SentAt", "charges", "charges_of_all", "filled", "lost", "pause_of", "rows_of", "settled"]

log = logs.get_logger("rest")

_LONGEST_PAUSE_S = 10.0


class SentAt(NamedTuple):
    """When a request was sent: epoch ms on the exchange's clock, and how far ahead of ours that was taken to be."""

    ms: int
    offset_s: float

    @classmethod
    def now(cls, clock: Clock) -> SentAt:
        """Return the present moment on the exchange's clock, and how far that is ahead of this machine's."""
        return cls(round(clock.server_time() * 1000), clock.offset_s)


def rows_of(endpoint: Endpoint, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the objects that a call is about: those of a batch, or the one of a single call."""
    if endpoint.rows_name is not None:
        return list(params[endpoint.rows_name])
    for listed, name in endpoint.options.get("ids", {}).items():
        if params.get(listed):
            return [{name: one} for one in params[listed]]
    return [dict(params)]


def filled(endpoint: Endpoint, params: dict[str, Any]) -> dict[str, Any]:
    """Return ``params`` with ids for the orders that have none. Raises ``ConfigError`` for a batch of a wrong size."""
    rows = [params]
    if (name := endpoint.rows_name) is not None:
        rows = params.get(name) or []
        most, where = _most_rows(endpoint, params)
        if not rows or (most and len(rows) > most):
            raise ConfigError(f"{name} must hold {f'1 to {most}' if most else 'at least 1'}{where}, not {len(rows)}")
    nameless = endpoint.options.get("nameless", {})
    for wire, make in endpoint.options.get("fill", {}).items():
        word, value = nameless.get(wire, ("", ""))
        for row in rows:
            if not word or row.get(word) != value:
                if wire not in row:
                    row[wire] = make()
            elif wire in row:
                raise ConfigError(
                    f"{wire} would be ignored: with {word} {value} it has no meaning", hint="leave it out"
                )
    return params


def _most_rows(endpoint: Endpoint, params: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return how many rows a batch may have, and of which of its calls that is said."""
    for (name, value), most in endpoint.options.get("fewer_rows", {}).items():
        if params.get(name) == value:
            return most, f" with {name} {value}"
    return endpoint.options.get("max_rows"), ""


def charges(dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any]) -> list[Charge]:
    """Return what a call takes from which buckets. A batch of one falls under the limits of a single call."""
    rows: Sequence[Mapping[str, Any]] = [params]
    rules = endpoint.limits
    if endpoint.rows_name is not None:
        rows = params[endpoint.rows_name]
        alone = endpoint.options.get("one_as") if len(rows) == 1 else None
        rules = tuple(map(RateLimit.parse, alone)) if alone else rules
    is_one = endpoint.options.get("per_request", False)
    found: list[Charge] = []
    for rule in rules:
        if rule.only is not None and not rule.counts(params):
            continue
        who = dialect.account if rule.scope == "user" else ""
        # An endpoint may have several rules: each fills a bucket of its own.
        bucket = rule.bucket or f"{endpoint.method} {endpoint.path} {rule.count}/{rule.per_s:g}s"
        by: dict[tuple[Any, ...], int] = {}
        for row in rows:
            values = tuple([dialect.limit_value(name, row) for name in rule.by])
            by[values] = by.get(values, 0) + 1
        for values, cost in by.items():
            key = (bucket, dialect.base_url, who, *values)
            found.append(Charge(key, rule.count, rule.per_s, 1 if is_one else cost))
    return found


def charges_of_all(dialect: RestDialect) -> list[Charge]:
    """Return what every call takes, whatever it is."""
    found = []
    for rule in map(RateLimit.parse, dialect.every_call):
        who = dialect.account if rule.scope == "user" else ""
        found.append(Charge(("every call", dialect.base_url, who), rule.count, rule.per_s))
    return found


def pause_of(taken: Sequence[Charge], asked_s: float | None) -> tuple[list[Charge], float]:
    """Return which buckets to keep shut, and for how many seconds, after the exchange said "too many".

    ``asked_s``: the wait that it named. The wider buckets (all orders of the account) stay open: it is rarely they
    that are full.
    """
    least = min((charge.count for charge in taken), default=0)
    tightest = [charge for charge in taken if charge.count == least]
    return tightest, asked_s or min(max((charge.per_s for charge in tightest), default=1.0), _LONGEST_PAUSE_S)


def settled(
    dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any], reply: Reply, sent: SentAt | None
) -> Reply | OkxError:
    """Decide what a reply means: return it, for orders with one row for each of them, or the error to raise.

    ``sent``: when the request was sent.
    """
    is_single = endpoint.is_order and endpoint.result[0] == "one"
    if is_single and endpoint.judged and is_plain(dialect, params, reply, places=_needs_id(endpoint)):
        return reply  # as nearly always
    if is_single and reply.ok and (receipt := _receipt(dialect, endpoint, params, reply)) is not None:
        return receipt
    request = _Request(dialect, endpoint, params, sent)
    if not reply.ok and not any(request.is_verdict(row, reply) for row in reply.rows):
        return request.refused((reply.code, reply.message), reply)
    if endpoint.result[0] == "batch":
        return request.settled_batch(reply)
    if is_single:
        return request.settled_order(reply)
    refusals = (dialect.row_refusal(row) for row in reply.rows) if endpoint.judged or not reply.ok else ()
    refusal = next((one for one in refusals if one), None)
    return reply if refusal is None else request.refused(refusal, reply)


@frozen
class _Request:
    """A request that was answered."""

    dialect: RestDialect
    endpoint: Endpoint
    params: Mapping[str, Any]
    sent: SentAt | None

    def is_verdict(self, row: Any, reply: Reply) -> bool:
        """Tell whether a row says what became of its order."""
        return bool(self.dialect.row_refusal(row)) or self.dialect.row_accepted(row, reply, False)

    def settled_order(self, reply: Reply) -> Reply | OkxError:
        """Judge the reply to the request of a single order."""
        told = self._verdicts(reply, judged=self.endpoint.judged, alone=True)
        row, state = told.rows[0], told.states[0]
        if row is None or state == "unknown":
            # A code may say that the outcome is unknown: it goes into the error.
            refusal = None if row is None else self.dialect.row_refusal(row)
            return self.untold(reply) if refusal is None else self.unknown(refusal, reply)
        if state == "refused":
            return self.refused(self.dialect.row_refusal(row) or (reply.code, reply.message), reply)
        return evolve(reply, rows=[row], unmatched=told.unmatched)

    def settled_batch(self, reply: Reply) -> Reply | OkxError:
        """Judge the reply to a batch. Where no row tells anything, all of it is unknown."""
        if not any(isinstance(row, dict) for row in reply.rows):
            return self.untold(reply)
        told = self._verdicts(reply, judged=True, alone=False)
        unknown = [number for number, state in enumerate(told.states) if state == "unknown"]
        names = (_identity(self.dialect, order) for order in scoped_rows(self.dialect, self.endpoint, self.params))
        rows = [name if row is None else row for row, name in zip(told.rows, names, strict=True)]
        error = self.untold(reply, unknown) if unknown else None
        named = error if isinstance(error, OrderStatusUnknown) else None  # what are no orders cannot be reconciled
        return evolve(reply, rows=rows, unknown=frozenset(unknown), lost=named, unmatched=told.unmatched)

    def refused(self, refusal: tuple[str, str], reply: Reply) -> OkxError:
        """Make the error for a refusal of the whole request, or of the one order of it."""
        # Without a code it is no refusal but an answer that cannot be read.
        if not refusal[0] or self.dialect.again(refusal[0], 200) == "unknown":
            return self.unknown(refusal, reply)
        error = self.dialect.error(*refusal, status=None, rows=reply.rows)
        return hinted(self.dialect, self.endpoint, self.params, error)

    def unknown(self, refusal: tuple[str, str], reply: Reply) -> OkxError:
        """Make the error for a refusal after which nobody knows what became of the request."""
        error = self.dialect.error(*refusal, status=None, rows=reply.rows)
        return lost(self.dialect, self.endpoint, self.params, error, sent=self.sent, rows=reply.rows)

    def untold(self, reply: Reply, positions: Sequence[int] | None = None) -> OkxError:
        """Make the error for an answer that does not say what became of the request.

        ``positions``: the orders of which it does not say it.
        """
        error = DecodeError(
            "it does not say what became of the request",
            text=repr(reply.rows),
            environment=self.dialect.environment,
        )
        sent, rows = self.sent, reply.rows
        return lost(self.dialect, self.endpoint, self.params, error, sent=sent, rows=rows, positions=positions)

    def _verdicts(self, reply: Reply, *, judged: bool, alone: bool) -> Verdicts:
        dialect, endpoint = self.dialect, self.endpoint
        names = tuple(endpoint.options.get("ids", {}).values()) or dialect.order_keys[1:]
        places, orders = _needs_id(endpoint), rows_of(endpoint, self.params)
        renews = endpoint.options.get("renews", "")
        told = verdicts(dialect, orders, reply, names, places=places, judged=judged, alone=alone, renews=renews)
        if told.unmatched:
            count, rows = len(told.unmatched), list(told.unmatched)
            log.warning("%s: %d rows of the answer are of none of its orders: %s", endpoint.name, count, rows)
        return told


def lost(
    dialect: RestDialect,
    endpoint: Endpoint,
    params: Mapping[str, Any],
    error: OkxError,
    *,
    sent: SentAt | None = None,
    rows: Sequence[Any] = (),
    positions: Sequence[int] | None = None,
) -> OkxError:
    """Make the error of a writing call of which nobody knows whether it was carried out.

    ``sent``: when the request was sent; ``rows`` of the answer, if one came; ``positions`` of the orders that
    are meant, all by default.
    """
    if not endpoint.is_order:
        return _in_doubt(endpoint, params, error)
    requests = scoped_rows(dialect, endpoint, params)
    if positions is not None:
        requests = [requests[position] for position in positions]
    orders = [_identity(dialect, row) for row in requests]
    own = dialect.own_ids or dialect.order_keys[-1:]
    what = "no telling answer" if isinstance(error, DecodeError) else "no answer"
    return OrderStatusUnknown(
        f"{what} to {endpoint.name}: {error.message}",
        clOrdId=next((orders[0][name] for name in own if name in orders[0]), ""),
        orders=orders,
        action=endpoint.action,
        sent_at=None if sent is None else sent.ms,
        sent_offset_s=0.0 if sent is None else sent.offset_s,
        requests=requests,
        rows=rows,
        path=endpoint.path,
        code=error.code or None,
        environment=error.environment,
        hint=f"the order may be at the exchange: {dialect.lost_hint}; never repeat it blindly",
    )


def _in_doubt(endpoint: Endpoint, params: Mapping[str, Any], error: OkxError) -> OkxError:
    """Tell of a request that is about no order how to find out whether it was carried out: by its id, if it has one."""
    ids = [name for name in endpoint.options.get("fill", {}) if name in params]
    named = ", ".join(f"{name} {params[name]}" for name in ids)
    name, how = endpoint.options.get("look_up", (ids[0] if ids else "", ""))
    error.request_id = str(params.get(name) or "") or None
    how = how.format(error.request_id) or f"look {f'for {named} ' if named else ''}before you repeat it"
    error.hint = f"it may have been carried out: {how}"
    error.retryable = False
    return error


def _receipt(dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any], reply: Reply) -> Reply | None:
    """Return an answer that says OK where that is the receipt of the order, though it does not name the one asked for.

    None where it is not.
    """
    if not reply.rows:
        is_told = endpoint.options.get("bare_ack", False) and reply.has_data
        return evolve(reply, rows=[_identity(dialect, params)]) if is_told else None
    row = reply.rows[0] if len(reply.rows) == 1 else None
    if not endpoint.options.get("renames", False) or not isinstance(row, dict) or dialect.row_refusal(row):
        return None
    own = dialect.own_ids or dialect.order_keys[-1:]
    is_another = any(row.get(name) and params.get(name) and row[name] != params[name] for name in own)
    return reply if not is_another and any(row.get(name) for name in dialect.order_keys[1:]) else None


def _needs_id(endpoint: Endpoint) -> bool:
    """Tell whether the receipt must have an id that the exchange gave: that of a new order nearly always has one."""
    return endpoint.action == "place" and not endpoint.options.get("own_id_counts", False)


def _identity(dialect: RestDialect, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ids that name an order, from a row of the request."""
    return {key: row[key] for key in (*dialect.order_keys, *dialect.order_scope) if key in row}


def scoped_rows(dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the objects that a call is about, each with what the call says of all of them that names an order."""
    scope = {key: params[key] for key in dialect.order_scope if key in params}
    return [{**scope, **row} for row in rows_of(endpoint, params)]
