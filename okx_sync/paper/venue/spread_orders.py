"""Orders of accounts on spreads: they are taken in, amended and canceled; nothing fills them.

Follows OKX V5 "Spread Trading / Place, Amend, Cancel order" and their WebSocket twins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.events import SpreadOrderChanged
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.spreads import Spreads
from okx_sync.paper.venue.types import SIDES

_TYPES = ("market", "limit", "post_only", "ioc")
_PRICED = ("limit", "post_only", "ioc")


@dataclass(slots=True)
class VenueSpreadOrder:
    """One order; `state` is `live` or `canceled`."""

    sprdId: str
    ordId: str
    clOrdId: str
    tag: str
    side: str
    sz: str
    px: str
    state: str = "live"
    ordType: str = "limit"
    cTime: int = 0
    uTime: int = 0


class SpreadOrders:
    """Every account's spread orders. ``tell`` hears of each change."""

    def __init__(self, spreads: Spreads, clock: PaperClock, tell: Callable[[SpreadOrderChanged], None]) -> None:
        self._spreads, self._clock, self._tell = spreads, clock, tell
        self._orders: dict[str, list[VenueSpreadOrder]] = {}
        self._next_id = 3_100_000_000_000_000_000

    def of(self, account: VenueAccount) -> list[VenueSpreadOrder]:
        """Return the orders of one account, oldest first."""
        return self._orders.setdefault(account.uid, [])

    def place(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Place a spread order (sprd-order)."""
        return self._judged(args, lambda: self._place(account, args))

    def amend(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Amend a spread order (sprd-amend-order)."""
        return self._judged(args, lambda: self._amend(account, args))

    def cancel(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Cancel a spread order (sprd-cancel-order)."""
        return self._judged(args, lambda: self._cancel(account, args))

    def get(self, account: VenueAccount, ordId: str) -> VenueSpreadOrder | None:
        """Return an order by its id."""
        return next((one for one in self.of(account) if one.ordId == ordId), None)

    def cancel_all(self, account: VenueAccount, sprdId: str = "") -> int:
        """Cancel all spread orders (sprd-mass-cancel), on one spread or on all; returns how many."""
        live = [one for one in self.of(account) if one.state == "live" and sprdId in ("", one.sprdId)]
        for one in live:
            self._end(account, one)
        return len(live)

    def _judged(self, args: Mapping[str, Any], act: Any) -> OrderAck:
        ts, req_id = str(self._clock.now_ms()), str(args.get("reqId", ""))
        try:
            one: VenueSpreadOrder = act()
        except VenueRefusal as no:
            ids = {name: str(args.get(name, "")) for name in ("ordId", "clOrdId", "tag")}
            return OrderAck(**ids, ts=ts, sCode=no.code, sMsg=no.message, reqId=req_id)
        return OrderAck(ordId=one.ordId, clOrdId=one.clOrdId, tag=one.tag, ts=ts, reqId=req_id)

    def _place(self, account: VenueAccount, args: Mapping[str, Any]) -> VenueSpreadOrder:
        given = {name: str(args.get(name, "")) for name in ("sprdId", "clOrdId", "tag", "side", "sz", "px")}
        if given["sprdId"] not in self._spreads.ids:
            raise VenueRefusal("51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.")
        for name, words in (("side", SIDES), ("ordType", _TYPES)):
            if args.get(name) not in words:
                raise VenueRefusal("51000", f"Parameter {name} error")
        _positive("sz", given["sz"])
        if args["ordType"] in _PRICED and not given["px"]:
            raise VenueRefusal("51000", "Parameter px error")
        if given["clOrdId"] and any(one.clOrdId == given["clOrdId"] for one in self.of(account)):
            raise VenueRefusal("51016", "Client order ID already exists.")
        self._next_id += 1
        now = self._clock.now_ms()
        order = VenueSpreadOrder(ordId=str(self._next_id), ordType=args["ordType"], cTime=now, uTime=now, **given)
        self.of(account).append(order)
        self._changed(account, order)
        return order

    def _amend(self, account: VenueAccount, args: Mapping[str, Any]) -> VenueSpreadOrder:
        order = self._find(account, args)
        if order.state != "live":
            raise VenueRefusal("51503", "Your order has already been filled or canceled.")
        if not args.get("newSz") and not args.get("newPx"):
            raise VenueRefusal("50014", "Parameter newSz or newPx can not be empty.")
        if args.get("newSz"):
            _positive("newSz", str(args["newSz"]))
        order.uTime = self._clock.now_ms()
        order.sz, order.px = str(args.get("newSz") or order.sz), str(args.get("newPx") or order.px)
        self._changed(account, order)
        return order

    def _cancel(self, account: VenueAccount, args: Mapping[str, Any]) -> VenueSpreadOrder:
        order = self._find(account, args)
        if order.state != "live":
            raise VenueRefusal("51400", "Cancellation failed as the order has been filled, canceled or does not exist.")
        self._end(account, order)
        return order

    def _end(self, account: VenueAccount, order: VenueSpreadOrder) -> None:
        order.state, order.uTime = "canceled", self._clock.now_ms()
        self._changed(account, order)

    def _changed(self, account: VenueAccount, order: VenueSpreadOrder) -> None:
        self._tell(SpreadOrderChanged(account, order.sprdId, order.ordId))

    def _find(self, account: VenueAccount, args: Mapping[str, Any]) -> VenueSpreadOrder:
        if not args.get("ordId") and not args.get("clOrdId"):
            raise VenueRefusal("51003", "Either client order ID or order ID is required")
        for one in self.of(account):
            if one.ordId == args.get("ordId") or (not args.get("ordId") and one.clOrdId == args.get("clOrdId")):
                return one
        raise VenueRefusal("51603", "Order does not exist")


def _positive(name: str, given: str) -> None:
    try:
        good = Decimal(given) > 0
    except InvalidOperation:
        good = False
    if not good:
        raise VenueRefusal("51000", f"Parameter {name} error")
