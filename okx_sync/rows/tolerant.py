"""What is left of a row of which a field cannot be read: one optional field must not cost the row that carries it.

Rows make neutral objects of themselves, by their methods ``to_update()`` and ``to_change()``. A method that is
:func:`tolerant` is run as it is, at no cost. Only when it meets a field that cannot be read, and is not one of those
without which the row says nothing, is it run once more on a copy of the row in which that field counts as missing; what
was wrong is kept in ``unreadable``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar, cast

import attrs

from okx_sync.errors import DecodeError
from okx_sync.rows.lazy_fields import UnreadableFieldError
from okx_sync.rows.row import Row, copy_of

__all__ = ["each", "missing", "tolerant", "value_or_none"]


class _Neutral(Protocol):
    @property
    def unreadable(self) -> tuple[DecodeError, ...]: ...


R = TypeVar("R", bound=Row)
N = TypeVar("N")
P = ParamSpec("P")
U = TypeVar("U", bound=_Neutral)

_MOST: Final = 200  # fields of one row; behind that it is no row of this kind


def tolerant(
    *needed: str, spoils: Mapping[str, tuple[str, ...]] | None = None
) -> Callable[[Callable[Concatenate[R, P], N]], Callable[Concatenate[R, P], N]]:
    """Make a row's method, which gives its neutral object or None, go on without fields that cannot be read.

    They are named in the object's ``unreadable``.

    Args:
        needed: the fields without which the row is worth nothing: its identity, its state, its amount.
        spoils: fields of the neutral object that are made of several of the row's; when one of these cannot be read, it
            is not known either, where what is left would say something else. Fields of nested rows by their class
            (``Fee.coin``).

    Raises:
        DecodeError: when called, a needed field cannot be read, or the method itself found that the row does not tell
            enough.
    """

    def decorate(build: Callable[Concatenate[R, P], N]) -> Callable[Concatenate[R, P], N]:
        plain = cast("Callable[[R], N]", build)

        @functools.wraps(build)
        def convert_plainly(row: R, /) -> N:  # passing nothing on costs nothing
            try:
                return plain(row)
            except UnreadableFieldError:
                return _salvaged(plain, row, needed, spoils or {})

        @functools.wraps(build)
        def convert(row: R, /, *args: P.args, **options: P.kwargs) -> N:
            try:
                return build(row, *args, **options)
            except UnreadableFieldError:
                return _salvaged(lambda copy: build(copy, *args, **options), row, needed, spoils or {})

        code = build.__code__
        takes_more = code.co_argcount + code.co_kwonlyargcount > 1
        return convert if takes_more else cast("Callable[Concatenate[R, P], N]", convert_plainly)

    return decorate


def each(rows: Iterable[R], convert: Callable[[R], U]) -> tuple[tuple[U, ...], tuple[DecodeError, ...]]:
    """Return the neutral objects of the nested rows of a row, and what was wrong with those that cannot be read."""
    found: list[U] = []
    lost: list[DecodeError] = []
    for row in rows:
        try:
            found.append(convert(row))
        except DecodeError as error:
            lost.append(_plain(error))
    return tuple(found), tuple(lost)


def missing(row: Row, name: str) -> tuple[DecodeError, ...]:
    """Return what is wrong with a row that lacks the list ``name``, which is not the same as an empty one."""
    if row.raw is None or name in row.raw:
        return ()
    return (DecodeError(f"a row of {type(row).__name__} has no {name}", text=repr(row)),)


def value_or_none(row: Row, name: str) -> Any:
    """Return a field of a row; None where it cannot be read, or is none of the row's."""
    try:
        return getattr(row, name, None)
    except DecodeError:
        return None


def _salvaged(build: Callable[[R], N], row: R, needed: tuple[str, ...], spoils: Mapping[str, tuple[str, ...]]) -> N:
    if row.raw is None:  # built by hand, around a nested row off the wire
        return build(row)
    copy = copy_of(row)
    problems: list[DecodeError] = []
    names: set[str] = set()
    while True:
        try:
            update = build(copy)
            break
        except UnreadableFieldError as error:
            if error.place is None or len(problems) >= _MOST:
                raise
            owner, field, value = error.place
            if owner is copy and field.name in needed and not (type(value) is list and field.kind.rest(value)):
                raise _plain(error, _named(copy, needed)) from None
            owner.__dict__[field.name] = field.kind.rest(value)
            names.add(field.name if owner is copy else error.field or field.name)
            problems.append(error)
    if update is None:
        return update
    changes: dict[str, Any] = {name: None for name, sources in spoils.items() if not names.isdisjoint(sources)}
    where = _named(copy, needed)
    changes["unreadable"] = (*update.unreadable, *(_plain(problem, where) for problem in problems))  # type: ignore[attr-defined]
    if hasattr(update, "raw"):
        changes["raw"] = row
    return attrs.evolve(update, **changes)  # type: ignore[misc]


def _named(row: Row, needed: tuple[str, ...]) -> str:
    """Name the row for people by its needed fields, as far as they can be read."""
    words = (f"{name}={row.raw.get(name)!r}" for name in needed if isinstance(row.raw, dict) and name in row.raw)
    return f" in the row of {', '.join(words)}" if needed else ""


def _plain(error: DecodeError, where: str = "") -> DecodeError:
    """Return the error for ``on_error``: it names the row, and holds none."""
    return DecodeError(error.message + where, text=error.text, field=error.field)
