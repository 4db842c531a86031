"""What a publisher hands on comes to followers as it came, each message once; of what does not they hear how much."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import (
    BitgetFanoutClient,
    BitgetWsClient,
    BybitFanoutClient,
    BybitWsClient,
    ConfigError,
    ConnectionLost,
    OkxFanoutClient,
    Publisher,
    StateEvent,
    SubscriptionError,
    WsClient,
)
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.loopback.conftest import FAST, Heard, until

_Client = Any


class States:
    """The state events of a client."""

    def __init__(self, client: _Client) -> None:
        self.events: list[StateEvent] = []
        client.on_state(self.events.append)

    def reasons(self, kind: str) -> list[str]:
        """Return the reasons of one kind."""
        return [str(event.reason) for event in list(self.events) if event.kind == kind]


def okx_follower(broker: Broker, paper: PaperExchange, **options: Any) -> OkxFanoutClient:
    return OkxFanoutClient(broker.url, account="alice", config=paper.config, **options)


def settled(out: Publisher, feed: _Client) -> bool:
    """Tell whether each followed stream has received, or told missing, all that was sent from the first message on."""
    sent = {name: told.sent + told.missed for name, told in out.stats.items() if not told.waiting}
    got = {name: told.received + told.missing for name, told in feed.fanout_stats.items()}
    return bool(got) and all(sent.get(name) == number for name, number in got.items())


def okx(paper: PaperExchange, url: str) -> tuple[_Client, _Client, str]:
    return WsClient(paper.config, options=FAST), OkxFanoutClient(url, account="alice", config=paper.config), "BTC-USDT"


def bybit(paper: PaperExchange, url: str) -> tuple[_Client, _Client, str]:
    config = paper.bybit_config()
    return BybitWsClient(config, options=FAST), BybitFanoutClient(url, account="alice", config=config), "BTCUSDT"


def bitget_v2(paper: PaperExchange, url: str) -> tuple[_Client, _Client, str]:
    config = paper.bitget_config("v2")
    return BitgetWsClient(config, options=FAST), BitgetFanoutClient(url, account="alice", config=config), "BTCUSDT"


def bitget_v3(paper: PaperExchange, url: str) -> tuple[_Client, _Client, str]:
    config = paper.bitget_config("v3", account="carol")
    return BitgetWsClient(config, options=FAST), BitgetFanoutClient(url, account="alice", config=config), "BTCUSDT"


def verb(client: _Client, kind: str, *names: str) -> Any:
    """Return the method for one of some names: each exchange has its own."""
    return next(found for name in names if (found := getattr(client, f"{kind}_{name}", None)) is not None)


@pytest.mark.parametrize("make", [okx, bybit, bitget_v2, bitget_v3])
def test_followers_get_what_the_publisher_got(
    paper: PaperExchange, broker: Broker, make: Callable[[PaperExchange, str], tuple[_Client, _Client, str]]
) -> None:
    """Tickers and trades are equal to the last digit, and so is the book; for who comes late, too."""
    client, feed, instrument = make(paper, broker.url)
    with client, Publisher(client, broker.url, account="alice") as out, feed:
        live: dict[str, list[Any]] = {}
        followed: dict[str, list[Any]] = {}
        for names in (("tickers", "ticker"), ("trades", "trade")):
            verb(client, "subscribe", *names)(instrument, callback=live.setdefault(names[0], []).append, inline=True)
            verb(out, "publish", *names)(instrument)
        book = client.order_book(instrument)
        verb(out, "publish", "books", "orderbook", "book")(instrument)
        until(lambda: book.valid and all(live.values()))
        for names in (("tickers", "ticker"), ("trades", "trade")):
            verb(feed, "subscribe", *names)(instrument, callback=followed.setdefault(names[0], []).append, inline=True)
        copy = feed.order_book(instrument)
        until(lambda: copy.valid and all(len(told) > 5 for told in followed.values()))
        paper.quiet()
        until(lambda: copy.bids(5, stale_ok=True) == book.bids(5, stale_ok=True) and copy.asks(5) == book.asks(5))
        for channel, told in followed.items():
            until(lambda channel=channel, told=told: told == live[channel][-len(told) :])  # type: ignore[misc]


def test_account_data_is_followed_without_a_key(paper: PaperExchange, broker: Broker) -> None:
    """A follower has the positions and balances of the publisher's account, and nothing of the key is at the broker."""
    keys = paper.config.credentials
    assert keys is not None
    with WsClient(paper.config, options=FAST) as ws, Publisher(ws, broker.url) as out:
        out.publish_positions("ANY")
        out.publish_account()
        out.publish_orders("ANY")
        with okx_follower(broker, paper) as feed:
            orders = Heard()
            feed.subscribe_orders("ANY", callback=orders)
            until(lambda: feed.positions.synced and feed.account.synced)
            order = ws.orders.place("BTC-USDT-SWAP", "buy", "1", order_type="market", td_mode="cross")
            until(lambda: feed.positions.all and len(orders))
            assert {event.ordId for event in orders} == {order.order_id}
            until(lambda: [one.size for one in feed.positions.all] == [one.size for one in ws.positions.all])
            with pytest.raises(ConfigError, match="cannot be sent"):
                feed.orders.place("BTC-USDT-SWAP", "buy", "1", order_type="market", td_mode="cross")
        told = b"".join(_all_of(broker.client, key) for key in broker.client.keys("*"))
        assert b"BTC-USDT-SWAP" in told
        for secret in (keys.api_key, keys.secret_key, keys.passphrase):
            assert str(secret).encode() not in told


