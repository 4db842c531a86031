"""Two publishers of one topic in processes of their own: one writes, the other goes on when that dies or hangs."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from okx_sync import OkxFanoutClient, Publisher, WsClient
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.test_fanout import States, okx_follower
from tests.loopback.conftest import FAST, Heard, until

_PROGRAM = """
import sys
from okx_sync import Config, Publisher, WsClient

url, rest, public, broker, name = sys.argv[1:]
with WsClient(Config(rest_url=rest, ws_public_url=public)) as ws, Publisher(ws, broker, name=name) as out:
    out.publish_trades("BTC-USDT")
    print("ready", flush=True)
    for line in sys.stdin:
        (told,) = out.stats.values()
        print("active" if told.is_active else "standby", flush=True)
"""


class Process:
    """A publisher in a process of its own."""

    def __init__(self, paper: PaperExchange, broker: Broker, name: str) -> None:
        words = ["", paper.url, paper.ws_url("public"), broker.url, name]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def role(self) -> str:
        """Ask whether it writes."""
        assert self.process.stdin is not None
        self.process.stdin.write("?\n")
        self.process.stdin.flush()
        return self._line()

    def close(self) -> None:
        """Kill it, stopped or not."""
        self.process.kill()
        self.process.communicate(timeout=10)


@contextmanager
def running(paper: PaperExchange, broker: Broker, name: str) -> Iterator[Process]:
    made = Process(paper, broker, name)
    try:
        yield made
    finally:
        made.close()


def last_number(broker: Broker, feed: OkxFanoutClient) -> int:
    """Return the number of the last message that was agreed to."""
    (name,) = feed.fanout_stats
    return int(broker.client.hget(f"okx_sync:{{{name}}}:facts", "last"))


def last_before(broker: Broker, name: str) -> int:
    """Return the number of the last message of the publisher before this one."""
    entries = broker.client.xrange(f"okx_sync:{{{name}}}:stream")
    return [int(fields[b"was_last"]) for _, fields in entries if fields.get(b"was_last")][-1]


def accounted(feed: OkxFanoutClient) -> int:
    """Return how many messages a follower knows of."""
    (told,) = feed.fanout_stats.values()
    return told.received + told.missing


def test_a_publisher_that_hung_writes_no_more(paper: PaperExchange, broker: Broker) -> None:
    """The second goes on within two seconds; what the first writes when it wakes is refused: nothing comes twice."""
    with running(paper, broker, "first") as first, okx_follower(broker, paper, start="earliest") as feed:
        states, trades = States(feed), Heard()
        feed.subscribe_trades("BTC-USDT", callback=trades)
        until(lambda: len(trades) > 2)
        with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url, name="second") as out:
            out.publish_trades("BTC-USDT")
            (name,) = out.stats
            assert not out.stats[name].is_active
            first.process.send_signal(signal.SIGSTOP)
            stopped = time.monotonic()
            until(lambda: out.stats[name].is_active)
            assert time.monotonic() - stopped < 4.0  # two seconds, and what a busy machine adds
            until(lambda: states.reasons("restored"))
            first.process.send_signal(signal.SIGCONT)
            until(lambda: first.role() == "standby")
            sent = out.stats[name].sent
            until(lambda: out.stats[name].sent > sent + 3)
            assert out.stats[name].is_active
            paper.quiet()
            until(lambda: accounted(feed) == last_before(broker, name) + out.stats[name].sent)
            (told,) = feed.fanout_stats.values()
            assert told.interruptions == 1
        ids = [trade.tradeId for trade in trades]
        assert len(ids) == len(set(ids))
        assert any("had no publisher since the last sign of life of first" in one for one in states.reasons("gap"))
        assert any("first" in reason or "second took over" in reason for reason in states.reasons("lost"))


def test_a_publisher_is_killed(paper: PaperExchange, broker: Broker) -> None:
    """Followers hear that nobody publishes, and who did; what was agreed to before has come, or was told missing."""
    with okx_follower(broker, paper, start="earliest") as feed:
        states, trades = States(feed), Heard()
        with running(paper, broker, "first"):
            feed.subscribe_trades("BTC-USDT", callback=trades)
            until(lambda: len(trades) > 2)
        until(lambda: any("first, was last seen at" in reason for reason in states.reasons("lost")))
        last = last_number(broker, feed)
        assert accounted(feed) == last
        with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url, name="second") as out:
            out.publish_trades("BTC-USDT")
            until(lambda: states.reasons("restored"))
            (name,) = out.stats
            until(lambda: out.stats[name].sent > 3)
            paper.quiet()
            until(lambda: accounted(feed) == last + out.stats[name].sent)
        (told,) = feed.fanout_stats.values()
        assert told.interruptions == 1


def test_one_that_ends_hands_over_at_once(paper: PaperExchange, broker: Broker) -> None:
    """A publisher that is closed leaves its streams to the one that stands by, without waiting for the lease."""
    clients: list[Any] = [WsClient(paper.public_config, options=FAST) for _ in range(2)]
    with clients[0], clients[1], Publisher(clients[1], broker.url, name="second", lease_s=30) as second:
        with Publisher(clients[0], broker.url, name="first", lease_s=30) as first:
            first.publish_trades("BTC-USDT")
            second.publish_trades("BTC-USDT")
            assert [one.is_active for one in (*first.stats.values(), *second.stats.values())] == [True, False]
        until(lambda: all(told.is_active for told in second.stats.values()))
        with okx_follower(broker, paper) as feed:
            trades = Heard()
            feed.subscribe_trades("BTC-USDT", callback=trades)
            until(lambda: len(trades))
            paper.quiet()
