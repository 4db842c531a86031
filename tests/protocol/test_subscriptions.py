"""``Subscriptions``: what should be subscribed, and whose a push is."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.subscriptions import Subscriptions, TopicKind
from tests.protocol.toy_dialect import A, B, Toy

PLAIN = TopicKind()


def test_a_wish_is_new_only_once() -> None:
    """The second wish for a topic is served by the first."""
    subscriptions = Subscriptions(Toy())
    assert subscriptions.want(A, PLAIN, "first")
    assert not subscriptions.want(A, PLAIN, "second")
    wish = subscriptions.get(A)
    assert wish is not None
    assert wish.target == "first"
    assert len(subscriptions) == 1
    assert A in subscriptions
    assert list(subscriptions) == [A]


def test_a_forgotten_wish_is_gone() -> None:
    """It is not replayed; forgetting it twice is harmless."""
    subscriptions = Subscriptions(Toy())
    subscriptions.want(A, PLAIN)
    assert subscriptions.forget(A)
    assert not subscriptions.forget(A)
    assert subscriptions.get(A) is None
    assert list(subscriptions) == []


def test_one_wish_that_needs_a_login_makes_the_link_log_in() -> None:
    """And without it, it does not."""
    subscriptions = Subscriptions(Toy())
    subscriptions.want(A, PLAIN)
    assert not subscriptions.needs_login
    subscriptions.want(B, TopicKind(login=True))
    assert subscriptions.needs_login


def test_what_the_exchange_adds_does_not_hide_the_owner() -> None:
    """Private pushes carry a ``uid`` that nobody asked for, and keys in any order."""
    subscriptions = Subscriptions(OkxDialect())
    topic = Topic.of("orders", instType="SPOT", instId="BTC-USDT")
    subscriptions.want(topic, PLAIN)
    wish = subscriptions.route({"uid": "77", "instId": "BTC-USDT", "channel": "orders", "instType": "SPOT"})
    assert wish is not None
    assert wish.topic == topic


def test_the_most_specific_wish_gets_the_push() -> None:
    """``positions`` of everything and of one instrument are two topics; each push has one owner."""
    subscriptions = Subscriptions(OkxDialect())
    wide, narrow = Topic.of("positions", instType="ANY"), Topic.of("positions", instType="ANY", instId="X")
    subscriptions.want(wide, PLAIN)
    subscriptions.want(narrow, PLAIN)
    owners = [
        subscriptions.route({"channel": "positions", "instType": "ANY", "uid": "1"} | more)
        for more in ({}, {"instId": "X"})
    ]
    assert [wish.topic for wish in owners if wish is not None] == [wide, narrow]


def test_a_push_nobody_wants_has_no_owner() -> None:
    """After an unsubscribe late pushes are normal."""
    subscriptions = Subscriptions(Toy())
    subscriptions.want(A, PLAIN)
    assert subscriptions.route({"channel": "b"}) is None


class Counting(OkxDialect):
    """Notes how often it is asked whose a push is."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Topic] = []

    def rank(self, topic: Topic, arg: Mapping[str, Any]) -> int:
        self.asked.append(topic)
        return super().rank(topic, arg)


def ticker(number: int) -> Topic:
    return Topic.of("tickers", instId=f"X{number}-USDT")


def test_routes_are_remembered_until_the_wishes_change() -> None:
    """The hot path asks the dialect once per distinct ``arg``; a changed wish is seen by the next push."""
    dialect = Counting()
    subscriptions = Subscriptions(dialect)
    subscriptions.want(ticker(1), PLAIN)
    for _ in range(3):
        assert subscriptions.route(ticker(1).arg) is not None
        assert subscriptions.route(ticker(2).arg) is None
    assert dialect.asked == [ticker(1)]
    subscriptions.want(ticker(2), PLAIN)
    assert subscriptions.route(ticker(2).arg) is not None
    subscriptions.forget(ticker(1))
    assert subscriptions.route(ticker(1).arg) is None


