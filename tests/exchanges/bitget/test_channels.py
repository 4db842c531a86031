"""The channel tables of the three protocols, and the checks that run before anything is sent."""

from __future__ import annotations

import attrs
import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.channels import TABLES, Channel
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.dialect import Topic

ALL = [(protocol, channel) for protocol, table in TABLES.items() for channel in table.rows.values()]


@pytest.mark.parametrize(("protocol", "channel"), ALL, ids=lambda part: getattr(part, "name", part))
def test_rows_fit_their_models(protocol: Protocol, channel: Channel) -> None:
    """Key, identity and arguments are consistent, account data logs in, and what has a default may be left out."""
    fields = {field.name for field in attrs.fields(channel.model)}
    assert {*channel.key, *channel.identity} <= fields
    assert len(set(channel.arguments)) == len(channel.arguments)
    assert set(channel.values) <= {*channel.arguments, "bar", "depth"}
    assert set(channel.defaults) <= set(channel.optional)
    assert channel.login == channel.private == (channel.path == "private")
    assert not (channel.sequenced and channel.key), "changes must not replace each other"
    assert all(value in channel.values.get(name, (value,)) for name, value in channel.defaults.items())
    for name in channel.wire_names():
        assert TABLES[protocol].lookup(name) is channel
        assert TABLES[protocol].topic_for(name, **dict(channel.sample())).channel == name


@pytest.mark.parametrize(
    ("protocol", "channel", "args", "topic"),
    [
        ("v2", "ticker", {"instId": "X"}, Topic.of("ticker", instType="USDT-FUTURES", instId="X")),
        (
            "v2", "candle1H", {"instId": "X", "instType": "COIN-FUTURES"},
            Topic.of("candle1H", instType="COIN-FUTURES", instId="X"),
        ),
        ("v2", "account", {}, Topic.of("account", instType="USDT-FUTURES", coin="default")),
        ("v2", "positions", {}, Topic.of("positions", instType="USDT-FUTURES", instId="default")),
        ("v2", "orders", {"instId": "X"}, Topic.of("orders", instType="USDT-FUTURES", instId="X")),
        ("v3", "ticker", {"symbol": "X"}, Topic.of("ticker", instType="usdt-futures", symbol="X")),
        ("v3", "kline", {"symbol": "X", "interval": "1H"},
         Topic.of("kline", instType="usdt-futures", symbol="X", interval="1H")),
        ("v3", "rpi-books5", {"symbol": "X", "instType": "spot"},
         Topic.of("rpi-books5", instType="spot", symbol="X")),
        ("v3", "liquidation", {}, Topic.of("liquidation", instType="usdt-futures")),
        ("v3", "order", {}, Topic.of("order", instType="UTA")),
        ("v2", "equity", {}, Topic.of("equity", instType="USDT-FUTURES")),
        ("v1", "books", {"instId": "X"}, Topic.of("books", instType="MC", instId="X")),
        ("v1", "orders", {"instType": "DMCBL"}, Topic.of("orders", instType="DMCBL", instId="default")),
        ("seed", "account", {"instId": "USDT"}, Topic.of("account", instType="FUTURES", instId="USDT")),
        ("seed", "liquidation", {}, Topic.of("liquidation", instType="FUTURES")),
        ("seed", "orders", {"instType": "ANY"}, Topic.of("orders", instType="ANY")),
    ],
)  # fmt: skip
def test_topics(protocol: Protocol, channel: str, args: dict[str, str], topic: Topic) -> None:
    """What is left out is what most people mean: USDT perpetuals, and of the account everything."""
    assert TABLES[protocol].topic_for(channel, **args) == topic


@pytest.mark.parametrize(
    ("protocol", "channel", "args", "message", "hint"),
    [
        ("v2", "tickers", {"instId": "X"}, "has no channel 'tickers'", "ticker"),
        ("v2", "execution", {}, "Bitget has no channel 'execution'", ""),
        ("seed", "fill", {}, "seed protocol has no channel 'fill'", ""),
        ("v2", "ticker", {}, "needs instId", "BTCUSDT"),
        ("v2", "ticker", {"instId": "X", "instType": "usdt-futures"}, "instType", "upper and lower case"),
        ("v2", "ticker", {"instId": "X", "instType": "USDT-FUTURE"}, "instType", "USDT-FUTURES"),
        ("v2", "ticker", {"inst_id": "X"}, "'inst_id'", "instId"),
        ("v2", "account", {"instId": "default"}, "takes no argument 'instId'", "coin"),
        ("v2", "positions", {"instId": "BTCUSDT"}, "must be one of default", ""),
        ("v2", "candle2m", {"instId": "X"}, "bar", ""),
        ("v1", "orders", {"instType": "USDT-FUTURES"}, "UMCBL", ""),
        ("v3", "equity", {}, "Bitget V3 has no channel 'equity'", ""),
        ("v3", "ticker", {}, "needs symbol", "BTCUSDT"),
        ("v3", "order", {"symbol": "BTCUSDT"}, "takes no argument 'symbol'", "all instruments"),
        ("v3", "order", {"instType": "USDT-FUTURES"}, "must be one of UTA", ""),
        ("v3", "kline", {"symbol": "X", "interval": "1W"}, "interval of channel kline", ""),
        ("v3", "liquidation", {"instType": "spot"}, "usdt-futures", ""),
        ("v3", "candle1m", {"symbol": "X", "interval": "5m"}, "contradict each other", ""),
    ],
)
def test_mistakes_are_named_before_anything_is_sent(
    protocol: Protocol, channel: str, args: dict[str, str], message: str, hint: str
) -> None:
    """The channel or argument at fault is in the text, and where there is a likely cure it is the hint."""
    with pytest.raises(ConfigError) as caught:
        TABLES[protocol].topic_for(channel, **args)
    assert message in str(caught.value)
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(
    ("channel", "args", "topic"),
    [
        ("trade", {"instId": "X"}, Topic.of("publicTrade", instType="usdt-futures", symbol="X")),
        (
            "candle1H", {"instId": "X", "instType": "COIN-FUTURES"},
            Topic.of("kline", instType="coin-futures", symbol="X", interval="1H"),
        ),
        (
            "candle{bar}", {"instId": "X", "bar": "1D"},
            Topic.of("kline", instType="usdt-futures", symbol="X", interval="1D"),
        ),
        ("orders", {}, Topic.of("order", instType="UTA")),
        ("positions", {}, Topic.of("position", instType="UTA")),
        ("orders-algo", {}, Topic.of("strategy-order", instType="UTA")),
        ("adl-noti", {}, Topic.of("adl-notification", instType="UTA")),
    ],
)  # fmt: skip
def test_v3_answers_to_the_names_of_v2(channel: str, args: dict[str, str], topic: Topic) -> None:
    """A program that was written for classic accounts asks for the same streams of a unified one."""
    assert TABLES["v3"].topic_for(channel, **args) == topic
    assert TABLES["v3"].lookup(channel) is TABLES["v3"].lookup(topic.channel)
