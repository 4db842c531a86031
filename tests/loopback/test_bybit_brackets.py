"""Take profit and stop loss of an order of Bybit, from the order to the fill that ends the position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from okx_sync import BybitClient, BybitWsClient, ConfigError, OkxApiError, OrderHandle, OrderManager, OrderStatusUnknown
from okx_sync.algo_types import TriggerPrice
from okx_sync.paper import PaperExchange
from okx_sync.state.orders.order_handle import AlgoHandle
from tests.loopback.conftest import FAST, PATIENCE_S, Heard, States, until
from tests.loopback.still_exchange import SWAP, still_paper
from tests.paper.bybit.rest.rest_client import LIMIT, BybitRest

__all__ = ["still_paper"]

D = Decimal
BTC = "BTCUSDT"
LOSS = TriggerPrice(58000, by="mark", limit=57900)
BOTH: dict[str, Any] = {"take_profit": 70000, "stop_loss": LOSS}


@attrs.frozen
class Account:
    """What a client knows of an account, and another program of the same account, by REST."""

    paper: PaperExchange
    ws: BybitWsClient
    rest: BybitClient
    states: States

    @property
    def orders(self) -> OrderManager:
        return self.ws.orders

    def bracket(self, size: str = "0.02", **words: Any) -> OrderHandle:
        """An order that rests, with both sides, each of which has an algo order attached to it."""
        order = self.orders.place(BTC, "buy", size, 60000, **(BOTH | words))
        assert order.wait_until(lambda one: [c.status for c in one.children] == ["attached"] * 2, PATIENCE_S)
        return order

    def fill(self, order: OrderHandle, contracts: str | None = None) -> None:
        self.paper.fill(order.client_order_id or "", contracts)

    def armed(self, **words: Any) -> tuple[AlgoHandle, AlgoHandle]:
        """Both children of an order that is filled at once."""
        order = self.bracket(**words)
        self.fill(order)
        gain, loss = order.children
        return comes_to(gain, "armed"), comes_to(loss, "armed")

    def go_down(self) -> None:
        self.paper.faults.refuse_connect()
        self.paper.faults.drop("rst")
        self.states.until("lost", path="private")

    def come_back(self) -> None:
        self.paper.faults.accept_connect()
        self.states.until("gap", path="private")
        assert self.orders.algos.wait_synced(PATIENCE_S)


def _account(paper: PaperExchange) -> Iterator[Account]:
    config = paper.bybit_config()
    with BybitWsClient(config, options=FAST) as ws, BybitClient(config) as rest:
        account = Account(paper, ws, rest, States())
        ws.on_state(account.states)
        assert ws.orders.wait_synced(PATIENCE_S)
        assert ws.orders.algos.wait_synced(PATIENCE_S)
        yield account


@pytest.fixture
def account(still_paper: PaperExchange) -> Iterator[Account]:
    """Alice's, on an exchange on which nothing moves by itself."""
    yield from _account(still_paper)


def comes_to(child: AlgoHandle, status: str) -> AlgoHandle:
    """Wait for a status."""
    assert child.wait_until(lambda one: one.status == status, PATIENCE_S), child
    return child


def statuses(child: AlgoHandle) -> list[str]:
    """Its history without times and reasons."""
    return [step.status for step in child.history]


