"""Cancelling ends the waiting: a call that was not begun is never sent, one that was goes on and is told of."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from okx_sync import AsyncOkxClient, OkxApiError
from okx_sync.paper import PaperExchange
from tests.clients.okx_async.event_loops import run, soon

ORDER = "/api/v5/trade/order"
FAR = 20000


def orders_sent(paper: PaperExchange) -> int:
    return sum(request.path == ORDER and request.method == "POST" for request in paper.requests)


async def given_up(call: Coroutine[Any, Any, object], is_sent: Callable[[], object]) -> None:
    """Cancel a call as soon as the exchange has it: CancelledError comes at once, whatever the answer."""
    task = asyncio.create_task(call)
    await soon(is_sent, "the call")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_an_order_that_was_sent_is_placed_all_the_same(paper: PaperExchange, caplog: pytest.LogCaptureFixture) -> None:
    """CancelledError comes at once, the order is at the exchange, its own id finds it, a warning tells of it."""
    paper.quiet(True)
    paper.faults.slow_rest(0.5, ORDER, times=1)

    async def main() -> None:
        async with AsyncOkxClient(paper.config) as client:
            call = client.place_order("BTC-USDT", "cash", "buy", "limit", "0.01", FAR, "mine")
            await given_up(call, lambda: orders_sent(paper))
            order = await client.get_order("BTC-USDT", cl_ord_id="mine")
            assert order.state == "live"
            await soon(lambda: caplog.records, "a warning")

    with caplog.at_level(logging.WARNING, "okx_sync"):
        run(main())
    assert orders_sent(paper) == 1
    (line,) = caplog.messages
    assert line.startswith("place_order ended after its task was cancelled: OrderResult(")
    assert "mine" in line


def test_an_order_that_is_refused_after_all_is_told_of(paper: PaperExchange, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody awaits is not lost."""
    paper.quiet(True)
    paper.faults.slow_rest(0.3, ORDER, times=1)

    async def main() -> None:
        async with AsyncOkxClient(paper.config) as client:
            call = client.place_order("BTC-USDT", "cash", "buy", "limit", 1000, FAR)
            await given_up(call, lambda: orders_sent(paper))
            await soon(lambda: caplog.records, "a warning")

    with caplog.at_level(logging.WARNING, "okx_sync"):
        run(main())
    assert "place_order ended after its task was cancelled: OkxApiError: [51008]" in caplog.text


def test_a_reading_call_ends_quietly(paper: PaperExchange, caplog: pytest.LogCaptureFixture) -> None:
    """Giving up on a ticker is daily life: no warning, only a debug line."""
    paper.faults.slow_rest(0.3, "/api/v5/market/ticker", times=1)

    async def main() -> None:
        async with AsyncOkxClient(paper.config) as client:
            await given_up(client.get_ticker("BTC-USDT"), lambda: paper.requests)
            await soon(lambda: "after its task was cancelled" in caplog.text, "a debug line")

    with caplog.at_level(logging.DEBUG, "okx_sync.async"):
        run(main())
    assert {record.levelname for record in caplog.records} == {"DEBUG"}


def test_an_order_that_was_not_begun_is_never_sent(paper: PaperExchange) -> None:
    """With every thread busy, calls wait; one that is cancelled while it waits does nothing at all."""
    paper.quiet(True)
    paper.faults.slow_rest(0.5, "/api/v5/market/ticker", times=1)

    async def main() -> None:
        async with AsyncOkxClient(paper.config, threads=1) as client:
            slow = asyncio.create_task(client.get_ticker("BTC-USDT"))
            await soon(lambda: paper.requests, "the slow call")
            waiting = asyncio.create_task(client.place_order("BTC-USDT", "cash", "buy", "limit", "0.01", FAR))
            await asyncio.sleep(0)  # it runs up to its wait
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            await slow
            assert await client.get_orders_pending() == []

    run(main())
    assert orders_sent(paper) == 0


def test_one_task_cancelled_leaves_the_others(paper: PaperExchange) -> None:
    """A failing sibling in a task group cancels the waits; the client stays usable."""
    paper.quiet(True)

    async def siblings(client: AsyncOkxClient) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(client.get_ticker("NO-SUCH"))
            group.create_task(asyncio.sleep(60))

    async def main() -> None:
        async with AsyncOkxClient(paper.config) as client:
            with pytest.raises(ExceptionGroup) as caught:
                await siblings(client)
            assert [type(error) for error in caught.value.exceptions] == [OkxApiError]
            assert (await client.get_ticker("BTC-USDT")).instId == "BTC-USDT"

    run(main())
