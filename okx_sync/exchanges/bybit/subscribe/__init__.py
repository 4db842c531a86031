"""The typed ``subscribe_*`` methods: one for each row of the channel tables, by family.

They only name the channel and spell its arguments; checking, sending and delivering is the client's
``subscribe``. Common to all: ``callback`` is called with each event; without it (and without ``queue=``) the
subscription itself is read: iterate it, or ``get()``. ``options`` are those of ``SubscribeOptions``. A call returns
when Bybit has agreed, and raises ``SubscriptionError`` when it refuses, ``ConfigError`` when an argument is wrong, the
channel is none of the client's protocol or credentials are missing, ``OkxTimeoutError`` when no answer comes
(``wait=False`` returns at once).
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.subscribe.account import AccountStreams
from okx_sync.exchanges.bybit.subscribe.market import MarketStreams
from okx_sync.exchanges.bybit.subscribe.seed import SeedStreams

__all__ = ["Subscriber"]


class Subscriber(MarketStreams, AccountStreams, SeedStreams):
    """Every typed ``subscribe_*`` method. A client mixes this in and brings ``subscribe``."""
