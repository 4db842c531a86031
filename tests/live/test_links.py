"""``Links``: the links of one client, on real sockets to a small exchange."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.errors import ConfigError, OkxTimeoutError, StreamClosed
from okx_sync.live.links import Links
from okx_sync.live.reporter import Reporter
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.timing import Clock, Deadline
from okx_sync.transport.options import LinkOptions
from okx_sync.types import StateEvent
from tests.clocks import HandClock
from tests.delivery.owner import HeldCallback
from tests.live.venue import TICKS, Venue, spec_of
from tests.loopback.conftest import FAST, our_threads, until
from tests.transport.link_parts import LinkParts
from tests.transport.peer import PATIENCE_S

FAST_LIMIT = attrs.evolve(FAST, control_per_hour=1, tick_s=0.01)


@attrs.frozen
class Rig:
    """Links, and the owner that is told what becomes of them."""

    links: Links
    owner: LinkParts


@contextlib.contextmanager
def rig(
    venue: Venue,
    options: LinkOptions = FAST,
    clock: Clock | None = None,
    hear: Callable[[StateEvent], object] = lambda _: None,
    **words: Any,
) -> Iterator[Rig]:
    """Links of a venue that are closed behind the block; ``hear`` is called with each state event on the thread that
    made it. ``words``: of ``StreamSpec``.
    """
    owner = LinkParts()
    pool = CallbackPool("okx-test-links", Clock())
    reporter = Reporter(pool)

    def tell(event: StateEvent) -> None:
        owner.states.append(event)
        reporter.state(event)
        hear(event)

    hooks = attrs.evolve(owner.hooks, state=tell)
    links = Links(spec_of(venue, **words), options, clock or Clock(), reporter, lambda _path: hooks)
    try:
        yield Rig(links, owner)
    finally:
        links.close(Deadline(PATIENCE_S, Clock()))
        assert pool.close(PATIENCE_S)
    until(lambda: not our_threads(), what="the end of the threads")


def up(one: Rig, path: str) -> None:
    """Have a link connected."""
    one.links.wait_up(one.links.get(path).start(), path, PATIENCE_S)


def test_a_link_is_made_when_it_is_first_needed_and_only_once(venue: Venue) -> None:
    """Nothing is connected for being asked about; the paths that were used are remembered."""
    with rig(venue) as one:
        assert one.links.find("public") is None
        assert (one.links.all(), one.links.opened) == ([], [])
        link = one.links.get("public")
        assert one.links.get("public") is link is one.links.find("public")
        private = one.links.get("private")
        assert one.links.all() == [link, private]
        assert one.links.opened == ["public", "private"]
        assert not link.is_started


def test_a_path_that_the_exchange_does_not_have_is_refused(venue: Venue) -> None:
    """With what was probably meant, and nothing is made."""
    with rig(venue) as one:
        with pytest.raises(ConfigError, match="path must be one of public, private") as caught:
            one.links.get("privat")
        assert caught.value.hint == "did you mean private?"
        assert one.links.all() == []


def test_a_path_of_the_server_s_own_is_on_the_usual_host(venue: Venue) -> None:
    """Unless it is that of a path with a name, whose host may be another; what is no path of an address is refused."""
    with rig(venue) as one:
        for path in ("/v5/public/event", "/private"):
            assert one.links.get(path).describe()["url"] == f"{venue.host}{path}"
        for odd in ("/a b", "/a\n"):
            with pytest.raises(ConfigError, match="path of an address"):
                one.links.get(odd)
        assert [link.name for link in one.links.all()] == ["/v5/public/event", "/private"]


def test_the_private_path_logs_in_each_time_it_connects(venue: Venue) -> None:
    """Signed for the exchange's time at that moment; the public one does not log in."""
    clock = HandClock()
    clock.offset_s = 7.0
    with rig(venue, clock=clock, account="main") as one:
        up(one, "public")
        assert venue.heard == []
        up(one, "private")
        clock.forward(1)
        venue.drop("private")
        until(lambda: len(venue.heard) == 2)
        assert venue.heard == ["login 1700000007", "login 1700000008"]
        until(lambda: one.owner.kinds.count("connected") == 3)
        assert {event.account for event in one.owner.states} == {"main"}


def test_without_credentials_nobody_logs_in(venue: Venue) -> None:
    """The link comes up all the same; what needs a login is refused before."""
    with rig(venue, credentials=None) as one:
        up(one, "private")
        assert venue.heard == []


def test_a_link_that_does_not_come_up_is_told_with_the_reason(venue: Venue) -> None:
    """The latest one, what to look at, and that it may work later."""
    venue.is_open = False
    with rig(venue) as one:
        start = one.links.get("public").start()
        until(lambda: one.links.get("public").trouble is not None)
        with pytest.raises(OkxTimeoutError, match=r"the public link did not come up within 0\.01 s: ") as caught:
            one.links.wait_up(start, "public", 0.01)
        trouble = one.links.get("public").trouble
        assert trouble is not None
        assert trouble.message in caught.value.message
        assert caught.value.retryable
        assert caught.value.environment == "the venue"
        assert str(caught.value.hint).endswith("; the client goes on trying")


