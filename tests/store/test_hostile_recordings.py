"""Recordings that were ill-treated: what is whole is given, what is not is named, and nothing else breaks."""

from __future__ import annotations

import datetime as dt
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync import Recording, RecordingError, ReplayClient, WsClient
from okx_sync.paper import PaperExchange
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import text_of
from okx_sync.store.segment import BlockOutline, Entry, EntryKind, RecordedSocket, SegmentWriter, read_segment
from tests.loopback.conftest import FAST, until
from tests.programs import environment

HEAD: Final = {"exchange": "okx", "environment": "okx", "number": 1, "began": 1} | dict.fromkeys(
    ("account", "protocol", "category")
)
TRADES: Final = Topic.of("trades", instId="BTC-USDT")
SOCKET: Final = RecordedSocket("public", 0, 1)
SECOND_NS: Final = 10**9
FORKED: Final = """
import os, sys
from okx_sync import Config, WsClient
url, folder = sys.argv[1:]
with WsClient(Config(ws_public_url=url)) as ws, ws.record(folder, flush_s=0.05) as recorder:
    ws.subscribe_books("BTC-USDT")
    while recorder.stats.frames < 3:
        ws.clock.sleep(0.02)
    child = os.fork()
    if not child:
        recorder.stop()
        ws.close()
        try:
            WsClient(Config(ws_public_url=url)).record(folder)
        except Exception as problem:
            print(type(problem).__name__, problem, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    kept = recorder.stats.frames
    while recorder.stats.frames < kept + 3:
        ws.clock.sleep(0.02)
print(recorder.stats.frames, recorder.stats.missed)
"""


def trade(at: int, number: int) -> Entry:
    row = {"tradeId": str(number), "instId": "BTC-USDT", "px": "1", "sz": "1", "side": "buy", "ts": "1"}
    return Entry(EntryKind.FRAME, at, SOCKET, orjson.dumps({"arg": TRADES.arg, "data": [row]}))


def written(folder: Path, *blocks: list[Entry], number: int = 1) -> Path:
    """A file with a block of topics, the blocks, and an end."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{number:06}.okxrec"
    topics = Entry(EntryKind.TOPICS, 1, None, orjson.dumps([["public", TRADES.channel, dict(TRADES.args), 0]]))
    writer = SegmentWriter(path, HEAD | {"number": number}, 1)
    for block in ([topics], *blocks, [Entry(EntryKind.END, blocks[-1][-1].at, None, b"")]):
        writer.write(block)
    writer.close()
    return path


def trades_of(folder: Path) -> list[str | None]:
    """The numbers of the trades that a replay gives."""
    found: list[str | None] = []
    with ReplayClient(folder, speed="max") as player:
        player.subscribe_trades("BTC-USDT", callback=lambda row: found.append(row.tradeId), inline=True)
        assert player.play(20)
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of three blocks of trades, numbered 1 to 6."""
    blocks = [[trade(10 * number, 2 * number - 1), trade(10 * number + 1, 2 * number)] for number in (1, 2, 3)]
    return written(tmp_path_factory.mktemp("whole"), *blocks).read_bytes()


@given(st.data())
@settings(max_examples=30)
def test_cut_off_or_changed_anywhere(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, data: st.DataObject
) -> None:
    """Statistics and proof give what is whole; they say that something is missing, or that it is no recording."""
    folder = tmp_path_factory.mktemp("ill")
    path = folder / "000001.okxrec"
    if data.draw(st.booleans(), label="cut"):
        ill = whole[: data.draw(st.integers(0, len(whole) - 1), label="at")]
    else:
        place = data.draw(st.integers(0, len(whole) - 1), label="at")
        ill = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255), label="by")]) + whole[place + 1 :]
    path.write_bytes(ill)
    try:
        recording = Recording(folder)
    except RecordingError:
        return
    stats, proof = recording.stats(), recording.verify()
    assert not proof.is_whole
    assert stats.missed or not stats.is_ended
    assert bool(recording.files()[0].damage) == bool(stats.missed)
    numbers = [orjson.loads(text)["data"][0]["tradeId"] for _, _, text in recording.frames()]
    assert numbers == [number for number in "123456" if number in numbers]
    assert len(numbers) >= stats.frames


