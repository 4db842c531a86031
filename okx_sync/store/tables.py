"""Parquet files read with a condition, or by SQL: what ``ParquetSink`` and ``Recording.to_parquet()`` wrote."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final, Literal, get_args

import orjson

from okx_sync.checks import check_word, did_you_mean
from okx_sync.errors import ConfigError
from okx_sync.store.extras import duckdb, pyarrow, pyarrow_dataset
from okx_sync.store.parquet_sink import TableGap

__all__ = ["HISTORY", "TableFrame", "query_tables", "read_gaps", "read_table"]

TableFrame = Literal["pyarrow", "pandas", "polars"]
"""What a table is given as."""

HISTORY: Final = "history"
"""The folder of downloaded rows, beside those of the days of what was received."""

_INSTRUMENT: Final = ("instId", "symbol", "sprdId", "instFamily")


def read_table(
    folder: str | os.PathLike[str],
    channel: str,
    instrument: str | None = None,
    start: dt.datetime | None = None,
    end: dt.datetime | None = None,
    *,
    columns: Collection[str] | None = None,
    frame: TableFrame = "pyarrow",
) -> Any:
    """Read the rows of a channel, in the order in which they were received, by pyarrow.

    Args:
        folder: What ``ParquetSink`` or ``Recording.to_parquet()`` wrote into.
        channel: By its wire name.
        instrument: Rows of this one only.
        start: Rows that were received then or later; an aware time.
        end: Rows that were received before.
        columns: These columns only.
        frame: ``"pyarrow"`` (a Table), ``"pandas"`` or ``"polars"`` (a DataFrame).

    Raises:
        ConfigError: No such channel or column, a time without a zone, or a library that is not installed.
    """
    check_word("frame", frame, get_args(TableFrame))
    pa, dataset = pyarrow(), pyarrow_dataset()
    files = _files(Path(folder), channel, start, end)
    schema = pa.unify_schemas([pa.parquet.read_schema(file).remove_metadata() for file in files])
    if unknown := sorted(set(columns or ()) - set(schema.names)):
        raise ConfigError(f"{channel} has no column {unknown[0]!r}", hint=did_you_mean(unknown[0], schema.names))
    received, wanted = dataset.field("received_at"), None
    conditions = [] if start is None else [received >= pa.scalar(_aware(start), pa.timestamp("ns", "UTC"))]
    conditions += [] if end is None else [received < pa.scalar(_aware(end), pa.timestamp("ns", "UTC"))]
    if instrument is not None:
        conditions.append(_is_of(dataset, schema.names, instrument))
    for one in conditions:
        wanted = one if wanted is None else wanted & one
    given = schema.names if columns is None else list(columns)
    rows = dataset.dataset([str(file) for file in files], schema=schema, format="parquet")
    found = rows.to_table(columns=list(dict.fromkeys([*given, "received_at"])), filter=wanted)
    return _framed(found.sort_by("received_at").select(given), frame)


def _is_of(dataset: Any, names: Collection[str], instrument: str) -> Any:
    """Return the condition that a row is of an instrument: by its own field, or as it was asked for (histories)."""
    by_topic = dataset.field("topic") == instrument
    own = next((name for name in _INSTRUMENT if name in names), None)
    if own is not None:
        return by_topic | (dataset.field(own) == instrument)
    return by_topic


def query_tables(folder: str | os.PathLike[str], sql: str, *, frame: TableFrame = "pyarrow") -> Any:
    """Run SQL over the channels of a folder, each a table of its name (``"tickers"``, in quotes where it needs them).

    Args:
        folder: As of :func:`read_table`.
        sql: In duckdb's words.
        frame: As of :func:`read_table`.

    Raises:
        ConfigError: The folder holds no tables, the SQL is none, or a library is not installed.
    """
    check_word("frame", frame, get_args(TableFrame))
    root = Path(folder)
    channels = sorted(path.name for path in root.iterdir() if any(path.glob("*/*.parquet"))) if root.is_dir() else []
    if not channels:
        raise ConfigError(f"{root} holds no tables")
    duck = duckdb()
    with duck.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET python_enable_replacements = false")  # names are channels, and no variables
        for name in channels:
            files = [str(path) for path in sorted((root / name).glob("*/*.parquet"))]
            connection.read_parquet(files, union_by_name=True).create_view(name)
        try:
            found = connection.sql(sql)
            table = None if found is None else found.to_arrow_table()
        except duck.Error as problem:
            raise ConfigError(f"duckdb does not take it: {problem}") from None
    if table is None:
        raise ConfigError("this SQL asks for no rows", hint="begin it with SELECT")
    return _framed(table, frame)


def read_gaps(
    folder: str | os.PathLike[str], channel: str, start: dt.datetime | None = None, end: dt.datetime | None = None
) -> list[TableGap]:
    """Return what is known to be missing from the files of a channel, as their footers say. Raises ``ConfigError``."""
    parquet = pyarrow().parquet
    found: dict[TableGap, None] = {}
    for file in _files(Path(folder), channel, start, end):
        told = parquet.read_metadata(file).metadata.get(b"gaps", b"[]")
        found |= dict.fromkeys(TableGap(**one) for one in orjson.loads(told))
    return sorted(found, key=lambda gap: gap.since)


def _files(root: Path, channel: str, start: dt.datetime | None, end: dt.datetime | None) -> list[Path]:
    """Return the files of the days that are asked for; all of them where there is none of those."""
    every = sorted((root / channel).glob("*/*.parquet"))
    if not every:
        there = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
        raise ConfigError(f"{root} holds no table of {channel!r}", hint=did_you_mean(channel, there))
    first = "" if start is None else _aware(start).date().isoformat()
    last = "~" if end is None else _aware(end).date().isoformat()
    wanted = [path for path in every if path.parent.name == HISTORY or first <= path.parent.name <= last]
    return wanted or every[:1]


def _aware(time: dt.datetime) -> dt.datetime:
    if time.tzinfo is None:
        raise ConfigError(f"{time!r} has no time zone", hint="dt.datetime(2026, 11, 30, tzinfo=dt.UTC)")
    return time.astimezone(dt.UTC)


def _framed(table: Any, frame: TableFrame) -> Any:
    if frame == "pyarrow":
        return table
    if frame == "pandas":
        from okx_sync.rows.dataframe import pandas_or_error

        pandas_or_error()
        return table.to_pandas()
    try:
        import polars
    except ImportError:
        raise ConfigError("frame='polars' needs polars, which is not installed", hint="pip install polars") from None
    return polars.from_arrow(table)
