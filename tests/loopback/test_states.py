"""State events: which, in which order, and what each of them says."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from okx_sync.paper import PaperExchange
from tests.loopback.conftest import Connect, Heard, until


def test_the_story_of_an_outage(paper: PaperExchange, connect: Connect) -> None:
    """A scripted outage tells exactly this, in this order, with epochs, reasons, attempts and times."""
    watched, heard = connect(), Heard()
    began = dt.datetime.now(dt.UTC)
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    watched.states.until("first_data")
    paper.faults.refuse_connect(times=2)
    paper.faults.drop("close", 1012, "service restart")
    watched.states.until("first_data", 2)
    watched.ws.close()
    story = [(event.kind, event.epoch, event.attempt) for event in watched.states]
    assert story == [
        ("connected", 1, None),
        ("first_data", 1, None),
        ("lost", 1, None),
        ("reconnecting", 1, 1),
        ("reconnecting", 2, 2),
        ("reconnecting", 3, 3),
        ("connected", 4, None),
        ("restored", 4, None),
        ("gap", 4, None),
        ("first_data", 4, None),
        ("closed", 4, None),
    ]
    events = list(watched.states)
    assert {event.path for event in events} == {"public"}
    assert {event.account for event in events} == {"alice"}
    assert all(earlier.at <= later.at for earlier, later in pairwise(events))
    assert events[0].at >= began
    lost, gap = events[2], events[8]
    assert "1012" in str(lost.reason)
    assert "service restart" in str(lost.reason)
    assert all(event.reason and event.delay_s is not None and event.delay_s >= 0 for event in events[3:6])
    assert gap.from_at is not None
    assert gap.to_at is not None
    assert began <= gap.from_at <= lost.at <= gap.to_at <= dt.datetime.now(dt.UTC)


def test_dying_again_before_everything_is_back(paper: PaperExchange, connect: Connect) -> None:
    """A loss in the middle of restoring: ``restored`` and ``gap`` come once, and the gap spans both losses."""
    paper.quiet()
    watched = connect()
    watched.ws.subscribe_trades("BTC-USDT")
    watched.ws.subscribe_trades("ETH-USDT")
    paper.faults.drop_on("ack", "fin")
    paper.faults.drop("fin")
    gap = watched.states.until("gap")
    outage = ["lost", "reconnecting", "connected"]
    assert watched.states.kinds() == ["connected", *outage, *outage, "restored", "gap"]
    first_loss = watched.states.of(kind="lost")[0]
    assert gap.from_at is not None
    assert gap.from_at <= first_loss.at


def test_every_link_tells_its_own_story(paper: PaperExchange, connect: Connect) -> None:
    """Three topics in one go find three paths; the loss of one socket is the business of one link only."""
    watched, heard = connect(), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    watched.ws.subscribe("candle1s", heard, instId="BTC-USDT")
    watched.ws.subscribe("orders", heard, instType="ANY")
    asked = {one.path: dict(one.asked) for one in paper.connections}
    assert asked == {
        "public": {"tickers(instId=BTC-USDT)": 1},
        "business": {"candle1s(instId=BTC-USDT)": 1},
        "private": {"orders(instType=ANY)": 1},
    }
    paper.faults.drop(path="business")
    watched.states.until("restored", 1, "business")
    assert [event.path for event in watched.states if event.kind in ("lost", "restored")] == ["business"] * 2
    assert len(paper.open_connections) == 3
    assert {one.path: one.open for one in paper.connections[:3]} == {
        "public": True,
        "business": False,
        "private": True,
    }


def test_a_connection_without_topics(paper: PaperExchange, connect: Connect) -> None:
    """``connect`` alone: connected, and after a loss connected and restored again, though there is nothing to ask."""
    watched = connect()
    watched.ws.connect("private")
    assert watched.ws.is_connected()
    paper.faults.drop()
    watched.states.until("gap")
    assert watched.states.kinds() == ["connected", "lost", "reconnecting", "connected", "restored", "gap"]
    assert [one.logins for one in paper.connections] == [1, 1]


def test_unsubscribed_during_an_outage(paper: PaperExchange, connect: Connect) -> None:
    """What was given up, or wished for, while the link was down is left out, or asked for, when it comes back."""
    watched = connect()
    gone = watched.ws.subscribe_tickers("BTC-USDT")
    watched.ws.subscribe_tickers("ETH-USDT")
    paper.faults.refuse_connect()
    paper.faults.drop()
    watched.states.until("reconnecting", 2)
    gone.unsubscribe()
    new = watched.ws.subscribe_tickers("SOL-USDT", wait=False)
    paper.faults.accept_connect()
    watched.states.until("restored")
    new.get(5)
    assert paper.topics() == {"tickers(instId=ETH-USDT)": 1, "tickers(instId=SOL-USDT)": 1}
    assert paper.connections[-1].asked == paper.topics()


def test_a_refusal_during_the_replay(paper: PaperExchange, connect: Connect) -> None:
    """A topic that the exchange refuses when it is asked again ends with the reason; the others are restored."""
    watched = connect()
    refused = watched.ws.subscribe_tickers("BTC-USDT")
    kept = watched.ws.subscribe_tickers("ETH-USDT")
    paper.faults.refuse_subscribe("60018", "tickers", instId="BTC-USDT")
    paper.faults.drop()
    watched.states.until("restored")
    until(lambda: refused.is_closed, what="the end of the refused one")
    until(lambda: len(watched.errors) == 1, what="the report")
    assert not kept.is_closed
    paper.faults.drop()
    watched.states.until("restored", 2)
    assert [one.asked["tickers(instId=BTC-USDT)"] for one in paper.connections] == [1, 1, 0]
