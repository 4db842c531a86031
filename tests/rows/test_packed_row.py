"""Rows that are kept for long as a text: whoever reads one finds what came."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import Order
from okx_sync.rows.packed_row import PackedRow

ROW = {
    "ordId": "1",
    "px": "1.50",
    "sz": "",
    "linkedAlgoOrd": {"algoId": "7"},
    "attachAlgoOrds": [],
    "new": {"a": [1.5]},
}


def order(message: dict[str, Any]) -> Order:
    """An order off the wire."""
    return Order.from_wire(ROW, message)


def test_a_row_is_made_again_as_it_came() -> None:
    """Exact numbers, unknown fields and the facts around it, and nothing of it converted; its siblings are not kept."""
    row = order({"arg": {"uid": "44"}, "recovered": True, "data": [ROW, {"ordId": "2", "clOrdId": "sibling"}]})
    packed = PackedRow.of(row)
    assert type(packed) is PackedRow
    assert "sibling" not in packed._text
    for kept in (packed, copy.deepcopy(packed), pickle.loads(pickle.dumps(packed))):
        again = kept.row()
        assert vars(again) == {}
        assert again == row
        assert (again.to_wire(), again.extra) == (ROW, {"new": {"a": [1.5]}})
        assert (again.px, again.sz, again.uid, again.recovered) == (Decimal("1.50"), None, "44", True)
        assert again is not kept.row()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(None, id="none"),
        pytest.param({"ordId": "1"}, id="no row"),
        pytest.param(Order(ordId="1"), id="built by hand"),
        pytest.param(Order.from_wire({"px": Decimal(1)}, {}), id="no plain JSON"),
    ],
)
def test_what_cannot_be_packed_stays_as_it_is(raw: Any) -> None:
    """It is kept as it was given."""
    assert PackedRow.of(raw) is raw
