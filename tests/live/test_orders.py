"""``LiveOrders``: fed by the stream, completed by asking, until it is known what became of each order.

The exchange's REST side stands in memory (``Rest``); everything else is real.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.errors import (
    ConfigError,
    DecodeError,
    OkxApiError,
    OkxError,
    OkxHttpError,
    OrderStatusUnknown,
    StreamClosed,
    SubscriptionError,
)
from okx_sync.live import manager_feed
from okx_sync.live import orders as live_orders
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.state.orders.cancel_all import CancelVerdict
from okx_sync.state.orders.new_order import new_order
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate
from tests.delivery.owner import PATIENCE_S, HeldCallback
from tests.live.scripted import ACCOUNT, MARKET, Exchange, ScriptedClient, Watched, client, fill, order, push
from tests.loopback.conftest import until
from tests.threads import no_more_threads

ORDERS = {"channel": "orders"}
UNREAD = DecodeError("an order lacks its id", text="{}")


class Rest(StreamOrders):
    """Follows the streams, and knows what the exchange has.

    ``listed``: the open orders; ``known``: what looking one up finds, by either id; ``fills``: by order; ``troubles``:
    what the next calls of a name raise; ``asked`` counts the calls.
    """

    def __init__(self, subscribe: Callable[..., Any]) -> None:
        super().__init__(subscribe, ACCOUNT, "orders", "fills", None, queries=self)
        self.needs_fills = False
        self.place = self._place
        self.listed: list[OrderUpdate] = []
        self.unread: list[DecodeError] = []
        self.known: dict[str, OrderUpdate] = {}
        self.fills: dict[str, list[FillUpdate]] = {}
        self.troubles: dict[str, list[BaseException]] = {}
        self.before: dict[str, Callable[[], object]] = {}
        self.asked: Counter[str] = Counter()
        self.expires_at: int | None = None

    def _ask(self, name: str) -> None:
        self.asked[name] += 1
        self.before.get(name, lambda: None)()
        if self.troubles.get(name):
            raise self.troubles[name].pop(0)

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        self._ask("open_orders")
        found = [one for one in self.listed if inst_id in (None, one.inst_id)]
        return OpenOrders(found, self.unread)

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        self._ask("look_up")
        return self.known.get(order.order_id or "") or self.known.get(order.client_order_id or "")

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        self._ask("fills_of")
        return self.fills.get(order.order_id or "", [])

    def new_order(self, words: Mapping[str, Any]) -> PreparedOrder:
        return attrs.evolve(new_order(words, lambda: "mine"), expires_at=self.expires_at)

    def _place(self, new: PreparedOrder) -> str | None:
        del new
        self._ask("place")
        return None

    def cancel_many(self, orders: Sequence[OrderState]) -> list[tuple[CancelVerdict, OkxError | None]]:
        self._ask("cancel_many")
        return [("accepted", None)] * len(orders)


@attrs.frozen
class WatchedOrders:
    """An exchange, its REST side, and a client of both."""

    exchange: Exchange
    watched: Watched
    rest: Rest

    @property
    def ws(self) -> ScriptedClient:
        return self.watched.ws

    def opened(self) -> OrderManager:
        """The orders, synced."""
        orders = self.ws.orders
        assert orders.wait_synced(PATIENCE_S)
        return orders

    def tell(self, *rows: Mapping[str, Any]) -> None:
        """The stream tells of orders."""
        self.exchange.say(ACCOUNT, *(push(ORDERS, row) for row in rows))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at again and again is so without a pause."""
    for name in ("_FIRST_LOOK_S", "_REPAIR_S", "_UNREAD_S"):
        monkeypatch.setattr(manager_feed, name, 0.001)
    monkeypatch.setattr(live_orders, "_REPAIR_S", 0.001)


@pytest.fixture
def stage() -> Iterator[WatchedOrders]:
    """One whose REST side has nothing yet."""
    made: list[Rest] = []

    def source(subscribe: Callable[..., Any]) -> Rest:
        made.append(Rest(subscribe))
        return made[0]

    with Exchange() as exchange, client(exchange, orders=source) as watched:
        yield WatchedOrders(exchange, watched, made[0])


