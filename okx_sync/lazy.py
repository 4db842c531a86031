"""Names and attributes whose module is imported when they are first asked for.

Hundreds of models and endpoints belong to this package, and a program uses a few of them: so ``import okx_sync`` loads
next to nothing, and each part is loaded by its first use, on any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Generic, NamedTuple, Self, TypeVar, overload

__all__ = ["LateName", "LateNames", "LatePart", "drawn_by", "late_names", "part_of"]

T = TypeVar("T")


def late_names(
    package: str, homes: Mapping[str, str], root: str = ""
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Make ``__getattr__`` and ``__dir__`` for a package that imports its public names when they are first asked for.

    Args:
        package: its ``__name__``.
        homes: the names that each of its modules gives, in one text; the module is named as seen from the package.
        root: the package from which the modules are named, when it is another.

    Type checkers must not see the result, else every name would seem to exist: they read the same names from imports
    under ``TYPE_CHECKING``.
    """
    home = {
        name: LateName(f"{root or package}.{module}", name) for module, names in homes.items() for name in names.split()
    }
    namespace = vars(import_module(package))

    def __getattr__(name: str) -> Any:  # noqa: N807  this is what Python calls it
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        namespace[name] = found = home[name]()
        return found

    def __dir__() -> list[str]:  # noqa: N807
        return sorted({*namespace, *home})

    return __getattr__, __dir__


class LateName(NamedTuple):
    """A class in a module that is not loaded yet; calling it gives the class."""

    module: str
    name: str

    def __call__(self) -> Any:
        """Load the module and return the class."""
        return getattr(import_module(self.module), self.name)


class LateNames:
    """Stands for a module in tables: its attributes are :class:`LateName`."""

    __slots__ = ("_module",)

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> LateName:
        return LateName(self._module, name)


def drawn_by(module: str, name: str) -> Callable[[Any], str]:
    """Make the ``_repr_html_`` of a class: notebooks show an object as the HTML that this function makes of it.

    It is imported when a notebook first asks for it, from a room that nobody else needs.
    """
    home = LateName(f"okx_sync.notebook.{module}", name)

    def _repr_html_(self: Any) -> str:
        drawn: str = home()(self)
        return drawn

    return _repr_html_


class LatePart(Generic[T]):
    """An attribute that is made when it is first read, of a class that is imported then.

    ``module``, ``name``: of the class. Its owner makes it, by ``_make_part(attribute, cls)``.
    """

    def __init__(self, module: str, name: str) -> None:
        self.load: Callable[[], type[T]] = LateName(module, name).__call__
        """Imports the module and returns the class."""
        self._attribute = ""

    def __set_name__(self, owner: type, attribute: str) -> None:
        self._attribute = attribute

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: Any, kind: type) -> T: ...
    def __get__(self, owner: Any, kind: type) -> Self | T:
        if owner is None:
            return self
        # Read from the owner's own dict ever after, and threads that come first together all get the same one.
        part: T = vars(owner).setdefault(self._attribute, owner._make_part(self._attribute, self.load()))
        return part


def part_of(owner: object, attribute: str) -> Any:
    """Return a part that was made already, else None. Makes and imports nothing: for regular work, and for the end."""
    return vars(owner).get(attribute)