def test_the_life_of_a_bracket(account: Account) -> None:
    """One handle for each side all along; the stop is the order that it sends; each fill counted once."""
    orders, order = account.orders, account.bracket()
    heard = Heard()
    order.on_child(heard)
    gain, loss = order.children
    assert (order.take_profit, order.stop_loss, gain.parent) == (gain, loss, order)
    assert (gain.leg, gain.take_profit, loss.stop_loss, loss.side) == (
        "take_profit", TriggerPrice(70000), LOSS, "sell",
    )  # fmt: skip
    with pytest.raises(ConfigError, match="only take_profit"):
        gain.amend(size="0.01")
    gain.amend(take_profit=69000)
    assert gain.wait_until(lambda one: one.take_profit == TriggerPrice(69000), PATIENCE_S)
    assert (gain.status, loss.stop_loss) == ("attached", LOSS)
    account.fill(order)
    comes_to(gain, "armed")
    comes_to(loss, "armed")
    assert order.wait_filled(PATIENCE_S)
    assert (gain.size, gain.snapshot().reduce_only, gain.client_order_id) == (D("0.02"), True, None)
    with pytest.raises(ConfigError, match="limit order"):
        loss.amend(stop_loss=TriggerPrice(57000))
    loss.amend(stop_loss=TriggerPrice(57000, by="mark", limit=56900))
    assert loss.wait_until(lambda one: one.stop_loss == TriggerPrice(57000, by="mark", limit=56900), PATIENCE_S)
    assert (len(orders), len(orders.algos), gain.orders) == (2, 2, ())  # what waits is in Bybit's list of open orders
    account.paper.trade_at(SWAP, "69000")
    comes_to(gain, "fired")
    assert comes_to(loss, "canceled").reason == "CancelByOCOSlCanceledByTpTriggered; EC_PerCancelRequest"
    assert gain.wait_until(lambda one: one.orders and one.orders[0].is_filled, PATIENCE_S)
    assert (gain.fired_leg, [one.order_id for one in gain.orders]) == ("take_profit", [gain.algo_id])
    until(lambda: (len(orders.algos), len(orders)) == (0, 0), what="the end of all")
    assert [(fill.side, fill.size) for fill in orders.snapshot().fills] == [("buy", D("0.02")), ("sell", D("0.02"))]
    until(lambda: len([one for one in heard if one.algo.is_done]) == 2, what="the last change")
    told = Counter((one.algo.leg, one.algo.status) for one in heard if one.status_changed)
    assert told == {
        (leg, status): 1
        for leg, end in (("take_profit", "fired"), ("stop_loss", "canceled"))
        for status in ("attached", "armed", end)
    }
    assert not gain.cancel()


def test_a_part_of_an_order(account: Account) -> None:
    """Its exits are for what is filled, and stay when the rest of it is canceled."""
    order = account.bracket("0.03")
    gain, loss = order.children
    account.fill(order, "1")
    comes_to(gain, "armed")
    comes_to(loss, "armed")
    assert (gain.size, loss.size) == (D("0.01"), D("0.01"))
    account.fill(order, "0.5")
    assert order.wait_until(lambda one: [c.size for c in one.children] == [D("0.015")] * 2, PATIENCE_S)
    assert order.cancel()
    assert order.wait_done(PATIENCE_S)
    account.paper.trade_at(SWAP, "70000")
    comes_to(gain, "fired")
    assert comes_to(loss, "canceled").reason == "CancelByOCOSlCanceledByTpTriggered; EC_PerCancelRequest"
    assert gain.wait_until(lambda one: one.orders and one.orders[0].filled == D("0.015"), PATIENCE_S)


def test_what_is_taken_away(account: Account) -> None:
    """By the end of the order, by its change, by its child, and by the end of the position."""
    unfilled = account.bracket()
    assert unfilled.cancel()
    for child in unfilled.children:
        assert str(comes_to(child, "canceled").reason).startswith("its order ended without a fill; CancelByUser")
    order = account.bracket()
    gain, loss = order.children
    assert gain.cancel()
    assert comes_to(gain, "canceled").reason == "its order has no takeProfit"
    loss.amend(stop_loss=0)
    comes_to(loss, "canceled")
    account.fill(order)
    assert order.wait_filled(PATIENCE_S)
    assert len(order.children) == 2
    gain, loss = account.armed()
    gain.amend(take_profit=0)
    for child in gain, loss:  # one of a pair takes the other with it
        assert str(comes_to(child, "canceled").reason).startswith("CancelByUser")
    gain, loss = account.armed()
    account.orders.place(BTC, "sell", "0.06", reduce_only=True)
    for child in gain, loss:
        assert str(comes_to(child, "canceled").reason).startswith("CancelByTpSlTsClear")


def test_full_exits_replace_those_of_the_position(account: Account) -> None:
    """Who wants them says so; they have no size, and the older ones end."""
    first = account.bracket(tpsl_mode="Full", stop_loss=58000)
    second = account.bracket(tpsl_mode="Full", stop_loss=57000)
    account.fill(first)
    for child in first.children:
        assert comes_to(child, "armed").size is None
    account.fill(second)
    for child in second.children:
        comes_to(child, "armed")
    for child in first.children:
        assert comes_to(child, "canceled").reason is not None
    account.paper.trade_at(SWAP, "70000")
    assert second.take_profit is not None
    comes_to(second.take_profit, "fired")
    assert account.orders.wait_until(lambda known: not len(known.algos), PATIENCE_S)


