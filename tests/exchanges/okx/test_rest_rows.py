"""What holds for every row that only REST answers with, as for those of the channels; see ``test_pushed_rows``."""

from __future__ import annotations

import copy

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okx_sync.exchanges.okx import models
from okx_sync.exchanges.okx.subaccount.models import NewSubAccountKey
from okx_sync.rows import Row
from tests.each_case import each_case
from tests.exchanges.row_classes import every_row_class

from .random_rows import wire_rows
from .test_pushed_rows import read_everything

EVERY = every_row_class()
MODELS = [cls for cls in EVERY if cls.__name__ not in models.__all__]


@pytest.mark.slow
@pytest.mark.parametrize("cls", MODELS, ids=lambda cls: cls.__name__)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_survives(cls: type[Row], data: st.DataObject) -> None:
    """Any subset of fields, unknown fields, "" in any number and unknown words: readable, and exact again."""
    wire = data.draw(wire_rows(cls))
    row = cls.from_wire(copy.deepcopy(wire))
    read_everything(row)
    assert orjson.dumps(row.to_wire()) == orjson.dumps(wire)


@each_case("cls", MODELS, ids=lambda cls: cls.__name__)
def test_models_say_what_they_are(cls: type[Row]) -> None:
    """Each class has a docstring of its own."""
    assert "__doc__" in vars(cls)
    assert cls.__doc__


def test_names_are_unique() -> None:
    """One name, one class: among the rows of REST, and between them and those of the channels."""
    names = [cls.__name__ for cls in EVERY]
    assert set(models.__all__) <= set(names)
    assert sorted(set(names)) == sorted(names)


def test_secret_fields_are_hidden() -> None:
    """Set or not, a secret's text is not in ``repr``; the other fields are."""
    key = NewSubAccountKey.from_wire({"secretKey": "SENTINEL-1", "passphrase": "SENTINEL-2", "label": "bot"})
    assert "SENTINEL" not in repr(key)
    assert "label='bot'" in repr(key)
    assert "secretKey=<hidden>" in repr(key)
