"""The journal of orders: what a program means to send, written down before it is sent.

A program that is killed between sending an order and hearing of it finds the order again: the next one reads the
journal, and asks the exchange for each order whose end is not written there.

The file holds one line an entry, each with a checksum: a first line that says which exchange it is for, then intents,
answers and ends. What a kill or a power cut tore off is at the end of it, and is dropped: an intent that was not
written whole was not sent. No entry holds a secret.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import orjson

from okx_sync import fork
from okx_sync.checks import check_flag
from okx_sync.errors import ConfigError, JournalError
from okx_sync.live.file_lock import FileLock
from okx_sync.logs import get_logger
from okx_sync.rest.journaling import JournaledOrder
from okx_sync.rest.order_identity import ROUGH_MS

__all__ = ["OrderJournal"]

log = get_logger("client")

_VERSION: Final = 1
_LEAST_LINES: Final = 8_000  # before the file is written anew
_MOST_ENDED: Final = 1_000  # orders that are over and are kept
_HEAD, _INTENT, _ANSWER, _REFUSAL, _END, _FORGOTTEN = "journal", "intent", "answer", "refusal", "end", "forgotten"
_REJECTED: Final = {"end": "rejected", "filled": "0", "average_price": None}


class OrderJournal:
    """The journal of one account. Safe from any number of threads. ``key``: that of a ``JournaledOrder``.

    Args:
        path: of the file, which is made; where it is a link, the file behind it. Beside it stands a lock,
            ``<path>.lock``.
        exchange: which it is for, and which of its systems: ``"okx demo"``. A journal of another one is refused.
        account: the config's label, if it has one; refused likewise.
        sync: wait until an intent is on the disk before its order is sent. Without that it survives the death of the
            program, and not that of the machine.

    Raises:
        ConfigError: the path names no file, another client uses it, it is of another exchange or account, it is no
            journal, or ``sync`` is neither True nor False.
        JournalError: the file cannot be read or made, or is damaged in the middle.
    """

    def __init__(self, path: str | os.PathLike[str], exchange: str, *, account: str | None, sync: bool = True) -> None:
        check_flag("journal_sync", sync)
        self.path = _file_of(path)
        self.follows_algos = False  # set by whoever writes the ends of algo orders
        self._head = {"journal": _VERSION, "exchange": exchange, "account": account}
        self._sync = sync
        # Guards all below, and the order of the lines. The disk is waited for without it, the network never under it.
        self._lock = threading.RLock()
        self._unfinished: dict[str, JournaledOrder] = {}
        self._ended: dict[str, JournaledOrder] = {}
        self._fd: int | None = None
        self._lines = 0
        self._troubles: list[str] = []  # to be logged when the lock is free
        self._held = self._take_lock()
        try:
            self._open()
        except OSError as error:
            self.close()
            raise JournalError(f"the journal {self.path} cannot be opened: {error}") from error
        except BaseException:
            self.close()
            raise
        fork.watch(self)

    @property
    def unfinished(self) -> list[JournaledOrder]:
        """The orders of which no end is written, oldest first."""
        with self._lock:
            return list(self._unfinished.values())

    @property
    def ended_lately(self) -> list[JournaledOrder]:
        """The last orders that are over, 1,000 at most, in the order of their end."""
        with self._lock:
            return list(self._ended.values())

    # -- what is written -------------------------------------------------------------------------------------------

    def intend(self, orders: Sequence[JournaledOrder]) -> None:
        """Write that these are about to be sent; they are in the file (and on the disk) when this returns.

        Raises ``JournalError`` when they cannot be written: nothing is to be sent then.
        """
        entries = [(_INTENT, order.entry()) for order in orders]
        try:
            with self._lock:
                fd = self._write(entries)
                for order in orders:
                    self._begin(order)
            if self._sync:
                self._wait_for_disk(fd, orders)
        except OSError as error:
            raise JournalError(f"the journal {self.path} cannot be written: {error}; nothing was sent") from error

    def _wait_for_disk(self, fd: int, orders: Sequence[JournaledOrder]) -> None:
        try:
            os.fsync(fd)
        except OSError:
            for order in orders:  # it may be in the file after all
                self.refused(order.key)
            raise

    def answered(self, key: str, order_id: str) -> None:
        """Write how the exchange calls an order. Never raises: what is lost of it is asked for again."""
        with self._noting():
            if self._call(key, order_id):
                self._note(_ANSWER, {"client_order_id": key, "order_id": order_id})

    def refused(self, key: str) -> None:
        """Write that a request was not taken. Never raises.

        Its order is over, unless another request of this id is in doubt: the refusal may be due to just that one.
        """
        with self._noting():
            if self._end(key, _REJECTED):
                self._note(_REFUSAL, {"client_order_id": key})

    def ended(
        self,
        key: str,
        end: str,
        filled: str = "0",
        average_price: str | None = None,
        *,
        order_id: str | None = None,
        created_at: int | None = None,
    ) -> None:
        """Write that an order is over, with its status: it is not looked for again. Never raises.

        ``filled`` and ``average_price`` of then, as text. ``order_id`` and ``created_at`` (epoch ms), as far as they
        are known: that another order of the same id is over says nothing of ours.
        """
        facts = {"end": end, "filled": filled, "average_price": average_price}
        facts |= {} if order_id is None else {"order_id": order_id}  # its answer may have been lost
        with self._noting():
            ours = self._unfinished.get(key)
            if ours is None or _is_another(ours, order_id, created_at):
                return
            if self._end(key, facts):
                self._note(_END, {"client_order_id": key, **facts})
                self._shorten()

    def forget(self, key: str) -> None:
        """Write that an order is not looked for any more. Never raises."""
        with self._noting():
            if self._drop(key):
                self._note(_FORGOTTEN, {"client_order_id": key})
                self._shorten()

    def close(self) -> None:
        """Close the file, and let others use it. Idempotent; entries that come later raise or are dropped."""
        with self._lock:
            fd, self._fd = self._fd, None
            if fd is not None:
                os.close(fd)
            self._held.release()

    def __repr__(self) -> str:
        return f"<OrderJournal {self.path} {self._head['exchange']}: {len(self._unfinished)} unfinished>"

    def _begin(self, order: JournaledOrder) -> None:
        key = order.key
        self._ended.pop(key, None)  # an exchange may allow an id again
        before = self._unfinished.get(key)
        self._unfinished[key] = order if before is None else attrs.evolve(before, sends=before.sends + 1)

    def _call(self, key: str, order_id: str) -> bool:
        """Note how the exchange calls an order; True when that is new."""
        order = self._unfinished.get(key)
        if order is None or order.order_id == order_id:
            return False
        # An exchange that gives an id to another order says that the one before is over.
        sends = order.sends if order.order_id is None else max(1, order.sends - 1)
        self._unfinished[key] = attrs.evolve(order, order_id=order_id, sends=sends)
        return True

    def _end(self, key: str, facts: Mapping[str, Any]) -> bool:
        """Note an end; True when it is one of ours. Of several requests of one id it is that of one."""
        order = self._unfinished.pop(key, None)
        if order is None:
            return False
        if order.sends > 1:  # what was refused is not the order that the exchange has named
            order_id = order.order_id if facts is _REJECTED else None
            self._unfinished[key] = attrs.evolve(order, sends=order.sends - 1, order_id=order_id)
            return True
        self._ended[key] = attrs.evolve(order, **facts)
        if len(self._ended) > _MOST_ENDED:
            del self._ended[next(iter(self._ended))]
        return True

    def _drop(self, key: str) -> bool:
        """Forget an order; True when it was known."""
        return (self._unfinished.pop(key, None) or self._ended.pop(key, None)) is not None

    # -- the file ----------------------------------------------------------------------------------------------------

    def _take_lock(self) -> FileLock:
        try:
            return FileLock(self.path.with_name(self.path.name + ".lock"))
        except BlockingIOError:
            hint = "one client writes one journal: close the other, or give each its own"
            raise ConfigError(f"the journal {self.path} is in use by another client", hint=hint) from None
        except OSError as error:
            raise JournalError(f"the journal {self.path} cannot be made: {error}", hint="make its folder") from error

    def _open(self) -> None:
        """Read what is there, drop what was torn off, and go on behind it."""
        self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        text = self.path.read_bytes()
        entries, size = self._read_all(text)
        for kind, entry in entries:
            self._take_in(kind, entry)
        self._lines = len(entries)
        if size < len(text):
            torn = len(text) - size
            log.warning("journal %s: %d bytes at its end were not written whole; they are dropped", self.path, torn)
            os.ftruncate(self._fd, size)
        if not entries:
            self._write([(_HEAD, self._head)])
            self._sync_name()

    def _read_all(self, text: bytes) -> tuple[list[tuple[str, dict[str, Any]]], int]:
        """Return the entries up to where the text was torn off, and how many bytes they take."""
        entries: list[tuple[str, dict[str, Any]]] = []
        size, at, bad_line = 0, 0, 0
        for number, line in enumerate(text.splitlines(keepends=True), 1):
            at += len(line)
            entry = _read(line)
            if entry is None:
                bad_line = bad_line or number
            elif bad_line or (entry[0] == _HEAD) != (number == 1):
                raise self._damaged(bad_line or number)
            else:
                entries.append(entry)
                size = at
        if not entries and text.strip(b"\0") and not _line(_HEAD, self._head).startswith(text):
            raise ConfigError(f"{self.path} is no journal of orders", hint="give journal= a file of its own")
        return entries, size

    def _damaged(self, line: int) -> JournalError:
        return JournalError(
            f"line {line} of the journal {self.path} is damaged, and an order may be named there",
            hint="look at the open orders of the account, then move the file away",
        )

    def _take_in(self, kind: str, entry: dict[str, Any]) -> None:
        if kind == _HEAD:
            if entry != self._head:
                raise ConfigError(
                    f"the journal {self.path} is of {_named(entry)}, not of {_named(self._head)}",
                    hint="give each account and each of its systems a journal of its own",
                )
        elif kind == _INTENT and entry.get("end") is None:
            self._begin(JournaledOrder(**entry))
        elif kind == _INTENT:  # of a file that was written anew
            order = JournaledOrder(**entry)
            self._ended[order.key] = order
        else:
            self._take_in_outcome(kind, entry.pop("client_order_id"), entry)

    def _take_in_outcome(self, kind: str, key: str, facts: dict[str, Any]) -> None:
        if kind in (_END, _REFUSAL):
            self._end(key, facts or _REJECTED)
        elif kind == _FORGOTTEN:
            self._drop(key)
        elif kind == _ANSWER:
            self._call(key, facts["order_id"])

    def _write(self, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> int:
        """Add lines, all of them or none; returns the file. Raises ``OSError``. Under the lock."""
        lines = [_line(kind, entry) for kind, entry in entries]
        text = b"".join(lines)
        fd = self._fd
        if fd is None:
            raise OSError("it is closed")
        written = os.write(fd, text)
        if written < len(text):
            try:  # half a line would spoil those behind it
                os.ftruncate(fd, os.fstat(fd).st_size - written)
            except OSError:
                self.close()  # so there will be none; the next start drops it
            raise OSError("the disk is full")
        self._lines += len(lines)
        return fd

    def _sync_name(self) -> None:
        """Have it on the disk that the file has this name, too: a power cut would undo that, and take the file."""
        if self._sync and sys.platform != "win32":
            with contextlib.suppress(OSError):  # not every file system can
                folder = os.open(self.path.parent, os.O_RDONLY)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        """Hold the lock while something is noted; log what went wrong when it is free: handlers are the user's."""
        with self._lock:
            yield
            troubles, self._troubles = self._troubles, []
        for trouble in troubles:
            log.warning("journal %s: %s", self.path, trouble)

    def _note(self, kind: str, entry: Mapping[str, Any]) -> None:
        """Add a line that may be missing: without it the order is asked for once more."""
        if self._fd is None:
            return
        try:
            self._write([(kind, entry)])
        except OSError as error:
            self._troubles.append(f"what became of an order cannot be written: {error}")

    def _shorten(self) -> None:  # under the lock
        most = max(_LEAST_LINES, 4 * (len(self._unfinished) + len(self._ended)))
        if self._fd is not None and self._lines > most:
            self._compact(self._fd)

    def _compact(self, old: int) -> None:
        """Write the file anew, without what is of no use any more; the old one stays until the new one is whole."""
        new = self.path.with_name(self.path.name + ".new")
        orders = [*self._ended.values(), *self._unfinished.values()]
        entries = [(_HEAD, self._head), *((_INTENT, order.entry()) for order in orders)]
        text = b"".join([_line(kind, entry) for kind, entry in entries])
        try:
            fd = os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
            try:
                if os.write(fd, text) < len(text):
                    raise OSError("the disk is full")
                os.fsync(fd)
                os.replace(new, self.path)
            except BaseException:
                os.close(fd)
                raise
        except OSError as error:  # the old one is as good, and longer
            self._troubles.append(f"it cannot be written anew: {error}")
            self._lines = 0  # not again with each entry
            return
        os.dup2(fd, old, inheritable=False)  # by the same number: another thread may be about to have the disk written
        os.close(fd)
        self._lines = len(entries)
        self._sync_name()


