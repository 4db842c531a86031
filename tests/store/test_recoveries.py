"""What REST recovered after a loss is in a recording, and stands in replays, tables and proofs where it stood live."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from okx_sync import BitgetWsClient, BybitWsClient, Recording, StateEvent, WsClient, read_table
from okx_sync.clients.replayed import BitgetReplayClient, BybitReplayClient, ReplayClient
from okx_sync.paper import PaperExchange
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.fed_dialect import text_of
from okx_sync.store.exchange_words import words_of
from okx_sync.store.recoveries import RecordedRecoveries
from okx_sync.store.segment import Entry, EntryKind, RecordedSocket
from tests.loopback.conftest import FAST, until

_Make = Callable[[PaperExchange], Any]
WIRES: list[tuple[_Make, type[Any], str, str, str]] = [
    (lambda paper: WsClient(paper.config, options=FAST), ReplayClient, "BTC-USDT", "subscribe_trades", "trades"),
    (
        lambda paper: BybitWsClient(paper.bybit_config(), options=FAST),
        BybitReplayClient,
        "BTCUSDT",
        "subscribe_trades",
        "publicTrade",
    ),
    (
        lambda paper: BitgetWsClient(paper.bitget_config("v2"), options=FAST),
        BitgetReplayClient,
        "BTCUSDT",
        "subscribe_trade",
        "trade",
    ),
]
HEAD = {"exchange": "okx", "environment": "okx", "protocol": None, "category": None}
TRADES = Topic.of("trades", instId="BTC-USDT")
SOCKET = RecordedSocket("public", 0, 1)


class Followed:
    """The trades of one client, each with whether it was recovered, and its gaps."""

    def __init__(self, client: Any, verb: str, instrument: str, **options: Any) -> None:
        self.trades: list[tuple[Any, bool]] = []
        self.gaps: list[StateEvent] = []
        self.kinds: list[str] = []
        client.on_state(self._state)
        getattr(client, verb)(instrument, callback=self._take, inline=True, **options)

    def _take(self, trade: Any) -> None:
        self.trades.append((trade, trade.recovered))

    def _state(self, event: StateEvent) -> None:
        self.kinds.append(event.kind)
        if event.kind == "gap":
            self.gaps.append(event)

    @property
    def recovered(self) -> int:
        return sum(is_recovered for _, is_recovered in self.trades)


@pytest.mark.parametrize(
    ("make", "replay", "instrument", "verb", "channel"), WIRES, ids=[one[2] + one[4] for one in WIRES]
)
def test_recovered_rows_stand_where_they_stood(
    paper: PaperExchange, tmp_path: Path, make: _Make, replay: type[Any], instrument: str, verb: str, channel: str
) -> None:
    """The same rows in the same order, marked, at each replay; the table says which, the proof how many."""
    with make(paper) as client, client.record(tmp_path / "raw", flush_s=0.05):
        live = Followed(client, verb, instrument, backfill=True)
        until(lambda: len(live.trades) > 3)
        paper.faults.refuse_connect()
        paper.faults.drop(path=None)
        last = live.trades[-1][0]
        for _ in range(3):
            paper.trade_at(instrument if "-" in instrument else "BTC-USDT-SWAP", next(filter(None, prices_of(last))))
        paper.faults.accept_connect()
        until(lambda: any(gap.recovered for gap in live.gaps))
        before = len(live.trades)
        until(lambda: len(live.trades) > before + 3)
        client.close()
    assert live.recovered > 0
    for _ in range(2):
        with replay(tmp_path / "raw", speed="max") as player:
            played = Followed(player, verb, instrument)
            assert player.play(20)
            assert played.trades[: len(live.trades)] == live.trades
            until(lambda played=played: len(played.gaps) == len(live.gaps))  # type: ignore[misc]
            assert [gap.recovered for gap in played.gaps] == [gap.recovered for gap in live.gaps]
            assert played.kinds.count("lost") == live.kinds.count("lost")
    recording = Recording(tmp_path / "raw")
    assert recording.stats().recovered == live.recovered
    (proof,) = [one for one in recording.verify().topics if one.topic.channel == channel]
    assert proof.recovered == live.recovered
    assert f"{live.recovered} rows recovered by REST" in str(proof)
    recording.to_parquet(tmp_path / "tables")
    told = read_table(tmp_path / "tables", channel)["recovered"].to_pylist()
    assert told[: len(live.trades)] == [is_recovered for _, is_recovered in live.trades]


def prices_of(trade: Any) -> list[Any]:
    """A trade's price, in the words of three exchanges."""
    return [getattr(trade, name, None) for name in ("px", "p", "price")]


