"""Bybit's channel tables: names, arguments, and errors that help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.channels import CHANNELS, SPREAD_DATA, channels_for, wire_topic
from okx_sync.exchanges.bybit.models import BookUpdate, UnlinkedBookUpdate, UnlinkedRpiBookUpdate
from okx_sync.protocol.dialect import Topic
from tests.each_case import each_case

V5, SEED = CHANNELS["v5"], CHANNELS["seed"]
NAMES = [
    (protocol, name) for protocol, table in CHANNELS.items() for row in table.rows.values() for name in row.wire_names()
]


@each_case(("protocol", "name"), NAMES)
def test_every_name_is_found(protocol: str, name: str) -> None:
    """Every concrete name leads to its row, makes a topic, and the whole topic leads back to both.

    Public topics of spreads are spelt as those of other markets, and told by their address.
    """
    table = V5 if protocol == "v5" else SEED
    row = table.lookup(name)
    topic = table.topic_for(name, **dict(row.sample()))
    assert topic.channel == name
    if name in SPREAD_DATA:
        assert wire_topic(topic) == f"{name.removeprefix('spread.')}.BTCPERP"
        return
    assert table.lookup(wire_topic(topic)) is row
    assert table.topic_for(wire_topic(topic)) == topic


def test_the_families_of_the_documentation() -> None:
    """What a name in braces stands for; that each other channel is documented is for the tables of facts."""
    bars = ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M"]
    assert {name for row in V5.rows.values() if row.is_family for name in row.wire_names()} == {
        *(f"orderbook.{depth}" for depth in (50, 200, 1000)),
        *(f"kline.{bar}" for bar in bars),
        *(f"dcp.{product}" for product in ("future", "spot", "option")),
    }


@pytest.mark.parametrize(
    ("channel", "args", "wire"),
    [
        ("orderbook", {"depth": "200", "symbol": "BTCPERP"}, "orderbook.200.BTCPERP"),
        ("orderbook", {"depth": "1", "symbol": "BTCPERP"}, "orderbook.1.BTCPERP"),
        ("orderbook.1000", {"symbol": "BTCPERP"}, "orderbook.1000.BTCPERP"),
        ("kline", {"interval": "D", "symbol": "BTC-27NOV26"}, "kline.D.BTC-27NOV26"),
        ("order", {}, "order"),
        ("order", {"category": None}, "order"),
        ("order", {"category": "linear"}, "order.linear"),
        ("execution.fast", {"category": "spot"}, "execution.fast.spot"),
        ("execution.fast.spot", {}, "execution.fast.spot"),
        ("insurance", {"coin": "inverse"}, "insurance.inverse"),
    ],
)
def test_topics(channel: str, args: dict[str, str], wire: str) -> None:
    """Name and argument with a dot between, as Bybit writes them."""
    assert wire_topic(V5.topic_for(channel, **args)) == wire


def test_level_1_is_a_channel_of_its_own() -> None:
    """It is whole each time, so that ``latest`` makes sense of it; deeper books build on each other."""
    assert V5.topic_for("orderbook.1.BTCPERP") == Topic.of("orderbook.1", symbol="BTCPERP")
    top, deep = V5.lookup("orderbook.1"), V5.lookup("orderbook.50")
    assert (top.sequenced, bool(top.key), deep.sequenced, bool(deep.key)) == (False, True, True, False)


@pytest.mark.parametrize(
    ("channel", "args", "message", "hint"),
    [
        ("ticker", {"symbol": "X"}, "no channel 'ticker'", "tickers"),
        ("tickers", {}, "needs symbol", "symbol='BTCPERP'"),
        ("tickers", {"instId": "X"}, "no argument 'instId'", "symbol"),
        ("orderbook.500", {"symbol": "X"}, "depth", "200 or 1000"),
        ("orderbook.500.BTCPERP", {}, "depth", "200 or 1000"),
        ("orderbook", {"symbol": "X"}, "needs depth", "depth='50'"),
        ("kline.7", {"symbol": "X"}, "interval", None),
        ("insurance", {"coin": "usdt"}, "coin", "upper and lower case"),
        ("position", {"category": "spot"}, "category", None),
        ("order.linear", {"category": "spot"}, "contradict", None),
        ("user.openapi.perp.order", {}, "no channel", "protocol='seed'"),
        ("orderBookL2_25.BTCPERP", {}, "no channel", "protocol='seed'"),
        ("tickers.", {}, "no channel", None),
        ("", {}, "no channel", None),
    ],
)
def test_errors_help(channel: str, args: dict[str, str], message: str, hint: str | None) -> None:
    """What cannot be right is refused before anything is sent, and the hint names the cure."""
    with pytest.raises(ConfigError, match=message) as caught:
        V5.topic_for(channel, **args)
    assert hint is None or hint in (caught.value.hint or "")


@pytest.mark.parametrize("channel", ["order", "wallet", "publicTrade.BTCPERP", "orderbook.50.BTCPERP", "kline.1.X"])
def test_topics_of_v5_are_none_of_the_seed_protocol(channel: str) -> None:
    """And the hint says which protocol has them."""
    with pytest.raises(ConfigError, match="no channel") as caught:
        SEED.topic_for(channel)
    assert "protocol='v5'" in (caught.value.hint or "")


def test_options_have_their_own_depths_and_trades() -> None:
    """25 and 100 levels, trades by coin, and no level 1."""
    table = channels_for("v5", "option")
    assert wire_topic(table.topic_for("publicTrade", baseCoin="BTC")) == "publicTrade.BTC"
    assert wire_topic(table.topic_for("orderbook.25.BTC-27NOV26-90000-C")) == "orderbook.25.BTC-27NOV26-90000-C"
    with pytest.raises(ConfigError, match="25, 100"):
        table.topic_for("orderbook", depth="1", symbol="X")


def test_books_without_numbers() -> None:
    """With ``book_gaps=False`` book channels have the class whose changes are taken as they come."""
    models = {row.model for row in channels_for("v5", "linear", False).rows.values()}
    assert {UnlinkedBookUpdate, UnlinkedRpiBookUpdate} <= models
    assert {row.name for row in channels_for("v5", "linear", False).rows.values() if row.model is BookUpdate} == set()
    assert channels_for("v5") is channels_for("v5")


@given(st.text(max_size=30) | st.lists(st.sampled_from(["orderbook", "50", "order", "linear", "", "X"])).map(".".join))
def test_any_text_is_a_topic_or_a_config_error(text: str) -> None:
    """Whatever a user types is either understood or refused with our own error."""
    try:
        topic = V5.topic_for(text)
    except ConfigError:
        return
    assert wire_topic(topic) == text
