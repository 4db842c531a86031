"""Rows as DataFrames: which columns, of which types, indexed by what; and that pandas is only asked for when used."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from okx_sync import BookInvalid, ConfigError, DecodeError, MailboxOverflow, StreamClosed, SubscriptionStats, to_df
from okx_sync.exchanges.okx.models import BookUpdate, Candle, FundingRate, Instrument, Order, Ticker, Trade
from okx_sync.exchanges.okx.shared_models import SecretRow
from okx_sync.exchanges.okx.trade.models import OrderResult
from okx_sync.live.status import ClientStatus
from okx_sync.rest import BatchResult
from okx_sync.rows import Row, model
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.book.book_change import BookChange
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.types import AccountUpdate, BalanceUpdate, OrderUpdate
from tests.exchanges.fact_tables import every_fact, read_tables
from tests.exchanges.row_classes import every_row_class
from tests.late_imports import imported_late
from tests.programs import run_python

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = imported_late("pandas", "needs the extra okx_sync[pandas]")

FACTS = Path(__file__).parents[1] / "exchanges" / "okx" / "field_facts"
UTC = "datetime64[ms, UTC]"
BAR = {"arg": {"channel": "candle1m", "instId": "BTC-USDT"}}
CANDLE = ["1597026383085", "3.721", "3.743", "3.677", "3.708", "8422410", "22698348.04828491", "12698348.04828491", "1"]


def candles(number: int = 2) -> list[Candle]:
    return [Candle.from_wire([str(int(CANDLE[0]) + 60_000 * i), *CANDLE[1:]], BAR) for i in range(number)]


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def every_model() -> Iterator[type[Row]]:
    yield from (cls for cls in every_row_class() if cls.__attrs_attrs__)


def test_a_book_is_its_levels() -> None:
    """Side, place, price, size and the size up to it, exact; a book that is not valid gives no frame."""
    book = OrderBook("A")
    book.apply(BookChange(kind="snapshot", bids=[["9", "1"], ["8", "2"]], asks=[["10", "4"]]))
    frame = to_df(book)
    assert frame.to_dict("list") == {
        "side": ["bid", "bid", "ask"],
        "place": [0, 1, 0],
        "price": [Decimal(9), Decimal(8), Decimal(10)],
        "size": [Decimal(1), Decimal(2), Decimal(4)],
        "total": [Decimal(1), Decimal(3), Decimal(4)],
    }
    assert list(to_df(book.snapshot(1), numbers="float64")["price"]) == [9.0, 10.0]
    book.invalidate("lost")
    with pytest.raises(BookInvalid):
        to_df(book)


def test_orders_and_single_rows() -> None:
    """Handles are the orders as they are now; one row or one handle is a frame of one."""
    manager = OrderManager()
    for order_id in ("1", "2"):
        manager.apply(OrderUpdate(inst_id="A", order_id=order_id, status="live", size=Decimal(3), updated_at=5))
    assert list(to_df(manager)["order_id"]) == ["1", "2"]
    assert list(to_df(manager["2"])["size"]) == [Decimal(3)]
    assert list(to_df(candles(1)[0])["c"]) == [Decimal("3.708")]
    account = AccountMonitor()
    account.apply(AccountUpdate(balances=(BalanceUpdate(currency="BTC", equity=Decimal(2)),)))
    assert to_df(account)[["currency", "equity"]].to_dict("list") == {"currency": ["BTC"], "equity": [Decimal(2)]}


def test_stats_are_numbers() -> None:
    """The counters of one subscription, and of all of a client; what was measured is float64."""
    stats = SubscriptionStats(
        received=1, delivered=1, coalesced=0, dropped=0, waiting=0, waiting_bytes=0, lag_ms=1.5, silent_s=None
    )
    assert dtypes(to_df(stats))["lag_ms"] == "float64"
    status = ClientStatus(subscriptions=[{"topic": "t", "name": None, **attrs.asdict(stats)}])
    frame = to_df(status, index="topic")
    assert (frame.loc["t", "received"], frame.loc["t", "lag_ms"]) == (1, 1.5)


def test_golden_candles() -> None:
    """One column a field in declared order, money exact, a UTC index named ts, the rows in their order."""
    frame = to_df(candles())
    money = dict.fromkeys(["o", "h", "l", "c", "vol", "volCcy", "volCcyQuote"], "object")
    assert dtypes(frame) == {"instId": "string", "bar": "string", **money, "confirm": "boolean"}
    assert list(frame.columns) == ["instId", "bar", *money, "confirm"]
    assert isinstance(frame.index, pd.DatetimeIndex)
    assert (frame.index.name, str(frame.index.dtype)) == ("ts", UTC)
    assert frame.index[0] == pd.Timestamp("2020-08-10T02:26:23.085Z")
    assert list(frame["volCcy"]) == [Decimal("22698348.04828491")] * 2
    assert frame["volCcy"].sum() == Decimal("45396696.09656982")
    assert frame["bar"].iloc[0] == "1m"


def test_golden_floats() -> None:
    """On request numbers are float64, and what pandas is for works."""
    frame = to_df(candles(3), numbers="float64")
    assert {dtypes(frame)[name] for name in ("o", "h", "l", "c", "vol", "volCcy", "volCcyQuote")} == {"float64"}
    assert frame["c"].rolling(2).mean().iloc[-1] == pytest.approx(3.708)
    assert frame["c"].resample("5min").last().iloc[-1] == pytest.approx(3.708)


def test_golden_orders() -> None:
    """Times, flags, words, nested rows; what is absent on the wire is missing in the frame."""
    wire = {"instId": "BTC-USDT", "side": "buy", "sz": "0.1", "reduceOnly": "false", "cTime": "1700000000123"}
    frame = to_df([Order.from_wire({**wire, "uTime": "1700000000456"}), Order.from_wire({"uTime": "1700000000789"})])
    found = dtypes(frame)
    assert frame.index.name == "uTime"
    assert {found[name] for name in ("cTime", "fillTime")} == {UTC}
    assert {found[name] for name in ("instId", "side", "ordType", "tradeId")} == {"string"}
    assert {found[name] for name in ("reduceOnly", "isTpLimit")} == {"boolean"}
    assert {found[name] for name in ("sz", "px", "attachAlgoOrds", "linkedAlgoOrd")} == {"object"}
    assert frame["cTime"].iloc[0] == pd.Timestamp(1700000000123, unit="ms", tz="UTC")
    assert frame[["cTime", "instId", "sz", "reduceOnly"]].isna().iloc[1].all()
    assert frame["reduceOnly"].iloc[0] == False  # noqa: E712  a numpy bool


def test_golden_neutral_updates() -> None:
    """Neutral models of local state too; the exchange's row that they carry is no column."""
    update = OrderUpdate(inst_id="BTC-USDT", order_id="7", status="live", updated_at=1_700_000_000_123, raw={"x": 1})
    frame = to_df([update])
    found = dtypes(frame)
    assert "raw" not in found
    assert frame.index.name == "updated_at"
    assert (found["status"], found["created_at"], found["filled"]) == ("string", UTC, "object")
    assert (found["recovered"], found["reduce_only"]) == ("boolean", "boolean")


