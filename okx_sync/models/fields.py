"""Names of :mod:`okx_sync.rows.fields`, where they were before."""

from okx_sync.rows.fields import (
    PLAIN,
    SCALARS,
    UNREADABLE,
    Converter,
    Kind,
    RowsDecoder,
    kind_of,
    to_bool,
    to_decimal,
    to_int,
    to_text,
    to_texts,
)

__all__ = [
    "PLAIN",
    "SCALARS",
    "UNREADABLE",
    "Converter",
    "Kind",
    "RowsDecoder",
    "kind_of",
    "to_bool",
    "to_decimal",
    "to_int",
    "to_text",
    "to_texts",
]
