"""What the typed methods need of the client."""

from __future__ import annotations

from okx_sync.exchanges.streams import Streams

__all__ = ["Streams", "update_interval"]


def update_interval(value: str | int | None) -> str | None:
    """``extraParams`` of an account channel: how often it repeats its state, ms; 0 for changes only."""
    return None if value is None else f'{{"updateInterval":"{value}"}}'
