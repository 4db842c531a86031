"""Names of :mod:`okx_sync.rows.tolerant`, where they were before."""

from okx_sync.rows.tolerant import (
    each,
    told,
    tolerant,
)

__all__ = [
    "each",
    "told",
    "tolerant",
]
