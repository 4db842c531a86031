"""Rows of the account's own algo orders.

Conditional, one-cancels-other, trigger, chase; iceberg, TWAP, trailing stop.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.trade.models import AttachedAlgoOrder
from okx_sync.exchanges.okx.words import (
    AdvancedOrdType,
    AdvancedState,
    AlgoOrdType,
    AlgoState,
    InstType,
    PosSide,
    PxType,
    Side,
    TdMode,
    TgtCcy,
)
from okx_sync.rows import Row, envelope, model


@model
class ChaseParams(Row):
    """How a chase order follows the best price: kind of distance and value, and where it stops."""

    chaseType: str | None = None
    """Kind of the distance to the best price: "distance" (a price difference) or "ratio"."""
    chaseVal: Decimal | None = None
    """Distance to the best price, of the kind chaseType."""
    maxChaseType: str | None = None
    """Kind of the distance at which it stops: "distance" (a price difference) or "ratio"."""
    maxChaseVal: Decimal | None = None
    """Distance at which it stops, of the kind maxChaseType."""


@model
class AlgoAttachedOrder(Row):
    """Take-profit or stop-loss attached to a trigger order. An order price of -1 means at market."""

    attachAlgoClOrdId: str | None = None
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit triggers."""
    tpTriggerRatio: Decimal | None = None
    """Take-profit trigger as a ratio, 0.3 is 30 %."""
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    """-1 is at market."""
    slTriggerPx: Decimal | None = None
    """Price at which the stop-loss triggers."""
    slTriggerRatio: Decimal | None = None
    """Stop-loss trigger as a ratio, 0.3 is 30 %."""
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    """-1 is at market."""
    callbackRatio: Decimal | None = None
    """Trailing stop: distance as a ratio."""
    callbackSpread: Decimal | None = None
    """Trailing stop: distance as a price difference."""
    activePx: Decimal | None = None
    """Trailing stop: price that starts it."""


@model
class LinkedOrder(Row):
    """The order that an algo order belongs to."""

    ordId: str | None = None


