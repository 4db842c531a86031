"""The channels this exchange serves, one row each: path, login, arguments, and who feeds them.

A new channel is a row here and, when none of the feeds in `feeds.table.FEEDS` will do, a feed there.
"""

from __future__ import annotations

from typing import Any

from okx_sync.paper.server.channel_spec import BUSINESS, PRIVATE, PUBLIC, ChannelSpec
from okx_sync.paper.venue.bars import BARS

_TYPES = ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS")
_MARGINED = ("MARGIN", "SWAP", "FUTURES", "OPTION")
_ORDERED = ("SPOT", "MARGIN", "SWAP", "FUTURES", "ANY")
_LISTED = {"instId": "listed"}
_SPREAD = {"sprdId": "spread"}


def _public(name: str, feed: str, *required: str, path: str = PUBLIC, **more: Any) -> ChannelSpec:
    return ChannelSpec(name, path, feed, required, **more)


def _private(name: str, feed: str, *required: str, path: str = BUSINESS, **more: Any) -> ChannelSpec:
    return ChannelSpec(name, path, feed, required, login=True, own=True, **more)


def _type(*allowed: str) -> dict[str, tuple[str, ...]]:
    return {"instType": allowed}


_MARKET = (
    _public("tickers", "state", "instId", options={"row": "ticker", "period": 0.1}),
    _public("trades", "trades", "instId"),
    _public("trades-all", "trades_all", "instId", path=BUSINESS),
    _public("option-trades", "option_trades", "instType", one_of=("instId", "instFamily"), values=_type("OPTION"),
            ids={"instId": "option", "instFamily": "option_family"}, options={"period": 1.0}),
    _public("call-auction-details", "call_auction", "instId", options={"period": 1.0}),
    _public("books", "book", "instId", options={"depth": 400, "period": 0.1}),
    _public("books-l2-tbt", "book", "instId", login=True, vip=True, options={"depth": 400, "period": 0.01}),
    _public("books50-l2-tbt", "book", "instId", login=True, vip=True, options={"depth": 50, "period": 0.01}),
    _public("books-rpi", "book", "instId", options={"depth": 400, "period": 0.1, "view": "rpi", "checksum": False}),
    _public("books-elp", "book", "instId", options={"depth": 400, "period": 0.1, "view": "elp"}),
    _public("books5", "top", "instId", options={"depth": 5, "period": 0.1, "named": True}),
    _public("bbo-tbt", "top", "instId", options={"depth": 1, "period": 0.01}),
)  # fmt: skip

_REFERENCE = (
    _public("instruments", "instruments", "instType", values=_type(*_TYPES)),
    _public("mark-price", "state", "instId", options={"row": "mark_price", "period": 0.2, "repeat": 10.0}),
    _public("index-tickers", "state", "instId", ids={"instId": "index"},
            options={"row": "index_ticker", "period": 0.1, "repeat": 60.0}),
    _public("price-limit", "state", "instId", options={"row": "price_limit", "period": 0.2}),
    _public("funding-rate", "state", "instId", ids={"instId": "swap"},
            options={"row": "funding_rate", "period": 30.0, "repeat": 60.0}),
    _public("open-interest", "state", "instId", ids={"instId": "swap"},
            options={"row": "open_interest", "period": 3.0}),
    _public("opt-summary", "opt_summary", "instFamily", ids={"instFamily": "option_family"}, options={"period": 1.0}),
    _public("estimated-price", "estimated_price", "instType", one_of=("instFamily", "instId"),
            values=_type("OPTION", "FUTURES", "SWAP", "EVENTS"), ids=_LISTED | {"instFamily": "family"},
            options={"period": 0.2}),
    _public("event-contract-markets", "event_markets", "instType", values=_type("EVENTS"), omits=("instType",),
            options={"period": 5.0}),
    _public("liquidation-orders", "liquidations", "instType", values=_type(*_MARGINED)),
    _public("adl-warning", "adl", "instType", values=_type("SWAP", "FUTURES", "OPTION"), options={"period": 1.0}),
    _public("status", "status"),
    _public("economic-calendar", "calendar", path=BUSINESS, login=True, vip=True, live_only=True,
            options={"period": 10.0}),
)  # fmt: skip

