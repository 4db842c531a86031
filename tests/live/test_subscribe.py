"""From what a user asks to a subscription: all that cannot be right is refused first."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from okx_sync.credentials import Credentials
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, OkxAuthError
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.live.subscribe import OPTION_NAMES, agree, check_distinct, chosen_path, each_topic, no_credentials
from tests.delivery.numbers import Numbers
from tests.delivery.owner import give, recording_owner
from tests.live.venue import TABLE, Tick, Venue, Words, watched


def spec(**words: Any) -> StreamSpec:
    """A description of a venue that nobody connects to."""
    facts: dict[str, Any] = {
        "dialect": Words(),
        "environment": "the venue",
        "credentials": None,
        "lookup": TABLE.lookup,
        "topic_for": TABLE.topic_for,
        "url": str,
        "paths": ("public", "private"),
        "login_paths": frozenset({"private"}),
        "sync_clock": float,
        "timeout_s": 1.0,
    }
    return StreamSpec(**{**facts, **words})


class Asked:
    """Makes subscriptions of channels with options."""

    spec: ClassVar = spec(
        credentials=Credentials("key", "secret", "pass"),
        recovery_source=lambda topic, _wanted: Numbers() if topic.channel == "trades" else None,
    )

    @contextlib.contextmanager
    def __call__(self, channel: str, usual_silence: float | None = None, **options: Any) -> Iterator[Subscription[Any]]:
        callback = options.pop("callback", None)
        with recording_owner() as owner:
            yield agree(self.spec, 1000, usual_silence, channel, callback, options).subscription(owner, {})


made = Asked()


def refused(channel: str, **options: Any) -> ConfigError:
    """The error that these options lead to."""
    with pytest.raises(ConfigError) as caught, made(channel, **options):
        pass
    return caught.value


def tick(number: int, sym: str = "A") -> Tick:
    return Tick.from_wire({"sym": sym, "n": number})


def test_the_path_is_the_usual_one_unless_another_is_asked_for() -> None:
    """It is taken out of the options."""
    options: dict[str, Any] = {"wait": False}
    assert chosen_path(options, "public") == "public"
    options["path"] = "private"
    assert chosen_path(options, "public") == "private"
    assert options == {"wait": False}


def test_the_former_name_of_the_path_warns() -> None:
    """It goes on to work; both names at once are a mistake."""
    with pytest.warns(DeprecationWarning, match="endpoint= is called path= now"):
        assert chosen_path({"endpoint": "private"}, "public") == "private"
    with pytest.raises(ConfigError, match="one option"):
        chosen_path({"endpoint": "private", "path": "private"}, "public")


def test_a_login_without_credentials_is_told_with_its_cure() -> None:
    """The channel that needs it, where, and where credentials come from."""
    error = no_credentials(spec(), TABLE.lookup("orders"))
    assert error.message == "channel orders needs a login, and this client has no credentials"
    assert error.environment == "the venue"
    assert "Credentials.from_env()" in str(error.hint)


def test_account_data_is_never_dropped_silently() -> None:
    """Its usual policy is to fail, and that of public data to drop the oldest; to drop account data is refused."""
    with made("orders", maxsize=1) as sub:
        give(sub, tick(1), tick(2))
        assert sub.get(0).n == 1
        with pytest.raises(Exception, match="1 items were lost here"):
            sub.get(0)
    with made("ticks", maxsize=1) as sub:
        give(sub, tick(1), tick(2))
        assert sub.get(0).n == 2
    assert "never dropped silently" in refused("orders", policy="drop_oldest").message


def test_only_whole_states_can_be_replaced_by_newer_ones() -> None:
    """Each of a key by the newest of it; where rows build on each other that is refused."""
    with made("ticks", policy="latest") as sub:
        give(sub, tick(1), tick(2), tick(3, "B"))
        assert [sub.get(0).n for _ in range(2)] == [2, 3]
    assert "build on each other" in refused("trades", policy="latest").message


def test_backfill_is_for_what_can_be_recovered() -> None:
    """Else it would be an option that does nothing."""
    with made("trades", backfill=True):
        pass
    error = refused("ticks", backfill=True)
    assert error.message == "ticks cannot be fetched over REST"
    assert error.hint


@pytest.mark.parametrize("value", ["5", True, [1]])
@pytest.mark.parametrize("name", ["timeout", "max_silence", "maxsize"])
def test_numbers_are_numbers(name: str, value: Any) -> None:
    """A text or a truth value is a mistake."""
    assert refused("ticks", **{name: value}).message == f"{name} must be a number, not {value!r}"


def test_what_to_do_about_silence_is_one_of_two() -> None:
    """With a hint for a slip."""
    assert refused("ticks", on_stale="resubscrib").hint == "did you mean resubscribe?"


def test_options_reach_the_subscription() -> None:
    """The queue, the name, the way of delivery, and what silence means; quiet channels have no usual limit of it."""
    mine = queue.Queue[Any]()
    with made("ticks", 5.0, queue=mine, name="mine", on_stale="resubscribe") as sub:
        assert (sub.own_queue, sub.name, sub.on_stale, sub.max_silence) == (mine, "mine", "resubscribe", 5.0)
        assert not sub.is_inline
    with made("orders", 5.0) as sub:
        assert sub.max_silence is None
    with made("orders", 5.0, max_silence=7.0, callback=print, inline=True) as sub:
        assert (sub.max_silence, sub.callback, sub.is_inline) == (7.0, print, True)


def test_the_options_are_those_that_are_documented() -> None:
    """What is none of them is an argument of the channel."""
    assert {"queue", "policy", "wait", "path", "endpoint"} <= OPTION_NAMES
    assert "instId" not in OPTION_NAMES


def test_events_go_one_way() -> None:
    """A callback or a queue; what runs on the link's thread is a callback."""
    assert refused("ticks", callback=print, queue=queue.Queue()).message == "give a callback or a queue, not both"
    assert refused("ticks", inline=True).message == "inline=True needs a callback"
    assert "callback must be a plain function" in refused("ticks", callback="print").message


