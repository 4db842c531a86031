"""Closing an asynchronous client: once or often, from any loop, in bounded time; and exits that nobody prepared."""

from __future__ import annotations

import asyncio

import pytest

from okx_sync import AsyncOkxClient, OkxError
from okx_sync.paper import PaperExchange
from tests.clients.okx_async.event_loops import async_threads, run, soon, until
from tests.programs import run_python

TICKER = "/api/v5/market/ticker"


def test_closing_waits_for_calls_under_way(paper: PaperExchange) -> None:
    """A call that was sent brings its result; no thread is left."""
    paper.faults.slow_rest(0.3, TICKER)

    async def main() -> None:
        client = AsyncOkxClient(paper.config)
        task = asyncio.create_task(client.get_ticker("BTC-USDT"))
        await soon(lambda: paper.requests, "the call")
        await client.aclose()
        await soon(lambda: not async_threads(), "the end of the threads")
        assert (await task).instId == "BTC-USDT"

    run(main())


def test_closing_takes_bounded_time_and_refuses_what_was_not_begun(paper: PaperExchange) -> None:
    """A call without an answer holds nobody up; one that waits for a thread raises."""
    paper.faults.slow_rest(3.0, TICKER)

    async def main() -> None:
        client = AsyncOkxClient(paper.config, threads=1)
        stuck = asyncio.create_task(client.get_ticker("BTC-USDT"))
        await soon(lambda: paper.requests, "the call")
        waiting = asyncio.create_task(client.get_ticker("ETH-USDT"))
        await asyncio.sleep(0)  # it runs up to its wait
        await client.aclose(timeout=0.1)
        with pytest.raises(OkxError, match="closed"):
            await waiting
        assert not stuck.done()
        stuck.cancel()

    run(main())
    assert [request.query["instId"] for request in paper.requests] == ["BTC-USDT"]
    until(lambda: not async_threads(), what="the end of the stuck thread")


def test_closing_again_and_from_another_loop(paper: PaperExchange) -> None:
    """Idempotent, also at the same time; calls raise afterwards, also in groups."""
    client = AsyncOkxClient(paper.config)

    async def use() -> None:
        await client.get_ticker("BTC-USDT")

    async def close() -> None:
        await asyncio.gather(client.aclose(), client.aclose())
        await client.aclose()
        for call in (client.get_ticker, client.market.get_ticker):
            with pytest.raises(OkxError, match="closed"):
                await call("BTC-USDT")

    run(use())
    run(close())
    until(lambda: not async_threads(), what="the end of the threads")


def test_a_program_that_forgets_to_close_ends_at_once(paper: PaperExchange) -> None:
    """Neither idle threads nor a call without an answer keep the process alive."""
    paper.faults.slow_rest(300.0, TICKER)  # longer than the program is given
    script = f"""
import asyncio
from okx_sync import AsyncOkxClient, Config

async def main():
    client = AsyncOkxClient(Config(rest_url={paper.public_config.rest_url!r}, timeout_secs=300))
    await client.get_system_time()
    task = asyncio.create_task(client.get_ticker("BTC-USDT"))
    await asyncio.sleep(0.3)

asyncio.run(main())
print("end")
"""
    done = run_python("-c", script)
    assert (done.returncode, done.stdout, done.stderr) == (0, "end\n", "")
