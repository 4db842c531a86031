"""Selecting and paging rows as the REST lists do: filters, cursors, time windows, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from okx_sync.paper.venue.order_acks import VenueRefusal

T = TypeVar("T")
#: Query names that filter on equality with the field of the same name; ``ordType`` and ``state`` may list several.
_FILTERS = ("instType", "instId", "ordType", "state", "ordId", "ccy", "mgnMode", "type", "subType", "category")


def whole_number(filters: Mapping[str, str], name: str) -> int | None:
    """Return an integer query parameter; None when absent."""
    given = filters.get(name)
    if given is None or given == "":
        return None
    if not str(given).isdigit():
        raise VenueRefusal("51000", f"Parameter {name} error")
    return int(given)


def page(
    items: Iterable[T],
    filters: Mapping[str, str] | None,
    *,
    row: Callable[[T], dict[str, Any]],
    cursor: str,
    time: str,
    most: int = 100,
    at: Callable[[T], int] | None = None,
    about: Callable[[T], Mapping[str, str]] | None = None,
) -> list[dict[str, Any]]:
    """Return rows of ``items`` (which come newest first).

    ``after`` and ``before`` compare with the row's ``cursor`` field, both exclusive; ``begin`` and ``end`` with
    its ``time`` field, both inclusive; ``limit`` is capped at ``most``. ``at`` and ``about`` tell the cursor of an item
    and some of its fields without making its row, which long lists need. Raises `VenueRefusal` (51000) for a
    number that is none.
    """
    wanted = {k: str(v) for k, v in (filters or {}).items() if v not in (None, "")}
    limit = min(most, whole_number(wanted, "limit") or most)
    after, before = whole_number(wanted, "after"), whole_number(wanted, "before")
    begin, end = whole_number(wanted, "begin"), whole_number(wanted, "end")
    family = wanted.get("instFamily") or wanted.get("uly")
    equal = [(name, frozenset(wanted[name].split(","))) for name in _FILTERS if name in wanted]
    found: list[dict[str, Any]] = []
    for item in items:
        if at is not None and after is not None and at(item) >= after:
            continue
        if about is not None and equal and _differs(about(item), equal):
            continue
        made = row(item)
        if any(made.get(name) not in values for name, values in equal):
            continue
        if family and not str(made.get("instId", "")).startswith(f"{family}-"):
            continue
        place, moment = int(made[cursor] or 0), int(made[time] or 0)
        if not _within(place, before, after, open_ended=True) or not _within(moment, begin, end, open_ended=False):
            continue
        found.append(made)
        if len(found) == limit:
            break
    return found


def _differs(known: Mapping[str, str], equal: list[tuple[str, frozenset[str]]]) -> bool:
    return any(known[name] not in values for name, values in equal if name in known)


def _within(value: int, low: int | None, high: int | None, *, open_ended: bool) -> bool:
    """Tell whether a value lies between two bounds, which count as inside unless ``open_ended``."""
    if open_ended:
        return (low is None or value > low) and (high is None or value < high)
    return (low is None or value >= low) and (high is None or value <= high)
