"""What holds for every model: nothing of a row is lost, and no field that Bybit may send breaks the reader."""

from __future__ import annotations

import copy
from typing import Any

import attrs
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okx_sync.exchanges import bybit
from okx_sync.rows import Row
from tests.each_case import each_case
from tests.exchanges.okx.random_rows import wire_rows
from tests.exchanges.row_classes import every_row_class
from tests.variants import one_in

MODELS = every_row_class(bybit)
COLUMNS = [cls for cls in MODELS if cls._shape is list]
ENVELOPE = {"topic": "kline.1.BTCPERP", "type": "delta", "ts": 1, "data": {"version": 2, "dataType": "CHANGE"}}


def read_everything(row: Row) -> None:
    for field in attrs.fields(type(row)):
        value = getattr(row, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Row):
                read_everything(item)
    assert isinstance(row.extra, dict)
    assert repr(row)


@pytest.mark.parametrize("cls", one_in(3, MODELS, COLUMNS), ids=lambda cls: cls.__name__)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_survives(cls: type[Row], data: st.DataObject) -> None:
    """Any subset of fields, unknown fields, "" in any number and unknown words: readable, and exact again."""
    wire = data.draw(wire_rows(cls))
    row = cls.from_wire(copy.deepcopy(wire), ENVELOPE)
    read_everything(row)
    assert orjson.dumps(row.to_wire()) == orjson.dumps(wire)


@each_case("cls", MODELS, ids=lambda cls: cls.__name__)
def test_empty_rows(cls: type[Row]) -> None:
    """A row without any field is no error: exchanges leave fields out."""
    empty: Any = [] if cls in COLUMNS else {}
    row = cls.from_wire(empty)
    read_everything(row)
    assert row.to_wire() == empty


@each_case("cls", MODELS, ids=lambda cls: cls.__name__)
def test_models_say_what_they_are(cls: type[Row]) -> None:
    """Each class has a docstring of its own."""
    assert vars(cls).get("__doc__")