@model
class AlgoOrder(Row):
    """An algo order as it is now, after each change (channel ``orders-algo``).

    Sizes as in ``Order``. An order price of -1 means at market.
    """

    uid: str | None = envelope("arg", "uid")
    instType: InstType | None = None
    instId: str | None = None
    ccy: str | None = None
    """Margin currency."""
    ordId: str | None = None
    """Deprecated by OKX, see ordIdList."""
    ordIdList: tuple[str, ...] = ()
    """Orders that this one has placed."""
    subAlgoIdList: tuple[str, ...] = ()
    """Algo orders that this one has placed."""
    algoId: str | None = None
    clOrdId: str | None = None
    sz: Decimal | None = None
    """In the unit of Order.sz."""
    ordType: AlgoOrdType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: TdMode | None = None
    tgtCcy: TgtCcy | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    state: AlgoState | None = None
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit triggers."""
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    """-1 is at market."""
    slTriggerPx: Decimal | None = None
    """Price at which the stop-loss triggers."""
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    """-1 is at market."""
    triggerPx: Decimal | None = None
    """Price at which it triggers."""
    triggerPxType: PxType | None = None
    ordPx: Decimal | None = None
    """-1 is at market."""
    advanceOrdType: str | None = None
    """Kind of order that a trigger places."""
    advChaseParams: tuple[ChaseParams, ...] = ()
    last: Decimal | None = None
    """Last traded price at the time of the push."""
    actualSz: Decimal | None = None
    """Size that was placed when it triggered."""
    actualPx: Decimal | None = None
    """Price that was placed when it triggered."""
    notionalUsd: Decimal | None = None
    """Value of the order, USD."""
    tag: str | None = None
    actualSide: str | None = None
    """Which side triggered: "tp" or "sl"."""
    triggerTime: int | None = None
    """Epoch ms at which it triggered."""
    reduceOnly: bool | None = None
    """Text "true"/"false" on the wire."""
    failCode: str | None = None
    """Why it failed after triggering; None for no failure."""
    algoClOrdId: str | None = None
    reqId: str | None = None
    """Id of the last amend."""
    amendResult: str | None = None
    """Result of the last amend: "-1" failed, "0" done."""
    amendPxOnTriggerType: str | None = None
    """Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes."""
    attachAlgoOrds: tuple[AlgoAttachedOrder, ...] = ()
    linkedOrd: LinkedOrder | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    isTradeBorrowMode: bool | None = None
    """Text "true"/"false" on the wire."""
    chaseType: str | None = None
    """Chase orders: "distance" (a price difference) or "ratio"."""
    chaseVal: Decimal | None = None
    """Chase orders: distance to the best price, of the kind chaseType."""
    maxChaseType: str | None = None
    """Chase orders: "distance" (a price difference) or "ratio"."""
    maxChaseVal: Decimal | None = None
    """Chase orders: distance at which it stops, of the kind maxChaseType."""
    tradeQuoteCcy: str | None = None
    closeFraction: Decimal | None = None
    """Share of the position that is closed, 1 is all."""
    quickMgnType: str | None = None
    """Deprecated by OKX."""


@model
class AdvancedAlgoOrder(Row):
    """An iceberg, TWAP or trailing stop order as it is now (channel ``algo-advance``).

    Sizes as in ``Order``. An order price of -1 means at market.
    """

    uid: str | None = envelope("arg", "uid")
    instType: InstType | None = None
    instId: str | None = None
    ccy: str | None = None
    """Margin currency."""
    ordId: str | None = None
    """The latest order it has placed."""
    algoId: str | None = None
    clOrdId: str | None = None
    sz: Decimal | None = None
    """In the unit of Order.sz."""
    ordType: AdvancedOrdType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: TdMode | None = None
    tgtCcy: TgtCcy | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    state: AdvancedState | None = None
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit triggers."""
    tpOrdPx: Decimal | None = None
    """-1 is at market."""
    slTriggerPx: Decimal | None = None
    """Price at which the stop-loss triggers."""
    slOrdPx: Decimal | None = None
    """-1 is at market."""
    triggerPx: Decimal | None = None
    """Price at which it triggers."""
    ordPx: Decimal | None = None
    """-1 is at market."""
    actualSz: Decimal | None = None
    """Size that was placed when it triggered."""
    actualPx: Decimal | None = None
    """Price that was placed when it triggered."""
    notionalUsd: Decimal | None = None
    """Value of the order, USD."""
    tag: str | None = None
    actualSide: str | None = None
    """Which side triggered: "tp" or "sl"."""
    triggerTime: int | None = None
    """Epoch ms at which it triggered."""
    cTime: int | None = None
    """Epoch ms of creation."""
    pxVar: Decimal | None = None
    """Iceberg and TWAP: how far from the market its orders go, as a ratio."""
    pxSpread: Decimal | None = None
    """Iceberg and TWAP: how far from the market its orders go, as a price difference."""
    szLimit: Decimal | None = None
    """Iceberg and TWAP: size of one order."""
    pxLimit: Decimal | None = None
    """Iceberg and TWAP: price beyond which no order is placed."""
    timeInterval: int | None = None
    """TWAP: seconds between orders."""
    count: int | None = None
    """Number of orders."""
    callbackRatio: Decimal | None = None
    """Trailing stop: distance as a ratio."""
    callbackSpread: Decimal | None = None
    """Trailing stop: distance as a price difference."""
    activePx: Decimal | None = None
    """Trailing stop: price that starts it."""
    moveTriggerPx: Decimal | None = None
    """Trailing stop: price at which it triggers now."""
    failCode: str | None = None
    """Why it failed after triggering; None for no failure."""
    algoClOrdId: str | None = None
    reduceOnly: bool | None = None
    pTime: int | None = None
    """Epoch ms of the push."""
    isTradeBorrowMode: bool | None = None
    """A flag on the wire here, text in AlgoOrder."""
    tradeQuoteCcy: str | None = None


