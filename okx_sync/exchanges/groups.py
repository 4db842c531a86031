"""The groups of an exchange's REST API, each loaded when it is first used. What they have in common; no names here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.rest.endpoint import Carrier, Endpoint, Group

__all__ = ["LateGroup", "LateGroups"]

G = TypeVar("G", bound="Group")


class LateGroup(LatePart[G]):
    """A group.

    Args:
        module: Where its class is.
        name: Of the class.
        paths: How the paths of its endpoints begin.
    """

    def __init__(self, module: str, name: str, *paths: str) -> None:
        super().__init__(module, name)
        self.paths = paths


class LateGroups:
    """Base of an object whose attributes are groups, each carried out by ``carrier``. Subclasses name them."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def _make_part(self, _name: str, group: type[G]) -> G:
        return group(self._carrier)

    @classmethod
    def all_endpoints(cls) -> list[Endpoint]:
        """Return every declared endpoint, group by group. Loads them all."""
        return [endpoint for group in cls._late() for endpoint in group.load().endpoints]

    @classmethod
    def find_endpoint(cls, method: str, path: str) -> Endpoint | None:
        """Return the declared endpoint of a path; None when there is none. Loads groups with such paths only."""
        groups = (group for group in cls._late() if path.startswith(group.paths))
        endpoints = (endpoint for group in groups for endpoint in group.load().endpoints)
        return next((one for one in endpoints if (one.method, one.path) == (method, path)), None)

    @classmethod
    def _late(cls) -> Iterator[LateGroup[Any]]:
        for base in cls.__mro__:
            yield from (one for one in vars(base).values() if isinstance(one, LateGroup))
