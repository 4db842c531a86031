"""Accounts, their keys, money, positions and order books of record. Plain state; the rules are elsewhere."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from okx_sync.paper.venue.attached_orders import AttachedOrder
from okx_sync.paper.venue.balances import NOTHING, OrderPromise, VenueBalance
from okx_sync.paper.venue.funding_account import FundingAccount
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin_positions import MarginPosition
from okx_sync.paper.venue.number_text import ZERO, rounded
from okx_sync.paper.venue.swap_positions import DEFAULT_LEVER as DEFAULT_LEVER
from okx_sync.paper.venue.swap_positions import VenuePosition as VenuePosition
from okx_sync.paper.venue.types import Row, Side, is_closing
from okx_sync.paper.venue.wire_rules import COMMON, WireRules

#: How many orders, and how many fills and bills, an account remembers: a day of soak tests must not eat the memory.
KEPT_ORDERS = 20_000
KEPT_ROWS = 20_000
FINAL = ("filled", "canceled")
#: The `stpMode` of an order that trades with those of its own account.
NO_STP = "none"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One API key. Several keys may open the same account."""

    api_key: str
    secret_key: str = field(repr=False)
    passphrase: str = field(repr=False)
    account: VenueAccount = field(repr=False)
    permissions: tuple[str, ...] = ("read", "trade")

    @property
    def read_only(self) -> bool:
        """Whether the key may look but not trade."""
        return "trade" not in self.permissions


@dataclass(frozen=True, slots=True)
class VenueBill:
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
    fill: VenueFill | None = None
    position: VenuePosition | MarginPosition | None = None
    #: What the position's margin was afterwards, when it is that which the money went to or came from.
    margin: Decimal | None = None
    px: Decimal | None = None
    sz: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VenueFill:
    """One execution of one account's order; money amounts are signed from the account's view.

    ``closed``: how many of its ``lots`` closed a position, which had been opened at ``entry``.
    """

    order: VenueOrder
    tradeId: str
    billId: int
    lots: int
    px: Decimal
    fee: Decimal
    feeCcy: str
    fee_rate: Decimal
    execType: str
    pnl: Decimal
    mark: Decimal
    index: Decimal
    ts: int
    closed: int = 0
    entry: Decimal = ZERO

    @property
    def sz(self) -> Decimal:
        """Size in the instrument's own unit (base currency, or contracts)."""
        return self.order.instrument.sz(self.lots)