def test_a_bracket_of_a_pair(account: Account) -> None:
    """Bybit makes one order of both sides, which takes their place; of one side it makes a stop."""
    order = account.bracket(product="spot", stop_loss=58000)
    profit = order.children[0]
    profit.amend(take_profit=71000)
    assert profit.wait_until(lambda one: one.take_profit == TriggerPrice(71000), PATIENCE_S)
    profit.amend(take_profit=70000)
    alone = account.orders.place(
        BTC, "buy", "0.02", 61000, take_profit=TriggerPrice(70000, limit=69000), product="spot"
    )
    account.fill(order)
    account.fill(alone)
    for child in order.children[:2]:
        comes_to(child, "replaced")
    assert order.wait_until(lambda one: len(one.children) == 3, PATIENCE_S)
    both = comes_to(order.children[2], "armed")
    assert (both.kind, both.take_profit, both.stop_loss) == ("oco", TriggerPrice(70000), TriggerPrice(58000))
    assert order.take_profit is order.stop_loss is both
    gain = comes_to(alone.children[0], "armed")
    assert (gain.take_profit, alone.take_profit) == (TriggerPrice(70000, limit=69000), gain)
    account.paper.trade_at("BTC-USDT", "70000")
    for child in both, gain:
        assert comes_to(child, "fired").fired_leg == "take_profit"
        assert child.wait_until(lambda one: one.orders and one.orders[0].is_filled, PATIENCE_S)


def test_arming_and_firing_in_the_dark(account: Account) -> None:
    """What happened while the socket was down is told once, as recovered, to the handles that were there before."""
    order = account.bracket()
    gain, loss = order.children
    heard = Heard()
    account.orders.algos.on_algo(heard)
    account.go_down()
    account.fill(order, "0.5")
    account.fill(order, "0.5")
    account.come_back()
    assert order.wait_until(lambda one: [c.size for c in one.children] == [D("0.01")] * 2, PATIENCE_S)
    account.go_down()
    account.paper.trade_at(SWAP, "70000")
    account.come_back()
    assert order.wait_until(lambda one: all(child.is_done for child in one.children), PATIENCE_S)
    assert [statuses(child) for child in (gain, loss)] == [
        ["pending", "attached", "armed", "fired"], ["pending", "attached", "armed", "canceled"],
    ]  # fmt: skip
    until(lambda: len([one for one in heard if one.algo.is_done]) == 2, what="all ends")
    changed = [one for one in heard if one.status_changed]
    assert all(one.recovered for one in changed)
    assert max(Counter((one.algo.algo_id, one.algo.status) for one in changed).values()) == 1
    until(lambda: len(account.orders.snapshot().fills) == 3, what="all fills")
    fills = account.orders.snapshot().fills
    assert sorted((fill.side, fill.size) for fill in fills) == [
        ("buy", D("0.005")), ("buy", D("0.005")), ("sell", D("0.01")),
    ]  # fmt: skip


def test_lost_answers(account: Account) -> None:
    """The children of an order in doubt are in doubt; what REST knows of it and them settles them."""
    account.ws.connect("trade", timeout=PATIENCE_S)  # else the order may go by REST
    account.paper.faults.lose_reply("order.create")
    with pytest.raises(OrderStatusUnknown):
        account.orders.place(BTC, "buy", "0.02", 60000, **BOTH, timeout=0.3)
    (order,) = account.orders.open
    assert order.wait_until(lambda one: [c.status for c in one.children] == ["attached"] * 2, PATIENCE_S)
    account.ws.connect("trade", timeout=PATIENCE_S)  # else the change goes by REST
    account.paper.faults.lose_reply("order.amend")
    gain, loss = order.children
    with pytest.raises(OrderStatusUnknown):
        gain.amend(take_profit=69000, timeout=0.3)
    assert gain.wait_until(lambda one: one.take_profit == TriggerPrice(69000), PATIENCE_S)
    account.fill(order)
    comes_to(gain, "armed")
    with pytest.raises(OkxApiError):
        account.orders.place(BTC, "buy", "0.02", take_profit=67000, stop_loss=66000)
    refused = list(account.orders.finished)[-1]
    assert [child.status for child in refused.children] == ["rejected"] * 2
    assert account.orders.algos.open == (gain, loss)


