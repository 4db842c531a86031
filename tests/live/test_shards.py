"""``Shards``: the links of one path, on real sockets to a small exchange."""

from __future__ import annotations

import attrs
import pytest

from okx_sync.errors import OkxError, OkxTimeoutError
from okx_sync.protocol.dialect import Topic
from okx_sync.transport.link import Link
from tests.clocks import ForwardClock
from tests.live.venue import BALANCES, ORDERS, Venue, Watched, watched
from tests.loopback.conftest import FAST, Heard, our_threads, until
from tests.threads import no_more_threads

FOUR = attrs.evolve(FAST, control_per_hour=6, tick_s=0.01)
"""Four requests a socket for what is new; the others are for repairs."""
PAIRS = attrs.evolve(FAST, topics_per_socket=2, tick_s=0.01)


def topic(number: int) -> Topic:
    return Topic.of("ticks", sym=f"S{number}")


def subscribe(one: Watched, *numbers: int, **options: object) -> list[Heard]:
    """Subscribe topics one by one, each once the exchange has agreed."""
    heard = [Heard() for _ in numbers]
    for number, callback in zip(numbers, heard, strict=True):
        one.ws.subscribe("ticks", callback, sym=f"S{number}", **options)
    return heard


def sizes(venue: Venue) -> list[int]:
    """How many topics each connection has."""
    return [len(topics) for topics in venue.carried()]


def test_one_socket_while_there_is_room(venue: Venue) -> None:
    """As ever."""
    with watched(venue) as one:
        subscribe(one, *range(20))
        assert sizes(venue) == [20]
        assert [event.shard for event in one.states] == [0] * len(one.states)


def test_topics_one_by_one_go_past_the_budget_of_a_socket(venue: Venue) -> None:
    """A new socket when few requests are left, without an error or a wait; each keeps a reserve."""
    with watched(venue, options=FOUR) as one:
        heard = subscribe(one, *range(10))
        assert sizes(venue) == [4, 4, 2]
        assert one.ws.subscription_count() == 10
        for number in range(10):
            venue.push(topic(number), {"sym": f"S{number}", "n": 1})
        until(lambda: all(len(events) == 1 for events in heard), what="an event of each topic")
        assert one.ws.is_connected()
        assert not one.errors


def test_many_at_once_are_spread_by_their_number(venue: Venue) -> None:
    """No socket has more topics than the options say."""
    with watched(venue, options=PAIRS) as one:
        group = one.ws.subscribe_many("ticks", [{"sym": f"S{number}"} for number in range(5)])
        assert sorted(sizes(venue)) == [1, 2, 2]
        group.unsubscribe()
        until(lambda: sum(sizes(venue)) == 0, what="the end of the topics")


def test_a_topic_stays_where_it_is(venue: Venue) -> None:
    """Whoever joins it later is served by the same socket."""
    with watched(venue, options=PAIRS) as one:
        subscribe(one, 0, 1, 2)
        before = venue.carried()
        subscribe(one, 2)
        assert venue.carried() == before


def test_losing_one_socket_touches_its_share_alone(venue: Venue) -> None:
    """The events of the outage name it; the others go on, and its topics come back."""
    with watched(venue, options=PAIRS) as one:
        heard = subscribe(one, *range(4))
        until(lambda: [event.kind for event in one.states].count("connected") == 2)  # told on another thread
        one.states.forget()
        venue.drop_one(topic(2))
        one.states.until("gap")
        assert {event.shard for event in one.states} == {1}
        assert [event.kind for event in one.states][:2] == ["lost", "reconnecting"]
        assert "public/1#" in str(one.states.of(kind="lost")[0])
        for number in range(4):
            venue.push(topic(number), {"sym": f"S{number}", "n": 2})
        until(lambda: all(len(events) == 1 for events in heard), what="an event of each topic")
        assert [venue.asked(topic(number)) for number in range(4)] == [1, 1, 2, 2]


def test_a_rotating_watch_list_needs_few_sockets(venue: Venue) -> None:
    """One that is empty and used up is closed: a fresh one is cheaper than to wait for an hour."""
    with watched(venue, options=FOUR) as one:
        subscribe(one, 0, 1)
        for number in range(100, 140):
            one.ws.subscribe("ticks", lambda _: None, sym=f"S{number}").unsubscribe()
            assert len(venue.carried()) <= 4
        until(lambda: len(one.ws.status()["links"]["public"]["shards"]) <= 2, what="the end of the used-up sockets")
        assert not one.errors
        assert not one.states.of(kind="lost")


