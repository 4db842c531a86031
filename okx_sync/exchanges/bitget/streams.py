"""The typed ``subscribe_*`` methods: one for each channel, by family.

Each declares its channels, one of each protocol that has it, and from these declarations the channel tables are made.
Checking, sending and delivering is the client's ``subscribe``. Common to all: ``callback`` is called with each event;
without it (and without ``queue=``) the subscription itself is read: iterate it, or ``get()``. ``options`` are those of
``SubscribeOptions``. ``inst_type`` (``product`` says the same) left out is what the name of the instrument says, of
account channels the protocol's USDT perpetuals. A call returns when Bitget has
agreed, and raises ``SubscriptionError`` when it refuses, ``ConfigError`` when an argument is wrong, the channel is none
of the client's protocol or credentials are missing, ``OkxTimeoutError`` when no answer comes (``wait=False`` returns at
once).

Types are those of V2 or, for unified accounts, of V3, whose classes are others: of ``Order | V3Order`` all rows of a
client are one or the other. Clients of another protocol get its own classes from the methods of the same name:
``V1Order`` or ``SeedOrder``, and so on. V3 has other names for some channels and arguments (``order``, ``symbol``);
``subscribe`` takes those of V2 there, too.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.account.streams import AccountStreams
from okx_sync.exchanges.bitget.market.streams import MarketStreams
from okx_sync.exchanges.bitget.seed.streams import SeedStreams
from okx_sync.exchanges.bitget.trade.streams import TradeStreams
from okx_sync.exchanges.bitget.v3.streams import V3Streams

__all__ = ["Subscriber"]


class Subscriber(MarketStreams, AccountStreams, TradeStreams, V3Streams, SeedStreams):
    """Every typed ``subscribe_*`` method. A client mixes this in and brings ``subscribe``."""
