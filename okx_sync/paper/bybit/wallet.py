"""The account's money as V5 tells it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import margin
from okx_sync.paper.venue.account_rows import worth_telling
from okx_sync.paper.venue.balances import VenueBalance
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

_COIN: dict[str, Any] = {
    **blank("availableToWithdraw availableToBorrow free colRes"),
    **blank("spotHedgingQty borrowAmount accruedInterest bonus spotBorrow", "0"),
    "collateralSwitch": True,
    "marginCollateral": True,
}


def wallet_row(account: VenueAccount, venue: Venue) -> Row:
    """Return the row of `wallet`: totals in dollars, and every coin that is not zero."""
    prices = venue.prices
    balances = worth_telling(account, prices)
    rows = [_coin_row(account, balance, prices) for balance in balances]
    usd = {balance.ccy: prices.usd(balance.ccy) for balance in balances}

    def total(name: str) -> Decimal:
        return sum((Decimal(row[name]) * usd[row["coin"]] for row in rows), ZERO)

    equity, cash, profit = total("equity"), total("walletBalance"), total("unrealisedPnl")
    initial, needed = total("totalPositionIM") + total("totalOrderIM"), total("totalPositionMM")
    shares = {name: _share(part, equity) for name, part in (("IM", initial), ("MM", needed))}
    return {
        "accountType": "UNIFIED",
        "accountIMRate": shares["IM"],
        "accountMMRate": shares["MM"],
        "accountIMRateByMp": shares["IM"],
        "accountMMRateByMp": shares["MM"],
        "totalEquity": text(rounded(equity)),
        "totalWalletBalance": text(rounded(cash)),
        "totalMarginBalance": text(rounded(equity)),
        "totalAvailableBalance": text(rounded(max(equity - initial, ZERO))),
        "totalPerpUPL": text(rounded(profit)),
        "totalInitialMargin": text(rounded(initial)),
        "totalMaintenanceMargin": text(rounded(needed)),
        "totalInitialMarginByMp": text(rounded(initial)),
        "totalMaintenanceMarginByMp": text(rounded(needed)),
        "accountLTV": "0",
        "coin": rows,
    }


def _share(part: Decimal, whole: Decimal) -> str:
    return text(rounded(part / whole)) if whole > 0 else "0"


def _coin_row(account: VenueAccount, balance: VenueBalance, prices: Prices) -> Row:
    ccy = balance.ccy
    isolated = margin.isolated_margin(account, ccy)
    equity = margin.equity(account, ccy, prices)
    profit = margin.cross_upl(account, ccy, prices) + margin.isolated_upl(account, ccy, prices)
    swaps = margin.in_ccy(account, ccy, "")
    needed = sum((margin.liquidation_margin(one, prices.mark(one.instrument)) for one in swaps), ZERO)
    for_swaps = sum((o.frozen for o in account.orders.values() if o.instrument.settleCcy == ccy), ZERO)
    realised = sum((one.realized for one in account.positions.values() if one.instrument.settleCcy == ccy), ZERO)
    return {
        **_COIN,
        "coin": ccy,
        "equity": text(rounded(equity)),
        "usdValue": text(rounded(equity * prices.usd(ccy))),
        "walletBalance": text(balance.cash + isolated),
        "locked": text(balance.frozen - for_swaps),
        "totalOrderIM": text(for_swaps),
        "totalPositionIM": text(rounded(margin.cross_initial(account, ccy, prices) + isolated)),
        "totalPositionMM": text(rounded(needed)),
        "unrealisedPnl": text(rounded(profit)),
        "cumRealisedPnl": text(realised),
    }