def test_topics_that_leave_in_turn_free_their_sockets(venue: Venue) -> None:
    """Also where a used-up socket cannot even be asked to let them go."""
    with watched(venue, options=FOUR) as one:
        subs = [one.ws.subscribe("ticks", lambda _: None, sym=f"S{number}") for number in range(8)]
        for number in range(8, 40):
            subs.append(one.ws.subscribe("ticks", lambda _: None, sym=f"S{number}"))
            subs.pop(0).unsubscribe()
            assert len(one.ws.status()["links"]["public"]["shards"]) <= 6
        assert one.ws.subscription_count() == 8
        assert not one.errors


def test_a_socket_full_of_topics_that_have_left_is_replaced(venue: Venue) -> None:
    """It cannot be asked to let them go for an hour; a new one takes over what is still wanted, without a gap."""
    with watched(venue, options=attrs.evolve(FAST, control_per_hour=12, tick_s=0.01)) as one:
        heard = Heard()
        kept = one.ws.subscribe("ticks", heard, sym="S99")
        subs = one.ws.subscribe_many("ticks", [{"sym": f"S{number}"} for number in range(24)]).subscriptions
        for sub in subs:
            sub.unsubscribe()
        one.states.until("replaced")
        assert "cannot be unsubscribed" in str(one.states.of(kind="replacing")[0].reason)
        venue.push(topic(99), {"sym": "S99", "n": 1})
        until(lambda: any(event.n == 1 for event in heard), what="the event")
        # On a slow machine some were on a second socket, which is kept for a while with nothing on it.
        until(lambda: [one for one in venue.carried() if one] == [{str(topic(99))}], what="the end of the old socket")
        assert not kept.is_closed
        assert not one.states.of(kind="lost")
        assert not one.errors


def test_topics_that_a_used_up_socket_cannot_restore_are_not_left_for_an_hour(venue: Venue) -> None:
    """The exchange was slow to answer after an outage, so they were asked for until no request was left."""
    clock = ForwardClock()
    with watched(venue, options=attrs.evolve(FOUR, pong_s=60.0, max_sockets=1), clock=clock) as one:
        group = one.ws.subscribe_many("ticks", [{"sym": f"S{number}"} for number in range(5)])
        venue.is_mute = True
        venue.drop()
        until(lambda: all(venue.asked(topic(number)) == 2 for number in range(5)), what="requests for all of them")
        before = len(venue.heard)
        clock.ahead += FOUR.ack_s
        until(lambda: len(venue.heard) == before + 3, what="one for each but for want of more")
        venue.is_mute = False
        clock.ahead += FOUR.ack_s
        one.states.until("replaced")
        assert "cannot be asked for again" in str(one.states.of(kind="replacing")[0].reason)
        until(lambda: [set(map(str, [sub.topic for sub in group.subscriptions]))] == venue.carried(), what="the topics")
        assert len(group) == 5
        assert one.ws.status()["links"]["public"]["held_back"] is None


def test_when_no_more_sockets_are_allowed_it_waits_and_says_so(venue: Venue) -> None:
    """In the error, in an event and in the status; it is asked for as soon as another leaves."""
    options = attrs.evolve(FAST, topics_per_socket=1, max_sockets=2, tick_s=0.01)
    with watched(venue, options=options) as one:
        first, _ = (one.ws.subscribe("ticks", lambda _: None, sym=f"S{number}") for number in range(2))
        reason = "waiting for a place among the 1 topics of one connection"
        with pytest.raises(OkxTimeoutError, match=reason) as caught:
            one.ws.subscribe("ticks", lambda _: None, sym="S2", timeout=0.05)
        assert "max_sockets" in str(caught.value.hint)
        one.ws.subscribe("ticks", lambda _: None, sym="S3", wait=False)
        until(lambda: reason in str([event.reason for event in one.states.of(kind="throttled")]), what="the event")
        assert one.ws.status()["links"]["public"]["held_back"] == reason
        first.unsubscribe()
        until(lambda: venue.asked(topic(3)) == 1, what="the topic that waited")
        assert venue.asked(topic(2)) == 0


