"""An exchange in memory for tests of order limits: it takes orders, tells what it has, and may lose its answers."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import attrs

from okx_sync.errors import OkxApiError, OkxError, OkxHttpError, OrderStatusUnknown
from okx_sync.exchanges.okx.config import Config
from okx_sync.exchanges.okx.rest import OkxRestDialect
from okx_sync.exchanges.okx.trade.rest import Trade
from okx_sync.live.limit_check import LimitCheck
from okx_sync.live.order_facts import KnownFacts, LiveFacts
from okx_sync.live.order_limits import OrderLimits
from okx_sync.rest.dialect import Reply
from okx_sync.rest.order_intent import BestPrices, OrderIntent
from okx_sync.state.orders.order_state import OpenOrders, OrderState
from okx_sync.timing import Clock
from okx_sync.types import OrderUpdate, PositionUpdate

__all__ = ["ENDPOINTS", "SWAP", "Fate", "LimitedVenue", "checked", "params"]

SWAP = "BTC-USDT-SWAP"
ENDPOINTS = {one.name: one for one in Trade.endpoints}
Fate = Literal["rests", "fills", "refused", "lost and rests", "lost and fills", "lost and gone"]


class Contract(NamedTuple):
    contract_value: Decimal
    is_inverse: bool = False


class LimitedVenue:
    """One instrument of one account. Orders may be sent from many threads.

    ``worst``: how far the position could have come, long and short, at any time so far.
    """

    def __init__(self, contract: Contract | None = None, position: str = "0") -> None:
        self._lock = threading.Lock()
        self._contract = contract or Contract(Decimal("0.01"))
        self._numbers = iter(range(1, 1_000_000))
        self.position = Decimal(position)
        self.orders: dict[str, OrderUpdate] = {}
        self.worst = Decimal(0)
        self.best = BestPrices(Decimal(59_999), Decimal(60_000))
        self.asked: list[str] = []
        self.broken: OkxError | None = None

    # -- being traded on -----------------------------------------------------------------------------------------

    def take(self, sent: dict[str, Any], fate: Fate) -> Reply:
        """Carry an order out, or not; raises what the client would raise then."""
        own_id, size = sent["clOrdId"], Decimal(sent["sz"])
        if fate == "refused":
            raise OkxApiError("no", code="51008")
        with self._lock:
            order_id = str(next(self._numbers))
            if "gone" not in fate:
                is_filled = "fills" in fate
                self.orders[own_id] = OrderUpdate(
                    inst_id=SWAP,
                    order_id=order_id,
                    client_order_id=own_id,
                    status="filled" if is_filled else "live",
                    side=sent["side"],
                    size=size,
                    filled=size if is_filled else Decimal(0),
                )
                self.position += (size if sent["side"] == "buy" else -size) if is_filled else 0
                self._note()
        if "lost" in fate:
            raise OrderStatusUnknown("no answer", clOrdId=own_id)
        return self.receipt(own_id)

    def _note(self) -> None:
        self.worst = max(self.worst, self.reach("buy"), self.reach("sell"))

    def reach(self, side: str) -> Decimal:
        """How far the position comes when all open orders of a side are filled."""
        live = [one for one in self.orders.values() if one.status == "live" and one.side == side]
        return self.position * (1 if side == "buy" else -1) + sum((one.size or Decimal(0) for one in live), Decimal(0))

    def change(self, own_id: str, **facts: Any) -> OrderUpdate:
        """An order as it is with other facts."""
        return attrs.evolve(self.orders[own_id], **facts)

    def receipt(self, own_id: str) -> Reply:
        """The answer to a request of an order that stands."""
        order_id = self.orders[own_id].order_id
        return Reply(True, "0", "", [{"ordId": order_id, "clOrdId": own_id, "sCode": "0"}])

    # -- being asked (OrderQueries) ------------------------------------------------------------------------------

    def _asked(self, what: str) -> None:
        self.asked.append(what)
        if self.broken is not None:
            raise self.broken

    def contract(self, order: OrderIntent) -> Contract:
        return self._contract

    def prices(self, order: OrderIntent) -> BestPrices:
        self._asked("prices")
        return self.best

    def open_orders(self, order: OrderIntent) -> OpenOrders:
        self._asked("open orders")
        with self._lock:
            return OpenOrders([one for one in self.orders.values() if one.status == "live"])

    def positions(self, order: OrderIntent) -> list[PositionUpdate]:
        self._asked("positions")
        with self._lock:
            return [PositionUpdate(inst_id=SWAP, size=self.position)]

    def look_up(self, order: OrderIntent, known: OrderState) -> OrderUpdate | None:
        self._asked("order")
        with self._lock:
            return self.orders.get(known.client_order_id or "")

    def dearest(self, known: OrderState | OrderUpdate) -> Decimal | None:
        return known.price

    def as_meant(self, order: OrderIntent) -> OrderIntent:
        return order

    def has_positions(self, order: OrderIntent) -> bool:
        return order.inst_id == SWAP

    def is_of(self, known: OrderState, product: str | None) -> bool:
        return True


def checked(
    limits: OrderLimits,
    venue: LimitedVenue,
    clock: Clock | None = None,
    live: LiveFacts | None = None,
    account: str = "alice",
) -> LimitCheck:
    """The check of a client of the venue, which speaks as OKX does."""
    facts = KnownFacts(venue, clock or Clock(), live)
    return LimitCheck(limits, OkxRestDialect(Config()), facts, account, timeout_s=10)


def params(own_id: str = "a", side: str = "buy", sz: str = "1", **more: str | bool) -> dict[str, Any]:
    """An order as it goes out: at market, or what ``more`` says."""
    order: dict[str, Any] = {"instId": SWAP, "tdMode": "cross", "side": side, "ordType": "market", "sz": sz}
    return {**order, "clOrdId": own_id, **more}


def send(check: LimitCheck, venue: LimitedVenue, order: dict[str, Any], fate: Fate = "rests") -> None:
    """Send an order as the executor does: checked before, and told what became of it."""
    room = check.before(ENDPOINTS["place_order"], order)
    assert room is not None
    try:
        reply = venue.take(order, fate)
    except BaseException as error:
        room.failed(error)
        raise
    room.answered(reply)


BROKEN = OkxHttpError("the exchange is away")