@dataclass(slots=True, eq=False)
class VenueOrder:
    """An account's order, alive or done.

    ``px`` is in ticks (None for market orders) and ``lots`` the full size in lots. A spot market order sized
    in quote currency has ``budget`` (ticks x lots) instead and ``lots`` unknown (0) until it traded; one that sells
    trades ``most`` lots. ``limit``: the worst price in ticks at which an order without a price trades. ``is_cut``: the
    exchange has made it smaller. ``ends_at_once``: the ``cancelSource`` that ends it when it has been accepted.
    ``attached``: what it brings along once it is filled. ``isTpLimit``: it takes the profit of another order, and
    ``linkedAlgoId`` is the algo order that stops that one's loss. ``sent_away``: how many older orders it has ended.
    ``met``: the order of its own account that it did not trade with. ``is_margin``: it trades a spot pair on margin.
    ``of_wire``: what the wire it came over keeps of it that the venue does not know.
    """

    account: VenueAccount
    instrument: VenueInstrument
    id: int
    side: Side
    ordType: str
    tdMode: str
    sz: Decimal
    lots: int
    px: int | None
    cTime: int
    clOrdId: str = ""
    tag: str = ""
    posSide: str = "net"
    ccy: str = ""
    tgtCcy: str = ""
    budget: int | None = None
    most: int | None = None
    limit: int | None = None
    banAmend: bool = False
    slippage: Decimal = ZERO
    reduceOnly: bool = False
    stpMode: str = "cancel_maker"
    lever: str = ""
    category: str = "normal"
    source: str = ""
    algoId: str = ""
    algoClOrdId: str = ""
    tradeQuoteCcy: str = ""
    state: str = "live"
    filled: int = 0
    value: int = 0
    fee: Decimal = ZERO
    rebate: Decimal = ZERO
    pnl: Decimal = ZERO
    promised: OrderPromise = NOTHING
    last: VenueFill | None = None
    uTime: int = 0
    cancelSource: str = ""
    cancelSourceReason: str = ""
    isTpLimit: bool = False
    linkedAlgoId: str = ""
    attached: list[AttachedOrder] = field(default_factory=list, repr=False)
    fills: list[VenueFill] = field(default_factory=list, repr=False)
    rules: WireRules = COMMON
    is_cut: bool = False
    ends_at_once: str = ""
    sent_away: int = 0
    met: int = 0
    is_margin: bool = False
    of_wire: object = field(default=None, repr=False)

    @property
    def ordId(self) -> str:  # noqa: N802 - the exchange's own word
        """The exchange's id as text."""
        return str(self.id)

    @property
    def position_key(self) -> tuple[str, str, str]:
        """The position that it acts on: instrument, margin mode, side; of spot margin on cross its margin currency."""
        if self.is_margin:
            return self.instrument.instId, self.tdMode, self.ccy if self.tdMode == "cross" else ""
        return self.instrument.instId, self.tdMode, self.posSide

    @property
    def instType(self) -> str:  # noqa: N802 - the exchange's own word
        """The kind of instrument that rows tell: a pair that is traded on margin is one of its own."""
        return "MARGIN" if self.is_margin else self.instrument.instType

    @property
    def position(self) -> VenuePosition | None:
        """The position on a contract that it acts on, open or closed; None if there never was one."""
        return self.account.positions.get(self.position_key)

    @property
    def margin_position(self) -> MarginPosition | None:
        """The position of spot margin that it acts on, open or closed; None if there never was one."""
        return self.account.margins.get(self.position_key) if self.is_margin else None

    @property
    def closable(self) -> int:
        """How many lots of its position its side would close rather than open."""
        position = self.margin_position if self.is_margin else self.position
        return position.closable(self.sign) if position else 0

    def spares(self, maker: VenueOrder | None) -> bool:
        """Tell whether it does not trade with an order that it would meet, since both are of one account."""
        return maker is not None and maker.account is self.account and self.stpMode != NO_STP

    def resize(self, lots: int) -> None:
        """Give it another size, what is filled of it included."""
        self.lots, self.sz = lots, self.instrument.sz(lots)

    @property
    def frozen(self) -> Decimal:
        """The money that is promised to it."""
        return self.promised.frozen

    @property
    def left(self) -> int:
        """Lots still wanted."""
        return self.lots - self.filled

    @property
    def is_done(self) -> bool:
        """Whether the order has reached a final state."""
        return self.state in FINAL

    @property
    def avg_px(self) -> Decimal | None:
        """Average fill price; None before the first fill."""
        if not self.filled:
            return None
        return rounded(self.instrument.tickSz * self.value / self.filled)

    @property
    def fee_ccy(self) -> str:
        """What fees are charged in: the bought coin or quote for spot, the settlement coin for swaps."""
        if self.instrument.is_swap:
            return self.instrument.settleCcy
        return self.instrument.baseCcy if self.side == "buy" else self.instrument.quoteCcy

    @property
    def sign(self) -> int:
        """+1 for a buy, -1 for a sell."""
        return 1 if self.side == "buy" else -1

    @property
    def closes_only(self) -> bool:
        """Whether it can but shrink a position: reduce-only, or the closing side in long/short mode."""
        return self.reduceOnly or is_closing(self.posSide, self.side)


