"""Bitget's orders and fills in neutral words, and that a fill counts once whoever tells of it."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.models import Fill, Order, SeedExecution, SeedOrder, V1Order
from okx_sync.state.orders.order_table import Orders
from okx_sync.types import FillUpdate, OrderUpdate
from tests.exchanges.bitget.rows import SEED, V1, V2


def order(**changes: Any) -> OrderUpdate:
    return Order.from_wire({**V2["orders"], **changes}).to_update()


def test_an_order_of_v2() -> None:
    """Ids, amounts and times; fees are summed, an empty reason is none, and the fill rides along."""
    row = Order.from_wire(V2["orders"])
    assert row.to_update() == OrderUpdate(
        inst_id="ETHUSDT", order_id="900", client_order_id="mine-1", status="partially_filled", side="buy",
        order_type="limit", position_side="long", price=Decimal(2710), size=Decimal("0.5"), filled=Decimal("0.3"),
        average_price=Decimal(2710), fee=Decimal("-0.4878"), fee_currency="USDT", pnl=Decimal("0.75"),
        reduce_only=False, created_at=1763733000000, updated_at=1763733333701,
        fill=FillUpdate(
            inst_id="ETHUSDT", trade_id="5501", order_id="900", client_order_id="mine-1", side="buy",
            price=Decimal(2710), size=Decimal("0.1"), fee=Decimal("-0.1626"), fee_currency="USDT", is_maker=True,
            ts=1763733333700,
        ),
    )  # fmt: skip
    assert row.to_update().raw is row


def test_a_fill_of_v2() -> None:
    """The channel of fills tells the same fill as the order, and its profit."""
    fill, told = Fill.from_wire(V2["fill"]).to_update(), order().fill
    assert fill is not None
    assert told is not None
    assert (fill.inst_id, fill.trade_id, fill.order_id, fill.side) == (
        told.inst_id, told.trade_id, told.order_id, told.side,
    )  # fmt: skip
    assert (fill.price, fill.size, fill.fee, fill.fee_currency, fill.is_maker) == (
        told.price, told.size, told.fee, told.fee_currency, told.is_maker,
    )  # fmt: skip
    assert (fill.pnl, fill.ts) == (Decimal(0), 1763733333700)


def test_an_order_of_v1() -> None:
    """The same under V1's names and words; 0 as the price of a market order is none."""
    update = V1Order.from_wire(V1["orders"]).to_update()
    assert (update.inst_id, update.order_id, update.status) == ("ETHUSDT_UMCBL", "900", "filled")
    assert (update.price, update.size, update.filled) == (None, Decimal("0.3"), Decimal("0.3"))
    assert (update.side, update.position_side, update.reduce_only) == ("sell", "long", False)
    assert (update.fee, update.fee_currency) == (Decimal("-0.307836"), "USDT")
    fill = update.fill
    assert fill is not None
    assert (fill.trade_id, fill.price, fill.size, fill.is_maker) == ("5501", Decimal("1710.2"), Decimal("0.3"), False)
    assert (fill.pnl, fill.ts) == (Decimal("2.91"), 1663733333700)


def test_an_order_and_an_execution_of_the_seed_protocol() -> None:
    """A cost comes as a positive fee there, and is negative as everywhere here."""
    update = SeedOrder.from_wire(SEED["orders"]).to_update()
    assert (update.inst_id, update.order_id, update.status) == ("ETHUSDT", "900", "partially_filled")
    assert (update.filled, update.average_price, update.updated_at) == (Decimal("0.10"), Decimal(2721), 1721441751929)
    fill = SeedExecution.from_wire(SEED["execution"]).to_update()
    assert fill is not None
    assert (fill.fee, fill.fee_currency, fill.is_maker) == (Decimal("-0.16326"), "USDT", False)
    assert (fill.trade_id, fill.price, fill.size, fill.ts) == ("5501", Decimal(2721), Decimal("0.10"), 1721441751929)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("live", "live"),
        ("partially_filled", "partially_filled"),
        ("filled", "filled"),
        ("canceled", "canceled"),
        ("cancelled", "canceled"),
        ("new", "live"),
        ("init", "live"),
        ("partial-fill", "partially_filled"),
        ("full-fill", "filled"),
    ],
)
def test_statuses(word: str, status: str) -> None:
    """Every protocol's words."""
    assert order(status=word).status == status


