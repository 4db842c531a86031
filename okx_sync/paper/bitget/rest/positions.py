"""An account's positions for V2 and V3: open ones, what closes them, and those that were closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okx_sync.paper.bitget.position_history import FilledPosition, FilledPositions
from okx_sync.paper.bitget.rest.call import BitgetCall
from okx_sync.paper.bitget.rest.order_entry import accepted
from okx_sync.paper.venue.closing_orders import orders_closing, request_to_close
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO
from okx_sync.paper.venue.order_engine import BY_USER
from okx_sync.paper.venue.records import VenueAccount, VenueFill, VenuePosition
from okx_sync.paper.venue.types import Row


@dataclass(frozen=True, slots=True)
class Held:
    """An open position."""

    position: VenuePosition

    @property
    def instrument(self) -> VenueInstrument:
        """The contract."""
        return self.position.instrument

    @property
    def is_hedged(self) -> bool:
        """Whether it stands beside one of the other direction."""
        return self.position.posSide != "net"

    @property
    def side(self) -> str:
        """`long` or `short`."""
        return "long" if self.position.lots > 0 else "short"

    @property
    def opened_by(self) -> str:
        """The side of orders that make it larger."""
        return "buy" if self.position.lots > 0 else "sell"

    @property
    def coins(self) -> Decimal:
        """Its size."""
        return abs(self.position.coins)

    @property
    def is_isolated(self) -> bool:
        """Whether it has margin of its own."""
        return self.position.mgnMode == "isolated"


def held_of(account: VenueAccount, wanted: Sequence[VenueInstrument]) -> list[Held]:
    """Return an account's open positions on these contracts."""
    return [Held(one) for one in account.open_positions() if one.instrument in wanted]


def close(call: BitgetCall, held: Held, size: str = "") -> Row:
    """Close a position at the market, or so many contracts of it; orders that wait to close it are cancelled before."""
    for order in orders_closing(held.position, call.account):
        call.venue.engine.end(order, BY_USER)
    request = request_to_close(held.position)
    if size:
        request["sz"] = size
    return accepted(call, call.venue.place(call.account, request, via="rest", rules=call.rules))


@dataclass(frozen=True, slots=True)
class Closed:
    """A position that is closed: what its fills add up to, and the fill that ended it."""

    record: FilledPosition
    last: VenueFill

    @property
    def instrument(self) -> VenueInstrument:
        """The contract."""
        return self.last.order.instrument

    @property
    def id(self) -> int:
        """What it is paged by: each position ends with a fill of its own."""
        return self.last.billId

    @property
    def side(self) -> str:
        """`long` or `short`."""
        return "long" if self.record.sign > 0 else "short"

    @property
    def funding(self) -> Decimal:
        """What it paid or got for funding; not known any more once the contract has a position again."""
        order = self.last.order
        position = order.position
        return position.funding if position is not None and not position.lots else ZERO

    @property
    def net(self) -> Decimal:
        """Profit after fees and funding."""
        return self.record.pnl + self.record.opened.fee + self.record.closed.fee + self.funding


def closed_of(account: VenueAccount, wanted: Sequence[VenueInstrument]) -> Iterator[Closed]:
    """Yield an account's closed positions on these contracts, the one that ended last first."""
    followed, found = FilledPositions(VenueAccount(account.uid)), []
    for fill in account.fills:
        record = followed.take(fill)
        if record is not None and fill.order.instrument in wanted:
            found.append(Closed(record, fill))
    return reversed(found)
