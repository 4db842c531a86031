"""``LazyOrderEntry``: order operations cost nothing before the first one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.live.lazy_order_entry import LazyOrderEntry
from okx_sync.live.order_entry import OrderEntry, StreamOp
from tests.live.order_stage import CODED, ORDER, OrderStage, order_stage


class Lazy(LazyOrderEntry):
    """Over a stage; counts how often it is made."""

    def __init__(self, stage: OrderStage) -> None:
        self.made = 0

        def make() -> tuple[Mapping[str, StreamOp], OrderEntry]:
            self.made += 1
            return {"order": ORDER, "coded": CODED}, stage.entry

        super().__init__(make)


@pytest.fixture
def stage() -> Iterator[OrderStage]:
    """What it would make."""
    with order_stage() as one:
        yield one


def test_it_is_made_with_the_first_operation_and_once(stage: OrderStage) -> None:
    """Operations go by their word."""
    lazy = Lazy(stage)
    assert lazy.made == 0
    lazy.prepare("coded", ["BTC"], 5)
    assert lazy.run("order", ("BTC", 1), {"mine": "m1"}).px == 1
    assert lazy.run("coded", ("BTC", 1), {"mine": "m2"}).px == 1
    assert [request["op"] for request in stage.requests] == ["order", "coded"]
    assert (lazy.made, stage.codes.asked) == (1, ["BTC", "BTC"])


def test_checking_needs_it_too_and_sends_nothing(stage: OrderStage) -> None:
    """What the operation would raise is raised."""
    lazy = Lazy(stage)
    lazy.check("order", ("BTC", 1), {})
    with pytest.raises(ConfigError):
        lazy.check("order", ("BTC",), {})
    assert (lazy.made, stage.exchange.heard) == (1, [])


def test_one_that_was_never_used_is_not_made_to_be_closed(stage: OrderStage) -> None:
    """However often; afterwards there is none."""
    lazy = Lazy(stage)
    lazy.close()
    lazy.close()
    assert lazy.made == 0
    for call in (lambda: lazy.run("order", ("BTC", 1), {}), lambda: lazy.prepare("order", [], None)):
        with pytest.raises(StreamClosed):
            call()


def test_closing_ends_what_is_under_way(stage: OrderStage) -> None:
    """And gives out nothing any more."""
    lazy = Lazy(stage)
    lazy.run("order", ("BTC", 1), {})
    lazy.close()
    with pytest.raises(StreamClosed):
        lazy.run("order", ("BTC", 1), {})
    assert len(stage.requests) == 1
