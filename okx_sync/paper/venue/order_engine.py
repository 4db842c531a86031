"""The order engine: takes orders in, matches them, books the result and says what happened.

An order's life: checked -> accepted (``live``) -> matched as a taker -> the rest waits in the book, or is
cancelled for order types that do not wait -> ``filled`` or ``canceled``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

from okx_sync.paper.venue import events, order_rows
from okx_sync.paper.venue.attached_orders import AttachedOrder
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin import available_cash, available_equity, needed
from okx_sync.paper.venue.matching import Match, MatchingBook, RestingOrder
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_checks import find_instrument, find_order, parse_order, too_small, words
from okx_sync.paper.venue.position_limit import check_position_limit
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount, VenueFill, VenueOrder, promised_ccy
from okx_sync.paper.venue.settlement import Settlement
from okx_sync.paper.venue.tape import Tape
from okx_sync.paper.venue.types import Side, opposite
from okx_sync.paper.venue.wire_rules import COMMON, WireRules

#: cancelSource values.
BY_USER, NO_FOK, NO_IOC, CLOSED, CLOSED_BY_STOP, WOULD_TAKE, OWN_ORDER = "1", "13", "14", "17", "21", "31", "32"
#: How far from the index a buy may be above, or a sell below it.
PRICE_BAND = 0.05
#: Order types whose rest waits in the book.
RESTS = ("limit", "post_only")
_GONE = ("51400", "Order cancellation failed as the order has been filled, canceled or does not exist.")
_ANY_LOTS = 10**18


class Attachments(Protocol):
    """What the engine asks of those who look after attached orders."""

    def attach(self, order: VenueOrder, args: Mapping[str, Any]) -> None:
        """Let a new order bring what its request names; `VenueRefusal` for what it cannot."""

    def amended(self, order: VenueOrder, args: Mapping[str, Any], px: int, lots: int) -> list[AttachedOrder]:
        """Return what an order brings once it is amended as a request asks, which names its new price and size."""

    def names(self, args: Mapping[str, Any]) -> bool:
        """Tell whether a request amends attached orders."""


class OrderEngine:
    """Everything that changes a book. ``ms`` is the exchange's date of what happens now; the venue sets it."""

    def __init__(
        self,
        clock: PaperClock,
        instruments: dict[str, VenueInstrument],
        prices: Prices,
        emit: Callable[[events.VenueEvent], None],
        rules: WireRules = COMMON,
    ) -> None:
        self.clock = clock
        self.instruments = instruments
        self.prices = prices
        self.rules = rules
        self.settlement = Settlement(prices)
        self.books = {i.instId: MatchingBook(i) for i in instruments.values()}
        self.tapes: dict[str, Tape] = {}
        self.ms = 0
        #: Who looks after what orders bring along; None where nobody does.
        self.attachments: Attachments | None = None
        #: Orders that bring others along once they are filled.
        self.parents: dict[int, VenueOrder] = {}
        self._emit = emit
        self._next_id = 2_500_000_000_000_000_000

    def new_id(self) -> int:
        """Return a fresh order id."""
        self._next_id += 4096
        return self._next_id

    # --- requests

    def place(
        self, account: VenueAccount, args: Mapping[str, Any], rules: WireRules | None = None, **facts: object
    ) -> OrderAck:
        """Take an order in, under ``rules`` (by default the engine's own).

        ``facts``: ``category``, ``source``, ``algoId``... when the venue itself orders.
        """
        try:
            order = self.checked(account, args, rules)
        except VenueRefusal as no:
            return self._no(args, no)
        for name, value in facts.items():
            setattr(order, name, value)
        self.accept(order)
        return OrderAck(order.ordId, order.clOrdId, order.tag, str(self.ms), sMsg="Order placed")

    def cancel(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Cancel a resting order."""
        try:
            find_instrument(self.instruments, args)
            order = find_order(account, args, _GONE)
        except VenueRefusal as no:
            return self._no(args, no)
        self.end(order, BY_USER)
        return OrderAck(order.ordId, order.clOrdId, "", str(self.ms))

    def _no(self, args: Mapping[str, Any], no: VenueRefusal) -> OrderAck:
        return OrderAck(
            words(args, "ordId"),
            words(args, "clOrdId"),
            words(args, "tag"),
            str(self.ms),
            no.code,
            no.message,
            no.sub_code,
            words(args, "reqId"),
        )

    # --- checks that need the market

    def checked(self, account: VenueAccount, args: Mapping[str, Any], rules: WireRules | None = None) -> VenueOrder:
        """Return a new order that may be accepted; `VenueRefusal` for one that may not."""
        instrument = find_instrument(self.instruments, args)
        if instrument.state != "live":
            raise VenueRefusal("51022", f"Contract suspended: {instrument.instId} is {instrument.state}.")
        order = parse_order(account, instrument, args, self.new_id(), self.ms, rules or self.rules)
        before = account.by_client.get(order.clOrdId)
        if before is not None and not (order.rules.reuses_client_ids and before.is_done):
            raise VenueRefusal("51016", "Duplicated client order ID.")
        self.check_px(order, order.px)
        if self.attachments is not None:
            self.attachments.attach(order, args)
        if order.closes_only:
            self._trim(order)
        if order.rules.limits_positions:
            check_position_limit(order, order.lots)
        self._check_funds(order)
        return order

    def band(self, instrument: VenueInstrument) -> tuple[int, int]:
        """Return (lowest sell, highest buy) price in ticks."""
        fair = self.prices.fair(instrument)
        return int(fair * (1 - PRICE_BAND)), int(fair * (1 + PRICE_BAND))

    def check_px(self, order: VenueOrder, px: int | None) -> None:
        """Refuse a price that is too good to be meant."""
        low, high = self.band(order.instrument)
        if px is not None and (px > high if order.side == "buy" else px < low):
            bounds = f"max buy price: {order.instrument.px(high)}, min sell price: {order.instrument.px(low)}"
            raise VenueRefusal("51006", f"Order price is not within the price limit ({bounds}).")

    def _trim(self, order: VenueOrder) -> None:
        position = order.account.position(order.instrument.instId, order.tdMode, order.posSide)
        closable = position.closable(order.sign) if position else 0
        if not closable:
            raise VenueRefusal(
                "51169", "Order failed. You don't have any positions in this direction to reduce or close."
            )
        if order.lots > closable:
            order.lots = closable
            order.sz = order.instrument.sz(closable)

    def _check_funds(self, order: VenueOrder) -> None:
        account, instrument, prices = order.account, order.instrument, self.prices
        book, ccy = self.books[instrument.instId], promised_ccy(order)
        free = available_equity(account, ccy, prices) if instrument.is_swap else available_cash(account, ccy, prices)
        if order.px is not None:
            cost = needed(order, instrument.px(order.px), order.lots, account)
        elif order.budget is not None:
            cost = order.sz
            if cost < instrument.minSz * prices.last[instrument.instId]:
                raise too_small()
        elif instrument.is_swap or order.side == "sell":
            best = book.best_px(opposite(order.side)) or self.prices.fair(instrument)
            cost = needed(order, instrument.px(best), order.lots, account)
        else:
            unit = instrument.tickSz * instrument.lotSz
            cost = unit * book.cost("buy", order.lots)
            order.budget = int(free / unit)
        if cost > free:
            what = "margin" if instrument.is_swap else "balance"
            raise VenueRefusal("51008", f"Order failed. Insufficient {ccy} {what} in account.", "1000")

    # --- the life of an order

    def accept(self, order: VenueOrder) -> None:
        """Take in an order that was checked: it trades, waits or ends."""
        order.account.remember(order)
        order.account.orders[order.id] = order
        if order.attached:
            self.parents[order.id] = order
        book = self.books[order.instrument.instId]
        if order.ordType == "post_only" and self._would_take(order):
            self.end(order, WOULD_TAKE)
        elif order.ordType == "fok" and book.available(order.side, order.px, order.lots) < order.lots:
            self.end(order, NO_FOK)
        else:
            self._tell(order)
            self.work(order)

    def _would_take(self, order: VenueOrder) -> bool:
        best = self.books[order.instrument.instId].best_px(opposite(order.side))
        return best is not None and order.px is not None and best * order.sign <= order.px * order.sign

    def work(self, order: VenueOrder) -> None:
        """Match the order; what is left waits in the book or is cancelled, as its type says."""
        book = self.books[order.instrument.instId]
        wanted = order.left if order.lots else _ANY_LOTS
        taken = book.take(order.side, order.px, wanted, budget=order.budget, taker=order)
        # An order sized in quote currency wants what its money bought.
        order.lots = order.lots or taken.lots
        self.execute(order.instrument, order.side, taken.matches, order)
        for maker in taken.prevented:
            if maker.order is not None:
                self.end(maker.order, OWN_ORDER)
        if order.is_done:
            return
        if taken.stopped:
            self.end(order, OWN_ORDER)
        elif order.ordType not in RESTS or order.px is None:
            self.end(order, NO_IOC)
        else:
            book.add(RestingOrder(order.id, order.side, order.px, order.left, order))
            self.settlement.promise(order)
            self.tell_frozen(order)

    def end(self, order: VenueOrder, source: str, reason: str = "", **amended: str) -> None:
        """Cancel an order, whether it rests or was never let in."""
        self.books[order.instrument.instId].remove(order.id)
        order.account.orders.pop(order.id, None)
        order.state = "canceled"
        order.cancelSource = source
        order.cancelSourceReason = reason
        order.uTime = self.ms
        freed = order.frozen
        self.settlement.promise(order)
        self._tell(order, amended=amended)
        if freed:
            self.tell_frozen(order)

    def _tell(self, order: VenueOrder, fill: VenueFill | None = None, amended: Mapping[str, str] | None = None) -> None:
        row = order_rows.pushed_order(order, self.prices, fill, **(amended or {}))
        instrument = order.instrument
        self._emit(events.OrderChanged(order.account, instrument.instId, instrument.instType, row))

    def tell_amended(self, order: VenueOrder, **amended: str) -> None:
        """Push the outcome of an amendment."""
        order.uTime = self.ms
        self._tell(order, amended=amended)

    def tell_frozen(self, order: VenueOrder) -> None:
        """Say that the money promised to orders changed."""
        self._emit(events.BalanceChanged(order.account, "", (promised_ccy(order),)))

    # --- executions

    def take(self, instrument: VenueInstrument, side: Side, limit: int | None, lots: int) -> int:
        """Let an anonymous taker trade; returns the lots it got."""
        taken = self.books[instrument.instId].take(side, limit, lots)
        self.execute(instrument, side, taken.matches, None)
        return taken.lots

    def fill_resting(self, order: VenueOrder, lots: int) -> None:
        """Let an anonymous counterparty take ``lots`` of one resting order, whatever its place in the queue."""
        book = self.books[order.instrument.instId]
        resting = book.resting[order.id]
        book.reduce(order.id, lots)
        self.execute(order.instrument, opposite(order.side), [Match(resting, resting.px, lots)], None)

    def execute(
        self, instrument: VenueInstrument, side: Side, matches: Sequence[Match], taker: VenueOrder | None
    ) -> None:
        """Book the matches of one taker: money, orders, tape, and the events about them."""
        tape, book = self.tapes[instrument.instId], self.books[instrument.instId]
        touched: dict[VenueAccount, list[tuple[str, str]]] = {}
        for px, group in groupby(matches, key=lambda match: match.px):
            sizes: list[tuple[str, int]] = []
            self.prices.last[instrument.instId] = instrument.px(px)
            for match in group:
                trade_id = tape.next_id()
                sizes.append((trade_id, match.lots))
                for order, role in ((match.maker.order, "M"), (taker, "T")):
                    if order is not None:
                        self._fill(order, match, role, trade_id)
                        touched.setdefault(order.account, []).append((instrument.instId, trade_id))
            self._emit(tape.print(side, px, sizes, self.ms, book.version))
        for account, trades in touched.items():
            self._tell_money(account, instrument, tuple(trades))

    def _fill(self, order: VenueOrder, match: Match, role: str, trade_id: str) -> None:
        fill = self.settlement.fill(order, match.lots, match.px, role, trade_id, self.ms)
        if not order.left:
            order.state = "filled"
            order.account.orders.pop(order.id, None)
        else:
            order.state = "partially_filled"
        self._tell(order, fill)
        self._emit(events.Filled(order.account, order.instrument.instId, order_rows.pushed_fill(fill)))

    def _tell_money(
        self, account: VenueAccount, instrument: VenueInstrument, trades: tuple[tuple[str, str], ...]
    ) -> None:
        if not instrument.is_swap:
            self._emit(events.BalanceChanged(account, "filled", (instrument.baseCcy, instrument.quoteCcy), trades))
            return
        self._emit(events.BalanceChanged(account, "filled", (instrument.settleCcy,), trades))
        self._emit(events.PositionChanged(account, "filled", instrument.instId, trades))
        self._drop_closers(account, instrument)

    def _drop_closers(self, account: VenueAccount, instrument: VenueInstrument) -> None:
        """Cancel resting orders that may only close and outgrow the position they close."""
        book = self.books[instrument.instId]
        for order in list(account.orders.values()):
            if order.id not in book.resting or not order.closes_only:
                continue
            position = account.position(instrument.instId, order.tdMode, order.posSide)
            closable = position.closable(order.sign) if position else 0
            if not closable:
                self.end(order, CLOSED_BY_STOP if order.algoId else CLOSED)
            elif order.left > closable:
                book.reduce(order.id, order.left - closable)
                order.lots = order.filled + closable
                order.sz = instrument.sz(order.lots)
                self._tell(order)
