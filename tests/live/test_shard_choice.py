"""``shard_choice``: where a new topic goes, by the load of a path's sockets alone."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.live.shard_choice import FEW, ShardRules, choose
from okx_sync.transport.load import SocketLoad

RULES = ShardRules(max_sockets=3, topics=10)
FREE = SocketLoad(requests=5)
SPENT = SocketLoad(requests=0, next_s=7.0)
FULL = SocketLoad(topics=10)
DOWN = SocketLoad(is_up=False, requests=100)
OVER = SocketLoad(is_over=True)


def test_the_first_with_room_takes_it() -> None:
    """So that few sockets carry all there is, and a budget that has come back is used."""
    assert choose([FREE], 0, RULES) == 0
    assert choose([FREE, FREE], 0, RULES) == 0
    assert choose([SPENT, FREE, FREE], 0, RULES) == 1


def test_one_that_is_up_is_better_than_one_that_is_not() -> None:
    """But one that is being connected is better than another new one."""
    assert choose([DOWN, FREE], 0, RULES) == 1
    assert choose([SPENT, DOWN], 0, RULES) == 1


def test_one_that_may_send_at_once_is_better_than_one_that_waits() -> None:
    """Where the exchange counts requests by the second; that alone opens no socket."""
    waits = attrs.evolve(FREE, next_s=0.4)
    assert choose([waits, FREE], 0, RULES) == 1
    assert choose([waits], 0, RULES) == 0


def test_many_topics_one_by_one_get_sockets_for_their_pace() -> None:
    """As long as few have room: those that are used up do not count."""
    rules = ShardRules(max_sockets=100, topics=1000)
    waits = SocketLoad(next_s=0.4, topics=20)
    assert choose([waits], 0, rules) == 1
    assert choose([waits, attrs.evolve(waits, topics=3)], 0, rules) == 2
    assert choose([waits] * FEW, 0, rules) == 0
    assert choose([attrs.evolve(SPENT, topics=20)] * FEW + [waits], 0, rules) == FEW + 1


def test_a_new_one_when_budget_or_places_are_used_up() -> None:
    """As long as there may be more."""
    assert choose([SPENT], 0, RULES) == 1
    assert choose([FULL, SPENT], 0, RULES) == 2
    named = attrs.evolve(RULES, length=100)
    assert choose([attrs.evolve(FREE, length=80)], 20, named) == 0
    assert choose([attrs.evolve(FREE, length=80)], 21, named) == 1


def test_the_one_with_the_shortest_wait_when_there_may_be_no_more() -> None:
    """A place is worth more than requests: those come back by themselves."""
    soon = attrs.evolve(SPENT, next_s=3.0)
    assert choose([SPENT, soon, FULL], 0, RULES) == 1
    assert choose([FULL, SPENT, FULL], 0, RULES) == 1
    assert choose([FULL, attrs.evolve(FULL, topics=11), FULL], 0, RULES) == 0


def test_one_that_is_over_gets_none_and_does_not_count() -> None:
    """Unless it is the first: whoever asks is to hear why."""
    assert choose([FREE, OVER], 0, RULES) == 0
    assert choose([SPENT, OVER, SPENT], 0, RULES) == 3
    assert choose([OVER, FREE], 0, RULES) == 0


def test_none_is_opened_for_ease_where_one_cannot_be_connected() -> None:
    """The exchange may allow no more; unless none can, since then it is the network."""
    rules = attrs.evolve(RULES, advised=5)
    beyond, blocked = attrs.evolve(FREE, topics=6), attrs.evolve(DOWN, is_blocked=True)
    assert choose([beyond, blocked], 0, rules) == 0
    assert choose([FULL, blocked], 0, rules) == 1
    assert choose([FULL, attrs.evolve(blocked, topics=10)], 0, rules) == 2
    assert choose([attrs.evolve(blocked, topics=6), blocked], 0, rules) == 1
    assert choose([attrs.evolve(blocked, topics=6)], 0, rules) == 1


def test_advice_is_followed_while_there_are_few_sockets() -> None:
    """Then topics are spread over those that there are."""
    rules = ShardRules(max_sockets=100, topics=1000, advised=50)
    beyond = attrs.evolve(FREE, topics=50)
    assert choose([beyond], 0, rules) == 1
    assert choose([beyond, attrs.evolve(FREE, topics=49)], 0, rules) == 1
    few = [attrs.evolve(FREE, topics=60)] * (FEW - 1)
    assert choose([*few, beyond], 0, rules) == FEW - 1
    assert choose([attrs.evolve(FREE, topics=1000)] * FEW, 0, rules) == FEW


def test_a_socket_that_is_behind_gets_no_more() -> None:
    """While there are few; and one that is not behind comes first."""
    behind = attrs.evolve(FREE, lag_s=1.5)
    assert choose([behind], 0, RULES) == 1
    assert choose([behind, FREE], 0, RULES) == 1
    assert choose([behind, attrs.evolve(behind, topics=3), attrs.evolve(FREE, requests=0)], 0, RULES) == 0


LOADS = st.lists(
    st.builds(
        SocketLoad,
        is_up=st.booleans(),
        is_over=st.booleans(),
        requests=st.integers(-3, 5),
        next_s=st.floats(0, 10),
        topics=st.integers(0, 12),
        length=st.integers(0, 120),
        lag_s=st.floats(0, 2),
    ),
    max_size=6,
)
ALL_RULES = st.builds(
    ShardRules,
    max_sockets=st.integers(1, 12),
    topics=st.integers(1, 12),
    length=st.none() | st.integers(20, 120),
    advised=st.integers(1, 12),
)


@given(loads=LOADS, length=st.integers(0, 20), rules=ALL_RULES)
def test_whatever_the_loads_are(loads: list[SocketLoad], length: int, rules: ShardRules) -> None:
    """It is a socket with room where there is one or may be one, never one too many, and always the same."""
    chosen = choose(loads, length, rules)
    assert chosen == choose(loads, length, rules)
    assert 0 <= chosen <= len(loads)
    if not loads or loads[0].is_over:
        assert chosen == 0
        return
    usable = [one for one in loads if not one.is_over]
    may_open = len(usable) < rules.max_sockets
    fits = [one.requests > 0 and rules.has_place(one, length) for one in usable]
    if chosen == len(loads):
        assert may_open
        assert not any(fit and rules.is_at_ease(one) and not one.next_s for fit, one in zip(fits, usable, strict=True))
        return
    taken = loads[chosen]
    assert not taken.is_over
    if any(fits) or may_open:
        assert taken.requests > 0
        assert rules.has_place(taken, length)
    elif any(rules.has_place(one, length) for one in usable):
        assert rules.has_place(taken, length)


@attrs.define
class Socket:
    """A socket as the exchange sees it: what it was asked within the hour, and what it carries."""

    asked_at: list[float] = attrs.field(factory=list)
    topics: set[int] = attrs.field(factory=set)

    def load(self, now: float) -> SocketLoad:
        self.asked_at = [at for at in self.asked_at if at > now - 60]
        next_s = 0.0 if len(self.asked_at) < 6 else self.asked_at[0] + 60 - now
        return SocketLoad(requests=6 - len(self.asked_at), next_s=next_s, topics=len(self.topics))


@given(st.lists(st.tuples(st.sampled_from("+-"), st.integers(0, 30), st.floats(0, 20)), max_size=120))
def test_a_watch_list_that_changes_for_hours(steps: list[tuple[str, int, float]]) -> None:
    """No socket is asked too often or carries too much, nor are there more than allowed, as long as none must wait.

    Sockets that are empty and used up are given up, as ``Shards.sweep`` does.
    """
    sockets, now = [Socket()], 0.0
    for what, topic, seconds in steps:
        now += seconds
        carrier = next((one for one in sockets if topic in one.topics), None)
        if what == "+" and carrier is None:
            chosen = choose([one.load(now) for one in sockets], 0, RULES)
            if chosen == len(sockets):
                sockets.append(Socket())
            if sockets[chosen].load(now).requests > 0 and len(sockets[chosen].topics) < RULES.topics:
                sockets[chosen].topics.add(topic)
                sockets[chosen].asked_at.append(now)
        elif what == "-" and carrier is not None:
            carrier.topics.remove(topic)
        sockets = [one for one in sockets if one is sockets[0] or one.topics or one.load(now).requests > 0]
        assert len(sockets) <= RULES.max_sockets
        assert all(len(one.topics) <= RULES.topics and len(one.asked_at) <= 6 for one in sockets)


@given(loads=LOADS, length=st.integers(0, 20), rules=ALL_RULES)
def test_a_socket_that_takes_a_topic_at_once_is_the_choice(
    loads: list[SocketLoad], length: int, rules: ShardRules
) -> None:
    """The short way of a client with one socket never decides otherwise."""
    for load in loads:
        at_ease = rules.has_place(load, length) and rules.is_at_ease(load)
        assert rules.takes_at_once(load, length) == (load.requests > 0 and not load.next_s and at_ease)
        if rules.takes_at_once(load, length):
            assert choose([load], length, rules) == 0


def test_each_limit_ends_what_a_socket_takes_at_once() -> None:
    """Requests, pace, topics, advice, characters and lag."""
    rules = ShardRules(max_sockets=3, topics=10, length=100, advised=5)
    free = SocketLoad(requests=5, topics=2, length=20)
    assert rules.takes_at_once(free, 10)
    assert choose([free], 10, rules) == 0
    for change in ({"requests": 0}, {"next_s": 0.5}, {"topics": 5}, {"length": 95}, {"lag_s": 2.0}):
        assert not rules.takes_at_once(attrs.evolve(free, **change), 10)
