"""Bybit's live orders, positions and balances: REST is asked for what the streams never list."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import BybitClient, BybitWsClient
from okx_sync.errors import ConfigError, OkxApiError, OrderStatusUnknown
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, Heard, States, our_threads, until
from tests.loopback.still_exchange import place

SWAP, ETH_SWAP = "BTC-USDT-SWAP", "ETH-USDT-SWAP"


@attrs.frozen
class Watched:
    """A client, and what it tells."""

    ws: BybitWsClient
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


@pytest.fixture
def watched(paper: PaperExchange) -> Iterator[Watched]:
    """A client of the first account."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        one = Watched(ws, States(), Heard())
        ws.on_state(one.states)
        ws.on_error(one.errors)
        yield one
    until(lambda: not our_threads(), what="the end of all threads")


def sizes(watched: Watched) -> dict[str, Decimal]:
    """What is held, by contract, in coins."""
    return {one.inst_id: one.size for one in watched.ws.positions}


def test_a_client_that_starts_later_knows_what_is_there(watched: Watched) -> None:
    """Open orders, positions and the wallet are listed before anything is called synced; nothing is reported."""
    ws = watched.ws
    assert ws.positions.wait_synced(PATIENCE_S)
    assert ws.orders.wait_synced(PATIENCE_S)
    assert ws.account.wait_synced(PATIENCE_S)
    assert sizes(watched) == {"BTCUSDT": Decimal("0.02")}
    assert [(one.inst_id, one.price, one.is_open) for one in ws.orders.open] == [("BTCUSDT", Decimal(60000), True)]
    balance = ws.account.balance("USDT")
    assert balance is not None
    assert balance.equity is not None
    assert list(watched.errors) == []


def test_every_category_and_currency_is_asked(watched: Watched, paper: PaperExchange) -> None:
    """One that was left out could hold something; linear contracts are listed by what they are settled in."""
    assert watched.ws.positions.wait_synced(PATIENCE_S)
    asked = {
        (one.query["category"], one.query.get("settleCoin"))
        for one in paper.requests
        if one.path == "/v5/position/list"
    }
    assert {("inverse", None), ("option", None), ("linear", "USDT"), ("linear", "USDC")} <= asked


def test_what_changed_during_an_outage_is_known_behind_it(watched: Watched, paper: PaperExchange) -> None:
    """A position that was opened, one that was closed, an order that was placed; unsynced meanwhile."""
    ws = watched.ws
    assert ws.positions.wait_synced(PATIENCE_S)
    assert ws.orders.wait_synced(PATIENCE_S)
    paper.faults.refuse_handshake(502, times=3)
    paper.faults.drop()
    watched.states.until("lost", path="private")
    assert not ws.positions.synced
    assert not ws.orders.synced
    place(paper, ordType="market", side="sell", sz="2", reduceOnly="true")
    place(paper, ETH_SWAP, ordType="market")
    place(paper, ordType="limit", px="59000")
    assert ws.positions.wait_synced(PATIENCE_S)
    assert ws.orders.wait_synced(PATIENCE_S)
    assert set(sizes(watched)) == {"ETHUSDT"}
    assert {one.price for one in ws.orders.open} == {Decimal(59000), Decimal(60000)}


def test_an_order_that_was_filled_in_part(watched: Watched, paper: PaperExchange) -> None:
    """It is among those that are open, once, and its fills are fetched: since it was placed, not of two years."""
    place(paper, ordType="limit", px="65002", sz="20")  # more than is offered at that price
    orders = watched.ws.orders
    assert orders.wait_synced(PATIENCE_S)
    found = [one for one in orders.open if one.price == Decimal(65002)]
    assert [one.status for one in found] == ["partially_filled"]
    until(lambda: found[0].fills and not found[0].is_merged, what="its fills")
    assert [one.query["orderId"] for one in paper.requests if one.path == "/v5/execution/list"] == [found[0].order_id]


def test_flat_is_certain(watched: Watched, paper: PaperExchange) -> None:
    """``wait_flat`` waits for the list, and for the end of what it holds."""
    assert not watched.ws.positions.wait_flat(0.2)
    place(paper, ordType="market", side="sell", sz="2", reduceOnly="true")
    assert watched.ws.positions.wait_flat(PATIENCE_S)


