"""``StreamClient``: subscriptions and their end, on real sockets to a small exchange."""

from __future__ import annotations

import gc
import queue
import threading
import warnings
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from okx_sync.errors import (
    CallbackError,
    ConfigError,
    ConnectionLost,
    DecodeError,
    OkxAuthError,
    OkxError,
    OkxTimeoutError,
    StreamClosed,
    SubscriptionError,
)
from okx_sync.live.stream_client import StreamClient
from tests.clocks import HandClock
from tests.delivery.owner import HeldCallback
from tests.live.venue import BALANCES, BOOK, ORDERS, TICKS, TRADES, Venue, spec_of, watched
from tests.loopback.conftest import FAST, Heard, our_threads, until
from tests.threads import no_more_threads
from tests.transport.link_parts import control
from tests.transport.peer import PATIENCE_S


def tick(number: int, sym: str = "A") -> dict[str, Any]:
    return {"sym": sym, "n": number}


def numbers(events: Any) -> list[int]:
    return [event.n for event in events]


# -- subscribing -------------------------------------------------------------------------------------------------------


def test_events_come_typed_whichever_way_they_are_wanted(venue: Venue) -> None:
    """To a callback, a queue, an iteration, or one by one."""
    heard, mine = Heard(), queue.Queue[Any]()
    with watched(venue) as one:
        one.ws.subscribe("ticks", heard)
        one.ws.subscribe("ticks", queue=mine)
        sub = one.ws.subscribe("ticks")
        venue.push(TICKS, tick(1), tick(2))
        until(lambda: len(heard) == 2)
        assert numbers(heard) == [1, 2]
        assert [mine.get(timeout=PATIENCE_S).sym for _ in range(2)] == ["A", "A"]
        assert sub.get(PATIENCE_S).n == 1
        assert next(sub).n == 2
        assert one.ws.subscription_count() == venue.asked(TICKS) == 1


def test_the_arguments_are_those_of_the_wire(venue: Venue) -> None:
    """Two topics of a channel are two subscriptions, and each hears its own."""
    with watched(venue) as one:
        a, b = (one.ws.subscribe("ticks", sym=sym) for sym in ("A", "B"))
        venue.push(b.topic, tick(2, "B"))
        venue.push(a.topic, tick(1, "A"))
        assert (a.get(PATIENCE_S).n, b.get(PATIENCE_S).n) == (1, 2)
        assert venue.heard == ["subscribe ticks(sym=A)", "subscribe ticks(sym=B)"]


def test_what_cannot_be_right_is_refused_before_anything_is_sent(venue: Venue) -> None:
    """An unknown channel or argument, a path that is not there, a login without credentials."""
    with watched(venue, credentials=None) as one:
        with pytest.raises(ConfigError, match="has no channel 'tick'") as caught:
            one.ws.subscribe("tick")
        assert str(caught.value.hint).startswith("did you mean ticks?; path=")
        with pytest.raises(ConfigError, match="takes no argument 'symbol'"):
            one.ws.subscribe("ticks", symbol="A")
        with pytest.raises(ConfigError, match="path must be one of"):
            one.ws.subscribe("ticks", path="business")
        for channel, path in (("orders", "public"), ("ticks", "private")):
            with pytest.raises(OkxAuthError, match="needs a login"):
                one.ws.subscribe(channel, path=path)
        assert our_threads("okx-ws") == []
        assert not one.ws.is_connected()
    assert venue.heard == []


def test_a_channel_that_has_ended_warns(venue: Venue) -> None:
    """With what took its place."""
    with watched(venue) as one, pytest.warns(DeprecationWarning, match="take ticks"):
        one.ws.subscribe("old")


def test_private_channels_log_in_first(venue: Venue) -> None:
    """On a socket of their own path."""
    with watched(venue) as one:
        one.ws.subscribe("orders")
        assert venue.heard[0].startswith("login ")
        assert venue.heard[1:] == ["subscribe orders()"]


def test_without_waiting_it_returns_at_once(venue: Venue) -> None:
    """The exchange agrees in its own time."""
    venue.is_open = False
    with watched(venue) as one:
        sub = one.ws.subscribe("ticks", wait=False)
        assert not sub.is_connected
        venue.is_open = True
        until(lambda: venue.asked(TICKS))
        until(lambda: sub.is_connected)
        venue.push(TICKS, tick(1))
        assert sub.get(PATIENCE_S).n == 1