def test_whole_numbers_that_are_times() -> None:
    """A whole number of an OKX row is a time where the documentation says that it is one, and nowhere else."""
    counts, times = set(), set()
    for cls in every_model():
        frame = to_df([], index=False, model=cls)
        counts |= {name for name, dtype in dtypes(frame).items() if dtype == "Int64"}
        times |= {name for name, dtype in dtypes(frame).items() if dtype == UTC}
    facts = [fact for facts in read_tables(FACTS).values() for fact in every_fact(facts)]
    assert counts == {fact.name for fact in facts if fact.kind in ("int", "#int")}
    assert times == {fact.name for fact in facts if fact.kind == "ms"}


def test_index() -> None:
    """The newest of a row's own times, another column when asked, none where it is not clear or not wanted."""
    assert to_df([Ticker.from_wire({"ts": "5"})]).index.name == "ts"
    assert to_df([FundingRate.from_wire({"fundingTime": "5"})]).index.name == "ts"
    assert to_df([], model=Instrument).index.name is None
    frame = to_df([Trade.from_wire({"tradeId": "9", "ts": "5"})], index="tradeId")
    assert (frame.index.name, list(frame.index)) == ("tradeId", ["9"])
    assert "ts" in frame
    assert isinstance(to_df(candles(), index=False).index, pd.RangeIndex)
    with pytest.raises(ConfigError, match="index cannot be 'tss'") as caught:
        to_df(candles(), index="tss")
    assert "volCcy" in (caught.value.hint or "")


