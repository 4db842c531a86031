"""Decorators of ``subscribe_*`` methods whose first parameter is one text or a list of them.

A text gives the ``Subscription`` that the method is annotated with, a list a ``SubscriptionGroup`` of the same rows;
type checkers see both. There is one decorator for each name that the parameter may have, so that it can be given by
its name as well. It stands above those that declare the channel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from okx_sync.exchanges.declared import take_lists

if TYPE_CHECKING:
    from typing import Protocol, TypeAlias, overload

    from okx_sync.delivery.subscription import Subscription
    from okx_sync.delivery.subscription_group import SubscriptionGroup

__all__ = ["inst_family_or_list", "inst_id_or_list", "sprd_id_or_list", "symbol_or_list"]

T = TypeVar("T")
P = ParamSpec("P")
Rest = ParamSpec("Rest")

if TYPE_CHECKING:
    Texts: TypeAlias = list[str] | tuple[str, ...]  # not any sequence: a text is a sequence of texts, too

    class Written(Protocol[P, Rest, T]):
        """A method as it is written: all its parameters are ``P``, those behind the first are ``Rest``."""

        @overload
        def __call__(self, streams: Any, /, *args: P.args, **kwargs: P.kwargs) -> Subscription[T]: ...
        @overload
        def __call__(self, streams: Any, text: str, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Subscription[T]: ...

    class ByInstId(Protocol[P, Rest, T]):
        """A call of a method whose first parameter is called ``inst_id``."""

        @overload
        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Subscription[T]: ...
        @overload
        def __call__(self, inst_id: Texts, *args: Rest.args, **kwargs: Rest.kwargs) -> SubscriptionGroup[T]: ...

    class InstIdMethod(Protocol[P, Rest, T]):
        """Such a method in its class."""

        def __get__(self, streams: Any, kind: Any = None, /) -> ByInstId[P, Rest, T]: ...

    class BySymbol(Protocol[P, Rest, T]):
        """A call of a method whose first parameter is called ``symbol``."""

        @overload
        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Subscription[T]: ...
        @overload
        def __call__(self, symbol: Texts, *args: Rest.args, **kwargs: Rest.kwargs) -> SubscriptionGroup[T]: ...

    class SymbolMethod(Protocol[P, Rest, T]):
        """Such a method in its class."""

        def __get__(self, streams: Any, kind: Any = None, /) -> BySymbol[P, Rest, T]: ...

    class BySprdId(Protocol[P, Rest, T]):
        """A call of a method whose first parameter is called ``sprd_id``."""

        @overload
        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Subscription[T]: ...
        @overload
        def __call__(self, sprd_id: Texts, *args: Rest.args, **kwargs: Rest.kwargs) -> SubscriptionGroup[T]: ...

    class SprdIdMethod(Protocol[P, Rest, T]):
        """Such a method in its class."""

        def __get__(self, streams: Any, kind: Any = None, /) -> BySprdId[P, Rest, T]: ...

    class ByInstFamily(Protocol[P, Rest, T]):
        """A call of a method whose first parameter is called ``inst_family``."""

        @overload
        def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Subscription[T]: ...
        @overload
        def __call__(self, inst_family: Texts, *args: Rest.args, **kwargs: Rest.kwargs) -> SubscriptionGroup[T]: ...

    class InstFamilyMethod(Protocol[P, Rest, T]):
        """Such a method in its class."""

        def __get__(self, streams: Any, kind: Any = None, /) -> ByInstFamily[P, Rest, T]: ...


def inst_id_or_list(method: Written[P, Rest, T]) -> InstIdMethod[P, Rest, T]:
    """Let the instrument, ``inst_id``, be a list as well."""
    return cast("InstIdMethod[P, Rest, T]", take_lists(method, "inst_id"))


def symbol_or_list(method: Written[P, Rest, T]) -> SymbolMethod[P, Rest, T]:
    """Let the instrument, ``symbol``, be a list as well."""
    return cast("SymbolMethod[P, Rest, T]", take_lists(method, "symbol"))


def sprd_id_or_list(method: Written[P, Rest, T]) -> SprdIdMethod[P, Rest, T]:
    """Let the spread, ``sprd_id``, be a list as well."""
    return cast("SprdIdMethod[P, Rest, T]", take_lists(method, "sprd_id"))


def inst_family_or_list(method: Written[P, Rest, T]) -> InstFamilyMethod[P, Rest, T]:
    """Let the family, ``inst_family``, be a list as well."""
    return cast("InstFamilyMethod[P, Rest, T]", take_lists(method, "inst_family"))