def test_what_waits_is_moved_to_where_there_is_room(venue: Venue) -> None:
    """A topic that was never asked for need not wait for an hour on the socket that it was meant for."""
    options = attrs.evolve(FOUR, max_sockets=2)
    with watched(venue, options=options) as one:
        subs = [one.ws.subscribe("ticks", lambda _: None, sym=f"S{number}") for number in range(10)]
        heard = Heard()
        waiting = one.ws.subscribe("ticks", heard, sym="S10", wait=False)
        one.states.until("throttled")
        assert venue.asked(topic(10)) == 0
        _, second = venue.carried()
        for sub in subs:
            if str(sub.topic) in second:
                sub.unsubscribe()  # of a socket that is used up: a third takes its place
        venue.push(topic(10), {"sym": "S10", "n": 1})
        heard.until_more(1 - len(heard))
        assert not waiting.is_closed
        one.states.forget()
        venue.drop_one(topic(10))
        one.states.until("gap")
        assert {event.shard for event in one.states} == {2}


def test_another_socket_for_which_there_is_no_thread(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The topic is not asked for, and in no group; those that there are stay, and the next attempt works."""
    with watched(venue, options=PAIRS) as one:
        subscribe(one, 0, 1)
        for prefix in ("okx-ws-public/", "okx-ping-public/"):
            with no_more_threads(monkeypatch, prefix), one.ws.batch() as group:
                with pytest.raises(OkxError, match="cannot be started"):
                    one.ws.subscribe("ticks", sym="S2")
                one.ws.subscribe("ticks", sym="S0")
            assert [sub.topic for sub in group.subscriptions] == [topic(0)]
        assert sizes(venue) == [2]
        assert one.ws.subscription_count() == 2
        until(lambda: not our_threads("okx-ping-public/"), what="the end of what had begun")
        subscribe(one, 2)
        assert sizes(venue) == [2, 1]


def test_a_socket_that_was_opened_in_vain_is_closed_after_a_while(venue: Venue) -> None:
    """The topic that was to be moved to it was asked for in that moment: an hour was over."""
    clock = ForwardClock()
    with watched(venue, options=attrs.evolve(FOUR, max_sockets=2), clock=clock) as one:
        subs = [one.ws.subscribe("ticks", lambda _: None, sym=f"S{number}") for number in range(10)]
        one.ws.subscribe("ticks", lambda _: None, sym="S10", wait=False)
        one.states.until("throttled")
        shards = one.ws._links._paths["public"]
        carrier, make = shards.carrier(topic(10)), shards._make
        assert carrier is not None

        def open_late(number: int) -> Link:
            clock.ahead += 3_600
            carrier.catch_up()
            return make(number)

        shards._make = open_late
        other = next(one for one in shards.all() if one is not carrier)
        for sub in subs:
            if shards.carrier(sub.topic) is other:
                sub.unsubscribe()
        until(lambda: venue.asked(topic(10)) == 1, what="the topic that waited")
        until(lambda: [link for link in shards.all() if link.shard == 2], what="the socket in vain")
        clock.ahead += 61
        until(lambda: shards.all() == [carrier], what="its end")


def test_account_data_stays_on_the_first_socket(venue: Venue) -> None:
    """Logins, orders and live truth are there, however few topics a socket may have."""
    options = attrs.evolve(PAIRS, topics_per_socket=1)
    with watched(venue, options=options) as one:
        one.ws.subscribe(ORDERS.channel)
        one.ws.subscribe(BALANCES.channel)
        assert venue.carried() == [{str(ORDERS), str(BALANCES)}]
        assert [heard for heard in venue.heard if heard.startswith("login")] == [venue.heard[0]]


def test_the_status_shows_each_socket(venue: Venue) -> None:
    """Its topics and how much of its budget is used; the sums are those of the path."""
    with watched(venue, options=FOUR) as one:
        subscribe(one, *range(6))
        facts = one.ws.status()["links"]["public"]
        assert (facts["topics"], facts["requests"], facts["connected"]) == (6, 6, True)
        names = ("shard", "topics", "requests", "requests_per_hour")
        assert [[shard[name] for name in names] for shard in facts["shards"]] == [[0, 4, 4, 6], [1, 2, 2, 6]]
        assert "shard 1     ready, 2 topics, 2 of 6 requests an hour used" in repr(one.ws.status())


def test_closing_ends_them_all(venue: Venue) -> None:
    """With their threads; each tells it once."""
    with watched(venue, options=PAIRS) as one:
        subscribe(one, *range(5))
        assert len(our_threads("okx-ping-public")) == 3
        one.ws.close()
        assert our_threads() == []
        until(lambda: sorted(event.shard for event in one.states.of(kind="closed")) == [0, 1, 2], what="the ends")
