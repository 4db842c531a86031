"""Bitget's live orders, positions and balances, V2 and V3: REST is asked for what the streams never list."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import attrs
import pytest

from okx_sync import BitgetWsClient
from okx_sync.errors import ConfigError
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, Heard, States, our_threads, until
from tests.loopback.still_exchange import place

SWAP, ETH_SWAP = "BTC-USDT-SWAP", "ETH-USDT-SWAP"
PENDING: dict[str, str] = {"v2": "/api/v2/mix/order/orders-pending", "v3": "/api/v3/trade/unfilled-orders"}
POSITIONS: dict[str, str] = {"v2": "/api/v2/mix/position/all-position", "v3": "/api/v3/position/current-position"}


@attrs.frozen
class Watched:
    """A client, and what it tells."""

    ws: BitgetWsClient
    protocol: Literal["v2", "v3"]
    states: States
    errors: Heard


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A market that moves only when a test says so, with an open order and a position of before."""
    with PaperExchange(flow_per_s=0) as exchange:
        place(exchange, ordType="limit", px="60000")
        place(exchange, ordType="market", sz="2")
        yield exchange
        problems = exchange.problems
    assert problems == []


@pytest.fixture(params=["v2", "v3"])
def watched(paper: PaperExchange, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A client of the first account, as a classic one and as a unified one."""
    if request.param == "v3":
        paper.unify()
    with BitgetWsClient(paper.bitget_config(request.param), options=FAST) as ws:
        one = Watched(ws, request.param, States(), Heard())
        ws.on_state(one.states)
        ws.on_error(one.errors)
        yield one
    until(lambda: not our_threads(), what="the end of all threads")


def asked(paper: PaperExchange, path: str) -> list[dict[str, str]]:
    """What a path was asked with."""
    return [dict(one.query) for one in paper.requests if one.path == path]


def test_a_client_that_starts_later_knows_what_is_there(watched: Watched) -> None:
    """Open orders, positions and balances are known before anything is called synced; nothing is reported."""
    ws = watched.ws
    assert ws.positions.wait_synced(PATIENCE_S)
    assert ws.orders.wait_synced(PATIENCE_S)
    assert ws.account.wait_synced(PATIENCE_S)
    assert {one.inst_id: one.size for one in ws.positions} == {"BTCUSDT": Decimal("0.02")}
    assert [(one.inst_id, one.price, one.is_open) for one in ws.orders.open] == [("BTCUSDT", Decimal(60000), True)]
    balance = ws.account.balance("USDT")
    assert balance is not None
    assert balance.equity is not None
    assert list(watched.errors) == []


def test_every_list_is_asked_for(watched: Watched, paper: PaperExchange) -> None:
    """V2 has one for each product type and state; what the stream lists by itself is not asked for."""
    assert watched.ws.orders.wait_synced(PATIENCE_S)
    assert watched.ws.positions.wait_synced(PATIENCE_S)
    found = [(one.get("productType"), one.get("status")) for one in asked(paper, PENDING[watched.protocol])]
    products = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
    states = ("live", "partially_filled")
    every = [(None, None)] if watched.protocol == "v3" else [(one, two) for one in products for two in states]
    assert sorted(set(found), key=str) == sorted(every, key=str)
    assert asked(paper, POSITIONS[watched.protocol]) == []


def test_what_changed_during_an_outage_is_known_behind_it(watched: Watched, paper: PaperExchange) -> None:
    """A position that was closed, one that was opened, an order that was placed, one that ended; unsynced meanwhile."""
    ws = watched.ws
    assert ws.positions.wait_synced(PATIENCE_S)
    assert ws.orders.wait_synced(PATIENCE_S)
    (before,) = ws.orders.open
    paper.faults.refuse_handshake(502, times=3)
    paper.faults.drop()
    watched.states.until("lost", path="private")
    assert not ws.positions.synced
    assert not ws.orders.synced
    place(paper, ordType="market", side="sell", sz="2", reduceOnly="true")
    place(paper, ETH_SWAP, ordType="market")
    place(paper, ordType="limit", px="59000")
    assert paper.venue.cancel(paper.venue.accounts[0], {"instId": SWAP, "ordId": before.order_id}).ok
    assert ws.positions.wait_synced(PATIENCE_S)
    assert ws.orders.wait_synced(PATIENCE_S)
    assert {one.inst_id for one in ws.positions} == {"ETHUSDT"}
    assert [one.price for one in ws.orders.open] == [Decimal(59000)]
    assert before.status == "canceled"


def test_an_order_that_was_filled_in_part(watched: Watched, paper: PaperExchange) -> None:
    """It is among those that are open, once, and its fills are fetched."""
    place(paper, ordType="limit", px="65002", sz="20")  # more than is offered at that price
    orders = watched.ws.orders
    assert orders.wait_synced(PATIENCE_S)
    found = [one for one in orders.open if one.price == Decimal(65002)]
    assert [one.status for one in found] == ["partially_filled"]
    until(lambda: found[0].fills and not found[0].is_merged, what="its fills")


def test_a_list_that_fails_is_not_synced(watched: Watched, paper: PaperExchange) -> None:
    """It is told, and why; a later answer heals it."""
    refusal = {"code": "40010", "msg": "request timed out", "requestTime": 1, "data": None}
    paper.faults.rest_status(400, refusal, path=PENDING[watched.protocol], times=9)
    orders = watched.ws.orders
    until(lambda: list(watched.errors), what="the refusal")
    assert not orders.synced
    assert "timed out" in str(orders.unsynced_reason)
    paper.faults.clear()
    assert orders.wait_synced(PATIENCE_S * 3)


def test_a_row_that_cannot_be_read_is_asked_for(watched: Watched, paper: PaperExchange) -> None:
    """A position of the stream whose size is no number: REST tells all of them, and the monitor is synced again."""
    positions, name = watched.ws.positions, "positions" if watched.protocol == "v2" else "position"
    assert positions.wait_synced(PATIENCE_S)
    topic = next(one for one in paper.topics() if one.startswith(name) and "COIN" not in one and "USDC" not in one)
    field = "total" if watched.protocol == "v2" else "size"
    paper.push({"topic": topic}, [{"symbol": "ETHUSDT", "instId": "ETHUSDT", "holdSide": "long", field: "NaN"}])
    until(lambda: list(watched.errors), what="the report")
    assert positions.wait_synced(PATIENCE_S)
    assert {one.inst_id: one.size for one in positions} == {"BTCUSDT": Decimal("0.02")}
    assert asked(paper, POSITIONS[watched.protocol])


def test_all_orders_are_canceled_at_once(watched: Watched, paper: PaperExchange) -> None:
    """Those of before, too, of every kind; a name that there is not is refused: its list would be empty as well."""
    orders = watched.ws.orders
    place(paper, ETH_SWAP, ordType="limit", px="1000")
    if watched.protocol == "v3":
        place(paper, "BTC-USDT", tdMode="cash", ordType="limit", px="59000", sz="0.001")
    with pytest.raises(ConfigError, match="BTCUSTD"):
        orders.cancel_all("BTCUSTD")
    assert len(orders.cancel_all("ETHUSDT")) == 1
    assert len(orders.cancel_all("ETHUSDT")) == 0
    result = orders.cancel_all()
    assert result.ok
    assert len(result) == (2 if watched.protocol == "v3" else 1)
    assert paper.run(lambda: len(paper.venue.accounts[0].orders)) == 0
    until(lambda: not orders.open, what="the end of all orders")
    assert list(watched.errors) == []


def test_without_an_address_of_rest_nobody_is_asked(paper: PaperExchange) -> None:
    """Streams are at an address of their own: the key does not go to Bitget itself, and orders stay unsynced."""
    config = paper.bitget_config("v2").replace(rest_url=None)
    with BitgetWsClient(config, options=FAST) as ws:
        assert ws.positions.wait_synced(PATIENCE_S)
        assert not ws.orders.wait_synced(0.05)
        with pytest.raises(ConfigError, match="cannot be asked"):
            ws.orders.cancel_all()
