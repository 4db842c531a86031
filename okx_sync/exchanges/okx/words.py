"""OKX's words: values that fields and arguments take.

Every alias also accepts plain ``str``: OKX adds words without notice, and a new one passes through as text.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

InstType: TypeAlias = Literal["SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS"] | str
InstTypeOrAny: TypeAlias = Literal["SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS", "ANY"] | str
# The same for arguments, as far as a channel takes them: one alias for each list.
PositionInstType: TypeAlias = Literal["MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS", "ANY"] | str
WarningInstType: TypeAlias = Literal["MARGIN", "SWAP", "FUTURES", "OPTION", "ANY"] | str
AlgoInstType: TypeAlias = Literal["SPOT", "MARGIN", "SWAP", "FUTURES", "ANY"] | str
GridSpotInstType: TypeAlias = Literal["SPOT", "ANY"] | str
GridContractInstType: TypeAlias = Literal["SWAP", "FUTURES", "ANY"] | str
LiquidationInstType: TypeAlias = Literal["SWAP", "FUTURES", "MARGIN", "OPTION"] | str
AdlInstType: TypeAlias = Literal["SWAP", "FUTURES", "OPTION"] | str
EstimatedPriceInstType: TypeAlias = Literal["OPTION", "FUTURES", "SWAP", "EVENTS"] | str
OptionInstType: TypeAlias = Literal["OPTION"] | str
EventsInstType: TypeAlias = Literal["EVENTS"] | str
SwapInstType: TypeAlias = Literal["SWAP"] | str
Side: TypeAlias = Literal["buy", "sell"] | str
PosSide: TypeAlias = Literal["net", "long", "short"] | str
MgnMode: TypeAlias = Literal["cross", "isolated"] | str
TdMode: TypeAlias = Literal["cash", "cross", "isolated", "spot_isolated"] | str
TgtCcy: TypeAlias = Literal["base_ccy", "quote_ccy"] | str
OptType: TypeAlias = Literal["C", "P"] | str
PxType: TypeAlias = Literal["last", "index", "mark"] | str
ExecType: TypeAlias = Literal["T", "M"] | str
BookAction: TypeAlias = Literal["snapshot", "update"] | str
EventType: TypeAlias = Literal["snapshot", "event_update"] | str
InstState: TypeAlias = Literal["live", "suspend", "preopen", "test"] | str
CtType: TypeAlias = Literal["linear", "inverse"] | str
OrdType: TypeAlias = (
    Literal[
        "market",
        "limit",
        "post_only",
        "fok",
        "ioc",
        "optimal_limit_ioc",
        "mmp",
        "mmp_and_post_only",
        "rpi",
        "elp",
    ]
    | str
)
OrdState: TypeAlias = Literal["live", "partially_filled", "filled", "canceled", "mmp_canceled"] | str
AlgoOrdType: TypeAlias = Literal["conditional", "oco", "trigger", "chase"] | str
AlgoState: TypeAlias = (
    Literal["live", "effective", "canceled", "order_failed", "partially_failed", "partially_effective"] | str
)
AdvancedOrdType: TypeAlias = Literal["iceberg", "twap", "move_order_stop"] | str
AdvancedState: TypeAlias = (
    Literal["live", "effective", "partially_effective", "canceled", "order_failed", "pause"] | str
)
GridState: TypeAlias = Literal["starting", "running", "stopping", "no_close_position", "stopped"] | str
GridDirection: TypeAlias = Literal["long", "short", "neutral"] | str
RfqState: TypeAlias = Literal["active", "canceled", "filled", "expired", "traded_away", "failed"] | str
QuoteState: TypeAlias = Literal["active", "canceled", "filled", "expired", "failed"] | str
SpreadOrdType: TypeAlias = Literal["market", "limit", "post_only", "ioc"] | str
SpreadOrdState: TypeAlias = Literal["live", "partially_filled", "filled", "canceled"] | str
SpreadFillState: TypeAlias = Literal["filled", "rejected"] | str
AuctionState: TypeAlias = Literal["call_auction", "continuous_trading"] | str
SettleType: TypeAlias = Literal["settlement", "delivery", "exercise"] | str
AdlState: TypeAlias = Literal["normal", "warning", "adl"] | str
EventMarketState: TypeAlias = Literal["preopen", "live", "settling", "expired"] | str
StatusState: TypeAlias = Literal["scheduled", "ongoing", "pre_open", "completed", "canceled"] | str
BalanceCause: TypeAlias = (
    Literal[
        "snapshot",
        "delivered",
        "exercised",
        "transferred",
        "filled",
        "liquidation",
        "claw_back",
        "adl",
        "funding_fee",
        "adjust_margin",
        "set_leverage",
        "interest_deduction",
        "settlement",
    ]
    | str
)
# Bars from 6H up open at UTC+8; those ending in "utc" at UTC+0. 1M is a month, 1m a minute.
_Bar: TypeAlias = Literal[
    "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6H", "12H", "1D", "2D", "3D", "5D", "1W", "1M", "3M",
    "6Hutc", "12Hutc", "1Dutc", "2Dutc", "3Dutc", "5Dutc", "1Wutc", "1Mutc", "3Mutc",
]  # fmt: skip
Bar: TypeAlias = _Bar | str
CandleBar: TypeAlias = Literal["1s"] | _Bar | str
MarkPriceBar: TypeAlias = _Bar | Literal["1Yutc"] | str
