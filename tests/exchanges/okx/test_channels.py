"""The channel table, and the checks that run before anything is sent."""

from __future__ import annotations

from decimal import Decimal
from typing import get_type_hints

import attrs
import orjson
import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.channels import CHANNELS, Channel, lookup, topic_for
from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.rows import Row, decoder, envelope, model
from tests.each_case import each_case
from tests.paper.feeds.channel_facts import EXPECTED, Expected

ROWS = list(CHANNELS.values())


@each_case("channel", ROWS, ids=lambda channel: channel.name)
def test_rows_fit_their_models(channel: Channel) -> None:
    """Key and identity name fields of the model; arguments are not named twice; a private channel logs in."""
    fields = {field.name for field in attrs.fields(channel.model)}
    assert {*channel.key, *channel.identity} <= fields
    assert len(set(channel.arguments)) == len(channel.arguments)
    assert set(channel.values) <= {*channel.arguments, "bar"}
    assert channel.cadence
    assert channel.login or not channel.private
    assert not (channel.sequenced and channel.key), "changes must not replace each other"
    assert get_type_hints(channel.model)


@each_case("channel", ROWS, ids=lambda channel: channel.name)
def test_every_concrete_name_is_found(channel: Channel) -> None:
    """A name as on the wire leads to its row, and to a topic of that very name."""
    for name in channel.wire_names():
        assert lookup(name) is channel
        assert topic_for(name, **dict(channel.sample())).channel == name


@each_case("fact", EXPECTED, ids=lambda fact: fact.name)
def test_the_table_has_what_okx_has(fact: Expected) -> None:
    """Each of OKX's channels is found by its name, with its path, login, fee tier, method and required arguments."""
    channel = lookup(fact.name)
    needs = [*channel.required, *(["|".join(channel.one_of)] if channel.one_of else [])]
    found = (channel.path, channel.login, channel.fee_tier, " ".join(needs), channel.method)
    assert found == (fact.path, fact.login, fact.tier, fact.required, fact.method)


def test_the_table_has_nothing_else() -> None:
    """Each name of the list, none twice."""
    names = [name for channel in ROWS for name in channel.wire_names()]
    assert sorted(names) == sorted(fact.name for fact in EXPECTED)
    assert len(set(names)) == len(names)


def test_account_data_is_marked() -> None:
    """What needs a login is the account's own and must not be lost; but for public data behind a fee tier."""
    public = {channel.name for channel in ROWS if channel.login and not channel.private}
    assert public == {"books50-l2-tbt", "books-l2-tbt", "economic-calendar"}


def test_names_of_all_candles() -> None:
    """27 bars of trades, 27 of mark prices, 26 of an index, 26 of a spread."""
    counts = {channel.prefix: len(channel.wire_names()) for channel in ROWS if channel.is_family}
    assert counts == {"candle": 27, "mark-price-candle": 27, "index-candle": 26, "sprd-candle": 26}


def test_topics() -> None:
    """Arguments not given (None, empty) are not part of a topic; their order does not matter."""
    topic = topic_for("orders", instId="BTC-USDT", instType="SPOT", instFamily=None)
    assert topic == Topic.of("orders", instType="SPOT", instId="BTC-USDT")
    assert topic_for("account", ccy="") == Topic.of("account")


def test_bar_as_an_argument() -> None:
    """``candle`` with ``bar="1m"`` is ``candle1m``; the two must agree."""
    plain = topic_for("candle1m", instId="BTC-USDT")
    assert topic_for("candle", bar="1m", instId="BTC-USDT") == plain
    assert topic_for("candle{bar}", bar="1m", instId="BTC-USDT") == plain
    assert topic_for("candle1m", bar="1m", instId="BTC-USDT") == plain
    with pytest.raises(ConfigError, match="contradict"):
        topic_for("candle1m", bar="3m", instId="BTC-USDT")
    with pytest.raises(ConfigError, match="needs bar"):
        topic_for("candle", instId="BTC-USDT")


def test_the_longest_family_wins() -> None:
    """``mark-price-candle1m`` is not a candle of trades."""
    assert lookup("mark-price-candle1m").name == "mark-price-candle{bar}"
    assert lookup("candle1Dutc").name == "candle{bar}"


