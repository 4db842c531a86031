"""The connection of a replayed link: what it answers, and that nobody waits for one that has ended."""

from __future__ import annotations

import threading

import orjson
import pytest

from okx_sync.errors import ConnectionLost
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import FED_PING
from okx_sync.store.replay_wire import ReplayWire
from okx_sync.transport.ending import Ending
from tests.loopback.conftest import until

HELD = Topic.of("trades", instId="BTC-USDT")
OTHER = Topic.of("trades", instId="ETH-USDT")


class Ran:
    """A connection on a thread of its own, and what it has handed over."""

    def __init__(self, *, is_reachable: bool = True) -> None:
        self.frames: list[bytes] = []
        self.opened: list[ReplayWire] = []
        self.endings: list[Ending] = []
        self.gate = threading.Event()
        if is_reachable:
            self.gate.set()
        self.wire = ReplayWire({HELD}, self.gate, self.opened.append, lambda: None, self.take)
        self.thread = threading.Thread(target=lambda: self.endings.append(self.wire.run()), daemon=True)
        self.thread.start()

    def take(self, frames: list[bytes]) -> None:
        """Take messages; one of them is bad news."""
        self.frames += frames
        if b"kill" in frames:
            self.wire.kill("killed by a message")

    def end(self) -> str:
        """Wait for its end, and return the reason."""
        self.thread.join(5)
        return self.endings[0].reason


def test_requests_are_answered_in_their_order() -> None:
    """A topic that the recording lacks is refused before the request is done; a ping has its pong."""
    ran = Ran()
    topics = [[topic.channel, topic.args] for topic in (HELD, OTHER)]
    ran.wire.send(FED_PING)
    ran.wire.send(orjson.dumps({"op": "subscribe", "id": "1", "topics": topics}).decode())
    until(lambda: len(ran.frames) == 3)
    assert [b"pong" in ran.frames[0], b"refusal" in ran.frames[1], b"ack" in ran.frames[2]] == [True, True, True]
    assert str(OTHER).encode() in ran.frames[1].replace(b"\\", b"")
    ran.wire.close("enough")
    assert ran.end() == "enough"
    with pytest.raises(ConnectionLost, match="has ended"):
        ran.wire.send(FED_PING)


def test_nobody_waits_for_one_that_has_ended() -> None:
    """What waits behind the message at which it ends is given up, and what comes later at once."""
    ran = Ran()
    until(lambda: ran.opened != [])
    deliveries = [ran.wire.deliver([frame]) for frame in (b"1", b"kill", b"2")]
    assert ran.end() == "killed by a message"
    assert all(one.done.wait(5) for one in deliveries)
    assert [one.was_taken for one in deliveries] == [True, True, False]
    assert b"1" in ran.frames
    assert ran.wire.deliver([b"3"]).done.is_set()


def test_it_stands_only_when_the_server_can_be_reached() -> None:
    """Until then it can be ended all the same."""
    waiting, ended = Ran(is_reachable=False), Ran(is_reachable=False)
    ended.wire.kill("no more")
    assert (ended.end(), ended.opened) == ("no more", [])
    assert waiting.opened == []
    waiting.gate.set()
    until(lambda: waiting.opened == [waiting.wire])
    waiting.wire.kill("done")
    assert waiting.end() == "done"
