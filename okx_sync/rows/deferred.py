"""Classes that attrs finishes when somebody first needs what attrs makes.

attrs writes and compiles a constructor, ``==`` and a hash for each class. That takes most of a millisecond, there are
hundreds of row classes, and a program that only reads rows needs none of it. So a row class starts out with what is
here, and the first constructor call, comparison or ``attrs.fields`` puts the real things in its place.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

import attrs

from okx_sync import fork

__all__ = ["Late", "finish_later"]

_MARKER: Final = type(attrs.field())
# Held while a class is finished, so that threads which need it first at the same time all find it whole.
# Finishing a class finishes its bases: hence reentrant.
_LOCK = threading.RLock()


def _renew_lock() -> None:
    global _LOCK
    _LOCK = threading.RLock()


fork.in_child(_renew_lock)

_METHODS: Final = ("__init__", "__eq__", "__hash__")


class Late:
    """Base of such classes: each method finishes the class and then calls what attrs has put there."""

    __slots__ = ()

    __attrs_attrs__: ClassVar[Any] = ()

    if not TYPE_CHECKING:  # type checkers see what attrs makes, by ``dataclass_transform``

        def __init__(self, *args: Any, **values: Any) -> None:
            _finished(type(self), "__init__", object.__init__)(self, *args, **values)

        def __eq__(self, other: object) -> bool:
            return _finished(type(self), "__eq__", object.__eq__)(self, other)

        def __hash__(self) -> int:
            return _finished(type(self), "__hash__", object.__hash__)(self)

        def __setattr__(self, name: str, value: Any) -> NoReturn:
            raise attrs.exceptions.FrozenInstanceError

        def __delattr__(self, name: str) -> NoReturn:
            raise attrs.exceptions.FrozenInstanceError


def finish_later(cls: type[Any], defaults: Mapping[str, Any]) -> None:
    """Make ``cls`` a frozen attrs class without slots, once that is needed.

    ``defaults``: its own fields by name, each with its default, an ``attrs.field()``, or ``attrs.NOTHING``.
    """
    cls.__attrs_attrs__ = _Unfinished(cls, defaults)
    for name in _METHODS:  # of its own: a base that is finished first must not lend it its own constructor or ``==``
        setattr(cls, name, vars(Late)[name])


class _Unfinished:
    """Stands for ``__attrs_attrs__``, by which attrs knows a class, until somebody asks for it."""

    __slots__ = ("_cls", "_defaults")

    def __init__(self, cls: type[Any], defaults: Mapping[str, Any]) -> None:
        self._cls = cls
        self._defaults = defaults

    def __get__(self, _obj: Any, _owner: type[Any]) -> Any:
        cls = self._cls
        with _LOCK:
            if vars(cls)["__attrs_attrs__"] is self:
                # Named one by one, the fields stay what they are on the class: attrs looks and deletes nothing there.
                these = {
                    name: default if isinstance(default, _MARKER) else attrs.field(default=default)
                    for name, default in self._defaults.items()
                }
                # Each of _METHODS is asked for, or attrs would find it on the class already and leave it alone.
                own: dict[str, Any] = {"init": True, "eq": True, "unsafe_hash": True}
                make = attrs.define(these=these, **own, frozen=True, slots=False, kw_only=True, repr=False)
                make(cls)
        return cls.__attrs_attrs__


def _finished(cls: type[Any], name: str, plain: Any) -> Any:
    """Return what attrs has put there; ``plain`` for a class that attrs has no part in."""
    with _LOCK:
        _ = cls.__attrs_attrs__
    method = getattr(cls, name)
    return plain if method is vars(Late)[name] else method
