"""The journal of orders: what was meant to be sent is found again, whatever ended the program."""

from __future__ import annotations

import errno
import logging
import os
import resource
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.errors import ConfigError, JournalError
from okx_sync.live import journal as live_journal
from okx_sync.live.journal import OrderJournal
from okx_sync.rest.journaling import JournaledOrder

EXCHANGE = "okx demo"


def order(number: int) -> JournaledOrder:
    at = 1_700_000_000_000 + number
    return JournaledOrder(client_order_id=f"id{number}", inst_id="BTCUSDT", sent_at=at, product="linear")


@contextmanager
def journal(
    path: Path, exchange: str = EXCHANGE, account: str | None = None, sync: bool = False
) -> Iterator[OrderJournal]:
    opened = OrderJournal(path, exchange, account=account, sync=sync)
    try:
        yield opened
    finally:
        opened.close()


def found(path: Path) -> list[JournaledOrder]:
    with journal(path) as opened:
        return opened.unfinished


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "orders.journal"


def test_algo_orders_beside_orders(path: Path) -> None:
    """An order and an algo order of one id are two, and one without an id is known by its order and side."""
    facts = {"inst_id": "BTC", "sent_at": 5, "is_algo": True, "side": "sell"}
    algo = JournaledOrder(client_order_id="id1", kind="trigger", **facts)  # type: ignore[arg-type]
    child = JournaledOrder(client_order_id="", kind="conditional", leg="stop_loss", parent="id1", **facts)  # type: ignore[arg-type]
    with journal(path) as opened:
        opened.intend([order(1), algo, child])
        opened.ended("id1", "filled")
        opened.answered(child.key, "a7")
    with journal(path) as opened:
        assert [one.key for one in opened.unfinished] == ["algo id1", "algo of id1 stop_loss"]
        assert opened.unfinished[1] == attrs.evolve(child, order_id="a7")
        assert [one.key for one in opened.ended_lately] == ["id1"]
        opened.ended("algo id1", "fired")
        with opened._lock:
            opened._compact(opened._fd or 0)
    with journal(path) as opened:
        assert [(one.key, one.end) for one in opened.ended_lately] == [("id1", "filled"), ("algo id1", "fired")]
        assert [one.kind for one in opened.unfinished] == ["conditional"]
    assert b"is_algo" not in path.read_bytes().splitlines()[1], "orders are written as before"


@pytest.mark.parametrize("sync", [True, False])
def test_an_intent_is_found_again(path: Path, sync: bool) -> None:
    """Every field of it, an answer that came, and nothing of what has ended."""
    with journal(path, sync=sync) as opened:
        opened.intend([order(1), order(2)])
        opened.intend([order(3)])
        opened.answered("id1", "777")
        opened.ended("id2", "filled")
        assert [one.client_order_id for one in opened.unfinished] == ["id1", "id3"]
        assert [one.client_order_id for one in opened.ended_lately] == ["id2"]
        assert "2 unfinished" in repr(opened)
    first, second = found(path)
    assert first.order_id == "777"
    assert (first.inst_id, first.product, first.sent_at) == ("BTCUSDT", "linear", order(1).sent_at)
    assert second == order(3)


def test_an_order_that_is_forgotten(path: Path) -> None:
    """It is neither unfinished nor over from then on, whichever of the two it was."""
    with journal(path) as opened:
        opened.intend([order(1), order(2), order(3)])
        opened.ended("id2", "canceled")
        for name in ("id1", "id2", "other"):
            opened.forget(name)
    with journal(path) as opened:
        assert (opened.unfinished, opened.ended_lately) == ([order(3)], [])


def test_an_id_that_is_used_again(path: Path) -> None:
    """An exchange may allow that once the first order is over: the newer one counts."""
    with journal(path) as opened:
        opened.intend([order(1)])
        opened.ended("id1", "canceled")
        opened.intend([order(1)])
    with journal(path) as opened:
        assert (opened.unfinished, opened.ended_lately) == ([order(1)], [])


