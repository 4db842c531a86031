"""Messages known by their beginning: what the reading thread may leave unparsed, and when it may not."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Watched, until
from tests.loopback.still_exchange import BTC, TRADES, numbers_of, text_of, trade

paper = still_exchange.shared_paper


def heads(watched: Watched) -> dict[bytes, Any]:
    """What the public link knows."""
    return watched.ws._links.get("public")._core.subscriptions.heads


def spaced(number: int) -> str:
    """A message with spaces, which has no head."""
    return text_of({"arg": TRADES, "data": [trade(number)]}).replace('"data":[', '"data" : [')


def test_a_topic_is_known_by_its_messages(paper: PaperExchange, connect: Connect) -> None:
    """From its first message on; a change of subscriptions starts afresh, and nobody gets what is not his."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC)
    for number in (1, 2, 3):
        paper.push(TRADES, [trade(number)])
        assert numbers_of([sub.get(10)]) == [number]
    assert [wish.topic for wish in heads(watched).values()] == [sub.topic]
    sub.unsubscribe()
    until(lambda: not paper.topics(), what="the end of the topic")
    assert heads(watched) == {}
    paper.push(TRADES, [trade(4)])
    tickers = watched.ws.subscribe_tickers(BTC)
    assert tickers.get(10).instId == BTC
    assert sub.stats.received == 3


def test_one_odd_message_does_not_matter(paper: PaperExchange, connect: Connect) -> None:
    """Those without a head are read as ever, in their place, and later ones are known again."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC)
    paper.send_raw(spaced(1))
    paper.push(TRADES, [trade(2)])
    paper.send_raw(spaced(3))
    paper.push(TRADES, [trade(4)])
    assert numbers_of([sub.get(10) for _ in range(4)]) == [1, 2, 3, 4]
    assert len(heads(watched)) == 1


def test_messages_that_never_have_one(paper: PaperExchange, connect: Connect) -> None:
    """After a few no more are looked at for it; they arrive all the same."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC)
    for number in range(1, 11):
        paper.send_raw(spaced(number))
    assert numbers_of([sub.get(10) for _ in range(10)]) == list(range(1, 11))
    paper.push(TRADES, [trade(11)])
    assert numbers_of([sub.get(10)]) == [11]
    assert heads(watched) == {}


@pytest.mark.parametrize("second", [{"callback": lambda _trade: None, "inline": True}, {"policy": "latest"}, {}])
def test_a_second_listener_joins_and_leaves(paper: PaperExchange, connect: Connect, second: dict[str, Any]) -> None:
    """The first one misses nothing and gets nothing twice, alone or in company."""
    watched = connect()
    first = watched.ws.subscribe_trades(BTC, name="first")
    paper.push(TRADES, [trade(1)])
    other = watched.ws.subscribe_trades(BTC, name="second", **second)
    paper.push(TRADES, [trade(2)])
    until(lambda: other.stats.received >= 1)
    other.unsubscribe()
    paper.push(TRADES, [trade(3)])
    assert numbers_of([first.get(10) for _ in range(3)]) == [1, 2, 3]
    assert first.stats.received == 3
