"""The typed ``subscribe_*`` methods: one for each channel, by family.

Each declares its channel, and from these declarations the channel table is made. Checking, sending and delivering is
the client's ``subscribe``. Common to all: ``callback`` is called with each event; without it (and without ``queue=``)
the subscription itself is read: iterate it, or ``get()``. ``options`` are those of ``SubscribeOptions``. A call
returns when OKX has agreed, and raises ``SubscriptionError`` when it refuses, ``ConfigError`` when an argument is
wrong or credentials are missing, ``OkxTimeoutError`` when no answer comes (``wait=False`` returns at once).
"""

from __future__ import annotations

from okx_sync.exchanges.okx.account.streams import AccountStreams
from okx_sync.exchanges.okx.algo.streams import AlgoStreams
from okx_sync.exchanges.okx.block.streams import BlockStreams
from okx_sync.exchanges.okx.copytrading.streams import CopyTradingStreams
from okx_sync.exchanges.okx.dca.streams import DcaStreams
from okx_sync.exchanges.okx.funding.streams import FundingStreams
from okx_sync.exchanges.okx.grid.streams import GridStreams
from okx_sync.exchanges.okx.market.streams import MarketStreams
from okx_sync.exchanges.okx.public.streams import EventStreams, PublicStreams
from okx_sync.exchanges.okx.risk.streams import RiskStreams
from okx_sync.exchanges.okx.spread.streams import SpreadStreams
from okx_sync.exchanges.okx.trade.streams import TradeStreams

__all__ = ["Subscriber"]


class Subscriber(
    MarketStreams,
    PublicStreams,
    EventStreams,
    RiskStreams,
    AccountStreams,
    TradeStreams,
    AlgoStreams,
    FundingStreams,
    GridStreams,
    DcaStreams,
    CopyTradingStreams,
    SpreadStreams,
    BlockStreams,
):
    """Every typed ``subscribe_*`` method. A client mixes this in and brings ``subscribe``."""
