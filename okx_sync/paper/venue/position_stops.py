"""Take profit and stop loss of an open position: the request for them, and how a filled order brings them."""

from __future__ import annotations

from collections.abc import Mapping

from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.algo_placer import AlgoPlacer
from okx_sync.paper.venue.attached_orders import LEGS, AttachedOrder
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, VenuePosition
from okx_sync.paper.venue.types import Row

_PARTS = tuple(leg + part for leg in LEGS for part in ("TriggerPx", "TriggerPxType", "OrdPx"))


def stop_request(position: VenuePosition, given: Mapping[str, str], size: str = "") -> Row:
    """Return the request for stops of a position that go with it; without a size they are for the whole of it.

    ``given``: triggers and prices of one leg or of both, by OKX's names.
    """
    legs = [leg for leg in LEGS if given.get(f"{leg}TriggerPx")]
    return {
        "instId": position.instrument.instId,
        "tdMode": position.mgnMode,
        "side": "sell" if position.lots > 0 else "buy",
        "posSide": position.posSide,
        "ordType": "oco" if len(legs) > 1 else "conditional",
        "reduceOnly": position.posSide == "net",
        "cxlOnClosePos": True,
        **({"sz": size} if size else {"closeFraction": "1"}),
        **given,
    }


def whole_stop(algos: AlgoPlacer, account: VenueAccount, position: VenuePosition, leg: str) -> VenueAlgoOrder | None:
    """Return the waiting stop of a kind that is for the whole of a position."""
    for algo in algos.waiting(account):
        if algo.is_whole and algo.position is position and algo.given[f"{leg}TriggerPx"]:
            return algo
    return None


def bring(algos: AlgoPlacer, order: VenueOrder) -> None:
    """Give the position of an order that was filled what the order has attached."""
    position = order.position
    if position is None or position.lots * order.sign <= 0:
        return
    for one in order.attached:
        for leg in one.legs:
            _take_away(algos, order.account, position, leg)
        ack = algos.place(order.account, stop_request(position, _legs(one)), rules=order.rules, is_due=True)
        one.fail_code, one.fail_reason = ("", "") if ack.ok else (ack.sCode, ack.sMsg)


def _legs(one: AttachedOrder) -> dict[str, str]:
    return {name: one.given[name] for name in _PARTS}


def _take_away(algos: AlgoPlacer, account: VenueAccount, position: VenuePosition, leg: str) -> None:
    """Take away the stop of a kind that a position has; the other leg of a pair stays."""
    algo = whole_stop(algos, account, position, leg)
    if algo is None:
        return
    if all(algo.given[f"{one}TriggerPx"] for one in LEGS):
        algos.amend(account, {"algoId": str(algo.id), f"new{leg.capitalize()}TriggerPx": "0"})
    else:
        algos.drop(algo)
