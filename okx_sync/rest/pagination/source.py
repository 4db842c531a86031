"""The endpoints behind a pager, and what cursors say about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from okx_sync.errors import ConfigError
from okx_sync.rest.encoding import wire_value
from okx_sync.rest.endpoint import Carrier, Endpoint

__all__ = ["Source", "number"]


@frozen
class Source:
    """The endpoints of one listing, the one with the newest rows first, and their carrier.

    ``items``: takes the rows out of the object that an endpoint returns.
    """

    carrier: Carrier
    endpoints: tuple[Endpoint, ...]
    items: Callable[[Any], Sequence[Any]] | None = None

    @property
    def name(self) -> str:
        """``trade.get_fills_history``."""
        return self.name_of(len(self.endpoints) - 1)

    def name_of(self, index: int) -> str:
        """Name of one endpoint."""
        endpoint = self.endpoints[index]
        return f"{endpoint.group}.{endpoint.name}"

    def takes(self, *names: str) -> bool:
        """Tell whether the endpoints have all of these parameters."""
        return {*names} <= {param.name for param in self.endpoints[-1].params}

    def size(self, given: Mapping[str, Any], most: int) -> int:
        """Return the rows per request: the caller's ``limit`` if there is one, no more than ``most``."""
        asked = int(given.get("limit", most))
        if asked < 1:
            raise ConfigError(f"limit cannot be {asked}", hint="it is the rows per request; leave it out")
        return min(asked, most)

    def page(self, index: int, arguments: Mapping[str, Any]) -> tuple[Any, Sequence[Any]]:
        """Call the endpoint; return what it returned, and the rows in it."""
        found = self.carrier.run(self.endpoints[index], arguments)
        if self.items is None:
            return found, found
        parts = found if isinstance(found, list) else [found]
        return found, [row for part in parts for row in self.items(part)]

    def told_page(self, arguments: Mapping[str, Any]) -> tuple[Sequence[Any], Mapping[str, Any]]:
        """Return the rows of one page, and what the answer says beside them."""
        return self.carrier.page(self.endpoints[0], arguments)

    def cursor(self, index: int, arguments: Mapping[str, Any], **place: Any) -> dict[str, Any]:
        """Make a cursor: which endpoint, asked with which parameters, and where it stands."""
        given = {name: wire_value(name, value) for name, value in arguments.items()}
        return {"listing": self.name_of(index), "params": given, **place}

    def check(self, cursor: Mapping[str, Any], arguments: Mapping[str, Any]) -> int:
        """Return the endpoint where a cursor goes on. Raises ConfigError when it was not taken from this listing."""
        names = [self.name_of(index) for index in range(len(self.endpoints))]
        if cursor.get("listing") not in names:
            raise ConfigError(f"this cursor is of {cursor.get('listing')}, not of {self.name}")
        index = names.index(cursor["listing"])
        mine = self.cursor(index, arguments)["params"]
        if cursor.get("params") != mine:
            raise ConfigError(
                f"this cursor was taken with other parameters: {cursor.get('params')}, not {mine}",
                hint="call the same method with the same parameters",
            )
        return index


def number(cursor: Mapping[str, Any], name: str) -> int:
    """Return a whole number of a cursor. Raises ConfigError when it is none."""
    value = cursor.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ConfigError(f"the cursor has no {name}", hint="give what .cursor gave, unchanged")
    return value
