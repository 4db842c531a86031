"""How wire rows become typed objects: the ``Row`` base, the markers for its fields, neutral small models."""

from __future__ import annotations

from okx_sync.models.levels import BookLevel
from okx_sync.models.row import Row, decoder, model, opener
from okx_sync.models.sources import envelope, last_column, wire

__all__ = ["BookLevel", "Row", "decoder", "envelope", "last_column", "model", "opener", "wire"]
