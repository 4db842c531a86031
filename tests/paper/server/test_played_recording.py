"""A client's recording at the server: topics, places, and times that are moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from okx_sync.paper import PaperExchange
from okx_sync.paper.server.played_recording import PlayedRecording, shifted
from okx_sync.paper.server.replay import RecordedFrame
from tests.paper.wire_client import WireClient

_Message = tuple[int, str, bytes | None]
SECOND = 1_000_000_000


class Recorded:
    """A recording in memory."""

    def __init__(self, messages: list[_Message], exchange: str = "okx", **head: Any) -> None:
        self.exchange = exchange
        self.head: dict[str, Any] = {"protocol": "v5", "category": "linear"} | head
        self._messages = messages

    def wire_messages(self) -> Iterator[_Message]:
        return iter(self._messages)


def frames(recorded: Recorded) -> list[RecordedFrame]:
    return list(PlayedRecording(recorded))


def test_only_data_is_played_each_with_its_topic() -> None:
    """Answers are left out; a topic is found at the beginning of a message, or wherever it stands."""
    texts = [
        b"pong",
        b'{"event":"subscribe","arg":{"channel":"trades","instId":"A"},"connId":"1"}',
        b'{"arg":{"channel":"trades","instId":"A"},"data":[]}',
        b'{"arg":{"channel":"trades","instId":"A"},"connId":"1"}',
        b'{"action":"update","arg":{"instId":"A","channel":"books"},"data":[]}',
        b'{"data":[],"arg":{"channel":"trades","instId":"B"}}',
    ]
    found = frames(Recorded([(SECOND * number, "public", text) for number, text in enumerate(texts)]))
    assert [(frame.at, frame.topic) for frame in found] == [
        (2.0, "trades(instId=A)"),
        (4.0, "books(instId=A)"),
        (5.0, "trades(instId=B)"),
    ]


def test_the_place_of_a_message() -> None:
    """Bybit's topics are of a product; a loss is of a path, and has no topic."""
    text = b'{"topic":"tickers.BTCUSDT","type":"snapshot","data":{}}'
    own = b'{"id":"1","topic":"order","creationTime":1,"data":[]}'
    found = frames(Recorded([(1, "public", text), (2, "public", None), (3, "private", own)], "bybit", category="spot"))
    assert [(frame.topic, frame.wire, frame.path) for frame in found] == [
        ("tickers.BTCUSDT", "bybit", "v5/public/spot"),
        ("", "bybit", "v5/public/spot"),
        ("order", "bybit", "v5/private"),
    ]
    arg = b'{"action":"snapshot","arg":{"instType":"spot","topic":"ticker","symbol":"A"},"data":[]}'
    (frame,) = frames(Recorded([(1, "public", arg)], "bitget", protocol="v3"))
    assert (frame.topic, frame.wire) == ("ticker(instType=spot, symbol=A)", "bitget v3")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"ts":"1700000000000","px":"1700000000000"}', '{"ts":"1700000001000","px":"1700000000000"}'),
        ('{"cts": 1700000000000,"T":1700000000000}', '{"cts": 1700000001000,"T":1700000001000}'),
        ('{"nextFundingTime":"1700000000000"}', '{"nextFundingTime":"1700000001000"}'),
        ('{"fillTime":"","tradeId":"1700000000000"}', '{"fillTime":"","tradeId":"1700000000000"}'),
        ('{"ts":"17000000000000"}', '{"ts":"17000000000000"}'),
        ('{"data":[["1700000000000","5"]]}', '{"data":[["1700000000000","5"]]}'),
    ],
)  # fmt: skip
def test_times_are_moved_and_nothing_else(before: str, after: str) -> None:
    """Milliseconds under the name of a time, as numbers or texts; ids and prices stay what they are."""
    assert shifted(RecordedFrame(0, "trades(instId=A)", before.encode()), 1000) == after.encode()


def test_times_of_candles_are_moved() -> None:
    """A candle's time is the first of its values."""
    frame = RecordedFrame(0, "candle1m(instId=A)", b'{"data":[["1700000000000","1700000000000"]]}')
    assert shifted(frame, 1) == b'{"data":[["1700000000001","1700000000000"]]}'


def test_a_recording_plays_as_if_it_were_now() -> None:
    """``play_times="now"``: the first message is of the moment at which it is played."""
    text = b'{"arg":{"channel":"trades","instId":"A"},"data":[{"ts":"1700000000000","tradeId":"1"}]}'
    recorded = Recorded([(1_700_000_000_000_000_000, "public", text)])
    with PaperExchange(play=recorded, play_speed="max", play_times="now") as paper, WireClient(paper) as client:
        before = paper.clock.now() * 1000
        client.ask("subscribe", {"channel": "trades", "instId": "A"})
        row = client.until(lambda message: "data" in message)["data"][0]
        assert before - 1 <= int(row["ts"]) <= paper.clock.now() * 1000
        assert row["tradeId"] == "1"


def test_topics_of_one_name_on_two_paths_are_kept_apart() -> None:
    """A recording of Bybit's spot pairs is not for those who follow its contracts."""
    text = b'{"topic":"tickers.BTCUSDT","type":"snapshot","data":{}}'
    recorded = Recorded([(1, "public", text)], "bybit", category="spot")
    with PaperExchange(play=recorded, play_wait=0) as paper:
        linear, spot = (WireClient(paper, paper.bybit_url(f"/v5/public/{one}")) for one in ("linear", "spot"))
        with linear, spot:
            for client in (linear, spot):
                client.send({"op": "subscribe", "args": ["tickers.BTCUSDT"]})
                client.until(lambda message: message.get("success"))
            paper.play_start()
            assert paper.wait_played()
            linear.send({"op": "ping"})
            assert linear.recv()["ret_msg"] == "pong"
            assert spot.recv() == orjson.loads(text)


def test_what_cannot_be_played_is_refused(tmp_path: Path) -> None:
    """Before the exchange is made, with what to write instead."""
    with pytest.raises(ValueError, match="play=Recording"):
        PaperExchange(play=tmp_path)
    for options in ({"play_speed": 0.0}, {"play_speed": "fast"}, {"play_times": "then"}):
        with pytest.raises(ValueError, match="play_"):
            PaperExchange(play=Recorded([]), **options)
