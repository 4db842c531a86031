"""Words that arguments of V2 futures calls take; checked before sending, as a misspelt one must not reach the wire."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from okx_sync.rest import GROWING, STRICT

__all__ = [
    "AssetMode",
    "AutoMargin",
    "CandlePrice",
    "Force",
    "Granularity",
    "HoldSide",
    "ListedPlans",
    "MarginMode",
    "OrderType",
    "PlanOfPosition",
    "PlanOrderType",
    "PosMode",
    "ProductType",
    "Side",
    "StpMode",
    "TradeSide",
    "TriggerType",
]

ProductType: TypeAlias = Annotated[
    Literal["USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES", "SUSDT-FUTURES", "SCOIN-FUTURES", "SUSDC-FUTURES"] | str,
    STRICT,
]
Granularity: TypeAlias = Annotated[
    Literal[
        "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6H", "12H", "1D", "3D", "1W", "1M",
        "6Hutc", "12Hutc", "1Dutc", "3Dutc", "1Wutc", "1Mutc",
    ]
    | str,
    GROWING,
]  # fmt: skip
CandlePrice: TypeAlias = Annotated[Literal["MARKET", "MARK", "INDEX"] | str, STRICT]
Side: TypeAlias = Annotated[Literal["buy", "sell"] | str, STRICT]
TradeSide: TypeAlias = Annotated[Literal["open", "close"] | str, STRICT]
OrderType: TypeAlias = Annotated[Literal["limit", "market"] | str, STRICT]
Force: TypeAlias = Annotated[Literal["gtc", "ioc", "fok", "post_only"] | str, GROWING]
MarginMode: TypeAlias = Annotated[Literal["isolated", "crossed"] | str, STRICT]
PosMode: TypeAlias = Annotated[Literal["one_way_mode", "hedge_mode"] | str, STRICT]
AssetMode: TypeAlias = Annotated[Literal["single", "union"] | str, STRICT]
AutoMargin: TypeAlias = Annotated[Literal["on", "off"] | str, STRICT]
# Hedge mode says long or short; one-way mode buy (long) or sell (short).
HoldSide: TypeAlias = Annotated[Literal["long", "short", "buy", "sell"] | str, STRICT]
StpMode: TypeAlias = Annotated[Literal["none", "cancel_taker", "cancel_maker", "cancel_both"] | str, GROWING]
TriggerType: TypeAlias = Annotated[Literal["fill_price", "mark_price"] | str, GROWING]
PlanOrderType: TypeAlias = Annotated[Literal["normal_plan", "track_plan"] | str, GROWING]
PlanOfPosition: TypeAlias = Annotated[
    Literal["profit_plan", "loss_plan", "moving_plan", "pos_profit", "pos_loss"] | str, GROWING
]
ListedPlans: TypeAlias = Annotated[Literal["normal_plan", "track_plan", "profit_loss"] | str, GROWING]
