"""The typed ``subscribe_*`` methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Unpack, cast

from okx_sync.exchanges.okx.channels import CHANNELS, Channel, topic_for
from okx_sync.exchanges.okx.streams import Subscriber
from okx_sync.protocol.dialect import Topic
from tests.each_case import each_case

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.delivery.subscription_group import SubscriptionGroup
    from okx_sync.exchanges.okx.models import Candle, Ticker

OPTIONS = {"queue", "policy", "maxsize", "wait", "timeout", "name", "max_silence", "on_stale", "endpoint", "inline"}


class Notebook(Subscriber):
    """A subscriber that writes down what a client would be asked for."""

    def __init__(self) -> None:
        self.topic = Topic("")
        self.callback: Callable[[Any], object] | None = None
        self.options: dict[str, Any] = {}

    def subscribe(
        self, channel: str, callback: Callable[[Any], object] | None = None, **args: Any
    ) -> Subscription[Any]:
        self.options = {name: value for name, value in args.items() if name in OPTIONS}
        self.topic = topic_for(channel, **{k: v for k, v in args.items() if k not in OPTIONS})
        self.callback = callback
        return cast("Subscription[Any]", None)

    def subscribe_many(
        self,
        channel: str,
        args: Iterable[Mapping[str, str]],
        callback: Callable[[Any], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> SubscriptionGroup[Any]:
        self.many: list[Topic] = [topic_for(channel, **one) for one in args]
        self.callback, self.options = callback, {**options}
        return cast("SubscriptionGroup[Any]", None)


@each_case("channel", list(CHANNELS.values()), ids=lambda channel: channel.name)
def test_every_method_asks_for_its_channel(channel: Channel) -> None:
    """Called with its required arguments, the method asks for its channel and passes callback and options on."""
    book = Notebook()
    args = list(channel.sample().values())
    getattr(book, channel.method)(*args, callback=print, maxsize=5)
    bar = "1m" if channel.is_family else ""
    assert book.topic == Topic.of(channel.prefix + bar, **dict(channel.sample()))
    assert (book.callback, book.options) == (print, {"maxsize": 5})


def test_optional_arguments() -> None:
    """Instrument, family, bar and push interval end up in the topic under the wire's names."""
    book = Notebook()
    book.subscribe_candles("BTC-USDT", "4H")
    assert book.topic == Topic.of("candle4H", instId="BTC-USDT")
    book.subscribe_orders("SWAP", "BTC-USDT-SWAP", inst_family="BTC-USDT")
    assert book.topic == Topic.of("orders", instType="SWAP", instId="BTC-USDT-SWAP", instFamily="BTC-USDT")
    book.subscribe_positions(interval_ms=0)
    assert book.topic == Topic.of("positions", instType="ANY", extraParams='{"updateInterval":"0"}')
    book.subscribe_account("BTC", interval_ms="0")
    assert book.topic == Topic.of("account", ccy="BTC", extraParams='{"updateInterval":"0"}')
    book.subscribe_option_trades(inst_id="BTC-USD-261225-90000-C")
    assert book.topic == Topic.of("option-trades", instType="OPTION", instId="BTC-USD-261225-90000-C")
    book.subscribe_estimated_price("FUTURES", "BTC-USD")
    assert book.topic == Topic.of("estimated-price", instType="FUTURES", instFamily="BTC-USD")
    book.subscribe_adl_warning("SWAP", "BTC-USDT")
    assert book.topic == Topic.of("adl-warning", instType="SWAP", instFamily="BTC-USDT")
    book.subscribe_liquidation_warning(inst_family="BTC-USD")
    assert book.topic == Topic.of("liquidation-warning", instType="ANY", instFamily="BTC-USD")
    book.subscribe_algo_advance("SPOT", "BTC-USDT", algo_id="7")
    assert book.topic == Topic.of("algo-advance", instType="SPOT", instId="BTC-USDT", algoId="7")
    book.subscribe_grid_orders_contract(algo_id="7")
    assert book.topic == Topic.of("grid-orders-contract", instType="ANY", algoId="7")
    book.subscribe_algo_recurring_buy("SPOT", "7")
    assert book.topic == Topic.of("algo-recurring-buy", instType="SPOT", algoId="7")
    book.subscribe_deposit_info("BTC")
    assert book.topic == Topic.of("deposit-info", ccy="BTC")
    book.subscribe_sprd_orders()
    assert book.topic == Topic.of("sprd-orders")
    book.subscribe_orderbook("BTC-USDT")
    assert book.topic == Topic.of("books", instId="BTC-USDT")


def test_events_are_typed() -> None:
    """mypy knows what a subscription delivers and refuses a callback for something else."""
    book = Notebook()
    ticks: Subscription[Ticker] = book.subscribe_tickers("X")
    del ticks

    def on_candle(candle: Candle) -> None: ...

    book.subscribe_candles("X", callback=on_candle, bar="1s")
    book.subscribe_tickers("X", on_candle)  # type: ignore[arg-type]
    book.subscribe_tickers("X", wait=False, policy="latest")
