"""Names of :mod:`okx_sync.rows.row`, where they were before."""

from okx_sync.rows.lazy_fields import UnreadableFieldError
from okx_sync.rows.row import (
    Row,
    copy_of,
    decoder,
    model,
    opener,
)

__all__ = [
    "Row",
    "UnreadableFieldError",
    "copy_of",
    "decoder",
    "model",
    "opener",
]
