"""Rows of the account's own algo orders.

Conditional, one-cancels-other, trigger, chase; iceberg, TWAP, trailing stop.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, cast

from okx_sync.algo_types import AlgoKind, AlgoLeg, AlgoStatus, AlgoUpdate, TriggerPrice, kind_of_legs
from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.algo_words import SIDE_FIELDS, failure_of, kind_of, trigger_price
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
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import PositionSide
from okx_sync.types import Side as NeutralSide

_STATES: Final[dict[str | None, AlgoStatus]] = {
    "live": "armed",
    "pause": "armed",
    "effective": "fired",
    "partially_effective": "fired",
    "canceled": "canceled",
    "order_failed": "failed",
    "partially_failed": "failed",
}
_WORKING: Final = ("iceberg", "twap")  # what sends one order after another
_SENDING: Final = (*_WORKING, "chase")
_LEGS: Final[dict[str | None, AlgoLeg]] = {"tp": "take_profit", "sl": "stop_loss"}
_AMEND_FAILED: Final = "-1"
_NEEDED: Final = ("instId", "algoId", "state", "ordType")
_SIZE: Final = ("sz", "tgtCcy", "closeFraction")
_PRICES: Final = (*SIDE_FIELDS, "triggerPx", "triggerPxType", "ordPx", "orderPx", "posSide")
# One side alone would say that there is no other.
_SPOILS: Final = {"size": _SIZE} | dict.fromkeys(("kind", "leg", "trigger", "take_profit", "stop_loss"), _PRICES)


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

    @tolerant(*_NEEDED, spoils=_SPOILS)
    def to_algo_update(self) -> AlgoUpdate:
        """Convert it to neutral words. Raises ``DecodeError`` when it does not say which order, or in what state."""
        update = _with_sides(self, self.ordPx)
        if self.amendResult != _AMEND_FAILED:
            return update
        return update.evolved(is_amend_failed=True, reason=f"the change {self.reqId or ''} was refused")

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Convert it as ``to_algo_update`` does: the row is about one algo order."""
        return [self.to_algo_update()]


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

    @tolerant(*_NEEDED, spoils=_SPOILS)
    def to_algo_update(self) -> AlgoUpdate:
        """Convert it to neutral words. Raises ``DecodeError`` when it does not say which order, or in what state.

        The trigger of a trailing stop is the price from which it follows, and then where it would fire now.
        """
        orders = () if self.ordId is None else (self.ordId,)
        update = _common(self, kind_of(self.ordType), orders)
        return update.evolved(trigger=_follows_to(self), updated_at=self.pTime)

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Convert it as ``to_algo_update`` does: the row is about one algo order."""
        return [self.to_algo_update()]


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

    @tolerant(*_NEEDED, spoils=_SPOILS)
    def to_algo_update(self) -> AlgoUpdate:
        """Convert it to neutral words. Raises ``DecodeError`` when it does not say which order, or in what state.

        The trigger of a trailing stop is the price from which it follows, and then where it would fire now.
        """
        update = _with_sides(self, self.orderPx or self.ordPx)
        return update.evolved(trigger=update.trigger or _follows_to(self))

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Convert it as ``to_algo_update`` does: the row is about one algo order."""
        return [self.to_algo_update()]


# -- conversion ----------------------------------------------------------------------------------------------------


def _common(
    row: AlgoOrder | AdvancedAlgoOrder | AlgoOrderRecord, kind: AlgoKind | None, orders: tuple[str, ...]
) -> AlgoUpdate:
    """Return what rows of all algo orders tell. Raises ``DecodeError`` for one without ids, or in a new state."""
    status = _STATES.get(row.state)
    if status is None or row.instId is None or row.algoId is None:
        raise DecodeError(f"an algo order has no ids, or the unknown state {row.state!r}", text=repr(row.raw))
    failure = failure_of(row.failCode)
    is_part = row.state == "partially_effective"
    if status == "armed" and kind in _SENDING and orders:
        status = "running"
    elif is_part and kind in _WORKING:
        status = "failed" if failure else "running"
    return AlgoUpdate(
        inst_id=row.instId,
        status=status,
        algo_id=row.algoId,
        client_order_id=row.algoClOrdId,
        kind=kind,
        side=cast("NeutralSide | None", row.side),
        position_side=cast("PositionSide | None", row.posSide),
        size=None if row.tgtCcy == "quote_ccy" else row.sz or None,
        fired_leg=_LEGS.get(row.actualSide),
        order_ids=orders,
        reduce_only=row.reduceOnly,
        created_at=row.cTime,
        reason=failure or ("it was carried out partly" if is_part and status == "fired" else None),
        recovered=row.recovered,
        raw=row,
    )


def _with_sides(row: AlgoOrder | AlgoOrderRecord, order_price: Decimal | None) -> AlgoUpdate:
    """Return what rows tell that have the triggers of both sides, or of an order and of what comes with that."""
    kind, leg = kind_of(row.ordType), None
    profit = trigger_price(row.tpTriggerPx, row.tpTriggerPxType, row.tpOrdPx)
    loss = trigger_price(row.slTriggerPx, row.slTriggerPxType, row.slOrdPx)
    if kind in ("conditional", "oco"):
        has_profit, has_loss = bool(row.tpTriggerPx), bool(row.slTriggerPx)
        if kind == "conditional" and has_loss and row.posSide not in ("long", "short"):
            has_profit, profit = False, None  # OKX looks at the stop loss of such a one only
        told, leg = kind_of_legs(has_profit, has_loss)
        kind = told or kind
    elif kind == "trigger":
        profit, loss = _sides_of(row.attachAlgoOrds)
    # Linked with a stop loss is the limit order that takes the profit of the same order.
    others = (row.ordId, None if row.linkedOrd is None else row.linkedOrd.ordId)
    orders = dict.fromkeys((*row.ordIdList, *(one for one in others if one is not None)))
    return _common(row, kind, tuple(orders)).evolved(
        leg=leg,
        trigger=trigger_price(row.triggerPx, row.triggerPxType, order_price),
        take_profit=profit,
        stop_loss=loss,
        updated_at=row.uTime,
        **({"size": None} if row.closeFraction else {}),
    )


def _follows_to(row: AdvancedAlgoOrder | AlgoOrderRecord) -> TriggerPrice | None:
    """Return what a trailing stop waits for."""
    return trigger_price(row.moveTriggerPx, None, None) or trigger_price(row.activePx, None, None)


def _sides_of(
    attached: Iterable[AlgoAttachedOrder | AttachedAlgoOrder],
) -> tuple[TriggerPrice | None, TriggerPrice | None]:
    """Return the take profit and the stop loss that come with the order of a trigger, where there is one of each."""
    profits = [trigger_price(one.tpTriggerPx, one.tpTriggerPxType, one.tpOrdPx) for one in attached if one.tpOrdPx]
    losses = [trigger_price(one.slTriggerPx, one.slTriggerPxType, one.slOrdPx) for one in attached if one.slOrdPx]
    return (profits[0] if len(profits) == 1 else None), (losses[0] if len(losses) == 1 else None)
