"""Algo orders (``trigger``, ``conditional``, ``oco``): they wait outside the book until a price is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import events
from okx_sync.paper.venue.accounts import Account
from okx_sync.paper.venue.checks import bad_parameter, client_id, find_instrument, words
from okx_sync.paper.venue.desk import Desk
from okx_sync.paper.venue.events import Row
from okx_sync.paper.venue.instruments import Instrument
from okx_sync.paper.venue.orders import SIDES, OrderAck, Refused
from okx_sync.paper.venue.texts import blank, flag, number, text

TYPES = ("trigger", "conditional", "oco")
_KEPT_AS_GIVEN = tuple(
    blank(
        """ccy sz tdMode tgtCcy tpTriggerPx tpTriggerPxType tpOrdPx slTriggerPx slTriggerPxType slOrdPx triggerPx
        triggerPxType tag tradeQuoteCcy"""
    )
)
_PUSH: dict[str, Any] = blank(
    """instType instId ccy ordId algoId clOrdId sz ordType side posSide tdMode tgtCcy lever state tpTriggerPx
    tpTriggerPxType tpOrdPx slTriggerPx slTriggerPxType slOrdPx triggerPx triggerPxType ordPx advanceOrdType last
    actualSz actualPx notionalUsd tag actualSide triggerTime reduceOnly failCode algoClOrdId reqId amendResult
    amendPxOnTriggerType cTime uTime isTradeBorrowMode chaseType chaseVal maxChaseType maxChaseVal tradeQuoteCcy
    closeFraction quickMgnType"""
)
_REST: dict[str, Any] = blank(
    """orderPx callbackRatio callbackSpread activePx pxVar pxSpread szLimit pxLimit timeInterval moveTriggerPx
    lmtOrderNumber aggressiveness"""
)
_AMENDABLE = {
    "newSz": "sz",
    "newTriggerPx": "triggerPx",
    "newTriggerPxType": "triggerPxType",
    "newOrdPx": "ordPx",
    "newTpTriggerPx": "tpTriggerPx",
    "newTpTriggerPxType": "tpTriggerPxType",
    "newTpOrdPx": "tpOrdPx",
    "newSlTriggerPx": "slTriggerPx",
    "newSlTriggerPxType": "slTriggerPxType",
    "newSlOrdPx": "slOrdPx",
}
_PUSH_ONLY = ("notionalUsd", "reqId", "amendResult")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One condition: when the ``kind`` price (last, index, mark) is at or beyond ``px``, order at ``order_px``."""

    name: str
    kind: str
    px: Decimal
    above: bool
    order_px: str

    def is_met(self, price: Decimal) -> bool:
        """Whether the price has reached the trigger."""
        return price >= self.px if self.above else price <= self.px


@dataclass(slots=True, eq=False)
class Algo:
    """One algo order of an account."""

    account: Account
    instrument: Instrument
    id: int
    ordType: str
    side: str
    posSide: str
    given: dict[str, str]
    triggers: list[Trigger]
    cTime: int
    algoClOrdId: str = ""
    reduceOnly: bool = False
    state: str = "live"
    uTime: int = 0
    met: Trigger | None = None
    met_at: int = 0
    ordId: str = ""
    fail_code: str = ""
    sz: Decimal = field(default_factory=Decimal)


