"""What the venue tells its listeners, synchronously and in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row


@dataclass(frozen=True, slots=True)
class TradePrinted:
    """One taker order traded at one price.

    ``row_trades`` is the row of the ``trades`` channel (aggregated: ``count`` matches), ``rows_trades_all``
    the rows of ``trades-all``, one per match.
    """

    instId: str
    row_trades: Row
    rows_trades_all: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """A row of the ``orders`` channel: new order, fill, amend result or end of an order."""

    account: VenueAccount
    instId: str
    instType: str
    row: Row


@dataclass(frozen=True, slots=True)
class Filled:
    """One fill of one account's order: the last of the account's ``fills``."""

    account: VenueAccount
    instId: str


@dataclass(frozen=True, slots=True)
class FillsJoined:
    """A row of the ``fills`` channel: a fill of a maker, or all that a taker got at one price."""

    account: VenueAccount
    instId: str
    row: Row


@dataclass(frozen=True, slots=True)
class BalanceChanged:
    """Money of an account moved, or was frozen or released.

    ``cause`` is the word of ``balance_and_position`` (``filled``, ``funding_fee``, ``transferred``,
    ``liquidation``, ``set_leverage``) or ``""`` when only frozen amounts changed (an order was placed,
    amended or cancelled): ``account`` pushes that, ``balance_and_position`` does not.
    ``trades``: the (instId, tradeId) pairs behind it.
    """

    account: VenueAccount
    cause: str
    ccys: tuple[str, ...]
    trades: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """A position was opened, changed or closed. ``cause`` as in `BalanceChanged`, never empty."""

    account: VenueAccount
    cause: str
    instId: str
    trades: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AlgoChanged:
    """A row of the ``orders-algo`` channel."""

    account: VenueAccount
    instId: str
    instType: str
    row: Row


@dataclass(frozen=True, slots=True)
class AdvancedAlgoChanged:
    """A row of the ``algo-advance`` channel."""

    account: VenueAccount
    instId: str
    instType: str
    algoId: str
    row: Row


@dataclass(frozen=True, slots=True)
class SpreadOrderChanged:
    """An order on a spread was placed, amended or cancelled."""

    account: VenueAccount
    sprdId: str
    ordId: str


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A row of the ``status`` channel."""

    row: Row


@dataclass(frozen=True, slots=True)
class InstrumentChanged:
    """A row of the ``instruments`` channel."""

    instId: str
    instType: str
    row: Row


@dataclass(frozen=True, slots=True)
class RiskWarned:
    """A row of the ``liquidation-warning`` channel: a position came near its liquidation."""

    account: VenueAccount
    instId: str
    instType: str
    row: Row


@dataclass(frozen=True, slots=True)
class Liquidated:
    """A row of the ``liquidation-orders`` channel: the exchange closed somebody's position."""

    instId: str
    instType: str
    row: Row


@dataclass(frozen=True, slots=True)
class Deposited:
    """A row of the ``deposit-info`` channel."""

    account: VenueAccount
    ccy: str
    row: Row


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A row of the ``withdrawal-info`` channel."""

    account: VenueAccount
    ccy: str
    row: Row


VenueEvent: TypeAlias = (
    TradePrinted
    | OrderChanged
    | Filled
    | FillsJoined
    | BalanceChanged
    | PositionChanged
    | AlgoChanged
    | AdvancedAlgoChanged
    | SpreadOrderChanged
    | StatusChanged
    | InstrumentChanged
    | RiskWarned
    | Liquidated
    | Deposited
    | Withdrawn
)
