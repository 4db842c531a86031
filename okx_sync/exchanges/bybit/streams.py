"""The typed ``subscribe_*`` methods: one for each channel, by family.

Each declares its channel, and from these declarations the channel tables are made. Checking, sending and delivering is
the client's ``subscribe``. Common to all: ``callback`` is called with each event; without it (and without ``queue=``)
the subscription itself is read: iterate it, or ``get()``. ``options`` are those of ``SubscribeOptions``. A call returns
when Bybit has agreed, and raises ``SubscriptionError`` when it refuses, ``ConfigError`` when an argument is wrong, the
channel is none of the client's protocol or credentials are missing, ``OkxTimeoutError`` when no answer comes
(``wait=False`` returns at once).
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.account.streams import AccountStreams
from okx_sync.exchanges.bybit.earn.streams import EarnStreams
from okx_sync.exchanges.bybit.market.streams import MarketStreams
from okx_sync.exchanges.bybit.rfq.streams import RfqStreams
from okx_sync.exchanges.bybit.seed.streams import SeedStreams
from okx_sync.exchanges.bybit.service.streams import ServiceStreams
from okx_sync.exchanges.bybit.spread.streams import SpreadStreams
from okx_sync.exchanges.bybit.strategy.streams import StrategyStreams
from okx_sync.exchanges.bybit.trade.streams import TradeStreams

__all__ = ["Subscriber"]


class Subscriber(
    MarketStreams,
    AccountStreams,
    TradeStreams,
    StrategyStreams,
    SpreadStreams,
    RfqStreams,
    EarnStreams,
    ServiceStreams,
    SeedStreams,
):
    """Every typed ``subscribe_*`` method. A client mixes this in and brings ``subscribe``."""
