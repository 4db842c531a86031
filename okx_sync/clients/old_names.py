"""Former names that still work until version 0.3.0, with a ``DeprecationWarning``."""

from __future__ import annotations

import warnings
from typing import Any

__all__ = ["OldBatchNames"]


class OldBatchNames:
    """The batch operations of a stream client by their former names; a client mixes this in beside the operations."""

    def batch_orders(self, orders: Any, **options: Any) -> Any:
        """Place up to 20 orders: the former name of ``place_batch_orders``."""
        return self._by_new_name("batch_orders", "place_batch_orders", orders, options)

    def batch_amend_orders(self, orders: Any, **options: Any) -> Any:
        """Amend up to 20 orders: the former name of ``amend_batch_orders``."""
        return self._by_new_name("batch_amend_orders", "amend_batch_orders", orders, options)

    def batch_cancel_orders(self, orders: Any, **options: Any) -> Any:
        """Cancel up to 20 orders: the former name of ``cancel_batch_orders``."""
        return self._by_new_name("batch_cancel_orders", "cancel_batch_orders", orders, options)

    def _by_new_name(self, old: str, new: str, orders: Any, options: dict[str, Any]) -> Any:
        warnings.warn(f"{old} is called {new} now, and goes in version 0.3.0", DeprecationWarning, stacklevel=3)
        return getattr(self, new)(orders, **options)