def test_a_subscribe_is_checked_whole(venue: Venue) -> None:
    """Channel, path, login and options, before anything has begun."""
    with watched(venue, credentials=None) as one:
        with pytest.raises(OkxAuthError, match="needs a login"):
            one.ws.subscribe("orders")
        with pytest.raises(ConfigError, match="on_stale"):
            one.ws.subscribe("ticks", sym="A", on_stale="shout")
        with pytest.raises(ConfigError, match="named twice"):
            one.ws.subscribe_many("ticks", [{"sym": "A"}, {"sym": "B"}, {"sym": "A"}])
        assert venue.heard == []


def test_what_the_topics_of_a_call_have_in_common_is_agreed_once() -> None:
    """Options are taken out of the arguments; each topic has its own of those."""
    args: dict[str, Any] = {"sym": "A", "path": "public", "maxsize": 5, "wait": False}
    terms = agree(spec(), 1000, None, "ticks", None, args)
    assert (args, terms.path, terms.wait, terms.timeout) == ({"sym": "A"}, "public", False, 1.0)
    with recording_owner() as owner:
        made = [terms.subscription(owner, {"sym": sym}) for sym in "AB"]
    assert [str(sub.topic) for sub in made] == ["ticks(sym=A)", "ticks(sym=B)"]
    check_distinct(sub.topic for sub in made)
    with pytest.raises(ConfigError, match="named twice"):
        check_distinct([made[0].topic, made[0].topic])


def test_each_topic_of_many_has_its_arguments() -> None:
    """As mappings, and at least one of them."""
    assert each_topic("ticks", [{"sym": "A"}]) == [{"sym": "A"}]
    with pytest.raises(ConfigError, match="no topic"):
        each_topic("ticks", [])
    with pytest.raises(ConfigError, match="a mapping") as caught:
        each_topic("ticks", ["A"])
    assert "instId" in str(caught.value.hint)
    with pytest.raises(ConfigError, match="a mapping of names"):
        each_topic("ticks", [{1: "A"}])
