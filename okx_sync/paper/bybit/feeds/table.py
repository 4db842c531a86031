"""The feeds of both protocols, by the name that the channel tables use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from okx_sync.paper.bybit.feeds import account, book, market, seed_account, seed_market
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.script import ScriptFeed

Maker = Callable[..., Any]

FEEDS: dict[str, Maker] = {
    "book": book.BookFeed,
    "top": book.TopFeed,
    "trades": market.TradesFeed,
    "tickers": market.TickersFeed,
    "kline": market.KlineFeed,
    "liquidations": market.LiquidationsFeed,
    "price_limit": market.PriceLimitFeed,
    "insurance": market.InsuranceFeed,
    "adl": market.AdlFeed,
    "orders": account.OrdersFeed,
    "executions": account.ExecutionsFeed,
    "fast_executions": account.FastExecutionsFeed,
    "positions": account.PositionsFeed,
    "wallet": account.WalletFeed,
    "greeks": account.GreeksFeed,
    "silent": Feed,
}
SEED_FEEDS: dict[str, Maker] = {
    "book": seed_market.OldBookFeed,
    "trades": seed_market.OldTradesFeed,
    "instrument_info": seed_market.InstrumentInfoFeed,
    "candle": seed_market.OldCandleFeed,
    "orders": seed_account.OldOrdersFeed,
    "positions": seed_account.OldPositionsFeed,
    "own_trades": seed_account.OldTradesOfMineFeed,
    "service": ScriptFeed.of(seed_account.service),
}
