"""Limits of orders on Bybit and Bitget's both protocols: the same bounds in each exchange's units, on every way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import (
    BitgetClient,
    BitgetWsClient,
    BybitClient,
    BybitWsClient,
    OkxError,
    OrderLimitError,
    OrderLimits,
    OrderStatusUnknown,
)
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, until
from tests.loopback.still_exchange import still_paper

__all__ = ["still_paper"]

BTC, LOW, HIGH = "BTCUSDT", "62000", "66000"
D = Decimal


@attrs.frozen
class Wire:
    """A REST client and a stream client that share their limits, and how the exchange spells things."""

    rest: Any
    ws: Any
    limits: OrderLimits
    name: str

    def words(self, side: str, size: str, price: str | None = None, **more: Any) -> dict[str, Any]:
        """An order in the words of ``place_order``."""
        order_type = "market" if price is None else "limit"
        if self.name == "bybit":
            side, order_type = side.capitalize(), order_type.capitalize()
        priced = {} if price is None else {"price": price}
        return {"symbol": BTC, "side": side, "order_type": order_type, "qty": size, **priced, **more}

    @property
    def spot(self) -> str:
        return "spot" if self.name == "bybit" else "SPOT"


@pytest.fixture(params=["bybit", "v2", "v3"])
def wire(request: pytest.FixtureRequest, still_paper: PaperExchange) -> Iterator[Wire]:
    """Both clients of one account, on each wire."""
    limits = OrderLimits(max_position=1, max_notional=70_000, allowed=[BTC])
    name = request.param
    with ExitStack() as stack:
        if name == "bybit":
            config: Any = still_paper.bybit_config()
            rest: Any = BybitClient(config, limits=limits)
            ws: Any = BybitWsClient(config, options=FAST, limits=limits)
        else:
            if name == "v3":
                still_paper.unify()
            config = still_paper.bitget_config(name)
            rest = BitgetClient(config, limits=limits)
            ws = BitgetWsClient(config, options=FAST, limits=limits)
        yield Wire(stack.enter_context(rest), stack.enter_context(ws), limits, name)


def refused(limit: str, call: Callable[..., Any], *args: Any, **words: Any) -> Decimal | None:
    """What the order of a refused call would have come to."""
    with pytest.raises(OrderLimitError) as found:
        call(*args, **words)
    assert found.value.limit == limit, found.value
    return found.value.value


def test_orders_keep_the_limits(wire: Wire) -> None:
    """By REST and on the stream, single, in batches, changed, at market, on spot and through ``ws.orders``."""
    rest, ws, words = wire.rest, wire.ws, wire.words
    resting = rest.place_order(**words("buy", "0.4", LOW))
    assert refused("max_position", ws.place_order, **words("buy", "0.7", LOW)) == D("1.1")
    assert refused("max_position", rest.place_batch_orders, [words("buy", "0.3", LOW)] * 2 + [words("buy", "0.1", LOW)])
    assert rest.place_batch_orders([words("buy", "0.2", LOW), words("buy", "0.1", LOW)]).ok
    assert ws.place_order(**words("buy", "0.1")).ok
    assert refused("max_position", rest.place_order, **words("buy", "0.3")) == D("1.1")
    assert ws.place_order(**words("sell", "0.1", reduce_only=True)).ok
    assert refused("max_notional", ws.place_order, **words("sell", "1.1", HIGH)) == D("72600.0")
    assert refused("max_notional", rest.place_order, **words("buy", "80000"), category=wire.spot) == 80_000
    assert refused("max_position", rest.place_order, **words("buy", "8"), category=wire.spot) is None
    refused("allowed", rest.place_order, **words("buy", "0.1", LOW) | {"symbol": "ETHUSDT"})
    assert refused("max_position", rest.amend_order, BTC, resting.orderId, qty="0.8", price=LOW) == D("1.1")
    orders = ws.orders
    assert orders.wait_synced(PATIENCE_S)
    assert ws.positions.wait_synced(PATIENCE_S)
    order = orders[resting.orderId]
    refused("max_position", order.amend, size="0.8")
    order = order.amend(size="0.7")
    until(lambda: order.size == D("0.7"))
    assert refused("max_position", orders.place, BTC, "buy", "0.1", LOW) == D("1.1")
    assert order.cancel()
    assert order.wait_done(PATIENCE_S)
    assert orders.place(BTC, "buy", "0.7", LOW).wait_until(lambda one: one.status == "live", PATIENCE_S)
    assert refused("max_position", orders.place, BTC, "buy", "0.1", LOW) == D("1.1")
    assert orders.finished[-1].status == "rejected"
    assert ws.status()["limits"]["refused"] == wire.limits.refused


def test_hedge_mode_and_lost_answers(still_paper: PaperExchange, wire: Wire) -> None:
    """Long and short stand for themselves, closing orders are exempt, and an order without an answer keeps its room."""
    rest, words = wire.rest, wire.words
    hedge(wire)
    long, short = (
        ({"position_idx": 1}, {"position_idx": 2})
        if wire.name == "bybit"
        else ({"pos_side": "long"}, {"pos_side": "short"})
    )
    rest.place_order(**words("buy", "0.6", **long))
    assert refused("max_position", rest.place_order, **words("buy", "0.5", **long)) == D("1.1")
    rest.place_order(**words("sell", "0.6", **short))
    assert refused("max_position", rest.place_order, **words("sell", "0.5", LOW, **short)) == D("1.1")
    assert rest.place_order(**words("sell", "0.6", **long)).ok
    assert refused("max_position", rest.place_order, **words("buy", "1.01", LOW, **long)) == D("1.01")
    path = {"bybit": "/v5/order/create", "v2": "/api/v2/mix/order/place-order", "v3": "/api/v3/trade/place-order"}
    still_paper.faults.lose_reply(path[wire.name])
    with pytest.raises(OrderStatusUnknown):
        rest.place_order(**words("buy", "0.9", LOW, **long))
    assert refused("max_position", rest.place_order, **words("buy", "0.2", LOW, **long)) == D("1.1")
    assert rest.place_order(**words("buy", "0.1", LOW, **long)).ok


def hedge(wire: Wire) -> None:
    """Put the account into hedge mode."""
    if wire.name == "bybit":
        wire.rest.position.set_position_mode("linear", 3, BTC)
    elif wire.name == "v2":
        wire.rest.mix.set_position_mode("USDT-FUTURES", "hedge_mode")
    else:
        wire.rest.uta.set_hold_mode("hedge_mode")


def test_orders_that_wait_for_a_price(wire: Wire) -> None:
    """Their trigger counts as their price; take-profits and stop-losses of a whole position pass."""
    rest = wire.rest
    over: dict[str, Any]
    if wire.name == "bybit":
        over = wire.words("buy", "1.1", trigger_price=HIGH, trigger_direction=1)
        place, stop = rest.place_order, wire.words("sell", "0", reduce_only=True, close_on_trigger=True)
        stop |= {"trigger_price": LOW, "trigger_direction": 2}
        waiting = place(**over | {"qty": "1"})
        assert refused("max_notional", rest.amend_order, BTC, waiting.orderId, trigger_price="70001") == 70_001
        assert rest.amend_order(BTC, waiting.orderId, trigger_price="65900").ok
        rest.cancel_order(BTC, waiting.orderId)
    elif wire.name == "v2":
        mix = {"symbol": BTC, "product_type": "USDT-FUTURES", "margin_coin": "USDT"}
        over = mix | {"plan_type": "normal_plan", "margin_mode": "crossed", "side": "buy", "order_type": "market"}
        over |= {"size": "1.1", "trigger_price": HIGH, "trigger_type": "fill_price"}
        place = rest.mix.place_plan_order
        waiting = place(**over | {"size": "1"})
        change = {
            "plan_type": "normal_plan",
            "symbol": BTC,
            "product_type": "USDT-FUTURES",
            "order_id": waiting.orderId,
        }
        assert refused("max_notional", rest.mix.amend_plan_order, **change, new_trigger_price="70001") == 70_001
        stop = {}
    else:
        over = {"category": "USDT-FUTURES", "symbol": BTC, "type_": "trigger", "side": "buy", "qty": "1.1"}
        over |= {"trigger_price": HIGH, "trigger_order_type": "market", "trigger_by": "market"}
        place = rest.uta.place_strategy_order
        waiting = place(**over | {"qty": "1"})
        assert refused("max_notional", rest.uta.amend_strategy_order, waiting.orderId, trigger_price="70001") == 70_001
        stop = {}
    assert refused("max_notional", place, **over) == D("72600.0")
    refused("allowed", place, **over | {"symbol": "ETHUSDT"})
    rest.place_order(**wire.words("buy", "0.5"))
    if stop:
        assert place(**stop).ok
    closed = (
        rest.close_positions(BTC)
        if wire.name != "bybit"
        else [rest.place_order(**wire.words("sell", "0", reduce_only=True, close_on_trigger=True))]
    )
    assert all(one.ok for one in closed)


def test_a_live_book_gives_the_price(still_paper: PaperExchange, wire: Wire) -> None:
    """That of the order's own product: the book of the contract says nothing of the pair."""
    book = wire.ws.order_book(BTC)
    assert book.wait_valid(PATIENCE_S)
    worth = refused("max_notional", wire.ws.place_order, **wire.words("buy", "1.1"))
    assert worth == D("1.1") * book.best_ask.price * D("1.01")
    assert not [one for one in still_paper.requests if one.path.endswith("/tickers")]
    if wire.name != "v2":  # whose stream is of futures
        refused("max_notional", wire.ws.place_order, **wire.words("sell", "1.1"), category=wire.spot)
        assert [one for one in still_paper.requests if one.path.endswith("/tickers")]


def test_what_may_open_a_position_unseen(wire: Wire) -> None:
    """A reversal, a raw operation, and in Bitget's one-way mode an order that says it closes: nobody looks at that."""
    if wire.name != "bybit":
        close = wire.words("sell", "1.1", LOW, pos_side="long")
        assert refused("max_position", wire.rest.place_order, **close) == D("1.1")
    if wire.name == "v2":
        refused("allowed", wire.rest.mix.reverse_position, BTC, "USDT-FUTURES", "USDT", "buy", size="0.1")
    with pytest.raises(OkxError, match="limits"):
        wire.ws.send("order.create" if wire.name == "bybit" else "trade", [{}], path="private")
