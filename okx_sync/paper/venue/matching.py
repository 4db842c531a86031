"""A price-time matching book. Prices are whole ticks and sizes whole lots, so all sums are exact integers."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.records import VenueOrder
from okx_sync.paper.venue.types import Side, opposite

_SIGNS: dict[Side, int] = {"buy": 1, "sell": -1}
#: A taker matches no more makers than this.
MOST_MAKERS = 1000


class RestingOrder:
    """Size that waits in the book; ``order`` is None for the anonymous flow."""

    __slots__ = ("id", "left", "order", "px", "side")

    def __init__(self, id: int, side: Side, px: int, left: int, order: VenueOrder | None = None) -> None:  # noqa: A002
        self.id = id
        self.side: Side = side
        self.px = px
        self.left = left
        self.order = order


class Match(NamedTuple):
    """One maker hit by a taker: ``lots`` at the maker's price."""

    maker: RestingOrder
    px: int
    lots: int


@dataclass(slots=True)
class MatchResult:
    """What a taker got: its matches in order, and makers cancelled as own orders.

    Why it got no more: an own order ``stopped`` it, it ``is_full`` of makers, or its budget ``is_spent``.
    """

    matches: list[Match] = field(default_factory=list)
    prevented: list[RestingOrder] = field(default_factory=list)
    stopped: bool = False
    is_full: bool = False
    is_spent: bool = False

    @property
    def lots(self) -> int:
        """Lots matched in all."""
        return sum(match.lots for match in self.matches)

    @property
    def spent(self) -> int:
        """Ticks x lots in all."""
        return sum(match.lots * match.px for match in self.matches)


class PriceLevel:
    """All that waits at one price, first come first served."""

    __slots__ = ("_row", "px", "queue", "total")

    def __init__(self, px: int) -> None:
        self.px = px
        self.total = 0
        self.queue: dict[int, RestingOrder] = {}
        self._row: list[str] | None = None

    def touch(self, lots: int) -> None:
        """Book a change of the total; the printed row is made anew when next asked for."""
        self.total += lots
        self._row = None

    def row(self, instrument: VenueInstrument) -> list[str]:
        """Return the wire row ``[px, sz, "0", order count]``; a new list after each change, else the same one."""
        if self._row is None:
            self._row = [text(instrument.px(self.px)), text(instrument.sz(self.total)), "0", str(len(self.queue))]
        return self._row


class OpeningOrders:
    """Anonymous orders (side, ticks, lots) that do not cross, with which any number of books can open."""

    def __init__(self, orders: Sequence[tuple[Side, int, int]]) -> None:
        self.count = len(orders)
        self.at: dict[Side, dict[int, list[tuple[int, int]]]] = {"buy": {}, "sell": {}}
        """For each price in ticks, how many orders came before one, and its lots."""
        for before, (side, px, lots) in enumerate(orders):
            self.at[side].setdefault(px, []).append((before, lots))
        self.keys = {side: sorted(px * _SIGNS[side] for px in at) for side, at in self.at.items()}


