"""The feed of each channel, by the name that the channel table uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from okx_sync.paper.feeds import announcements, block_trading, options, spreads, trading_bots
from okx_sync.paper.feeds.account import AccountFeed, BalanceAndPositionFeed, PositionsFeed
from okx_sync.paper.feeds.algo_orders import AdvancedAlgosFeed
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.book import IncrementalBookFeed, SnapshotBookFeed
from okx_sync.paper.feeds.market import CandleFeed, EventFeed, StateFeed, StatusFeed
from okx_sync.paper.feeds.risk import AdlFeed, GreeksFeed
from okx_sync.paper.feeds.scripted import ScriptFeed, scripts_of
from okx_sync.paper.feeds.spreads import SpreadTradesFeed
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue import events

#: Where scripts are: each is the feed of its own name.
_SCRIPTED = (announcements, block_trading, options, spreads, trading_bots)

Maker = Callable[[ServerInterface, Any, Mapping[str, Any]], Feed]

FEEDS: dict[str, Maker] = {
    # from the market
    "state": StateFeed,
    "candle": CandleFeed,
    "book": IncrementalBookFeed,
    "top": SnapshotBookFeed,
    "trades": EventFeed.of(events.TradePrinted, lambda event: [[event.row_trades]]),
    "trades_all": EventFeed.of(events.TradePrinted, lambda event: [[row] for row in event.rows_trades_all]),
    "spread_trades": SpreadTradesFeed,
    "instruments": EventFeed.of(events.InstrumentChanged, lambda event: [[event.row]]),
    "liquidations": EventFeed.of(events.Liquidated, lambda event: [[event.row]]),
    "adl": AdlFeed,
    "status": StatusFeed,
    # from the accounts
    "account": AccountFeed,
    "positions": PositionsFeed,
    "balance_and_position": BalanceAndPositionFeed,
    "greeks": GreeksFeed,
    "warnings": EventFeed.of(events.RiskWarned, lambda event: [[event.row]]),
    "orders": EventFeed.of(events.OrderChanged, lambda event: [[event.row]]),
    "fills": EventFeed.of(events.FillsJoined, lambda event: [[event.row]]),
    "algos": EventFeed.of(events.AlgoChanged, lambda event: [[event.row]]),
    "algo_advance": AdvancedAlgosFeed,
    "deposits": EventFeed.of(events.Deposited, lambda event: [[event.row]]),
    "withdrawals": EventFeed.of(events.Withdrawn, lambda event: [[event.row]]),
    # from scripts
    **{name: ScriptFeed.of(one) for module in _SCRIPTED for name, one in scripts_of(module)},
}