def row(number: str, status: str = "live", **more: Any) -> dict[str, Any]:
    """An order on the wire."""
    return {"id": number, "status": status, **more}


# -- life ----------------------------------------------------------------------------------------------------------


def test_the_first_use_subscribes_and_asks_what_is_open(stage: WatchedOrders) -> None:
    """Synced from then on; the same object each time, and the stream goes on with it."""
    stage.rest.listed = [order("1", "live")]
    assert stage.exchange.asked("orders") == 0
    orders = stage.opened()
    assert [one.order_id for one in orders] == ["1"]
    assert stage.ws.orders is orders
    stage.tell(row("1", "filled", filled="10", at=5), row("2"))
    assert orders.wait_until(lambda one: "2" in one, PATIENCE_S)
    assert orders["1"].is_filled
    assert (stage.exchange.asked("orders"), stage.rest.asked) == (1, {"open_orders": 1})


def test_a_client_that_is_closed_closes_it_and_its_thread(stage: WatchedOrders) -> None:
    """Whoever waits hears of it."""
    orders = stage.opened()
    stage.ws.close()
    assert orders.unsynced_reason == "the client was closed"
    with pytest.raises(StreamClosed, match="the client was closed"):
        orders.wait_until(lambda _: False)
    assert all(thread.name != "okx-orders" for thread in threading.enumerate())


def test_closing_it_leaves_the_wire_and_the_next_use_makes_a_new_one(stage: WatchedOrders) -> None:
    """Which asks anew."""
    old = stage.opened()
    old.close()
    until(lambda: stage.exchange.asked("orders", "unsubscribe") == 1)
    new = stage.opened()
    assert (new is old, stage.rest.asked["open_orders"]) == (False, 2)


def test_when_its_subscription_ends_it_does_not_look_alive(stage: WatchedOrders) -> None:
    """Here the exchange does not agree again after an outage."""
    orders = stage.opened()
    stage.exchange.refused.add("orders")
    stage.exchange.drop(ACCOUNT)
    until(lambda: orders.is_closed)
    assert "its subscription has ended" in str(orders.unsynced_reason)
    assert "no orders() here" in str(orders.unsynced_reason)
    stage.exchange.refused.clear()
    assert stage.opened() is not orders


