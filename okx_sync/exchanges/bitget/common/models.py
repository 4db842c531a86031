"""Rows of what is common to all products. Pages: "Common" of Bitget's API guide."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model, wire

__all__ = ["AccountTotal", "Announcement", "FundingAsset", "ServerTime", "SymbolTradeRate", "TradeRate"]


@model
class ServerTime(Row):
    """Bitget's clock."""

    serverTime: int | None = None
    """Epoch ms."""


@model
class Announcement(Row):
    """An announcement of the last month."""

    annId: str | None = None
    annTitle: str | None = None
    annDesc: str | None = None
    cTime: int | None = None
    """Epoch ms of the announcement."""
    language: str | None = None
    annUrl: str | None = None
    annType: str | None = None
    """Kind: "latest_news", "coin_listings", "product_updates", "security", "api_trading", "symbol_delisting",
    "maintenance_system_updates"."""
    annSubType: str | None = None


@model
class AccountTotal(Row):
    """What an account is worth."""

    accountType: str | None = None
    """Account: "spot", "futures", "funding", "earn", "bots", "margin"."""
    usdtBalance: Decimal | None = None
    """Worth, USDT."""


@model
class FundingAsset(Row):
    """A coin of the funding account."""

    coin: str | None = None
    available: Decimal | None = None
    """Available amount, in the coin."""
    frozen: Decimal | None = None
    """Frozen amount, in the coin."""
    usdtValue: Decimal | None = None
    """Worth, USDT."""


@model
class TradeRate(Row):
    """Fees of an instrument."""

    makerFeeRate: Decimal | None = wire("makerFeeRate", also=("makerRate",))
    """Maker fee as a ratio. One of Bitget's tables spells it "makerRate"."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio."""


@model
class SymbolTradeRate(TradeRate):
    """Fees of an instrument, with its name."""

    symbol: str | None = None