def test_one_category_that_fails_is_not_synced(watched: Watched, paper: PaperExchange) -> None:
    """It is told, and why; a later answer heals it."""
    refusal = {"retCode": 10016, "retMsg": "busy", "result": {}, "retExtInfo": {}, "time": 1}
    paper.faults.rest_status(200, refusal, path="/v5/position/list", times=9)
    positions = watched.ws.positions
    until(lambda: list(watched.errors), what="the refusal")
    assert not positions.synced
    assert "busy" in str(positions.unsynced_reason)
    paper.faults.clear()
    assert positions.wait_synced(PATIENCE_S * 3)


def test_a_name_is_not_called_wrong_because_nobody_answered(watched: Watched, paper: PaperExchange) -> None:
    """Nor is a category left out that might have the instrument."""
    orders = watched.ws.orders
    assert orders.wait_synced(PATIENCE_S)
    refusal = {"retCode": 10016, "retMsg": "busy", "result": {}, "retExtInfo": {}, "time": 1}
    paper.faults.rest_status(200, refusal, path="/v5/market/instruments-info", times=None)
    with pytest.raises(OkxApiError, match="busy"):
        orders.cancel_all("BTCUSDT")
    paper.faults.clear()


def test_an_order_is_looked_up_in_its_own_market(watched: Watched, paper: PaperExchange) -> None:
    """Spot pairs and contracts share names; no row has told yet which of them an order is for."""
    orders = watched.ws.orders
    assert orders.wait_synced(PATIENCE_S)
    for channel in ("order", "execution"):
        paper.faults.lose_push(channel, times=None)
    watched.ws.connect("trade", timeout=PATIENCE_S)  # else the order may go by REST
    paper.faults.lose_reply("order.create")
    spot: dict[str, Any] = {"category": "spot", "market_unit": "baseCoin", "order_type": "market"}
    with pytest.raises(OrderStatusUnknown) as unknown:
        orders.place("ETHUSDT", "buy", "0.01", client_order_id="lost1", timeout=0.3, **spot)
    assert unknown.value.clOrdId == "lost1"
    assert orders["lost1"].wait_filled(PATIENCE_S)
    assert orders["lost1"].filled == Decimal("0.01")
    resting = orders.place("ETHUSDT", "buy", "0.01", "3000", category="spot")
    assert resting.cancel()


def test_all_orders_are_canceled_at_once(watched: Watched, paper: PaperExchange) -> None:
    """Those of before, too; a name that no category has is refused, for its list would be empty as well."""
    orders = watched.ws.orders
    place(paper, ETH_SWAP, ordType="limit", px="1000")
    with pytest.raises(ConfigError, match="BTCUSTD"):
        orders.cancel_all("BTCUSTD")
    assert orders.cancel_all("ETHUSDT").ok
    assert orders.cancel_all().ok
    until(lambda: not orders.open, what="the end of all orders")
    assert list(watched.errors) == []


def test_spot_orders_that_wait_for_a_price_are_canceled_too(watched: Watched, paper: PaperExchange) -> None:
    """Bybit looks for plain spot orders only unless the kind is named; one by one and all at once it is."""
    orders = watched.ws.orders
    stop: dict[str, Any] = {"price": "70000", "trigger_price": "71000"}
    with BybitClient(paper.bybit_config()) as rest:
        for kind in ("tpslOrder", "StopOrder", "tpslOrder", "StopOrder"):
            rest.order.place_order("spot", "BTCUSDT", "Buy", "Limit", "0.01", order_filter=kind, **stop)
        rest.order.place_order("linear", "BTCUSDT", "Buy", "Limit", "0.01", trigger_direction=1, **stop)
    until(lambda: len(orders.open) == 6, what="all orders")
    spot = [one for one in orders.open if getattr(one.snapshot().raw, "category", "") == "spot"]
    assert [one.cancel() for one in spot[:2]] == [True, True]
    until(lambda: len(orders.open) == 4, what="the end of two")
    assert orders.cancel_all().ok
    until(lambda: not orders.open, what="the end of all orders")
    with BybitClient(paper.bybit_config()) as rest:
        assert rest.order.get_open_orders("spot", "BTCUSDT") == []


def test_streams_elsewhere_do_not_ask_the_exchange_itself(paper: PaperExchange) -> None:
    """Where only the streams have addresses of their own, nobody says where REST is: the key is not sent to Bybit."""
    config = paper.bybit_config().replace(rest_url=None)
    with BybitWsClient(config, options=FAST) as ws:
        assert not ws.positions.wait_synced(0.3)
        assert "rest_url" in str(ws.positions.unsynced_reason)
        assert not ws.orders.synced
        with pytest.raises(ConfigError, match="REST"):
            ws.reconcile(OrderStatusUnknown("lost", clOrdId="x", orders=[{"category": "linear", "orderLinkId": "x"}]))
    assert paper.requests == []
