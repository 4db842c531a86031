"""Rows, lists of rows and neutral values as a notebook shows them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar

import attrs

from okx_sync.exchanges.okx.models import Candle, Ticker
from okx_sync.exchanges.okx.shared_models import SecretRow
from okx_sync.exchanges.okx.trade.models import OrderResult
from okx_sync.notebook import RowList
from okx_sync.rest import BatchResult
from okx_sync.rows import UntypedRow, model
from okx_sync.types import PositionUpdate
from tests.exchanges.row_classes import every_row_class
from tests.programs import run_python

WIRE = {"instId": "BTC-USDT", "instType": "SPOT", "last": "65000.10", "askPx": "oops", "ts": "1597026383085"}
ALONE = """
import sys
from okx_sync.exchanges.okx.models import Ticker
row = Ticker.from_wire({"instId": "BTC-USDT"})
assert "okx_sync.notebook" not in sys.modules
assert "BTC-USDT" in row._repr_html_()
print([name for name in ("IPython", "plotly", "pandas", "rich", "typer") if name in sys.modules])
"""


def words(drawn: str) -> str:
    """The text of a picture."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", drawn)).strip()


@model
class Key(SecretRow):
    """A row with a secret."""

    _hidden: ClassVar[tuple[str, ...]] = ("secretKey",)

    label: str | None = None
    secretKey: str | None = None


def test_a_row_shows_what_matters_first() -> None:
    """Instrument and price before what they are made of; times readable, the meaning of a field where the pointer is;
    what cannot be read and what this version does not know is shown as such."""
    drawn = Ticker.from_wire({**WIRE, "newField": "<b>"})._repr_html_()
    told = words(drawn)
    assert told.startswith("Ticker instId BTC-USDT last 65000.10")
    assert "ts 2020-08-10 02:26:23.085" in told
    assert "askPx unreadable &#x27;oops&#x27;" in told
    assert "newField &lt;b&gt;" in told
    assert "fields without a value" in told
    assert 'title="Epoch ms' in drawn


def test_a_row_from_rest_says_so() -> None:
    """A row that fills a gap did not come in its time."""
    assert "fetched over REST" in Ticker.from_wire(WIRE, {"recovered": True})._repr_html_()


def test_secrets_of_rows_are_not_drawn() -> None:
    """Neither the hidden field nor whatever came with it, alone and in a table."""
    key = Key.from_wire({"label": "bot", "secretKey": "SENTINEL-1", "secretToo": "SENTINEL-2"})
    assert "SENTINEL" not in key._repr_html_() + RowList([key])._repr_html_()
    assert "hidden: secretKey" in words(key._repr_html_())


def test_an_untyped_row_shows_all_of_it() -> None:
    """Names and exact values."""
    assert words(UntypedRow({"n": 2.5, "px": "1"})._repr_html_()) == "UntypedRow px 1 n 2.5"


def test_rows_are_a_table() -> None:
    """Twelve columns at most, the others named; the first and the last of many rows, and how many there are."""
    rows = RowList(Ticker.from_wire({**WIRE, "askPx": "1", "last": str(number)}) for number in range(1000, 1030))
    told = words(rows._repr_html_())
    assert told.startswith("30 x Ticker instId last askPx ts instType")
    assert all(str(number) in told for number in (1000, 1014, 1025, 1029))
    assert not any(str(number) in told for number in (1015, 1024))
    wide = Ticker.from_wire({field.name: "1" for field in attrs.fields(Ticker)})
    assert "more columns: " in words(RowList([wide])._repr_html_())
    assert words(RowList([])._repr_html_()) == "no rows"
    assert words(RowList(["<a>", Decimal(2)])._repr_html_()) == "2 values 0 &lt;a&gt; 1 2"


def test_rows_of_several_classes_share_a_table() -> None:
    """What a row has no field for is left open, and not 0."""
    told = words(RowList([Ticker.from_wire(WIRE | {"askPx": "2"}), Candle(c=Decimal(3))])._repr_html_())
    assert told.startswith("2 x Ticker, Candle")
    assert "&mdash;" in told


def test_values_name_what_is_not_known() -> None:
    """A position without a price is no position at 0."""
    told = words(PositionUpdate(inst_id="BTC-USDT", size=Decimal(-2))._repr_html_())
    assert "size -2" in told
    assert re.search(r"not known: .*entry_price, .*unrealized_pnl", told)
    assert repr(PositionUpdate(inst_id="A", size=Decimal(1))) == (
        "PositionUpdate(inst_id='A', size=Decimal('1'), side='net', recovered=False)"
    )


def test_a_batch_says_first_what_is_unknown() -> None:
    """An order of which the answer told nothing is neither accepted nor refused."""
    rows = [OrderResult.from_wire({"ordId": "1", "sCode": "0"}), OrderResult.from_wire({"clOrdId": "b"})]
    told = words(BatchResult(rows, unknown=[1])._repr_html_())
    assert told.startswith("1 accepted, 0 refused")
    assert "of 1 it is not known what became" in told


def test_a_picture_needs_nothing() -> None:
    """A class knows its picture without importing it, and the picture imports no extra."""
    done = run_python("-c", ALONE)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_rows_of_every_class_can_be_drawn() -> None:
    """Empty or full of what no field can read: alone and in a table, always escaped."""
    for cls in sorted(every_row_class(), key=str)[::5]:
        names = [field.name for field in attrs.fields(cls)]
        filled: Any = ["<1>"] * max(cls._columns, 1) if cls._shape is list else dict.fromkeys(names, "<1>")
        for row in (cls.from_wire(cls._shape()), cls.from_wire(filled)):
            drawn = row._repr_html_() + RowList([row])._repr_html_()
            assert cls.__name__ in drawn
            assert "<1>" not in drawn
