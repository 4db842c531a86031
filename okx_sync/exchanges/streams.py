"""What the typed ``subscribe_*`` methods of every exchange need of the client."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription

__all__ = ["Streams"]


class Streams(ABC):
    """Base of the families of typed methods."""

    @abstractmethod
    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        """Subscribe to any channel by its wire name, with the wire's own argument names."""
