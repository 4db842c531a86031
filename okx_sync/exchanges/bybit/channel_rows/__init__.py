"""The channel tables: one row per kind of stream, a file per family, a table per protocol.

Adding a channel is one model class and one row here; the defaults of a row are in ``Channel``.
"""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.bybit.channel import Channel
from okx_sync.exchanges.bybit.channel_rows.private import PRIVATE
from okx_sync.exchanges.bybit.channel_rows.public import PUBLIC
from okx_sync.exchanges.bybit.channel_rows.seed import SEED
from okx_sync.exchanges.bybit.urls import Protocol

__all__ = ["ROWS"]

ROWS: Final[dict[Protocol, tuple[Channel, ...]]] = {"v5": (*PUBLIC, *PRIVATE), "seed": SEED}
