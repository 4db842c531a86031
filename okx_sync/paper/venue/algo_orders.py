"""What algo orders are: the conditions they wait for, and the orders they have placed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from okx_sync.paper.venue.attached_orders import AttachedOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.number_text import ZERO, rounded
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, VenuePosition
from okx_sync.paper.venue.types import is_closing
from okx_sync.paper.venue.wire_rules import COMMON, WireRules

#: Told of by ``orders-algo`` and by ``algo-advance``.
PLAIN = ("trigger", "conditional", "oco", "chase")
ADVANCED = ("move_order_stop", "smart_iceberg", "twap")
#: Stops and targets: they watch a side each.
STOPS = ("conditional", "oco")
MARKET = "-1"
#: The state of an algo order whose condition is met, while its order is placed.
FIRING = "firing"
#: ``source`` of the orders that a kind places.
SOURCES = {"trigger": "6", "conditional": "7", "oco": "7", "move_order_stop": "25", "chase": "34"}
OTHER_SOURCE = "13"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One condition: when the ``kind`` price (last, index, mark) is at or beyond ``px``, order at ``order_px``."""

    name: str
    kind: str
    px: Decimal
    above: bool
    order_px: str

    def is_met(self, price: Decimal) -> bool:
        """Tell whether the price has reached the trigger."""
        return price >= self.px if self.above else price <= self.px


@dataclass(slots=True)
class TrailingTrigger:
    """A trigger that follows the last price at a distance: below its highest for a sell, above its lowest for a buy.

    ``ratio`` or ``spread`` is the distance; the extreme counts from the moment the price reached ``active_px``.
    """

    buys: bool
    ratio: Decimal | None
    spread: Decimal | None
    active_px: Decimal | None
    extreme: Decimal | None = None
    name: str = "move_order_stop"
    kind: str = "last"
    order_px: str = MARKET

    @property
    def px(self) -> Decimal | None:
        """Where it triggers now; None until it is active."""
        if self.extreme is None:
            return None
        distance = self.spread if self.ratio is None else self.extreme * self.ratio
        return rounded(self.extreme + distance if self.buys else self.extreme - distance) if distance else None

    def follow(self, price: Decimal) -> bool:
        """Take note of a price; whether the trigger moved."""
        before, sign = self.extreme, 1 if self.buys else -1
        if before is None:
            is_active = self.active_px is None or price * sign <= self.active_px * sign
            self.extreme = price if is_active else None
        elif price * sign < before * sign:
            self.extreme = price
        return self.extreme != before

    def is_met(self, price: Decimal) -> bool:
        """Tell whether the price has come back to the trigger."""
        px = self.px
        return px is not None and (price >= px if self.buys else price <= px)


@dataclass(frozen=True, slots=True)
class AlgoAction:
    """What comes next: ``place`` an order, ``move`` the open one, ``drop`` it, or the ``end`` of it all.

    ``cancel_source``: why an open order goes with the end.
    """

    what: str
    px: Decimal | None = None
    sz: Decimal | None = None
    ordType: str = "limit"
    cancel_source: str = "1"


class AlgoStrategy(Protocol):
    """What an algo order does while it is live."""

    def step(self, algo: VenueAlgoOrder, book: MatchingBook, ms: int) -> AlgoAction | None:
        """Return what it does at the date ``ms``, if anything."""


@dataclass(slots=True, eq=False)
class VenueAlgoOrder:
    """One algo order of an account: it waits for one of ``triggers``, or does its ``work`` step by step.

    ``given``: what the request said, by the wire's names. ``orders``: what it has placed, oldest first. ``told``: how
    much had been filled when it was last told of. ``is_whole``: it closes whatever is open when it fires, its ``sz`` is
    zero. ``ends_with_position``: it goes when the position it closes has gone, which was opened at the date
    ``position_since`` (0: not seen yet). ``attached``: what its order will bring
    along. ``chase``: the chase that takes the place of its order. ``children``: the algo orders it has placed.
    ``linked``: the order that takes the profit where this one stops the loss. ``held``: the money that is promised to
    it while it waits. ``of_wire``: what the wire it came over keeps of it that the venue does not know; its orders have
    it, too.
    """

    account: VenueAccount
    instrument: VenueInstrument
    id: int
    ordType: str
    side: str
    posSide: str
    given: dict[str, str]
    sz: Decimal
    triggers: list[Trigger | TrailingTrigger]
    work: AlgoStrategy | None
    cTime: int
    algoClOrdId: str = ""
    reduceOnly: bool = False
    state: str = "live"
    uTime: int = 0
    met: Trigger | TrailingTrigger | None = None
    met_at: int = 0
    fail_code: str = ""
    told: Decimal = ZERO
    is_whole: bool = False
    ends_with_position: bool = False
    position_since: int = 0
    attached: list[AttachedOrder] = field(default_factory=list, repr=False)
    chase: dict[str, str] | None = None
    children: list[int] = field(default_factory=list)
    linked: VenueOrder | None = field(default=None, repr=False)
    orders: list[VenueOrder] = field(default_factory=list, repr=False)
    rules: WireRules = COMMON
    held: Decimal = ZERO
    of_wire: object = field(default=None, repr=False)

    @property
    def is_advanced(self) -> bool:
        """Whether ``algo-advance`` tells of it, not ``orders-algo``."""
        return self.ordType in ADVANCED

    @property
    def is_buy(self) -> bool:
        """Whether it buys."""
        return self.side == "buy"

    @property
    def closes_only(self) -> bool:
        """Whether its orders can but shrink a position: reduce-only, or the closing side in long/short mode."""
        return self.reduceOnly or is_closing(self.posSide, self.side)

    @property
    def goes_with_position(self) -> bool:
        """Whether it ends when the position that it closes has gone: as was asked, or as the rules are read."""
        return self.ends_with_position or (
            self.ordType in STOPS and self.rules.guards_stops and self.rules.readings.stops_after_close == "cancel"
        )

    @property
    def position_key(self) -> tuple[str, str, str]:
        """The position that its orders act on: instrument, margin mode, side."""
        return self.instrument.instId, self.given["tdMode"], self.posSide

    @property
    def position(self) -> VenuePosition | None:
        """The position its orders act on; None if there never was one."""
        return self.account.positions.get(self.position_key)

    @property
    def closable(self) -> int:
        """How many lots of the position its side would close."""
        position = self.position
        return 0 if position is None else position.closable(1 if self.is_buy else -1)

    @property
    def child(self) -> VenueOrder | None:
        """The order it placed last, while that is open."""
        return self.orders[-1] if self.orders and not self.orders[-1].is_done else None

    @property
    def filled(self) -> Decimal:
        """How much its orders have traded."""
        return sum((self.instrument.sz(order.filled) for order in self.orders), ZERO)

    @property
    def trail(self) -> TrailingTrigger | None:
        """The trigger of a trailing stop."""
        return next((trigger for trigger in self.triggers if isinstance(trigger, TrailingTrigger)), None)
