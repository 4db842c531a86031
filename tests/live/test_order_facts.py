"""What is known of an account before an order is sent: from live objects, and asked of REST in the right order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync.errors import DecodeError
from okx_sync.live.order_facts import KnownFacts, asked_exposure, live_exposure
from okx_sync.live.order_limits import OwnOrder
from okx_sync.rest.order_intent import BestPrices, OrderIntent
from okx_sync.state.exposure import Exposure, OpenOrder
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState, PreparedOrder
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.types import OrderUpdate, PositionUpdate
from tests.clocks import HandClock
from tests.each_case import each_case
from tests.live.limited_venue import SWAP, LimitedVenue

AT = 1_700_000_000_000  # when the clock starts, epoch ms
BUY = OrderIntent(path="/api/v5/trade/order", inst_id=SWAP, side="buy")


@attrs.define
class Account:
    """Live orders and positions, fed by hand."""

    clock: HandClock = attrs.field(factory=HandClock)
    orders: OrderManager = attrs.field(factory=OrderManager)
    positions: PositionMonitor = attrs.field(factory=PositionMonitor)

    def order(self, order_id: str = "7", **facts: Any) -> None:
        told: dict[str, Any] = {"status": "live", "side": "buy", "size": Decimal(5), "updated_at": AT, **facts}
        self.orders.apply(OrderUpdate(inst_id=SWAP, order_id=order_id, **told))

    def position(self, size: int, at: int) -> None:
        self.positions.apply(PositionUpdate(inst_id=SWAP, size=Decimal(size), updated_at=at))

    def exposure(self, *own: OwnOrder) -> Exposure:
        return live_exposure(self.orders, self.positions, SWAP, lambda _: True, own, self.clock)

    def counts(self, *own: OwnOrder) -> list[Decimal | None]:
        return [one.counts for one in self.exposure(*own).orders]


def own(client_order_id: str = "mine", order_id: str | None = "7", **more: Any) -> OwnOrder:
    """An order of ours that was answered."""
    ids = frozenset(one for one in (client_order_id, order_id) if one)
    order = OpenOrder(ids=ids, side="buy", size=Decimal(5), counts=Decimal(5))
    told = {"order_id": order_id, "client_order_id": client_order_id, "sent_at": AT, "begun_at": 1000.0}
    return OwnOrder(order=order, **{**told, "is_answered": True, **more})


def test_what_is_open() -> None:
    """What is left of an order; one of another instrument is none, one without a size is not known."""
    account = Account()
    account.order(filled=Decimal(2), updated_at=AT)
    account.position(2, AT)
    account.orders.apply(OrderUpdate(inst_id="ETH-USDT-SWAP", order_id="8", status="live", size=Decimal(1)))
    assert account.counts() == [3]
    account.order("9", size=None)
    assert account.counts() == [3, None]
    assert [one.size for one in account.exposure().positions] == [2]


def test_a_fill_counts_until_its_position_has_come() -> None:
    """A partial one beside what is left; that of an order of ours also when it is over, for two seconds at most."""
    account, mine = Account(), own()
    account.order(filled=Decimal(2), client_order_id="mine", updated_at=AT + 5)
    account.position(0, AT)
    assert account.counts() == [5]
    account.order(filled=Decimal(5), status="filled", client_order_id="mine", updated_at=AT + 9)
    assert account.counts(mine) == [5]
    assert account.counts() == []
    account.clock.forward(2.1)
    assert (account.counts(mine), account.exposure(mine).ended) == ([], [mine])
    again = own()
    account.position(5, AT + 8)
    assert account.counts(again) == [5]
    account.position(5, AT + 9)
    assert (account.counts(again), account.exposure(again).ended) == ([], [again])


def test_an_order_on_its_way_is_left_to_whoever_sent_it() -> None:
    """Its record is made before there is room for it, and would count twice; accepted it counts by itself."""
    account = Account()
    new = PreparedOrder(inst_id=SWAP, side="buy", size=Decimal(5), order_type="limit", client_order_id="mine")
    handle = account.orders._expected(new)
    assert account.counts() == []
    account.orders._accepted(handle, "7")
    assert account.counts() == [5]


@each_case(
    ("facts", "ended"),
    [
        ({"order_id": "7", "status": "canceled"}, True),
        ({"order_id": "8", "status": "canceled"}, False),  # an earlier order of the same id
        ({"order_id": "7", "status": "live"}, False),
    ],
)
def test_the_end_of_an_own_order(facts: dict[str, Any], ended: bool) -> None:
    """It is over when it is known by its ids, and not when an earlier one of its id is."""
    account, mine = Account(), own()
    account.order(client_order_id="mine", **facts)
    assert (mine in account.exposure(mine).ended) == ended


def test_an_order_in_doubt_is_not_an_earlier_one_of_its_id() -> None:
    """That was made a minute before it was sent."""
    account, mine = Account(), own(order_id=None)
    account.order("8", status="canceled", client_order_id="mine", created_at=AT - 60_001)
    assert account.exposure(mine).ended == []
    assert own(order_id=None, is_answered=False) not in account.exposure().ended


def test_rest_is_asked_for_orders_before_positions() -> None:
    """So an order that is filled in between is counted twice, and not missed; own ones are looked up in between."""
    venue, clock = LimitedVenue(), HandClock()
    venue.take({"clOrdId": "a", "sz": "3", "side": "buy"}, "rests")
    gone = own("b", "8")
    found = asked_exposure(venue, BUY, [own("a", "1"), gone], clock)
    assert venue.asked == ["open orders", "order", "positions"]
    assert [one.counts for one in found.orders] == [3]
    assert found.ended == []
    clock.forward(61)
    assert asked_exposure(venue, BUY, [gone], clock).ended == [gone]
    waiting = own("c", None, is_answered=False, begun_at=clock.monotonic())
    assert asked_exposure(venue, BUY, [waiting], clock).ended == []


def test_an_open_order_that_cannot_be_read() -> None:
    """It is no list then."""

    class Unreadable(LimitedVenue):
        def open_orders(self, order: OrderIntent) -> OpenOrders:
            return OpenOrders([], [DecodeError("no")])

    with pytest.raises(DecodeError):
        asked_exposure(Unreadable(), BUY, [], HandClock())


class Live:
    """Live objects of a client, as far as they are opened."""

    def __init__(self, account: Account | None = None, prices: BestPrices | None = None) -> None:
        self._account = account
        self._prices = prices

    def orders(self) -> OrderManager | None:
        return None if self._account is None else self._account.orders

    def positions(self) -> PositionMonitor | None:
        return None if self._account is None else self._account.positions

    def prices(self, inst_id: str, product: str | None) -> BestPrices | None:
        return self._prices


def test_live_objects_are_used_while_both_are_synced() -> None:
    """Orders alone, or positions alone, are no picture."""
    account, venue = Account(), LimitedVenue()
    facts = KnownFacts(venue, account.clock, Live(account))
    assert facts.exposure(BUY, []) is None
    account.orders.mark_synced(True)
    assert facts.exposure(BUY, []) is None
    account.positions.apply_snapshot([])
    assert facts.exposure(BUY, []) == Exposure(ended=[])
    account.orders.mark_synced(False, "the link is down")
    assert facts.exposure(BUY, []) is None
    assert KnownFacts(venue, account.clock, Live()).exposure(BUY, []) is None


def test_prices() -> None:
    """A live book before a ticker; the opposite side, for an order that does not say its side both."""
    venue = LimitedVenue()
    live = KnownFacts(venue, HandClock(), Live(prices=BestPrices(Decimal(1), Decimal(2))))
    assert [live.price(BUY), live.price(attrs.evolve(BUY, side="sell")), live.known_bid(BUY)] == [2, 1, 1]
    assert venue.asked == []
    asked = KnownFacts(venue, HandClock(), Live())
    assert [asked.price(BUY), asked.price(attrs.evolve(BUY, side=None)), asked.known_bid(BUY)] == [60_000, 60_000, None]
    venue.best = BestPrices(None, Decimal(2))
    assert KnownFacts(venue, HandClock()).price(attrs.evolve(BUY, side=None)) is None


def test_the_order_that_a_change_is_of() -> None:
    """As the live orders have it; REST is asked for one that they do not know, or not whole."""
    account, venue = Account(), LimitedVenue()
    venue.take({"clOrdId": "a", "sz": "3", "side": "buy"}, "rests")
    facts = KnownFacts(venue, account.clock, Live(account))
    account.order("7")
    found = facts.current(attrs.evolve(BUY, order_id="7"))
    assert isinstance(found, OrderState)
    assert venue.asked == []
    told = facts.current(attrs.evolve(BUY, client_order_id="a"))
    assert told is not None
    assert told.size == 3
    assert venue.asked == ["order"]
    assert facts.current(attrs.evolve(BUY, client_order_id="nobody")) is None
