"""Two sockets of a link in a recording: what both brought is given once, and nothing is kept back for good."""

from __future__ import annotations

import orjson
import pytest

from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.store.overlap import Overlaps

TRADES = Topic.of("trades", instId="BTC-USDT")
LATER = 10**10  # ns: behind the time in which a new socket may lag


def trade(*numbers: int) -> bytes:
    rows = [{"instId": "BTC-USDT", "tradeId": str(number), "px": "1", "sz": "1", "ts": "1"} for number in numbers]
    return orjson.dumps({"arg": TRADES.arg, "data": rows})


def numbers(frames: list[bytes]) -> list[str]:
    return [row["tradeId"] for frame in frames for row in orjson.loads(frame)["data"]]


class Recorded:
    """One link of a recording that changes from socket 1 to socket 2."""

    def __init__(self) -> None:
        self.overlaps = Overlaps(OkxDialect("okx"), {TRADES: TopicKind()})

    def due(self, epoch: int, frame: bytes, at: int = 1) -> list[bytes]:
        return self.overlaps.due("public", 0, epoch, at, frame)

    def changing(self) -> list[str]:
        """Both bring trades 2 and 3, the new one 4 as well; then the new one takes over. What was due by then."""
        given = self.due(1, trade(1))
        self.overlaps.begin("public", 0, 1)
        for epoch, frame in ((1, trade(2)), (2, trade(2)), (2, trade(3)), (1, trade(3)), (2, trade(4))):
            given += self.due(epoch, frame)
        return numbers(given + self.overlaps.switch("public", 0, 2, 2))


def test_what_both_brought_is_given_once() -> None:
    """In its order, up to the moment at which the new socket takes over; the old one is not heard any more."""
    recorded = Recorded()
    assert recorded.changing() == ["1", "2", "3", "4"]
    assert recorded.due(1, trade(4)) == []
    assert numbers(recorded.due(2, trade(5))) == ["5"]
    assert numbers(recorded.due(2, trade(6), LATER)) == ["6"]
    assert numbers(recorded.due(2, trade(6), LATER)) == ["6"]  # one socket alone: all that it brings is given


def test_what_is_no_data_is_given_as_it_is() -> None:
    """An answer is of its socket, and whoever reads it decides."""
    recorded = Recorded()
    recorded.overlaps.begin("public", 0, 1)
    for frame in (b"pong", b'{"event":"subscribe","arg":{"channel":"other"},"connId":"1"}'):
        assert recorded.due(2, frame) == [frame]


@pytest.mark.parametrize(("end", "args"), [("end", ("public", 0)), ("end_all", ())])
def test_a_change_that_came_to_nothing(end: str, args: tuple[object, ...]) -> None:
    """The link was lost, or the recording does not tell: what comes next is given."""
    recorded = Recorded()
    recorded.overlaps.begin("public", 0, 1)
    assert recorded.due(2, trade(1)) == []
    getattr(recorded.overlaps, end)(*args)
    assert numbers(recorded.due(3, trade(2))) == ["2"]
    assert recorded.overlaps.switch("public", 0, 3, 2) == []
