"""Words that arguments of orders and settings take, checked before sending: a misspelt one must not reach the wire."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from okx_sync.exchanges.bybit import words
from okx_sync.rest import GROWING, STRICT

__all__ = [
    "BboSide",
    "CancelFilter",
    "Category",
    "DcpProduct",
    "FeeType",
    "Flag",
    "ForceChain",
    "MarginMode",
    "MarketUnit",
    "OrderFilter",
    "OrderType",
    "PositionIdx",
    "PositionMode",
    "RepaymentType",
    "Side",
    "SlippageType",
    "SmpType",
    "SpreadTimeInForce",
    "Switch",
    "TimeInForce",
    "TpslMode",
    "TriggerBy",
    "TriggerDirection",
]

Category: TypeAlias = Annotated[words.Category, STRICT]
Side: TypeAlias = Annotated[words.Side, STRICT]
OrderType: TypeAlias = Annotated[words.OrderType, STRICT]
TimeInForce: TypeAlias = Annotated[Literal["GTC", "IOC", "FOK", "PostOnly", "RPI"] | str, GROWING]
TriggerBy: TypeAlias = Annotated[Literal["LastPrice", "IndexPrice", "MarkPrice"] | str, STRICT]
TpslMode: TypeAlias = Annotated[Literal["Full", "Partial"] | str, STRICT]
# 0 one-way, 1 the long side and 2 the short side of a hedged position.
PositionIdx: TypeAlias = Annotated[Literal[0, 1, 2], STRICT]
# 1 when the price must rise to the trigger, 2 when it must fall.
TriggerDirection: TypeAlias = Annotated[Literal[1, 2], STRICT]
MarketUnit: TypeAlias = Annotated[Literal["baseCoin", "quoteCoin"] | str, STRICT]
# What may be cancelled all at once; which of these a market knows differs.
CancelFilter: TypeAlias = Annotated[
    Literal["Order", "StopOrder", "OpenOrder", "tpslOrder", "OcoOrder", "BidirectionalTpslOrder"] | str, GROWING
]
OrderFilter: TypeAlias = Annotated[Literal["Order", "tpslOrder", "StopOrder"] | str, GROWING]
SmpType: TypeAlias = Annotated[Literal["None", "CancelMaker", "CancelTaker", "CancelBoth"] | str, GROWING]
# The own side of the book or the other one.
BboSide: TypeAlias = Annotated[Literal["Queue", "Counterparty"] | str, GROWING]
DcpProduct: TypeAlias = Annotated[Literal["OPTIONS", "DERIVATIVES", "SPOT"] | str, GROWING]
# 0 one-way, 3 hedge mode.
PositionMode: TypeAlias = Annotated[Literal[0, 3], STRICT]
SlippageType: TypeAlias = Annotated[Literal["TickSize", "Percent"] | str, STRICT]
SpreadTimeInForce: TypeAlias = Annotated[Literal["GTC", "IOC", "FOK", "PostOnly"] | str, GROWING]
Switch: TypeAlias = Annotated[Literal["ON", "OFF"] | str, STRICT]
Flag: TypeAlias = Annotated[Literal["0", "1", 0, 1], STRICT]
MarginMode: TypeAlias = Annotated[Literal["ISOLATED_MARGIN", "REGULAR_MARGIN", "PORTFOLIO_MARGIN"] | str, STRICT]
RepaymentType: TypeAlias = Annotated[Literal["ALL", "FIXED", "FLEXIBLE"] | str, GROWING]
FeeType: TypeAlias = Annotated[Literal[0, 1], STRICT]
ForceChain: TypeAlias = Annotated[Literal[0, 1, 2], STRICT]
