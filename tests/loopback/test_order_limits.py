"""Limits of orders on the paper exchange: by REST and on streams, single and in batches, and what is not sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import (
    AsyncBitgetClient,
    AsyncBybitClient,
    AsyncOkxClient,
    ConfigError,
    DryRun,
    OkxClient,
    OrderLimitError,
    OrderLimits,
    OrderStatusUnknown,
    WsClient,
)
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, PATIENCE_S, until
from tests.loopback.still_exchange import SWAP, still_paper

__all__ = ["still_paper"]

LOW, HIGH = "62000", "66000"


def refused(limit: str, call: Callable[..., Any], *args: Any, **words: Any) -> OrderLimitError:
    """The refusal of a call by a limit."""
    with pytest.raises(OrderLimitError) as found:
        call(*args, **words)
    assert found.value.limit == limit, found.value
    return found.value


def sent(paper: PaperExchange) -> int:
    """How many orders the account has, open and over."""
    return len(paper.venue.accounts[0].orders)


def asked(paper: PaperExchange) -> int:
    """How often REST was asked for positions."""
    return sum(one.path.endswith("account/positions") for one in paper.requests)


@pytest.fixture
def limits() -> OrderLimits:
    return OrderLimits(max_position=10, max_notional=10_000, allowed=[SWAP])


@pytest.fixture
def rest(still_paper: PaperExchange, limits: OrderLimits) -> Iterator[OkxClient]:
    with OkxClient(still_paper.config, limits=limits) as client:
        yield client


@pytest.fixture
def ws(still_paper: PaperExchange, limits: OrderLimits) -> Iterator[WsClient]:
    with WsClient(still_paper.config, options=FAST, limits=limits) as client:
        yield client


def test_two_clients_keep_one_bound(
    still_paper: PaperExchange, rest: OkxClient, ws: WsClient, limits: OrderLimits
) -> None:
    """What one sends counts for the other: single orders, batches, changes; nothing that is refused is sent."""
    resting = rest.place_order(SWAP, "cross", "buy", "limit", "4", LOW)
    row = {"inst_id": SWAP, "td_mode": "cross", "side": "buy", "ord_type": "limit", "px": LOW}
    assert refused("max_position", ws.place_order, SWAP, "cross", "buy", "limit", "7", LOW).value == 11
    assert refused("max_position", ws.place_batch_orders, [row | {"sz": "3"}, row | {"sz": "4"}]).value == 11
    assert ws.place_batch_orders([row | {"sz": "3"}, row | {"sz": "2"}]).ok
    assert refused("max_position", rest.place_batch_orders, [row | {"sz": "2"}]).value == 11
    assert refused("max_position", rest.amend_order, SWAP, resting.ordId, new_sz="6").value == 11
    assert refused("max_position", ws.amend_order, SWAP, resting.ordId, new_sz="6").value == 11
    assert refused("max_notional", ws.place_order, SWAP, "cross", "sell", "limit", "16", HIGH).value == 10_560
    assert refused("allowed", rest.place_order, "ETH-USDT-SWAP", "cross", "buy", "limit", "1", "1").bound is None
    assert refused("allowed", ws.place_order, "ETH-USDT-SWAP", "cross", "buy", "limit", "1", "1").bound is None
    assert sent(still_paper) == 3
    assert rest.amend_order(SWAP, resting.ordId, new_sz="5").ok
    assert ws.amend_order(SWAP, resting.ordId, new_sz="1").ok
    assert rest.cancel_order(SWAP, resting.ordId).ok
    assert ws.place_order(SWAP, "cross", "buy", "market", "5").ok
    assert ws.place_order(SWAP, "cross", "sell", "market", "5", reduce_only=True).ok
    assert limits.refused == {"max_position": 5, "max_notional": 1, "allowed": 2}
    assert ws.status()["limits"] == {"refused": limits.refused}
    assert "max_position: 5 requests refused" in repr(ws.status())


def test_live_orders_and_positions_are_not_asked_for(still_paper: PaperExchange, ws: WsClient) -> None:
    """While both are synced REST is asked before a refusal alone; a refused order is rejected, and says why."""
    orders, positions = ws.orders, ws.positions
    assert orders.wait_synced(PATIENCE_S)
    assert positions.wait_synced(PATIENCE_S)
    orders.place(SWAP, "buy", "3", LOW, td_mode="cross").wait_until(lambda one: one.status == "live", PATIENCE_S)
    before = asked(still_paper)
    assert orders.place(SWAP, "buy", "4", HIGH, td_mode="cross").wait_filled(PATIENCE_S)
    until(lambda: positions.get(SWAP) is not None)
    assert orders.place(SWAP, "buy", "1", HIGH, td_mode="cross").wait_filled(PATIENCE_S)
    assert asked(still_paper) == before
    error = refused("max_position", orders.place, SWAP, "buy", "3", LOW, td_mode="cross", client_order_id="over")
    assert error.value == 11
    assert orders["over"].status == "rejected"
    assert "max_position" in str(orders["over"].reason)
    assert asked(still_paper) > before
    until(lambda: positions[SWAP].size == 5)
    assert orders.place(SWAP, "buy", "2", HIGH, td_mode="cross").wait_filled(PATIENCE_S)


def test_a_lost_answer_keeps_its_room(still_paper: PaperExchange, rest: OkxClient, ws: WsClient) -> None:
    """The order may stand: what would pass the bound with it is refused, on both ways, until it is known to be gone."""
    rest.place_order(SWAP, "cross", "buy", "limit", "1", LOW)
    still_paper.faults.lose_reply("/api/v5/trade/order")
    with pytest.raises(OrderStatusUnknown):
        rest.place_order(SWAP, "cross", "buy", "limit", "6", LOW)
    still_paper.faults.lose_reply("order")
    with pytest.raises(OrderStatusUnknown):
        ws.place_order(SWAP, "cross", "buy", "limit", "3", LOW, timeout=0.3)
    assert refused("max_position", rest.place_order, SWAP, "cross", "buy", "limit", "1", LOW).value == 11
    assert refused("max_position", ws.place_order, SWAP, "cross", "buy", "limit", "1", LOW).value == 11
    rest.trade.cancel_batch_orders([{"inst_id": SWAP, "ord_id": one.ordId} for one in rest.get_orders_pending()])
    assert rest.place_order(SWAP, "cross", "buy", "limit", "10", LOW).ok


def test_many_threads_keep_a_bound(still_paper: PaperExchange, rest: OkxClient, ws: WsClient) -> None:
    """Twenty orders at once by two clients, of which ten fit: ten are there, and the others were never sent."""
    ws.prepare_orders(SWAP)

    def send(number: int) -> bool:
        place = (rest if number % 2 else ws).place_order
        try:
            place(SWAP, "cross", "buy", "limit", "1", LOW)
        except OrderLimitError:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(send, range(20))) == 10
    assert sent(still_paper) == 10


def test_conditional_orders(rest: OkxClient) -> None:
    """Their trigger or their price counts; what closes a whole position passes, and so do changes that only lower."""
    place: Callable[..., Any] = rest.algo.place_algo_order
    words = {"inst_id": SWAP, "td_mode": "cross", "side": "buy"}
    over = {"ord_type": "trigger", "sz": "16", "trigger_px": HIGH, "order_px": "-1"}
    assert refused("max_notional", place, **words, **over).value == 10_560
    assert refused("max_position", place, **words, **over | {"sz": "11"}).value == 11
    assert refused("allowed", place, **words | {"inst_id": "ETH-USDT-SWAP"}, **over).inst_id == "ETH-USDT-SWAP"
    waiting = place(**words, **over | {"sz": "10"})
    assert waiting.ok
    assert rest.algo.amend_algo_order(SWAP, waiting.algoId, new_trigger_px="65900", new_ord_px="-1").ok
    with pytest.raises(OrderLimitError):
        rest.algo.amend_algo_order(SWAP, waiting.algoId, new_sz="11")
    rest.place_order(SWAP, "cross", "buy", "market", "10")
    stop = {"ord_type": "conditional", "sl_trigger_px": "50000", "sl_ord_px": "-1"}
    assert place(SWAP, "cross", "sell", close_fraction="1", reduce_only=True, **stop).ok
    assert rest.trade.close_position(SWAP, "cross").instId == SWAP


def test_orders_that_nobody_can_check(still_paper: PaperExchange, ws: WsClient, rest: OkxClient) -> None:
    """Raw operations are refused unless they cancel; a raw call of an order over REST is checked."""
    with pytest.raises(ConfigError, match="limits"):
        ws.send("order", [{"instId": SWAP}], path="private")
    ws.connect("private")
    ws.send("cancel-order", [{"instId": SWAP, "ordId": "1"}], path="private", id="7")
    raw = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "limit", "px": LOW, "sz": "11"}
    refused("max_position", rest.request, "POST", "/api/v5/trade/order", raw)
    with pytest.raises(ConfigError, match="limits"):
        OkxClient(still_paper.config, limits={"max_position": 1})  # type: ignore[arg-type]


def test_an_asynchronous_client_keeps_them(still_paper: PaperExchange, limits: OrderLimits) -> None:
    """As the one beneath it does."""

    async def place() -> None:
        async with AsyncOkxClient(still_paper.config, limits=limits) as client:
            await client.place_order("ETH-USDT-SWAP", "cross", "buy", "limit", "1", "1")

    with pytest.raises(OrderLimitError):
        asyncio.run(place())
    clients: list[tuple[Any, Any]] = [
        (AsyncBybitClient, still_paper.bybit_config()),
        (AsyncBitgetClient, still_paper.bitget_config()),
    ]
    for kind, own in clients:
        with pytest.raises(ConfigError, match="limits"):
            kind(own, limits=7)


def test_algo_orders_of_the_manager(still_paper: PaperExchange, ws: WsClient, limits: OrderLimits) -> None:
    """They go by REST, and are checked there; so are orders that bring a stop."""
    orders = ws.orders
    algo: dict[str, Any] = {"inst_id": SWAP, "side": "buy", "td_mode": "cross", "trigger": HIGH}
    refused("max_position", orders.place_algo, "trigger", size="11", **algo)
    refused("max_notional", orders.place_algo, "trigger", size="16", **algo)
    refused("max_position", orders.place, SWAP, "buy", "11", LOW, td_mode="cross", stop_loss="61000")
    assert limits.refused == {"max_position": 2, "max_notional": 1}
    assert sent(still_paper) == 0
    assert orders.place_algo("trigger", size="10", **algo).cancel()


def test_a_dry_run_tells_of_limits(still_paper: PaperExchange, limits: OrderLimits) -> None:
    """It ends with what would have been sent, or with the refusal; nothing of it counts."""
    with OkxClient(still_paper.config, limits=limits, dry_run=True) as rest:
        for _ in range(3):
            with pytest.raises(DryRun):
                rest.place_order(SWAP, "cross", "buy", "limit", "10", LOW)
        refused("max_position", rest.place_order, SWAP, "cross", "buy", "limit", "11", LOW)
    with WsClient(still_paper.config, options=FAST, limits=limits, dry_run=True) as ws:
        refused("max_position", ws.place_order, SWAP, "cross", "buy", "limit", "11", LOW)
        with pytest.raises(DryRun):
            ws.place_order(SWAP, "cross", "buy", "limit", "10", LOW)


def test_a_live_book_gives_the_price(still_paper: PaperExchange, ws: WsClient) -> None:
    """Of an order at market: no ticker is asked for while there is one."""
    book = ws.order_book(SWAP)
    assert book.wait_valid(PATIENCE_S)
    best = book.best_ask
    assert best is not None
    error = refused("max_notional", ws.place_order, SWAP, "cross", "buy", "market", "20")
    assert error.value == Decimal(20) * Decimal("0.01") * best.price * Decimal("1.01")
    bid = book.best_bid
    assert bid is not None
    cheap = refused("max_notional", ws.place_order, SWAP, "cross", "sell", "limit", "16", LOW)
    assert cheap.value == Decimal(16) * Decimal("0.01") * bid.price  # it would trade at once, for that
    assert not [one for one in still_paper.requests if one.path.endswith("/ticker")]
