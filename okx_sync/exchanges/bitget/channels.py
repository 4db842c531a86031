"""Bitget's channel tables, one for each protocol, made of what the typed methods declare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from okx_sync.exchanges.bitget.channel import V1_DEFAULTS, V1_NOTE, V1_VALUES, Channel, models
from okx_sync.exchanges.bitget.streams import Subscriber
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.exchanges.declared import declared_by

__all__ = ["TABLES", "Channel"]

_NAMES: Final[Mapping[Protocol, str]] = {"v2": "Bitget", "seed": "Bitget's seed protocol", "v1": "Bitget V1"}

_WITHOUT_A_METHOD: Final[Mapping[Protocol, tuple[Channel, ...]]] = {
    "v1": (
        Channel(
            # What its rows had is not known any more.
            name="ordersAlgo",
            path="private",
            model=models.V1AlgoOrder,
            method="subscribe",
            cadence="on each change of a plan order",
            login=True,
            private=True,
            quiet=True,
            optional=("instId", "instType"),
            values=V1_VALUES,
            defaults=V1_DEFAULTS,
            note=V1_NOTE,
        ),
    ),
}

TABLES: Final[Mapping[Protocol, ChannelTable[Channel]]] = {
    protocol: ChannelTable(name, (*declared_by(Subscriber, Channel, protocol), *_WITHOUT_A_METHOD.get(protocol, ())))
    for protocol, name in _NAMES.items()
}
"""``TABLES["v2"].lookup("ticker")``, ``.topic_for("ticker", instId="BTCUSDT")``; ``.rows`` by wire name."""