class _Half:
    """One side of the book. Keys are sorted so that the best price is last: taking it is a cheap pop.

    Orders of the opening are queued when somebody looks at their price: most prices are never looked at.
    """

    __slots__ = ("_first_id", "_levels", "_opening", "_orders", "keys", "side", "sign")

    def __init__(self, side: Side, orders: dict[int, RestingOrder]) -> None:
        self.side: Side = side
        self.sign = _SIGNS[side]
        self.keys: list[int] = []
        self._levels: dict[int, PriceLevel] = {}
        self._orders = orders
        self._opening: dict[int, list[tuple[int, int]]] = {}
        self._first_id = 0

    def open(self, opening: OpeningOrders, first_id: int) -> None:
        self.keys = opening.keys[self.side].copy()
        self._opening = opening.at[self.side].copy()
        self._first_id = first_id

    def find(self, px: int) -> PriceLevel | None:
        found = self._levels.get(px)
        if found is None and px in self._opening:
            found = self._levels[px] = PriceLevel(px)
            for before, lots in self._opening.pop(px):
                number = self._first_id + before
                self._orders[number] = found.queue[number] = RestingOrder(number, self.side, px, lots)
                found.total += lots
        return found

    def level(self, px: int) -> PriceLevel:
        found = self.find(px)
        if found is None:
            found = self._levels[px] = PriceLevel(px)
            insort(self.keys, px * self.sign)
        return found

    def at_key(self, key: int) -> PriceLevel:
        """Return the level of one of the keys."""
        found = self.find(key * self.sign)
        assert found is not None
        return found

    def queue_all(self) -> None:
        for px in list(self._opening):
            self.find(px)

    def drop(self, px: int) -> None:
        del self._levels[px]
        if self.keys[-1] == px * self.sign:
            self.keys.pop()
        else:
            del self.keys[bisect_left(self.keys, px * self.sign)]

    def best(self) -> int | None:
        return self.keys[-1] * self.sign if self.keys else None

    def reaches(self, limit: int | None) -> bool:
        """Tell whether a taker with this limit would meet the best price."""
        return bool(self.keys) and (limit is None or self.keys[-1] >= limit * self.sign)

    def walk(self) -> Iterator[PriceLevel]:
        for key in reversed(self.keys):
            yield self.at_key(key)


