"""Other programs write into the keys, or Redis takes nothing: it is told clearly, costs what it must, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import pytest

from okx_sync import ConnectionLost, Publisher, WsClient
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.test_fanout import States, okx_follower, settled
from tests.fanout.test_groups import shares, totals
from tests.loopback.conftest import FAST, Heard, until


@attrs.frozen
class Followed:
    """A publisher of trades and a book, and its follower."""

    paper: PaperExchange
    broker: Broker
    out: Publisher
    feed: Any
    states: States
    errors: Heard
    trades: Heard
    book: Any

    def key(self, channel: str, kind: str) -> str:
        """Return a key of the stream of a channel."""
        (name,) = (name for name in self.out.stats if name.endswith(channel))
        return f"okx_sync:{{{name}}}:{kind}"

    def facts(self) -> dict[str, bytes]:
        """Return what an entry of the publisher's would say of the next message of trades."""
        names = "epoch", "lineage", "base", "last"
        epoch, lineage, base, last = self.broker.client.hmget(self.key("trades", "facts"), *names)
        return {"e": epoch, "l": lineage, "b": base, "n": b"%d" % (int(last) + 1), "c": b"1"}

    def accounts_add_up(self) -> None:
        """Wait for that, once nothing moves any more; and the book is whole."""
        self.paper.quiet()
        until(lambda: settled(self.out, self.feed), what="the accounts")
        until(lambda: self.book.valid)


@contextmanager
def following(paper: PaperExchange, broker: Broker) -> Iterator[Followed]:
    with (
        WsClient(paper.public_config, options=FAST) as ws,
        Publisher(ws, broker.url) as out,
        okx_follower(broker, paper, start="earliest") as feed,
    ):
        errors, states, trades = Heard(), States(feed), Heard()
        ws.on_error(errors)
        out.publish_trades("BTC-USDT")
        out.publish_books("BTC-USDT")
        feed.subscribe_trades("BTC-USDT", callback=trades)
        made = Followed(paper, broker, out, feed, states, errors, trades, feed.order_book("BTC-USDT"))
        until(lambda: made.book.valid and len(trades) > 2)
        yield made


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"foo": "bar"}, "KeyError"),
        ({"foo": b"x" * 5_000_000}, "KeyError"),
    ],
    ids=["fields", "huge"],
)
def test_an_entry_of_another_program(paper: PaperExchange, broker: Broker, fields: Any, why: str) -> None:
    """It is told, once for several in a row, and passed over: nothing else is touched."""
    with following(paper, broker) as run:
        for channel in ("trades", "books"):
            for _ in range(3):
                broker.client.xadd(run.key(channel, "stream"), fields)
        run.trades.until_more(3)
        until(lambda: len(run.states.reasons("gap")) > 1)
        told = run.states.reasons("gap")
        assert all("another program writes into" in reason and why in reason for reason in told), told
        assert len(told) in range(2, 7)
        run.accounts_add_up()
        assert run.states.reasons("lost") == []
        assert sum(one.missing for one in run.feed.fanout_stats.values()) == 0


def test_messages_that_cannot_be_read(paper: PaperExchange, broker: Broker) -> None:
    """They have a number, so they are missing."""
    with following(paper, broker) as run:
        paper.quiet()
        until(lambda: settled(run.out, run.feed))
        broker.client.xadd(run.key("trades", "stream"), {**run.facts(), "d": "cut off"})
        until(lambda: run.states.reasons("gap"))
        assert "1 messages of okx:okx custom live:-:public:trades are missing" in run.states.reasons("gap")[0]
        assert sum(one.missing for one in run.feed.fanout_stats.values()) == 1


def test_facts_of_another_program(paper: PaperExchange, broker: Broker) -> None:
    """Both sides say which key it is; other streams are written, and all is well again once it is deleted."""
    with following(paper, broker) as run:
        facts = run.key("trades", "facts")
        broker.client.hset(facts, "last", "many")
        until(lambda: any(f"another program has written into {facts}" in one for one in run.states.reasons("lost")))
        until(lambda: len(run.errors))
        (error,) = run.errors
        assert "does not take okx:okx custom live:-:public:trades: ResponseError" in str(error)
        assert "delete them: they begin anew" in str(error)
        (books,) = (name for name in run.out.stats if name.endswith("books"))
        sent = run.out.stats[books].sent
        until(lambda: run.out.stats[books].sent > sent + 3)
        broker.client.delete(facts)
        run.trades.until_more(3)
        run.accounts_add_up()


def test_a_lease_of_another_program(paper: PaperExchange, broker: Broker) -> None:
    """It is no publisher's, and the one that is there goes on."""
    with following(paper, broker) as run:
        broker.client.set(run.key("trades", "lease"), "somebody's")
        run.trades.until_more(3)
        run.accounts_add_up()


def test_an_entry_of_another_program_in_a_group(paper: PaperExchange, broker: Broker) -> None:
    """It is no message: nothing is missing because of it, and it does not come again."""
    with (
        WsClient(paper.public_config, options=FAST) as ws,
        Publisher(ws, broker.url, per_topic=True) as out,
        shares(broker, paper, start="earliest", redeliver_s=0.2) as feed,
    ):
        states, trades = States(feed), Heard()
        out.publish_trades("BTC-USDT")
        feed.subscribe_trades("BTC-USDT", callback=trades, inline=True)
        until(lambda: len(trades) > 2)
        (name,) = out.stats
        stream = f"okx_sync:{{{name}}}:stream"
        for odd in ({"foo": "bar"}, {"e": "a", "l": "b", "b": "0", "n": "one", "c": "1"}):
            broker.client.xadd(stream, odd)
        trades.until_more(3)
        until(lambda: states.reasons("gap"))
        assert "another program writes into" in states.reasons("gap")[0]
        paper.quiet()
        until(lambda: not out.stats[name].waiting and totals(feed).handled == out.stats[name].sent)
        until(lambda: broker.client.xpending(stream, "workers")["pending"] == 0)
        assert totals(feed).missing == 0
        assert states.reasons("lost") == []


def test_redis_is_full(paper: PaperExchange, broker: Broker) -> None:
    """Who writes hears why, and what waits comes, or is told missing, once there is room."""
    with following(paper, broker) as run:
        broker.client.config_set("maxmemory", 1)
        until(lambda: len(run.errors))
        (error,) = run.errors
        assert isinstance(error, ConnectionLost)
        assert "OutOfMemoryError" in str(error)
        assert "Redis is full" in str(error)
        until(lambda: any("has no publisher" in one for one in run.states.reasons("lost")))
        broker.client.config_set("maxmemory", 0)
        run.trades.until_more(3)
        run.accounts_add_up()


def test_orders_while_redis_is_full(paper: PaperExchange, broker: Broker) -> None:
    """The request is not there, and it is said so; later one is carried out."""
    with WsClient(paper.config, options=FAST) as ws, Publisher(ws, broker.url, account="alice", lease_s=30) as out:
        out.serve_orders(allow="all")
        with okx_follower(broker, paper) as feed:
            assert feed.orders.wait_synced(20)
            order: Callable[[], Any] = lambda: feed.orders.place(  # noqa: E731
                "BTC-USDT-SWAP", "buy", "1", "20000", td_mode="cross"
            )
            broker.client.config_set("maxmemory", 1)
            with pytest.raises(ConnectionLost, match=r"OutOfMemoryError: .+; nothing was sent"):
                order()
            broker.client.config_set("maxmemory", 0)
            assert order().wait_until(lambda one: one.status == "live", 20)
