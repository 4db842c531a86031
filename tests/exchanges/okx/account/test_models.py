"""Rows of balances and positions, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    Account,
    BalanceAndPosition,
    Position,
)


def around(channel: str, **message: Any) -> dict[str, Any]:
    return {"arg": {"channel": channel, "instId": "BTC-USDT", "uid": "77"}, **message}


@pytest.mark.parametrize("cls", [Account, Position])
def test_account_envelope(cls: type[Account] | type[Position]) -> None:
    """Paging and kind of push are fields of the row."""
    page = cls.from_wire({"uTime": "1"}, around("account", eventType="snapshot", curPage=2, lastPage=False))
    assert (page.uid, page.is_snapshot, page.curPage, page.lastPage) == ("77", True, 2, False)
    change = cls.from_wire({"uTime": "1"}, around("account", eventType="event_update"))
    assert (change.is_snapshot, change.curPage, change.lastPage) == (False, None, None)


def test_greeks_are_spelled_as_on_the_wire() -> None:
    """deltaBS is a field; another spelling is an unknown field, not a guess."""
    position = Position.from_wire({"deltaBS": "1", "deltaBs": "2", "adl": "3", "pos": "-4"})
    assert (position.deltaBS, position.adl, position.pos) == (Decimal(1), 3, Decimal(-4))
    assert position.extra == {"deltaBs": "2"}


def test_balance_and_position_says_its_cause_itself() -> None:
    """Here eventType is in the row, not around it."""
    row = {"eventType": "filled", "balData": [{"ccy": "BTC", "cashBal": "1"}], "posData": [], "pTime": "1"}
    event = BalanceAndPosition.from_wire(row, around("balance_and_position", eventType="other"))
    assert (event.eventType, event.is_snapshot) == ("filled", False)
    assert event.balData[0].cashBal == 1
    assert BalanceAndPosition.from_wire({"eventType": "snapshot"}).is_snapshot
