"""What holds for every model: nothing of a row is lost, and no field that OKX may send breaks the reader."""

from __future__ import annotations

import copy
from typing import Any

import attrs
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okx_sync.exchanges.okx import models
from okx_sync.exchanges.okx.channels import CHANNELS
from okx_sync.exchanges.okx.models import (
    AccountGreeks,
    AdvancedAlgoOrder,
    BlockTrade,
    ContractGridOrder,
    CopyNotification,
    Deposit,
    GridPosition,
    GridSubOrder,
    LeadNotification,
    LiquidationWarning,
    Quote,
    RecurringBuy,
    Rfq,
    SpotGridOrder,
    SpreadFill,
    SpreadOrder,
    Withdrawal,
)
from okx_sync.rows import BookLevel, Row
from tests.each_case import each_case
from tests.variants import one_in

from .random_rows import wire_rows

PUSHED = [channel.model for channel in CHANNELS.values()]
MODELS: list[type[Row]] = [*dict.fromkeys([BookLevel, *(getattr(models, name) for name in models.__all__), *PUSHED])]
COLUMNS = [cls for cls in MODELS if cls._shape is list]
AROUND: dict[str, Any] = {"arg": {"channel": "any", "uid": "77"}}
PRIVATE: list[type[Row]] = [
    AccountGreeks, AdvancedAlgoOrder, BlockTrade, ContractGridOrder, CopyNotification, Deposit, GridPosition,
    GridSubOrder, LeadNotification, LiquidationWarning, Quote, RecurringBuy, Rfq, SpotGridOrder, SpreadFill,
    SpreadOrder, Withdrawal,
]  # fmt: skip


def read_everything(row: Row) -> None:
    for field in attrs.fields(type(row)):
        value = getattr(row, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Row):
                read_everything(item)
    assert isinstance(row.extra, dict)
    assert repr(row)


@pytest.mark.parametrize("cls", one_in(4, MODELS, COLUMNS), ids=lambda cls: cls.__name__)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_survives(cls: type[Row], data: st.DataObject) -> None:
    """Any subset of fields, unknown fields, "" in any number and unknown words: readable, and exact again."""
    wire = data.draw(wire_rows(cls))
    row = cls.from_wire(copy.deepcopy(wire), {"arg": {"channel": "candle1m", "instId": "BTC-USDT"}})
    read_everything(row)
    assert orjson.dumps(row.to_wire()) == orjson.dumps(wire)


@each_case("cls", MODELS, ids=lambda cls: cls.__name__)
def test_empty_rows(cls: type[Row]) -> None:
    """A row without any field is no error: exchanges leave fields out."""
    empty: Any = [] if cls._shape is list else {}
    row = cls.from_wire(empty)
    read_everything(row)
    assert row.to_wire() == empty


@each_case("cls", MODELS, ids=lambda cls: cls.__name__)
def test_models_say_what_they_are(cls: type[Row]) -> None:
    """Each class has a docstring of its own."""
    assert "__doc__" in vars(cls)
    assert cls.__doc__


@pytest.mark.parametrize("cls", PRIVATE, ids=lambda cls: cls.__name__)
def test_account_data_says_whose_it_is(cls: type[Row]) -> None:
    """The user's id is on the message, and a field of the row."""
    assert getattr(cls.from_wire({}, AROUND), "uid", None) == "77"