def test_a_refusal_of_an_id_that_is_in_doubt(path: Path) -> None:
    """It may be refused because the first request arrived: the order stays in doubt until that is told."""
    with journal(path) as opened:
        opened.intend([order(1)])
        opened.intend([order(1)])
        opened.refused("id1")
        opened.refused("other")
        assert opened.unfinished == [order(1)]
    with journal(path) as opened:
        assert (opened.unfinished, opened.ended_lately) == ([order(1)], [])
        opened.refused("id1")
    with journal(path) as opened:
        assert [(one.client_order_id, one.end) for one in opened.ended_lately] == [("id1", "rejected")]


def test_the_end_of_a_namesake(path: Path) -> None:
    """An order that the exchange calls otherwise, or that was there long before ours was sent, is not ours."""
    with journal(path) as opened:
        opened.intend([order(1), order(2)])
        opened.answered("id1", "7")
        opened.ended("id1", "filled", order_id="6")
        opened.ended("id2", "canceled", order_id="6", created_at=order(2).sent_at - 60_001)
        assert [one.end for one in opened.unfinished] == [None, None]
        opened.ended("id1", "filled", order_id="7", created_at=order(1).sent_at - 60_001)
        opened.ended("id2", "canceled", order_id="8", created_at=order(2).sent_at - 2_000)
    with journal(path) as opened:  # the end told how the exchange calls the one whose answer was lost
        assert [(one.end, one.order_id) for one in opened.ended_lately] == [("filled", "7"), ("canceled", "8")]


def test_an_id_that_is_used_again_before_its_end_is_told(path: Path) -> None:
    """What is known of the first order is not taken for what is known of the second."""
    with journal(path) as opened:
        opened.intend([order(1)])
        opened.answered("id1", "7")
        opened.intend([order(1)])
        opened.ended("id1", "filled", order_id="7")
    with journal(path) as opened:
        assert opened.unfinished == [order(1)]


def test_an_id_that_the_exchange_gives_to_another_order(path: Path) -> None:
    """That tells that the first one is over: the end of the second is that of the last."""
    with journal(path) as opened:
        opened.intend([order(1)])
        opened.answered("id1", "7")
        opened.intend([order(1)])
        opened.answered("id1", "8")
    with journal(path) as opened:
        opened.ended("id1", "canceled", order_id="7")
        assert [(one.order_id, one.sends) for one in opened.unfinished] == [("8", 1)]
        opened.ended("id1", "filled", order_id="8")
        assert [(one.order_id, one.end) for one in opened.ended_lately] == [("8", "filled")]


@pytest.mark.parametrize("sync", [True, False])
def test_its_name_is_on_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch, sync: bool) -> None:
    """When the file is made, and when it is written anew: else a power cut could leave none, or the old one."""
    synced: list[int] = []
    real = os.fsync

    def watched(fd: int) -> None:
        synced.append(os.fstat(fd).st_ino)
        real(fd)

    folder = path.parent.stat().st_ino
    monkeypatch.setattr(os, "fsync", watched)
    with journal(path, sync=sync) as opened:
        assert synced.count(folder) == sync
        opened.intend([order(number) for number in range(4_100)])
        for number in range(4_100):
            opened.ended(f"id{number}", "canceled")
        assert path.stat().st_ino in synced, "written anew"
        assert synced.count(folder) == 2 * sync
    with journal(path, sync=sync):
        assert synced.count(folder) == 2 * sync, "it has its name"