_ACCOUNT = (
    _private("account", "account", path=PRIVATE, counted=True),
    _private("positions", "positions", "instType", path=PRIVATE, counted=True,
             values=_type(*_MARGINED, "EVENTS", "ANY")),
    _private("balance_and_position", "balance_and_position", path=PRIVATE, counted=True),
    _private("liquidation-warning", "warnings", "instType", path=PRIVATE, counted=True,
             values=_type(*_MARGINED, "ANY")),
    _private("account-greeks", "greeks", path=PRIVATE, counted=True),
    _private("orders", "orders", "instType", path=PRIVATE, counted=True, values=_type(*_TYPES, "ANY")),
    _private("fills", "fills", path=PRIVATE, vip=True),
    _private("deposit-info", "deposits"),
    _private("withdrawal-info", "withdrawals"),
    _private("orders-algo", "algos", "instType", values=_type(*_ORDERED)),
    _private("algo-advance", "algo_advance", "instType", values=_type(*_ORDERED), ids=_LISTED),
)  # fmt: skip

_BOTS = (
    _private("grid-orders-spot", "grid_spot", "instType", values=_type("SPOT", "ANY"), options={"period": 5.0}),
    _private("grid-orders-moon", "grid_spot", "instType", options={"period": 5.0}),
    _private("grid-orders-contract", "grid_contract", "instType", values=_type("SWAP", "FUTURES", "ANY"),
             ids=_LISTED, options={"period": 5.0}),
    _private("grid-positions", "grid_positions", "algoId", options={"period": 5.0}),
    _private("grid-sub-orders", "grid_sub_orders", "algoId", options={"period": 5.0}),
    _private("algo-recurring-buy", "recurring", "instType", values=_type("SPOT", "ANY"), options={"period": 5.0}),
    _private("copytrading-lead-notification", "lead_notes", "instType", values=_type("SWAP"),
             options={"period": 10.0}),
    _private("copytrading-notification", "lead_notes", "instType", values=_type("SWAP"), options={"period": 10.0}),
)  # fmt: skip

#: The block channels tell one story and have to keep the same time.
_BEAT = {"period": 1.0}
_BLOCK = (
    _private("rfqs", "rfqs", options=_BEAT),
    _private("quotes", "quotes", options=_BEAT),
    _private("struc-block-trades", "block_trades", options=_BEAT),
    _public("public-struc-block-trades", "public_structures", path=BUSINESS, options=_BEAT),
    _public("public-block-trades", "public_legs", "instId", path=BUSINESS, ids=_LISTED, options=_BEAT),
    _public("block-tickers", "block_ticker", "instId", path=BUSINESS, ids=_LISTED, omits=("instId",), options=_BEAT),
)

_SPREADS = (
    _public("sprd-bbo-tbt", "top", "sprdId", path=BUSINESS, ids=_SPREAD,
            options={"depth": 1, "period": 0.01, "view": "spread"}),
    _public("sprd-books5", "top", "sprdId", path=BUSINESS, ids=_SPREAD,
            options={"depth": 5, "period": 0.1, "view": "spread"}),
    _public("sprd-books-l2-tbt", "book", "sprdId", path=BUSINESS, ids=_SPREAD,
            options={"depth": 400, "period": 0.01, "view": "spread"}),
    _public("sprd-public-trades", "spread_trades", "sprdId", path=BUSINESS, ids=_SPREAD),
    _public("sprd-tickers", "state", "sprdId", path=BUSINESS, ids=_SPREAD,
            options={"row": "spread_ticker", "period": 0.1}),
    _private("sprd-orders", "spread_orders", ids=_SPREAD, options={"period": 1.5}),
    _private("sprd-trades", "spread_fills", ids=_SPREAD, options={"period": 1.5}),
)  # fmt: skip

_CANDLES = (
    ("candle", "trade", {"instId": "instrument"}),
    ("mark-price-candle", "mark", {"instId": "instrument"}),
    ("index-candle", "index", {"instId": "index"}),
    ("sprd-candle", "spread", _SPREAD),
)

CHANNELS: dict[str, ChannelSpec] = {
    row.name: row
    for row in (
        *(*_MARKET, *_REFERENCE, *_ACCOUNT, *_BOTS, *_BLOCK, *_SPREADS),
        *(
            _public(prefix + bar, "candle", *ids, path=BUSINESS, ids=ids, options={"bar": bar, "kind": kind})
            for prefix, kind, ids in _CANDLES
            for bar in BARS[kind]
        ),
    )
}
"""By name; every bar of a candle channel is a channel of its own."""