def test_a_damaged_block_costs_no_other(tmp_path: Path, whole: bytes) -> None:
    """A replay says where something is missing, by the byte, and goes on behind it; the proof names the numbers."""
    path = tmp_path / "000001.okxrec"
    path.write_bytes(whole)
    blocks = [item.offset for item in read_segment(path) if isinstance(item, BlockOutline)]
    path.write_bytes(whole[: blocks[2] + 50] + b"?" + whole[blocks[2] + 51 :])
    assert trades_of(tmp_path) == ["1", "2", "5", "6"]
    proof = Recording(tmp_path).verify()
    (topic,) = proof.topics
    assert [(hole.after, hole.before) for hole in topic.holes] == [(2, 5)]
    assert f"damaged at byte {blocks[2]}: the block does not have its checksum" in str(proof)


@pytest.mark.parametrize(
    "torn", [b"", b"okx_sync rec", b"okx_sync recording 1\n", b'okx_sync recording 1\n{"exchange":']
)
def test_a_file_that_was_only_begun(tmp_path: Path, torn: bytes) -> None:
    """The program died with it, and was started again: the files around it are read, and it is named."""
    written(tmp_path, [trade(10, 1)])
    written(tmp_path, [trade(20, 2)], number=3)
    (tmp_path / "000002.okxrec").write_bytes(torn)
    assert trades_of(tmp_path) == ["1", "2"]
    recording = Recording(tmp_path)
    (missed,) = recording.stats().missed
    assert "000002.okxrec" in missed.reason
    assert [bool(file.damage) for file in recording.files()] == [False, True, False]
    assert not recording.verify().is_whole


def test_heads_that_lack_something(tmp_path: Path) -> None:
    """A file that does not say what it is of is no recording; files of two clients are no recording either."""
    SegmentWriter(tmp_path / "000001.okxrec", {"exchange": "okx"}, 1).close()
    with pytest.raises(RecordingError, match="does not say what it is a recording of"):
        Recording(tmp_path)
    written(tmp_path, [trade(10, 1)], number=2)
    assert Recording(tmp_path).stats().frames == 1
    SegmentWriter(tmp_path / "000003.okxrec", HEAD | {"environment": "demo"}, 1).close()
    with pytest.raises(RecordingError, match="several clients"):
        Recording(tmp_path)


def test_two_recorders_on_one_folder(paper: PaperExchange, tmp_path: Path) -> None:
    """The second is refused as long as the first records, and then goes on with further files."""
    with WsClient(paper.public_config) as first, WsClient(paper.public_config) as second:
        recorder = first.record(tmp_path)
        with pytest.raises(RecordingError, match="another recorder writes into"):
            second.record(tmp_path)
        recorder.stop()
        with second.record(tmp_path):
            assert len(list(tmp_path.glob("*.okxrec"))) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork(paper: PaperExchange, tmp_path: Path) -> None:
    """The child writes nothing and may not record there; the parent's recording goes on and is whole."""
    args = [sys.executable, "-c", FORKED, paper.ws_url("public"), str(tmp_path)]
    done = subprocess.run(args, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    refusal, counts = done.stdout.splitlines()
    assert refusal.startswith("RecordingError another recorder writes into"), done.stderr
    stats = Recording(tmp_path).stats()
    assert counts == f"{stats.frames} 0"
    assert stats.is_ended
    assert Recording(tmp_path).verify().is_whole


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_recorder_keeps_nobody_out(paper: PaperExchange, tmp_path: Path) -> None:
    """The system gives the folder back with the program; the next recorder goes on in it, and the cut is named."""
    program = FORKED.replace("child = os.fork()", "print(1, flush=True); ws.clock.sleep(60)")
    args = [sys.executable, "-c", program, paper.ws_url("public"), str(tmp_path)]
    with subprocess.Popen(args, env=environment(), stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        running.wait()
    with WsClient(paper.public_config, options=FAST) as ws, ws.record(tmp_path, flush_s=0.02) as recorder:
        ws.subscribe_books("BTC-USDT")
        until(lambda: recorder.stats.frames > 3)
    assert Recording(tmp_path).stats().frames > recorder.stats.frames
    assert "the recorder died, and the next one began with 000002.okxrec" in str(Recording(tmp_path).verify())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The oldest may be deleted; one between two others is missed."""
    for number in (2, 3, 5):
        written(tmp_path, [trade(number * 10, number)], number=number)
    (missed,) = Recording(tmp_path).stats().missed
    assert missed.reason == "there is no file between 000003.okxrec and 000005.okxrec"


def test_a_recorder_that_died_while_sockets_changed(tmp_path: Path) -> None:
    """What the next one recorded is given, though nothing says which socket had taken over, or what REST told."""
    written(
        tmp_path,
        [trade(10, 1), Entry(EntryKind.STATE, 11, SOCKET, b'{"kind":"replacing"}')],
        [Entry(EntryKind.HELD, 12, SOCKET, orjson.dumps({"topics": [text_of(TRADES)]}))],
    )
    later = RecordedSocket("public", 0, 7)
    written(tmp_path, [trade(20, 2)._replace(source=later), trade(21, 3)._replace(source=later)], number=3)
    assert trades_of(tmp_path) == ["1", "2", "3"]
    (proof,) = Recording(tmp_path).verify().topics
    assert (proof.pushes, proof.holes) == (3, ())


def test_a_disk_that_is_full_again(paper: PaperExchange, tmp_path: Path) -> None:
    """Each time it is told, also where no further file can be begun; all that is not named as missing is there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    errors: list[Exception] = []
    with WsClient(paper.public_config, options=FAST) as ws:
        ws.on_error(errors.append)
        recorder = ws.record(tmp_path, flush_s=0.02, max_bytes=1)
        ws.subscribe_trades("BTC-USDT")
        for times in (1, 2):
            kept = recorder.stats.frames
            until(lambda kept=kept: recorder.stats.frames > kept)  # type: ignore[misc]
            missed = recorder.stats.missed
            resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))  # bytes of each file
            try:
                until(lambda missed=missed: recorder.stats.missed > missed)  # type: ignore[misc]
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            until(lambda times=times: len(errors) == times)  # type: ignore[misc]
        kept = recorder.stats.frames
        until(lambda: recorder.stats.frames > kept)
    stats = Recording(tmp_path).stats()
    assert stats.frames == recorder.stats.frames
    assert sum(one.frames or 0 for one in stats.missed) == recorder.stats.missed
    assert [one.damage for one in Recording(tmp_path).files()] == [None] * len(Recording(tmp_path).files())