def _all_of(client: Any, key: bytes) -> bytes:
    """Return all that lies under a key of the broker, one behind the other."""
    kind = client.type(key)
    if kind == b"stream":
        return key + b"".join(value for _, fields in client.xrange(key) for value in fields.values())
    return key + (b"".join(client.hgetall(key).values()) if kind == b"hash" else client.get(key))


def test_what_nobody_publishes_is_refused_or_waited_for(paper: PaperExchange, broker: Broker) -> None:
    """The refusal names the publisher seen last; with wait=False the topic is had as soon as somebody publishes it."""
    with WsClient(paper.public_config, options=FAST) as ws, okx_follower(broker, paper) as feed:
        states, tickers = States(feed), Heard()
        with pytest.raises(SubscriptionError, match="nobody has published tickers"):
            feed.subscribe_tickers("BTC-USDT")
        feed.subscribe_tickers("BTC-USDT", callback=tickers, wait=False)
        until(lambda: states.reasons("stale"))
        with Publisher(ws, broker.url, name="first") as out:
            out.publish_tickers("BTC-USDT")
            with pytest.raises(SubscriptionError, match="first publishes others"):
                feed.subscribe_tickers("ETH-USDT")
            until(lambda: len(tickers))
    with (
        okx_follower(broker, paper) as late,
        pytest.raises(SubscriptionError, match="the last one, first, was last seen at"),
    ):
        late.subscribe_tickers("BTC-USDT")


def test_what_is_unsubscribed_at_the_publisher_is_published_no_more(paper: PaperExchange, broker: Broker) -> None:
    """Who follows it hears so, and has it again once it is published again; others are refused."""
    with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url, name="first") as out:
        out.publish_tickers("ETH-USDT")
        made = out.publish_tickers("BTC-USDT")
        with okx_follower(broker, paper) as feed:
            states, tickers = States(feed), Heard()
            feed.subscribe_tickers("BTC-USDT", callback=tickers)
            until(lambda: len(tickers))
            made.unsubscribe()
            until(lambda: states.reasons("lost"))
            assert states.reasons("lost") == ["first publishes tickers(instId=BTC-USDT) no more"]
            out.publish_tickers("BTC-USDT")
            before = len(tickers)
            until(lambda: states.reasons("restored") and len(tickers) > before)


