"""The typed ``subscribe_*`` methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Unpack, cast

import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.channels import TABLES, Channel
from okx_sync.exchanges.bitget.streams import Subscriber
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.dialect import Topic

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.delivery.subscription_group import SubscriptionGroup
    from okx_sync.exchanges.bitget.models import Candle, Ticker, V3Candle, V3Ticker

OPTIONS = {"queue", "policy", "maxsize", "wait", "timeout", "name", "max_silence", "on_stale", "endpoint", "inline"}
ALL = [
    (protocol, channel)
    for protocol, table in TABLES.items()
    for channel in table.rows.values()
    if channel.method != "subscribe"
]


class Notebook(Subscriber):
    """A subscriber that writes down what a client would be asked for."""

    def __init__(self, protocol: Protocol = "v2") -> None:
        self._table = TABLES[protocol]
        self.topic = Topic("")
        self.callback: Callable[[Any], object] | None = None
        self.options: dict[str, Any] = {}

    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        self.options = {name: value for name, value in args.items() if name in OPTIONS}
        self.topic = self._table.topic_for(channel, **{k: v for k, v in args.items() if k not in OPTIONS})
        self.callback = callback
        return cast("Subscription[Any]", None)

    def subscribe_many(
        self,
        channel: str,
        args: Iterable[Mapping[str, str]],
        callback: Callable[[Any], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> SubscriptionGroup[Any]:
        self.many: list[Topic] = [self._table.topic_for(channel, **one) for one in args]
        self.callback, self.options = callback, {**options}
        return cast("SubscriptionGroup[Any]", None)


@pytest.mark.parametrize(("protocol", "channel"), ALL, ids=lambda part: getattr(part, "name", part))
def test_every_method_asks_for_its_channel(protocol: Protocol, channel: Channel) -> None:
    """Called with what must be given, the method asks for its channel and passes callback and options on."""
    book = Notebook(protocol)
    getattr(book, channel.method)(*channel.sample().values(), callback=print, maxsize=5)
    bar = {"bar": "1m", "depth": "5"}[channel.variable] if channel.is_family else ""
    assert book.topic == Topic.of(channel.prefix + bar, **{**channel.defaults, **channel.sample()})
    assert (book.callback, book.options) == (print, {"maxsize": 5})


def test_arguments() -> None:
    """Product, instrument and bar end up in the topic under the wire's names."""
    book = Notebook()
    book.subscribe_candles("ETHUSDT", "4H", inst_type="USDC-FUTURES")
    assert book.topic == Topic.of("candle4H", instId="ETHUSDT", instType="USDC-FUTURES")
    book.subscribe_orderbook("ETHUSDT")
    assert book.topic == Topic.of("books", instId="ETHUSDT", instType="USDT-FUTURES")
    book.subscribe_orders("ETHUSDT")
    assert book.topic == Topic.of("orders", instId="ETHUSDT", instType="USDT-FUTURES")
    book.subscribe_account(inst_type="COIN-FUTURES")
    assert book.topic == Topic.of("account", coin="default", instType="COIN-FUTURES")


def test_a_channel_of_another_protocol_is_refused() -> None:
    """The typed methods of all protocols are there; the table of the client's own decides."""
    with pytest.raises(ConfigError, match="no channel 'execution'"):
        Notebook("v2").subscribe_execution()
    with pytest.raises(ConfigError, match="no channel 'fast-fill'"):
        Notebook("v2").subscribe_fast_fill()
    with pytest.raises(ConfigError, match="no channel 'equity'"):
        Notebook("v3").subscribe_equity()
    with pytest.raises(ConfigError, match="no channel 'fill'"):
        Notebook("seed").subscribe_fill()


def test_events_are_typed() -> None:
    """mypy knows what a subscription delivers and refuses a callback for something else."""
    book = Notebook()
    ticks: Subscription[Ticker | V3Ticker] = book.subscribe_ticker("X")
    del ticks

    def on_candle(candle: Candle) -> None: ...
    def on_either(candle: Candle | V3Candle) -> None: ...

    book.subscribe_candles("X", callback=on_candle, bar="1H")
    book.subscribe_candles("X", callback=on_either, bar="1H")
    book.subscribe_ticker("X", on_candle)  # type: ignore[arg-type]
    book.subscribe_ticker("X", wait=False, policy="latest")


def test_v3_arguments() -> None:
    """The words of the methods are one for both kinds of account; the topic has the wire's."""
    book = Notebook("v3")
    book.subscribe_candles("ETHUSDT", "4H", inst_type="USDC-FUTURES")
    assert book.topic == Topic.of("kline", symbol="ETHUSDT", interval="4H", instType="usdc-futures")
    book.subscribe_orderbook("ETHUSDT", inst_type="spot")
    assert book.topic == Topic.of("books", symbol="ETHUSDT", instType="spot")
    book.subscribe_rpi_books("ETHUSDT", "50")
    assert book.topic == Topic.of("rpi-books50", symbol="ETHUSDT", instType="usdt-futures")
    book.subscribe_orders()
    assert book.topic == Topic.of("order", instType="UTA")
    with pytest.raises(ConfigError, match="takes no argument 'symbol'"):
        book.subscribe_orders("ETHUSDT")
    with pytest.raises(ConfigError, match="instType"):
        book.subscribe_orders(inst_type="USDT-FUTURES")
