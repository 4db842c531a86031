"""Words that arguments take. Those that money depends on are checked before sending.

A misspelt word of an order must not reach the wire. Lists that OKX makes longer (``GROWING``) let pass what looks like
none of their words; for the others a new word can be sent with ``client.request(...)`` until the list has it.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from okx_sync.exchanges.okx import words
from okx_sync.rest import GROWING, STRICT

__all__ = [
    "AcctLv",
    "AlgoOrdType",
    "DateAggrType",
    "DcaType",
    "FeeKind",
    "GreeksUnit",
    "GridType",
    "LeadInstType",
    "LoanSide",
    "MarginAction",
    "MgnMode",
    "OrdType",
    "PosMode",
    "PosSide",
    "PxAmendType",
    "Quarter",
    "RecurringPeriod",
    "SavingsSide",
    "Side",
    "SignalOrdType",
    "SpreadOrdType",
    "StgyType",
    "StpMode",
    "TdMode",
    "TgtCcy",
]

OrdType: TypeAlias = Annotated[words.OrdType, GROWING]
PosSide: TypeAlias = Annotated[words.PosSide, STRICT]
Side: TypeAlias = Annotated[words.Side, STRICT]
MgnMode: TypeAlias = Annotated[words.MgnMode, STRICT]
TdMode: TypeAlias = Annotated[words.TdMode, STRICT]
TgtCcy: TypeAlias = Annotated[words.TgtCcy, STRICT]
StpMode: TypeAlias = Annotated[Literal["cancel_maker", "cancel_taker", "cancel_both"] | str, GROWING]
# Whether a price outside the limit is moved to it instead of being refused: no, yes.
PxAmendType: TypeAlias = Annotated[Literal["0", "1"] | str, STRICT]
AlgoOrdType: TypeAlias = Annotated[
    Literal["conditional", "oco", "trigger", "chase", "move_order_stop", "iceberg", "smart_iceberg", "twap"] | str,
    STRICT,
]

# Words of settings; others pass.
AcctLv: TypeAlias = Literal["1", "2", "3", "4"] | str
PosMode: TypeAlias = Literal["long_short_mode", "net_mode"] | str
GreeksUnit: TypeAlias = Literal["PA", "BS"] | str
FeeKind: TypeAlias = Literal["0", "1"] | str
StgyType: TypeAlias = Literal["0", "1"] | str
LoanSide: TypeAlias = Annotated[Literal["borrow", "repay"] | str, STRICT]
MarginAction: TypeAlias = Annotated[Literal["add", "reduce"] | str, STRICT]
Quarter: TypeAlias = Literal["Q1", "Q2", "Q3", "Q4"] | str
DateAggrType: TypeAlias = Literal["daily", "monthly"] | str


SpreadOrdType: TypeAlias = Annotated[words.SpreadOrdType, STRICT]
SignalOrdType: TypeAlias = Annotated[Literal["market", "limit"] | str, STRICT]
SavingsSide: TypeAlias = Annotated[Literal["purchase", "redempt"] | str, STRICT]

# Others pass.
GridType: TypeAlias = Literal["grid", "contract_grid"] | str
DcaType: TypeAlias = Literal["spot_dca", "contract_dca"] | str
RecurringPeriod: TypeAlias = Literal["monthly", "weekly", "daily", "hourly"] | str
# What is led and copied; SWAP when left out.
LeadInstType: TypeAlias = Literal["SPOT", "SWAP"] | str
