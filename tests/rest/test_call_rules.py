"""``terms``: what an endpoint adds to a call, the same for REST and for operations on streams."""

from __future__ import annotations

import pytest

from okx_sync.errors import ConfigError, OkxTimeoutError, OrderStatusUnknown
from okx_sync.rest import call_rules
from okx_sync.rest.limits import Charge
from tests.rest.toy_dialect import ToyDialect
from tests.rest.toy_group import Toy

ENDPOINTS = {one.name: one for one in Toy.endpoints}


def test_a_batch_of_one_is_charged_as_a_single_call() -> None:
    """And a larger one by the order, in the bucket of its instrument."""
    rows = [{"market": "m"}, {"market": "m"}]
    one = call_rules.charges(ToyDialect(), ENDPOINTS["orders"], {"orders": rows[:1]})
    two = call_rules.charges(ToyDialect(), ENDPOINTS["orders"], {"orders": rows})
    assert [(charge.count, charge.cost) for charge in one] == [(1, 1)]
    assert [(charge.count, charge.cost) for charge in two] == [(20, 2)]
    assert one[0].key != two[0].key


def test_rows_of_a_call() -> None:
    """A single call is about one object, a batch about those in it."""
    assert call_rules.rows_of(ENDPOINTS["order"], {"market": "m"}) == [{"market": "m"}]
    assert call_rules.rows_of(ENDPOINTS["orders"], {"orders": [{"market": "m"}]}) == [{"market": "m"}]


def test_a_batch_must_have_a_size() -> None:
    """Neither empty nor larger than the exchange takes."""
    for size in (0, 3):
        with pytest.raises(ConfigError, match="orders must hold 1 to 2"):
            call_rules.filled(ENDPOINTS["orders"], {"orders": [{}] * size})


def test_which_buckets_are_shut() -> None:
    """The tightest ones, for their window or for as long as the exchange says; a long window is cut."""
    narrow, wide = Charge("narrow", 60, 2.0), Charge("wide", 1000, 2.0)
    assert call_rules.pause_of([narrow, wide], None) == ([narrow], 2.0)
    assert call_rules.pause_of([narrow, wide], 7.0) == ([narrow], 7.0)
    assert call_rules.pause_of([Charge("slow", 1, 3600.0)], None)[1] == 10.0
    assert call_rules.pause_of([], None) == ([], 1.0)


def test_a_lost_order_is_named() -> None:
    """Every order of the request, by whatever it was called; other writing calls keep their own error."""
    cause = OkxTimeoutError("no reply", retryable=True)
    rows = [{"market": "m", "mine": "a"}, {"mine": "b"}]
    lost = call_rules.lost(ToyDialect(), ENDPOINTS["orders"], {"orders": rows}, cause)
    assert isinstance(lost, OrderStatusUnknown)
    assert [order["mine"] for order in lost.orders] == ["a", "b"]
    assert lost.clOrdId == "a"
    assert not lost.retryable
    other = call_rules.lost(ToyDialect(), ENDPOINTS["settings"], {}, cause)
    assert other is cause
    assert not other.retryable