def test_a_refusal_is_raised_for_who_waits(venue: Venue) -> None:
    """Nothing is left of the subscription, and nobody else is told."""
    venue.refused["ticks()"] = "refuse"
    with watched(venue) as one:
        with pytest.raises(SubscriptionError, match="no ticks") as caught:
            one.ws.subscribe("ticks")
        assert caught.value.arg == {"channel": "ticks"}
        assert one.ws.subscription_count() == 0
        assert one.ws.status()["subscriptions"] == []
        venue.refused.clear()
        one.ws.subscribe("ticks")
        assert not list(one.errors)


def test_a_refusal_without_a_waiter_is_told_to_readers_and_to_on_error(venue: Venue) -> None:
    """Also one that comes after a reconnect."""
    with watched(venue) as one:
        first = one.ws.subscribe("trades")
        venue.refused |= {"ticks()": "refuse", "trades()": "refuse"}
        late = one.ws.subscribe("ticks", wait=False)
        with pytest.raises(SubscriptionError, match="no ticks"):
            late.get(PATIENCE_S)
        assert late.failure is not None
        assert late.is_closed
        venue.drop()
        with pytest.raises(SubscriptionError, match="no trades"):
            first.get(PATIENCE_S)
        until(lambda: len(one.errors) == 2)
        assert one.ws.subscription_count() == 0
        assert not first.is_connected


def test_an_exchange_that_does_not_answer_is_told_in_time(venue: Venue) -> None:
    """The subscription is gone then; the text says whether the link is up."""
    with watched(venue) as one:
        one.ws.connect("public")
        venue.is_mute = True
        with pytest.raises(OkxTimeoutError, match=r"^no ack for ticks\(\) within 0\.02 s \(the venue\)"):
            one.ws.subscribe("ticks", timeout=0.02)
        assert one.ws.subscription_count() == 0
    venue.is_open = False
    with watched(venue) as one, pytest.raises(OkxTimeoutError, match="the link is not up"):
        one.ws.subscribe("ticks", timeout=0.02)


def test_an_inline_callback_cannot_wait_for_an_ack(venue: Venue) -> None:
    """It runs on the thread that would read it; without waiting it may subscribe."""
    problems, subs = list[Exception](), list[Any]()
    with watched(venue) as one:

        def hear(_event: Any) -> None:
            try:
                one.ws.subscribe("trades")
            except ConfigError as error:
                problems.append(error)
            subs.append(one.ws.subscribe("trades", wait=False))

        one.ws.subscribe("ticks", hear, inline=True)
        venue.push(TICKS, tick(1))
        until(lambda: subs)
        assert "inline callback cannot wait" in str(problems[0])
        venue.push(TRADES, tick(5))
        assert subs[0].get(PATIENCE_S).n == 5


