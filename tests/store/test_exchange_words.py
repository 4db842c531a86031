"""The words of a recording are those of its exchange and protocol, and what is not known is said so."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync import ConfigError, RecordingError
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.store.exchange_words import words_of


def head(exchange: str, protocol: str | None = None, category: str | None = None) -> dict[str, Any]:
    return {"exchange": exchange, "environment": f"{exchange} live", "protocol": protocol, "category": category}


@pytest.mark.parametrize(
    ("told", "book", "fills"),
    [
        (head("okx"), Topic.of("books", instId="BTC-USDT"), "orders"),
        (head("bybit", "v5", "linear"), Topic.of("orderbook.50", symbol="BTCUSDT"), "execution"),
        (head("bitget", "v2"), Topic.of("books", instType="USDT-FUTURES", instId="BTCUSDT"), "fill"),
        (head("bitget", "v3"), Topic.of("books", instType="usdt-futures", symbol="BTCUSDT"), "fill"),
    ],
    ids=["okx", "bybit", "bitget v2", "bitget v3"],
)
def test_the_words_of_an_exchange(told: dict[str, Any], book: Topic, fills: str) -> None:
    """Its dialect, its channels, and who knows the order of events that REST recovers."""
    words = words_of(told)
    assert words.dialect.name == told["exchange"]
    assert words.kind_of(book).sequenced
    assert words.source_of(book) is None
    assert words.lookup(fills).private
    assert words.kind_of(Topic.of("unheard-of")) == TopicKind()
    with pytest.raises(ConfigError):
        words.lookup("unheard-of")


def test_the_order_of_what_rest_recovers() -> None:
    """Trades of OKX have one, which is that of their ids."""
    assert words_of(head("okx")).source_of(Topic.of("trades", instId="BTC-USDT")) is not None


def test_an_exchange_that_nobody_knows() -> None:
    """It is named."""
    with pytest.raises(RecordingError, match="nobody knows the words of 'kraken' here"):
        words_of(head("kraken"))
