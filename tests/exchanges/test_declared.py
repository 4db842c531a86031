# mypy: disable-error-code="empty-body"
"""Channels declared over methods without a body."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias, Unpack, cast

import pytest

from okx_sync.delivery.options import OFFERED_OPTIONS
from okx_sync.errors import ConfigError
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.exchanges.declared import Declaration, Facts, Sent, Words, declare, declared_by
from okx_sync.exchanges.streams import Streams
from okx_sync.rows import Row, model

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.delivery.subscription_group import SubscriptionGroup

Hour: TypeAlias = Literal["1h"] | Literal["6h", "12h"] | str
Region: TypeAlias = Literal["north", "south"] | str
HERE: Final = Words(sys.modules[__name__], __name__)


@model
class Weather(Row):
    """A row of the channels below."""

    cityName: str | None = None


@model
class OldWeather(Row):
    """The same in an older protocol."""

    city: str | None = None


class Station(Channel):
    """A kind of channel of its own, whose arguments have an order."""

    examples: ClassVar = {"region": "north", "cityName": "Malta"}
    protocols: ClassVar = {"new": "V2", "old": "V1"}


def told(name: str, facts: Facts, protocol: str = "", needs: str = "") -> Declaration[Station]:
    return Declaration(Station, name, {"path": "public", **facts}, HERE, protocol, needs)


class WeatherStreams(Streams):
    """Methods as an exchange declares them."""

    @declare(told("weather", {"cadence": "every hour", "key": ("cityName",)}, needs="a warm coat"))
    def subscribe_weather(
        self,
        city_name: str,
        region: Region = "north",
        callback: Callable[[Weather], object] | None = None,
        *,
        river: str | None = None,
        **options: Any,
    ) -> Subscription[Weather]:
        """What the sky looks like."""

    def subscribe_sky(self, city_name: str, **options: Any) -> Subscription[Weather]:
        """The same as ``subscribe_weather``."""
        return self.subscribe_weather(city_name, **options)

    @declare(told("forecast{hour}", {"cadence": "now and then", "private": True, "aliases": {"period": "hour"}}))
    def subscribe_forecast(
        self, hour: Hour = "1h", callback: Callable[[Weather], object] | None = None, **options: Any
    ) -> Subscription[Weather]:
        """What it will look like."""

    @declare(told("tides", {"cadence": "twice a day", "sends": {"every_ms": Sent("extra", "<{}>".format)}}))
    def subscribe_tides(
        self, every_ms: int, callback: Callable[[Weather], object] | None = None, **options: Any
    ) -> Subscription[Weather]:
        """High and low water."""

    @declare(told("storms", {"cadence": "as it comes", "values": {"region": None}, "also": ("cityName",)}, "new"))
    @declare(
        told("storm", {"cadence": "daily", "model": OldWeather, "required": ("region",), "login": True}, protocol="old")
    )
    def subscribe_storms(
        self,
        region: Region,
        callback: Callable[[Weather], object] | None = None,
        *,
        river: str | None = None,
        **options: Any,
    ) -> Subscription[Weather]:
        """Warnings."""


class Notebook(WeatherStreams):
    """Writes down what a client would be asked for."""

    def subscribe_many(
        self,
        channel: str,
        args: Iterable[Mapping[str, str]],
        callback: Callable[[Any], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> SubscriptionGroup[Any]:
        self.many = channel, callback, [*args], options
        return cast("SubscriptionGroup[Any]", self.many)

    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        self.asked: tuple[str, object, dict[str, Any]] = (channel, callback, args)
        return cast("Subscription[Any]", self.asked)


TABLE = ChannelTable("the weather", declared_by(WeatherStreams, Station))


def test_the_signature_gives_the_arguments() -> None:
    """Without a default, or with another than None: required. The words of a Literal: what it may be."""
    row = TABLE.lookup("weather")
    assert (row.required, row.optional) == (("region", "cityName"), ("river",)), "in the order of the examples"
    assert row.values == {"region": ("north", "south")}
    assert (row.method, row.model, row.key) == ("subscribe_weather", Weather, ("cityName",))


def test_a_family_expands_from_the_literal() -> None:
    """One channel for each word that the type of the parameter lists, and any other is refused."""
    row = TABLE.lookup("forecast{hour}")
    assert row.wire_names() == ("forecast1h", "forecast6h", "forecast12h")
    assert row.arguments == ()
    with pytest.raises(ConfigError, match="must be one of 1h, 6h, 12h"):
        TABLE.topic_for("forecast2h")


def test_account_data_is_behind_a_login_and_quiet() -> None:
    """``private`` says all three."""
    row = TABLE.lookup("forecast{hour}")
    assert (row.private, row.login, row.quiet) == (True, True, True)
    assert (TABLE.lookup("weather").login, TABLE.lookup("weather").quiet) == (False, False)


def test_the_docstring_tells_what_the_declaration_says() -> None:
    """Options, pace, path, login and what else it needs, below what was written; other words are options, too."""
    text = inspect.getdoc(WeatherStreams.subscribe_weather)
    options = ", ".join(OFFERED_OPTIONS)
    assert (text or "").split("\n\n") == [
        "What the sky looks like.",
        f"Options: {options}; see ``SubscribeOptions``.",
        "Pushed: every hour. Path public; no login; a warm coat.",
    ]
    other = inspect.getdoc(WeatherStreams.subscribe_forecast) or ""
    assert f"Options: period, {options}; see" in other
    assert "Path public, with a login." in other


def test_a_call_asks_for_the_channel() -> None:
    """With the wire's names; what was not given is None; callback and options are passed on."""
    book = Notebook()
    book.subscribe_weather("Malta", callback=print, maxsize=5)
    args: dict[str, Any] = {"cityName": "Malta", "region": "north", "river": None, "maxsize": 5}
    assert book.asked[:2] == ("weather", print)
    assert book.asked[2] == args
    book.subscribe_tides(7)
    assert book.asked == ("tides", None, {"extra": "<7>"})


