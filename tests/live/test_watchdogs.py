"""``watch_silence``: a subscription that should push and does not, on a link that is up."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import attrs

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.delivery.subscription import Subscription
from okx_sync.live.links import Links
from okx_sync.live.reporter import Reporter
from okx_sync.live.watchdogs import watch_silence
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.timing import Clock
from okx_sync.types import StateEvent
from tests.clocks import HandClock
from tests.delivery.owner import RecordingOwner, give, recording_owner
from tests.live.venue import TICKS, TRADES, Venue, spec_of
from tests.loopback.conftest import FAST, until
from tests.transport.link_parts import LinkParts
from tests.transport.peer import PATIENCE_S


@attrs.frozen
class Rig:
    """A link that carries ticks, on a clock that is moved by hand."""

    links: Links
    clock: HandClock
    reporter: Reporter
    owner: RecordingOwner

    def look(self, sub: Subscription[Any], *, is_carried: bool = True) -> list[StateEvent]:
        """What is told by one look at it."""
        before = len(self.reporter.history)
        link = self.links.find("public")
        watch_silence([sub], lambda _sub: link if is_carried else None, self.clock, self.reporter)
        return list(self.reporter.history)[before:]

    def sub(self, **options: Any) -> Subscription[Any]:
        """A subscription of ticks made now."""
        made: Subscription[Any] = Subscription(self.owner, TICKS, **options)
        made._since = self.clock.monotonic()
        return made


@contextlib.contextmanager
def rig(venue: Venue) -> Iterator[Rig]:
    """Connected, and closed behind the block."""
    clock, pool = HandClock(), CallbackPool("okx-test-watch", Clock())
    reporter = Reporter(pool)
    links = Links(
        spec_of(venue), attrs.evolve(FAST, wake_s=1e6, ping_s=1e6), clock, reporter, lambda _path: LinkParts().hooks
    )
    with recording_owner() as owner:
        owner.clock = clock
        try:
            links.get("public").want(TICKS, TopicKind(), None).result(PATIENCE_S)
            yield Rig(links, clock, reporter, owner)
        finally:
            for link in links.all():
                assert link.close(PATIENCE_S)
            assert pool.close(PATIENCE_S)


def test_silence_is_told_once_until_it_speaks_again(venue: Venue) -> None:
    """With how long it lasted; then again when it falls silent again."""
    with rig(venue) as one:
        sub = one.sub(max_silence=10.0)
        one.clock.forward(9.5)
        assert one.look(sub) == []
        one.clock.forward(1.0)
        (event,) = one.look(sub)
        assert (event.kind, event.topic, event.reason) == ("stale", "ticks()", "no data for 10.5 s")
        one.clock.forward(100)
        assert one.look(sub) == []
        give(sub, "tick")
        assert one.look(sub) == []
        one.clock.forward(10)
        (again,) = one.look(sub)
        assert again.reason == "no data for 10.0 s"


def test_one_without_a_limit_is_left_alone(venue: Venue) -> None:
    """Its silence means nothing."""
    with rig(venue) as one:
        sub = one.sub()
        one.clock.forward(1e5)
        assert one.look(sub) == []


def test_an_outage_is_no_silence(venue: Venue) -> None:
    """It is told as what it is; the time without a connection does not count."""
    with rig(venue) as one:
        sub = one.sub(max_silence=10.0)
        one.clock.forward(9)
        link = one.links.get("public")
        epoch = link.describe()["epoch"]
        venue.drop()
        until(lambda: link.describe()["epoch"] > epoch and link.is_connected)
        one.clock.forward(5)
        assert one.look(sub) == []
        one.clock.forward(5)
        (event,) = one.look(sub)
        assert event.reason == "no data for 10.0 s"


def test_one_that_no_link_carries_is_left_alone(venue: Venue) -> None:
    """It has left meanwhile; nor is one on a link that is down told as silent."""
    with rig(venue) as one:
        sub = one.sub(max_silence=10.0)
        one.clock.forward(20)
        assert one.look(sub, is_carried=False) == []
        venue.is_open = False
        venue.drop()
        until(lambda: not one.links.get("public").is_connected)
        assert one.look(sub) == []


def test_the_topic_is_asked_again_where_that_is_wanted(venue: Venue) -> None:
    """With ``on_stale="resubscribe"``, and not otherwise."""
    with rig(venue) as one:
        told, mended = one.sub(max_silence=10.0), one.sub(max_silence=10.0, on_stale="resubscribe")
        one.clock.forward(11)
        for sub in (told, mended):
            assert len(one.look(sub)) == 1
            one.links.get("public").want(TRADES, TopicKind(), None, again=True).result(PATIENCE_S)
            assert venue.asked(TICKS) == (1 if sub is told else 2)
