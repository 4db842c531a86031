"""Every topic of both protocols is pushed, with exactly the documented fields and their JSON types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from okx_sync.paper.bybit.channels import SEED_PRIVATE, SEED_PUBLIC, V5_PRIVATE, V5_PUBLIC
from tests.paper.bybit import row_facts
from tests.paper.bybit.bybit_client import LIMIT, OLD_PRIVATE, OLD_PUBLIC, PRIVATE, PUBLIC, TRADE, BybitClient, Frame
from tests.paper.feeds import event_triggers
from tests.paper.feeds.row_shapes import fields_of, misfits

Frames = dict[str, list[Frame]]
LIQUIDATED = "allLiquidation.ETHUSDT"


def keep(new: Iterable[Frame], frames: Frames) -> None:
    """Put pushes to those of their topic."""
    for frame in new:
        frames[frame["topic"]].append(frame)


def listen(wire: BybitClient, topics: Iterable[str], frames: Frames) -> None:
    """Subscribe, and keep what came at once."""
    keep(wire.subscribe(*topics), frames)


def first_changes(paper: PaperExchange) -> None:
    """An order that rests, one that is filled, and one on a spread."""
    spread = {"sprdId": "BTC-USDT_BTC-USDT-SWAP", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "-5"}
    assert paper.run(paper.venue.spread_orders.place, paper.venue.accounts[0], spread).ok
    with BybitClient(paper, TRADE, "alice") as trade:
        assert trade.order("order.create", LIMIT | {"price": "60000"})["retCode"] == 0
        assert trade.order("order.create", LIMIT | {"orderType": "Market"})["retCode"] == 0


@pytest.fixture(scope="module")
def frames() -> Frames:
    """All pushes of a tour through everything, on four connections."""
    found: Frames = defaultdict(list)
    with PaperExchange(clock=PaperClock(frozen=True)) as paper:
        wires = [BybitClient(paper, PUBLIC), BybitClient(paper, PRIVATE, "alice")]
        wires += [BybitClient(paper, OLD_PUBLIC), BybitClient(paper, OLD_PRIVATE, "alice")]
        own = (*row_facts.V5_PRIVATE, "order.linear", "execution.linear", "position.linear")
        listen(wires[0], (*row_facts.V5_PUBLIC, LIQUIDATED), found)
        for name in own:  # plain and categorised names may not share a request
            listen(wires[1], [name], found)
        listen(wires[2], row_facts.SEED_PUBLIC, found)
        listen(wires[3], row_facts.SEED_PRIVATE, found)
        first_changes(paper)
        event_triggers.everything(paper)
        paper.clock.advance(2)
        for wire in wires:
            keep(wire.sync(), found)
            wire.socket.close()
        assert paper.problems == []
    return found


def rows_in(frame: Frame) -> list[Any]:
    """The rows of a push of either protocol."""
    data = frame["data"]
    if isinstance(data, dict) and "result" in data:
        data = data["result"]
    return data if isinstance(data, list) else [data]


def wrong(facts: Mapping[str, str], frames: Frames, of: Mapping[str, str] | None = None) -> dict[str, set[str]]:
    """What does not fit, by topic; `of` names a topic whose facts hold for another."""
    found: dict[str, set[str]] = {}
    for topic, text in facts.items():
        seen = [row for frame in frames[(of or {}).get(topic, topic)] for row in rows_in(frame)]
        problems = {problem for row in seen for problem in misfits(fields_of(text), row)}
        if problems or not seen:
            found[topic] = problems or {"never pushed"}
    return found


def whole(frames: Frames, kept: Iterable[str]) -> Frames:
    """Only what is no delta, for topics whose deltas are partial."""
    partial = set(kept)
    return {
        topic: [one for one in every if topic not in partial or one.get("type") != "delta"]
        for topic, every in frames.items()
    }


def test_rows_of_v5_public_topics(frames: Frames) -> None:
    """The tour liquidates on ETH; there the same facts hold."""
    found = whole(frames, ["tickers.BTCUSDT"])
    assert wrong(row_facts.V5_PUBLIC, found, {"allLiquidation.BTCUSDT": LIQUIDATED}) == {}


def test_envelopes_of_v5_public_topics(frames: Frames) -> None:
    """`type`, `ts` and what some topics have beside them."""
    for topic in row_facts.V5_PUBLIC:
        expected = set(row_facts.V5_ENVELOPES.get(topic, "topic type ts data").split())
        untold = {"type"} if topic in row_facts.DERIVED else set[str]()
        assert {frozenset(frame.keys() - untold) for frame in frames[topic]} <= {frozenset(expected - untold)}, topic
        assert all(type(frame["ts"]) is int for frame in frames[topic])


def test_rows_of_v5_private_topics(frames: Frames) -> None:
    """Plain names; categorised names carry the same rows. Orders on the spot market have no `tpslMode`."""
    spot = [row for frame in frames["order"] for row in rows_in(frame) if row["category"] == "spot"]
    assert spot
    assert all("tpslMode" not in row for row in spot)
    for row in spot:
        row["tpslMode"] = ""
    assert wrong(row_facts.V5_PRIVATE, frames) == {}
    for name in ("order", "execution", "position"):
        assert rows_in(frames[f"{name}.linear"][0]) == rows_in(frames[name][0])


def test_envelopes_of_v5_private_topics(frames: Frames) -> None:
    """All but the fast executions have an id."""
    for topic in row_facts.V5_PRIVATE:
        expected = {"topic", "creationTime", "data"} | ({"id"} if topic != "execution.fast" else set())
        assert all(set(frame) == expected for frame in frames[topic]), topic


def test_rows_of_the_seed_protocol(frames: Frames) -> None:
    """Books and instrument infos are whole in snapshots only."""
    books = [topic for topic in row_facts.SEED_PUBLIC if topic.startswith(("orderBook", "instrument"))]
    assert wrong(row_facts.SEED_PUBLIC, whole(frames, books)) == {}
    assert wrong(row_facts.SEED_PRIVATE, frames) == {}
    for topic in books[:2]:
        deltas = [frame for frame in frames[topic] if frame["type"] == "delta"]
        assert deltas
        assert not [p for frame in deltas for p in misfits(fields_of(row_facts.SEED_DELTA), frame["data"])]


def test_envelopes_of_the_seed_protocol(frames: Frames) -> None:
    """Beside the data; of private topics also within it."""
    for topic, text in row_facts.SEED_ENVELOPES.items():
        expected = {word.partition(":")[0] for word in text.split()}
        assert all(set(frame) == expected for frame in frames[topic]), topic
        stamps = {type(frame["timestampE6"]) for frame in frames[topic] if "timestampE6" in frame}
        assert stamps <= {int if ":int" in text else str}
    for topic in row_facts.SEED_PRIVATE:
        assert all(set(frame) == {"id", "topic", "creationTime", "data"} for frame in frames[topic])
        if topic != "user.service":
            typed = set() if topic.endswith("trade") else {"dataType"}
            assert all(set(one["data"]) == {"result", "version", "baseLine"} | typed for one in frames[topic])


def test_no_topic_is_forgotten() -> None:
    """Each channel has its facts; klines and candles one for all intervals; some topics carry no data here."""
    silent = {"dcp", "dcp.future", "dcp.spot", "dcp.option", "strategy", "spread.execution"}
    silent |= {"rfq.open.rfqs", "rfq.open.quotes", "rfq.open.trades"}
    assert {name for name in V5_PUBLIC if not name.startswith("kline.")} == {
        topic.rpartition(".")[0] for topic in row_facts.V5_PUBLIC if not topic.startswith("kline.")
    }
    plain = {name for name in V5_PRIVATE if name.rpartition(".")[2] not in ("spot", "linear", "inverse", "option")}
    assert plain - silent == set(row_facts.V5_PRIVATE)
    assert {name for name in SEED_PUBLIC if not name.startswith("candle.")} == {
        topic.rpartition(".")[0] for topic in row_facts.SEED_PUBLIC if not topic.startswith("candle.")
    }
    assert set(SEED_PRIVATE) == set(row_facts.SEED_PRIVATE)
