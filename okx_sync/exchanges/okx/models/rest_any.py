"""The row of answers whose fields nobody documents: everything is kept, nothing is promised."""

from __future__ import annotations

from okx_sync.models import Row, model

__all__ = ["AnyRow"]


@model
class AnyRow(Row):
    """A row of any shape that is an object: all of it is in ``extra`` and ``to_wire()``, by wire name."""
