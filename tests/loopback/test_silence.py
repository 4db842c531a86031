"""A server that acks and answers pings but sends no data: the silence is told, and told once."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from okx_sync import StateEvent, WsClient
from okx_sync.paper import PaperExchange
from tests.clocks import ForwardClock
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Connect, States, until
from tests.loopback.still_exchange import BTC, ETH, ETH_TRADES, TRADES, reconnects, trade

paper = still_exchange.still_paper

SILENT_S = 0.3


@pytest.fixture
def states() -> States:
    """What the client tells of its states."""
    return States()


@pytest.fixture
def ws(paper: PaperExchange, states: States) -> Iterator[WsClient]:
    """A client that watches every regularly pushing channel for 0.3 s of silence."""
    with WsClient(paper.config, options=FAST, max_silence=SILENT_S) as client:
        client.on_state(states)
        yield client


def _stale(states: States, topic: str) -> list[StateEvent]:
    return [event for event in states.of(kind="stale") if event.topic == topic]


def test_silence_is_told_once(paper: PaperExchange, ws: WsClient, states: States) -> None:
    """One ``stale`` event in time, no more until data has come again, then once more; the socket is left alone."""
    topic = f"trades(instId={BTC})"
    sub = ws.subscribe_trades(BTC, max_silence=SILENT_S)
    ws.subscribe_trades(ETH, max_silence=SILENT_S * 3)
    event = states.until("stale")
    assert event.topic == topic
    assert event.path == "public"
    assert "no data for 0." in str(event.reason)
    until(lambda: _stale(states, f"trades(instId={ETH})"), what="the slower watch")
    assert len(_stale(states, topic)) == 1
    paper.push(TRADES, [trade(1)])
    sub.get(5)
    until(lambda: len(_stale(states, topic)) == 2)
    assert (_stale(states, topic)[1].at - event.at).total_seconds() >= SILENT_S
    assert reconnects(ws) == 0
    assert paper.connections[0].subscribes == 2


def test_data_in_time_is_no_silence(paper: PaperExchange, connect: Connect) -> None:
    """A topic that is fed stays quiet about itself while another one's silence is told."""
    clock = ForwardClock()
    watched = connect(options=attrs.evolve(FAST, ping_s=1_000.0, pong_s=1_000.0), clock=clock)
    fed = watched.ws.subscribe_trades(BTC, max_silence=60)
    slow = watched.ws.subscribe_trades(ETH, max_silence=30)
    for number in (1, 2):  # twice 40 s: only what came between keeps the fed one from being silent for 60
        paper.push(TRADES, [trade(number)])
        paper.push(ETH_TRADES, [trade(number, ETH)])
        fed.get(5)
        slow.get(5)
        clock.ahead += 40
        watched.states.until("stale", number)
    assert {event.topic for event in watched.states.of(kind="stale")} == {f"trades(instId={ETH})"}


def test_the_default_leaves_quiet_channels_alone(paper: PaperExchange, ws: WsClient, states: States) -> None:
    """The client-wide ``max_silence`` watches tickers and books, not channels that push only when something happens;
    an explicit one watches those too."""
    ws.subscribe_orders("ANY")
    ws.subscribe_account()
    ws.subscribe_trades(BTC)
    ws.subscribe_tickers(BTC)
    ws.subscribe_books5(BTC)
    ws.subscribe_trades(ETH, max_silence=SILENT_S * 2)
    watched = {f"tickers(instId={BTC})", f"books5(instId={BTC})", f"trades(instId={ETH})"}
    until(lambda: watched <= {event.topic for event in states.of(kind="stale")})
    assert {event.topic for event in states.of(kind="stale")} == watched


def test_stale_may_ask_again(paper: PaperExchange, ws: WsClient, states: States) -> None:
    """With ``on_stale="resubscribe"`` the topic is asked for again on the same socket, and what the exchange then
    sends ends the silence."""
    # Long enough that a busy machine looks before the next silence is over.
    sub = ws.subscribe_tickers(BTC, max_silence=1.5, on_stale="resubscribe")
    until(lambda: sub.stats.received == 2, what="the first row of the second subscribe")
    assert len(paper.connections) == 1
    # The exchange may write its journal just after the row has gone out.
    assert paper.wait_for(lambda: paper.connections[0].asked == {f"tickers(instId={BTC})": 2})
    assert states.until("stale").topic == f"tickers(instId={BTC})"
    assert paper.topics() == {f"tickers(instId={BTC})": 1}


def test_an_outage_is_not_silence(paper: PaperExchange, ws: WsClient, states: States) -> None:
    """While the socket is down nothing is stale, and after it the watch starts afresh: an outage longer than
    ``max_silence`` is not told as silence the moment it ends."""
    ws.subscribe_trades(BTC, max_silence=SILENT_S)
    ws.subscribe_trades(ETH, max_silence=0.1)
    paper.push(TRADES, [trade(1)])
    paper.push(ETH_TRADES, [trade(1, ETH)])
    paper.faults.refuse_connect()
    paper.faults.drop()
    states.until("reconnecting")
    down = states.of(kind="lost")[0].at
    until(lambda: (states.of(kind="reconnecting")[-1].at - down).total_seconds() > SILENT_S * 2)
    paper.faults.accept_connect()
    up = states.until("connected", 2)
    last_try = states.of(kind="reconnecting")[-1]  # on a busy machine "connected" is told some time after it is true
    until(lambda: _stale(states, f"trades(instId={BTC})"))
    [stale] = [event for event in _stale(states, f"trades(instId={BTC})") if event.at > down]
    assert (stale.at - last_try.at).total_seconds() >= SILENT_S - 0.05
    assert all(event.at < down or event.at > up.at for event in states.of(kind="stale"))
