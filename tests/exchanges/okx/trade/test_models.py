"""Rows of orders, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    AlgoOrder,
    Order,
)
from okx_sync.rows import Row


def around(channel: str, **message: Any) -> dict[str, Any]:
    return {"arg": {"channel": channel, "instId": "BTC-USDT", "uid": "77"}, **message}


def test_order() -> None:
    """Flags are text on the wire, absent prices are None, nested orders are rows."""
    row = {
        "instId": "BTC-USDT", "ordId": "1", "px": "", "reduceOnly": "false", "isTpLimit": "true", "tradeId": "",
        "state": "partially_filled", "attachAlgoOrds": [{"slOrdPx": "-1"}], "linkedAlgoOrd": {"algoId": ""},
    }  # fmt: skip
    order = Order.from_wire(row, around("orders"))
    assert (order.px, order.reduceOnly, order.isTpLimit, order.is_fill, order.is_final) == (
        None, False, True, False, False,
    )  # fmt: skip
    assert order.attachAlgoOrds[0].slOrdPx == -1
    assert order.linkedAlgoOrd is not None
    assert order.linkedAlgoOrd.algoId is None


@pytest.mark.parametrize("state", ["filled", "canceled", "mmp_canceled"])
def test_final_orders(state: str) -> None:
    """An order in one of these states never changes again."""
    assert Order.from_wire({"state": state, "tradeId": "5"}).is_final


def test_words_pass_through() -> None:
    """A state that OKX adds tomorrow arrives as text."""
    rows: list[Row] = [Order.from_wire({"state": "dreaming"}), AlgoOrder.from_wire({"state": "dreaming"})]
    assert [getattr(row, "state", None) for row in rows] == ["dreaming", "dreaming"]
