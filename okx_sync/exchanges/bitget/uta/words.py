"""Words of Bitget's V3: values that fields take, and those that arguments take, which are checked before sending.

V3 has its own spellings: ``cancelled`` with two l, categories in place of product types, ``yes`` and ``no`` for flags.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from okx_sync.rest import GROWING, STRICT

__all__ = [
    "FLAGS",
    "BillCategoryArg",
    "CandleTypeArg",
    "Category",
    "CategoryArg",
    "FuturesArg",
    "HoldModeArg",
    "IntervalArg",
    "MarginModeArg",
    "OrderTypeArg",
    "PosSideArg",
    "SideArg",
    "StpModeArg",
    "StrategyStatus",
    "StrategyTypeArg",
    "TimeInForceArg",
    "TpslModeArg",
    "TriggerByArg",
    "UtaOrderStatus",
]

FLAGS: Final = ("yes", "no")
"""How V3 spells True and False in a body."""

Category: TypeAlias = Literal["SPOT", "MARGIN", "USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES"] | str
"""Kind of product. Some answers and all streams have it in small letters."""
UtaOrderStatus: TypeAlias = Literal["live", "new", "partially_filled", "filled", "cancelled"] | str
StrategyStatus: TypeAlias = Literal["pending", "success", "failed", "cancelled", "submitting"] | str

CategoryArg: TypeAlias = Annotated[
    Literal["SPOT", "MARGIN", "USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES"] | str, STRICT
]
FuturesArg: TypeAlias = Annotated[Literal["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES"] | str, STRICT]
BillCategoryArg: TypeAlias = Annotated[
    Literal["SPOT", "MARGIN", "USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "OTHER"] | str, STRICT
]
IntervalArg: TypeAlias = Annotated[
    Literal["1m", "3m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D"] | str, GROWING
]
CandleTypeArg: TypeAlias = Annotated[Literal["market", "mark", "index", "premium"] | str, GROWING]
SideArg: TypeAlias = Annotated[Literal["buy", "sell"] | str, STRICT]
OrderTypeArg: TypeAlias = Annotated[Literal["limit", "market"] | str, STRICT]
TimeInForceArg: TypeAlias = Annotated[Literal["gtc", "ioc", "fok", "post_only", "rpi"] | str, GROWING]
PosSideArg: TypeAlias = Annotated[Literal["long", "short"] | str, STRICT]
MarginModeArg: TypeAlias = Annotated[Literal["crossed", "isolated"] | str, STRICT]
HoldModeArg: TypeAlias = Annotated[Literal["one_way_mode", "hedge_mode"] | str, STRICT]
StpModeArg: TypeAlias = Annotated[Literal["none", "cancel_taker", "cancel_maker", "cancel_both"] | str, STRICT]
TriggerByArg: TypeAlias = Annotated[Literal["market", "mark"] | str, STRICT]
StrategyTypeArg: TypeAlias = Annotated[Literal["tpsl", "trigger"] | str, GROWING]
TpslModeArg: TypeAlias = Annotated[Literal["full", "partial"] | str, STRICT]
