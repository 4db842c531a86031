"""Names of :mod:`okx_sync.rows.field_sources`, where they were before."""

from okx_sync.rows.field_sources import (
    Envelope,
    Find,
    LastColumn,
    Source,
    WireKey,
    envelope,
    in_column,
    in_keys,
    in_last_column,
    in_message,
    in_object,
    last_column,
    marked,
    source_of,
    wire,
)

__all__ = [
    "Envelope",
    "Find",
    "LastColumn",
    "Source",
    "Wire",
    "WireKey",
    "envelope",
    "in_column",
    "in_keys",
    "in_last_column",
    "in_message",
    "in_object",
    "last_column",
    "marked",
    "source_of",
    "wire",
]

Wire = WireKey