@model
class AlgoResult(Row):
    """The exchange's receipt for placing, amending or canceling one algo order.

    Accepted means received: ``get_order_algo`` and the ``orders-algo`` channel report what becomes of it.
    """

    algoId: str | None = None
    """Empty when the order was refused."""
    algoClOrdId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    reqId: str | None = None
    """Amend requests: the id given with it."""
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of the error."""
    subCode: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class TriggerParams(Row):
    """What makes an iceberg order start or stop."""

    triggerAction: str | None = None
    """Either "start" or "stop"."""
    triggerStrategy: str | None = None
    """One of "instant", "price" or "rsi"."""
    triggerPx: Decimal | None = None
    """Strategy "price": the price that triggers."""
    triggerCond: str | None = None
    """Strategy "rsi": how the threshold is crossed: "cross_up", "cross_down", "above", "below", "cross"."""
    timeframe: str | None = None
    """Strategy "rsi": length of a bar, for example "3m"."""
    thold: Decimal | None = None
    """Strategy "rsi": threshold, 1 to 100."""
    timePeriod: int | None = None
    """Strategy "rsi": number of bars."""


@model
class AlgoOrderRecord(Row):
    """An algo order of any kind as it is now (``trade/order-algo``, ``trade/orders-algo-pending``, ``...-history``).

    Sizes as in ``Order``. An order price of -1 means at market.
    """

    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    tdMode: TdMode | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    ordType: str | None = None
    state: str | None = None
    sz: Decimal | None = None
    """In the unit of Order.sz."""
    actualSz: Decimal | None = None
    """Size that was placed when it triggered."""
    actualPx: Decimal | None = None
    """Price that was placed when it triggered."""
    triggerPx: Decimal | None = None
    """Of trigger orders."""
    orderPx: Decimal | None = None
    """Of trigger orders: price of the order that it places, -1 at market; ordPx is the older name."""
    triggerPxType: PxType | None = None
    """Of trigger orders."""
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit triggers."""
    tpOrdPx: Decimal | None = None
    """-1 is at market."""
    slTriggerPx: Decimal | None = None
    """Price at which the stop-loss triggers."""
    slOrdPx: Decimal | None = None
    """-1 is at market."""
    callbackRatio: Decimal | None = None
    """Trailing stop: distance as a ratio."""
    callbackSpread: Decimal | None = None
    """Trailing stop: distance as a price difference."""
    activePx: Decimal | None = None
    """Trailing stop: price that starts it."""
    tag: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    ccy: str | None = None
    """Margin currency."""
    ordIdList: tuple[str, ...] = ()
    """Orders that this one has placed."""
    clOrdId: str | None = None
    closeFraction: Decimal | None = None
    """Share of the position that is closed, 1 is all."""
    tgtCcy: TgtCcy | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    tpTriggerPxType: PxType | None = None
    slTriggerPxType: PxType | None = None
    ordPx: Decimal | None = None
    """Older name of orderPx; -1 is at market."""
    advanceOrdType: str | None = None
    actualSide: str | None = None
    """Which side triggered: "tp" or "sl"."""
    triggerTime: int | None = None
    """Epoch ms at which it triggered."""
    pxVar: Decimal | None = None
    """Iceberg and TWAP: how far from the market its orders go, as a ratio."""
    pxSpread: Decimal | None = None
    """Iceberg and TWAP: how far from the market its orders go, as a price difference."""
    szLimit: Decimal | None = None
    """Iceberg and TWAP: size of one order."""
    pxLimit: Decimal | None = None
    """Iceberg and TWAP: price beyond which no order is placed."""
    timeInterval: int | None = None
    """TWAP: seconds between orders."""
    moveTriggerPx: Decimal | None = None
    """Trailing stop: price at which it triggers now."""
    reduceOnly: bool | None = None
    quickMgnType: str | None = None
    """Deprecated by OKX."""
    last: Decimal | None = None
    """Last traded price."""
    failCode: str | None = None
    """Why it failed after triggering; None for no failure."""
    amendPxOnTriggerType: str | None = None
    """Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes."""
    attachAlgoOrds: tuple[AttachedAlgoOrder, ...] = ()
    linkedOrd: LinkedOrder | None = None
    isTradeBorrowMode: bool | None = None
    chaseType: str | None = None
    """Chase orders: "distance" (a price difference) or "ratio"."""
    chaseVal: Decimal | None = None
    """Chase orders: distance to the best price, of the kind chaseType."""
    maxChaseType: str | None = None
    """Chase orders: "distance" (a price difference) or "ratio"."""
    maxChaseVal: Decimal | None = None
    """Chase orders: distance at which it stops, of the kind maxChaseType."""
    tradeQuoteCcy: str | None = None
    ordId: str | None = None
    """Deprecated by OKX, see ordIdList."""
    subAlgoIdList: tuple[str, ...] = ()
    """Algo orders that this one has placed."""
    advChaseParams: tuple[ChaseParams, ...] = ()
    lmtOrderNumber: int | None = None
    """Smart iceberg: number of orders."""
    aggressiveness: str | None = None
    """Smart iceberg: how its orders are placed."""
    triggerParams: tuple[TriggerParams, ...] = ()
