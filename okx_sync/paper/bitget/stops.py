"""Take profit and stop loss that an order brings along, and stops whose position is gone. For V2 and V3.

What an order brings appears when the order is filled wholly, and is for the whole position; if the position has such a
stop, that one is replaced. Stops end with their position.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, VenuePosition
from okx_sync.paper.venue.venue import Venue
from okx_sync.paper.venue.wire_rules import BITGET

TAKE_PROFIT, STOP_LOSS = LEGS = ("tp", "sl")


@dataclass(frozen=True, slots=True)
class StopLeg:
    """One stop: its trigger, which price is watched (last or mark), and the price to order at."""

    px: str
    kind: str = "last"
    order_px: str = MARKET


def stop_request(position: VenuePosition, leg: str, stop: StopLeg, size: str = "") -> dict[str, object]:
    """Return the venue's request for a stop of a position; without a size it is for the whole of it."""
    one = position.instrument
    return {
        "instId": one.instId,
        "tdMode": position.mgnMode,
        "side": "sell" if position.lots > 0 else "buy",
        "posSide": position.posSide,
        "ordType": "conditional",
        # What closes only is cut to the position when it fires.
        "sz": size or text(one.maxMktSz),
        "reduceOnly": position.posSide == "net",
        f"{leg}TriggerPx": stop.px,
        f"{leg}TriggerPxType": stop.kind,
        f"{leg}OrdPx": stop.order_px,
    }


class BitgetStops:
    """The stops of a venue's accounts that Bitget's wire has set. A rule of the algo engine."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._brought: dict[int, tuple[VenueOrder, dict[str, StopLeg]]] = {}
        self._waiting: dict[int, VenueAlgoOrder] = {}

    def legs(self, order: VenueOrder) -> Mapping[str, StopLeg]:
        """Return the stops that an order will bring."""
        return self._brought[order.id][1] if order.id in self._brought else {}

    def attach(self, order: VenueOrder, legs: dict[str, StopLeg]) -> None:
        """Let an order bring stops; none takes back those that it was to bring."""
        if legs:
            self._brought[order.id] = (order, legs)
        else:
            self._brought.pop(order.id, None)

    def watch(self, algo: VenueAlgoOrder) -> None:
        """Let a stop end with its position."""
        self._waiting[algo.id] = algo

    def whole(self, account: VenueAccount, position: VenuePosition, leg: str) -> VenueAlgoOrder | None:
        """Return the waiting stop of a kind that is for the whole of a position."""
        for algo in self._waiting.values():
            is_of = algo.account is account and algo.state == "live" and algo.position_key == position.key
            if is_of and algo.given[f"{leg}TriggerPx"] and algo.sz >= algo.instrument.maxMktSz:
                return algo
        return None

    def run(self) -> None:
        """Bring the stops of orders that were filled; end those whose position is gone."""
        for order, legs in list(self._brought.values()):
            if order.is_done:
                del self._brought[order.id]
                self._bring(order, legs)
        for algo in list(self._waiting.values()):
            if algo.state != "live":
                del self._waiting[algo.id]
                continue
            if not algo.closable:
                del self._waiting[algo.id]
                self._venue.algos.cancel(algo.account, {"algoId": str(algo.id)})

    def _bring(self, order: VenueOrder, legs: Mapping[str, StopLeg]) -> None:
        position = order.position
        if order.state != "filled" or position is None or position.lots * order.sign <= 0:
            return
        for leg, stop in legs.items():
            before = self.whole(order.account, position, leg)
            if before is not None:
                self._venue.algos.cancel(order.account, {"algoId": str(before.id)})
            ack = self._venue.algos.place(order.account, stop_request(position, leg, stop), rules=BITGET)
            placed = self._venue.algos.find(order.account, {"algoId": ack.algoId}) if ack.ok else None
            if placed is not None:
                self.watch(placed)


def stops_of(venue: Venue) -> BitgetStops:
    """Return the stops of a venue; made on first use."""
    for rule in venue.algos.rules:
        if isinstance(rule, BitgetStops):
            return rule
    made = BitgetStops(venue)
    venue.algos.rules.append(made)
    return made
