"""Words that arguments of spot orders take; checked before sending, as a misspelt one must not reach the wire."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from okx_sync.exchanges.bitget import words
from okx_sync.rest import GROWING, STRICT

__all__ = ["BatchMode", "Force", "OrderType", "PlanType", "Side", "StpMode", "TpslType", "TriggerType"]

Side: TypeAlias = Annotated[words.Side, STRICT]
OrderType: TypeAlias = Annotated[words.OrderType, STRICT]
Force: TypeAlias = Annotated[Literal["gtc", "post_only", "fok", "ioc"] | str, GROWING]
StpMode: TypeAlias = Annotated[words.StpMode, GROWING]
TpslType: TypeAlias = Annotated[Literal["normal", "tpsl"] | str, STRICT]
BatchMode: TypeAlias = Annotated[Literal["single", "multiple"] | str, STRICT]
TriggerType: TypeAlias = Annotated[words.TriggerType, GROWING]
# What the size of a trigger order counts: base currency ("amount") or quote currency ("total").
PlanType: TypeAlias = Annotated[Literal["amount", "total"] | str, STRICT]
