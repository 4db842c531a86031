"""Scripts of the trading bots: each account has a spot grid, a contract grid and a recurring purchase at work.

A bot takes the `algoId` that is asked for, and else has one of its own. Follows OKX V5 "Grid Trading" and
"Recurring Buy", their WebSocket channels.
"""

from __future__ import annotations

import zlib
from decimal import Decimal

from okx_sync.paper.feeds.scripted import ScriptContext, script
from okx_sync.paper.venue.bars import DAY, HOUR
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.types import Row

GRIDS = 20
INVESTED = Decimal(1000)
LEVER = 5
#: What one completed pair of grid trades earns, in USDT.
PROFIT = Decimal("0.37")
_DEFAULTS = {"SPOT": "BTC-USDT", "ANY": "BTC-USDT"}

_ALL_GRIDS = blank(
    """algoId algoClOrdId instType instId cTime uTime algoOrdType state maxPx minPx gridNum runType tpTriggerPx
    slTriggerPx tradeNum arbitrageNum singleAmt perMinProfitRate perMaxProfitRate runPx totalPnl pnlRatio investment
    gridProfit floatProfit totalAnnualizedRate annualizedRate cancelType stopType activeOrdNum tag profitSharingRatio
    copyType pTime"""
)
_TRIGGER = {
    **blank("triggerAction triggerStrategy delaySeconds triggerTime triggerType timeframe thold triggerCond"),
    **blank("timePeriod triggerPx stopType"),
    "triggerAction": "start",
    "triggerStrategy": "instant",
    "delaySeconds": "0",
    "triggerType": "auto",
}


def _bot_id(context: ScriptContext, kind: str) -> str:
    made = 448_965_992_920_907_776 + zlib.crc32(f"{context.uid} {kind}".encode())
    return str(context.arg.get("algoId") or made)


def _instrument(context: ScriptContext, default: str) -> str:
    return str(context.arg.get("instId") or default)


class ScriptedGrid:
    """One grid bot at the beat of a script: it started a day before the exchange opened, at the price of its start."""

    def __init__(self, context: ScriptContext, default: str, kind: str) -> None:
        self.context = context
        self.inst_id = _instrument(context, default)
        self.id = _bot_id(context, kind)
        self.started = context.ms_of(0) - DAY
        self.run_px = context.px(self.inst_id, 0)
        self.px = context.px(self.inst_id)
        self.pairs = 40 + max(0, context.beat)
        self.earned = PROFIT * self.pairs
        #: Coins held: half of the money was in coins at the start.
        self.coins = rounded(INVESTED / 2 / self.run_px)
        self.floating = rounded(self.coins * (self.px - self.run_px))

    def step(self, share: str) -> str:
        """Return a price at a share of the price at the start."""
        return text(rounded(self.run_px * Decimal(share)))

    def named(self, instType: str) -> Row:
        """Return the fields that say whose row it is, and when."""
        return {
            "algoId": self.id,
            "algoClOrdId": "",
            "instType": instType,
            "instId": self.inst_id,
            "cTime": str(self.started),
            "uTime": self.context.ts,
            "pTime": self.context.ts,
        }

    def row(self, instType: str) -> Row:
        """Return the fields that spot and contract grids have in common."""
        total = self.earned + self.floating
        days = Decimal(max(HOUR, self.context.ms - self.started)) / DAY
        return {
            **_ALL_GRIDS,
            **self.named(instType),
            "state": "running",
            "rebateTrans": [{"rebate": "0", "rebateCcy": "USDT"}],
            "triggerParams": [_TRIGGER | {"triggerTime": str(self.started)}],
            "maxPx": self.step("1.1"),
            "minPx": self.step("0.9"),
            "gridNum": str(GRIDS),
            "runType": "1",
            "tradeNum": str(2 * self.pairs),
            "arbitrageNum": str(self.pairs),
            "singleAmt": text(rounded(INVESTED / GRIDS / self.run_px)),
            "perMinProfitRate": "0.007",
            "perMaxProfitRate": "0.0085",
            "runPx": text(self.run_px),
            "totalPnl": text(total),
            "pnlRatio": text(rounded(total / INVESTED)),
            "investment": text(INVESTED),
            "gridProfit": text(self.earned),
            "floatProfit": text(self.floating),
            "totalAnnualizedRate": text(rounded(total / INVESTED / days * 365)),
            "annualizedRate": text(rounded(self.earned / INVESTED / days * 365)),
            "cancelType": "0",
            "stopType": "0",
            "activeOrdNum": str(GRIDS),
            "profitSharingRatio": "0",
            "copyType": "0",
        }


@script
def grid_spot(context: ScriptContext) -> list[Row]:
    """Play `grid-orders-spot`, and the retired `grid-orders-moon`."""
    grid = ScriptedGrid(context, "BTC-USDT", "spot grid")
    money = INVESTED / 2 + grid.earned
    return [
        {
            **grid.row("SPOT"),
            "algoOrdType": "grid",
            "quoteSz": text(INVESTED),
            "baseSz": "0",
            "curQuoteSz": text(money),
            "curBaseSz": text(grid.coins),
            "profit": text(grid.earned),
            "stopResult": "0",
            "tradeQuoteCcy": "USDT",
        }
    ]


def _contract(context: ScriptContext) -> tuple[ScriptedGrid, str]:
    """Return the contract grid and its instrument's type."""
    grid = ScriptedGrid(context, "BTC-USDT-SWAP", "contract grid")
    return grid, "SWAP" if grid.inst_id.endswith("-SWAP") else "FUTURES"