def test_half_a_line_that_cannot_be_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays the last one, and is dropped by the next start: behind it all would be damaged."""

    def broken(*_: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    with journal(path) as opened:
        opened.intend([order(1)])
        with monkeypatch.context() as disk, _room_for(path.stat().st_size + 40):
            disk.setattr(os, "ftruncate", broken)
            with pytest.raises(JournalError, match="nothing was sent"):
                opened.intend([order(2)])
        with pytest.raises(JournalError, match="closed; nothing was sent"):
            opened.intend([order(3)])
    assert found(path) == [order(1)]


def test_what_is_not_on_the_disk_was_not_sent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line may be in the file all the same: behind it stands that its request never was."""

    def broken(_: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    with journal(path, sync=True) as opened:
        monkeypatch.setattr(os, "fsync", broken)
        with pytest.raises(JournalError, match="the disk is broken; nothing was sent"):
            opened.intend([order(1)])
        assert opened.unfinished == []
    assert found(path) == []


def test_what_nobody_wrote_down_is_nothing_to_note(path: Path) -> None:
    """Answers and ends of other orders, and repeated ones, leave the file alone."""
    with journal(path) as opened:
        opened.intend([order(1)])
        opened.answered("id1", "7")
        size = path.stat().st_size
        opened.answered("id1", "7")
        opened.answered("other", "8")
        opened.ended("other", "filled")
        assert path.stat().st_size == size


@given(cut=st.integers(min_value=0), ends=st.lists(st.integers(0, 5), max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_file_that_is_torn_anywhere(tmp_path_factory: pytest.TempPathFactory, cut: int, ends: list[int]) -> None:
    """What was written whole is there, and the rest is as if it had never been; the journal goes on behind it."""
    path = tmp_path_factory.mktemp("torn") / "orders.journal"
    whole: list[tuple[int, list[str]]] = []
    with journal(path) as opened:
        whole.append((path.stat().st_size, []))
        for number in range(6):
            opened.intend([order(number)])
            whole.append((path.stat().st_size, [one.client_order_id for one in opened.unfinished]))
        for number in ends:
            opened.ended(f"id{number}", "filled")
            whole.append((path.stat().st_size, [one.client_order_id for one in opened.unfinished]))
    at = cut % (path.stat().st_size + 1)
    os.truncate(path, at)
    expected = next((ids for size, ids in reversed(whole) if size <= at), [])
    assert [one.client_order_id for one in found(path)] == expected
    with journal(path) as opened:
        opened.intend([order(9)])
    assert [one.client_order_id for one in found(path)] == [*expected, "id9"]


@pytest.mark.parametrize("tail", [b"\0" * 300, b"\0" * 40 + b"\n", b'00000000 ["intent",{}]\n', b"half a line"])
def test_rubbish_at_the_end(path: Path, tail: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """A power cut may leave zeros or half a line behind: they are dropped, and that is said."""
    with journal(path) as opened:
        opened.intend([order(1)])
    with path.open("ab") as file:
        file.write(tail)
    assert found(path) == [order(1)]
    assert f"{len(tail)} bytes at its end were not written whole" in caplog.text
    assert found(path) == [order(1)]


def test_damage_in_the_middle_is_told(path: Path) -> None:
    """An order may be named there, so nobody goes on as if there were none."""
    with journal(path) as opened:
        opened.intend([order(1)])
        opened.intend([order(2)])
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"id1", b"id7") + lines[2])
    with pytest.raises(JournalError, match=r"line 2 of the journal .* is damaged") as caught:
        found(path)
    assert "open orders of the account" in str(caught.value)
    path.write_bytes(lines[1] + lines[2])
    with pytest.raises(JournalError, match="line 1 "):
        found(path)


@pytest.mark.parametrize("text", [b"time,price\n1,2\n", b"x", b"hello"])
def test_a_file_of_something_else_is_left_alone(path: Path, text: bytes) -> None:
    """Whoever names a file of his own by mistake keeps it."""
    path.write_bytes(text)
    with pytest.raises(ConfigError, match="is no journal of orders"):
        found(path)
    assert path.read_bytes() == text


@pytest.mark.parametrize(("exchange", "account"), [("okx live", None), ("bybit demo", None), (EXCHANGE, "second")])
def test_a_journal_of_another_account_is_refused(path: Path, exchange: str, account: str | None) -> None:
    """Its orders would be looked for where they are not."""
    with journal(path) as opened:
        opened.intend([order(1)])
    with pytest.raises(ConfigError, match="is of okx demo, not of"):
        OrderJournal(path, exchange, account=account)
    assert found(path) == [order(1)], "a refusal changes nothing, and lets go of it"


def test_two_clients_of_one_journal(path: Path) -> None:
    """The second is refused while the first is open."""
    with journal(path), pytest.raises(ConfigError, match="in use by another client"):
        OrderJournal(path, EXCHANGE, account=None)
    assert found(path) == []


@pytest.mark.parametrize("name", ["link", "folder/../orders.journal"])
def test_two_names_of_one_journal(path: Path, name: str) -> None:
    """They are one journal, for one client; and a link stays one when the file is written anew."""
    path.with_name("link").symlink_to(path)
    path.with_name("folder").mkdir()
    other = path.parent / name
    with journal(path), pytest.raises(ConfigError, match="in use by another client"):
        OrderJournal(other, EXCHANGE, account=None)
    with journal(other) as opened:
        _end_many(opened)
        opened.intend([order(9_000)])
    assert found(path) == found(other) == [order(9_000)]
    assert path.with_name("link").is_symlink()


def _end_many(opened: OrderJournal) -> None:
    """Have the file written anew."""
    for number in range(4_100):
        opened.intend([order(number)])
        opened.ended(f"id{number}", "canceled")


def test_a_program_that_goes_to_another_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal stays where it was when the client was made, also when it is written anew."""
    elsewhere = path.with_name("elsewhere")
    elsewhere.mkdir()
    monkeypatch.chdir(path.parent)
    with journal(Path(path.name)) as opened:
        monkeypatch.chdir(elsewhere)
        _end_many(opened)
        opened.intend([order(9_000)])
    assert found(path) == [order(9_000)]
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["", " ", ".", "/", "a\0b", 5])
def test_a_path_of_no_file(name: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is an error of the caller's, and nothing is made: neither there nor beside it."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with pytest.raises(ConfigError, match="journal cannot be"):
        OrderJournal(name, EXCHANGE, account=None)
    assert [one.name for one in tmp_path.rglob("*")] == ["here"]


@pytest.mark.parametrize("sync", ["no", 0, None])
def test_a_switch_that_is_none(path: Path, sync: Any) -> None:
    """Whoever meant something else hears of it, and nothing is made."""
    with pytest.raises(ConfigError, match="journal_sync must be True or False"):
        OrderJournal(path, EXCHANGE, account=None, sync=sync)
    assert list(path.parent.iterdir()) == []


def test_a_file_that_cannot_be_opened(path: Path) -> None:
    """It is an error of the journal, which lets go of its lock."""
    os.mknod(path, 0o600 | stat.S_IFSOCK)
    with pytest.raises(JournalError, match="cannot be opened"):
        OrderJournal(path, EXCHANGE, account=None)
    path.unlink()
    assert found(path) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is an error of the journal, with the system's reason."""
    with pytest.raises(JournalError, match="No such file or directory"):
        OrderJournal(tmp_path / "no" / "journal", EXCHANGE, account=None)


def test_a_closed_journal_takes_no_intent(path: Path) -> None:
    """Nothing is sent that is not written; what came of an order before may still be told, and is dropped."""
    with journal(path) as opened:
        opened.intend([order(1)])
    with pytest.raises(JournalError, match="closed; nothing was sent"):
        opened.intend([order(2)])
    opened.answered("id1", "7")
    opened.ended("id1", "filled")
    opened.close()
    assert found(path) == [order(1)]


def test_a_closed_journal_is_not_written_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file may be another client's by then: an end that comes late leaves it alone."""
    monkeypatch.setattr(live_journal, "_LEAST_LINES", 3)
    with journal(path) as opened:
        for number in range(8):  # as many lines, of few orders
            opened.intend([order(1)])
            opened.answered("id1", str(number))
    with journal(path) as other:
        before = path.stat()
        opened.ended("id1", "filled")
        assert (path.stat().st_ino, path.stat().st_size) == (before.st_ino, before.st_size)
        with pytest.raises(JournalError, match="closed; nothing was sent"):
            opened.intend([order(2)])
        other.intend([order(3)])
    assert order(3) in found(path)


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond ``size``, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("room", [0, 1, 40])
def test_a_full_disk(path: Path, room: int, caplog: pytest.LogCaptureFixture) -> None:
    """The order is not sent, half a line is taken back, and the journal goes on when there is room again.

    An end that is lost is logged, and nobody claims that its order was not sent.
    """
    with journal(path) as opened:
        opened.intend([order(1)])
        with _room_for(path.stat().st_size + room):
            with pytest.raises(JournalError, match="nothing was sent"):
                opened.intend([order(2)])
            opened.ended("id1", "filled")  # lost: the order is asked for once more
        opened.intend([order(3)])
    assert "what became of an order cannot be written" in caplog.text
    assert "nothing was sent" not in caplog.text
    assert [one.client_order_id for one in found(path)] == ["id1", "id3"]


def test_what_is_lost_is_logged_without_the_lock(path: Path) -> None:
    """A handler is the user's: it may wait for a thread that uses the journal."""
    seen: list[list[JournaledOrder]] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            other = threading.Thread(target=lambda: seen.append(opened.unfinished), daemon=True)
            other.start()
            other.join(5)
            assert not other.is_alive(), record.getMessage()

    handler = Handler()
    with journal(path) as opened:
        opened.intend([order(1)])
        live_journal.log.addHandler(handler)
        try:
            with _room_for(path.stat().st_size):
                opened.answered("id1", "7")
        finally:
            live_journal.log.removeHandler(handler)
    assert [one.order_id for one in seen[0]] == ["7"]


def test_it_is_written_anew_when_most_of_it_is_over(path: Path) -> None:
    """The file stays small whatever the number of orders, and what is unfinished stays in it."""
    with journal(path) as opened:
        opened.intend([order(0)])
        opened.answered("id0", "5")
        for number in range(1, 6_000):
            opened.intend([order(number)])
            opened.ended(f"id{number}", "filled", "0.5", "60000.1")
        assert len(path.read_bytes().splitlines()) < 8_010
        opened.intend([order(9_000)])
        ended = opened.ended_lately
    assert [one.client_order_id for one in ended] == [f"id{number}" for number in range(5_000, 6_000)]
    with journal(path) as again:
        assert [(one.client_order_id, one.order_id) for one in again.unfinished] == [("id0", "5"), ("id9000", None)]
        assert again.ended_lately == ended
        assert (ended[-1].end, ended[-1].filled, ended[-1].average_price) == ("filled", "0.5", "60000.1")


def test_it_cannot_be_written_anew(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Then the old file goes on, and grows."""
    path.with_name(path.name + ".new").mkdir()
    with journal(path) as opened:
        _end_many(opened)
        opened.intend([order(5_000)])
    assert "cannot be written anew" in caplog.text
    assert found(path) == [order(5_000)]


def test_many_threads(path: Path) -> None:
    """No line is torn by another, also while the file is written anew."""

    def work(first: int) -> None:
        for number in range(first, first + 400):
            opened.intend([order(number)])
            if number % 8:
                opened.ended(f"id{number}", "filled")

    with journal(path) as opened:
        threads = [threading.Thread(target=work, args=(first,)) for first in range(0, 3_200, 400)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {one.client_order_id for one in found(path)} == {f"id{number}" for number in range(0, 3_200, 8)}


def test_a_journal_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The error says what to do."""
    with pytest.raises(JournalError, match=r"no/orders.*make its folder"):
        OrderJournal(tmp_path / "no" / "orders", "okx", account=None)
