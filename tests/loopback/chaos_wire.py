"""What the chaos test needs of an exchange: its words for an order, what to break, and how its books are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final

import attrs

from okx_sync import LinkOptions
from okx_sync.paper import PaperExchange
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.records import VenueAccount, VenueFill, VenueOrder
from okx_sync.rest import Limiter
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.types import BalanceUpdate, PositionUpdate

INSTRUMENTS: Final = ("BTC-USDT", "ETH-USDT", "SOL-USDT", "BTC-USDT-SWAP", "ETH-USDT-SWAP")


@attrs.frozen
class Draw:
    """An order as the bot wants it; sizes in contracts of swaps and coins of spot pairs, as the venue counts."""

    instrument: VenueInstrument
    side: str
    kind: str
    size: Decimal
    client_id: str
    price: Decimal | None = None

    @property
    def is_swap(self) -> bool:
        """Whether it is for a contract."""
        return self.instrument.is_swap


class Wire:
    """One exchange. ``private``: paths as the paper exchange calls them, that of state first, that of orders last."""

    instruments: ClassVar[tuple[str, ...]] = INSTRUMENTS
    """What is traded, as the venue names it."""
    private: ClassVar[tuple[str, ...]]
    channels: ClassVar[tuple[str, ...]]
    """Private channels that push state."""
    snapshots: ClassVar[tuple[str, ...]]
    """Those of them that begin with a list."""
    recovery: ClassVar[tuple[str, ...]]
    """REST paths that are asked behind an outage."""
    replies: ClassVar[tuple[str, ...]]
    """Operations whose reply may be lost on the stream."""
    rest_order: ClassVar[str]
    can_expire: ClassVar[bool] = False
    untold: ClassVar[frozenset[str]] = frozenset()
    """Facts of an order that REST does not tell: the client may not know them, and may not tell them wrong."""

    def client(self, paper: PaperExchange, options: LinkOptions, limiter: Limiter) -> Any:
        """Make a stream client of the first account."""
        raise NotImplementedError

    def rest(self, paper: PaperExchange, limiter: Limiter) -> Any:
        """Make a REST client of the first account."""
        raise NotImplementedError

    def asked(self, message: Mapping[str, Any]) -> list[str]:
        """Return the client's ids of the orders that a frame asks for."""
        raise NotImplementedError

    def asked_over_rest(self, request: Request) -> list[str]:
        """Return the client's ids of the orders that a request asks for."""
        raise NotImplementedError

    # -- acts ------------------------------------------------------------------------------------------------------

    def words(self, order: Draw) -> dict[str, Any]:
        """Return arguments of ``ws.orders.place``."""
        raise NotImplementedError

    def call(self, order: Draw) -> dict[str, Any]:
        """Return arguments of ``place_order`` of either client."""
        raise NotImplementedError

    def place_batch(self, ws: Any, orders: Sequence[Draw], **options: Any) -> None:
        """Place orders together on the stream."""
        raise NotImplementedError

    def place_batch_by_rest(self, rest: Any, orders: Sequence[Draw]) -> None:
        """Place orders together over REST."""
        raise NotImplementedError

    def cancel_by_rest(self, rest: Any, order: OrderHandle) -> None:
        """Cancel one order over REST."""
        raise NotImplementedError

    def cancel_batch(self, ws: Any, orders: Sequence[OrderHandle], **options: Any) -> None:
        """Cancel orders together on the stream."""
        raise NotImplementedError

    def close(self, ws: Any, position: PositionUpdate, client_id: str, **options: Any) -> None:
        """Close a position at market."""
        raise NotImplementedError

    # -- books -----------------------------------------------------------------------------------------------------

    def order_id(self, order: VenueOrder) -> str:
        """Return the exchange's id."""
        return order.ordId

    def inst_id(self, instrument: VenueInstrument) -> str:
        """Return the instrument's name."""
        return instrument.instId

    def trade_id(self, fill: VenueFill) -> str:
        """Return the id of a fill."""
        return fill.tradeId

    def size(self, instrument: VenueInstrument, lots: int) -> Decimal:
        """Return a size in the unit of the exchange's orders."""
        return instrument.sz(lots)

    def facts(self, order: VenueOrder) -> dict[str, Any]:
        """Return an order of the exchange's in the words of the neutral state. On the exchange's thread."""
        instrument = order.instrument
        return {
            "client_order_id": order.clOrdId or None,
            "inst_id": self.inst_id(instrument),
            "status": order.state,
            "side": order.side,
            "size": self.size(instrument, order.lots),
            "price": None if order.px is None else instrument.px(order.px),
            "filled": self.size(instrument, order.filled),
            "missing": 0,
            "average_price": order.avg_px,
            "fee": order.fee + order.rebate,
            "pnl": order.pnl,
            "fills": {
                (self.trade_id(fill), fill.px, self.size(instrument, fill.lots), fill.fee) for fill in order.fills
            },
        }

    def is_right(self, name: str, ours: Any, facts: Mapping[str, Any]) -> bool:
        """Tell whether the client has one of the facts of an order right."""
        return bool(ours == facts[name] or (ours is None and name in self.untold))

    def holdings(self, account: VenueAccount) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return positions and balances of the exchange's. On the exchange's thread."""
        positions = {
            self.inst_id(one.instrument): (
                self.size(one.instrument, abs(one.lots)) * (1 if one.lots > 0 else -1),
                one.avg,
            )
            for one in account.open_positions()
        }
        return positions, {one.ccy: (one.cash, one.frozen) for one in account.balances.values()}

    def money(self, balance: BalanceUpdate) -> tuple[Decimal | None, Decimal | None] | None:
        """Return what the client holds to be cash and what to be frozen."""
        return balance.cash, balance.frozen
