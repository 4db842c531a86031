"""The toy exchange's channels."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.protocol.dialect import Topic
from tests.toyexchange import models

_PUBLIC: Final[dict[str, Any]] = {"path": "market", "required": ("symbol",)}
_PRIVATE: Final[dict[str, Any]] = {"path": "account", "login": True, "private": True, "quiet": True}

TABLE: Final = ChannelTable(
    "the toy exchange",
    (
        Channel(
            name="book", model=models.Quotes, method="subscribe_book", cadence="on a change", snapshot=True,
            sequenced=True, **_PUBLIC,
        ),
        Channel(name="prints", model=models.Print, method="subscribe_prints", cadence="on each trade", **_PUBLIC),
        Channel(
            name="orders", model=models.Order, method="subscribe_orders", cadence="on a change", key=("id",), **_PRIVATE
        ),
        Channel(
            name="holdings", model=models.Holding, method="subscribe_holdings", cadence="all, on a change",
            key=("symbol",), snapshot=True, **_PRIVATE,
        ),
    ),
)  # fmt: skip


def wire_topic(topic: Topic) -> str:
    """``book/BTC``."""
    return "/".join((topic.channel, *(value for _, value in topic.args)))