def trade(number: int) -> dict[str, str]:
    return {"instId": "BTC-USDT", "tradeId": str(number), "px": "1", "sz": "1", "side": "buy", "ts": str(number)}


def push(*numbers: int) -> Push:
    rows = [trade(number) for number in numbers]
    return Push("trades", TRADES.arg, rows, {"arg": TRADES.arg, "data": rows})


def told(kind: EntryKind, **facts: Any) -> Entry:
    return Entry(kind, 1, SOCKET, orjson.dumps(facts))


def recovered(*numbers: int, done: bool = True) -> Entry:
    rows = [trade(number) for number in numbers]
    return told(EntryKind.RECOVERED, topic=text_of(TRADES), rows=rows, asked=bool(rows), done=done)


def numbers_of(pushes: list[Push]) -> list[str]:
    return [row["tradeId"] for one in pushes for row in one.rows]


def held() -> RecordedRecoveries:
    """A topic that brought one trade, and waits."""
    recoveries = RecordedRecoveries(words_of(HEAD), {"public": {TRADES}})
    assert recoveries.admit("public", TRADES, push(1)) is not None
    assert recoveries.note(told(EntryKind.HELD, topics=[text_of(TRADES)])) == []
    assert recoveries.admit("public", TRADES, push(4)) is None
    return recoveries


def test_the_stream_waits_for_what_was_missed() -> None:
    """What was missed comes first; what the stream repeats of it is left out."""
    recoveries = held()
    due = recoveries.note(recovered(2, 3))
    assert numbers_of([one.push for one in due]) == ["2", "3", "4"]
    assert [one.push.message.get("recovered", False) for one in due] == [True, True, False]
    assert recoveries.admit("public", TRADES, push(3)) is None
    assert list(recoveries.end()) == []


def test_late_rows_come_late() -> None:
    """Where a client did not wait any longer, a replay does not either."""
    recoveries = held()
    assert numbers_of([one.push for one in recoveries.note(recovered(done=False))]) == ["4"]
    assert numbers_of([one.push for one in recoveries.note(recovered(2, 3))]) == ["2", "3"]


def test_a_recording_that_was_cut_off_gives_what_waited() -> None:
    """Nothing that was received is kept back for ever."""
    assert numbers_of([one.push for one in held().end()]) == ["4"]


def test_a_topic_whose_order_nothing_knows() -> None:
    """Its rows come as they were told, and its stream waits for nobody."""
    topic = Topic.of("odd", instId="A")
    recoveries = RecordedRecoveries(words_of(HEAD), {"public": {topic}})
    assert not recoveries.concerns("public")
    one = Push("odd", topic.arg, [1], {})
    assert recoveries.admit("public", topic, one) is one
    entry = told(EntryKind.RECOVERED, topic=text_of(topic), rows=[{"a": 1}], asked=True, done=True)
    (due,) = recoveries.note(entry)
    assert (due.push.rows, due.push.message["recovered"]) == ([{"a": 1}], True)
    assert recoveries.note(told(EntryKind.HELD, topics=[text_of(topic)])) == []
    assert recoveries.note(Entry(EntryKind.END, 1, None, b"")) == []
