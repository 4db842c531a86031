"""Calls of AsyncOkxClient on the paper exchange. mypy checks the types that are asserted here."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import traceback
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, assert_type

import pytest

from okx_sync import AsyncOkxClient, ConfigError, OkxApiError, OrderStatusUnknown
from okx_sync.exchanges.okx.models import Account, Candle, Order, Ticker
from okx_sync.exchanges.okx.rest import NewOrder
from okx_sync.exchanges.okx.trade.models import OrderResult
from okx_sync.paper import PaperExchange
from okx_sync.rest import BatchResult
from tests.clients.okx_async.event_loops import async_threads, run, soon, until

TICKER = "/api/v5/market/ticker"
FAR = Decimal(20000)  # a buying price that rests far below the market


@pytest.fixture
def quiet(paper: PaperExchange) -> Iterator[PaperExchange]:
    """A market that stands still; afterwards no thread of a client is left."""
    paper.quiet(True)
    yield paper
    until(lambda: not async_threads(), what=f"the end of {async_threads()}")


def test_everyday_calls_and_their_types(quiet: PaperExchange) -> None:
    """Flat calls, calls in groups, batches, the generic request: the rows of the synchronous client, typed."""

    async def main() -> None:
        async with AsyncOkxClient(quiet.config) as client:
            ticker = assert_type(await client.get_ticker("BTC-USDT"), Ticker)
            assert ticker.instId == "BTC-USDT"
            candles = assert_type(await client.market.get_candles("BTC-USDT", "1m", limit=2), list[Candle])
            assert [row.bar for row in candles] == ["1m", "1m"]
            assert_type(await client.get_balance(), Account)
            placed = assert_type(
                await client.place_order("BTC-USDT", "cash", "buy", "limit", "0.01", FAR, tag="demo"), OrderResult
            )
            order = assert_type(await client.get_order("BTC-USDT", placed.ordId), Order)
            assert (order.state, order.tag) == ("live", "demo")
            body = NewOrder("BTC-USDT", "cash", "buy", "limit", Decimal("0.01"), FAR)
            batch = assert_type(await client.trade.place_batch_orders([body, body]), BatchResult[OrderResult])
            assert batch.ok
            assert len(assert_type(await client.get_orders_pending(), list[Order])) == 3
            assert_type(await client.get_system_time(), int)
            assert (await client.request("GET", "/api/v5/public/time"))[0]["ts"]
            assert abs(assert_type(await client.sync_clock(), float)) < 5

    run(main())


def test_wrong_calls_are_type_errors(quiet: PaperExchange) -> None:
    """A type checker refuses them (an unused ``ignore`` is an error too), and so does the call."""

    async def main(client: AsyncOkxClient) -> None:
        with pytest.raises(TypeError, match="inst_id"):
            await client.get_ticker()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="nonsense"):
            await client.market.get_candles("BTC-USDT", nonsense=1)  # type: ignore[call-arg]
        with pytest.raises(ConfigError, match="side"):
            await client.place_order("BTC-USDT", "cash", "bye", "limit", 1)
        with pytest.raises(ConfigError, match="sz"):
            await client.trade.place_order("BTC-USDT", "cash", "buy", "limit", 0.5)  # type: ignore[arg-type]
        await client.aclose()

    run(main(AsyncOkxClient(quiet.config)))


def test_errors_come_through_as_they_are(quiet: PaperExchange) -> None:
    """The same error object with the traceback of the call, down to where it was raised, and its notes."""

    async def main() -> OkxApiError:
        async with AsyncOkxClient(quiet.config) as client:
            with pytest.raises(OkxApiError) as caught:
                await client.place_order("BTC-USDT", "cash", "buy", "limit", 1000, FAR)
            return caught.value

    error = run(main())
    assert error.code == "51008"
    assert error.environment == quiet.config.environment
    assert any("/api/v5/trade/order" in note for note in error.__notes__)
    names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    assert names[:2] == ["main", "call"]
    assert "place_order" in names
    assert "send" in names


def test_an_order_whose_answer_is_lost_is_reconciled(quiet: PaperExchange) -> None:
    """OrderStatusUnknown arrives, and its cure is awaited."""

    async def main() -> None:
        async with AsyncOkxClient(quiet.config) as client:
            quiet.faults.lose_reply("/api/v5/trade/order")
            with pytest.raises(OrderStatusUnknown) as caught:
                await client.place_order("BTC-USDT", "cash", "buy", "limit", "0.01", FAR)
            found = assert_type(await client.reconcile(caught.value), Order | None)
            assert found is not None
            assert found.clOrdId == caught.value.clOrdId
            assert [one and one.state for one in await client.reconcile_all(caught.value)] == ["live"]

    run(main())


def test_calls_run_side_by_side_and_the_loop_goes_on(quiet: PaperExchange) -> None:
    """Eight slow calls are all under way before the first is answered, and meanwhile the loop does other work."""
    quiet.faults.slow_rest(2.0, TICKER)

    async def main() -> None:
        async with AsyncOkxClient(quiet.config, threads=8) as client:
            calls = [asyncio.create_task(client.get_ticker("BTC-USDT")) for _ in range(8)]
            await soon(lambda: [request.path for request in quiet.requests].count(TICKER) == 8, "eight requests")
            assert not any(call.done() for call in calls)
            assert {row.instId for row in await asyncio.gather(*calls)} == {"BTC-USDT"}

    run(main())


def test_a_client_serves_one_loop_after_the_other_and_two_at_once(quiet: PaperExchange) -> None:
    """Nothing of it belongs to the loop that used it first."""
    client = AsyncOkxClient(quiet.config)

    async def ask() -> Ticker:
        return await client.get_ticker("BTC-USDT")

    assert run(ask()).instId == run(ask()).instId == "BTC-USDT"
    seen: list[Any] = []
    threads = [threading.Thread(target=lambda: seen.append(run(ask()))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [row.instId for row in seen] == ["BTC-USDT"] * 2
    run(client.aclose())


def test_context_of_the_task_is_seen_by_the_call(quiet: PaperExchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """Context variables (a request id for log lines) reach the thread of the call."""
    request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="none")
    client = AsyncOkxClient(quiet.config)
    seen: list[str] = []
    server_time = client.clock.server_time

    def noting() -> float:
        seen.append(request_id.get())
        return server_time()

    monkeypatch.setattr(client.clock, "server_time", noting)

    async def main() -> None:
        request_id.set("r-1")
        await client.get_balance()
        await client.aclose()

    run(main())
    assert set(seen) == {"r-1"}
