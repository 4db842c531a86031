"""``StreamOrders``: orders that streams tell of, and that nobody can be asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.errors import (
    ConfigError,
    OkxApiError,
    OkxRateLimitError,
    OkxTimeoutError,
    OrderStatusUnknown,
    ReadOnlyError,
    SubscriptionError,
)
from okx_sync.live.stream_orders import StreamOrders
from okx_sync.state.orders.batch_cancel import BatchCancel, CancelResult
from okx_sync.state.orders.new_order import new_order
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState, PreparedOrder
from okx_sync.types import FillUpdate, OrderUpdate
from tests.delivery.owner import PATIENCE_S
from tests.live.scripted import ACCOUNT, Exchange, Watched, client, push
from tests.loopback.conftest import until

STATE = OrderState(inst_id="BTC", order_id="1")


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One that tells of orders."""
    with Exchange() as one:
        yield one


@pytest.fixture
def watched(exchange: Exchange) -> Iterator[Watched]:
    """A client of it."""
    with client(exchange) as one:
        yield one


def followed(watched: Watched, **facts: Any) -> StreamOrders:
    """Orders on the stream of that client, without anybody to send them."""
    words = {"orders": "orders", "fills": None, "sender": None, **facts}
    return StreamOrders(watched.ws.subscribe, ACCOUNT, **words)


def test_orders_feed_the_manager(exchange: Exchange, watched: Watched) -> None:
    """On the thread that reads the socket: none is told of later than it was read."""
    manager = OrderManager()
    orders = followed(watched)
    [subscription] = orders.follow_orders(manager)
    assert (orders.path, subscription.is_inline, str(subscription.topic)) == (ACCOUNT, True, "orders()")
    exchange.say(ACCOUNT, push({"channel": "orders"}, {"id": "1", "status": "live"}))
    assert manager.wait_until(lambda one: "1" in one, PATIENCE_S)
    assert not manager.synced


def test_where_a_push_lists_all_that_is_open_it_completes(exchange: Exchange, watched: Watched) -> None:
    """``lists_open`` says which; where none does the reason says that nobody tells."""
    manager = OrderManager()
    lists = followed(watched, lists_open=lambda one: bool(one.message.get("all")))
    lists.follow_orders(manager)
    exchange.say(ACCOUNT, push({"channel": "orders"}, {"id": "1", "status": "live"}, all=True))
    assert manager.wait_synced(PATIENCE_S)
    assert lists.no_source is None
    assert "nobody can be asked" in str(followed(watched).no_source)


def test_all_products_are_followed_or_none(exchange: Exchange, watched: Watched) -> None:
    """Each by a subscription of its own; what was made before a refusal is left again."""
    orders = followed(watched, scopes=({"scope": "A"}, {"scope": "B"}))
    made = orders.follow_orders(OrderManager())
    assert [str(one.topic) for one in made] == ["orders(scope=A)", "orders(scope=B)"]
    for one in made:
        one.unsubscribe()
    exchange.refused.add("orders(scope=B)")
    with pytest.raises(SubscriptionError, match=r"no orders\(scope=B\) here"):
        orders.follow_orders(OrderManager())
    assert watched.ws.subscription_count() == 0
    until(lambda: exchange.asked("orders", "unsubscribe") >= 2)


def test_fills_are_followed_where_there_is_a_stream_of_them(exchange: Exchange, watched: Watched) -> None:
    """Else the hint says who tells of them."""
    manager, orders = OrderManager(), followed(watched, fills="fills")
    assert (orders.needs_fills, followed(watched).needs_fills) == (True, False)
    orders.follow_fills(manager)
    exchange.say(ACCOUNT, push({"channel": "fills"}, {"id": "t1", "order": "1", "size": "4"}))
    assert manager.wait_until(lambda one: len(one.fills) == 1, PATIENCE_S)
    with pytest.raises(ConfigError, match="no stream of fills") as caught:
        followed(watched).follow_fills(manager)
    assert caught.value.hint == "the stream of orders reports them"


def test_nobody_can_be_asked(watched: Watched) -> None:
    """And nobody claims to know."""
    orders = followed(watched)
    assert not orders.can_ask
    assert (orders.open_orders(), orders.look_up(STATE), orders.fills_of(STATE)) == (([], ()), None, [])
    with pytest.raises(ConfigError, match="cannot be sent"):
        orders.cancel_many([STATE])


