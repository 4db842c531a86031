"""An account's orders as Bybit counts them: those in the books, and those that wait for a price.

The venue gives an order that was triggered a new number; on this wire it keeps the id that it had while it waited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit import rows
from okx_sync.paper.bybit.identifiers import category_of, coins, order_id, symbol_of, venue_order_id
from okx_sync.paper.bybit.order_args import PLAIN, STOP
from okx_sync.paper.bybit.stops import (
    FULL,
    OCO,
    SPOT,
    STOP_LOSS,
    TAKE_PROFIT,
    TP_SL,
    AnyOrder,
    bound_of,
    plan_of,
    said_of,
)
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.venue.algo_orders import FIRING, MARKET, Trigger, VenueAlgoOrder
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

#: The venue's kinds of waiting orders that this wire has.
WAITING = ("trigger", "conditional", "oco", "move_order_stop")
PRICE_NAMES = {"last": "LastPrice", "mark": "MarkPrice", "index": "IndexPrice"}
_STATUS = {"live": "Untriggered", FIRING: "Triggered", "order_failed": "Rejected"}
#: The venue's codes for an order that has no position to reduce.
NOTHING_TO_REDUCE = ("51169", "51170", "51171")
_OCO_TRIGGERS = {TAKE_PROFIT: "OcoTriggerByTp", STOP_LOSS: "OcoTriggerBySl"}


@dataclass(frozen=True, slots=True)
class BybitOrders:
    """The orders of one account: `find` one, `open` and `done` ones newest first, `row` of one."""

    venue: Venue
    account: VenueAccount
    ids: ClientIds

    # --- finding

    def find(self, args: Mapping[str, Any]) -> AnyOrder | None:
        """Return an order by `orderId` or `orderLinkId` (the former wins), alive or done."""
        written, link = str(args.get("orderId") or ""), self.ids.known_as(str(args.get("orderLinkId") or ""))
        algos = self.venue.algos
        if written:
            number = int(venue_order_id(written))
            algo = algos.get(number)
            if algo is not None:
                return self._behind(algo) if algo.account is self.account else None
            return self.account.by_id.get(number)
        if not link:
            return None
        found = self.account.by_client.get(link)
        algo = algos.find(self.account, {"algoClOrdId": link})
        return found if algo is None else self._behind(algo)

    def _behind(self, algo: VenueAlgoOrder) -> AnyOrder:
        """Return the order that a waiting one has become."""
        return algo.orders[-1] if algo.orders else algo

    def open(self) -> Iterator[AnyOrder]:
        """Yield what is open, newest first."""
        return merged(reversed(self.account.orders.values()), self._algos(done=False))

    def done(self) -> Iterator[AnyOrder]:
        """Yield what is done, newest first."""
        ended = (order for order in reversed(self.account.by_id.values()) if order.is_done)
        return merged(ended, (algo for algo in self._algos(done=True) if not algo.orders))

    def _algos(self, *, done: bool) -> Iterator[VenueAlgoOrder]:
        return (algo for algo in self.venue.algos.of(self.account, done=done) if algo.ordType in WAITING)

    # --- what it is

    def algo_of(self, order: AnyOrder) -> VenueAlgoOrder | None:
        """Return the waiting order that an order is, or was."""
        if isinstance(order, VenueAlgoOrder):
            return order
        return self.venue.algos.get(int(order.algoId)) if order.algoId else None

    def filter_of(self, order: AnyOrder) -> str:
        """Return the `orderFilter` that an order falls under: a triggered one is a plain order."""
        if not isinstance(order, VenueAlgoOrder):
            return PLAIN
        tag = order.given["tag"]
        return tag if tag in (TP_SL, OCO) else STOP

    # --- rows

    def row(self, order: AnyOrder) -> Row:
        """Return the row of `order`; on the spot market it has no `tpslMode`."""
        row = self._waiting_row(order) if isinstance(order, VenueAlgoOrder) else self._order_row(order)
        if not order.instrument.is_swap:
            del row["tpslMode"]
        return row

    def _order_row(self, order: VenueOrder) -> Row:
        algo, row = self.algo_of(order), rows.order_row(order, self.venue, self.ids)
        if algo is not None:
            row |= self._ids(algo) | self._stop_fields(algo)
        return row | self._plan_fields(order) | said_of(order)

    def _ids(self, algo: VenueAlgoOrder) -> Row:
        return {"orderId": order_id(algo.id), "orderLinkId": self.ids.given(algo.algoClOrdId)}

    def _waiting_row(self, algo: VenueAlgoOrder) -> Row:
        instrument, bound = algo.instrument, bound_of(algo)
        trigger = algo.triggers[0]
        is_market = trigger.order_px == MARKET
        cancelled, reason = "UNKNOWN", "EC_NoError"
        if algo.state == "canceled":
            cancelled = (bound.cancelled if bound is not None else "") or "CancelByUser"
            reason = "EC_PerCancelRequest"
        status = _STATUS.get(algo.state, "Cancelled" if instrument.is_swap else "Deactivated")
        if algo.fail_code in NOTHING_TO_REDUCE:
            status, cancelled = "Cancelled", "CancelByReduceOnly"
        qty = self._size(algo)
        return {
            **rows.blank_order(),
            **self._ids(algo),
            "category": category_of(instrument),
            "symbol": symbol_of(instrument),
            "side": algo.side.capitalize(),
            "isLeverage": "" if instrument.is_swap else "0",
            "price": "0" if is_market else trigger.order_px,
            "qty": qty,
            "positionIdx": rows.POSITION_INDEX[algo.posSide],
            "orderStatus": status,
            "createType": "CreateByUser",
            "cancelType": cancelled,
            "rejectReason": reason,
            "leavesQty": qty if algo.state in ("live", FIRING) else "0",
            "leavesValue": "0",
            **rows.NOTHING_FILLED,
            "timeInForce": "IOC" if is_market else "GTC",
            "orderType": "Market" if is_market else "Limit",
            "marketUnit": rows.MARKET_UNITS.get(algo.given["tgtCcy"], "") if is_market else "",
            "lastPriceOnCreated": text(self.venue.prices.last[instrument.instId]),
            "reduceOnly": algo.reduceOnly,
            "createdTime": str(algo.cTime),
            "updatedTime": str(algo.uTime),
            **self._stop_fields(algo),
            **self._plan_fields(algo),
            **said_of(algo),
        }

    def _size(self, algo: VenueAlgoOrder) -> str:
        """Return the size in coins; of a stop for the whole position the size of that, while there was one."""
        bound = bound_of(algo)
        if bound is None or bound.mode != FULL:
            return text(algo.sz * algo.instrument.ctVal)
        return coins(algo.instrument, algo.closable or bound.seen)

    def _stop_fields(self, algo: VenueAlgoOrder) -> Row:
        """Return what only orders have that waited, or wait, for a price."""
        trigger, bound = algo.met or algo.triggers[0], bound_of(algo)
        # Of a trailing stop the price from which on it follows is told, not where it is now.
        px: Decimal | None
        if isinstance(trigger, Trigger):
            px, is_above = trigger.px, trigger.above
        else:
            px, is_above = trigger.active_px, trigger.buys
        row = {
            **rows.stop_words(algo),
            "triggerPrice": "" if px is None else text(px),
            "triggerDirection": 1 if is_above else 2,
            "triggerBy": PRICE_NAMES.get(trigger.kind, "LastPrice"),
        }
        if bound is None:
            return row
        parent = "" if bound.plan is None else self.ids.given(bound.plan.client_id)
        row |= {"parentOrderLinkId": parent, "closeOnTrigger": bound.mode != SPOT}
        if bound.mode != SPOT:
            return row | {"tpslMode": bound.mode}
        return row | (self._oco_fields(algo) if algo.ordType == "oco" else {})

    @staticmethod
    def _oco_fields(algo: VenueAlgoOrder) -> Row:
        """Return what a pair on the spot market tells of its two sides."""
        row: Row = {"triggerPrice": "", "ocoTriggerBy": "OcoTriggerByUnknown"}
        if algo.met is not None:
            row["ocoTriggerBy"] = _OCO_TRIGGERS[algo.met.name]
        for trigger in algo.triggers:
            row |= _side_fields(trigger.name, trigger.px, trigger.kind, trigger.order_px)
        return row

    @staticmethod
    def _plan_fields(order: AnyOrder) -> Row:
        """Return the stops that an order is to bring, or has brought."""
        plan = plan_of(order)
        if plan is None:
            return {}
        row: Row = {"tpslMode": plan.mode} if order.instrument.is_swap else {}
        for stop in plan.stops.values():
            row |= _side_fields(stop.kind, stop.px, stop.price_type, stop.order_px)
        return row


def merged(first: Iterator[VenueOrder], second: Iterator[VenueAlgoOrder]) -> Iterator[AnyOrder]:
    """Yield the orders of two lists, newest first."""
    order, algo = next(first, None), next(second, None)
    while order is not None or algo is not None:
        if algo is None or (order is not None and place(order) >= place(algo)):
            assert order is not None
            yield order
            order = next(first, None)
        else:
            yield algo
            algo = next(second, None)


def place(order: AnyOrder) -> tuple[int, int]:
    """Return the place of an order in lists: its date and number."""
    return order.cTime, order.id


def _side_fields(kind: str, px: Decimal | None, price_type: str, order_px: str) -> Row:
    assert px is not None  # trailing stops come with no order
    return {
        {TAKE_PROFIT: "takeProfit", STOP_LOSS: "stopLoss"}[kind]: text(px),
        f"{kind}TriggerBy": PRICE_NAMES[price_type],
        f"{kind}LimitPrice": "" if order_px == MARKET else order_px,
    }
