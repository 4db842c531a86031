"""Subscribing: what is wrong is refused with a hint, what is right is asked once and at the exchange's pace."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from okx_sync import ConfigError, Subscription, SubscriptionError
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, topic_of
from tests.conformance.wire_protocols import SWAP, Wire
from tests.loopback.conftest import FAST, Heard, States, until

ROUNDS = 3


def test_an_unknown_channel(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A channel that the exchange does not have is refused with a hint, before anything is sent."""
    watched = connect()
    with pytest.raises(ConfigError) as caught:
        watched.ws.subscribe(f"{wire.orders.channel}s-of-old")
    assert caught.value.hint
    with pytest.raises(ConfigError) as caught:
        watched.subscribe(wire.orders.named(sort="new"))
    assert "sort" in str(caught.value)
    assert caught.value.hint
    assert paper.connections == []


def test_a_topic_the_exchange_refuses(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """The exchange says no to one topic: its caller gets a ``SubscriptionError`` with a hint, its neighbours go on,
    and it is not asked for again.
    """
    watched = connect(attrs.evolve(FAST, ack_s=60.0))  # the neighbours are not to wait for that
    first, *others = (wire.orders, *wire.more_private)
    paper.faults.refuse_subscribe(channel=first.channel)
    # One request for all of them, as the login has to be answered first.
    paper.faults.delay(0.1, "login")
    kept = [watched.subscribe(stream, wait=False) for stream in others]
    with pytest.raises(SubscriptionError) as caught:
        watched.subscribe(first)
    assert caught.value.hint
    assert caught.value.arg is not None
    until(lambda: len(paper.topics()) == len(others), what="the other topics")
    paper.faults.drop()
    watched.states.until("restored")
    assert len(paper.topics()) == len(others)
    assert not any(sub.is_closed for sub in kept)
    watched.subscribe(first)  # the user may ask anew
    assert set(paper.topics().values()) == {1}


def test_one_topic_for_many(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Two subscriptions of one topic are one on the wire; it is left with the last of them."""
    watched, one, other = connect(), Heard(), Heard()
    subs: list[Subscription[Any]] = []

    def both() -> None:
        subs.extend(watched.subscribe(wire.orders, heard, name=name) for name, heard in (("a", one), ("b", other)))

    arg = topic_of(paper, both)
    paper.push(arg, [wire.orders.row(1)])
    one.until_more(1 - len(one))
    other.until_more(1 - len(other))
    subs[0].unsubscribe()
    paper.push(arg, [wire.orders.row(2)])
    other.until_more(2 - len(other))
    assert len(one) == 1
    subs[1].unsubscribe()
    until(lambda: not paper.topics(), what="the end of the topic")
    assert list(watched.errors) == []


def test_partial_rows_are_made_whole(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Where updates carry only what changed, subscribers get whole objects all the same."""
    assert wire.partial is not None
    watched = connect()
    stream, keys = wire.partial, {"symbol", "lastPrice", "bid1Price"}
    sub = watched.subscribe(stream)
    first = sub.get(5)
    before = first.to_wire()
    assert keys <= before.keys()
    for price in ("65100", "65200"):
        paper.trade_at(SWAP, price, "1")
        row = sub.get(5)
        while row.lastPrice != int(price):
            row = sub.get(5)
        assert row.to_wire().keys() >= before.keys()
        assert row.symbol == first.symbol
    deltas = paper.push({"topic": next(iter(paper.topics()))}, [wire.partial.row(65300)], type="delta")
    assert deltas == 1
    row = sub.get(5)
    while row.lastPrice != 65300:
        row = sub.get(5)
    assert row.symbol == first.symbol
    assert row.bid1Price is not None


@pytest.mark.slow
def test_hundreds_of_requests(wire: Wire) -> None:
    """Hundreds of topics come and go as fast as they can: paced on our side, the exchange refuses and drops nothing."""
    with PaperExchange(flow_per_s=0, limits=True) as paper:
        config = wire.config(paper)
        states, errors = States(), Heard()
        options = attrs.evolve(FAST, connects_per_s=3, control_per_s=None, ack_s=20.0)
        with wire.client(config, options=options) as ws:
            ws.on_error(errors)
            ws.on_state(states)
            streams = [*wire.market, *([wire.trades] if wire.trades else []), wire.orders, *wire.more_private]
            asked = 0
            for _ in range(ROUNDS):
                subs = [ws.subscribe(one.channel, lambda _: None, **one.args, wait=False) for one in streams]
                asked += len(subs)
                until(lambda: len(paper.topics()) == len(streams), 30, what="all topics")
                for sub in subs:
                    sub.unsubscribe()
                until(lambda: not paper.topics(), 30, what="no topics")
            subs = [ws.subscribe(one.channel, lambda _: None, **one.args, wait=False) for one in streams]
            until(lambda: len(paper.topics()) == len(streams), 30, what="all topics")
            assert states.of(kind="lost") == []
            sockets = len(paper.open_connections)
            paper.faults.drop()
            until(lambda: len(paper.topics()) == len(streams) and ws.is_connected(), 30, what="all topics again")
            assert list(errors) == []
            assert len(states.of(kind="lost")) == sockets
            assert not any(sub.is_closed for sub in subs)
            assert [one.duplicates for one in paper.open_connections if one.duplicates] == []
        assert paper.problems == []
