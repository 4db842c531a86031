"""``RowList``: a list in every way, of which only what is shown differs."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import orjson
import pytest

from okx_sync.rows import RowList


@pytest.mark.parametrize(("number", "shown"), [(6, "[0, 1, 2, 3, 4, 5]"), (7, "[0, 1, ... 3 more ..., 5, 6]")])
def test_a_long_list_is_short_in_a_terminal(number: int, shown: str) -> None:
    """Six rows are shown, of more the ends."""
    assert repr(RowList(range(number))) == shown


def test_it_is_a_list() -> None:
    """It compares, is copied, pickled and written as one; an index gives a row, a slice a list of its kind."""
    rows: Any = RowList([3, 1, 2])
    assert rows == [3, 1, 2]
    assert isinstance(rows, list)
    assert (rows[0], rows[-1], type(rows[1:]), rows[1:]) == (3, 2, RowList, [1, 2])
    for twin in (copy.copy(rows), copy.deepcopy(rows), pickle.loads(pickle.dumps(rows))):
        assert (type(twin), twin) == (RowList, [3, 1, 2])
    assert json.dumps(rows) == "[3, 1, 2]"
    assert orjson.dumps(rows) == b"[3,1,2]"
    assert sorted(rows) == [1, 2, 3]
