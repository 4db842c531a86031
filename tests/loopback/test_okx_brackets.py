"""Take profit and stop loss of an order of OKX, from the order to the fill that ends the position."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import ConfigError, OkxApiError, OkxClient, OrderHandle, OrderManager
from okx_sync.algo_types import TriggerPrice
from okx_sync.exchanges.okx.rest import AttachedAlgo
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.order_handle import AlgoHandle
from tests.loopback.conftest import PATIENCE_S, Connect, Heard, until
from tests.loopback.still_exchange import SWAP, still_paper

__all__ = ["still_paper"]

D = Decimal
LOSS = TriggerPrice(58000, by="mark", limit=57900)


@pytest.fixture
def paper(still_paper: PaperExchange) -> PaperExchange:
    """An exchange on which nothing moves by itself."""
    return still_paper


@pytest.fixture
def orders(paper: PaperExchange, connect: Connect) -> OrderManager:
    """The orders of a client that knows all algo orders."""
    orders = connect(paper.config).ws.orders
    assert orders.algos.wait_synced(PATIENCE_S)
    return orders


@pytest.fixture
def rest(paper: PaperExchange) -> Iterator[OkxClient]:
    """Another program of the same account, by REST."""
    with OkxClient(paper.config) as client:
        yield client


def bracket(orders: OrderManager, size: Any = 1, **words: Any) -> OrderHandle:
    """An order that rests, with both sides, and one algo order attached to it."""
    sides: dict[str, Any] = {"take_profit": 66000, "stop_loss": LOSS} | words
    order = orders.place(SWAP, "buy", size, 60000, td_mode="cross", **sides)
    assert order.wait_until(lambda one: [child.status for child in one.children] == ["attached"], PATIENCE_S)
    return order


def only(order: OrderHandle) -> AlgoHandle:
    """The one algo order that came with it."""
    (child,) = order.children
    return child


def comes_to(child: AlgoHandle, status: str) -> AlgoHandle:
    """Wait for a status."""
    assert child.wait_until(lambda one: one.status == status, PATIENCE_S), child
    return child


def test_the_life_of_a_bracket(paper: PaperExchange, orders: OrderManager) -> None:
    """One handle all along: attached, changed, armed under an id of its own, changed, fired; each fill counted once."""
    order = bracket(orders)
    heard = Heard()
    order.on_child(heard)
    child = only(order)
    assert (child, child.parent) == (order.take_profit, order)
    assert (child.kind, child.take_profit, child.stop_loss) == ("oco", TriggerPrice(66000), LOSS)
    attached_id = child.snapshot().attached_id
    with pytest.raises(ConfigError, match="a limit order at 57900"):
        child.amend(stop_loss=57000)
    child.amend(take_profit=65900)
    assert child.wait_until(lambda one: one.take_profit == TriggerPrice(65900), PATIENCE_S)
    assert (child.status, child.stop_loss) == ("attached", LOSS)
    with pytest.raises(ConfigError, match="size cannot be changed"):
        child.amend(size=2)
    paper.fill(ordId=str(order.order_id))
    comes_to(child, "armed")
    assert order.wait_filled(PATIENCE_S)
    assert child.algo_id not in (None, attached_id)
    assert (child.size, child.snapshot().reduce_only) == (D(1), True)
    child.amend(stop_loss=TriggerPrice(59000))
    assert child.wait_until(lambda one: one.stop_loss == TriggerPrice(59000), PATIENCE_S)
    with pytest.raises(OkxApiError, match="SL trigger price"):
        child.amend(stop_loss=90000)
    paper.trade_at(SWAP, "66000")
    comes_to(child, "fired")
    assert child.wait_until(lambda one: one.orders and one.orders[0].is_filled, PATIENCE_S)
    assert (child.fired_leg, order.take_profit) == ("take_profit", child)
    (exit_order,) = child.orders
    assert (exit_order.side, exit_order.order_id) == ("sell", child.snapshot().order_ids[0])
    assert (orders.algos.get(child.algo_id), len(orders.algos), len(orders)) == (child, 0, 0)
    assert [(fill.side, str(fill.size)) for fill in orders.snapshot().fills] == [("buy", "1"), ("sell", "1")]
    until(lambda: heard and list(heard)[-1].algo.status == "fired", what="the last change")
    told = [one.algo.status for one in heard if one.status_changed]
    assert [one for one in told if one != "running"] == [
        "attached",
        "armed",
        "fired",
    ]  # it depends on the faster socket
    assert not child.cancel()


def test_a_side_is_taken_away_and_the_other_fires(paper: PaperExchange, orders: OrderManager) -> None:
    """0 deletes a side, of what is attached and of what is armed; it stays the same algo order."""
    attached, armed = only(bracket(orders)), only(second := bracket(orders))
    attached.amend(take_profit=0)
    assert attached.wait_until(lambda one: one.leg == "stop_loss" and one.take_profit is None, PATIENCE_S)
    assert (attached.parent, attached.stop_loss) == (orders[str(attached.snapshot().parent_order_id)], LOSS)
    paper.fill(ordId=str(second.order_id))
    comes_to(armed, "armed")
    armed.amend(stop_loss=0)
    assert armed.wait_until(lambda one: one.leg == "take_profit" and one.stop_loss is None, PATIENCE_S)
    for one, side in (attached, "stop_loss"), (armed, "take_profit"):
        with pytest.raises(ConfigError, match="nothing would be left"):
            one.amend(**{side: 0})
    assert (only(second), second.stop_loss, len(orders.algos)) == (armed, None, 2)
    paper.trade_at(SWAP, "66000")
    assert comes_to(armed, "fired").fired_leg == "take_profit"
    assert attached.cancel()
    assert comes_to(attached, "canceled").reason == "it was taken from its order"
    assert orders.cancel_all().ok


def test_what_comes_of_it_when_its_order_ends(paper: PaperExchange, orders: OrderManager) -> None:
    """Nothing without a fill; for a part that was filled it is armed, but not where the take profit is split."""
    unfilled, partly = bracket(orders), bracket(orders, 3)
    assert unfilled.cancel()
    assert comes_to(only(unfilled), "canceled").reason == "its order ended without a fill"
    paper.fill(ordId=str(partly.order_id), sz="2")
    assert partly.wait_until(lambda one: one.filled, PATIENCE_S)
    assert only(partly).status == "attached"
    assert partly.cancel()
    assert comes_to(only(partly), "armed").size == D(2)
    split = [
        AttachedAlgo(tp_trigger_px="66000", tp_ord_px=-1, sz=1, attach_algo_cl_ord_id="near"),
        AttachedAlgo(tp_trigger_px="67000", tp_ord_px=-1, sz=2, attach_algo_cl_ord_id="far"),
        AttachedAlgo(sl_trigger_px="58000", sl_ord_px=-1, attach_algo_cl_ord_id="stop"),
    ]
    order = orders.place(SWAP, "buy", 3, 60000, td_mode="cross", attach_algo_ords=split)
    assert order.wait_until(lambda one: len(one.children) == 3, PATIENCE_S)
    assert order.take_profit is not None
    assert order.stop_loss is orders.algos["stop"]
    paper.fill(ordId=str(order.order_id), sz="1")
    assert order.wait_until(lambda one: one.filled, PATIENCE_S)
    assert order.cancel()
    for child in order.children:
        assert comes_to(child, "canceled").reason == "its order was not filled wholly, and its take profit is split"
    again = [AttachedAlgo(**{**_given(one), "attach_algo_cl_ord_id": f"{one.attach_algo_cl_ord_id}2"}) for one in split]
    whole = orders.place(SWAP, "buy", 3, 60000, td_mode="cross", attach_algo_ords=again)
    paper.fill(ordId=str(whole.order_id))
    near, far, stop = (orders.algos[name] for name in ("near2", "far2", "stop2"))
    for child in near, far, stop:
        comes_to(child, "armed")
    paper.trade_at(SWAP, "66000")
    comes_to(near, "fired")
    assert stop.wait_until(lambda one: one.size == D(2), PATIENCE_S)
    paper.trade_at(SWAP, "67000")
    comes_to(far, "fired")
    comes_to(stop, "canceled")


def _given(one: AttachedAlgo) -> dict[str, Any]:
    """What it was made with."""
    return {name: getattr(one, name) for name in AttachedAlgo.__annotations__ if getattr(one, name) is not None}


def test_a_take_profit_that_rests_in_the_book(paper: PaperExchange, orders: OrderManager) -> None:
    """It is an order among the others, known to the stop loss, which ends with it."""
    both = AttachedAlgo(
        tp_ord_kind="limit", tp_ord_px="66000", sl_trigger_px="58000", sl_ord_px=-1, attach_algo_cl_ord_id="both"
    )
    order = orders.place(SWAP, "buy", 1, 60000, td_mode="cross", attach_algo_ords=[both])
    paper.fill(ordId=str(order.order_id))
    assert order.wait_until(lambda one: one.children and one.children[0].orders, PATIENCE_S)
    child = comes_to(only(order), "armed")
    (profit,) = child.orders
    assert (child.leg, profit.status, profit.price) == ("stop_loss", "live", D(66000))
    paper.fill(ordId=str(profit.order_id))
    assert profit.wait_filled(PATIENCE_S)
    comes_to(child, "canceled")
    alone = AttachedAlgo(tp_ord_kind="limit", tp_ord_px="66000", attach_algo_cl_ord_id="alone")
    order = orders.place(SWAP, "buy", 1, 60000, td_mode="cross", attach_algo_ords=[alone])
    paper.fill(ordId=str(order.order_id))
    # What comes with an order in OKX's own words is known as soon as the stream tells of it.
    assert orders.algos.wait_until(lambda it: "alone" in it, PATIENCE_S)
    assert comes_to(orders.algos["alone"], "fired").fired_leg == "take_profit"
    assert orders.wait_until(lambda known: any(one.price == D(66000) for one in known.open), PATIENCE_S)
    assert orders.cancel_all().ok


def test_what_others_attach(paper: PaperExchange, orders: OrderManager, rest: OkxClient) -> None:
    """It is followed as ours is; without an id of ours OKX does not say which algo order took its place."""
    named = AttachedAlgo(sl_trigger_px="58000", sl_ord_px=-1, attach_algo_cl_ord_id="theirs")
    nameless = AttachedAlgo(sl_trigger_px="57000", sl_ord_px=-1)
    for attached in named, nameless:
        rest.trade.place_order(SWAP, "cross", "buy", "limit", 1, 60000, attach_algo_ords=[attached])
    assert orders.wait_until(lambda known: len(known) == len(known.algos) == 2, PATIENCE_S)
    known, unknown = orders.algos["theirs"], next(one for one in orders.algos if one.client_order_id is None)
    assert (known.parent in orders.open, unknown.parent in orders.open) == (True, True)
    for order in orders.open:
        paper.fill(ordId=str(order.order_id))
    comes_to(known, "armed")
    assert comes_to(unknown, "replaced").reason is not None
    assert orders.algos.wait_until(lambda all_: len(all_) == 2, PATIENCE_S)
    heir = next(one for one in orders.algos if one is not known)
    assert (heir.status, heir.stop_loss) == ("armed", TriggerPrice(57000))
    assert orders.algos.cancel_all().ok
    comes_to(known, "canceled")
    comes_to(heir, "canceled")


def test_what_okx_cannot_make_has_failed(paper: PaperExchange, orders: OrderManager) -> None:
    """The order is filled, and no algo order comes: REST says why on the order, and the position has no stop."""
    order = bracket(orders)

    def spoil() -> None:
        found = paper._server.venue.accounts[0].find(str(order.order_id), "")
        assert found is not None
        found.attached[0].given["slOrdPx"] = "0"

    paper.run(spoil)
    paper.fill(ordId=str(order.order_id))
    assert comes_to(only(order), "failed").reason == "[51000] Parameter slOrdPx error"
    assert [step.status for step in only(order).history] == ["pending", "attached", "failed"]


def test_a_pair_and_a_trailing_stop(paper: PaperExchange, orders: OrderManager) -> None:
    """Both sides of a spot order, and what only OKX's own words say: a trailing stop that comes with an order."""
    pair = orders.place("BTC-USDT", "buy", "0.01", 60000, td_mode="cash", take_profit=66000, stop_loss=58000)
    paper.fill(ordId=str(pair.order_id))
    assert comes_to(only(pair), "armed").size == D("0.01")
    trail = [AttachedAlgo(callback_ratio="0.01", active_px="65000", attach_algo_cl_ord_id="trail")]
    order = orders.place(SWAP, "buy", 1, 60000, td_mode="cross", attach_algo_ords=trail)
    assert order.wait_until(lambda one: one.children, PATIENCE_S)
    child = comes_to(only(order), "attached")
    assert child.kind == "trailing_stop"
    with pytest.raises(ConfigError, match="takes no trailing_stop from its order"):
        child.cancel()
    paper.fill(ordId=str(order.order_id))
    comes_to(child, "armed")
    paper.trade_at("BTC-USDT", "58000")
    assert comes_to(only(pair), "fired").fired_leg == "stop_loss"
