"""How far a position may come: the worst that open orders can do, whatever is filled first."""

from __future__ import annotations

import itertools
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okx_sync.state.exposure import OpenOrder, reach
from okx_sync.types import PositionUpdate, Side
from tests.each_case import each_case


def held(size: int, side: str = "net") -> PositionUpdate:
    return PositionUpdate(inst_id="BTC", size=Decimal(size), side=side)  # type: ignore[arg-type]


def order(side: Side | None, counts: int | None, *, closes: bool = False, of: str | None = None) -> OpenOrder:
    amount = None if counts is None else Decimal(counts)
    return OpenOrder(ids=frozenset(), side=side, position_side=of, counts=amount, closes=closes)  # type: ignore[arg-type]


@each_case(
    ("positions", "orders", "side", "position_side", "expected"),
    [
        ([], [], "buy", None, 0),
        ([held(3)], [order("buy", 2), order("sell", 9)], "buy", None, 5),
        ([held(3)], [order("buy", 2), order("sell", 9)], "sell", None, 6),
        ([held(-3)], [order("buy", 2)], "buy", None, -1),
        ([held(-3)], [order("buy", 9, closes=True), order("buy", 2)], "buy", None, 2),
        ([held(-3)], [order("buy", 1, closes=True), order("buy", 2)], "buy", None, 0),
        ([held(-3)], [order("buy", None, closes=True), order("buy", 2)], "buy", None, 2),
        ([held(3)], [order("buy", 9, closes=True), order("buy", 2)], "buy", None, 5),
        ([held(3)], [order("buy", None)], "buy", None, None),
        ([held(3)], [order("buy", None)], "sell", None, -3),
        ([held(3)], [order(None, 1)], "buy", None, None),
        ([held(3)], [], None, None, None),
        ([held(3, "long"), held(-4, "short")], [order("buy", 2, of="long")], "buy", "long", 5),
        ([held(3, "long"), held(-4, "short")], [order("sell", 2, of="short")], "sell", "short", 6),
        ([held(3, "long")], [order("sell", 2, of="long", closes=True)], "buy", "long", 3),
    ],
)
def test_the_reach_of_a_position(
    positions: list[PositionUpdate],
    orders: list[OpenOrder],
    side: Side | None,
    position_side: str | None,
    expected: int | None,
) -> None:
    """Position and orders of one direction; those that close bring an opposite one to 0; the unknown stays unknown."""
    found = reach(positions, orders, side, position_side)  # type: ignore[arg-type]
    assert found == (None if expected is None else Decimal(expected))


_ORDERS = st.lists(
    st.builds(order, st.sampled_from(["buy", "sell"]), st.integers(0, 5), closes=st.booleans()), max_size=4
)


@given(st.integers(-6, 6), _ORDERS)
def test_no_order_of_fills_goes_further(start: int, orders: list[OpenOrder]) -> None:
    """In whatever order they are filled, whole or not at all, the position stays within its reach."""
    most = {side: reach([held(start)], orders, side, None) for side in ("buy", "sell")}
    for number in range(len(orders) + 1):
        for filled in itertools.permutations(orders, number):
            position = Decimal(start)
            for one in filled:
                sign = 1 if one.side == "buy" else -1
                room = max(Decimal(0), -position * sign) if one.closes else one.counts or Decimal(0)
                position += sign * min(one.counts or Decimal(0), room)
                assert most["buy"] is not None
                assert most["sell"] is not None
                assert position <= max(most["buy"], Decimal(start))
                assert -position <= max(most["sell"], Decimal(-start))
