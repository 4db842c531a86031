"""Members of a group share the events of a topic: each is handled at least once, whoever dies meanwhile."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import ConfigError, OkxFanoutClient, Publisher, SubscriptionError, WsClient
from okx_sync.fanout.followed_stream import GroupStats
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.test_fanout import States, okx_follower
from tests.loopback.conftest import FAST, Heard, until

_MEMBER = """
import sys, time
from okx_sync import Config, OkxFanoutClient

url, rest, public, sleep_at = sys.argv[1:]
count = 0

def handle(trade):
    global count
    count += 1
    if count == int(sleep_at):
        print("asleep", flush=True)
        time.sleep(1_000)
    print(trade.tradeId, flush=True)

config = Config(rest_url=rest, ws_public_url=public)
with OkxFanoutClient(url, config=config, group="workers", start="earliest", redeliver_s=0.5) as feed:
    print("ready", flush=True)
    feed.subscribe_trades("BTC-USDT", callback=handle, inline=True)
    feed.wait()
"""


class Member:
    """A member in a process of its own; it falls asleep over its ``sleep_at``-th event."""

    def __init__(self, broker: Broker, paper: PaperExchange, sleep_at: int = 0) -> None:
        words = [broker.url, paper.url, paper.ws_url("public"), str(sleep_at)]
        self.process = subprocess.Popen([sys.executable, "-c", _MEMBER, *words], stdout=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.strip())

    @property
    def handled(self) -> list[str]:
        """The trades that it says it has handled."""
        return [line for line in list(self.lines) if line != "asleep"]

    def kill(self) -> None:
        """Kill it; what it has said by then is all in :attr:`lines`."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self._reader.join(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


def shares(broker: Broker, paper: PaperExchange, **options: Any) -> OkxFanoutClient:
    return OkxFanoutClient(broker.url, config=paper.config, account="alice", group="workers", **options)


def totals(feed: OkxFanoutClient) -> GroupStats:
    (told,) = feed.fanout_stats.values()
    assert told.group is not None
    return told.group


def test_members_share_and_their_accounts_add_up(paper: PaperExchange, broker: Broker) -> None:
    """Each event is handled by one of them; received and missing of all members together are what was sent."""
    with (
        WsClient(paper.public_config, options=FAST) as ws,
        Publisher(ws, broker.url, per_topic=True) as out,
        shares(broker, paper, start="earliest") as one,
        shares(broker, paper, start="earliest") as two,
    ):
        sent = Heard()
        ws.subscribe_trades("BTC-USDT", callback=sent)
        out.publish_trades("BTC-USDT")
        heard = Heard(), Heard()
        states = States(one)
        for feed, callback in zip((one, two), heard, strict=True):
            feed.subscribe_trades("BTC-USDT", callback=callback, inline=True)
        until(lambda: all(len(callback) > 3 for callback in heard), what="a part for each")
        broker.signal(signal.SIGSTOP)
        (name,) = out.stats
        until(lambda: out.stats[name].waiting > 3)
        broker.client.connection_pool.disconnect()
        broker.signal(signal.SIGCONT)
        paper.quiet()
        until(lambda: not out.stats[name].waiting)
        until(lambda: totals(one).handled + totals(one).missing == out.stats[name].sent, what="the accounts")
        (first,), (second,) = one.fanout_stats.values(), two.fanout_stats.values()
        assert first.received + second.received + first.missing + second.missing == out.stats[name].sent
        assert first.redelivered + second.redelivered == 0
        ids = [trade.tradeId for callback in heard for trade in callback]
        assert len(ids) == len(set(ids))
        assert {trade.tradeId for trade in sent} >= set(ids)
        assert states.reasons("gap") == []


def test_what_a_dead_member_had_is_handled_by_others(paper: PaperExchange, broker: Broker) -> None:
    """One is killed over an event, another joins later: all are handled, and only what was under way comes twice."""
    with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url, per_topic=True) as out:
        sent: list[str | None] = []
        out.publish_trades("BTC-USDT")
        # Behind the publisher: what came before it published is in no stream.
        ws.subscribe_trades("BTC-USDT", callback=lambda trade: sent.append(trade.tradeId), inline=True)
        victim, other = Member(broker, paper, sleep_at=4), Member(broker, paper)
        try:
            until(lambda: "asleep" in victim.lines and len(other.handled) > 2)
            victim.kill()
            (name,) = out.stats
            by_then = out.stats[name].sent
            until(lambda: out.stats[name].sent > by_then + 3)
            paper.quiet()
            with shares(broker, paper, redeliver_s=0.5) as late:
                late.subscribe_trades("BTC-USDT", callback=lambda _: None, inline=True)
                until(lambda: totals(late).handled == out.stats[name].sent, what="the accounts")
                assert totals(late).missing == 0
                late_share = late.fanout_stats[name]
            assert len(victim.handled) == 3
            came = late_share.received + late_share.redelivered
            assert len({*victim.handled, *other.handled}) + came >= len(set(sent))
            if not came:
                assert {*victim.handled, *other.handled} >= set(sent)
        finally:
            other.kill()


