"""Take profit and stop loss of followers' orders live as those of a live client do, on each exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import OrderHandle, Publisher
from okx_sync.algo_types import TriggerPrice
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.test_fanout import bitget_v2, bitget_v3, bybit, okx
from tests.loopback.conftest import PATIENCE_S, until
from tests.loopback.still_exchange import SWAP, still_paper

__all__ = ["still_paper"]

Make = Callable[[PaperExchange, str], tuple[Any, Any, str]]
WIRES = [okx, bybit, bitget_v2, bitget_v3]


@attrs.frozen
class Trader:
    """A follower that sends orders, and the client at its publisher."""

    paper: PaperExchange
    live: Any
    feed: Any
    instrument: str

    def bracket(self, **words: Any) -> OrderHandle:
        """Place an order that rests, and brings both legs."""
        is_okx = self.instrument == SWAP
        given = {"size": "2" if is_okx else "0.02", "price": 60000, "take_profit": 66000, "stop_loss": 58000} | words
        given |= {"td_mode": "cross"} if is_okx else {}
        order: OrderHandle = self.feed.orders.place(self.instrument, "buy", **given)
        self.comes_to(order, "attached")
        return order

    def fill(self, order: OrderHandle) -> None:
        """Fill an order as if somebody had traded with it."""
        if self.instrument == SWAP:
            self.paper.fill(ordId=str(order.order_id))
        else:
            self.paper.fill(str(order.client_order_id))

    def comes_to(self, order: OrderHandle, *told: str) -> None:
        """Wait until what came with an order has these statuses, one each or one for all, here and at the publisher."""

        def is_there(one: OrderHandle) -> bool:
            now = sorted(child.status for child in one.children)
            return bool(now) and now in (sorted(told), [told[0]] * len(now))

        theirs = self.live.orders
        until(lambda: str(order.order_id) in theirs, what="the order at the publisher")
        for one in (order, theirs[str(order.order_id)]):
            assert one.wait_until(is_there, PATIENCE_S), (told, one.children)


@contextmanager
def trading(paper: PaperExchange, broker: Broker, make: Make) -> Iterator[Trader]:
    """A follower whose orders and algo orders are synced."""
    client, feed, instrument = make(paper, broker.url)
    with client, Publisher(client, broker.url, account="alice") as out, feed:
        out.serve_orders(allow="all")
        for one in (client, feed):
            assert one.orders.algos.wait_synced(PATIENCE_S), one.orders.algos.unsynced_reason
            assert one.orders.wait_synced(PATIENCE_S)
        yield Trader(paper, client, feed, SWAP if instrument == "BTC-USDT" else instrument)


@pytest.mark.parametrize("make", WIRES)
def test_the_life_of_a_bracket(still_paper: PaperExchange, broker: Broker, make: Make) -> None:
    """Attached, changed, armed with the fill, fired: the same handles all along, and each fill counts once."""
    with trading(still_paper, broker, make) as trader:
        order = trader.bracket()
        gain, loss = order.take_profit, order.stop_loss
        assert gain is not None
        assert loss is not None
        is_pair = gain is loss
        gain.amend(take_profit=66500)
        assert gain.wait_until(lambda one: one.take_profit == TriggerPrice(66500), PATIENCE_S)
        trader.fill(order)
        trader.comes_to(order, "armed")
        loss.amend(stop_loss=57000)
        assert loss.wait_until(lambda one: one.stop_loss == TriggerPrice(57000), PATIENCE_S)
        still_paper.trade_at(SWAP, "66500")
        trader.comes_to(order, *(("fired",) if is_pair else ("fired", "canceled")))
        if make is bitget_v3:  # where no row tells which order it sent
            assert gain.snapshot().fired_leg == "take_profit"
        else:
            assert gain.wait_until(lambda one: one.orders and one.orders[0].is_filled, PATIENCE_S), gain
        assert [step.status for step in gain.history if step.status != "running"] == [
            "pending", "attached", "armed", "fired",
        ]  # fmt: skip
        known = trader.feed.orders
        assert known.wait_until(lambda known: len(known.snapshot().fills) == 2, PATIENCE_S)
        size = Decimal("2") if trader.instrument == SWAP else Decimal("0.02")
        assert [(one.side, one.size) for one in known.snapshot().fills] == [("buy", size), ("sell", size)]
        assert (len(known), len(known.algos)) == (0, 0)


@pytest.mark.parametrize(
    "make", [bitget_v2, *(pytest.param(one, marks=pytest.mark.slow) for one in (okx, bybit, bitget_v3))]
)
def test_brackets_while_the_follower_is_cut_off(still_paper: PaperExchange, broker: Broker, make: Make) -> None:
    """What was armed, fired and ended meanwhile is asked for through the publisher, and told to the same handles."""
    with trading(still_paper, broker, make) as trader:
        fires, dies, arms = trader.bracket(), trader.bracket(price=59000), trader.bracket(price=59500, stop_loss=40000)
        trader.fill(fires)
        trader.comes_to(fires, "armed")
        broker.kill()
        algos = trader.feed.orders.algos
        until(lambda: not algos.synced)
        still_paper.trade_at(SWAP, "66000")
        still_paper.trade_at(SWAP, "65000")
        trader.fill(arms)
        assert trader.live.orders[str(dies.order_id)].cancel()
        broker.start()
        assert algos.wait_synced(PATIENCE_S), algos.unsynced_reason
        gain = fires.take_profit
        assert gain is not None
        assert gain.wait_until(lambda one: one.status == "fired", PATIENCE_S), gain
        trader.comes_to(arms, "armed")
        trader.comes_to(dies, "canceled")
