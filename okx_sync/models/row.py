"""Names of :mod:`okx_sync.rows.row`, where they were before."""

from okx_sync.rows.row import (
    Row,
    UnreadableFieldError,
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
