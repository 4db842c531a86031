"""V2 take-profit and stop-loss orders on the spot market (``tpslType`` is ``tpsl``): orders that wait for a price.

They are placed, cancelled and listed by the calls of plain orders. Nothing is frozen for one while it waits, and a
client's own id is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from okx_sync.paper.bitget.order_args import Args, plain, spot_args
from okx_sync.paper.bitget.plan_facts import condition
from okx_sync.paper.bitget.rest import plans
from okx_sync.paper.bitget.rest.call import BitgetCall, listed
from okx_sync.paper.bitget.rest.order_entry import checked
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.types import Row

_STATES = {"live": "live", "effective": "filled", "canceled": "cancelled", "order_failed": "cancelled"}


def is_stop(args: Args) -> bool:
    """Tell whether a request is about such an order."""
    return plain(args, "tpslType").lower() == "tpsl"


def place(call: BitgetCall, one: VenueInstrument, args: Args) -> Row:
    """Place one: a market buy is sized in quote currency, as of plain orders."""

    def request() -> dict[str, Any]:
        order = spot_args(one, args)
        is_market = order["ordType"] == "market"
        return {
            **{name: order[name] for name in ("instId", "tdMode", "side", "sz")},
            "ordType": "trigger",
            "tgtCcy": ("quote_ccy" if order["side"] == "buy" else "base_ccy") if is_market else "",
            "triggerPx": plans.positive(args, "triggerPrice"),
            "triggerPxType": "last",
            "orderPx": MARKET if is_market else order["px"],
        }

    row = plans.place(call, checked(call, request))
    call.settings.spot_stops.add(int(row["orderId"]))
    return row


def cancel(call: BitgetCall, args: Args, wanted: Sequence[VenueInstrument]) -> Row:
    """Cancel one."""
    return plans.cancel(call, plans.find(call, args, wanted))


def rows(call: BitgetCall, wanted: Sequence[VenueInstrument], *, done: bool) -> Sequence[Row]:
    """Return a page of those that wait, or of those that have ended."""
    found = _stops(call, wanted, done=done)
    page = listed(call, found, row=lambda one: row_of(call, one), at=lambda one: one.id, when=lambda one: one.cTime)
    return page.rows


def find(call: BitgetCall) -> VenueAlgoOrder | None:
    """Return the one that `orderId` or `clientOid` names, whatever its state."""
    every = list(call.venue.instruments.values())
    return next((one for done in (False, True) for one in _stops(call, every, done=done)), None)


def _stops(call: BitgetCall, wanted: Sequence[VenueInstrument], *, done: bool) -> Iterator[VenueAlgoOrder]:
    return (one for one in plans.plans_of(call, wanted, done=done) if one.id in call.settings.spot_stops)


def row_of(call: BitgetCall, algo: VenueAlgoOrder) -> Row:
    """Print one, in the fields of a plain order; what it ordered is an order of its own."""
    waits = condition(algo)
    kind = "limit" if waits.limit_px else "market"
    return {
        "userId": algo.account.uid,
        "symbol": symbol_of(algo.instrument),
        "orderId": str(algo.id),
        "clientOid": call.given(algo.algoClOrdId),
        "price": waits.limit_px or "0",
        "size": text(algo.sz),
        "orderType": kind,
        "side": algo.side,
        "status": _STATES.get(algo.state, algo.state),
        **blank("priceAvg baseVolume quoteVolume basePrice", "0"),
        "enterPointSource": "API",
        "orderSource": kind,
        "cTime": str(algo.cTime),
        "uTime": str(algo.uTime),
        "triggerPrice": waits.px,
        "tpslType": "tpsl",
        **blank("feeDetail cancelReason"),
        "baseCoin": algo.instrument.baseCcy,
        "quoteCoin": algo.instrument.quoteCcy,
    }
