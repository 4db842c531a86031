"""Words that arguments of orders take; checked before sending, as a misspelt one must not reach the wire."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from okx_sync.exchanges.bybit.models import words
from okx_sync.rest import STRICT

__all__ = ["Category", "OrderType", "PositionIdx", "Side", "TimeInForce", "TpslMode", "TriggerBy"]

Category: TypeAlias = Annotated[words.Category, STRICT]
Side: TypeAlias = Annotated[words.Side, STRICT]
OrderType: TypeAlias = Annotated[words.OrderType, STRICT]
TimeInForce: TypeAlias = Annotated[Literal["GTC", "IOC", "FOK", "PostOnly", "RPI"] | str, STRICT]
TriggerBy: TypeAlias = Annotated[Literal["LastPrice", "IndexPrice", "MarkPrice"] | str, STRICT]
TpslMode: TypeAlias = Annotated[Literal["Full", "Partial"] | str, STRICT]
# 0 one-way, 1 the long side and 2 the short side of a hedged position.
PositionIdx: TypeAlias = Literal[0, 1, 2]
