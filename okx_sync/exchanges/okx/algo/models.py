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
    chaseVal: Decimal | None = None
    maxChaseType: str | None = None
    maxChaseVal: Decimal | None = None


@model
class AlgoAttachedOrder(Row):
    """Take-profit or stop-loss attached to a trigger order. An order price of -1 means at market."""

    attachAlgoClOrdId: str | None = None
    tpTriggerPx: Decimal | None = None
    tpTriggerRatio: Decimal | None = None
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    slTriggerRatio: Decimal | None = None
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    # Trailing stop: distance as a ratio or as a price difference, and the price that starts it.
    callbackRatio: Decimal | None = None
    callbackSpread: Decimal | None = None
    activePx: Decimal | None = None


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
    # Margin currency.
    ccy: str | None = None
    # Deprecated by OKX, see ordIdList.
    ordId: str | None = None
    # Orders and algo orders that this one has placed.
    ordIdList: tuple[str, ...] = ()
    subAlgoIdList: tuple[str, ...] = ()
    algoId: str | None = None
    clOrdId: str | None = None
    sz: Decimal | None = None
    ordType: AlgoOrdType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: TdMode | None = None
    tgtCcy: TgtCcy | None = None
    # Factor.
    lever: Decimal | None = None
    state: AlgoState | None = None
    tpTriggerPx: Decimal | None = None
    tpTriggerPxType: PxType | None = None
    tpOrdPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    slTriggerPxType: PxType | None = None
    slOrdPx: Decimal | None = None
    triggerPx: Decimal | None = None
    triggerPxType: PxType | None = None
    ordPx: Decimal | None = None
    advanceOrdType: str | None = None
    advChaseParams: tuple[ChaseParams, ...] = ()
    last: Decimal | None = None
    # What was placed when it triggered.
    actualSz: Decimal | None = None
    actualPx: Decimal | None = None
    notionalUsd: Decimal | None = None
    tag: str | None = None
    # Which side triggered: "tp" or "sl".
    actualSide: str | None = None
    # Epoch ms.
    triggerTime: int | None = None
    # Text "true"/"false" on the wire.
    reduceOnly: bool | None = None
    # Why it failed after triggering; None for no failure.
    failCode: str | None = None
    algoClOrdId: str | None = None
    # Id and result of the last amend: "-1" failed, "0" done.
    reqId: str | None = None
    amendResult: str | None = None
    # Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes.
    amendPxOnTriggerType: str | None = None
    attachAlgoOrds: tuple[AlgoAttachedOrder, ...] = ()
    linkedOrd: LinkedOrder | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
    # Text "true"/"false" on the wire.
    isTradeBorrowMode: bool | None = None
    # Chase orders.
    chaseType: str | None = None
    chaseVal: Decimal | None = None
    maxChaseType: str | None = None
    maxChaseVal: Decimal | None = None
    tradeQuoteCcy: str | None = None
    # Share of the position that is closed, 1 is all.
    closeFraction: Decimal | None = None
    # Deprecated by OKX.
    quickMgnType: str | None = None


@model
class AdvancedAlgoOrder(Row):
    """An iceberg, TWAP or trailing stop order as it is now (channel ``algo-advance``).

    Sizes as in ``Order``. An order price of -1 means at market.
    """

    uid: str | None = envelope("arg", "uid")
    instType: InstType | None = None
    instId: str | None = None
    # Margin currency.
    ccy: str | None = None
    # The latest order it has placed.
    ordId: str | None = None
    algoId: str | None = None
    clOrdId: str | None = None
    sz: Decimal | None = None
    ordType: AdvancedOrdType | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tdMode: TdMode | None = None
    tgtCcy: TgtCcy | None = None
    # Factor.
    lever: Decimal | None = None
    state: AdvancedState | None = None
    tpTriggerPx: Decimal | None = None
    tpOrdPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    slOrdPx: Decimal | None = None
    triggerPx: Decimal | None = None
    ordPx: Decimal | None = None
    # What was placed when it triggered.
    actualSz: Decimal | None = None
    actualPx: Decimal | None = None
    notionalUsd: Decimal | None = None
    tag: str | None = None
    # Which side triggered: "tp" or "sl".
    actualSide: str | None = None
    # Epoch ms: triggered, created.
    triggerTime: int | None = None
    cTime: int | None = None
    # Iceberg and TWAP: how far from the market its orders go, as a ratio (pxVar) or as a price (pxSpread).
    pxVar: Decimal | None = None
    pxSpread: Decimal | None = None
    # Size of one order, and the price beyond which none is placed.
    szLimit: Decimal | None = None
    pxLimit: Decimal | None = None
    # TWAP: seconds between orders.
    timeInterval: int | None = None
    # Number of orders.
    count: int | None = None
    # Trailing stop: distance as a ratio or as a price difference, the price that starts it, where it triggers now.
    callbackRatio: Decimal | None = None
    callbackSpread: Decimal | None = None
    activePx: Decimal | None = None
    moveTriggerPx: Decimal | None = None
    # Why it failed after triggering; None for no failure.
    failCode: str | None = None
    algoClOrdId: str | None = None
    reduceOnly: bool | None = None
    # Epoch ms of the push.
    pTime: int | None = None
    # A flag on the wire here, text in AlgoOrder.
    isTradeBorrowMode: bool | None = None
    tradeQuoteCcy: str | None = None


