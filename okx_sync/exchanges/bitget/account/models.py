"""The account's balances and positions (V2). Money is in the margin coin unless a comment says other."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.row_conversion import coin_of, margin_mode, position_basics
from okx_sync.exchanges.bitget.words import HoldSide, InstType, MarginMode, PosMode, Side
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.tolerant import told, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionUpdate


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

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = told(self, "ts")
        return at

    @tolerant("marginCoin")
    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``.

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

    @property
    def taken_at(self) -> int | None:
        """Epoch ms at which a list with this row was made; None when nobody can tell."""
        at: int | None = told(self, "ts")
        return at

    @tolerant("instId", "holdSide", "total", "posMode", "marginMode", "marginCoin")
    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``.

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
