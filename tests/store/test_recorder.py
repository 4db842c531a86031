"""``Recorder``: keeps what came, says what it could not keep, and never holds the streams up."""

from __future__ import annotations

import gc
import os
import resource
import signal
import subprocess
import sys
import warnings
import weakref
from pathlib import Path
from typing import Any

import pytest

from okx_sync import BybitWsClient, ConfigError, RecordingError, WsClient
from okx_sync.paper import PaperExchange
from okx_sync.store.recording import Recording
from okx_sync.store.segment import SUFFIX, EntryKind
from tests.loopback.conftest import FAST, until
from tests.programs import environment

PROGRAM = """
import sys
from okx_sync import Config, WsClient
url, folder = sys.argv[1:]
with WsClient(Config(ws_public_url=url)) as ws, ws.record(folder, flush_s=0.05) as recorder:
    ws.subscribe_trades("BTC-USDT")
    ws.subscribe_books("BTC-USDT")
    while True:
        ws.clock.sleep(0.05)
        print(recorder.stats.frames, flush=True)
"""


@pytest.mark.parametrize("option", ["max_bytes", "max_s", "flush_s", "max_memory", "level"])
@pytest.mark.parametrize("value", [0, -1, True, "x"])
def test_options_that_cannot_be_right(paper: PaperExchange, tmp_path: Path, option: str, value: Any) -> None:
    """They are refused by name before a file is made."""
    with WsClient(paper.public_config) as ws, pytest.raises(ConfigError, match=option):
        ws.record(tmp_path / "new", **{option: value})
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written_to(paper: PaperExchange, tmp_path: Path) -> None:
    """It is said at once, with its name."""
    (tmp_path / "file").write_text("here")
    with WsClient(paper.public_config) as ws, pytest.raises(RecordingError, match="file"):
        ws.record(tmp_path / "file")


def test_files_follow_each_other(paper: PaperExchange, tmp_path: Path) -> None:
    """By size; a second recording goes on in new files of the folder, and each file names its topics."""
    for _ in range(2):
        with WsClient(paper.public_config, options=FAST) as ws:
            recorder = ws.record(tmp_path, max_bytes=500, flush_s=0.02)
            ws.subscribe_books("BTC-USDT")
            until(lambda recorder=recorder: recorder.stats.files >= 3)  # type: ignore[misc]
    assert "stopped" in repr(recorder)
    names = sorted(path.name for path in tmp_path.glob("*.okxrec"))
    assert names == [f"{number:06}{SUFFIX}" for number in range(1, len(names) + 1)]
    assert len(names) >= 6
    recording = Recording(tmp_path)
    assert all(file.damage is None for file in recording.files())
    said = [entry for entry in recording.entries() if entry.kind is EntryKind.TOPICS]
    assert len(said) >= len(names) - 2  # the newest may have been begun by the last write
    assert recording.stats().is_ended


def test_more_than_memory_holds_is_counted(paper: PaperExchange, tmp_path: Path) -> None:
    """Messages that are left out are told once a write, counted, and named in the recording; the stream goes on."""
    with WsClient(paper.public_config, options=FAST) as ws:
        errors: list[Exception] = []
        ws.on_error(errors.append)
        recorder = ws.record(tmp_path, max_memory=600, flush_s=0.3)
        seen: list[Any] = []
        ws.subscribe_trades("BTC-USDT", callback=seen.append)
        ws.subscribe_tickers("BTC-USDT")
        ws.subscribe_books("BTC-USDT")
        until(lambda: recorder.stats.missed > 0 and len(seen) > 3 and errors)
        stats = recorder.stop()
    assert all("more came than could be written" in str(error) for error in errors)
    told = Recording(tmp_path).stats().missed
    assert sum(one.frames or 0 for one in told) == stats.missed
    assert Recording(tmp_path).stats().frames == stats.frames


