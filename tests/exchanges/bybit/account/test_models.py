"""Bybit's positions and wallet in the neutral words: signs, sides, ratios."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.models import Position, SeedPosition, Wallet, WalletBalance
from okx_sync.state.positions import Positions
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionUpdate
from tests.exchanges.bybit.frames import SEED, V5, objects


def position(side: str, size: str, index: int = 0, **fields: Any) -> PositionUpdate:
    """A position in X."""
    row = {"symbol": "X", "side": side, "size": size, "positionIdx": index, "entryPrice": "10", **fields}
    return Position.from_wire(row).to_update()


def test_a_position_of_v5() -> None:
    """A short one is below zero; the hedge side comes from the index."""
    (row,) = objects(V5["position"])
    assert row.to_update() == PositionUpdate(
        inst_id="BTCPERP", size=Decimal("-0.01"), side="short", entry_price=Decimal("30000.5"),
        mark_price=Decimal("30001"), unrealized_pnl=Decimal("-0.005"), realized_pnl=Decimal("0.01"),
        leverage=Decimal(10), initial_margin=Decimal("30.1"), maintenance_margin=Decimal("1.5"),
        notional=Decimal("300.005"), product="linear", created_at=1700000000000, updated_at=1700000005000,
    )  # fmt: skip


def test_a_position_of_the_seed_protocol() -> None:
    """The same neutral form; leverage is in hundredths there."""
    (row,) = objects(SEED["user.openapi.perp.position"], "seed")
    assert row.to_update() == PositionUpdate(
        inst_id="BTCPERP", size=Decimal("-0.002"), currency="USDC", entry_price=Decimal("44277.5"),
        mark_price=Decimal("44285.75"), unrealized_pnl=Decimal("-0.0165"), realized_pnl=Decimal("0.0000"),
        leverage=Decimal(10), initial_margin=Decimal("8.9"), maintenance_margin=Decimal("0.5"),
        notional=Decimal("88.555"), created_at=1646200779751, updated_at=1646200779752,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("side", "size", "index", "found"),
    [
        ("Buy", "2", 0, ("net", "2")),
        ("Sell", "2", 0, ("net", "-2")),
        ("", "0", 0, ("net", "0")),
        ("None", "0", 0, ("net", "0")),
        ("Buy", "2", 1, ("long", "2")),
        ("Sell", "2", 2, ("short", "-2")),
    ],
)
def test_signs(side: str, size: str, index: int, found: tuple[str, str]) -> None:
    """Long above zero, short below, closed zero."""
    update = position(side, size, index)
    assert (update.side, f"{update.size:f}") == found
    old = SeedPosition.from_wire({"symbol": "X", "side": side, "size": size}).to_update()
    assert f"{old.size:f}" == found[1]


def test_opening_turning_and_closing() -> None:
    """A position keeps its key whatever margin mode and side it has: one event each, nothing left over."""
    positions = Positions()
    pushes = [position("Buy", "2", tradeMode=0), position("Sell", "1", tradeMode=1), position("", "0", tradeMode=0)]
    events = [positions.apply(push) for push in pushes]
    assert [event.kind if event else None for event in events] == ["opened", "flipped", "closed"]
    assert positions.all == ()


@pytest.mark.parametrize(
    "fields",
    [{"side": "Buy", "size": "1"}, {"symbol": "X", "side": "Buy"}, {"symbol": "X", "side": "Up", "size": "1"},
     {"symbol": "X", "side": "", "size": "1"}, {"symbol": "X", "side": "Buy", "size": "1", "positionIdx": 3}],
)  # fmt: skip
def test_unreadable_positions(fields: dict[str, Any]) -> None:
    """Of what, how much, which way: without one of these there is no position."""
    with pytest.raises(DecodeError):
        Position.from_wire(fields).to_update()


def test_an_inverse_position_has_no_value_in_usd() -> None:
    """Its value is in the coin; mixed into totals it would be nonsense."""
    assert position("Buy", "2", category="inverse", positionValue="0.1").notional is None
    assert position("Buy", "2", category="linear", positionValue="0.1").notional == Decimal("0.1")


def test_a_wallet() -> None:
    """Totals in USD; the ratio is maintenance margin over balance, as everywhere here."""
    (row,) = objects(V5["wallet"])
    assert row.to_update() == AccountUpdate(
        currency="USD", total_equity=Decimal("10262.91"), available=Decimal("9556.6"), initial_margin=Decimal("127.8"),
        maintenance_margin=Decimal("12.7"), margin_ratio=Decimal("0.0012"), unrealized_pnl=Decimal("-0.5"),
        balances=(
            BalanceUpdate(
                currency="USDC", equity=Decimal("10262.91"), cash=Decimal("10263.41"), frozen=Decimal(0),
                unrealized_pnl=Decimal("-0.5"), liability=Decimal(0), equity_usd=Decimal("10262.5"),
                updated_at=1700000005003,
            ),
        ),
        updated_at=1700000005003,
    )  # fmt: skip


def test_a_coin_without_a_name() -> None:
    """Is reported, and not the balance of nothing; the other coins are there."""
    update = Wallet.from_wire({"coin": [{"equity": "1"}, {"coin": "BTC", "equity": "1"}]}).to_update()
    assert ([one.currency for one in update.balances], update.is_cut) == (["BTC"], True)
    assert update.unreadable


def test_a_listed_wallet_without_its_coins() -> None:
    """It does not say that there are none, and so is not all of the account; a push tells only what changed."""
    assert WalletBalance.from_wire({"totalEquity": "1"}).to_update().is_cut
    assert not WalletBalance.from_wire({"totalEquity": "1", "coin": []}).to_update().is_cut
    assert not Wallet.from_wire({"totalEquity": "1"}).to_update().is_cut


_FREE = {"walletBalance": "100", "totalPositionIM": "60", "totalOrderIM": "20", "locked": "5", "bonus": "1"}
_EMPTY = {"accountIMRate": "", "totalMarginBalance": "", "totalAvailableBalance": "", "totalInitialMargin": ""}


def free(totals: dict[str, str], **amounts: str) -> BalanceUpdate:
    """The one coin of a wallet with these totals."""
    coin = {"coin": "USDT", "availableToWithdraw": "77", **_FREE, **amounts}
    (balance,) = Wallet.from_wire({**totals, "coin": [coin]}).to_update().balances
    return balance


def test_what_is_free_of_a_coin() -> None:
    """In isolated margin the balance without what is in use; else no figure of a coin tells it, dead ones least."""
    assert free(_EMPTY).available == 14
    assert free(_EMPTY, bonus="").available == 15
    assert free(_EMPTY, totalOrderIM="").available is None
    assert not free(_EMPTY).untold
    cross = free({**_EMPTY, "totalAvailableBalance": "50"})
    assert cross.available is None
    assert "account as a whole" in cross.untold["available"]


def test_an_unreadable_part_makes_what_is_free_unknown() -> None:
    """Left out of the sum it would make it too large."""
    assert free(_EMPTY, bonus="some").available is None
    assert free(_EMPTY, locked="some").available is None


def test_totals_in_isolated_margin() -> None:
    """There is no margin ratio of the account, and the update says so."""
    update = Wallet.from_wire({**_EMPTY, "totalEquity": "5", "coin": []}).to_update()
    assert (update.total_equity, update.available) == (Decimal(5), None)
    assert "isolated" in update.untold["margin_ratio"]