def _file_of(path: str | os.PathLike[str]) -> Path:
    """Return the file that a path means now: by one name, so that its lock is one, and wherever the program goes."""
    try:
        text = os.fsdecode(path)
    except TypeError:
        raise ConfigError(f"journal cannot be {path!r}", hint="give the path of a file") from None
    if not text.strip() or "\0" in text or (found := Path(os.path.realpath(text))).is_dir():
        raise ConfigError(f"journal cannot be {text!r}: that is no name of a file", hint="give the path of a file")
    return found


def _is_another(ours: JournaledOrder, order_id: str | None, created_at: int | None) -> bool:
    """Tell whether these are not of the order that we sent, or sent last, but of a namesake."""
    if None not in (ours.order_id, order_id):
        return ours.order_id != order_id
    return created_at is not None and created_at < ours.sent_at - ROUGH_MS


def _named(head: Mapping[str, Any]) -> str:
    account = head.get("account")
    return f"{head.get('exchange')}{f', account {account}' if account else ''}"


def _line(kind: str, entry: Mapping[str, Any]) -> bytes:
    body = orjson.dumps([kind, entry])
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _read(line: bytes) -> tuple[str, dict[str, Any]] | None:
    """Return the entry of a line; None for one that was not written whole."""
    check, _, body = line.removesuffix(b"\n").partition(b" ")
    if not line.endswith(b"\n") or check != b"%08x" % zlib.crc32(body):
        return None
    kind, entry = orjson.loads(body)
    return kind, entry
