"""The account's balances and positions (V2). Money is in the margin coin unless a comment says other."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.normalize_account import account_update, position_update
from okx_sync.exchanges.bitget.words import HoldSide, InstType, MarginMode, PosMode, Side
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.types import AccountUpdate, PositionUpdate


@model
class Account(Row):
    """One margin coin of the futures account (channel ``account``)."""

    instType: InstType | None = envelope("arg", "instType")
    # Epoch ms of the push.
    ts: int | None = envelope("ts")
    marginCoin: str | None = None
    frozen: Decimal | None = None
    available: Decimal | None = None
    maxOpenPosAvailable: Decimal | None = None
    maxTransferOut: Decimal | None = None
    equity: Decimal | None = None
    # In USDT.
    usdtEquity: Decimal | None = None
    # Cross margin: maintenance margin over equity, 1 is liquidation.
    crossedRiskRate: Decimal | None = None
    unrealizedPL: Decimal | None = None
    # Accounts with assetsMode "union": several coins back one margin, in USD.
    unionTotalMargin: Decimal | None = None
    unionAvailable: Decimal | None = None
    unionMm: Decimal | None = wire("unionMm", also=("unionMM",))
    # "union" or "single".
    assetsMode: str | None = None

    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``. Raises ``DecodeError`` when it names no coin."""
        return account_update(self)


@model
class Position(Row):
    """An open position (channel ``positions``). Every push lists all of the product type: what is not in it is closed.

    Sizes are in base currency and never negative; ``holdSide`` tells the direction.
    """

    instType: InstType | None = envelope("arg", "instType")
    # Epoch ms of the push.
    ts: int | None = envelope("ts")
    posId: str | None = None
    instId: str | None = None
    marginCoin: str | None = None
    marginSize: Decimal | None = None
    marginMode: MarginMode | None = None
    holdSide: HoldSide | None = None
    posMode: PosMode | None = None
    total: Decimal | None = None
    available: Decimal | None = None
    frozen: Decimal | None = None
    openPriceAvg: Decimal | None = None
    # Factor; a JSON number on the wire.
    leverage: Decimal | None = None
    achievedProfits: Decimal | None = None
    unrealizedPL: Decimal | None = None
    # Unrealised profit over margin.
    unrealizedPLR: Decimal | None = None
    liquidationPrice: Decimal | None = None
    # Maintenance margin rate of the position's size.
    keepMarginRate: Decimal | None = None
    # How much of the margin is used up; 1 is liquidation.
    marginRate: Decimal | None = None
    isolatedMarginRate: Decimal | None = None
    breakEvenPrice: Decimal | None = None
    # Funding fees so far; None while there were none.
    totalFee: Decimal | None = None
    # Trading fees so far.
    deductedFee: Decimal | None = None
    markPrice: Decimal | None = None
    cashDividend: Decimal | None = None
    assetMode: str | None = None
    # "on" or "off".
    autoMargin: str | None = None
    # Epoch ms: opened, changed.
    cTime: int | None = None
    uTime: int | None = None

    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``. Raises ``DecodeError`` when it lacks the basics."""
        return position_update(self)


@model
class ClosedPosition(Row):
    """A position that was closed altogether (channel ``positions-history``)."""

    instType: InstType | None = envelope("arg", "instType")
    posId: str | None = None
    instId: str | None = None
    marginCoin: str | None = None
    marginMode: MarginMode | None = None
    holdSide: HoldSide | None = None
    posMode: PosMode | None = None
    openPriceAvg: Decimal | None = None
    closePriceAvg: Decimal | None = None
    openSize: Decimal | None = None
    closeSize: Decimal | None = None
    achievedProfits: Decimal | None = None
    # Negative is paid: funding, and the fees of opening and closing.
    settleFee: Decimal | None = None
    openFee: Decimal | None = None
    closeFee: Decimal | None = None
    # Epoch ms: opened, closed.
    cTime: int | None = None
    uTime: int | None = None


@model
class Equity(Row):
    """What the futures account is worth as a whole (channel ``equity``)."""

    instType: InstType | None = envelope("arg", "instType")
    # Epoch ms of the push.
    ts: int | None = envelope("ts")
    btcEquity: Decimal | None = None
    usdtEquity: Decimal | None = None
    # In USDT.
    unrealizedPL: Decimal | None = wire("unrealizedPL", also=("usdtUnrealized",))
    unionTotalMargin: Decimal | None = None
    unionAvailable: Decimal | None = None
    unionMm: Decimal | None = wire("unionMm", also=("unionMM",))


@model
class AdlNotice(Row):
    """The exchange reduced a position of ours to cover a loss of another account (channel ``adl-noti``)."""

    instType: InstType | None = envelope("arg", "instType")
    symbol: str | None = wire("symbol", also=("instId",))
    side: Side | None = None
    # "triggered".
    status: str | None = None
    price: Decimal | None = None
    amount: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
