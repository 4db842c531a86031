"""``Drift``: new fields, words and codes are found by samples, told once, and counted within bounds."""

from __future__ import annotations

import logging
import threading
from typing import Any, Literal

import attrs
import pytest

from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.delivery.router import TopicRoute
from okx_sync.errors import OkxApiError
from okx_sync.live.drift import Drift
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Event, Push
from okx_sync.rows import Row, UntypedRow, decoder, model
from tests.clocks import HandClock


@model
class Mood(Row):
    """A row with one word."""

    mood: Literal["good", "bad"] | str | None = None


@attrs.frozen
class Rig:
    """Topics, and what is new in them."""

    drift: Drift
    clock: HandClock
    routes: list[TopicRoute]

    def topic(self, channel: str, number: int = 0, *, private: bool = False, cls: type[Row] = Mood) -> TopicRoute:
        """A topic that is heard."""
        decode: Any = decoder(cls)

        def no_frames(_frame: bytes) -> Event:
            raise AssertionError

        opener = MessageDecoder(lambda frame: decode([frame], {}), decode, no_frames, lambda error: None)
        route = TopicRoute(Topic.of(channel, number=str(number)), opener)
        route.is_private = private
        self.routes.append(route)
        return route


def say(route: TopicRoute, *rows: Any) -> None:
    """A push."""
    route.opener.rows(Push(route.topic.channel, {}, list(rows), {}))


@pytest.fixture
def rig() -> Rig:
    """Nobody has said anything yet; the code 1 is known."""
    clock, routes = HandClock(), list[TopicRoute]()
    return Rig(Drift(clock, lambda: routes, lambda code: code == "1"), clock, routes)


def test_fields_and_words_are_told_once_and_counted(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """By channel, in the messages that were looked at."""
    route = rig.topic("moods", private=True)
    rig.drift.tick()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            say(route, {"mood": "odd", "fresh": 1}, {"mood": "good"})
    assert rig.drift.describe() == {"moods": {"field Mood.fresh": 3, "word Mood.mood=odd": 3}}
    assert len(caplog.records) == 2


def test_public_channels_are_sampled_one_topic_after_the_other(rig: Rig) -> None:
    """One message of each channel between two looks; what is not looked at costs nothing and is not counted."""
    routes = [rig.topic("moods", number) for number in range(3)]
    for _ in range(3):
        rig.drift.tick()
        rig.drift.tick()  # too early: nothing more
        for number, route in enumerate(routes):
            say(route, {f"fresh{number}": 1})
            say(route, {f"late{number}": 1})
        rig.clock.forward(10)
    assert sorted(rig.drift.describe()["moods"]) == [f"field Mood.fresh{number}" for number in range(3)]


def test_frames_that_are_parsed_by_their_consumer_are_seen_as_well(rig: Rig) -> None:
    """The other way of a message."""
    route = rig.topic("moods", private=True)
    rig.drift.tick()
    frame: Any = {"fresh": 1}
    assert route.opener(frame) == [Mood.from_wire(frame)]
    assert rig.drift.describe() == {"moods": {"field Mood.fresh": 1}}


def test_rows_without_a_class_of_their_own_are_no_news(rig: Rig) -> None:
    """All of such a row is unknown."""
    route = rig.topic("brand-new", private=True, cls=UntypedRow)
    rig.drift.tick()
    say(route, {"fresh": 1})
    assert rig.drift.describe() == {}


def test_codes(rig: Rig) -> None:
    """Those of errors that the exchange sent; an error without a code tells nothing."""
    for error in (OkxApiError("x", code="77"), OkxApiError("x", code="1"), OkxApiError("x"), ValueError("x")):
        rig.drift.note_error("moods", error)
    assert rig.drift.describe() == {"moods": {"code 77": 1}}


def test_a_channel_of_nothing_but_news_costs_little(rig: Rig) -> None:
    """No more than some hundred kinds are kept."""
    route = rig.topic("moods", private=True)
    rig.drift.tick()
    say(route, {f"f{number}": 1 for number in range(1000)})
    assert len(rig.drift.describe()["moods"]) == 200


def test_news_are_short_and_of_one_line(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the exchange sends as a word or a name of a field."""
    route = rig.topic("moods", private=True)
    rig.drift.tick()
    with caplog.at_level(logging.WARNING):
        say(route, {"mood": "x" * 100_000, "y" * 100_000: 1, "a\nERROR b": 1})
    told = rig.drift.describe()["moods"]
    assert len(told) == 3
    assert all(len(news) < 1000 and news.isprintable() for news in told)
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_many_threads(rig: Rig) -> None:
    """Nothing is lost or doubled when several threads note."""

    def note() -> None:
        for _ in range(500):
            rig.drift.note_error("moods", OkxApiError("x", code="77"))

    threads = [threading.Thread(target=note) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rig.drift.describe() == {"moods": {"code 77": 2000}}


def test_what_was_fetched_is_not_new(rig: Rig) -> None:
    """A row that recovery made of one of REST's has fields of REST besides: the channel has not changed."""
    topic = rig.topic("moods", private=True)
    rig.drift.tick()
    topic.opener.rows(Push("moods", {}, [{"mood": "good", "fromRest": "1"}], {"recovered": True}))
    assert rig.drift.describe() == {}
    say(topic, {"mood": "good", "fromRest": "1"})
    assert rig.drift.describe() == {"moods": {"field Mood.fromRest": 1}}
