"""The channel table: one row per kind of stream, a file per family.

Adding a channel is one model class and one row here; the defaults of a row are in ``Channel``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from okx_sync.exchanges.okx.channel import Channel
from okx_sync.exchanges.okx.channel_rows.account import ACCOUNT
from okx_sync.exchanges.okx.channel_rows.block import BLOCK
from okx_sync.exchanges.okx.channel_rows.bots import BOTS
from okx_sync.exchanges.okx.channel_rows.candles import CANDLES
from okx_sync.exchanges.okx.channel_rows.market import MARKET
from okx_sync.exchanges.okx.channel_rows.public import PUBLIC
from okx_sync.exchanges.okx.channel_rows.spread import SPREAD

__all__ = ["FAMILIES", "ROWS"]

FAMILIES: Final[Mapping[str, tuple[Channel, ...]]] = {
    "Tickers, trades and order books": MARKET,
    "Candles": CANDLES,
    "Reference data, risk and status": PUBLIC,
    "Account": ACCOUNT,
    "Bots and copy trading": BOTS,
    "Spread trading": SPREAD,
    "Block trading": BLOCK,
}
"""The table in the order of the documentation page."""

ROWS: Final[tuple[Channel, ...]] = tuple(channel for family in FAMILIES.values() for channel in family)
