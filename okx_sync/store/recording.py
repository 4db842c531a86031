"""``Recording``: what a ``Recorder`` wrote, read, proved, rebuilt and made tables of."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator

from okx_sync.store.book_snapshots import RecordedBook, book_snapshots
from okx_sync.store.delivered import wire_messages
from okx_sync.store.recorded_messages import RecordedMessages
from okx_sync.store.table_schema import TableNumbers
from okx_sync.store.verification import Verification, verify

__all__ = ["Recording"]


class Recording(RecordedMessages):
    """A folder that a recorder wrote into, finished or not. It is read from the disk as it is asked for.

    Args:
        folder: As given to ``ws.record()``.

    Raises:
        RecordingError: It holds no recording.
        ConfigError: The extra ``store`` is not installed.
    """

    def verify(self) -> Verification:
        """Prove that nothing is missing, number by number, or name what is; see ``Verification``, which prints.

        Books, and OKX's trades, are numbered by the exchange; what has no numbers is said to be unprovable.
        """
        return verify(self)

    def wire_messages(self) -> Iterator[tuple[int, str, bytes | None]]:
        """Go through it as a server would send it again: when (ns), on which path, and the message as it was received.

        Messages of both sockets from a change of sockets come once; None stands where a path lost something.
        ``PaperExchange(play=recording)`` plays this to clients in any language.
        """
        return wire_messages(self)

    def to_parquet(
        self,
        folder: str | os.PathLike[str],
        *,
        channels: Collection[str] | None = None,
        numbers: TableNumbers = "decimal",
        progress: Callable[[int], object] | None = None,
    ) -> int:
        """Write the rows to Parquet files by channel and day, as a client was given them; returns how many.

        The columns are the fields of the rows (times as UTC timestamps, nested values as JSON), with the time at which
        each was received, and what a row carries beyond its fields. What is missing stands in the files' footers.
        ``read_table()`` reads them.

        Args:
            folder: Made when it is not there; further files are added to what it holds.
            channels: Of these channels only, by their wire names.
            numbers: ``"decimal"``: as ``decimal128(38, 18)``; ``"text"``: as text, which holds any number of digits.
            progress: ``progress(rows)`` is called from time to time.

        Raises:
            ConfigError: A number does not fit a decimal column, or the extra is not installed.
            RecordingError: The folder cannot be written to.
        """
        from okx_sync.store.table_export import to_parquet  # with pyarrow

        return to_parquet(self, folder, channels=channels, numbers=numbers, progress=progress)

    def books(
        self, inst_id: str, *, every_s: float = 1.0, depth: int = 20, channel: str | None = None
    ) -> Iterator[RecordedBook]:
        """Rebuild a book from its changes, and give it at regular times, as long as it is known.

        After a hole, and while its link was lost, nothing is given until its next snapshot.

        Args:
            inst_id: The instrument, as it was subscribed.
            every_s: Seconds between two of them; times are multiples of it since 1970.
            depth: Levels a side.
            channel: Which book, where several of the instrument were recorded.

        Raises:
            ConfigError: No book of it was recorded, or several.
        """
        return book_snapshots(self, inst_id, every_s=every_s, depth=depth, channel=channel)