def test_a_loss_at_the_publisher_is_a_loss_at_followers(paper: PaperExchange, broker: Broker) -> None:
    """A follower hears that and why; books are invalid until they are whole again."""
    with WsClient(paper.config, options=FAST) as ws, Publisher(ws, broker.url, name="first") as out:
        out.publish_books("BTC-USDT")
        with okx_follower(broker, paper) as feed:
            states = States(feed)
            book = feed.order_book("BTC-USDT")
            until(lambda: book.valid)
            paper.faults.drop()
            until(lambda: states.reasons("restored"))
            assert states.reasons("lost")[0].startswith("the publisher first lost its connection to the exchange")
            until(lambda: book.valid)


@pytest.mark.parametrize("durable", [False, True])
def test_the_broker_is_killed(paper: PaperExchange, durable: bool, request: pytest.FixtureRequest) -> None:
    """Both sides find it again; each message has come once or was told missing, and the book is valid again."""
    broker: Broker = request.getfixturevalue("durable_broker" if durable else "broker")
    with WsClient(paper.config, options=FAST) as ws, Publisher(ws, broker.url) as out:
        errors = Heard()
        ws.on_error(errors)
        out.publish_trades("BTC-USDT")
        out.publish_books("BTC-USDT")
        with okx_follower(broker, paper, start="earliest") as feed:
            states, trades = States(feed), Heard()
            feed.subscribe_trades("BTC-USDT", callback=trades)
            book = feed.order_book("BTC-USDT")
            until(lambda: book.valid and len(trades) > 3)
            broker.kill()
            until(lambda: states.reasons("lost") and any(isinstance(error, ConnectionLost) for error in errors))
            before = len(trades)
            broker.start()
            until(lambda: states.reasons("restored"))
            until(lambda: book.valid and len(trades) > before + 3)
            paper.quiet()
            until(lambda: settled(out, feed), what="the accounts")
            ids = [trade.tradeId for trade in trades]
            assert len(ids) == len(set(ids))


def test_a_slow_broker_costs_a_known_number(paper: PaperExchange, broker: Broker) -> None:
    """What does not fit while Redis hangs is left out, counted, and told to followers with the same number."""
    with (
        WsClient(paper.config, options=FAST) as ws,
        Publisher(ws, broker.url, max_waiting=5, lease_s=30) as out,
    ):
        out.publish_trades("BTC-USDT")
        with okx_follower(broker, paper, start="earliest") as feed:
            states, trades = States(feed), Heard()
            feed.subscribe_trades("BTC-USDT", callback=trades)
            until(lambda: len(trades))
            broker.signal(signal.SIGSTOP)
            until(lambda: sum(told.missed for told in out.stats.values()) > 3)
            broker.signal(signal.SIGCONT)
            until(lambda: any("are missing" in reason for reason in states.reasons("gap")))
            paper.quiet()
            until(lambda: settled(out, feed), what="the accounts")
            (told,) = feed.fanout_stats.values()
            assert told.missing == sum(one.missed for one in out.stats.values())


def test_a_follower_that_slept_hears_what_was_trimmed(paper: PaperExchange, broker: Broker) -> None:
    """Messages that the stream does not keep any more are told with their exact number."""
    with WsClient(paper.config, options=FAST) as ws, Publisher(ws, broker.url, max_entries=1) as out:
        out.publish_trades("BTC-USDT")
        with okx_follower(broker, paper, start="earliest") as feed:
            states, awake = States(feed), threading.Event()
            trades: list[Any] = []

            def sleep(trade: Any) -> None:
                trades.append(trade)
                awake.wait(30)

            feed.subscribe_trades("BTC-USDT", callback=sleep, inline=True)
            until(lambda: trades)
            stream = f"okx_sync:{{{next(iter(out.stats))}}}:stream"
            sent = out.stats[next(iter(out.stats))].sent
            until(lambda: out.stats[next(iter(out.stats))].sent > sent + 5)
            broker.client.xtrim(stream, maxlen=1, approximate=False)
            awake.set()
            until(lambda: any("are missing" in reason for reason in states.reasons("gap")))
            paper.quiet()
            until(lambda: settled(out, feed), what="the accounts")
            (told,) = feed.fanout_stats.values()
            assert told.missing > 0


