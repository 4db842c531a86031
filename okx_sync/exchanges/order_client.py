"""``OrderClient``: what sends the orders of ``ws.orders``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

__all__ = ["OrderClient"]


class OrderClient(Protocol):
    """The order operations of a stream client, with the parameters of the exchange's REST calls."""

    def _check_order(self, word: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Raise what the operation ``word`` would raise before it connects."""

    @property
    def _order_entry(self) -> Any:
        """Carries out operations by their word: ``run`` and ``check``."""

    def _load_for_orders(self) -> None:
        """Load what the first order needs, so that it need not wait for that. May block, and raise ``OkxError``."""

    @property
    def place_order(self) -> Callable[..., Any]:
        """Returns the receipt."""

    @property
    def cancel_order(self) -> Callable[..., Any]:
        """The same."""

    @property
    def amend_order(self) -> Callable[..., Any]:
        """The same."""

    @property
    def cancel_batch_orders(self) -> Callable[..., Any]:
        """Returns a receipt for each."""
