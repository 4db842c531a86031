"""Which of two pieces of news of an order is the later one: asked by the table of orders, and by recovery."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.state.orders.order_news import OrderMoment
from okx_sync.state.orders.order_state import RANK
from okx_sync.types import OrderStatus

moments = st.builds(
    OrderMoment, st.sampled_from(sorted(RANK)), st.sampled_from([Decimal(0), Decimal(1), Decimal(2)]), st.integers(1, 3)
)


def moment(status: OrderStatus, filled: int, at: int | None) -> OrderMoment:
    """News."""
    return OrderMoment(status, Decimal(filled), at)


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        pytest.param(moment("canceled", 1, 5), moment("partially_filled", 1, 9), id="what is over is over"),
        pytest.param(moment("partially_filled", 2, 5), moment("partially_filled", 1, 9), id="a fill's own time"),
        pytest.param(moment("live", 0, 6), moment("live", 0, 5), id="a change behind the first word"),
        pytest.param(moment("partially_filled", 1, 5), moment("live", 1, 5), id="in one millisecond"),
        pytest.param(moment("partially_filled", 2, None), moment("live", 1, 9), id="more is filled, whenever"),
    ],
)
def test_the_later_of_two(later: OrderMoment, earlier: OrderMoment) -> None:
    """An end before all, then how much is filled, then the time."""
    assert later.compared_to(earlier) > 0
    assert earlier.compared_to(later) < 0


def test_where_nothing_tells() -> None:
    """The same again; and without a time, as of a fill that may carry another one, nothing else that could tell."""
    known = moment("partially_filled", 1, 9)
    assert known.compared_to(known) == 0
    assert moment("live", 1, None).compared_to(known) == 0


def test_a_fill_that_was_told_is_not_later_by_its_time() -> None:
    """The one way recovery asks otherwise: pushed and recovered, the same fill has two times."""
    pushed, recovered = moment("partially_filled", 1, 9), moment("partially_filled", 1, 5)
    assert pushed.compared_to(recovered) > 0
    assert pushed.compared_to(recovered, by_time=False) == recovered.compared_to(pushed, by_time=False) == 0
    assert moment("filled", 2, 4).compared_to(recovered, by_time=False) > 0
    assert moment("canceled", 1, 4).compared_to(recovered, by_time=False) > 0


@given(moments, moments, moments)
def test_all_news_is_in_one_line(one: OrderMoment, two: OrderMoment, three: OrderMoment) -> None:
    """So the latest of many is the same in whatever order they come."""
    assert (one.compared_to(two) > 0) == (two.compared_to(one) < 0)
    if one.compared_to(two) >= 0 and two.compared_to(three) >= 0:
        assert one.compared_to(three) >= 0
