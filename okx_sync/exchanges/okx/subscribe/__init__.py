"""The typed ``subscribe_*`` methods: one for each row of the channel table, by family.

They only name the channel and spell its arguments; checking, sending and delivering is the client's
``subscribe``. Common to all: ``callback`` is called with each event; without it (and without ``queue=``) the
subscription itself is read: iterate it, or ``get()``. ``options`` are those of ``SubscribeOptions``. A call
returns when OKX has agreed, and raises ``SubscriptionError`` when it refuses, ``ConfigError`` when an argument is
wrong or credentials are missing, ``OkxTimeoutError`` when no answer comes (``wait=False`` returns at once).
"""

from __future__ import annotations

from okx_sync.exchanges.okx.subscribe.account import AccountStreams
from okx_sync.exchanges.okx.subscribe.block import BlockStreams
from okx_sync.exchanges.okx.subscribe.bots import BotStreams
from okx_sync.exchanges.okx.subscribe.candles import CandleStreams
from okx_sync.exchanges.okx.subscribe.market import MarketStreams
from okx_sync.exchanges.okx.subscribe.public import PublicStreams
from okx_sync.exchanges.okx.subscribe.spread import SpreadStreams

__all__ = ["Subscriber"]


class Subscriber(MarketStreams, CandleStreams, PublicStreams, AccountStreams, BotStreams, SpreadStreams, BlockStreams):
    """Every typed ``subscribe_*`` method. A client mixes this in and brings ``subscribe``."""
