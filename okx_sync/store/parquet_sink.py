"""``ParquetSink``: rows into Parquet files, by channel and day.

    folder/tickers/2026-11-30/000001.parquet

A file is written under another name and gets its own when it is complete, so that whoever reads the folder meets whole
files only. What was not complete when a program was killed is lost: ``ws.record()`` is what survives that.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self, get_args

import attrs
import orjson

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError, RecordingError
from okx_sync.state_event import StateEvent
from okx_sync.store.extras import pyarrow
from okx_sync.store.table_schema import TableNumbers, TableSchema
from okx_sync.timing import now_ns

__all__ = ["ParquetSink", "TableGap"]

_NS: Final = 1_000_000_000
_GROUP: Final = 50_000  # rows that are kept in memory of one file
_DAY_NS: Final = 86_400 * _NS


@attrs.frozen(kw_only=True)
class TableGap:
    """What is missing: from ``since`` to ``until`` (epoch ns; None: to the end) on ``path`` (None: on all)."""

    since: int
    until: int | None
    path: str | None
    reason: str


class ParquetSink:
    """Writes rows to Parquet. Safe from several threads.

    As a sink of live events: ``ws.subscribe_tickers("BTC-USDT", callback=sink.channel("tickers"))``, and
    ``ws.on_state(sink.on_state)`` for what is missing. A recording is written by ``Recording.to_parquet()``.

    Args:
        folder: Made when it is not there; further files are added to what it holds.
        numbers: ``"decimal"``: as ``decimal128(38, 18)``; ``"text"``: as text, which holds any number of digits.
        max_rows: Rows at which the next file of a channel is begun.

    Raises:
        ConfigError: An option cannot be right, or the extra ``store`` is not installed.
        RecordingError: The folder cannot be written to.
    """

    def __init__(
        self, folder: str | os.PathLike[str], *, numbers: TableNumbers = "decimal", max_rows: int = 1_000_000
    ) -> None:
        pyarrow()
        check_word("numbers", numbers, get_args(TableNumbers))
        if type(max_rows) is not int or max_rows < 1:
            raise ConfigError(f"max_rows cannot be {max_rows!r}", hint="a whole number above 0")
        self.folder = Path(folder)
        self._numbers: TableNumbers = numbers
        self._max_rows = max_rows
        # Guards the table of files and what they hold; held while a group of rows is written.
        self._lock = threading.Lock()
        self._files: dict[tuple[str, str], _File] = {}
        self._gaps: list[TableGap] = []
        self._lost: dict[tuple[str, int], int] = {}
        self._is_closed = False
        self.rows = 0
        """Rows that were taken."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise RecordingError(f"{self.folder} cannot be written to: {problem}") from None

    def channel(self, name: str) -> Callable[[Any], None]:
        """Return a callback that takes the rows of a channel; all of one model."""

        def take(row: Any) -> None:
            self.take(name, row, now_ns())

        return take

    def take(self, channel: str, row: Any, at: int, *, path: str | None = None, topic: str | None = None) -> None:
        """Take a row that was received at ``at`` (epoch ns).

        Raises ``ConfigError`` for a row of another model than those before it, or a number that does not fit;
        ``RecordingError`` when it cannot be written, or comes after ``close()``.
        """
        day = dt.datetime.fromtimestamp(at // _DAY_NS * 86_400, dt.UTC).date().isoformat()
        with self._lock:
            if self._is_closed:
                raise RecordingError(f"the tables in {self.folder} are closed: this row came too late")
            try:
                file = self._files.get((channel, day))
                if file is None:
                    file = self._files[channel, day] = self._opened(channel, day, type(row))
                file.add(row, {"received_at": at, "path": path, "topic": topic})
            except OSError as problem:
                raise RecordingError(f"{self.folder} cannot be written to: {problem}") from None
            self.rows += 1
            if file.rows >= self._max_rows:
                self._finish(self._files.pop((channel, day)))

    def on_state(self, event: StateEvent) -> None:
        """Note from a state event what is missing: the times in which a link was lost, and gaps."""
        at, key = now_ns(), (event.path, event.shard)
        with self._lock:
            if event.kind == "lost":
                self._lost.setdefault(key, at)
            elif event.kind == "restored" and key in self._lost:
                since = self._lost.pop(key)
                self._gaps.append(TableGap(since=since, until=at, path=event.path, reason="the link was lost"))
            elif event.kind == "gap" and event.topic is not None:
                self._gaps.append(TableGap(since=at, until=at, path=event.path, reason=str(event)))

    def note_gap(self, gap: TableGap) -> None:
        """Note what is missing; the files of that time say it."""
        with self._lock:
            self._gaps.append(gap)

    def close(self) -> None:
        """Complete all files, and take no more rows. Idempotent.

        Raises ``RecordingError`` when that cannot be done.
        """
        with self._lock:
            self._is_closed = True
            for (path, _), since in self._lost.items():
                self._gaps.append(TableGap(since=since, until=None, path=path, reason="the link was lost"))
            self._lost.clear()
            files, self._files = list(self._files.values()), {}
            for file in files:
                self._finish(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self, channel: str, day: str, model: type[Any]) -> _File:
        folder = self.folder / channel / day
        folder.mkdir(parents=True, exist_ok=True)
        there = [int(path.stem) for path in folder.glob("*.parquet") if path.stem.isdigit()]
        return _File(folder / f"{max(there, default=0) + 1:06}.parquet", channel, TableSchema(model, self._numbers))

    def _finish(self, file: _File) -> None:
        try:
            file.finish(self._gaps)
        except OSError as problem:
            raise RecordingError(f"{file.path} cannot be written: {problem}") from None


class _File:
    """One file as it grows."""

    def __init__(self, path: Path, channel: str, schema: TableSchema) -> None:
        self.path = path
        self.rows = 0
        self._part = path.with_suffix(".part")
        self._channel = channel
        self._schema = schema
        self._arrow = schema.arrow({"channel": channel, "model": schema.model.__name__})
        self._writer: Any = None
        self._group: list[dict[str, Any]] = []
        self._first = self._last = 0

    def add(self, row: Any, beside: dict[str, Any]) -> None:
        if type(row) is not self._schema.model:
            raise ConfigError(
                f"the rows of {self._channel} are {self._schema.model.__name__}, not {type(row).__name__}",
                hint="give each channel a name of its own",
            )
        self._group.append(beside | self._schema.values(row))
        at = beside["received_at"]
        self._first, self._last = min(self._first or at, at), max(self._last, at)
        self.rows += 1
        if len(self._group) >= _GROUP:
            self._write()

    def _write(self) -> None:
        pa = pyarrow()
        if self._writer is None:
            self._writer = pa.parquet.ParquetWriter(self._part, self._arrow, compression="zstd")
        self._writer.write_table(pa.Table.from_pylist(self._group, schema=self._arrow))
        self._group = []

    def finish(self, gaps: list[TableGap]) -> None:
        self._write()
        mine = [one for one in gaps if one.since <= self._last and (one.until is None or one.until >= self._first)]
        told = orjson.dumps([attrs.asdict(one) for one in mine]).decode()
        self._writer.add_key_value_metadata({"gaps": told, "first": str(self._first), "last": str(self._last)})
        self._writer.close()
        self._part.rename(self.path)