class VenueAccount:
    """One account: who it is, what it owns, what it ordered.

    ``vip`` accounts may open the channels reserved for higher fee tiers. ``pos_mode`` is ``net_mode`` or
    ``long_short_mode``; ``pos_modes`` has those of contracts that have one of their own. ``of_wires``: what a wire
    keeps of the account that the venue does not know, by its name.
    """

    def __init__(self, uid: str, label: str = "", *, vip: bool = True) -> None:
        self.uid = uid
        self.label = label
        self.vip = vip
        self.pos_mode = "net_mode"
        self.pos_modes: dict[str, str] = {}
        self.balances: dict[str, VenueBalance] = {}
        self.positions: dict[tuple[str, str, str], VenuePosition] = {}
        self.margins: dict[tuple[str, str, str], MarginPosition] = {}
        self.past_margins: deque[MarginPosition] = deque(maxlen=KEPT_ROWS)
        #: The account mode of OKX (`acctLv`), and whether it borrows by itself in that of several currencies.
        self.level = "2"
        self.auto_loan = False
        #: Whether it may borrow in spot mode, what it has borrowed there, and the rows of that, newest first.
        self.spot_borrow = False
        self.loans: dict[str, Decimal] = {}
        self.loan_rows: deque[Row] = deque(maxlen=KEPT_ROWS)
        self.orders: dict[int, VenueOrder] = {}
        self.by_id: dict[int, VenueOrder] = {}
        #: Lots that resting orders may add, by position (instrument, margin mode, side of it) and side.
        self.waiting: Counter[tuple[tuple[str, str, str], Side]] = Counter()
        self.by_client: dict[str, VenueOrder] = {}
        self.past_positions: deque[VenuePosition] = deque(maxlen=KEPT_ROWS)
        self.fills: deque[VenueFill] = deque(maxlen=KEPT_ROWS)
        self.bills: deque[VenueBill] = deque(maxlen=KEPT_ROWS)
        self.leverage: dict[tuple[str, str, str], Decimal] = {}
        self.wallet = FundingAccount()
        self.of_wires: dict[str, object] = {}

    def __repr__(self) -> str:
        return f"<Account {self.uid} {self.label}>"

    def balance(self, ccy: str) -> VenueBalance:
        """Return the balance of a currency; made on first use."""
        found = self.balances.get(ccy)
        if found is None:
            found = self.balances[ccy] = VenueBalance(ccy)
        return found

    def mode_of(self, instId: str) -> str:
        """Return the position mode of a contract."""
        return self.pos_modes.get(instId, self.pos_mode)

    def lever(self, instId: str, mgnMode: str, posSide: str = "net") -> Decimal:
        """Return the leverage set for an instrument and margin mode."""
        side = posSide if mgnMode == "isolated" else "net"
        return self.leverage.get((instId, mgnMode, side), DEFAULT_LEVER)

    def position(self, instId: str, mgnMode: str, posSide: str) -> VenuePosition | None:
        """Return the position record, open or closed; None if there never was one."""
        return self.positions.get((instId, mgnMode, posSide))

    def open_positions(self, mgnMode: str = "") -> Iterator[VenuePosition]:
        """Yield positions with size, of one margin mode or of both."""
        for position in self.positions.values():
            if position.lots and mgnMode in ("", position.mgnMode):
                yield position

    def open_margins(self, ccy: str = "", mgnMode: str = "") -> Iterator[MarginPosition]:
        """Yield positions of spot margin that owe something: of one margin currency, of one mode, or all."""
        for position in self.margins.values():
            if position.is_open and ccy in ("", position.ccy) and mgnMode in ("", position.mgnMode):
                yield position

    def remember(self, order: VenueOrder) -> None:
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

    def find(self, ordId: str, clOrdId: str) -> VenueOrder | None:
        """Return an order by either id (``ordId`` wins), alive or done."""
        if ordId:
            return self.by_id.get(int(ordId)) if ordId.isascii() and ordId.isdigit() else None
        return self.by_client.get(clOrdId)

    def freeze(self, order: VenueOrder, promise: OrderPromise) -> None:
        """Promise money to an order, replacing what was promised to it before."""
        balance, before = self.balance(promised_ccy(order)), order.promised
        balance.frozen += promise.frozen - before.frozen
        self.waiting[order.position_key, order.side] += promise.lots - before.lots
        if order.tdMode == "cross":
            balance.cross_frozen += promise.frozen - before.frozen
            balance.cross_fee += promise.fee - before.fee
            balance.cross_upkeep += promise.upkeep - before.upkeep
        order.promised = promise


def promised_ccy(order: VenueOrder) -> str:
    """Return the currency an open order ties up."""
    instrument = order.instrument
    if order.is_margin:
        return order.ccy
    if instrument.is_swap:
        return instrument.settleCcy
    return instrument.quoteCcy if order.side == "buy" else instrument.baseCcy
