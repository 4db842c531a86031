"""Rows that REST lists, written as the streams push them: REST has other names for some fields, and leaves some out.

Where the two would mean different things by one name (V2's ``baseVolume`` is all that is filled over REST, and one fill
on the stream; V2's fills name the side of the position over REST, and of the order on the stream), the stream's meaning
holds. What REST does not tell is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.exchanges.bitget.row_conversion import fill_side

__all__ = [
    "FAST_FILL",
    "classic_account",
    "classic_ended",
    "classic_fill",
    "classic_order",
    "classic_past_position",
    "classic_position",
    "unified_account",
    "unified_ended",
    "unified_fill",
    "unified_order",
    "unified_position",
]

_Row = Mapping[str, Any]

FAST_FILL: Final = (
    *("category", "symbol", "orderId", "clientOid", "execId", "side", "holdSide", "tradeScope"),
    *("execPrice", "execQty", "execTime", "updatedTime"),
)
"""Fields of V3's ``fast-fill``; ``fill`` tells more."""

# -- V3: a unified account -------------------------------------------------------------------------------------------


def unified_order(row: _Row) -> dict[str, Any]:
    """Write an order of V3."""
    made = _renamed(row, {"posSide": "holdSide"})
    if type(category := row.get("category")) is str:
        made["category"] = category.lower()
    return made


def unified_fill(row: _Row) -> dict[str, Any]:
    """Write a fill of V3."""
    return _renamed(row, {"posSide": "holdSide", "createdTime": "execTime"})


def unified_position(row: _Row) -> dict[str, Any]:
    """Write an open position of V3."""
    names = {"total": "size", "positionBalance": "marginSize", "liquidationPrice": "liqPrice"}
    return {**_renamed(row, names | {"totalFunding": "totalFundingFee"}), "positionStatus": "opening"}


def unified_ended(row: _Row) -> dict[str, Any]:
    """Write a position of V3 that has ended, from its history."""
    names = {"openPriceAvg": "avgPrice", "cumRealisedPnl": "curRealisedPnl", "totalFunding": "totalFundingFee"}
    kept = {name: row[name] for name in _PAST if name in row}
    return _renamed(kept, names) | _NO_SIZE | {"positionStatus": "ended"}


_PAST: Final = (
    *("symbol", "marginCoin", "holdMode", "posSide", "marginMode", "openPriceAvg", "cumRealisedPnl", "totalFunding"),
    *("openFeeTotal", "closeFeeTotal", "cashDividend", "createdTime", "updatedTime"),
)
_NO_SIZE: Final = {"size": "0", "available": "0", "frozen": "0"}


def unified_account(row: _Row) -> dict[str, Any]:
    """Write the account of V3, with all its coins."""
    made = _renamed(row, {"accountEquity": "totalEquity"})
    coins = made.pop("assets", None)
    found = [_renamed(coin, {"debt": "debts"}) for coin in coins or () if isinstance(coin, dict)]
    return {**made, "coin": found}


# -- V2: the futures of a classic account ----------------------------------------------------------------------------


def classic_order(row: _Row) -> dict[str, Any]:
    """Write an order of V2."""
    made = _renamed(row, {"symbol": "instId", "baseVolume": "accBaseVolume", "state": "status"})
    made.pop("feeDetail", None)  # a text over REST
    if row.get("fee") not in (None, ""):
        made["feeDetail"] = [{"feeCoin": row.get("marginCoin"), "fee": made.pop("fee")}]
    return made


def classic_fill(row: _Row) -> dict[str, Any]:
    """Write a fill of V2."""
    return {
        **row,
        "side": fill_side(row.get("side"), row.get("tradeSide"), row.get("posMode")),
        "uTime": row.get("uTime") or row.get("cTime"),
    }


def classic_position(row: _Row) -> dict[str, Any]:
    """Write an open position of V2."""
    return _renamed(row, {"symbol": "instId", "locked": "frozen", "marginRatio": "marginRate"})


def classic_past_position(row: _Row) -> dict[str, Any]:
    """Write a closed position of V2 as ``positions-history`` has it."""
    names = {
        "positionId": "posId",
        "symbol": "instId",
        "openAvgPrice": "openPriceAvg",
        "closeAvgPrice": "closePriceAvg",
        "openTotalPos": "openSize",
        "closeTotalPos": "closeSize",
        "pnl": "achievedProfits",
        "totalFunding": "settleFee",
        "ctime": "cTime",
        "utime": "uTime",
    }
    return _renamed(row, names)


def classic_ended(row: _Row) -> dict[str, Any]:
    """Write a position of V2 that has ended, from its history, as ``positions`` has open ones: of size 0."""
    past = classic_past_position(row)
    kept = {name: past[name] for name in _CLASSIC_PAST if name in past}
    return kept | {"total": "0", "available": "0", "frozen": "0", "totalFee": past.get("settleFee")}


_CLASSIC_PAST: Final = (
    *("instId", "marginCoin", "marginMode", "holdSide", "posMode", "openPriceAvg", "achievedProfits"),
    *("cTime", "uTime"),
)


def classic_account(row: _Row) -> dict[str, Any]:
    """Write a margin coin of V2."""
    names = {
        "locked": "frozen",
        "crossedMaxAvailable": "maxOpenPosAvailable",
        "accountEquity": "equity",
        "assetMode": "assetsMode",
    }
    return _renamed(row, names)


def _renamed(row: _Row, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with some fields under other names."""
    return {names.get(name, name): value for name, value in row.items()}
