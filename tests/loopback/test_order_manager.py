"""The live orders of a client on the paper exchange: seeded, followed, placed, and whole again after every fault."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import (
    ConfigError,
    OkxApiError,
    OkxAuthError,
    OkxClient,
    OrderHandle,
    OrderManager,
    OrderStatusUnknown,
    StreamClosed,
)
from okx_sync.exchanges.okx.rest import NewOrder
from okx_sync.live import manager_feed
from okx_sync.live import orders as live_orders
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import PATIENCE_S, Connect, Heard, Watched, until
from tests.loopback.still_exchange import BTC, ETH, still_paper

__all__ = ["still_paper"]

LOW = "60000"  # far below the market: an order to buy rests there
HIGH = "66000"  # above the market: an order to buy is filled at once


@pytest.fixture
def rest(still_paper: PaperExchange) -> Iterator[OkxClient]:
    """Another program of the same account, by REST."""
    with OkxClient(still_paper.config) as client:
        yield client


def follow(watched: Watched, *, fills: bool = False) -> OrderManager:
    """The client's orders, when they are complete."""
    orders = watched.ws.order_manager(fills=fills)
    assert orders.wait_synced(PATIENCE_S)
    return orders


def rest_order(rest: OkxClient, cl_ord_id: str, px: str = LOW, sz: str = "0.5") -> str:
    """An order of the other program; returns the exchange's id."""
    return str(rest.place_order(BTC, "cash", "buy", "limit", sz, px, cl_ord_id).ordId)


def resting(orders: OrderManager, size: str = "0.5", **options: Any) -> OrderHandle:
    """An order of ours that waits in the book."""
    order = orders.place(BTC, "buy", size, LOW, td_mode="cash", **options)
    assert order.wait_until(lambda one: one.status == "live", PATIENCE_S)
    return order


def statuses(order: OrderHandle) -> list[str]:
    """Its history without times and reasons."""
    return [step.status for step in order.history]


def ids_of(fills: Heard) -> list[str]:
    """Trades that were told, sorted."""
    return sorted(one.trade_id for one in fills)


def venue_fills(paper: PaperExchange, order_id: str | None) -> list[str]:
    """Trades of an order as the exchange has them, sorted."""
    account = paper.venue.accounts[0]
    order = paper.run(lambda: account.find(order_id or "", ""))
    assert order is not None
    return sorted(fill.tradeId for fill in order.fills)


# -- seeding and following -----------------------------------------------------------------------------------------


def test_orders_that_were_open_before_are_known(still_paper: PaperExchange, rest: OkxClient, connect: Connect) -> None:
    """All pages of them, more than REST gives at a time; and what the other program does next is seen."""
    names = [f"before{number}" for number in range(130)]
    for start in range(0, 130, 20):
        some = [NewOrder(BTC, "cash", "buy", "limit", "0.001", LOW, name) for name in names[start : start + 20]]
        assert rest.trade.place_batch_orders(some).ok
    orders = follow(connect(still_paper.config))
    assert sorted(str(order.client_order_id) for order in orders.open) == sorted(names)
    assert {order.status for order in orders.open} == {"live"}
    rest.cancel_order(BTC, cl_ord_id="before7")
    assert orders["before7"].wait_done(PATIENCE_S)
    assert orders["before7"].reason == "canceled by the user"
    later = rest_order(rest, "later", px=HIGH)
    assert orders.wait_until(lambda all_: later in all_ and all_[later].is_filled, PATIENCE_S)


def test_fills_from_before_are_fetched_one_by_one(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect
) -> None:
    """REST's order tells of its last fill only: the others are asked for, and each is told once, as recovered."""
    order_id = rest_order(rest, "old")
    for size in ("0.1", "0.15", "0.05"):
        still_paper.fill("old", size)
    fills, orders = Heard(), connect(still_paper.config).ws.orders
    orders.on_fill(fills)
    assert orders.wait_until(lambda all_: "old" in all_ and not all_["old"].is_merged, PATIENCE_S)
    still_paper.fill("old", "0.2")
    assert orders["old"].wait_filled(PATIENCE_S)
    assert sorted(fill.trade_id for fill in orders["old"].fills) == venue_fills(still_paper, order_id)
    assert all(fill.fee is not None for fill in orders["old"].fills)
    assert [fill.recovered for fill in orders["old"].fills].count(False) == 1


