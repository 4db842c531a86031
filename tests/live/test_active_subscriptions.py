"""``ActiveSubscriptions``: each joins, is refused, is replaced and leaves as one step, and the wire hears of the last.

Asked through a client of the scripted exchange, whose subscriptions it owns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from okx_sync.errors import (
    CallbackError,
    DecodeError,
    MailboxOverflow,
    OkxTimeoutError,
    StreamClosed,
    SubscriptionError,
)
from tests.delivery.owner import PATIENCE_S, HeldCallback
from tests.live.scripted import ACCOUNT, MARKET, Exchange, Print, Watched, client, push
from tests.loopback.conftest import FAST, Heard, until

PRINTS = {"channel": "prints", "symbol": "BTC"}


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One that agrees to everything."""
    with Exchange() as one:
        yield one


@pytest.fixture
def watched(exchange: Exchange) -> Iterator[Watched]:
    """A client of it."""
    with client(exchange) as one:
        yield one


def prints(watched: Watched, callback: Any = None, **options: Any) -> Any:
    """The public trades of BTC."""
    return watched.ws.subscribe("prints", callback, symbol="BTC", **options)


def tell(exchange: Exchange, *prices: Any) -> None:
    """A trade at each price."""
    exchange.say(MARKET, *(push(PRINTS, {"px": str(price)}) for price in prices))


# -- joining and leaving -------------------------------------------------------------------------------------------


def test_the_first_of_a_topic_is_asked_for_and_the_last_leaves_the_wire(exchange: Exchange, watched: Watched) -> None:
    """Those in between are served by the one subscribe."""
    one, other = prints(watched), prints(watched)
    tell(exchange, 1)
    assert [sub.get(PATIENCE_S).px for sub in (one, other)] == [1, 1]
    one.unsubscribe()
    tell(exchange, 2)
    assert other.get(PATIENCE_S).px == 2
    assert (exchange.asked("prints"), exchange.asked("prints", "unsubscribe")) == (1, 0)
    other.unsubscribe()
    until(lambda: exchange.asked("prints", "unsubscribe") == 1)
    assert watched.ws.subscription_count() == 0


def test_a_newcomer_to_a_book_or_to_the_account_is_brought_a_snapshot(exchange: Exchange, watched: Watched) -> None:
    """Which the exchange sends when it is asked once more."""
    for channel, arg in (("book", {"symbol": "BTC"}), ("holdings", {}), ("prints", {"symbol": "BTC"})):
        for _ in range(2):
            watched.ws.subscribe(channel, None, **arg)
    assert [exchange.asked(channel) for channel in ("book", "holdings", "prints")] == [2, 2, 1]


def test_a_name_is_of_one_subscription(exchange: Exchange, watched: Watched) -> None:
    """The newer one takes the place of the older, which ends and says so; its topic leaves the wire."""
    old = watched.ws.subscribe("prints", symbol="ETH", name="mine")
    new = prints(watched, name="mine")
    with pytest.raises(StreamClosed, match="was replaced by a newer subscription"):
        old.latest()
    until(lambda: exchange.asked("prints", "unsubscribe") == 1)
    tell(exchange, 1)
    assert new.get(PATIENCE_S).px == 1
    assert watched.ws.subscription_count() == 1


def test_a_replacement_on_the_same_topic_loses_nothing_of_it(exchange: Exchange, watched: Watched) -> None:
    """The wire does not hear of it."""
    prints(watched, name="mine")
    new = prints(watched, name="mine")
    tell(exchange, 1)
    assert new.get(PATIENCE_S).px == 1
    assert (exchange.asked("prints"), exchange.asked("prints", "unsubscribe")) == (1, 0)


def test_a_subscription_knows_whether_its_link_is_up(exchange: Exchange, watched: Watched) -> None:
    """Of its own path; one that has left has none."""
    sub = prints(watched)
    watched.ws.connect(ACCOUNT)
    assert sub.is_connected
    exchange.refused.add("prints")
    sub.unsubscribe()
    assert not sub.is_connected


# -- agreement -----------------------------------------------------------------------------------------------------


def test_a_refusal_reaches_who_waits_and_nobody_else(exchange: Exchange, watched: Watched) -> None:
    """Nothing of it stays."""
    exchange.refused.add("prints")
    with pytest.raises(SubscriptionError, match=r"no prints\(symbol=BTC\) here"):
        prints(watched)
    assert (watched.ws.subscription_count(), watched.ws.status()["subscriptions"]) == (0, [])
    assert list(watched.errors) == []


def test_where_nobody_waits_a_refusal_is_told_to_on_error(exchange: Exchange, watched: Watched) -> None:
    """And to whoever reads the subscription."""
    exchange.refused.add("prints")
    sub = prints(watched, wait=False)
    with pytest.raises(SubscriptionError, match=r"no prints\(symbol=BTC\) here"):
        sub.get(PATIENCE_S)
    until(lambda: list(watched.errors) == [sub.failure])


def test_all_subscriptions_of_a_refused_topic_end(exchange: Exchange, watched: Watched) -> None:
    """Here after an outage: the exchange does not agree again."""
    subs = [prints(watched), prints(watched)]
    exchange.refused.add("prints")
    exchange.drop(MARKET)
    for sub in subs:
        with pytest.raises(SubscriptionError):
            sub.get(PATIENCE_S)
    until(lambda: len(watched.errors) == 2)
    assert (watched.ws.subscription_count(), [sub.is_connected for sub in subs]) == (0, [False, False])


