"""The feeds of both protocols, by the name that the channel tables use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from okx_sync.paper.bybit.feeds import account, book, market, seed_account, seed_market, spread
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.scripted import ScriptFeed

Maker = Callable[..., Any]

FEEDS: dict[str, Maker] = {
    "book": book.BybitBookFeed,
    "top": book.BybitTopFeed,
    "rpi_book": book.BybitRpiFeed,
    "full_book": book.BybitFullFeed,
    "trades": market.BybitTradesFeed,
    "tickers": market.TickersFeed,
    "spot_tickers": market.SpotTickersFeed,
    "kline": market.KlineFeed,
    "liquidations": market.LiquidationsFeed,
    "state": market.BybitStateFeed,
    "insurance": market.InsuranceFeed,
    "adl": market.BybitAdlFeed,
    "orders": account.OrdersFeed,
    "executions": account.ExecutionsFeed,
    "fast_executions": account.FastExecutionsFeed,
    "positions": account.BybitPositionsFeed,
    "wallet": account.WalletFeed,
    "greeks": account.BybitGreeksFeed,
    "spread_book": spread.BybitSpreadBookFeed,
    "spread_trades": spread.BybitSpreadTradesFeed,
    "spread_tickers": spread.BybitSpreadTickersFeed,
    "spread_orders": spread.BybitSpreadOrdersFeed,
    "silent": Feed,
}
SEED_FEEDS: dict[str, Maker] = {
    "book": seed_market.SeedBookFeed,
    "trades": seed_market.SeedTradesFeed,
    "instrument_info": seed_market.InstrumentInfoFeed,
    "candle": seed_market.SeedCandleFeed,
    "orders": seed_account.SeedOrdersFeed,
    "positions": seed_account.SeedPositionsFeed,
    "own_trades": seed_account.SeedExecutionsFeed,
    "service": ScriptFeed.of(seed_account.service),
}