def test_missing_and_far_times() -> None:
    """A row without a time is NaT, not 1970, and a time beyond the year 2262 is one."""
    rows = [{"ts": "1700000000123"}, {"ts": ""}, {"ts": "9999999999999"}]
    index = to_df([Ticker.from_wire(row) for row in rows]).index
    assert [moment.year for moment in index if moment is not pd.NaT] == [2023, 2286]
    assert index[1] is pd.NaT


def test_extra_fields() -> None:
    """What the exchange added without notice is there when asked for, under a name that cannot collide."""
    rows = [Ticker.from_wire({"last": "1", "mood": "good"}), Ticker.from_wire({"last": "2", "n": 3})]
    assert "extra.mood" not in to_df(rows)
    frame = to_df(rows, extra=True)
    assert list(frame.columns)[-2:] == ["extra.mood", "extra.n"]
    assert frame["extra.mood"].tolist() == ["good", None]
    assert to_df([Candle.from_wire([*CANDLE[:-1], "new", "1"], BAR)], extra=True)["extra.8"].tolist() == ["new"]


def test_sources_of_rows() -> None:
    """Any iterable of one model: generators, batches, books, what was taken from a queue. Nothing gives no columns."""
    assert len(to_df(row for row in candles(5))) == 5
    batch = BatchResult([OrderResult.from_wire({"ordId": "7", "sCode": "0", "ts": "5"})])
    frame = batch.to_df(index="ordId")
    assert (list(frame.index), frame["sCode"].iloc[0]) == (["7"], "0")
    book = BookUpdate.from_wire({"asks": [["1", "2", "0", "3"]], "bids": [], "ts": "5"})
    assert to_df([book])["asks"].iloc[0] == book.asks
    assert to_df([*candles(), StreamClosed("the end")]).shape == (2, 10)
    assert to_df([]).empty
    assert list(to_df([], model=Candle).columns) == list(to_df(candles()).columns)
    assert str(to_df([], model=Candle).index.dtype) == UTC


def test_what_is_no_table() -> None:
    """Rows of several models, other things, an overflow in a queue, a wrong word, an unreadable value."""
    with pytest.raises(ConfigError, match="one model, not of Candle, Ticker"):
        to_df([*candles(), Ticker()])
    with pytest.raises(ConfigError, match="one model"):
        to_df(candles(), model=Ticker)
    with pytest.raises(ConfigError, match="not dict"):
        to_df([{"ts": "5"}])
    with pytest.raises(MailboxOverflow):
        to_df([*candles(), MailboxOverflow("3 events are missing")])
    with pytest.raises(ConfigError, match="numbers cannot be 'float'"):
        to_df(candles(), numbers="float")  # type: ignore[arg-type]
    with pytest.raises(DecodeError, match=r"Ticker\.last"):
        to_df([Ticker.from_wire({"last": "cheap"})])


def test_secrets_are_no_columns() -> None:
    """A frame is printed as a whole, so what a row does not show is left out."""

    @model
    class Key(SecretRow):
        _hidden = ("secretKey",)
        apiKey: str | None = None
        secretKey: str | None = None

    assert list(to_df([Key.from_wire({"apiKey": "a", "secretKey": "SENTINEL"})], extra=True).columns) == ["apiKey"]


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the command that installs it."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ConfigError, match="needs pandas") as caught:
        to_df(candles())
    assert "pip install 'okx_sync[pandas]'" in (caught.value.hint or "")


def test_pandas_costs_nothing_until_it_is_used() -> None:
    """Neither the package nor its clients import pandas, numpy, or any other extra."""
    extras: Any = ("pandas", "numpy", "rich", "aiohttp", "tqdm", "IPython")
    script = f"""
import sys
from okx_sync import AsyncOkxClient, OkxClient, WsClient, to_df
from okx_sync.rest import BatchResult
print([name for name in {extras!r} if name in sys.modules])
to_df([])
print("pandas" in sys.modules)
"""
    done = run_python("-c", script)
    assert (done.stdout.split("\n")[:2], done.stderr) == (["[]", "True"], "")
