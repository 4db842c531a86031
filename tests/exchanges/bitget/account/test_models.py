"""Bitget's balances and positions in neutral words, and what the monitors make of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.account_pushes import lists_all
from okx_sync.exchanges.bitget.models import Account, Position, SeedAccount, SeedPosition, V1Account, V1Position
from okx_sync.live.account import taken_at
from okx_sync.protocol.events import Push
from okx_sync.state.account import AccountState as AccountState
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.state.positions import Positions
from okx_sync.state.risk import RiskEvent
from okx_sync.types import BalanceUpdate, PositionUpdate
from tests.exchanges.bitget.rows import SEED, V1, V2

_MESSAGE = {"action": "snapshot", "arg": {"instType": "USDT-FUTURES"}, "ts": 1763733336000}


def position(**changes: Any) -> PositionUpdate:
    return Position.from_wire({**V2["positions"], **changes}, _MESSAGE).to_update()


def test_a_position_of_v2() -> None:
    """A short position has a size below zero; Bitget's margin rate is the neutral one: 1 is liquidation."""
    assert position() == PositionUpdate(
        inst_id="ETHUSDT", size=Decimal("-0.2"), side="short", margin_mode="cross", position_id="77",
        currency="USDT", entry_price=Decimal("2720.5"), mark_price=Decimal("2712.29"),
        liquidation_price=Decimal("3611.88"), unrealized_pnl=Decimal("1.638"), realized_pnl=Decimal("-1.2"),
        leverage=Decimal(20), margin=Decimal("27.12"), margin_ratio=Decimal("0.0184"), created_at=1763700000001,
        updated_at=1763733000002,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "held", "side", "size"),
    [
        ("hedge_mode", "long", "long", "0.2"),
        ("hedge_mode", "short", "short", "-0.2"),
        ("one_way_mode", "long", "net", "0.2"),
        ("one_way_mode", "short", "net", "-0.2"),
    ],
)
def test_position_modes(mode: str, held: str, side: str, size: str) -> None:
    """One position that may turn over, or one for each direction; the sign is that of the direction either way."""
    update = position(posMode=mode, holdSide=held)
    assert (update.side, update.size) == (side, Decimal(size))


def test_positions_of_the_other_protocols() -> None:
    """The same facts under other names; isolated is isolated, however it is spelled."""
    old = V1Position.from_wire(V1["positions"], {"ts": 1}).to_update()
    assert (old.inst_id, old.side, old.size, old.margin_mode) == ("ETHUSDT_UMCBL", "net", Decimal("0.2"), "isolated")
    assert (old.entry_price, old.liquidation_price) == (Decimal("1700.5"), Decimal("1622.75"))
    assert (old.margin_ratio, old.margin, old.unrealized_pnl) == (Decimal("0.1021"), Decimal("17.12"), Decimal("2.358"))
    seed = SeedPosition.from_wire(SEED["positions"]).to_update()
    assert (seed.inst_id, seed.side, seed.size, seed.margin_mode) == ("ETHUSDT", "short", Decimal("-0.40"), "cross")
    assert (seed.margin_ratio, seed.maintenance_margin) == (Decimal("0.82"), Decimal("5.44"))
    assert (seed.mark_price, seed.updated_at) == (Decimal("2712.29"), 1721441751928)


@pytest.mark.parametrize("changes", [{"instId": ""}, {"total": ""}, {"holdSide": "both"}, {"holdSide": None}])
def test_a_position_without_the_basics_is_refused(changes: dict[str, Any]) -> None:
    """Of what, which way and how much must be told."""
    with pytest.raises(DecodeError, match="position"):
        position(**changes)


def test_a_list_of_positions_is_complete() -> None:
    """V1 and V2: what is not in it is closed, also when it is empty. The seed protocol tells of single ones."""
    rows = [Position.from_wire({**V2["positions"], "instId": name}, _MESSAGE) for name in ("ETHUSDT", "BTCUSDT")]
    assert lists_all(Push("positions", {}, [], _MESSAGE))
    assert not lists_all(Push("positions", {}, [], {"action": "update"}))
    positions = Positions()
    opened = positions.apply_snapshot([row.to_update() for row in rows], taken_at(rows))
    assert [event.kind for event in opened] == ["opened", "opened"]
    left = positions.apply_snapshot([rows[0].to_update()], taken_at(rows[:1]))
    assert [(event.kind, event.position.inst_id) for event in left] == [("closed", "BTCUSDT")]
    assert [event.kind for event in positions.apply_snapshot([], taken_at([]))] == ["closed"]
    assert taken_at(rows) == 1763733336000


