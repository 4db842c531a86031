"""Parquet: what is read back equals the objects, field by field; what is missing stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync import BitgetWsClient, BybitWsClient, ConfigError, Recording, RecordingError, StateEvent, WsClient
from okx_sync.exchanges.okx.models import Ticker
from okx_sync.paper import PaperExchange
from okx_sync.rows import Row, UntypedRow
from okx_sync.store.parquet_sink import ParquetSink
from okx_sync.store.table_schema import TableSchema
from okx_sync.store.tables import query_tables, read_gaps, read_table
from tests.loopback.books import BOOKS
from tests.loopback.conftest import FAST, until
from tests.loopback.still_exchange import pushed

NOW = 1_796_043_782_123_456_789


def read_back(value: Any, kind: str) -> Any:
    """What a column gives, as the field of the row has it."""
    if value is None:
        return None
    if kind == "time":
        return round(value.timestamp() * 1000)
    return Decimal(value) if kind == "number" else value


def as_table(row: Any) -> dict[str, Any]:
    """A row as its table should have it, made without the code under test."""
    wire = row.to_wire()
    found: dict[str, Any] = {}
    for name, kind in TableSchema(type(row), "text").kinds.items():
        value = getattr(row, name)
        if kind == "other":
            value = [one.to_wire() if isinstance(one, Row) else one for one in value] if value else value
            found[name] = None if value is None else len(value)
        else:
            found[name] = value
    assert wire
    return found


@pytest.mark.parametrize("exchange", ["okx", "bybit", "bitget"])
def test_a_recording_as_tables_equals_the_events(paper: PaperExchange, tmp_path: Path, exchange: str) -> None:
    """Each field of each row, of pushes that are whole and of those that carry only what changed; and the loss."""
    make: dict[str, Callable[[], Any]] = {
        "okx": lambda: WsClient(paper.public_config, options=FAST),
        "bybit": lambda: BybitWsClient(paper.bybit_config(), options=FAST),
        "bitget": lambda: BitgetWsClient(paper.bitget_config(), options=FAST),
    }
    instrument = "BTC-USDT" if exchange == "okx" else "BTCUSDT"
    seen: list[Any] = []
    with make[exchange]() as ws, ws.record(tmp_path / "raw", flush_s=0.02, max_bytes=2_000):
        restored: list[str] = []
        ws.on_state(lambda event: restored.append(event.kind))
        verb = ws.subscribe_ticker if exchange == "bitget" else ws.subscribe_tickers
        channel = verb(instrument, callback=seen.append, inline=True).topic.channel
        until(lambda: len(seen) > 3)
        paper.faults.drop()
        until(lambda: "restored" in restored)
        before = len(seen)
        until(lambda: len(seen) > before + 3)
        ws.close()
    recording = Recording(tmp_path / "raw")
    told: list[int] = []
    assert recording.to_parquet(tmp_path / "tables", progress=told.append) == len(seen)
    table = read_table(tmp_path / "tables", channel, instrument)
    kinds = TableSchema(type(seen[0]), "decimal").kinds
    rows = table.to_pylist()
    assert len(rows) == len(seen)
    for row, event in zip(rows, seen, strict=True):
        for name, wanted in as_table(event).items():
            kind = kinds[name]
            got = row[name]
            if kind == "other":
                got = None if got is None else len(orjson.loads(got))
            assert read_back(got, kind) == wanted, name
        assert row["unreadable"] is None
        assert orjson.loads(row["extra"] or "{}") == orjson.loads(orjson.dumps(event.extra))
    gaps = read_gaps(tmp_path / "tables", channel)
    assert any(gap.reason == "the link was lost" and gap.path == "public" and gap.until for gap in gaps)
    with pytest.raises(ConfigError, match="holds no table of 'nothing'"):
        read_table(tmp_path / "tables", "nothing")


TEXTS = st.dictionaries(
    st.sampled_from(["instId", "last", "askPx", "ts", "instType", "newField", "path"]),
    st.one_of(
        st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**15), max_value=10**15).map(str),
        st.text(max_size=5),
        st.integers(0, 10**13).map(str),
        st.none(),
    ),
)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(["decimal", "text"]))
@settings(max_examples=30, deadline=None)
def test_whatever_the_wire_says_is_kept(
    tmp_path_factory: pytest.TempPathFactory, told: list[dict[str, Any]], numbers: Any
) -> None:
    """What can be read is in its column exactly, what cannot is named, and unknown fields are in ``extra``."""
    folder = tmp_path_factory.mktemp("tables")
    rows = [Ticker.from_wire(one) for one in told]
    with ParquetSink(folder, numbers=numbers) as sink:
        for row in rows:
            sink.take("tickers", row, NOW, path="public", topic="t")
    table = read_table(folder, "tickers").to_pylist()
    for row, got in zip(rows, table, strict=True):
        unreadable = []
        for name in ("instId", "last", "askPx", "ts", "instType"):
            try:
                wanted = getattr(row, name)
            except Exception:  # noqa: BLE001  what cannot be read
                unreadable.append(name)
                wanted = None
            kind = "time" if name == "ts" else "number" if name in ("last", "askPx") else "text"
            assert read_back(got[name], kind) == wanted
        assert sorted((got["unreadable"] or "").split(", ")) == sorted(unreadable or [""])
        assert orjson.loads(got["extra"] or "{}") == dict(row.extra)
        assert (got["path"], got["topic"]) == ("public", "t")
        assert got["received_at"].timestamp() == pytest.approx(NOW / 1e9, abs=1e-6)


def test_a_number_that_does_not_fit_is_refused_and_not_rounded(tmp_path: Path) -> None:
    """As text it fits, with all its digits."""
    tiny = Ticker(last=Decimal("0.0000000000000000001"))
    with ParquetSink(tmp_path / "a") as sink, pytest.raises(ConfigError, match="last is 1E-19, which decimal128"):
        sink.take("tickers", tiny, NOW)
    with ParquetSink(tmp_path / "b", numbers="text") as sink:
        sink.take("tickers", tiny, NOW)
    assert read_table(tmp_path / "b", "tickers")["last"].to_pylist() == ["0.0000000000000000001"]


def test_files_by_day_and_size(tmp_path: Path) -> None:
    """Each day has a folder, each file its rows; what is incomplete cannot be met, rows of another model are told."""
    day = 86_400 * 10**9
    with ParquetSink(tmp_path, max_rows=2) as sink:
        for number in range(5):
            sink.take("tickers", Ticker(last=Decimal(number), instId=f"I{number % 2}"), NOW + number // 3 * day)
        with pytest.raises(ConfigError, match="rows of tickers are Ticker, not UntypedRow"):
            sink.take("tickers", UntypedRow({}), NOW)
        names = [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.glob("*/*/*.parquet"))]
        assert names == ["tickers/2026-11-30/000001.parquet", "tickers/2026-12-01/000001.parquet"]
    assert len(list(tmp_path.glob("*/*/*.parquet"))) == 3
    assert list(tmp_path.glob("*/*/*.part")) == []
    first = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert read_table(tmp_path, "tickers", end=first)["last"].to_pylist() == [0, 1, 2]
    assert read_table(tmp_path, "tickers", "I1", start=first, columns=["last"]).to_pylist() == [{"last": 3}]
    assert query_tables(tmp_path, "SELECT sum(last) AS s FROM tickers")["s"].to_pylist() == [10]
    assert len(read_table(tmp_path, "tickers", frame="pandas")) == 5
    for wrong in ("SELECT * FROM nothing", "DROP TABLE x"):
        with pytest.raises(ConfigError):
            query_tables(tmp_path, wrong)
    with pytest.raises(ConfigError, match="has no time zone"):
        read_table(tmp_path, "tickers", start=dt.datetime(2026, 1, 1))
    with pytest.raises(ConfigError, match="did you mean last"):
        read_table(tmp_path, "tickers", columns=["lost"])


def test_a_live_sink(paper: PaperExchange, tmp_path: Path) -> None:
    """Callbacks feed it, and its files say when the link was lost."""
    with WsClient(paper.public_config, options=FAST) as ws, ParquetSink(tmp_path) as sink:
        states: list[str] = []
        ws.on_state(sink.on_state)
        ws.on_state(lambda event: states.append(event.kind))
        ws.subscribe_tickers("BTC-USDT", callback=sink.channel("tickers"))
        until(lambda: sink.rows > 2)
        paper.faults.drop()
        until(lambda: "restored" in states)
        rows = sink.rows
        until(lambda: sink.rows > rows + 2)
    assert read_table(tmp_path, "tickers").num_rows == sink.rows
    assert "the link was lost" in [gap.reason for gap in read_gaps(tmp_path, "tickers")]


def test_books_are_rebuilt(paper: PaperExchange, tmp_path: Path) -> None:
    """At regular times, as the live book had them; none while it was not known."""
    with WsClient(paper.public_config, options=FAST) as ws, ws.record(tmp_path / "raw"):
        book = ws.order_book("BTC-USDT")
        assert book.wait_valid(10)
        seen = 0
        for _ in range(3):
            seen = book.seq or 0
            assert book.wait_until(lambda one, before=seen: (one.seq or 0) > before, 10)  # type: ignore[misc]
        paper.quiet()
        paper.clock.advance(1)  # what was still to be pushed has been
        until(lambda: [row["received"] for row in ws.status()["subscriptions"]] == [pushed(paper, BOOKS)])
        mark = ws.clock.time() // 0.01
        until(lambda: ws.clock.time() // 0.01 > mark + 1)  # the end of the recording is one of the regular times
        ws.close()
        bids, asks = book.bids(20, stale_ok=True), book.asks(20, stale_ok=True)
    recording = Recording(tmp_path / "raw")
    found = list(recording.books("BTC-USDT", every_s=0.01))
    assert len(found) > 10
    assert (found[-1].bids, found[-1].asks) == (bids, asks)
    assert all(one.at.microsecond % 10_000 == 0 for one in found)
    with ParquetSink(tmp_path / "tables") as sink:
        for one in found:
            sink.take("books-1s", one, NOW)
    rows = read_table(tmp_path / "tables", "books-1s").to_pylist()
    assert orjson.loads(rows[-1]["bids"])[0][:2] == [f"{bids[0].price:f}", f"{bids[0].size:f}"]
    with pytest.raises(ConfigError, match="no book of ETH-USDT was recorded"):
        next(recording.books("ETH-USDT"))
    assert found[0].inst_id == "BTC-USDT"


def test_tables_are_read_as_whoever_asks_wants_them(tmp_path: Path) -> None:
    """As frames of libraries; by the topic where rows name no instrument; SQL that asks for no rows is refused."""
    with pytest.raises(ConfigError, match="holds no tables"):
        query_tables(tmp_path / "nothing", "SELECT 1")
    with ParquetSink(tmp_path) as sink:
        for number in range(3):
            sink.take("odd", UntypedRow({"a": number}), NOW + number, topic=f"odd({number % 2})")
    assert read_table(tmp_path, "odd", "odd(0)").num_rows == 2
    frame = read_table(tmp_path, "odd", frame="polars")
    assert frame["topic"].to_list() == ["odd(0)", "odd(1)", "odd(0)"]
    assert query_tables(tmp_path, "SELECT count(*) AS n FROM odd", frame="polars")["n"].to_list() == [3]
    with pytest.raises(ConfigError, match="this SQL asks for no rows"):
        query_tables(tmp_path, "-- SELECT * FROM odd")
    with pytest.raises(ConfigError, match="frame"):
        read_table(tmp_path, "odd", frame="excel")  # type: ignore[arg-type]


def test_a_sink_says_what_it_cannot_do_and_what_it_does_not_have(tmp_path: Path) -> None:
    """Options and folders are checked at once; a loss that is not over, and a gap, stand in the files."""
    with pytest.raises(ConfigError, match="max_rows cannot be 0"):
        ParquetSink(tmp_path, max_rows=0)
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordingError, match="cannot be written to"):
        ParquetSink(tmp_path / "file")
    at = dt.datetime.now(dt.UTC)
    with ParquetSink(tmp_path / "tables") as sink:
        sink.channel("tickers")(Ticker(last=Decimal(1)))
        sink.on_state(StateEvent(kind="gap", path="public", epoch=1, at=at, topic="tickers", reason="it was cut"))
        sink.on_state(StateEvent(kind="lost", path="public", epoch=1, at=at))
        sink.channel("tickers")(Ticker(last=Decimal(2)))
    with pytest.raises(RecordingError, match="this row came too late"):
        sink.channel("tickers")(Ticker(last=Decimal(3)))
    assert sink.rows == 2
    gap, loss = read_gaps(tmp_path / "tables", "tickers")
    assert "it was cut" in gap.reason
    assert (loss.reason, loss.until) == ("the link was lost", None)


def test_a_file_that_cannot_be_completed_is_told(tmp_path: Path) -> None:
    """With its name, and by the call that completes it; a folder that cannot be made by that which needs it."""
    sink = ParquetSink(tmp_path)
    (tmp_path / "trades").write_text("")
    with pytest.raises(RecordingError, match="cannot be written to"):
        sink.take("trades", Ticker(last=Decimal(1)), NOW)
    sink.take("tickers", Ticker(last=Decimal(1)), NOW)
    (day,) = tmp_path.glob("tickers/*")
    day.rmdir()
    with pytest.raises(RecordingError, match=r"000001\.parquet cannot be written"):
        sink.close()
