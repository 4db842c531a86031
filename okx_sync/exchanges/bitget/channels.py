"""Bitget's channel tables, one for each protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from okx_sync.exchanges.bitget.channel import Channel
from okx_sync.exchanges.bitget.channel_rows import ROWS
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.exchanges.channel_table import ChannelTable

__all__ = ["TABLES", "Channel"]

_NAMES: Final[Mapping[Protocol, str]] = {"v2": "Bitget", "seed": "Bitget's seed protocol", "v1": "Bitget V1"}

TABLES: Final[Mapping[Protocol, ChannelTable[Channel]]] = {
    protocol: ChannelTable(_NAMES[protocol], rows) for protocol, rows in ROWS.items()
}
"""``TABLES["v2"].lookup("ticker")``, ``.topic_for("ticker", instId="BTCUSDT")``; ``.rows`` by wire name."""
