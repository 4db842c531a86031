"""What subscribing says to a mistake: what was meant, before anything is sent."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from okx_sync import (
    AsyncOkxClient,
    BitgetConfig,
    BitgetWsClient,
    BybitConfig,
    BybitWsClient,
    Config,
    ConfigError,
    Credentials,
    OkxClient,
    OrderBook,
    WsClient,
)
from okx_sync.live.live_client import LiveClient

CLIENTS: dict[str, Callable[[], LiveClient]] = {"okx": WsClient, "bitget": BitgetWsClient, "bybit": BybitWsClient}


@pytest.fixture(params=CLIENTS)
def ws(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A client of each exchange that must never need to connect."""
    with CLIENTS[request.param]() as client:
        yield client
        assert client.status()["links"] == {} or not client.is_connected()


def _tickers(ws: Any) -> Callable[..., object]:
    """The method for tickers: Bitget's is called as its channel is."""
    method: Callable[..., object] = ws.subscribe_ticker if isinstance(ws, BitgetWsClient) else ws.subscribe_tickers
    return method


def hint_of(call: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """The hint of the ConfigError that a call raises."""
    with pytest.raises(ConfigError) as caught:
        call(*args, **kwargs)
    return caught.value.hint or ""


@pytest.mark.parametrize(
    ("wrong", "meant"), [("polcy", "policy"), ("maxsze", "maxsize"), ("calback", "callback"), ("backfil", "backfill")]
)
def test_a_misspelt_option_is_told_its_name(ws: Any, wrong: str, meant: str) -> None:
    """Options are known beside the channel's arguments."""
    assert hint_of(_tickers(ws), "BTC-USDT", **{wrong: 1}) == f"did you mean {meant}?"


def test_a_word_like_nothing_lists_what_there_is(ws: Any) -> None:
    """Arguments and options."""
    hint = hint_of(_tickers(ws), "BTC-USDT", foo=1)
    assert "it takes" in hint
    assert "policy" in hint


def test_a_callback_where_a_text_belongs(ws: Any) -> None:
    """The hint says how to give it."""
    assert hint_of(_tickers(ws), print) == "name the callback: callback=print"
    assert hint_of(ws.subscribe_candles, "BTC-USDT", print) == "name the callback: callback=print"
    assert hint_of(ws.subscribe, print) == "name the callback: callback=print"
    assert hint_of(ws.order_book, print) == "name the callback: callback=print"


def test_a_callback_of_the_wrong_arity_is_noticed_when_subscribing(ws: Any) -> None:
    """Not when the first event comes."""
    assert "called as <lambda>(event)" in hint_of(_tickers(ws), "BTC-USDT", callback=lambda: None)
    for register in (ws.on_state, ws.on_error, OrderBook("BTC-USDT").on_update):
        assert "event" in hint_of(register, lambda one, two: None)


@pytest.mark.parametrize(
    ("option", "value", "meant"), [("policy", "lates", "latest"), ("on_stale", "resubscibe", "resubscribe")]
)
def test_a_misspelt_word_of_an_option(ws: Any, option: str, value: str, meant: str) -> None:
    """Its near words are named."""
    assert f"did you mean {meant}?" in hint_of(_tickers(ws), "BTC-USDT", **{option: value})


@pytest.mark.parametrize(
    ("client", "config"),
    [
        *((client, wrong) for client in (WsClient, OkxClient, AsyncOkxClient) for wrong in (BybitConfig(), "live")),
        *((BitgetWsClient, wrong) for wrong in (Config(), BybitConfig())),
        *((BybitWsClient, wrong) for wrong in (Config(), BitgetConfig())),
    ],
)
def test_a_configuration_of_another_exchange_is_refused(client: Callable[[Any], object], config: object) -> None:
    """Rather than half understood."""
    with pytest.raises(ConfigError, match=f"not {type(config).__name__}"):
        client(config)


def test_a_class_is_no_queue(ws: Any) -> None:
    """``queue.Queue`` without brackets has the methods of a queue, and is none."""
    with pytest.raises(ConfigError, match="queue= needs put"):
        _tickers(ws)("BTC-USDT", queue=queue.Queue)


def test_an_instrument_where_a_type_belongs() -> None:
    """The hint says how instruments are named."""
    with WsClient(Config(credentials=Credentials("k", "s", "p"))) as ws:
        assert hint_of(ws.subscribe_orders, "BTC-USDT") == "an instrument is named by inst_id='BTC-USDT'"


def test_a_misspelt_site() -> None:
    """Words of a configuration have hints, too."""
    assert hint_of(lambda: Config(site="US")) == "did you mean us?"  # type: ignore[arg-type]
    assert hint_of(lambda: BybitConfig(environment="testnt")) == "did you mean testnet?"  # type: ignore[arg-type]
