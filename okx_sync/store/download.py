"""Histories downloaded into Parquet: in pieces that a dead program does not lose, each row once, however often it dies.

While a download is under way, what has come lies in a folder beside the tables, with a note of how far it is. The note
names the pieces that count and the place behind their last row; it is replaced in one step, behind each piece. The next
run goes on from there. When all has come, the pieces are put together in the order of time. The note also says which
span of time is complete: a later call with another span fetches what it lacks, and no row twice.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, get_args

import attrs
import orjson

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError, RecordingError
from okx_sync.live.file_lock import FileLock
from okx_sync.live.rest_client import RestClient
from okx_sync.rest import Pager
from okx_sync.rest.pagination.pager import Moment, in_ms
from okx_sync.rest.pagination.traversal import time_of
from okx_sync.store.extras import pyarrow
from okx_sync.store.histories import History, history_of
from okx_sync.store.table_schema import TableNumbers, TableSchema
from okx_sync.store.tables import HISTORY, TableFrame, read_table
from okx_sync.timing import Clock, now_ns

__all__ = ["Download", "download"]

_PIECE: Final = 20_000  # rows
_PIECE_S: Final = 10.0
_CLOCK: Final = Clock()
_NOTE: Final = "note.json"
_NS_OF_MS: Final = 1_000_000


@attrs.frozen(kw_only=True)
class Download:
    """A history that is complete on the disk, from ``start`` (None: as far as the exchange lists) to ``end``.

    ``new_rows``: how many rows this call has brought; ``channel``: the table's name in the folder.
    """

    folder: Path
    channel: str
    instrument: str | None
    new_rows: int
    start: dt.datetime | None
    end: dt.datetime

    def read(self, frame: TableFrame = "pyarrow") -> Any:
        """Return the rows, oldest first; see ``read_table``."""
        return read_table(self.folder, self.channel, self.instrument, self.start, self.end, frame=frame)

    def to_df(self) -> Any:
        """Return the rows as a pandas DataFrame, oldest first."""
        return self.read("pandas")


def download(
    client: RestClient,
    what: History,
    instrument: str | None = None,
    *,
    folder: str | os.PathLike[str],
    start: Moment | None = None,
    end: Moment | None = None,
    bar: str | None = None,
    product: str | None = None,
    numbers: TableNumbers = "decimal",
    progress: Callable[[int], object] | bool = False,
) -> Download:
    """Download a history into Parquet files, and go on where an earlier call was interrupted.

    Args:
        client: An ``OkxClient``, ``BybitClient`` or ``BitgetClient``; it keeps the exchange's limits.
        what: ``"candles"``, ``"trades"``, ``"funding"`` (rates), and of the account ``"fills"`` and ``"bills"``.
        instrument: As the exchange names it; of bills there is none, of fills it may be left out.
        folder: Tables are in it by name (``candles-1m``) and day; ``read_table()`` reads them. Each account needs one
            of its own.
        start: ms or an aware datetime, included; None: as far as the exchange lists.
        end: Not included; None: now, and of candles those that are closed.
        bar: Length of candles in the exchange's words; one minute by default.
        product: OKX's instrument type (for fills), Bybit's category, Bitget's product type; else as in the name.
        numbers: As of ``ParquetSink``.
        progress: True for a progress bar (extra ``progress``), or ``progress(rows)`` to be called from time to time.

    Returns:
        What is there now. What was downloaded before, by this or another call, is not asked for again.

    Raises:
        ConfigError: A word that cannot be right, a history that the exchange does not list, or a download of the same
            that runs already, or the folder has it of another exchange, environment or account (as far as their labels
            tell).
        OkxError: What the exchange refuses; calling again goes on.
    """
    check_word("numbers", numbers, get_args(TableNumbers))
    pager = history_of(client, what, instrument, bar, product)
    channel = what if what != "candles" else f"candles-{bar or '1m'}"
    first, last = in_ms("start", start), in_ms("end", end)
    label = "-".join(part for part in (channel, product, instrument) if part)
    tell = progress if callable(progress) else None
    with _Job(Path(folder), channel, instrument, re.sub(r"[^\w.-]", "_", label), numbers) as job:
        job.belong_to(client.source)
        fetched = job.fetch(pager, tell) if job.is_begun else 0
        until = last if last is not None else _now(pager, what)
        for span in job.lacking(first, until):
            job.begin(*span)
            fetched += job.fetch(pager.progress(label) if progress is True else pager, tell)
        start_at = None if first is None else _time(first)
        return Download(
            folder=Path(folder),
            channel=channel,
            instrument=instrument,
            new_rows=fetched,
            start=start_at,
            end=_time(until),
        )


def _now(pager: Pager[Any], what: str) -> int:
    """Return the end of what is to be had now, ms: the candle that is open does not belong to it."""
    newest = next(iter(pager.limit(1)), None) if what == "candles" else None
    at = None if newest is None else time_of(newest, pager.time)
    return at if at is not None else now_ns() // 1_000_000


class _Job:
    """The downloads of one history on the disk. ``note``: what is known of them, replaced in one step.

    ``done``: the span that is complete, None before the first; ``job``: what is under way: its span, the pieces that
    have come and the place behind their last row.
    """

    def __init__(self, folder: Path, channel: str, instrument: str | None, label: str, numbers: TableNumbers) -> None:
        self._folder, self._channel, self._instrument, self._numbers = folder, channel, instrument, numbers
        self._home = folder / f".{label}"
        self._note: dict[str, Any] = {"done": None, "files": 0, "job": None}
        self._lock: FileLock | None = None

    def __enter__(self) -> _Job:
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self._home / "lock")
        except BlockingIOError:
            raise ConfigError(f"{self._home} is being downloaded already", hint="wait for that to end") from None
        except OSError as problem:
            raise RecordingError(f"{self._home} cannot be written to: {problem}") from None
        path = self._home / _NOTE
        if path.exists():
            self._note = orjson.loads(path.read_bytes())
        noted = [] if self._note["job"] is None else self._note["job"]["pieces"]
        for piece in self._home.glob("*.parquet"):  # that a dead program wrote and did not note
            if piece.name not in noted:
                piece.unlink()
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.release()

    def belong_to(self, source: str) -> None:
        """Note whose history this is. Raises ``ConfigError`` when it is of somebody else."""
        of = self._note.setdefault("of", source)
        if of != source:
            raise ConfigError(
                f"{self._home} is the history of another: {of}, not {source}", hint="give each account its own folder"
            )

    @property
    def is_begun(self) -> bool:
        """True while a download that was interrupted is to be ended."""
        return self._note["job"] is not None

    def lacking(self, start: int | None, end: int) -> list[tuple[int | None, int]]:
        """Return the spans that are to be fetched, so that what is there has no hole."""
        if self._note["done"] is None:
            return [(start, end)]
        first, last = self._note["done"]
        before = first is not None and (start is None or start < first)
        return ([(start, first)] if before else []) + ([(last, end)] if end > last else [])

    def begin(self, start: int | None, end: int) -> None:
        """Note that a span is to be fetched."""
        self._note["job"] = {"start": start, "end": end, "cursor": None, "pieces": [], "rows": 0}
        self._save()

    def fetch(self, pager: Pager[Any], tell: Callable[[int], object] | None) -> int:
        """Fetch what is left of the span that was begun, note each piece, and complete it; returns the new rows."""
        job = self._note["job"]
        wanted = pager.between(job["start"], job["end"]).resume(job["cursor"])
        began, rows, before = _CLOCK.monotonic(), list[Any](), job["rows"]
        for page in wanted.pages():
            rows += page
            if len(rows) >= _PIECE or _CLOCK.monotonic() - began >= _PIECE_S:
                self._keep(rows, wanted)
                began, rows = _CLOCK.monotonic(), []
                if tell is not None:
                    tell(job["rows"])
        self._keep(rows, wanted)
        if tell is not None:
            tell(job["rows"])
        self._complete()
        return int(job["rows"]) - int(before)

    def _keep(self, rows: list[Any], pager: Pager[Any]) -> None:
        if not rows:
            return
        pa, job = pyarrow(), self._note["job"]
        schema = TableSchema(type(rows[0]), self._numbers)
        beside = {"path": "rest", "topic": self._instrument}
        values = [
            {"received_at": (time_of(row, pager.time) or 0) * _NS_OF_MS, **beside, **schema.values(row)} for row in rows
        ]
        name = f"{len(job['pieces']) + 1:06}.parquet"
        arrow = schema.arrow({"channel": self._channel, "model": schema.model.__name__})
        pa.parquet.write_table(pa.Table.from_pylist(values, schema=arrow), self._home / name, compression="zstd")
        job["pieces"].append(name)
        job["cursor"] = pager.cursor
        job["rows"] += len(rows)
        self._save()

    def _complete(self) -> None:
        """Put the pieces together in the order of time, and forget them."""
        parquet, job = pyarrow().parquet, self._note["job"]
        tables = [parquet.read_table(self._home / name) for name in job["pieces"]]
        number = self._note["files"] + 1
        if tables:
            whole = pyarrow().concat_tables(tables).sort_by("received_at")
            target = self._folder / self._channel / HISTORY
            target.mkdir(parents=True, exist_ok=True)
            path = target / f"{self._home.name[1:]}-{number:06}.parquet"
            part = path.with_suffix(".part")
            parquet.write_table(whole, part, compression="zstd")
            part.replace(path)
        first, last = job["start"], job["end"]
        if (done := self._note["done"]) is not None:
            first = None if None in (first, done[0]) else min(first, done[0])
            last = max(last, done[1])
        self._note |= {"done": [first, last], "files": number if tables else number - 1, "job": None}
        self._save()
        for piece in self._home.glob("*.parquet"):
            piece.unlink()

    def _save(self) -> None:
        part = self._home / f"{_NOTE}.part"
        with open(part, "wb") as file:
            file.write(orjson.dumps(self._note))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._home / _NOTE)


def _time(ms: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC)
