"""Rows of algo orders, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    AdvancedAlgoOrder,
    AlgoOrder,
)


@pytest.mark.parametrize("linked", [{"ordId": "3"}, [], "", None])
def test_algo_order(linked: Any) -> None:
    """A linked order may be an object, an empty list or empty text."""
    order = AlgoOrder.from_wire({"linkedOrd": linked, "ordIdList": ["1", "2"], "isTradeBorrowMode": ""})
    assert (order.linkedOrd is None) is (not linked)
    assert (order.ordIdList, order.isTradeBorrowMode) == (("1", "2"), None)


@pytest.mark.parametrize("flag", [True, "true"])
def test_advanced_orders(flag: Any) -> None:
    """A flag is one as a JSON flag and as text."""
    row = {"ordType": "move_order_stop", "callbackRatio": "0.05", "timeInterval": "", "isTradeBorrowMode": flag}
    order = AdvancedAlgoOrder.from_wire(row)
    assert (order.ordType, order.callbackRatio, order.timeInterval) == ("move_order_stop", Decimal("0.05"), None)
    assert order.isTradeBorrowMode is True
