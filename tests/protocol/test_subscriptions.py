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
    subscriptions = Subscriptions(Toy().rank)
    assert subscriptions.want(A, PLAIN, "first")
    assert not subscriptions.want(A, PLAIN, "second")
    wish = subscriptions.get(A)
    assert wish is not None
    assert wish.target == "first"
    assert len(subscriptions) == 1
    assert A in subscriptions
    assert [one.topic for one in subscriptions] == [A]


def test_a_forgotten_wish_is_gone() -> None:
    """It is not replayed; forgetting it twice is harmless."""
    subscriptions = Subscriptions(Toy().rank)
    subscriptions.want(A, PLAIN)
    assert subscriptions.forget(A)
    assert not subscriptions.forget(A)
    assert subscriptions.get(A) is None
    assert list(subscriptions) == []


def test_iterating_survives_changes() -> None:
    """A loop over the wishes may forget them."""
    subscriptions = Subscriptions(Toy().rank)
    subscriptions.want(A, PLAIN)
    subscriptions.want(B, PLAIN)
    for wish in subscriptions:
        subscriptions.forget(wish.topic)
    assert len(subscriptions) == 0


def test_one_wish_that_needs_a_login_makes_the_link_log_in() -> None:
    """And without it, it does not."""
    subscriptions = Subscriptions(Toy().rank)
    subscriptions.want(A, PLAIN)
    assert not subscriptions.needs_login
    subscriptions.want(B, TopicKind(login=True))
    assert subscriptions.needs_login


def test_what_the_exchange_adds_does_not_hide_the_owner() -> None:
    """Private pushes carry a ``uid`` that nobody asked for, and keys in any order."""
    subscriptions = Subscriptions(OkxDialect().rank)
    topic = Topic.of("orders", instType="SPOT", instId="BTC-USDT")
    subscriptions.want(topic, PLAIN)
    wish = subscriptions.route({"uid": "77", "instId": "BTC-USDT", "channel": "orders", "instType": "SPOT"})
    assert wish is not None
    assert wish.topic == topic


def test_the_most_specific_wish_gets_the_push() -> None:
    """``positions`` of everything and of one instrument are two topics; each push has one owner."""
    subscriptions = Subscriptions(OkxDialect().rank)
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
    subscriptions = Subscriptions(Toy().rank)
    subscriptions.want(A, PLAIN)
    assert subscriptions.route({"channel": "b"}) is None


def test_routes_are_remembered_until_the_wishes_change() -> None:
    """The hot path asks the dialect once per distinct ``arg``; a changed wish is seen by the next push."""
    asked: list[Topic] = []

    def matches(topic: Topic, arg: Mapping[str, Any]) -> bool:
        asked.append(topic)
        return Toy().matches(topic, arg)

    subscriptions = Subscriptions(matches)
    subscriptions.want(A, PLAIN)
    for _ in range(3):
        assert subscriptions.route({"channel": "a"}) is not None
        assert subscriptions.route({"channel": "b"}) is None
    assert asked == [A, A]
    subscriptions.want(B, PLAIN)
    assert subscriptions.route({"channel": "b"}) is not None
    subscriptions.forget(A)
    assert subscriptions.route({"channel": "a"}) is None


def test_an_arg_that_cannot_be_remembered_is_routed_all_the_same() -> None:
    """A list or an object inside ``arg`` is odd, but no reason to lose a push."""
    subscriptions = Subscriptions(Toy().rank)
    subscriptions.want(A, PLAIN)
    assert subscriptions.route({"channel": "a", "odd": ["x"]}) is not None


def test_a_server_that_varies_its_args_does_not_fill_the_memory() -> None:
    """Only so many routes are remembered; beyond that they are found anew each time."""
    subscriptions = Subscriptions(Toy().rank)
    subscriptions.want(A, PLAIN)
    for number in range(10_050):
        assert subscriptions.route({"channel": "a", "n": str(number)}) is not None
    assert len(subscriptions._routes) == 10_000


def test_routing_without_the_lock_sees_every_finished_change() -> None:
    """While another thread changes wishes, a route is the old or the new one, and never stays old."""
    subscriptions = Subscriptions(Toy().rank)
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
    subscriptions = Subscriptions(Toy().rank)
    subscriptions.want(A, PLAIN)
    wish = subscriptions.get(A)
    assert wish is not None
    subscriptions.heads[b"a"] = wish
    before = subscriptions.heads
    subscriptions.want(A, PLAIN)
    assert subscriptions.heads is before
    subscriptions.want(B, PLAIN)
    assert subscriptions.heads == {}
    subscriptions.heads[b"a"] = wish
    subscriptions.forget(A)
    assert subscriptions.heads == {}
    assert before == {b"a": wish}
