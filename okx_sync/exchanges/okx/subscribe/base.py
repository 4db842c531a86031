"""What the typed methods need of the client."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription

__all__ = ["Streams", "update_interval"]


class Streams(ABC):
    """Base of the families of typed methods."""

    @abstractmethod
    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        """Subscribe to any channel by its wire name, with the wire's own argument names."""


def update_interval(value: str | int | None) -> str | None:
    """``extraParams`` of an account channel: how often it repeats its state, ms; 0 for changes only."""
    return None if value is None else f'{{"updateInterval":"{value}"}}'
