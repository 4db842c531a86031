"""``Subscriptions``: what should be subscribed, and whose a push is."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.subscriptions import Subscriptions, TopicKind
from tests.protocol.toy import A, B, Toy

PLAIN = TopicKind()


def test_a_wish_is_new_only_once() -> None:
    """The second wish for a topic is served by the first."""
    registry = Subscriptions(Toy().rank)
    assert registry.want(A, PLAIN, "first")
    assert not registry.want(A, PLAIN, "second")
    wish = registry.get(A)
    assert wish is not None
    assert wish.target == "first"
    assert len(registry) == 1
    assert A in registry
    assert [one.topic for one in registry] == [A]


def test_a_forgotten_wish_is_gone() -> None:
    """It is not replayed; forgetting it twice is harmless."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    assert registry.forget(A)
    assert not registry.forget(A)
    assert registry.get(A) is None
    assert list(registry) == []


def test_iterating_survives_changes() -> None:
    """A loop over the wishes may forget them."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    registry.want(B, PLAIN)
    for wish in registry:
        registry.forget(wish.topic)
    assert len(registry) == 0


def test_one_wish_that_needs_a_login_makes_the_link_log_in() -> None:
    """And without it, it does not."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    assert not registry.needs_login
    registry.want(B, TopicKind(login=True))
    assert registry.needs_login


def test_what_the_exchange_adds_does_not_hide_the_owner() -> None:
    """Private pushes carry a ``uid`` that nobody asked for, and keys in any order."""
    registry = Subscriptions(OkxDialect().rank)
    topic = Topic.of("orders", instType="SPOT", instId="BTC-USDT")
    registry.want(topic, PLAIN)
    wish = registry.route({"uid": "77", "instId": "BTC-USDT", "channel": "orders", "instType": "SPOT"})
    assert wish is not None
    assert wish.topic == topic


def test_the_most_specific_wish_gets_the_push() -> None:
    """``positions`` of everything and of one instrument are two topics; each push has one owner."""
    registry = Subscriptions(OkxDialect().rank)
    wide, narrow = Topic.of("positions", instType="ANY"), Topic.of("positions", instType="ANY", instId="X")
    registry.want(wide, PLAIN)
    registry.want(narrow, PLAIN)
    owners = [
        registry.route({"channel": "positions", "instType": "ANY", "uid": "1"} | more) for more in ({}, {"instId": "X"})
    ]
    assert [wish.topic for wish in owners if wish is not None] == [wide, narrow]


def test_a_push_nobody_wants_has_no_owner() -> None:
    """After an unsubscribe late pushes are normal."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    assert registry.route({"channel": "b"}) is None


def test_routes_are_remembered_until_the_wishes_change() -> None:
    """The hot path asks the dialect once per distinct ``arg``; a changed wish is seen by the next push."""
    asked: list[Topic] = []

    def matches(topic: Topic, arg: Mapping[str, Any]) -> bool:
        asked.append(topic)
        return Toy().matches(topic, arg)

    registry = Subscriptions(matches)
    registry.want(A, PLAIN)
    for _ in range(3):
        assert registry.route({"channel": "a"}) is not None
        assert registry.route({"channel": "b"}) is None
    assert asked == [A, A]
    registry.want(B, PLAIN)
    assert registry.route({"channel": "b"}) is not None
    registry.forget(A)
    assert registry.route({"channel": "a"}) is None


def test_an_arg_that_cannot_be_remembered_is_routed_all_the_same() -> None:
    """A list or an object inside ``arg`` is odd, but no reason to lose a push."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    assert registry.route({"channel": "a", "odd": ["x"]}) is not None


def test_a_server_that_varies_its_args_does_not_fill_the_memory() -> None:
    """Only so many routes are remembered; beyond that they are found anew each time."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    for number in range(10_050):
        assert registry.route({"channel": "a", "n": str(number)}) is not None
    assert len(registry._routes) == 10_000


def test_routing_without_the_lock_sees_every_finished_change() -> None:
    """While another thread changes wishes, a route is the old or the new one, and never stays old."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        while not stop.is_set():
            wish = registry.route({"channel": "a"})
            if wish is None or wish.topic != A:
                wrong.append(wish)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2000):
        registry.want(B, PLAIN)
        assert registry.route({"channel": "b"}) is not None
        registry.forget(B)
        assert registry.route({"channel": "b"}) is None
    stop.set()
    reader.join(5)
    assert wrong == []


def test_heads_are_forgotten_when_the_wishes_change() -> None:
    """A new wish may fit better than the one that a head was learned for, and a wish that is gone gets nothing."""
    registry = Subscriptions(Toy().rank)
    registry.want(A, PLAIN)
    wish = registry.get(A)
    assert wish is not None
    registry.heads[b"a"] = wish
    before = registry.heads
    registry.want(A, PLAIN)
    assert registry.heads is before
    registry.want(B, PLAIN)
    assert registry.heads == {}
    registry.heads[b"a"] = wish
    registry.forget(A)
    assert registry.heads == {}
    assert before == {b"a": wish}
