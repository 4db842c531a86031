"""What the typed ``subscribe_*`` methods of every exchange need of the client."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Unpack

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.delivery.subscription_group import SubscriptionGroup

__all__ = ["Streams"]


class Streams(ABC):
    """Base of the families of typed methods."""

    @abstractmethod
    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        """Subscribe to any channel by its wire name, with the wire's own argument names."""

    @abstractmethod
    def subscribe_many(
        self,
        channel: str,
        args: Iterable[Mapping[str, str]],
        callback: Callable[[Any], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> SubscriptionGroup[Any]:
        """Subscribe to many topics of one channel, in as few requests as the exchange allows."""