@model
class AlgoResult(Row):
    """The exchange's receipt for placing, amending or canceling one algo order.

    Accepted means received: what becomes of it is told by ``get_order_algo`` and the ``orders-algo`` channel.
    """

    # Empty when the order was refused.
    algoId: str | None = None
    algoClOrdId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    # Amend requests: the id given with it.
    reqId: str | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None
    subCode: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class TriggerParams(Row):
    """What makes an iceberg order start or stop."""

    # "start", "stop".
    triggerAction: str | None = None
    triggerStrategy: str | None = None
    triggerPx: Decimal | None = None
    triggerCond: str | None = None
    timeframe: str | None = None
    # Threshold of an indicator.
    thold: Decimal | None = None
    # Length of the indicator.
    timePeriod: int | None = None


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
    # What was placed when it triggered.
    actualSz: Decimal | None = None
    actualPx: Decimal | None = None
    # Trigger orders.
    triggerPx: Decimal | None = None
    # Price of the order it places; ordPx is the older name.
    orderPx: Decimal | None = None
    triggerPxType: PxType | None = None
    # Take-profit and stop-loss.
    tpTriggerPx: Decimal | None = None
    tpOrdPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    slOrdPx: Decimal | None = None
    # Trailing stop: distance as a ratio or as a price difference, the price that starts it.
    callbackRatio: Decimal | None = None
    callbackSpread: Decimal | None = None
    activePx: Decimal | None = None
    tag: str | None = None
    # Epoch ms of creation.
    cTime: int | None = None
    # Epoch ms of the last change.
    uTime: int | None = None
    ccy: str | None = None
    # Orders and algo orders that this one has placed.
    ordIdList: tuple[str, ...] = ()
    clOrdId: str | None = None
    # Share of the position that is closed, 1 is all.
    closeFraction: Decimal | None = None
    tgtCcy: TgtCcy | None = None
    # Factor.
    lever: Decimal | None = None
    tpTriggerPxType: PxType | None = None
    slTriggerPxType: PxType | None = None
    ordPx: Decimal | None = None
    advanceOrdType: str | None = None
    # Which side triggered: "tp" or "sl".
    actualSide: str | None = None
    # Epoch ms.
    triggerTime: int | None = None
    # Iceberg and TWAP: how far from the market its orders go, as a ratio (pxVar) or as a price (pxSpread).
    pxVar: Decimal | None = None
    pxSpread: Decimal | None = None
    # Size of one order, and the price beyond which none is placed.
    szLimit: Decimal | None = None
    pxLimit: Decimal | None = None
    # TWAP: seconds between orders.
    timeInterval: int | None = None
    # Trailing stop: where it triggers now.
    moveTriggerPx: Decimal | None = None
    reduceOnly: bool | None = None
    # Deprecated by OKX, as is ordId.
    quickMgnType: str | None = None
    last: Decimal | None = None
    # Why it failed after triggering; None for no failure.
    failCode: str | None = None
    # Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes.
    amendPxOnTriggerType: str | None = None
    attachAlgoOrds: tuple[AttachedAlgoOrder, ...] = ()
    linkedOrd: LinkedOrder | None = None
    isTradeBorrowMode: bool | None = None
    # Chase orders.
    chaseType: str | None = None
    chaseVal: Decimal | None = None
    maxChaseType: str | None = None
    maxChaseVal: Decimal | None = None
    tradeQuoteCcy: str | None = None
    ordId: str | None = None
    subAlgoIdList: tuple[str, ...] = ()
    advChaseParams: tuple[ChaseParams, ...] = ()
    # Smart iceberg: number of orders, and how they are placed.
    lmtOrderNumber: int | None = None
    aggressiveness: str | None = None
    triggerParams: tuple[TriggerParams, ...] = ()
