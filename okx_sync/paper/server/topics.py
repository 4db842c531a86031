"""The channels this exchange serves, one row each: path, login, arguments, and who feeds them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from okx_sync.paper.server.codes import describe_arg

PUBLIC, PRIVATE, BUSINESS = "public", "private", "business"
PATHS = (PUBLIC, PRIVATE, BUSINESS)

_SHORT = ("1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H")
_LONG = ("6H", "12H", "1D", "2D", "3D", "5D", "1W", "1M", "3M")
_UTC = tuple(bar + "utc" for bar in _LONG)
_TYPES = ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS", "ANY")

UNECHOED = ("uid", "extraParams")
"""Keys of an argument that do not tell topics apart and are not repeated in pushes."""


class TopicError(Exception):
    """An argument of a subscribe request that gets an error event instead of an ack."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Channel:
    """How one channel is asked for.

    `feed` names the maker of its pushes (see `feeds.FEEDS`); `about` says what its `instId` is:
    any instrument, a `swap`, or an `index`; `counted` channels have a connection count.
    """

    name: str
    path: str
    feed: str
    about: str = "instrument"
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    login: bool = False
    vip: bool = False
    counted: bool = False
    values: Mapping[str, Container[str]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


def _public(name: str, feed: str, **more: Any) -> Channel:
    return Channel(name, PUBLIC, feed, required=more.pop("required", ("instId",)), **more)


def _private(name: str, feed: str, *, path: str = PRIVATE, **more: Any) -> Channel:
    return Channel(name, path, feed, login=True, **more)


def _by_type(*allowed: str) -> dict[str, Any]:
    return {
        "required": ("instType",),
        "optional": ("instFamily", "instId"),
        "values": {"instType": allowed},
    }


_ROWS = (
    _public("tickers", "state", options={"row": "ticker", "period": 0.1}),
    _public("mark-price", "state", options={"row": "mark_price", "period": 0.2, "repeat": 10.0}),
    _public("index-tickers", "state", about="index", options={"row": "index_ticker", "period": 0.1, "repeat": 60.0}),
    _public("price-limit", "state", options={"row": "price_limit", "period": 0.2}),
    _public("funding-rate", "state", about="swap", options={"row": "funding_rate", "period": 30.0, "repeat": 60.0}),
    _public("open-interest", "state", about="swap", options={"row": "open_interest", "period": 3.0}),
    _public("trades", "trades"),
    _public("books", "book", options={"depth": 400, "period": 0.1}),
    _public("books-l2-tbt", "book", login=True, vip=True, options={"depth": 400, "period": 0.01}),
    _public("books50-l2-tbt", "book", login=True, vip=True, options={"depth": 50, "period": 0.01}),
    _public("books5", "top", options={"depth": 5, "period": 0.1, "named": True}),
    _public("bbo-tbt", "top", options={"depth": 1, "period": 0.01, "named": False}),
    _public("instruments", "instruments", required=("instType",), values={"instType": _TYPES[:-1]}),
    _public("status", "status", required=()),
    _public("liquidation-orders", "silent", required=("instType",), values={"instType": _TYPES[1:5]}),
    _private("account", "account", optional=("ccy",), counted=True),
    _private("positions", "positions", counted=True, **_by_type(*_TYPES[1:])),
    _private("balance_and_position", "balance_and_position", counted=True),
    _private("orders", "orders", counted=True, **_by_type(*_TYPES)),
    _private("fills", "fills", optional=("instId",), vip=True),
    _private("liquidation-warning", "silent", counted=True, **_by_type(*_TYPES[1:5], "ANY")),
    Channel("trades-all", BUSINESS, "trades_all", required=("instId",)),
    _private("orders-algo", "algos", path=BUSINESS, **_by_type(*_TYPES[:4], "ANY")),
    _private("deposit-info", "silent", path=BUSINESS, optional=("ccy",)),
    _private("withdrawal-info", "silent", path=BUSINESS, optional=("ccy",)),
)

_CANDLES = (
    ("candle", "trade", ("1s", *_SHORT, *_LONG, *_UTC)),
    ("mark-price-candle", "mark", (*_SHORT, *_LONG, *_UTC, "1Yutc")),
    ("index-candle", "index", (*_SHORT, *_LONG, *_UTC)),
)

CHANNELS: dict[str, Channel] = {row.name: row for row in _ROWS} | {
    prefix + bar: Channel(
        prefix + bar,
        BUSINESS,
        "candle",
        about="index" if kind == "index" else "instrument",
        required=("instId",),
        options={"bar": bar, "kind": kind},
    )
    for prefix, kind, bars in _CANDLES
    for bar in bars
}


def topic_name(arg: Mapping[str, Any]) -> str:
    """The topic of an argument as text: `tickers(instId=BTC-USDT)`, `status`."""
    rest = sorted(f"{k}={v}" for k, v in arg.items() if k != "channel" and k not in UNECHOED)
    channel = str(arg.get("channel", ""))
    return f"{channel}({', '.join(rest)})" if rest else channel


def check_arg(arg: Mapping[str, Any], path: str, op: str, exists: Callable[[str, str], bool]) -> Channel:
    """The channel of a well-formed argument on the right path.

    `exists(about, instId)` tells whether there is such an instrument, swap or index. Raises
    `TopicError` with the code of the first thing wrong.
    """
    if "uly" in arg:
        raise TopicError("64000")
    channel = CHANNELS.get(str(arg.get("channel", "")))
    unknown = TopicError("60018", Op=op.capitalize(), arg=describe_arg(dict(arg)))
    if channel is None:
        raise unknown
    if channel.path != path:
        raise _wrong_path(channel, path) or unknown
    for name in channel.required:
        if not arg.get(name):
            raise TopicError("60027", name=name)
    for name, allowed in channel.values.items():
        if name in arg and arg[name] not in allowed:
            raise unknown
    if arg.get("instId") and not exists(channel.about, str(arg["instId"])):
        raise unknown
    return channel


def _wrong_path(channel: Channel, path: str) -> TopicError | None:
    if channel.path == BUSINESS:
        return TopicError("64001")
    if path == BUSINESS:
        return TopicError("64002")
    return None


def echoed(arg: Mapping[str, Any], uid: str | None = None) -> dict[str, Any]:
    """The argument as pushes carry it: `extraParams` dropped, `uid` added on private channels."""
    shown = {name: value for name, value in arg.items() if name not in UNECHOED}
    return shown if uid is None else {**shown, "uid": uid}
