"""What holds for every model: nothing of a row is lost, and no field that Bitget may send breaks the reader."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okx_sync.exchanges import bitget
from okx_sync.exchanges.bitget import models
from okx_sync.exchanges.bitget.channels import TABLES
from okx_sync.exchanges.bitget.dialect import dialect_for
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.events import Push
from okx_sync.rows import Row, decoder
from tests.each_case import each_case
from tests.exchanges.okx.random_rows import wire_rows
from tests.exchanges.okx.test_pushed_rows import read_everything
from tests.exchanges.row_classes import every_row_class
from tests.variants import one_in

from .rows import ROWS, push

MODELS = every_row_class(bitget)
COLUMNS = [cls for cls in MODELS if cls._shape is list]
CHANNELS = [(protocol, channel) for protocol, rows in ROWS.items() for channel in rows]


def received(protocol: Protocol, channel: str) -> Row:
    """The object that a subscriber gets for the documented row."""
    event = dialect_for(protocol).read(push(protocol, channel))
    assert isinstance(event, Push)
    return decoder(TABLES[protocol].lookup(channel).model)(event.rows, event.message)[0]


@each_case(("protocol", "channel"), CHANNELS)
def test_documented_rows(protocol: Protocol, channel: str) -> None:
    """Every documented field has its place in the model, can be read, and goes out as it came in."""
    row = received(protocol, channel)
    read_everything(row)
    assert row.extra == {}
    assert orjson.dumps(row.to_wire()) == orjson.dumps(ROWS[protocol][channel])


@pytest.mark.parametrize("cls", one_in(3, MODELS, COLUMNS), ids=lambda cls: cls.__name__)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_survives(cls: type[Row], data: st.DataObject) -> None:
    """Any subset of fields, unknown fields, "" in any number and unknown words: readable, and exact again."""
    wire = data.draw(wire_rows(cls))
    row = cls.from_wire(copy.deepcopy(wire), {"arg": {"channel": "candle1m", "instId": "BTCUSDT"}})
    read_everything(row)
    assert orjson.dumps(row.to_wire()) == orjson.dumps(wire)


@each_case("cls", MODELS, ids=lambda cls: cls.__name__)
def test_models_say_what_they_are(cls: type[Row]) -> None:
    """Each class has a docstring of its own, and an empty row of it is no error."""
    assert "__doc__" in vars(cls)
    empty: Any = [] if cls._shape is list else {}
    read_everything(cls.from_wire(empty))


def test_the_envelope_tells_what_rows_leave_out() -> None:
    """Instrument, bar, product and time of the push are fields of the object."""
    candle, trade = received("v2", "candle1m"), received("v2", "trade")
    assert isinstance(candle, models.Candle)
    assert isinstance(trade, models.Trade)
    assert (candle.instId, candle.bar, candle.ts, candle.instType) == (
        "ETHUSDT", "1m", 1763733300000, "USDT-FUTURES",
    )  # fmt: skip
    assert (trade.instId, trade.instType) == ("ETHUSDT", "USDT-FUTURES")
    account = received("v2", "account")
    assert isinstance(account, models.Account)
    assert account.ts == 1763733336000


@pytest.mark.parametrize(
    ("cls", "row", "field", "value"),
    [
        (models.Order, {"clientOId": "a"}, "clientOid", "a"),
        (models.Account, {"unionMM": "1"}, "unionMm", 1),
        (models.Equity, {"usdtUnrealized": "2"}, "unrealizedPL", 2),
        (models.Ticker, {"last": "3"}, "lastPr", 3),
        (models.AdlNotice, {"instId": "X"}, "symbol", "X"),
    ],
)
def test_other_spellings(cls: type[Row], row: dict[str, str], field: str, value: Any) -> None:
    """Where sources disagree on a name, either is read into one field."""
    assert getattr(cls.from_wire(row), field) == value
    assert cls.from_wire(row).extra == {}