def test_it_is_made_whole_or_not_at_all(stage: WatchedOrders, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal, or no thread: the caller hears of it, and the next use tries again."""
    stage.exchange.refused.add("orders")
    with pytest.raises(SubscriptionError):
        _ = stage.ws.orders
    stage.exchange.refused.clear()
    with no_more_threads(monkeypatch, "okx-orders"), pytest.raises(OkxError, match="cannot be started"):
        _ = stage.ws.orders
    assert stage.ws.subscription_count() == 0
    assert stage.rest.asked == {}
    stage.opened()


def test_a_thread_that_the_others_need_does_not_wait_for_them(stage: WatchedOrders) -> None:
    """An inline callback on the link that is to bring the agreement gets an error, not a deadlock."""
    stage.exchange.deaf.add("orders")
    told, ended = list[BaseException](), list[BaseException]()

    def ask(keep: list[BaseException]) -> None:
        try:
            _ = stage.ws.orders
        except OkxError as error:
            keep.append(error)

    stage.ws.subscribe("holdings", lambda _event: ask(told), inline=True)
    first = threading.Thread(target=ask, args=(ended,))
    first.start()
    until(lambda: stage.exchange.asked("orders") == 1)
    stage.exchange.say(ACCOUNT, push({"channel": "holdings"}, {"symbol": "BTC", "size": "1"}))
    until(lambda: told)
    assert "this thread cannot wait for it" in str(told[0])
    stage.ws.close()
    first.join(PATIENCE_S)
    assert isinstance(ended[0], StreamClosed)


# -- fills ---------------------------------------------------------------------------------------------------------


def test_the_stream_of_fills_is_followed_where_it_is_wanted(stage: WatchedOrders) -> None:
    """Once, and also later."""
    orders = stage.opened()
    assert stage.exchange.asked("fills") == 0
    for _ in range(2):
        assert stage.ws.order_manager(fills=True) is orders
    assert stage.exchange.asked("fills") == 1
    stage.tell(row("1"))
    stage.exchange.say(ACCOUNT, push({"channel": "fills"}, {"id": "t1", "order": "1", "size": "4"}))
    assert orders.wait_until(lambda one: "1" in one and one["1"].filled == 4, PATIENCE_S)


def test_where_orders_do_not_name_their_fills_it_is_followed_in_any_case(stage: WatchedOrders) -> None:
    """And left with the manager."""
    stage.rest.needs_fills = True
    orders = stage.opened()
    assert stage.exchange.asked("fills") == 1
    orders.close()
    until(lambda: stage.exchange.asked("fills", "unsubscribe") == 1)


@pytest.mark.usefixtures("quick")
def test_fills_that_were_told_as_one_are_asked_for(stage: WatchedOrders) -> None:
    """Until each is known."""
    orders = stage.opened()
    told = {"1": [fill("t1", "1", 1), fill("t2", "1", 2)]}
    stage.rest.before["fills_of"] = lambda: stage.rest.asked["fills_of"] == 3 and stage.rest.fills.update(told)
    stage.tell(row("1", "partially_filled", filled="3", at=5))
    assert orders.wait_until(lambda one: "1" in one and not one["1"].is_merged, PATIENCE_S)
    assert [one.trade_id for one in orders["1"].fills] == ["t1", "t2"]
    assert stage.rest.asked["fills_of"] == 3


def test_a_fill_that_a_list_names_without_its_fee(stage: WatchedOrders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its fee is fetched a while later, unless the stream has told it."""
    monkeypatch.setattr(live_orders, "_FEES_S", 0.001)
    bare = fill("t1", "1", 3)
    stage.rest.fills["1"] = [attrs.evolve(bare, fee=Decimal("-0.1"))]
    stage.rest.listed = [order("1", "partially_filled", 3, fill=bare, recovered=True)]
    orders = stage.opened()
    assert orders.wait_until(lambda one: one["1"].fills[0].fee == Decimal("-0.1"), PATIENCE_S)
    assert (orders["1"].filled, stage.rest.asked["fills_of"]) == (Decimal(3), 1)


@pytest.mark.usefixtures("quick")
def test_fills_that_nobody_tells_are_not_asked_for_ever(stage: WatchedOrders, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order stays merged then, and says so, until somebody tells of them after all."""
    monkeypatch.setattr(live_orders, "_LOOKS", 3)
    orders = stage.opened()
    stage.tell(row("1", "partially_filled", filled="3", at=5))
    until(lambda: stage.rest.asked["fills_of"] == 3)
    merged = [orders["1"].is_merged]
    orders.apply(fill("t1", "1", 3))
    merged.append(orders["1"].is_merged)
    assert merged == [True, False]
    assert stage.rest.asked["fills_of"] == 3


# -- what may be missing -------------------------------------------------------------------------------------------


def test_behind_a_loss_it_is_synced_when_it_was_asked_again(stage: WatchedOrders) -> None:
    """Not before, and nobody hears of the loss while it looks complete."""
    orders, synced_then, held = stage.opened(), list[bool](), HeldCallback()
    stage.ws.on_state(lambda event: synced_then.append(orders.synced) if event.kind == "lost" else None)
    stage.rest.listed = [order("1", "live")]
    stage.rest.before["open_orders"] = held
    stage.exchange.drop(ACCOUNT)
    until(lambda: synced_then)
    held.go_on.set()
    assert orders.wait_until(lambda one: "1" in one and one.synced, PATIENCE_S)
    assert (synced_then, stage.rest.asked["open_orders"]) == ([False], 2)


def test_what_was_asked_before_a_loss_completes_nothing(stage: WatchedOrders) -> None:
    """The answer may be older than what was missed."""
    gate = HeldCallback()
    stage.rest.before["open_orders"] = gate
    orders = stage.ws.orders
    assert gate.entered.wait(PATIENCE_S)
    stage.exchange.deaf.add("orders")
    stage.exchange.drop(ACCOUNT)
    stage.watched.states.until("lost")
    stage.rest.before.clear()
    gate.go_on.set()
    stage.tell(row("1"))
    until(lambda: stage.rest.asked["open_orders"] == 1)
    assert not orders.wait_synced(0.05)
    assert "the account link was lost" in str(orders.unsynced_reason)


@pytest.mark.usefixtures("quick")
def test_while_the_link_is_down_nothing_completes_it(stage: WatchedOrders) -> None:
    """Whatever is asked meanwhile."""
    orders = stage.opened()
    stage.exchange.deaf.add("orders")
    stage.exchange.drop(ACCOUNT)
    stage.watched.states.until("lost")
    orders.row_lost()
    until(lambda: stage.rest.asked["open_orders"] == 2)
    assert not orders.wait_synced(0.05)
    stage.exchange.deaf.clear()
    stage.exchange.drop(ACCOUNT)
    assert orders.wait_synced(PATIENCE_S)


def test_another_link_is_no_concern_of_it(stage: WatchedOrders) -> None:
    """It stays synced, and nothing is asked."""
    orders = stage.opened()
    stage.ws.connect(MARKET)
    stage.exchange.drop(MARKET)
    stage.watched.states.until("restored", path=MARKET)
    assert (orders.synced, stage.rest.asked["open_orders"]) == (True, 1)


def test_a_list_that_cannot_be_had_is_asked_for_again(stage: WatchedOrders) -> None:
    """Told to ``on_error``, and the reason says so meanwhile."""
    held, error = HeldCallback(), OkxHttpError("no route")
    stage.rest.troubles["open_orders"] = [error]

    def second() -> None:
        if stage.rest.asked["open_orders"] == 2:
            held()

    stage.rest.before["open_orders"] = second
    orders = stage.ws.orders
    until(lambda: list(stage.watched.errors) == [error])
    until(lambda: orders.unsynced_reason == "the open orders could not be read: no route")
    held.go_on.set()
    assert orders.wait_synced(PATIENCE_S)


@pytest.mark.usefixtures("quick")
def test_a_list_of_which_not_all_can_be_read_completes_nothing(stage: WatchedOrders) -> None:
    """Told once; asked for again until all can."""
    stage.rest.unread, stage.rest.listed = [UNREAD], [order("1", "live")]
    orders = stage.ws.orders
    until(lambda: stage.rest.asked["open_orders"] >= 2)
    assert ("1" in orders, orders.synced) == (True, False)
    stage.rest.unread = []
    assert orders.wait_synced(PATIENCE_S)
    until(lambda: list(stage.watched.errors) == [UNREAD])


@pytest.mark.usefixtures("quick")
def test_a_row_of_the_stream_that_cannot_be_read_is_asked_for(stage: WatchedOrders) -> None:
    """It is told, and the list of the open orders makes up for it."""
    orders = stage.opened()
    stage.rest.listed = [order("7", "live")]
    stage.tell({"status": "live"})
    assert orders.wait_until(lambda one: "7" in one and one.synced, PATIENCE_S)
    until(lambda: [type(error) for error in stage.watched.errors] == [DecodeError])


@pytest.mark.usefixtures("quick")
def test_a_bug_of_ours_is_logged_and_ends_nothing(stage: WatchedOrders, caplog: pytest.LogCaptureFixture) -> None:
    """What failed is tried again."""
    stage.rest.troubles["open_orders"] = [ZeroDivisionError("a bug")]
    assert stage.ws.orders.wait_synced(PATIENCE_S)
    assert "orders: seed failed" in caplog.messages


def test_when_the_client_is_found_closed_nothing_more_is_asked(stage: WatchedOrders) -> None:
    """That is no error to tell of."""
    stage.rest.troubles["open_orders"] = [StreamClosed("the client was closed")]
    _ = stage.ws.orders
    until(lambda: all(thread.name != "okx-orders" for thread in threading.enumerate()))
    assert (stage.rest.asked, list(stage.watched.errors)) == ({"open_orders": 1}, [])


# -- orders of unknown fate ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_an_order_that_is_missing_in_the_list_is_looked_up(stage: WatchedOrders) -> None:
    """What is found is what it is; what is not found several times is gone."""
    orders = stage.opened()
    stage.tell(row("1"), row("2"))
    assert orders.wait_until(lambda one: len(one) == 2, PATIENCE_S)
    stage.rest.known["1"] = order("1", "filled", 10, updated_at=9)
    stage.exchange.drop(ACCOUNT)
    assert orders["1"].wait_filled(PATIENCE_S)
    assert orders["2"].wait_done(PATIENCE_S)
    assert (orders["2"].status, orders["2"].reason) == ("canceled", "the exchange does not know it any more")
    assert stage.rest.asked["look_up"] >= 5
    assert orders.wait_synced(PATIENCE_S)


@pytest.mark.usefixtures("quick")
def test_one_that_cannot_be_read_keeps_it_from_being_synced(stage: WatchedOrders) -> None:
    """Until it can; the others are looked up all the same."""
    orders = stage.opened()
    stage.tell(row("1"), row("2"))
    assert orders.wait_until(lambda one: len(one) == 2, PATIENCE_S)
    stage.rest.known |= {"1": order("1", "canceled", updated_at=9), "2": order("2", "canceled", updated_at=9)}
    stage.rest.troubles["look_up"] = [UNREAD]
    stage.exchange.drop(ACCOUNT)
    assert orders["2"].wait_done(PATIENCE_S)
    assert orders["1"].wait_done(PATIENCE_S)
    assert orders.wait_synced(PATIENCE_S)
    until(lambda: list(stage.watched.errors) == [UNREAD])


def lost(stage: WatchedOrders) -> Any:
    """An order whose answer was lost."""
    stage.rest.troubles["place"] = [OrderStatusUnknown("no answer", clOrdId="mine")]
    orders = stage.opened()
    with pytest.raises(OrderStatusUnknown):
        orders.place("BTC", "buy", 10, 100)
    return orders["mine"]


@pytest.mark.usefixtures("quick")
def test_an_order_without_an_answer_is_looked_up_until_it_is_found(stage: WatchedOrders) -> None:
    """It may be a moment on its way; an attempt that fails is told and repeated."""
    found = {"mine": order("5", "live", client_order_id="mine")}
    stage.rest.before["look_up"] = lambda: stage.rest.asked["look_up"] == 3 and stage.rest.known.update(found)
    stage.rest.troubles["look_up"] = [OkxHttpError("no route")]
    handle = lost(stage)
    assert handle.wait_until(lambda one: one.status == "live", PATIENCE_S)
    until(lambda: len(stage.watched.errors) == 1)
    assert handle.order_id == "5"
    assert [step.status for step in handle.history] == ["pending", "unknown", "live"]


@pytest.mark.usefixtures("quick")
def test_an_order_that_the_exchange_tells_nothing_of(stage: WatchedOrders, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays in doubt, and is not asked for for ever; the others are known all the same."""
    monkeypatch.setattr(manager_feed, "_LOOKS", 3)
    refusal = OkxApiError("no such instrument", code="51001")
    stage.rest.troubles["look_up"] = [refusal] * 1_000
    handle = lost(stage)
    until(lambda: stage.rest.asked["look_up"] == 3)
    stage.exchange.drop(ACCOUNT)
    until(lambda: stage.rest.asked["look_up"] == 7)
    assert stage.ws.orders.wait_synced(PATIENCE_S)
    assert handle.status == "unknown"
    assert set(stage.watched.errors) == {refusal}


@pytest.mark.usefixtures("quick")
def test_a_refusal_that_may_pass_keeps_it_from_being_synced(stage: WatchedOrders) -> None:
    """So does one of an order that was known to be open: it may be over."""
    orders = stage.opened()
    stage.tell(row("1"))
    assert orders.wait_until(lambda one: len(one) == 1, PATIENCE_S)
    stage.rest.known["1"] = order("1", "canceled", updated_at=9)
    stage.rest.troubles["look_up"] = [OkxApiError("no such instrument", code="51001")]
    stage.exchange.drop(ACCOUNT)
    assert orders["1"].wait_done(PATIENCE_S)
    assert orders.wait_synced(PATIENCE_S)
    stage.rest.troubles["look_up"] = [OkxApiError("busy", code="50001", retryable=True)]
    stage.rest.known["mine"] = order("5", "live", client_order_id="mine")
    assert lost(stage).wait_until(lambda one: one.status == "live", PATIENCE_S)


@pytest.mark.usefixtures("quick")
def test_an_order_that_is_found_is_not_taken_for_another(stage: WatchedOrders) -> None:
    """The exchange shows the newest order of an id of ours, which may be one that we know."""
    orders = stage.opened()
    stage.rest.known["mine"] = order("1", "live")
    stage.tell(row("1"))
    assert orders.wait_until(lambda one: "1" in one, PATIENCE_S)
    handle = lost(stage)
    until(lambda: stage.rest.asked["look_up"] >= 2)
    assert (handle.status, handle.order_id) == ("unknown", None)
    stage.tell(row("6", own="mine"))
    assert handle.wait_until(lambda one: one.order_id == "6", PATIENCE_S)


@pytest.mark.usefixtures("quick")
def test_an_order_that_came_too_late_is_over(stage: WatchedOrders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind its time the exchange drops it."""
    monkeypatch.setattr(live_orders, "_LATE_MS", 0)
    stage.rest.expires_at = 1
    handle = lost(stage)
    assert handle.wait_done(PATIENCE_S)
    assert (handle.status, handle.reason) == ("rejected", "it did not reach the exchange in time")


@pytest.mark.usefixtures("quick")
def test_what_nobody_knows_is_not_asked_for_ever(
    stage: WatchedOrders, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It stays unknown, and the log says so."""
    monkeypatch.setattr(manager_feed, "_LOOKS", 3)
    handle = lost(stage)
    until(lambda: any("no answer came for BTC" in line for line in caplog.messages))
    assert (handle.status, stage.rest.asked["look_up"]) == ("unknown", 3)


# -- all of them ---------------------------------------------------------------------------------------------------


def test_all_that_the_exchange_lists_is_canceled(stage: WatchedOrders) -> None:
    """What was not known here, too; nothing while a row of the list cannot be read, since it would be left out."""
    orders = stage.opened()
    stage.rest.listed = [order("1", "live"), order("2", "live", inst_id="ETH")]
    result = orders.cancel_all("ETH")
    assert [one.order.order_id for one in result] == ["2"]
    assert result.ok
    stage.rest.unread = [UNREAD]
    with pytest.raises(DecodeError):
        orders.cancel_all()
    assert stage.rest.asked["cancel_many"] == 1


# -- where nobody can be asked -------------------------------------------------------------------------------------


@pytest.fixture
def deaf_stage() -> Iterator[tuple[Exchange, Watched]]:
    """A client of an exchange whose orders are told by streams only."""
    with Exchange() as exchange, client(exchange) as watched:
        yield exchange, watched


def test_where_nobody_can_be_asked_it_says_so(deaf_stage: tuple[Exchange, Watched]) -> None:
    """Orders are followed all the same; what asks for a list is refused with another way."""
    exchange, watched = deaf_stage
    orders = watched.ws.orders
    exchange.say(ACCOUNT, push(ORDERS, row("1", "partially_filled", filled="3")))
    assert orders.wait_until(lambda one: "1" in one, PATIENCE_S)
    with pytest.raises(ConfigError, match="nobody can be asked"):
        orders.wait_synced()
    with pytest.raises(ConfigError, match="needs the exchange's list of open orders") as caught:
        orders.cancel_all()
    assert "one by one" in str(caught.value.hint)


def test_where_nobody_can_be_asked_a_doubt_is_for_good(deaf_stage: tuple[Exchange, Watched]) -> None:
    """A row that cannot be read, and a loss: the reason says which."""
    exchange, watched = deaf_stage
    orders = watched.ws.orders
    orders.mark_synced(True)
    exchange.say(ACCOUNT, push(ORDERS, {"status": "live"}))
    assert orders.wait_until(lambda one: not one.synced, PATIENCE_S)
    assert "a row could not be read" in str(orders.unsynced_reason)
    exchange.drop(ACCOUNT)
    watched.states.until("restored", path=ACCOUNT)
    assert "the account link was lost" in str(orders.unsynced_reason)
    assert not orders.synced
