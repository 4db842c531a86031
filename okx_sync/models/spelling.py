"""Names of :mod:`okx_sync.rows.to_wire`, where they were before."""

from okx_sync.rows.to_wire import (
    as_text,
    clone,
    show,
    spell,
)

__all__ = [
    "as_text",
    "clone",
    "show",
    "spell",
]