class AlgoDesk:
    """Holds algo orders and fires them through the trading desk."""

    def __init__(self, desk: Desk, emit: Callable[[events.VenueEvent], None]) -> None:
        self._desk = desk
        self._emit = emit
        self._all: dict[int, Algo] = {}
        self._live: dict[int, Algo] = {}
        self._next_id = 1_700_000_000_000_000_000

    def of(self, account: Account, *, done: bool) -> Iterator[Algo]:
        """An account's algo orders, newest first: finished ones, or those that wait."""
        return (a for a in reversed(self._all.values()) if a.account is account and (a.state != "live") == done)

    # --- requests

    def place(self, account: Account, args: Mapping[str, Any]) -> OrderAck:
        """trade/order-algo."""
        try:
            algo = self._checked(account, args)
        except Refused as no:
            mine = words(args, "algoClOrdId")
            return OrderAck(sCode=no.code, sMsg=no.message, subCode=no.sub_code, algoClOrdId=mine)
        self._all[algo.id] = self._live[algo.id] = algo
        self._tell(algo)
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId, tag=algo.given["tag"])

    def cancel(self, account: Account, args: Mapping[str, Any]) -> OrderAck:
        """One element of trade/cancel-algos."""
        algo = self.find(account, args)
        if algo is None or algo.state != "live":
            gone = "Cancellation failed as the order has been filled, canceled or does not exist."
            return _refused(args, "51400", gone)
        self._finish(algo, "canceled")
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId)

    def amend(self, account: Account, args: Mapping[str, Any]) -> OrderAck:
        """trade/amend-algos: sizes and prices of an order that waits."""
        algo = self.find(account, args)
        if algo is None or algo.state != "live":
            return _refused(args, "51503", "Order does not exist.")
        given = dict(algo.given)
        for new, name in _AMENDABLE.items():
            given[name] = words(args, new, given[name])
        try:
            size = number(given["sz"])
            if size is None or size <= 0:
                raise bad_parameter("newSz")
            algo.triggers = self._triggers(algo.instrument, algo.ordType, algo.side, given)
        except Refused as no:
            return _refused(args, no.code, no.message)
        algo.given, algo.sz, algo.uTime = given, size, self._desk.ms
        self._tell(algo)
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId, reqId=words(args, "reqId"))

    def find(self, account: Account, args: Mapping[str, Any]) -> Algo | None:
        """An account's algo order by either id (``algoId`` wins), waiting or done."""
        theirs, mine = words(args, "algoId"), words(args, "algoClOrdId")
        for algo in reversed(self._all.values()):
            if algo.account is account and (str(algo.id) == theirs if theirs else algo.algoClOrdId == mine != ""):
                return algo
        return None

    def _checked(self, account: Account, args: Mapping[str, Any]) -> Algo:
        instrument = find_instrument(self._desk.instruments, args)
        kind, side, size = words(args, "ordType"), words(args, "side"), number(args.get("sz"))
        if kind not in TYPES:
            raise bad_parameter("ordType")
        if side not in SIDES:
            raise bad_parameter("side")
        if size is None or size <= 0:
            raise bad_parameter("sz")
        given = {name: words(args, name) for name in _KEPT_AS_GIVEN}
        given["ordPx"] = words(args, "orderPx")
        self._next_id += 1
        return Algo(
            account,
            instrument,
            self._next_id,
            kind,
            side,
            words(args, "posSide", "net"),
            given,
            self._triggers(instrument, kind, side, given),
            self._desk.ms,
            client_id(args, "algoClOrdId"),
            flag(args.get("reduceOnly")),
            uTime=self._desk.ms,
            sz=size,
        )

    def _triggers(self, instrument: Instrument, ordType: str, side: str, given: dict[str, str]) -> list[Trigger]:
        if ordType == "trigger":
            px, kind = self._number(given, "triggerPx"), given["triggerPxType"] or "last"
            if not given["ordPx"]:
                raise bad_parameter("orderPx")
            return [Trigger("trigger", kind, px, px > self._price(instrument, kind), given["ordPx"])]
        found = []
        for name, above in (("tp", side == "sell"), ("sl", side == "buy")):
            if given[f"{name}TriggerPx"]:
                px, kind = self._number(given, f"{name}TriggerPx"), given[f"{name}TriggerPxType"] or "last"
                found.append(Trigger(name, kind, px, above, given[f"{name}OrdPx"] or "-1"))
        if len(found) < (2 if ordType == "oco" else 1):
            raise bad_parameter("tpTriggerPx or slTriggerPx")
        return found

    @staticmethod
    def _number(given: dict[str, str], name: str) -> Decimal:
        value = number(given[name])
        if value is None or value <= 0:
            raise bad_parameter(name)
        return value

    # --- firing

    def run(self) -> None:
        """Fire what the present prices trigger."""
        for algo in list(self._live.values()):
            for trigger in algo.triggers:
                if trigger.is_met(self._price(algo.instrument, trigger.kind)):
                    self._fire(algo, trigger)
                    break

    def _price(self, instrument: Instrument, kind: str) -> Decimal:
        prices = self._desk.prices
        if kind == "mark":
            return prices.mark(instrument)
        return prices.index(instrument) if kind == "index" else prices.last[instrument.instId]

    def _fire(self, algo: Algo, trigger: Trigger) -> None:
        algo.met, algo.met_at = trigger, self._desk.ms
        market = trigger.order_px == "-1"
        request = {
            "instId": algo.instrument.instId,
            "tdMode": algo.given["tdMode"],
            "side": algo.side,
            "posSide": algo.posSide,
            "ordType": "market" if market else "limit",
            "px": "" if market else trigger.order_px,
            "sz": algo.given["sz"],
            "tgtCcy": algo.given["tgtCcy"],
            "tag": algo.given["tag"],
            "reduceOnly": algo.reduceOnly,
        }
        facts = {"algoId": str(algo.id), "algoClOrdId": algo.algoClOrdId, "source": "6"}
        ack = self._desk.place(algo.account, request, **facts)
        algo.ordId, algo.fail_code = ack.ordId, "" if ack.ok else ack.sCode
        self._finish(algo, "effective" if ack.ok else "order_failed")

    def _finish(self, algo: Algo, state: str) -> None:
        algo.state, algo.uTime = state, self._desk.ms
        self._live.pop(algo.id, None)
        self._tell(algo)

    def _tell(self, algo: Algo) -> None:
        instrument = algo.instrument
        self._emit(events.AlgoChanged(algo.account, instrument.instId, instrument.instType, self.push_row(algo)))

    # --- rows

    def push_row(self, algo: Algo) -> Row:
        """The row of the ``orders-algo`` channel."""
        instrument, prices, met = algo.instrument, self._desk.prices, algo.met
        order = algo.account.find(algo.ordId, "") if algo.ordId else None
        lever = algo.account.lever(instrument.instId, algo.given["tdMode"], algo.posSide)
        return {
            **_PUSH,
            **algo.given,
            "instType": instrument.instType,
            "instId": instrument.instId,
            "ordId": algo.ordId,
            "ordIdList": [algo.ordId] if algo.ordId else [],
            "subAlgoIdList": [],
            "algoId": str(algo.id),
            "ordType": algo.ordType,
            "side": algo.side,
            "posSide": algo.posSide,
            "lever": text(lever) if instrument.is_swap else "",
            "state": algo.state,
            "advChaseParams": [],
            "last": text(prices.last[instrument.instId]),
            "actualSz": text(order.sz) if order else "0",
            "actualPx": "" if met is None or met.order_px == "-1" else met.order_px,
            "notionalUsd": text(algo.sz * instrument.ctVal * prices.last[instrument.instId]),
            "actualSide": met.name if met is not None and met.name != "trigger" else "",
            "triggerTime": str(algo.met_at) if met is not None else "",
            "reduceOnly": "true" if algo.reduceOnly else "false",
            "failCode": algo.fail_code,
            "algoClOrdId": algo.algoClOrdId,
            "attachAlgoOrds": [],
            "linkedOrd": {"ordId": ""},
            "cTime": str(algo.cTime),
            "uTime": str(algo.uTime),
        }

    def rest_row(self, algo: Algo) -> Row:
        """The row of trade/orders-algo-pending, -history and GET trade/order-algo."""
        pushed = self.push_row(algo)
        for name in _PUSH_ONLY:
            del pushed[name]
        return {**_REST, **pushed, "orderPx": pushed["ordPx"], "triggerParams": []}


def _refused(args: Mapping[str, Any], code: str, message: str) -> OrderAck:
    return OrderAck(algoId=words(args, "algoId"), algoClOrdId=words(args, "algoClOrdId"), sCode=code, sMsg=message)
