"""Options of subscriptions that Bitget has besides the usual."""

from __future__ import annotations

from okx_sync.delivery.subscription import SubscribeOptions
from okx_sync.rows.field_docs import documented

__all__ = ["ProductOptions"]


@documented
class ProductOptions(SubscribeOptions, total=False):
    """Options of channels that are of one product: those of every subscription, and ``product``."""

    product: str
    """Another word for ``inst_type``, the kind of product; by default not given."""
