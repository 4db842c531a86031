"""``async for`` over listings: the rows, the order, the cursor and the errors of the synchronous pager."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import assert_type

import pytest

from okx_sync import AsyncOkxClient, ConfigError, OkxHttpError, to_df
from okx_sync.clients.okx_async.pager import AsyncPager
from okx_sync.exchanges.okx.models import Candle, Order
from okx_sync.paper import PaperExchange
from tests.clients.okx_async.event_loops import run

HISTORY = "/api/v5/trade/orders-history"


async def finished_orders(client: AsyncOkxClient, number: int) -> None:
    for _ in range(number):
        placed = await client.place_order("BTC-USDT", "cash", "buy", "limit", "0.01", Decimal(20000))
        await client.cancel_order("BTC-USDT", placed.ordId)


def asked(paper: PaperExchange, path: str) -> int:
    return sum(request.path == path for request in paper.requests)


def test_rows_are_those_of_the_synchronous_pager(paper: PaperExchange) -> None:
    """In its order, over several requests, each request made only when its rows are needed; and once more."""
    paper.quiet(True)

    async def main() -> None:
        async with AsyncOkxClient(paper.config) as client:
            await finished_orders(client, 5)
            pager = assert_type(client.trade.iter_orders_history("SPOT", limit=2), AsyncPager[Order])
            assert asked(paper, HISTORY) == 0
            seen: list[Order] = []
            async for order in pager:
                seen.append(assert_type(order, Order))
                if len(seen) == 1:
                    assert asked(paper, HISTORY) == 1
            wanted = client.sync.trade.iter_orders_history("SPOT", limit=2).to_list()
            assert [row.ordId for row in seen] == [row.ordId for row in wanted]
            assert len(seen) == 5
            assert await pager.to_list() == seen
            assert await pager.oldest_first().to_list() == seen[::-1]
            assert await pager.limit(3).to_list() == seen[:3]
            assert [row for page in [page async for page in pager.pages()] for row in page] == seen
            assert list(to_df(await pager.to_list())["ordId"]) == [row.ordId for row in seen]

    run(main())


def test_flat_listings_take_a_span_of_time(paper: PaperExchange) -> None:
    """``iter_candles`` of the client, from start to end, and what is wrong is said when it is asked for."""

    async def main() -> None:
        async with AsyncOkxClient(paper.public_config) as client:
            newest = (await client.get_candles("BTC-USDT", "1m", limit=1))[0].ts or 0
            start, end = newest - 10 * 60_000, newest - 3 * 60_000
            candles = [assert_type(row, Candle) async for row in client.iter_candles("BTC-USDT", start=start, end=end)]
            assert [row.ts for row in candles] == list(range(end - 60_000, start - 1, -60_000))
            with pytest.raises(ConfigError, match="start"):
                client.iter_candles("BTC-USDT", start=end, end=start)
            assert repr(client.iter_candles("BTC-USDT", start=start)).startswith("<async <Pager ")

    run(main())


def test_the_cursor_counts_what_was_handed_out(paper: PaperExchange) -> None:
    """Left in the middle of a page, gone on in another client behind exactly that row."""
    paper.quiet(True)

    async def main() -> None:
        async with AsyncOkxClient(paper.config) as client:
            await finished_orders(client, 5)
            pager = client.trade.iter_orders_history("SPOT")
            everything = await pager.to_list()
            seen: list[Order] = []
            async for order in pager:
                seen.append(order)
                if len(seen) == 2:
                    break
            cursor = json.dumps(pager.cursor)
        async with AsyncOkxClient(paper.config) as other:
            rest = await other.trade.iter_orders_history("SPOT").resume(cursor).to_list()
            assert [row.ordId for row in seen + rest] == [row.ordId for row in everything]

    run(main())


def test_errors_are_raised_where_the_row_is_awaited(paper: PaperExchange) -> None:
    """Nothing is raised before the iteration; rows that came before an error stay good."""
    paper.quiet(True)

    async def read(pager: AsyncPager[Order], into: list[Order]) -> None:
        async for order in pager:
            into.append(order)
            paper.faults.rest_status(404, "gone", HISTORY, times=None)

    async def main() -> None:
        async with AsyncOkxClient(paper.config) as client:
            await finished_orders(client, 3)
            seen: list[Order] = []
            with pytest.raises(OkxHttpError):
                await read(client.trade.iter_orders_history("SPOT", limit=2), seen)
            assert len(seen) == 2

    run(main())
