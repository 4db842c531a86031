"""Feeds of spread trading other than books, tickers and candles: public trades, and an account's scripted orders.

Follows OKX V5 "Spread Trading / WebSocket Trade Channel" and "WebSocket Public Channel".
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.scripted import ScriptContext, script
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.spreads import SpreadMarket
from okx_sync.paper.venue.types import Row

#: Beats of one scripted order: live, half filled, filled, nothing.
BEATS = 4
SIZE, HALF = Decimal("0.2"), Decimal("0.1")
FEE = Decimal("0.0002")


class SpreadTradesFeed(Feed):
    """`sprd-public-trades`: each trade of the spread's own market, one per push."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._next = self._market().next_trade

    def _market(self) -> SpreadMarket:
        return self.server.venue.spreads.get(self.inst_id)

    def tick(self, now: float) -> None:  # noqa: ARG002 - trades come when they come
        """Push what was traded since the last look."""
        market = self._market()
        for row in market.trades:
            if int(row["tradeId"]) >= self._next:
                self.publish([row])
        self._next = market.next_trade


class _SpreadOrder:
    """Order number `number` of an account's script, which takes both sides of its spread in turn."""

    def __init__(self, context: ScriptContext) -> None:
        self.context = context
        self.number, self.step = divmod(context.beat, BEATS)
        self.market = context.venue.spreads.get(context.arg.get("sprdId") or context.venue.spreads.ids[0])
        self.first = self.number * BEATS
        self.side = "buy" if self.number % 2 else "sell"
        self.px = text(context.px(self.market.sprdId, self.first))
        #: A trade per beat after the first; None when this beat brings none.
        self.trade_id = self._trade(self.step) if self.step in (1, 2) else ""

    def _trade(self, step: int) -> str:
        return str(9_000_000 + self.number * 2 + step)

    @property
    def ids(self) -> Row:
        """What the order is called."""
        number = 2_700_000_000_000_000_000 + self.number
        return {"sprdId": self.market.sprdId, "ordId": str(number), "clOrdId": f"paper{number}", "tag": ""}


@script
def spread_orders(context: ScriptContext) -> list[Row]:
    """Play `sprd-orders`: live, partially filled, filled."""
    order = _SpreadOrder(context)
    if order.step == BEATS - 1:
        return []
    filled, traded = HALF * order.step, bool(order.trade_id)
    return [
        {
            **blank("cancelSource reqId amendResult"),
            **order.ids,
            "px": order.px,
            "sz": text(SIZE),
            "ordType": "limit",
            "side": order.side,
            "fillSz": text(HALF) if traded else "",
            "fillPx": order.px if traded else "",
            "tradeId": order.trade_id,
            "accFillSz": text(filled),
            "pendingFillSz": text(SIZE - filled),
            "pendingSettleSz": "0",
            "canceledSz": "0",
            "avgPx": order.px if traded else "",
            "state": ("live", "partially_filled", "filled")[order.step],
            "uTime": context.ts,
            "cTime": str(context.ms_of(order.first)),
            "code": "0",
            "msg": "",
        }
    ]


@script
def spread_fills(context: ScriptContext) -> list[Row]:
    """Play `sprd-trades`: the fills of those orders, with a trade in each leg."""
    order = _SpreadOrder(context)
    if not order.trade_id:
        return []
    opposite = "sell" if order.side == "buy" else "buy"
    sides = ((order.market.near, opposite), (order.market.far, order.side))
    near_px = context.px(order.market.near.instId, order.first)
    return [
        {
            **order.ids,
            "tradeId": order.trade_id,
            "fillPx": order.px,
            "fillSz": text(HALF),
            "side": order.side,
            "state": "filled",
            "execType": "M",
            "ts": context.ts,
            "legs": [
                {
                    "instId": leg.instId,
                    "px": text(near_px + Decimal(order.px) if leg.is_swap else near_px),
                    "sz": text(HALF),
                    "szCont": text(HALF / leg.ctVal) if leg.is_swap else "",
                    "side": side,
                    "fillPnl": "0",
                    "fee": text(rounded(-near_px * HALF * FEE)),
                    "feeCcy": leg.quoteCcy,
                    "tradeId": f"{order.trade_id}{k}",
                }
                for k, (leg, side) in enumerate(sides)
            ],
            "code": "0",
            "msg": "",
        }
    ]
