"""Orders, their fills, and the verdicts on order requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from okx_sync.paper.venue.texts import ZERO, rounded

if TYPE_CHECKING:
    from okx_sync.paper.venue.accounts import Account
    from okx_sync.paper.venue.events import Row
    from okx_sync.paper.venue.instruments import Instrument
    from okx_sync.paper.venue.matching import Side

SIDES = ("buy", "sell")
ORDER_TYPES = ("limit", "market", "post_only", "fok", "ioc", "optimal_limit_ioc")
PRICED = ("limit", "post_only", "fok", "ioc")
FINAL = ("filled", "canceled")


class Refused(Exception):  # noqa: N818 - a verdict, not a failure of ours
    """The venue says no: an exchange code with its message."""

    def __init__(self, code: str, message: str, sub_code: str = "") -> None:
        super().__init__(f"[{code}] {message}")
        self.code = code
        self.message = message
        self.sub_code = sub_code


@dataclass(frozen=True, slots=True)
class OrderAck:
    """The verdict on one request about an order; ``sCode`` ``"0"`` means taken in, not yet done."""

    ordId: str = ""
    clOrdId: str = ""
    tag: str = ""
    ts: str = ""
    sCode: str = "0"
    sMsg: str = ""
    subCode: str = ""
    reqId: str = ""
    algoId: str = ""
    algoClOrdId: str = ""

    @property
    def ok(self) -> bool:
        """Whether the request was accepted."""
        return self.sCode == "0"

    def _row(self, names: str) -> Row:
        return {name: getattr(self, name) for name in names.split()}

    def place_row(self) -> Row:
        """The row answering order placement."""
        return self._row("ordId clOrdId tag ts sCode sMsg subCode")

    def cancel_row(self) -> Row:
        """The row answering a cancellation."""
        return self._row("ordId clOrdId ts sCode sMsg")

    def amend_row(self) -> Row:
        """The row answering an amendment."""
        return self._row("ordId clOrdId reqId ts sCode sMsg subCode")

    def algo_row(self) -> Row:
        """The row answering algo order requests."""
        return self._row("algoId algoClOrdId clOrdId tag sCode sMsg")

    def algo_amend_row(self) -> Row:
        """The row answering an amendment of an algo order."""
        return self._row("algoId algoClOrdId reqId sCode sMsg")


@dataclass(frozen=True, slots=True)
class Fill:
    """One execution of one account's order; money amounts are signed from the account's view."""

    order: Order
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

    @property
    def sz(self) -> Decimal:
        """Size in the instrument's own unit (base currency, or contracts)."""
        return self.order.instrument.sz(self.lots)


@dataclass(slots=True, eq=False)
class Order:
    """An account's order, alive or done.

    ``px`` is in ticks (None for market orders) and ``lots`` the full size in lots. A spot market buy sized
    in quote currency has ``budget`` (ticks x lots) instead and ``lots`` unknown (0) until it traded.
    """

    account: Account
    instrument: Instrument
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
    frozen: Decimal = ZERO
    last: Fill | None = None
    uTime: int = 0
    cancelSource: str = ""
    cancelSourceReason: str = ""
    fills: list[Fill] = field(default_factory=list, repr=False)

    @property
    def ordId(self) -> str:  # noqa: N802 - the exchange's own word
        """The exchange's id as text."""
        return str(self.id)

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
        return self.reduceOnly or (self.posSide, self.side) in (("long", "sell"), ("short", "buy"))
