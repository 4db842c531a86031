"""``client.uta`` on the paper exchange, by a second reading of the documentation: orders, positions, money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest

from okx_sync import BitgetClient, OkxApiError, OkxAuthError
from okx_sync.exchanges.bitget.uta.rest import Uta
from okx_sync.paper import PaperExchange

PERP: Final[dict[str, Any]] = {"category": "USDT-FUTURES", "symbol": "BTCUSDT"}
FUTURES: Final = {"category": "USDT-FUTURES"}
NEW: Final[dict[str, Any]] = {**PERP, "side": "buy", "order_type": "limit", "qty": "0.01"}


@pytest.fixture
def uta(paper: PaperExchange) -> Iterator[Uta]:
    """The calls of carol, whose account is unified."""
    paper.quiet()
    with client_of(paper, "carol") as client:
        yield client.uta


def client_of(paper: PaperExchange, label: str) -> BitgetClient:
    return BitgetClient(paper.bitget_config(account=label))


def test_life_of_an_order(uta: Uta) -> None:
    """Placed, found, changed, canceled; an order that is gone is said to be."""
    receipt = uta.place_order(**NEW, price="60000", time_in_force="post_only")
    assert [row.orderId for row in uta.get_open_orders()] == [receipt.orderId]
    changed = uta.amend_order(client_oid=receipt.clientOid, new_price="59000")
    found = uta.get_order(client_order_id=receipt.clientOid).to_update()
    assert (found.order_id, found.price, found.status) == (changed.orderId, Decimal(59000), "live")
    assert uta.cancel_order(order_id=changed.orderId).ok
    assert uta.get_order(changed.orderId).to_update().status == "canceled"
    with pytest.raises(OkxApiError):
        uta.cancel_order(order_id=changed.orderId)


def test_a_position_and_what_it_costs(uta: Uta) -> None:
    """The order, its fills and the position say the same; what was paid is below 0 in all neutral objects."""
    uta.set_leverage(**PERP, leverage=5)
    receipt = uta.place_order(**{**NEW, "order_type": "market"})
    order = uta.get_order(receipt.orderId).to_update()
    fills = [row.to_update() for row in uta.iter_fills("USDT-FUTURES") if row.orderId == receipt.orderId]
    assert order.filled == sum(one.size for one in fills if one) == Decimal("0.01")
    assert order.fee == sum(one.fee or 0 for one in fills if one) < 0
    (position,) = [row.to_update() for row in uta.get_positions("USDT-FUTURES")]
    assert (position.size, position.leverage, position.entry_price) == (
        Decimal("0.01"),
        Decimal(5),
        order.average_price,
    )
    assert all(row.ok for row in uta.close_positions("USDT-FUTURES"))
    assert uta.get_positions("USDT-FUTURES") == []
    (closed,) = uta.iter_position_history("USDT-FUTURES")
    assert closed.closeTotalPos == Decimal("0.01")


def test_batches(uta: Uta) -> None:
    """Each row is judged for itself."""
    rows = [{**NEW, "price": price, "client_oid": f"o{price}"} for price in ("60000", "60001", "0.01")]
    placed = uta.place_batch_orders(rows[:2])
    assert placed.ok
    changed = uta.amend_batch_orders([{**PERP, "client_oid": "o60000", "new_price": "59000"}])
    assert changed.ok
    canceled = uta.cancel_batch_orders([{**PERP, "client_oid": name} for name in ("o60000", "nobody")])
    assert [row.ok for row in canceled] == [True, False]
    assert [row.ok for row in uta.cancel_all_orders("USDT-FUTURES")] == [True]
    assert uta.get_open_orders() == []


def test_strategy_orders(uta: Uta) -> None:
    """A stop-loss of a position is placed, changed, listed and canceled."""
    uta.place_order(**{**NEW, "order_type": "market"})
    placed = uta.place_strategy_order(**PERP, pos_side="long", stop_loss="100")
    uta.amend_strategy_order(placed.orderId, qty="0.01", stop_loss="110")
    (row,) = uta.get_open_strategy_orders("USDT-FUTURES")
    assert (row.orderId, row.stopLoss) == (placed.orderId, Decimal(110))
    assert uta.cancel_strategy_order(placed.orderId).ok
    assert uta.get_open_strategy_orders("USDT-FUTURES") == []


def test_settings_and_money(uta: Uta) -> None:
    """Modes, transfers and the countdown are taken."""
    uta.set_hold_mode("hedge_mode")
    assert uta.get_account_settings().holdMode == "hedge_mode"
    uta.set_hold_mode("one_way_mode")
    assert uta.submit_transfer("uta", "spot", "1", "USDT").transferId
    assert uta.get_funding_assets("USDT")[0].balance == 1
    uta.set_countdown_cancel_all(30)
    uta.set_countdown_cancel_all(0)


def test_the_other_kind_of_account(paper: PaperExchange) -> None:
    """A classic key is refused with a hint at its own calls."""
    with client_of(paper, "alice") as client:
        assert client.account_kind() == "classic"
        with pytest.raises(OkxAuthError, match="40084") as caught:
            client.uta.get_account_assets()
        assert "client.mix" in (caught.value.hint or "")
