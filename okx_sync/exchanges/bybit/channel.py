"""Bybit's rows of the channel table: what every exchange has, and examples of Bybit's arguments."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from okx_sync.exchanges import channel
from okx_sync.exchanges.bybit.urls import Path

__all__ = ["Channel"]


@frozen(kw_only=True)
class Channel(channel.Channel):
    """One kind of stream of Bybit. On the wire a topic is the name and its one argument, with a dot between."""

    examples: ClassVar = {"symbol": "BTCPERP", "baseCoin": "BTC"}

    path: Path
