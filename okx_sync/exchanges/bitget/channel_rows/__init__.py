"""The channel tables: one row per kind of stream, a file per protocol.

Adding a channel is one model class and one row here; the defaults of a row are in ``Channel``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from okx_sync.exchanges.bitget.channel import Channel
from okx_sync.exchanges.bitget.channel_rows.seed import SEED
from okx_sync.exchanges.bitget.channel_rows.v1 import V1
from okx_sync.exchanges.bitget.channel_rows.v2 import V2
from okx_sync.exchanges.bitget.urls import Protocol

__all__ = ["ROWS"]

ROWS: Final[Mapping[Protocol, tuple[Channel, ...]]] = {"v2": V2, "seed": SEED, "v1": V1}