@pytest.mark.parametrize("changes", [{"status": "odd"}, {"status": ""}, {"orderId": ""}, {"instId": None}])
def test_what_cannot_be_placed_is_refused(changes: dict[str, Any]) -> None:
    """No ids or an unknown status: an error with the row's text, and no guess."""
    with pytest.raises(DecodeError) as caught:
        order(**changes)
    assert "mine-1" in caught.value.text


@pytest.mark.parametrize(
    ("position", "trade", "told", "side"),
    [
        ("long", "open", "buy", "buy"),
        ("long", "close", "buy", "sell"),
        ("long", "close", "sell", "sell"),
        ("short", "open", "sell", "sell"),
        ("short", "close", "sell", "buy"),
        ("short", "close", "buy", "buy"),
        ("long", "burst_close_long", "buy", "sell"),
        ("short", "dte_sys_adl_close_short", "sell", "buy"),
        ("net", "buy_single", "buy", "buy"),
        ("net", "close", "sell", "sell"),
        ("long", "", "buy", "buy"),
        ("long", "some_new_word", "sell", "sell"),
    ],
)
def test_sides_in_hedge_mode(position: str, trade: str, told: str, side: str) -> None:
    """An order that closes a long position sells, whichever of the two sides Bitget names."""
    update = order(posSide=position, tradeSide=trade, side=told)
    assert update.side == side
    assert update.fill is not None
    assert update.fill.side == side


def test_nothing_filled() -> None:
    """A new order has neither an average price nor a fill, though Bitget says 0."""
    row = {key: V2["orders"][key] for key in ("instId", "orderId", "size", "price", "side")}
    update = Order.from_wire({**row, "status": "live", "priceAvg": "0", "tradeId": "", "fillPrice": ""}).to_update()
    assert (update.filled, update.average_price, update.fill, update.fee) == (Decimal(0), None, None, None)


def test_fees_in_several_coins_are_not_added_up() -> None:
    """A sum over currencies would be no amount of anything."""
    update = order(feeDetail=[{"feeCoin": "USDT", "fee": "-1"}, {"feeCoin": "BGB", "fee": "-2"}])
    assert (update.fee, update.fee_currency) == (None, None)
    twice = order(feeDetail=[{"feeCoin": "USDT", "fee": "-1"}, {"feeCoin": "USDT", "fee": "-0.5"}])
    assert (twice.fee, twice.fee_currency) == (Decimal("-1.5"), "USDT")


def _apply(orders: Orders, news: OrderUpdate | FillUpdate | None) -> None:
    assert news is not None
    if isinstance(news, FillUpdate):
        orders.apply_fill(news)
    else:
        orders.apply(news)


_TWO_FILLS: dict[str, list[OrderUpdate | FillUpdate | None]] = {
    # The order tells of both fills with its news, and the channel of fills tells of them again.
    "v2": [
        order(accBaseVolume="0.1", priceAvg="2700", baseVolume="0.1", fillPrice="2700", tradeId="1", uTime="1"),
        Fill.from_wire({**V2["fill"], "tradeId": "1", "price": "2700", "baseVolume": "0.1"}).to_update(),
        order(accBaseVolume="0.4", priceAvg="2715", baseVolume="0.3", fillPrice="2720", tradeId="2", uTime="2"),
        Fill.from_wire({**V2["fill"], "tradeId": "2", "price": "2720", "baseVolume": "0.3"}).to_update(),
    ],
    "seed": [
        SeedOrder.from_wire(
            {**SEED["orders"], "filledSize": "0.1", "avgPrice": "2700", "side": "buy", "timestamp": 1}
        ).to_update(),
        SeedExecution.from_wire(
            {**SEED["execution"], "tradeId": "1", "price": "2700", "size": "0.1", "side": "buy"}
        ).to_update(),
        SeedOrder.from_wire(
            {**SEED["orders"], "filledSize": "0.4", "avgPrice": "2715", "side": "buy", "timestamp": 2}
        ).to_update(),
        SeedExecution.from_wire(
            {**SEED["execution"], "tradeId": "2", "price": "2720", "size": "0.3", "side": "buy"}
        ).to_update(),
    ],
}


@pytest.mark.parametrize("protocol", _TWO_FILLS)
def test_a_fill_counts_once(protocol: str) -> None:
    """0.1 at 2700 and 0.3 at 2720 are 0.4 at 2715, exactly, in whatever order the four pieces of news come."""
    for news in permutations(_TWO_FILLS[protocol]):
        orders = Orders()
        for piece in news:
            _apply(orders, piece)
        record = orders.find("900")
        assert record is not None
        assert (record.state.filled, record.state.average_price) == (Decimal("0.4"), Decimal(2715))
        assert len(orders.fills) == 2
