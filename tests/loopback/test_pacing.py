"""Rate limits with both sides on one clock that nobody waits for: thousands of calls, none refused."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest

from okx_sync import OkxClient
from okx_sync.exchanges.okx.rest import AmendOrder, CancelOrder, NewOrder
from okx_sync.paper import PaperClock, PaperExchange
from tests.loopback.clocks import PaperTimed
from tests.variants import mostly_slow

NOON = 1_763_726_400.0
PAIRS = ("BTC-USDT", "ETH-USDT", "SOL-USDT")


class Trader:
    """Everything a busy bot asks for, chosen by chance."""

    def __init__(self, client: OkxClient, seed: int) -> None:
        self.client = client
        self.rng = random.Random(seed)
        self.open: list[tuple[str, str]] = []

    def run(self, calls: int) -> None:
        """Make so many calls."""
        acts: list[Callable[[], object]] = [
            *[self.place] * 5,
            *[self.cancel] * 4,
            self.amend,
            self.batch,
            self.cancel_batch,
            self.stop,
            lambda: self.client.get_ticker(self.pair()),
            lambda: self.client.get_orderbook(self.pair()),
            lambda: self.client.get_candles(self.pair()),
            self.client.get_balance,
            self.client.get_positions,
            self.client.get_orders_pending,
            self.client.get_system_time,
        ]
        for _ in range(calls):
            self.rng.choice(acts)()

    def pair(self) -> str:
        """Mostly the first one, so that its own limits are reached."""
        return self.rng.choices(PAIRS, (8, 1, 1))[0]

    def _order(self, inst_id: str) -> NewOrder:
        return NewOrder(inst_id, "cash", "buy", "limit", "0.01", px="1")

    def place(self) -> None:
        """One order that rests far away."""
        inst_id = self.pair()
        placed = self.client.place_order(inst_id, "cash", "buy", "limit", "0.01", "1")
        self.open.append((inst_id, str(placed.ordId)))

    def cancel(self) -> None:
        """The newest one."""
        if self.open:
            self.client.cancel_order(*self.open.pop())

    def amend(self) -> None:
        """Any one."""
        if self.open:
            inst_id, ord_id = self.rng.choice(self.open)
            self.client.trade.amend_order(inst_id, ord_id, new_px="2")

    def batch(self) -> None:
        """One to twenty at once."""
        orders = [self._order(self.pair()) for _ in range(self.rng.randint(1, 20))]
        rows = self.client.trade.place_batch_orders(orders)
        self.open += [(order.inst_id, str(row.ordId)) for order, row in zip(orders, rows, strict=True)]
        changes = [AmendOrder(*one, new_px="3") for one in self.open[-2:]]
        self.client.trade.amend_batch_orders(changes)

    def cancel_batch(self) -> None:
        """The newest twenty."""
        gone, self.open = self.open[-20:], self.open[:-20]
        if gone:
            self.client.trade.cancel_batch_orders([CancelOrder(*one) for one in gone])

    def stop(self) -> None:
        """An algo order."""
        self.client.algo.place_algo_order("BTC-USDT", "cash", "sell", "trigger", "0.01", trigger_px="1", order_px="-1")


def _calls_without_a_refusal(calls: int) -> None:
    with PaperExchange(limits=True, flow_per_s=0, clock=PaperClock(NOON, frozen=True)) as paper:
        began = paper.clock.monotonic()
        with OkxClient(paper.config, clock=PaperTimed(paper)) as client:
            Trader(client, 11).run(calls)
        statuses = Counter(request.status for request in paper.requests)
        codes = Counter(request.code for request in paper.requests)
        assert set(statuses) == {200}
        assert set(codes) == {"0"}
        # It was the limits that this took so long for, not the calls.
        assert paper.clock.monotonic() - began > calls / 200
        assert paper.problems == []


@pytest.mark.parametrize("calls", mostly_slow([300, 600], [300]))
def test_hundreds_of_calls_and_not_one_refused(calls: int) -> None:
    """Orders, batches, algo orders and data, as fast as they go: the exchange enforces its limits and refuses none."""
    _calls_without_a_refusal(calls)


@pytest.mark.slow
def test_ten_thousand_calls_and_not_one_refused() -> None:
    """The same for ten thousand."""
    _calls_without_a_refusal(10_000)
