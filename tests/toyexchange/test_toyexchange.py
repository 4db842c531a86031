"""A fourth exchange is one folder: without an edit in the package it has every verb and every promise."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import okx_sync
from okx_sync import ConfigError, Credentials, OkxAuthError, SubscriptionError
from tests.loopback.conftest import BRISK, FAST, Heard, States, our_threads, until
from tests.toyexchange.client import ToyWsClient
from tests.toyexchange.config import ToyConfig
from tests.toyexchange.server import KEY, SECRET, ToyServer

FILES = ("channels", "config", "dialect", "error_codes", "models", "signing", "streams", "urls")


@pytest.fixture
def toy() -> Iterator[ToyServer]:
    """The exchange."""
    with ToyServer() as server:
        yield server


@pytest.fixture
def ws(toy: ToyServer) -> Iterator[ToyWsClient]:
    """A client of its account; no thread of it may survive."""
    with ToyWsClient(ToyConfig(toy.host, Credentials(KEY, SECRET, "")), options=FAST) as client:
        yield client
    until(lambda: not our_threads(), what="the end of the threads")


@pytest.fixture
def states(ws: ToyWsClient) -> States:
    """What the client tells of its links."""
    return ws.on_state(States())


def test_the_folder_has_the_same_files() -> None:
    """What an exchange consists of has the same names everywhere."""
    here = Path(__file__).parent
    assert all((here / f"{name}.py").exists() for name in FILES)
    for exchange in ("okx", "bitget", "bybit"):
        there = Path(okx_sync.__file__).parent / "exchanges" / exchange
        assert [name for name in FILES if not any(there.glob(f"{name}*"))] == []


def test_streams_and_refusals(toy: ToyServer, ws: ToyWsClient) -> None:
    """Typed objects by callback and by iteration; what is wrong is refused with a hint, here and there."""
    heard = Heard()
    ws.subscribe_prints("BTC", heard)
    with pytest.raises(ConfigError, match="no channel") as caught:
        ws.subscribe("print", symbol="BTC")
    assert caught.value.hint
    with pytest.raises(SubscriptionError, match="cannot serve prints/XRP") as refused:
        ws.subscribe_prints("XRP")
    assert refused.value.hint == "check channel and symbol"
    toy.order("1", 3)
    toy.fill("1", 2)
    heard.until_more(1 - len(heard))
    (trade,) = heard
    assert (trade.symbol, trade.px, trade.size) == ("BTC", 99, 2)


def test_a_wrong_secret(toy: ToyServer) -> None:
    """One attempt, and an error with a hint."""
    with ToyWsClient(ToyConfig(toy.host, Credentials(KEY, "other", "")), options=FAST) as ws:
        with pytest.raises(OkxAuthError, match="bad-sign") as caught:
            ws.subscribe_orders()
        assert caught.value.hint == "wrong key or secret"
        assert toy.logins == 1
        assert "other" not in repr(ws.config) + repr(ws)


def test_a_book_through_a_gap_and_a_lost_socket(toy: ToyServer, ws: ToyWsClient, states: States) -> None:
    """The book is the exchange's; after a gap and a loss it is so again, with one new subscribe each."""
    book, other = ws.order_book("BTC", name="one"), ws.order_book("BTC", name="other")

    def agrees() -> bool:
        wanted = [{Decimal(px): Decimal(size) for px, size in toy.book[side].items()} for side in ("b", "a")]
        taken = book.snapshot(stale_ok=True)
        sides = [{level.price: level.size for level in side} for side in (taken.bids(), taken.asks())]
        return taken.valid and other.valid and sides == wanted

    until(agrees, what="the book")
    toy.quote("b", "98", "5")
    until(agrees, what="the book")
    toy.quote("a", "102", "1", is_lost=True)
    toy.quote("a", "103", "1")
    states.until("gap")
    until(agrees, what="the book after the gap")
    toy.drop()
    states.until("restored")
    toy.quote("b", "97", "1")
    until(agrees, what="the book after the loss")
    assert toy.topics() == {"book/BTC": 1}
    assert toy.asked[-1] == {"book/BTC": 1}


def test_orders_and_holdings_through_restarts_and_losses(toy: ToyServer, ws: ToyWsClient, states: States) -> None:
    """Each fill once, holdings right; a restart goes unnoticed, a loss is told. Nobody lists open orders here."""
    orders, holdings, fills = ws.orders, ws.positions, Heard()
    orders.on_fill(fills)
    assert holdings.wait_flat(5)
    toy.order("1", 10)
    toy.fill("1", 4)
    toy.move()
    states.until("replaced", path="account")
    toy.fill("1", 1)
    until(lambda: len(fills) == 2)
    assert not orders.synced
    toy.drop()
    states.until("restored", path="account")
    until(lambda: toy.topics()["orders"] == 1, what="the topics")
    assert not orders.synced
    toy.fill("1", 5)
    until(lambda: len(fills) == 3)
    until(lambda: orders["1"].is_filled, what="the end of the order")
    assert (orders["1"].filled, orders["1"].average_price) == (Decimal(10), Decimal(99))
    assert [fill.size for fill in orders["1"].fills] == [4, 1, 5]
    until(lambda: holdings["BTC"].size == 10, what="the holding")
    assert toy.logins == 3
    assert [max(one.values(), default=1) for one in toy.asked] == [1] * len(toy.asked)


def test_a_half_open_socket(toy: ToyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its heartbeat has its own words: no answer in time, and the socket is replaced."""
    said = toy._say

    async def deaf(socket: Any, message: Any) -> None:
        if message != ["hello!"]:
            await said(socket, message)

    states = States()
    with ToyWsClient(ToyConfig(toy.host), options=attrs.evolve(BRISK, ping_s=0.05)) as ws:
        ws.on_state(states)
        ws.subscribe_prints("BTC")
        monkeypatch.setattr(toy, "_say", deaf)
        assert "no sign of life" in str(states.until("lost").reason)
        monkeypatch.undo()
        states.until("restored")