def test_an_id_of_ours_is_letters_and_digits_and_new(watched: Watched) -> None:
    """Any exchange takes it."""
    made = {followed(watched).new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(one.isalnum() and len(one) == 32 for one in made)


class Sender:
    """Takes orders, and keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []

    def new_order(self, words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedOrder:
        return new_order(words, new_id)

    def place(self, new: PreparedOrder) -> str | None:
        self.sent.append(("place", new))
        return "1"

    def cancel(self, order: OrderState) -> bool:
        self.sent.append(("cancel", order))
        return False

    def cancel_many(self, orders: Sequence[OrderState]) -> list[CancelResult]:
        return BatchCancel(
            send=lambda _: None, judge=lambda _: None, together=lambda _: None, alone=self.cancel
        ).cancel(orders)

    def replacement(
        self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]
    ) -> PreparedOrder | None:
        return None

    def amend(self, order: OrderState, size: Decimal | None, price: Decimal | None, options: Mapping[str, Any]) -> None:
        self.sent.append(("amend", order, size, price, options))


class Queries:
    """Says what an exchange would over REST."""

    def open_orders(self, inst_id: str | None = None) -> OpenOrders:
        return OpenOrders([OrderUpdate(inst_id=inst_id or "BTC", order_id="7", status="live")])

    def look_up(self, order: OrderState) -> OrderUpdate | None:
        return OrderUpdate(inst_id=order.inst_id, order_id="1", status="canceled")

    def fills_of(self, order: OrderState) -> list[FillUpdate]:
        fill = FillUpdate.found(order.inst_id, "t", order.order_id, "buy", Decimal(1), Decimal(1))
        return [] if fill is None else [fill]


def test_who_knows_is_asked(watched: Watched) -> None:
    """Where REST is known, what it says is what is told, and nothing keeps the manager from being complete."""
    orders = followed(watched, queries=Queries())
    assert (orders.can_ask, orders.no_source) == (True, None)
    assert [one.order_id for one in orders.open_orders("ETH").updates] == ["7"]
    found = orders.look_up(STATE)
    assert found is not None
    assert found.status == "canceled"
    assert [one.trade_id for one in orders.fills_of(STATE)] == ["t"]


def test_many_are_canceled_one_by_one(watched: Watched) -> None:
    """Each has a verdict of its own; what forbids all of it is raised before anything was sent."""
    ends: list[Exception | bool] = []

    class Ends(Sender):
        def cancel(self, order: OrderState) -> bool:
            end = ends.pop(0)
            if isinstance(end, Exception):
                raise end
            return end

    orders = followed(watched, sender=Ends())
    lost = OrderStatusUnknown("lost", clOrdId="")
    refused, limited, late = OkxApiError("no"), OkxRateLimitError("slow"), OkxTimeoutError("late")
    ends[:] = [True, False, lost, refused, limited, late, ReadOnlyError("reads")]
    verdicts = [verdict for verdict, _ in orders.cancel_many([STATE] * 7)]
    assert verdicts == ["accepted", "gone", "unknown", "refused", "refused", "not_sent", "not_sent"]
    ends[:] = [ReadOnlyError("reads")]
    with pytest.raises(ReadOnlyError):
        orders.cancel_many([STATE])


def test_orders_are_sent_by_whoever_sends(watched: Watched) -> None:
    """As they are, and what that says comes back; an id is made where none is given."""
    sender = Sender()
    orders = followed(watched, sender=sender)
    new = orders.new_order({"inst_id": "BTC", "side": "buy", "size": "1"})
    assert len(new.client_order_id) == 32
    assert (orders.place(new), orders.cancel(STATE)) == ("1", False)
    orders.amend(STATE, Decimal(2), None, {"timeout": 1})
    assert sender.sent == [("place", new), ("cancel", STATE), ("amend", STATE, Decimal(2), None, {"timeout": 1})]


def test_where_nobody_sends_orders_it_says_so(watched: Watched) -> None:
    """Before anything is made of the words."""
    orders = followed(watched)
    new = PreparedOrder(inst_id="BTC", side="buy", size=Decimal(1), order_type="market", client_order_id="mine")
    for call in (
        lambda: orders.new_order({}),
        lambda: orders.place(new),
        lambda: orders.cancel(STATE),
        lambda: orders.amend(STATE, None, None, {}),
    ):
        with pytest.raises(ConfigError, match="cannot be sent over these streams") as caught:
            call()
        assert caught.value.hint == "send them by other means; ws.orders follows them"


class Closer:
    """Says how positions are closed."""

    def closings(self, request: Any) -> Any:
        return request


def test_without_rest_streams_are_followed_and_nobody_is_sent_to(exchange: Exchange, watched: Watched) -> None:
    """As in a replay: a reason says why open orders are not known. The original can still do all it could."""
    closer = Closer()
    whole = followed(watched, sender=Sender(), queries=Queries(), closer=closer)
    alone = whole.without_rest("a recording has no REST")
    assert (alone.can_ask, alone.no_source) == (False, "a recording has no REST")
    ways: list[Callable[..., object]] = [alone.place, alone.cancel, alone.amend, alone.replacement, alone.closings]
    for way in ways:
        with pytest.raises(ConfigError, match="orders cannot be sent"):
            way(STATE)
    manager = OrderManager()
    alone.follow_orders(manager)
    exchange.say(ACCOUNT, push({"channel": "orders"}, {"id": "1", "status": "live"}))
    assert manager.wait_until(lambda one: "1" in one, PATIENCE_S)
    assert not manager.synced
    assert (whole.can_ask, whole.no_source, whole.cancel(STATE)) == (True, None, False)
    assert whole.closings == closer.closings


def test_what_is_followed_is_named(watched: Watched) -> None:
    """Orders on each scope, and fills where they are needed, on scopes of their own if they have any."""
    orders = followed(watched, scopes=({"scope": "A"}, {"scope": "B"}), fills="fills", fill_scopes=({"scope": "C"},))
    assert orders.topics() == [("orders", {"scope": "A"}), ("orders", {"scope": "B"}), ("fills", {"scope": "C"})]
    told = followed(watched, fills="fills", orders_tell_fills=True)
    assert told.topics() == [("orders", {})]
