"""How wire rows become typed objects: the ``Row`` base, the markers for its fields, neutral small models."""

from __future__ import annotations

from okx_sync.rows.field_docs import documented
from okx_sync.rows.field_sources import envelope, last_column, wire
from okx_sync.rows.levels import BookLevel
from okx_sync.rows.row import Row, decoder, model, opener
from okx_sync.rows.row_list import RowList
from okx_sync.rows.untyped import UntypedRow

__all__ = [
    "BookLevel",
    "Row",
    "RowList",
    "UntypedRow",
    "decoder",
    "documented",
    "envelope",
    "last_column",
    "model",
    "opener",
    "wire",
]
