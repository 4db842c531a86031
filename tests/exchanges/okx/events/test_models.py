"""Rows of event contracts and calendars, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.exchanges.okx.models import (
    EconomicEvent,
    EventContractMarket,
)


@pytest.mark.parametrize(("text", "bound"), [("INF", "INF"), ("120000", "120000"), ("", None)])
def test_event_contracts(text: str, bound: str | None) -> None:
    """The upper bound of a market may be infinite, which no number of ours is: it stays text."""
    market = EventContractMarket.from_wire({"capStrike": text, "floorStrike": "9", "disputed": False, "fixTime": ""})
    assert (market.capStrike, market.floorStrike, market.disputed, market.fixTime) == (
        bound, Decimal(9), False, None,
    )  # fmt: skip


def test_economic_events() -> None:
    """Figures are as published, with their units: text."""
    event = EconomicEvent.from_wire({"actual": "3.2%", "forecast": "", "date": "1700000000000", "importance": "3"})
    assert (event.actual, event.forecast, event.date, event.importance) == ("3.2%", None, 1_700_000_000_000, "3")
