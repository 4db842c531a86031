"""Orders, fills and positions as the USDC perpetual protocol tells them, every documented field present."""

from __future__ import annotations

from typing import Any

from okx_sync.paper.bybit.identifiers import coins, order_id, symbol_of, trade_id, value
from okx_sync.paper.bybit.rows import STATUS, left_lots, price_of
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.records import VenueAccount, VenueFill, VenueOrder, VenuePosition
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

_TIME_IN_FORCE = {
    "limit": "GoodTillCancel",
    "post_only": "PostOnly",
    "fok": "FillOrKill",
    "ioc": "ImmediateOrCancel",
    "market": "ImmediateOrCancel",
    "optimal_limit_ioc": "ImmediateOrCancel",
}
_ORDER: dict[str, Any] = {
    **blank("orderPnl basePrice"),
    **blank("takeProfit stopLoss triggerPrice", "0"),
    **blank("triggerBy tpTriggerBy slTriggerBy stopOrderType cancelType", "UNKNOWN"),
    "closeOnTrigger": "false",
}
_POSITION: dict[str, Any] = {
    **blank("liqPrice bustPrice occClosingFee trailingStop"),
    "positionStatus": "NORMAL",
    "tpSLMode": "UNKNOWN",
    "takeProfit": "0",
    "stopLoss": "0",
    "riskId": "10001",
}


def order_row(order: VenueOrder, ids: ClientIds) -> Row:
    """Return a row of `user.openapi.perp.order`."""
    instrument = order.instrument
    row = {
        **_ORDER,
        "orderId": order_id(order.id),
        "orderLinkId": ids.given(order.clOrdId),
        "createdAt": order.cTime,
        "updatedAt": order.uTime,
        "symbol": symbol_of(instrument, perp=True),
        "orderStatus": STATUS[order.state],
        "side": order.side.capitalize(),
        "price": price_of(order),
        "qty": coins(instrument, order.lots),
        "cumExecQty": coins(instrument, order.filled),
        "leavesQty": coins(instrument, left_lots(order)),
        "orderIM": text(order.frozen),
        "realisedPnl": text(order.pnl) if order.filled else "None",
        "orderType": "Market" if order.px is None else "Limit",
        "reduceOnly": int(order.reduceOnly),
        "timeInForce": _TIME_IN_FORCE[order.ordType],
        "cumExecFee": text(-order.fee),
        "cumExecValue": text(value(instrument, order.value)),
    }
    return row | {"cancelType": "CANCEL_BY_USER"} if order.cancelSource in ("1", "20") else row


def trade_row(fill: VenueFill, ids: ClientIds) -> Row:
    """Return a row of `user.openapi.perp.trade`."""
    order, instrument = fill.order, fill.order.instrument
    return {
        "orderId": order_id(order.id),
        "orderLinkId": ids.given(order.clOrdId),
        "tradeId": trade_id(instrument, fill.tradeId),
        "symbol": symbol_of(instrument, perp=True),
        "side": order.side.capitalize(),
        "execPrice": text(fill.px),
        "execQty": coins(instrument, fill.lots),
        "execFee": text(-fill.fee),
        "feeRate": text(-fill.fee_rate),
        "tradeTime": fill.ts,
        "lastLiquidityInd": "MAKER" if fill.execType == "M" else "TAKER",
        "execValue": text(instrument.coins(fill.lots) * fill.px),
        "execType": "TRADE",
    }


def position_row(account: VenueAccount, position: VenuePosition, venue: Venue) -> Row:
    """Return a row of `user.openapi.perp.position`; `side` "None" and `size` 0 when it was closed."""
    instrument, mark = position.instrument, venue.prices.mark(position.instrument)
    size, profit = abs(position.coins), text(rounded(position.upl(mark)))
    liquidated = margin.liquidation_px(account, position, venue.prices) if position.lots else None
    return {
        **_POSITION,
        "symbol": symbol_of(instrument, perp=True),
        "side": "None" if not position.lots else "Buy" if position.lots > 0 else "Sell",
        "size": text(size),
        "entryPrice": text(position.avg) if position.lots else "0",
        "sessionAvgPrice": text(position.avg) if position.lots else "0",
        "markPrice": text(mark),
        "positionIM": text(rounded(position.initial(mark))) if position.lots else "0",
        "positionMM": text(rounded(margin.liquidation_margin(position, mark))),
        "positionValue": text(rounded(size * position.avg)),
        "liqPrice": "" if liquidated is None else text(liquidated),
        "unrealisedPnl": profit,
        "cumRealisedPnl": text(position.realized),
        "sessionUPL": profit,
        "sessionRPL": text(position.pnl),
        "createdAt": position.cTime,
        "updatedAt": position.uTime,
        "leverage": int(position.lever),
        "deleverageIndicator": int(bool(position.lots)),
    }
