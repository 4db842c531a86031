"""Names of :mod:`okx_sync.rows.deferred`, where they were before."""

from okx_sync.rows.deferred import (
    Late,
    finish_later,
)

__all__ = [
    "Late",
    "finish_later",
]