@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        ((), {}, r"subscribe_weather\(\) missing 1 required positional argument: 'city_name'"),
        (("Malta", "north", None, 4), {}, r"takes from 2 to 4 positional arguments but 5 were given"),
        (("Malta",), {"city_name": "Oslo"}, r"got multiple values for argument 'city_name'"),
        (("Malta", "north", None), {"callback": print}, r"got multiple values for argument 'callback'"),
        ((), {"region": "north", "maxsize": 5}, r"missing 1 required positional argument: 'city_name'"),
    ],
)
def test_a_wrong_call_fails_as_any_function_does(args: tuple[Any, ...], kwargs: dict[str, Any], message: str) -> None:
    """With the TypeError that Python itself has for it."""
    with pytest.raises(TypeError, match=message):
        Notebook().subscribe_weather(*args, **kwargs)


def test_a_call_reads_no_signature_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told by place, by name, and left out is known after the first call, so that a call costs little."""
    book = Notebook()
    book.subscribe_weather("Malta")

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a signature was read or bound")

    monkeypatch.setattr(inspect, "signature", refuse)
    monkeypatch.setattr(inspect.Signature, "bind", refuse)
    book.subscribe_weather("Oslo", "south", print, river="Akerselva", maxsize=5)
    args: dict[str, Any] = {"cityName": "Oslo", "region": "south", "river": "Akerselva", "maxsize": 5}
    assert book.asked[1:] == (print, args)
    book.subscribe_weather(region="south", city_name="Rome")
    assert book.asked[2] == {"cityName": "Rome", "region": "south", "river": None}


def test_other_words_for_a_parameter() -> None:
    """An alias stands for the parameter; two that contradict each other are refused."""
    book = Notebook()
    book.subscribe_forecast(period="6h")
    assert book.asked == ("forecast{hour}", None, {"hour": "6h"})
    with pytest.raises(ConfigError, match=r"hour='12h' and period='6h' are two words for the same"):
        book.subscribe_forecast("12h", period="6h")


def test_one_method_for_several_protocols() -> None:
    """Each has its own row, rows of its own class, and other arguments; the method asks for the channel on top."""
    (new,), (old,) = declared_by(WeatherStreams, Station, "new"), declared_by(WeatherStreams, Station, "old")
    assert (new.name, new.model, new.arguments, new.values) == ("storms", Weather, ("region", "cityName", "river"), {})
    assert (old.name, old.model, old.arguments) == ("storm", OldWeather, ("region",))
    assert new.method == old.method == "subscribe_storms"
    book = Notebook()
    book.subscribe_storms("north")
    assert book.asked == ("storms", None, {"region": "north", "river": None})
    text = inspect.getdoc(WeatherStreams.subscribe_storms) or ""
    assert text.endswith("Pushed: as it comes (V2); daily (V1). Path public; no login. Protocol: V2, V1.")


def test_an_alias_declares_nothing() -> None:
    """A method that only forwards is no channel of the table."""
    assert set(TABLE.rows) == {"weather", "forecast{hour}", "tides"}
    book = Notebook()
    book.subscribe_sky("Malta")
    assert book.asked[0] == "weather"


def test_channels_of_another_kind_stay_out() -> None:
    """A client of two exchanges would have two tables."""
    assert list(declared_by(WeatherStreams, Channel)) == []


def test_a_method_must_say_which_rows_it_delivers() -> None:
    """The table needs a class for its rows."""

    class Wrong(Streams):
        @declare(told("fog", {"cadence": "at dawn"}))
        def subscribe_fog(self, callback: Callable[[Any], object] | None = None, **options: Any) -> Any:
            """No annotation that names a class."""

    with pytest.raises(TypeError, match="subscribe_fog must say which rows it delivers, not 'Any'"):
        list(declared_by(Wrong, Station))
