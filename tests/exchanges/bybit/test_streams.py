"""The typed ``subscribe_*`` methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Unpack, cast

import pytest

from okx_sync.exchanges.bybit.channels import CHANNELS, Channel, Channels, channels_for, wire_topic
from okx_sync.exchanges.bybit.streams import Subscriber

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.delivery.subscription_group import SubscriptionGroup
    from okx_sync.exchanges.bybit.models import Order, Ticker

OPTIONS = {"queue", "policy", "maxsize", "wait", "timeout", "name", "max_silence", "on_stale", "endpoint", "inline"}
ROWS = [(table, row) for table in CHANNELS.values() for row in table.rows.values()]
EVERY = pytest.mark.parametrize(("table", "row"), ROWS, ids=[row.name for _, row in ROWS])


class Notebook(Subscriber):
    """A subscriber that writes down what a client would be asked for."""

    def __init__(self, table: Channels) -> None:
        self.table = table
        self.wire = ""
        self.callback: Callable[[Any], object] | None = None
        self.options: dict[str, Any] = {}

    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        self.options = {name: value for name, value in args.items() if name in OPTIONS}
        self.wire = wire_topic(self.table.topic_for(channel, **{k: v for k, v in args.items() if k not in OPTIONS}))
        self.callback = callback
        return cast("Subscription[Any]", None)

    def subscribe_many(
        self,
        channel: str,
        args: Iterable[Mapping[str, str]],
        callback: Callable[[Any], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> SubscriptionGroup[Any]:
        self.many: list[str] = [wire_topic(self.table.topic_for(channel, **one)) for one in args]
        self.callback, self.options = callback, {**options}
        return cast("SubscriptionGroup[Any]", None)


@EVERY
def test_every_method_asks_for_its_channel(table: Channels, row: Channel) -> None:
    """Called with its arguments, the method asks for its channel and passes callback and options on."""
    for name in row.wire_names():
        book = Notebook(table)
        args = dict(row.sample())
        if row.is_family or row.name == "orderbook.1":
            args["depth" if row.name == "orderbook.1" else row.variable] = name.rpartition(".")[2]
        getattr(book, row.method)(**args, callback=print, maxsize=5)
        assert book.wire == wire_topic(table.topic_for(name, **dict(row.sample())))
        assert (book.callback, book.options) == (print, {"maxsize": 5})


def test_arguments() -> None:
    """Depth, interval and category end up in the topic; a number will do for a depth."""
    book = Notebook(CHANNELS["v5"])
    book.subscribe_orderbook("BTCPERP", 1)
    assert book.wire == "orderbook.1.BTCPERP"
    book.subscribe_candles("BTCPERP", "D")
    assert book.wire == "kline.D.BTCPERP"
    book.subscribe_orders("linear")
    assert book.wire == "order.linear"
    book.subscribe_fast_executions()
    assert book.wire == "execution.fast"
    options = Notebook(channels_for("v5", "option"))
    options.subscribe_trades(base_coin="ETH")
    assert options.wire == "publicTrade.ETH"


def test_events_are_typed() -> None:
    """mypy knows what a subscription delivers and refuses a callback for something else."""
    book = Notebook(CHANNELS["v5"])
    ticks: Subscription[Ticker] = book.subscribe_tickers("X")
    del ticks

    def on_order(order: Order) -> None: ...

    book.subscribe_orders("linear", on_order)
    book.subscribe_tickers("X", on_order)  # type: ignore[arg-type]
