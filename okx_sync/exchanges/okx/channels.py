"""OKX's channel table, made of what the typed methods declare."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.exchanges.declared import declared_by
from okx_sync.exchanges.okx.channel import Channel
from okx_sync.exchanges.okx.streams import Subscriber

__all__ = ["CHANNELS", "Channel", "lookup", "topic_for"]

_TABLE: Final = ChannelTable(
    "OKX", declared_by(Subscriber, Channel), retired={"uly": "uly is no longer accepted: use instFamily"}
)

CHANNELS: Final[dict[str, Channel]] = _TABLE.rows
"""The channel table by wire name (``"tickers"``, ``"candle{bar}"``)."""

lookup = _TABLE.lookup
topic_for = _TABLE.topic_for
