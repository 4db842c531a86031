"""Which row of an answer speaks of which order of the request, and what it says of it. No I/O.

An answer may have fewer rows than the request had orders, rows in another order, rows of other orders, or none. So a
row belongs to the order whose id it has. A row without an id counts by its position, and only when the answer has as
many rows as there were orders and no other row contradicts that. An order without a row is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

from okx_sync.rest.dialect import Reply, RestDialect

__all__ = ["State", "Verdicts", "is_plain", "matched", "verdicts"]

State = Literal["accepted", "refused", "unknown"]


@frozen
class Verdicts:
    """What an answer says: for each order its row (None without one) and its state; ``unmatched`` rows are of none."""

    rows: tuple[dict[str, Any] | None, ...]
    states: tuple[State, ...]
    unmatched: tuple[Any, ...]


def verdicts(
    dialect: RestDialect,
    orders: Sequence[Mapping[str, Any]],
    reply: Reply,
    names: Sequence[str],
    *,
    places: bool,
    judged: bool,
    alone: bool,
    renews: str = "",
) -> Verdicts:
    """Judge each of ``orders`` by ``reply``.

    Args:
        dialect: The exchange's reading of a row.
        orders: The orders of the request, by wire name.
        reply: The answer.
        names: What the ids are called, in orders and rows.
        places: Whether they are new orders: those are accepted with an id from the exchange.
        judged: Whether rows carry the verdict, else the whole answer does.
        alone: Whether the request was that of a single order.
        renews: The wire name of the caller's id of an order that takes the place of the one that ``names`` name.

    Returns:
        Row and state of each order, and the rows that belong to none.
    """
    found, unmatched = matched(orders, reply.rows, names, renews)
    rows: list[dict[str, Any] | None] = []
    states: list[State] = []
    for order, own in zip(orders, found, strict=True):
        said = {_state(dialect, order, row, reply, places, judged, alone) for row in own}
        rows.append(own[0] if own else None)
        states.append(said.pop() if len(said) == 1 else "unknown")  # none, or several that contradict each other
        unmatched += own[1:]
    return Verdicts(tuple(rows), tuple(states), tuple(unmatched))


def is_plain(dialect: RestDialect, order: Mapping[str, Any], reply: Reply, *, places: bool) -> bool:
    """Tell whether the only row of an answer accepts the only order and has its id: there is no more to judge."""
    row = reply.rows[0] if len(reply.rows) == 1 else None
    if type(row) is not dict:
        return False
    is_own = False
    for name in dialect.order_keys[1:]:
        asked, told = order.get(name), row.get(name)
        if asked and told:
            if asked != told:
                return False
            is_own = True
    if not is_own or not dialect.row_accepted(row, reply, True):
        return False
    return not places or not dialect.new_ids or any(row.get(n) and type(row[n]) is str for n in dialect.new_ids)


def matched(
    orders: Sequence[Mapping[str, Any]], rows: Sequence[Any], names: Sequence[str], renews: str = ""
) -> tuple[list[list[dict[str, Any]]], list[Any]]:
    """Return the rows of each order, by the ids that are called ``names``, and the rows that belong to none.

    ``renews``: as of :func:`verdicts`.
    """
    wanted = [_wanted(order, names, renews) for order in orders]
    found: list[list[dict[str, Any]]] = [[] for _ in orders]
    nameless: list[int] = []
    unmatched: list[Any] = []
    by_position = len(rows) == len(orders)
    for place, row in enumerate(rows):
        told = _ids(row, names) if isinstance(row, dict) else {}
        if not isinstance(row, dict):
            unmatched.append(row)
        elif not any(name in order for name in told for order in wanted):
            nameless.append(place)  # it has no id that could be compared
        else:
            fits = [number for number, order in enumerate(wanted) if _same(told, order)]
            number = next((one for one in fits if not found[one]), fits[0] if fits else None)
            by_position = by_position and number == place
            (unmatched if number is None else found[number]).append(row)
    for place in nameless:
        if by_position and not found[place]:
            found[place].append(rows[place])
        else:
            unmatched.append(rows[place])
    return found, unmatched


def _state(
    dialect: RestDialect,
    order: Mapping[str, Any],
    row: dict[str, Any],
    reply: Reply,
    places: bool,
    judged: bool,
    alone: bool,
) -> State:
    refusal = dialect.row_refusal(row)
    if refusal is not None:
        return "unknown" if dialect.again(refusal[0], 200) == "unknown" else "refused"
    if judged:
        accepted = dialect.row_accepted(row, reply, alone)
    else:  # it must at least name what was asked for
        accepted = reply.ok and any(name in order and row.get(name) == order[name] for name in dialect.order_keys)
    if not accepted or (places and dialect.new_ids and not _ids(row, dialect.new_ids)):
        return "unknown"
    return "accepted"


def _same(told: Mapping[str, str], wanted: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether two sets of ids share one and contradict each other in none."""
    shared = [told[name] in wanted[name] for name in told if name in wanted]
    return bool(shared) and all(shared)


def _wanted(order: Mapping[str, Any], names: Sequence[str], renews: str) -> dict[str, tuple[str, ...]]:
    """Return what a row of an order may have for each id.

    An order that takes the place of another one has an id of the exchange's that nobody knows yet.
    """
    known = _ids(order, names)
    anew = _ids(order, (renews,)).get(renews) if renews else None
    if anew is None:
        return {name: (value,) for name, value in known.items()}
    own = names[-1]
    return {own: (anew, known[own]) if own in known else (anew,)}


def _ids(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """Return the ids that a row has, as text."""
    found = {name: row.get(name) for name in names}
    return {name: str(value) for name, value in found.items() if type(value) in (str, int) and value != ""}