def test_what_was_trimmed_under_a_dead_member_is_missing(paper: PaperExchange, broker: Broker) -> None:
    """Entries that it had, and that Redis does not keep any more, are told with their number of messages."""
    with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url, per_topic=True) as out:
        out.publish_trades("BTC-USDT")
        victim = Member(broker, paper, sleep_at=2)
        until(lambda: "asleep" in victim.lines)
        victim.kill()
        (name,) = out.stats
        sent = out.stats[name].sent
        until(lambda: out.stats[name].sent > sent + 3)
        paper.quiet()
        until(lambda: not out.stats[name].waiting)
        broker.client.xtrim(f"okx_sync:{{{name}}}:stream", maxlen=1, approximate=False)
        with shares(broker, paper, redeliver_s=0.5) as late:
            states = States(late)
            late.subscribe_trades("BTC-USDT", callback=lambda _: None, inline=True)
            until(lambda: totals(late).handled + totals(late).missing == out.stats[name].sent, what="the accounts")
            assert totals(late).missing > 3
            until(lambda: any("are missing in the group" in reason for reason in states.reasons("gap")))


def test_redis_forgets_a_group(paper: PaperExchange, broker: Broker) -> None:
    """Members go on with what is published from then on, and say that nobody knows what was lost."""
    with (
        WsClient(paper.public_config, options=FAST) as ws,
        Publisher(ws, broker.url, per_topic=True) as out,
        shares(broker, paper) as feed,
    ):
        out.publish_trades("BTC-USDT")
        states, trades = States(feed), Heard()
        feed.subscribe_trades("BTC-USDT", callback=trades, inline=True)
        until(lambda: len(trades))
        broker.kill()
        broker.start()
        until(lambda: any("nobody knows what the group missed" in reason for reason in states.reasons("gap")))
        trades.until_more(3)


def test_a_callback_that_is_gone_handles_nothing(paper: PaperExchange, broker: Broker) -> None:
    """Who unsubscribes leaves the rest to the others; a callback that raises has handled its event."""
    with (
        WsClient(paper.public_config, options=FAST) as ws,
        Publisher(ws, broker.url, per_topic=True) as out,
        shares(broker, paper, start="earliest", redeliver_s=0.5) as one,
        shares(broker, paper, start="earliest", redeliver_s=0.5) as two,
    ):
        sent: list[str | None] = []
        out.publish_trades("BTC-USDT")
        ws.subscribe_trades("BTC-USDT", callback=lambda trade: sent.append(trade.tradeId), inline=True)
        errors, heard = Heard(), Heard()
        one.on_error(errors)

        def handle(trade: Any) -> None:
            heard(trade)
            raise ValueError("odd")

        made = one.subscribe_trades("BTC-USDT", callback=handle, inline=True)
        until(lambda: len(heard) > 2 and len(errors) > 2)
        made.unsubscribe()
        two.subscribe_trades("BTC-USDT", callback=heard, inline=True)
        heard.until_more(3)
        paper.quiet()
        (name,) = out.stats
        until(lambda: totals(two).handled == out.stats[name].sent, what="the accounts")
        assert {trade.tradeId for trade in heard} >= set(sent)


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (lambda feed: feed.order_book("BTC-USDT"), "books cannot be shared by a group"),
        (lambda feed: feed.order_book("BTC-USDT", "books5"), "books5 cannot be shared by a group"),
        (lambda feed: feed.positions, "positions cannot be shared by a group"),
        (lambda feed: feed.orders, "orders cannot be shared by a group"),
        (lambda feed: feed.subscribe_trades("BTC-USDT"), "callback= and inline=True"),
        (lambda feed: feed.subscribe_trades("BTC-USDT", callback=print), "callback= and inline=True"),
    ],
)
def test_what_needs_every_event_is_refused(ask: Callable[[OkxFanoutClient], Any], text: str) -> None:
    """Live state, and ways that do not tell when an event is handled, before Redis is asked."""
    with (
        OkxFanoutClient("redis://127.0.0.1:1/0", account="alice", group="workers") as feed,
        pytest.raises(ConfigError, match=text),
    ):
        ask(feed)


def test_a_group_needs_a_name_and_streams_of_single_topics(paper: PaperExchange, broker: Broker) -> None:
    """Entries that hold several topics cannot be shared by members that follow some of them."""
    for odd in ("", "a b", "{x}", 1):
        with pytest.raises(ConfigError, match="group cannot be"):
            OkxFanoutClient(broker.url, group=odd)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="redeliver_s"):
        OkxFanoutClient(broker.url, group="workers", redeliver_s=0)
    with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url) as out:
        out.publish_trades("BTC-USDT")
        with shares(broker, paper) as feed, pytest.raises(SubscriptionError, match="per_topic=True"):
            feed.subscribe_trades("BTC-USDT", callback=print, inline=True)
        with okx_follower(broker, paper) as feed:
            trades = Heard()
            feed.subscribe_trades("BTC-USDT", callback=trades)
            until(lambda: len(trades))
