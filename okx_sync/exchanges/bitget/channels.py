"""Bitget's channel tables, one for each protocol, made of what the typed methods declare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.channel import ALL as ALL_OF_THEM
from okx_sync.exchanges.bitget.channel import V1_DEFAULTS, V1_NOTE, V1_VALUES, V3_PRODUCTS, Channel, models
from okx_sync.exchanges.bitget.products import ALL as PRODUCTS
from okx_sync.exchanges.bitget.products import category_of, product_of
from okx_sync.exchanges.bitget.streams import Subscriber
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.exchanges.declared import declared_by
from okx_sync.protocol.dialect import Topic

__all__ = ["TABLES", "Channel", "V2Table", "V3Table"]

_NAMES: Final[Mapping[Protocol, str]] = {
    "v2": "Bitget",
    "v3": "Bitget V3",
    "seed": "Bitget's seed protocol",
    "v1": "Bitget V1",
}

_WITHOUT_A_METHOD: Final[Mapping[Protocol, tuple[Channel, ...]]] = {
    "v1": (
        Channel(
            # What its rows had is not known any more.
            name="ordersAlgo",
            path="private",
            model=models.V1AlgoOrder,
            method="subscribe",
            cadence="on each change of a plan order",
            login=True,
            private=True,
            quiet=True,
            optional=("instId", "instType"),
            values=V1_VALUES,
            defaults=V1_DEFAULTS,
            note=V1_NOTE,
        ),
    ),
}


class V2Table(ChannelTable[Channel]):
    """The channels of V2. The product type may be said as ``product``; left out, the instrument's name says it."""

    def topic_for(self, channel: str, **args: str | None) -> Topic:
        """Make the topic of a channel and its arguments, checked. Raises as ``ChannelTable.topic_for``."""
        given = _with_product(args)
        symbol = given.get("instId")
        if "instType" not in given and isinstance(symbol, str) and symbol not in ("", ALL_OF_THEM):
            given["instType"] = product_of(symbol)
        return super().topic_for(channel, **given)


class V3Table(ChannelTable[Channel]):
    """The topics of V3, which also answer to what V2 calls the same: its names of channels and of arguments."""

    def lookup(self, channel_name: str) -> Channel:
        """Look up the row of a topic by its name in V3 or in V2. Raises as ``ChannelTable.lookup``."""
        name, _ = _in_v3(channel_name)
        return super().lookup(name)

    def topic_for(self, channel: str, **args: str | None) -> Topic:
        """Make the topic of a channel and its arguments, checked. Raises as ``ChannelTable.topic_for``."""
        name, given = _in_v3(channel)
        for arg, value in _with_product(args).items():
            wire = _V3_ARGS.get(arg, arg)
            if value in (None, ""):
                continue
            if given.get(wire, value) != value:
                raise ConfigError(f"{channel} and {arg}={value!r} contradict each other")
            given[wire] = value
        product, symbol = given.get("instType"), given.get("symbol")
        if product is None and isinstance(symbol, str) and not self.lookup(channel).private:
            product = category_of(symbol, (*PRODUCTS, "SPOT"))
        if isinstance(product, str) and product.lower() in V3_PRODUCTS:
            given["instType"] = product.lower()
        return super().topic_for(name, **given)


_V3_NAMES: Final = {
    "trade": "publicTrade",
    "candle": "kline",
    "candle{bar}": "kline",
    "positions": "position",
    "orders": "order",
    "orders-algo": "strategy-order",
    "adl-noti": "adl-notification",
}
_ALL: Final = "a unified account's topics carry all instruments and coins: choose among the rows"
_V3_RETIRED: Final = {"symbol": _ALL, "coin": _ALL}
_V3_ARGS: Final = {"instId": "symbol", "bar": "interval"}


def _with_product(args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments with the product type by its name on the wire."""
    given = {name: value for name, value in args.items() if value not in (None, "")}
    product = given.pop("product", None)
    if product is not None and given.setdefault("instType", product) != product:
        raise ConfigError(f"product={product!r} and instType={given['instType']!r} contradict each other", hint=None)
    return given


def _in_v3(channel: Any) -> tuple[Any, dict[str, Any]]:
    """Return the name of a channel in V3, and the argument that V2 has in the name."""
    if isinstance(channel, str) and channel.startswith("candle") and channel not in _V3_NAMES:
        return "kline", {"interval": channel.removeprefix("candle")}
    return _V3_NAMES.get(channel, channel) if isinstance(channel, str) else channel, {}


def _table(protocol: Protocol) -> ChannelTable[Channel]:
    rows = (*declared_by(Subscriber, Channel, protocol), *_WITHOUT_A_METHOD.get(protocol, ()))
    if protocol == "v3":
        return V3Table(_NAMES[protocol], rows, _V3_RETIRED)
    return (V2Table if protocol == "v2" else ChannelTable)(_NAMES[protocol], rows)


TABLES: Final[Mapping[Protocol, ChannelTable[Channel]]] = {protocol: _table(protocol) for protocol in _NAMES}
"""``TABLES["v2"].lookup("ticker")``, ``.topic_for("ticker", instId="BTCUSDT")``; ``.rows`` by wire name."""