@pytest.mark.parametrize(
    ("channel", "args", "message"),
    [
        ("ticker", {"instId": "X"}, "did you mean tickers"),
        ("balance-and-position", {}, "did you mean balance_and_position"),
        ("books50-l2-tpt", {"instId": "X"}, "did you mean books50-l2-tbt"),
        ("zzz", {}, "no channel 'zzz'"),
        ("candle7m", {"instId": "X"}, "bar of channel candle"),
        ("candle1d", {"instId": "X"}, "upper and lower case matter: 1D"),
        ("tickers", {}, "needs instId.*instId='BTC-USDT'"),
        ("tickers", {"instId": ""}, "needs instId"),
        ("tickers", {"instId": "X", "uly": "BTC-USD"}, "use instFamily"),
        ("tickers", {"inst_id": "X"}, "wire's own name is instId"),
        ("tickers", {"instId": "X", "foo": "1"}, "takes no argument 'foo'.*takes instId"),
        ("status", {"foo": "1"}, "it takes none"),
        ("tickers", {"instId": 5}, "must be text, not 5"),
        ("orders", {"instType": "swap"}, "upper and lower case matter: SWAP"),
        ("positions", {"instType": "SPOT"}, "must be one of MARGIN"),
        ("positions", {"instType": ["SWAP"]}, "must be text"),
        ("balance-and-position", {"ccy": "BTC"}, "did you mean balance_and_position"),
        ("sprd-tickers", {"instId": "X"}, "takes no argument 'instId'.*takes sprdId"),
        ("sprd-books-l2-tbt", {}, "needs sprdId.*sprdId='BTC-USDT_BTC-USDT-SWAP'"),
        ("index -candle2H", {"instId": "X"}, "did you mean index-candle2H"),
        ("index-candle1s", {"instId": "X"}, "bar of channel index-candle"),
        ("candle1Yutc", {"instId": "X"}, "bar of channel candle"),
        ("opt-summary", {"uly": "BTC-USD"}, "use instFamily"),
        ("option-trades", {"instType": "OPTION"}, "needs instFamily or instId"),
        ("option-trades", {"instFamily": "BTC-USD"}, "instType='OPTION', instFamily='BTC-USD'"),
        ("option-trades", {"instType": "SWAP", "instId": "X"}, "must be one of OPTION"),
        ("estimated-price", {"instType": "SPOT", "instId": "X"}, "must be one of OPTION, FUTURES, SWAP, EVENTS"),
        ("liquidation-orders", {"instType": "SPOT"}, "must be one of SWAP"),
        ("liquidation-warning", {"instType": "EVENTS"}, "must be one of MARGIN"),
        ("event-contract-markets", {"instType": "events"}, "upper and lower case matter: EVENTS"),
        ("grid-orders-spot", {"instType": "SWAP"}, "must be one of SPOT, ANY"),
        ("grid-orders-contract", {"instType": "SPOT"}, "must be one of SWAP, FUTURES, ANY"),
        ("grid-sub-orders", {"instType": "ANY"}, "takes no argument 'instType'"),
        ("grid-positions", {}, "needs algoId"),
        ("algo-recurring-buy", {"instType": "FUTURES"}, "must be one of SPOT, ANY"),
        ("rfqs", {"instId": "X"}, "it takes none"),
        ("copytrading-lead-notification", {"instType": "SPOT"}, "must be one of SWAP"),
        ("candle", {"instId": "X", "bar": 5}, "must be one of 1s"),
    ],
)
def test_mistakes_are_named_before_anything_is_sent(channel: str, args: dict[str, str], message: str) -> None:
    """A wrong channel or argument raises ConfigError with the cure."""
    with pytest.raises(ConfigError, match=message):
        topic_for(channel, **args)


def test_legacy_channels_are_accepted() -> None:
    """Names that OKX does not document any more: what an argument may be is left to OKX where nobody knows."""
    assert topic_for("grid-orders-moon", instType="MOON").arg == {"channel": "grid-orders-moon", "instType": "MOON"}
    assert topic_for("copytrading-notification", instType="SWAP", instId="BTC-USDT-SWAP").channel


@model
class Weather(Row):
    """A made-up channel's row."""

    city: str | None = envelope("arg", "city")
    degrees: Decimal | None = None


def test_a_new_channel_takes_one_class_and_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the class above and the row below, asking, routing, decoding and checking work; nothing else changes."""
    row = Channel(
        name="weather", path="public", model=Weather, method="subscribe_weather", cadence="hourly",
        one_of=("city", "river"), key=("city",), omits=("city",),
    )  # fmt: skip
    monkeypatch.setitem(CHANNELS, row.name, row)
    dialect = OkxDialect()

    topic = topic_for("weather", city="Malta")
    assert orjson.loads(dialect.ask_frame("subscribe", [topic], "a1"))["args"] == [topic.arg]
    push = dialect.read(b'{"arg":{"channel":"weather","city":"Malta"},"data":[{"degrees":"31.5","wind":"2"}]}')
    assert isinstance(push, Push)
    assert dialect.matches(topic, push.arg)
    assert dialect.matches(topic, {"channel": "weather"})
    assert not dialect.matches(topic, {"channel": "weather", "city": "Oslo"})

    (weather,) = decoder(lookup(push.channel).model)(push.rows, push.message)
    assert weather == Weather(city="Malta", degrees=Decimal("31.5"))
    assert weather.extra == {"wind": "2"}
    with pytest.raises(ConfigError, match="needs city or river"):
        topic_for("weather")
