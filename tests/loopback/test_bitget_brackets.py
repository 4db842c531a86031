"""Take profit and stop loss of orders of Bitget, and its other algo orders: both kinds of account, end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Literal

import attrs
import pytest

from okx_sync import BitgetClient, BitgetWsClient, ConfigError, OrderHandle, OrderManager, OrderStatusUnknown
from okx_sync.algo_types import TriggerPrice
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.order_handle import AlgoHandle
from tests.loopback.conftest import FAST, PATIENCE_S, Heard, our_threads, until

BTC, SWAP = "BTCUSDT", "BTC-USDT-SWAP"
D = Decimal
CALLS = {
    "v2": ("/api/v2/mix/order/place-plan-order", "place-order"),
    "v3": ("/api/v3/trade/place-strategy-order", "/api/v3/trade/place-order"),
}


@attrs.frozen
class Account:
    """A client of one kind of account, on an exchange where nothing moves by itself."""

    protocol: Literal["v2", "v3"]
    paper: PaperExchange
    connect: Callable[[], BitgetWsClient]
    ws: BitgetWsClient
    orders: OrderManager

    @property
    def is_classic(self) -> bool:
        """Whether each leg is an algo order of its own."""
        return self.protocol == "v2"

    def bracket(self, **words: Any) -> OrderHandle:
        """An order that rests, and brings both legs."""
        given: dict[str, Any] = {"size": "0.02", "price": 60000, "take_profit": 66000, "stop_loss": 58000} | words
        order = self.orders.place(BTC, "buy", **given)
        comes_to(order, "attached")
        return order

    def fill(self, *orders: OrderHandle) -> None:
        """Fill orders as if somebody had traded with them."""
        for order in orders:
            self.paper.fill(ordId=str(order.order_id))

    def go_down(self) -> None:
        """Lose all links, and let none be made."""
        self.paper.faults.refuse_connect()
        self.paper.faults.drop("rst")
        until(lambda: not self.orders.algos.synced, what="the loss")

    def come_back(self) -> None:
        """Let links be made again."""
        self.paper.faults.accept_connect()
        assert self.orders.algos.wait_synced(PATIENCE_S), self.orders.algos.unsynced_reason
        assert self.orders.wait_synced(PATIENCE_S)


def comes_to(order: OrderHandle, *told: str) -> None:
    """Wait until what came with an order has these statuses: one for all, or one for each."""
    is_there = order.wait_until(lambda one: one.children and statuses(one) in (told, told * len(one.children)), 5)
    assert is_there, (told, order.children)


def statuses(order: OrderHandle) -> tuple[str, ...]:
    """Of what came with an order."""
    return tuple(child.status for child in order.children)


def history(algo: AlgoHandle) -> list[str]:
    """Every status that it had."""
    return [step.status for step in algo.history]


@pytest.fixture(params=["v2", "v3"])
def account(request: pytest.FixtureRequest) -> Iterator[Account]:
    """A classic account (V2), and a unified one (V3)."""
    made: list[BitgetWsClient] = []
    with PaperExchange(flow_per_s=0) as paper:
        product: Any = "USDT-FUTURES"
        if request.param == "v3":
            paper.unify()
            product = None

        def connect() -> BitgetWsClient:
            made.append(BitgetWsClient(paper.bitget_config(request.param), options=FAST, product=product))
            return made[-1]

        ws = connect()
        assert ws.orders.algos.wait_synced(PATIENCE_S)
        yield Account(request.param, paper, connect, ws, ws.orders)
        for one in made:
            one.close()
        problems = paper.problems
    assert problems == []
    until(lambda: not our_threads(), what="the end of all threads")


def test_the_life_of_a_bracket(account: Account) -> None:
    """Attached, changed, armed, changed, fired: one handle for each leg (V2) or for both (V3); fills count once."""
    order, heard = account.bracket(), Heard()
    order.on_child(heard)
    gain, loss = order.take_profit, order.stop_loss
    assert gain is not None
    assert loss is not None
    assert len(order.children) == (2 if account.is_classic else 1)
    assert (gain is loss, gain.parent, gain.side, gain.client_order_id) == (not account.is_classic, order, "sell", None)
    gain.amend(take_profit=66500)
    assert gain.wait_until(lambda one: one.take_profit == TriggerPrice(66500), PATIENCE_S)
    assert (loss.status, loss.stop_loss) == ("attached", TriggerPrice(58000))  # Bitget was told it anew
    account.fill(order)
    comes_to(order, "armed")
    assert gain.algo_id in (one.algo_id for one in account.orders.algos.open)
    loss.amend(stop_loss=TriggerPrice(57000, by="mark"))
    assert loss.wait_until(lambda one: one.stop_loss == TriggerPrice(57000, by="mark"), PATIENCE_S)
    account.paper.trade_at(SWAP, "66500")
    assert gain.wait_until(lambda one: one.status == "fired", PATIENCE_S)
    if account.is_classic:  # its position is closed
        comes_to(order, "fired", "canceled")
        assert gain.wait_until(lambda one: one.orders and one.orders[0].is_filled, PATIENCE_S)  # as REST tells
        assert gain.orders[0].side == "sell"
    else:
        assert gain.snapshot().fired_leg == "take_profit"
    assert account.orders.wait_until(lambda known: len(known.snapshot().fills) == 2, PATIENCE_S)
    assert [(one.side, one.size) for one in account.orders.snapshot().fills] == [
        ("buy", D("0.02")),
        ("sell", D("0.02")),
    ]
    assert history(gain) == ["pending", "attached", "armed", "running", "fired"]
    assert (len(account.orders.algos), len(account.orders)) == (0, 0)
    until(lambda: {one.algo.status for one in heard if one.algo.take_profit} >= {"armed", "fired"})


def test_what_ends_with_its_order(account: Account) -> None:
    """An order without a fill takes it along; one leg can be taken away before; a new price would lose it."""
    order, other = account.bracket(), account.bracket(price=59000)
    if account.is_classic:
        with pytest.raises(ConfigError, match="may be lost"):
            order.amend(price=60100)
    else:
        order.amend(price=60100)
        assert order.wait_until(lambda one: one.price == D(60100), PATIENCE_S)
    assert order.cancel()
    comes_to(order, "canceled")
    assert "its order ended without a fill" in str(order.children[0].reason)
    loss = other.stop_loss
    assert loss is not None
    assert loss.cancel()
    comes_to(other, *(("attached", "canceled") if account.is_classic else ("canceled",)))
    assert "does not bring it any more" in str(loss.reason)
    account.fill(other)
    assert other.wait_filled(PATIENCE_S)
    if account.is_classic:
        comes_to(other, "armed", "canceled")
    assert len(account.orders.algos) == (1 if account.is_classic else 0)


def test_what_happens_while_the_link_is_down(account: Account) -> None:
    """REST tells of it, once: one is armed in the dark, one fires, one ends; nothing is told twice."""
    fires, dies, arms = account.bracket(), account.bracket(price=59000), account.bracket(price=59500, stop_loss=40000)
    changes = Heard()
    account.orders.algos.on_algo(changes)
    account.fill(fires)
    comes_to(fires, "armed")
    account.go_down()
    account.paper.trade_at(SWAP, "66000")
    account.paper.trade_at(SWAP, "65000")
    account.fill(arms)
    venue = account.paper.venue
    assert venue.cancel(venue.accounts[0], {"instId": SWAP, "ordId": str(dies.order_id)}).ok
    account.come_back()
    gain = fires.take_profit
    assert gain is not None
    assert gain.wait_until(lambda one: one.status == "fired", PATIENCE_S)
    if account.is_classic:
        assert gain.wait_until(lambda one: one.orders, PATIENCE_S)
    comes_to(arms, "armed")
    comes_to(dies, "canceled")
    assert account.orders.wait_until(lambda known: len(known.snapshot().fills) == 3, PATIENCE_S)
    ends = [one.algo for one in changes if one.status_changed and one.algo.is_done]
    assert len(ends) == len({(one.algo_id, one.parent_order_id, one.leg) for one in ends})
    assert {"attached", "armed", "fired"} <= {*history(gain)} <= {"pending", "attached", "armed", "running", "fired"}


def test_two_orders_that_bring_the_same(account: Account) -> None:
    """Which algo order is whose is not guessed where both were filled in the dark: both say where to look."""
    first, second = account.bracket(), account.bracket()
    account.go_down()
    account.fill(first, second)
    account.come_back()
    comes_to(first, "unknown")
    reasons = [str(child.reason) for child in first.children]
    # The stops are for all of the position, and the second pair takes the place of the first.
    told = ("2 algo orders have its facts", f"what came with order {second.order_id}")
    assert all(any(word in reason for word in told) for reason in reasons), reasons
    for child in first.children:
        with pytest.raises(ConfigError, match="not known which one it is"):
            child.cancel()
    of_both = account.orders.algos.of(BTC)
    armed = [one for one in of_both if one.status == "armed"]
    assert len(armed) == (2 if account.is_classic else 1)
    assert all(one.algo_id for one in armed)
    assert account.orders.algos.cancel_all(BTC).failed == ()  # what has no id is none of the exchange's list


def test_an_order_of_which_the_stream_is_silent(account: Account) -> None:
    """Its stops have the facts of what an order brought that was filled before, and only closed: they are not its."""
    account.orders.place(BTC, "sell", "0.05")
    first = account.bracket()
    others = account.connect().orders
    assert others.wait_synced(PATIENCE_S)
    account.fill(first)
    assert first.wait_filled(PATIENCE_S)
    account.paper.faults.lose_push("orders" if account.is_classic else "order", times=None)
    words: dict[str, Any] = {"take_profit": 66000, "stop_loss": 58000}
    second = others.place(BTC, "buy", "0.05", 60000, **words)
    assert second.wait_until(lambda one: one.order_id, PATIENCE_S)
    account.fill(second)
    assert account.orders.algos.wait_until(lambda known: [one for one in known if one.status == "armed"], PATIENCE_S)
    comes_to(first, "unknown")
    rival = f"what came with order {second.order_id}"
    assert first.wait_until(lambda one: all(rival in str(child.reason) for child in one.children), PATIENCE_S)
    assert all(child.algo_id is None for child in first.children)
    armed = [one for one in account.orders.algos if one.status == "armed"]
    assert [one.parent for one in armed] == [None] * len(second.children)


def test_lost_answers(account: Account) -> None:
    """What was asked for stands, once, and is known again as soon as the exchange tells of it."""
    algo_path, order_path = CALLS[account.protocol]
    account.paper.faults.lose_reply(algo_path)
    with pytest.raises(OrderStatusUnknown):
        account.orders.place_algo("trigger", BTC, "buy", "0.02", 69000, trigger=70000, client_order_id="waits")
    waits = account.orders.algos["waits"]
    assert waits.wait_armed(PATIENCE_S)
    account.paper.faults.lose_reply(order_path)
    with pytest.raises(OrderStatusUnknown) as lost:
        account.orders.place(BTC, "buy", "0.02", 60000, take_profit=66000, stop_loss=58000, timeout=0.5)
    order = account.orders[lost.value.clOrdId]
    comes_to(order, "attached")
    account.fill(order)
    comes_to(order, "armed")
    assert (len(account.orders.algos), len(order.children)) == ((3, 2) if account.is_classic else (2, 1))
    sent = [one.path for one in account.paper.requests if one.path == algo_path]
    assert len(sent) == 1


def test_a_client_that_comes_later(account: Account) -> None:
    """All that is open is known once it is synced, also what open orders bring, with its order."""
    resting, filled = account.bracket(), account.bracket(price=59000, take_profit=67000)
    account.fill(filled)
    comes_to(filled, "armed")
    account.orders.place_algo("trigger", BTC, "sell", "0.01", trigger=70000, client_order_id="mine")
    late = account.connect().orders
    assert late.algos.wait_synced(PATIENCE_S)
    assert late.wait_synced(PATIENCE_S)
    legs = 2 if account.is_classic else 1
    assert sorted(one.status for one in late.algos) == ["armed"] * (1 + legs) + ["attached"] * legs
    mine = late.algos["mine"]
    assert (mine.kind, mine.trigger, mine.size) == ("trigger", TriggerPrice(70000), D("0.01"))
    assert statuses(late[str(resting.order_id)]) == ("attached",) * legs
    result = late.algos.cancel_all()
    assert (result.ok, len(result.outcomes)) == (True, 1 + 2 * legs)
    comes_to(resting, "canceled")
    comes_to(filled, "canceled")
    until(lambda: len(account.orders.algos) == len(late.algos) == 0)


def test_orders_that_wait(account: Account) -> None:
    """A trigger order is changed and fires, an exit is placed on the position and ends with it; V2 trails."""
    place = account.orders.place_algo
    trigger = place("trigger", BTC, "buy", "0.02", trigger=70000)
    assert trigger.wait_armed(PATIENCE_S)
    trigger.amend(trigger=68000, size="0.03")
    assert trigger.wait_until(lambda one: (one.trigger, one.size) == (TriggerPrice(68000), D("0.03")), PATIENCE_S)
    account.paper.trade_at(SWAP, "68000")
    assert trigger.wait_until(lambda one: one.status == "fired", PATIENCE_S)
    assert account.orders.wait_until(lambda known: known.snapshot().fills, PATIENCE_S)
    if account.is_classic:
        assert trigger.wait_until(lambda one: one.orders, PATIENCE_S)
        trail = place("trailing_stop", BTC, "sell", "0.01", callback_ratio="0.01", activation_price=69000)
        account.paper.trade_at(SWAP, "70000")
        account.paper.trade_at(SWAP, "69000")
        assert trail.wait_until(lambda one: one.status == "fired" and one.orders, PATIENCE_S)
        loss = place("conditional", BTC, "sell", stop_loss=TriggerPrice(50000, by="mark"))
    else:
        loss = place("oco", BTC, "sell", stop_loss=TriggerPrice(50000, by="mark"), take_profit=90000)
    assert loss.wait_armed(PATIENCE_S)
    assert (loss.size, loss.stop_loss) == (None, TriggerPrice(50000, by="mark"))
    left = "0.02" if account.is_classic else "0.03"
    account.orders.place(BTC, "sell", left, reduce_only=True)
    assert loss.wait_until(lambda one: one.status == "canceled", PATIENCE_S)
    assert len(account.orders.algos) == 0


def test_both_positions_of_a_contract(account: Account) -> None:
    """In hedge mode what a short position's order brings ends that one alone; ``side`` is the order's."""
    with BitgetClient(account.paper.bitget_config(account.protocol)) as rest:
        if account.is_classic:
            rest.mix.set_position_mode("USDT-FUTURES", "hedge_mode")
        else:
            rest.uta.set_hold_mode("hedge_mode")
    long = account.bracket(take_profit=90000, pos_side="long")
    short = account.orders.place(BTC, "sell", "0.02", 70000, take_profit=60000, stop_loss=72000, pos_side="short")
    comes_to(short, "attached")
    account.fill(long, short)
    comes_to(long, "armed")
    comes_to(short, "armed")
    exit_ = account.orders.place_algo("conditional", BTC, "buy", "0.01", take_profit=59000, pos_side="short")
    assert exit_.wait_armed(PATIENCE_S)
    sides = [(child.side, child.position_side) for child in (short.stop_loss, long.take_profit, exit_) if child]
    assert sides == [("buy", "short"), ("sell", "long"), ("buy", "short")]
    account.paper.trade_at(SWAP, "60000")
    assert short.take_profit is not None
    assert short.take_profit.wait_until(lambda one: one.status == "fired", PATIENCE_S)
    assert exit_.wait_until(lambda one: one.status == "canceled", PATIENCE_S)  # its position is closed
    comes_to(long, "armed")
