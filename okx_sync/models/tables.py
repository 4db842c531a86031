"""Names of :mod:`okx_sync.rows.dataframe`, where they were before."""

from okx_sync.rows.dataframe import (
    to_df,
)

__all__ = [
    "to_df",
]
