"""Order book levels."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.rows import BookLevel


@pytest.mark.parametrize(
    ("row", "orders"),
    [(["1.10", "2", "0", "13"], 13), (["1.10", "2", "4"], 4), (["1.10", "2"], None), (["1.10", "2", "", "x", "5"], 5)],
)
def test_levels_of_any_length(row: list[str], orders: int | None) -> None:
    """Price and size first, the order count last if there is one; the texts stay exact."""
    level = BookLevel.from_wire(row)
    assert (level.price, level.size, level.orders) == (Decimal("1.1"), Decimal(2), orders)
    assert level.to_wire() == row
    assert level.raw[:2] == ["1.10", "2"]


def test_made_by_hand() -> None:
    """A level without a wire row spells itself."""
    assert BookLevel(price=Decimal("1E+2"), size=Decimal(3), orders=2).to_wire() == ["100", "3", "2"]