def test_without_a_thread_nothing_is_half_begun(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call raises, and the next one works."""
    with watched(venue) as one:
        for prefix in ("okx-callback", "okx-ws"):
            with no_more_threads(monkeypatch, prefix), pytest.raises(OkxError, match="cannot be started"):
                one.ws.subscribe("ticks", print)
            assert one.ws.subscription_count() == 0
        one.ws.subscribe("ticks", print)


# -- several of one topic ----------------------------------------------------------------------------------------------


def test_newcomers_share_what_is_on_the_wire(venue: Venue) -> None:
    """Where the exchange begins with a picture, as of books and the account, it is asked for that again."""
    with watched(venue) as one:
        for channel in ("ticks", "book", "orders", "balances"):
            for _ in range(2):
                one.ws.subscribe(channel)
        assert [venue.asked(topic) for topic in (TICKS, BOOK, ORDERS, BALANCES)] == [1, 2, 1, 2]
        assert one.ws.subscription_count() == 4


def test_the_last_one_takes_the_topic_off_the_wire(venue: Venue) -> None:
    """Not before; what comes late is nobody's."""
    with watched(venue) as one:
        first, second = (one.ws.subscribe("ticks") for _ in range(2))
        first.unsubscribe()
        with pytest.raises(StreamClosed):
            first.get(0)
        venue.push(TICKS, tick(1))
        assert second.get(PATIENCE_S).n == 1
        assert venue.asked(TICKS, "unsubscribe") == 0
        second.unsubscribe()
        second.unsubscribe()
        until(lambda: venue.asked(TICKS, "unsubscribe") == 1)
        assert one.ws.subscription_count() == 0


def test_one_of_the_same_name_replaces(venue: Venue) -> None:
    """The old one ends and says why; the topic stays, and a book's picture is asked for."""
    with watched(venue) as one:
        old = one.ws.subscribe("book", name="mine")
        new = one.ws.subscribe("book", name="mine")
        with pytest.raises(StreamClosed, match=r"book\(\) was replaced"):
            old.get(0)
        assert venue.asked(BOOK) == 2
        assert venue.asked(BOOK, "unsubscribe") == 0
        other = one.ws.subscribe("ticks", name="mine")
        assert new.is_closed
        until(lambda: venue.asked(BOOK, "unsubscribe") == 1)
        venue.push(TICKS, tick(3))
        assert other.get(PATIENCE_S).n == 3


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def test_a_row_that_cannot_be_read_costs_only_itself(venue: Venue) -> None:
    """It is told to ``on_error``."""
    with watched(venue) as one:
        sub = one.ws.subscribe("ticks")
        venue.push_many(TICKS, [tick(1), 5, tick(2)])
        assert numbers([sub.get(PATIENCE_S) for _ in range(2)]) == [1, 2]
        until(lambda: len(one.errors) == 1)
        assert isinstance(next(iter(one.errors)), DecodeError)
        assert one.ws.status()["errors"] == 1


def test_what_a_callback_raises_is_told_with_its_name(venue: Venue) -> None:
    """Whatever it raises; the next event is served."""
    heard = list[int]()

    def bad(event: Any) -> None:
        heard.append(event.n)
        raise SystemExit("a bug") if event.n == 1 else ValueError("another")

    with watched(venue) as one:
        one.ws.subscribe("ticks", bad)
        venue.push(TICKS, tick(1), tick(2))
        until(lambda: len(one.errors) == 2)
        assert heard == [1, 2]
        first, second = one.errors
        assert isinstance(first, CallbackError)
        assert isinstance(first.__cause__, SystemExit)
        assert "bad raised ValueError: another" in str(second)
        assert second.event.n == 2


def test_a_queue_of_the_users_that_is_broken_is_told(venue: Venue) -> None:
    """The error has no caller, so it goes to ``on_error``."""

    class Broken(queue.Queue[Any]):
        def put(self, *_: Any, **__: Any) -> None:
            raise ValueError("broken")

        put_nowait = put

    with watched(venue) as one:
        one.ws.subscribe("ticks", queue=Broken())
        venue.push(TICKS, tick(1))
        until(lambda: len(one.errors) >= 1)
        assert "broken" in str(next(iter(one.errors)))


def test_dropped_events_are_a_gap(venue: Venue) -> None:
    """Told with their number, and of which topic."""
    with watched(venue) as one:
        sub = one.ws.subscribe("ticks", maxsize=2)
        venue.push_many(TICKS, *([tick(number)] for number in range(5)))
        gap = one.states.until("gap")
        assert (gap.topic, gap.path) == ("ticks()", "public")
        assert "events dropped: the consumer is too slow" in str(gap.reason)
        until(lambda: sub.stats.dropped == 3)
        sub.unsubscribe()  # which tells what has not been told
        until(lambda: sum(int(str(one.reason).split()[0]) for one in one.states.of(kind="gap")) == 3)


def test_silence_is_told(venue: Venue) -> None:
    """By the client's default, where the channel is one that should push; a subscription may say otherwise."""
    with watched(venue, max_silence=0.05) as one:
        one.ws.subscribe("ticks")
        one.ws.subscribe("trades", max_silence=1000)
        one.ws.subscribe("orders")
        assert one.states.until("stale").topic == "ticks()"
    assert len(one.states.of(kind="stale")) == 1


def test_a_slow_callback_does_not_hold_up_the_others(venue: Venue, caplog: pytest.LogCaptureFixture) -> None:
    """They get another thread, and the slow one is named."""
    gate, heard = HeldCallback(), Heard()
    with watched(venue, slow_callback_s=0.01) as one:
        one.ws.subscribe("ticks", gate)
        one.ws.subscribe("trades", heard)
        venue.push(TICKS, tick(1))
        assert gate.entered.wait(PATIENCE_S)
        venue.push(TRADES, tick(2))
        heard.until_more(1 - len(heard))
        assert list(one.ws.status()["running_callbacks"]) != []
        gate.go_on.set()
    assert any("has been running for" in record.getMessage() for record in caplog.records)


# -- reading from the client -------------------------------------------------------------------------------------------


def test_the_client_can_be_read_as_one_stream(venue: Venue) -> None:
    """All that has neither a callback nor a queue; until it is closed."""
    with watched(venue) as one:
        one.ws.subscribe("ticks")
        one.ws.subscribe("trades")
        one.ws.subscribe("ticks", lambda _: None)
        venue.push(TICKS, tick(1))
        assert one.ws.recv(PATIENCE_S).n == 1
        venue.push(TRADES, tick(2))
        read = iter(one.ws)
        assert next(read).n == 2
        with pytest.raises(OkxTimeoutError):
            one.ws.recv(0.001)
        threading.Timer(0.01, one.ws.close).start()
        assert list(read) == []
        with pytest.raises(StreamClosed):
            one.ws.recv()


# -- connecting and logging in -----------------------------------------------------------------------------------------


def test_a_path_can_be_connected_before_it_is_needed(venue: Venue) -> None:
    """It waits until it is up, and says why where it does not come up."""
    with watched(venue) as one:
        assert not one.ws.is_connected()
        one.ws.connect("public")
        assert one.ws.is_connected()
        venue.is_open = False
        with pytest.raises(OkxTimeoutError, match="the private link did not come up within"):
            one.ws.connect("private", 0.02)
        assert not one.ws.is_connected()
        venue.is_open = True
        one.ws.connect("private")
        one.ws.close()
        with pytest.raises(StreamClosed):
            one.ws.connect("public")


@pytest.mark.parametrize("ask", [lambda ws: ws.connect("private"), lambda ws: ws.subscribe("ticks")])
def test_closing_ends_whoever_waits(venue: Venue, ask: Callable[[StreamClient], object]) -> None:
    """For a link, and for an ack."""
    venue.is_mute = True
    with watched(venue) as one:

        def close() -> None:
            until(lambda: venue.heard)
            one.ws.close()

        threading.Thread(target=close).start()
        with pytest.raises(StreamClosed):
            ask(one.ws)


def test_a_refused_login_is_final(venue: Venue) -> None:
    """One attempt; everybody who asks is told, until reconnect() starts anew."""
    venue.login_verdict = "fatal"
    with watched(venue) as one:
        with pytest.raises(OkxError, match="the login was refused"):
            one.ws.subscribe("orders")
        for ask in (
            lambda: one.ws.wait(PATIENCE_S),
            lambda: one.ws.recv(PATIENCE_S),
            lambda: one.ws.connect("private"),
        ):
            with pytest.raises(OkxError, match="the login was refused"):
                ask()
        late = one.ws.subscribe("orders", wait=False)
        assert late.is_closed
        with pytest.raises(OkxError, match="the login was refused"):
            late.get(0)
        assert len(venue.heard) == 1
        assert one.ws.subscription_count() == 0
        assert one.ws.status()["subscriptions"] == []
        venue.login_verdict = ""
        one.ws.reconnect()
        one.ws.subscribe("orders")
        assert not one.ws.wait(0.0)


def test_a_clock_that_is_off_is_set(venue: Venue) -> None:
    """By the exchange's, and the login is tried once more."""

    def measure() -> float:
        venue.login_verdict = ""
        return 30.0

    venue.login_verdict = "resync"
    clock = HandClock()
    with watched(venue, sync_clock=measure, clock=clock) as one:
        one.ws.subscribe("orders")
        assert venue.heard[:2] == ["login 1700000000", "login 1700000030"]
        assert one.ws.status()["clock_offset_s"] == clock.offset_s == 30.0


def test_a_clock_that_cannot_be_asked_is_told(venue: Venue) -> None:
    """And the login counts as refused."""
    venue.login_verdict = "resync"
    with watched(venue) as one:
        with pytest.raises(OkxError, match="the login was refused"):
            one.ws.subscribe("orders")
        until(lambda: "nobody tells the venue's time" in [str(error) for error in one.errors])


def test_a_login_with_a_time_of_ones_own(venue: Venue) -> None:
    """The clock is corrected by it; a link that had given up starts again."""
    venue.login_verdict = "fatal"
    with watched(venue, clock=HandClock()) as one:
        with pytest.raises(OkxError):
            one.ws.connect("private")
        venue.login_verdict = ""
        one.ws.login_with_timestamp(1_700_000_100.0)
        assert venue.heard == ["login 1700000000", "login 1700000100"]
        assert one.ws.clock.offset_s == 100.0
        assert not one.ws.wait(0.0)
        with pytest.raises(ConfigError, match="timestamp is in seconds"):
            one.ws.login_with_timestamp(1_700_000_100_000)
    with watched(venue, credentials=None) as other, pytest.raises(OkxAuthError, match="needs credentials"):
        other.ws.login_with_timestamp(1_700_000_100.0)


def test_all_is_restored_by_a_reconnect(venue: Venue) -> None:
    """Each topic once; the links tell of it."""
    with watched(venue) as one:
        sub = one.ws.subscribe("ticks")
        one.ws.reconnect()
        one.states.until("restored")
        assert venue.asked(TICKS) == 2
        venue.push(TICKS, tick(1))
        assert sub.get(PATIENCE_S).n == 1
        assert one.states.kinds()[:4] == ["connected", "lost", "reconnecting", "connected"]


def test_a_link_that_may_try_only_so_often_gives_up(venue: Venue) -> None:
    """Its subscriptions end, and so does whoever waits."""
    with watched(venue, max_reconnect_attempts=1) as one:
        sub = one.ws.subscribe("ticks")
        venue.is_open = False
        venue.drop()
        with pytest.raises(ConnectionLost, match="no connection after 1 attempts"):
            sub.get(PATIENCE_S)
        one.states.until("failed")
        with pytest.raises(ConnectionLost):
            one.ws.wait(PATIENCE_S)


# -- what it tells of itself, and its end ------------------------------------------------------------------------------


def test_status_tells_of_links_and_subscriptions(venue: Venue) -> None:
    """And the repr in one line."""
    with watched(venue) as one:
        assert repr(one.ws) == "<StreamClient the venue: no links yet, 0 topics>"
        sub = one.ws.subscribe("ticks", name="mine")
        venue.push(TICKS, tick(1))
        sub.get(PATIENCE_S)
        told = one.ws.status()
        assert told["environment"] == "the venue"
        assert told["links"]["public"]["connected"]
        (row,) = told["subscriptions"]
        assert (row["topic"], row["name"], row["received"], row["delivered"]) == ("ticks()", "mine", 1, 1)
        until(lambda: any("connected" in event for event in one.ws.status()["last_states"]))
        assert repr(one.ws) == "<StreamClient the venue: public ready, 1 topics>"


def test_handlers_can_be_registered_by_decorating(venue: Venue) -> None:
    """Both return what they were given; what cannot be called is refused."""
    with watched(venue) as one:
        heard = Heard()
        assert one.ws.on_state(heard) is heard
        assert one.ws.on_error(heard) is heard
        with pytest.raises(ConfigError):
            one.ws.on_state("handler")  # type: ignore[type-var]


def test_waiting_ends_with_the_client(venue: Venue) -> None:
    """Or in vain after so many seconds."""
    with watched(venue) as one:
        assert not one.ws.wait(0.001)
        threading.Timer(0.01, one.ws.close).start()
        assert one.ws.wait()


def test_the_end_reaches_every_reader(venue: Venue) -> None:
    """What has come before can still be read; nothing new begins, and closing again does nothing."""
    with watched(venue) as one:
        sub, mine = one.ws.subscribe("ticks"), queue.Queue[Any]()
        one.ws.subscribe("ticks", queue=mine)
        venue.push(TICKS, tick(1))
        assert mine.get(timeout=PATIENCE_S).n == 1
        until(lambda: sub.received == 1)
        for _ in range(2):
            one.ws.close()
        assert sub.get(0).n == 1
        assert list(sub) == []
        assert isinstance(mine.get(timeout=PATIENCE_S), StreamClosed)
        assert one.states.kinds()[-1] == "closed"
        for wait in (True, False):
            with pytest.raises(StreamClosed):
                one.ws.subscribe("ticks", wait=wait)
        assert not one.ws.is_connected()
        one.ws.reconnect()
        assert our_threads() == []


@pytest.mark.parametrize("inline", [False, True])
def test_a_callback_may_close_the_client(venue: Venue, inline: bool) -> None:
    """On the callback thread and on the link thread."""
    with watched(venue) as one:
        one.ws.subscribe("ticks", lambda _event: one.ws.close(), inline=inline)
        venue.push(TICKS, tick(1))
        assert one.ws.wait(PATIENCE_S)


def test_a_client_that_nobody_closed_is_told_of_and_ends(venue: Venue) -> None:
    """Its threads do not keep it alive."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")

        def use() -> None:
            ws = StreamClient(spec_of(venue), options=FAST)
            ws.subscribe("ticks", lambda _event: ws.status())
            venue.push(TICKS, tick(1))

        use()
        until(lambda: (gc.collect(), not our_threads())[1])
    assert [str(one.message) for one in told] == ["unclosed <StreamClient the venue>; use `with`, or close() it"]


def test_options_that_cannot_be_right_are_refused(venue: Venue) -> None:
    """Before there is a client; without options, connecting takes no longer than the timeout."""
    with pytest.raises(ConfigError, match="max_mailbox_bytes must be a whole number"):
        StreamClient(spec_of(venue), max_mailbox_bytes=0)
    with pytest.raises(ConfigError, match="max_reconnect_attempts cannot be -1"):
        StreamClient(spec_of(venue), max_reconnect_attempts=-1)
    with watched(venue, timeout_s=0.5, options=None) as one:
        one.ws.connect("public")
        assert one.ws._links.options == attrs.evolve(one.ws._links.options, connect_s=0.5)


def test_a_notice_of_a_restart_costs_nothing(venue: Venue) -> None:
    """A second socket takes over, and what comes meanwhile comes once."""
    heard = Heard()
    with watched(venue) as one:
        one.ws.subscribe("ticks", heard)
        venue.push(TICKS, tick(1))
        one.states.until("first_data")
        venue.say(control("notice", message="moving", restart=True))
        one.states.until("replaced")
        venue.push(TICKS, tick(2))
        heard.until_more(2 - len(heard))
        assert numbers(heard)[:2] == [1, 2]
        assert one.states.of(kind="lost") == []


# -- many at once -----------------------------------------------------------------------------------------------------


def test_many_topics_are_asked_for_in_one_request(venue: Venue) -> None:
    """Those of one call, and those of a block; what was refused is named, and the others stay."""
    venue.refused["ticks(sym=C)"] = "refuse"
    with watched(venue) as one:
        one.ws.connect("public")
        group = one.ws.subscribe_many("ticks", [{"sym": sym} for sym in "ABC"])
        assert venue.heard == ["subscribe ticks(sym=A) ticks(sym=B) ticks(sym=C)"]
        assert [str(topic) for topic in group.refused] == ["ticks(sym=C)"]
        venue.push(group.subscriptions[1].topic, tick(7, "B"))
        assert group.get(PATIENCE_S).n == 7
        with one.ws.batch() as more:
            one.ws.subscribe("ticks", sym="D")
            one.ws.subscribe_many("trades", [{"sym": "A"}])
        assert len(more) == 2
        assert len(venue.heard) == 2
        group.unsubscribe()
        until(lambda: "unsubscribe ticks(sym=A) ticks(sym=B)" in venue.heard, what="the unsubscribe")


def test_many_topics_of_which_none_can_be_had(venue: Venue) -> None:
    """The first reason is raised; what cannot be right is refused before anything is sent."""
    venue.refused |= {"ticks(sym=A)": "refuse", "ticks(sym=B)": "refuse"}
    with watched(venue) as one:
        with pytest.raises(SubscriptionError) as caught:
            one.ws.subscribe_many("ticks", [{"sym": "A"}, {"sym": "B"}])
        assert "all 2 topics failed" in caught.value.__notes__[0]
        heard = list(venue.heard)
        with pytest.raises(ConfigError, match="name="):
            one.ws.subscribe_many("ticks", [{"sym": "C"}], name="mine")
        with pytest.raises(ConfigError, match="named twice"):
            one.ws.subscribe_many("ticks", [{"sym": "C"}, {"sym": "C"}])
        assert venue.heard == heard


def test_a_spare_path_that_fails_ends_nothing(venue: Venue) -> None:
    """Something else does its work: ``on_error`` is told, and whoever waits for the client goes on waiting."""
    venue.login_verdict = "fatal"
    with watched(venue, spare_paths=frozenset({"private"})) as one:
        with pytest.raises(OkxError, match="the login was refused"):
            one.ws.connect("private")
        until(lambda: len(one.errors) > 0, what="the report")
        assert one.ws.wait(0.05) is False
