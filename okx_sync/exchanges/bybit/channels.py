"""Bybit's channel tables, made of what the typed methods declare, and what a topic is called on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, get_args

from attrs import evolve

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.channel import OPTION_DEPTHS, TOP, Channel
from okx_sync.exchanges.bybit.market.book_update_models import RpiBookUpdate, UnlinkedRpiBookUpdate
from okx_sync.exchanges.bybit.market.models import BookUpdate, UnlinkedBookUpdate
from okx_sync.exchanges.bybit.streams import Subscriber
from okx_sync.exchanges.bybit.urls import Category, Protocol
from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.exchanges.declared import declared_by
from okx_sync.protocol.dialect import Topic
from okx_sync.rows import Row

__all__ = ["CHANNELS", "SPREAD_DATA", "Channel", "Channels", "channels_for", "wire_topic"]

_SPREAD: Final = "spread."
SPREAD_DATA: Final = frozenset({"spread.orderbook.25", "spread.publicTrade", "spread.tickers"})
"""Public channels of spreads: on the wire they lack the first word, and are told by their address."""

_RETIRED: Final = {
    "instId": "Bybit's instruments are named by symbol",
    "instType": "say category= in the BybitConfig, or category= of a private channel",
}
_NOT_OF_OPTIONS: Final = frozenset({TOP, "orderbook.rpi", "orderbook.full"})
_UNLINKED: Final[dict[type[Row], type[Row]]] = {BookUpdate: UnlinkedBookUpdate, RpiBookUpdate: UnlinkedRpiBookUpdate}
_GONE: Final = {"orderbook.500": "500 levels were retired in September 2025: use 200 or 1000"}


class Channels(ChannelTable[Channel]):
    """The channels of one protocol. Takes whole topics, too: ``"orderbook.50.BTCPERP"``, ``"order.linear"``."""

    def __init__(self, protocol: Protocol, rows: Iterable[Channel]) -> None:
        super().__init__("Bybit", rows, _RETIRED)
        self.protocol = protocol

    def lookup(self, channel_name: str) -> Channel:
        """Look up a channel as :meth:`ChannelTable.lookup` does; ``channel_name`` may be a whole topic."""
        return self._split(channel_name)[0]

    def topic_for(self, channel: str, **args: Any) -> Topic:
        """Make a topic as :meth:`ChannelTable.topic_for` does; ``channel`` may be a whole topic."""
        row, name, given = self._split(channel)
        if type(number := args.get(row.variable)) is int:  # depths and minutes may be given as numbers
            args[row.variable] = str(number)
        if TOP in self.rows and row.variable == "depth" and args.get("depth") == "1":
            name, args = TOP, {key: value for key, value in args.items() if key != "depth"}
        for arg, value in given.items():
            if args.setdefault(arg, value) != value:
                raise ConfigError(f"channel {channel} and {arg}={args[arg]!r} contradict each other")
        return super().topic_for(name, **args)

    def _split(self, text: str) -> tuple[Channel, str, dict[str, Any]]:
        """Return the row, the channel's name, and the argument that a whole topic has behind it."""
        try:
            return super().lookup(text), text, {}
        except ConfigError as error:
            if not isinstance(text, str):
                raise
            name, _, last = text.rpartition(".")
            row = self._found(name) if last else None
            is_family = row is not None and f"{name}." == row.prefix  # then the last part should be a member of it
            if row is None or is_family or not row.arguments:
                raise self._explained(text, error) from None
            return row, name, {row.arguments[0]: last}

    def _found(self, name: str) -> Channel | None:
        try:
            return super().lookup(name)
        except ConfigError:
            return None

    def _explained(self, text: str, error: ConfigError) -> ConfigError:
        """Return the same error with a better hint, where the topic is of another protocol or was retired."""
        for gone, hint in _GONE.items():
            if text == gone or text.startswith(f"{gone}."):
                error.hint = hint
        for protocol, table in CHANNELS.items():
            if protocol != self.protocol and any(text.startswith(row.prefix) for row in table.rows.values()):
                error.hint = f"that is a topic of another protocol: BybitConfig(protocol={protocol!r})"
        return error


_PROTOCOLS: Final[tuple[Protocol, ...]] = get_args(Protocol)
CHANNELS: Final[dict[Protocol, Channels]] = {
    protocol: Channels(protocol, declared_by(Subscriber, Channel, protocol)) for protocol in _PROTOCOLS
}
"""The channel table of each protocol, as it is for linear contracts."""


@cache
def channels_for(protocol: Protocol, category: Category = "linear", book_gaps: bool = True) -> Channels:
    """Make the channel table of a client. ``book_gaps``: whether holes in a book's numbers count."""
    rows = list(CHANNELS[protocol].rows.values())
    if category == "option":
        rows = [_of_options(row) for row in rows if row.name not in _NOT_OF_OPTIONS]
    if not book_gaps:
        rows = [evolve(row, model=_UNLINKED.get(row.model, row.model)) for row in rows]
    return Channels(protocol, rows)


def _of_options(row: Channel) -> Channel:
    """Adapt the table to options: other depths, trades of all options on a coin at once, whole tickers."""
    if row.variable == "depth":
        return evolve(row, values={"depth": OPTION_DEPTHS})
    return evolve(row, required=("baseCoin",)) if row.name == "publicTrade" else row


def wire_topic(topic: Topic) -> str:
    """Spell a topic as Bybit does: ``orderbook.50.BTCPERP``, ``order``, ``order.linear``."""
    name = topic.channel.removeprefix(_SPREAD) if topic.channel in SPREAD_DATA else topic.channel
    return ".".join((name, *(value for _, value in topic.args)))