def test_a_change_touches_its_own_topic_only() -> None:
    """However many topics there are, what was learnt of the others stays, and a new one is found in one look."""
    dialect = Counting()
    subscriptions = Subscriptions(dialect)
    for number in range(1000):
        subscriptions.want(ticker(number), PLAIN)
    wishes = [subscriptions.route(ticker(number).arg) for number in range(1000)]
    for number, wish in enumerate(wishes):
        assert wish is not None
        assert wish.topic == ticker(number)
        subscriptions.learn(str(number).encode(), ticker(number).arg, wish)
    assert len(dialect.asked) == 1000
    subscriptions.want(ticker(1000), PLAIN)
    subscriptions.forget(ticker(500))
    assert [subscriptions.route(ticker(number).arg) for number in range(501, 1000)] == wishes[501:]
    assert len(subscriptions.heads) == 999
    assert len(dialect.asked) == 1000
    assert subscriptions.route(ticker(1000).arg) is not None
    assert len(dialect.asked) == 1001


def test_a_watch_list_that_rotates_leaves_nothing_behind() -> None:
    """What was learnt of topics that are gone is forgotten with them."""
    subscriptions = Subscriptions(OkxDialect())
    subscriptions.want(wide := Topic.of("tickers"), PLAIN)
    for number in range(500):
        subscriptions.want(ticker(number), PLAIN)
        wish = subscriptions.route(ticker(number).arg)
        assert wish is not None
        subscriptions.learn(str(number).encode(), ticker(number).arg, wish)
        subscriptions.forget(ticker(number))
    assert subscriptions.heads == {}
    assert len(subscriptions._routes) == 0
    subscriptions.forget(wide)
    assert not any([subscriptions._at, subscriptions._learnt, subscriptions._keys_at])


def test_an_arg_that_cannot_be_remembered_is_routed_all_the_same() -> None:
    """A list or an object inside ``arg`` is odd, but no reason to lose a push."""
    subscriptions = Subscriptions(Toy())
    subscriptions.want(A, PLAIN)
    assert subscriptions.route({"channel": "a", "odd": ["x"]}) is not None


def test_a_server_that_varies_its_args_does_not_fill_the_memory() -> None:
    """Only so many routes are remembered; beyond that they are found anew each time."""
    subscriptions = Subscriptions(Toy())
    subscriptions.want(A, PLAIN)
    for number in range(10_050):
        assert subscriptions.route({"channel": "a", "n": str(number)}) is not None
    assert len(subscriptions._routes) == 10_004


def test_routing_without_the_lock_sees_every_finished_change() -> None:
    """While another thread changes wishes, a route is the old or the new one, and never stays old."""
    subscriptions = Subscriptions(Toy())
    subscriptions.want(A, PLAIN)
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        while not stop.is_set():
            wish = subscriptions.route({"channel": "a"})
            if wish is None or wish.topic != A:
                wrong.append(wish)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2000):
        subscriptions.want(B, PLAIN)
        assert subscriptions.route({"channel": "b"}) is not None
        subscriptions.forget(B)
        assert subscriptions.route({"channel": "b"}) is None
    stop.set()
    reader.join(5)
    assert wrong == []


def test_heads_are_forgotten_when_the_wishes_change() -> None:
    """A new wish may fit better than the one that a head was learned for, and a wish that is gone gets nothing."""
    subscriptions = Subscriptions(OkxDialect())
    wide, narrow = Topic.of("positions", instType="ANY"), Topic.of("positions", instType="ANY", instId="X")
    subscriptions.want(wide, PLAIN)
    wish = subscriptions.route(narrow.arg)
    assert wish is not None
    assert wish.topic == wide
    subscriptions.learn(b"head", narrow.arg, wish)
    assert subscriptions.heads == {b"head": wish}
    subscriptions.want(wide, PLAIN)
    assert subscriptions.heads == {b"head": wish}
    subscriptions.want(narrow, PLAIN)
    assert subscriptions.heads == {}
    subscriptions.learn(b"head", narrow.arg, wish)
    assert subscriptions.heads == {}, "the push has another owner by now"
    wish = subscriptions.route(narrow.arg)
    assert wish is not None
    subscriptions.learn(b"head", narrow.arg, wish)
    assert subscriptions.heads == {b"head": wish}
    subscriptions.forget(narrow)
    assert subscriptions.heads == {}
