"""Rows of deposits and withdrawals, as OKX sends them: what their fields come out as. Values are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.exchanges.okx.models import (
    Deposit,
    Withdrawal,
)

AROUND: dict[str, Any] = {"arg": {"channel": "any", "uid": "77"}}


def test_own_uid_goes_first() -> None:
    """Deposits and withdrawals name the user in the row, which may be another than the listener's."""
    assert Deposit.from_wire({"uid": "88"}, AROUND).uid == "88"


def test_money_in_and_out() -> None:
    """``from`` is a word of Python, so its field is ``from_``; on the wire it stays what it was."""
    deposit = Deposit.from_wire({"from": "+4512", "to": "0x1", "amt": "1.50", "actualDepBlkConfirm": "3", "state": "0"})
    assert (deposit.from_, deposit.amt, deposit.actualDepBlkConfirm, deposit.state) == (
        "+4512",
        Decimal("1.50"),
        3,
        "0",
    )
    assert deposit.extra == {}
    assert Deposit(from_="me", amt=Decimal(2)).to_wire() == {"from": "me", "amt": "2"}


@pytest.mark.parametrize(("wire", "comment"), [({"comment": "9"}, "9"), ({}, None)])
def test_what_an_address_needs_besides(wire: dict[str, str], comment: str | None) -> None:
    """An object, or nothing at all."""
    extra = Withdrawal.from_wire({"addrEx": wire, "nonTradableAsset": False}).addrEx
    assert extra is not None
    assert extra.comment == comment
    assert Withdrawal.from_wire({"addrEx": None}).addrEx is None
