"""Words that the arguments of calls about bots, spreads, copying and saving take.

As in ``words``, those that money depends on are checked before sending.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from okx_sync.exchanges.okx.models import words
from okx_sync.rest import STRICT

__all__ = [
    "DcaType",
    "GridType",
    "LeadInstType",
    "RecurringPeriod",
    "SavingsSide",
    "SignalOrdType",
    "SpreadOrdType",
]

SpreadOrdType: TypeAlias = Annotated[words.SpreadOrdType, STRICT]
SignalOrdType: TypeAlias = Annotated[Literal["market", "limit"] | str, STRICT]
SavingsSide: TypeAlias = Annotated[Literal["purchase", "redempt"] | str, STRICT]

# Others pass.
GridType: TypeAlias = Literal["grid", "contract_grid"] | str
DcaType: TypeAlias = Literal["spot_dca", "contract_dca"] | str
RecurringPeriod: TypeAlias = Literal["monthly", "weekly", "daily", "hourly"] | str
# What is led and copied; SWAP when left out.
LeadInstType: TypeAlias = Literal["SPOT", "SWAP"] | str
