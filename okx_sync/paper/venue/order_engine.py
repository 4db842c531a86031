"""The order engine: takes orders in, matches them, books the result and says what happened.

An order's life: checked -> accepted (``live``) -> matched as a taker -> the rest waits in the book, or is
cancelled for order types that do not wait -> ``filled`` or ``canceled``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

from okx_sync.paper.venue import events, order_rows
from okx_sync.paper.venue.attached_orders import AttachedOrder
from okx_sync.paper.venue.clock import PaperClock
from okx_sync.paper.venue.closing_orders import CUT, admit, make_room, send_away_older
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.matching import Match, MatchingBook, RestingOrder
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_checks import find_instrument, find_order, parse_order, words
from okx_sync.paper.venue.order_fields import check_count, check_fields, check_opening, check_state, check_worth
from okx_sync.paper.venue.order_funds import fund
from okx_sync.paper.venue.position_limit import check_position_limit
from okx_sync.paper.venue.price_limits import Band, MeanPremium, band, mark_band, within
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount, VenueFill, VenueOrder, promised_ccy
from okx_sync.paper.venue.settlement import LIQUIDATIONS, Settlement
from okx_sync.paper.venue.tape import Tape
from okx_sync.paper.venue.types import Side, opposite
from okx_sync.paper.venue.wire_rules import COMMON, WireRules

#: cancelSource values.
BY_USER, NO_FOK, NO_IOC, WOULD_TAKE, OWN_ORDER, TOO_MANY_MAKERS = "1", "13", "14", "31", "32", "33"
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


def _worst(order: VenueOrder, best: int) -> int:
    """Return the price in ticks that an order's slippage allows at worst."""
    worst = best * (1 + order.slippage * order.sign)
    return math.floor(worst) if order.side == "buy" else math.ceil(worst)


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
        self._premiums: dict[str, MeanPremium] = {}
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
        under = rules or self.rules
        instrument = find_instrument(self.instruments, args)
        check_state(instrument, under)
        if under.checks_fields:
            check_fields(instrument, args, under, account.level)
        order = parse_order(account, instrument, args, self.new_id(), self.ms, under)
        check_opening(order)
        before = account.by_client.get(order.clOrdId)
        if before is not None and not (order.rules.reuses_client_ids and before.is_done):
            raise VenueRefusal("51016", "Client order ID already exists.")
        if order.rules.checks_fields:
            check_worth(order, self.prices.last[instrument.instId])
            check_count(order)
        self._bound(order, moves=words(args, "pxAmendType") == "1")
        if self.attachments is not None:
            self.attachments.attach(order, args)
        if order.closes_only:
            admit(order)
        if order.rules.limits_positions:
            check_position_limit(order, order.lots)
        fund(order, self.px_to_trade(order), self.books[instrument.instId], self.prices)
        return order

    def band(self, instrument: VenueInstrument, rules: WireRules | None = None) -> Band | None:
        """Return (lowest sell, highest buy) price in ticks; None while there are no limits."""
        if not (rules or self.rules).bands_by_mark or not instrument.is_swap:
            return band(instrument, self.prices, self.ms)
        if instrument.instId not in self._premiums:
            self._premiums[instrument.instId] = MeanPremium()
            self.note_premiums()
        return mark_band(instrument, self.prices, self._premiums[instrument.instId].mean)

    def note_premiums(self) -> None:
        """Take note of by how much contracts are above their mark prices, those whose limits depend on it."""
        for name, premium in self._premiums.items():
            instrument, book = self.instruments[name], self.books[name]
            best = [px for px in (book.best_px("buy"), book.best_px("sell")) if px is not None]
            middle = instrument.px(sum(best)) / 2 if len(best) == 2 else self.prices.mark(instrument)
            premium.note(self.ms, middle - self.prices.mark(instrument))

    def check_px(self, order: VenueOrder, px: int, *, moves: bool = False) -> int:
        """Return a price within the limits: moved there with ``moves``, else refused when it is too good."""
        moves = moves or order.rules.moves_prices
        return within(order, px, self.band(order.instrument, order.rules), moves=moves)

    def _bound(self, order: VenueOrder, *, moves: bool) -> None:
        """Keep the price within the limits, and what an order without a price may trade at."""
        rules, is_swap = order.rules, order.instrument.is_swap
        if order.px is not None:
            order.px = self.check_px(order, order.px, moves=moves)
        elif rules.bounds_market_orders if is_swap else rules.bounds_spot_orders:
            limits = self.band(order.instrument, rules)
            if limits is not None:
                order.limit = limits[1] if order.side == "buy" else limits[0]
        elif order.slippage and not is_swap:
            best = self.books[order.instrument.instId].best_px(opposite(order.side))
            order.limit = None if best is None else _worst(order, best)

    # --- the life of an order

    def accept(self, order: VenueOrder) -> None:
        """Take in an order that was checked: it trades, waits or ends."""
        order.account.remember(order)
        order.account.orders[order.id] = order
        if order.attached:
            self.parents[order.id] = order
        if order.ordType == "post_only" and self.would_take(order):
            order.ends_at_once = WOULD_TAKE
        elif order.ordType == "fok":
            order.ends_at_once = self._why_not_wholly(order)
        if order.ends_at_once:
            self.end(order, order.ends_at_once)
            return
        if order.closes_only and order.rules.last_closing_order_wins:
            order.sent_away = send_away_older(self, order)
        self._tell(order, amended={"amendSource": CUT} if order.is_cut else None)
        self.work(order)

    def _why_not_wholly(self, order: VenueOrder) -> str:
        """Return the ``cancelSource`` of a fill-or-kill order that cannot be filled wholly; nothing when it can."""
        found = self.books[order.instrument.instId].reach(order)
        if found.lots >= order.left:
            return ""
        return OWN_ORDER if found.stopped else TOO_MANY_MAKERS if found.is_full else NO_FOK

    def px_to_trade(self, order: VenueOrder) -> int:
        """Return the best price of the other side in ticks; the fair price where nobody offers one."""
        best = self.books[order.instrument.instId].best_px(opposite(order.side))
        return best or self.prices.fair(order.instrument)

    def would_take(self, order: VenueOrder) -> bool:
        """Tell whether an order with a price would trade at once."""
        best = self.books[order.instrument.instId].best_px(opposite(order.side))
        return best is not None and order.px is not None and best * order.sign <= order.px * order.sign

    def work(self, order: VenueOrder) -> None:
        """Match the order; what is left waits in the book or is cancelled, as its type says."""
        book = self.books[order.instrument.instId]
        wanted = order.left if order.lots else (order.most or _ANY_LOTS)
        limit = order.limit if order.px is None else order.px
        taken = book.take(order.side, limit, wanted, budget=order.budget, taker=order)
        # An order whose money is spent, or whose coins are sold, wants what it got, whatever its size says.
        keeps_rest = order.rules.returns_rest and taken.is_spent and taken.spent != order.budget
        if taken.lots and (taken.is_spent or taken.lots == wanted) and not keeps_rest:
            order.lots = order.filled + taken.lots
        self.execute(order.instrument, order.side, taken.matches, order)
        for maker in taken.prevented:
            if maker.order is not None:
                self.end(maker.order, OWN_ORDER)
        if order.is_done:
            return
        if taken.stopped or taken.is_full:
            self.end(order, OWN_ORDER if taken.stopped else TOO_MANY_MAKERS)
        elif order.ordType not in RESTS or order.px is None:
            self.end(order, NO_IOC)
        else:
            book.add(RestingOrder(order.id, order.side, order.px, order.left, order))
            self.settlement.promise(order)
            self.tell_frozen(order)
            if order.rules.tells_resting and not order.filled:
                self._tell(order)
            if order.closes_only:
                make_room(self, order.account, order.instrument)

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
        self._emit(events.OrderChanged(order.account, instrument.instId, order.instType, row))

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
        resting = book.find(order.id)
        assert resting is not None
        book.reduce(order.id, lots)
        self.execute(order.instrument, opposite(order.side), [Match(resting, resting.px, lots)], None)

    def execute(
        self, instrument: VenueInstrument, side: Side, matches: Sequence[Match], taker: VenueOrder | None
    ) -> None:
        """Book the matches of one taker: money, orders, tape, and the events about them."""
        tape, book = self.tapes[instrument.instId], self.books[instrument.instId]
        touched: dict[VenueAccount, list[tuple[str, str]]] = {}
        on_margin = {
            order.account for match in matches for order in (match.maker.order, taker) if order and order.is_margin
        }
        for px, group in groupby(matches, key=lambda match: match.px):
            sizes: list[tuple[str, int]] = []
            taken: list[VenueFill] = []
            self.prices.trade(instrument, instrument.px(px))
            for match in group:
                trade_id = tape.next_id()
                sizes.append((trade_id, match.lots))
                for order, role in ((match.maker.order, "M"), (taker, "T")):
                    if order is not None:
                        fill = self._fill(order, match, role, trade_id)
                        touched.setdefault(order.account, []).append((instrument.instId, trade_id))
                        if role == "T":
                            taken.append(fill)
                        else:
                            self._tell_fills([fill])
            self._tell_fills(taken)
            self._emit(tape.print(side, px, sizes, self.ms, book.version))
        for account, trades in touched.items():
            self._tell_money(account, instrument, tuple(trades), on_margin=account in on_margin)

    def _fill(self, order: VenueOrder, match: Match, role: str, trade_id: str) -> VenueFill:
        fill = self.settlement.fill(order, match.lots, match.px, role, trade_id, self.ms)
        if not order.left:
            order.state = "filled"
            order.account.orders.pop(order.id, None)
        else:
            order.state = "partially_filled"
        self._tell(order, fill)
        self._emit(events.Filled(order.account, order.instrument.instId))
        return fill

    def _tell_fills(self, fills: Sequence[VenueFill]) -> None:
        """Tell of fills of one order at one price in one row; those of liquidations are told by the orders alone."""
        if fills and fills[0].order.category not in LIQUIDATIONS:
            order = fills[0].order
            self._emit(events.FillsJoined(order.account, order.instrument.instId, order_rows.pushed_fills(fills)))

    def _tell_money(
        self,
        account: VenueAccount,
        instrument: VenueInstrument,
        trades: tuple[tuple[str, str], ...],
        *,
        on_margin: bool = False,
    ) -> None:
        pair = (instrument.baseCcy, instrument.quoteCcy)
        ccys = (instrument.settleCcy,) if instrument.is_swap else pair
        self._emit(events.BalanceChanged(account, "filled", ccys, trades))
        if not instrument.is_swap and not on_margin:
            return
        self._emit(events.PositionChanged(account, "filled", instrument.instId, trades))
        make_room(self, account, instrument)
