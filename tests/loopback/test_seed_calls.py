"""Calls as they are written in code for older clients of OKX: they work with the same names here."""

from __future__ import annotations

import pytest

from okx_sync import ConfigError, OkxClient, WsClient
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect

paper = still_exchange.still_paper


@pytest.mark.parametrize(
    ("method", "name", "channel"),
    [
        ("subscribe_candles", "BTC-USDT", "candle5m"),
        ("subscribe_mark_price_candles", "BTC-USDT-SWAP", "mark-price-candle5m"),
        ("subscribe_index_candles", "BTC-USD", "index-candle5m"),
    ],
)
def test_interval_is_another_word_for_bar(connect: Connect, method: str, name: str, channel: str) -> None:
    """On every method for candles."""
    watched = connect()
    sub = getattr(watched.ws, method)(name, interval="5m")
    assert sub.topic.channel == channel
    assert sub.get(5) is not None


def test_two_words_that_contradict_each_other_are_refused(connect: Connect) -> None:
    """Rather than one of them silently winning."""
    with pytest.raises(ConfigError, match="two words for the same"):
        connect().ws.subscribe_candles("BTC-USDT", "5m", interval="1H")


def test_connecting_with_a_bound_on_attempts(paper: PaperExchange) -> None:
    """``connect_public(config, max_reconnect_attempts=5)``."""
    with WsClient.connect_public(paper.config, max_reconnect_attempts=5) as ws:
        assert ws.is_connected()
    with pytest.raises(ConfigError, match="max_reconnect_attempts cannot be -1"):
        WsClient(paper.config, max_reconnect_attempts=-1)


def test_an_index_by_its_name_and_its_quote(paper: PaperExchange) -> None:
    """The name decides where both are given; indexes of USD are there beside those of USDT."""
    with OkxClient(paper.config) as rest:
        assert [row.instId for row in rest.get_index_tickers(quote_ccy="USDT", inst_id="BTC-USD")] == ["BTC-USD"]
        assert {row.instId for row in rest.get_index_tickers(quote_ccy="USD")} == {"BTC-USD", "ETH-USD", "SOL-USD"}
        assert rest.market.get_index_candles("BTC-USD", bar="1m", limit=1)
