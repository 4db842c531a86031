"""The account's balances and positions (V2). Money is in the margin coin unless a field says other."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.row_conversion import coin_of, margin_mode, position_basics
from okx_sync.exchanges.bitget.words import HoldSide, InstType, MarginMode, PosMode, Side
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.tolerant import tolerant, value_or_none
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionUpdate


@model
class Account(Row):
    """One margin coin of the futures account (channel ``account``)."""

    instType: InstType | None = envelope("arg", "instType")
    ts: int | None = envelope("ts")
    """Epoch ms of the push."""
    marginCoin: str | None = None
    frozen: Decimal | None = None
    """Frozen amount, in marginCoin."""
    available: Decimal | None = None
    """Available amount, in marginCoin."""
    maxOpenPosAvailable: Decimal | None = None
    """Most that can be used to open positions, in marginCoin."""
    maxTransferOut: Decimal | None = None
    """Most that can be transferred out, in marginCoin."""
    equity: Decimal | None = None
    """Equity, in marginCoin."""
    usdtEquity: Decimal | None = None
    """Equity, in USDT."""
    crossedRiskRate: Decimal | None = None
    """Cross margin: maintenance margin over equity, 1 is liquidation."""
    unrealizedPL: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    unionTotalMargin: Decimal | None = None
    """Total margin in USD; only with assetsMode "union", where several coins back one margin."""
    unionAvailable: Decimal | None = None
    """Available margin in USD; only with assetsMode "union"."""
    unionMm: Decimal | None = wire("unionMm", also=("unionMM",))
    """Maintenance margin in USD; only with assetsMode "union"."""
    assetsMode: str | None = None
    """Mode: "union" or "single"."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "ts")
        return at

    @tolerant("marginCoin")
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``.

        Of several coins each row tells its own; ``union`` accounts tell totals, too (USD).

        Raises ``DecodeError`` when it does not say of which coin.
        """
        balance = BalanceUpdate(
            currency=coin_of(self, self.marginCoin),
            equity=self.equity,
            available=self.available,
            frozen=self.frozen,
            unrealized_pnl=self.unrealizedPL,
            equity_usd=self.usdtEquity,
            margin_ratio=self.crossedRiskRate,
            updated_at=self.ts,
            raw=self,
        )
        is_union = self.assetsMode == "union"
        return AccountUpdate(
            available=self.unionAvailable if is_union else None,
            maintenance_margin=self.unionMm if is_union else None,
            margin_ratio=self.crossedRiskRate if is_union else None,
            balances=(balance,),
            updated_at=self.ts,
            recovered=self.recovered,
            raw=self,
        )


@model
class Position(Row):
    """An open position (channel ``positions``). Every push lists all of the product type: what is not in it is closed.

    Sizes are never negative; ``holdSide`` tells the direction. One that ended during an outage comes by itself, with
    ``recovered`` and ``total`` 0.
    """

    instType: InstType | None = envelope("arg", "instType")
    ts: int | None = envelope("ts")
    """Epoch ms of the push."""
    posId: str | None = None
    instId: str | None = None
    marginCoin: str | None = None
    marginSize: Decimal | None = None
    """Margin, in marginCoin."""
    marginMode: MarginMode | None = None
    holdSide: HoldSide | None = None
    posMode: PosMode | None = None
    total: Decimal | None = None
    """Size in base currency."""
    available: Decimal | None = None
    """Size that can be closed, in base currency."""
    frozen: Decimal | None = None
    """Size that is frozen, in base currency."""
    openPriceAvg: Decimal | None = None
    """Average price at which it was opened."""
    leverage: Decimal | None = None
    """Leverage, as a factor; a JSON number on the wire."""
    achievedProfits: Decimal | None = None
    """Realised profit, in marginCoin."""
    unrealizedPL: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    unrealizedPLR: Decimal | None = None
    """Unrealised profit over margin."""
    liquidationPrice: Decimal | None = None
    keepMarginRate: Decimal | None = None
    """Maintenance margin rate of the position's size, as a ratio."""
    marginRate: Decimal | None = None
    """How much of the margin is used up; 1 is liquidation."""
    isolatedMarginRate: Decimal | None = None
    breakEvenPrice: Decimal | None = None
    totalFee: Decimal | None = None
    """Funding fees so far, in marginCoin; None while there were none."""
    deductedFee: Decimal | None = None
    """Trading fees so far, in marginCoin."""
    markPrice: Decimal | None = None
    cashDividend: Decimal | None = None
    assetMode: str | None = None
    autoMargin: str | None = None
    """Whether margin is added automatically: "on" or "off"."""
    cTime: int | None = None
    """Epoch ms at which it was opened."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = value_or_none(self, "ts")
        return at

    @tolerant("instId", "holdSide", "total", "posMode", "marginMode", "marginCoin")
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, which way, or how much.
        """
        return PositionUpdate(
            **position_basics(self, self.instId, self.holdSide, self.total, self.posMode),
            margin_mode=margin_mode(self.marginMode),
            position_id=self.posId,
            currency=self.marginCoin,
            entry_price=self.openPriceAvg,
            mark_price=self.markPrice,
            liquidation_price=self.liquidationPrice,
            unrealized_pnl=self.unrealizedPL,
            realized_pnl=self.achievedProfits,
            leverage=self.leverage,
            margin=self.marginSize,
            margin_ratio=self.marginRate,
            created_at=self.cTime,
            updated_at=self.uTime,
        )


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
    """Average price at which it was opened."""
    closePriceAvg: Decimal | None = None
    """Average price at which it was closed."""
    openSize: Decimal | None = None
    """Size that was opened, in base currency."""
    closeSize: Decimal | None = None
    """Size that was closed, in base currency."""
    achievedProfits: Decimal | None = None
    """Realised profit, in marginCoin."""
    settleFee: Decimal | None = None
    """Funding fees, in marginCoin; negative is paid."""
    openFee: Decimal | None = None
    """Fee of opening, in marginCoin; negative is paid."""
    closeFee: Decimal | None = None
    """Fee of closing, in marginCoin; negative is paid."""
    cTime: int | None = None
    """Epoch ms at which it was opened."""
    uTime: int | None = None
    """Epoch ms at which it was closed."""


@model
class Equity(Row):
    """What the futures account is worth as a whole (channel ``equity``)."""

    instType: InstType | None = envelope("arg", "instType")
    ts: int | None = envelope("ts")
    """Epoch ms of the push."""
    btcEquity: Decimal | None = None
    """Equity, in BTC."""
    usdtEquity: Decimal | None = None
    """Equity, in USDT."""
    unrealizedPL: Decimal | None = wire("unrealizedPL", also=("usdtUnrealized",))
    """Unrealised profit, in USDT."""
    unionTotalMargin: Decimal | None = None
    """Total margin; only for accounts where several coins back one margin."""
    unionAvailable: Decimal | None = None
    """Available margin; only for accounts where several coins back one margin."""
    unionMm: Decimal | None = wire("unionMm", also=("unionMM",))
    """Maintenance margin; only for accounts where several coins back one margin."""


@model
class AdlNotice(Row):
    """The exchange reduced a position of ours to cover a loss of another account (channel ``adl-noti``)."""

    instType: InstType | None = envelope("arg", "instType")
    symbol: str | None = wire("symbol", also=("instId",))
    side: Side | None = None
    status: str | None = None
    """State: "triggered"."""
    price: Decimal | None = None
    amount: Decimal | None = None
    ts: int | None = None
    """Epoch ms."""