def test_the_fee_of_a_fill_that_only_a_list_named_is_fetched(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REST's order tells of its last fill without the fee, and nothing will be pushed of it: REST's fills tell it."""
    monkeypatch.setattr(live_orders, "_FEES_S", 0.05)
    rest_order(rest, "old")
    still_paper.fill("old", "0.1")
    orders = connect(still_paper.config).ws.orders
    assert orders.wait_until(lambda all_: "old" in all_ and bool(all_["old"].fills), PATIENCE_S)
    until(lambda: orders["old"].fills[0].fee is not None, what="the fee")
    assert [fill.size for fill in orders["old"].fills] == [Decimal("0.1")]


def test_two_clients_of_one_account_see_the_same(still_paper: PaperExchange, connect: Connect) -> None:
    """What one places, the other follows, and may cancel."""
    mine, yours = follow(connect(still_paper.config)), follow(connect(still_paper.config))
    order = resting(mine)
    assert yours.wait_until(lambda all_: str(order.order_id) in all_, PATIENCE_S)
    still_paper.fill(ordId=order.order_id or "", sz="0.2")
    assert yours[str(order.order_id)].wait_until(lambda one: one.filled, PATIENCE_S)
    assert yours[str(order.order_id)].cancel()
    assert order.wait_done(PATIENCE_S)
    assert yours[str(order.order_id)].wait_done(PATIENCE_S)
    facts = ("order_id", "client_order_id", "status", "filled", "average_price", "fee", "fills", "size", "reason")
    assert all(getattr(order, name) == getattr(yours[str(order.order_id)], name) for name in facts)
    assert mine.fills == yours.fills


def test_a_fill_that_comes_three_ways_is_told_once(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect
) -> None:
    """By the channel of orders, by the channel of fills, and by REST after a reconnect."""
    watched = connect(still_paper.config)
    orders, fills = follow(watched, fills=True), Heard()
    orders.on_fill(fills)
    order = resting(orders)
    for size in ("0.1", "0.2"):
        still_paper.fill(ordId=order.order_id or "", sz=size)
    fills.until_more(2 - len(fills))
    still_paper.faults.drop(path="private")
    watched.states.until("restored", path="private")
    assert orders.wait_synced(PATIENCE_S)
    still_paper.fill(ordId=order.order_id or "")
    assert order.wait_filled(PATIENCE_S)
    until(lambda: len(fills) == 3)
    assert ids_of(fills) == venue_fills(still_paper, order.order_id)
    assert [fill.trade_id for fill in order.fills] == venue_fills(still_paper, order.order_id)
    assert watched.ws.order_manager(fills=True) is orders
    assert list(watched.errors) == []


# -- placing -------------------------------------------------------------------------------------------------------


def test_a_fill_that_overtakes_the_reply(still_paper: PaperExchange, connect: Connect) -> None:
    """The order is filled while place() still waits: the handle is there, and is the one that place() gives."""
    orders = follow(connect(still_paper.config))
    given: list[OrderHandle] = []
    resting(orders).cancel()  # connects and looks the instrument up
    still_paper.faults.delay(0.5, "ack")

    def place() -> None:
        given.append(orders.place(BTC, "buy", "0.01", HIGH, td_mode="cash", client_order_id="quick"))

    placing = threading.Thread(target=place)
    placing.start()
    assert orders.wait_until(lambda all_: "quick" in all_ and all_["quick"].is_filled, PATIENCE_S)
    assert given == []
    placing.join(PATIENCE_S)
    assert given == [orders["quick"]]
    assert statuses(given[0])[0] == "pending"
    assert statuses(given[0])[-1] == "filled"
    assert given[0].average_price == given[0].fills[0].price


def test_a_refused_order_is_rejected(still_paper: PaperExchange, connect: Connect) -> None:
    """The refusal is raised, and kept with the order."""
    orders = follow(connect(still_paper.config))
    with pytest.raises(OkxApiError) as refusal:
        orders.place(BTC, "buy", "100", LOW, td_mode="cash", client_order_id="huge")
    assert refusal.value.code == "51008"
    assert orders["huge"].status == "rejected"
    assert str(orders["huge"].reason).startswith("[51008]")
    with pytest.raises(ConfigError, match="td_mode"):
        orders.place(BTC, "buy", "1", LOW)


def test_an_order_whose_reply_is_lost_is_settled_by_rest(still_paper: PaperExchange, connect: Connect) -> None:
    """The exchange took it and nobody tells: unknown, then live as REST says. Nothing is sent again."""
    orders = follow(connect(still_paper.config))
    resting(orders).cancel()
    still_paper.faults.delay(60, "push")
    still_paper.faults.lose_reply("order")
    with pytest.raises(OrderStatusUnknown) as unknown:
        orders.place(BTC, "buy", "0.5", LOW, td_mode="cash", timeout=0.3)
    order = orders[unknown.value.clOrdId]
    assert order.wait_until(lambda one: one.status == "live", PATIENCE_S)
    assert statuses(order) == ["pending", "unknown", "live"]
    assert order.order_id is not None
    assert still_paper.venue.requests["place", "ws"] == 2


def test_an_older_order_of_the_same_id_is_not_the_lost_one(
    still_paper: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REST shows an order that ended yesterday, and one that is known by another id of ours: the lost order stays
    unknown until it is shown itself.
    """
    monkeypatch.setattr(manager_feed, "_FIRST_LOOK_S", 0.02)
    orders = follow(connect(still_paper.config))
    known = resting(orders)
    still_paper.faults.delay(60, "push")
    row = {"instId": BTC, "clOrdId": "mine", "state": "filled", "side": "buy", "sz": "0.5", "accFillSz": "0.5"}
    yesterday = row | {"ordId": "1", "cTime": str(int(time.time() * 1000) - 86_400_000)}
    just_now = row | {"ordId": known.order_id, "cTime": str(int(time.time() * 1000) + 1000)}
    for other in (yesterday, just_now):
        body = {"code": "0", "msg": "", "data": [other | {"ordType": "limit", "uTime": other["cTime"]}]}
        still_paper.faults.rest_status(200, body, path="/api/v5/trade/order")
    still_paper.faults.lose_reply("order")
    with pytest.raises(OrderStatusUnknown):
        orders.place(BTC, "buy", "0.5", LOW, td_mode="cash", client_order_id="mine", timeout=0.3)
    order = orders["mine"]
    assert order.wait_until(lambda one: one.status == "live", PATIENCE_S)
    assert statuses(order) == ["pending", "unknown", "live"]
    assert order.order_id not in (None, "1", known.order_id)
    assert known.is_open
    looks = [one for one in still_paper.requests if one.path == "/api/v5/trade/order"]
    assert len(looks) == 3


def test_an_order_that_came_too_late_is_rejected_at_last(
    still_paper: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With expires_at it is certain that it cannot arrive any more; without, it would stay unknown."""
    monkeypatch.setattr(live_orders, "_LATE_MS", 0)
    watched = connect(still_paper.config)
    orders = follow(watched)
    resting(orders).cancel()
    still_paper.faults.blackhole(path="private")
    soon = int(watched.ws.clock.server_time() * 1000) + 300
    with pytest.raises(OrderStatusUnknown) as unknown:
        orders.place(BTC, "buy", "0.5", LOW, td_mode="cash", expires_at=soon, timeout=0.2)
    order = orders[unknown.value.clOrdId]
    assert order.wait_done(PATIENCE_S)
    assert (order.status, order.reason) == ("rejected", "it did not reach the exchange in time")
    still_paper.faults.clear()
    until(lambda: len([one for one in still_paper.seen if '"op":"order"' in one.text]) == 2, what="the late request")
    assert still_paper.venue.requests["place", "ws"] == 1


# -- canceling and amending ----------------------------------------------------------------------------------------


def test_a_cancel_that_a_fill_was_faster_than(still_paper: PaperExchange, connect: Connect) -> None:
    """The exchange says that it is gone: False, no error, and the order turns out filled."""
    orders = follow(connect(still_paper.config))
    order = resting(orders)
    still_paper.faults.delay(0.3, "push")
    still_paper.fill(ordId=order.order_id or "")
    assert order.is_open
    assert not order.cancel()
    assert order.wait_filled(PATIENCE_S)
    assert statuses(order) == ["pending", "live", "filled"]
    assert not order.cancel()


def test_a_change_that_fails_at_the_exchange(still_paper: PaperExchange, connect: Connect) -> None:
    """Taken as a request and refused afterwards, for want of money: told with the reason, the order lives on."""
    orders, changes = follow(connect(still_paper.config)), Heard()
    order = resting(orders)
    order.amend(price="59000", size="0.6")
    assert order.wait_until(lambda one: (str(one.price), str(one.size)) == ("59000", "0.6"), PATIENCE_S)
    order.on_change(changes)
    order.amend(size="1000")
    assert order.wait_until(lambda one: one.amend_error, PATIENCE_S)
    assert "51008" in str(order.amend_error)
    assert (order.status, str(order.size), order.reason) == ("live", "0.6", None)
    until(lambda: any(change.is_amend_failed for change in changes))
    with pytest.raises(OkxApiError):
        order.amend(price="1000000")
    assert order.cancel()


# -- faults --------------------------------------------------------------------------------------------------------


def test_what_happened_during_an_outage_is_known_after_it(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect
) -> None:
    """Filled, partly filled and canceled, canceled, and new ones: as the exchange has them, each fill told once."""
    watched = connect(still_paper.config)
    orders, fills = follow(watched), Heard()
    orders.on_fill(fills)
    filled, parted, canceled, kept = (resting(orders, "0.3") for _ in range(4))
    still_paper.fill(ordId=parted.order_id or "", sz="0.1")
    fills.until_more(1 - len(fills))
    still_paper.faults.refuse_handshake(503, times=None)
    still_paper.faults.drop(path="private")
    watched.states.until("lost", path="private")
    assert not orders.synced
    for size in ("0.2", "0.1"):
        still_paper.fill(ordId=filled.order_id or "", sz=size)
    still_paper.fill(ordId=parted.order_id or "", sz="0.15")
    for order in (parted, canceled):
        rest.cancel_order(BTC, order.order_id)
    rest_order(rest, "new", sz="0.1")
    rest_order(rest, "newfilled", px=HIGH, sz="0.01")
    still_paper.faults.clear()
    assert orders.wait_synced(PATIENCE_S)
    assert (filled.status, parted.status, canceled.status, kept.status) == ("filled", "canceled", "canceled", "live")
    assert orders["new"].status == "live"
    until(lambda: len(fills) == 5, what="all fills")
    assert orders["newfilled"].is_filled
    assert (str(parted.filled), str(filled.filled)) == ("0.25", "0.3")
    everything = [one for order in (filled, parted) for one in venue_fills(still_paper, order.order_id)]
    assert ids_of(fills) == sorted(everything + venue_fills(still_paper, orders["newfilled"].order_id))
    assert list(watched.errors) == []


def test_rest_that_fails_for_a_while_is_asked_again(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect
) -> None:
    """Not synced, and on_error told, until REST has answered; the stream is followed all the same."""
    rest_order(rest, "before")
    still_paper.faults.rest_status(418, "no", path="/api/v5/trade/orders-pending", times=None)
    watched = connect(still_paper.config)
    orders = watched.ws.orders
    watched.errors.until_more(2 - len(watched.errors))
    assert not orders.synced
    assert "before" not in orders
    order = resting(orders)
    still_paper.faults.clear()
    assert orders.wait_synced(PATIENCE_S)
    assert orders["before"].status == order.status == "live"


def test_a_link_that_is_lost_while_rest_answers_leaves_it_unsynced(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect
) -> None:
    """What REST said before the loss is taken in, but is not the whole truth until it was asked again after it."""
    rest_order(rest, "before")
    still_paper.faults.slow_rest(0.3, path="/api/v5/trade/orders-pending")
    watched = connect(still_paper.config)
    orders = watched.ws.orders
    still_paper.faults.refuse_handshake(503, times=None)
    still_paper.faults.drop(path="private")
    watched.states.until("lost", path="private")
    assert orders.wait_until(lambda all_: "before" in all_, PATIENCE_S)
    assert not orders.wait_synced(0.2)
    still_paper.faults.clear()
    assert orders.wait_synced(PATIENCE_S)


def test_asking_rest_while_the_link_is_down_does_not_make_it_synced(
    still_paper: PaperExchange, rest: OkxClient, connect: Connect
) -> None:
    """As above, when REST is asked after the loss only: its answer is taken in, but nobody follows what comes next."""
    watched = connect(still_paper.config)
    orders = follow(watched)
    still_paper.faults.refuse_handshake(503, times=None)
    still_paper.faults.drop(path="private")
    watched.states.until("lost", path="private")
    rest_order(rest, "meanwhile")
    feed = watched.ws._live.orders._feed
    assert feed is not None
    feed.seed()
    assert orders.wait_until(lambda all_: "meanwhile" in all_, PATIENCE_S)
    assert not orders.wait_synced(0.2)
    still_paper.faults.clear()
    assert orders.wait_synced(PATIENCE_S)


def test_an_order_that_the_exchange_has_forgotten_is_over(still_paper: PaperExchange, connect: Connect) -> None:
    """It had it once; a cancel finds nothing, the stream is silent and REST denies it, several times."""
    orders = follow(connect(still_paper.config))
    order = resting(orders)
    still_paper.faults.delay(60, "push")
    still_paper.fill(ordId=order.order_id or "")
    denial = {"code": "51603", "msg": "Order does not exist", "data": []}
    still_paper.faults.rest_status(200, denial, path="/api/v5/trade/order", times=None)
    assert not order.cancel()
    assert order.wait_done(PATIENCE_S)
    assert (order.status, order.reason) == ("canceled", "the exchange does not know it any more")
    assert len([one for one in still_paper.requests if one.path == "/api/v5/trade/order"]) == 4


def test_a_manager_whose_subscription_was_ended_does_not_look_alive(
    still_paper: PaperExchange, connect: Connect
) -> None:
    """The exchange ends the subscription behind the ack: whoever waits gets the reason; the next use starts anew."""
    watched = connect(still_paper.config)
    orders = follow(watched)
    still_paper.faults.conn_count_error("orders")
    still_paper.faults.drop(path="private")
    with pytest.raises(StreamClosed, match="its subscription has ended"):
        orders.wait_until(lambda _: False, PATIENCE_S)
    assert not orders.synced
    again = follow(watched)
    assert again is not orders
    assert resting(again).cancel()


def test_closing_the_client_ends_every_wait(still_paper: PaperExchange, connect: Connect) -> None:
    """Orders can still be read as they were last."""
    watched = connect(still_paper.config)
    orders = follow(watched)
    order = resting(orders)
    closing = threading.Timer(0.05, watched.ws.close)
    closing.start()
    with pytest.raises(StreamClosed, match="the client was closed"):
        order.wait_done(PATIENCE_S)
    closing.join(PATIENCE_S)
    assert orders[str(order.order_id)].status == "live"
    assert not orders.synced


def test_orders_need_a_login(still_paper: PaperExchange, connect: Connect) -> None:
    """Without credentials the first use says so, and the next one again."""
    watched = connect(still_paper.public_config)
    for _ in range(2):
        with pytest.raises(OkxAuthError):
            _ = watched.ws.orders


def test_a_callback_that_raises_costs_nobody_else_anything(still_paper: PaperExchange, connect: Connect) -> None:
    """Its error goes to on_error with its name; the other listeners hear everything."""
    watched = connect(still_paper.config)
    orders, changes = follow(watched), Heard()

    def broken(_change: object) -> None:
        raise RuntimeError("mine")

    orders.on_order(broken)
    orders.on_order(changes)
    order = orders.place(ETH, "buy", "1", "1000", td_mode="cash")
    assert order.wait_until(lambda one: one.status == "live", PATIENCE_S)
    until(lambda: len(changes) >= 2 and [*changes][-1].order.status == "live")
    until(lambda: any("broken" in getattr(error, "callback", "") for error in watched.errors))