class MatchingBook:
    """One instrument's order book.

    ``version`` grows with every change and serves as the wire's ``seqId``.
    """

    def __init__(self, instrument: VenueInstrument) -> None:
        self.instrument = instrument
        self.version = 1000
        self._orders: dict[int, RestingOrder] = {}
        self._halves: dict[Side, _Half] = {"buy": _Half("buy", self._orders), "sell": _Half("sell", self._orders)}
        self._opening = range(0)

    def open(self, opening: OpeningOrders, first_id: int) -> None:
        """Open an empty book with these orders, numbered from ``first_id`` on."""
        self._opening = range(first_id, first_id + opening.count)
        for half in self._halves.values():
            half.open(opening, first_id)
        self.version += opening.count

    @property
    def resting(self) -> dict[int, RestingOrder]:
        """All orders in the book, by number, as they came."""
        if self._opening:
            for half in self._halves.values():
                half.queue_all()
            others = {number: one for number, one in self._orders.items() if number not in self._opening}
            opened = sorted(self._orders.keys() - others.keys())
            ordered = {number: self._orders[number] for number in opened} | others
            self._orders.clear()
            self._orders.update(ordered)
            self._opening = range(0)
        return self._orders

    def find(self, id: int) -> RestingOrder | None:  # noqa: A002
        """Return an order in the book; None when it is not there (any more)."""
        return (self.resting if id in self._opening else self._orders).get(id)

    # --- looking

    def best_px(self, side: Side) -> int | None:
        """Return the best price in ticks of the ``buy`` (bid) or ``sell`` (ask) side."""
        return self._halves[side].best()

    def worst_px(self, side: Side) -> int | None:
        """Return the price furthest from the market, in ticks."""
        half = self._halves[side]
        return half.keys[0] * half.sign if half.keys else None

    def depth(self, side: Side) -> int:
        """Count how many price levels a side has."""
        return len(self._halves[side].keys)

    def level_at(self, side: Side, px: int) -> PriceLevel | None:
        """Return the level at exactly this price."""
        return self._halves[side].find(px)

    def walk(self, side: Side) -> Iterator[PriceLevel]:
        """Return levels from the best price on."""
        return self._halves[side].walk()

    def levels(self, side: str, depth: int) -> list[list[str]]:
        """Return wire rows ``[px, sz, "0", n]``, best first. ``side``: ``asks`` or ``bids``.

        Rows are shared: never change them. A level that changes gets a new row, so that ``new is old``
        tells an untouched level.
        """
        half = self._halves["sell" if side == "asks" else "buy"]
        keys = half.keys[: -depth - 1 : -1] if depth > 0 else []
        return [half.at_key(key).row(self.instrument) for key in keys]

    def best(self) -> tuple[list[str] | None, list[str] | None]:
        """Return the best ask row and the best bid row."""
        asks, bids = self.levels("asks", 1), self.levels("bids", 1)
        return (asks[0] if asks else None), (bids[0] if bids else None)

    def reach(self, taker: VenueOrder) -> MatchResult:
        """Return what an order would match within its price if it came now; nothing is changed."""
        half, found, wanted = self._halves[opposite(taker.side)], MatchResult(), taker.left
        for level in half.walk():
            if taker.px is not None and level.px * half.sign < taker.px * half.sign:
                break
            for maker in level.queue.values():
                if taker.spares(maker.order):
                    found.stopped = taker.stpMode != "cancel_maker"
                else:
                    found.is_full = len(found.matches) == MOST_MAKERS
                    if not found.is_full:
                        found.matches.append(Match(maker, maker.px, min(wanted, maker.left)))
                        wanted -= found.matches[-1].lots
                if found.stopped or found.is_full or not wanted:
                    return found
        return found

    def cost(self, side: Side, lots: int) -> int:
        """Return the ticks x lots that a market order of ``side`` would pay, as far as the book goes."""
        total = 0
        for level in self._halves[opposite(side)].walk():
            got = min(lots, level.total)
            total += got * level.px
            lots -= got
            if not lots:
                break
        return total

    # --- changing

    def add(self, resting: RestingOrder) -> None:
        """Queue an order behind the others at its price. It must not cross the book."""
        level = self._halves[resting.side].level(resting.px)
        level.queue[resting.id] = resting
        level.touch(resting.left)
        self._orders[resting.id] = resting
        self.version += 1

    def remove(self, id: int) -> RestingOrder | None:  # noqa: A002
        """Take an order out; None when it is not there (any more)."""
        resting = self.find(id)
        if resting is not None:
            self._shrink(resting, resting.left)
        return resting

    def reduce(self, id: int, lots: int) -> None:  # noqa: A002
        """Make a resting order smaller; it keeps its place in the queue."""
        resting = self.find(id)
        if resting is None:
            raise KeyError(id)
        self._shrink(resting, min(lots, resting.left))

    def _shrink(self, resting: RestingOrder, lots: int) -> None:
        half = self._halves[resting.side]
        level = half.at_key(resting.px * half.sign)
        level.touch(-lots)
        resting.left -= lots
        if not resting.left:
            del level.queue[resting.id]
            del self._orders[resting.id]
            if not level.queue:
                half.drop(resting.px)
        self.version += 1

    def take(
        self,
        side: Side,
        limit: int | None,
        lots: int,
        *,
        budget: int | None = None,
        taker: VenueOrder | None = None,
    ) -> MatchResult:
        """Match a taker against the other side, best price first, then first come.

        ``limit``: worst price in ticks (None = any); ``budget``: at most so many ticks x lots are spent;
        ``taker``: whose order it is, to keep an account from trading with itself (its ``stpMode``).
        """
        taken = MatchResult()
        half = self._halves[opposite(side)]
        while lots > 0 and not taken.stopped and half.reaches(limit):
            level = half.at_key(half.keys[-1])
            maker = next(iter(level.queue.values()))
            if taker is not None and taker.spares(maker.order):
                self._prevent(maker, taker, taken)
                continue
            if taker is not None and len(taken.matches) == MOST_MAKERS:
                taken.is_full = True
                break
            got = min(lots, maker.left)
            if budget is not None:
                got = min(got, budget // maker.px)
                budget -= got * maker.px
                if not got:
                    taken.is_spent = True
                    break
            taken.matches.append(Match(maker, maker.px, got))
            self._shrink(maker, got)
            lots -= got
        return taken

    def _prevent(self, maker: RestingOrder, taker: VenueOrder, taken: MatchResult) -> None:
        if maker.order is not None:
            taker.met, maker.order.met = maker.id, taker.id
        if taker.stpMode != "cancel_taker":
            self._shrink(maker, maker.left)
            taken.prevented.append(maker)
        if taker.stpMode != "cancel_maker":
            taken.stopped = True
