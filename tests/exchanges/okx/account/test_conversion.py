"""From OKX's balances and positions to the neutral ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.models import Account, BalanceAndPosition, Position
from okx_sync.live.account import taken_at
from okx_sync.types import BalanceUpdate, PositionUpdate

D = Decimal
_POSITION = {
    "instType": "SWAP",
    "instId": "BTC-USDT-SWAP",
    "mgnMode": "isolated",
    "posSide": "long",
    "posId": "307173036051017730",
    "pos": "10",
    "ccy": "USDT",
    "avgPx": "26000.5",
    "markPx": "26100",
    "liqPx": "24000.1",
    "upl": "9.95",
    "realizedPnl": "-0.12",
    "lever": "5",
    "margin": "520.01",
    "imr": "",
    "mmr": "10.44",
    "mgnRatio": "50",
    "notionalUsd": "2610",
    "cTime": "1697000000000",
    "uTime": "1697000000123",
    "pTime": "1697000005000",
}
_DETAIL = {
    "ccy": "USDT",
    "eq": "1000",
    "cashBal": "990",
    "availEq": "700",
    "availBal": "650",
    "frozenBal": "300",
    "upl": "10",
    "liab": "0",
    "eqUsd": "999.5",
    "notionalLever": "2.5",
    "mgnRatio": "8",
    "mmr": "125",
    "uTime": "1697000000100",
}


def position(**changes: Any) -> PositionUpdate:
    """The neutral form of the sample position with some fields changed."""
    return Position.from_wire({**_POSITION, **changes}).to_update()


def test_a_position_is_carried_over() -> None:
    """Every number; the ratio turned round, so that 1 is liquidation; the row stays reachable."""
    assert position() == PositionUpdate(
        inst_id="BTC-USDT-SWAP",
        size=D(10),
        side="long",
        margin_mode="isolated",
        position_id="307173036051017730",
        currency="USDT",
        entry_price=D("26000.5"),
        mark_price=D(26100),
        liquidation_price=D("24000.1"),
        unrealized_pnl=D("9.95"),
        realized_pnl=D("-0.12"),
        leverage=D(5),
        margin=D("520.01"),
        maintenance_margin=D("10.44"),
        margin_ratio=D("0.02"),
        notional=D(2610),
        created_at=1697000000000,
        updated_at=1697000000123,
    )
    assert position().raw.posId == "307173036051017730"


@pytest.mark.parametrize(
    ("changes", "size"),
    [
        ({"posSide": "long"}, 10),
        ({"posSide": "short"}, -10),
        ({"posSide": "short", "pos": "-10"}, -10),
        ({"posSide": "net"}, 10),
        ({"posSide": "net", "pos": "-10"}, -10),
        ({"posSide": "net", "pos": "0"}, 0),
        ({"posSide": "net", "instType": "MARGIN", "instId": "BTC-USDT", "posCcy": "BTC"}, 10),
        ({"posSide": "net", "instType": "MARGIN", "instId": "BTC-USDT", "posCcy": "USDT"}, -10),
        ({"posSide": "net", "instType": "SWAP", "posCcy": ""}, 10),
    ],
)
def test_short_is_below_zero(changes: dict[str, str], size: int) -> None:
    """Whichever way OKX says it: by the sign, by the side, or (margin trading) by the currency that is held."""
    assert position(**changes).size == size


@pytest.mark.parametrize(
    ("theirs", "maintenance", "ratio"),
    [("4", "10", "0.25"), ("0.5", "10", "2"), ("", "", None), ("", "0", "0"), ("0", "0", "0"), ("0", "7", None)],
)
def test_the_margin_ratio_is_maintenance_over_equity(theirs: str, maintenance: str, ratio: str | None) -> None:
    """Nothing to maintain is no risk, 0; what OKX does not tell is not known."""
    expected = None if ratio is None else D(ratio)
    assert position(mgnRatio=theirs, mmr=maintenance).margin_ratio == expected


@pytest.mark.parametrize("changes", [{"instId": ""}, {"pos": ""}, {"posSide": "sideways"}, {"posSide": ""}])
def test_a_position_that_cannot_be_read_is_refused(changes: dict[str, str]) -> None:
    """Rather than filed under a wrong name or size."""
    with pytest.raises(DecodeError):
        position(**changes)


def test_an_account_is_carried_over() -> None:
    """Totals that OKX leaves empty in an account's mode are None; ``notional`` follows from the leverage."""
    empty = dict.fromkeys(("availEq", "imr", "mmr", "mgnRatio", "upl"), "")
    row = {"totalEq": "1999.5", **empty, "uTime": "1697000000200"}
    update = Account.from_wire({**row, "details": [_DETAIL]}, {"eventType": "snapshot"}).to_update()
    assert (update.currency, update.total_equity, update.updated_at) == ("USD", D("1999.5"), 1697000000200)
    assert (update.available, update.margin_ratio, update.unrealized_pnl) == (None, None, None)
    assert update.is_snapshot
    assert update.balances == (
        BalanceUpdate(
            currency="USDT",
            equity=D(1000),
            cash=D(990),
            available=D(700),
            frozen=D(300),
            unrealized_pnl=D(10),
            liability=D(0),
            equity_usd=D("999.5"),
            notional=D(2500),
            margin_ratio=D("0.125"),
            updated_at=1697000000100,
        ),
    )


def test_an_account_without_derivatives_has_its_balance_available() -> None:
    """There is no equity to back positions with. REST rows are no snapshots by themselves."""
    detail = {**_DETAIL, "availEq": "", "notionalLever": "", "mgnRatio": "", "mmr": ""}
    update = Account.from_wire({"details": [detail]}).to_update()
    assert not update.is_snapshot
    (usdt,) = update.balances
    assert [usdt.available, usdt.notional, usdt.margin_ratio] == [650, None, None]


def test_a_balance_without_a_name_is_left_out() -> None:
    """Money of no currency is no balance; the others are, and the list is known to be cut."""
    update = Account.from_wire({"details": [{**_DETAIL, "ccy": ""}, _DETAIL, "USDT"]}).to_update()
    assert [one.currency for one in update.balances] == [_DETAIL["ccy"]]
    assert update.is_cut
    assert "ccy" in update.unreadable[0].message


def test_balance_and_position_in_short() -> None:
    """Size, average price and cash; all the rest is not told."""
    names = ("instId", "mgnMode", "posSide", "posId", "pos", "ccy", "avgPx", "uTime")
    brief = {name: _POSITION[name] for name in names}
    row = BalanceAndPosition.from_wire(
        {
            "pTime": "1697000000300",
            "eventType": "filled",
            "balData": [{"ccy": "USDT", "cashBal": "990", "uTime": "1697000000100"}],
            "posData": [{**brief, "posSide": "short"}],
        }
    )
    (held,) = row.to_positions()
    assert [held.size, held.entry_price, held.updated_at, held.mark_price] == [-10, D("26000.5"), 1697000000123, None]
    update = row.to_account()
    assert update.balances == (BalanceUpdate(currency="USDT", cash=D(990), updated_at=1697000000100),)
    assert not update.is_snapshot


def test_a_snapshot_is_as_old_as_its_first_page() -> None:
    """An account has the time of the row; an empty list has none."""
    rows = [Position.from_wire({**_POSITION, "pTime": time}) for time in ("1697000005007", "1697000005001")]
    assert taken_at(rows) == 1697000005001
    assert taken_at([Account.from_wire({"uTime": "5"})]) == 5
    assert taken_at([]) is None