@script
def grid_contract(context: ScriptContext) -> list[Row]:
    """Play `grid-orders-contract`."""
    grid, kind = _contract(context)
    equity = INVESTED + grid.earned + grid.floating
    return [
        {
            **grid.row(kind),
            "algoOrdType": "contract_grid",
            "direction": "long",
            "basePos": True,
            "sz": text(INVESTED),
            "lever": str(LEVER),
            "actualLever": text(rounded(grid.coins * grid.px * LEVER / equity)),
            "liqPx": grid.step("0.82"),
            "ordFrozen": text(INVESTED / GRIDS),
            "availEq": text(equity / 2),
            "eq": text(equity),
            "tpRatio": "",
            "slRatio": "",
            "fee": text(-PROFIT / 10 * grid.pairs),
            "fundingFee": "-0.12",
        }
    ]


@script
def grid_positions(context: ScriptContext) -> list[Row]:
    """Play `grid-positions`: what the contract grid holds."""
    grid, kind = _contract(context)
    value = rounded(grid.coins * LEVER * grid.px)
    upl = rounded(grid.floating * LEVER)
    return [
        {
            **grid.named(kind),
            "avgPx": text(grid.run_px),
            "ccy": "USDT",
            "lever": str(LEVER),
            "liqPx": grid.step("0.82"),
            "posSide": "net",
            "pos": text(rounded(grid.coins * LEVER / Decimal("0.01")).quantize(Decimal("0.01"))),
            "mgnMode": "cross",
            "mgnRatio": text(rounded(INVESTED / (value * Decimal("0.004")))),
            "imr": text(rounded(value / LEVER)),
            "mmr": text(rounded(value * Decimal("0.004"))),
            "upl": text(upl),
            "uplRatio": text(rounded(upl / INVESTED)),
            "last": text(grid.px),
            "notionalUsd": text(value),
            "adl": "1",
            "markPx": text(grid.px),
        }
    ]


@script
def grid_sub_orders(context: ScriptContext) -> list[Row]:
    """Play `grid-sub-orders`: one order after another, live at one beat and filled at the next."""
    grid, kind = _contract(context)
    number, filled = divmod(context.beat, 2)
    px = text(rounded(context.px(grid.inst_id, number * 2) * (Decimal("0.999") if number % 2 else Decimal("1.001"))))
    placed = str(context.ms_of(number * 2))
    return [
        {
            **grid.named(kind),
            "algoOrdType": "contract_grid",
            "groupId": str(abs(number) % GRIDS),
            "ordId": str(2_600_000_000_000_000_000 + number),
            "cTime": placed,
            "tdMode": "cross",
            "tag": "",
            "ordType": "limit",
            "sz": "0.15",
            "state": "filled" if filled else "live",
            "side": "buy" if number % 2 else "sell",
            "px": px,
            "fee": "-0.02" if filled else "0",
            "feeCcy": "USDT",
            "rebate": "0",
            "rebateCcy": "USDT",
            "avgPx": px if filled else "0",
            "accFillSz": "0.15" if filled else "0",
            "posSide": "net",
            "pnl": text(PROFIT) if filled and not number % 2 else "0",
            "ctVal": "0.01",
            "lever": str(LEVER),
        }
    ]


@script
def recurring(context: ScriptContext) -> list[Row]:
    """Play `algo-recurring-buy`: 100 USDT a day into two coins, for thirty days so far."""
    days = 30
    started = context.ms_of(0) - days * DAY
    parts = [_purchase(context, ccy, share, days) for ccy, share in (("BTC", "0.6"), ("ETH", "0.4"))]
    spent = Decimal(100 * days)
    profit = sum((Decimal(part["profit"]) for part in parts), Decimal(0))
    return [
        {
            **blank("algoClOrdId tag recurringDay recurringTimeMinutes"),
            "algoId": _bot_id(context, "recurring"),
            "instType": "SPOT",
            "cTime": str(started),
            "uTime": context.ts,
            "algoOrdType": "recurring",
            "state": "running",
            "stgyName": "A bit every day",
            "recurringList": parts,
            "period": "daily",
            "recurringHour": "",
            "recurringTime": "8",
            "recurringTimeType": "0",
            "timeZone": "8",
            "amt": "100",
            "investmentAmt": text(spent),
            "investmentCcy": "USDT",
            "nextInvestTime": str(context.ms - context.ms % DAY + DAY),
            "totalPnl": text(profit),
            "totalAnnRate": text(rounded(profit / spent / days * 365)),
            "pnlRatio": text(rounded(profit / spent)),
            "mktCap": text(spent + profit),
            "cycles": str(days),
            "pTime": context.ts,
            "tradeQuoteCcy": "USDT",
            "source": ["USDT"],
        }
    ]


def _purchase(context: ScriptContext, ccy: str, share: str, days: int) -> Row:
    """Return one coin of the purchase, bought 2 % below the price at the opening on average."""
    name = f"{ccy}-USDT"
    average = rounded(context.px(name, 0) * Decimal("0.98"))
    coins = rounded(100 * days * Decimal(share) / average)
    return {
        "ccy": ccy,
        "ratio": share,
        "minPx": "",
        "maxPx": "",
        "totalAmt": text(coins),
        "profit": text(rounded(coins * (context.px(name) - average))),
        "avgPx": text(average),
        "px": context.px_text(name),
    }