def test_a_wait_in_vain_says_what_was_heard_last(venue: Venue) -> None:
    """The reason of the latest event of that link, where its socket told no trouble of its own; else there is none."""
    with rig(venue) as one:
        link = one.links.get("private")
        assert one.links.latest_reason("private") == "no answer yet"
        venue.login_verdict = "retry"
        link.start()
        until(lambda: "reconnecting" in one.owner.kinds)
        until(lambda: "the login was refused" in one.links.latest_reason("private"))
        assert one.links.latest_reason("public") == "no answer yet"
        with pytest.raises(OkxTimeoutError, match="the login was refused") as caught:
            one.links.wait_up(link.start(), "private", 0.01)
        assert caught.value.hint == "check the network, the address and proxy_url; the client goes on trying"


def test_a_subscribe_without_an_ack_says_whether_the_link_is_up(venue: Venue) -> None:
    """An exchange that is silent is another thing than one that cannot be reached."""
    with rig(venue) as one:
        link = one.links.get("public")
        down = one.links.no_ack(Topic.of("ticks"), link, 2.5)
        assert down.message == "no ack for ticks() within 2.5 s; the link is not up: no answer yet"
        up(one, "public")
        silent = one.links.no_ack(Topic.of("ticks"), link, 2.5)
        assert silent.message == "no ack for ticks() within 2.5 s"
        assert str(silent.hint).endswith("with wait=False the client keeps trying")


def test_links_are_described_by_name(venue: Venue) -> None:
    """For ``status()``: where each goes and whether it is up."""
    with rig(venue) as one:
        up(one, "public")
        one.links.get("private")
        told = one.links.describe()
        assert {name: (facts["url"], facts["connected"]) for name, facts in told.items()} == {
            "public": (f"{venue.host}/public", True),
            "private": (f"{venue.host}/private", False),
        }


def test_after_the_refusal_none_is_given_out(venue: Venue) -> None:
    """Those that there are can still be found, for whoever tidies up."""
    with rig(venue) as one:
        link = one.links.get("public")
        one.links.refuse()
        for path in ("public", "private"):
            with pytest.raises(StreamClosed):
                one.links.get(path)
        assert one.links.find("public") is link
        assert one.links.find("private") is None


def test_all_are_closed_and_no_more_are_made(venue: Venue) -> None:
    """Each tells it once, however often it is closed; whoever waits for one is told, too."""
    with rig(venue) as one:
        for path in ("public", "private"):
            up(one, path)
        venue.is_mute = True
        waiting = one.links.get("public").want(TICKS, TopicKind(), None)
        for _ in range(2):
            one.links.close(Deadline(PATIENCE_S, Clock()))
        assert isinstance(waiting.exception(0), StreamClosed)
        assert sorted(event.path for event in one.owner.states if event.kind == "closed") == ["private", "public"]
        assert our_threads("okx-ws") == []
        with pytest.raises(StreamClosed):
            one.links.get("public")


def test_all_are_closed_side_by_side(venue: Venue, caplog: pytest.LogCaptureFixture) -> None:
    """One that takes its time does not keep the others open."""
    held = HeldCallback()
    with rig(venue, hear=lambda event: held() if event.kind == "lost" else None) as one:
        up(one, "public")
        up(one, "private")
        venue.drop("public")
        assert held.entered.wait(PATIENCE_S)
        venue.is_mute = True
        waiting = one.links.get("private").want(TICKS, TopicKind(), None)
        waiting.add_done_callback(lambda _: held.go_on.set())
        one.links.close(Deadline(1.0, Clock()))
        assert not any("still busy" in record.getMessage() for record in caplog.records)


def test_a_thread_that_is_busy_does_not_hold_up_the_end(venue: Venue, caplog: pytest.LogCaptureFixture) -> None:
    """It is told of, and ends by itself."""
    gate = HeldCallback()
    with rig(venue, hear=lambda event: gate() if event.kind == "lost" else None) as one:
        up(one, "public")
        venue.drop()
        assert gate.entered.wait(PATIENCE_S)
        one.links.close(Deadline(0.0, Clock()))
        lines = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
        assert "link public: a thread is still busy; it ends by itself" in lines
        gate.go_on.set()


def test_links_keep_what_is_asked_together(venue: Venue) -> None:
    """Within the block nothing is sent; at its end all of it goes out in one request, also of blocks in a block."""
    with rig(venue) as one:
        up(one, "public")
        link = one.links.get("public")
        topics = [Topic.of("ticks", sym=sym) for sym in "AB"]
        with one.links.together(), one.links.together():
            for topic in topics:
                link.want(topic, TopicKind(), None)
            assert venue.heard == []
        until(lambda: venue.heard == ["subscribe ticks(sym=A) ticks(sym=B)"], what="one request")


def test_a_subscribe_that_waits_for_the_limit_is_told_so(venue: Venue) -> None:
    """And not that the network were at fault."""
    with rig(venue, FAST_LIMIT) as one:
        up(one, "public")
        link = one.links.get("public")
        link.want(Topic.of("ticks", sym="A"), TopicKind(), None)
        until(lambda: venue.heard == ["subscribe ticks(sym=A)"], what="the only request")
        link.want(Topic.of("ticks", sym="B"), TopicKind(), None)
        error = one.links.no_ack(Topic.of("ticks", sym="B"), link, 2.5)
        assert "waiting for the 1 requests an hour" in error.message
        assert "subscribe_many" in str(error.hint)
