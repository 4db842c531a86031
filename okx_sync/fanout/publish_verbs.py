"""How a publisher's typed ``publish_...`` is made of the ``subscribe_...`` of its client."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, Self, TypeVar, cast, overload

if TYPE_CHECKING:
    from okx_sync.fanout.publisher import Publisher

__all__ = ["PublishVerb", "publishes", "publishes_lists"]

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C")
_VERB: Final = "publish_"


class PublishVerb(Generic[C]):
    """A ``publish_...`` method: ``subscribe_...`` of the client, with what the publisher adds to it.

    Args:
        subscribe: The method of the client's class.
    """

    def __init__(self, subscribe: Callable[..., Any]) -> None:
        self._name = subscribe.__name__
        self.__wrapped__ = subscribe
        told = (inspect.getdoc(subscribe) or "").partition("\n")[0]
        self.__doc__ = f"Publish what ``{self._name}`` subscribes, with its arguments, less the callback. {told}"

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = f"subscribe_{name.removeprefix(_VERB)}"

    @overload
    def __get__(self, publisher: None, kind: Any = None) -> Self: ...
    @overload
    def __get__(self, publisher: Publisher, kind: Any = None) -> C: ...
    def __get__(self, publisher: Publisher | None, kind: Any = None) -> Self | C:
        """Return the method of a publisher."""
        return self if publisher is None else cast("C", publisher.verb(self._name))


def publishes(subscribe: Callable[Concatenate[Any, P], T]) -> PublishVerb[Callable[P, T]]:
    """Make the ``publish_...`` of a ``subscribe_...``; type checkers see the same parameters and result."""
    return PublishVerb(subscribe)


def publishes_lists(subscribe: C) -> PublishVerb[C]:
    """Do the same for one that takes a list as well, of which type checkers see both."""
    return PublishVerb(cast("Callable[..., Any]", subscribe))