def test_who_asks_while_a_refusal_is_told_is_refused_as_well(exchange: Exchange, watched: Watched) -> None:
    """A refusal is told a moment after it came. Nothing stays on the wire that nobody hears of."""
    sub = prints(watched)
    watched.ws._active.refused(sub.topic, SubscriptionError("it came before the topic was asked for again"))
    with pytest.raises(SubscriptionError):
        sub.get(PATIENCE_S)
    until(lambda: exchange.asked("prints", "unsubscribe") == 1)
    assert watched.ws.subscription_count() == 0


def test_without_an_answer_it_is_given_up(exchange: Exchange, watched: Watched) -> None:
    """The error says what was waited for; the topic is left."""
    exchange.deaf.add("prints")
    with pytest.raises(OkxTimeoutError, match=r"no ack for prints\(symbol=BTC\) within 0.05 s"):
        prints(watched, timeout=0.05)
    assert watched.ws.subscription_count() == 0


def test_whoever_waits_while_the_client_closes_hears_of_it(exchange: Exchange, watched: Watched) -> None:
    """When everything has ended."""
    exchange.deaf.add("prints")
    told: list[BaseException] = []

    def ask() -> None:
        try:
            prints(watched)
        except StreamClosed as error:
            told.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    until(lambda: exchange.asked("prints") == 1)
    watched.ws.close()
    thread.join(PATIENCE_S)
    assert "the client was closed" in str(told[0])
    with pytest.raises(StreamClosed):
        prints(watched, wait=False)


def test_closing_ends_all_behind_what_is_left(exchange: Exchange, watched: Watched) -> None:
    """Readers get the events that came; callbacks hear no more."""
    sub, heard = prints(watched), Heard()
    prints(watched, heard)
    tell(exchange, 1, 2)
    until(lambda: (sub.received, len(heard)) == (2, 2))
    watched.ws.close()
    assert [row.px for row in sub] == [1, 2]
    with pytest.raises(StreamClosed, match="the client was closed"):
        sub.get(0)


# -- what is told of them ------------------------------------------------------------------------------------------


def test_what_a_callback_raises_is_told_with_its_name(exchange: Exchange, watched: Watched) -> None:
    """And the event; the others are served."""

    def bad(_row: object) -> None:
        raise ZeroDivisionError

    good = Heard()
    prints(watched, bad)
    prints(watched, good)
    tell(exchange, 1)
    good.until_more(1 - len(good))
    watched.errors.until_more(1 - len(watched.errors))
    [error] = watched.errors
    assert isinstance(error, CallbackError)
    assert "bad" in error.callback
    assert isinstance(error.event, Print)
    assert error.event.px == 1


def test_what_cannot_be_read_is_told(exchange: Exchange, watched: Watched) -> None:
    """Its neighbours are delivered."""
    sub = prints(watched)
    exchange.say(MARKET, push(PRINTS, {"px": "1"}, 5, {"px": "2"}))
    assert [sub.get(PATIENCE_S).px, sub.get(PATIENCE_S).px] == [1, 2]
    until(lambda: [type(error) for error in watched.errors] == [DecodeError])


def test_what_was_dropped_is_told_as_a_gap(exchange: Exchange, watched: Watched) -> None:
    """At once, with the number; counters go on."""
    sub = prints(watched, maxsize=2)
    tell(exchange, 1, 2, 3)
    gap = watched.states.until("gap")
    assert (gap.topic, gap.reason) == ("prints(symbol=BTC)", "1 events dropped: the consumer is too slow")
    assert sub.stats.dropped == 1


def test_a_callback_that_may_miss_nothing_is_told_what_it_missed(exchange: Exchange, watched: Watched) -> None:
    """``on_error`` hears of it where it happened."""
    held = HeldCallback()
    prints(watched, held, policy="fail", maxsize=1)
    tell(exchange, 1)
    assert held.entered.wait(PATIENCE_S)
    tell(exchange, 2, 3)
    watched.states.until("gap")
    held.go_on.set()
    until(lambda: [type(error) for error in watched.errors] == [MailboxOverflow])


def test_rows_that_tell_only_what_changed_come_whole(exchange: Exchange, watched: Watched) -> None:
    """Whoever subscribes the topic; a change of a row that was never told is left out, and told."""
    arg = {"channel": "stats", "symbol": "BTC"}
    sub = watched.ws.subscribe("stats", symbol="BTC")
    watched.ws.subscribe("stats", print, symbol="BTC")
    exchange.say(MARKET, push(arg, {"symbol": "BTC", "low": "0"}))
    gap = watched.states.until("gap")
    assert "came before the row that it changes" in str(gap.reason)
    exchange.say(MARKET, push(arg, {"symbol": "BTC", "high": "9", "low": "1"}, all=True))
    exchange.say(MARKET, push(arg, {"symbol": "BTC", "high": "10"}))
    assert [(row.high, row.low) for row in (sub.get(PATIENCE_S), sub.get(PATIENCE_S))] == [(9, 1), (10, 1)]
    assert sub.stats.incomplete == 1


def test_silence_is_told_where_that_is_wanted(exchange: Exchange) -> None:
    """With the topic, while its link is up."""
    with client(exchange, options=attrs.evolve(FAST, tick_s=0.01)) as watched:
        prints(watched, max_silence=0.01)
        assert watched.states.until("stale").topic == "prints(symbol=BTC)"