def test_what_a_folder_says_of_itself(tmp_path: Path) -> None:
    """How far it was read, what it is of, and that a time needs a zone."""
    for number in (1, 2):
        written(tmp_path, [trade(number * 10, number)], number=number)
    recording = Recording(tmp_path)
    done: list[tuple[int, int]] = []
    recording.stats(progress=lambda read, whole: done.append((read, whole)))
    whole = sum(file.size for file in recording.files())
    assert [read for read, _ in done] == [recording.files()[0].size, whole]
    assert {one for _, one in done} == {whole}
    assert repr(recording) == f"<Recording {tmp_path}: okx okx, 2 files>"
    with pytest.raises(RecordingError, match="need a time zone"):
        next(recording.entries(dt.datetime(2026, 11, 30)))
    assert next(recording.entries(dt.datetime(2026, 11, 30, tzinfo=dt.UTC)), None) is None
    with pytest.raises(RecordingError, match="holds no recording"):
        Recording(tmp_path / "nothing")


def test_a_clock_that_is_set_back(tmp_path: Path) -> None:
    """A replay at the recorded pace neither races through what comes behind it nor waits for it."""
    times = [100.0, 100.1, 40.0, 40.2]
    written(tmp_path, [trade(int(at * SECOND_NS), number) for number, at in enumerate(times, 1)])
    heard: list[str | None] = []
    with ReplayClient(tmp_path, speed=1.0) as player:
        player.subscribe_trades("BTC-USDT", callback=lambda row: heard.append(row.tradeId), inline=True)
        began = time.monotonic()
        assert player.play(20)
    assert time.monotonic() - began >= 0.3 * 0.99
    assert heard == ["1", "2", "3", "4"]


def test_a_message_larger_than_the_memory(paper: PaperExchange, tmp_path: Path) -> None:
    """It is counted as left out, and what is smaller is kept."""
    with WsClient(paper.public_config, options=FAST) as ws:
        errors: list[Exception] = []
        ws.on_error(errors.append)
        recorder = ws.record(tmp_path, max_memory=100_000, flush_s=0.02)
        ws.subscribe_trades("BTC-USDT")
        until(lambda: recorder.stats.frames > 1)
        row = {"instId": "BTC-USDT", "tradeId": "1", "px": "1", "sz": "1", "side": "buy", "ts": "1", "x": "x" * 200_000}
        paper.push({"channel": "trades", "instId": "BTC-USDT"}, [row])
        until(lambda: recorder.stats.missed > 0)
        kept = recorder.stats.frames
        until(lambda: recorder.stats.frames > kept)
    stats = Recording(tmp_path).stats()
    assert sum(one.frames or 0 for one in stats.missed) == recorder.stats.missed > 0
