"""Names of :mod:`okx_sync.rows.levels`, where they were before."""

from okx_sync.rows.levels import (
    BookLevel,
)

__all__ = [
    "BookLevel",
]
