"""Algo orders by themselves on Bybit: orders that wait, and stops of positions, which Bybit gives an id of its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from okx_sync import BybitWsClient, ConfigError, OkxApiError, OrderManager, OrderStatusUnknown
from okx_sync.algo_types import TriggerPrice
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.algo_manager import AlgoManager
from okx_sync.state.orders.order_handle import AlgoHandle
from tests.loopback.conftest import FAST, PATIENCE_S
from tests.loopback.still_exchange import SWAP, still_paper

__all__ = ["still_paper"]

D = Decimal
BTC = "BTCUSDT"
SELL: dict[str, Any] = {"inst_id": BTC, "side": "sell", "size": "0.01"}


@pytest.fixture
def orders(still_paper: PaperExchange) -> Iterator[OrderManager]:
    """Those of a client, on an exchange on which nothing moves by itself; the last price is 65000."""
    with BybitWsClient(still_paper.bybit_config(), options=FAST) as ws:
        assert ws.orders.algos.wait_synced(PATIENCE_S)
        yield ws.orders


def comes_to(algo: AlgoHandle, status: str) -> AlgoHandle:
    """Wait for a status."""
    assert algo.wait_until(lambda one: one.status == status, PATIENCE_S), algo
    return algo


def _are_armed(number: int, algos: AlgoManager) -> bool:
    return [one.status for one in algos] == ["armed"] * number


def test_an_order_with_a_trigger(still_paper: PaperExchange, orders: OrderManager) -> None:
    """It is found by its id of ours, changed, and becomes the order that it is; it can be ended before."""
    low = orders.place_algo("trigger", **SELL, price=60100, trigger=60000, client_order_id="low")
    high = orders.place_algo("trigger", BTC, "buy", "0.02", trigger=TriggerPrice(70000, by="mark"))
    for algo in low, high:
        assert comes_to(algo, "armed").algo_id is not None
        assert orders[str(algo.algo_id)].status == "live"
    assert (low.trigger, low.size) == (TriggerPrice(60000, limit=60100), D("0.01"))
    assert (high.trigger, orders.algos["low"]) == (TriggerPrice(70000, by="mark"), low)
    low.amend(trigger=TriggerPrice(61000, limit=61100), size="0.03")
    assert low.wait_until(lambda one: one.trigger == TriggerPrice(61000, limit=61100), PATIENCE_S)
    high.amend(trigger=71000)
    assert high.wait_until(lambda one: one.trigger == TriggerPrice(71000, by="mark"), PATIENCE_S)
    assert high.cancel()
    assert str(comes_to(high, "canceled").reason).startswith("CancelByUser")
    still_paper.trade_at(SWAP, "61000")
    comes_to(low, "fired")
    (sent,) = low.orders
    assert (sent.client_order_id, sent.order_id, sent.price, sent.size) == ("low", low.algo_id, D(61100), D("0.03"))
    assert sent.cancel()
    assert sent.wait_done(PATIENCE_S)
    assert (low.status, len(orders.algos), len(orders)) == ("fired", 0, 0)
    with pytest.raises(ConfigError, match="is 61000 already"):
        orders.place_algo("trigger", **SELL, trigger=61000)
    with pytest.raises(OkxApiError):
        orders.place_algo("trigger", **SELL, trigger=60000, trigger_direction=1)
    assert [one.status for one in orders.algos.finished][-1] == "rejected"


def test_what_an_order_with_a_trigger_brings(still_paper: PaperExchange, orders: OrderManager) -> None:
    """Its take profit and stop loss are attached to the order that it is, and armed when that is filled."""
    entry = orders.place_algo("trigger", BTC, "buy", "0.02", trigger=66000, take_profit=70000, stop_loss=58000)
    comes_to(entry, "armed")
    order = orders[str(entry.algo_id)]
    assert order.wait_until(lambda one: [c.status for c in one.children] == ["attached"] * 2, PATIENCE_S)
    assert (entry.take_profit, entry.stop_loss) == (TriggerPrice(70000), TriggerPrice(58000))
    entry.amend(take_profit=71000, stop_loss=0)
    assert entry.wait_until(lambda one: one.take_profit == TriggerPrice(71000) and one.stop_loss is None, PATIENCE_S)
    assert order.wait_until(lambda one: [c.status for c in one.children] == ["attached", "canceled"], PATIENCE_S)
    still_paper.trade_at(SWAP, "66000")
    comes_to(entry, "fired")
    assert order.wait_filled(PATIENCE_S)
    gain = order.children[0]
    assert (comes_to(gain, "armed").take_profit, gain.size, gain.parent) == (TriggerPrice(71000), D("0.02"), order)


def test_orders_of_pairs(still_paper: PaperExchange, orders: OrderManager) -> None:
    """A trigger, and a stop that holds what it sells: each is ended by its kind."""
    trigger = orders.place_algo("trigger", **SELL, trigger=60000, product="spot")
    stop = orders.place_algo("conditional", **SELL, stop_loss=TriggerPrice(64000, limit=63900), product="spot")
    gain = orders.place_algo("conditional", **SELL, take_profit=66000, product="spot")
    for algo in trigger, stop, gain:
        comes_to(algo, "armed")
    assert (stop.leg, stop.stop_loss, gain.take_profit) == (
        "stop_loss", TriggerPrice(64000, limit=63900), TriggerPrice(66000),
    )  # fmt: skip
    assert (trigger.snapshot().product, trigger.trigger) == ("spot", TriggerPrice(60000))
    stop.amend(stop_loss=TriggerPrice(64500, limit=64400))
    assert stop.wait_until(lambda one: one.stop_loss == TriggerPrice(64500, limit=64400), PATIENCE_S)
    assert trigger.cancel()
    assert stop.cancel()
    comes_to(trigger, "canceled")
    comes_to(stop, "canceled")
    still_paper.trade_at("BTC-USDT", "66000")
    assert comes_to(gain, "fired").fired_leg == "take_profit"
    assert gain.wait_until(lambda one: one.orders[0].is_filled, PATIENCE_S)


def test_stops_of_a_position(still_paper: PaperExchange, orders: OrderManager) -> None:
    """Bybit tells no id of them: the order that it makes is found; a second trailing stop would replace the first."""
    with pytest.raises(OkxApiError):
        orders.place_algo("conditional", **SELL, stop_loss=60000)  # there is no position yet
    assert orders.place(BTC, "buy", "0.03").wait_filled(PATIENCE_S)
    loss = orders.place_algo("conditional", **SELL, stop_loss=TriggerPrice(60000, by="mark", limit=59900))
    twin = orders.place_algo("conditional", **SELL, stop_loss=TriggerPrice(60000, by="mark", limit=59900))
    gain = orders.place_algo("conditional", BTC, "sell", take_profit=70000, tpsl_mode="Full")
    trail = orders.place_algo("trailing_stop", BTC, "sell", callback_spread=500, activation_price=66000)
    for algo in loss, twin, gain, trail:
        assert comes_to(algo, "armed").algo_id is not None
    assert len({algo.algo_id for algo in orders.algos.open}) == 4
    assert (gain.size, trail.trigger) == (None, TriggerPrice(66000))
    with pytest.raises(ConfigError, match="is long: a buy order does not close it"):
        orders.place_algo("conditional", BTC, "buy", "0.01", stop_loss=60000)
    with pytest.raises(ConfigError, match="has a trailing stop already"):
        orders.place_algo("trailing_stop", BTC, "sell", callback_spread=600)
    with pytest.raises(ConfigError, match="does not change a trailing stop"):
        trail.amend(callback_spread=400)
    assert twin.cancel()
    comes_to(twin, "canceled")
    assert loss.status == "armed"
    still_paper.trade_at(SWAP, "66000")
    still_paper.trade_at(SWAP, "65400")
    assert trail.wait_until(lambda one: one.status == "fired" and one.orders[0].is_filled, PATIENCE_S)
    assert trail.orders[0].filled == D("0.03")
    for algo in loss, gain:
        assert str(comes_to(algo, "canceled").reason).startswith("CancelByTpSlTsClear")


def test_lost_answers(still_paper: PaperExchange, orders: OrderManager) -> None:
    """What has an id of ours is found by it; a stop of a position by what it is, unless several could be meant."""
    assert orders.place(BTC, "buy", "0.03").wait_filled(PATIENCE_S)
    still_paper.faults.lose_reply("order.create")
    with pytest.raises(OrderStatusUnknown):
        orders.place_algo("trigger", **SELL, trigger=60000, client_order_id="mine", timeout=0.3)
    comes_to(orders.algos["mine"], "armed")
    for number, price in enumerate((61000, 62000, 62000), 2):
        still_paper.faults.lose_reply("/v5/position/trading-stop")
        with pytest.raises(OrderStatusUnknown):
            orders.place_algo("conditional", **SELL, stop_loss=price)
        if number < 4:
            assert orders.algos.wait_until(partial(_are_armed, number), PATIENCE_S)
    in_doubt = next(one for one in orders.algos.open if one.algo_id is None)
    assert in_doubt.wait_until(lambda one: "2 orders of Bybit may be" in str(one.reason), PATIENCE_S)
    assert (in_doubt.status, len(orders.algos)) == ("unknown", 5)
