"""The channels of each protocol: where they are asked for, what their argument may name, and who pushes them.

The option `about` says what an argument has to name: a `symbol`; `any` (a symbol, or `default` for all); `default`
only; `coin` (in the argument `coin`, or `default`); `maybe` and `maybe_coin` (what it says, or nothing); `nothing`.
"""

from __future__ import annotations

from typing import Any

from okx_sync.paper.bitget import rows_seed, rows_v1, rows_v2, rows_v3
from okx_sync.paper.bitget.feeds import (
    AccountEventsFeed,
    BitgetCandleFeed,
    BitgetIncrementalBookFeed,
    BitgetSnapshotBookFeed,
    BitgetTradesFeed,
    SnapshotFeed,
    SnapshotWithClosedFeed,
    V2PositionsFeed,
)
from okx_sync.paper.bitget.position_history import BitgetAdlFeed, ClosedPositionsFeed
from okx_sync.paper.bitget.v3_feeds import (
    LiquidationFeed,
    V3AccountFeed,
    V3BookFeed,
    V3PositionFeed,
    V3ShortBookFeed,
)
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.market import StateFeed
from okx_sync.paper.feeds.table import Maker
from okx_sync.paper.server.channel_spec import PRIVATE, PUBLIC, ChannelSpec
from okx_sync.paper.venue.events import AdvancedAlgoChanged, AlgoChanged, Filled, OrderChanged, RiskWarned

FEEDS: dict[str, Maker] = {
    "state": StateFeed,
    "trades": BitgetTradesFeed,
    "candles": BitgetCandleFeed,
    "depth": BitgetIncrementalBookFeed,
    "levels": BitgetSnapshotBookFeed,
    "list": SnapshotFeed,
    "v2-positions": V2PositionsFeed,
    "fading": SnapshotWithClosedFeed,
    "happenings": AccountEventsFeed,
    "closed": ClosedPositionsFeed,
    "adl": BitgetAdlFeed,
    "v3-depth": V3BookFeed,
    "v3-levels": V3ShortBookFeed,
    "v3-account": V3AccountFeed,
    "v3-positions": V3PositionFeed,
    "liquidations": LiquidationFeed,
    "silent": Feed,
}
BARS = ("1m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D", "3D", "1W", "1M")
UTC_BARS = ("6Hutc", "12Hutc", "1Dutc", "3Dutc", "1Wutc", "1Mutc")
DEPTH = 400


def _public(name: str, feed: str, **options: Any) -> ChannelSpec:
    return ChannelSpec(name, PUBLIC, feed, options={"about": "symbol", **options})


def _private(name: str, feed: str, about: str, **options: Any) -> ChannelSpec:
    return ChannelSpec(name, PRIVATE, feed, login=True, own=True, options={"about": about, **options})


def _happenings(name: str, about: str, **makers: Any) -> ChannelSpec:
    kinds = {"order": OrderChanged, "fill": Filled, "algo": AlgoChanged, "track": AdvancedAlgoChanged}
    kinds["warning"] = RiskWarned
    return _private(name, "happenings", about, makers={kinds[kind]: maker for kind, maker in makers.items()})


def _market(rows: Any, *depths: int, crc: bool) -> tuple[ChannelSpec, ...]:
    """Return public channels; V1 and V2 have the same ones, with other rows."""
    book = {"view": "coins", "period": 0.1, "crc": crc}
    return (
        _public("ticker", "state", row=rows.ticker, period=0.1),
        _public("trade", "trades", row=rows.trade),
        *(_public(f"candle{bar}", "candles", bar=bar, kind="trade", row=rows.candle) for bar in BARS + UTC_BARS),
        _public("books", "depth", depth=DEPTH, **book),
        *(_public(f"books{depth}", "levels", depth=depth, **book) for depth in depths),
    )


V2 = {
    channel.name: channel
    for channel in (
        *_market(rows_v2, 1, 5, 15, 50, crc=False),
        _private("account", "list", "coin", rows=rows_v2.account, frozen=False),
        _private("positions", "v2-positions", "default", rows=rows_v2.positions),
        _private("positions-history", "closed", "default"),
        _private("equity", "list", "nothing", rows=rows_v2.equity),
        _private("adl-noti", "adl", "maybe", row=rows_v2.adl),
        _happenings("orders", "any", order=rows_v2.order),
        _happenings("fill", "any", fill=rows_v2.fill),
        _happenings("orders-algo", "any", algo=rows_v2.algo, track=rows_v2.algo),
    )
}

V1 = {
    channel.name: channel
    for channel in (
        *_market(rows_v1, 1, 5, 15, crc=True),
        _private("account", "list", "default", rows=rows_v1.account),
        _private("positions", "list", "default", rows=rows_v1.positions, money=False),
        _happenings("orders", "default", order=rows_v1.order),
        # What its rows look like is not known from any source.
        _private("ordersAlgo", "silent", "default"),
    )
}

SEED = {
    channel.name: channel
    for channel in (
        _private("account", "list", "maybe_coin", rows=rows_seed.account),
        _private(
            "positions",
            "fading",
            "maybe",
            rows=rows_seed.positions,
            key=rows_seed.position_key,
            closed=rows_seed.closed,
            money=False,
        ),
        _happenings("orders", "maybe", order=rows_seed.order),
        _happenings("execution", "maybe", fill=rows_seed.execution),
        _happenings("liquidation", "maybe", warning=rows_seed.liquidation),
    )
}

V3_BARS = ("1m", "3m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D")
_COINS = {"view": "coins", "period": 0.1}


def _kline(bar: str) -> ChannelSpec:
    return _public("kline", "candles", bar=bar, kind="trade", row=rows_v3.candle)


V3 = {
    channel.name: channel
    for channel in (
        _public("ticker", "state", row=rows_v3.ticker, period=0.1),
        _public("publicTrade", "trades", row=rows_v3.trade),
        _public("books", "v3-depth", depth=DEPTH, **_COINS),
        *(_public(f"books{depth}", "v3-levels", depth=depth, **_COINS) for depth in (1, 5, 50)),
        *(_public(f"rpi-books{depth}", "v3-levels", depth=depth, view="rpi_coins", period=0.1) for depth in (1, 5, 50)),
        ChannelSpec("liquidation", PUBLIC, "liquidations", options={"about": "maybe"}),
        _private("account", "v3-account", "nothing", rows=rows_v3.account),
        _private("position", "v3-positions", "nothing"),
        _private("adl-notification", "adl", "nothing", row=rows_v3.adl),
        _happenings("order", "nothing", order=rows_v3.order),
        _happenings("fill", "nothing", fill=rows_v3.fill),
        _happenings("fast-fill", "nothing", fill=rows_v3.fast_fill),
        _happenings("strategy-order", "nothing", algo=rows_v3.strategy, track=rows_v3.strategy),
    )
}
V3_KLINES = {bar: _kline(bar) for bar in V3_BARS}
"""`kline` has its interval in an argument of its own."""
