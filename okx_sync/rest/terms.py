"""What an endpoint adds to a call, whichever way it travels: ids filled in, charges, what rows and losses mean.

REST calls and order operations on streams are the same orders with the same limits, so both ask here. No I/O.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.errors import ConfigError, OkxError, OrderStatusUnknown
from okx_sync.rest.dialect import Reply, RestDialect
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rest.limits import Charge, Rule

__all__ = ["charges", "filled", "lost", "pause_of", "refusal", "rows_of"]

_LONGEST_PAUSE_S = 10.0


def rows_of(endpoint: Endpoint, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The objects that a call is about: those of a batch, or the one of a single call."""
    if "rows" in endpoint.options:
        return list(params[endpoint.options["rows"]])
    return [dict(params)]


def filled(endpoint: Endpoint, params: dict[str, Any]) -> dict[str, Any]:
    """``params`` with ids for the orders that have none. Raises ``ConfigError`` for a batch of a wrong size."""
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


def charges(dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any]) -> list[Charge]:
    """What a call takes from which buckets. A batch of one falls under the limits of a single call."""
    rows: Sequence[Mapping[str, Any]] = [params]
    rules = endpoint.limits
    if "rows" in endpoint.options:
        rows = params[endpoint.options["rows"]]
        alone = endpoint.options.get("one_as") if len(rows) == 1 else None
        rules = tuple(map(Rule.parse, alone)) if alone else rules
    found: list[Charge] = []
    for rule in rules:
        who = dialect.account if rule.scope == "user" else ""
        # An endpoint may have several rules: each fills a bucket of its own.
        bucket = rule.bucket or f"{endpoint.method} {endpoint.path} {rule.count}/{rule.per_s:g}s"
        by = Counter(tuple(dialect.limit_value(name, row) for name in rule.by) for row in rows)
        found += [
            Charge((bucket, dialect.base_url, who, *values), rule.count, rule.per_s, cost)
            for values, cost in by.items()
        ]
    return found


def pause_of(taken: Sequence[Charge], asked_s: float | None) -> tuple[list[Charge], float]:
    """Which buckets to keep shut, and for how many seconds, after the exchange said "too many".

    ``asked_s``: the wait that it named. The wider buckets (all orders of the account) stay open: it is rarely they
    that are full.
    """
    least = min((charge.count for charge in taken), default=0)
    tightest = [charge for charge in taken if charge.count == least]
    return tightest, asked_s or min(max((charge.per_s for charge in tightest), default=1.0), _LONGEST_PAUSE_S)


def refusal(dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any], reply: Reply) -> OkxError | None:
    """The error of a reply whose rows carry the verdict; None where all rows go to the caller."""
    if (reply.ok and not endpoint.judged) or endpoint.result[0] == "batch":
        return None
    for row in reply.rows:
        refused = dialect.row_refusal(row)
        if refused:
            error = dialect.error(*refused, status=None, rows=reply.rows)
            unknown = dialect.again(refused[0], 200) == "unknown"
            return lost(dialect, endpoint, params, error) if unknown else error
    return None


def lost(dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any], error: OkxError) -> OkxError:
    """The error of a writing call of which nobody knows whether it was carried out."""
    if not endpoint.is_order:
        error.hint = "it may have been carried out: look before you repeat it"
        error.retryable = False
        return error
    keys = dialect.order_keys
    orders = [{key: row[key] for key in keys if key in row} for row in rows_of(endpoint, params)]
    return OrderStatusUnknown(
        f"no answer to {endpoint.name}: {error.message}",
        clOrdId=orders[0].get(keys[-1], ""),
        orders=orders,
        code=error.code,
        environment=error.environment,
        hint=f"the order may be at the exchange: {dialect.lost_hint}; never repeat it blindly",
    )
