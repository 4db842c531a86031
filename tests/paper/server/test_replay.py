"""Playing a recording: the same frames, to whoever subscribed, at the asked speed."""

from __future__ import annotations

import time
from pathlib import Path

import orjson
import pytest

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import WireClient

ETH = {"channel": "trades", "instId": "ETH-USD-991231"}
SOL = {"channel": "books", "instId": "SOL-USDT"}


def frame(arg: dict[str, str], number: int) -> str:
    """A recorded data frame; the blank makes sure that the text is played as it is."""
    return '{"arg": ' + orjson.dumps(arg).decode() + f', "data":[{{"n":"{number}"}}]}}'


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Two topics, four data frames over 0.3 s, with acks and a pong in between."""
    texts = [
        (0.0, orjson.dumps({"event": "subscribe", "arg": ETH}).decode()),
        (0.0, frame(ETH, 1)),
        (0.1, frame(SOL, 2)),
        (0.1, "pong"),
        (0.2, frame(ETH, 3)),
        (0.3, frame(SOL, 4)),
    ]
    path = tmp_path / "session.jsonl"
    lines = [orjson.dumps({"received": 1_700_000_000 + at, "text": text}) for at, text in texts]
    path.write_bytes(b"\n".join(lines) + b"\n\n")
    return path


def test_starts_when_all_topics_are_subscribed(recording: Path) -> None:
    """Nothing is played before the last topic is there; then all frames come, unchanged and in order."""
    with PaperExchange(play=recording, play_speed=None) as paper, WireClient(paper) as client:
        client.subscribe(**ETH)
        client.send("ping")
        assert client.raw() == "pong"
        client.subscribe(**SOL)
        assert [client.raw() for _ in range(4)] == [frame(ETH, 1), frame(SOL, 2), frame(ETH, 3), frame(SOL, 4)]
        assert paper.wait_played()
        assert paper.play_done


def test_recorded_speed(recording: Path) -> None:
    """At speed 1 the frames keep their distance in time; at 3 it is a third."""
    for speed, low in ((1.0, 0.3), (3.0, 0.1)):
        with PaperExchange(play=recording, play_speed=speed) as paper, WireClient(paper) as client:
            client.ask("subscribe", ETH, SOL)
            begin = time.monotonic()
            client.until(lambda message: message.get("data", [{}])[0].get("n") == "4")
            assert time.monotonic() - begin >= low * 0.9


def test_start_by_hand_plays_to_whom_it_concerns(recording: Path) -> None:
    """`play_start` does not wait; a client gets the frames of its own topics only."""
    with PaperExchange(play=recording, play_speed=None) as paper, WireClient(paper) as client:
        client.subscribe(**SOL)
        paper.play_start()
        assert [client.raw() for _ in range(2)] == [frame(SOL, 2), frame(SOL, 4)]
        assert paper.wait_played()


def test_start_after_the_first_topic(recording: Path) -> None:
    """`play_wait=1` starts with the first recorded topic that is subscribed."""
    with PaperExchange(play=recording, play_speed=None, play_wait=1) as paper, WireClient(paper) as client:
        client.subscribe(**ETH)
        assert client.raw() == frame(ETH, 1)
        assert paper.wait_played()


def test_no_live_market_is_mixed_in(recording: Path) -> None:
    """A topic that is not in the recording is acked and stays silent."""
    with PaperExchange(play=recording) as paper, WireClient(paper) as client:
        client.subscribe("tickers", instId="BTC-USDT")
        paper.clock.advance(5)
        assert sum(paper.pushed.values()) == 0


def test_as_fast_as_the_client_reads(tmp_path: Path) -> None:
    """A big recording is not queued up in memory: the player waits for a client that does not read."""
    path = tmp_path / "big.jsonl"
    text = orjson.dumps({"arg": SOL, "data": [{"filler": "x" * 100_000}]}).decode()
    path.write_bytes(orjson.dumps({"received": 1.0, "text": text}) + b"\n")
    path.write_bytes(path.read_bytes() * 300)
    with PaperExchange(play=path, play_speed=None) as paper, WireClient(paper) as client:
        client.subscribe(**SOL)
        assert not paper.wait_for(lambda: paper.play_done, timeout=0.3)
        for _ in range(300):
            client.raw()
        assert paper.wait_played()


def test_bad_recordings_are_named(tmp_path: Path) -> None:
    """A line that is no recorded frame is an error with its number, before anything starts."""
    path = tmp_path / "bad.jsonl"
    path.write_text('{"received": 1, "text": "pong"}\n{"received": "soon"}\n')
    with pytest.raises(ValueError, match="line 2"):
        PaperExchange(play=path)
    with PaperExchange() as paper, pytest.raises(RuntimeError, match="no recording"):
        paper.play_start()
