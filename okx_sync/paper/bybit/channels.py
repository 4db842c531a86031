"""The topics of each path, without their symbols: who makes the pushes, and what they look like.

Options: `single`: the data is an object, not a list; `typed` False: the envelope has no `type`; `named` False: no
`id`; `category`: which products a private topic tells of ("" all); `perp`: the names of the older protocol.
"""

from __future__ import annotations

from typing import Any

from okx_sync.paper.bybit.identifiers import INTERVALS
from okx_sync.paper.server.channel_spec import ChannelSpec

_SYMBOL, _POOL = ("symbol",), ("pool",)
_OF_SPOT = ("top", "book", "rpi_book", "full_book", "trades", "kline", "state")


def _public(name: str, feed: str, *required: str, **options: Any) -> ChannelSpec:
    return ChannelSpec(name, "v5/public/linear", feed, required or _SYMBOL, options=options)


def _spot(name: str, feed: str, **options: Any) -> ChannelSpec:
    return ChannelSpec(name, "v5/public/spot", feed, _SYMBOL, options=options)


def _private(name: str, feed: str, category: str | None = None, **options: Any) -> ChannelSpec:
    chosen = {} if category is None else {"category": category}
    return ChannelSpec(name, "v5/private", feed, login=True, own=True, options=chosen | options)


def _of_categories(name: str, feed: str, *categories: str, **options: Any) -> tuple[ChannelSpec, ...]:
    plain = _private(name, feed, "", **options)
    return (plain, *(_private(f"{name}.{one}", feed, one, **options) for one in categories))


def _table(*channels: ChannelSpec) -> dict[str, ChannelSpec]:
    return {channel.name: channel for channel in channels}


V5_PUBLIC = _table(
    _public("orderbook.1", "top", single=True, depth=1, period=0.01),
    _public("orderbook.50", "book", single=True, depth=50, period=0.02),
    _public("orderbook.200", "book", single=True, depth=200, period=0.1),
    _public("orderbook.1000", "book", single=True, depth=1000, period=0.2),
    _public("orderbook.rpi", "rpi_book", single=True, depth=50, period=0.1),
    _public("orderbook.full", "full_book", single=True, depth=10_000, period=0.2),
    _public("publicTrade", "trades"),
    _public("tickers", "tickers", single=True, period=0.1),
    *(_public(f"kline.{interval}", "kline", bar=bar, interval=interval) for interval, bar in INTERVALS.items()),
    _public("allLiquidation", "liquidations"),
    _public("priceLimit", "state", row="price_limit", single=True, typed=False, period=0.3),
    _public("insurance", "insurance", *_POOL, period=1.0),
    _public("adlAlert", "adl", *_POOL, period=1.0),
)

# Contracts alone have liquidations and insurance funds.
V5_SPOT = _table(
    *(_spot(one.name, one.feed, **one.options) for one in V5_PUBLIC.values() if one.feed in _OF_SPOT),
    _spot("tickers", "spot_tickers", single=True, period=0.05),
)


def _aside(name: str, path: str, beside: str) -> ChannelSpec:
    return ChannelSpec(name, f"v5/public/{path}", "silent", (), options={"beside": beside})


def _spread(name: str, feed: str, **options: Any) -> ChannelSpec:
    return ChannelSpec(name, "v5/public/spread", feed, _SYMBOL, options=options)


V5_SPREAD = _table(
    _spread("orderbook.25", "spread_book", single=True, depth=25, period=0.02),
    _spread("publicTrade", "spread_trades"),
    _spread("tickers", "spread_tickers", single=True, period=0.1),
)
# `beside`: what a push has beside topic and data. Nothing of it happens here by itself.
V5_STATUS = _table(_aside("system.status", "misc/status", "ts"))
V5_RFQ = _table(_aside("rfq.open.public.trades", "rfq", "creationTime"))
V5_EARN = _table(
    *(_aside(f"earn.{one}.offers", "fp", "") for one in ("dualassets", "doublewin", "discountbuy", "smartleverage"))
)
V5_PRIVATE = _table(
    *_of_categories("order", "orders", "spot", "linear", "inverse", "option"),
    *_of_categories("execution", "executions", "spot", "linear", "inverse", "option"),
    *_of_categories("execution.fast", "fast_executions", "spot", "linear", "inverse", "option", named=False),
    *_of_categories("position", "positions", "linear", "inverse", "option"),
    _private("wallet", "wallet"),
    _private("greeks", "greeks"),
    *(_private(name, "silent") for name in ("dcp", "dcp.future", "dcp.spot", "dcp.option", "strategy")),
    _private("spread.order", "spread_orders"),
    _private("spread.execution", "silent"),
    *(_private(f"rfq.open.{name}", "silent") for name in ("rfqs", "quotes", "trades")),
)


def _old(name: str, feed: str, **options: Any) -> ChannelSpec:
    return ChannelSpec(name, "perpetual/ws/v1/realtime_public", feed, _SYMBOL, options=options | {"perp": True})


def _own(name: str, feed: str, **options: Any) -> ChannelSpec:
    path = "trade/option/usdc/private/v1"
    return ChannelSpec(name, path, feed, login=True, own=True, options=options | {"perp": True})


SEED_PUBLIC = _table(
    _old("orderBookL2_25", "book", single=True, depth=25, period=0.02),
    _old("orderBook_200.100ms", "book", single=True, depth=200, period=0.1),
    _old("trade", "trades"),
    _old("instrument_info.100ms", "instrument_info", single=True, period=0.1),
    *(_old(f"candle.{interval}", "candle", bar=bar, interval=interval) for interval, bar in INTERVALS.items()),
)
SEED_PRIVATE = _table(
    _own("user.openapi.perp.order", "orders"),
    _own("user.openapi.perp.position", "positions"),
    _own("user.openapi.perp.trade", "own_trades"),
    _own("user.service", "service", single=True, period=60.0),
)
