"""Rows of copy trading, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models import (
    CopyNotification,
    LeadNotification,
)


def test_copy_trading() -> None:
    """The old channel's notes have fields of their own, and keep what nobody knows."""
    note = LeadNotification.from_wire({"infoType": "2", "maxLeadTraderNum": "3", "minLeadEq": ""})
    assert (note.infoType, note.maxLeadTraderNum, note.minLeadEq) == ("2", 3, None)
    old = CopyNotification.from_wire({"infoType": "9", "slippageRatio": "0.05", "nobodyKnows": {"a": 1}})
    assert (old.infoType, old.slippageRatio, old.extra) == ("9", Decimal("0.05"), {"nobodyKnows": {"a": 1}})
