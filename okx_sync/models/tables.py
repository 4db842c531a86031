"""Names of :mod:`okx_sync.rows.dataframe`, where they were before."""

from okx_sync.rows.dataframe import (
    Numbers,
    to_df,
)

__all__ = [
    "Numbers",
    "to_df",
]
