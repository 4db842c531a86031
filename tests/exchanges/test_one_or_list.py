"""``subscribe_*`` methods that take one instrument or a list of them: which they are, and which lists are refused."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.streams import Subscriber as BitgetSubscriber
from okx_sync.exchanges.bybit.channels import CHANNELS
from okx_sync.exchanges.bybit.streams import Subscriber as BybitSubscriber
from okx_sync.exchanges.okx.streams import Subscriber as OkxSubscriber
from okx_sync.protocol.dialect import Topic
from tests.exchanges.bitget.test_streams import Notebook as BitgetNotebook
from tests.exchanges.bybit.test_streams import Notebook as BybitNotebook
from tests.exchanges.okx.test_streams import Notebook as OkxNotebook

SUBSCRIBERS = [OkxSubscriber, BybitSubscriber, BitgetSubscriber]
LISTED = {"inst_id", "symbol", "sprd_id", "inst_family"}
"""What the first parameter of such a method is called."""


@pytest.mark.parametrize("subscriber", SUBSCRIBERS, ids=lambda one: one.__module__)
def test_each_method_that_begins_with_an_instrument_takes_a_list(subscriber: type) -> None:
    """And no other; ``help()`` says so, beside the signature as it is written."""
    found = dict(inspect.getmembers(subscriber, lambda one: inspect.isfunction(one)))
    first = {
        name: [*inspect.signature(one).parameters][1] for name, one in found.items() if name.startswith("subscribe_")
    }
    del first["subscribe_many"]
    told = {name for name in first if "A list or tuple as" in (inspect.getdoc(found[name]) or "")}
    assert told == {name for name, parameter in first.items() if parameter in LISTED}
    assert told
    for name in told:
        assert f"A list or tuple as ``{first[name]}`` subscribes each" in (inspect.getdoc(found[name]) or "")


def test_a_list_is_asked_for_together() -> None:
    """By place and by name, with the other arguments, callback and options for all; a list of one as well."""
    book = OkxNotebook()
    book.subscribe_candles(["BTC-USDT", "ETH-USDT"], "4H", maxsize=5)
    assert book.many == [Topic.of("candle4H", instId=one) for one in ("BTC-USDT", "ETH-USDT")]
    assert (book.callback, book.options) == (None, {"maxsize": 5})
    book.subscribe_candles(inst_id=("BTC-USDT",), interval="1m", callback=print)
    assert book.many == [Topic.of("candle1m", instId="BTC-USDT")]
    assert book.callback is print
    book.subscribe_opt_summary(["BTC-USD", "ETH-USD"])
    assert book.many == [Topic.of("opt-summary", instFamily=one) for one in ("BTC-USD", "ETH-USD")]
    book.subscribe_sprd_tickers(["BTC-USDT_BTC-USDT-SWAP"])
    assert book.many == [Topic.of("sprd-tickers", sprdId="BTC-USDT_BTC-USDT-SWAP")]


def test_where_the_first_parameter_may_be_left_out() -> None:
    """A list narrows it as a text does."""
    book = OkxNotebook()
    book.subscribe_fills(["BTC-USDT", "ETH-USDT"])
    assert book.many == [Topic.of("fills", instId=one) for one in ("BTC-USDT", "ETH-USDT")]
    book.subscribe_fills()
    assert book.topic == Topic.of("fills")


def test_a_method_that_stands_for_another() -> None:
    """It hands a list on."""
    book = OkxNotebook()
    book.subscribe_orderbook(["BTC-USDT"])
    assert book.many == [Topic.of("books", instId="BTC-USDT")]


def test_the_other_exchanges() -> None:
    """With the words of theirs."""
    bybit = BybitNotebook(CHANNELS["v5"])
    bybit.subscribe_orderbook(["BTCUSDT", "ETHUSDT"], 200)
    assert bybit.many == ["orderbook.200.BTCUSDT", "orderbook.200.ETHUSDT"]
    bitget = BitgetNotebook()
    bitget.subscribe_ticker(["BTCUSDT", "ETHUSDT"], inst_type="USDC-FUTURES")
    assert bitget.many == [Topic.of("ticker", instId=one, instType="USDC-FUTURES") for one in ("BTCUSDT", "ETHUSDT")]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([], "an empty list"),
        ((), "an empty list"),
        (["BTC-USDT", 5], "a list with 5 in it"),
        (["BTC-USDT", None], "a list with None in it"),
        (["BTC-USDT", ""], "a list with '' in it"),
        ([["BTC-USDT"]], "a list with"),
        ({"BTC-USDT"}, "a set"),
        ({"instId": "BTC-USDT"}, "a dict"),
        (iter(["BTC-USDT"]), "a list_iterator"),
        (b"BTC-USDT", "a bytes"),
    ],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
@pytest.mark.parametrize("by_name", [False, True])
def test_what_is_no_list_of_texts(given: Any, text: str, by_name: bool) -> None:
    """It is refused with what was given, and with what would do."""
    book = OkxNotebook()
    with pytest.raises(ConfigError, match=f"inst_id cannot be {text}") as caught:
        book.subscribe_tickers(inst_id=given) if by_name else book.subscribe_tickers(given)
    assert "list of texts" in str(caught.value.hint)


def test_what_is_neither() -> None:
    """It is refused as before; a function where the instrument belongs gets its hint."""
    book: Any = OkxNotebook()
    with pytest.raises(ConfigError, match="must be text, not 5"):
        book.subscribe_tickers(5)
    with pytest.raises(ConfigError, match="must be text") as caught:
        book.subscribe_tickers(print)
    assert "callback" in str(caught.value.hint)
    with pytest.raises(TypeError, match="multiple values"):
        book.subscribe_tickers(["BTC-USDT"], inst_id="BTC-USDT")
    with pytest.raises(TypeError, match="missing 1 required"):
        book.subscribe_tickers()
    with pytest.raises(ConfigError, match="must be"):
        book.subscribe_orders(["SPOT"])
