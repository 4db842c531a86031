"""Names of :mod:`okx_sync.rows.tolerant`, where they were before."""

from okx_sync.rows.tolerant import (
    each,
    tolerant,
)
from okx_sync.rows.tolerant import (
    value_or_none as told,
)

__all__ = [
    "each",
    "told",
    "tolerant",
]
