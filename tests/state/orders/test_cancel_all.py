"""``CancelAllResult``: one outcome for each order, and whether any of them may go on."""

from __future__ import annotations

from typing import get_args

import pytest

from okx_sync.errors import OkxApiError
from okx_sync.state.orders.cancel_all import CancelAllResult, CancelOutcome, CancelVerdict
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_manager import OrderManager
from tests.state.order_histories import update

ENDED: set[CancelVerdict] = {"accepted", "gone"}


@pytest.fixture
def order() -> OrderHandle:
    """Some order."""
    manager = OrderManager()
    manager.apply(update("live"))
    return manager["1"]


@pytest.mark.parametrize("verdict", get_args(CancelVerdict))
def test_what_is_not_known_to_end_is_not_ok(order: OrderHandle, verdict: CancelVerdict) -> None:
    """No answer, and nothing sent, are no reason to believe that an order is gone."""
    outcome = CancelOutcome(order, verdict)
    assert outcome.ok == (verdict in ENDED)
    result = CancelAllResult((outcome,))
    assert (result.ok, bool(result)) == (outcome.ok, outcome.ok)
    assert result.failed == (() if outcome.ok else (outcome,))


def test_one_that_may_go_on_makes_the_whole_not_ok(order: OrderHandle) -> None:
    """It is among the failed, with its error; all are there in their order."""
    refused = CancelOutcome(order, "refused", OkxApiError("no", code="51000"))
    outcomes = (CancelOutcome(order, "accepted"), refused, CancelOutcome(order, "gone"))
    result = CancelAllResult(outcomes)
    assert (result.ok, bool(result), result.failed) == (False, False, (refused,))
    assert (len(result), tuple(result)) == (3, outcomes)


def test_where_nothing_was_open_all_is_well() -> None:
    """An empty result is true: there is nothing left that could be filled."""
    assert (CancelAllResult().ok, bool(CancelAllResult()), len(CancelAllResult())) == (True, True, 0)
