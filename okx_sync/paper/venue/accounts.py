"""Accounts, their keys, money, positions and order books of record. Plain state; the rules are elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from okx_sync.paper.venue.texts import ZERO
from okx_sync.paper.venue.wallet import Wallet

if TYPE_CHECKING:
    from okx_sync.paper.venue.instruments import Instrument
    from okx_sync.paper.venue.orders import Fill, Order

#: Leverage of an instrument until the account sets another.
DEFAULT_LEVER = Decimal(10)
#: Maintenance margin as a share of a position's marked value.
MAINTENANCE = Decimal("0.004")
#: How many orders, and how many fills and bills, an account remembers: a day of soak tests must not eat the memory.
KEPT_ORDERS = 20_000
KEPT_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One API key. Several keys may open the same account."""

    api_key: str
    secret_key: str = field(repr=False)
    passphrase: str = field(repr=False)
    account: Account = field(repr=False)
    permissions: tuple[str, ...] = ("read", "trade")

    @property
    def read_only(self) -> bool:
        """Whether the key may look but not trade."""
        return "trade" not in self.permissions


@dataclass(slots=True)
class Balance:
    """Money in one currency: ``cash`` is owned, ``frozen`` of it is promised to open orders."""

    ccy: str
    cash: Decimal = ZERO
    frozen: Decimal = ZERO
    uTime: int = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """One movement of money: ``type`` and ``subType`` as in account/bills."""

    billId: int
    ts: int
    ccy: str
    change: Decimal
    balance: Decimal
    type: str
    subType: str
    fee: Decimal = ZERO
    pnl: Decimal = ZERO
    fill: Fill | None = None
    position: Position | None = None


@dataclass(slots=True, eq=False)
class Position:
    """A swap position. ``lots`` is negative for a short; ``margin`` is used when isolated.

    The object stays after a close, with ``lots`` 0, so that ``posId`` survives a reopening.
    """

    instrument: Instrument
    mgnMode: str
    posSide: str
    posId: str
    lever: Decimal = DEFAULT_LEVER
    lots: int = 0
    avg: Decimal = ZERO
    margin: Decimal = ZERO
    pnl: Decimal = ZERO
    fee: Decimal = ZERO
    funding: Decimal = ZERO
    penalty: Decimal = ZERO
    tradeId: str = ""
    cTime: int = 0
    uTime: int = 0

    @property
    def coins(self) -> Decimal:
        """Exposure in the base currency, signed."""
        return self.instrument.coins(self.lots)

    @property
    def realized(self) -> Decimal:
        """Profit, fees and funding booked since the position was opened."""
        return self.pnl + self.fee + self.funding + self.penalty

    def upl(self, px: Decimal) -> Decimal:
        """Unrealised profit at a price."""
        return (px - self.avg) * self.coins if self.lots else ZERO

    def initial(self, px: Decimal) -> Decimal:
        """Margin this position ties up at a price."""
        return abs(self.coins) * px / self.lever

    def maintenance(self, px: Decimal) -> Decimal:
        """Margin below which it is liquidated, at a price."""
        return abs(self.coins) * px * MAINTENANCE

    def closable(self, sign: int) -> int:
        """Lots that an order of this sign (+1 buy) would close rather than open."""
        return abs(self.lots) if self.lots * sign < 0 else 0


class Account:
    """One account: who it is, what it owns, what it ordered.

    ``vip`` accounts may open the channels reserved for higher fee tiers. ``pos_mode`` is ``net_mode`` or
    ``long_short_mode``.
    """

    def __init__(self, uid: str, label: str = "", *, vip: bool = True) -> None:
        self.uid = uid
        self.label = label
        self.vip = vip
        self.pos_mode = "net_mode"
        self.balances: dict[str, Balance] = {}
        self.positions: dict[tuple[str, str, str], Position] = {}
        self.orders: dict[int, Order] = {}
        self.by_id: dict[int, Order] = {}
        self.by_client: dict[str, Order] = {}
        self.fills: deque[Fill] = deque(maxlen=KEPT_ROWS)
        self.bills: deque[Bill] = deque(maxlen=KEPT_ROWS)
        self.leverage: dict[tuple[str, str, str], Decimal] = {}
        self.wallet = Wallet()

    def __repr__(self) -> str:
        return f"<Account {self.uid} {self.label}>"

    def balance(self, ccy: str) -> Balance:
        """The balance of a currency; made on first use."""
        found = self.balances.get(ccy)
        if found is None:
            found = self.balances[ccy] = Balance(ccy)
        return found

    def lever(self, instId: str, mgnMode: str, posSide: str = "net") -> Decimal:
        """The leverage set for an instrument and margin mode."""
        side = posSide if mgnMode == "isolated" else "net"
        return self.leverage.get((instId, mgnMode, side), DEFAULT_LEVER)

    def position(self, instId: str, mgnMode: str, posSide: str) -> Position | None:
        """The position record, open or closed; None if there never was one."""
        return self.positions.get((instId, mgnMode, posSide))

    def open_positions(self, mgnMode: str = "") -> Iterator[Position]:
        """Positions with size, of one margin mode or of both."""
        for position in self.positions.values():
            if position.lots and mgnMode in ("", position.mgnMode):
                yield position

    def remember(self, order: Order) -> None:
        """File an order; the oldest finished one is forgotten when there are too many."""
        self.by_id[order.id] = order
        if order.clOrdId:
            self.by_client[order.clOrdId] = order
        if len(self.by_id) > KEPT_ORDERS:
            oldest = next((o for o in self.by_id.values() if o.is_done), None)
            if oldest is not None:
                del self.by_id[oldest.id]
                if self.by_client.get(oldest.clOrdId) is oldest:
                    del self.by_client[oldest.clOrdId]

    def find(self, ordId: str, clOrdId: str) -> Order | None:
        """An order by either id (``ordId`` wins), alive or done."""
        if ordId:
            return self.by_id.get(int(ordId)) if ordId.isascii() and ordId.isdigit() else None
        return self.by_client.get(clOrdId)

    def freeze(self, order: Order, amount: Decimal) -> None:
        """Promise ``amount`` to an order, replacing what was promised to it before."""
        self.balance(promised_ccy(order)).frozen += amount - order.frozen
        order.frozen = amount


def promised_ccy(order: Order) -> str:
    """The currency an open order ties up."""
    instrument = order.instrument
    if instrument.is_swap:
        return instrument.settleCcy
    return instrument.quoteCcy if order.side == "buy" else instrument.baseCcy
