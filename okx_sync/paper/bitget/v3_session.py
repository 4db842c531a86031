"""Bitget V3: the streams of unified accounts, one URL for public topics and one for private ones.

A topic is asked for by `instType` and `topic`, and of an instrument by `symbol`. A key of a classic account is turned
away at its login, as those of unified accounts are in V2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from okx_sync.paper.bitget import channels, v3_order_entry
from okx_sync.paper.bitget.codes import BitgetRefusal, describe
from okx_sync.paper.bitget.symbols import V3_COINS, V3_SPOT, find, find_spot
from okx_sync.paper.bitget.topics import BitgetTopics
from okx_sync.paper.bitget.ws_session import BitgetV2Session
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import TopicSubscription

ACCOUNT = "UTA"
_OBJECT = "fast-fill"


class V3Topics(BitgetTopics):
    """The topics of one connection."""

    def _check(self, arg: Mapping[str, Any]) -> tuple[ChannelSpec, dict[str, Any]]:
        """Return the channel of an argument, and the argument as feeds read it; see `BitgetTopics`."""
        session, topic = self._session, str(arg.get("topic", ""))
        unknown = BitgetRefusal("topic", arg=describe(arg))
        channel = channels.V3_KLINES.get(str(arg.get("interval"))) if topic == "kline" else session.channels.get(topic)
        if channel is None or not session.serves(channel):
            raise unknown
        product = str(arg.get("instType", ""))
        if channel.login:
            if product != ACCOUNT or ("symbol" in arg) != ("symbol" in channel.required):
                raise unknown
            return channel, {**arg, "symbol": "", "margin": "", "instId": ""}
        if product != V3_SPOT and product not in V3_COINS:
            raise unknown
        inside = {**arg, "symbol": str(arg.get("symbol", "")), "margin": V3_COINS.get(product, "")}
        return channel, inside | {"instId": self._of_symbol(channel.options["about"], arg, product)}

    def _of_symbol(self, about: str, arg: Mapping[str, Any], product: str) -> str:
        """Return the venue's name of the instrument an argument is about; empty for all."""
        symbol = arg.get("symbol")
        if about == "maybe" and product == V3_SPOT:
            raise BitgetRefusal("topic", arg=describe(arg))
        if symbol is None and about == "maybe":
            return ""
        if not isinstance(symbol, str) or not symbol:
            raise BitgetRefusal("param", arg=describe(arg))
        venue = self._server.venue
        found = find_spot(venue, symbol) if product == V3_SPOT else find(venue, symbol, V3_COINS[product])
        if found is None and self._server.player is not None:
            return symbol  # a recording may name any
        if found is None:
            raise BitgetRefusal("topic", arg=describe(arg))
        return found.instId


class BitgetV3Session(BitgetV2Session):
    """The protocol of unified accounts."""

    wire_name = "bitget v3"
    channels = channels.V3
    is_unified = True

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self.topics = V3Topics(self)

    def _operate(self, op: str, message: Mapping[str, Any]) -> None:
        if op == "trade":
            self.server.journal.count(self.record, "orders")
            v3_order_entry.operate(self, message)
        else:
            super()._operate(op, message)

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write a push; an early fill comes without a list around it."""
        data: Any = rows[0] if subscription.channel.name == _OBJECT and len(rows) == 1 else rows
        made = {"action": "snapshot", "arg": subscription.shown, "data": data, "ts": self.server.clock.now_ms()}
        return orjson.dumps({**made, **envelope})
