"""Bitget's words: values that fields and arguments take.

Every alias also accepts plain ``str``: Bitget adds words without notice, and a new one passes through as text.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

InstType: TypeAlias = (
    Literal["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "SUSDT-FUTURES", "SCOIN-FUTURES", "SUSDC-FUTURES"] | str
)
Action: TypeAlias = Literal["snapshot", "update"] | str
Side: TypeAlias = Literal["buy", "sell"] | str
PosSide: TypeAlias = Literal["long", "short", "net"] | str
HoldSide: TypeAlias = Literal["long", "short"] | str
PosMode: TypeAlias = Literal["one_way_mode", "hedge_mode"] | str
MarginMode: TypeAlias = Literal["crossed", "isolated", "fixed"] | str
OrderType: TypeAlias = Literal["limit", "market"] | str
OrderStatus: TypeAlias = Literal["live", "partially_filled", "filled", "canceled"] | str
AlgoStatus: TypeAlias = Literal["live", "executed", "fail_execute", "cancelled", "executing"] | str
PlanType: TypeAlias = Literal["pl", "tp", "sl", "ptp", "psl", "track", "mtpsl"] | str
TriggerType: TypeAlias = Literal["fill_price", "mark_price"] | str
StpMode: TypeAlias = Literal["none", "cancel_taker", "cancel_maker", "cancel_both"] | str
Scope: TypeAlias = Literal["T", "M", "taker", "maker"] | str
Bar: TypeAlias = (
    Literal[
        "1m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D", "3D", "1W", "1M",
        "6Hutc", "12Hutc", "1Dutc", "3Dutc", "1Wutc", "1Mutc",
    ]
    | str
)  # fmt: skip
V1OrderStatus: TypeAlias = Literal["new", "partial-fill", "full-fill", "cancelled"] | str
HoldMode: TypeAlias = Literal["double_hold", "single_hold"] | str
SeedOrderStatus: TypeAlias = Literal["live", "partially_filled", "filled", "cancelled"] | str
SeedMarginMode: TypeAlias = Literal["cross", "isolated"] | str
SeedRole: TypeAlias = Literal["maker", "taker"] | str
V3InstType: TypeAlias = Literal["spot", "usdt-futures", "coin-futures", "usdc-futures", "UTA"] | str
V3Category: TypeAlias = (
    Literal[
        "spot", "margin", "usdt-futures", "coin-futures", "usdc-futures",
        "SPOT", "MARGIN", "USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES",
    ]
    | str
)  # fmt: skip
V3Interval: TypeAlias = Literal["1m", "3m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D"] | str
V3OrderStatus: TypeAlias = Literal["live", "new", "partially_filled", "filled", "cancelled"] | str
V3StrategyStatus: TypeAlias = Literal["pending", "success", "failed", "cancelled", "submitting"] | str
RpiDepth: TypeAlias = Literal["1", "5", "50"]
