"""The libraries of the extra ``store``, imported where they are used."""

from __future__ import annotations

import importlib
from typing import Any

from okx_sync.errors import ConfigError

__all__ = ["duckdb", "pyarrow", "pyarrow_dataset", "zstandard"]


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise ConfigError(f"this needs {name}, which is not installed", hint="pip install 'okx_sync[store]'") from None


def zstandard() -> Any:
    """Return the library that compresses. Raises ``ConfigError`` where it is not installed."""
    return _library("zstandard")


def pyarrow() -> Any:
    """Return the library of tables, its Parquet part loaded. Raises ``ConfigError`` where it is not installed."""
    _library("pyarrow.parquet")
    return _library("pyarrow")


def pyarrow_dataset() -> Any:
    """Return pyarrow's part that reads many files as one. Raises ``ConfigError`` where it is not installed."""
    return _library("pyarrow.dataset")


def duckdb() -> Any:
    """Return the library of queries. Raises ``ConfigError`` where it is not installed."""
    return _library("duckdb")