def test_what_cannot_be_is_refused(paper: PaperExchange) -> None:
    """Addresses, options and words that cannot be right; a password is not shown."""
    with pytest.raises(ConfigError, match="no address"):
        OkxFanoutClient("http://127.0.0.1")
    with pytest.raises(ConfigError, match="start"):
        OkxFanoutClient("redis://127.0.0.1", start="yesterday")
    with WsClient(paper.public_config) as ws:
        with pytest.raises(ConfigError, match="lease_s"):
            Publisher(ws, "redis://127.0.0.1", lease_s=0)
        with pytest.raises(ConnectionLost) as told:
            Publisher(ws, "redis://me:hidden-word@127.0.0.1:1/0")
        assert "hidden-word" not in f"{told.value!r} {told.value} {told.value.__cause__!r}"


def test_words_of_readers_are_no_words_of_publishers(paper: PaperExchange, broker: Broker) -> None:
    """A callback or a policy is for who reads; a channel that the client has not is no method."""
    with WsClient(paper.public_config, options=FAST) as ws, Publisher(ws, broker.url) as out:
        with pytest.raises(ConfigError, match="callback= is for who reads"):
            out.publish_tickers("BTC-USDT", callback=print)
        with pytest.raises(AttributeError, match="publish_tikkers"):
            out.publish_tikkers("BTC-USDT")


def test_each_topic_may_have_a_stream_of_its_own(paper: PaperExchange, broker: Broker) -> None:
    """With per_topic=True a follower reads, and counts, nothing but what it asked for; another one goes on there."""
    with (
        WsClient(paper.public_config, options=FAST) as ws,
        Publisher(ws, broker.url, per_topic=True) as out,
        okx_follower(broker, paper, start="earliest") as feed,
    ):
        out.publish_tickers(["BTC-USDT", "ETH-USDT"])
        out.publish_books("BTC-USDT")
        assert len(out.stats) == 3
        tickers = Heard()
        feed.subscribe_tickers("BTC-USDT", callback=tickers)
        book = feed.order_book("BTC-USDT")
        until(lambda: book.valid and len(tickers) > 3)
        assert {ticker.instId for ticker in tickers} == {"BTC-USDT"}
        begun = feed.fanout_stats
        assert len(begun) == 2
        with okx_follower(broker, paper, start={name: told.position for name, told in begun.items()}) as late:
            late.subscribe_tickers("BTC-USDT", callback=tickers)
            late.order_book("BTC-USDT")
            until(lambda: len(late.fanout_stats) == 2 and all(told.received for told in late.fanout_stats.values()))
            paper.quiet()

            def is_the_rest() -> bool:
                told = feed.fanout_stats
                rest = {name: told[name].received - begun[name].received for name in begun}
                return rest == {name: one.received for name, one in late.fanout_stats.items()}

            until(lambda: settled(out, feed) and is_the_rest(), what="the accounts of both")
            assert [told.missing for told in late.fanout_stats.values()] == [0, 0]


def test_a_follower_has_metrics(paper: PaperExchange, broker: Broker) -> None:
    """As a live client has them; the exchange's clock it is told, as it asks no REST."""
    with WsClient(paper.config, options=FAST) as ws, Publisher(ws, broker.url) as out:
        out.publish("tickers", instId="BTC-USDT")
        with okx_follower(broker, paper) as feed:
            feed.clock.offset_s = 0.0
            feed.subscribe_tickers("BTC-USDT", callback=Heard(), inline=True)
            until(lambda: feed.metrics().topics[0].exchange_to_consumer)
            metrics = feed.metrics()
            assert metrics.environment.endswith("followed")
            assert metrics.topics[0].unknown_because is None
            assert metrics.sockets[0].is_connected
            with pytest.raises(ConfigError, match=r"clock\.offset_s = 0\.0"):
                feed.sync_clock()
            assert "OkxFanoutClient" in feed.debug_dump()
