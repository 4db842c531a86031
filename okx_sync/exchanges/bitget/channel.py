"""Bitget's rows of the channel table."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from okx_sync.exchanges.bitget.urls import Path
from okx_sync.exchanges.channel import Channel as AnyChannel

__all__ = ["Channel"]


@frozen(kw_only=True)
class Channel(AnyChannel):
    """One kind of stream of Bitget, in one of its protocols."""

    examples: ClassVar = {"instType": "USDT-FUTURES", "instId": "BTCUSDT", "coin": "default"}

    path: Path
