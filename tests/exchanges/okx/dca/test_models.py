"""Rows of recurring buys, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models import (
    RecurringBuy,
)


def test_recurring_buys() -> None:
    """Currencies are rows; the sources are a list of text."""
    row = {"recurringList": [{"ccy": "BTC", "ratio": "0.2"}], "source": ["1"], "timeZone": "8", "recurringDay": ""}
    buy = RecurringBuy.from_wire(row)
    assert (buy.recurringList[0].ratio, buy.source, buy.timeZone, buy.recurringDay) == (
        Decimal("0.2"), ("1",), Decimal(8), None,
    )  # fmt: skip
