"""Who calls a method of another library hears what it is called here, and nothing is a shim."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import (
    AsyncOkxClient,
    BitgetClient,
    BitgetWsClient,
    BybitClient,
    BybitWsClient,
    ConfigError,
    OkxClient,
    WsClient,
)
from okx_sync.clients.foreign_names import _NAMES, HintsAtNames
from okx_sync.state.account_monitor import AccountMonitor
from okx_sync.state.orders.order_handle import OrderHandle
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.position_monitor import PositionMonitor

CLIENTS: tuple[Any, ...] = (WsClient, BybitWsClient, BitgetWsClient, OkxClient, BybitClient, BitgetClient)


@pytest.mark.parametrize(
    ("client", "name", "hint"),
    [
        (BybitWsClient, "orderbook_stream", "subscribe_orderbook(symbol, 50, callback)"),
        (WsClient, "watch_order_book", "order_book(inst_id)"),
        (WsClient, "reqMktData", "subscribe_tickers(inst_id, callback)"),
        (WsClient, "placeOrder", "it is called place_order here"),
        (BybitClient, "get_wallet_balance", "it is in a group: client.account.get_wallet_balance(...)"),
        (OkxClient, "get_candlesticks", "iter_candles(inst_id, bar)"),
        (OkxClient, "setLeverage", "client.account.set_leverage(...)"),
    ],
)
def test_a_name_of_another_library(client: Any, name: str, hint: str) -> None:
    """It is no attribute, and the error says what to call."""
    with client() as made:
        assert not hasattr(made, name)
        with pytest.raises(AttributeError) as caught:
            getattr(made, name)
    assert f"{client.__name__!r} object has no attribute {name!r}. Hint: " in str(caught.value)
    assert hint in str(caught.value)


async def _asynchronous() -> str:
    async with AsyncOkxClient() as client:
        with pytest.raises(AttributeError) as caught:
            client.fetch_ticker  # type: ignore[attr-defined]  # noqa: B018
    return str(caught.value)


def test_the_asynchronous_client_hints_as_well() -> None:
    """By the same names."""
    import asyncio

    assert asyncio.run(_asynchronous()).endswith("Hint: get_ticker(inst_id)")


def test_a_name_of_nobody_is_an_error_as_any_other() -> None:
    """Without a hint, so that Python guesses what was meant; hidden names, which tools ask for, too."""
    with WsClient() as ws:
        for name in ("order_boook", "_repr_nothing_", "__fspath__"):
            with pytest.raises(AttributeError, match=rf"has no attribute '{name}'$") as caught:
                getattr(ws, name)
            assert (caught.value.name, caught.value.obj) == (name, ws)


def test_an_error_within_a_property_is_its_own() -> None:
    """What it lacks is named, and not the property."""

    class Broken(HintsAtNames):
        @property
        def start(self) -> object:
            return None.nothing  # type: ignore[attr-defined]

    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'nothing'"):
        _ = Broken().start
    assert isinstance(copy.copy(Broken()), Broken)


_ELSEWHERE = {"time.sleep", "download", "get", "subscribe_...", ".between", "Config", "BybitConfig", "BitgetConfig"}


def test_every_hint_names_what_is_there() -> None:
    """A method of a client, of a group, or of a live object; no name stands for itself."""
    live = {"orders": OrderManager, "positions": PositionMonitor, "account": AccountMonitor}
    grouped = {f"{one.group}.{one.name}" for rest in (OkxClient, BybitClient, BitgetClient) for one in rest.endpoints()}
    for name, hint in _NAMES.items():
        assert not any(hasattr(client, name) for client in CLIENTS), name
        for called in re.findall(r"([\w.]+)\(", hint):
            owner, _, method = called.rpartition(".")
            owner = owner.removeprefix("client.").removeprefix("ws.")
            owners = (live.get(owner, OrderHandle),) if owner in {*live, "order"} else CLIENTS
            is_there = any(hasattr(one, method) for one in owners) or f"{owner}.{method}" in grouped
            assert is_there or called in _ELSEWHERE, (name, called)


RAW: dict[str, tuple[Callable[[], Any], str]] = {
    "python-okx": (
        lambda: WsClient().subscribe([{"channel": "tickers", "instId": "BTC-USDT"}], print),  # type: ignore[arg-type]
        "subscribe('tickers', callback, instId='BTC-USDT')",
    ),
    "Bybit's topics": (
        lambda: BybitWsClient().subscribe(["tickers.BTCUSDT", "tickers.ETHUSDT"], print),  # type: ignore[arg-type]
        "subscribe('tickers', callback, symbol='BTCUSDT'); many of its topics at once: subscribe_many('tickers'",
    ),
    "a name alone": (lambda: WsClient().subscribe(("tickers",)), "subscribe('tickers', callback)"),  # type: ignore[arg-type]
    "pybit's order": (
        lambda: BybitWsClient().subscribe_orderbook(50, "BTCUSDT", print),  # type: ignore[call-overload]
        "the instrument comes first",
    ),
}


@pytest.mark.parametrize(("ask", "hint"), RAW.values(), ids=RAW)
def test_topics_as_others_write_them(ask: Callable[[], Any], hint: str) -> None:
    """Refused before anything is sent, with the call that is meant."""
    with pytest.raises(ConfigError) as caught:
        ask()
    assert hint in (caught.value.hint or "")