def test_a_full_disk_is_told_and_the_streams_live_on(paper: PaperExchange, tmp_path: Path) -> None:
    """Once, with the system's words; what came meanwhile is counted, what comes when there is room again is kept."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with WsClient(paper.public_config, options=FAST) as ws:
        errors: list[Exception] = []
        ws.on_error(errors.append)
        recorder = ws.record(tmp_path, flush_s=0.02)
        seen: list[Any] = []
        ws.subscribe_books("BTC-USDT", callback=seen.append)
        until(lambda: recorder.stats.frames > 3)
        resource.setrlimit(resource.RLIMIT_FSIZE, (recorder.stats.size + 250, hard))  # bytes of each file
        try:
            until(lambda: recorder.stats.missed > 2)
            came = len(seen)
            until(lambda: len(seen) > came)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        kept = recorder.stats.frames
        until(lambda: recorder.stats.frames > kept)
        stats = recorder.stop()
    assert len(errors) == 1
    assert "File too large" in str(errors[0])
    found = Recording(tmp_path).stats()
    assert found.frames == stats.frames
    assert sum(one.frames or 0 for one in found.missed) == stats.missed
    assert Recording(tmp_path).files()[0].damage is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_program_that_was_killed_loses_what_was_not_written(paper: PaperExchange, tmp_path: Path) -> None:
    """What it had counted as written can be read, and the recording tells that it was not ended."""
    args = [sys.executable, "-W", "error", "-c", PROGRAM, paper.ws_url("public"), str(tmp_path)]
    with subprocess.Popen(args, env=environment(), stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        written = 0
        while written < 10:
            written = int(program.stdout.readline())
        program.send_signal(signal.SIGKILL)
        program.wait()
    stats = Recording(tmp_path).stats()
    assert stats.frames >= written
    assert not stats.is_ended


def test_a_client_that_is_dropped_ends_its_recording(paper: PaperExchange, tmp_path: Path) -> None:
    """The thread that writes keeps nobody alive; what came is written."""
    ws = WsClient(paper.public_config, options=FAST)
    gone = weakref.ref(ws.record(tmp_path, flush_s=0.05))
    ws.subscribe_trades("BTC-USDT")
    until(lambda: Recording(tmp_path).stats().frames > 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it was not closed, as is said elsewhere
        del ws
        gc.collect()
    until(lambda: gc.collect() is not None and gone() is None)
    assert Recording(tmp_path).stats().is_ended


def test_logins_are_left_out(paper: PaperExchange, tmp_path: Path) -> None:
    """Neither the answer to a login nor anything of the key is in the files."""
    with WsClient(paper.config, options=FAST) as ws, ws.record(tmp_path):
        ws.connect("private")
        ws.subscribe_account()
    texts = b"".join(data for _, _, data in Recording(tmp_path).frames())
    assert b'"event":"login"' not in texts
    assert b'"subscribe"' in texts
    keys = paper.config.credentials
    assert keys is not None
    assert all(secret.encode() not in texts for secret in (keys.api_key, keys.secret_key, keys.passphrase))


@pytest.mark.parametrize("folder", [None, "", 5])
def test_what_is_no_folder_is_not_written_to(paper: PaperExchange, folder: Any) -> None:
    """An empty name would be the folder in which the program runs."""
    with WsClient(paper.public_config) as ws, pytest.raises(ConfigError, match="folder cannot be"):
        ws.record(folder)


def test_a_recording_of_something_else_is_left_as_it_is(paper: PaperExchange, tmp_path: Path) -> None:
    """Files of two accounts or exchanges in one folder could be read by nobody: the second recorder is refused."""
    with WsClient(paper.config) as ws, ws.record(tmp_path):
        pass
    (tmp_path / f"000002{SUFFIX}").touch()  # one that was begun when a program died
    for other in (WsClient(paper.config_for("bob")), BybitWsClient(paper.bybit_config())):
        with (
            other,
            pytest.raises(RecordingError, match=r"holds a recording of okx .*alice, and this .*a folder of its"),
        ):
            other.record(tmp_path)
    with WsClient(paper.config) as ws, ws.record(tmp_path) as recorder:
        assert recorder.stats.files == 1
    assert Recording(tmp_path).exchange == "okx"