def test_what_others_place_and_a_client_that_starts_later(account: Account) -> None:
    """Brackets of another program and stops of positions are followed, changes of others seen, and all can be ended."""
    other = account.rest.order
    other.place_order(
        "linear", BTC, "Buy", "Limit", "0.02", "60000", "theirs", take_profit="70000", tpsl_mode="Partial"
    )
    assert account.orders.wait_until(lambda known: "theirs" in known and known["theirs"].take_profit, PATIENCE_S)
    order = account.orders["theirs"]
    gain = order.take_profit
    assert gain is not None
    comes_to(gain, "attached")
    other.amend_order("linear", BTC, order_link_id="theirs", take_profit="69000")
    assert gain.wait_until(lambda one: one.take_profit == TriggerPrice(69000), PATIENCE_S)
    other.amend_order("linear", BTC, order_link_id="theirs", stop_loss="58000", sl_trigger_by="MarkPrice")
    assert order.wait_until(lambda one: one.stop_loss and one.stop_loss.status == "attached", PATIENCE_S)
    loss = order.stop_loss
    assert loss is not None
    other.amend_order("linear", BTC, order_link_id="theirs", stop_loss="0")
    comes_to(loss, "canceled")
    account.fill(order)
    comes_to(gain, "armed")
    account.rest.position.set_trading_stop("linear", BTC, "Full", 0, stop_loss="57000", trailing_stop="900")
    assert account.orders.wait_until(lambda known: len(known.algos) == 3, PATIENCE_S)
    mine = account.bracket()
    for late in _account(account.paper):
        known = late.orders.algos
        assert {(one.kind, one.leg, one.status) for one in known.open} == {
            ("conditional", "take_profit", "armed"), ("conditional", "stop_loss", "armed"),
            ("trailing_stop", None, "armed"), ("conditional", "take_profit", "attached"),
            ("conditional", "stop_loss", "attached"),
        }  # fmt: skip
        parents = {one.status: one.parent for one in known.open if one.parent is not None}
        assert parents["attached"] is late.orders[str(mine.order_id)]
        ended = known.cancel_all(BTC)
        assert ended.ok, ended.failed
        assert known.wait_until(lambda all_: not len(all_), PATIENCE_S)
    comes_to(gain, "canceled")
    assert (mine.status, [child.status for child in mine.children]) == ("live", ["canceled"] * 2)


def test_an_order_without_an_id_of_a_client(account: Account) -> None:
    """As of Bybit's own pages: no row says whose its exits are, so they are inferred, where nothing else fits."""
    raw = BybitRest(account.paper)
    words = {**LIMIT, "tpslMode": "Partial", "takeProfit": "70000", "stopLoss": "58000"}
    ids = raw.post("order/create", **words)
    raw.session.close()
    assert account.orders.wait_until(lambda known: ids["orderId"] in known and len(known.algos) == 2, PATIENCE_S)
    order = account.orders[ids["orderId"]]
    assert order.client_order_id is None
    account.paper.fill(ordId=str(next(iter(account.paper.venue.accounts[0].orders))))
    for child in order.children:
        assert comes_to(child, "armed").algo_id is not None
    assert (len(order.children), len(account.orders.algos)) == (2, 2)


def test_a_program_that_starts_over(still_paper: PaperExchange, tmp_path: Path) -> None:
    """What its journal names is known again, with its children: armed in one life, over in the next; sent once."""

    def life() -> BybitWsClient:
        made = BybitWsClient(still_paper.bybit_config(), options=FAST, journal=tmp_path / "journal", journal_sync=False)
        assert made.orders.wait_synced(PATIENCE_S)
        assert made.orders.algos.wait_synced(PATIENCE_S)
        return made

    with life() as first:
        first.connect("trade", timeout=PATIENCE_S)  # else the order may go by REST
        still_paper.faults.lose_reply("order.create")
        with pytest.raises(OrderStatusUnknown):
            first.orders.place(BTC, "buy", "0.02", 60000, client_order_id="entry1", **BOTH, timeout=0.1)
    still_paper.fill("entry1")
    with life() as second:
        gain, loss = second.orders["entry1"].children
        assert (comes_to(gain, "armed").leg, comes_to(loss, "armed").leg) == ("take_profit", "stop_loss")
        assert (gain.take_profit, loss.stop_loss, gain.size) == (TriggerPrice(70000), LOSS, D("0.02"))
    still_paper.trade_at(SWAP, "70000")
    with life() as third:
        gain, loss = third.orders["entry1"].children
        assert (comes_to(gain, "fired").fired_leg, comes_to(loss, "canceled").algo_id) == ("take_profit", loss.algo_id)
        assert (len(third.orders.algos), len(third.orders)) == (0, 0)
    sides = [order.side for order in still_paper.venue.accounts[0].by_id.values()]
    assert sides == ["buy", "sell"]