def test_an_account_of_v2() -> None:
    """One coin, valued in USDT; the risk rate is the neutral one."""
    row = Account.from_wire(V2["account"], _MESSAGE)
    update = row.to_update()
    assert update.balances == (
        BalanceUpdate(
            currency="USDT", equity=Decimal("1003.77"), available=Decimal("988.1"), frozen=Decimal(12),
            unrealized_pnl=Decimal("15.67"), equity_usd=Decimal("1003.77"), margin_ratio=Decimal("0.0184"),
            updated_at=1763733336000,
        ),
    )  # fmt: skip
    assert (update.total_equity, update.margin_ratio, update.is_snapshot) == (None, None, False)
    assert taken_at([row]) == 1763733336000


def test_a_union_account_tells_totals() -> None:
    """Several coins back one margin: what is free and what is needed are of the account."""
    row = {**V2["account"], "assetsMode": "union", "unionAvailable": "5000", "unionMm": "12"}
    update = Account.from_wire(row, _MESSAGE).to_update()
    assert (update.available, update.maintenance_margin) == (Decimal(5000), Decimal(12))
    assert update.margin_ratio == Decimal("0.0184")


def test_coins_add_up() -> None:
    """Two coins of a V2 account, one row each: equity in dollars is their sum, the risk that of the worse."""
    account = AccountState()
    for coin, worth, risk in (("USDT", "1000", "0.1"), ("ETH", "2500.5", "0.4")):
        row = {**V2["account"], "marginCoin": coin, "usdtEquity": worth, "crossedRiskRate": risk}
        account.apply(Account.from_wire(row, _MESSAGE).to_update())
    assert (account.facts.equity, account.facts.margin_ratio) == (Decimal("3500.5"), Decimal("0.4"))


def test_a_push_of_several_coins_is_one_list() -> None:
    """Each coin has a row of its own, and none of them ends the others."""
    monitor = AccountMonitor()
    rows = [Account.from_wire({**V2["account"], "marginCoin": coin}, _MESSAGE) for coin in ("USDT", "ETH", "BTC")]
    monitor.apply_snapshot([row.to_update() for row in rows], taken_at(rows))
    assert [balance.currency for balance in monitor.balances] == ["USDT", "ETH", "BTC"]
    monitor.apply_snapshot([rows[0].to_update(), rows[2].to_update()], taken_at(rows))
    assert [balance.currency for balance in monitor.balances] == ["USDT", "BTC"]


def test_accounts_of_the_other_protocols() -> None:
    """V1 tells no risk; the seed protocol's total counts as dollars for coins that stand for them."""
    old = V1Account.from_wire(V1["account"], {"ts": 7}).to_update().balances[0]
    assert (old.currency, old.equity, old.frozen, old.updated_at) == ("USDT", Decimal("1003.77"), Decimal(12), 7)
    account = AccountState()
    account.apply(SeedAccount.from_wire(SEED["account"]).to_update())
    facts = account.facts
    assert (facts.equity, facts.available) == (Decimal("1250.75"), Decimal("820.5"))
    assert facts.used_margin == Decimal("430.25")
    assert (facts.margin_ratio, facts.unrealized_pnl) == (Decimal("0.081"), Decimal("-4.20"))
    coin = SeedAccount.from_wire({**SEED["account"], "marginCoin": "BTC"}).to_update().balances[0]
    assert (coin.equity, coin.equity_usd) == (Decimal("1250.75"), None)


def test_risk_limits_of_the_seed_protocol() -> None:
    """The thresholds of a risk monitor: margin rate 0.8 and a loss of 1000 of a position, 0.9 and 100 of the account.

    The monitors are fed with the rows as they come.
    """
    heard: list[tuple[str, RiskEvent]] = []
    positions, account = PositionMonitor(), AccountMonitor()
    positions.limit("margin_ratio", above="0.8", callback=lambda event: heard.append(("rate", event)))
    positions.limit("unrealized_pnl", below=-1000, callback=lambda event: heard.append(("loss", event)))
    account.limit("margin_ratio", above="0.9", callback=lambda event: heard.append(("risk", event)))
    account.limit("available", below=100, callback=lambda event: heard.append(("free", event)))
    row = {**SEED["positions"], "marginRate": "0.8", "unrealizedPnl": "-1000"}
    positions.apply(SeedPosition.from_wire(row))
    account.apply(SeedAccount.from_wire({**SEED["account"], "marginRatio": "0.9", "available": "100.00"}))
    assert heard == []
    positions.apply(SeedPosition.from_wire({**row, "marginRate": "0.81", "unrealizedPnl": "-1000.01"}))
    account.apply(SeedAccount.from_wire({**SEED["account"], "marginRatio": "0.91", "available": "99.99"}))
    assert sorted(name for name, _ in heard) == ["free", "loss", "rate", "risk"]
    assert all(event.is_breach for _, event in heard)


@pytest.mark.parametrize("cls", [Account, V1Account, SeedAccount])
def test_a_balance_must_name_its_coin(cls: type[Account | V1Account | SeedAccount]) -> None:
    """Money of unknown kind is no balance."""
    with pytest.raises(DecodeError, match="marginCoin"):
        cls.from_wire({"available": "1"}).to_update()
