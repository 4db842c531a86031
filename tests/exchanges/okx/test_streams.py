"""The typed ``subscribe_*`` methods."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, cast, get_args, get_origin

import pytest

from okx_sync.exchanges.okx import words
from okx_sync.exchanges.okx.channels import CHANNELS, Channel, topic_for
from okx_sync.exchanges.okx.streams import Subscriber
from okx_sync.protocol.dialect import Topic

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
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


@pytest.mark.parametrize("channel", list(CHANNELS.values()), ids=lambda channel: channel.name)
def test_every_channel_has_a_typed_method(channel: Channel) -> None:
    """Called with its required arguments, the method asks for its channel and passes callback and options on."""
    book = Notebook()
    args = list(channel.sample().values())
    getattr(book, channel.method)(*args, callback=print, maxsize=5)
    bar = "1m" if channel.is_family else ""
    assert book.topic == Topic.of(channel.prefix + bar, **dict(channel.sample()))
    assert (book.callback, book.options) == (print, {"maxsize": 5})


@pytest.mark.parametrize("channel", list(CHANNELS.values()), ids=lambda channel: channel.name)
def test_methods_take_what_channels_take(channel: Channel) -> None:
    """One parameter for each argument; without a default for what must be given, unless one value does for all."""
    parameters = inspect.signature(getattr(Subscriber, channel.method)).parameters
    spelled = {_snake(name): name for name in (*channel.arguments, *(["bar"] if channel.is_family else []))}
    assert set(parameters) - {"self", "callback", "options"} == set(spelled)
    for name in channel.required:
        default = parameters[_snake(name)].default
        allowed = channel.values.get(name, (default,))
        assert default is inspect.Parameter.empty or (default in allowed and (default == "ANY" or len(allowed) == 1))


@pytest.mark.parametrize("channel", list(CHANNELS.values()), ids=lambda channel: channel.name)
def test_editors_offer_what_okx_accepts(channel: Channel) -> None:
    """The words in a parameter's type are those of the table, and any other text passes a type checker as well."""
    parameters = inspect.signature(getattr(Subscriber, channel.method)).parameters
    for name, allowed in channel.values.items():
        alias = getattr(words, parameters[_snake(name)].annotation)
        members = get_args(alias)
        offered = {word for member in members if get_origin(member) is Literal for word in get_args(member)}
        assert offered == set(allowed)
        assert str in members


@pytest.mark.parametrize("channel", list(CHANNELS.values()), ids=lambda channel: channel.name)
def test_docstrings_tell_path_login_and_tier(channel: Channel) -> None:
    """What a channel needs is said where an editor shows it, and agrees with the table."""
    text = " ".join((inspect.getdoc(getattr(Subscriber, channel.method)) or "").split())
    assert f"Path {channel.path}" in text
    assert "Pushed" in text
    assert ("with a login" in text) is channel.login
    assert ("no login" in text) is not channel.login
    assert (channel.fee_tier is None) or f"fee tier {channel.fee_tier}" in text


def _snake(name: str) -> str:
    """The parameter for a wire argument: ``instId`` is ``inst_id``; ``extraParams`` has a plainer name."""
    if name == "extraParams":
        return "interval_ms"
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def test_no_method_without_a_channel() -> None:
    """All methods are rows of the table, but for the alias."""
    methods = {name for name in dir(Subscriber) if name.startswith("subscribe_")}
    assert methods == {channel.method for channel in CHANNELS.values()} | {"subscribe_orderbook"}


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
